"""Known names, found everywhere: prose the tagger missed, capitals, slugs, handles, file names, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.model import Support
from recognizers.people.candidates import Candidate
from recognizers.people.clusters import Cluster
from recognizers.people.lexicon import NameLexicon, fold
from recognizers.people.text import ReadableText

_SHORTEST_IN_ADDRESS = 4
# Handles, hashtags, e-mail addresses, links and file names inside prose.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w.-]+\.\w+|[@#]\w[\w.]*|\b[\w-]+(?:[_/.][\w-]+)+\b|\b[a-z]\w*\d+\b"
)
# In front of a surname in the plural: "both Ormes", "the Marshes".
_THE_FAMILY = re.compile(r"\b(?:the|both|two|three|four|all)(?: \w+)? $", re.IGNORECASE)
_NEXT_WORD = re.compile(r"(?:'s)? ([^\W\d_][\w'-]*)")


def _plain(name: str) -> str:
    return "".join(c for c in fold(name) if c.isalnum())


def known_in_prose(
    readable: ReadableText, clusters: list[Cluster], lexicon: NameLexicon, support: Support
) -> Iterator[Candidate]:
    """Mentions of known names that no candidate covers, as candidates of one or more words, in text order."""
    fulls: dict[str, tuple[str, ...]] = {}
    words: dict[str, bool] = {}
    for cluster in clusters:
        for candidate in cluster.mentions:
            if len(candidate.words) > 1 and not candidate.moniker:
                fulls[" ".join(candidate.words)] = candidate.words
        for part, surname in (
            (cluster.given, False),
            *((w, False) for w in cluster.givens),
            (cluster.surname, True),
            *((w, True) for w in cluster.surnames),
        ):
            if len(part) > 2 or part[:1].isupper() and len(part) == 2 and not part.isupper():
                words[part] = words.get(part, False) or surname
        if cluster.given and not cluster.titles:
            for short in sorted(lexicon.nicknames.get(fold(cluster.given), ())):
                spelled = short.title()
                if spelled not in lexicon.ambiguous and len(spelled) > 2:
                    words.setdefault(spelled, False)
    plurals = {f"{w}{'es' if w.endswith(('s', 'x', 'z', 'sh', 'ch')) else 's'}": w for w, surname in words.items() if surname}
    for plural in plurals:
        words.setdefault(plural, True)
    if not words and not fulls:
        return
    covered = sorted((c.start, c.end) for cluster in clusters for c in cluster.mentions)
    covered += [(s, e) for _, s, e in support.mentions]
    pattern = _alternation([*fulls, *words])
    by_fold = {fold(k): v for k, v in fulls.items()}
    for match in pattern.finditer(readable.clean):
        start, end = match.span()
        if any(s < end and start < e for s, e in covered) or not readable.is_prose(start):
            continue
        full = by_fold.get(fold(match[0]))
        if full is None and not _stands_alone(readable, start, end, lexicon):
            continue
        word = _spelled(match[0], words)
        if word in plurals and not _THE_FAMILY.search(readable.clean, max(0, start - 12), start):
            continue
        yield Candidate(start, end, full or (plurals.get(word, word),), "propagation")


def _alternation(forms: list[str]) -> re.Pattern[str]:
    spellings: set[str] = set()
    for form in forms:
        unaccented = "".join(c for c in _strip(form))
        for spelling in (form, unaccented):
            spellings |= {spelling, spelling.upper()}
    ordered = sorted(spellings, key=lambda s: (-len(s), s))
    return re.compile(
        r"(?<![\w@#/.-])(?:"
        + "|".join(re.escape(s.replace("’", "'")) for s in ordered)
        + r")(?![\w@/]|-[a-z]|\.\w)"
    )


def _strip(name: str) -> str:
    import unicodedata

    return unicodedata.normalize(
        "NFC", "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    )


def _spelled(found: str, words: dict[str, bool]) -> str:
    folded = fold(found)
    return next((word for word in words if fold(word) == folded), found)


def _stands_alone(readable: ReadableText, start: int, end: int, lexicon: NameLexicon) -> bool:
    """Whether a known word is the person here, not a street, team or saint that shares the name."""
    clean = readable.clean
    plural = clean[end - 1 : end] == "s"
    if clean[max(0, start - 4) : start] in ("the ", "The ") and not plural and clean[end : end + 1] not in "'":
        return False
    if re.search(
        r"\b(?:St|Saint|San|Mount|Lake|Port|Loch|Ysgol|Lord|Lady|of the) $", clean[max(0, start - 8) : start]
    ):
        return False
    following = _NEXT_WORD.match(clean, end)
    if following is None:
        return True
    word = following[1]
    upper_line = word.isupper() and len(word) > 2
    if upper_line:
        word = word.title()
    return not (word[0].isupper() and word in lexicon.not_people and not clean[end : end + 2] == "'s")


def known_in_addresses(
    readable: ReadableText, clusters: list[Cluster]
) -> Iterator[tuple[Cluster, Candidate]]:
    """Name forms inside slugs, tags, handles, links and file names ("ellie-marsh", "elliemarsh09"), with whose."""
    forms: list[tuple[str, Cluster, bool]] = []
    for cluster in clusters:
        given, surname = _plain(cluster.given), _plain(cluster.surname)
        if given and surname:
            forms.append((given + surname, cluster, True))
            forms.append((surname + given, cluster, True))
            forms.append((given[0] + surname, cluster, False))
        for word in {*(map(_plain, cluster.givens)), given}:
            if len(word) >= 2:
                forms.append((word, cluster, False))
        if cluster.moniker:
            forms.append((_plain(cluster.moniker), cluster, True))
    for cluster in clusters:
        surname = _plain(cluster.surname)
        if len(surname) >= _SHORTEST_IN_ADDRESS and not cluster.looks_minor:
            forms.append((surname, cluster, False))
    for cluster in clusters:
        surname = _plain(cluster.surname)
        if len(surname) >= _SHORTEST_IN_ADDRESS and cluster.looks_minor:
            forms.append((surname, cluster, False))
    if not forms:
        return
    seen: set[str] = set()
    unique = [f for f in sorted(forms, key=lambda f: -len(f[0])) if not (f[0] in seen or seen.add(f[0]))]  # type: ignore[func-returns-value]
    for start, end in _address_spans(readable):
        yield from _match_address(readable.clean, start, end, unique)


def _address_spans(readable: ReadableText) -> Iterator[tuple[int, int]]:
    for segment in readable.reading.segments:
        if segment.kind not in ("prose", "tags"):
            yield segment.start, segment.end
    for match in _ADDRESS.finditer(readable.clean):
        if readable.is_prose(match.start()):
            yield match.span()


def _match_address(
    clean: str, start: int, end: int, forms: list[tuple[str, Cluster, bool]]
) -> Iterator[tuple[Cluster, Candidate]]:
    letters = [(i, c) for i, ch in enumerate(clean[start:end], start) for c in fold(ch)[:1] if c.isalnum()]
    squeezed = "".join(c for _, c in letters)
    taken: list[tuple[int, int]] = []
    for form, cluster, distinctive in forms:
        at = squeezed.find(form)
        while at >= 0:
            s, e = letters[at][0], letters[at + len(form) - 1][0] + 1
            free = not any(a < e and s < b for a, b in taken)
            if free and (distinctive or _bounded(clean, s, e, start, end)):
                taken.append((s, e))
                yield cluster, Candidate(s, e, (), "address")
            at = squeezed.find(form, at + 1)


def _bounded(clean: str, start: int, end: int, lower: int, upper: int) -> bool:
    """Whether a word in an address stands between separators, digits or a change of case ("JusticeForEllie")."""
    before = clean[start - 1] if start > lower else "-"
    after = clean[end] if end < upper else "-"
    left = not before.isalpha() or (clean[start].isupper() and before.islower())
    right = not after.isalpha() or (after.isupper() and clean[end - 1].islower())
    return left and right
