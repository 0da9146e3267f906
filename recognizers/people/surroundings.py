"""What surrounds a name in its copy, as marks that can be weighed: the words beside it, how the copy calls
its bearer, what the rules made of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from recognizers.people.figures import Figure, by_surname
from recognizers.people.kinship import Kinship
from recognizers.people.scene import Scene
from recognizers.people.ties import strongest_tie

_TOKEN = re.compile(r"\w+(?:'\w+)*|[^\w\s]")
# So much of the copy on each side of a name is looked at, so many of its words, at so many places of a name.
_REACH = 80
_WORDS_BESIDE = 6
_MOST_PLACES = 12
_LONGEST_AGE = 2


def surroundings(figure: Figure, scene: Scene, kinship: Kinship, words: Collection[str]) -> dict[str, float]:
    """The marks of a named figure, each with its strength (mostly 1).

    `words` are those that are read even with a capital; any other capitalised word is only a capital. The
    figure must be named in prose at least once.
    """
    marks = _forms(figure, scene)
    if figure.cluster is not None:
        marks.update((f"title:{title.lower()}", 1.0) for title in figure.cluster.titles)
    for ref in figure.refs:
        if not ref.name:
            marks[f"noun:{ref.noun}"] = 1.0
    marks.update((f"role:{role}", 1.0) for role in figure.roles)
    marks[f"stage:{'minor' if figure.minor else 'adult' if figure.adult else 'unknown'}"] = 1.0
    tie = strongest_tie(kinship, figure)
    marks[f"tie:{tie[2].group if tie is not None else ''}"] = 1.0
    clean = scene.readable.clean
    for ref in [r for r in figure.refs if r.name][:_MOST_PLACES]:
        before = _tokens(clean[max(0, ref.start - _REACH) : ref.start], words)[-_WORDS_BESIDE:]
        behind = _tokens(clean[ref.end : ref.end + _REACH], words)[:_WORDS_BESIDE]
        for side, beside in (("before", before[::-1]), ("behind", behind)):
            marks.update((f"{side}:{token}", 1.0) for token in beside)
            marks.update((f"{side}{place}:{token}", 1.0) for place, token in enumerate(beside[:2]))
            if beside:
                marks[f"{side}2:{' '.join(beside[:2])}"] = 1.0
        start, end = scene.readable.sentence_at(ref.start)
        marks.update((f"sentence:{t}", 1.0) for t in _TOKEN.findall(clean[start:end]) if t[0].islower())
    return marks


def _forms(figure: Figure, scene: Scene) -> dict[str, float]:
    """How the copy calls somebody: shares of the places of the name."""
    clean = scene.readable.clean
    forms = [clean[r.start : r.end] for r in figure.refs if r.name]
    alone = [form for form in forms if " " not in form]
    places = len(forms) or 1
    surname = figure.surname
    by_first = sum(form != surname for form in alone)
    return {
        "form:first": by_first / places,
        "form:surname": (len(alone) - by_first) / places,
        "form:full": (len(forms) - len(alone)) / places,
        "form:often": min(places, 8) / 8,
        "form:late": figure.refs[0].start / max(1, len(clean)),
        "form:namesakes": float(len(by_surname(scene.figures).get(surname, ())) > 1),
    }


def _tokens(text: str, words: Collection[str]) -> list[str]:
    return [_token(token, words) for token in _TOKEN.findall(text)]


def _token(token: str, words: Collection[str]) -> str:
    if token[0].isdigit():
        return "#age" if len(token) <= _LONGEST_AGE else "#number"
    folded = token.lower()
    return "#capital" if token[0].isupper() and folded not in words else folded
