"""Whose contact point it is: personal, a public body's, a business's published one, a helpline's.

`role` addresses are for e-mail alone (`email.py`). In doubt it is personal: a number kept by mistake can hurt
somebody, a number taken out by mistake can be looked up.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from recognizers.details.ownership import words
from recognizers.details.view import Reference, View
from recognizers.model import Person
from recognizers.vocabulary import load_vocabulary

Owner = Literal["personal", "public_body", "business", "role", "helpline"]

_BEFORE, _AFTER, _NEAR = 140, 60, 30
_PART = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|\d+")
_SHORTEST_NAME = 3
# What may stand between a detail and a cue behind it; "or", "and" lead on to another contact.
_LEADS_ON = re.compile(
    r"[\s,;:()–—-]*(?:(?:for|to speak to|to reach|at|is|was|the|our|a|of)\s+){0,3}(?:[A-Z][\w’']*\s+){0,3}"
)


class ContactOwner:
    """Decides the owner of a contact detail from the words around it, and of a handle from the handle."""

    def __init__(self) -> None:
        vocabulary = load_vocabulary(__package__ or "recognizers.details", "contact_owner.yaml")
        groups = "|".join(
            rf"(?P<{name}>{'|'.join(vocabulary[name])})" for name in ("personal", "public_body", "business")
        )
        self._cue = re.compile(rf"(?<![\w@.#])(?:{groups})(?![\w@])", re.IGNORECASE)
        self._invited = re.compile(
            rf"\b(?i:{vocabulary['invites']})[A-Z][\w’'&-]+(?:\s+(?:of|and|&|the)?\s*[A-Z][\w’'&-]+){{0,4}}"
            rf"\s*(?:,|on|at|via|:|\()*\s*$"
        )
        self._the_invited = re.compile(
            r"\bthe\s+[A-Z][\w’'&-]+\s*(?:[A-Z&][\w’'&-]*\s*){0,4}(?:,|on|at|:|\()*\s*$"
        )
        self._break = re.compile(vocabulary["breaks"])
        self._accounts = frozenset(vocabulary["accounts"])
        self._parts: dict[Owner, frozenset[str]] = {
            "public_body": frozenset(vocabulary["public_handles"]),
            "business": frozenset(vocabulary["business_handles"]),
        }
        self._tails: dict[Owner, re.Pattern[str]] = {
            "public_body": re.compile(rf"[a-z]{{3,}}(?:{words(vocabulary['public_ends'])})(?:uk)?$"),
            "business": re.compile(rf"[a-z]{{3,}}(?:{words(vocabulary['business_ends'])})(?:uk)?$"),
        }

    def around(self, view: View, start: int, end: int, floor: int = 0) -> Owner:
        """The owner that the words around the span name; `floor` is where the contact before it ended.

        The nearest cue before the detail counts; where there is none, the first one after it in the same
        sentence. A private person named between the cue and the detail makes it theirs.
        """
        if view.helpline(start, end):
            return "helpline"
        sentence_start, sentence_end = view.sentence(start)
        begin = max(sentence_start, floor, start - _BEFORE)
        for stop in self._break.finditer(view.text, begin, start):
            begin = stop.end()
        owner, at = self._last_cue(view, begin, start)
        person = self._last_private(view, begin, start)
        if person is not None and (owner is None or person.start > at):
            return "personal"
        if owner is not None:
            return owner
        if self._names_a_business(view, begin, start):
            return "business"
        after = self._cue.search(view.text, end, min(sentence_end, end + _AFTER))
        if after is not None and _LEADS_ON.fullmatch(view.text, end, after.start()):
            return _group(after)
        return "personal"

    def of_handle(self, view: View, handle: str, start: int) -> Owner:
        """The owner of a handle (without @) at `start`; somebody's own name in it makes it theirs."""
        folded = handle.casefold()
        if folded in self._accounts:
            return "public_body" if self._is(handle, "public_body") else "business"
        if _carries_a_name(view, folded, office=self._is(handle, "public_body")):
            return "personal"
        for candidate in self._parts:
            if self._is(handle, candidate):
                return candidate
        owner, at = self._last_cue(view, max(view.sentence(start)[0], start - 40), start)
        return "public_body" if owner == "public_body" and start - at < _NEAR else "personal"

    def _is(self, handle: str, owner: Owner) -> bool:
        parts = {part.casefold() for part in _PART.findall(handle)}
        return bool(parts & self._parts[owner]) or bool(self._tails[owner].search(handle.casefold()))

    def _last_cue(self, view: View, begin: int, end: int) -> tuple[Owner | None, int]:
        last = None
        for match in self._cue.finditer(view.text, begin, end):
            last = match
        return (_group(last), last.start()) if last else (None, -1)

    @staticmethod
    def _last_private(view: View, begin: int, end: int) -> Reference | None:
        references = [r for r in view.between(begin, end) if not _in_office(r.person)]
        return references[-1] if references else None

    def _names_a_business(self, view: View, begin: int, start: int) -> bool:
        """Whether "call the Red Lion on" (a capitalised name that is nobody's) leads up to the detail."""
        window = view.text[begin:start]
        match = self._invited.search(window)
        if match is None or not self._the_invited.search(window):
            return False
        return not view.overlaps_reference(begin + match.start(), start)


def _group(match: re.Match[str]) -> Owner:
    if match["personal"]:
        return "personal"
    return "public_body" if match["public_body"] else "business"


def _in_office(person: Person) -> bool:
    """Whether somebody speaks for an office, so that a number given with them is the office's."""
    return person.public_role or bool(person.roles & {"professional", "official"})


def fold(text: str) -> str:
    """Letters and digits only, without accents, lower case: how a name looks inside a handle."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if c.isalnum() and ord(c) < 0x250).casefold()


def _carries_a_name(view: View, folded: str, *, office: bool) -> bool:
    """Whether the folded handle holds a name of a person of the copy (one in office may keep theirs)."""
    packed = fold(folded)
    for person in view.people.persons:
        if office and _in_office(person):
            continue
        for name in person.names:
            parts = [fold(part) for part in name.split()]
            if any(len(part) > _SHORTEST_NAME and part in packed for part in parts):
                return True
    return False
