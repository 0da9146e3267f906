"""Whose own a school, nursery, club or surgery is, from the words around each place that names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from recognizers.details.institution_names import Name
from recognizers.details.institution_story import InstitutionStory, on_duty
from recognizers.details.ownership import Ids, Ownership, ordered_ids, union
from recognizers.details.view import Reference, Span, View
from recognizers.model import Person

_LEAD = 140
_BACK = 500
_CHAIN = re.compile(r",?\s(?:and|then|before|and then|and later|or|but later)\s(?:later\s)?(?:the\s)?|,\s")
_LIST = re.compile(r"[\s,(]*(?:aged )?\d{0,3}[)\s,]*(?:and|&)?\s*")
_OBJECT = re.compile(r"\b(?:her|him|them)(?= at\b)")
_PRONOUN = re.compile(r"\b(?:she|he|they|her|his|their)\b", re.IGNORECASE)


class InstitutionOwner:
    """Reads the cues of `institution_cues.yaml` around the mentions of an institution."""

    def __init__(self, cues: dict[str, Any]) -> None:
        self._ownership = Ownership()
        gap = r"[\s,“\"‘'(:–-]*(?:(?:the|a|an|[a-z]+(?:-[a-z]+)?)\s){0,2}?"
        before = "|".join(f"(?:{cue})" for cue in cues["before"])
        self._before = re.compile(rf"(?<![\w-])(?P<cue>{before}){gap}$", re.IGNORECASE)
        self._weak = re.compile(rf"{cues['before_weak']}\s?(?:the\s)?$", re.IGNORECASE)
        self._behind = re.compile(rf"\s?(?P<cue>{'|'.join(cues['behind'])})", re.IGNORECASE)
        self._negated = re.compile(rf"(?<!\w){cues['negated']} $", re.IGNORECASE)
        self._where = re.compile(cues["where"], re.IGNORECASE)
        self._attends = re.compile(rf"\b(?:{cues['attends']})", re.IGNORECASE)
        self._possessive = re.compile(
            rf"(?:(?P<pronoun>\b(?:his|her|their))|[’']s?)\s(?:{cues['possessive_noun']})"
            r"[\s,“\"‘'(:–-]*(?:(?:is|was|the|at|called|named)\s)?$",
            re.IGNORECASE,
        )
        self._childs = re.compile(rf"\w+\s(?:{cues['childs_noun']})(?!\w)", re.IGNORECASE)
        self._grown_kin = frozenset(cues["grown_kin"])
        self._plural = re.compile(rf"(?<!\w){cues['plural']}\s*$", re.IGNORECASE)
        self._noun = re.compile(cues["pupil_like"], re.IGNORECASE)
        self._story = InstitutionStory(cues)
        self._staff_at = re.compile(
            rf"(?<!\w){cues['staff']},?\s(?:at|of|from|for)\s(?:the\s)?$", re.IGNORECASE
        )
        self._staff = re.compile(rf"(?<!\w){cues['staff']}(?!\w)", re.IGNORECASE)
        self._speaks = re.compile(rf"(?<!\w){cues['speaks']}(?!\w)")

    def of_all(
        self, view: View, kind: str, spans: tuple[Span, ...], names: list[Name], *, only: bool | None
    ) -> Ids:
        """Everybody whose own the institution is by any of its mentions, or by the story when no child is.

        `only` says that the copy names no other institution of its kind; None that the story is not to be
        asked, because the name is an ordinary one ("United").
        """
        found = union(view, *(self._of(view, span, names) for span in spans))
        found = union(view, found, ordered_ids(view, self._story.meant_by_group(view, found)))
        central = {person.id for person in self._story.central(view)}
        if only is None or any(
            p.id in found
            and (
                p.id in central
                or (p.named and (p.life_stage == "minor" or (p.life_stage == "unknown" and p.roles)))
            )
            for p in view.people.persons
        ):
            return found
        return union(view, found, ordered_ids(view, self._story.of_all(view, kind, spans, only=only)))

    def is_others(self, view: View, spans: tuple[Span, ...]) -> bool:
        """Whether every mention says that the institution is somebody else's or only where something was."""
        return all(self._story.is_elsewhere(view, span) for span in spans)

    def _is_grown(self, view: View, person: Person) -> bool:
        """Whether somebody is an adult, by what the copy calls them or by whose mother or uncle they are."""
        relation = (person.relation or "").casefold()
        return person.life_stage == "adult" or (person.life_stage != "minor" and relation in self._grown_kin)

    def _of(self, view: View, span: Span, names: list[Name]) -> Ids:
        start, end = span
        first, last = view.sentence(start)
        if _in_a_list(view, start, names):
            previous = max((n for n in names if n.end <= start), key=lambda n: n.end)
            start = previous.start
        if self._is_a_grown_ups(view, first, start) or self._story.is_rivals(view, span):
            return ()
        grown_up: Ids = ()
        for found in self._readings(view, first, last, start, end):
            persons = [p for p in found if not (on_duty(p) or self._is_staff(view, p))]
            if any(not self._is_grown(view, person) for person in persons):
                return ordered_ids(view, persons)
            grown_up = grown_up or ordered_ids(view, (p for p in persons if not _is_only_kin(p)))
        return grown_up

    def _is_a_grown_ups(self, view: View, first: int, start: int) -> bool:
        """Whether a grown-up relative is named right before the cue: "Jonny trains with"."""
        left = view.text[max(first, start - _LEAD) : start]
        cue = self._before.search(left)
        if cue is None:
            return False
        at = start - len(left) + cue.start("cue")
        named = view.between(first, at)
        if not named or not self._ownership.adjacent(view, named[-1], at):
            return False
        person = named[-1].person
        described = (named[-1].start, named[-1].end) in person.descriptions
        return not described and self._is_grown(view, person) and _is_only_kin(person)

    def _is_staff(self, view: View, person: Person) -> bool:
        """Whether the copy calls somebody who is no child by their work there ("a teaching assistant")."""
        return person.life_stage != "minor" and any(
            self._staff.search(view.text, start, end) for start, end in person.descriptions
        )

    def _readings(
        self, view: View, first: int, last: int, start: int, end: int
    ) -> Iterator[tuple[Person, ...]]:
        """What each wording around the name says of whose it is, the surest first."""
        left = view.text[max(first, start - _LEAD) : start]
        offset = start - len(left)
        possessive, before = self._possessive.search(left), self._before.search(left)
        at, pronoun = (offset + possessive.start(), bool(possessive["pronoun"])) if possessive else (0, False)
        owner = self._possessor(view, first, at, pronoun) if possessive else ()
        if not pronoun and not owner and self._staff_at.search(left):
            yield self._spoken_for(view, first, start, end)
            return
        yield owner
        if before and not self._plural.search(left[: before.start()]):
            cue = offset + before.start("cue"), offset + before.end("cue")
            yield self._attending(view, first, last, cue, end)
        yield self._all_of_them(view, first, offset, left)
        yield self._after_a_name(view, first, offset, left)
        yield self._named_behind(view, first, last, start, end)
        yield self._who_goes_there(view, first, last, start, end)
        yield self._spoken_for(view, first, start, end)

    def _possessor(self, view: View, first: int, at: int, pronoun: bool) -> tuple[Person, ...]:
        """ "her school," and "Ellie’s nursery,"."""
        if pronoun:
            found = self._ownership.pronoun_at(view, at)
            if found and all(p.life_stage == "adult" for p in found) and self._childs.match(view.text, at):
                return self._child_of(view, found[0], at) or self._child_of(view, None, at) or found
            return found
        references = view.between(first, at)
        return (references[-1].person,) if references and references[-1].end == at else ()

    def _rather_the_child(self, view: View, found: tuple[Person, ...], at: int) -> tuple[Person, ...]:
        """The child, where a pronoun seems to mean a grown-up relative of whom the paragraph does not speak:
        "Her mum, Ann, runs a café. [New paragraph] She swims for" goes on about the girl.
        """
        paragraph = view.paragraph(at)[0]
        if (
            not found
            or not all(self._is_grown(view, p) and _is_only_kin(p) for p in found)
            or any(r.person in found for r in view.between(paragraph, at))
        ):
            return found
        return self._child_of(view, found[0], at) or found

    def _child_of(self, view: View, person: Person | None, at: int) -> tuple[Person, ...]:
        """The child the copy is about and spoke of last before `at`, of the sex of a grown-up relative (of
        any where none is given): "his friends at" is said of the boy, though his dad was named last.
        """
        central = self._story.central(view)
        for reference in reversed(view.between(max(0, at - _BACK), at)):
            child = reference.person
            if (
                child in central
                and child.life_stage == "minor"
                and (person is None or child.gender in (person.gender, "unknown"))
            ):
                return (child,)
        return ()

    def _attending(self, view: View, first: int, last: int, told: Span, end: int) -> tuple[Person, ...]:
        """ "who attended", "a pupil at": the pupil, where somebody is called so; else whom the sentence
        speaks of before it, a child before a grown-up.
        """
        cue = told[0]
        called = [r for r in view.at(*told) if r.person.life_stage != "adult"]
        if called:
            found, adjacent = self._ownership.holder(view, first, called[-1].start)
            return (*(found if adjacent else ()), called[-1].person)
        taught = _OBJECT.search(view.text, *told)  # "who taught her at"
        if taught is not None:
            return self._ownership.pronoun_at(view, taught.start())
        found, adjacent = self._ownership.holder(view, first, cue)
        found = self._rather_the_child(view, found, cue)
        found = tuple(person for person in found if not on_duty(person))
        if found and (adjacent or any(person.life_stage != "adult" for person in found)):
            return found
        young = [r for r in view.between(first, cue) if r.person.life_stage != "adult"]
        if young:
            return (young[-1].person,)
        behind = view.between(end, last)
        if behind and behind[0].start - end <= 40 and not found:
            return self._listed(view, behind[0].start, last)
        if found:
            return found
        return (
            self._ownership.earlier_minor(view, first)
            if self._noun.search(view.text, *told) and not behind
            else ()
        )

    def _all_of_them(self, view: View, first: int, offset: int, left: str) -> tuple[Person, ...]:
        """ "Ellie and Sam, pupils at St Aidan’s": a plural counts only right behind the names."""
        plural = self._plural.search(left.removesuffix("the "))
        if plural is None:
            return ()
        found, adjacent = self._ownership.holder(view, first, offset + plural.start())
        return found if adjacent else ()

    def _after_a_name(self, view: View, first: int, offset: int, left: str) -> tuple[Person, ...]:
        """ "Ellie Marsh, 9, of St Aidan’s Primary"."""
        weak = self._weak.search(left)
        if weak is None:
            return ()
        references = view.between(first, offset + weak.start())
        if references and self._ownership.adjacent(view, references[-1], offset + weak.start()):
            return self._ownership.together(view, references[-1], first)
        return ()

    def _named_behind(self, view: View, first: int, last: int, start: int, end: int) -> tuple[Person, ...]:
        """ "St Aidan’s pupil Ellie Marsh", and "Ellie Marsh, a St Aidan’s pupil"."""
        behind = self._behind.match(view.text, end, last)
        if behind is None or self._negated.search(view.text, first, start):
            return ()
        named = self._listed(view, behind.end(), last)
        if named:
            return named
        if behind["cue"].casefold().endswith("s"):
            return ()
        found, adjacent = self._ownership.holder(view, first, start)
        return found if adjacent or any(p.life_stage != "adult" for p in found) else ()

    def _listed(self, view: View, begin: int, last: int) -> tuple[Person, ...]:
        """The persons of a list that begins right at `begin`."""
        persons: list[Person] = []
        for reference in sorted(view.between(begin, last), key=lambda r: (r.start, r.end)):
            gap = view.text[begin : reference.start] if reference.start >= begin else ""
            if len(gap) > 20 or not _LIST.fullmatch(gap):
                break
            persons.append(reference.person)
            begin = reference.end
        return tuple(persons)

    def _who_goes_there(self, view: View, first: int, last: int, start: int, end: int) -> tuple[Person, ...]:
        """ "St Aidan’s, where Ellie is a Year 3 pupil"."""
        where = self._where.match(view.text, end, last)
        attends = self._attends.search(view.text, where.end(), min(last, where.end() + 80)) if where else None
        if where is None or attends is None:
            return ()
        found, _ = self._ownership.holder(view, where.end(), attends.start())
        return found

    def _spoken_for(self, view: View, first: int, start: int, end: int) -> tuple[Person, ...]:
        """ "Jane Poole, head teacher at St Aidan’s, said Ellie was": the minors of the paragraph, else the
        child whom the copy is about.
        """
        near = view.text[max(first, start - 60) : start] + " " + view.text[end : end + 40]
        if not self._staff.search(near) or self._story.is_no_pupils(view):
            return ()
        paragraph_end = view.paragraph(end)[1]
        speaks = self._speaks.search(view.text, first, min(paragraph_end, end + 120))
        if speaks is None:
            return ()
        young = [r.person for r in _minors(view.between(first, min(paragraph_end, end + 500)))]
        if young:
            return tuple(young)
        pronoun = _PRONOUN.search(view.text, speaks.end(), min(paragraph_end, speaks.end() + 120))
        found = self._ownership.pronoun_at(view, pronoun.start()) if pronoun else ()
        found = tuple(person for person in found if person.life_stage == "minor")
        return found or self._story.central(view)


def _in_a_list(view: View, start: int, names: list[Name]) -> bool:
    """Whether the name follows another institution's in one breath ("attended X Primary and Y Academy")."""
    return any(name.end < start and _CHAIN.fullmatch(view.text, name.end, start) for name in names)


def _is_only_kin(person: Person) -> bool:
    """Whether somebody is protected only for whose relative they are: their own club points at no child."""
    return person.relative_of is not None and not (
        person.sex_offence_complainant or person.special_offence_victim or person.adult_now
    )


def _minors(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    return tuple(r for r in references if r.person.life_stage == "minor")
