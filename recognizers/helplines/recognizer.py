"""Presidio recognizers for what the support component found: helplines, problems, support blocks."""

from __future__ import annotations

from collections.abc import Sequence

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from recognizers.model import Observation, Support
from recognizers.results import to_result

_HELPLINES = "HelplineRecognizer"
_BLOCKS = "SupportBlockRecognizer"
_CERTAIN = 1.0
_LIKELY = 0.85


class HelplineRecognizer(EntityRecognizer):
    """HELPLINE for each name, number, code or address of a helpline; HELPLINE_PROBLEM for each wrong one.

    Facts: `helpline` (its id) and `in_block`; on a problem `kind` and `helpline` ("" when nobody's), with the
    registry's own contact as suggestion.
    """

    def __init__(self) -> None:
        super().__init__(
            supported_entities=["HELPLINE", "HELPLINE_PROBLEM"],
            supported_language="en",
            name="HelplineRecognizer",
        )

    def load(self) -> None:
        """Nothing to load: the pipeline component has done the reading."""

    def analyze(
        self, text: str, entities: Sequence[str], nlp_artifacts: NlpArtifacts
    ) -> list[RecognizerResult]:
        """Results from `doc._.support` of the analysed doc, only of the types in `entities`."""
        support: Support = nlp_artifacts.tokens._.support
        observations = []
        if "HELPLINE" in entities:
            observations += [
                Observation(
                    "HELPLINE",
                    start,
                    end,
                    _CERTAIN,
                    _HELPLINES,
                    facts={"helpline": helpline, "in_block": support.covers(start, end)},
                )
                for helpline, start, end in support.mentions
            ]
        if "HELPLINE_PROBLEM" in entities:
            observations += [
                Observation(
                    "HELPLINE_PROBLEM",
                    problem.start,
                    problem.end,
                    _LIKELY,
                    _HELPLINES,
                    facts={"kind": problem.kind, "helpline": problem.helpline or ""},
                    suggestion=problem.expected or None,
                )
                for problem in support.problems
            ]
        return [to_result(observation) for observation in observations]


class SupportBlockRecognizer(EntityRecognizer):
    """SUPPORT_BLOCK for each block, with the ids of the helplines in it as fact `helplines`."""

    def __init__(self) -> None:
        super().__init__(supported_entities=["SUPPORT_BLOCK"], supported_language="en", name=_BLOCKS)

    def load(self) -> None:
        """Nothing to load: the pipeline component has done the reading."""

    def analyze(
        self, text: str, entities: Sequence[str], nlp_artifacts: NlpArtifacts
    ) -> list[RecognizerResult]:
        """Results from `doc._.support` of the analysed doc."""
        if "SUPPORT_BLOCK" not in entities:
            return []
        support: Support = nlp_artifacts.tokens._.support
        return [
            to_result(
                Observation(
                    "SUPPORT_BLOCK",
                    block.start,
                    block.end,
                    _CERTAIN,
                    _BLOCKS,
                    facts={"helplines": block.helplines},
                )
            )
            for block in support.blocks
        ]
