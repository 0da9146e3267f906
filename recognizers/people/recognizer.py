"""Presidio's view of the people component: mentions, name clashes and jigsaw pieces as results."""

from __future__ import annotations

import re

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from recognizers.model import Mention, Observation, People, Person, Piece
from recognizers.results import to_result

PIECE_ENTITIES = {
    "relation": "RELATION",
    "age": "AGE",
    "school_year": "SCHOOL_YEAR",
    "place": "SMALL_PLACE",
    "staff": "STAFF",
    "event": "UNIQUE_EVENT",
}
# A mention shows the first pieces of evidence for its person; the person shows them all.
_SHOWN = 3
_NAME = "PeopleRecognizer"
# "gofundme.com/f/joaquins-journey": a link that running text gives as it is.
_LINK = re.compile(r"(?:https?://|www\.|\b[\w-]+\.)[\w.-]*[a-z]{2,}/\S*", re.IGNORECASE)
_LINK_REACH = 120
_SCORES = {"tagger": 0.7, "names_list": 0.6, "cue": 0.85, "propagation": 0.8, "label": 1.0, "address": 0.75}


class PeopleRecognizer(EntityRecognizer):
    """Reports what `doc._.people` holds. Needs a doc that went through the people component."""

    def __init__(self) -> None:
        super().__init__(
            supported_entities=[
                "NAMED_MINOR",
                "PROTECTED_PERSON",
                "PERSON",
                "NAME_CLASH",
                *PIECE_ENTITIES.values(),
            ],
            name=_NAME,
            supported_language="en",
        )

    def load(self) -> None:
        """Nothing to load: the component has done the work."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        """Mentions, clashes and pieces as Presidio results; offsets count code points of `text`."""
        people: People = nlp_artifacts.tokens._.people
        by_id = {person.id: person for person in people.persons}
        found = [
            self._mention(text, person, index, by_id)
            for person in people.persons
            for index in range(len(person.mentions))
        ]
        for clash in people.clashes:
            found += [
                Observation("NAME_CLASH", start, end, 0.7, _NAME, clash.person, suggestion=clash.common)
                for start, end in clash.spans
            ]
        found += [self._piece(piece) for piece in people.pieces]
        return [to_result(observation) for observation in found]

    def _mention(self, text: str, person: Person, index: int, by_id: dict[str, Person]) -> Observation:
        mention = person.mentions[index]
        anchor = by_id.get(person.relative_of or "")
        if person.life_stage == "minor":
            entity = "NAMED_MINOR"
        elif (person.sex_offence_complainant or person.special_offence_victim) or (
            anchor is not None and (anchor.life_stage == "minor" or anchor.sex_offence_complainant)
        ):
            entity = "PROTECTED_PERSON"
        else:
            entity = "PERSON"
        return Observation(
            entity,
            mention.start,
            mention.end,
            _SCORES[mention.source],
            _NAME,
            person.id,
            {"source": mention.source, "form": mention.form, "link": _in_link(text, mention)},
            person.evidence[:_SHOWN],
        )

    def _piece(self, piece: Piece) -> Observation:
        facts: dict[str, str | bool | int | tuple[str, ...]] = {
            "piece": piece.kind,
            "accused": piece.accused,
            "implied": piece.implied,
        }
        if piece.other is not None:
            facts["other"] = piece.other
        if piece.institution:
            facts["institution"] = piece.institution
        return Observation(
            PIECE_ENTITIES[piece.kind], piece.start, piece.end, 0.6, _NAME, piece.person, facts
        )


def _in_link(text: str, mention: Mention) -> bool:
    """Whether a name stands in the address of a link."""
    if mention.source != "address":
        return False
    floor, ceiling = max(0, mention.start - _LINK_REACH), min(len(text), mention.end + _LINK_REACH)
    return any(
        link.start() <= mention.start and mention.end <= link.end()
        for link in _LINK.finditer(text, floor, ceiling)
    )
