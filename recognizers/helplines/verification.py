"""Checking every number, code and address against the helpline whose name stands beside it.

A contact belongs to a name in this order: tied to the one before it ("the NSPCC on …", "NSPCC: …"), tied
to the one after it ("… for Childline"), the one whose number it all but is (a digit away), the nearest one
before it with no third party between. Words that tie are `link_words` in blocks.yaml.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from recognizers.helplines.attribution import Attribution, before, near
from recognizers.helplines.contacts import Contact, ContactFinder, Name
from recognizers.helplines.index import HelplineRegistry, digits_of, domain_of
from recognizers.helplines.sentences import Sentence, scan
from recognizers.helplines.words import BlockWords, load_words
from recognizers.model import HelplineProblem

Status = Literal["ok", "wrong", "retired", "unknown"]

_NEAR = 1
_ALIKE = 84


@dataclass(frozen=True, slots=True)
class Verification:
    """What the registry says of one contact; offsets count characters of the text that was verified.

    `helpline` is whose it is, or whose it was meant to be; `expected` that one's own contact, as published.
    """

    start: int
    end: int
    text: str
    kind: str
    status: Status
    helpline: str | None = None
    expected: str = ""

    @property
    def problem(self) -> HelplineProblem | None:
        """The same as a problem of a copy; None when it is right."""
        if self.status == "ok":
            return None
        noun = {"number": "number", "text": "text", "email": "web", "web": "web", "name": "name"}[self.kind]
        kind = "unknown_number" if self.status == "unknown" else f"{self.status}_{noun}"
        if self.status == "retired" and self.kind == "text":
            kind = "retired_number"
        return HelplineProblem(self.start, self.end, kind, self.helpline, self.expected)


def verify(text: str, registry: HelplineRegistry) -> list[Verification]:
    """Check any text, support block or not: a result for each contact that is or claims to be a helpline's.

    Numbers that belong to nobody here are unknown only when they look like a helpline's (0800, 0300 …).
    """
    words = load_words()
    checker = Checker(registry, words)
    sentences = scan(text, 0, len(text), ContactFinder(registry, words), words)
    return [
        result
        for index, sentence in enumerate(sentences)
        for result in checker.check(text, sentences, index, inside=True)
        if result.status != "unknown"
        or (
            digits_of(result.text).startswith(words.helpline_prefixes)
            and not words.press.search(text, sentence.start, sentence.end)
        )
    ]


class Checker:
    """Attributes contacts to names and judges them; made once for a registry, then only read."""

    def __init__(self, registry: HelplineRegistry, words: BlockWords) -> None:
        self._registry = registry
        self._words = words
        self._attribution = Attribution(words)

    def check(
        self, text: str, sentences: Sequence[Sentence], index: int, *, inside: bool
    ) -> list[Verification]:
        """Judge the contacts of sentences[index]. `inside` a support block unknown ones count as well.

        Outside a block only what plainly claims to be a helpline's is judged: tied to a name, near to its
        number, or retired.
        """
        sentence = sentences[index]
        carried = self._attribution.carried(sentences, index)
        results = []
        for contact in sentence.contacts:
            judge = self._number if contact.kind in ("number", "text") else self._address
            result = judge(text, sentence, carried, contact, inside)
            if result is not None:
                results.append(result)
        if inside or sentence.contacts:
            for name in sentence.names:
                if name.key.retired:
                    owner = self._registry.by_id(name.key.ids[0])
                    results.append(
                        Verification(
                            name.start,
                            name.end,
                            text[name.start : name.end],
                            "name",
                            "retired",
                            owner.id,
                            owner.names[0],
                        )
                    )
        return sorted(results, key=lambda result: result.start)

    def _result(
        self, text: str, contact: Contact, status: Status, helpline: str | None = None, expected: str = ""
    ) -> Verification:
        body = text[contact.start : contact.end]
        return Verification(contact.start, contact.end, body, contact.kind, status, helpline, expected)

    def _expected(self, helpline_id: str, kind: str) -> str:
        helpline = self._registry.by_id(helpline_id)
        order = {
            "number": (helpline.numbers, helpline.texts, helpline.web),
            "text": (helpline.texts, helpline.numbers, helpline.web),
            "email": (helpline.emails, helpline.web),
            "web": (helpline.web,),
        }[kind]
        return next((values[0] for values in order if values), "")

    def _number(
        self, text: str, sentence: Sentence, carried: tuple[Name, ...], contact: Contact, inside: bool
    ) -> Verification | None:
        tied = self._attribution.tied(text, sentence, contact)
        tied_ids = tuple(i for name in tied for i in name.key.ids)
        near_ids = tuple(i for name in (*tied, *near(sentence, contact), *carried) for i in name.key.ids)
        digits = digits_of(contact.value)
        if contact.ids:
            own = next((i for i in contact.ids if i in tied_ids), None) or next(
                (i for i in contact.ids if i in near_ids), None
            )
            after_ids = (
                i for name in self._attribution.tied_after(text, sentence, contact) for i in name.key.ids
            )
            claimed = (*tied_ids, *after_ids)
            fits = any(self._registry.stands_for(claimed, i) for i in contact.ids)
            if not tied_ids or fits or len(digits) <= 3:
                return self._result(text, contact, "ok", own or contact.ids[0])
            meant = tied[-1].key.ids[0]
            former = meant in (h.id for h in self._registry.retired_by(digits))
            status: Status = "retired" if former else "wrong"
            return self._result(text, contact, status, meant, self._expected(meant, contact.kind))
        if contact.retired:
            owners = [h.id for h in self._registry.retired_by(digits)]
            owner = next((i for i in owners if i in near_ids), None) or next(iter(owners), None)
            owner = owner or next(iter(tied_ids), None)
            expected = self._expected(owner, "number") if owner else ""
            return self._result(text, contact, "retired", owner, expected)
        meant_id = self._meant(text, sentence, contact, tied, near_ids, inside)
        if meant_id is not None:
            return self._result(text, contact, "wrong", meant_id, self._expected(meant_id, contact.kind))
        return self._result(text, contact, "unknown") if inside else None

    def _meant(
        self,
        text: str,
        sentence: Sentence,
        contact: Contact,
        tied: tuple[Name, ...],
        near_ids: tuple[str, ...],
        inside: bool,
    ) -> str | None:
        """Whose number an unknown one was meant to be; None when it may well be somebody else's."""
        digits = digits_of(contact.value)
        if contact.kind == "text" and " " in contact.value:
            keyword = contact.value.split()[0].lower()
            for helpline in self._registry.helplines:
                if any(keyword == code.split()[0].lower() for code in helpline.texts if " to " in code) and (
                    helpline.id in near_ids or OSA.distance(digits, digits_of(helpline.texts[0])) <= _NEAR
                ):
                    return helpline.id
        for helpline_id in near_ids:
            helpline = self._registry.by_id(helpline_id)
            known = [digits_of(number) for number in (*helpline.numbers, *helpline.texts)]
            if any(len(k) > 4 and OSA.distance(digits, k) <= _NEAR for k in known):
                return helpline_id
        if tied:
            return self._with_kind(tied[-1].key.ids, contact.kind)
        earlier = before(sentence, contact)
        if not inside or not earlier or digits.startswith("07"):
            return None
        gap = text[earlier[-1].end : contact.start]
        taken = any(
            earlier[-1].end <= c.start < contact.start and c.kind == contact.kind for c in sentence.contacts
        )
        if taken or self._attribution.stranger_in(gap):
            return None
        return self._with_kind(earlier[-1].key.ids, contact.kind)

    def _with_kind(self, ids: tuple[str, ...], kind: str) -> str:
        field = {"number": "numbers", "text": "texts"}[kind]
        return next((i for i in ids if getattr(self._registry.by_id(i), field)), ids[0])

    def _address(
        self, text: str, sentence: Sentence, carried: tuple[Name, ...], contact: Contact, inside: bool
    ) -> Verification | None:
        if contact.ids:
            around = [i for name in (*near(sentence, contact), *carried) for i in name.key.ids]
            own = next((i for i in contact.ids if i in around), contact.ids[0])
            return self._result(text, contact, "ok", own)
        host = domain_of(contact.value.rpartition("@")[2]).partition("/")[0]
        neutral = any(host == known or host.endswith("." + known) for known in self._words.neutral_web)
        if neutral or host in self._words.personal_mail:
            return None
        tied_ids = [i for name in self._attribution.tied(text, sentence, contact) for i in name.key.ids]
        earlier = before(sentence, contact)
        label = host.split(".")[0] if host.count(".") < 3 else host.split(".")[1]
        meant = next(iter(tied_ids), None)
        for helpline_id in dict.fromkeys(
            (*tied_ids, *(i for n in (*near(sentence, contact), *carried) for i in n.key.ids))
        ):
            helpline = self._registry.by_id(helpline_id)
            labels = [domain_of(address).split(".")[0] for address in helpline.web]
            if any(fuzz.ratio(label, own) >= _ALIKE for own in labels):
                meant = helpline_id
                break
        if meant is None and inside and len(label) >= 5:
            meant = self._lookalike(label)
        if (
            meant is None
            and inside
            and earlier
            and not any(
                earlier[-1].end <= c.start < contact.start and c.kind == contact.kind
                for c in sentence.contacts
            )
            and not self._attribution.stranger_in(text[earlier[-1].end : contact.start])
        ):
            meant = earlier[-1].key.ids[0]
        if meant is None:
            return None
        return self._result(text, contact, "wrong", meant, self._expected(meant, contact.kind))

    def _lookalike(self, label: str) -> str | None:
        """The helpline whose own domain has the very same first label under another ending."""
        for helpline in self._registry.helplines:
            for address in helpline.web:
                host, _, path = domain_of(address).partition("/")
                if not path and host.split(".")[0] == label:
                    return helpline.id
        return None
