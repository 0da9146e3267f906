"""Which names are helplines' and which are plain words: "Mind" and "Refuge" need something beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recognizers.helplines.attribution import Attribution
from recognizers.helplines.contacts import Name
from recognizers.helplines.sentences import Sentence


def believed(text: str, sentences: Sequence[Sentence], attribution: Attribution) -> list[Sentence]:
    """The same units without the weak names ("Mind", "Refuge") that nothing beside them bears out."""
    return [
        replace(
            s,
            names=tuple(
                n for n in s.names if not n.key.weak or _borne_out(text, sentences, i, n, attribution)
            ),
        )
        for i, s in enumerate(sentences)
    ]


def _borne_out(
    text: str, sentences: Sequence[Sentence], index: int, name: Name, attribution: Attribution
) -> bool:
    sentence = sentences[index]
    if any(set(name.key.ids) & set(contact.ids) for contact in sentence.contacts):
        return True
    if any(name in attribution.tied(text, sentence, contact) for contact in sentence.contacts):
        return True
    after = sentences[index + 1 : index + 4]
    if name.start == sentence.start and any(
        set(name.key.ids) & set(contact.ids) for s in after for contact in s.contacts
    ):
        return True
    return bool(attribution.introduced(text[max(sentence.start, name.start - 32) : name.start]))
