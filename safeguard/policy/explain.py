"""Pydantic's errors as sentences for the author of a policy file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from safeguard.policy.model import Do, PolicyFile, Rule
from safeguard.policy.problems import Problem, closest, did_you_mean, expected_one_of
from safeguard.policy.source import Path, Source

# What is missing, as the author would say it, and the line to add.
_NEEDED = {
    "because": (
        "does not say why it exists",
        "Reporters see this sentence when the rule acts. Add a line such as:   because: …",
    ),
    "safeguard": ("does not say which format it is in", "Start it with:   safeguard: 1"),
    "when": (
        "does not say when it applies",
        "Add a line such as:   when: {find: person, life-stage: minor}",
    ),
    "do": ("does not say what it does", "Add a line such as:   do: redact"),
    "action": ("does not say what it does", "Add a line such as:   action: redact"),
}
_TYPES = {
    "int_parsing": "A whole number was expected here.",
    "int_type": "A whole number was expected here.",
    "tuple_type": "A list was expected here: each entry begins with a dash and a space.",
    "dict_type": "Settings with names were expected here.",
    "model_type": "Settings with names were expected here.",
    "model_attributes_type": "Settings with names were expected here.",
}
_NAMED = "Write each on a line of its own, two spaces further in:   name: value"
_WAIVERS = "Waivers have a file of their own, which this writes:   safeguard waive --help"
_WHAT: Mapping[type[BaseModel], str] = {PolicyFile: "a policy", Rule: "a rule", Do: '"do"'}


def problems_of(
    error: ValidationError, source: Source, root: type[BaseModel] = PolicyFile
) -> Iterator[Problem]:
    """One problem for each of Pydantic's errors, at its place in the file; `root` is the file's model."""
    errors = error.errors(include_url=False)
    strange = [found["loc"] for found in errors if found["type"] == "extra_forbidden"]
    for found in errors:
        path: Path = found["loc"]
        beside = [str(other[-1]) for other in strange if other[:-1] == path[:-1]]
        if found["type"] == "missing" and any(closest(name, [str(path[-1])]) for name in beside):
            continue  # It is there, misspelt, and told of as that.
        yield source.problem(
            path, *_said(found, path, source, root), at_key=found["type"] == "extra_forbidden"
        )


def _said(found: Any, path: Path, source: Source, root: type[BaseModel]) -> tuple[str, str]:
    kind, last = found["type"], str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        model = _model_at(path[:-1], root)
        known = [str(f.alias or n) for n, f in model.model_fields.items()] if model else []
        what = _WHAT.get(model, f'"{_above(path)}"') if model else f'"{_above(path)}"'
        listed = _WAIVERS if last == "waivers" else f"It can have: {', '.join(known)}."
        return f'There is no setting called "{last}" in {what}.', " ".join(
            filter(None, (did_you_mean(last, known), listed))
        )
    if kind == "missing":
        lacks, hint = _NEEDED.get(last, (f"has no {last}", "Add it."))
        return f"{_whole(path[:-1], source)} {lacks}.", hint
    if kind == "literal_error":
        model = _model_at(path[:-1], root)
        allowed = _choices(model, last)
        if model is Do and path[-2:] == ("do", "action"):  # as a rule it is mostly written: do: redact
            last, allowed = "do", [*allowed, "redact and review"]
        return f'"{found["input"]}" is no value of "{last}".', expected_one_of(str(found["input"]), allowed)
    if kind == "sentence":
        return str(found["msg"]), str(found["ctx"]["hint"])
    limits = found.get("ctx", {})
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = limits.get("ge", limits.get("le"))
        return f'"{last}" is out of range.', f"The limit is {limit}."
    hint = _NAMED if kind in ("dict_type", "model_type", "model_attributes_type") else ""
    return _TYPES.get(kind, f'The value of "{last}" cannot be used.'), hint


def _above(path: Path) -> str:
    return next((str(part) for part in reversed(path[:-1]) if isinstance(part, str)), "a policy")


def _whole(path: Path, source: Source) -> str:
    """What a path is about, in the author's words."""
    if not path:
        return "This file"
    if path[0] == "rules" and len(path) == 2:
        rules, index = source.data["rules"], int(path[1])
        name = rules[index].get("id") if isinstance(rules[index], dict) else None
        return f'Rule "{name}"' if isinstance(name, str) and name else f"Rule {index + 1}"
    return f'"{next((str(part) for part in reversed(path) if isinstance(part, str)), "This")}"'


def _model_at(path: Path, root: type[BaseModel]) -> type[BaseModel] | None:
    """The model whose settings stand at `path` of a file that is a `root`."""
    here: Any = root
    for part in path:
        model = _as_model(here)
        if model is None:
            inner = [a for a in get_args(here) if a is not Ellipsis and a is not type(None)]
            here = inner[-1] if inner else None
            continue
        field = next((f for n, f in model.model_fields.items() if part in (f.alias, n)), None)
        if field is None:
            return None
        here = field.annotation
        if isinstance(here, UnionType):
            here = next((kind for kind in get_args(here) if _as_model(kind)), here)
    return _as_model(here)


def _as_model(annotation: Any) -> type[BaseModel] | None:
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _choices(model: type[BaseModel] | None, name: str) -> list[str]:
    field = next((f for n, f in model.model_fields.items() if name in (f.alias, n)), None) if model else None
    return [str(value) for value in get_args(field.annotation)] if field else []
