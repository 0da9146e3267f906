"""Families: what a list of children, a shared surname or a word without a possessor says of who belongs to
whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recognizers.model import Evidence
from recognizers.people.cast import Cast
from recognizers.people.figures import Figure, Ref, by_surname
from recognizers.people.grammar import Grammar, any_of
from recognizers.people.kinship import Relation
from recognizers.people.narrators import tie_narrators

# Foster couples and parents on trial together.
_MOST_PARENTS = 2
# Ages told of one person may differ by a birthday.
_SAME_AGE = 1.5


class Families:
    """Reads the family ties between named figures. Made once; keeps nothing between copies."""

    def __init__(self, grammar: Grammar) -> None:
        listed = [*grammar.lists["before_listed_child"], "[a-z]+-(?:year|month|week)-old"]
        self._mates = re.compile(
            rf"(?:,? \(?\d{{1,2}}\)?)?(?:,|,? and)(?: {any_of(listed)})? ", re.IGNORECASE
        )
        self._couple = re.compile(rf"\b{any_of(grammar.lists['couple'])}\b", re.IGNORECASE)
        self._married = re.compile(
            rf",? (?:the|a|an) (?:[a-z-]+ ){{1,4}}(?:that |who |whom )?"
            rf"(?P<who>he|she) (?:has |had |later |then )?(?P<verb>{any_of(grammar.lists['marrying'])})\b"
        )
        self._paired = re.compile(rf"\b{any_of(grammar.lists['couple_verbs'])}\b", re.IGNORECASE)

        # "Abdi Warsame and Ifrah Jama separated in 2022".
        self._parted = re.compile(rf"\b{any_of(grammar.lists['parted'])}\b", re.IGNORECASE)

    def settle(self, cast: Cast) -> None:
        """Write all such ties on the cast."""
        self._spread_lists(cast)
        _tie_double_names(cast)
        _name_kin(cast)
        tie_narrators(cast)
        _tie_bare_kin(cast)
        _tie_blamed_parents(cast)
        _settle_kin_surnames(cast)
        _spread_groups(cast)
        _spread_kin(cast)
        self._tie_couples(cast)
        self._tie_pairs(cast)
        self._tie_married(cast)
        _name_parents(cast)

    def _tie_couples(self, cast: Cast) -> None:
        """ "She said that she had met Selby in 2019 and that the two had been a couple"."""
        readable = cast.scene.readable
        for match in self._couple.finditer(readable.clean):
            start, end = readable.sentence_at(match.start())
            named = list(dict.fromkeys(r.figure for r in cast.scene.between(start, end) if r.name))
            blamed = [f for f in named if f.blamed and not f.minor_now]
            others = [f for f in named if not f.blamed and not f.in_office and not f.young]
            if len(blamed) == 1 and len(others) == 1:
                cast.kinship.relate(others[0], "partner", match[0], blamed[0], match.start(), match.end())
        for match in self._parted.finditer(readable.clean):
            pair = [f for f in cast.scene.subjects(match.start()) if f.named and not f.young]
            if len(pair) == _MOST_PARENTS and not any(f.in_office for f in pair):
                cast.kinship.relate(pair[1], "partner", "partner", pair[0], match.start(), match.end())

    def _tie_pairs(self, cast: Cast) -> None:
        """ "She told jurors that she had divorced Orrell in 2014": who does it, and with whom."""
        scene = cast.scene
        for match in self._paired.finditer(scene.readable.clean):
            others = scene.objects(match.end())
            if len(others) != 1 or others[0].young or others[0].in_office:
                continue
            for one in scene.subjects(match.start())[:1]:
                grown = not (one.young or one.in_office or one.plural)
                if grown and one is not others[0] and one.blamed != others[0].blamed:
                    cast.kinship.relate(one, "partner", match[0], others[0], match.start(), match.end())

    def _tie_married(self, cast: Cast) -> None:
        """ "Iestyn Moelwyn, the tree surgeon she married last August": whose husband he is."""
        scene = cast.scene
        for ref in [r for r in scene.refs if r.name and not r.figure.young]:
            match = self._married.match(scene.readable.clean, ref.end)
            if match is None:
                continue
            opening, _ = scene.readable.sentence_at(ref.start)
            # "She was in court with a specialist officer and … the tree surgeon she married": the first she.
            opens = scene.readable.clean[opening : ref.start].split()[:1] == [match["who"].capitalize()]
            spouse = scene.pronoun(match["who"], opening if opens else match.start("who"), "adult")
            if spouse is not None and spouse is not ref.figure:
                cast.kinship.relate(
                    ref.figure, "partner", match["verb"], spouse, match.start("who"), match.end()
                )

    def _spread_lists(self, cast: Cast) -> None:
        """ "Freya, Logan and baby Isla Orme": what one of a list of first names is, the others are."""
        for run in self._runs(cast.scene.readable.clean, (r for r in cast.scene.refs if r.name)):
            figures = [r.figure for r in run]
            young = [f for f in figures if f.young]
            if len(run) < 2 or not young:
                continue
            surname = next((f.surname for f in young if f.surname), "")
            for figure in figures:
                cluster = figure.cluster
                if cluster is None or figure.young or figure.ages or figure.adult_evidence or cluster.titles:
                    continue
                if not cluster.surname or cluster.surname == surname:
                    figure.minor_evidence += [e for f in young for e in f.minor_evidence[:1]][:1]
                    figure.childlike = True

    def _runs(self, clean: str, refs: Iterable[Ref]) -> Iterator[list[Ref]]:
        """Names that are listed together."""
        run: list[Ref] = []
        for ref in refs:
            if run and not self._mates.fullmatch(clean[run[-1].end : ref.start]):
                yield run
                run = []
            run.append(ref)
        if run:
            yield run


def _tie_double_names(cast: Cast) -> None:
    """ "Ryan Dovey and Amber Lisle admitted cruelty … Jayce Dovey-Lisle": the child bears both names.

    "The Ferguson-Wenger feud" has no first name, and is nobody's child.
    """
    bearers = by_surname(f for f in cast.scene.figures if f.named and f.refs and not f.in_office)
    named = [f for f in cast.scene.figures if f.refs and f.cluster is not None and f.cluster.given]
    for child in [f for f in named if "-" in f.surname]:
        halves = child.surname.split("-")
        parents = [f for half in halves for f in bearers.get(half, ()) if not f.minor]
        known = child.adult_evidence or child.blamed or child.in_office
        if len(halves) != len(parents) or len(set(parents)) != _MOST_PARENTS or known:
            continue
        first = next((r for r in child.refs if r.name), child.refs[0])
        if not child.ages:
            child.minor_evidence.append(
                Evidence(first.start, first.end, "double_surname", "life_stage", "minor")
            )
        for parent in parents:
            if not cast.tied(child, parent):
                cast.kinship.relate(child, "child", "child", parent, first.start, first.end)


def _name_parents(cast: Cast) -> None:
    """The child's mother whom the copy leaves unnamed, and a woman it names without
    saying whose she is, are one:
    one named soon after, or the partner of the man on trial.
    """
    scene = cast.scene
    for figure in [f for f in scene.figures if not f.named and not f.plural and f.refs]:
        ties = [
            r for r in cast.kinship.of(figure) if r.who is figure and r.group == "parent" and r.whom.young
        ]
        if not ties or figure.young:
            continue
        named = _named_parent(cast, figure)
        if named is not None:
            cast.merge(figure, named)


def _named_parent(cast: Cast, figure: Figure) -> Figure | None:
    scene = cast.scene
    index = scene.readable.sentence_index
    places = {index(r.start) for r in figure.refs}

    def fits(other: Figure) -> bool:
        ties = cast.kinship.of(other)
        return (
            other.named
            and not other.young
            and not other.blamed
            and not other.in_office
            and not other.roles.keys() & {"bystander", "public_figure"}
            and figure.gender == other.gender
            and all(r.group == "partner" or not r.other(other).named for r in ties)
        )

    fitting = [f for f in scene.around(figure.refs[0].start) if f.refs and fits(f)]
    partners = [f for f in fitting if any(r.other(f).blamed for r in cast.kinship.of(f))]
    if len(partners) == 1:
        return partners[0]
    soon = [f for f in fitting if any(0 < index(f.refs[0].start) - place <= 2 for place in places)]
    grown = [f for f in soon if f.age_now is not None]
    return grown[0] if len(soon) == 1 and len(grown) == 1 else None


def _tie_bare_kin(cast: Cast) -> None:
    """ "Mum Kelly Prosser", "said brother Winston": family of the child the copy speaks of most."""
    for figure, description in cast.bare_kin:
        others = [
            f
            for f in cast.scene.around(description.start)
            if f is not figure and f.young and f.refs and not (f.plural and not f.named)
        ]
        if others and not cast.kinship.of(figure):
            child = max(others, key=lambda f: (f.named, len(f.refs), -f.number))
            cast.kinship.relate(
                figure,
                description.kind.group,
                description.noun,
                child,
                description.start,
                description.end,
            )


def _tie_blamed_parents(cast: Cast) -> None:
    """ "A mum and her boyfriend who let three kids go hungry": the mum on trial is theirs, unless the copy
    says whose mum she is.
    """
    for figure in cast.scene.figures:
        called = next((r for r in figure.refs if r.group in ("parent", "carer") and not r.name), None)
        if called is None or figure.minor_now:
            continue
        blamed = [f for f in cast.scene.around(called.start) if f.named and f.blamed and not f.minor_now]
        parents = blamed if figure.plural and not figure.named else [figure] if figure.blamed else []
        hurt = [f for f in cast.scene.around(called.start) if f.young and f.refs and _is_hurt(f)]
        for parent in parents if hurt and len(parents) <= _MOST_PARENTS else ():
            if not any(r.other(parent).young for r in cast.kinship.of(parent)):
                child = max(hurt, key=lambda f: (f.named, len(f.refs), -f.number))
                cast.kinship.relate(parent, called.group, called.noun, child, called.start, called.end)


def _is_hurt(figure: Figure) -> bool:
    return not figure.blamed and bool("victim" in figure.roles or figure.circumstances or figure.ages)


def _settle_kin_surnames(cast: Cast) -> None:
    """ "His father, Craig Struthers" is the father of the Struthers child, whoever "his" seemed to mean."""
    children = by_surname(f for f in cast.scene.figures if f.young)
    for relation in cast.kinship:
        who, whom = relation.who.surname, relation.whom.surname
        if who and who != whom and relation.group in ("sibling", "partner"):
            _settle_by_namesake(cast, relation)
            continue
        if relation.group not in ("parent", "grandparent") or not who or who == whom:
            continue
        known = _told_of_namesake(cast, relation)
        if known is not None:
            # "Michael Jackson's mother … His mother Katherine Jackson": his, not the boy's.
            cast.kinship.retie(relation, known.whom)
            cast.merge(known.who, relation.who)
            continue
        namesakes = children.get(who, [])
        if whom and len(namesakes) == 1 and namesakes[0] is not relation.who:
            cast.kinship.retie(relation, namesakes[0])


def _settle_by_namesake(cast: Cast, relation: Relation) -> None:
    """ "Her brother, Samuel Oduya" is Ms Oduya's, "Phil Ridgway, her husband" Mrs Ridgway's."""
    who = relation.who
    namesakes = [
        f
        for f in cast.scene.around(relation.start)
        if f.named
        and f.refs
        and f.surname == who.surname
        and f is not who
        and (relation.group == "sibling" or f.gender != who.gender)
        and not f.blamed
        and (not f.in_office or "waived" in f.flags)
        and f.gender in ("e", relation.whom.gender)
    ]
    if len(namesakes) == 1 and not cast.tied(namesakes[0], who):
        cast.kinship.retie(relation, namesakes[0])


def _told_of_namesake(cast: Cast, relation: Relation) -> Relation | None:
    """The tie of somebody unnamed, by the same word, to a grown-up who bears this relative's surname."""
    if relation.whom.named:
        return None
    for other in cast.scene.around(relation.start):
        if not other.named or other.surname != relation.who.surname or other is relation.who or other.young:
            continue
        for told in cast.kinship.of(other):
            if told.whom is other and told.word == relation.word and not told.who.named:
                return told
    return None


def _spread_groups(cast: Cast) -> None:
    """ "His sons … Noah … his brother Eli": what ties a parent to a group ties them to the children then
    named.
    """
    groups = [
        (r.whom, r.word, r.start, r.end)
        for r in cast.kinship
        if r.group in ("child", "grandchild") and r.who.plural and not r.who.named
    ]
    groups += [
        (r.who, "child", r.start, r.end)
        for r in cast.kinship
        if r.group == "parent" and r.whom.plural and not r.whom.named
    ]
    for parent, word, start, end in groups:
        for child in cast.scene.around(start):
            if not child.named or child is parent or not child.young:
                continue
            if child.surname and parent.surname and child.surname != parent.surname:
                continue
            tied = any(
                r.other(child) is parent or (r.who is child and r.group == "child")
                for r in cast.kinship.of(child)
            )
            if not tied:
                cast.kinship.relate(child, "child", word, parent, start, end)


def _name_kin(cast: Cast) -> None:
    """ "He tried to force his sister to marry … Sana Qureshi-Dar, then 19": his sister bears his surname."""
    for relation in cast.kinship:
        unnamed, elder = relation.who, relation.whom
        if unnamed.named or unnamed.plural or not unnamed.refs or not elder.surname:
            continue
        if relation.group not in ("sibling", "child", "parent", "partner"):
            continue
        bearers = [
            f
            for f in cast.scene.around(relation.start)
            if f.named
            and f.refs
            and f.surname == elder.surname
            and f is not elder
            and f.gender == unnamed.gender
            and not f.in_office
            and not cast.tied(f, elder)
            and all(r.other(f).surname in ("", elder.surname) for r in cast.kinship.of(f))
            and f.agrees_with(unnamed.years, _SAME_AGE)
            and not (f.young and relation.group == "partner")
        ]
        if len(bearers) == 1:
            cast.merge(unnamed, bearers[0])


def _spread_kin(cast: Cast) -> None:
    """ "Two brothers … Their uncle Martin": family of a group is family of the children then named."""
    for relation in cast.kinship:
        group, kin = relation.whom, relation.who
        if not group.plural or group.named or not group.young or kin.young or relation.group == "parent":
            continue
        for child in cast.scene.around(relation.start):
            if child.named and child.young and child is not kin and not cast.tied(child, kin):
                cast.kinship.relate(kin, relation.group, relation.word, child, relation.start, relation.end)
