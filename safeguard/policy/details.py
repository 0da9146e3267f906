"""Deciding about details: numbers, addresses, dates and institutions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from recognizers.model import Observation, Person, Support
from safeguard.policy.decisions import Decision
from safeguard.policy.facts import Facts, finds, yes
from safeguard.policy.labels import params
from safeguard.policy.model import Policy
from safeguard.policy.people import Ruled
from safeguard.policy.ruling import rule_on

_NOT_DIGIT = re.compile(r"\D")
_NUMBER = re.compile(r"[\d\s()+.\-]{3,}")
_ACCUSED = frozenset(("accused", "convicted"))


def is_detail(entity_type: str) -> bool:
    """Whether rules about details are asked about this entity type."""
    return entity_type in finds()["detail"].facts["entity"].values


def rule_on_detail(policy: Policy, observation: Observation, people: Ruled, support: Support) -> Decision:
    """Decide about one detail; whose it is comes from `people`, helplines from `support`."""
    kind = observation.facts.get("kind")
    label = policy.settings.labels.of_detail(observation.entity_type, str(kind or ""))
    facts = _facts(observation, policy, people, support)
    return rule_on(policy, "detail", facts, params(policy.settings.labels, label))


def owners(observation: Observation) -> tuple[str, ...]:
    """Ids of the persons whose detail it is."""
    said = observation.facts.get("of", ())
    ids = said if isinstance(said, tuple) else (str(said),)
    return tuple(dict.fromkeys((*ids, *filter(None, (observation.person,)))))


def _facts(observation: Observation, policy: Policy, people: Ruled, support: Support) -> Facts:
    said = observation.facts
    ids = owners(observation)
    known = [people.persons[i] for i in ids if i in people.persons]
    protected = any(p.id in people.protected and _by_behaviour(p, people) for p in known)
    facts = {
        "entity": frozenset((observation.entity_type,)),
        # An id that nobody has cannot be looked up, so the detail is taken for a protected person's.
        "of": _of(bool(ids), protected or len(known) < len(ids)),
        "newsroom": yes(_is_ours(str(said.get("value", "")), policy.settings.newsroom_contacts)),
        "convicted-parent-home": yes(not protected and any(_ACCUSED & person.roles for person in known)),
        "deceased-adult": yes(
            said.get("deceased_adult") is True
            or (bool(known) and all(p.deceased and p.life_stage == "adult" for p in known))
        ),
        "public-figure": yes(bool(known) and all(person.id in people.public_figures for person in known)),
    }
    if _stands_with_a_helpline(observation, support):
        facts["owner"] = frozenset(("helpline",))
    elif "owner" in said:
        facts["owner"] = frozenset((str(said["owner"]),))
    if "kind" in said:
        facts["kind"] = frozenset((str(said["kind"]),))
    if isinstance(said.get("private"), bool):
        facts["private"] = yes(bool(said["private"]))
    return facts


def _by_behaviour(person: Person, people: Ruled) -> bool:
    """Whether a person is protected (behaviour: P1 to P3) and not only made nameless by a strict policy."""
    kin = people.persons.get(person.relative_of or "")
    return any(
        p.life_stage == "minor" or p.sex_offence_complainant or p.special_offence_victim or p.labelled
        for p in (person, kin)
        if p is not None
    )


def _of(anyone: bool, protected: bool) -> frozenset[str]:
    if not anyone:
        return frozenset(("nobody",))
    return frozenset(("anyone", "protected")) if protected else frozenset(("anyone",))


def _stands_with_a_helpline(observation: Observation, support: Support) -> bool:
    """A helpline's number, right or wrong, is judged by the registry, never taken out as somebody's own."""
    spans = [(start, end) for _, start, end in support.mentions]
    spans += [(problem.start, problem.end) for problem in support.problems]
    return any(start < observation.end and observation.start < end for start, end in spans)


def _is_ours(value: str, contacts: Iterable[str]) -> bool:
    """Whether a contact point is the publisher's: a listed address, domain, handle or number."""
    folded = value.casefold().removeprefix("@")
    if not folded:
        return False
    digits = _international(folded)
    for contact in contacts:
        listed = contact.casefold().strip()
        if _NUMBER.fullmatch(listed):
            if digits and digits == _international(listed):
                return True
            continue
        listed = listed.removeprefix("@").removeprefix("https://").removeprefix("www.").rstrip("/")
        if folded == listed:
            return True
        if (
            "." in listed
            and "@" not in listed
            and folded.split("/")[0].endswith((f"@{listed}", f".{listed}"))
        ):
            return True
    return False


def _international(number: str) -> str:
    """The digits of a British number with 44 before them; "" for what is no number."""
    if not _NUMBER.fullmatch(number):
        return ""
    digits = _NOT_DIGIT.sub("", number.replace("(0)", "")).removeprefix("00")
    return "44" + digits[1:] if digits.startswith("0") else digits
