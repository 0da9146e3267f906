"""Recognition: one spaCy pass over the reading text, every recognizer over the doc, overlaps resolved."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from recognizers.model import Observation
from recognizers.nlp import ModelNotInstalledError, load_pipeline, read
from safeguard.analysis import Analysis
from safeguard.context import Context
from safeguard.copy import Copy
from safeguard.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from presidio_analyzer import AnalyzerEngine
    from spacy.language import Language

# The precedence table: two observations of one row are two readings of one thing when one covers the other
# (the digits of an NHS number that look like a telephone number). The longer is left, of equally long ones
# that which comes first in the row. Those that overlap in part are both kept: together they cover all of it.
# Between rows nothing is dropped: a name inside an e-mail address that the policy keeps must still be found.
# Types in no row (support blocks, helplines, harm, pieces, name clashes) are never edited: they may overlap.
_ROWS: Sequence[Sequence[str]] = (
    (
        "UK_NHS",
        "UK_NINO",
        "BANK_DETAILS",
        "UK_PASSPORT",
        "EMAIL_ADDRESS",
        "PROFILE_LINK",
        "SOCIAL_HANDLE",
        "PHONE_NUMBER",
        "UK_VEHICLE_REGISTRATION",
        "UK_POSTCODE",
        "DATE_OF_BIRTH",
    ),
    ("NAMED_MINOR", "PROTECTED_PERSON", "PERSON"),
    ("SCHOOL",),
    ("HOME_ADDRESS", "HOME_STREET"),
)
_PLACES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {name: (row, place) for row, names in enumerate(_ROWS) for place, name in enumerate(names)}
)


@dataclass(frozen=True, slots=True)
class Engine:
    """The loaded pipeline and analyzer.

    `lock` lets one thread read at a time. Two at once are no faster (spaCy holds the interpreter), and the
    memory zone, which keeps the vocabulary of a long-running process from growing with every copy, must not
    be opened twice.
    """

    nlp: Language
    analyzer: AnalyzerEngine
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def load(
        cls,
        model: str,
        helplines: Sequence[Mapping[str, Any]] = (),
        vocabularies: Sequence[Path] = (),
    ) -> Engine:
        """Load the model and all recognizers, with a policy's own helplines and category vocabularies.

        Raises SettingsError when the model is not installed or a vocabulary file is broken.
        """
        from recognizers.harm.lexicon import CategoryFileError
        from recognizers.registry import build_analyzer, own_recognizers

        try:
            return cls(load_pipeline(model, helplines, vocabularies), build_analyzer(own_recognizers()))
        except (ModelNotInstalledError, CategoryFileError) as error:
            raise SettingsError(str(error)) from None


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was seen, and a sentence for each recognizer that failed on the way."""

    analysis: Analysis
    problems: tuple[str, ...] = ()


def recognise(copy: Copy, context: Context, engine: Engine) -> Recognised:
    """Read the copy once and gather what every recognizer sees.

    Offsets count code points of `copy.text`. A recognizer that fails is a problem, and the others still
    count. When the spaCy pass itself fails nothing is known of the copy, and its exception is raised: its
    text may hold copy.
    """
    from recognizers.registry import FAILED, analyze, failures
    from recognizers.results import to_observation

    reading = copy.reading(context.published)
    with engine.lock, engine.nlp.memory_zone():
        doc = read(engine.nlp, copy.text, reading)
        results = analyze(engine.analyzer, doc, copy.text)
        people, subjects, support = doc._.people, doc._.subjects, doc._.support
        del doc
    observations = [to_observation(result) for result in results if result.entity_type != FAILED]
    analysis = Analysis(people, subjects, support, one_reading(observations), reading, context)
    return Recognised(analysis, tuple(failures(results)))


def one_reading(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """Observations sorted by (start, end, type), less those that the precedence table gives way to others.

    The same whatever order they come in, except among observations that are alike in every field compared.
    """
    rows: dict[int, list[Observation]] = {}
    kept: list[Observation] = []
    for observation in observations:
        place = _PLACES.get(observation.entity_type)
        if place is None:
            kept.append(observation)
        else:
            rows.setdefault(place[0], []).append(observation)
    for row in rows.values():
        kept.extend(_winners(row))
    return tuple(sorted(kept, key=_order))


def _winners(row: list[Observation]) -> list[Observation]:
    """Of every group that overlaps, those that no better one covers."""
    winners: list[Observation] = []
    group: list[Observation] = []
    reach = 0
    for observation in sorted(row, key=_order):
        if group and observation.start >= reach:
            winners.extend(_settled(group))
            group = []
        reach = max(reach, observation.end) if group else observation.end
        group.append(observation)
    return winners + _settled(group)


def _settled(group: list[Observation]) -> list[Observation]:
    if len(group) < 2:
        return group
    kept: list[Observation] = []
    for candidate in sorted(group, key=_precedence):
        if not any(k.start <= candidate.start and candidate.end <= k.end for k in kept):
            kept.append(candidate)
    return kept


def _precedence(observation: Observation) -> tuple[object, ...]:
    length = observation.end - observation.start
    return (-length, _PLACES[observation.entity_type][1], -observation.score, *_order(observation))


def _order(observation: Observation) -> tuple[int, int, str, str, str]:
    return (
        observation.start,
        observation.end,
        observation.entity_type,
        observation.person or "",
        observation.recognizer,
    )
