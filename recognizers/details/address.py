"""HOME_ADDRESS, HOME_STREET and UK_POSTCODE: where somebody lives.

The court style "Dean Cole, 34, of Mill Lane, Kettering" gives a street and no house: the street stays unless
it is a protected person's (behaviour: D2, D3), so the number and the street are spans of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from recognizers.details.address_owner import AddressOwner
from recognizers.details.base import CERTAIN, CUED, LIKELY, DetailRecognizer
from recognizers.details.ownership import Ids, union
from recognizers.details.places import PlacePatterns, Places
from recognizers.details.public_places import PublicPlaces
from recognizers.details.sites import Sites
from recognizers.details.streets import Street, Streets
from recognizers.details.view import Span, View
from recognizers.model import Observation
from recognizers.vocabulary import load_vocabulary

_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9-])"
    r"(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d{1,2}|[A-HK-Y]\d[ABEHMNPRVWXY])"
    r"\s?\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])"
)
_EIRCODE = re.compile(r"(?<![A-Za-z0-9])(?:[AC-FHKNPRTV-Y]\d{2}|D6W)\s[0-9AC-FHKNPRTV-Y]{4}(?![A-Za-z0-9])")
_LEAD, _BEFORE, _AFTER = 160, 60, 60
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
        self._streets = Streets(vocabulary)
        self._places = PublicPlaces(vocabulary)
        self._owner = AddressOwner(vocabulary)
        self._sites = Sites(vocabulary)
        cues = load_vocabulary(__package__ or "recognizers.details", "institution_cues.yaml")
        self._town = PlacePatterns(cues)
        self._public_postcodes = frozenset(code.replace(" ", "") for code in vocabulary["public_postcodes"])
        self._not_private = re.compile(vocabulary["not_private"])
        self._for_many = re.compile(rf"(?<!\w)(?:{vocabulary['for_many']})(?!\w)", re.IGNORECASE)
        self._numbered = re.compile(
            rf"(?<!\w)(?:{vocabulary['numbered']})\s(?P<house>(?:number|No\.?)\s?\d{{1,4}}[a-z]?)\b(?![\d’',]*\d)"
        )

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
            of = None if nobodys else self._owner.who_lives(view, lead, street.end)
            if of == ():
                of = self._owner.centre_near(view, lead)
            maybe_home = street.house and (street.sure or not street.house_is_name)
            if of is None and previous and _CHAIN.fullmatch(view.text, previous[0], lead):
                of = previous[1]
            if of is None and not public:
                of = (
                    self._owner.whose_house(view, lead)
                    if maybe_home
                    else self._owner.called_there(view, lead) or None
                )
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
        yield from self._on_sites(view, [(street.house_start, street.end) for street in streets])
        yield from self._houses_alone(view, streets, names)
        yield from self._house_numbers_alone(view, bool(homes))
        yield from self._postcodes(view, private)

    def _observation(self, entity: str, start: int, end: int, score: float, of: Ids) -> Observation:
        person = of[0] if len(of) == 1 else None
        return Observation(entity, start, end, score, self.name, person=person, facts={"of": of})

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

    def _on_sites(self, view: View, streets: list[Span]) -> Iterator[Observation]:
        """Numbered places on sites where somebody lives, and every mention of such a site."""
        sites: dict[str, Ids] = {}
        for site in self._sites.find(view, Places(view, self._town), streets):
            of = self._owner.who_lives(view, site.start, site.end)
            of = of or self._owner.children_there(view, site.start, site.end)
            if not of:
                continue
            if site.unit[0] < site.unit[1]:
                yield self._observation("HOME_ADDRESS", *site.unit, CUED, of)
            if site.on_street:
                continue
            name = view.text[slice(*site.name)]
            sites[name] = union(view, sites.get(name, ()), of)
        for name, of in sites.items():
            for match in re.finditer(rf"(?<![\w’'-]){re.escape(name)}(?![\w’'-])", view.text):
                yield self._observation("HOME_STREET", *match.span(), CUED, of)

    def _houses_alone(
        self, view: View, streets: list[Street], names: dict[str, Ids]
    ) -> Iterator[Observation]:
        """House names without a street where somebody is said to live there, and all their mentions."""
        taken = [(street.house_start, street.end) for street in streets if street.house]
        named_streets = {(street.start, street.end) for street in streets}  # "in Calder Rise"
        homes: list[tuple[Span, Ids]] = []
        for flat in self._streets.flats_alone(view.text):
            if not any(s < flat[1] and flat[0] < e for s, e in taken):
                of = self._owner.who_lives(view, *flat)
                homes.append((flat, self._owner.whose_house(view, flat[0]) if of is None else of))
                taken.append(flat)
        for match in self._streets.houses_in_places(view.text):
            of = self._owner.who_lives(view, *match.span("house"))
            if of and self._is_a_house(view, match):
                homes.append((match.span("house"), of))
        for match in self._streets.houses_alone(view.text):
            start, end = match.span("house")
            if any(s < end and start < e for s, e in taken):
                continue
            first = view.sentence(start)[0]
            left = view.text[max(first, start - _LEAD) : start]
            sure = match["sure"] or match["old"]
            if left.endswith((" in ", " on ", " off ")) and (start, end) in named_streets:
                continue
            if self._not_private.match(view.text, end) or self._is_for_many(view, match["house"]):
                continue
            neighbours = self._owner.next_door(view, start)
            if self._owner.is_family_home(view, end):
                family = self._owner.family_at(view, start)
                homes.append(((start, end), family))
                names[match["house"]] = union(view, names.get(match["house"], ()), family)
                continue
            if not (neighbours or self._owner.leads_home(left) or (sure and left.endswith(" of "))):
                continue
            of = self._owner.who_lives(view, start, end)
            if of is None and neighbours:
                of = ()
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

    def _is_for_many(self, view: View, name: str) -> bool:
        """Whether the copy calls a house of that name a home of many ("Beech View … its residents")."""
        return any(
            self._for_many.search(view.text, *view.sentence(match.start()))
            for match in re.finditer(rf"(?<![\w’'-]){re.escape(name)}(?![\w’'-])", view.text)
        )

    def _is_a_house(self, view: View, match: re.Match[str]) -> bool:
        """Whether a name before a place's is a house there: it is said once, and the copy speaks of the
        place elsewhere ("He lives at Cloneen, Rath. His father farms at Rath").
        """
        once = len(re.findall(rf"(?<!\w){re.escape(match['house'])}(?!\w)", view.text)) == 1
        places = Places(view, self._town)
        known = (
            places.is_town(match["house"])
            or places.is_town(match["place"])
            or places.is_county(match["place"])
        )
        there = re.search(rf"(?<!\w)(?:at|in|near|from|of) {re.escape(match['place'])}(?!\w)", view.text)
        return once and not known and there is not None

    def _house_numbers_alone(self, view: View, any_home: bool) -> Iterator[Observation]:
        """ "of number 28", "lives at No 12": where the copy has named the street already."""
        if any_home:
            for match in self._numbered.finditer(view.text):
                of = self._owner.who_lives(view, match.start("house"), match.end()) or ()
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
