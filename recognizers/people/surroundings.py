"""What surrounds a name in its copy, as marks that can be weighed: the words beside it, how the copy calls
its bearer, what the rules made of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from recognizers.people.cast import Cast
from recognizers.people.figures import Figure, Ref
from recognizers.people.ties import strongest_tie

_TOKEN = re.compile(r"\w+(?:'\w+)*|[^\w\s]")
# So much of the copy on each side of a name is looked at, so many of its words, at so many places of a name.
_REACH = 80
_WORDS_BESIDE = 6
_MOST_PLACES = 12
_LONGEST_AGE = 2


class Surroundings:
    """The marks of the figures of one copy.

    `words` are those that are read even with a capital; any other capitalised word is only a capital.
    """

    def __init__(self, cast: Cast, words: Collection[str]) -> None:
        self._scene = cast.scene
        self._kinship = cast.kinship
        self._words = words
        # Counted once: in a long copy there are many to ask about.
        self._bearers = Counter(f.surname for f in cast.scene.figures if f.surname)

    def of(self, figure: Figure) -> dict[str, float]:
        """The marks of a figure that is named in prose at least once, each with its strength (mostly 1)."""
        marks = self._forms(figure)
        if figure.cluster is not None:
            marks.update((f"title:{title.lower()}", 1.0) for title in figure.cluster.titles)
        for ref in figure.refs:
            if not ref.name:
                marks[f"noun:{ref.noun}"] = 1.0
        marks.update((f"role:{role}", 1.0) for role in figure.roles)
        marks[f"stage:{'minor' if figure.minor else 'adult' if figure.adult else 'unknown'}"] = 1.0
        tie = strongest_tie(self._kinship, figure)
        marks[f"tie:{tie[2].group if tie is not None else ''}"] = 1.0
        for ref in [r for r in figure.refs if r.name][:_MOST_PLACES]:
            marks.update((mark, 1.0) for mark in self._beside(ref))
        return marks

    def _beside(self, ref: Ref) -> Iterator[str]:
        """The words on either side of a name, and those of its sentence."""
        clean = self._scene.readable.clean
        before = _tokens(clean[max(0, ref.start - _REACH) : ref.start], self._words)[-_WORDS_BESIDE:]
        behind = _tokens(clean[ref.end : ref.end + _REACH], self._words)[:_WORDS_BESIDE]
        for side, beside in (("before", before[::-1]), ("behind", behind)):
            yield from (f"{side}:{token}" for token in beside)
            yield from (f"{side}{place}:{token}" for place, token in enumerate(beside[:2]))
            if beside:
                yield f"{side}2:{' '.join(beside[:2])}"
        start, end = self._scene.readable.sentence_at(ref.start)
        yield from (f"sentence:{token}" for token in _TOKEN.findall(clean[start:end]) if token[0].islower())

    def _forms(self, figure: Figure) -> dict[str, float]:
        """How the copy calls somebody: shares of the places of the name."""
        clean = self._scene.readable.clean
        forms = [clean[r.start : r.end] for r in figure.refs if r.name]
        alone = [form for form in forms if " " not in form]
        places = len(forms) or 1
        by_first = sum(form != figure.surname for form in alone)
        return {
            "form:first": by_first / places,
            "form:surname": (len(alone) - by_first) / places,
            "form:full": (len(forms) - len(alone)) / places,
            "form:often": min(places, 8) / 8,
            "form:late": figure.refs[0].start / max(1, len(clean)),
            "form:namesakes": float(self._bearers[figure.surname] > 1),
        }


def _tokens(text: str, words: Collection[str]) -> list[str]:
    return [_token(token, words) for token in _TOKEN.findall(text)]


def _token(token: str, words: Collection[str]) -> str:
    if token[0].isdigit():
        return "#age" if len(token) <= _LONGEST_AGE else "#number"
    folded = token.lower()
    return "#capital" if token[0].isupper() and folded not in words else folded
