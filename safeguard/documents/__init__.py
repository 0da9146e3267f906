"""Documents that hold copy in many places: what each makes of its source, and edits put back into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from safeguard.documents.json_source import TextEdit

Parts = dict[str, str | list[str]]


class PartEdit(TextEdit, Protocol):
    """An edit of one text of the parts, such as `safeguard.report.Edit`."""

    @property
    def part(self) -> str: ...
    @property
    def index(self) -> int | None: ...


class Document(Protocol):
    """The copy that a document holds, as `Safeguard.check` takes it, and the way back."""

    @property
    def parts(self) -> Parts:
        """The copy, part by part."""

    @property
    def formats(self) -> Mapping[str, str]:
        """The formats of parts whose format is known without a look at them."""

    @property
    def paths(self) -> Mapping[str, str | list[str]]:
        """Where in the document each text stands."""

    @property
    def source(self) -> str | None:
        """The text of the file; None for a file that is no text."""

    def offsets(self, part: str, index: int | None) -> Sequence[int]:
        """Where each character of a text begins in the text of the file, and where its last one ends.

        Raises KeyError for a text that there is not.
        """

    def rewrite(self, edits: Iterable[PartEdit]) -> str | bytes:
        """The document with the edits carried out; whatever none of them touches is as it was."""
