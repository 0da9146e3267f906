"""Whom nothing explains, in a report of an offence whose victim has lifelong anonymity.

A court report says of everybody who they are: counsel, a neighbour, the manager on duty. Whom it calls by
name and leaves unexplained is the one it is about, whose name was to be kept out, or family of theirs.
"""

from __future__ import annotations

import re
from typing import Any

from recognizers.model import Evidence
from recognizers.people.cast import Cast, same_gender
from recognizers.people.copy_kind import CopyKind
from recognizers.people.figures import LOOKED_ON, OFFICE, Figure, Ref
from recognizers.people.grammar import any_of
from recognizers.people.lexicon import NameLexicon
from recognizers.people.nouns import NounLexicon
from recognizers.people.spans import first_within
from recognizers.people.ties import UNEXPLAINED, is_protected
from recognizers.vocabulary import load_vocabulary

# So many people of whom a court report tells nothing are a sign that it is none.
_MOST = 3
_BEFORE_REACH = 110
_OPENING_SENTENCES = 5
# In front of a place, and never of somebody whom a court report speaks of.
_PLACED = re.compile(r"\b(?:in|near|outside|around|across) $")
_PLACE_REACH = 12
_AGE = r"(?:,? \(?(?:aged |now |then )?\d{2}\)?)?"
_HARMED = frozenset(["complainant", "victim", "survivor", "complainer"])


class Unexplained:
    """Finds them. Made once; keeps nothing between copies."""

    def __init__(self, lexicon: NameLexicon, nouns: NounLexicon) -> None:
        words: dict[str, Any] = load_vocabulary("recognizers.people", "unexplained.yaml")
        self._lexicon = lexicon
        nothing = any_of(words["nothing_told"])
        jobs = [" ".join(n) for n, noun in nouns.nouns.items() if noun.group == "adult" and not noun.plural]
        told = {*map(re.escape, jobs), *map(re.escape, words["explaining"])}
        told -= set(words["nothing_told"])
        job = any_of(sorted(told, key=len, reverse=True))
        ending = rf"(?!{any_of(words['no_job'])}\b)[a-z][a-z-]*?{any_of(words['job_endings'])}"
        noun = rf"(?:{job}|{ending})"
        self._nouns = frozenset(told) | frozenset(words["explaining"])
        self._nothing = frozenset(words["nothing_told"])
        self._behind = re.compile(
            rf"{_AGE}(?:,|-| -| \() ?(?:{any_of(words['apposition'])} "
            rf"(?!(?:[\w-]+ ){{0,2}}{nothing}\b)\w|who (?:has |had |also )*{any_of(words['who_acts'])}\b"
            rf"|whose (?!{any_of(words['whose_nothing'])}\b)|(?:[a-z][\w-]* ){{0,3}}{noun}\b"
            rf"|of [A-Z][\w'-]* [A-Z])"
            # "Rachel Onslow represented the trust, and Imran Desai the parents."
            rf"| the {any_of(words['represented'])}(?=[.,;])",
        )
        self._before = re.compile(
            rf"(?:^\s*|[\s\"'(](?i:{any_of(words['phrase_openers'])}) )"
            rf"(?:[\w'-]+ ){{0,4}}(?i:{noun})(?:s|'s)?"
            rf"(?: (?:of|at|for|from|with|in|to|on|who|and) [^.;\"]{{1,70}})?,? \"?$"
            # "Labour's Yusuf Kassam"
            rf"|[A-Z]\w+'s $"
        )
        self._job_before = re.compile(rf"\b{noun},? $", re.IGNORECASE)
        self._told_before = re.compile(
            rf"\b(?:an?|the) (?:[\w'-]+ ){{0,3}}{noun}(?: [\w '-]{{1,40}})?\.\s*$", re.IGNORECASE
        )
        self._case = re.compile(rf"\b{any_of(words['case_words'])}\b", re.IGNORECASE)

    def place(self, cast: Cast, kind: CopyKind) -> None:
        """Make them the complainant, if the copy names none, else family of whoever is protected."""
        if not self._reports_case(cast, kind):
            return
        found = [f for f in cast.scene.figures if self.is_unexplained(cast, f)]
        if not found or len(found) > _MOST:
            return
        told = [f for f in cast.scene.figures if "complainant" in f.flags and f.refs]
        if not any(f.named for f in told):
            first = next((f for f in found if all(same_gender(f, other) for other in told)), None)
            if first is not None:
                _make_complainant(first)
                told.insert(0, first)
                found.remove(first)

    def _reports_case(self, cast: Cast, kind: CopyKind) -> bool:
        """Whether the copy reports such an offence done by, or laid to, somebody it speaks of, or done to
        somebody it calls the complainant.
        """
        figures = cast.scene.figures
        if kind.fiction or kind.harmless or kind.obituary or any("waived" in f.flags for f in figures):
            return False
        readable = cast.scene.readable
        if self._case.search(readable.clean) is None:
            return False
        harmed = (f for f in figures if f.refs and not f.blamed and (f.named or not f.plural))
        if any(f.nouns & _HARMED or "complainant" in f.flags for f in harmed):
            return True
        blamed = [f for f in figures if f.blamed and not f.minor_now]
        spans = (kind.sexual_spans, kind.special_spans)
        sentences = readable.sentences
        opening = sentences[min(_OPENING_SENTENCES, len(sentences)) - 1][1] if sentences else 0
        if blamed and any(first_within(offences, 0, opening) for offences in spans):
            return True
        return any(
            first_within(offences, *readable.sentence_at(ref.start)) is not None
            for figure in blamed
            for ref in figure.refs
            for offences in spans
        )

    def is_unexplained(self, cast: Cast, figure: Figure) -> bool:
        """Whether the copy names a grown-up and never says who it is."""
        cluster = figure.cluster
        names = [r for r in figure.refs if r.name]
        if cluster is None or not names or figure.minor or figure.plural or cluster.moniker or cluster.label:
            return False
        lexicon = self._lexicon
        if not cluster.titles <= lexicon.courtesy_titles:
            return False
        if not (lexicon.is_given(cluster.given) if cluster.given else cluster.titles):
            return False
        if not cluster.surname and (cluster.given in lexicon.ambiguous or cast.kinship.of(figure)):
            return False
        if any(self._no_name(cast, ref) for ref in names):
            return False
        if figure.blamed or figure.roles.keys() & (OFFICE | LOOKED_ON) or is_protected(figure):
            return False
        if figure.flags.keys() & {"waived", "public_role", "fiction", "pseudonym", "complainant"}:
            return False
        if any(self._tells(e.cue) for e in figure.adult_evidence):
            return False
        if any(r.other(figure).blamed or is_protected(r.other(figure)) for r in cast.kinship.of(figure)):
            return False
        return not any(self.explains(cast, ref) for ref in names)

    @staticmethod
    def _no_name(cast: Cast, ref: Ref) -> bool:
        """Whether a run stands where a place or a firm does ("in Newton Abbot", "PA Media")."""
        clean = cast.scene.readable.clean
        before = clean[max(0, ref.outer - _PLACE_REACH) : ref.outer]
        return (
            _PLACED.search(before) is not None
            or before[-1:].isalnum()
            or clean[ref.start : ref.end].split(" ")[0].isupper()
        )

    def _tells(self, cue: str) -> bool:
        kind, _, noun = cue.partition(".")
        return kind == "noun" and noun not in self._nothing

    def explains(self, cast: Cast, ref: Ref) -> bool:
        """Whether the words beside a name say who its bearer is."""
        clean = cast.scene.readable.clean
        if self._behind.match(clean, ref.end) is not None:
            return True
        start, _ = cast.scene.readable.sentence_at(ref.outer)
        if not clean[start : ref.outer].strip() and self._told_before.search(
            clean, max(0, start - _BEFORE_REACH), start
        ):
            # "She rang a friend from her course. Jessica Holroyd, 23, told the jury …"
            return True
        before = clean[max(start, ref.outer - _BEFORE_REACH) : ref.outer]
        return self._job_before.search(before) is not None or self._before.search(before) is not None


def _make_complainant(figure: Figure) -> None:
    first = figure.refs[0]
    evidence = Evidence(first.start, first.end, "unexplained", "sex_offence_complainant", "yes")
    figure.flags.setdefault("complainant", evidence)
    figure.says("complainant", evidence)
