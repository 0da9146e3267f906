"""HOME_ADDRESS, HOME_STREET and UK_POSTCODE: where somebody lives.

The court style "Dean Cole, 34, of Mill Lane, Kettering" gives a street and no house: the street stays unless
it is a protected person's (behaviour: D2, D3), so the number and the street are spans of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from recognizers.details.base import CERTAIN, CUED, LIKELY, DetailRecognizer
from recognizers.details.ownership import Ids, Ownership, ordered_ids, union
from recognizers.details.public_places import PublicPlaces
from recognizers.details.streets import Street, Streets
from recognizers.details.view import Reference, Span, View
from recognizers.model import Observation, Person
from recognizers.vocabulary import load_vocabulary

_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9-])"
    r"(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d{1,2}|[A-HK-Y]\d[ABEHMNPRVWXY])"
    r"\s?\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])"
)
_EIRCODE = re.compile(r"(?<![A-Za-z0-9])(?:[AC-FHKNPRTV-Y]\d{2}|D6W)\s[0-9AC-FHKNPRTV-Y]{4}(?![A-Za-z0-9])")
_LEAD, _BEFORE, _AFTER, _STORY = 160, 60, 60, 500
_COURT_STYLE = re.compile(
    r"[\s,]*(?:\(?(?:aged )?\d{1,3}\)?(?:[\s,]+(?:and|both|all))?)?[\s,]*(?:a [a-z -]{3,40},)?"
    r"\s*(?:both |all |and |who is |formerly |lately |now |previously |then )*"
    r"(?P<of>of|from)?[\s,]*(?:the )?$"
)

_WITH = re.compile(r"(?:,\s[A-Z]\w+){0,2},?\swith\s")
_CHAIN = re.compile(
    r"(?:,\s[A-ZÀ-Þ][\w’'-]*){0,3},?\s(?:and|and then|then|before|and later|later|but now)\s"
    r"(?:(?:moved|moving|now|at|in|on|to|into|a|flat|house)\s){0,4}"
)
_ADDRESS_TAIL = re.compile(r"(?:[\s,(]+[A-ZÀ-Þ][\w’'.-]*){0,6}[\s,(]+")


class AddressRecognizer(DetailRecognizer):
    """Marks houses, home streets and postcodes; facts: `of` (person ids), for postcodes `private`."""

    def __init__(self) -> None:
        super().__init__("address", "HOME_ADDRESS", "HOME_STREET", "UK_POSTCODE")
        vocabulary = load_vocabulary(__package__ or "recognizers.details", "address.yaml")
        self._ownership = Ownership()
        self._streets = Streets(vocabulary)
        self._places = PublicPlaces(vocabulary)
        self._public_postcodes = frozenset(code.replace(" ", "") for code in vocabulary["public_postcodes"])
        tail = r"\s*(?:the\s)?$"
        self._lives = re.compile(rf"(?<!\w)(?:{vocabulary['lives']}){tail}", re.IGNORECASE)
        self._home = re.compile(rf"(?<!\w)(?:{vocabulary['home_of']}){tail}", re.IGNORECASE)
        self._called = re.compile(rf"(?<!\w)(?:{vocabulary['called_to']}){tail}", re.IGNORECASE)
        self._a_home = re.compile(rf"(?<!\w)(?:{vocabulary['a_home']})(?!\w)", re.IGNORECASE)
        self._numbered = re.compile(
            rf"(?<!\w)(?:{vocabulary['numbered']})\s(?P<house>(?:number|No\.?)\s?\d{{1,4}}[a-z]?)\b(?![\d’',]*\d)"
        )
        self._indefinite = re.compile(rf"(?<!\w)(?:{vocabulary['indefinite']}){tail}", re.IGNORECASE)
        self._family_of = re.compile(rf"(?<!\w)(?:{vocabulary['family_of']})\s$", re.IGNORECASE)
        self._where_lived = re.compile(rf",?\s(?:{vocabulary['where_lived']})(?!\w)", re.IGNORECASE)
        self._family = re.compile(rf"(?<!\w)(?:{vocabulary['family']})\s*$", re.IGNORECASE)
        self._living_together = frozenset(vocabulary["living_together"])
        self._family_home = re.compile(r"\bfamily\b", re.IGNORECASE)

    def observe(self, view: View) -> Iterator[Observation]:
        """Houses, postcodes, and every mention of a street that the copy calls somebody's home anywhere."""
        streets = [_without_age(view, street) for street in self._streets.find(view.text)]
        homes: dict[str, Ids] = {}
        names: dict[str, Ids] = {}
        private: list[tuple[int, bool]] = []
        previous: tuple[int, Ids] | None = None
        for street in streets:
            lead = street.house_start
            public = self._places.is_public(view, street)
            nobodys = public and (not street.house or self._places.trades(view, street))
            of = None if nobodys else self._who_lives(view, lead, street.end)
            maybe_home = street.house and (street.sure or not street.house_is_name)
            if of is None and previous and _CHAIN.fullmatch(view.text, previous[0], lead):
                of = previous[1]
            if of is None and not public:
                of = self._whose_house(view, lead) if maybe_home else None
            if street.house:
                private.append((street.end, not public))
            if of is None or (public and not of):
                continue
            previous = street.end, of
            if street.house:
                score = CUED if of else LIKELY
                yield self._observation("HOME_ADDRESS", street.house_start, street.house_end, score, of)
                if street.house_is_name:
                    names[view.text[street.house_start : street.house_end]] = of
            key = _key(view.text[street.start : street.end])
            homes[key] = union(view, homes.get(key, ()), of)
        for street in streets:
            key = _key(view.text[street.start : street.end])
            if key in homes:
                yield self._observation("HOME_STREET", street.start, street.end, CUED, homes[key])
        yield from self._in_addresses(view, homes)
        yield from self._houses_alone(view, streets, names)
        yield from self._house_numbers_alone(view, bool(homes))
        yield from self._postcodes(view, private)

    def _observation(self, entity: str, start: int, end: int, score: float, of: Ids) -> Observation:
        person = of[0] if len(of) == 1 else None
        return Observation(entity, start, end, score, self.name, person=person, facts={"of": of})

    def _who_lives(self, view: View, lead: int, end: int) -> Ids | None:
        """Who lives at the address from `lead` to `end`; None when no words say that anybody does."""
        first, last = view.sentence(lead)
        left = view.text[max(first, lead - _LEAD) : lead]
        offset = lead - len(left)
        lives = self._lives.search(left)
        if lives:
            found, _ = self._ownership.holder(view, first, offset + lives.start())
            others = (*view.between(offset + lives.start(), lead), *self._with_them(view, end, last))
            return ordered_ids(view, (*self._household(view, found), *(r.person for r in others)))
        home = self._home.search(left)
        if home:
            return self._home_owner(view, first, offset + home.start(), left[home.start() :])
        if self._family_of.search(left):
            return self._family_ids(view, lead)
        lived = self._where_lived.match(view.text, end, last)
        if lived:
            behind = tuple(r.person for r in view.between(end, lived.end()))
            return ordered_ids(view, behind) if behind else self._family_ids(view, lead)
        references = view.between(first, lead)
        if references:
            gap = _COURT_STYLE.fullmatch(view.text, references[-1].end, lead)
            if gap and (gap["of"] or re.search(r"\d", gap[0])):
                together = self._ownership.together(view, references[-1], first)
                return ordered_ids(view, self._household(view, together))
        if (
            re.search(
                r"(?:\d{1,3}\)?,?|[a-z],|year-old|year-old [a-z]+,?)\s(?:both |all )?(?:of|from)\s$", left
            )
            and not references
        ):
            return ()
        return None

    @staticmethod
    def _with_them(view: View, end: int, last: int) -> tuple[Reference, ...]:
        """Whom "… lives in Mill Lane, Kettering, with Ellie and Sam" adds behind the street."""
        told = _WITH.match(view.text, end, last)
        return view.between(told.end(), min(last, told.end() + _AFTER)) if told else ()

    def _home_owner(self, view: View, first: int, at: int, words_of_home: str) -> Ids:
        """Whose "home in" it is: "her", "Ellie’s", "the family’s", or (just a house) the children's."""
        left = view.text[first:at]
        whole = left + words_of_home
        if self._family.search(left) or self._family_home.search(words_of_home):
            return self._family_ids(view, at)
        possessive = re.search(r"(?:\b(his|her|their)|[’']s?)\s+(?:own\s|then\s)?$", left, re.IGNORECASE)
        if possessive and possessive[1]:
            found = self._ownership.pronoun_at(view, first + possessive.start(1))
            return ordered_ids(view, self._household(view, found))
        if possessive:
            references = view.between(first, first + possessive.start())
            if references and first + possessive.start() - references[-1].end <= 1:
                return ordered_ids(view, self._household(view, (references[-1].person,)))
        in_sentence = view.between(first, view.sentence(at)[1]) if self._indefinite.search(whole) else ()
        return ordered_ids(view, (r.person for r in in_sentence if r.person.life_stage == "minor"))

    def _family_ids(self, view: View, at: int) -> Ids:
        """ "The family": the last person spoken of who has relatives in the copy, else all its minors."""
        for reference in reversed(view.between(max(0, at - 700), at)):
            family = self._ownership.family(view, reference.person)
            if len(family) > 1:
                return ordered_ids(view, family)
        return ordered_ids(view, (p for p in view.people.persons if p.life_stage == "minor"))

    def _household(self, view: View, persons: tuple[Person, ...]) -> tuple[Person, ...]:
        """The persons and the children of those of them who stand accused of nothing."""
        children = [
            child
            for person in persons
            if person.life_stage != "minor" and not person.roles & {"accused", "convicted"}
            for child in self._ownership.children(view, person)
            if self._lives_with(child, person)
        ]
        return (*persons, *children)

    def _lives_with(self, child: Person, adult: Person) -> bool:
        """Whether a child of the copy shares the adult's home by what they are to each other."""
        relation = adult.relation if adult.relative_of == child.id else child.relation
        return relation is None or relation.casefold() in self._living_together

    def _whose_house(self, view: View, lead: int) -> Ids:
        """Whose a numbered house is that no words give anybody: of the person right before it, else the
        children's to whose home the copy says help was called; else nobody's that is known.
        """
        first = view.sentence(lead)[0]
        references = view.between(first, lead)
        if references and self._ownership.adjacent(view, references[-1], lead):
            return (references[-1].person.id,)
        if not self._called.search(view.text[max(first, lead - _LEAD) : lead]):
            return ()
        begin = max(0, lead - _STORY)
        if self._a_home.search(view.text, begin, lead) is None:
            return ()
        return ordered_ids(
            view, (r.person for r in view.between(begin, lead) if r.person.life_stage == "minor")
        )

    def _in_addresses(self, view: View, homes: dict[str, Ids]) -> Iterator[Observation]:
        """Home streets in slugs and file names, where they are written "mill-lane"."""
        for segment in view.reading.segments:
            if segment.kind not in ("slug", "file", "url", "tags"):
                continue
            for key, of in homes.items():
                spelt = "[-_ ]+".join(map(re.escape, key.split()))
                form = re.compile(rf"(?<![^\W_]){spelt}(?![^\W_])", re.IGNORECASE)
                for match in form.finditer(view.text, segment.start, segment.end):
                    yield self._observation("HOME_STREET", *match.span(), CUED, of)

    def _houses_alone(
        self, view: View, streets: list[Street], names: dict[str, Ids]
    ) -> Iterator[Observation]:
        """House names without a street where somebody is said to live there, and all their mentions."""
        taken = [(street.house_start, street.end) for street in streets if street.house]
        homes: list[tuple[Span, Ids]] = []
        for match in self._streets.houses_alone(view.text):
            start, end = match.span("house")
            if any(s < end and start < e for s, e in taken):
                continue
            first = view.sentence(start)[0]
            left = view.text[max(first, start - _LEAD) : start]
            sure = match["sure"] or match["old"]
            if not (self._lives.search(left) or self._home.search(left) or (sure and left.endswith(" of "))):
                continue
            of = self._who_lives(view, start, end)
            if of is not None and (sure or not view.is_somebody(start, end)):
                homes.append(((start, end), of))
                names[match["house"]] = union(view, names.get(match["house"], ()), of)
        told = {span for span, _ in homes}
        for name in names:
            homes += [
                (match.span(), names[name])
                for match in re.finditer(rf"(?<![\w’'-]){re.escape(name)}(?![\w’'-])", view.text)
                if match.span() not in told and not any(s <= match.start() < e for s, e in taken)
            ]
        for span, of in homes:
            yield self._observation("HOME_ADDRESS", *span, CUED, of)
        for start, end in taken:
            name = view.text[start:end]
            known = next((n for n in names if name.startswith(n)), None)
            if known is not None:
                yield self._observation("HOME_ADDRESS", start, start + len(known), CUED, names[known])

    def _house_numbers_alone(self, view: View, any_home: bool) -> Iterator[Observation]:
        """ "of number 28", "lives at No 12": where the copy has named the street already."""
        if any_home:
            for match in self._numbered.finditer(view.text):
                of = self._who_lives(view, match.start("house"), match.end()) or ()
                yield self._observation("HOME_ADDRESS", *match.span("house"), CUED, of)

    def _postcodes(self, view: View, houses: list[tuple[int, bool]]) -> Iterator[Observation]:
        """Postcodes and Eircodes; one that stands with a business's or public address is not private.

        `houses` are the addresses with a house: where each ends and whether it is private. A postcode at
        the end of one is as private as it is.
        """
        for form in (_POSTCODE, _EIRCODE):
            for match in form.finditer(view.text):
                start, end = match.span()
                first, last = view.sentence(start)
                told = [
                    private
                    for stop, private in houses
                    if start - _AFTER < stop < start and _ADDRESS_TAIL.fullmatch(view.text, stop, start)
                ]
                known = match[0].replace(" ", "") in self._public_postcodes
                public = known or (
                    not told[-1]
                    if told
                    else self._places.leads_to(view, max(first, start - _LEAD), start)
                    or self._places.follows(view, end, min(last, end + _AFTER))
                )
                references = view.between(max(first, start - _LEAD), start)
                of = () if public or not references else (references[-1].person.id,)
                facts = {"private": not public, "of": of}
                yield Observation("UK_POSTCODE", start, end, CERTAIN, self.name, facts=facts)


def _without_age(view: View, street: Street) -> Street:
    """The street without a number that is an age: "Dean Cole, 34, Mill Lane, Kettering" in court lists."""
    references = (
        view.between(max(0, street.house_start - _BEFORE), street.house_start) if street.comma else ()
    )
    if references and re.fullmatch(r",?\s\(?", view.text[references[-1].end : street.house_start]):
        return replace(street, house_start=street.start, house_end=street.start)
    return street


def _key(street: str) -> str:
    """One spelling for the mentions of one street: lower case, single spaces."""
    return " ".join(street.casefold().split())
