"""The words by which copy speaks of somebody without a name, from kinship.yaml and stage.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recognizers.vocabulary import load_vocabulary

_PACKAGE = "recognizers.people"
INVERSE = {
    "child": "parent",
    "parent": "child",
    "sibling": "sibling",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "partner": "partner",
    "kin": "kin",
    "carer": "cared_for",
    "cared_for": "carer",
}
FAMILY = frozenset(INVERSE)


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun says: its group ("child", "parent", …, "minor", "adult", "victim"), the sex, one or
    several.
    """

    group: str
    gender: str
    plural: bool = False
    weak: bool = False


@dataclass(frozen=True)
class NounLexicon:
    """All nouns by their words, and the adjectives that may stand in front of one.

    `longest` is how many words the longest noun has that begins with a word.
    """

    nouns: dict[tuple[str, ...], Noun]
    longest: dict[str, int]
    adjectives: frozenset[str]
    things: frozenset[str]
    household: frozenset[str]
    courting: frozenset[str]
    kin_young: frozenset[str]
    idioms: re.Pattern[str]
    compound: re.Pattern[str]
    possessed: frozenset[str]
    after_bare_age: frozenset[str]
    adjectival: frozenset[str]
    loose_minor: frozenset[str]
    always_young: frozenset[str]
    not_kin_after: frozenset[str]
    praise: frozenset[str]
    of_an_age: frozenset[str]


def load_nouns() -> NounLexicon:
    """Read the nouns of family and age. Raises FileNotFoundError or yaml.YAMLError when a file is broken."""
    kinship = load_vocabulary(_PACKAGE, "kinship.yaml")
    stage = load_vocabulary(_PACKAGE, "stage.yaml")
    weak = set(stage["weak_minor"])
    nouns: dict[tuple[str, ...], Noun] = {}

    def put(words: list[str], group: str, gender: str, plural: bool = False) -> None:
        for word in words:
            nouns[tuple(word.lower().split())] = Noun(group, gender, plural, word in weak)

    for group in ("adult", "minor"):
        for gender, words in stage[group].items():
            put(words, group, gender)
    put(stage["minor_plural"], "minor", "e", plural=True)
    put(stage["adult_plural"], "adult", "e", plural=True)
    for group, value in kinship.items():
        if group in ("household", "courting", "kin_young", "adjectives", "not_kin_after"):
            continue
        if isinstance(value, dict):
            for gender, words in value.items():
                # "baby", "child" and "teenager" are children first; a possessor makes them somebody's child.
                put(
                    [w for w in words if tuple(w.lower().split()) not in nouns or group != "child"],
                    group,
                    gender,
                )
        else:
            known = [w for w in value if tuple(w.lower().split()) not in nouns]
            put(known, group.removesuffix("_plural"), "e", plural=True)
    for group in ("victim", "accused"):
        put(stage["case"][group], group, "e")
    longest: dict[str, int] = {}
    for parts in nouns:
        longest[parts[0]] = max(longest.get(parts[0], 0), len(parts))
    return NounLexicon(
        nouns=nouns,
        longest=longest,
        adjectives=frozenset(kinship["adjectives"]),
        things=frozenset(stage["things"]),
        household=frozenset(kinship["household"]),
        courting=frozenset(kinship["courting"]),
        kin_young=frozenset(kinship["kin_young"]),
        idioms=re.compile(
            r"(?<![\w-])(?:" + "|".join(map(re.escape, stage["idioms"])) + r")\b", re.IGNORECASE
        ),
        compound=re.compile(r" (?:" + "|".join(map(re.escape, stage["compounds"])) + r")\b"),
        possessed=frozenset(stage["possessed"]),
        loose_minor=frozenset(stage["loose_minor"]),
        always_young=frozenset(stage["always_young"]),
        adjectival=frozenset(stage["adjectival"]),
        after_bare_age=frozenset(stage["after_bare_age"]),
        not_kin_after=frozenset(kinship["not_kin_after"]),
        praise=frozenset(stage["praise"]),
        of_an_age=frozenset(stage["of_an_age"]),
    )
