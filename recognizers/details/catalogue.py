"""The recognizers of details, in the order in which they read a copy."""

from __future__ import annotations

from presidio_analyzer import EntityRecognizer

from recognizers.details.address import AddressRecognizer
from recognizers.details.dates import DateOfBirthRecognizer
from recognizers.details.email import ContactEmailRecognizer
from recognizers.details.handle import HandleRecognizer
from recognizers.details.identifiers import (
    BankDetailsRecognizer,
    NhsNumberRecognizer,
    NinoRecognizer,
    PassportRecognizer,
    VehicleRegistrationRecognizer,
)
from recognizers.details.institution import InstitutionRecognizer
from recognizers.details.phone import ContactPhoneRecognizer
from recognizers.details.profile_link import ProfileLinkRecognizer


def detail_recognizers() -> list[EntityRecognizer]:
    """New instances of all recognizers of details; building them reads their vocabularies, once."""
    return [
        ContactPhoneRecognizer(),
        ContactEmailRecognizer(),
        HandleRecognizer(),
        ProfileLinkRecognizer(),
        NinoRecognizer(),
        NhsNumberRecognizer(),
        PassportRecognizer(),
        BankDetailsRecognizer(),
        VehicleRegistrationRecognizer(),
        DateOfBirthRecognizer(),
        AddressRecognizer(),
        InstitutionRecognizer(),
    ]
