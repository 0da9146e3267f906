"""A piece of copy with its people set by hand, for the tests of the recognizers of details."""

from __future__ import annotations

import re
from typing import Any

import spacy
from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts
from spacy.tokens import Doc

from recognizers.model import Mention, People, Person, Reading, Support

_NLP = spacy.blank("en")
_NLP.add_pipe("sentencizer")
for _name, _default in (
    ("reading", Reading()),
    ("support", Support()),
    ("people", People()),
    ("subjects", ()),
):
    Doc.set_extension(_name, default=_default, force=True)


class Copy:
    """Copy under test; persons are named by what the text calls them."""

    def __init__(self, text: str, *, support: Support | None = None, reading: Reading | None = None) -> None:
        self.text = text
        self._support = support or Support()
        self._reading = reading or Reading()
        self._persons: list[Person] = []

    def person(self, id_: str, *forms: str, descriptions: tuple[str, ...] = (), **attributes: Any) -> Copy:
        """Add a person: every place of each form that no longer form covers is a mention."""
        taken: list[tuple[int, int]] = []
        for form in sorted(forms, key=len, reverse=True):
            for match in re.finditer(rf"\b{re.escape(form)}\b", self.text):
                if not any(start < match.end() and match.start() < end for start, end in taken):
                    taken.append(match.span())
        told = tuple(m.span() for d in descriptions for m in re.finditer(re.escape(d), self.text))
        mentions = tuple(Mention(start, end, "tagger", "full") for start, end in sorted(taken))
        if "roles" in attributes:
            attributes["roles"] = frozenset(attributes["roles"])
        self._persons.append(Person(id_, names=forms, mentions=mentions, descriptions=told, **attributes))
        return self

    def results(self, recognizer: EntityRecognizer) -> list[RecognizerResult]:
        doc = _NLP(self.text)
        doc._.people, doc._.support, doc._.reading = (
            People(tuple(self._persons)),
            self._support,
            self._reading,
        )
        artifacts = NlpArtifacts(
            entities=[], tokens=doc, tokens_indices=[], lemmas=[], nlp_engine=None, language="en"
        )
        return recognizer.analyze(self.text, recognizer.supported_entities, artifacts)

    def found(self, recognizer: EntityRecognizer, entity: str | None = None) -> list[str]:
        """The texts that the recognizer marks, in order."""
        results = self.results(recognizer)
        return [self.text[r.start : r.end] for r in results if entity in (None, r.entity_type)]

    def facts(self, recognizer: EntityRecognizer, text: str, entity: str | None = None) -> dict[str, Any]:
        """The facts of the first finding with that text."""
        for result in self.results(recognizer):
            if self.text[result.start : result.end] == text and entity in (None, result.entity_type):
                return dict(result.recognition_metadata["facts"])
        raise AssertionError(f"{text!r} was not found")
