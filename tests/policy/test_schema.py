"""The schema for editors' plug-ins: the bundled files satisfy it, and slips do not."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from safeguard.policy.bundled import bundled_policies, bundled_text
from safeguard.policy.schema import DIALECT, policy_schema

SCHEMA = policy_schema()
SHIPPED = Path(__file__).parents[2] / "policies" / "policy.schema.json"


def as_a_plug_in_reads(text: str) -> Any:
    """YAML with numbers and yes/no typed, as editors' plug-ins do it; dates stay text."""
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
        for first, found in deepcopy(yaml.SafeLoader.yaml_implicit_resolvers).items()
    }
    return yaml.load(text, Loader=loader)


@pytest.mark.parametrize("name", bundled_policies())
def test_bundled_policies_satisfy_it_and_point_to_it(name: str) -> None:
    Draft7Validator.check_schema(SCHEMA)
    problems = [
        e.message for e in Draft7Validator(SCHEMA).iter_errors(as_a_plug_in_reads(bundled_text(name)))
    ]

    assert problems == []
    assert bundled_text(name).startswith("# yaml-language-server: $schema=./policy.schema.json\n")


def test_the_file_beside_the_policies_is_this_schema() -> None:
    assert json.loads(SHIPPED.read_text(encoding="utf-8")) == SCHEMA
    assert SCHEMA["$schema"] == DIALECT


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("because:", "becuase:"), ("do: redact\n", "do: redcat\n"), ("find: person", "find: persn")],
)
def test_slips_are_marked(right: str, wrong: str) -> None:
    text = bundled_text("uk-news").replace(right, wrong, 1)

    assert list(Draft7Validator(SCHEMA).iter_errors(as_a_plug_in_reads(text)))
