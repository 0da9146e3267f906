"""The Presidio face of the harm subjects: one result for each span that shows what the copy is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from presidio_analyzer import EntityRecognizer, RecognizerResult

from recognizers.model import Observation, Subject
from recognizers.results import to_result

if TYPE_CHECKING:
    from presidio_analyzer.nlp_engine import NlpArtifacts

_NAME = "HarmRecognizer"
_SCORES = {1: 0.4, 2: 0.7, 3: 0.85, 4: 0.95}


class HarmRecognizer(EntityRecognizer):
    """CHILD_HARM for the child_* categories and harmful_practices, HARM for all others.

    Facts: `category`, `severity` (1–4). Reads `doc._.subjects`: the pipeline must hold `safeguard_subjects`.
    """

    def __init__(self) -> None:
        super().__init__(supported_entities=["CHILD_HARM", "HARM"], name=_NAME, supported_language="en")

    def load(self) -> None:
        """Nothing to load: the subjects component has done the reading."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        """One result per evidence span of the entities asked for, in the order of category and place."""
        subjects: tuple[Subject, ...] = nlp_artifacts.tokens._.subjects
        return [
            to_result(
                Observation(
                    entity_type=entity_type_of(subject.category),
                    start=evidence.start,
                    end=evidence.end,
                    score=_SCORES[subject.severity],
                    recognizer=_NAME,
                    facts={"category": subject.category, "severity": subject.severity},
                    evidence=(evidence,),
                )
            )
            for subject in subjects
            for evidence in subject.evidence
            if not entities or entity_type_of(subject.category) in entities
        ]


def entity_type_of(category: str) -> str:
    """The entity type that evidence for `category` is reported under."""
    return "CHILD_HARM" if category.startswith("child_") or category == "harmful_practices" else "HARM"
