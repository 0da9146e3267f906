"""Types for values that arrive as typed text, each with the sentence that says what was expected."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

_YES = frozenset(("yes", "true"))
_NO = frozenset(("no", "false"))
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_INTERVAL = re.compile(r"\d{1,3} (day|week|month|year)s?")
_PLACE = re.compile(r"\{([^{}]*)\}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def kebab(name: str) -> str:
    """A field's name as it is written in YAML."""
    return name.replace("_", "-")


class Strict(BaseModel):
    """Frozen, and nothing goes in that is not named."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=kebab, populate_by_name=True, defer_build=True
    )


def sentence(text: str, hint: str = "") -> PydanticCustomError:
    """An error whose text is shown to the author as it is, and under it what to do."""
    return PydanticCustomError("sentence", "{text}", {"text": text, "hint": hint})


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        raise sentence("One piece of text was expected here.")
    if not value.strip():
        raise sentence("Nothing is written here: write what it should be, or take the line out.")
    return value.strip()


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        return (value.strip(),) if value.strip() else ()
    if not isinstance(value, (list, tuple)):
        raise sentence("One piece of text, or a list of them, was expected here.")
    return tuple(_text(item) for item in value)


def _yes_no(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else ""
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise sentence('"yes" or "no" was expected here.')


def _name(value: Any) -> Any:
    if not isinstance(value, str) or not NAME.fullmatch(value.strip()):
        raise sentence("A short name without spaces was expected here, such as p1-child-at-the-centre.")
    return value.strip()


def _interval(value: Any) -> Any:
    if not isinstance(value, str) or not _INTERVAL.fullmatch(value.strip()):
        raise sentence("A number of days, weeks, months or years was expected here, such as 6 months.")
    return value.strip()


def _date(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise sentence("There is no such day in the calendar.") from None
    raise sentence("A date was expected here, such as 2026-11-03.")


def _day_if_any(value: Any) -> Any:
    return _date(value).isoformat() if value else ""


def template(*needed: str) -> BeforeValidator:
    """Text with exactly the places in braces that are `needed`."""
    wanted = sorted(needed)

    def check(value: Any) -> Any:
        text = _text(value)
        rest = _PLACE.sub("", text)
        if sorted(_PLACE.findall(text)) != wanted or "{" in rest or "}" in rest:
            places = " and ".join(f"{{{place}}}" for place in wanted) or "no braces"
            raise sentence(f"This text needs {places}, once, and nothing else in braces.")
        return text

    return BeforeValidator(check)


Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Name = Annotated[str, BeforeValidator(_name)]
Interval = Annotated[str, BeforeValidator(_interval)]
IsoDate = Annotated[date, BeforeValidator(_date)]
DayIfAny = Annotated[str, BeforeValidator(_day_if_any)]
