"""Life stage: ages beside each person, birthdays, school years, years of birth, and the words for young and grown."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from recognizers.model import Evidence
from recognizers.people.ages import (
    AGE_AFTER_NAME,
    NUMBER,
    ORDINAL,
    Age,
    number,
    ordinal,
    years_since,
)
from recognizers.people.figures import Figure, Ref
from recognizers.people.lexicon import NameLexicon
from recognizers.people.scene import Scene
from recognizers.vocabulary import load_vocabulary

_PER_YEAR = {"y": 1, "m": 12, "w": 52, "d": 365}
_OLDEST = 112
_IN_YEAR = re.compile(r"\b(he|she)(?:'s| is| was| had been)(?: now| only| just| still| currently)? (?:in |a |an )?$", re.IGNORECASE)
_BEFORE_BIRTHDAY = re.compile(r"\b(?:before|ahead of|until|away from|short of)\b[^.]{0,24}$", re.IGNORECASE)


def _in_years(match: re.Match[str]) -> float:
    """The number of the group `age`, in the unit of the group `unit`, as years."""
    unit = (match["unit"] or "").strip(" -").lower()[:1]
    return number(match["age"]) / _PER_YEAR.get(unit, 1)


class StageReader:
    """Reads stage.yaml once and writes ages and signs of life stage on the figures of a scene."""

    def __init__(self, lexicon: NameLexicon) -> None:
        words: dict[str, Any] = load_vocabulary("recognizers.people", "stage.yaml")
        self._titles = lexicon.titles
        self._after = re.compile(AGE_AFTER_NAME, re.IGNORECASE)
        self._pair = re.compile(r"\b(?:twins|triplets|both|brothers|sisters|pals|friends|classmates)(?:,| -)? $", re.IGNORECASE)
        self._second = re.compile(
            rf",? (?:but )?(?:who (?:is|was)|now|then)(?: now| just| only| aged| then| still| not yet)* (?P<age>{NUMBER})(?= years old| at the time| when|[,.;)]| and\b)",
            re.IGNORECASE,
        )
        self._not_years = re.compile(
            r" ?(?:" + "|".join(map(re.escape, words["not_years"])) + r")\b", re.IGNORECASE
        )
        self._birthday = re.compile(
            rf"\b(?P<whose>his|her|their|whose|\w's)\s(?:own |very )?(?P<which>{ORDINAL})[ -]birthday",
            re.IGNORECASE,
        )
        self._turned = re.compile(
            rf"\b(?:turned|turns|turning|turn)\s(?:just )?(?P<age>{NUMBER})\b(?! (?:down|up|out|off|away|to|the|goals|points))",
            re.IGNORECASE,
        )
        self._was = re.compile(
            rf"\b(?P<who>he|she|they)(?: would have been| would be| had been| is| was| were|'s)(?: just| only| not yet| aged| barely| still| then| now| nearly| about| around)* (?P<age>{NUMBER})(?P<unit>[- ](?:year|month|week|day)s?(?:[- ]old)?)?(?P<tail> years? old| at the time| when|(?=[,.;\"]| and\b))",
            re.IGNORECASE,
        )
        self._aged = re.compile(
            rf"\b(?P<then>from the age of|at the age of|since the age of|before the age of|when (?:he|she) was(?: just| only| aged)?|between the ages of|aged)(?: just| only| about| around| between)? (?P<age>{NUMBER})\b(?P<unit>[- ](?:year|month|week|day)s?(?:[- ]old)?)?(?! ?(?:and under|or under|or over|and over|to \d))",
            re.IGNORECASE,
        )
        self._born = re.compile(
            r"\bborn (?:in|on|during|at the end of)\b[^.;]{0,40}?\b(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
        )
        self._then = re.compile(
            r"\b(?:at the time|when it (?:began|started|happened)|when the abuse|years ago|in (?:19|20)\d\d|decades? ago)\b",
            re.IGNORECASE,
        )
        years = words["school_years"]
        need = set(words["school_years_need_noun"])
        nouns = "|".join(map(re.escape, words["school_nouns"]))
        self._years = {key.lower(): int(age) for key, age in years.items()}
        free = "|".join(re.escape(k) for k in sorted(years, key=len, reverse=True) if k not in need)
        bound = "|".join(re.escape(k) for k in sorted(need, key=len, reverse=True))
        self._school = re.compile(
            rf"\b(?:(?P<free>{free})\b(?:\s(?:{nouns})\b)?|(?P<bound>{bound})\s(?:{nouns})\b|(?:in|into|was|is|starting|started|now in|entered|going into)\s(?P<placed>{bound})\b(?! (?:of|place|half|the|and|in)))"
        )
        self._minor_signs = re.compile(r"\b(?:" + "|".join(words["minor_signs"]) + r")\b", re.IGNORECASE)
        self._adult_signs = re.compile(r"\b(?:" + "|".join(words["adult_signs"]) + r")\b", re.IGNORECASE)

    def names(self, scene: Scene, published: date | None) -> None:
        """What stands beside names about birth, school and age group, before any description is cast."""
        self._births(scene, published)
        self._signs(scene)
        self._schooling(scene)

    def read(self, scene: Scene, published: date | None) -> list[tuple[Figure, int, int]]:
        """Write what the copy tells of age on the figures. Returns the school-year spans, with whose they are."""
        self._pronouns(scene)
        self._births(scene, published)
        self._signs(scene)
        return self._schooling(scene)

    def beside(self, ref: Ref, clean: str, partner: Ref | None = None) -> None:
        """Write the ages that stand right behind a ref ("Ellie, 8", "a boy, 14", "Rose, now 20, who was 12") on its figure.

        `partner` is the ref named right before with "and" between ("twins Ewan and Isobel Tait, 16" are both 16).
        """
        if ref.plural and not ref.name:
            return
        match = self._after.match(clean, ref.end)
        if match is None or (self._not_years.match(clean, match.end("age")) and not match["unit"]):
            return
        if number(match["age"]) > _OLDEST or (match["lead"] == " of" and (ref.name or ref.group != "minor")):
            return
        value = _in_years(match)
        lead = match[0][: match.start("age") - match.start()].lower()
        tail = (match["tail"] or "").lower().strip()
        then = "then" in lead or tail in ("at the time", "when", "then") or ("was" in lead and "now" not in lead)
        if "not yet" in lead or "about to turn" in lead or "nearly" in lead or "almost" in lead:
            value = max(0.0, value - 1)
        end = match.end("unit") if match["unit"] else match.end("age")
        ref.figure.ages.append(Age(match.start("age"), end, value, then, "age.beside"))
        if partner is not None and ("both" in lead or "also" in lead or partner.end + 5 == ref.start and self._pair.search(clean, max(0, partner.start - 14), partner.start)):
            partner.figure.ages.append(Age(match.start("age"), end, value, then, "age.shared"))
        more = self._second.match(clean, match.end())
        if more is not None:
            told = more[0].lower()
            ref.figure.ages.append(
                Age(more.start("age"), more.end("age"), number(more["age"]), "was" in told or "then" in told, "age.beside")
            )

    def _pronouns(self, scene: Scene) -> None:
        clean = scene.readable.clean
        for match in self._birthday.finditer(clean):
            years = ordinal(match["which"])
            if _BEFORE_BIRTHDAY.search(clean, max(0, match.start() - 40), match.start()):
                years -= 1
            whose = match["whose"].lower()
            figure: Figure | None = None
            if whose.endswith("'s"):
                figure = next(
                    (r.figure for r in scene.before(match.start() + 2, 2) if r.end == match.start() + 1), None
                )
            elif whose == "whose":
                figure = next((r.figure for r in scene.before(match.start(), 1)), None)
            else:
                start, _ = scene.readable.sentence_at(match.start())
                inside = [r for r in scene.between(start, match.start()) if not r.figure.adult_evidence]
                figure = inside[-1].figure if inside else scene.pronoun(whose, match.start())
            self._age(figure, match.start("which"), match.end(), years, True)
        for match in self._turned.finditer(clean):
            for figure in scene.subjects(match.start()):
                self._age(figure, match.start("age"), match.end("age"), number(match["age"]), False)
        for match in self._was.finditer(clean):
            figure = scene.pronoun(match["who"], match.start())
            then = "was" in match[0].lower() or "were" in match[0].lower()
            years = number(match["age"])
            if not self._not_years.match(clean, match.end("age")):
                self._age(
                    figure,
                    match.start("age"),
                    match.end("age"),
                    years - ("not yet" in match[0].lower()),
                    then,
                )
        for match in self._aged.finditer(clean):
            if self._taken(scene, match.start("age")):
                continue
            lead = match["then"].lower()
            subjects = scene.subjects(match.start())
            if not subjects:
                start, _ = scene.readable.sentence_at(match.start())
                near = [r for r in scene.between(start, match.start()) if not r.plural]
                told = [
                    r
                    for r in near
                    if r.group not in ("parent", "partner", "grandparent", "carer")
                    and not r.figure.roles.keys() & {"accused", "convicted"}
                ]
                subjects = [(told[0] if lead != "aged" and told else near[-1]).figure] if near else []
            for figure in subjects[:1]:
                self._age(
                    figure,
                    match.start("age"),
                    match.end("age"),
                    _in_years(match),
                    lead != "aged" or self._long_ago(scene, match.start()),
                )

    def _long_ago(self, scene: Scene, offset: int) -> bool:
        start, end = scene.readable.sentence_at(offset)
        return self._then.search(scene.readable.clean, start, end) is not None

    @staticmethod
    def _taken(scene: Scene, offset: int) -> bool:
        return any(
            age.start <= offset < age.end for ref in scene.before(offset, 3) for age in ref.figure.ages
        )

    @staticmethod
    def _age(figure: Figure | None, start: int, end: int, years: float, then: bool) -> None:
        if figure is not None and 0 <= years <= _OLDEST:
            figure.ages.append(Age(start, end, years, then, "age.told"))

    def _births(self, scene: Scene, published: date | None) -> None:
        for match in self._born.finditer(scene.readable.clean):
            years = years_since(int(match["year"]), published)
            if years is None:
                continue
            subjects = scene.subjects(match.start()) or [r.figure for r in scene.before(match.start(), 1)]
            for figure in subjects[:1]:
                self._age(figure, match.start(), match.end(), years, False)

    def _signs(self, scene: Scene) -> None:
        clean = scene.readable.clean
        for ref in scene.refs:
            cluster = ref.figure.cluster
            if ref.name and cluster is not None and not ref.figure.adult_evidence:
                titled = [c for c in cluster.mentions if c.title and self._titles.get(c.title) != "any"]
                if titled:
                    ref.figure.adult_evidence.append(
                        Evidence(
                            titled[0].start, titled[0].end, f"title.{titled[0].title}", "life_stage", "adult"
                        )
                    )
        for pattern, grown in ((self._minor_signs, False), (self._adult_signs, True)):
            for match in pattern.finditer(clean):
                for figure in self._signed(scene, match.start()):
                    evidence = Evidence(
                        match.start(), match.end(), "sign", "life_stage", "adult" if grown else "minor"
                    )
                    (figure.adult_evidence if grown else figure.minor_evidence).append(evidence)

    @staticmethod
    def _signed(scene: Scene, offset: int) -> list[Figure]:
        subjects = scene.subjects(offset)
        if subjects:
            return subjects
        near = scene.before(offset, 1)
        if near and offset - near[0].end < 14:
            return [near[0].figure]
        return []

    def _schooling(self, scene: Scene) -> list[tuple[Figure, int, int]]:
        clean = scene.readable.clean
        spans: list[tuple[Figure, int, int]] = []
        for match in self._school.finditer(clean):
            key = (match["free"] or match["bound"] or match["placed"]).lower()
            figure = self._pupil(scene, match)
            if figure is None:
                continue
            if figure.plural and not figure.named:
                # "Two boys, Year 11 pupils": of everyone of about that age.
                near = [r.figure for r in scene.refs if r.name and any(abs(a.years - self._years[key]) <= 2 for a in r.figure.ages)]
                spans += [(f, match.start(), match.end()) for f in dict.fromkeys(near)]
                continue
            figure.ages.append(Age(match.start(), match.end(), self._years[key], cue="school_year"))
            figure.minor_evidence.append(
                Evidence(match.start(), match.end(), f"school_year.{key}", "life_stage", "minor")
            )
            spans.append((figure, match.start(), match.end()))
        return spans

    @staticmethod
    def _pupil(scene: Scene, match: re.Match[str]) -> Figure | None:
        clean = scene.readable.clean
        for ref in scene.between(match.start(), match.end() + 3):
            if not ref.plural:
                return ref.figure
        for ref in scene.before(match.start(), 1):
            if re.fullmatch(
                r"(?:,? \(?\d{1,2}\)?)?(?:,|,? who (?:is|was)|,? is| was| \()(?: then| now| currently| still)?(?: an?| in| the)?(?: \w+)? ?",
                clean[ref.end : match.start()],
            ):
                return ref.figure
        told = _IN_YEAR.search(clean, max(0, match.start() - 40), match.start())
        if told is not None:
            return scene.pronoun(told[1], told.start(), "minor")
        subjects = scene.subjects(match.start())
        return subjects[0] if subjects else None
