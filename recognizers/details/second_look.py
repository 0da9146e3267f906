"""A second look at the institutions that no rule gives to anybody, in copy about somebody protected.

A club is named where its coach says what the lad was like, a school where a candle was lit: no word next to
the name says whose it is, and everybody who reads it knows. What surrounds the name tells it from the rival
and from the place of something else; it is weighed, with weights learned from the annotated samples
(`scripts/learn_institutions.py`). Streets were tried, too: as many were wrongly taken as were found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recognizers.details.ownership import Ids
from recognizers.details.setting import Institution, Setting, SettingReader
from recognizers.details.view import View
from recognizers.people.likeness import CopyLikeness
from recognizers.people.surroundings import strength
from recognizers.vocabulary import load_lines
from recognizers.weighing import MarkScales

# From this probability on an institution is taken for a protected person's own: 20 of the 29 that the rules
# left in by mistake, and one of the 20 that they left in rightly (ten-fold cross-validation on the annotated
# samples, November 2026).
SURE = 0.8
# The copy has to speak of a child or its family this near, in characters: a round-up tells many stories.
_NEAR = 850


class SecondLook:
    """Weighs the marks of institutions. Made once; keeps nothing between copies."""

    def __init__(self, cues: dict[str, Any]) -> None:
        self._likeness = CopyLikeness()
        self._reader = SettingReader(cues, self._likeness.words)
        self._scales = MarkScales(load_lines("recognizers.details", "institution_likeness.txt"))

    def look(self, view: View, institutions: Sequence[Institution]) -> dict[int, Ids]:
        """Whose own those of the institutions are that nobody owns by the rules and that are like a protected
        person's: by their index.
        """
        if not institutions or not self.is_asked(view):
            return {}
        setting: Setting | None = None
        found: dict[int, Ids] = {}
        for index, institution in enumerate(institutions):
            if not self.is_open(view, institution):
                continue
            setting = setting or self.setting(view)
            if self._scales.probability(setting.of(institution)) >= SURE:
                person = setting.nearest(institution.spans)
                found[index] = (person.id,) if person is not None else ()
        return {index: of for index, of in found.items() if of}

    def is_asked(self, view: View) -> bool:
        """Whether the copy is about somebody protected, nobody in it speaks openly, and it does not say
        that no pupil was harmed.
        """
        story = self._reader.story
        open_ = any(p.waived or p.own_childhood for p in view.people.persons)
        return not open_ and bool(story.central(view)) and not story.is_no_pupils(view)

    def is_open(self, view: View, institution: Institution) -> bool:
        """Whether no rule makes it a child's own, another's ("a rival club", "Norwich City") or only the
        place of something, and the copy speaks of a child or its family near it.
        """
        if institution.ordinary or institution.elsewhere:
            return False
        owners = [p for p in view.people.persons if p.id in institution.owners]
        central = self._reader.story.central(view)
        if any(p.life_stage == "minor" or p in central for p in owners):
            return False
        children = {p.id for p in central}
        near = any(
            reference.person in central or reference.person.relative_of in children
            for start, end in institution.spans
            for reference in view.between(max(0, start - _NEAR), end + _NEAR)
        )
        return near and not any(self._reader.story.is_anothers(view, span) for span in institution.spans)

    def setting(self, view: View) -> Setting:
        """What is weighed of the institutions of a copy."""
        score = self._likeness.read(view.text.replace("’", "'")).score
        return self._reader.read(view, strength(score))
