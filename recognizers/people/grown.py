"""Who is grown up, or no child, though no age and no job says so: husbands, widows, parents; words for a
child that speak of nobody named.

A person whose age the copy does not tell is kept and reviewed where a child would have to go (behaviour P5),
and a named child in harmless copy is reviewed (P4): both ask somebody to look, which is worth it only where
the copy leaves the age open.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from recognizers.model import Evidence
from recognizers.people.figures import BLAMED, Figure
from recognizers.people.kinship import Kinship, is_spouse
from recognizers.people.scene import Scene
from recognizers.people.ties import INFERRED, is_protected

_ELDERS = frozenset(["parent", "grandparent"])
_CHILDREN = frozenset(["child", "grandchild"])
# "She died in 2017", "his brother died last year", "who died at 91": told in passing.
_LONG_DEAD = re.compile(
    r"(?: [a-z]+){0,3}? (?:in (?:19|20)\d\d|last year|(?:\w+ )?years ago|at (?:the age of )?[6-9]\d)\b"
)


def grow_up_by_family(figures: Iterable[Figure], kinship: Kinship) -> None:
    """Make grown-ups of those who take part in a case and are called somebody's husband, wife or parent.

    Never of whoever the copy calls by the first name alone, nor where anything says that they are a child.
    """
    for figure in figures:
        cluster = figure.cluster
        asked = figure.roles.keys() & (BLAMED | {"witness"})
        told = figure.ages or figure.minor_evidence or figure.adult_evidence or figure.childlike
        if cluster is None or not cluster.surname or not asked or told or is_protected(figure):
            continue
        for relation in kinship.of(figure):
            married = is_spouse(relation.group, relation.word)
            elder = (relation.who is figure and relation.group in _ELDERS) or (
                relation.whom is figure and relation.group in _CHILDREN
            )
            if relation.word not in INFERRED and (married or elder):
                cue = f"kin.{relation.word}"
                evidence = Evidence(relation.start, relation.end, cue, "life_stage", "adult")
                figure.adult_evidence.append(evidence)
                break


def let_rest(scene: Scene, in_passing: Collection[tuple[int, int]], harmful: bool) -> None:
    """Take the deaths that copy tells in passing from those of whom nothing says that they were children.

    `in_passing` are spans that tell one so in any copy ("the late"); where it is not `harmful`, other words
    do as well ("She died in 2017").
    """
    clean = scene.readable.clean
    for figure in scene.figures:
        died = figure.circumstances.get("died", ())
        if not died or figure.minor or figure.childlike or figure.minor_evidence:
            continue
        if all(
            (e.start, e.end) in in_passing or (not harmful and _LONG_DEAD.match(clean, e.end)) for e in died
        ):
            del figure.circumstances["died"]
            figure.roles.pop("victim", None)


def free_of_nouns(scene: Scene) -> None:
    """In copy about no harm, "a child" or "all boys" that somebody named was only taken for make no child of
    whoever nothing else does: the words must stand in a sentence that names them.
    """
    for figure in scene.figures:
        if not figure.named or figure.ages or not figure.minor_evidence:
            continue
        named = {scene.readable.sentence_index(r.start) for r in figure.refs if r.name}
        if all(
            e.cue.startswith("noun.") and scene.readable.sentence_index(e.start) not in named
            for e in figure.minor_evidence
        ):
            figure.minor_evidence.clear()
