"""What a newsroom sets once: the language model and the limits."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from recognizers.nlp import DEFAULT_MODEL
from safeguard.errors import SettingsError


class Settings(BaseModel):
    """Settings of one `Safeguard`. They hold no rule: what is done with copy is the policy's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field(
        default=DEFAULT_MODEL, min_length=1, description="Installed spaCy pipeline to read with."
    )
    max_bytes: int = Field(
        default=20_000_000, gt=0, description="Largest copy that is taken, in UTF-8 bytes."
    )

    @classmethod
    def of(cls, given: Mapping[str, Any] | Settings | None) -> Settings:
        """Check what the caller gave. Raises SettingsError, one sentence, for an unknown key or value."""
        if isinstance(given, Settings):
            return given
        known = list(cls.model_fields)
        for key in given or {}:
            if key not in known:
                close = get_close_matches(str(key), known, 1)
                hint = f" Did you mean {close[0]!r}?" if close else ""
                raise SettingsError(
                    f"There is no setting called {str(key)!r}.{hint} Known: {', '.join(known)}."
                )
        try:
            return cls.model_validate(dict(given or {}))
        except ValidationError as error:
            first = error.errors()[0]
            raise SettingsError(f"The setting {first['loc'][0]!r} cannot be used: {first['msg']}.") from None
