"""Which addresses are a business's, a court's or a public building's, and so nobody's home."""

from __future__ import annotations

import re
from typing import Any

from recognizers.details.ownership import words
from recognizers.details.streets import Street
from recognizers.details.view import View

_BEFORE, _AFTER = 60, 60
_NUMBER_WORD = re.compile(r"^(?:No\.?\s?|Number\s)")
# What stands between "shop" or "Magistrates' Court" and its address; a verb there makes it another thing's.
_ITS_ADDRESS = re.compile(
    r"[\s,:(’'s]*(?:(?:called|named|known as)\s)?(?:[A-Z0-9][\w’'&.-]*[\s,:(]+(?:of\s|and\s|&\s)?){0,8}"
    r"(?:(?:at|in|on|of|to|is|was|are|located|situated|based|held|by|from|the|and|address)\b[\s,:]*){0,4}"
    r"(?:[A-Z0-9][\w’'&.-]*[\s,:(]+(?:of\s|and\s|&\s)?){0,8}"
)
_CAPITAL = r"[A-ZÀ-Þ0-9][\w’'.-]*"
# "The Forge, 14 …": only a firm or a venue is called so.
_THE = re.compile(rf"(?<![\w’'-])The\s{_CAPITAL}(?:\s(?:and\s|&\s|of\s)?{_CAPITAL}){{0,3}},\s$")
_ANY_NAME = re.compile(rf"(?<![\w’'-]){_CAPITAL}(?:\s(?:and\s|&\s|of\s)?{_CAPITAL}){{0,3}},\s$")


class PublicPlaces:
    """Reads the words around an address that make it public; its vocabulary is in `address.yaml`."""

    def __init__(self, vocabulary: dict[str, Any]) -> None:
        not_street = rf"(?!\s(?-i:{words(vocabulary['street_types'])})\b)"
        self._cue = re.compile(
            rf"(?<![\w’'-])(?:{'|'.join(vocabulary['public'])})(?![\w’'-]){not_street}", re.IGNORECASE
        )
        self._behind = re.compile(
            r"(?:[\s,(–-]*(?:[A-Z][\w’']+,\s)?"
            r"(?:the|a|an|its|their|which houses|home of|home to)\s(?:[\w’'-]+\s){0,3}?|\s)"
            rf"(?:{self._cue.pattern})",
            re.IGNORECASE,
        )
        ends = words(vocabulary["firm_ends"])
        self._firm = re.compile(rf"(?<![\w’'-])(?:{_CAPITAL}\s)*{_CAPITAL}\s(?:&\s{_CAPITAL}|{ends})[,:]?\s$")
        self._listing = re.compile(rf"(?<!\w)(?:{vocabulary['listing']})(?!\w)", re.IGNORECASE)
        self._trade = re.compile(
            rf"(?:[\s,]+[A-ZÀ-Þ0-9][\w’'-]*){{0,5}},?\s(?:{vocabulary['open_for_trade']})(?!\w)"
        )
        homely = words((*vocabulary["house_types_sure"], *vocabulary["house_types"]))
        self._house_name = re.compile(rf"The (?:Old|New)\b|.*\b(?:{homely}),\s$")
        self._known = frozenset(vocabulary["public_addresses"])

    def is_public(self, view: View, street: Street) -> bool:
        """Whether words near the address, or the address itself, make it a public building's or a firm's."""
        text = view.text
        if _NUMBER_WORD.sub("", text[street.house_start : street.end]) in self._known:
            return True
        if street.house and not street.house_is_name and self._cue.match(text, street.house_start):
            return True  # "Unit 3"
        first, last = view.sentence(street.start)
        begin = street.start if street.house_is_name and not street.sure else street.house_start
        if self.leads_to(view, max(first, begin - _BEFORE), begin):
            return True
        if street.house and not street.house_is_name and self._named_place(view, first, begin, last):
            return True
        if self.trades(view, street):
            return True
        after = text[street.end : min(last, street.end + _AFTER)]
        return self._behind.match(after) is not None

    def trades(self, view: View, street: Street) -> bool:
        """Whether the words behind the address are said of a firm and never of a person."""
        return self._trade.match(view.text, street.end, view.sentence(street.start)[1]) is not None

    def leads_to(self, view: View, begin: int, end: int) -> bool:
        """Whether a business or public building is named before `end` and only its address stands between.

        A name right before `end` is the town's and counts for nobody ("Council Offices, Norwell NW8 1AA").
        """
        cue = None
        for match in self._cue.finditer(view.text, begin, end):
            cue = match
        if cue is None or _ITS_ADDRESS.fullmatch(view.text, cue.end(), end) is None:
            return False
        return not any(end - reference.end > 2 for reference in view.between(cue.end(), end))

    def follows(self, view: View, start: int, end: int) -> bool:
        """Whether the text between the offsets begins with the word for a public place or a business."""
        return self._cue.match(view.text[start:end].lstrip(" ,(")) is not None

    def _named_place(self, view: View, first: int, begin: int, last: int) -> bool:
        """Whether a venue's or firm's name stands right before the house number."""
        left = view.text[max(first, begin - _BEFORE) : begin]
        named = self._firm.search(left) or _THE.search(left)
        if named is None and self._listing.search(view.text, first, last):
            named = _ANY_NAME.search(left)
        if named is None or self._house_name.match(named[0]):
            return False
        return not view.at(begin - len(left) + named.start(), begin)
