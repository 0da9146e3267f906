"""Finding institutions whose name says nothing of what they are: "a teacher at Raith Braes".

The words beside such a name give it away, once; `institution_forms.py` finds its other mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from recognizers.details.institution_names import Name
from recognizers.details.ownership import words
from recognizers.details.places import Places
from recognizers.details.scan import starts_of
from recognizers.details.view import View
from recognizers.model import Person

_CAPITAL = r"[A-ZÀ-Þ][\w’'-]*"
# Welsh, Irish and Gaelic small words, and capitals behind a changed sound ("Tír na nÓg").
_INSIDE = r"(?:(?:of(?: the)?|y|yr|na|nan|an|le) )?(?:[bdghmnt]-?)?[A-ZÀ-Þ][\w’'-]*"
_SAINT = (
    rf"(?:(?:St\.?|Saint|SS) {_CAPITAL}(?: (?:and|&) (?:St\.? )?{_CAPITAL})?|Sacred Heart|Corpus Christi"
    rf"|Our Lady(?: of (?:the )?{_CAPITAL})?|Holy (?:Cross|Trinity|Family|Rood|Name|Child)|All Saints[’']?)"
)
_ORDINAL = r"\d{1,3}(?:st|nd|rd|th) "
_NAME = rf"(?P<name>{_SAINT}|(?:{_ORDINAL})?{_CAPITAL}(?: {_INSIDE}){{0,3}})"
_BEFORE_CUE = re.compile(rf"(?<![\w’'-]){_NAME}(?:[’']s?|,)? $")
_BEFORE_TOWN = re.compile(rf"(?<![\w’'-]){_NAME}, $")
_ONE_WORD = re.compile(rf"(?<![\w’'-])(?:the|at|to|from|of|The) (?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,2}}) $")
_NUMBERED = re.compile(r"\d(?:st|nd|rd|th) [A-ZÀ-Þ]")
_FOR = re.compile(r"[A-ZÀ-Þ][\w’'-]* for $")
_THE = re.compile(r"\b[Tt]he $")
_AT = re.compile(r"\bat\s(?:the\s)?$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])$")
_WEAK_CUE = re.compile(r"\b(?:from|in|of)\s(?:the\s)?$")
# What may lead to a person's name as well as to an institution's.
_WITH = re.compile(r"\b(?:with|by|from|of)\s(?:the\s)?$")
_SAINTS = ("St ", "St.", "Saint ", "SS ", "Sacred ", "Corpus ", "Our Lady", "Holy ", "All Saints")
_ROLE_AT = re.compile(r"(?:[A-Za-z-]+ ){1,3}(?:at|of|for|with|from) (?:the )?[A-ZÀ-Þ]")
_REACH = 70


class UntypedNames:
    """Reads the cues of `institution_untyped.yaml`."""

    def __init__(
        self, cues: dict[str, Any], vocabulary: dict[str, Any], saint_behind: str, street_types: list[str]
    ) -> None:
        self._stops = frozenset(vocabulary["not_names"])
        self._not_followed = re.compile(rf"\s(?:{words(vocabulary['not_followed'])})\b")
        self._before = [
            (kind, re.compile(rf"(?i:{cue})\s(?:the\s)?{_NAME}"), group)
            for group in ("sure", "told", "ordinary")
            for kind, entries in cues[group].items()
            for cue in ([entries] if isinstance(entries, str) else entries)
        ]
        self._sure = [entry for entry in self._before if entry[2] == "sure"]
        self._openers = tuple(sorted(cues["openers"]))
        self._behind = [
            (kind, re.compile(rf"(?:{cue})(?!\w)", re.IGNORECASE))
            for kind, entries in cues["behind"].items()
            for cue in entries
        ]
        self._behind_openers = tuple(sorted(cues["behind_openers"]))
        self._lower = {
            kind: (tuple(entries), re.compile(words(entries))) for kind, entries in cues["lower_case"].items()
        }
        told = cues["contextual"]
        self._contextual = tuple(told["before"])
        self._venue = re.compile(rf"\b(?:{words(told['venues'])})$")
        self._generic = frozenset(vocabulary["generic"])
        self._of_streets = frozenset(told["not_of_streets"])
        self._context = {
            kind: re.compile(rf"(?<![\w-])(?:{entry})(?![\w-])", re.IGNORECASE)
            for kind, entry in told["words"].items()
        }
        self._other_thing = re.compile(
            rf"\b(?:{words(told['not_a_name'])})(?!\w)|\b(?:{words(told['not_last'])})$"
        )
        self._after_word = re.compile(rf"(?i:{words(told['before'])}) (?:the )?{_NAME}(?! [A-ZÀ-Þ])")
        self._street = re.compile(rf"(?:{words(street_types)})$")
        unit = cues["numbered"]
        self._units = re.compile(rf"(?<![\w-])(?:{unit['words']})(?![\w-])", re.IGNORECASE)
        self._unit = re.compile(rf"(?<!\w)(?P<name>{_ORDINAL}{_CAPITAL}(?: {_CAPITAL}){{0,2}})")
        self._no_unit = frozenset(unit["numbered_not"])
        self._house = re.compile(rf"(?:[’']s?)?,? (?:{cues['house_behind']})(?!\w)")
        self._squadron = re.compile(rf"(?<![\w-])(?P<name>{unit['squadron']})(?!\w)")
        scene = cues["scene"]
        self._reach = int(scene["reach"])
        self._scene = {
            kind: re.compile(rf"(?<![\w-])(?:{entry})(?![\w-])", re.IGNORECASE)
            for kind, entry in scene["nouns"].items()
        }
        self._named = re.compile(rf"(?<![\w-])(?P<lead>(?i:{scene['named']}) (?:the )?){_NAME}(?! [A-ZÀ-Þ])")
        self._named_behind = re.compile(
            rf"(?<![\w’'-])(?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,2}}?)(?= ?{scene['named_behind']})"
        )
        self._not_lower = re.compile(rf"\s{cues['lower_case_not_followed']}")
        self._saintly = re.compile(rf"(?<!\w)(?P<name>{_SAINT}) (?:{saint_behind})(?!\w)")
        self._not = re.compile(rf"\b(?:{words(cues['not_a_name'])})(?!\w)")
        self._followed = re.compile(rf"\s(?:{words(cues['followed'])})")

    def find(self, view: View, places: Places) -> Iterator[Name]:
        """Every name that the words beside it make an institution's; they may overlap."""
        childs = any(_may_be_protected(person) for person in view.people.persons)
        for at in starts_of(self._openers, view.text):
            for kind, pattern, group in self._before if childs else self._sure:
                match = pattern.match(view.text, at)
                if match is not None:
                    left = view.text[at : match.start("name")]
                    at_it = left.casefold().rstrip().removesuffix(" the").endswith(" at")
                    town = not at_it and places.is_town(_bare(match["name"]))
                    if places.is_county(_bare(match["name"])):
                        continue
                    if kind == "club" and self._venue.search(_bare(match["name"])):
                        continue
                    # "Played bass in the Dorcan Big Band": no place has an article.
                    place = not left.casefold().endswith(" the ") and places.is_place(_bare(match["name"]))
                    if group != "told" or not (town or place):
                        yield from self._name(view, match, kind, group, left)
        if any(saint in view.text for saint in _SAINTS):
            for match in self._saintly.finditer(view.text):
                yield from self._name(view, match, "school", "sure")
        if not childs:
            return  # All that follows is marked only where it is a protected person's own.
        for at in starts_of(self._behind_openers, view.text):
            for kind, pattern in self._behind:
                if pattern.match(view.text, at):
                    named = _BEFORE_CUE.search(view.text, max(0, at - _REACH), at)
                    before = named and _BEFORE_TOWN.search(view.text, max(0, at - _REACH), named.start())
                    if before and view.text.startswith("where", at):
                        named = before  # "St Malachy's, Castlewellan, where he is"
                    if named is not None and _is_role_of(view, named, at):
                        continue  # "Joan Threlfall, Akela at St Oswald's Cubs"
                    if named is not None and not _is_place(places, named["name"]):
                        # "Sean Dolans secretary": behind a person's name stands a comma or an 's.
                        plain = view.text[named.end("name") : at] == " " or view.text.startswith("where", at)
                        yield from self._name(view, named, kind, "told", "" if plain else " with ")
        yield from self._by_context(view, places)
        yield from self._by_scene(view, places)
        if self._units.search(view.text):
            for match in self._squadron.finditer(view.text):
                yield from self._name(view, match, "club", "told", " at ")
        if _NUMBERED.search(view.text) and self._units.search(view.text):
            for match in self._unit.finditer(view.text):
                if self._no_unit.isdisjoint(match["name"].split()):
                    yield from self._name(view, match, "club", "told")
        for kind, (types, pattern) in self._lower.items():
            for at in starts_of(types, view.text):
                told = pattern.match(view.text, at)
                named = _ONE_WORD.search(view.text, max(0, at - _REACH), at)
                if told is None or named is None or self._not_lower.match(view.text, told.end()):
                    continue
                if not _is_place(places, named["name"]):
                    yield from self._name(view, named, kind, "told")

    def _by_context(self, view: View, places: Places) -> Iterator[Name]:
        """Names behind "at", "left" and the like in sentences about the life of a child."""
        for at in starts_of(self._contextual, view.text):
            match = self._after_word.match(view.text, at)
            if match is None:
                continue
            if _FOR.search(view.text, max(0, at - 30), at + 4):
                continue  # "Hospital for Sick Children"
            name, lead = match["name"], view.text[at : match.start("name")].split()[0].casefold()
            street = self._street.search(name) is not None and lead not in self._of_streets
            if (
                " " not in self._without_stops(name)
                or street
                or self._other_thing.search(name)
                or _is_place(places, name)
            ):
                continue
            first, last = view.sentence(at)
            sentence = view.text[first : match.start("name")] + view.text[match.end("name") : last]
            kind = next((kind for kind, told in self._context.items() if told.search(sentence)), None)
            if kind is not None and not (kind == "club" and self._venue.search(name)):
                yield from self._name(view, match, kind, "told", view.text[at : match.start("name")])

    def _without_stops(self, name: str) -> str:
        """The name without words in front that no name begins with ("April Rose-Hargreaves")."""
        parts = name.split()
        while parts and parts[0] in self._stops:
            del parts[0]
        return " ".join(parts)

    def _by_scene(self, view: View, places: Places) -> Iterator[Name]:
        """What is named where the copy has said what it is: "collapsed at her nursery … at Hopscotch"."""
        for kind, nouns in self._scene.items():
            noun = nouns.search(view.text)
            floor = 0
            while noun is not None:
                end = min(len(view.text), noun.end() + self._reach)
                for match in self._named.finditer(view.text, max(floor, noun.end()), end):
                    name = _bare(match["name"])
                    if not (
                        self._other_thing.search(name)
                        or self._venue.search(name)
                        or self._street.search(name)
                        or _is_place(places, name)
                    ):
                        yield from self._name(view, match, kind, "told", match["lead"])
                for match in self._named_behind.finditer(view.text, max(floor, noun.end()), end):
                    if not (self._other_thing.search(match["name"]) or _is_place(places, match["name"])):
                        yield from self._name(view, match, kind, "told")
                floor = end
                noun = nouns.search(view.text, end)

    def _name(
        self, view: View, match: re.Match[str], kind: str, group: str, left: str = " with "
    ) -> Iterator[Name]:
        """The name that a cue matched, unless it is a person's, a place's or another thing's.

        `left` is the cue where it stands before the name.
        """
        start, end = match.span("name")
        saintly = re.match(_SAINT, match["name"]) is not None
        while group != "sure" and not saintly:
            first, gap, rest = view.text[start:end].partition(" ")
            if (first not in self._stops and not first.islower()) or not gap:
                break
            start = end - len(rest)
        if not saintly:
            end = start + len(_POSSESSIVE.sub("", view.text[start:end]))
        core = tuple(view.text[start:end].split())
        if not core or core[0] in self._stops or self._not.search(view.text[start:end]):
            return
        if all(word.casefold() in self._generic for word in core):
            return
        if group == "sure" and not saintly and _WEAK_CUE.search(left):
            return
        sexed = _WITH.search(left) is not None
        several = len(core) > 1
        if _AT.search(left) or (several and _THE.search(view.text, max(0, start - 5), start)):
            # Nobody is a pupil at a person, only at the house of one.
            if self._house.match(view.text, end):
                return
        elif view.is_somebody(start, end, doubtful=group == "sure", sexed=sexed):
            return
        if self._not_followed.match(view.text, end):
            return
        if self._followed.match(view.text, end):
            return
        yield Name(start, end, kind, core, weak=group != "sure", ordinary=group == "ordinary", untyped=True)


def _may_be_protected(person: Person) -> bool:
    """Whether somebody is a minor, kept from the public at any age, or of unknown age with a part in it."""
    return (
        person.life_stage == "minor"
        or person.sex_offence_complainant
        or person.special_offence_victim
        or (person.life_stage == "unknown" and bool(person.roles))
    )


def _is_role_of(view: View, named: re.Match[str], at: int) -> bool:
    """Whether what stands behind a comma is somebody's work at a place named next."""
    return view.text[named.end("name") : at] == ", " and _ROLE_AT.match(view.text, at) is not None


def _is_place(places: Places, name: str) -> bool:
    """Whether the copy, or the list of towns, makes the name a place's."""
    bare = _bare(name)
    return places.is_town(bare) or places.is_place(bare)


def _bare(name: str) -> str:
    return _POSSESSIVE.sub("", name)
