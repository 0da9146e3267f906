"""What was given as copy: text or a mapping of parts, of any format there is, refused in words if neither."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from safeguard.errors import CopyError
from safeguard.formats import FORMAT_NAMES

Shape = str | Mapping[str, str | list[str]]
Formats = str | Mapping[str, str]
Paths = Mapping[str, str | Sequence[str]]

TEXT_PART = "body"  # what the one part of a copy is called that is given as text

_HALF = re.compile("[\ud800-\udfff]")


def texts_of(copy: Shape) -> list[tuple[str, int | None, str]]:
    """Part, item number and text of all texts, in order. Raises CopyError for any other shape."""
    if isinstance(copy, str):
        return [(TEXT_PART, None, _whole(copy, TEXT_PART))]
    if not isinstance(copy, Mapping):
        raise CopyError(
            f"Copy is text or a mapping of part names to texts or lists of texts, not {_called(copy)}."
        )
    texts: list[tuple[str, int | None, str]] = []
    for part, value in copy.items():
        if not isinstance(part, str):
            raise CopyError(f"The name of a part is text, not {_called(part)}.")
        if isinstance(value, str):
            texts.append((part, None, _whole(value, part)))
            continue
        if not isinstance(value, list):
            raise CopyError(f"The part {part!r} is {_called(value)}; expected text or a list of texts.")
        for index, item in enumerate(value):
            if not isinstance(item, str):
                raise CopyError(f"Item {index + 1} of the part {part!r} is {_called(item)}; expected text.")
            texts.append((part, index, _whole(item, part)))
    if not texts:
        raise CopyError("The copy is empty: there is nothing to check.")
    return texts


def _whole(text: str, part: str) -> str:
    half = _HALF.search(text)
    if half:
        raise CopyError(
            f"Character {half.start()} of the part {part!r} is half of a character (a lone surrogate); "
            "decode the copy as UTF-8 or UTF-16 before it is checked."
        )
    return text


def _called(value: object) -> str:
    return "nothing" if value is None else f"a value of type {type(value).__name__}"


def check_size(texts: Sequence[str], max_bytes: int | None) -> None:
    """Raises CopyError when the texts together have more than `max_bytes` in UTF-8."""
    if max_bytes is None or sum(map(len, texts)) * 4 <= max_bytes:
        return
    size = sum(len(text.encode()) for text in texts)
    if size > max_bytes:
        raise CopyError(
            f"The copy has {size / 1_000_000:.1f} MB and the limit is {max_bytes / 1_000_000:g} MB; split "
            "it, or raise the limit (max_bytes in the settings)."
        )


def formats_of(format: Formats, copy: Shape) -> Mapping[str, str]:
    """The format of every part that has one. Raises CopyError for a format or part that does not exist."""
    parts = [TEXT_PART] if isinstance(copy, str) else list(copy)
    if isinstance(format, str):
        return dict.fromkeys(parts, _known(format))
    if not isinstance(format, Mapping) or isinstance(copy, str):
        raise CopyError(
            f"The format is one of: {', '.join(FORMAT_NAMES)}; per part only for a mapping of parts."
        )
    for part, name in format.items():
        if part not in parts:
            raise CopyError(f"A format is given for {part!r}, which is not a part of the copy.")
        _known(name)
    return format


def _known(name: object) -> str:
    if isinstance(name, str) and name in FORMAT_NAMES:
        return name
    close = get_close_matches(str(name), FORMAT_NAMES, 1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    raise CopyError(f"There is no format {str(name)!r}.{hint} Known: {', '.join(FORMAT_NAMES)}.")


def paths_of(paths: Paths | None, copy: Shape) -> dict[tuple[str, int | None], str]:
    """Where texts stand in the document they come from, by part and item, as the caller says.

    Raises CopyError for a part that does not exist and for a list of another length than the part.
    """
    known: dict[tuple[str, int | None], str] = {}
    for part, path in (paths or {}).items():
        value = copy.get(part) if isinstance(copy, Mapping) else None
        if isinstance(path, str) and isinstance(value, str):
            known[part, None] = path
        elif isinstance(value, list) and not isinstance(path, str) and len(path) == len(value):
            known.update({(part, index): each for index, each in enumerate(path)})
        else:
            raise CopyError(
                f"The path of {part!r} does not fit the copy: expected one path for a text, and a list of as "
                "many paths as there are texts for a list."
            )
    return known
