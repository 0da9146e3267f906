"""Who is who: people resolved over real-looking copy, one case of `who_is_who.yaml` a test."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.language import Language

from recognizers.model import People, Person, Reading, Segment
from recognizers.nlp import load_pipeline, read

CASES: list[dict[str, Any]] = yaml.load(
    Path(__file__).with_name("who_is_who.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def resolve(nlp: Language, text: str, published: str | None = None) -> People:
    day = date.fromisoformat(published) if published else None
    segments = (Segment("body", None, 0, len(text)),)
    people: People = read(nlp, text, Reading(segments, day))._.people
    return people


def person_called(people: People, name: str) -> Person:
    found = [person for person in people.persons if name in person.names]
    assert len(found) == 1, f"{name} is the name of {len(found)} persons: {[p.names for p in people.persons]}"
    return found[0]


def facts(person: Person) -> dict[str, str]:
    flags = {
        "adult_now": person.adult_now,
        "waived": person.waived,
        "complainant": person.sex_offence_complainant,
        "deceased": person.deceased,
        "public": person.public_role,
        "own_childhood": person.own_childhood,
        "pseudonym": person.pseudonym,
        "missing_appeal": person.missing_appeal,
    }
    told = {name: "yes" if value else "no" for name, value in flags.items()}
    return {**told, "stage": person.life_stage, "age": str(person.age), "relation": str(person.relation)}


def known_misses(cases: list[dict[str, Any]]) -> list[Any]:
    """Cases that fail today, the reason beside them in the YAML: strict, so that a mended one says so."""
    return [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(strict=True, reason=case["missed"])] if "missed" in case else [],
        )
        for case in cases
    ]


@pytest.mark.parametrize("case", known_misses(CASES))
def test_people_are_told_apart_and_known_for_what_they_are(nlp: Language, case: dict[str, Any]) -> None:
    people = resolve(nlp, case["text"], case.get("published"))

    for name, expected in case.get("people", {}).items():
        person = person_called(people, name)
        known = facts(person)
        for key, value in expected.items():
            if key == "roles":
                assert set(value) <= person.roles, f"{name}: {sorted(person.roles)}"
            elif key == "not_roles":
                assert not set(value) & person.roles, f"{name}: {sorted(person.roles)}"
            elif key == "circumstances":
                assert set(value) <= person.circumstances, name
                assert value or not person.circumstances, f"{name}: {sorted(person.circumstances)}"
            elif key == "names":
                assert set(value) <= set(person.names), f"{name}: {person.names}"
            elif key == "of" and value == "null":
                assert person.relative_of is None, f"{name} is taken for a relative"
            elif key == "of":
                assert person.relative_of is not None, f"{name} is nobody's relative"
                assert value in people.by_id(person.relative_of).names, name
            else:
                assert known[key] == value, f"{name}: {key} is {known[key]}"
    names = {spelled for person in people.persons for spelled in person.names}
    for word in case.get("nobody", []):
        assert not any(word in spelled for spelled in names), (
            f"{word} was taken for a person: {sorted(names)}"
        )
    for common, variant in case.get("clashes", []):
        assert (common, variant) in {(clash.common, clash.variant) for clash in people.clashes}
    for piece in case.get("pieces", []):
        same = [
            p
            for p in people.pieces
            if p.kind == piece["kind"] and case["text"][p.start : p.end] == piece["text"]
        ]
        assert same, f"no {piece['kind']} {piece['text']!r}: {people.pieces}"
        assert all(p.accused or "accused" not in piece for p in same)
        assert all(p.implied or "implied" not in piece for p in same)
    told = {case["text"][p.start : p.end] for p in people.pieces}
    assert not told & set(case.get("no_pieces", [])), people.pieces


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_mention_spells_a_name_of_its_person(nlp: Language, case: dict[str, Any]) -> None:
    people = resolve(nlp, case["text"], case.get("published"))

    spans = sorted((m.start, m.end) for person in people.persons for m in person.mentions)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans)), "mentions overlap"
    for person in people.persons:
        for mention in person.mentions:
            spelled = case["text"][mention.start : mention.end]
            assert not spelled.endswith(("'s", "’s")), spelled
            assert spelled == spelled.strip()


@pytest.mark.parametrize("part", ["byline", "imageCredits", "author"])
def test_whoever_made_the_copy_is_no_relative_of_the_child(nlp: Language, part: str) -> None:
    texts = ["Osman Tariq", "Her mother wept. Freya Lunn, 11, was beaten by Neil Garforth, a jury was told."]
    for parts, order in (((part, "body"), texts), (("body", part), texts[::-1])):
        starts = (0, len(order[0]) + 2)
        segments = [
            Segment(p, None, at, at + len(text)) for p, at, text in zip(parts, starts, order, strict=True)
        ]
        people: People = read(nlp, "\n\n".join(order), Reading(tuple(segments)))._.people
        assert person_called(people, "Osman Tariq").roles == {"journalist"}
        assert person_called(people, "Freya Lunn").life_stage == "minor"


def test_order_and_repetition_change_nothing(nlp: Language) -> None:
    for case in CASES[:6]:
        assert resolve(nlp, case["text"]) == resolve(nlp, case["text"])


def test_curly_and_straight_quotes_name_the_same_people(nlp: Language) -> None:
    text = (
        CASES[0]["text"]
        + "Peter's mother, Tracey Connelly, said: \"I'm sorry.\" Connelly's partner was there.\n"
    )
    curly = text.replace("'", "’")

    straight_names = [person.names for person in resolve(nlp, text).persons]
    assert [person.names for person in resolve(nlp, curly).persons] == straight_names
