"""The bridge between our observations and Presidio's `RecognizerResult`, in both directions."""

from __future__ import annotations

from typing import Any

from presidio_analyzer import RecognizerResult

from recognizers.model import Observation


def to_result(observation: Observation) -> RecognizerResult:
    """Wrap an observation as a Presidio result; facts, person, evidence and suggestion go in its metadata."""
    return RecognizerResult(
        entity_type=observation.entity_type,
        start=observation.start,
        end=observation.end,
        score=observation.score,
        recognition_metadata={
            RecognizerResult.RECOGNIZER_NAME_KEY: observation.recognizer,
            "person": observation.person,
            "facts": dict(observation.facts),
            "evidence": observation.evidence,
            "suggestion": observation.suggestion,
        },
    )


def to_observation(result: RecognizerResult) -> Observation:
    """Unwrap a Presidio result; one from anybody else's recognizer becomes an observation without facts."""
    metadata: dict[str, Any] = result.recognition_metadata or {}
    return Observation(
        entity_type=result.entity_type,
        start=result.start,
        end=result.end,
        score=round(float(result.score), 4),
        recognizer=str(metadata.get(RecognizerResult.RECOGNIZER_NAME_KEY, "unknown")),
        person=metadata.get("person"),
        facts=metadata.get("facts", {}),
        evidence=tuple(metadata.get("evidence", ())),
        suggestion=metadata.get("suggestion"),
    )
