"""Whose contact point it is: personal, a public body's, a business's published one, a helpline's.

`role` addresses are for e-mail alone (`email.py`). In doubt it is personal: a number kept by mistake can hurt
somebody, a number taken out by mistake can be looked up.
"""

from __future__ import annotations

import re
from typing import Literal

from recognizers.details.contact_name import ContactName, fold
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
_CAPITALS = r"[A-ZÀ-Þ][\w’'&-]*(?:\s+(?:(?:of|and|the|for|&)\s+)*[A-ZÀ-Þ&][\w’'&-]*)*"
_LAST_NAME = re.compile(rf"{_CAPITALS}$")
_A_NAME = re.compile(_CAPITALS)
_POSTCODE_NEXT = re.compile(r",?\s[A-Z]{1,2}\d")
_POSSESSED = re.compile(r"[’']s?\s")


class ContactOwner:
    """Decides the owner of a contact detail from the words around it, and of a handle from the handle."""

    def __init__(self) -> None:
        vocabulary = load_vocabulary(__package__ or "recognizers.details", "contact_owner.yaml")
        groups = "|".join(
            rf"(?P<{name}>{'|'.join(vocabulary[name])})" for name in ("personal", "public_body", "business")
        )
        not_street = rf"(?!\s(?-i:{words(vocabulary['street_types'])})\b)"
        self._cue = re.compile(rf"(?<![\w@.#])(?:{groups})(?![\w@]){not_street}", re.IGNORECASE)
        self._invite = re.compile(rf"(?<![\w@.’'-])(?:{vocabulary['invites']})(?![\w@])", re.IGNORECASE)
        self._evidence = re.compile(
            rf"(?<![\w’'-])(?:{'|'.join(vocabulary['evidence'])})(?!\w)", re.IGNORECASE
        )
        self._contacted = re.compile(rf"(?<![\w’'-])(?:{vocabulary['contacted']})\s$", re.IGNORECASE)
        self._linking = re.compile(
            rf"[\s,;:(–-]*(?:(?:{words(vocabulary['linking'])})\b[\s,;:(–-]*)*", re.IGNORECASE
        )
        self._bare = re.compile(rf"(?:{vocabulary['bare']})[\s:,(]*$", re.IGNORECASE)
        street = words(vocabulary["street_types"])
        self._place = re.compile(rf"\b(?:(?i:{words(vocabulary['place_before'])})|(?:{street}),)\s$")
        self._names = ContactName(vocabulary)
        roles = "|".join(sorted(load_vocabulary(__package__ or "recognizers.details", "email.yaml")["roles"]))
        self._with_mailbox = re.compile(
            rf"(?<![\w.@-])(?:{roles})(?:[._-](?:{roles}))*@[\w.-]+,?\s(?:or|and|and on|or on)?"
            rf"[\s,;:(]*(?:(?:{words(vocabulary['linking'])}|call|ring)\b[\s,;:(]*)*$",
            re.IGNORECASE,
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

    def around(
        self,
        view: View,
        start: int,
        end: int,
        floor: int = 0,
        *,
        mobile: bool = False,
        default: Owner = "personal",
    ) -> Owner:
        """The owner that the words around the span name; `floor` is where the contact before it ended.

        Whom the reader is told to ring counts first ("call the Red Lion on"); else the nearest cue before
        the detail; else, in the same sentence, the first one after it; else, where the detail stands almost
        alone, what the paragraph spoke of before. A private person in between makes it theirs, and so does
        every wording of evidence ("a handset with the number"). A `mobile` is nobody's public number unless
        readers are invited to ring it. `default` is the owner where no words name one.
        """
        if view.helpline(start, end):
            return "helpline"
        sentence_start, sentence_end = view.sentence(start)
        begin = max(sentence_start, floor, start - _BEFORE)
        for stop in self._break.finditer(view.text, begin, start):
            begin = stop.end()
        contacted = self._contacted.search(view.text, begin, start)
        if contacted is not None:
            return "personal" if mobile else self._told(view, contacted.start(), start) or "personal"
        invite = _last(self._invite, view.text, begin, start)
        evidence = _last(self._evidence, view.text, begin, start)
        if evidence and (invite is None or evidence.start() >= invite.start()):
            return "personal"
        if not mobile and self._with_mailbox.search(view.text, begin, start):
            return "business"
        if invite is not None and not self._linking.fullmatch(view.text, invite.end(), start):
            return self._target(view, begin, invite, start, mobile=mobile) or default
        if mobile and invite is None:
            return "personal"
        told = self._told(view, begin, start)
        if told is not None:
            return told
        if not mobile and self._named_firm(view, begin, start):
            return "business"
        after = self._cue.search(view.text, end, min(sentence_end, end + _AFTER))
        if after is not None and _LEADS_ON.fullmatch(view.text, end, after.start()):
            return _group(after)
        if not mobile and (invite or self._bare.fullmatch(view.text[begin:start].strip())):
            paragraph = max(view.paragraph(start)[0], start - 2 * _BEFORE)
            told = self._told(view, paragraph, begin)
            named = self._named_firm(view, paragraph, start) or self._under_its_name(view, paragraph)
            return told or ("business" if named else default)
        return default

    def _told(self, view: View, begin: int, start: int) -> Owner | None:
        """The owner by the last cue between two offsets, unless a private person is named behind it."""
        owner, at = self._last_cue(view, begin, start)
        person = self._last_private(view, begin, start)
        if person is not None and (owner is None or person.start > at):
            name = self._names.right_before(view, begin, start) or (person.start, person.end)
            if not name[0] <= person.start < person.end <= name[1]:
                name = person.start, person.end
            firm = self._names.is_organisation(view, *name)
            relative = view.text.rfind(", which", person.end, start)
            return (
                "business"
                if firm or (relative > 0 and self._named_firm(view, person.end, start))
                else "personal"
            )
        return owner

    def _named_firm(self, view: View, begin: int, start: int) -> bool:
        """Whether the number at `start` is given right behind an organisation's name."""
        name = self._names.right_before(view, begin, start)
        return name is not None and self._names.is_organisation(view, *name)

    def _under_its_name(self, view: View, paragraph: int) -> bool:
        """Whether the line above the paragraph is an organisation's name ("The Fleece, Bakewell")."""
        heading = view.paragraph(paragraph - 1) if paragraph else (0, 0)
        name = self._names.right_before(view, *heading)
        return name is not None and name[0] == heading[0] and self._names.is_organisation(view, *name)

    def _target(
        self, view: View, begin: int, invite: re.Match[str], start: int, *, mobile: bool
    ) -> Owner | None:
        """Whose it is when the copy says whom to ring: everything between "call" and the number.

        A teacher's or doctor's `mobile` is their own; a councillor's is the council's.
        """
        invited = invite.end()
        told = self._told(view, invited, start)
        if told is not None:
            return told
        named = [reference.person for reference in view.between(invited, start)]
        if any(_in_office(p) and (p.public_role or "official" in p.roles or not mobile) for p in named):
            return "public_body"
        name = _A_NAME.search(view.text, invited, start)
        if name is None:
            return "business" if self._named_firm(view, begin, start) else None
        if self._names.is_organisation(view, *name.span()):
            return "business"
        if view.is_somebody(*name.span(), doubtful=False):
            return "personal"
        earlier, _ = self._last_cue(view, begin, invite.start())
        return earlier or "personal"

    def of_handle(self, view: View, handle: str, start: int) -> Owner:
        """The owner of a handle (without @) at `start`; somebody's own name in it makes it theirs."""
        folded = handle.casefold()
        if folded in self._accounts:
            return "public_body" if self._is(handle, "public_body") else "business"
        if _carries_a_name(view, folded, office=self._is(handle, "public_body")):
            return "personal"
        # A firm is called the same in its handle and in its web or mail address.
        if re.search(rf"(?:@|www\.|//){re.escape(folded)}\.[a-z]{{2,}}", view.text.casefold()):
            return "business"
        for candidate in self._parts:
            if self._is(handle, candidate):
                return candidate
        owner, at = self._last_cue(view, max(view.sentence(start)[0], start - 40), start)
        return "public_body" if owner == "public_body" and start - at < _NEAR else "personal"

    def _is(self, handle: str, owner: Owner) -> bool:
        parts = {part.casefold() for part in _PART.findall(handle)}
        return bool(parts & self._parts[owner]) or bool(self._tails[owner].search(handle.casefold()))

    def _last_cue(self, view: View, begin: int, end: int) -> tuple[Owner | None, int]:
        last = _last(self._cue, view.text, begin, end)
        if last is None:
            return None, -1
        if last["personal"] and _POSSESSED.match(last[0]):
            return self._possessor(view, begin, last.start()), last.start()
        return _group(last), last.start()

    def _possessor(self, view: View, begin: int, at: int) -> Owner:
        """Whose "’s number" it is: a person's, or that of "the surgery" or "Chalding Community Transport"."""
        if view.at(at - 1, at):
            return "personal"
        for cue in self._cue.finditer(view.text, begin, at):
            if cue.end() == at:
                return _group(cue)
        name = _LAST_NAME.search(view.text, begin, at)
        return "business" if name and " " in name[0] else "personal"

    def _last_private(self, view: View, begin: int, end: int) -> Reference | None:
        """The last private person between two offsets; a name behind "at" or "in" is taken for a place."""
        for reference in reversed(view.between(begin, end)):
            place = self._place.search(view.text[max(0, reference.start - 30) : reference.start])
            town = _POSTCODE_NEXT.match(view.text, reference.end)
            told = self._names.is_no_name(view.text[reference.start : reference.end])
            if not (_in_office(reference.person) or place or town or told):
                return reference
        return None


def _last(pattern: re.Pattern[str], text: str, begin: int, end: int) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text, begin, end):
        last = match
    return last


def _group(match: re.Match[str]) -> Owner:
    if match["personal"]:
        return "personal"
    return "public_body" if match["public_body"] else "business"


def _in_office(person: Person) -> bool:
    """Whether somebody speaks for an office, so that a number given with them is the office's.

    A child's mother, though she is a nurse, gives her own.
    """
    if person.relative_of is not None and not person.public_role:
        return False
    return person.public_role or bool(person.roles & {"professional", "official"})


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
