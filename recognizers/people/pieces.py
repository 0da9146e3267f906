"""Jigsaw pieces (behaviour D6) and ties to the accused (B1): facts that, put together, name a child nobody named."""

from __future__ import annotations

import re
from typing import Any

from recognizers.model import Piece
from recognizers.people.closing import Closing
from recognizers.people.figures import Figure
from recognizers.people.scene import Scene
from recognizers.vocabulary import load_vocabulary

_BLAMED = frozenset(["accused", "convicted"])


class PieceFinder:
    """Reads pieces.yaml once and finds the pieces of a scene."""

    def __init__(self) -> None:
        words: dict[str, Any] = load_vocabulary("recognizers.people", "pieces.yaml")
        name = r"[A-Z][\w'-]+(?: (?:of|the|on|in|upon|under|[A-Z][\w'-]+)){0,3}"
        before = "|".join(words["place_before"])
        behind = "|".join(words["place_behind"])
        street = "|".join(words["street"])
        self._places = re.compile(
            rf"\b(?:{before}) (?P<a>{name})|\b(?P<b>[A-Z][\w'-]+(?: [A-Z][\w'-]+){{0,2}}) (?:{behind})\b|\b(?P<c>(?:[A-Z][\w'-]+ ){{1,3}}(?:{street}))\b(?! (?:Police|Station|School|Hospital|Court|Surgery|Primary|Academy|United|FC|Magistrates|Crown|Prison|Football))"
        )
        self._not_street = re.compile(r"\b(?:" + "|".join(words["not_street"]) + r")\b")
        self._event = re.compile(r"\b(?:" + "|".join(words["event"]) + r")\b", re.IGNORECASE)
        self._staff = re.compile(r"\b(?:" + "|".join(words["staff"]) + r")\b", re.IGNORECASE)
        self._home = re.compile("|".join(words["shared_home"]), re.IGNORECASE)

    def find(
        self, scene: Scene, closing: Closing, school_years: list[tuple[Figure, int, int]]
    ) -> tuple[Piece, ...]:
        """Pieces of everyone who is likely protected, in text order."""
        subjects = [f for f in closing.figures if f.number in closing.ids and closing.protected_likely(f)]
        if not subjects:
            return ()
        pieces: list[Piece] = []
        for figure in subjects:
            pid = closing.ids[figure.number]
            pieces += [
                Piece("age", pid, a.start, a.end, f"{a.years:g}")
                for a in figure.ages
                if a.cue != "school_year" and a.years < 18
            ]
            pieces += [
                Piece("school_year", pid, s, e, "school year") for f, s, e in school_years if f is figure
            ]
            pieces += self._ties(closing, figure)
        main = self._main(closing, subjects)
        pieces += self._surroundings(scene, closing, main)
        unique = {(p.kind, p.person, p.start, p.end, p.other): p for p in pieces}
        return tuple(sorted(unique.values(), key=lambda p: (p.start, p.end, p.kind, p.person, p.other or "")))

    @staticmethod
    def _main(closing: Closing, subjects: list[Figure]) -> Figure:
        return max(subjects, key=lambda f: ("complainant" in f.flags, len(f.refs), -f.number))

    def _ties(self, closing: Closing, figure: Figure) -> list[Piece]:
        pid = closing.ids[figure.number]
        found: list[Piece] = []
        for relation in closing.relations:
            other = (
                relation.whom if relation.who is figure else relation.who if relation.whom is figure else None
            )
            if other is None or not other.named or other.number not in closing.ids or other.minor_now or relation.word == "same surname":
                continue
            found.append(
                Piece(
                    "relation",
                    pid,
                    relation.start,
                    relation.end,
                    relation.word,
                    closing.ids[other.number],
                    bool(other.roles.keys() & _BLAMED),
                    relation.implied,
                )
            )
        found += self._through_parent(closing, figure, {p.other for p in found})
        if "complainant" in figure.flags:
            found += self._implied(closing, figure, {p.other for p in found})
        return found

    def _through_parent(self, closing: Closing, figure: Figure, told: set[str | None]) -> list[Piece]:
        """The partner of a child's parent: a tie told through a third person."""
        pid = closing.ids[figure.number]
        found: list[Piece] = []
        for relation in closing.relations:
            if relation.group != "partner":
                continue
            for parent, other in ((relation.who, relation.whom), (relation.whom, relation.who)):
                if not other.named or other.number not in closing.ids or closing.ids[other.number] in told or other.minor_now:
                    continue
                if self._parent_of(closing, parent, figure):
                    blamed = bool(other.roles.keys() & _BLAMED)
                    found.append(
                        Piece("relation", pid, relation.start, relation.end, relation.word, closing.ids[other.number], blamed, True)
                    )
        return found

    def _implied(self, closing: Closing, figure: Figure, told: set[str | None]) -> list[Piece]:
        """Ties to a named accused that the copy never tells outright (B1)."""
        accused = [
            f
            for f in closing.figures
            if f.named
            and f.number in closing.ids
            and f.roles.keys() & _BLAMED
            and not f.minor_now
            and closing.ids[f.number] not in told
        ]
        pid = closing.ids[figure.number]
        found: list[Piece] = []
        clean = closing.scene.readable.clean
        hints = [(s, e, clean[s:e].lower()) for s, e in closing.reads.spans("incest")]
        hints += [(m.start(), m.end(), "shared home") for m in self._home.finditer(clean)]
        kin = {
            id(r.who): r
            for r in closing.relations
            if r.whom is figure or self._parent_of(closing, r.whom, figure)
        }
        for other in closing.figures:
            relation = kin.get(id(other))
            if (
                relation is None
                or other.named
                or other is figure
                or relation.word not in closing.nouns.household
            ):
                continue
            hints.append((relation.start, relation.end, relation.word))
        for man in accused:
            through = [
                r for r in closing.relations if r.who is man and self._parent_of(closing, r.whom, figure)
            ]
            through += [
                r
                for r in closing.relations
                if r.whom is man and r.group == "partner" and self._parent_of(closing, r.who, figure)
            ]
            for start, end, word in [*hints, *((r.start, r.end, r.word) for r in through)]:
                found.append(Piece("relation", pid, start, end, word, closing.ids[man.number], True, True))
        return found

    @staticmethod
    def _parent_of(closing: Closing, parent: Figure, child: Figure) -> bool:
        return any(
            (
                r.who is parent
                and r.whom is child
                and r.group in ("parent", "sibling", "grandparent", "kin", "carer")
            )
            or (r.whom is parent and r.who is child and r.group in ("child", "grandchild", "sibling", "kin"))
            for r in closing.relations
        )

    def _surroundings(self, scene: Scene, closing: Closing, main: Figure) -> list[Piece]:
        pid = closing.ids[main.number]
        clean = scene.readable.clean
        found: list[Piece] = []
        for match in self._places.finditer(clean):
            group = next(g for g in ("a", "b", "c") if match[g])
            start, end = match.span(group)
            if group == "c" and self._not_street.search(match["c"]):
                continue
            if scene.readable.is_prose(start):
                found.append(Piece("place", pid, start, end, "street" if group == "c" else "place"))
        sentences = {scene.readable.sentence_index(r.start) for r in main.refs}
        for match in self._event.finditer(clean):
            if scene.readable.sentence_index(match.start()) in sentences:
                found.append(Piece("event", pid, match.start(), match.end(), match[0].lower()))
        for match in self._staff.finditer(clean):
            for ref in [*scene.between(match.end(), match.end() + 3), *scene.before(match.start(), 1)]:
                gap = (
                    clean[match.end() : ref.start]
                    if ref.start >= match.end()
                    else clean[ref.end : match.start()]
                )
                if (
                    ref.name
                    and not ref.figure.minor
                    and re.fullmatch(r",? ?(?:the |a |an |its |their |who is |is |was )?(?:\w+ )?", gap)
                ):
                    if ref.figure.number in closing.ids:
                        found.append(
                            Piece(
                                "staff",
                                pid,
                                ref.start,
                                ref.end,
                                match[0].lower(),
                                closing.ids[ref.figure.number],
                            )
                        )
                    break
        return found
