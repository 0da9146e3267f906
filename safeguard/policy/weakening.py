"""Where a policy protects less than the one it extends: told by `policy lint`, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recognizers.vocabulary import load_lines, load_vocabulary
from safeguard.policy.model import Do, Policy, PolicyFile, Rule
from safeguard.policy.problems import Problem
from safeguard.policy.source import Source

_STRENGTH = {"keep": 0, "warn": 1, "review": 2, "redact": 3, "protect": 4, "block": 4}
_PROTECTS = 1
# Facts of which several values hold at once: a victim may be accused as well.
_SEVERAL = frozenset(("role", "circumstance", "relative-of", "of", "restriction"))
# Whoever one of these is asked of is at the centre of the copy.
_CENTRAL = frozenset(("deceased", "missing-appeal", "sex-offence-complainant", "waived"))


def weakened(own: PolicyFile, source: Source, below: Policy) -> Iterator[Problem]:
    """A warning for each protection of `below` that the file lowers, narrows, switches off or precedes."""
    for index, rule in enumerate(own.rules):
        at = ("rules", index)
        base = below.rule(rule.id)
        if base is not None and base.status == "live" and _strength(base.do) >= _PROTECTS:
            said = _weaker(rule, base)
            if said:
                yield source.problem((*at, "id"), f'Rule "{rule.id}" {said}', _MEANT)
        if rule.status == "live":
            passed = [r for r in _asked_after(rule, below) if _goes_before(rule, r)]
            if base is not None and base.status == "live":
                passed = [r for r in passed if not _may_decide(base, r)]
            if passed:
                names = ", ".join(r.id for r in passed)
                sentence = f'Rule "{rule.id}" is asked before these and protects less: {names}.'
                strongest = max(passed, key=lambda other: _strength(other.do)).id
                more = f"What one of them does: safeguard policy explain {below.id} --rule {strongest}"
                yield source.problem((*at, "id"), sentence, f"{_MEANT} {more}")
    yield from _settings(own, source, below)


def _asked_after(rule: Rule, below: Policy) -> tuple[Rule, ...]:
    """The live rules that `rule` is asked before: a new one before all, one with a known id in its place."""
    rules = below.live.get(rule.find, ())
    ids = [other.id for other in below.rules]
    if rule.id not in ids:
        return rules
    return tuple(other for other in rules if ids.index(other.id) > ids.index(rule.id))


_MEANT = "If that is meant, nothing needs to be done."


def _strength(do: Do) -> float:
    return _STRENGTH[do.action] + (0.5 if do.review and do.action == "redact" else 0)


def _does(do: Do) -> str:
    return f"{do.action} and review" if do.review and do.action != "review" else do.action


def _weaker(rule: Rule, base: Rule) -> str:
    if rule.status != "live":
        return f'switches off a protection that "{base.do.action}"s: its status is {rule.status}.'
    if _strength(rule.do) < _strength(base.do):
        return f'protects less than before: it was "{_does(base.do)}" and is "{_does(rule.do)}".'
    if rule.do.action == "redact" and base.do.operator != rule.do.operator:
        return f'writes with "{rule.do.operator}" what it wrote with "{base.do.operator}".'
    released = any(not any(_within(r, known) for known in base.unless) for r in rule.unless)
    if not _within(base.conditions, rule.conditions) or released:
        return "acts on fewer than before."
    return ""


def _within(narrow: Mapping[str, tuple[str, ...]], wide: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether `wide` holds for all that `narrow` holds for."""
    return all(key in narrow and set(narrow[key]) <= set(values) for key, values in wide.items())


def _goes_before(rule: Rule, other: Rule) -> bool:
    """Whether a new rule may decide about what a protection below was to decide about, and more mildly."""
    milder = _strength(other.do) >= _PROTECTS and _strength(rule.do) < _strength(other.do)
    return milder and _may_decide(rule, other)


def _may_decide(rule: Rule, other: Rule) -> bool:
    """Whether there can be something that both rules hold for."""
    if rule.conditions.get("at-the-centre") == ("no",) and _CENTRAL & other.conditions.keys():
        return False
    shared = rule.conditions.keys() & other.conditions.keys()
    if any(set(rule.conditions[k]).isdisjoint(other.conditions[k]) for k in shared - _SEVERAL):
        return False
    if any(_within(rule.conditions, release) for release in other.unless):
        return False
    return not any(_within(other.conditions, release) for release in rule.unless)


def _settings(own: PolicyFile, source: Source, below: Policy) -> Iterator[Problem]:
    given = source.data.get("settings")
    for key, name in (("warning-threshold", "warning_threshold"), ("jigsaw-pieces", "jigsaw_pieces")):
        before, now = getattr(below.settings, name), getattr(own.settings, name)
        if isinstance(given, dict) and key in given and now > before:
            sentence = f'"{key}" was {before} and is {now}: less is warned of or reviewed.'
            yield source.problem(("settings", key), sentence, _MEANT)
    yield from _support_blocks(own, source, below)
    yield from _helplines(own, source)
    public = frozenset(load_lines(__package__ or "safeguard.policy", "public_mail.txt"))
    for index, contact in enumerate(own.settings.newsroom_contacts):
        if contact.casefold().lstrip("@") in public:
            sentence = f'"{contact}" is open to everybody: every private address there would be kept.'
            hint = "List the newsroom's own addresses one by one."
            yield source.problem(("settings", "newsroom-contacts", index), sentence, hint)


def _helplines(own: PolicyFile, source: Source) -> Iterator[Problem]:
    """A helpline of the registry's id takes that one's place, numbers and all."""
    entries = load_vocabulary("recognizers.helplines", "helplines.yaml")["helplines"] if own.helplines else ()
    shipped = {e["id"]: [*e.get("numbers", ()), *e.get("texts", ())] for e in entries}
    for index, helpline in enumerate(own.helplines):
        now = {_digits(number) for number in (*helpline.numbers, *helpline.texts)}
        gone = [number for number in shipped.get(helpline.id, ()) if _digits(number) not in now]
        if gone:
            sentence = (
                f'"{helpline.id}" comes with safeguard; this takes its place, without {", ".join(gone)}.'
            )
            hint = f"{_MEANT} Ring both before you publish either."
            yield source.problem(("helplines", index, "id"), sentence, hint)


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))


def _support_blocks(own: PolicyFile, source: Source, below: Policy) -> Iterator[Problem]:
    """A block takes the place of the one of its name below, and with it of all that called for that one."""
    blocks = below.settings.support_block | own.settings.support_block
    called = {category for block in blocks.values() for category in block.called_for_by}
    for name in own.settings.support_block.keys() & below.settings.support_block.keys():
        lost = [c for c in below.settings.support_block[name].called_for_by if c not in called]
        if lost:
            sentence = (
                f'"{name}" takes the place of a block below: copy about {", ".join(lost)} gets none any more.'
            )
            hint = f"{_MEANT} Otherwise add what is missing to called-for-by."
            yield source.problem(("settings", "support-block", name, "called-for-by"), sentence, hint)
