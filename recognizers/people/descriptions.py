"""Phrases that speak of somebody without a name: "a 14-year-old boy", "the girl", "her late mother"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recognizers.people.ages import find_olds
from recognizers.people.nouns import Noun, NounLexicon
from recognizers.people.text import ReadableText

_TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "his",
        "her",
        "their",
        "my",
        "our",
        "your",
        "whose",
        "another",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "both",
        "all",
        "its",
        "these",
        "those",
        "some",
    ]
)
_POSSESSIVE = frozenset(["his", "her", "their", "my", "our", "your", "whose"])
_DEFINITE = frozenset(
    ["the", "this", "that", "these", "those", "both", "his", "her", "their", "my", "our", "whose"]
)


@dataclass(frozen=True, slots=True)
class Description:
    """One such phrase. `determiner` is its first word if it is one ("her"), `age` in years when it tells one.

    `possessor_end` is where a name with 's ends right in front of the phrase, else None.
    """

    start: int
    end: int
    noun: str
    kind: Noun
    determiner: str
    age: float | None
    age_span: tuple[int, int] | None
    possessor_end: int | None

    @property
    def definite(self) -> bool:
        return self.determiner in _DEFINITE or self.possessor_end is not None

    @property
    def pronoun(self) -> str:
        """The possessive pronoun in front, or ""."""
        return self.determiner if self.determiner in _POSSESSIVE else ""


def find_descriptions(
    readable: ReadableText, nouns: NounLexicon, taken: list[tuple[int, int]]
) -> Iterator[Description]:
    """Descriptions in text order, none overlapping a span in `taken` (names, support blocks)."""
    clean = readable.clean
    tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(clean)]
    ages = {end: (start, end, years) for start, end, years in find_olds(clean)}
    covered = sorted([*taken, *(m.span() for m in nouns.idioms.finditer(clean))])
    position = 0
    index = 0
    while index < len(tokens):
        start, end, word = tokens[index]
        while position < len(covered) and covered[position][1] <= start:
            position += 1
        if position < len(covered) and covered[position][0] < end:
            index += 1
            continue
        if word.isupper() and len(word) == 1:
            index += 1
            continue
        found = _noun_at(tokens, index, clean, nouns)
        if found is None:
            bare = ages.get(end) or (ages.get(end - 2) if word.endswith("'s") else None)
            if bare is not None and "-" in clean[bare[0] : bare[1]] and _bare_age(clean, bare[1], tokens, index, nouns):
                noun = Noun("minor" if bare[2] < 18 else "adult", "e")
                yield _description(clean, tokens, index, (bare[0], bare[1]), "year-old", noun, nouns, ages)
            index += 1
            continue
        length, noun = found
        if (length == 1 and _adjectival(clean, tokens, index, nouns)) or not _is_description(
            readable, clean, tokens, index, length, nouns
        ):
            index += length
            continue
        last = tokens[index + length - 1][1]
        if clean[last - 2 : last] == "'s":
            last -= 2
        if not _compound(clean, last, nouns):
            yield _description(
                clean, tokens, index, (start, last), clean[start:last].lower(), noun, nouns, ages
            )
        index += length


def _noun_at(
    tokens: list[tuple[int, int, str]], index: int, clean: str, nouns: NounLexicon
) -> tuple[int, Noun] | None:
    first = tokens[index][2].lower()
    longest = nouns.longest.get(first) or nouns.longest.get(first.removesuffix("'s"), 0)
    for length in range(min(longest, len(tokens) - index), 0, -1):
        window = tokens[index : index + length]
        if any(clean[a[1] : b[0]] != " " for a, b in zip(window, window[1:], strict=False)):
            continue
        words = [word for _, _, word in window]
        words[-1] = words[-1].removesuffix("'s").removesuffix("'S")
        noun = nouns.nouns.get(tuple(w.lower() for w in words))
        if noun is not None:
            return length, noun
    half = first.rpartition("-")[2].removesuffix("'s")
    noun = nouns.nouns.get((half,)) if "-" in first and "-old" not in first else None
    return (1, noun) if noun is not None and noun.group == "adult" else None


def _is_description(
    readable: ReadableText,
    clean: str,
    tokens: list[tuple[int, int, str]],
    index: int,
    length: int,
    nouns: NounLexicon,
) -> bool:
    """Whether the noun speaks of somebody: no part of a proper name, no "as a child", no "children's home"."""
    start, end, word = tokens[index]
    last = tokens[index + length - 1]
    if word.lower() == "accused" and not re.search(r"\b(?:the|an|co-) ?$", clean[max(0, start - 4) : start], re.IGNORECASE):
        return False
    if word[0].isupper() and not word.isupper() and not readable.opens_sentence(start) and word != "GP":
        return False
    if re.search(
        r"\b(?:[Aa]s|I was|I'm|like|such) (?:just |only |still )?(?:an? )(?:\w+ )?$",
        clean[max(0, start - 28) : start],
    ):
        return False
    if last[2].lower() in ("children's", "boys'", "girls'", "women's", "men's", "baby's") and re.match(
        r" [a-z]", clean[last[1] : last[1] + 2]
    ):
        following = tokens[index + length][2].lower() if index + length < len(tokens) else ""
        return following in nouns.possessed
    return (
        re.match(
            r" of the (?:house|family|team|group|bunch|squad|match|year|party)\b",
            clean[last[1] : last[1] + 18],
        )
        is None
    )


def _adjectival(clean: str, tokens: list[tuple[int, int, str]], index: int, nouns: NounLexicon) -> bool:
    """Whether a word such as "minor" or "teen" only describes the noun behind it ("a minor cut")."""
    _, end, word = tokens[index]
    if word.lower() not in nouns.adjectival or index + 1 >= len(tokens):
        return False
    start, _, following = tokens[index + 1]
    return clean[end:start] == " " and following.islower() and following not in nouns.after_bare_age


def _bare_young(readable: ReadableText, clean: str, description: Description) -> bool:
    """Whether "baby" or "child" stands without an article inside a sentence: half of something else ("12 baby leeks")."""
    if description.kind.group != "minor" or description.kind.plural or description.age is not None:
        return False
    if description.determiner or description.possessor_end is not None or readable.opens_sentence(description.start):
        return False
    return re.match(r"(?: [A-Z]|, \d|, aged| \()", clean[description.end : description.end + 8]) is None and not clean[
        description.start : description.end
    ].isupper()


def _compound(clean: str, end: int, nouns: NounLexicon) -> bool:
    """Whether the noun is only the first half of a word or a compound ("boy band", "child-friendly", "baby food")."""
    if clean[end : end + 1] == "-" and clean[end : end + 2] != "- ":
        return True
    return nouns.compound.match(clean, end) is not None


def _bare_age(
    clean: str, end: int, tokens: list[tuple[int, int, str]], index: int, nouns: NounLexicon
) -> bool:
    """Whether "17-year-old" stands for a person by itself: behind it a verb, a stop or, past a job, a name."""
    if clean[end : end + 1] != " " or index + 1 >= len(tokens):
        return True
    start, _, following = tokens[index + 1]
    if clean[end:start] != " ":
        return True
    if following.lower() in nouns.after_bare_age or following[0].isupper():
        return True
    for step in range(2, 5):
        if index + step >= len(tokens) or clean[tokens[index + step - 1][1] : tokens[index + step][0]] != " ":
            return False
        if _noun_at(tokens, index + step, clean, nouns) is not None:
            return False
        if tokens[index + step][2][0].isupper():
            return True
    return False


def _description(
    clean: str,
    tokens: list[tuple[int, int, str]],
    index: int,
    span: tuple[int, int],
    word: str,
    noun: Noun,
    nouns: NounLexicon,
    ages: dict[int, tuple[int, int, float]],
) -> Description:
    first, end = span
    bare = ages.get(end) if word == "year-old" else None
    age: float | None = bare[2] if bare else None
    age_span = bare[:2] if bare else None
    determiner = ""
    back = index - 1
    while back >= 0 and tokens[back][0] >= first:
        back -= 1
    steps = 0
    while back >= 0 and steps < 4:
        s, e, w = tokens[back]
        if w.endswith("'s"):
            break
        gap = clean[e:first]
        if gap not in (" ", ", "):
            break
        lower = w.lower()
        old = ages.get(e)
        if old is not None and gap == " ":
            age, age_span, first = old[2], old[:2], old[0]
            while back >= 0 and tokens[back][0] >= first:
                back -= 1
            steps += 1
            continue
        if gap == " " and lower in _DETERMINERS:
            determiner, first = lower, s
            break
        if (
            gap == " "
            and (lower in nouns.adjectives or _schooling(w) or (steps < 2 and _adjective_like(w)))
            or (gap == ", " and lower in nouns.adjectives)
        ):
            ahead = _leads_to_determiner(clean, tokens, back, nouns, ages)
            if not ahead:
                break
            first = s
            back -= 1
            steps += 1
            continue
        if gap == " " and w[0].isupper() and steps < 3:
            # "a seven-year-old Co Antrim girl": a place may stand between the age and the noun.
            ahead = [tokens[back - n] for n in range(1, 3) if back - n >= 0]
            if any(token[1] in ages for token in ahead):
                first = s
                back -= 1
                steps += 1
                continue
        break
    possessor = (
        first - 1
        if clean[max(0, first - 3) : first] == "'s " or clean[max(0, first - 2) : first] == "' "
        else None
    )
    if determiner:
        # "Danny's the golden boy" says is, not whose.
        possessor = None
    if possessor is not None:
        possessor = first - 3 if clean[max(0, first - 3) : first] == "'s " else first - 2
    return Description(first, end, word.removesuffix("'s"), noun, determiner, age, age_span, possessor)


def _schooling(word: str) -> bool:
    return (
        re.fullmatch(
            r"Year|Primary|primary|secondary|school|nursery|Reception|[PSY]\d\d?|\d{1,2}|GCSE|A-level|One|Two|Three|Four|Five|Six|Seven",
            word,
        )
        is not None
    )


def _adjective_like(word: str) -> bool:
    return word.islower() and len(word) > 2 and word not in (
        "and", "who", "was", "the", "for", "with", "from", "that", "his", "her", "said", "had", "has", "were", "when", "told", "told", "after", "but", "are", "not", "say", "says", "saw", "met", "hit", "killed", "murdered", "abused", "raped", "named", "called", "into", "over", "about", "whose", "while", "where", "than", "then", "also", "became", "become", "being", "been", "did", "does", "have", "having", "left", "found", "heard", "asked", "gave", "took", "made", "between", "because", "before", "against", "under", "including", "without", "around", "during", "other", "only",
    )  # fmt: skip


def _leads_to_determiner(
    clean: str,
    tokens: list[tuple[int, int, str]],
    back: int,
    nouns: NounLexicon,
    ages: dict[int, tuple[int, int, float]],
) -> bool:
    """Whether the words in front of an adjective soon come to a determiner, a possessor or a known adjective."""
    if tokens[back][2].lower() in nouns.adjectives or _schooling(tokens[back][2]):
        return True
    for step in range(1, 4):
        if back - step < 0:
            return False
        _, e, w = tokens[back - step]
        if clean[e : tokens[back - step + 1][0]] not in (" ", ", "):
            return clean[e : tokens[back - step + 1][0]] == "'s "
        if w.lower() in _DETERMINERS or w.endswith("'s") or e in ages:
            return True
        if not _adjective_like(w):
            return False
    return False
