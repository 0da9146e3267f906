"""Presidio's analyzer with our recognizers and nothing else: only what UK copy needs.

Stock Presidio would load US recognizers, run spaCy once more and download what is missing. Here the doc
that `recognizers.nlp.read` made is handed in, every recognizer reads it, and scores stay as they are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from recognizers.faults import fault

if TYPE_CHECKING:
    from spacy.tokens import Doc

# The type of a result that stands for a recognizer that failed; see `failures`.
FAILED = "RECOGNIZER_FAILED"

_LANGUAGE = "en"
_RESULTS = "results"


def own_recognizers() -> list[EntityRecognizer]:
    """Every recognizer of this package, with its vocabulary compiled."""
    from recognizers.details.catalogue import detail_recognizers
    from recognizers.harm.recognizer import HarmRecognizer
    from recognizers.helplines.recognizer import HelplineRecognizer, SupportBlockRecognizer
    from recognizers.people.recognizer import PeopleRecognizer

    return [
        SupportBlockRecognizer(),
        HelplineRecognizer(),
        PeopleRecognizer(),
        *detail_recognizers(),
        HarmRecognizer(),
    ]


def build_analyzer(recognizers: Iterable[EntityRecognizer]) -> AnalyzerEngine:
    """An analyzer with these recognizers. Its `analyze` has to be given artifacts (see `artifacts_of`)."""
    registry = RecognizerRegistry(
        recognizers=[Guarded(recognizer, number) for number, recognizer in enumerate(recognizers)],
        supported_languages=[_LANGUAGE],
    )
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=_NoEngine(),
        supported_languages=[_LANGUAGE],
        context_aware_enhancer=_ScoresStand(),
    )


def analyze(analyzer: AnalyzerEngine, doc: Doc, text: str) -> list[RecognizerResult]:
    """All results of all recognizers over `doc`, in the order of the text; overlaps are all kept.

    `text` is the doc's, which spaCy joins anew from its tokens each time it is asked.
    """
    bundles = analyzer.analyze(text, language=_LANGUAGE, nlp_artifacts=artifacts_of(doc))
    by_name = sorted(bundles, key=lambda bundle: str(bundle.entity_type))
    found = [result for bundle in by_name for result in bundle.recognition_metadata[_RESULTS]]
    return sorted(found, key=_in_order)


def artifacts_of(doc: Doc) -> NlpArtifacts:
    """The doc in Presidio's terms, without lemmas and indices: only Presidio's own scoring would use them."""
    return NlpArtifacts(
        entities=list(doc.ents),
        tokens=doc,
        tokens_indices=[],
        lemmas=[],
        nlp_engine=None,
        language=_LANGUAGE,
    )


def failures(results: Sequence[RecognizerResult]) -> list[str]:
    """A sentence for each recognizer that failed, without a word of the text."""
    return [str(result.recognition_metadata["problem"]) for result in results if result.entity_type == FAILED]


class Guarded(EntityRecognizer):
    """A recognizer among others: when it fails, the others still count and the failure is a result (FAILED).

    It hands Presidio one result that bundles all of its own. Presidio compares every result with every other
    to drop those that share type, span and score; here two such are two facts (two children of one mother),
    and in long copy there are tens of thousands.
    """

    def __init__(self, inner: EntityRecognizer, number: int = 0) -> None:
        """`number` tells recognizers of one name apart."""
        self._inner = inner
        self._called: str = inner.name  # type: ignore[has-type] # Presidio assigns it in two branches
        self._bundle = f"RESULTS_{number:03}_{self._called}"
        super().__init__(
            supported_entities=[self._bundle], name=self._called, supported_language=inner.supported_language
        )

    def load(self) -> None:
        """The recognizer inside has been loaded by its own constructor."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        """One result with all of those of the recognizer inside, or with one that says that it failed."""
        try:
            found = list(
                self._inner.analyze(
                    text=text, entities=self._inner.supported_entities, nlp_artifacts=nlp_artifacts
                )
                or []
            )
        except Exception as error:  # fail closed, whatever it is
            problem = f"The recognizer {self._called} failed ({fault(error)}), so its findings are missing."
            found = [RecognizerResult(FAILED, 0, 0, 1.0, recognition_metadata={"problem": problem})]
        for result in found:
            result.recognition_metadata = {
                RecognizerResult.RECOGNIZER_NAME_KEY: self._called,
                **(result.recognition_metadata or {}),
            }
        return [RecognizerResult(self._bundle, 0, 0, 1.0, recognition_metadata={_RESULTS: found})]


def _in_order(result: RecognizerResult) -> tuple[int, int, str, float]:
    return result.start, result.end, str(result.entity_type), -result.score


class _ScoresStand(ContextAwareEnhancer):
    """Leaves every score as its recognizer gave it."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self, text: str, raw_results: list[RecognizerResult], *_: Any, **__: Any
    ) -> list[RecognizerResult]:
        """The results as they came."""
        return raw_results


class _NoEngine(NlpEngine):
    """Stands where Presidio wants an NLP engine; the reading has been done before."""

    def load(self) -> None:
        """Nothing to load."""

    def is_loaded(self) -> bool:
        """Always: there is nothing to load."""
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """Raises TypeError: artifacts have to be handed in."""
        raise TypeError("artifacts of the doc that was read have to be given")

    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **_: Any
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """Raises TypeError: artifacts have to be handed in."""
        raise TypeError("artifacts of the doc that was read have to be given")

    def is_stopword(self, word: str, language: str) -> bool:
        """No word is: nothing is scored by keywords."""
        return False

    def is_punct(self, word: str, language: str) -> bool:
        """No word is: nothing is scored by keywords."""
        return False

    def get_supported_entities(self) -> list[str]:
        """None of its own."""
        return []

    def get_supported_languages(self) -> list[str]:
        """English."""
        return [_LANGUAGE]
