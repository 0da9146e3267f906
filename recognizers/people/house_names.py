"""House names: what a family calls its child, and its own, which no list of names knows.

"Tobes is grounded until he's 40", says a stepfather of Toby; "Bex asked all the questions", a father, of his
wife. Both would name the child.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from recognizers.people.candidate import Candidate
from recognizers.people.cast import Cast
from recognizers.people.figures import LOOKED_ON, Figure
from recognizers.people.grammar import Grammar, any_of
from recognizers.people.lexicon import NameLexicon
from recognizers.people.short_forms import is_pet_form
from recognizers.people.spans import Spans
from recognizers.people.ties import is_protected, protecting_tie

_REACH = 24
_AND_NEXT = re.compile(r" (?:and|&) ([A-Z][\w'-]+)\b(?! [A-Z])")
_AND_BEFORE = re.compile(r"\b([A-Z][\w'-]+) (?:and|&) $")
# The longest word that is a child's pet name for no more than its first letter.
_SHORT = 5
_ARTICLE = re.compile(r"\b(?:an?|the|this|that) (?:[a-z][\w-]+ )?$", re.IGNORECASE)
# In front of a place, a team or a firm.
_NO_PERSON = re.compile(
    r"\b(?:(?:an?|the|this|that) (?:[a-z][\w-]+ )?"
    r"|(?:in|at|from|near|around|via|across|outside|joined|for) )$",
    re.IGNORECASE,
)

# In front of a place, and of no first name that is no town's ("the fox is for Zofia").
_IN_A_PLACE = re.compile(
    r"\b(?:(?:an?|the|this|that) (?:[a-z][\w-]+ )?|(?:in|near|around|via|across|outside|joined) )$",
    re.IGNORECASE,
)
# Behind a name that opens a sentence: an aside, or whatever the sentence says of it.
_GOES_ON = re.compile(r",? [a-z]")


class HouseNames:
    """Finds them. Made once; keeps nothing between copies."""

    def __init__(self, lexicon: NameLexicon, grammar: Grammar) -> None:
        self._lexicon = lexicon
        lists = grammar.lists
        self._acts = re.compile(
            rf"(?:, who(?:se)?\b|, (?:his|her|their) [a-z]|, the {any_of(lists['the_one'])}\b|'s [a-z]"
            rf"|,? {any_of(lists['what_people_do'])}\b)"
        )
        self._fond = re.compile(rf"\b{any_of(lexicon.fond)} $", re.IGNORECASE)

    def join(self, cast: Cast, unlisted: Iterable[Candidate], elsewhere: Spans) -> None:
        """Give protected children their pet names, and let a quoted name of nobody known enter the scene.

        `unlisted` are words that may be names (see `CandidateFinder.find_unlisted`), `elsewhere` what the
        tagger calls a place or an organisation.
        """
        children = [f for f in cast.scene.figures if f.refs and _has_first_name(f) and _is_taken_out(cast, f)]
        if not any(f.refs and is_protected(f) for f in cast.scene.figures):
            return
        for figure in [f for f in cast.scene.figures if self._is_lone(cast, f)]:
            assert figure.cluster is not None
            called = figure.cluster.given or figure.cluster.surname
            child = self._child(children, called, figure.refs[0].start)
            if child is not None and child is not figure and child.cluster is not None:
                child.cluster.givens[called] += 1
                cast.absorb(figure, child)
            elif not (figure.cluster.given or figure.adult_evidence) and self._speaks_of(
                cast, figure, elsewhere
            ):
                # "Bex, who has taken unpaid leave": called so, and by nothing else.
                figure.cluster.given, figure.cluster.surname = figure.cluster.surname, ""
        words: dict[str, list[Candidate]] = {}
        for candidate in unlisted:
            words.setdefault(candidate.words[0], []).append(candidate)
        clean = cast.scene.readable.clean
        for word, found in words.items():
            if word.casefold() in self._lexicon.towns and not (
                any(self._acts.match(clean, c.end) and self._is_called(cast, c) for c in found)
            ):
                continue
            # A first name that begins as the child's does is theirs anywhere, another word in family's words.
            is_name = self._lexicon.is_given(word) or any(
                self._is_called(cast, c) or self._acts.match(clean, c.end) or _opens_name(children, c, clean)
                for c in found
            )
            child = self._child(children, word, found[0].start) if is_name else None
            if child is None and not self._lexicon.is_given(word) and len(word) <= _SHORT:
                child = self._initial(cast, children, word, found)
            if child is not None and child.cluster is not None:
                child.cluster.givens[word] += len(found)
                cast.absorb(cast.enter(word, found), child)
            elif self._names_somebody(cast, word, found):
                cast.enter(word, found)

    def _child(self, children: list[Figure], word: str, offset: int) -> Figure | None:
        """The child nearest to `offset` whose pet name a word can be."""
        listed = self._lexicon.is_given(word)
        tails = self._lexicon.pet_tails
        fits = [
            f for f in children if f.cluster is not None and is_pet_form(word, f.cluster.given, tails, listed)
        ]
        return min(fits, key=lambda f: min(abs(r.start - offset) for r in f.refs), default=None)

    def _initial(
        self, cast: Cast, children: list[Figure], word: str, found: list[Candidate]
    ) -> Figure | None:
        """ "Osh tells everybody": a short word in a quotation that begins as the one child's name does."""
        clean = cast.scene.readable.clean
        quoted = [c for c in found if cast.scene.readable.quotation_at(c.start) is not None]
        alike = [f for f in children if f.cluster is not None and f.cluster.given[:1] == word[:1]]
        acts = any(self._acts.match(clean, c.end) for c in quoted)
        return alike[0] if len(alike) == 1 and acts else None

    def _is_lone(self, cast: Cast, figure: Figure) -> bool:
        """Whether the copy calls somebody by one word and tells nothing of them."""
        cluster = figure.cluster
        if cluster is None or not figure.refs or (cluster.given and cluster.surname) or cluster.titles:
            return False
        if cluster.moniker or cluster.label or figure.flags.keys() & {"fiction", "pseudonym"}:
            return False
        if figure.ages or figure.in_office or figure.roles.keys() & LOOKED_ON:
            return False
        word = cluster.given or cluster.surname
        if word.casefold() in self._lexicon.towns and not cluster.given:
            return False
        return len(word) > 1 and not figure.blamed and not cast.kinship.of(figure)

    def _speaks_of(self, cast: Cast, figure: Figure, elsewhere: Spans) -> bool:
        clean = cast.scene.readable.clean
        names = [r for r in figure.refs if r.name]
        if any(_NO_PERSON.search(clean[max(0, r.start - _REACH) : r.start]) for r in names):
            return False
        if any(elsewhere.touches(r.start, r.end) for r in names):
            return False
        return any(self._acts.match(clean, r.end) for r in names)

    def _is_called(self, cast: Cast, candidate: Candidate) -> bool:
        """Whether a word stands where somebody speaks of or to a child, or behind "our" and "wee"."""
        readable = cast.scene.readable
        before = readable.clean[max(0, candidate.start - _REACH) : candidate.start]
        if _ARTICLE.search(before) is not None:
            return False
        return self._fond.search(before) is not None or readable.quotation_at(candidate.start) is not None

    def _names_somebody(self, cast: Cast, word: str, found: list[Candidate]) -> bool:
        """ "Deniz was so terrified that he …", "sending Alfie home": a first name, wherever no place or firm
        can stand.
        """
        readable = cast.scene.readable
        clean = readable.clean
        lexicon = self._lexicon
        if not lexicon.is_given(word) or word.lower() in lexicon.nouns:
            return False
        if word in lexicon.ambiguous:
            # "Is Kade warm, who's reading to Ivy?"
            return any(
                readable.quotation_at(c.start) is not None and not readable.opens_sentence(c.start)
                for c in found
            )
        if any(self._acts.match(clean, c.end) or self._joined(clean, c) for c in found):
            return True
        return all(
            _IN_A_PLACE.search(clean, max(0, c.start - _REACH), c.start) is None
            and (not readable.opens_sentence(c.start) or _GOES_ON.match(clean, c.end) is not None)
            for c in found
        )

    def _joined(self, clean: str, candidate: Candidate) -> bool:
        """ "The latest are Kezia and Jerome": two first names, whatever the tagger takes them for."""
        mates = [
            m[1]
            for m in (
                _AND_NEXT.match(clean, candidate.end),
                _AND_BEFORE.search(clean, max(0, candidate.start - _REACH), candidate.start),
            )
            if m is not None
        ]
        return any(self._lexicon.is_given(m) and m.casefold() not in self._lexicon.towns for m in mates)


def _opens_name(children: list[Figure], candidate: Candidate, clean: str) -> bool:
    """ "Cat, he said, had remembered" of Catriona: the name's own opening, where a sentence speaks of her."""
    word = candidate.words[0]
    opens = any(f.cluster is not None and f.cluster.given.startswith(word) for f in children)
    return opens and _GOES_ON.match(clean, candidate.end) is not None


def _is_taken_out(cast: Cast, figure: Figure) -> bool:
    """Whether somebody is protected, or family of somebody who is and not known to be grown up."""
    if is_protected(figure):
        return True
    return not (figure.adult or figure.in_office) and protecting_tie(cast.kinship, figure) is not None


def _has_first_name(figure: Figure) -> bool:
    return figure.cluster is not None and bool(figure.cluster.given) and not figure.cluster.label
