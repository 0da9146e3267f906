"""Which helpline's name a number or address goes with.

A contact is tied to the name before it when nothing but linking words stand between ("the NSPCC on …",
"NSPCC: …"), else to the one after it ("… for Childline"). The lists are in blocks.yaml.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from recognizers.helplines.contacts import Contact, Name
from recognizers.helplines.sentences import Sentence
from recognizers.helplines.words import BlockWords

_WORD = re.compile(r"[A-Za-z0-9]+")
_CAPITALISED = re.compile(r"(?<![.!?:•\n] )(?<!^)\b[A-Z][a-z]+")
_JOINED = re.compile(r"^(?:\s*(?:,|and|or|&|/|the|both|either|\()\s*)*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;?!]\s|\n")
_LINK_LIMIT = 90
_NEIGHBOURS = 6


class Attribution:
    """Answers which names stand before, after or around a contact, and which of them it is tied to."""

    def __init__(self, words: BlockWords) -> None:
        self._words = words

    def tied(self, text: str, sentence: Sentence, contact: Contact) -> tuple[Name, ...]:
        """The names that the contact is tied to: those joined before it, else the one after it, else none."""
        earlier = before(sentence, contact)
        if earlier and self._links(text[earlier[-1].end : contact.start], self._words.link_words):
            group = [earlier[-1]]
            for name in reversed(earlier[:-1]):
                if not _JOINED.match(text[name.end : group[0].start]):
                    break
                group.insert(0, name)
            return tuple(group)
        return self.tied_after(text, sentence, contact)

    def tied_after(self, text: str, sentence: Sentence, contact: Contact) -> tuple[Name, ...]:
        """The name after the contact, if only words like "for" stand between; else none."""
        after = next(iter(sentence.names[bisect_left(sentence.names, contact.end, key=_start) :][:1]), None)
        gap = text[contact.end : after.start] if after is not None else ""
        return (
            (after,)
            if after is not None and gap.strip() and self._links(gap, self._words.after_words)
            else ()
        )

    def introduced(self, before: str) -> bool:
        """Whether the words before a name say that a helpline is meant ("the charity …", "call …")."""
        return bool(self._words.introductions.search(before))

    def _links(self, gap: str, allowed: frozenset[str]) -> bool:
        """Whether nothing but linking words stands in the gap, and no sentence ends in it."""
        if len(gap) > _LINK_LIMIT or _SENTENCE_END.search(gap):
            return False
        return all(word.lower() in allowed for word in _WORD.findall(gap))

    def carried(self, sentences: Sequence[Sentence], index: int) -> tuple[Name, ...]:
        """The last name before this unit, from the two units before it, where this one has none."""
        for back in sentences[max(0, index - 2) : index][::-1]:
            if back.names:
                return back.names[-1:]
        return ()

    def stranger_in(self, gap: str) -> bool:
        """Whether a third party is named between a name and a contact."""
        return bool(_CAPITALISED.search(" " + gap) or self._words.strangers.search(gap))


def _start(name: Name) -> int:
    return name.start


def _end(name: Name) -> int:
    return name.end


def before(sentence: Sentence, contact: Contact) -> tuple[Name, ...]:
    """The last few names that end before the contact."""
    last = bisect_right(sentence.names, contact.start, key=_end)
    return sentence.names[max(0, last - _NEIGHBOURS) : last]


def near(sentence: Sentence, contact: Contact) -> tuple[Name, ...]:
    """The names around the contact: some before it, nearest last, and some after it."""
    last = bisect_right(sentence.names, contact.start, key=_end)
    return sentence.names[max(0, last - _NEIGHBOURS) : last + _NEIGHBOURS]
