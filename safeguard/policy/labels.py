"""The labels that stand in place of names: numbered by first appearance, one person one label."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from recognizers.model import Person
from safeguard.policy.settings import Labels

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCUSED = frozenset(("accused", "convicted"))


def label_people(
    labels: Labels,
    persons: Sequence[Person],
    redacted: Sequence[Person],
    protected: Collection[str],
    relatives: Mapping[str, tuple[str, ...]],
) -> dict[str, dict[str, str]]:
    """The operator parameters `label` (without brackets) and `template` (the brackets) of everybody redacted.

    Somebody labelled by an earlier run keeps that label, and its letter is not given to anybody else.
    """
    return _Labeller(labels, persons, redacted, protected, relatives).all()


def params(labels: Labels, label: str) -> dict[str, str]:
    """What the operator `label` is given."""
    return {"label": label, "template": labels.brackets}


def letters() -> Iterator[str]:
    """A, B, … Z, AA, AB, … without end."""
    length = 1
    while True:
        for number in range(26**length):
            yield "".join(_ALPHABET[number // 26**place % 26] for place in reversed(range(length)))
        length += 1


class _Labeller:
    def __init__(
        self,
        labels: Labels,
        persons: Sequence[Person],
        redacted: Sequence[Person],
        protected: Collection[str],
        relatives: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._labels = labels
        self._persons = {person.id: person for person in persons}
        self._redacted = sorted(redacted, key=lambda p: (min(m.start for m in p.mentions), p.id))
        self._protected = protected
        self._relatives = relatives
        self._given = {p.id: self._bare(p.labelled) for p in persons if p.labelled}

    def all(self) -> dict[str, dict[str, str]]:
        relatives = []
        for kind in ("child", "complainant", "person"):
            template = getattr(self._labels, kind)
            free = self._free(template)
            for person in self._redacted:
                if person.id in self._given or self._kind(person) != kind:
                    continue
                if kind == "person" and self._is_relative(person):
                    relatives.append(person)
                    continue
                self._given[person.id] = template.format(letter=next(free))
        for person in relatives:
            self._given[person.id] = self._of_relative(person)
        return {person.id: params(self._labels, self._given[person.id]) for person in self._redacted}

    def _kind(self, person: Person) -> str:
        if person.life_stage == "minor" and not person.adult_now:
            return "child"
        if person.sex_offence_complainant or person.special_offence_victim:
            return "complainant"
        return "person"

    def _is_relative(self, person: Person) -> bool:
        # A label that tells how an accused is related would say what naming neither of them hides.
        return _ACCUSED.isdisjoint(person.roles) and self._nearest(person) is not None

    def _of_relative(self, person: Person) -> str:
        nearest = self._nearest(person)
        if nearest is None:  # pragma: no cover - only relatives come here
            return self._labels.detail
        label = self._given.get(nearest.id)
        if label is not None:
            return self._labels.relative.format(label=label)
        child = self._kind(nearest) == "child"
        return self._labels.relative_of_child if child else self._labels.relative_of_complainant

    def _nearest(self, person: Person) -> Person | None:
        """The child or complainant that the person is protected for, over as few relatives as possible."""
        seen, ring = {person.id}, [person.id]
        while ring:
            ring = [o for p in ring for o in self._relatives[p] if o in self._protected and o not in seen]
            seen.update(ring)
            centres = [self._persons[other] for other in dict.fromkeys(ring)]
            centres = [c for c in centres if self._kind(c) != "person" or c.labelled]
            if centres:
                return min(centres, key=lambda c: c.id not in self._given)
        return None

    def _free(self, template: str) -> Iterator[str]:
        pattern = re.compile(re.escape(template).replace(r"\{letter\}", "([A-Z]+)"))
        taken = {m[1] for label in self._given.values() if (m := pattern.fullmatch(label))}
        return (letter for letter in letters() if letter not in taken)

    def _bare(self, label: str) -> str:
        before, _, after = self._labels.brackets.partition("{label}")
        return label.removeprefix(before).removesuffix(after)
