"""The JSON Schema of policy files, in draft-07, which editors' YAML plug-ins know best."""

from __future__ import annotations

from typing import Any

from safeguard.policy.facts import finds
from safeguard.policy.model import PolicyFile

DIALECT = "http://json-schema.org/draft-07/schema#"
_SCALAR = {"type": ["string", "number", "boolean"]}
# What a reader of YAML makes of text that our own loader leaves as it was typed.
_TEXTS = {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}


def policy_schema() -> dict[str, Any]:
    """The schema of one policy file."""
    schema = PolicyFile.model_json_schema(by_alias=True)
    definitions = {name: _loosened(part) for name, part in schema.pop("$defs").items()}
    rule = definitions["Rule"]["properties"]
    conditions = {
        "type": "object",
        "properties": {"find": {"enum": list(finds())}},
        "additionalProperties": _TEXTS,
    }
    rule["when"] = {**conditions, "required": ["find"]}
    rule["unless"] = {"anyOf": [conditions, {"type": "array", "items": conditions}]}
    actions = sorted({action for find in finds().values() for action in find.actions})
    words = {"enum": [*actions, *(f"{action} and review" for action in actions if action != "review")]}
    rule["do"] = {"anyOf": [words, {"$ref": "#/definitions/Do"}]}
    copy = {"anyOf": [_SCALAR, {"type": "object", "additionalProperties": _TEXTS}]}
    definitions["Example"]["properties"] |= {"catch": copy, "pass": copy}
    category = definitions["Warnings"]["properties"]["categories"]
    category["additionalProperties"] = {"anyOf": [_SCALAR, {"$ref": "#/definitions/Category"}]}
    settings = definitions["Settings"]["properties"]
    settings["note-markup"] = {"anyOf": [_SCALAR, {"$ref": "#/definitions/NoteMarkup"}]}
    return {
        "$schema": DIALECT,
        "title": "safeguard policy",
        **_loosened(schema),
        "definitions": definitions,
    }


def _loosened(part: Any) -> Any:
    """A part of the schema for files in which every scalar is text and a list of one may be bare."""
    if isinstance(part, list):
        return [_loosened(item) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "array" and part.get("items") == {"type": "string"}:
        return _TEXTS
    if part.get("type") in ("string", "integer", "boolean") and "enum" not in part and "const" not in part:
        return {**{k: v for k, v in part.items() if k in ("title", "description")}, **_SCALAR}
    if "const" in part:
        return {"enum": [part["const"], int(part["const"])]} if str(part["const"]).isdigit() else part
    out = {key: _loosened(value) for key, value in part.items() if key not in ("default", "format")}
    reference = out.get("$ref")
    if isinstance(reference, str):
        out["$ref"] = reference.replace("#/$defs/", "#/definitions/")
    return out
