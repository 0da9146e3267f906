"""Life stage: ages beside each person, birthdays, years of birth, and the words for young and grown."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from recognizers.model import Evidence
from recognizers.people.ages import (
    ADULT_AGE,
    AGE_AFTER_NAME,
    AGE_OF_CHILD,
    NUMBER,
    ORDINAL,
    Age,
    number,
    ordinal,
    years_since,
)
from recognizers.people.figures import BLAMED, OFFICE, Figure, Ref
from recognizers.people.grammar import any_of
from recognizers.people.lexicon import NameLexicon
from recognizers.people.phrases import PhraseIndex
from recognizers.people.scene import Scene
from recognizers.people.schooling import SchoolReader, SchoolYear
from recognizers.vocabulary import load_vocabulary

_PER_YEAR = {"y": 1, "m": 12, "w": 52, "d": 365}
_OLDEST = 112
_UNIT = r"(?P<unit>[- ](?:year|month|week|day)s?(?:[- ]old| of age)?)?"
# "Tadhg Breen, a 16-year-old transition year student": how far behind the age an animal may be named.
_NOUN = r"(?: [a-z-]+){0,3}?"
_ELDERS = frozenset(["parent", "partner", "grandparent", "carer"])
# A sign of life stage without a subject speaks of a name this close in front of it.
_SIGN_REACH = 14
_BEFORE_BIRTHDAY_REACH = 40
_HE_OR_SHE = re.compile(r"\b(he|she)\b", re.IGNORECASE)
_SHARING_REACH = 14
# "He would have celebrated his 18th birthday", "she is planning her 18th birthday".
_TO_COME = re.compile(r"\b(?:would|will|due to|plan\w*|looking forward|next|tomorrow)\b", re.IGNORECASE)
_HYPOTHETICAL = re.compile(r"\b(?:by the time|until|till|if) (?:that )?$", re.IGNORECASE)
# "Anjali would have turned 18 in the week the results came out".
_NEVER = re.compile(r"\bwould (?:now |soon )?(?:have )?$", re.IGNORECASE)
_OF_SOMEBODY = re.compile(r"\b(?:her|him|them)\b(?! [a-z]+(?:er|um|ad|on|le)\b)[^.]* (?:since|from|when) $")
_WHO_CARES = re.compile(r",? who (?:[a-z]+ ){1,4}(?:her|him|them)\b[^.;]* (?:since|from|when) $")
_HYPOTHESIS_REACH = 24
_SINCE_REACH = 80


def _in_years(match: re.Match[str]) -> float:
    """The number of the group `age`, in the unit of the group `unit`, as years."""
    unit = (match["unit"] or "").strip(" -").lower()[:1]
    return number(match["age"]) / _PER_YEAR.get(unit, 1)


class StageReader:
    """Reads stage.yaml once and writes ages and signs of life stage on the figures of a scene."""

    def __init__(self, lexicon: NameLexicon) -> None:
        words: dict[str, Any] = load_vocabulary("recognizers.people", "stage.yaml")

        def pattern(text: str) -> re.Pattern[str]:
            return re.compile(text, re.IGNORECASE)

        def choice(name: str) -> str:
            return any_of(words[name])

        self._titles = lexicon.titles
        self._school = SchoolReader(words)
        self._after = pattern(AGE_AFTER_NAME)
        self._of_child = pattern(AGE_OF_CHILD)
        self._apposed = re.compile(
            rf",? (?:an?|the) (?:[a-z]+ ){{0,2}}(?P<age>{NUMBER})[- ]year[- ]old(?=,? [a-z])"
            rf"(?!{_NOUN} {any_of(map(re.escape, lexicon.animals))}\b)"
        )
        self._would = pattern(
            rf"\bwould (?:now )?(?:have (?:been|turned|celebrated (?:his|her))|be) (?P<age>{NUMBER})"
            r"(?= years old| in\b| on\b| this\b| next\b| last\b| today\b| now\b| yesterday\b|[.,;\"])"
        )
        self._opening = re.compile(
            rf"(?:^|(?<=[.!?]['\" ])|(?<=\n))(?:Now|Aged|Still only|Only|Just) (?P<age>{NUMBER}), "
        )
        self._pair = pattern(rf"\b{choice('sharing_age')}(?:,| -)? $")
        self._second = pattern(
            rf",? (?:but |and )?(?:(?:who )?(?:is|was)|now|then){choice('age_hedges')}* (?P<age>{NUMBER})"
            r"(?= years old| at the time| when|[,.;)]| and\b)"
        )
        self._not_years = pattern(rf" ?{any_of(map(re.escape, words['not_years']))}\b")
        self._birthday = pattern(
            rf"\b(?P<whose>{'|'.join(words['birthday_owners'])}|\w's)\s(?:own |very )?"
            rf"(?P<which>{ORDINAL})[ -]birthday"
        )
        self._before_birthday = pattern(rf"\b{choice('before_birthday')}\b[^.]{{0,24}}$")
        self._turned = pattern(
            rf"\b{choice('turning')}\s(?:just )?(?P<age>{NUMBER})\b(?! {choice('not_turning')})"
        )
        self._was = pattern(
            rf"\b(?P<who>he|she|they){choice('being')}{choice('being_hedges')}* (?P<age>{NUMBER}){_UNIT}"
            r"(?P<tail> years? old| at the time| when| until| till|(?=[,.;\"]| and\b))"
        )
        self._younger = pattern(
            rf",? (?:who is |is )?(?P<apart>an?|{NUMBER}) years? (?P<which>{choice('younger_or_older')})"
        )
        self._both = pattern(
            rf"\bthey are (?:now )?(?P<first>{NUMBER}) and (?P<second>{NUMBER})(?= now\b| today\b|[.,;])"
        )
        self._since = pattern(r"\bwho\b[^.;]*\b(?:and|but|,) (?:(?:has|have) )?(?:since |now |just )?$")
        self._now = pattern(
            rf"(?:^|(?<=[.!?]['\"] )|(?<=[.!?] )|(?<=\n))(?:now|today)(?: aged)? (?P<age>{NUMBER})"
            r"(?:,| and\b)[^.;\n]{0,90}?,? (?P<who>he|she)\b"
        )
        self._aged = pattern(
            rf"\b(?P<then>{'|'.join(words['at_age'])})(?: just| only| about| around| between)? "
            rf"(?P<age>{NUMBER})\b{_UNIT}(?! ?{choice('age_limits')})(?![.:]\d| ?[ap]\.?m\b)"
        )
        self._range = pattern(rf" ?{choice('age_ranges')}")
        self._told_was = pattern(r"\b(?:was|were|is|are) $")
        self._lived = pattern(
            rf"\b{choice('living')}(?: just| only| barely| less than| little more than| not quite)*"
            rf" (?P<age>{NUMBER})(?P<unit>[- ](?:month|week|day|hour)s?)\b"
        )
        self._died_after = pattern(
            rf"\bdied\b[^.;\n]{{0,60}}?(?P<age>{NUMBER})(?P<unit>[- ](?:month|week|day|hour)s?)"
            rf" {choice('after_birth')}\b"
        )
        self._someone_was = pattern(
            rf"\b(?:was|were){choice('being_hedges')}* (?P<age>{NUMBER})(?: years old)?(?= when| at the time)"
        )
        self._born = pattern(rf"\bborn {choice('born')}\b[^.;]{{0,40}}?\b(?P<year>(?:19|20)\d\d)\b")
        self._then = pattern(rf"\b{choice('long_ago')}\b")
        self._signs_of = PhraseIndex(
            (stage, phrase) for stage in ("minor", "adult") for phrase in words[f"{stage}_signs"]
        )

    def names(self, scene: Scene, published: date | None) -> None:
        """What stands beside names about birth, school and age group, before any description is cast."""
        self._births(scene, published)
        self._signs(scene)
        self._school.read(scene)

    def read(self, scene: Scene, published: date | None) -> list[SchoolYear]:
        """Write what the copy tells of age on the figures. Returns the school years told, with whose they
        are.
        """
        self._birthdays(scene)
        self._pronouns(scene)
        self._told(scene)
        self._apart(scene)
        self._lifetimes(scene)
        self._births(scene, published)
        self._signs(scene)
        return self._school.read(scene)

    def beside(self, ref: Ref, clean: str, partner: Ref | None = None) -> None:
        """Write the ages that stand right behind a ref ("Ellie, 8", "Rose, now 20, who was 12") on its
        figure.

        `partner` is the ref named right before with "and" between ("twins Ewan and Isobel Tait, 16" are both
        16).
        """
        if ref.plural and not ref.name:
            return
        match = self._after.match(clean, ref.end)
        apposed = self._apposed.match(clean, ref.end) if match is None and ref.name else None
        if apposed is not None:
            ref.figure.tell_age(Age(*apposed.span("age"), number(apposed["age"]), cue="age.beside"))
        if match is None and ref.group == "minor" and not ref.name:
            match = self._of_child.match(clean, ref.end)
        if match is None or (not match["unit"] and self._not_years.match(clean, match.end("age"))):
            return
        if match["lead"] == "," and match["age"].isalpha() and clean.startswith(" from", match.end("age")):
            # "Two from Taiwan, two from China, one from Malaysia".
            return
        if number(match["age"]) > _OLDEST or (match["lead"] == " of" and (ref.name or ref.group != "minor")):
            return
        value = _in_years(match)
        lead = match[0][: match.start("age") - match.start()].lower()
        tail = (match["tail"] or "").lower().strip()
        then = (
            "then" in lead or tail in ("at the time", "when", "then") or ("was" in lead and "now" not in lead)
        )
        if any(hedge in lead for hedge in ("not yet", "about to turn", "nearly", "almost")):
            value = max(0.0, value - 1)
        end = match.end("unit") if match["unit"] else match.end("age")
        ref.figure.tell_age(Age(match.start("age"), end, value, then, "age.beside"))
        if partner is not None and (
            "both" in lead
            or "also" in lead
            or self._pair.search(clean, max(0, partner.start - _SHARING_REACH), partner.start)
        ):
            partner.figure.tell_age(Age(match.start("age"), end, value, then, "age.shared"))
        more = self._second.match(clean, match.end())
        if more is not None:
            told = more[0].lower()
            then = "was" in told or "then" in told
            ref.figure.tell_age(
                Age(more.start("age"), more.end("age"), number(more["age"]), then, "age.beside")
            )

    def _birthdays(self, scene: Scene) -> None:
        clean = scene.readable.clean
        for match in self._birthday.finditer(clean):
            years = ordinal(match["which"])
            if self._before_birthday.search(
                clean, max(0, match.start() - _BEFORE_BIRTHDAY_REACH), match.start()
            ) or _TO_COME.search(clean, scene.readable.sentence_at(match.start())[0], match.start()):
                years -= 1
            # Whoever has reached a birthday of grown-ups is one now.
            then = years < ADULT_AGE
            _tell(_whose_birthday(scene, match), match.start("which"), match.end(), years, then)

    def _pronouns(self, scene: Scene) -> None:
        """ "She was just 12", "he has turned 18"."""
        clean = scene.readable.clean
        for match in self._turned.finditer(clean):
            if _NEVER.search(clean, max(0, match.start() - _HYPOTHESIS_REACH), match.start()):
                continue
            turned = scene.subjects(match.start())
            if not turned and self._since.search(clean, max(0, match.start() - _SINCE_REACH), match.start()):
                # "Reece Alder, who was 17 at the time and has since turned 18".
                turned = [r.figure for r in scene.before(match.start(), 1) if r.name]
            for figure in turned:
                _tell(figure, match.start("age"), match.end("age"), number(match["age"]), False)
        for match in self._would.finditer(clean):
            for figure in scene.subjects(match.start()):
                # So old they never became.
                _tell(figure, *match.span("age"), number(match["age"]) - 1, False)
        for match in self._opening.finditer(clean):
            for ref in scene.between(match.end(), match.end() + 1):
                _tell(ref.figure, *match.span("age"), number(match["age"]), False)
        for match in self._now.finditer(clean):
            who = scene.pronoun(match["who"], match.start("who"), "adult")
            _tell(who, match.start("age"), match.end("age"), number(match["age"]), False)
        for match in self._both.finditer(clean):
            # "Tolland was 16 and Adjei 17 … They are 21 and 22 now."
            told = list(
                dict.fromkeys(r.figure for r in scene.before(match.start()) if r.name and r.figure.ages)
            )
            for figure, age in zip(told[1::-1], ("first", "second"), strict=False):
                _tell(figure, match.start(age), match.end(age), number(match[age]), False)
        for match in self._was.finditer(clean):
            if self._not_years.match(clean, match.end("age")):
                continue
            words = match[0].lower()
            years = number(match["age"]) - ("not yet" in words)
            if _HYPOTHETICAL.search(clean, max(0, match.start() - _HYPOTHESIS_REACH), match.start()):
                # "He would have had his own herd by the time he was 20".
                continue
            meant = _spoken_of(scene, match["who"], match.start())
            if (
                years < ADULT_AGE
                and meant is not None
                and (meant.in_office or meant.adult_evidence or self._cares(scene, meant, match.start()))
            ):
                # "The rector said that Jack-Henry had fed the calves since he was five".
                meant = _child_before(scene, match.start(), match["who"]) or (
                    None if self._cared_for(scene, match.start()) else meant
                )
            _tell(
                meant,
                match.start("age"),
                match.end("age"),
                years,
                "was" in words or "were" in words,
            )

    @staticmethod
    def _cares(scene: Scene, figure: Figure, offset: int) -> bool:
        """ "Packie Harkin, who had trained him since he was seven": the age of him who was trained."""
        start, _ = scene.readable.sentence_at(offset)
        doing = _WHO_CARES.search(scene.readable.clean, start, offset)
        doer = scene.before(doing.start(), 1) if doing is not None else []
        return bool(doer) and doer[0].figure is figure and not figure.young

    @staticmethod
    def _cared_for(scene: Scene, offset: int) -> bool:
        """ "Linda Tait has looked after her there since she was three": her age, and not Linda's."""
        start, _ = scene.readable.sentence_at(offset)
        return _OF_SOMEBODY.search(scene.readable.clean, start, offset) is not None

    def _told(self, scene: Scene) -> None:
        """ "From the age of nine", "aged 14"."""
        readable = scene.readable
        clean = readable.clean
        for match in self._aged.finditer(clean):
            if self._range.match(clean, match.end()) and not self._told_was.search(
                clean, max(0, match.start() - _SIGN_REACH), match.start()
            ):
                continue
            if any(ref.figure.age_told_at(match.start("age")) for ref in scene.before(match.start("age"), 3)):
                continue
            bare = match["then"].lower() == "aged"
            figure: Figure | None = next(iter(scene.subjects(match.start())), None)
            if figure is not None and _speaks_in_court(figure) and _in_years(match) < ADULT_AGE:
                # "Gregory Haines, for Deeks, said that his client was put on a train at the age of 13".
                figure = None
            start, end = readable.sentence_at(match.start())
            spoken = _HE_OR_SHE.search(match["then"])
            if figure is not None and spoken is not None and not _fits(figure, spoken[1]):
                figure = None
            elif figure is not None and figure.adult_evidence and self._cared_for(scene, match.start()):
                continue
            if figure is None:
                near = [
                    r
                    for r in scene.between(start, match.start())
                    if not (r.plural or _speaks_in_court(r.figure))
                ]
                if spoken is not None:
                    # "when he was 11 days old" is told of a he.
                    near = [r for r in near if _fits(r.figure, spoken[1])]
                told = [r for r in near if r.group not in _ELDERS and not r.figure.roles.keys() & BLAMED]
                ref = told[0] if told and not bare else near[-1] if near else None
                figure = ref.figure if ref is not None else None
            then = not bare or self._then.search(clean, start, end) is not None
            _tell(figure, match.start("age"), match.end("age"), _in_years(match), then)

    def _apart(self, scene: Scene) -> None:
        """ "Nathan Sheard, 18, and Corey Blundell, a year younger"."""
        clean = scene.readable.clean
        for ref in [r for r in scene.refs if r.name and not r.figure.ages]:
            match = self._younger.match(clean, ref.end)
            if match is None:
                continue
            opening, _ = scene.readable.sentence_at(ref.start)
            told = [r.figure for r in scene.between(opening, ref.start) if r.figure.age_now is not None]
            if told and told[-1].age_now is not None:
                apart = number(match["apart"]) if match["apart"].lower() not in ("a", "an") else 1
                older = match["which"].lower() in ("older", "his senior", "her senior")
                years = told[-1].age_now + (apart if older else -apart)
                _tell(ref.figure, match.start("apart"), match.end(), years, False)

    def _lifetimes(self, scene: Scene) -> None:
        """ "A baby who lived for only nine days", "Kirsty Lomax, the MP for Tees Bridge, was five when"."""
        clean = scene.readable.clean
        for match in (*self._lived.finditer(clean), *self._died_after.finditer(clean)):
            figures = [f for f in scene.subjects(match.start()) if not f.adult_evidence]
            near = [r.figure for r in scene.before(match.start(), 4) if r.figure.young]
            _tell(next(iter(figures or near), None), match.start("age"), match.end(), _in_years(match), True)
        for match in self._someone_was.finditer(scene.readable.clean):
            figures = scene.subjects(match.start())
            if len(figures) == 1 and not figures[0].age_told_at(match.start("age")):
                _tell(figures[0], match.start("age"), match.end("age"), number(match["age"]), True)

    def _births(self, scene: Scene, published: date | None) -> None:
        for match in self._born.finditer(scene.readable.clean):
            years = years_since(int(match["year"]), published)
            if years is None:
                continue
            start, _ = scene.readable.sentence_at(match.start())
            near = [r.figure for r in scene.before(match.start(), 1) if r.start >= start]
            subjects = scene.subjects(match.start()) or near
            for figure in subjects[:1]:
                _tell(figure, match.start(), match.end(), years, False)

    def _signs(self, scene: Scene) -> None:
        clean = scene.readable.clean
        for figure in dict.fromkeys(ref.figure for ref in scene.refs if ref.name):
            if figure.cluster is None or figure.adult_evidence:
                continue
            titled = next(
                (c for c in figure.cluster.mentions if c.title and self._titles.get(c.title) != "any"), None
            )
            if titled is not None:
                cue = f"title.{titled.title}"
                figure.adult_evidence.append(Evidence(titled.start, titled.end, cue, "life_stage", "adult"))
        found = self._signs_of.scan(clean)
        for stage in ("minor", "adult"):
            for start, end in found.get(stage, ()):
                evidence = Evidence(start, end, "sign", "life_stage", stage)
                for figure in _signed(scene, start):
                    (figure.minor_evidence if stage == "minor" else figure.adult_evidence).append(evidence)


def _speaks_in_court(figure: Figure) -> bool:
    """Counsel, judges, officers: an age they tell is another's."""
    told = (e.cue for role in OFFICE for e in figure.roles.get(role, ()))
    return any(cue.startswith(("title.", "professional.party")) for cue in told)


def _fits(figure: Figure, pronoun: str) -> bool:
    """Whether "he" or "she" can mean the figure."""
    return figure.gender in ("m" if pronoun.lower() == "he" else "f", "e")


def _child_before(scene: Scene, offset: int, pronoun: str) -> Figure | None:
    """The last child spoken of in front of `offset` in its sentence whom the pronoun can mean."""
    start, _ = scene.readable.sentence_at(offset)
    near = [r.figure for r in scene.between(start, offset) if r.figure.young and not r.plural]
    return next((f for f in reversed(near) if pronoun.lower() == "they" or _fits(f, pronoun)), None)


def _spoken_of(scene: Scene, pronoun: str, offset: int) -> Figure | None:
    """Whose age a pronoun leads to: never counsel's, who says so ("Niamh Kerr KC said: 'She was 13'")."""
    figure = scene.pronoun(pronoun, offset)
    if figure is None or not figure.in_office:
        return figure
    start, _ = scene.readable.sentence_at(offset)
    for ref in scene.before(start):
        other = ref.figure
        if not (other.in_office or ref.plural) and other.gender in (figure.gender, "e"):
            return other
    return None


def _tell(figure: Figure | None, start: int, end: int, years: float, then: bool) -> None:
    if figure is not None and 0 <= years <= _OLDEST:
        figure.tell_age(Age(start, end, years, then, "age.told"))


def _whose_birthday(scene: Scene, match: re.Match[str]) -> Figure | None:
    whose = match["whose"].lower()
    if whose.endswith("'s"):
        named = match.start() + 1
        return next((r.figure for r in scene.before(named + 1, 2) if r.end == named), None)
    if whose == "whose":
        return next((r.figure for r in scene.before(match.start(), 1)), None)
    start, _ = scene.readable.sentence_at(match.start())
    inside = [r for r in scene.between(start, match.start()) if not r.figure.adult_evidence]
    return inside[-1].figure if inside else scene.pronoun(whose, match.start())


def _signed(scene: Scene, offset: int) -> list[Figure]:
    subjects = scene.subjects(offset)
    if subjects:
        return subjects
    near = scene.before(offset, 1)
    return [near[0].figure] if near and offset - near[0].end < _SIGN_REACH else []
