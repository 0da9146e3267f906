"""Whose home an address is, from the words before and behind it."""

from __future__ import annotations

import re
from typing import Any

from recognizers.details.ownership import Ids, Ownership, ordered_ids, union
from recognizers.details.view import Reference, View
from recognizers.model import Person

_LEAD, _AFTER, _STORY = 160, 60, 500
_COURT_STYLE = re.compile(
    r"[\s,]*(?:\(?(?:aged )?\d{1,3}\)?(?:[\s,]+(?:and|both|all))?)?[\s,]*(?:a [a-z -]{3,40},)?"
    r"\s*(?:both |all |and |who is |formerly |lately |now |previously |then )*"
    r"(?P<of>of|from|c/o|care of)?[\s,]*(?:the )?$"
)
_WITH = re.compile(r"(?:,\s[A-Z]\w+){0,2},?\swith\s")
_PRONOUN = re.compile(r"\b(?:she|he|him|her|his|they|them|their)\b", re.IGNORECASE)
_BLAMED = frozenset(("accused", "convicted"))
_IN_A_CASE = _BLAMED | {"victim", "complainant", "witness"}


class AddressOwner:
    """Reads the cues of `address.yaml` around an address."""

    def __init__(self, vocabulary: dict[str, Any]) -> None:
        self._ownership = Ownership()
        tail = r"\s*(?:the\s)?$"
        self._lives = re.compile(rf"(?<!\w)(?:{vocabulary['lives']}){tail}", re.IGNORECASE)
        self._home = re.compile(rf"(?<!\w)(?:{vocabulary['home_of']}){tail}", re.IGNORECASE)
        self._called = re.compile(rf"(?<!\w)(?:{vocabulary['called_to']}){tail}", re.IGNORECASE)
        self._a_home = re.compile(rf"(?<!\w)(?:{vocabulary['a_home']})(?!\w)", re.IGNORECASE)
        self._indefinite = re.compile(rf"(?<!\w)(?:{vocabulary['indefinite']}){tail}", re.IGNORECASE)
        self._family_of = re.compile(rf"(?<!\w)(?:{vocabulary['family_of']})\s$", re.IGNORECASE)
        self._where_lived = re.compile(rf",?\s(?:{vocabulary['where_lived']})(?!\w)", re.IGNORECASE)
        self._family = re.compile(rf"(?<!\w)(?:{vocabulary['family']})\s*$", re.IGNORECASE)
        self._family_before = re.compile(rf"(?<!\w)(?:{vocabulary['family_lives']})\s*$", re.IGNORECASE)
        self._next_door = re.compile(rf"(?<!\w)(?:{vocabulary['next_door']})(?!\w)", re.IGNORECASE)
        self._a_house = re.compile(rf"\s(?:{vocabulary['house_behind']})(?!\w)", re.IGNORECASE)
        self._only_near = re.compile(rf"(?<!\w)(?:{vocabulary['only_near']})\s(?:the\s)?$", re.IGNORECASE)
        self._family_home_is = re.compile(rf",? {vocabulary['family_home']}(?!\w)")
        self._resident = re.compile(rf"(?<!\w)(?:{vocabulary['resident']}){tail}", re.IGNORECASE)
        self._shared = re.compile(rf"(?<!\w)(?:{vocabulary['shared']})", re.IGNORECASE)
        self._with_family = re.compile(rf"(?<!\w)(?:{vocabulary['with_family']})(?!\w)", re.IGNORECASE)
        self._at_a_house = re.compile(rf"(?<!\w)(?:{vocabulary['at_a_house']})", re.IGNORECASE)
        self._not_at_home = re.compile(rf"(?<!\w)(?:{vocabulary['not_at_home']})(?!\w)", re.IGNORECASE)
        self._from_a_house = re.compile(rf"(?<!\w)(?:{vocabulary['from_a_house']}){tail}", re.IGNORECASE)
        self._family_there = re.compile(vocabulary["family_there"], re.IGNORECASE)
        self._living_together = frozenset(vocabulary["living_together"])
        self._family_home = re.compile(r"\bfamily\b", re.IGNORECASE)

    def leads_home(self, left: str) -> bool:
        """Whether the words that `left` ends in lead up to somebody's home."""
        return bool(self._lives.search(left) or self._home.search(left))

    def who_lives(self, view: View, lead: int, end: int) -> Ids | None:
        """Who lives at the address from `lead` to `end`; None when no words say that anybody does.

        Where a neighbour lives, the children whom the copy is about live as well.
        """
        found = self._said_to_live(view, lead, end)
        first, last = view.sentence(lead)
        if found is not None and self._next_door.search(view.text, first, last):
            return union(view, found, ordered_ids(view, _at_the_centre(view)))
        if found is None and self._a_house.match(view.text, end):
            found = self.children_there(view, lead, end) or None
        return found

    def _said_to_live(self, view: View, lead: int, end: int) -> Ids | None:
        first, last = view.sentence(lead)
        left = view.text[max(first, lead - _LEAD) : lead]
        offset = lead - len(left)
        lives = self._lives.search(left)
        if lives:
            found, _ = self._ownership.holder(view, first, offset + lives.start())
            others = (*view.between(offset + lives.start(), lead), *self._with_them(view, end, last))
            if self._family_there.search(lives[0]):
                family = self._family_ids(view, lead)
                return union(view, ordered_ids(view, found), family)
            if not (found or others) and self._family_before.search(left[: lives.start()]):
                return self._family_ids(view, lead)
            ids = ordered_ids(view, (*self._household(view, found), *(r.person for r in others)))
            shares = self._with_family.search(lives[0])
            return union(view, ids, self._family_ids(view, lead)) if shares else ids
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
        if self._shared.search(words_of_home):
            return self._family_ids(view, at)
        if self._indefinite.search(whole) is None:
            return ()
        last = view.sentence(at)[1]
        spoken = [r.person for r in view.between(first, last)]
        minors = ordered_ids(view, (person for person in spoken if person.life_stage == "minor"))
        if minors or self._not_at_home.search(view.text, first, last):
            return minors
        # "Police broke down the door of the house in Mill Lane": that of the children spoken of just before.
        if any(p.life_stage != "minor" and p.roles & _BLAMED for p in spoken):
            return ()
        just_before = {r.person.id for r in view.between(max(0, first - _STORY // 2), first)}
        told = ordered_ids(view, (p for p in _at_the_centre(view) if p.id in just_before))
        if told or self._called.search(whole) is None:
            return told
        # "She was let in to the flat in Heol Dewi. [Next sentence] The little girl who answered the door".
        just_behind = {r.person.id for r in view.between(last, min(len(view.text), last + _STORY // 2))}
        return ordered_ids(view, (p for p in _at_the_centre(view) if p.id in just_behind))

    def _family_ids(self, view: View, at: int) -> Ids:
        """ "The family": the last person spoken of who has relatives in the copy, else all its minors."""
        for reference in reversed(view.between(max(0, at - 700), at)):
            family = self._ownership.family(view, reference.person)
            if len(family) > 1 and any(person.life_stage == "minor" for person in family):
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

    def whose_house(self, view: View, lead: int) -> Ids:
        """Whose a numbered house is that no words give anybody: of the person right before it, else the
        children's to whose home the copy says help was called, or who are in it by the same sentence; else
        nobody's that is known.
        """
        first = view.sentence(lead)[0]
        references = view.between(first, lead)
        if references and self._ownership.adjacent(view, references[-1], lead):
            return (references[-1].person.id,)
        signed = self._signed(view, lead)
        if signed:
            return ordered_ids(view, self._household(view, signed))
        left = view.text[max(first, lead - _LEAD) : lead]
        begin = max(0, lead - _STORY)
        if not self._called.search(left) or self._a_home.search(view.text, begin, lead) is None:
            if self._only_near.search(left):
                return ()
            return self.children_there(view, lead, lead)
        return ordered_ids(
            view, (r.person for r in view.between(begin, lead) if r.person.life_stage == "minor")
        )

    @staticmethod
    def _signed(view: View, lead: int) -> tuple[Person, ...]:
        """Who signed a letter in the line above their address."""
        begin = view.paragraph(lead)[0]
        if begin != lead or begin < 2:
            return ()
        above, end = view.paragraph(begin - 1)
        return tuple(
            r.person
            for r in view.between(above, end)
            if view.text[above:end].endswith(view.text[r.start : r.end])
        )

    def called_there(self, view: View, lead: int) -> Ids:
        """The children the copy is about, where help was called to a street and the copy has just said that
        it happened at a house ("attacked at a house in Rotherham. Police were called to Larkspur Drive").
        """
        first, last = view.sentence(lead)
        left = view.text[max(first, lead - _LEAD) : lead]
        if self._called.search(left) is None:
            return ()
        begin = max(0, first - _STORY // 2)
        if self._not_at_home.search(view.text, begin, last):
            return ()
        if self._at_a_house.search(view.text, begin, min(view.paragraph(lead)[1], last + _LEAD)) is None:
            return ()
        spoken = {reference.person.id for reference in view.between(begin, last + _STORY // 2)}
        return ordered_ids(view, (p for p in _at_the_centre(view) if p.id in spoken))

    def centre_near(self, view: View, at: int) -> Ids:
        """Whose a home is that the copy gives to nobody ("a search of the house in Mill Lane"): the
        children's whom the copy is about and speaks of near it, unless somebody speaks openly in it.
        """
        here = [r.person for r in view.between(*view.sentence(at))]
        if any(p.waived for p in view.people.persons) or any(
            p.life_stage != "minor" and p.roles & _BLAMED for p in here
        ):
            return ()
        spoken = {r.person.id for r in view.between(max(0, at - _STORY), at + _STORY)}
        return ordered_ids(view, (p for p in _at_the_centre(view) if p.id in spoken))

    def is_family_home(self, view: View, end: int) -> bool:
        """Whether the words behind a house's name call it the home of the family."""
        return self._family_home_is.match(view.text, end, view.sentence(end)[1]) is not None

    def family_at(self, view: View, at: int) -> Ids:
        """Who the family are whose home it is: of the person spoken of last, else all minors of the copy."""
        return self._family_ids(view, at)

    def next_door(self, view: View, start: int) -> bool:
        """Whether a house is a neighbour's: "the dog came from Mill Cottage, two doors down"."""
        first, last = view.sentence(start)
        left = view.text[max(first, start - _LEAD) : start]
        if self._resident.search(left):
            return True
        return bool(self._from_a_house.search(left) and self._next_door.search(view.text, first, last))

    def children_there(self, view: View, start: int, end: int) -> Ids:
        """The children whom the copy is about and of whom the sentence around an address speaks."""
        first, last = view.sentence(start)
        central = _at_the_centre(view)
        spoken = [r.person for r in (*view.between(first, start), *view.between(end, last))]
        if not central or any(p.life_stage != "minor" and p.roles & _BLAMED for p in spoken):
            return ()
        for pronoun in _PRONOUN.finditer(view.text, first, last):
            spoken += self._ownership.pronoun_at(view, pronoun.start())
        at_home = self._household(view, tuple(spoken))  # "Her mother opened the door of 14 Mill Lane"
        return ordered_ids(view, (person for person in central if person in at_home))


def _at_the_centre(view: View) -> tuple[Person, ...]:
    """The minors to whom something happened, or who stand in a case."""
    return tuple(
        p
        for p in view.people.persons
        if p.life_stage == "minor" and (p.circumstances or p.roles & _IN_A_CASE)
    )
