"""Numbers that identify a person: National Insurance, NHS, passport, bank details, vehicle registration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from presidio_analyzer.predefined_recognizers import (
    IbanRecognizer,
    NhsRecognizer,
    UkVehicleRegistrationRecognizer,
)

from recognizers.details.base import CERTAIN, CUED, LIKELY, DetailRecognizer
from recognizers.details.ownership import words
from recognizers.details.view import View
from recognizers.model import Observation
from recognizers.vocabulary import load_vocabulary

_BEFORE, _AFTER = 80, 40


class Near:
    """Whether one of the cue words, or a label, stands near a number."""

    def __init__(self, cues: list[str], labels: list[str] | None = None) -> None:
        self._cue = re.compile(rf"(?<!\w)(?:{words(cues)})(?!\w)", re.IGNORECASE)
        own = words(labels) if labels else words(cues)
        self._label = re.compile(
            rf"(?<!\w)(?:{own})(?!\w)[\s,:;=(#–—-]*"
            r"(?:(?:number|no|is|was|of|mark|plate|ending|given as)\b[\s.:,#]*){0,3}[\"'“‘]?$",
            re.IGNORECASE,
        )

    def around(self, view: View, start: int, end: int) -> bool:
        """Whether a cue stands in the same sentence, 80 characters before the number or 40 behind it."""
        first, last = view.sentence(start)
        before = view.text[max(first, start - _BEFORE) : start]
        return bool(self._cue.search(before) or self._cue.search(view.text[end : min(last, end + _AFTER)]))

    def right_before(self, view: View, start: int) -> bool:
        """Whether a label leads straight up to the number."""
        return self._label.search(view.text[max(0, start - _BEFORE) : start]) is not None


def _vocabulary() -> dict[str, Any]:
    vocabulary: dict[str, Any] = load_vocabulary(__package__ or "recognizers.details", "identifiers.yaml")
    return vocabulary


class NinoRecognizer(DetailRecognizer):
    """UK_NINO: two letters, six digits, A to D. In lower case or with letters never issued it needs a cue."""

    _FORM = re.compile(
        r"(?<![A-Za-z0-9])[A-Za-z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-Da-d](?![A-Za-z0-9])"
    )
    # Letters that HMRC does not give out (NIM39110).
    _ISSUED = re.compile(r"(?!BG|GB|NK|KN|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]")

    def __init__(self) -> None:
        super().__init__("national_insurance", "UK_NINO")
        self._near = Near(_vocabulary()["nino"]["cues"])

    def observe(self, view: View) -> Iterator[Observation]:
        """Every National Insurance number of the copy."""
        for match in self._FORM.finditer(view.text):
            cued = self._near.around(view, *match.span())
            if cued or self._ISSUED.match(match[0]):
                yield Observation("UK_NINO", *match.span(), CUED if cued else LIKELY, self.name)


class NhsNumberRecognizer(DetailRecognizer):
    """UK_NHS: ten digits that pass the checksum, with a cue near; or with its label right before it."""

    _FORM = re.compile(r"(?<![\w£+.,-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])")

    def __init__(self) -> None:
        super().__init__("nhs_number", "UK_NHS")
        entry = _vocabulary()["nhs"]
        self._near = Near(entry["cues"], entry["labels"])
        self._checksum = NhsRecognizer()

    def observe(self, view: View) -> Iterator[Observation]:
        """Every NHS number. One ten-digit number in eleven passes the checksum, so a cue must be near."""
        for match in self._FORM.finditer(view.text):
            if self._near.right_before(view, match.start()):
                yield Observation("UK_NHS", *match.span(), CERTAIN, self.name)
            elif self._checksum.validate_result(match[0]) and self._near.around(view, *match.span()):
                yield Observation("UK_NHS", *match.span(), CUED, self.name)


class PassportRecognizer(DetailRecognizer):
    """UK_PASSPORT: nine digits, or letters and seven digits (British and Irish), with the word near."""

    _FORM = re.compile(r"(?<![\w£+-])(?:\d{9}|[A-Z]{1,2}\d{7})(?![\w-])")

    def __init__(self) -> None:
        super().__init__("passport", "UK_PASSPORT")
        self._near = Near(_vocabulary()["passport"]["cues"])

    def observe(self, view: View) -> Iterator[Observation]:
        """Every passport number of the copy."""
        for match in self._FORM.finditer(view.text):
            if self._near.around(view, *match.span()):
                yield Observation("UK_PASSPORT", *match.span(), CUED, self.name)


class BankDetailsRecognizer(DetailRecognizer):
    """BANK_DETAILS: sort codes and account numbers with a cue, IBANs, card numbers that pass their check."""

    _SORT = re.compile(r"\d(?<![\w£.,-]\d)\d([- ]?)\d{2}\1\d{2}(?![\w-])")
    _ACCOUNT = re.compile(r"\d(?<![\w£.,+-]\d)(?:\d{7}|\d{3} \d{4})(?! ?\d)(?![\w-])")
    _IBAN = re.compile(
        r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])"
    )
    _CARD = re.compile(r"\d(?<![\w£.,+-]\d)\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}(?![\w-])")

    def __init__(self) -> None:
        super().__init__("bank_details", "BANK_DETAILS")
        entry = _vocabulary()["bank"]
        self._bank = Near(entry["cues"])
        self._iban_label = Near(entry["iban_labels"])
        self._card = Near(entry["card_cues"])
        self._iban = IbanRecognizer()

    def observe(self, view: View) -> Iterator[Observation]:
        """Each number by itself: the sort code and the account number are two spans."""
        for form in (self._SORT, self._ACCOUNT):
            for match in form.finditer(view.text):
                if self._bank.around(view, *match.span()):
                    yield Observation("BANK_DETAILS", *match.span(), CUED, self.name)
        for match in self._IBAN.finditer(view.text):
            labelled = self._iban_label.right_before(view, match.start())
            if labelled or self._iban.validate_result(match[0]):
                yield Observation("BANK_DETAILS", *match.span(), CERTAIN, self.name)
        for match in self._CARD.finditer(view.text):
            if _luhn(match[0]) and self._card.around(view, *match.span()):
                yield Observation("BANK_DETAILS", *match.span(), CUED, self.name)


class VehicleRegistrationRecognizer(DetailRecognizer):
    """UK_VEHICLE_REGISTRATION: capitals only, so that "the M25 the" is a road; older forms need a cue."""

    _CURRENT = re.compile(r"(?<![A-Za-z0-9])[A-HJ-PR-Y]{2}\d{2}[ -]?[A-HJ-PR-Z]{3}(?![A-Za-z0-9])")
    _OLDER = re.compile(
        r"(?<![A-Za-z0-9-])(?:[A-HJ-NPR-TV-Y]\d{1,3}[ -]?[A-HJ-PR-Y][A-HJ-PR-Z]{2}"  # prefix year letter
        r"|[A-HJ-PR-Z]{3}[ -]?\d{1,3}[ -]?[A-HJ-NPR-TV-Y]"  # suffix year letter
        r"|[A-Z]{1,2}[IZ][A-Z]?[ -]?\d{3,4}"  # Northern Ireland
        r"|\d{2,3}-(?:[A-Z]{1,2})-\d{1,6})(?![A-Za-z0-9])"  # Republic of Ireland
    )
    _ROAD = re.compile(r"[ABM]\d{1,3}\s")

    def __init__(self) -> None:
        super().__init__("vehicle_registration", "UK_VEHICLE_REGISTRATION")
        entry = _vocabulary()["plate"]
        self._near = Near(entry["cues"], entry["labels"])
        self._areas_out = tuple(entry["areas_out"])
        self._valid = UkVehicleRegistrationRecognizer()

    def observe(self, view: View) -> Iterator[Observation]:
        """Every registration; a road number with a word in capitals needs the label right before."""
        for match in self._CURRENT.finditer(view.text):
            labelled = self._near.right_before(view, match.start())
            plate = not match[0].startswith(self._areas_out)
            in_use = plate and self._valid.validate_result(match[0])
            # Numbers not given out yet are made up for a story, or misprinted.
            if labelled or in_use or (plate and self._near.around(view, *match.span())):
                yield self._observation(match, CUED if labelled else LIKELY)
        for match in self._OLDER.finditer(view.text):
            if self._near.right_before(view, match.start()):
                yield self._observation(match, CUED)
            elif not self._ROAD.match(match[0]) and self._near.around(view, *match.span()):
                first, last = view.sentence(match.start())
                if not view.text[first:last].isupper():
                    yield self._observation(match, LIKELY)

    def _observation(self, match: re.Match[str], score: float) -> Observation:
        return Observation("UK_VEHICLE_REGISTRATION", *match.span(), score, self.name)


def _luhn(text: str) -> bool:
    """Whether the digits pass the check that card numbers are made to pass."""
    digits = [int(character) for character in reversed(text) if character.isdecimal()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
