"""One layout for policy files: pasted blanks mended, indentation even, every comment and every value kept."""

from __future__ import annotations

import io
from typing import Any

from safeguard.errors import PolicyError
from safeguard.policy.scan import scan
from safeguard.policy.source import read_source

# Texts are folded where their author folded them, and nowhere else.
_WIDTH = 4096


def laid_out(text: str, file: str) -> str:
    """A policy file in the house layout. Raises PolicyError where that would change what it says."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.nodes import ScalarNode
    from ruamel.yaml.resolver import VersionedResolver
    from ruamel.yaml.tag import Tag

    class TextOnly(VersionedResolver):
        """No typing: 08001111 and 9:00 are written as they were typed."""

        def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
            if kind is ScalarNode:
                return Tag(suffix="tag:yaml.org,2002:str")
            return super().resolve(kind, value, implicit)

    mended = scan(text.removeprefix("\ufeff"), file).mended
    yaml = YAML()
    yaml.Resolver = TextOnly
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    try:
        yaml.dump(yaml.load(mended), out)
    except YAMLError:
        raise PolicyError(
            f"{file} cannot be laid out before it can be read: safeguard policy lint {file}"
        ) from None
    laid = out.getvalue()
    before, after = read_source(mended, file), read_source(laid, file)
    if before.data is None or before.data != after.data or after.problems:
        raise PolicyError(f"{file} cannot be laid out without changing what it says. Nothing was written.")
    return laid
