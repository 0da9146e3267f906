"""DATE_OF_BIRTH: a full date that the copy says somebody was born on; the span is the date alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.details.base import CERTAIN, CUED, DetailRecognizer
from recognizers.details.ownership import Ids, Ownership, ordered_ids, words
from recognizers.details.view import Span, View
from recognizers.model import Observation, Person
from recognizers.vocabulary import load_vocabulary

_REACH = 80
_AGE_OF_MAJORITY = 18
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)\s+$")
_ALSO = re.compile(r"\s{0,2}(?:,|and|&|,\s?and|/|;)\s{1,2}(?:[\w’'-]+\s){0,3}(?:on\s)?")


class DateOfBirthRecognizer(DetailRecognizer):
    """Marks full dates of birth; facts: `of` (person ids), `deceased_adult`."""

    def __init__(self) -> None:
        super().__init__("date_of_birth", "DATE_OF_BIRTH")
        vocabulary = load_vocabulary(__package__ or "recognizers.details", "dates.yaml")
        self._ownership = Ownership()
        month = rf"(?:{words(vocabulary['months'])})\.?"
        day, year = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?", r"(?:1[5-9]|20)\d\d"
        self._date = re.compile(
            rf"(?<![\w£.,/-])(?:{day}\s(?:of\s)?{month},?\s{year}|{month}\s{day},?\s{year}"
            rf"|(?:[12]\d|3[01]|0?[1-9])(?P<sep>[/.-])(?:1[0-2]|0?[1-9])(?P=sep)(?:{year}|\d\d)"
            rf"|{year}-(?:1[0-2]|0[1-9])-(?:[12]\d|3[01]|0[1-9]))(?!\w|[/-]\d)",
            re.IGNORECASE,
        )
        named = "|".join(vocabulary["named"])
        self._cue = re.compile(
            rf"(?<!\w)(?:(?P<named>{named})|{'|'.join(vocabulary['before'])})(?!\w)", re.IGNORECASE
        )
        self._stops = re.compile(rf"(?<![\w-])(?:{words(vocabulary['gap_stops'])})(?![\w-])", re.IGNORECASE)
        self._behind = re.compile(rf"[\s,)(–—-]{{0,4}}(?:{'|'.join(vocabulary['behind'])})\b")
        self._oldest_living = int(vocabulary["oldest_living"])

    def observe(self, view: View) -> Iterator[Observation]:
        """Every full date with a birth cue; a second date in a list with a date of birth is one as well."""
        previous: Span | None = None
        for match in self._date.finditer(view.text):
            cue = self._cue_before(view, match.start())
            if cue is not None:
                owners = self._owners(view, cue, match.start())
            elif self._behind.match(view.text, match.end()):
                owners = self._owners_behind(view, match)
            elif previous and _ALSO.fullmatch(view.text, previous[1], match.start()):
                owners = self._owners(view, previous, match.start())
            else:
                continue
            previous = match.span()
            owners = self._of_that_age(view, match, owners)
            gone = bool(owners) and all(p.deceased and p.life_stage == "adult" for p in owners)
            year = re.search(r"\d{4}", match[0])
            gone = gone or bool(year and int(year[0]) < self._oldest_living)
            of: Ids = ordered_ids(view, owners)
            score = CERTAIN if cue else CUED
            facts: dict[str, bool | Ids] = {"of": of, "deceased_adult": gone}
            person = of[0] if len(of) == 1 else None
            yield Observation("DATE_OF_BIRTH", *match.span(), score, self.name, person=person, facts=facts)

    def _cue_before(self, view: View, start: int) -> Span | None:
        """The birth cue that leads up to the date, unless another event stands between them."""
        floor = max(view.sentence(start)[0], start - _REACH)
        last = None
        for match in self._cue.finditer(view.text, floor, start):
            last = match
        if last is None or self._date.search(view.text, last.end(), start):
            return None
        gap = view.text[last.end() : start]
        if last["named"] and re.fullmatch(
            r"[\s:,(.–-]*(?:(?:is|was|of|on|given as|as)\s)*(?:\w+day,?\s)?[\s(]*", gap
        ):
            return None if self._grown_up(view.text[floor : last.start()]) else last.span()
        if re.search(r"[;:)]", gap) or self._stops.search(gap):
            return None
        if last["named"] or gap.count(",") > 2:
            return None
        return last.span()

    @staticmethod
    def _grown_up(lead: str) -> bool:
        """Whether a grown-up's birthday is told by its number ("her 90th birthday"): a party, no birth."""
        ordinal = _ORDINAL.search(lead)
        return bool(ordinal) and int(ordinal[1]) > _AGE_OF_MAJORITY if ordinal else False

    def _of_that_age(self, view: View, date: re.Match[str], owners: tuple[Person, ...]) -> tuple[Person, ...]:
        """The minor the copy spoke of last, where the date makes a minor and those found are grown up."""
        year = re.search(r"\d{4}", date[0])
        published = view.reading.published
        if not (year and published and owners) or any(p.life_stage != "adult" for p in owners):
            return owners
        if published.year - int(year[0]) >= _AGE_OF_MAJORITY:
            return owners
        return self._ownership.earlier_minor(view, date.start()) or owners

    def _owners(self, view: View, cue: Span, date_start: int) -> tuple[Person, ...]:
        """Whose birth: whom the sentence speaks of before the cue, else between or behind, else before it."""
        first, last = view.sentence(cue[0])
        if view.text[cue[0] : cue[1]].casefold().startswith(("gave", "deliver")):
            child = view.between(cue[1], date_start)
            pronoun = re.search(r"\bto\s", view.text[cue[1] : date_start])
            if child:
                return (child[-1].person,)
            if pronoun:
                return self._ownership.pronoun_at(view, cue[1] + pronoun.end())
            return self._ownership.earlier_minor(view, cue[0])
        found, _ = self._ownership.holder(view, first, cue[0])
        if not found:
            behind = view.between(date_start, last)
            found = (behind[0].person,) if behind else ()
        if not found:
            earlier = view.between(max(0, first - 300), first)
            found = (earlier[-1].person,) if earlier else ()
        return found

    def _owners_behind(self, view: View, match: re.Match[str]) -> tuple[Person, ...]:
        """Whose birth it is when the words behind the date say that it is one."""
        told = self._behind.match(view.text, match.end())
        end = told.end() if told else match.end()
        named = view.between(match.end(), end)
        if named:
            return (named[0].person,)
        pronoun = re.search(r"\b(?:she|he|they|her|his|their)\b", view.text[match.end() : end])
        if pronoun:
            return self._ownership.pronoun_at(view, match.end() + pronoun.start())
        found, _ = self._ownership.holder(view, view.sentence(match.start())[0], match.start())
        return found or self._ownership.earlier_minor(view, match.start())
