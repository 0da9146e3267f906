"""The settings of a policy: lists, labels, warnings and support texts. All have defaults."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from safeguard.policy.markup import NOTE_MARKUP
from safeguard.policy.values import Name, Strict, Text, Texts, sentence, template

_ADULT = "18"


class Labels(Strict):
    """What is written in place of what is taken out. `{letter}` and `{label}` are filled in.

    `details` is keyed by entity type, or by entity type and kind ("SCHOOL nursery").
    """

    brackets: Annotated[str, template("label")] = "[{label}]"
    child: Annotated[str, template("letter")] = "Child {letter}"
    complainant: Annotated[str, template("letter")] = "Complainant {letter}"
    person: Annotated[str, template("letter")] = "Person {letter}"
    relative: Annotated[str, template("label")] = "relative of {label}"
    relative_of_child: Annotated[str, template()] = "relative of the child"
    relative_of_complainant: Annotated[str, template()] = "relative of the complainant"
    detail: Annotated[str, template()] = "detail removed"
    details: dict[str, Annotated[str, template()]] = Field(default_factory=dict)

    def of_detail(self, entity_type: str, kind: str = "") -> str:
        """The label for a detail; the one for its kind, if there is one, before the one for its type."""
        return self.details.get(f"{entity_type} {kind}") or self.details.get(entity_type) or self.detail


class Category(Strict):
    """One kind of harm: how a warning names it. `vocabulary` is the word list of a category of your own."""

    text: Text
    vocabulary: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, given: Any) -> Any:
        return {"text": given} if isinstance(given, str) else given


class Warnings(Strict):
    """The sentence at the head: opening, the categories joined, ending; `place` is the part it goes into."""

    place: Name = "body"
    opening: Text = "Content warning: this article describes"
    joiner: Text = "and"
    ending: Text = "."
    categories: dict[str, Category] = Field(default_factory=dict)


class NoteMarkup(Strict):
    """The tags around {text} that notes stand in where copy is HTML; one text alone is for both.

    The `inline` ones are for copy that is the inside of a paragraph, which can hold no block.
    """

    warning: Annotated[str, NOTE_MARKUP] = '<p role="note" class="content-warning">{text}</p>'
    support: Annotated[str, NOTE_MARKUP] = '<p role="note" class="support">{text}</p>'
    inline_warning: Annotated[str, NOTE_MARKUP] = '<span role="note" class="content-warning">{text}</span>'
    inline_support: Annotated[str, NOTE_MARKUP] = '<span role="note" class="support">{text}</span>'

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, given: Any) -> Any:
        return {"warning": given, "support": given} if isinstance(given, str) else given


class SupportText(Strict):
    """A support block of the policy's own, inserted word for word. `helplines` are the ids of those in it.

    A copy that is warned of a category in `called-for-by` needs it, unless a suitable helpline is there.
    `suitable` names helplines that will do as well, whatever the registry says of their topics.
    """

    called_for_by: Texts
    helplines: Texts
    suitable: Texts = ()
    text: Text


class Settings(Strict):
    """Everything a newsroom may set without writing a rule."""

    minor_age: Text = _ADULT
    warning_threshold: int = Field(default=2, ge=1, le=4)
    jigsaw_pieces: int = Field(default=2, ge=2, le=6)
    newsroom_contacts: Texts = ()
    public_figures: Texts = ()
    labels: Labels = Field(default_factory=Labels)
    warnings: Warnings = Field(default_factory=Warnings)
    support_block: dict[Name, SupportText] = Field(default_factory=dict)
    note_markup: NoteMarkup = Field(default_factory=NoteMarkup)

    @model_validator(mode="after")
    def _age_is_fixed(self) -> Settings:
        if self.minor_age != _ADULT:
            raise sentence("Somebody is an adult at 18 in every UK nation; this cannot be changed.")
        return self
