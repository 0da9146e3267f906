"""Finding in text what a support block is made of: helplines' names, numbers, text codes, addresses."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from recognizers.helplines.index import HelplineRegistry, NameKey, digits_of, domain_of
from recognizers.helplines.words import BlockWords

Kind = Literal["number", "text", "email", "web"]

# Digits with up to three marks between two of them; a slash or comma ends a number.
_DIGITS = re.compile(r"(?<![\d£$€#%])(?<!\d[.,])(?:\+|\(\+?)?\d(?:[\s().\-–‑−]{0,3}\d){2,20}")
_GROUP = re.compile(r"\d+")
_CLOCK = re.compile(r"\s?(?:am|pm|a\.m|p\.m|hours?|hrs?|noon|days|to \d|:\d\d|%|-?\s?year)", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]+\.)+[a-z]{2,6}(?![a-z])")
_TEXT = re.compile(
    r"\b(?:text(?:ing)?|txt|sms|messag(?:e|ing))\b(?: the)?(?: (?:word|code))?(?: (?:us|them|free|on|to))*:?"
    r"\s+(?:[“\"'‘]?(?P<word>[A-Za-z]{2,15})[”\"'’]?\s+(?:to|on)\s+)?(?P<code>\d{3} ?\d{2,3})(?![\d ]*\d)",
    re.IGNORECASE,
)
_KEYWORD = re.compile(r"\b(?P<word>[A-Z]{2,15})[”\"'’]? to (?P<code>\d{5,6})(?!\d)")


@dataclass(frozen=True, slots=True)
class Name:
    """A spelling of a helpline's name in the text and the helplines it may stand for, most likely first."""

    start: int
    end: int
    key: NameKey


@dataclass(frozen=True, slots=True)
class Contact:
    """A number, text code, e-mail or web address; `ids` are the helplines that it reaches today."""

    kind: Kind
    start: int
    end: int
    value: str
    ids: tuple[str, ...] = ()
    retired: bool = False

    @property
    def known(self) -> bool:
        """Whether the registry knows it, in use or retired."""
        return bool(self.ids) or self.retired


class ContactFinder:
    """Finds names and contacts of one registry; made once, then only read."""

    def __init__(self, registry: HelplineRegistry, words: BlockWords) -> None:
        self._registry = registry
        self._words = words
        self._known = frozenset(registry.digits)
        self._mobiles = frozenset(digits for digits in map(digits_of, _codes(registry)) if len(digits) > 6)
        known = [*self._known, *self._mobiles]
        self._starts = tuple(sorted({"00", *(digits[:2] for digits in known)}))
        self._keywords = frozenset(code.split()[0].upper() for code in _codes(registry))
        spellings = sorted({*registry.names, *registry.not_helplines}, key=lambda name: (-len(name), name))
        joined = "|".join(re.escape(name).replace("'", "['’]") for name in spellings)
        starts = "".join(sorted({re.escape(name[0]) for name in spellings}))
        self._names = re.compile(rf"(?<![^\W_])(?=[{starts}])(?:{joined})(?![^\W\d_])" if joined else r"(?!)")

    def names(self, text: str) -> list[Name]:
        """Every spelling of a helpline's name, in order; weak ones are for the caller to believe or not."""
        found = []
        for match in self._names.finditer(text):
            key = self._registry.names.get(match.group().replace("’", "'"))
            if key is not None:
                found.append(Name(match.start(), match.end(), key))
        return found

    def contacts(self, text: str) -> list[Contact]:
        """Every number, code and address, in order and apart; short codes that take money are left out."""
        found = self._texts(text)
        for match in _EMAIL.finditer(text):
            ids = tuple(h.id for h in self._registry.by_email(match.group()))
            found.append(Contact("email", match.start(), match.end(), match.group().lower(), ids))
        taken = _spans(found)
        for match in self._words.web_endings.finditer(text):
            if not _overlaps(taken, match.start(), match.end()):
                value = domain_of(match.group())
                ids = tuple(h.id for h in self._registry.by_web(value))
                found.append(Contact("web", match.start(), match.end(), value, ids))
        taken = _spans(found)
        found += [c for c in self._numbers(text) if not _overlaps(taken, c.start, c.end)]
        return sorted(found, key=lambda contact: contact.start)

    def _texts(self, text: str) -> list[Contact]:
        found: list[Contact] = []
        for pattern in (_TEXT, _KEYWORD):
            taken = _spans(found)
            for match in pattern.finditer(text):
                word, code = match.group("word"), match.group("code")
                if word in self._registry.names and word.upper() not in self._keywords:
                    word = None
                if code.startswith(self._words.donation_codes) or len(digits_of(code)) < 5:
                    continue
                start = match.start("word") if word else match.start("code")
                if _overlaps(taken, start, match.end()):
                    continue
                value = f"{word} {code}" if word else code
                ids = [h.id for h in self._registry.by_text(value)]
                ids += [h.id for h in self._registry.by_number(code) if h.id not in ids]
                retired = not ids and self._registry.is_retired(code)
                found.append(Contact("text", start, match.end("code"), value, tuple(ids), retired))
        return found

    def _numbers(self, text: str) -> list[Contact]:
        found: list[Contact] = []
        position = 0
        while match := _DIGITS.search(text, position):
            contact = self._number(text, match.start(), match.end())
            position = contact.end if contact else match.end()
            if contact:
                found.append(contact)
        return found

    def _number(self, text: str, start: int, end: int) -> Contact | None:
        """The telephone number in a run of digits: what the registry knows, else what looks like one."""
        if text[start] == "(" and ")" not in text[start:end]:
            start += 1
        groups = [(m.start(), m.end()) for m in _GROUP.finditer(text, start, end)]
        for first, (group_start, _) in enumerate(groups):
            begin = start if first == 0 else group_start
            if text[begin] not in "+(" and not text.startswith(self._starts, begin):
                continue
            for _, group_end in reversed(groups[first:]):
                digits = digits_of(text[begin:group_end])
                if digits in self._mobiles:
                    ids = tuple(h.id for h in self._registry.by_text(digits))
                    return Contact("number", begin, group_end, digits, ids)
                if digits in self._known and self._believable(text, begin, group_end, digits):
                    ids = tuple(h.id for h in self._registry.by_number(digits))
                    retired = not ids and self._registry.is_retired(digits)
                    return Contact("number", begin, group_end, digits, ids, retired)
        return self._unknown(text, start, groups)

    def _believable(self, text: str, start: int, end: int, digits: str) -> bool:
        """Short numbers are ages, scores and prices unless a cue stands before them."""
        if start and text[start - 1].isalpha() and len(digits) < 7:
            return False
        if len(digits) > 6:
            return True
        if _CLOCK.match(text, end):
            return False
        before = text[max(0, start - 48) : start]
        if len(digits) == 3:
            return bool(self._words.emergency_number_cues.search(before))
        spaced = "-" not in text[start:end] and "–" not in text[start:end]
        if len(digits) == 6 and spaced:
            line_start = not before or before[-1] == "\n"
            return line_start or bool(
                self._words.short_number_cues.search(before) or self._names.search(before)
            )
        return bool(self._words.short_number_cues.search(before))

    def _unknown(self, text: str, start: int, groups: list[tuple[int, int]]) -> Contact | None:
        prefixed = text[start] in "+(0"
        if not prefixed and not text.startswith(self._words.helpline_prefixes, start):
            return None
        if start and text[start - 1].isalnum():
            return None
        for _, end in reversed(groups):
            digits = digits_of(text[start:end])
            long_enough = 8 <= len(digits) <= 11 or (digits.startswith("116") and len(digits) in (5, 6))
            if digits in self._known:
                return None
            if long_enough and not _CLOCK.match(text, end):
                return Contact("number", start, end, digits)
        return None


def _codes(registry: HelplineRegistry) -> list[str]:
    return [code for helpline in registry.helplines for code in helpline.texts]


def _spans(contacts: list[Contact]) -> list[tuple[int, int]]:
    return sorted((contact.start, contact.end) for contact in contacts)


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a span meets one of `spans`, which are sorted and apart."""
    after = bisect_left(spans, (end,))
    return after > 0 and spans[after - 1][1] > start
