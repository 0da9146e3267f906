"""The words of harm, read from the YAML files here (and a newsroom's own) into one searchable index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from recognizers.harm.grammar import Grammar, load_grammar
from recognizers.harm.phrases import PhraseIndex
from recognizers.vocabulary import load_vocabulary

PACKAGE = "recognizers.harm"

Victim = Literal["child", "adult", "partner", "newborn", "any"]
GROUPS = (
    "strong",
    "vague",
    "signs",
    "before",
    "after",
    "next",
    "vague_before",
    "vague_after",
    "hints",
    "debate",
    "details",
    "graphic",
    "unless",
)
_VICTIMS = ("child", "adult", "partner", "newborn", "any")
_FLAGS = ("offspring", "unknown", "heavy")


class Sign(NamedTuple):
    """What a phrase of the vocabulary stands for.

    `kind` is "cue" (a category's word; `name` the category, `group` one of GROUPS), "person" (`name` the kind
    of person), "frame" (`name` what it says of the sentence), "genre" (`group`: how strong) or "exclusion".
    """

    kind: str
    name: str
    group: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Category:
    """One harm category: its name, who must be harmed, and how it differs from the usual scoring."""

    name: str
    victim: Victim
    offspring: bool = False
    unknown: bool = False
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the subjects component knows: categories by name, one index of signs, patterns around them."""

    categories: Mapping[str, Category]
    index: PhraseIndex[Sign]
    ages: tuple[re.Pattern[str], ...]
    age_hint: re.Pattern[str]
    furniture: tuple[re.Pattern[str], ...]
    old_years: re.Pattern[str]
    chance: re.Pattern[str]
    deadly: re.Pattern[str]
    grammar: Grammar

    def is_partner(self, words: str) -> bool:
        """Whether `words` ("wife", "former husband") make somebody another's partner."""
        return any(h.value.kind == "person" and h.value.name == "partner" for h in self.index.find(words))


class CategoryFileError(ValueError):
    """A category file does not follow the schema at the top of categories.yaml; says which entry and why."""


def load_categories(extra_paths: Iterable[str | Path] = ()) -> Lexicon:
    """Read the bundled vocabulary and the category files at `extra_paths` (same schema as categories.yaml).

    A category of an extra file that has a bundled name adds its phrases to it. Raises FileNotFoundError for a
    missing file, CategoryFileError for one that does not follow the schema.
    """
    families: dict[str, list[str]] = dict(load_vocabulary(PACKAGE, "families.yaml"))
    sources = [("categories.yaml", load_vocabulary(PACKAGE, "categories.yaml"))]
    for path in extra_paths:
        text = Path(path).read_text(encoding="utf-8")
        sources.append((Path(path).name, yaml.load(text, Loader=yaml.BaseLoader)))
    categories: dict[str, Category] = {}
    phrases: list[tuple[str, Sign]] = []
    for source, content in sources:
        if not isinstance(content, dict) or not isinstance(content.get("categories"), list):
            raise CategoryFileError(f"{source}: there is no list named `categories`")
        families.update(content.get("families") or {})
        for entry in content["categories"]:
            category = _category(entry, source)
            categories.setdefault(category.name, category)
            phrases += _cues(entry, category.name, families, source)
    victims = load_vocabulary(PACKAGE, "victims.yaml")
    layout = load_vocabulary(PACKAGE, "layout.yaml")
    phrases += _framing(victims)
    grammar, number = load_grammar(PACKAGE)
    try:
        index = PhraseIndex(phrases, number)
    except ValueError as error:
        raise CategoryFileError(str(error)) from error
    return Lexicon(
        categories,
        index,
        ages=tuple(re.compile(age) for age in victims["ages"]),
        age_hint=re.compile(victims["age_hint"], re.IGNORECASE),
        furniture=tuple(re.compile(line, re.IGNORECASE) for line in layout["furniture"]),
        old_years=re.compile(layout["old_years"]),
        chance=re.compile(rf"\b(?:{'|'.join(victims['by_accident_too'])})\b", re.IGNORECASE),
        deadly=re.compile(rf"\b(?:{'|'.join(victims['deadly'])})\b", re.IGNORECASE),
        grammar=grammar,
    )


def _category(entry: Any, source: str) -> Category:
    if not isinstance(entry, dict) or not entry.get("name"):
        raise CategoryFileError(f"{source}: a category has no `name`")
    name, victim = str(entry["name"]), entry.get("victim", "any")
    known = {"name", "victim", *GROUPS, *_FLAGS}
    for key in entry:
        if key not in known:
            raise CategoryFileError(f"{source}: {name} has an unknown key {key!r}")
    if victim not in _VICTIMS:
        raise CategoryFileError(
            f"{source}: {name} has the victim {victim!r}; known are {', '.join(_VICTIMS)}"
        )
    flags = {flag: entry.get(flag, "no") == "yes" for flag in _FLAGS}
    return Category(name, victim, **flags)


def _cues(
    entry: Mapping[str, Any], name: str, families: Mapping[str, list[str]], source: str
) -> Iterator[tuple[str, Sign]]:
    for group in GROUPS:
        for phrase in entry.get(group) or ():
            if phrase.startswith("@") and phrase[1:] not in families:
                raise CategoryFileError(f"{source}: {name} asks for the unknown family {phrase!r}")
            for one in families[phrase[1:]] if phrase.startswith("@") else [phrase]:
                yield one, Sign("cue", name, group, one)


def _framing(victims: Mapping[str, list[str]]) -> Iterator[tuple[str, Sign]]:
    people = ("child", "offspring", "newborn", "adult", "partner", "family", "childhood")
    frames = (
        "not_people",
        "hypothetical",
        "case",
        "police",
        "charge",
        "violence",
        "accused",
        "accident",
        "traffic",
        "kin_of",
    )
    for kind, names in (("person", people), ("frame", frames)):
        for name in names:
            for phrase in victims[name]:
                yield phrase, Sign(kind, name, "", phrase)
    for name, content in load_vocabulary(PACKAGE, "genres.yaml").items():
        if isinstance(content, list):
            for phrase in content:
                yield phrase, Sign("frame", name, "", phrase)
        else:
            for group, listed in content.items():
                for phrase in listed:
                    yield phrase, Sign("genre", name, group, phrase)
    for phrase in load_vocabulary(PACKAGE, "exclusions.yaml")["idioms"]:
        yield phrase, Sign("exclusion", "idiom", "", phrase)
