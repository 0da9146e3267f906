"""What a newsroom sets once: default policy, language model, limits, its own contact points."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from recognizers.nlp import DEFAULT_MODEL
from safeguard.errors import SettingsError

DEFAULT_POLICY = "uk-news"
FILE_NAMES = ("safeguard.toml", "pyproject.toml")


class Settings(BaseModel):
    """Settings of one `Safeguard`. They hold no rule: what is done with copy is the policy's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    policy: str = Field(
        default=DEFAULT_POLICY, min_length=1, description="Policy to use where none is named."
    )
    model: str = Field(
        default=DEFAULT_MODEL, min_length=1, description="Installed spaCy pipeline to read with."
    )
    max_bytes: int = Field(
        default=20_000_000, gt=0, description="Largest copy that is taken, in UTF-8 bytes."
    )
    newsroom_contacts: tuple[str, ...] = Field(
        default=(), description="The publisher's own contact points, added to those of the policy."
    )
    waivers: str | None = Field(default=None, description="File of waivers.")

    @classmethod
    def of(cls, given: Mapping[str, Any] | Settings | None, where: str = "") -> Settings:
        """Check what the caller gave; `where` names its file.

        Raises SettingsError, one sentence, for an unknown key or value.
        """
        if isinstance(given, Settings):
            return given
        known = list(cls.model_fields)
        named = {str(key).replace("-", "_"): value for key, value in (given or {}).items()}
        for key in named:
            if key not in known:
                close = get_close_matches(key, known, 1)
                hint = f" Did you mean {close[0]!r}?" if close else ""
                raise SettingsError(
                    f"{where}There is no setting called {key!r}.{hint} Known: {', '.join(known)}."
                )
        try:
            return cls.model_validate(named)
        except ValidationError as error:
            first = error.errors()[0]
            raise SettingsError(
                f"{where}The setting {str(first['loc'][0])!r} cannot be used: {first['msg']}."
            ) from None


def project_settings(folder: Path) -> tuple[Settings, Path | None]:
    """The settings of the project that `folder` lies in, and the file they come from (None without one).

    That is `safeguard.toml`, or `[tool.safeguard]` in `pyproject.toml`, of the folder or the nearest one
    above it. Paths in it begin at its folder. Raises SettingsError for a file that cannot be read or used.
    """
    for parent in (folder.resolve(), *folder.resolve().parents):
        for name in FILE_NAMES:
            file = parent / name
            if file.is_file():
                given = _read(file)
                if given is not None:
                    return Settings.of(_placed(given, parent), f"{file}: "), file
    return Settings(), None


def _read(file: Path) -> dict[str, Any] | None:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {type(error).__name__}.") from None
    except tomllib.TOMLDecodeError as error:
        if file.name != FILE_NAMES[0]:
            return None  # somebody else's file, and somebody else's mistake
        raise SettingsError(f"{file} is not TOML: {error}.") from None
    if file.name == FILE_NAMES[0]:
        return data
    own = data.get("tool", {}).get("safeguard")
    return own if isinstance(own, dict) else None


def _placed(given: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    placed = dict(given)
    policy = placed.get("policy")
    if isinstance(policy, str) and policy.endswith((".yaml", ".yml")):
        placed["policy"] = str(folder / policy)
    if isinstance(placed.get("waivers"), str):
        placed["waivers"] = str(folder / placed["waivers"])
    return placed
