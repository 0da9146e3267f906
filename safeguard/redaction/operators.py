"""What takes the place of removed text: presidio-anonymizer operators, ours beside its own.

A policy names an operator and gives it parameters. Beside these every operator is given `entity_type`,
`order` (the place of the person among those of the copy, from 1; 0 for a detail) and `names` (invented names
of which none stands in the copy). Presidio's own operators can be named too: replace, hash, encrypt, keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from presidio_anonymizer.entities import InvalidParamError
from presidio_anonymizer.operators import Operator, OperatorsFactory, OperatorType

from safeguard.errors import PolicyError, SettingsError
from safeguard.redaction.errors import OperatorError

_WORD = re.compile(r"[^\W\d_][\w’']*")


class _Anonymizer(Operator):
    """What our operators share: no parameter is needed unless one says so."""

    name = ""

    def validate(self, params: Mapping[str, Any] | None = None) -> None:
        """Nothing to refuse."""

    def operator_name(self) -> str:
        """The name that policies use."""
        return self.name

    def operator_type(self) -> OperatorType:
        """All of ours take text out; none puts it back."""
        return OperatorType.Anonymize


class Label(_Anonymizer):
    """`label`: what the policy calls this person or detail ("Child A"), in its `template` ("[{label}]")."""

    name = "label"

    def validate(self, params: Mapping[str, Any] | None = None) -> None:
        """Raises InvalidParamError when there is no label."""
        if not (params or {}).get("label"):
            raise InvalidParamError("a label is needed")

    def operate(self, text: str, params: Mapping[str, Any] | None = None) -> str:
        """The label, whatever the text."""
        given = params or {}
        return str(given.get("template") or "[{label}]").replace("{label}", str(given["label"]))


class Initials(_Anonymizer):
    """`initials`: "Ellie Marsh" becomes "E.M."."""

    name = "initials"

    def operate(self, text: str, params: Mapping[str, Any] | None = None) -> str:
        """The first letter of every word; of a name with small particles, of the capitalised words."""
        words = _WORD.findall(text)
        capital = [word for word in words if word[0].isupper()]
        return "".join(f"{word[0]}." for word in capital or words)


class Pseudonym(_Anonymizer):
    """`pseudonym`: an invented first name; the same person has the same one in the whole copy."""

    name = "pseudonym"

    def operate(self, text: str, params: Mapping[str, Any] | None = None) -> str:
        """The name with the person's number; beyond the end of the list, with a number behind it."""
        given = params or {}
        names: tuple[str, ...] = given["names"]
        index = max(int(given.get("order", 1)), 1) - 1
        again, place = divmod(index, len(names))
        return f"{names[place]} {again + 1}" if again else names[place]


class Mask(_Anonymizer):
    """`mask`: letters and digits become `masking_char` ("*"); blanks and punctuation show the shape.

    `chars_to_mask` is how many (all of them), counted from the end when `from_end` is yes.
    """

    name = "mask"

    def validate(self, params: Mapping[str, Any] | None = None) -> None:
        """Raises InvalidParamError for a mask of more than one character or a count that is none."""
        given = params or {}
        if len(str(given.get("masking_char", "*"))) != 1:
            raise InvalidParamError("masking_char has to be one character")
        if not str(given.get("chars_to_mask", "0")).isdigit():
            raise InvalidParamError("chars_to_mask has to be a number")

    def operate(self, text: str, params: Mapping[str, Any] | None = None) -> str:
        """The masked text, as long as the text."""
        given = params or {}
        places = [index for index, character in enumerate(text) if character.isalnum()]
        count = int(given.get("chars_to_mask", len(places)))
        from_end = str(given.get("from_end", "no")).lower() in ("yes", "true")
        masked = set(places[max(len(places) - count, 0) :] if from_end else places[:count])
        sign = str(given.get("masking_char", "*"))
        return "".join(sign if index in masked else character for index, character in enumerate(text))


class Remove(_Anonymizer):
    """`remove`: nothing at all; the blank or comma left over goes too (see `redaction.fitting`)."""

    name = "remove"

    def operate(self, text: str, params: Mapping[str, Any] | None = None) -> str:
        """Nothing."""
        return ""


class Operators:
    """Every operator that a policy may name."""

    def __init__(self, own: Iterable[type[Operator]] = ()) -> None:
        """`own` are operator classes of the newsroom; one with a known name takes that one's place.

        Raises SettingsError for anything that is not such a class.
        """
        self._factory = OperatorsFactory()  # type: ignore[no-untyped-call]
        for operator in (Label, Initials, Pseudonym, Mask, Remove, *own):
            if not (isinstance(operator, type) and issubclass(operator, Operator)):
                raise SettingsError("An operator is a class derived from presidio_anonymizer's Operator.")
            self._factory.add_anonymize_operator(operator)

    def names(self) -> list[str]:
        """Sorted names."""
        return sorted(self._factory.get_anonymizers())

    def require(self, name: str, params: Mapping[str, Any]) -> Operator:
        """The operator `name`, ready for `params`.

        Raises PolicyError, in words for whoever wrote the policy, when there is no such operator or it cannot
        use the parameters.
        """
        if name not in self._factory.get_anonymizers():
            close = get_close_matches(name, self.names(), 1)
            hint = f" Did you mean {close[0]!r}?" if close else ""
            raise PolicyError(f"There is no operator {name!r}.{hint} Known: {', '.join(self.names())}.")
        operator: Operator = self._factory.create_operator_class(name, OperatorType.Anonymize)
        try:
            operator.validate(dict(params))
        except Exception as error:
            reason = f" ({error})" if isinstance(operator, _Anonymizer) else ""
            raise PolicyError(f"The operator {name!r} cannot use its parameters{reason}.") from None
        return operator

    def apply(self, name: str, text: str, params: Mapping[str, Any]) -> str:
        """What the operator `name` makes of `text`.

        Raises PolicyError for an operator or parameters that the policy has wrong, OperatorError when the
        operator itself fails.
        """
        operator = self.require(name, params)
        try:
            # A copy, since operators may change what they are given.
            return str(operator.operate(text, dict(params)))
        except Exception as error:  # whatever it is, its own text may hold copy
            raise OperatorError(f"The operator {name!r} failed ({type(error).__name__}).") from None
