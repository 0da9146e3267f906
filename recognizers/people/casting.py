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
from recognizers.people.resolving import SEXES, Resolver

_NO_JOB = r"(?!(?:in|at|from|of|on|near|to|with|and|who|was|by|for|is|has|had|into|as|that|whom|called)\b)"
_JOB_GAP = re.compile(rf" {_NO_JOB}(?:[a-z][\w'-]* ){{1,3}}")
_FOR = re.compile(r"\b[Ff]or (?:the |a |an |his |her |their )?$")
_FOR_REACH = 12
_FRONT_REACH = 16
_SOMEBODY_OF = re.compile(r"([a-z-]+) of (?:the |a |an |his |her |their )?$", re.IGNORECASE)
_OF_REACH = 40
_ANOTHERS_OWN = re.compile(r"\b[Aa]nother [a-z]+ [^.;]*\b(?:his|her) own [a-z -]+$")
_OWN_REACH = 160
_APPOSED_JOB = re.compile(r", (?:[a-z][a-z'-]+ ){1,3}")
_AGE = r"(?:,? \(?(?:aged |now |then )?\d{1,3}\)?)?"
_LIST = re.compile(rf"{_AGE}(?: and|, and|,) (?:his |her |their )?", re.IGNORECASE)
_ELDERS = frozenset(["parent", "grandparent", "sibling", "kin", "carer"])
_ARTICLES = frozenset(["the", "a", "an"])
_FIRST_PERSON = frozenset(["my", "our"])
_PRAISING = frozenset(["a", "an", "my", "our"])
_GROWN = frozenset(["adult", "parent", "partner", "grandparent", "carer"])
# How far behind a description a name may stand that it introduces, or the last of those listed behind it.
_INTRODUCTION_REACH = 40
_LIST_REACH = 300
_HE_OR_SHE = re.compile(r"\s*(He|She)\b")
# In front of whoever is spoken to ("told Tolley: 'Your …'").
_TOLD = re.compile(r"\b(?:told|telling|tells|warned|said to|asked)(?: [a-z]+){0,2} $")
_TOLD_REACH = 24


class CastingRules:
    """The patterns of casting, made once from the vocabulary."""

    def __init__(self, grammar: Grammar, nouns: NounLexicon, office_words: frozenset[str]) -> None:
        self.grammar = grammar
        self.office_words = office_words
        self.nouns = nouns
        lists = grammar.lists
        introductions = [f"{words} " for words in (*lists["introductions"], "-")]
        hedges = [f"{word} " for word in lists["hedges"]]
        self.introduced = re.compile(rf",? ?{any_of(introductions)}?[\"']?", re.IGNORECASE)
        self.pronoun_said = re.compile(rf" (he|she) {any_of(lists['saying'])}\b")
        self.survivors = re.compile(rf"\b{any_of(lists['survivors'])}\b", re.IGNORECASE)
        self.of_whom = re.compile(any_of(lists["of_whom"]))
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
        self._resolver = Resolver(cast, rules.nouns, rules.grammar, rules.office_words)
        self._clean = cast.scene.readable.clean

    def place(self, description: Description) -> Ref:
        """Give the description its figure; relations it tells are remembered."""
        kind = description.kind
        possessor, outer = self._possessor(description)
        name = None if kind.plural else self._beside(description, outer)
        if name is not None and description.pronoun == "whose" and name.start < description.start:
            # "Gregor Bain, whose son is in P6": he is nobody's son.
            name = None
        if name is not None and name.figure is possessor and description.pronoun:
            # "Her older sister, Nadia, found": whoever "her" means, it is not Nadia.
            possessor = self._other_owner(description, name.figure)
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
            and kind.group in _ELDERS
            and clause != "for "
        ):
            # "The gran, Moira Petrie, heard the rest".
            bare = True
        if possessor is None and kind.plural and bare and kind.group in _ELDERS:
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
        if possessor is None and name is not None and bare and kind.group in _ELDERS:
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

    def _possessor(self, description: Description) -> tuple[Figure | None, int]:
        """Whose somebody is, and where the phrase begins with them."""
        start = description.start
        if description.possessor_end is not None:
            for ref in self._scene.before(start, 3):
                if ref.end == description.possessor_end:
                    return ref.figure, ref.outer
            return None, start
        behind = self._of_whom(description)
        if behind is not None:
            return behind, start
        pronoun = description.pronoun
        if pronoun == "my":
            return self._speaker(start), start
        if pronoun == "your":
            return self._addressee(start), start
        if not pronoun or pronoun in self._rules.grammar.words["spoken"]:
            return None, start
        if pronoun == "whose":
            near = self._scene.before(start, 1)
            return (near[0].figure if near else None), start
        if _ANOTHERS_OWN.search(self._clean, max(0, start - _OWN_REACH), description.end):
            # "Another player told her own mother".
            return None, start
        prefer = "minor" if description.kind.group in _ELDERS else "adult"
        meant = (
            self._scene.pronoun(pronoun, start, prefer)
            or self._in_sentence(description)
            or self._ahead(description)
        )
        if meant is None and pronoun == "their":
            meant = self._of_a_couple(start)
        if meant is not None and meant.named and meant is self._speaker(start):
            # Nobody says "her daughter" of their own.
            return None, start
        return meant, start

    def _in_sentence(self, description: Description) -> Figure | None:
        """ "Ms Boyle says that her sister copes": who is named before it and is of that sex."""
        gender = self._rules.grammar.gender(description.pronoun)
        start, _ = self._scene.readable.sentence_at(description.start)
        named = [r.figure for r in self._scene.between(start, description.start) if r.name]
        fitting = [f for f in named if gender != "e" and f.gender == gender and not f.in_office]
        return fitting[0] if fitting else None

    def _of_a_couple(self, offset: int) -> Figure | None:
        """ "Murdered his wife while their children hid": one of two whom the sentence tells as partners."""
        start, _ = self._scene.readable.sentence_at(offset)
        for ref in reversed(self._scene.between(start, offset)):
            if any(r.group == "partner" for r in self._cast.kinship.of(ref.figure)):
                return ref.figure
        return None

    def _other_owner(self, description: Description, named: Figure) -> Figure | None:
        """The last one named before a description, of the sex of its pronoun, who is not `named`."""
        gender = self._rules.grammar.gender(description.pronoun)
        for ref in self._scene.before(description.start, 8):
            figure = ref.figure
            fits = gender == "e" or figure.gender in (gender, "e")
            if ref.name and figure is not named and fits and not figure.in_office:
                return figure
        return None

    def _of_whom(self, description: Description) -> Figure | None:
        """ "Tom Wray, son of Joan Wray": whose somebody is, told behind the word."""
        if description.kind.group not in FAMILY:
            return None
        end = description.end
        for ref in self._scene.between(end, end + _INTRODUCTION_REACH)[:1]:
            if ref.name and self._rules.of_whom.fullmatch(self._clean, end, ref.outer):
                return ref.figure
        return None

    def _ahead(self, description: Description) -> Figure | None:
        """Whose "her" opens the copy before anybody is named: the one named next ("A runner … her baby son …
        Kirsty").
        """
        readable = self._scene.readable
        gender = self._rules.grammar.gender(description.pronoun)
        if gender == "e":
            return None
        place = readable.sentence_index(description.start)
        for ref in self._scene.line.after(description.end):
            if readable.sentence_index(ref.start) > place + 2:
                return None
            if ref.name and gender in ("e", ref.figure.gender) and not ref.figure.in_office:
                return ref.figure
        return None

    def _speaker(self, offset: int) -> Figure | None:
        """Whose "my" it is inside a quotation: the one named outside it, in this sentence or the next to
        it.
        """
        readable = self._scene.readable
        quotation = readable.quotation_at(offset)
        if quotation is None:
            return None
        opening, closing = quotation
        index = readable.sentence_index(offset)
        start, end = readable.sentences[index]
        said = self._rules.pronoun_said.match(self._clean, closing + 1) if closing >= 0 else None
        if said is not None:
            return self._scene.pronoun(said[1], opening, "adult")
        found = self._first_grown(start, opening) or self._first_grown(
            closing if closing >= 0 else offset, end + 1
        )
        for place in (index - 1, index + 1, index - 2):
            if found is None and 0 <= place < len(readable.sentences):
                found = self._first_grown(*readable.sentences[place])
        return found or self._goes_on_speaking(opening)

    def _goes_on_speaking(self, opening: int) -> Figure | None:
        """ "He was silent. 'I was sick. My wife, Diane, said …'": he who opens the sentence before."""
        readable = self._scene.readable
        start, _ = readable.sentence_at(max(0, opening - 2))
        told = _HE_OR_SHE.match(self._clean, start)
        return self._scene.pronoun(told[1], start, "adult") if told is not None else None

    def _addressee(self, offset: int) -> Figure | None:
        """ "The judge told Tolley: 'Your daughter …'": whoever stands between the telling and the words."""
        quotation = self._scene.readable.quotation_at(offset)
        if quotation is None:
            return None
        for ref in self._scene.before(quotation[0], 1):
            if ref.name and _TOLD.search(self._clean, max(0, ref.outer - _TOLD_REACH), ref.outer):
                return ref.figure if self._clean[ref.end : quotation[0]].strip(" ,:") == "" else None
        return None

    def _first_grown(self, start: int, end: int) -> Figure | None:
        return next(
            (
                r.figure
                for r in self._scene.between(start, end)
                if (r.name and not r.figure.minor_now and not r.figure.blamed)
                or (not r.name and r.figure.minor)
            ),
            None,
        )

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
        for ref in self._scene.before(outer, 1):
            if ref.name and not ref.plural and self._rules.described.fullmatch(clean, ref.end, outer):
                return ref
        return None

    def _kin_of(self, description: Description, outer: int) -> Figure | None:
        """ "Balwinder Bassi, the defendant's husband": named as somebody's, and not the defendant."""
        if not self._clean.startswith("'s ", description.end):
            return None
        for ref in self._scene.before(outer, 1):
            if ref.name and self._rules.described.fullmatch(self._clean, ref.end, outer):
                return ref.figure
        return None

    def _job_between(self, gap: str) -> bool:
        """ "A neighbour, retired miner Huw Reece,": nothing but a job stands between the two."""
        words = gap.split()
        return _APPOSED_JOB.fullmatch(gap) is not None and not any(
            word.strip(",") in self._rules.grammar.words["not_adjectives"] for word in words
        )

    def _is_of_another(self, description: Description) -> bool:
        """ "A friend of the boy, Reece Calder, tried": the friend is named, and not the boy."""
        opening, _ = self._scene.readable.sentence_at(description.start)
        before = _SOMEBODY_OF.search(
            self._clean, max(opening, description.start - _OF_REACH), description.start
        )
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
        some = group in _ELDERS and description.determiner in ("a", "an")
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
