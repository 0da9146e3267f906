"""The component in a spaCy pipeline, and the Presidio recognizers that read what it leaves on the doc."""

from __future__ import annotations

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer.nlp_engine import NlpArtifacts
from spacy.language import Language
from spacy.tokens import Doc

from recognizers.helplines.component import SupportDetector
from recognizers.helplines.recognizer import HelplineRecognizer, SupportBlockRecognizer
from recognizers.model import Reading, Support
from recognizers.results import to_observation

COPY = (
    "The NSPCC said the case was shocking.\n\nIf you are worried about a child, "
    "contact the NSPCC on 0808 800 500 or "
    "Childline on 0800 1111.\n\nThe trial goes on."
)
DETECTOR = SupportDetector()


def pipeline(**config: object) -> Language:
    for name, default in (("reading", Reading()), ("support", Support())):
        Doc.set_extension(name, default=default, force=True)
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("safeguard_support", config=config)
    return nlp


def artifacts(doc: Doc) -> NlpArtifacts:
    return NlpArtifacts([], doc, [], [], None, "en")  # type: ignore[arg-type]


def test_recognizers_hand_over_facts_and_suggestion() -> None:
    doc = pipeline()(COPY)
    recognizer = HelplineRecognizer()
    results = recognizer.analyze(COPY, ["HELPLINE", "HELPLINE_PROBLEM"], artifacts(doc))
    seen = [to_observation(result) for result in results]
    lines = [(COPY[o.start : o.end], o.facts["helpline"], o.facts["in_block"]) for o in seen[:-1]]
    assert lines == [
        ("NSPCC", "nspcc", False),
        ("NSPCC", "nspcc", True),
        ("Childline", "childline", True),
        ("0800 1111", "childline", True),
    ]
    problem = seen[-1]
    assert problem.entity_type == "HELPLINE_PROBLEM"
    assert COPY[problem.start : problem.end] == "0808 800 500"
    assert dict(problem.facts) == {"kind": "wrong_number", "helpline": "nspcc"}
    assert problem.suggestion == "0808 800 5000"
    assert recognizer.analyze(COPY, ["PERSON"], artifacts(doc)) == []

    (block,) = SupportBlockRecognizer().analyze(COPY, ["SUPPORT_BLOCK"], artifacts(doc))
    assert COPY[block.start : block.end].startswith("If you are worried")
    assert to_observation(block).facts["helplines"] == ("nspcc", "childline")


def test_a_policys_own_helplines_reach_the_component() -> None:
    copy = "If you've been affected, call Harbour Lights on 0808 157 0123."
    own = [{"id": "harbour-lights", "names": ["Harbour Lights"], "numbers": ["0808 157 0123"]}]
    support: Support = pipeline(helplines=own)(copy)._.support
    assert [b.helplines for b in support.blocks] == [("harbour-lights",)]
    assert support.problems == ()


PIECES = st.sampled_from(
    [
        "NSPCC",
        "Childline",
        " on ",
        "0800 1111",
        "116 123",
        "If you need help, ",
        "call ",
        ". ",
        "\n",
        "\n\n",
        "(",
        ")",
        "text SHOUT to 85258",
        "nspcc.com",
        "Hide Ad",
        "Sam, please ",
        "0",
        "1 ",
        "- ",
        "a.m. ",
        "Mind",
        "’s",
        "8am-10pm",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join))
def test_every_text_gives_sorted_blocks_inside_it_that_start_and_end_on_words(copy: str) -> None:
    support = DETECTOR.detect(copy)
    edges = [edge for block in support.blocks for edge in (block.start, block.end)]
    assert edges == sorted(edges)
    assert all(copy[b.start : b.end] == copy[b.start : b.end].strip() != "" for b in support.blocks)
    assert all(0 <= start < end <= len(copy) for _, start, end in support.mentions)
    assert support == DETECTOR.detect(copy)
