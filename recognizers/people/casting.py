"""Casting: every description gets the figure it speaks of, and every kinship word the tie it tells.

Descriptions beside a name belong to the name ("schoolboy Peter", "Jane Marsh, Ellie's mother"); "the girl" is
the girl already spoken of; "her son" is the son the copy has already told of, else somebody whom it leaves
without a name.
"""

from __future__ import annotations

import re

from recognizers.model import Evidence
from recognizers.people.ages import ADULT_AGE, Age
from recognizers.people.cast import Cast
from recognizers.people.descriptions import Description
from recognizers.people.figures import Figure, Ref
from recognizers.people.grammar import Grammar, any_of
from recognizers.people.kinship import is_spouse
from recognizers.people.nouns import FAMILY, NounLexicon
from recognizers.people.owners import ELDERS, OwnerRules, Owners
from recognizers.people.resolving import SEXES, Resolver

_NO_JOB = r"(?!(?:in|at|from|of|on|near|to|with|and|who|was|by|for|is|has|had|into|as|that|whom|called)\b)"
_JOB_GAP = re.compile(rf" {_NO_JOB}(?:[a-z][\w'-]* ){{1,3}}")
_FOR = re.compile(r"\b[Ff]or (?:the |a |an |his |her |their )?$")
_FOR_REACH = 12
_FRONT_REACH = 16
_SOMEBODY_OF = re.compile(r"([a-z-]+) of (?:the |a |an |his |her |their )?$", re.IGNORECASE)
_OF_REACH = 40
_APPOSED_JOB = re.compile(r", (?:[a-z][a-z'-]+ ){1,3}")
_AGE = r"(?:,? \(?(?:aged |now |then )?\d{1,3}\)?)?"
_LIST = re.compile(rf"{_AGE}(?: and|, and|,) (?:his |her |their )?", re.IGNORECASE)
_ARTICLES = frozenset(["the", "a", "an"])
_FIRST_PERSON = frozenset(["my", "our"])
_PRAISING = frozenset(["a", "an", "my", "our"])
_GROWN = frozenset(["adult", "parent", "partner", "grandparent", "carer"])
# How far behind a description a name may stand that it introduces, or the last of those listed behind it.
_INTRODUCTION_REACH = 40
_LIST_REACH = 300


class CastingRules:
    """The patterns of casting, made once from the vocabulary."""

    def __init__(self, grammar: Grammar, nouns: NounLexicon, office_words: frozenset[str]) -> None:
        self.grammar = grammar
        self.office_words = office_words
        self.nouns = nouns
        self.owners = OwnerRules(grammar)
        lists = grammar.lists
        introductions = [f"{words} " for words in (*lists["introductions"], "-")]
        hedges = [f"{word} " for word in lists["hedges"]]
        self.introduced = re.compile(rf",? ?{any_of(introductions)}?[\"']?", re.IGNORECASE)
        self.survivors = re.compile(rf"\b{any_of(lists['survivors'])}\b", re.IGNORECASE)
        self.certain = lists["certain_introductions"]
        self.behind_introduced = lists["behind_introduced"]
        self.described = re.compile(
            rf"{_AGE}{any_of(lists['between_name_and_description'])} {any_of(hedges)}?", re.IGNORECASE
        )


class Casting:
    """Casts the descriptions of one copy, one after the other in text order, and gathers relations."""

    def __init__(self, cast: Cast, rules: CastingRules) -> None:
        self._cast = cast
        self._scene = cast.scene
        self._rules = rules
        self._owners = Owners(cast, rules.owners)
        self._resolver = Resolver(cast, rules.nouns, rules.grammar, rules.office_words)
        self._clean = cast.scene.readable.clean

    def place(self, description: Description) -> Ref:
        """Give the description its figure; relations it tells are remembered."""
        kind = description.kind
        possessor, outer = self._owners.of(description)
        name = None if kind.plural else self._beside(description, outer)
        if name is not None and description.pronoun == "whose" and name.start < description.start:
            # "Gregor Bain, whose son is in P6": he is nobody's son.
            name = None
        if name is not None and name.figure is possessor and description.pronoun:
            # "Her older sister, Nadia, found": whoever "her" means, it is not Nadia.
            possessor = self._owners.other(description, name.figure)
        if name is not None and (name.figure is possessor or self._too_old(description, name.figure)):
            name = None
        if name is not None:
            figure = name.figure
        else:
            figure = self._resolver.resolve(description, possessor or self._kin_of(description, outer))
        ref = Ref(
            description.start,
            description.end,
            outer,
            figure,
            name=False,
            noun=description.noun,
            group=kind.group,
            gender=kind.gender,
            plural=kind.plural,
            definite=description.definite,
        )
        self._learn(figure, description)
        figure.refs.append(ref)
        self._scene.add(ref)
        if possessor is not None and possessor is not figure:
            self._tie(figure, description, possessor, outer)
        bare = not description.determiner or kind.group == "carer"
        clause = self._clean[max(0, outer - 4) : outer].lower()
        if (
            name is not None
            and description.determiner in _ARTICLES
            and kind.group in ELDERS
            and clause != "for "
        ):
            # "The gran, Moira Petrie, heard the rest".
            bare = True
        if possessor is None and kind.plural and bare and kind.group in ELDERS:
            # "Parents Chris Rowntree and Gemma Sutcliffe said …"
            self._cast.bare_kin += [(listed, description) for listed in self._listed(description)]
        if (
            possessor is None
            and name is not None
            and description.pronoun in _FIRST_PERSON
            and (kind.group in FAMILY or kind.group == "minor")
            and self._scene.readable.quotation_at(description.start) is None
        ):
            # "My husband, Leonard, goes fishing": somebody tells of their own.
            self._cast.bare_kin.append((figure, description))
        if possessor is None and name is not None and bare and kind.group in ELDERS:
            before = self._clean[max(0, description.start - 12) : description.start].lower().split()
            if not before or before[-1] not in self._rules.nouns.not_kin_after:
                self._cast.bare_kin.append((figure, description))
        return ref

    @staticmethod
    def _too_old(description: Description, figure: Figure) -> bool:
        """Whether a noun of childhood stands beside the name of somebody known to be grown up."""
        return (
            description.kind.group == "minor"
            and bool(figure.adult_evidence)
            and not figure.minor_evidence
            and (figure.age_now or 0) >= ADULT_AGE
        )

    def _tie(self, figure: Figure, description: Description, possessor: Figure, outer: int) -> None:
        """Remember what a description with a possessor tells: "her son", "their children, Noor and Idris"."""
        kind = description.kind
        if kind.group not in FAMILY and kind.group != "minor":
            return
        relate = self._cast.kinship.relate
        group = "child" if kind.group == "minor" else kind.group
        relate(figure, group, description.noun, possessor, outer, description.end)
        told = Evidence(outer, description.end, f"kin.{description.noun}", "life_stage", "adult")
        if is_spouse(group, description.noun) and not (possessor.minor_evidence or possessor.ages):
            # Whoever has a wife or a husband is grown up (behaviour: section 1).
            possessor.adult_evidence.append(told)
        if description.noun in self._rules.nouns.courting and any(
            r.group == "parent" for r in possessor.refs
        ):
            # "Her mother's boyfriend" as well, though teenagers have boyfriends.
            figure.adult_evidence.append(told)
        for listed in self._listed(description) if kind.plural else ():
            relate(listed, group, description.noun, possessor, outer, description.end)
            if group == "child" and not self._obituary(description):
                cue = f"kin.{description.noun}"
                listed.minor_evidence.append(
                    Evidence(description.start, description.end, cue, "life_stage", "minor")
                )

    def _obituary(self, description: Description) -> bool:
        """ "She is survived by her daughters, Ruth and Hannah": grown up, for all the copy says."""
        start, _ = self._scene.readable.sentence_at(description.start)
        return self._rules.survivors.search(self._clean, start, description.start) is not None

    def _beside(self, description: Description, outer: int) -> Ref | None:
        """The name that a description stands beside: right in front of it, or behind it as an aside."""
        clean = self._clean
        end = description.end
        for ref in self._scene.between(end, end + _INTRODUCTION_REACH)[:1]:
            gap = clean[end : ref.outer]
            if ref.name and description.noun == "year-old" and _JOB_GAP.fullmatch(gap):
                return ref
            if ref.name and description.determiner and self._job_between(gap):
                return ref
            if ref.name and self._rules.introduced.fullmatch(gap) and self._introduces(description, ref, gap):
                return ref
        if clean.startswith("'s ", end):
            # "Gail Prentice, the girl's aunt": the aunt, and no girl.
            return None
        named = self._described(outer)
        return named if named is not None and not named.plural else None

    def _described(self, outer: int) -> Ref | None:
        """The name right in front of a description that begins at `outer` ("Bassi, the defendant's …")."""
        for ref in self._scene.before(outer, 1):
            if ref.name and self._rules.described.fullmatch(self._clean, ref.end, outer):
                return ref
        return None

    def _kin_of(self, description: Description, outer: int) -> Figure | None:
        """ "Balwinder Bassi, the defendant's husband": named as somebody's, and not the defendant."""
        if not self._clean.startswith("'s ", description.end):
            return None
        named = self._described(outer)
        return named.figure if named is not None else None

    def _job_between(self, gap: str) -> bool:
        """ "A neighbour, retired miner Huw Reece,": nothing but a job stands between the two."""
        words = gap.split()
        return _APPOSED_JOB.fullmatch(gap) is not None and not any(
            word.strip(",") in self._rules.grammar.words["not_adjectives"] for word in words
        )

    def _is_of_another(self, description: Description) -> bool:
        """ "A friend of the boy, Reece Calder, tried": the friend is named, and not the boy."""
        floor = max(self._scene.readable.sentence_at(description.start)[0], description.start - _OF_REACH)
        before = _SOMEBODY_OF.search(self._clean, floor, description.start)
        if before is None:
            return False
        word = before[1].lower()
        return (word,) in self._rules.nouns.nouns or word in self._rules.grammar.words["companions"]

    def _introduces(self, description: Description, ref: Ref, gap: str) -> bool:
        if gap == " " or any(word in gap for word in self._rules.certain):
            return True
        if self._is_of_another(description):
            return False
        before = self._clean[max(0, description.start - _FOR_REACH) : description.start]
        if _FOR.search(before) and self._clean.startswith(" ", ref.end):
            # "For the girl, Eleanor Tse said": counsel, and no girl.
            return False
        group = description.kind.group
        # "A third child, Isaac Adeyemi, was smacked".
        aside = group in ("carer", "minor") and self._clean[ref.end : ref.end + 1] == ","
        aside = aside and not ref.figure.in_office
        owned = group == "adult" and (description.possessor_end is not None or bool(description.pronoun))
        # "The man, Jeremy Jaynes, was fined."
        owned = owned or (description.noun in SEXES and description.determiner == "the")
        fitting = group in FAMILY or group in ("minor", "victim", "accused") or owned
        # "With a paternal aunt, Jodie Pugh."
        some = group in ELDERS and description.determiner in ("a", "an")
        if not aside and not ((description.definite or some) and fitting):
            return False
        after = self._clean[ref.end : ref.end + 1]
        return after in ",.;:)'" or self._clean[ref.end : ref.end + 5] in self._rules.behind_introduced

    def _listed(self, description: Description) -> list[Figure]:
        """ "their children, Noor, 8, and Idris, 6": the names listed behind a plural."""
        found: list[Figure] = []
        last = description.end
        for ref in self._scene.between(description.end, description.end + _LIST_REACH):
            pattern = _LIST if found else self._rules.introduced
            if not ref.name or not pattern.fullmatch(self._clean[last : ref.outer]):
                break
            if ref.figure.in_office and "," in self._clean[last : ref.outer]:
                # "… of both parents, Lord Falconer said": whoever says so is none of them.
                break
            found.append(ref.figure)
            last = ref.end
        return found

    def _praises(self, description: Description) -> bool:
        """ "Eoghan is a gentleman," said the club's secretary: what a boy of 16 is called as well."""
        if description.noun not in self._rules.nouns.praise or description.determiner not in _PRAISING:
            return False
        return self._scene.readable.quotation_at(description.start) is not None

    def _in_front(self, description: Description, words: str) -> bool:
        """Whether one of the two words in front of a noun is of a list: "schoolboy footballer"."""
        front = self._clean[max(0, description.start - _FRONT_REACH) : description.end].lower().split()
        before = front[: -len(description.noun.split())][-2:]
        return not self._rules.grammar.words[words].isdisjoint(before)

    def _learn(self, figure: Figure, description: Description) -> None:
        """Write on the figure what the noun and the age of a description say."""
        kind, age = description.kind, description.age
        evidence = Evidence(description.start, description.end, f"noun.{description.noun}", "life_stage")
        self._resolver.remember(figure, description.noun)
        figure.childlike = figure.childlike or kind.group in ("child", "grandchild") or kind.weak
        if kind.gender != "e" and not kind.plural and figure.gender == "e":
            figure.gender = kind.gender
        if age is not None and description.age_span is not None and not kind.plural:
            figure.tell_age(Age(*description.age_span, age, cue="age.year_old"))
        if kind.plural and figure.named:
            return
        if kind.group == "minor":
            if not kind.weak or (age is not None and age < ADULT_AGE):
                figure.minor_evidence.append(evidence)
        elif kind.group in _GROWN:
            courting = description.noun in self._rules.nouns.courting
            if self._in_front(description, "pupil_in_front"):
                figure.minor_evidence.append(evidence)
            elif not (
                courting or self._praises(description) or self._in_front(description, "young_in_front")
            ):
                figure.adult_evidence.append(evidence)
        elif kind.group == "child" and not kind.plural and description.noun in self._rules.nouns.always_young:
            figure.minor_evidence.append(evidence)
