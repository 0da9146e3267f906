"""Everything there is to say about a policy file before it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from safeguard.policy.bundled import bundled_policies, bundled_text
from safeguard.policy.loader import Layer, layers_of, policy_of
from safeguard.policy.model import Policy
from safeguard.policy.problems import BrokenPolicyError, Problem, closest
from safeguard.policy.weakening import weakened

# How like another an id is that differs by a letter or two.
_ONE_SLIP = 0.9
_ALONE = (
    "This policy extends no other, so nothing is protected but what its own rules speak of.",
    "If uk-news is meant to go on protecting, add a line such as:   extends: uk-news",
)


@dataclass(frozen=True, slots=True)
class Linted:
    """The mistakes and the warnings about a file, sorted; `policy` is None while there are mistakes in it.

    `texts` are the texts of the files that the problems are in.
    """

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    policy: Policy | None = None
    layers: tuple[Layer, ...] = ()

    def example(self, rule: str, number: int, sentence: str, hint: str) -> Problem:
        """A problem with example `number` (from 1) of a rule, at its place in the file that has it."""
        for layer in reversed(self.layers):
            for index, own in enumerate(layer.file.rules):
                if own.id == rule:
                    return layer.source.problem(("rules", index, "examples", number - 1), sentence, hint)
        raise LookupError(rule)


def lint(name_or_path: str) -> Linted:
    """Lint a policy by name or path. Raises PolicyError for one that does not exist or cannot be read."""
    try:
        layers = layers_of(name_or_path)
        policy = policy_of(layers)
    except BrokenPolicyError as error:
        return Linted(errors=error.problems, texts=error.texts)
    top = layers[-1]
    warnings = [
        problem for count in range(1, len(layers)) for problem in _over(layers[:count], layers[count])
    ]
    if len(layers) == 1 and not _is_bundled(top):
        warnings.append(top.source.problem(("id",), *_ALONE, at_key=True))
    if policy.reviewed is not None and policy.reviewed > date.today():
        sentence = f'"reviewed" is {policy.reviewed}, a day to come: no run would say that a review is due.'
        warnings.append(top.source.problem(("reviewed",), sentence, "Write the day of the last review."))
    return Linted(
        warnings=tuple(sorted(warnings)),
        texts={layer.source.file: layer.text for layer in layers},
        policy=policy,
        layers=tuple(layers),
    )


def _over(below: Sequence[Layer], layer: Layer) -> Iterator[Problem]:
    """The warnings about a file laid over others, but for one that comes with safeguard."""
    if not _is_bundled(layer):
        base = policy_of(below)
        yield from weakened(layer.file, layer.source, base)
        yield from _nearly_known(layer, base)


def _is_bundled(layer: Layer) -> bool:
    return layer.file.id in bundled_policies() and layer.text == bundled_text(layer.file.id)


def _nearly_known(top: Layer, below: Policy) -> Iterator[Problem]:
    """A new rule with an id so like one below that it was probably to take that one's place."""
    known = [rule.id for rule in below.rules]
    for index, rule in enumerate(top.file.rules):
        near = None if rule.id in known else closest(rule.id, known, _ONE_SLIP)
        if near is not None:
            sentence = f'Rule "{rule.id}" is new: it does not take the place of "{near}".'
            hint = "Only a rule with the very same id does. If a new rule is meant, nothing needs to be done."
            yield top.source.problem(("rules", index, "id"), sentence, hint)
