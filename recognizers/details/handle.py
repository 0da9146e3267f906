"""SOCIAL_HANDLE: @names, and account names that the copy gives in words ("on Snapchat as elliemarsh09")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.details.base import CERTAIN, CUED, LIKELY, DetailRecognizer
from recognizers.details.contact_name import fold
from recognizers.details.contact_owner import ContactOwner
from recognizers.details.ownership import words
from recognizers.details.scan import starts_of
from recognizers.details.view import Span, View
from recognizers.model import Observation
from recognizers.vocabulary import load_vocabulary

_AT = re.compile(
    r"(?<![\w@/%+-])(?<!\w\.)@"
    r"(?P<name>\w(?:[\w.-]{0,58}\w)?(?:@[A-Za-z0-9-]{1,60}\.[A-Za-z.]{2,30}\b)?)(?![\w@])"
)
# "darkknight_88", and no file's name, link, hashtag or variable in code.
_UNDERSCORED = re.compile(
    r"(?<![\w@/#.=&?%${<>-])(?=\w*[A-Za-z])[A-Za-z0-9.]*[A-Za-z0-9]_+(?:[A-Za-z0-9]+_*)*(?![\w@/=(-]|\.\w)"
)
_CLOCK = re.compile(r"\d{1,2}(?:[.:]?\d\d)?\s?(?:am|pm)?|\d+", re.IGNORECASE)
_NAME = r"(?P<open>[\"'“‘(@]{0,2})(?P<name>[A-Za-z0-9_](?:[\w.-]{1,38}\w)?)(?P<close>[\"'”’)]?)(?![\w@])"


class HandleRecognizer(DetailRecognizer):
    """Marks handles; the @ belongs to the span. Facts: `owner`, and `value` (lower case, without @)."""

    def __init__(self) -> None:
        super().__init__("handle", "SOCIAL_HANDLE")
        vocabulary = load_vocabulary(__package__ or "recognizers.details", "handle.yaml")
        self._owner = ContactOwner()
        self._not = frozenset(vocabulary["not_handles"])
        platforms, accounts = words(vocabulary["platforms"]), words(vocabulary["account_words"])
        every = words((*vocabulary["platforms"], *vocabulary["account_words"], *vocabulary["online"]))
        self._online = re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)
        label = rf"(?:(?:{accounts})\s*){{1,2}}"
        entries = (*vocabulary["platforms"], *vocabulary["account_words"], "under")
        self._openers = tuple(sorted({entry.split()[0] for entry in entries}))
        # "strong" wordings end in what only an account's name can follow.
        self._told = re.compile(
            rf"\b(?:(?P<strong>(?:{platforms})\s?(?::|–|-)\s|"
            rf"(?:{label})(?:\s(?:is|was|of|on\s(?:{platforms})\s(?:is|was|as)))"
            rf"\s|(?:{label})[:,]\s|(?:{words(vocabulary['name_words'])})\s)"
            rf"|(?:{platforms}),\s"
            rf"|(?:{platforms})\s(?:{accounts})\s"
            rf"|(?:{platforms})\s(?:\w+\s){{0,2}}(?:as|under|called|named)\s(?:the\s(?:{accounts})\s)?"
            rf"|(?:{accounts})\s(?:{words(vocabulary['in_name'])})\s"
            rf"|(?:{platforms})\s(?=\()|\bunder\sthe\s(?:{accounts})\s){_NAME}",
            re.IGNORECASE,
        )

    def observe(self, view: View) -> Iterator[Observation]:
        """Every handle of the copy. E-mail addresses, code ("@media") and "@ 7pm" are none."""
        for match in _AT.finditer(view.text) if "@" in view.text else ():
            name = match["name"]
            if name.casefold() in self._not or _CLOCK.fullmatch(name) or len(name) < 2:
                continue
            yield self._observation(view, match.start(), match.end(), name, CERTAIN)
        taken: list[Span] = []
        for match in self._wordings(view.text):
            name = match["name"]
            if "@" in match["open"] or name.casefold() in self._not or not self._is_account(view, match):
                continue
            score = CUED if match["strong"] else LIKELY
            taken.append(match.span("name"))
            yield self._observation(view, match.start("name"), match.end("name"), name, score)

        for match in _UNDERSCORED.finditer(view.text) if "_" in view.text else ():
            if not any(s < match.end() and match.start() < e for s, e in taken) and self._is_online(
                view, match
            ):
                yield self._observation(view, match.start(), match.end(), match[0], LIKELY)

    def _is_online(self, view: View, match: re.Match[str]) -> bool:
        """Whether a word with an underscore in it stands in prose that speaks of accounts or posts."""
        first, last = view.paragraph(match.start())
        return (
            view.kind_at(match.start()) == "prose" and self._online.search(view.text, first, last) is not None
        )

    def _wordings(self, text: str) -> Iterator[re.Match[str]]:
        """The places where words give an account's name; only words that can open one are tried."""
        end = 0
        for start in starts_of(self._openers, text):
            if start >= end:
                match = self._told.match(text, start)
                if match:
                    end = match.end()
                    yield match

    def _observation(self, view: View, start: int, end: int, name: str, score: float) -> Observation:
        owner = "helpline" if view.helpline(start, end) else self._owner.of_handle(view, name, start)
        facts = {"owner": owner, "value": name.casefold()}
        return Observation("SOCIAL_HANDLE", start, end, score, self.name, facts=facts)

    @staticmethod
    def _is_account(view: View, match: re.Match[str]) -> bool:
        """Whether it has the look of an account's name: digits, _ or . in it, quotes, a name glued in."""
        name = match["name"]
        if name[0].isupper() and name[1:].islower() and not match["strong"]:
            return False
        if re.fullmatch(r"\d+|\d{1,2}-year-old.*", name):
            return False
        if re.search(r"[A-Za-z]", name) and re.search(r"\d|_|\w\.\w", name) and "-" not in name:
            return True
        if match["open"].strip("(") and match["close"] and not name.istitle():
            return True
        if re.search(r"[a-z][A-Z]", name):
            return True
        packed = fold(name)
        return name.islower() and any(
            len(part) > 3 and part in packed and part != packed
            for person in view.people.persons
            for full in person.names
            for part in (fold(piece) for piece in full.split())
        )
