"""Where the support blocks are: units that send a reader to help, and what belongs around them.

Each unit (sentence or list item) gets one part to play. Anchors make a block; lead-ins join the anchor
after them, follow-ups and list items the one before; layout noise and descriptions only fill a gap between
two members.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from recognizers.helplines.attribution import Attribution
from recognizers.helplines.contacts import Contact
from recognizers.helplines.index import HelplineRegistry, digits_of
from recognizers.helplines.sentences import Sentence
from recognizers.helplines.words import BlockWords

Part = Literal["anchor", "lead", "follow", "item", "either", "fill", "stop"]

_WORDS = r"(?: (?:[A-Z0-9&][\w'’&]*|of|for|and|the|in|to|on|a)){0,9}"
_ITEM = re.compile(
    r"[\"“'‘(*_\[]*[A-Z0-9][\w'’&]*(?:[^.?!:\n]{0,60}[*_\]]{0,3}:|" + _WORDS + r"[*_\]]{0,3}\s?[|,(–—-])"
)
_LISTED = re.compile(r"[’'s]*[\s*_\]]*[:|,(–—-]|\s*(?:on|at)?\s*$")
_MARKUP = re.compile(r"\A(?:<[^<>]{1,200}>|[*_#>\"“‘\[(\s])+")
_FILL_LIMIT = 220
_FOLLOW_LIMIT = 260
_NAME_LINE_LIMIT = 70
# A name that stands so near the start of its sentence opens it ("The charity Sands …").
_OPENS = 14
_GAP = 3


@dataclass(frozen=True, slots=True)
class Features:
    """What a unit says, as far as blocks are concerned."""

    supports: bool
    contact: bool
    known: bool
    opening: bool
    offer: bool
    item: bool


class BlockFinder:
    """Finds runs of units that are support blocks; made once for a registry, then only read."""

    def __init__(self, registry: HelplineRegistry, words: BlockWords, attribution: Attribution) -> None:
        self._registry = registry
        self._words = words
        self._attribution = attribution

    def find(self, text: str, sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
        """Index ranges (first and last, inclusive) of `sentences`, all of one segment: a block each."""
        parts = _Parts(self, text, sentences)
        blocks: list[tuple[int, int]] = []
        index = 0
        while index < len(sentences):
            speaks = sentences[index].names or sentences[index].contacts
            if not speaks or parts[index] != "anchor":
                index += 1
                continue
            floor = blocks[-1][1] + 1 if blocks else 0
            first = self._back(parts, index, floor)
            last = self._forth(parts, index, len(sentences))
            if blocks and first == floor:
                blocks[-1] = (blocks[-1][0], last)
            else:
                blocks.append((first, last))
            index = last + 1
        return blocks

    def _back(self, parts: _Parts, anchor: int, floor: int) -> int:
        """The first unit of the block: lead-ins before the anchor, never beginning with layout noise."""
        first = position = anchor
        while position > floor and anchor - position < 40:
            position -= 1
            if parts[position] in ("lead", "item", "either"):
                first = position
            elif parts[position] not in ("fill", "follow") or first - position > _GAP:
                break
        return first

    def _forth(self, parts: _Parts, anchor: int, count: int) -> int:
        """The last unit of the block: what goes on with it; over a gap, only to items or anchors."""
        last = position = anchor
        gap = False
        while position + 1 < count:
            position += 1
            part = parts[position]
            if part == "anchor" or part == "item" or (part in ("follow", "either") and not gap):
                last, gap = position, False
            elif part in ("fill", "lead", "follow", "either") and position - last <= _GAP:
                gap = True
            else:
                break
        return last

    def part(self, text: str, sentences: Sequence[Sentence], index: int, repeated: frozenset[int]) -> Part:
        """The part that sentences[index] plays; `repeated` are the lines that are captions and layout."""
        sentence, words = sentences[index], self._words
        body = _MARKUP.sub("", text[sentence.start : sentence.end], count=1)
        if words.noise.fullmatch(body) or index in repeated:
            return "fill"
        if words.stoppers.match(body) or self._about_somebody(text, sentence):
            return "stop"
        seen = self._features(text, sentences, index, body)
        if words.donations.search(body) and not any(c.kind == "number" and c.ids for c in sentence.contacts):
            return "stop"
        if words.press.search(body) and not seen.known:
            return "stop"
        if self._anchors(text, sentence, body, seen):
            return "anchor"
        if words.appeals.search(body):
            return "stop"
        return self._beside(text, sentences, index, body, seen)

    def _anchors(self, text: str, sentence: Sentence, body: str, seen: Features) -> bool:
        words = self._words
        sends = seen.opening or seen.offer or seen.item
        if not seen.opening and words.narrative.search(body):
            return False
        opens = bool(sentence.names) and sentence.names[0].start - sentence.start <= _OPENS
        if opens and seen.known and seen.supports and not self._all_actors(text, sentence):
            # "NAPAC supports adult survivors on 0808 801 0331": the name with its own number.
            return True
        if seen.known or (seen.supports and seen.contact):
            return sends
        if seen.supports:
            return seen.opening and seen.offer and not self._all_actors(text, sentence)
        unknown_line = any(self._helpline_like(contact) for contact in sentence.contacts)
        return seen.opening and seen.offer and unknown_line and bool(words.helpline_nouns.search(body))

    def _beside(
        self, text: str, sentences: Sequence[Sentence], index: int, body: str, seen: Features
    ) -> Part:
        sentence, words = sentences[index], self._words
        reachable = any(self._helpline_like(contact) or contact.ids for contact in sentence.contacts)
        if words.narrative.search(body) or self._news(text, sentence):
            return "stop"
        if words.emergencies.search(body):
            return "either"
        if sentence.alone and reachable and (seen.item or _only_contacts(body, sentence)):
            return "item"
        if sentence.alone and sentence.names and _only_names(body, sentence):
            return "item"
        if len(body) <= _FOLLOW_LIMIT and words.continuations.match(body):
            return "either" if words.openings.match(body) else "follow"
        if words.openings.match(body):
            return "lead"
        hours = words.hours.search(body)
        if hours and (sentence.alone or len(body) < 120) and not words.appeals.search(body):
            return "follow" if hours.start() < 40 or words.offers.search(body) else "stop"
        if words.offers.search(body) and (
            reachable or any(self._supports(n.key.ids) for n in sentence.names)
        ):
            return "either" if sentence.names else "follow"
        if len(body) <= _FILL_LIMIT and words.descriptions.search(body):
            return "fill"
        return "stop"

    def _features(self, text: str, sentences: Sequence[Sentence], index: int, body: str) -> Features:
        sentence = sentences[index]
        names = [name for name in sentence.names if self._supports(name.key.ids)]
        known = any(
            self._supports(c.ids) or (c.retired and self._supports(self._former(c)))
            for c in sentence.contacts
        )
        meant = any(
            self._supports(name.key.ids)
            for contact in sentence.contacts
            if not contact.known
            for name in self._attribution.tied(text, sentence, contact)
        )
        contact = meant or any(self._helpline_like(c) for c in sentence.contacts if not c.known)
        item = bool(sentence.alone and sentence.contacts and self._listed(text, sentence, body))
        item = item or self._entry(text, sentence)
        if names and sentence.alone and not sentence.contacts and len(body) <= _NAME_LINE_LIMIT:
            after = sentences[index + 1] if index + 1 < len(sentences) else None
            item = bool(
                after
                and after.contacts
                and not after.names
                and _only_contacts(text[after.start : after.end], after)
            )
            contact = contact or item
        if sentence.alone and known and _only_contacts(body, sentence):
            item = True
        return Features(
            supports=bool(names),
            contact=contact,
            known=known,
            opening=bool(self._words.openings.match(body)),
            offer=bool(self._words.offers.search(body)),
            item=item,
        )

    def _listed(self, text: str, sentence: Sentence, body: str) -> bool:
        """Whether a line is a list entry: it begins with a name and soon gets to a contact."""
        first = sentence.contacts[0]
        if sentence.names and sentence.names[0].start - sentence.start <= 4:
            gap = text[sentence.names[0].end : first.start]
            return len(gap) < 140 and bool(_LISTED.match(gap))
        head = text[sentence.start : first.start]
        return len(head) <= 90 and bool(_ITEM.match(body)) and ". " not in head

    def _entry(self, text: str, sentence: Sentence) -> bool:
        """Whether a sentence begins as an entry does: "Samaritans (116 123) …", "Childline 0800 1111"."""
        if not sentence.names or not sentence.contacts or sentence.names[0].start - sentence.start > 4:
            return False
        name, first = sentence.names[0], sentence.contacts[0]
        if first.start < name.end or name not in self._attribution.tied(text, sentence, first):
            return False
        return first.start - name.end <= 12

    def _about_somebody(self, text: str, sentence: Sentence) -> bool:
        """Whether somebody in particular is spoken to or of, or a private person's contact stands here."""
        for contact in sentence.contacts:
            personal = contact.kind == "number" and digits_of(contact.value).startswith("07")
            personal = personal or contact.value.rpartition("@")[2] in self._words.personal_mail
            if personal and not contact.known and not self._attribution.tied(text, sentence, contact):
                return True
        return any(
            not any(n.start < m.end() and m.start() < n.end for n in sentence.names)
            for m in self._words.persons.finditer(text, sentence.start, sentence.end)
        )

    def _news(self, text: str, sentence: Sentence) -> bool:
        return bool(sentence.names) and not sentence.contacts and self._all_actors(text, sentence)

    def _all_actors(self, text: str, sentence: Sentence) -> bool:
        """Whether every helpline named here makes news rather than helps."""
        return all(
            self._words.news_actor.search(text[name.end : name.end + 60])
            or self._words.news_actor_before.search(text[max(sentence.start, name.start - 60) : name.start])
            for name in sentence.names
        )

    def _former(self, contact: Contact) -> tuple[str, ...]:
        return tuple(helpline.id for helpline in self._registry.retired_by(contact.value)) or ("",)

    def _supports(self, ids: Sequence[str]) -> bool:
        return any(i == "" or self._registry.by_id(i).support for i in ids)

    def _helpline_like(self, contact: Contact) -> bool:
        if contact.kind == "number":
            return not digits_of(contact.value).startswith(("07", "09"))
        return contact.value.rpartition("@")[2] not in self._words.personal_mail


class _Parts:
    """The part each unit plays, worked out when it is asked for: most of a copy is far from any block."""

    def __init__(self, finder: BlockFinder, text: str, sentences: Sequence[Sentence]) -> None:
        self._finder, self._text, self._sentences = finder, text, sentences
        self._repeated = _repeated(text, sentences)
        self._known: dict[int, Part] = {}

    def __getitem__(self, index: int) -> Part:
        if index not in self._known:
            self._known[index] = self._finder.part(self._text, self._sentences, index, self._repeated)
        return self._known[index]


def _only_names(body: str, sentence: Sentence) -> bool:
    """Whether a line is little more than the helpline's name."""
    left = len(body) - sum(name.end - name.start for name in sentence.names)
    return len(body) <= _NAME_LINE_LIMIT and left <= 25 and not body.rstrip().endswith(".")


def _only_contacts(body: str, sentence: Sentence) -> bool:
    """Whether a line holds little beside its contacts (a number with its hours, an address)."""
    left = len(body) - sum(contact.end - contact.start for contact in sentence.contacts)
    return bool(sentence.contacts) and left <= 40


def _repeated(text: str, sentences: Sequence[Sentence]) -> frozenset[int]:
    """Lines that stand more than once in the copy without any contact: captions and layout, not support."""
    seen: dict[str, list[int]] = {}
    for index, sentence in enumerate(sentences):
        if sentence.alone and not sentence.contacts and not sentence.names:
            seen.setdefault(text[sentence.start : sentence.end], []).append(index)
    return frozenset(index for indexes in seen.values() if len(indexes) > 1 for index in indexes)
