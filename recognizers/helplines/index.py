"""The registry of helplines as a frozen value: look one up by id, name, number, text code or web address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from recognizers.model import Helpline

_NOT_DIGIT = re.compile(r"\D+")
_LEADING = re.compile(r"^\s*(?:https?://)?(?:www\.)?", re.IGNORECASE)


def digits_of(number: str) -> str:
    """The digits by which a number is compared: national form, whatever was put between or before them.

    "+44 (0)808 800 5000", "tel:00448088005000" and "0808-800-5000" give "08088005000"; Irish +353 likewise.
    """
    digits = _NOT_DIGIT.sub("", number)
    international = "+" in number or digits.startswith("00")
    if not international:
        return digits
    digits = digits.removeprefix("00")
    for country in ("44", "353"):
        if digits.startswith(country):
            national = digits[len(country) :].lstrip("0")
            return national if national.startswith(("1800", "1850", "116")) else "0" + national
    return digits


def domain_of(address: str) -> str:
    """A web address without scheme, `www.` and closing slash, in lower case: how addresses are compared."""
    return _LEADING.sub("", address).rstrip("/").lower()


@dataclass(frozen=True, slots=True)
class NameKey:
    """What a spelling in copy may stand for: helpline ids in file order, and how far it can be believed."""

    ids: tuple[str, ...]
    weak: bool = False
    retired: bool = False


@dataclass(frozen=True)
class HelplineRegistry:
    """All known helplines and the indexes over them. Made by `load_registry`; `extended` makes a larger one.

    `weak_names` maps ids to names that are plain words too, `run_by` an id to the one whose name also stands
    before its number, `retired` holds numbers that were never right, `not_helplines` phrases to pass over.
    """

    helplines: tuple[Helpline, ...]
    weak_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    run_by: Mapping[str, str] = field(default_factory=dict)
    retired: tuple[str, ...] = ()
    not_helplines: tuple[str, ...] = ()
    _by_id: Mapping[str, Helpline] = field(init=False, repr=False, compare=False)
    _numbers: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _retired: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _texts: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _web: Mapping[str, tuple[tuple[str, str], ...]] = field(init=False, repr=False, compare=False)
    _emails: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _names: Mapping[str, NameKey] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers: dict[str, list[str]] = {}
        retired: dict[str, list[str]] = {digits_of(number): [] for number in self.retired}
        texts: dict[str, list[str]] = {}
        web: dict[str, list[tuple[str, str]]] = {}
        emails: dict[str, list[str]] = {}
        for helpline in self.helplines:
            for number in helpline.numbers:
                numbers.setdefault(digits_of(number), []).append(helpline.id)
            for text in helpline.texts:
                texts.setdefault(digits_of(text), []).append(helpline.id)
            for address in helpline.web:
                host, _, path = domain_of(address).partition("/")
                web.setdefault(host, []).append((path, helpline.id))
            for email in helpline.emails:
                emails.setdefault(email.lower(), []).append(helpline.id)
            for old in helpline.retired:
                if any(character.isdigit() for character in old):
                    retired.setdefault(digits_of(old), []).append(helpline.id)
        self._freeze("_by_id", {helpline.id: helpline for helpline in self.helplines})
        self._freeze("_numbers", _tuples(numbers))
        self._freeze("_retired", _tuples(retired))
        self._freeze("_texts", _tuples(texts))
        self._freeze("_web", {host: tuple(entries) for host, entries in web.items()})
        self._freeze("_emails", _tuples(emails))
        self._freeze("_names", self._name_keys())

    def _freeze(self, name: str, values: Mapping[str, object]) -> None:
        object.__setattr__(self, name, MappingProxyType(dict(values)))

    def _name_keys(self) -> dict[str, NameKey]:
        keys: dict[str, NameKey] = {}

        def add(name: str, helpline_id: str, weak: bool = False, retired: bool = False) -> None:
            known = keys.get(name, NameKey((), weak, retired))
            if helpline_id not in known.ids:
                keys[name] = NameKey((*known.ids, helpline_id), known.weak and weak, retired)

        for helpline in self.helplines:
            weak = self.weak_names.get(helpline.id, ())
            for name in helpline.names:
                add(name, helpline.id, weak=name in weak)
                if name not in weak and len(name) > 5:
                    add(name.upper(), helpline.id)
            for old in helpline.retired:
                if not any(character.isdigit() for character in old):
                    add(old, helpline.id, retired=True)
        return keys

    @property
    def names(self) -> Mapping[str, NameKey]:
        """Every spelling of a helpline's name, with straight apostrophes, and what it stands for."""
        return self._names

    @property
    def digits(self) -> tuple[str, ...]:
        """The digits of every number in use or retired."""
        return (*self._numbers, *self._retired)

    def by_id(self, helpline_id: str) -> Helpline:
        """The helpline with that id. Raises KeyError when there is none."""
        return self._by_id[helpline_id]

    def __contains__(self, helpline_id: object) -> bool:
        return helpline_id in self._by_id

    def by_name(self, name: str) -> tuple[Helpline, ...]:
        """The helplines that a name, spelt as in copy (either apostrophe), may stand for, likeliest first."""
        key = self._names.get(name.replace("’", "'").strip())
        return tuple(self._by_id[helpline_id] for helpline_id in key.ids) if key else ()

    def by_number(self, number: str) -> tuple[Helpline, ...]:
        """The helplines that use a phone number today, in any notation."""
        return tuple(self._by_id[helpline_id] for helpline_id in self._numbers.get(digits_of(number), ()))

    def is_retired(self, number: str) -> bool:
        """Whether a number is known as retired or invented, whoever else may use it today."""
        return digits_of(number) in self._retired

    def retired_by(self, number: str) -> tuple[Helpline, ...]:
        """The helplines that once used the number; empty for an invented one."""
        return tuple(self._by_id[helpline_id] for helpline_id in self._retired.get(digits_of(number), ()))

    def by_text(self, code: str) -> tuple[Helpline, ...]:
        """The helplines reached by a text code ("85258", "YM to 85258"); those with that keyword first."""
        owners = [self._by_id[helpline_id] for helpline_id in self._texts.get(digits_of(code), ())]
        keyword = code.split()[0].lower() if code.strip() else ""
        return tuple(
            sorted(owners, key=lambda owner: all(keyword != t.split()[0].lower() for t in owner.texts))
        )

    def by_email(self, address: str) -> tuple[Helpline, ...]:
        """The helplines with that very address, or whose own web domain it is at."""
        address = address.lower()
        exact = self._emails.get(address, ())
        return tuple(self._by_id[i] for i in exact) or self.by_web(address.rpartition("@")[2])

    def by_web(self, address: str) -> tuple[Helpline, ...]:
        """The helplines whose web address it is: their domain or one below it, and the entry's path."""
        host, _, path = domain_of(address).partition("/")
        labels = host.split(".")
        found: list[Helpline] = []
        for first in range(len(labels) - 1):
            entries = self._web.get(".".join(labels[first:]), ())
            found += [self._by_id[i] for prefix, i in entries if not prefix or path.startswith(prefix)]
        return tuple(dict.fromkeys(found))

    def stands_for(self, named: Iterable[str], owner: str) -> bool:
        """Whether a name that means one of `named` may stand before a number of `owner`."""
        named = tuple(named)
        return owner in named or self.run_by.get(owner) in named

    def extended(self, extra: Iterable[Helpline]) -> HelplineRegistry:
        """A registry that also has `extra` (a newsroom's own); one with a known id takes that one's place."""
        merged = dict(self._by_id)
        for helpline in extra:
            merged[helpline.id] = helpline
        return replace(self, helplines=tuple(merged.values()))


def _tuples(values: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(dict.fromkeys(ids)) for key, ids in values.items()}
