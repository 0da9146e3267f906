"""What the newsroom knows and the copy does not say: restrictions, the desk, the day of publication."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from safeguard.errors import ContextError

RESTRICTIONS = ("s45", "s39", "youth-court", "family-court", "injunction")


class Context(BaseModel):
    """Facts given beside the copy. `restriction` is one of RESTRICTIONS or None.

    `story` is what the newsroom calls the story; waivers belong to one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    restriction: str | None = None
    desk: str | None = None
    published: date | None = None
    story: str | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any] | Context | None) -> Context:
        """Check what the caller gave. Raises ContextError with one sentence for an unknown key or value."""
        if isinstance(given, Context):
            return given
        if not given:
            return cls()
        for key in given:
            if key not in cls.model_fields:
                known = list(cls.model_fields)
                close = get_close_matches(str(key), known, 1)
                hint = f" Did you mean {close[0]!r}?" if close else ""
                raise ContextError(
                    f"There is no context called {str(key)!r}.{hint} Known: {', '.join(known)}."
                )
        restriction = given.get("restriction")
        if restriction is not None and restriction not in RESTRICTIONS:
            close = get_close_matches(str(restriction), RESTRICTIONS, 1)
            hint = f" Did you mean {close[0]!r}?" if close else ""
            raise ContextError(
                f"{str(restriction)!r} is not a restriction.{hint} Expected one of: "
                + ", ".join(RESTRICTIONS)
                + "."
            )
        try:
            return cls.model_validate(dict(given))
        except ValidationError as error:
            field = ".".join(str(part) for part in error.errors()[0]["loc"])
            expected = "a date such as 2026-03-02" if field == "published" else "text"
            raise ContextError(f"The context {field!r} cannot be read. Expected {expected}.") from None
