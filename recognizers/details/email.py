"""EMAIL_ADDRESS: addresses with the right end found, and whose mailbox it is.

Presidio's recognizer is not used: it looks the domain up on the internet (public suffix list).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.details.base import CERTAIN, CUED, DetailRecognizer
from recognizers.details.contact_name import fold
from recognizers.details.contact_owner import ContactOwner, Owner
from recognizers.details.view import View
from recognizers.model import Observation
from recognizers.vocabulary import load_lines, load_vocabulary

_LOCAL = re.compile(r"(?<![\w.+%'’-])\w(?:[\w.+%'’&-]{0,62}[\w+-])?$")
_DOMAIN = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9-]{0,62}\.(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){0,5}[A-Za-z]{2,24}(?![\w@])"
)
_SPELT_AT = re.compile(r"[\[({]\s?at\s?[\])}]", re.IGNORECASE)
_SPELT_OUT = re.compile(
    r"(?<![\w.])(?P<local>\w[\w.+-]{0,62})\s{0,2}[\[({]\s?at\s?[\])}]\s{0,2}"
    r"(?P<domain>[A-Za-z0-9-]{1,62}"
    r"(?:\s{0,2}[\[({]\s?dot\s?[\])}]\s{0,2}[A-Za-z]{2,24}|\.[A-Za-z]{2,24}){1,3})\b",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?<=[a-z])[A-Z][a-zA-Z]*$")
_CUT = re.compile(r"[._+'’&\d-]+")
_SHORT = 4
_SHORTEST_SITE = 8
_NAMED = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][\w’'&-]*(?: (?:of |the |and )?[A-ZÀ-Þ&][\w’'&-]*){1,3}")


class ContactEmailRecognizer(DetailRecognizer):
    """Marks e-mail addresses; facts: `owner`, and `value` (lower case)."""

    def __init__(self) -> None:
        super().__init__("email", "EMAIL_ADDRESS")
        vocabulary = load_vocabulary(__package__ or "recognizers.details", "email.yaml")
        self._owner = ContactOwner()
        self._roles = frozenset(vocabulary["roles"])
        self._office = self._roles | frozenset(vocabulary["office"])
        self._public = tuple(vocabulary["public_domains"])
        self._ends = tuple(vocabulary["role_ends"])
        self._starts = tuple(vocabulary["role_starts"])
        names = load_lines("recognizers.people", "given_names.txt")
        self._given = frozenset(line.split()[0].casefold() for line in names)
        self._free = frozenset(vocabulary["free"])

    def observe(self, view: View) -> Iterator[Observation]:
        """Every address; "reader@example.com.The" ends before the full stop that ends the sentence."""
        text = view.text
        at = text.find("@")
        while at >= 0:
            local = _LOCAL.search(text[max(0, at - 66) : at])
            match = _DOMAIN.match(text, at + 1) if local else None
            domain = _unglued(match[0]) if match else None
            if local and domain:
                yield self._observation(
                    view, at - len(local[0]), at + 1 + len(domain), local[0], domain, CERTAIN
                )
            at = text.find("@", at + 1)
        for sign in _SPELT_AT.finditer(text):
            for match in _SPELT_OUT.finditer(text, max(0, sign.start() - 66), sign.end() + 130):
                domain = re.sub(r"\s*[\[({]\s?dot\s?[\])}]\s*", ".", match["domain"], flags=re.IGNORECASE)
                yield self._observation(view, match.start(), match.end(), match["local"], domain, CUED)

    def _observation(
        self, view: View, start: int, end: int, local: str, domain: str, score: float
    ) -> Observation:
        owner = self._whose(view, start, end, local.casefold(), domain.casefold())
        facts = {"owner": owner, "value": f"{local}@{domain}".casefold()}
        return Observation("EMAIL_ADDRESS", start, end, score, self.name, facts=facts)

    def _whose(self, view: View, start: int, end: int, local: str, domain: str) -> Owner:
        if view.helpline(start, end):
            return "helpline"
        parts = [part for part in _CUT.split(local) if part]
        if not parts or self._names_somebody(view, parts):
            return "personal"
        site = fold(domain.split(".")[0])
        if any(domain == ending or domain.endswith("." + ending) for ending in self._public):
            return "public_body" if self._is_office(view, start, end, parts) else "personal"
        known = [
            part in self._roles or part.endswith(self._ends) or (len(part) >= _SHORT and part in site)
            for part in parts
        ]
        named_after_site = fold(local) == site
        if domain not in self._free and parts[0] not in self._given and self._is_named_after(view, site):
            return "role"
        team = all(part in self._roles or part in self._office for part in parts)
        if team and domain not in self._free and self._owner.around(view, start, end) == "public_body":
            return "public_body"
        if domain in self._free:
            if all(part in self._roles for part in parts):
                return "role"
            cued = self._owner.around(view, start, end)
            return "business" if cued == "business" and any(p in self._roles for p in parts) else "personal"
        if parts[0] in self._roles and (all(known) or parts[-1] in self._office):
            return "role"
        if all(known) or parts[-1] in self._roles:
            return "business" if named_after_site else "role"
        return "role" if parts[0] in self._roles or self._is_a_columns(view, local) else "personal"

    def _is_a_columns(self, view: View, local: str) -> bool:
        """Whether it is the mailbox of a column ("askangela" where the copy speaks of Angela)."""
        names = [local.removeprefix(start) for start in self._starts if local.startswith(start)]
        return any(name and re.search(rf"\b{re.escape(name.capitalize())}\b", view.text) for name in names)

    @staticmethod
    def _is_named_after(view: View, site: str) -> bool:
        """Whether the copy names the organisation whose domain it is ("Wem Striders", at wemstriders)."""
        if len(site) < _SHORTEST_SITE:
            return False
        return any(fold(match[0]) == site for match in _NAMED.finditer(view.text))

    def _is_office(self, view: View, start: int, end: int, parts: list[str]) -> bool:
        """Whether the mailbox of a public body is a post's or a team's, not somebody's own."""
        if any(part in self._office for part in parts):
            return True
        if len(parts) > 1:
            return False
        word = parts[0]
        if word in self._given:
            return False
        if len(word) <= _SHORT or any(len(o) > _SHORT and o in word for o in self._office):
            return True
        # A post's address is often a common word ("budget@"), and copy that gives it uses the word.
        return re.search(rf"(?<![\w@.]){re.escape(word)}s?(?![\w@.])", view.text) is not None

    @staticmethod
    def _names_somebody(view: View, parts: list[str]) -> bool:
        """Whether a part is a name of a person of the copy, or an initial glued to their surname."""
        folded = [fold(part) for part in parts]
        for person in view.people.persons:
            for name in person.names:
                pieces = [fold(piece) for piece in name.split()]
                last = pieces[-1] if pieces else ""
                if any(len(piece) > 2 and piece in folded for piece in pieces):
                    return True
                if len(last) >= _SHORT and any(f[1:] == last or last + f[-1:] == f for f in folded):
                    return True
                if len(pieces) > 1 and "".join(pieces) in folded:
                    return True
        return False


def _unglued(domain: str) -> str | None:
    """The domain without what is glued to its end ("co.ukCall", "com.The"); None when too little is left."""
    if domain.islower() or domain.isupper():
        return domain
    labels = domain.split(".")
    while len(labels) > 2 and labels[-1][0].isupper() and labels[-2].islower():
        labels.pop()
    labels[-1] = _GLUED.sub("", labels[-1])
    return ".".join(labels) if len(labels) > 1 and len(labels[-1]) > 1 else None
