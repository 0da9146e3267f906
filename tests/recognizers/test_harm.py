"""What copy is about: the cases of harm_cases.yaml, and what the component must not read."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc

import recognizers.harm.component  # noqa: F401 - registers the factory
from recognizers.harm.lexicon import CategoryFileError, load_categories
from recognizers.harm.recognizer import HarmRecognizer
from recognizers.model import Mention, People, Person, Reading, Segment, Subject, Support, SupportBlock
from recognizers.results import to_observation

CASES = yaml.safe_load((Path(__file__).parent / "harm_cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def nlp() -> Language:
    return make_pipeline()


def make_pipeline(**config: object) -> Language:
    for name, default in (
        ("reading", Reading()),
        ("support", Support()),
        ("people", People()),
        ("subjects", ()),
    ):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    pipeline.add_pipe("safeguard_subjects", config=config)
    return pipeline


def reported(subjects: tuple[Subject, ...]) -> dict[str, int]:
    return {s.category: s.severity for s in subjects if s.severity >= 2}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_copy_is_about(nlp: Language, case: dict) -> None:
    found = reported(nlp(case["text"])._.subjects)
    for category, (low, high) in case["reports"].items():
        assert low <= found.get(category, 0) <= high, (category, found)
    assert set(found) <= set(case["reports"]) | set(case.get("may", ())), found


def test_every_category_has_copy_that_reports_it() -> None:
    covered = {category for case in CASES for category in case["reports"]}
    assert covered == set(load_categories().categories)


def test_subjects_are_sorted_and_evidence_lies_in_the_copy(nlp: Language) -> None:
    for case in CASES:
        doc = nlp(case["text"])
        names = [s.category for s in doc._.subjects]
        assert names == sorted(names)
        for subject in doc._.subjects:
            assert 1 <= subject.severity <= 4
            assert subject.evidence
            for evidence in subject.evidence:
                assert doc.text[evidence.start : evidence.end].strip()


def test_support_block_is_not_read(nlp: Language) -> None:
    text = (
        "The fete is on Saturday at noon.\n\n"
        "If you are thinking of suicide, or a girl was raped, call Samaritans on 116 123."
    )
    doc = nlp.make_doc(text)
    assert nlp(text)._.subjects
    doc._.support = Support(blocks=(SupportBlock(text.index("If you"), len(text), ("samaritans",)),))
    assert nlp(doc)._.subjects == ()


def test_warning_of_an_earlier_run_is_not_read(nlp: Language) -> None:
    copy = "The village fete is on Saturday.\nThere will be cakes and a raffle."
    warned = "Content warning: this article describes rape and the killing of a child.\n\n" + copy
    assert nlp(warned)._.subjects == nlp(copy)._.subjects == ()


def test_warning_changes_no_severity(nlp: Language) -> None:
    for case in CASES[:12]:
        warned = "Content warning: this article is about child cruelty.\n\n" + case["text"]
        assert reported(nlp(warned)._.subjects) == reported(nlp(case["text"])._.subjects), case["id"]


def test_resolved_people_tell_who_was_harmed(nlp: Language) -> None:
    text = (
        "Jury hears of attack\n\n"
        "Ellis Corran was stabbed and punched at a flat in Rhyl, the jury was told.\n"
        "Ellis Corran was beaten with a belt, the prosecution said."
    )
    starts = [i for i in range(len(text)) if text.startswith("Ellis Corran", i)]

    def found_for(stage: str) -> dict[str, int]:
        mentions = tuple(Mention(i, i + 12, "tagger", "full") for i in starts)
        doc = nlp.make_doc(text)
        doc._.people = People(
            (Person("p1", ("Ellis Corran",), mentions, life_stage=stage, roles=frozenset({"victim"})),)
        )
        return reported(nlp(doc)._.subjects)

    assert found_for("minor").get("child_physical_abuse", 0) >= 2
    assert "child_physical_abuse" not in found_for("adult")


def test_headline_part_counts_as_the_headline(nlp: Language) -> None:
    filler = " ".join(f"The council discussed item {n} on its list." for n in range(20))
    text = f"Boy, 9, murdered in park\n\n{filler}"
    doc = nlp.make_doc(text)
    doc._.reading = Reading((Segment("headline", None, 0, 24), Segment("body", None, 26, len(text))))
    assert reported(nlp(doc)._.subjects) == {"child_death": 2}
    slug = nlp.make_doc(text)
    slug._.reading = Reading((Segment("slug", None, 0, 24, "slug"), Segment("body", None, 26, len(text))))
    assert nlp(slug)._.subjects == ()


def test_lines_of_the_page_around_the_piece_are_not_read(nlp: Language) -> None:
    piece = (
        "Fete raises £900 for roof\n\nThe village fete raised £900 for the church roof.\nThere were cakes."
    )
    page = piece + "\nREAD MORE: Girl, 9, murdered in park\nPicture: boy who was beaten to death\nHide Ad"
    assert nlp(page)._.subjects == ()
    assert reported(nlp(piece + "\nA girl of nine was murdered in the park.")._.subjects) == {
        "child_death": 2
    }


def test_byline_and_advertisements_do_not_push_the_opening_down(nlp: Language) -> None:
    filler = "\n".join(f"The council discussed item {n} on its long list." for n in range(12))
    told = f"A boy of six has been beaten to death.\nHis stepfather has been charged with murder.\n{filler}"
    junk = (
        "EXCLUSIVE By Dan Sharples, Northern Correspondent\nPublished: 21:14, 12 Feb 2026\nHide Ad\nHide Ad\n"
    )
    plain = reported(nlp(f"Shock in town\n\n{told}")._.subjects)
    assert plain["child_death"] >= 2
    assert reported(nlp(f"Shock in town\n\n{junk}{told}")._.subjects) == plain


@pytest.mark.parametrize("told", ["was beaten", "was raped", "was neglected"])
def test_what_the_copy_says_did_not_happen_is_no_subject(nlp: Language, told: str) -> None:
    copy = f"Judge rules on girl's claim\n\nThe girl, 9, {told} at the home, the court found."
    assert reported(nlp(copy)._.subjects)
    assert not reported(nlp(copy.replace("was ", "was never "))._.subjects)


def test_a_wife_named_later_is_still_the_wife(nlp: Language) -> None:
    text = (
        "Court hears of kitchen attack\n\nPaul Rennick was angry with his wife.\n"
        "He stabbed Diane Tarrant with a knife, the jury was told."
    )
    start, wife = text.index("Diane Tarrant"), text.index("his wife")
    mentions = (Mention(start, start + 13, "tagger", "full"),)

    def found_for(descriptions: tuple[tuple[int, int], ...]) -> dict[str, int]:
        doc = nlp.make_doc(text)
        person = Person("p1", ("Diane Tarrant",), mentions, descriptions, life_stage="adult")
        doc._.people = People((person,))
        return reported(nlp(doc)._.subjects)

    assert "domestic_abuse" in found_for(((wife, wife + 8),))
    assert "domestic_abuse" not in found_for(())


# An idiom, and the same verb in earnest: the idioms must not hide the harm.
IDIOM_AND_HARM = [
    ("The news shook the nation, and the baby slept.", "He shook the baby, the court heard."),
    ("The girl hit the post, the coach said.", "He hit the girl, aged six, with a belt, the court heard."),
    ("She neglected her duties as a guide leader.", "She neglected her children, the court heard."),
    ("The boys were beaten by a single goal.", "The boy was beaten by a gang, the court heard."),
    ("The pupils were thrown into confusion.", "The toddler was thrown into a wall, the court heard."),
]


@pytest.mark.parametrize(("idiom", "harm"), IDIOM_AND_HARM)
def test_an_idiom_does_not_hide_the_same_word_in_earnest(nlp: Language, idiom: str, harm: str) -> None:
    assert not reported(nlp(f"The week in the village\n\n{idiom}")._.subjects)
    assert reported(nlp(f"The week in court\n\n{harm}")._.subjects)


def test_newsroom_adds_a_category_without_code(tmp_path: Path) -> None:
    path = tmp_path / "eating.yaml"
    path.write_text(
        "categories:\n  - name: eating_disorders\n    victim: any\n"
        "    strong: ['(anorexia|bulimia)']\n    hints: [weighed]\n",
        encoding="utf-8",
    )
    case = next(c for c in CASES if c["id"] == "anorexia")
    assert reported(make_pipeline(extra_paths=[str(path)])(case["text"])._.subjects) == {
        "eating_disorders": 2
    }


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("categories:\n  - name: x\n    victim: dog\n", "dog"),
        ("categories:\n  - name: x\n    strnog: [a]\n", "strnog"),
        ("categories:\n  - name: x\n    strong: ['@nowhere']\n", "@nowhere"),
        ("categories:\n  - name: x\n    strong: ['(open']\n", "brackets"),
        ("words: [a]\n", "categories"),
    ],
)
def test_broken_category_file_says_what_is_wrong(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CategoryFileError, match=complaint):
        load_categories([path])


def test_recognizer_reports_evidence_with_facts(nlp: Language) -> None:
    case = next(c for c in CASES if c["id"] == "children-saw-violence")
    doc = nlp(case["text"])

    class Artifacts:
        tokens = doc

    recognizer = HarmRecognizer()
    results = [to_observation(r) for r in recognizer.analyze(doc.text, [], Artifacts())]
    kinds = {(o.entity_type, o.facts["category"]) for o in results}
    assert ("CHILD_HARM", "child_emotional_abuse") in kinds
    assert ("HARM", "domestic_abuse") in kinds
    only = recognizer.analyze(doc.text, ["HARM"], Artifacts())
    assert {r.entity_type for r in only} == {"HARM"}
