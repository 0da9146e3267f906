"""What a copy is about by its words and marks together, where no single sentence tells the harm outright.

"Five in the pew on Sunday, and all the room in the world in it now" names no death. The words of a whole copy
seldom leave it open, least of all beside what is known of its people. Each has a weight for each category,
learned from the annotated samples by `scripts/learn_likeness.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from recognizers.vocabulary import load_lines
from recognizers.weighing import WordScales, stem

_PACKAGE = "recognizers.harm"
_FILE = "subject_likeness.txt"
_HEADER = "(categories)"
# Log odds from which all of it together says that a copy is about a category, where the rules saw at most a
# mention; `learn_likeness.py --check` prints how others would do. Of graphic violence the samples hold too
# little.
LIKELY: Mapping[str, float] = MappingProxyType(
    {
        "baby_loss": 0.0,
        "child_death": 0.0,
        "child_emotional_abuse": 0.0,
        "child_exploitation": 0.0,
        "child_neglect": 0.0,
        "child_physical_abuse": 0.25,
        "child_sexual_abuse": 0.25,
        "domestic_abuse": -0.5,
        "harmful_practices": 0.0,
        "sexual_violence": 1.0,
        "suicide_self_harm": 0.5,
    }
)
# So much more where no case is told of (no arrest, trial, inquest) and no sentence mentions the harm.
WITHOUT_A_CASE = 1.0
# Log odds below which it says that a copy is not about a category, though a sentence read so.
UNLIKELY = -2.0


class SubjectLikeness:
    """Weighs a copy for each of those categories. Made once; keeps nothing between copies."""

    def __init__(self) -> None:
        lines = list(load_lines(_PACKAGE, _FILE))
        header = next(line for line in lines if line.startswith(_HEADER))
        self._categories = header.split("\t")[2:]
        self._scales = WordScales((line for line in lines if line != header), stem)

    def scores(self, text: str, marks: Mapping[str, float]) -> dict[str, float]:
        """The log odds of each category, by the words of `text` and the marks of the copy (see marks.py)."""
        return dict(zip(self._categories, self._scales.scores(_straight(text), marks), strict=True))

    def telling(self, text: str, category: str) -> tuple[int, int]:
        """The span of the word that says most for a category."""
        return self._scales.telling(_straight(text), self._categories.index(category))


def _straight(text: str) -> str:
    return text.replace("\u2019", "'")
