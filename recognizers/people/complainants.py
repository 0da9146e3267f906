"""Who has the lifelong anonymity of a complainant (Sexual Offences (Amendment) Act 1992 and its like)."""

from __future__ import annotations

import re

from recognizers.model import Evidence
from recognizers.people.ages import ADULT_AGE
from recognizers.people.copy_kind import CopyKind
from recognizers.people.figures import Figure, plays_a_part
from recognizers.people.kinship import Kinship, Relation
from recognizers.people.scene import Scene
from recognizers.people.spans import first_within

# Of the offences with lifelong anonymity, those that a family does to its own.
_OF_THE_FAMILY = re.compile(r"marr|wedding|fgm|genital|circumcis|\bcut\b|honour", re.IGNORECASE)
_OPENING_SENTENCES = 3
# Copy that names such an offence so often is about one, also where it tells of the child apart from it.
_OFTEN = 2


def mark_complainants(scene: Scene, kind: CopyKind) -> None:
    """Flag everybody who, in copy that names such an offence, is told or bound to be the one it was done
    to.
    """
    blamed = sum(1 for figure in scene.figures if figure.blamed)
    for figure in scene.figures:
        # "Siobhan Tierney, a dental nurse, gave evidence": a trade is no part in the story.
        acting = figure.in_office and plays_a_part(figure, scene.readable.clean)
        aside = figure.blamed or acting or "public_figure" in figure.roles
        if "ordeal" in figure.flags and not figure.blamed:
            figure.flags.setdefault("complainant", figure.flags["ordeal"])
            continue
        if aside and not figure.minor_now:
            continue
        if "sexual" in figure.flags or "complainant" in figure.roles:
            told = figure.flags.get("sexual") or figure.roles["complainant"][0]
            figure.flags.setdefault("complainant", told)
            continue
        harmed = figure.roles.keys() & {"victim", "witness"} or figure.circumstances
        if not harmed and "waived" not in figure.flags:
            continue
        only_missing = figure.circumstances.keys() == {"missing"} and "witness" not in figure.roles
        if figure.blamed or only_missing:
            continue
        near = _offence_beside(figure, scene, kind, blamed > 0) or figure.flags.get("waived")
        if near is not None:
            figure.flags["complainant"] = near
            figure.says("complainant", near)


def mark_forced(scene: Scene, kinship: Kinship, kind: CopyKind) -> None:
    """In copy about a forced marriage or FGM that names nobody it was done to, the child, sister or niece of
    whoever is blamed for it, whom the copy told of first.
    """
    named = any("complainant" in f.flags and f.named for f in scene.figures)
    if named or not kind.special_spans:
        return
    clean = scene.readable.clean
    if not any(_OF_THE_FAMILY.search(clean, start, end) for start, end in kind.special_spans):
        return
    close = [
        (figure.refs[0].start, figure, relation)
        for relation in kinship
        for figure, elder in ((relation.who, relation.whom), (relation.whom, relation.who))
        if elder.blamed and figure.refs and not (figure.blamed or figure.in_office or figure.plural)
        if _is_younger(relation, figure) and "witness" not in figure.roles
    ]
    if close:
        _, figure, relation = min(close, key=lambda c: (not c[1].named, c[0]))
        start, end = relation.start, relation.end
    elif len(kind.special_spans) < _OFTEN:
        # The name of a helpline is no story.
        return
    else:
        # No word says so, but whoever shares the surname of the blamed is family, and the story is theirs.
        blamed = {f.surname for f in scene.figures if f.blamed and f.surname}
        bearers = [f for f in scene.figures if f.surname in blamed and f.refs and _stands_aside(f)]
        if not bearers:
            return
        figure = max(bearers, key=lambda f: (len(f.refs), -f.number))
        start, end = min(kind.special_spans)
    told = Evidence(start, end, "forced", "sex_offence_complainant", "yes")
    figure.flags["complainant"] = told
    figure.says("complainant", told)


def _stands_aside(figure: Figure) -> bool:
    return figure.named and not (figure.blamed or figure.in_office or "witness" in figure.roles)


def _is_younger(relation: Relation, figure: Figure) -> bool:
    if relation.group in ("child", "kin", "grandchild"):
        return relation.who is figure
    return relation.group == "sibling" or (relation.group == "parent" and relation.whom is figure)


def _offence_beside(figure: Figure, scene: Scene, kind: CopyKind, blamed: bool) -> Evidence | None:
    """The offence in a sentence about the figure, or for a child at the opening of a copy that blames
    somebody.
    """
    if not figure.minor:
        harmed = "victim" in figure.roles and "died" not in figure.circumstances
        if not harmed and "waived" not in figure.flags:
            return None
    readable = scene.readable
    for ref in figure.refs:
        found = _first_offence(kind, *readable.sentence_at(ref.start))
        if found is not None:
            return Evidence(*found, "sexual_offence.beside", "sex_offence_complainant", "yes")
    if not figure.minor and blamed and _called_victim(figure, scene):
        # "A second victim, Karen Willis, gave evidence": of what, the copy said before.
        told = (*kind.sexual_spans, *kind.special_spans)
        if told:
            return Evidence(*min(told), "sexual_offence.victim", "sex_offence_complainant", "yes")
    if figure.adult and blamed and kind.sexual_spans and _was_a_child_then(figure):
        # "Gave evidence against her coach, who taught her when she was 11": of what, the charge says.
        return Evidence(*kind.sexual_spans[0], "sexual_offence.witness", "sex_offence_complainant", "yes")
    often = len(kind.sexual_spans) >= _OFTEN and "died" not in figure.circumstances
    if figure.minor and blamed and often and "victim" in figure.roles:
        return Evidence(*kind.sexual_spans[0], "sexual_offence.copy", "sex_offence_complainant", "yes")
    if figure.minor and blamed:
        opening = readable.sentences[min(_OPENING_SENTENCES, len(readable.sentences)) - 1][1]
        found = _first_offence(kind, 0, opening)
        if found is not None:
            return Evidence(*found, "sexual_offence.copy", "sex_offence_complainant", "yes")
    return None


def _was_a_child_then(figure: Figure) -> bool:
    """Whether a grown-up gives evidence of what happened when they were a child."""
    return "witness" in figure.roles and figure.age_then is not None and figure.age_then < ADULT_AGE


def _called_victim(figure: Figure, scene: Scene) -> bool:
    """Whether a grown-up is called the victim in so many words, not said to be stabbed or to have died."""
    clean = scene.readable.clean
    return any(
        e.cue in ("victim.before", "victim.behind") and "victim" in clean[e.start : e.end].lower()
        for e in figure.roles.get("victim", ())
    )


def _first_offence(kind: CopyKind, start: int, end: int) -> tuple[int, int] | None:
    return first_within(kind.sexual_spans, start, end) or first_within(kind.special_spans, start, end)
