"""Who leads a school, club or surgery: once its name is taken out, theirs still tells which it was (D6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from recognizers.model import Piece
from recognizers.people.figures import Figure, Ref
from recognizers.people.grammar import Grammar, any_of
from recognizers.people.persons import Persons
from recognizers.people.scene import Scene

# A name this close behind a post is its bearer's.
_REACH = 70
# How many refs in front of a post are looked at: the phrase for the post is one itself.
_REFS_BEFORE = 3
_WHERE = r"[A-Z][^,.;\n]{2,60}"
# "Head teacher of Marlpit High, Kevin Straw," and "head teacher Kevin Straw".
_OF_SCHOOL = re.compile(
    rf" (?:of|at) (?:the |his |her |their )?(?:{_WHERE}|school|college|academy|club|nursery|company|team), "
)
_BARE_NAME = re.compile(r",? (?P<name>[A-Z][\w'-]+ [A-Z][\w'-]+)(?=,| (?:said|told|says|described|wrote)\b)")
# "Nerys Howell, who has been head of Brynmor": whoever is named in front of the post holds it.
_HOLDS = re.compile(
    r"(?:,? \(?\d\d\)?)?(?:, | is | was )(?:who (?:has been|had been|is|was) )?(?:now |then )?$"
)
_PLACED = re.compile(rf" (?:of|at) (?:the )?{_WHERE}")


class StaffFinder:
    """Finds those named in such a post; made once from the words of pieces.yaml."""

    def __init__(self, words: Mapping[str, Any], grammar: Grammar) -> None:
        self._surgery = frozenset(word.lower() for word in words["surgery_staff"])
        posts, not_behind = (
            any_of([*words["staff"], *words["surgery_staff"]]),
            any_of(words["no_staff_behind"]),
        )
        self._post = re.compile(rf"\b{posts}\b(?! {not_behind}\b)", re.IGNORECASE)
        self._no_post = re.compile(rf"\b{any_of(words['no_staff_before'])} $", re.IGNORECASE)
        self._leads = re.compile(
            rf"\b(?:{any_of(words['leads'])}"
            rf"|{any_of(words['leads_one'])} (?:[\w'-]+ ){{0,6}}?{any_of(words['led'])}\b)",
            re.IGNORECASE,
        )
        self._posts = frozenset(word.lower() for word in words["taught_by"])
        before = [f"{word} " for word in grammar.lists["before_staff"]]
        self._article = re.compile(rf"{any_of(before)}(?:\w+ )?$")
        self._gap = re.compile(rf",? ?{any_of(before)}?(?:\w+ )?")

    def find(self, scene: Scene, persons: Persons, pid: str) -> Iterator[Piece]:
        """The names of those who hold a post, as pieces of the person `pid`.

        `value` is the post, `institution` "surgery" for one that no school or club has.
        """
        clean = scene.readable.clean
        for match in self._post.finditer(clean):
            if self._no_post.search(clean, max(0, match.start() - 24), match.start()):
                continue
            post = match[0].lower()
            kind = "surgery" if post in self._surgery else ""
            holder = self._holder(scene, match)
            if holder is not None:
                other = persons.ids.get(holder.figure.number)
                if other:
                    yield Piece("staff", pid, holder.start, holder.end, post, other, institution=kind)
                continue
            # A name that no other sign made a person's.
            bare = _BARE_NAME.match(clean, match.end())
            if bare is not None and not any(ref.name for ref in scene.between(*bare.span("name"))):
                yield Piece("staff", pid, *bare.span("name"), post, institution=kind)

        yield from self._leaders(scene, persons, pid)

    def _leaders(self, scene: Scene, persons: Persons, pid: str) -> Iterator[Piece]:
        """Those of whom a verb tells that they lead one ("Donald Gillies, who coached him"), and the accused
        whom the copy calls a coach or teacher elsewhere.
        """
        clean = scene.readable.clean
        for match in self._leads.finditer(clean):
            leaders = [f for f in scene.subjects(match.start()) if f.named and not f.young]
            for figure in leaders if len(leaders) == 1 else ():
                yield from self._named(scene, figure, persons, pid, match[0].lower(), match.start())
        for figure in persons.figures:
            posts = sorted(figure.nouns & self._posts)
            if figure.named and figure.blamed and not figure.young and posts:
                yield from self._named(scene, figure, persons, pid, posts[0], 0)

    @staticmethod
    def _named(
        scene: Scene, figure: Figure, persons: Persons, pid: str, post: str, offset: int
    ) -> Iterator[Piece]:
        """The name of `figure` that stands in the sentence around `offset`, or else first."""
        start, end = scene.readable.sentence_at(offset)
        names = [ref for ref in figure.refs if ref.name]
        near = [ref for ref in names if start <= ref.start < end]
        other = persons.ids.get(figure.number)
        for ref in (near or sorted(names, key=lambda ref: ref.start))[:1]:
            if other:
                yield Piece("staff", pid, ref.start, ref.end, post, other)

    def _holder(self, scene: Scene, match: re.Match[str]) -> Ref | None:
        clean = scene.readable.clean
        start, end = match.span()
        article = self._article.search(clean, max(0, start - 24), start)
        opening = article.start() if article is not None else start
        ahead = [ref for ref in scene.between(end, end + _REACH) if _may_hold(ref)]
        behind = [ref for ref in scene.before(opening, _REFS_BEFORE) if _may_hold(ref)][:1]
        for ref in behind:
            if _PLACED.match(clean, end) and _HOLDS.fullmatch(clean, ref.end, opening):
                return ref
        for ref in [*ahead, *behind]:
            gap = clean[end : ref.start] if ref.start >= end else clean[ref.end : start]
            if self._gap.fullmatch(gap) or (ref.start >= end and _OF_SCHOOL.fullmatch(gap)):
                return ref
        return None


def _may_hold(ref: Ref) -> bool:
    return ref.name and not ref.figure.minor
