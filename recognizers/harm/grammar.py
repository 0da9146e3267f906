"""The small words by which a sentence says who was harmed, read from grammar.yaml and compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recognizers.vocabulary import load_vocabulary

_AUXILIARY = r"(?:['’](?:d|s|re|ve|m))?(?: \w+ly)?(?: (?:had|has|have))?\s*$"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Patterns over the text around a harm word; each is searched in a few characters only."""

    pronoun_before: re.Pattern[str]
    pronoun_after: re.Pattern[str]
    possessive_before: re.Pattern[str]
    own: re.Pattern[str]
    selves: re.Pattern[str]
    persons: re.Pattern[str]
    negation: re.Pattern[str]
    denial: re.Pattern[str]
    agent: re.Pattern[str]
    passive: re.Pattern[str]
    apart: re.Pattern[str]
    plural: re.Pattern[str]
    counted: re.Pattern[str]
    relative: re.Pattern[str]
    join: re.Pattern[str]
    with_another: re.Pattern[str]
    object_follows: re.Pattern[str]
    object_of: re.Pattern[str]
    newborn_age: re.Pattern[str]


def number_pattern(words: Mapping[str, list[str]]) -> str:
    """What `#` stands for in a phrase."""
    crowds = "|".join(map(re.escape, words["crowds"]))
    return rf"(?:\d[\d,]*|(?:a )?(?:{crowds})(?: of)?|{_any(words['numbers'])})"


def load_grammar(package: str) -> tuple[Grammar, str]:
    """The patterns of `package`'s grammar.yaml, and the pattern of a number for its phrases."""
    words: Mapping[str, list[str]] = load_vocabulary(package, "grammar.yaml")
    some = {name: _any(listed) for name, listed in words.items()}
    articles, joins = some["articles"], some["joins"]
    grammar = Grammar(
        pronoun_before=_pattern(rf"\b(?:{some['subjects']}){_AUXILIARY}"),
        pronoun_after=_pattern(rf"\s*(?:{some['objects']})\b"),
        possessive_before=_pattern(rf"\b(?:{some['possessives']})\s+$"),
        own=_pattern(r"['’]s?\s(?:[\w-]+\s){0,2}"),
        selves=_pattern(rf"\b(?:{some['selves']})\b"),
        persons=_pattern(rf"\b(?:{some['persons']})\b"),
        negation=_pattern(rf"(?:\b|(?<=\w))(?:{some['negations']})(?: (?:be|been|being|was|were|ever))?\s+$"),
        denial=_pattern(rf"\b(?:{some['denials']})\b"),
        agent=_pattern(rf"\b(?:{some['agents']})\b"),
        passive=_pattern(rf"(?:{some['passives']})\b"),
        apart=_pattern(rf"[\n.!?;]|\b(?:{some['apart']})\b"),
        plural=_pattern(rf"(?:{some['plurals']})$"),
        counted=_pattern(rf"(?:\d|\b(?:{some['counted']})(?: of)?(?: \w+)?)\s*$"),
        relative=_pattern(rf"(?:,[^,.\n]{{1,30}},)?\s*\b(?:{some['relatives']})\b"),
        join=_pattern(rf"\s*(?:,|\b(?:{joins})\b)[^.;\n]{{0,14}}"),
        with_another=_pattern(rf"\s*(?:{joins}) (?:{some['others']})\b"),
        object_follows=_pattern(rf"\s+(?:(?:{articles})\s+)?"),
        object_of=re.compile(r"[a-z]{2}\s"),
        newborn_age=_pattern(rf"(?:{some['newborn_ages']})"),
    )
    return grammar, number_pattern(words)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in words)


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
