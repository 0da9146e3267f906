"""What surrounds a name in its copy, as marks that can be weighed: the words beside it, how the copy calls
its bearer, what the rules made of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from recognizers.people.cast import Cast
from recognizers.people.figures import OFFICE, Figure, Ref, plays_a_part
from recognizers.people.lexicon import NameLexicon
from recognizers.people.spans import Spans
from recognizers.people.ties import INFERRED, is_protected, strongest_tie

_TOKEN = re.compile(r"\w+(?:'\w+)*|[^\w\s]")
# So much of the copy on each side of a name is looked at, so many of its words, at so many places of a name.
_REACH = 80
_WORDS_BESIDE = 6
_MOST_PLACES = 12
_LONGEST_AGE = 2
# From so many sentences on it does not matter how far.
_FAR = 4
# Log odds beyond which it does not matter how much the copy is like one of harm.
_TELLING = 3.0


class Surroundings:
    """The marks of the figures of one copy.

    `words` are those that are read even with a capital; any other capitalised word is only a capital.
    """

    def __init__(
        self, cast: Cast, words: Collection[str], likeness: float, lexicon: NameLexicon, elsewhere: Spans
    ) -> None:
        """`likeness` is the score of the copy, in log odds (see likeness.py); `elsewhere` are the spans that
        the tagger calls a place, a body or a thing.
        """
        self._scene = cast.scene
        self._lexicon = lexicon
        self._elsewhere = elsewhere
        self._likeness = likeness
        self._kinship = cast.kinship
        self._words = words
        # Counted once: in a long copy there are many to ask about.
        self._bearers = Counter(f.surname for f in cast.scene.figures if f.surname)
        self._waived = any("waived" in f.flags for f in cast.scene.figures)
        index = cast.scene.readable.sentence_index
        self._protected = [f for f in cast.scene.figures if f.refs and is_protected(f)]
        self._told_of = {f: {index(r.start) for r in f.refs} for f in self._protected}

    def of(self, figure: Figure) -> dict[str, float]:
        """The marks of a figure that is named in prose at least once, each with its strength (mostly 1)."""
        marks = self._forms(figure)
        if figure.cluster is not None:
            marks.update((f"title:{title.lower()}", 1.0) for title in figure.cluster.titles)
        for ref in figure.refs:
            if not ref.name:
                marks[f"noun:{ref.noun}"] = 1.0
        part = plays_a_part(figure, self._scene.readable.clean)
        marks.update(
            (f"role:{role if part or role not in OFFICE else 'trade'}", 1.0) for role in figure.roles
        )
        marks[f"stage:{'minor' if figure.minor else 'adult' if figure.adult else 'unknown'}"] = 1.0
        marks.update((f"flag:{flag}", 1.0) for flag in figure.flags)
        tie = strongest_tie(self._kinship, figure)
        marks[f"tie:{tie[2].group if tie is not None else ''}"] = 1.0
        if tie is not None and tie[2].word in INFERRED:
            marks[f"tie:{tie[2].word}"] = 1.0
        marks["copy:waived"] = float(self._waived)
        marks["copy"] = strength(self._likeness)
        marks.update((mark, 1.0) for mark in self._near(figure))
        for ref in [r for r in figure.refs if r.name][:_MOST_PLACES]:
            marks.update((mark, 1.0) for mark in self._beside(ref))
        return marks

    def _near(self, figure: Figure) -> Iterator[str]:
        """How many sentences lie between somebody and whoever is protected, and whether speech names them."""
        readable = self._scene.readable
        names = [r for r in figure.refs if r.name][:_MOST_PLACES]
        own = {readable.sentence_index(r.start) for r in names}
        others = [at for f, at in self._told_of.items() if f is not figure]
        apart = min((abs(a - b) for at in others for a in at for b in own), default=_FAR)
        yield f"near:{min(apart, _FAR)}"
        spoken = sum(readable.quotation_at(r.start) is not None for r in names)
        yield "spoken:" + ("never" if not spoken else "always" if spoken == len(names) else "also")

    def _beside(self, ref: Ref) -> Iterator[str]:
        """The words on either side of a name."""
        clean = self._scene.readable.clean
        before = _tokens(clean[max(0, ref.start - _REACH) : ref.start], self._words)[-_WORDS_BESIDE:]
        behind = _tokens(clean[ref.end : ref.end + _REACH], self._words)[:_WORDS_BESIDE]
        for side, beside in (("before", before[::-1]), ("behind", behind)):
            yield from (f"{side}:{token}" for token in beside)
            yield from (f"{side}{place}:{token}" for place, token in enumerate(beside[:2]))
            if beside:
                yield f"{side}2:{' '.join(beside[:2])}"

    def _forms(self, figure: Figure) -> dict[str, float]:
        """How the copy calls somebody: shares of the places of the name."""
        clean = self._scene.readable.clean
        forms = [clean[r.start : r.end] for r in figure.refs if r.name]
        alone = [form for form in forms if " " not in form]
        places = len(forms) or 1
        by_first = sum(form != figure.surname for form in alone)
        given = figure.cluster.given if figure.cluster is not None else ""
        listed = "none" if not given else "listed" if self._lexicon.is_given(given) else "unlisted"
        placed = sum(self._elsewhere.touches(r.start, r.end) for r in figure.refs if r.name)
        return {
            f"given:{listed}": 1.0,
            "form:elsewhere": placed / places,
            "form:first": by_first / places,
            "form:surname": (len(alone) - by_first) / places,
            "form:full": (len(forms) - len(alone)) / places,
            "form:often": min(places, 8) / 8,
            "form:late": figure.refs[0].start / max(1, len(clean)),
            "form:namesakes": float(self._bearers[figure.surname] > 1),
        }


def strength(likeness: float) -> float:
    """The score of a copy as a mark of those in it: -1 to 1."""
    return max(-_TELLING, min(_TELLING, likeness)) / _TELLING


def _tokens(text: str, words: Collection[str]) -> list[str]:
    return [_token(token, words) for token in _TOKEN.findall(text)]


def _token(token: str, words: Collection[str]) -> str:
    if token[0].isdigit():
        return "#age" if len(token) <= _LONGEST_AGE else "#number"
    folded = token.lower()
    return "#capital" if token[0].isupper() and folded not in words else folded
