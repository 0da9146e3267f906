"""DATE_OF_BIRTH: a full date that the copy says somebody was born on; the span is the date alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.details.base import CERTAIN, CUED, DetailRecognizer
from recognizers.details.ownership import Ids, Ownership, ordered_ids, words
from recognizers.details.view import Span, View, is_known
from recognizers.model import Observation, Person
from recognizers.vocabulary import load_vocabulary

_REACH = 80
_AGE_OF_MAJORITY = 18
_YEAR = re.compile(r"(?<![\d£])(?:19|20)\d\d(?!\d)")
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)\s+$")
_SUBJECT = re.compile(r",\s(?P<pronoun>she|he)\s")
_ALSO = re.compile(r"\s{0,2}(?:,|and|&|,\s?and|/|;)\s{1,2}(?P<words>(?:[\w’'-]+\s){0,3}(?:on\s)?)")


class DateOfBirthRecognizer(DetailRecognizer):
    """Marks full dates of birth; facts: `of` (person ids), `deceased_adult`."""

    def __init__(self) -> None:
        super().__init__("date_of_birth", "DATE_OF_BIRTH")
        vocabulary = load_vocabulary(__package__ or "recognizers.details", "dates.yaml")
        self._ownership = Ownership()
        month = rf"(?:{words(vocabulary['months'])})\.?"
        in_words = rf"(?:{words(vocabulary['day_words'])})\sof\s{month},?"
        day, year = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?", r"(?:1[5-9]|20)\d\d"
        self._date = re.compile(
            rf"(?<![\w£.,/-])(?:{day}\s(?:of\s)?{month},?\s{year}|{in_words}\s{year}|{month}\s{day},?\s{year}"
            rf"|(?:[12]\d|3[01]|0?[1-9])(?P<sep>[/.-])(?:1[0-2]|0?[1-9])(?P=sep)(?:{year}|\d\d)"
            rf"|{year}-(?:1[0-2]|0[1-9])-(?:[12]\d|3[01]|0[1-9]))(?!\w|[/-]\d)",
            re.IGNORECASE,
        )
        # Without a year it counts only where it is a child's birthday: with their age it tells the year.
        self._day = re.compile(
            rf"(?<![\w£.,/-])(?:{day}\s(?:of\s)?{month}|{in_words}|{month}\s{day})(?:,?\s{year})?(?!\w|[/-]\d)",
            re.IGNORECASE,
        )
        self._birthday = re.compile(
            rf"(?<!\w)(?:{'|'.join(vocabulary['birthday'])})[\s:,(–-]*"
            rf"(?:(?:is|was|falls|fell|being|on|the|\w+day)\b[\s,(]*)*$",
            re.IGNORECASE,
        )
        self._birthday_behind = re.compile(
            rf",?\s(?:{'|'.join(vocabulary['birthday_behind'])})(?!\w)", re.IGNORECASE
        )
        named = "|".join(vocabulary["named"])
        self._cue = re.compile(
            rf"(?<!\w)(?:(?P<named>{named})|{'|'.join(vocabulary['before'])})(?!\w)", re.IGNORECASE
        )
        self._recorded = re.compile(
            rf"\s(?:was|is|had been|has been|were)\s(?:[a-z-]+\s){{0,8}}(?:{words(vocabulary['recorded'])})\s"
        )
        self._stops = re.compile(rf"(?<![\w-])(?:{words(vocabulary['gap_stops'])})(?![\w-])", re.IGNORECASE)
        self._behind = re.compile(rf"[\s,)(–—-]{{0,4}}(?:{'|'.join(vocabulary['behind'])})\b")
        self._mothers = tuple(vocabulary["mothers"])
        self._death = re.compile(rf"(?<!\w)(?:{words(vocabulary['death'])})(?!\w)", re.IGNORECASE)
        self._aged = re.compile(rf"(?<!\w)(?:{vocabulary['aged']})", re.IGNORECASE)
        self._died_on = re.compile(vocabulary["died_on"], re.IGNORECASE)
        self._dead_at = re.compile(rf"(?<!\w)(?:{vocabulary['dead_at']})", re.IGNORECASE)
        self._oldest_living = int(vocabulary["oldest_living"])

    def observe(self, view: View) -> Iterator[Observation]:
        """Every full date with a birth cue; a second date in a list with a date of birth is one as well."""
        births = tuple(self._births(view))
        found = (*births, *self._birthdays(view, {span for span, _, _ in births}))
        # An obituary gives a date twice, and once without saying whose it is.
        of_the_dead = {
            view.text[s:e].casefold() for (s, e), _, owners in found if self._gone(view, (s, e), owners)
        }
        for (start, end), score, owners in found:
            of: Ids = ordered_ids(view, owners)
            facts: dict[str, bool | Ids] = {
                "of": of,
                "deceased_adult": view.text[start:end].casefold() in of_the_dead,
            }
            person = of[0] if len(of) == 1 else None
            yield Observation("DATE_OF_BIRTH", start, end, score, self.name, person=person, facts=facts)

    def _births(self, view: View) -> Iterator[tuple[Span, float, tuple[Person, ...]]]:
        """Every date of birth: where it stands, how sure that is, and whose it is."""
        previous: Span | None = None
        for match in self._date.finditer(view.text):
            cue = self._cue_before(view, match.start())
            if cue is not None:
                owners = self._owners(view, cue, match.start())
            elif self._behind.match(view.text, match.end()):
                owners = self._owners_behind(view, match)
            elif previous and self._is_next(view.text[previous[1] : match.start()]):
                owners = self._owners(view, previous, match.start())
            else:
                continue
            previous = match.span()
            dead = self._dead_of_that_age(view, match[0])
            owners = dead or self._of_that_age(view, match, owners)
            yield match.span(), CERTAIN if cue else CUED, owners

    def _birthdays(self, view: View, told: set[Span]) -> Iterator[tuple[Span, float, tuple[Person, ...]]]:
        """The birthdays of children, with or without a year ("she would have been 17 on June 12")."""
        for match in self._day.finditer(view.text):
            if any(start < match.end() and match.start() < end for start, end in told):
                continue
            first, last = view.sentence(match.start())
            floor = max(first, match.start() - _REACH)
            cue = self._birthday.search(view.text, floor, match.start())
            behind = self._birthday_behind.match(view.text, match.end(), last)
            if cue is None and behind is None:
                continue
            if cue is not None:
                owners = self._owners(view, cue.span(), match.start())
            else:
                inside = view.between(match.end(), behind.end()) if behind else ()
                owners = tuple(r.person for r in inside[:1]) or self._ownership.earlier_minor(
                    view, match.start()
                )
            if not any(is_known(person) for person in owners) or self._rather_the_childs(view, match, owners):
                owners = self._ownership.earlier_minor(view, match.start())
            minors = tuple(person for person in owners if person.life_stage == "minor")
            if minors:
                yield match.span(), CUED, minors

    def _rather_the_childs(self, view: View, day: re.Match[str], owners: tuple[Person, ...]) -> bool:
        """Whether a birthday that seems a grown-up relative's is more likely the child's of the same family:
        "her last birthday", said by a mother, unless its number is a grown-up's.
        """
        if not owners or any(p.life_stage != "adult" or p.relative_of is None for p in owners):
            return False
        left = view.text[max(0, day.start() - 40) : day.start()]
        ordinal = re.search(r"\b(\d{1,3})(?:st|nd|rd|th)\s+birthday", left)
        return ordinal is None or int(ordinal[1]) < _AGE_OF_MAJORITY

    def _gone(self, view: View, date: Span, owners: tuple[Person, ...]) -> bool:
        """Whether it is the date of birth of adults who have died."""
        if owners and all(p.deceased and p.life_stage == "adult" for p in owners):
            return True
        if self._dies(view, date[1], owners) or self._dead_of_that_age(view, view.text[date[0] : date[1]]):
            return True
        year = re.search(r"\d{4}", view.text[date[0] : date[1]])
        if year is None:
            return False
        return int(year[0]) < self._oldest_living or self._in_an_obituary(view, date, int(year[0]), owners)

    def _in_an_obituary(self, view: View, date: Span, born: int, owners: tuple[Person, ...]) -> bool:
        """Whether the copy tells of the death of a grown-up who was born in that year.

        Either the day of death follows ("Born 3 February 1931; died 19 September 2026"), or the age at death
        makes a year of death that no other year of the copy is later than.
        """
        died = self._died_on.match(view.text, date[1])
        if died and int(died["year"]) - born >= _AGE_OF_MAJORITY:
            return True
        living = [p for p in owners if p.named and not p.deceased]
        others_died = any(p.named and p.deceased for p in view.people.persons)
        if any(p.life_stage == "minor" for p in owners) or any(p.relative_of or others_died for p in living):
            return False
        latest = max(map(int, _YEAR.findall(view.text)))
        if view.reading.published:
            latest = max(latest, view.reading.published.year)
        ages = (int(match["age"]) for match in self._dead_at.finditer(view.text))
        return any(age >= _AGE_OF_MAJORITY and born + age + 1 >= latest for age in ages)

    def _dies(self, view: View, end: int, owners: tuple[Person, ...]) -> bool:
        """Whether the sentence goes on to the death, at a grown-up age, of the one who was born."""
        last = view.sentence(end)[1]
        death = self._death.search(view.text, end, min(last, end + 2 * _REACH))
        if death is None or any(p.life_stage == "minor" for p in owners):
            return False
        if any(r.person.deceased and r.person not in owners for r in view.between(end, death.start())):
            return False
        aged = self._aged.search(view.text, death.end(), last)
        return bool(aged and int(aged[1]) >= _AGE_OF_MAJORITY)

    def _dead_of_that_age(self, view: View, date: str) -> tuple[Person, ...]:
        """The adults who died in the copy, at the age it gives them, when they were born in that year."""
        year = re.search(r"\d{4}", date)
        if year is None:
            return ()
        told = {int(y) for y in _YEAR.findall(view.text)}
        if view.reading.published:
            told.add(view.reading.published.year)
        return tuple(
            person
            for person in view.people.persons
            if person.age is not None
            and person.age >= _AGE_OF_MAJORITY
            and (person.deceased or "died" in person.circumstances)
            and not told.isdisjoint((int(year[0]) + person.age, int(year[0]) + person.age + 1))
        )

    def _is_next(self, gap: str) -> bool:
        """Whether only "and", a name and the like stand between a date of birth and the date behind it."""
        also = _ALSO.fullmatch(gap)
        return also is not None and self._stops.search(also["words"]) is None

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
            r"[\s:,(.–-]*(?:(?:is|was|of|on|given as|as|the)\s)*(?:\w+day,?\s)?[\s(]*", gap
        ):
            return None if self._grown_up(view.text[floor : last.start()]) else last.span()
        if last["named"] and self._recorded.fullmatch(gap):
            return last.span()
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
        if view.text[cue[0] : cue[1]].casefold().startswith(self._mothers):
            child = view.between(cue[1], date_start)
            pronoun = re.search(r"\bto\s", view.text[cue[1] : date_start])
            if child:
                return (child[-1].person,)
            if pronoun:
                return self._ownership.pronoun_at(view, cue[1] + pronoun.end())
            return self._ownership.earlier_minor(view, cue[0])
        found, _ = self._ownership.holder(view, first, cue[0])
        if not found:
            # "Born on 14 March 1938 in Falmouth, the eldest child of a harbour pilot, she …"
            pronoun = _SUBJECT.search(view.text, date_start, last)
            found = self._ownership.pronoun_at(view, pronoun.start("pronoun")) if pronoun else ()
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
