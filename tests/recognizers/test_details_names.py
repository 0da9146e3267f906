"""Presidio finds a recognizer by class name among all that are loaded: ours must not stand in for its own."""

from __future__ import annotations

from collections.abc import Iterator

import presidio_analyzer.predefined_recognizers  # noqa: F401  (loads Presidio's own)
from presidio_analyzer import EntityRecognizer

import recognizers.helplines.recognizer  # noqa: F401  (loads those of support blocks)
from recognizers.details.catalogue import detail_recognizers


def _below(cls: type) -> Iterator[type]:
    for sub in cls.__subclasses__():
        yield sub
        yield from _below(sub)


def test_no_recognizer_bears_the_class_name_of_one_of_presidios() -> None:
    assert detail_recognizers()
    loaded = list(_below(EntityRecognizer))
    presidios = {cls.__name__ for cls in loaded if cls.__module__.startswith("presidio_analyzer")}
    ours = {cls.__name__ for cls in loaded if cls.__module__.startswith("recognizers.")}
    assert presidios
    assert ours
    assert not presidios & ours
