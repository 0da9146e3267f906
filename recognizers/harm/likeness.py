"""What a copy is about by its words taken together, where no single sentence tells the harm outright.

"Five in the pew on Sunday, and all the room in the world in it now" names no death. The words of a whole copy
seldom leave it open. Each has a weight for each category, learned from the annotated samples by
`scripts/learn_likeness.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from recognizers.vocabulary import load_lines
from recognizers.weighing import WordScales

_PACKAGE = "recognizers.harm"
_FILE = "subject_likeness.txt"
_HEADER = "(categories)"
# Log odds from which the words alone say that a copy is about a category, where the rules saw no more than a
# mention. Categories whose words say too little are not here: see docs/recognition.md.
LIKELY: Mapping[str, float] = MappingProxyType(
    {
        "baby_loss": -0.25,
        "child_death": 0.5,
        "child_exploitation": -0.5,
        "child_sexual_abuse": 0.25,
        "harmful_practices": -0.5,
    }
)


class SubjectLikeness:
    """Weighs the words of a copy for each of those categories. Made once; keeps nothing between copies."""

    def __init__(self) -> None:
        lines = list(load_lines(_PACKAGE, _FILE))
        header = next(line for line in lines if line.startswith(_HEADER))
        self._categories = header.split("\t")[2:]
        self._scales = WordScales(line for line in lines if line != header)

    def likely(self, text: str) -> dict[str, tuple[int, int]]:
        """The categories that the copy is about by its words, with the span of the word that says most."""
        straight = text.replace("\u2019", "'")
        scored = enumerate(zip(self._categories, self._scales.scores(straight), strict=True))
        return {
            name: self._scales.telling(straight, question)
            for question, (name, score) in scored
            if score >= LIKELY[name]
        }
