"""The registry and what `verify` makes of the numbers, codes and addresses beside a helpline's name."""

from __future__ import annotations

import pytest

from recognizers.helplines.registry import (
    HelplineRegistry,
    digits_of,
    helpline_from,
    load_registry,
    verify,
)

CATEGORIES = {
    "child_death",
    "child_physical_abuse",
    "child_neglect",
    "child_emotional_abuse",
    "child_sexual_abuse",
    "child_exploitation",
    "harmful_practices",
    "sexual_violence",
    "domestic_abuse",
    "suicide_self_harm",
    "graphic_violence",
    "baby_loss",
}
CONTRACT = [
    "nspcc",
    "childline",
    "samaritans",
    "napac",
    "victim-support",
    "refuge",
    "womens-aid",
    "mens-advice-line",
    "rape-crisis",
    "stop-it-now",
    "papyrus",
    "shout",
    "calm",
    "mind",
    "youngminds",
    "the-mix",
    "beat",
    "missing-people",
    "crimestoppers",
    "fearless",
    "barnardos",
    "family-lives",
    "cruse",
    "child-bereavement-uk",
    "winstons-wish",
    "lullaby-trust",
    "sands",
    "karma-nirvana",
    "galop",
    "modern-slavery-helpline",
    "fgm-helpline",
    "childline-ireland",
    "pieta",
    "lifeline",
    "sdafmh",
]


@pytest.fixture(scope="module")
def registry() -> HelplineRegistry:
    return load_registry()


def test_every_id_of_the_contract_is_there_once(registry: HelplineRegistry) -> None:
    ids = [helpline.id for helpline in registry.helplines]
    assert len(ids) == len(set(ids)) >= 45
    assert [i for i in CONTRACT if i not in registry] == []


def test_entries_can_be_used(registry: HelplineRegistry) -> None:
    for helpline in registry.helplines:
        assert helpline.topics, helpline.id
        assert helpline.confidence in ("H", "M", "L"), helpline.id
        assert helpline.numbers or helpline.texts or helpline.web, helpline.id
        for number in helpline.numbers:
            assert helpline in registry.by_number(number)
            assert digits_of(number) not in map(digits_of, helpline.retired)


def test_every_warning_category_has_somebody_to_send_readers_to(registry: HelplineRegistry) -> None:
    covered = {topic for h in registry.helplines if h.support and h.nation == "uk" for topic in h.topics}
    assert covered >= CATEGORIES - {"domestic_abuse", "sexual_violence", "graphic_violence"}
    assert {t for h in registry.helplines if h.support for t in h.topics} >= CATEGORIES
    children = {c for c in CATEGORIES if c.startswith("child_")}
    assert registry.by_id("nspcc").topics >= children
    assert registry.by_id("childline").topics >= children


@pytest.mark.parametrize(
    "helpline", ["crimestoppers", "fearless", "police-999", "police-101", "nhs-111", "ceop"]
)
def test_contact_points_give_no_support(registry: HelplineRegistry, helpline: str) -> None:
    assert not registry.by_id(helpline).support


@pytest.mark.parametrize(
    "number",
    [
        "0808 800 5000",
        "08088005000",
        "0808-800-5000",
        "(0808) 800 5000",
        "0808.800.5000",
        "0808\u00a0800\u00a05000",
        "+44 (0)808 800 5000",
        "+44 808 800 5000",
        "0044 808 800 5000",
        "tel:+448088005000",
        "0808 8005000",
    ],
)
def test_a_number_is_known_in_every_notation(registry: HelplineRegistry, number: str) -> None:
    assert [h.id for h in registry.by_number(number)] == ["nspcc"]
    (result,) = verify(f"If you are worried, call the NSPCC on {number}.", registry)
    assert (result.status, result.helpline) == ("ok", "nspcc")


@pytest.mark.parametrize(
    ("copy", "text", "status", "helpline", "expected"),
    [
        ("contact the NSPCC on 0808 800 500", "0808 800 500", "wrong", "nspcc", "0808 800 5000"),
        ("NSPCC: 0808 800 5050 (free)", "0808 800 5050", "wrong", "nspcc", "0808 800 5000"),
        ("call the Samaritans on 08457 90 90 90", "08457 90 90 90", "retired", "samaritans", "116 123"),
        ("the Samaritans are on 08457 90 90", "08457 90 90", "retired", "samaritans", "116 123"),
        ("Rape Crisis: 0808 802 9999", "0808 802 9999", "retired", "rape-crisis", "0808 500 2222"),
        ("Missing People, 0500 700 700", "0500 700 700", "retired", "missing-people", "116 000"),
        ("Samaritans on 0800-847-9090", "0800-847-9090", "retired", "samaritans", "116 123"),
        ("or text the NSPCC on 88858", "88858", "retired", "nspcc", "0808 800 5000"),
        ("text SHOUT to 85285", "SHOUT to 85285", "wrong", "shout", "SHOUT to 85258"),
        ("visit the NSPCC at nspcc.com", "nspcc.com", "wrong", "nspcc", "nspcc.org.uk"),
        (
            "see Childline (www.childline.co.uk)",
            "www.childline.co.uk",
            "wrong",
            "childline",
            "childline.org.uk",
        ),
        (
            "email Samaritans at jo@samaritans.com",
            "jo@samaritans.com",
            "wrong",
            "samaritans",
            "jo@samaritans.org",
        ),
        ("Women's Aid on 0808 2000 247", "0808 2000 247", "retired", "womens-aid", "womensaid.org.uk"),
        ("call Crimestoppers on 0800 555 112", "0800 555 112", "wrong", "crimestoppers", "0800 555 111"),
        ("HOPELINEUK is on 0800 068 4141", "HOPELINEUK", "retired", "papyrus", "PAPYRUS HOPELINE247"),
        ("the Harbour Lights helpline on 0808 157 0123", "0808 157 0123", "unknown", None, ""),
    ],
)
def test_what_is_wrong_is_told_with_what_is_right(
    registry: HelplineRegistry, copy: str, text: str, status: str, helpline: str | None, expected: str
) -> None:
    wrong = [result for result in verify(f"For help, {copy}.", registry) if result.status != "ok"]
    assert [(r.text, r.status, r.helpline, r.expected) for r in wrong] == [(text, status, helpline, expected)]


@pytest.mark.parametrize(
    "copy",
    [
        "Contact the NSPCC on 0808 800 5000 or Childline on 0800 1111.",
        "Contact the NSPCC or Childline on 0808 800 5000 or 0800 1111.",
        "Call 0800 1111 for Childline or 0808 800 5000 for the NSPCC.",
        "The NSPCC offers support to children on 0800 1111, and adults on 0808 800 5000.",
        "The NSPCC's FGM line is free: contact the NSPCC on 0800 028 3550.",
        "Text YM to 85258 or SHOUT to 85258. Text HELP to 51444 in Ireland.",
        "In Northern Ireland, Lifeline is on 0808 808 8000; in Australia Lifeline is 13 11 14.",
        "Women's Aid: 1800 341 900\nRape Crisis: 08088 01 03 02\nChildline: 1800 66 66 66",
        "Samaritans, 24 hours a day, on 116123. More at www.samaritans.org/branches or "
        "learning.nspcc.org.uk.",
        "The NSPCC has offices at 42 Curtain Road. Text SAFE to 70577 to give £10. See bbc.co.uk/news.",
    ],
)
def test_right_contacts_raise_nothing(registry: HelplineRegistry, copy: str) -> None:
    assert [result for result in verify(copy, registry) if result.status != "ok"] == []


def test_swapped_numbers_are_both_wrong(registry: HelplineRegistry) -> None:
    results = verify("Contact the NSPCC on 0800 1111 or Childline on 0808 800 5000.", registry)
    assert [(r.status, r.helpline, r.expected) for r in results] == [
        ("wrong", "nspcc", "0808 800 5000"),
        ("wrong", "childline", "0800 1111"),
    ]


def test_a_newsroom_adds_its_own_helpline(registry: HelplineRegistry) -> None:
    own = helpline_from(
        {
            "id": "harbour-lights",
            "names": ["Harbour Lights"],
            "numbers": ["0808 157 0123"],
            "topics": ["bereavement"],
        }
    )
    larger = registry.extended([own])
    assert [r.status for r in verify("Call Harbour Lights on 0808 157 0123.", larger)] == ["ok"]
    assert [r.helpline for r in verify("Call Harbour Lights on 0808 157 0132.", larger)] == ["harbour-lights"]
    assert "harbour-lights" not in registry
    assert larger.by_name("Women’s Aid")[0].id == "womens-aid"


def test_a_newsroom_replaces_a_helpline(registry: HelplineRegistry) -> None:
    moved = helpline_from({"id": "kooth", "names": ["Kooth"], "numbers": ["0808 157 0456"], "support": "no"})
    larger = registry.extended([moved])
    assert len(larger.helplines) == len(registry.helplines)
    assert larger.by_id("kooth").numbers == ("0808 157 0456",)
    assert not larger.by_id("kooth").support
