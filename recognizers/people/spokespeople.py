"""Who speaks for a party in court or for a body, and who took the picture: told by where a name stands."""

from __future__ import annotations

import re

from recognizers.model import Evidence
from recognizers.people.figures import Ref
from recognizers.people.grammar import any_of
from recognizers.people.lexicon import NameLexicon
from recognizers.people.scene import Scene

_PARTY = r"[A-Z][\w'-]+(?: (?:and )?[A-Z][\w'-]+){0,4}"
_FOR_PARTY = re.compile(rf"\b[Ff]or (?:the )?{_PARTY}, $")
_PARTY_REACH = 60
_CREDIT_REACH = 24
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


class Spokespeople:
    """Finds them. Made once; keeps nothing between copies."""

    def __init__(self, lexicon: NameLexicon) -> None:
        said = any_of(lexicon.said)
        parties = rf"(?:[a-z-]+ )?{any_of(lexicon.represented)}"
        self._said = re.compile(rf" {said}\b")
        self._speaks_for = re.compile(rf",? (?:KC, |QC, |SC, )?for (?:the )?{_PARTY}, (?:has |had )?{said}\b")
        # "For the mother, Ottoline Shaw; for the father, Femi Adegoke."
        self._for_parent = re.compile(
            rf"\b[Ff]or (?:the|each|both) (?:[a-z-]+ )?{any_of(lexicon.represented)}, $"
        )
        self._for_party = re.compile(
            rf",? (?:KC, |QC, |SC, )?(?:counsel |barrister |solicitor )?"
            r"(?:(?:appearing |acting |instructed )?for|representing|on behalf of) "
            rf"(?:the |each |both )?{parties},"
            rf" (?:has |had )?{said}\b"
        )
        self._credit_parts = lexicon.credit_parts
        self._credit = re.compile(rf"\b{any_of(lexicon.credits)}: ?$", re.IGNORECASE)

    def cast(self, scene: Scene) -> None:
        """ "Wendy Castell, for Spurling, said", "For Baillie, Rory Kinloch said", "Picture: Joel Sykes"."""
        for ref in scene.refs:
            if ref.name and self._in_credits(scene, ref):
                evidence = Evidence(ref.start, ref.end, "journalist.credit-part", "role", "journalist")
                ref.figure.says("journalist", evidence)
                continue
            if not ref.name or ref.figure.minor_now:
                continue
            clean = scene.readable.clean
            credit = self._credit.search(clean, max(0, ref.outer - _CREDIT_REACH), ref.outer)
            if credit is not None:
                evidence = Evidence(*credit.span(), "journalist.credit", "role", "journalist")
                ref.figure.says("journalist", evidence)
                continue
            party = self._party(clean, ref)
            if party is not None:
                evidence = Evidence(*party.span(), "professional.party", "role", "professional")
                ref.figure.says("professional", evidence)

    def _in_credits(self, scene: Scene, ref: Ref) -> bool:
        """Whether a name stands in a part that names who wrote the copy or took its pictures."""
        segment = scene.readable.segment_at(ref.start)
        if segment is not None and segment.credit:
            return True
        words = _WORDS.findall(segment.part) if segment is not None else []
        return bool(words) and words[-1].lower() in self._credit_parts

    def _party(self, clean: str, ref: Ref) -> re.Match[str] | None:
        parent = self._for_parent.search(clean, max(0, ref.outer - _PARTY_REACH), ref.outer)
        if parent is not None:
            return parent
        behind = self._speaks_for.match(clean, ref.end) or self._for_party.match(clean, ref.end)
        if behind is not None or self._said.match(clean, ref.end) is None:
            return behind
        return _FOR_PARTY.search(clean, max(0, ref.outer - _PARTY_REACH), ref.outer)
