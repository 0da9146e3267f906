"""What recognition says of a copy: people, what happened to them, details, harm subjects, support blocks.

Every offset here counts code points of the text that was analysed (the *reading text*, see `Reading`).
All values are frozen: recognizers make them once and everything downstream only reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

LifeStage = Literal["minor", "adult", "unknown"]

Role = Literal[
    "victim",
    "complainant",
    "witness",
    "accused",
    "convicted",
    "relative",
    "professional",
    "official",
    "public_figure",
    "journalist",
    "bystander",
]

# What brings a person into harmful copy beside their role in a case.
Circumstance = Literal[
    "abused",
    "hurt",
    "ill",
    "at_risk",
    "missing",
    "in_care",
    "family_proceedings",
    "died",
]

# Which signal saw a mention. `label` is a mention that an earlier run of safeguard already anonymised
# ("[Child A]"); `address` is a name form inside a slug, handle, e-mail address, link or file name.
Source = Literal["tagger", "names_list", "cue", "propagation", "label", "address"]

Form = Literal["full", "given", "surname", "initials", "nickname", "moniker", "variant", "address", "label"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why something is believed: the words in the copy, and the vocabulary cue that read them.

    `attribute` is the field the evidence speaks for ("life_stage", "role", …), `value` what it says of it.
    """

    start: int
    end: int
    cue: str
    attribute: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of the reading text that comes from one part (or one item of a list part).

    `kind` tells prose from what is read as an address: "prose", "tags", "slug", "file" or "url". `credit`
    says that it names whoever made the copy.
    """

    part: str
    index: int | None
    start: int
    end: int
    kind: str = "prose"
    credit: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What the recognizers are given besides the text: the segments in order, and the day of publication."""

    segments: tuple[Segment, ...] = ()
    published: date | None = None

    def segment_at(self, offset: int) -> Segment | None:
        """The segment that holds the character at `offset` of the reading text; None between segments."""
        return next((s for s in self.segments if s.start <= offset < s.end), None)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named. The span leaves out a possessive ending ("Peter" of "Peter's")."""

    start: int
    end: int
    source: Source
    form: Form


@dataclass(frozen=True, slots=True)
class Person:
    """Everyone one name-chain in the copy refers to (behaviour: section 1, People).

    A person without mentions is somebody the copy speaks of and does not name ("the girl, 13"): `names` and
    `mentions` are empty then, and `descriptions` holds where the copy speaks of them.
    `relative_of` is the id of another person (named or not) and `relation` what this person is to them
    ("mother"). `adult_now` is for somebody who was a minor at the time of the events and is an adult today.
    `public_role` means that they speak or act for an office or organisation that the copy names.
    `own_childhood` means an adult telling their own childhood under their own name.
    """

    id: str
    names: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    descriptions: tuple[tuple[int, int], ...] = ()
    life_stage: LifeStage = "unknown"
    adult_now: bool = False
    age: int | None = None
    gender: Literal["female", "male", "unknown"] = "unknown"
    roles: frozenset[Role] = frozenset()
    circumstances: frozenset[Circumstance] = frozenset()
    relative_of: str | None = None
    relation: str | None = None
    sex_offence_complainant: bool = False
    special_offence_victim: bool = False
    waived: bool = False
    deceased: bool = False
    pseudonym: bool = False
    public_role: bool = False
    own_childhood: bool = False
    missing_appeal: bool = False
    labelled: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def named(self) -> bool:
        """Whether the copy names this person at all."""
        return bool(self.mentions)


PieceKind = Literal["relation", "age", "school_year", "place", "staff", "event"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One jigsaw piece: a fact in the copy that points at a person who may be protected (behaviour: D6).

    `person` is whom it points at, `other` the named person it ties them to, if any ("Tracey Connelly's son":
    other is Tracey Connelly). `accused` says whether a relation piece ties them to somebody accused or
    convicted of the offence against them; `implied` that it is not told outright (B1). `institution`
    says which kind a staff piece leads ("surgery"), if only one can be meant.
    """

    kind: PieceKind
    person: str
    start: int
    end: int
    value: str
    other: str | None = None
    accused: bool = False
    implied: bool = False
    institution: str = ""


@dataclass(frozen=True, slots=True)
class NameClash:
    """Two spellings of one person's name in the copy ("Connelly", "Connolly"): reported, never changed."""

    person: str
    common: str
    variant: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class People:
    """All that the people component makes of a copy; it is what `doc._.people` holds.

    `families` are sets of children, by id, whom the copy makes brothers and sisters.
    """

    persons: tuple[Person, ...] = ()
    pieces: tuple[Piece, ...] = ()
    clashes: tuple[NameClash, ...] = ()
    families: tuple[frozenset[str], ...] = ()

    def by_id(self, person_id: str) -> Person:
        """The person with that id. Raises KeyError when there is none."""
        for person in self.persons:
            if person.id == person_id:
                return person
        raise KeyError(person_id)


@dataclass(frozen=True, slots=True)
class Subject:
    """One harm category that the copy is about or mentions; severity 1 (in passing) to 4 (graphic)."""

    category: str
    severity: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Helpline:
    """One entry of the registry in helplines.yaml. Numbers, codes and addresses are text as published."""

    id: str
    names: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    web: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()
    audience: str = ""
    nation: str = "uk"
    support: bool = True
    last_checked: str = ""
    confidence: str = ""
    retired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HelplineProblem:
    """A number, code or address next to a helpline's name that the registry does not bear out.

    `kind` is "wrong_number", "retired_number", "unknown_number", "wrong_text" or "wrong_web".
    `expected` is what the registry has, as published ("0808 800 5000"); empty where nothing can be suggested.
    """

    start: int
    end: int
    kind: str
    helpline: str | None
    expected: str = ""


@dataclass(frozen=True, slots=True)
class SupportBlock:
    """The run of text that sends a reader to help. Nothing may change a character of it."""

    start: int
    end: int
    helplines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """Support blocks, helpline mentions (id, start, end) in or out of blocks, and what is wrong with them."""

    blocks: tuple[SupportBlock, ...] = ()
    mentions: tuple[tuple[str, int, int], ...] = ()
    problems: tuple[HelplineProblem, ...] = ()

    def covers(self, start: int, end: int) -> bool:
        """Whether any character of the span lies in a support block."""
        return any(b.start < end and start < b.end for b in self.blocks)


FactValue = str | bool | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """One span that a recognizer marked, with the facts a policy may ask about.

    Recognizers hand it over as a Presidio `RecognizerResult` whose `recognition_metadata` holds `facts`,
    `person`, `evidence` and `suggestion` under those names (see `recognizers.results`).
    """

    entity_type: str
    start: int
    end: int
    score: float
    recognizer: str
    person: str | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    suggestion: str | None = None
