"""Deciding about people: what rules may know of a person, and who is protected because somebody else is."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from recognizers.model import People, Person
from safeguard.policy.decisions import Decision
from safeguard.policy.facts import Facts, yes
from safeguard.policy.labels import label_people
from safeguard.policy.model import Policy
from safeguard.policy.net import said_outright
from safeguard.policy.ruling import decision_by, first_rule

_CENTRE = frozenset(("victim", "complainant", "witness", "accused", "convicted"))
_NONE = frozenset(("none",))
_PROTECTING = ("redact", "block")
_APOSTROPHES = str.maketrans("’‘ʼ‐‑", "'''--")

# Nobody can change a name that is not there; what points at the person is judged as if it were.
UNNAMED = Decision(
    action="keep",
    rule="not-named",
    title="Not named in the copy",
    because="The copy does not name this person, so there is no name to take out.",
)


@dataclass(frozen=True, slots=True)
class Ruled:
    """What became of every person of a copy.

    `protected` are the ids of those the policy takes out, or would take out if the copy gave their real name:
    unnamed people, people under a pseudonym and people an earlier run has labelled are among them.
    `relatives` maps an id to those it is related to, in either direction, in the order of the copy.
    `families` are the sets of children whom the copy makes brothers and sisters.
    """

    persons: Mapping[str, Person] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    protected: frozenset[str] = frozenset()
    relatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    public_figures: frozenset[str] = frozenset()
    families: tuple[frozenset[str], ...] = ()

    def redacted(self, person: str) -> bool:
        """Whether the person's name is taken out of the copy."""
        decision = self.decisions.get(person)
        return decision is not None and decision.action == "redact"

    def stays_named(self, person: str) -> bool:
        """Whether the copy names the person, by their real name, and still does afterwards."""
        who = self.persons.get(person)
        return (
            who is not None
            and who.named
            and not who.pseudonym
            and not who.labelled
            and not self.redacted(person)
        )


def rule_on_people(policy: Policy, people: People, desk: str | None = None) -> Ruled:
    """Decide about every person, over and over until nobody else is protected as a relative.

    `desk` is the desk that the copy comes from, when that is known.
    """
    persons = {person.id: person for person in people.persons}
    relatives = relatives_of(people.persons)
    figures = public_figures(policy.settings.public_figures, people.persons)
    protected = {person.id for person in people.persons if person.labelled}
    pending = list(persons)
    while pending:
        added = []
        for person_id in pending:
            if person_id in protected:
                continue
            kin = [persons[other] for other in relatives[person_id]]
            facts = _facts(persons[person_id], kin, protected, figures, desk, as_if_named=True)
            rule = first_rule(policy, "person", facts)
            if rule is not None and rule.do.action in _PROTECTING:
                protected.add(person_id)
                added.append(person_id)
        pending = list(dict.fromkeys(other for person_id in added for other in relatives[person_id]))
    asked = {
        person.id: _facts(
            person, [persons[other] for other in relatives[person.id]], protected, figures, desk
        )
        for person in people.persons
        if person.named
    }
    rules = {person_id: first_rule(policy, "person", facts) for person_id, facts in asked.items()}
    redacted = [p for p in people.persons if (rule := rules.get(p.id)) and rule.do.action == "redact"]
    labels = label_people(policy.settings.labels, people.persons, redacted, protected, relatives)
    decisions = {
        person.id: said_outright(
            decision_by(rules[person.id], policy, "person", asked[person.id], labels.get(person.id)),
            rules[person.id],
        )
        if person.named
        else UNNAMED
        for person in people.persons
    }
    return Ruled(persons, decisions, frozenset(protected), relatives, figures, people.families)


def waived(person: Person) -> bool:
    """Whether a waiver counts: only an adult can give one, for what happened to them as a child as well."""
    return person.waived and not is_child_now(person)


def is_child_now(person: Person) -> bool:
    """Under 18 today, as opposed to when it happened."""
    return person.life_stage == "minor" and not person.adult_now


def relatives_of(persons: Iterable[Person]) -> dict[str, tuple[str, ...]]:
    """Who is related to whom. Relations run in both directions, whichever one was told."""
    known = {person.id: person for person in persons}
    related: dict[str, dict[str, None]] = {person: {} for person in known}
    for person in known.values():
        other = person.relative_of
        if other is not None and other in known and other != person.id:
            related[person.id][other] = None
            related[other][person.id] = None
    return {person: tuple(others) for person, others in related.items()}


def public_figures(listed: Iterable[str], persons: Iterable[Person]) -> frozenset[str]:
    """Ids of the people who are on the list.

    A listed single name ("Adele") means only somebody the copy never gives a longer one: a child called
    Adele Marsh is somebody else.
    """
    wanted = {_fold(name) for name in listed}
    return frozenset(person.id for person in persons if wanted and _is_listed(person, wanted))


def _is_listed(person: Person, wanted: Collection[str]) -> bool:
    names = {_fold(name) for name in person.names}
    return any(name in wanted and (" " in name or all(" " not in other for other in names)) for name in names)


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).translate(_APOSTROPHES).casefold().split())


def _is_complainant(person: Person) -> bool:
    """Somebody with anonymity for life: sexual offences, trafficking, FGM and forced marriage (row P2)."""
    return person.sex_offence_complainant or person.special_offence_victim


def _at_the_centre(person: Person) -> bool:
    return bool(person.circumstances) or not _CENTRE.isdisjoint(person.roles)


def _facts(
    person: Person,
    kin: list[Person],
    protected: Collection[str],
    figures: Collection[str],
    desk: str | None,
    *,
    as_if_named: bool = False,
) -> Facts:
    """What rules may know of a person; `as_if_named` as if the copy gave their real name."""
    related = {"anyone"} if kin else {"nobody"}
    taken_out = [other for other in kin if other.id in protected]
    if taken_out:
        related.add("protected")
    if any(
        _is_complainant(other) or (other.life_stage == "minor" and _at_the_centre(other))
        for other in taken_out
    ):
        related.add("child-or-complainant")
    mourned = (other for other in kin if other.deceased and is_child_now(other))
    relabelled = person.labelled is not None and all(m.form == "label" for m in person.mentions)
    return {
        "life-stage": frozenset((person.life_stage,)),
        "adult-now": yes(person.adult_now),
        "role": frozenset(person.roles) or _NONE,
        "circumstance": frozenset(person.circumstances) or _NONE,
        "at-the-centre": yes(_at_the_centre(person)),
        "sex-offence-complainant": yes(_is_complainant(person)),
        "waived": yes(waived(person)),
        "deceased": yes(person.deceased),
        "relative-of": frozenset(related),
        "family-of-the-dead": yes(any(other.id not in protected for other in mourned)),
        "relation": frozenset((person.relation.casefold(),)) if person.relation else _NONE,
        "public-role": yes(person.public_role),
        "public-figure": yes(person.id in figures),
        "pseudonym": yes(person.pseudonym and not as_if_named),
        "own-childhood": yes(person.own_childhood and not is_child_now(person)),
        "missing-appeal": yes(person.missing_appeal),
        "already-labelled": yes(relabelled and not as_if_named),
        "desk": frozenset((desk.casefold(),)) if desk else _NONE,
    }
