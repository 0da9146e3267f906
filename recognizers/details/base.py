"""The frame that the recognizers of details share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING

from presidio_analyzer import EntityRecognizer, RecognizerResult

from recognizers.details.view import View, ViewReader
from recognizers.model import Observation
from recognizers.results import to_result

if TYPE_CHECKING:
    from presidio_analyzer.nlp_engine import NlpArtifacts

# Named bands, not probabilities: what a span rests on.
CERTAIN = 1.0  # the form alone says what it is, or a checksum or an own label bears it out
CUED = 0.9  # words near it say what it is
LIKELY = 0.7  # the form is usual for it, nothing speaks against it


class DetailRecognizer(EntityRecognizer):
    """A recognizer that reads the view of a copy and leaves support blocks and labels alone."""

    name: str

    def __init__(self, name: str, *entities: str) -> None:
        self._reader = ViewReader()
        super().__init__(supported_entities=list(entities), name=name, supported_language="en")

    def load(self) -> None:
        """Nothing to load: the vocabulary is compiled in the constructor."""

    @abstractmethod
    def observe(self, view: View) -> Iterator[Observation]:
        """Every span of the copy that this recognizer marks, with its facts."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """Presidio's entry point: the observations in `text` as results, ordered by offset.

        `nlp_artifacts.tokens` is the doc that carries people and support; without it every detail is
        reported as nobody's. Offsets count characters of `text`.
        """
        view = self._reader.read(text, nlp_artifacts.tokens if nlp_artifacts else None)
        found = [o for o in self.observe(view) if not entities or o.entity_type in entities]
        kept = {
            (o.start, o.end, o.entity_type, o.person or ""): o
            for o in found
            if not view.blocked(o.start, o.end)
        }
        return [to_result(kept[key]) for key in sorted(kept)]
