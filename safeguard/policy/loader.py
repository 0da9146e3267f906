"""From the name or path of a policy to the policy as it applies, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from safeguard.errors import PolicyError
from safeguard.policy.bundled import bundled_policies, bundled_text
from safeguard.policy.checks import Known, check_file
from safeguard.policy.digest import words_digest
from safeguard.policy.explain import problems_of
from safeguard.policy.merging import merge_by_id, merge_settings
from safeguard.policy.model import Policy, PolicyFile
from safeguard.policy.problems import BrokenPolicyError, Problem, closest
from safeguard.policy.source import Source, read_source

if TYPE_CHECKING:
    from safeguard.policy.waivers import Waiver

__all__ = [
    "Layer",
    "bundled_policies",
    "layers_of",
    "load_policy",
    "load_waivers",
    "policy_of",
    "policy_text",
    "read_policy",
    "with_contacts",
]

_ENDINGS = (".yaml", ".yml")
_PREFIX = "safeguard/"


@dataclass(frozen=True, slots=True)
class Layer:
    """One file of a policy and everything it extends."""

    source: Source
    file: PolicyFile
    folder: Path = Path()
    text: str = ""


def load_policy(name_or_path: str | Path) -> Policy:
    """Load a bundled policy by name, or a policy file by path, with all that it extends.

    Raises PolicyError: for a name or file that does not exist, and, with one line for each mistake
    (`file:line:col: sentence`), for a file that does not load.
    """
    return policy_of(layers_of(name_or_path))


def layers_of(name_or_path: str | Path) -> list[Layer]:
    """The file of a policy and all that it extends, the most general first. Raises as `load_policy` does."""
    text, file, folder = _find(str(name_or_path))
    return _layers(text, file, folder, ())


def read_policy(text: str, file: str = "policy.yaml", folder: Path | None = None) -> Policy:
    """Load a policy from its text; `folder` is where paths that it extends begin. Raises PolicyError."""
    return policy_of(_layers(text, file, folder or Path(), ()))


def load_waivers(path: str | Path) -> tuple[Waiver, ...]:
    """The waivers of a file. Raises PolicyError as `load_policy` does."""
    from safeguard.policy.waivers import read_waivers

    return read_waivers(policy_text(str(path), "waiver file"), str(path))


def with_contacts(policy: Policy, contacts: tuple[str, ...]) -> Policy:
    """The policy with contact points of the newsroom's own added to its list."""
    if not contacts:
        return policy
    listed = tuple(dict.fromkeys((*policy.settings.newsroom_contacts, *contacts)))
    return replace(policy, settings=policy.settings.model_copy(update={"newsroom_contacts": listed}))


def _find(asked: str) -> tuple[str, str, Path]:
    """The text of a policy, what its file is called in messages, and its folder."""
    path = Path(asked)
    if path.suffix.lower() not in _ENDINGS and len(path.parts) <= 1 and not path.is_file():
        known = bundled_policies()
        if asked in known:
            return bundled_text(asked), f"{asked}.yaml", Path()
        near = closest(asked, known)
        hint = f' Did you mean "{near}"?' if near else ""
        listed = f"Known: {', '.join(known)}; or give the path of a policy file."
        raise PolicyError(f'There is no policy called "{asked}".{hint} {listed}')
    return policy_text(asked), asked, path.parent


def policy_text(path: str, what: str = "policy file") -> str:
    """The text of a file. Raises PolicyError for one that is not there or is no text, with the reason."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PolicyError(f"There is no {what} {path}.") from None
    except UnicodeDecodeError as error:
        raise PolicyError(
            f"{path} is not a text file in UTF-8: byte {error.start} cannot be read. Save it as UTF-8."
        ) from None
    except OSError as error:
        raise PolicyError(f"{path} cannot be read: {error.strerror}.") from None


def _layers(text: str, file: str, folder: Path, above: tuple[str, ...]) -> list[Layer]:
    """The file and what it extends, the most general first."""
    source = read_source(text, file)
    texts = {file: text}
    if source.data is None:
        raise BrokenPolicyError(source.problems, texts)
    below: list[Layer] = []
    problems = [*source.problems]
    extends = source.data.get("extends")
    if isinstance(extends, str) and extends.strip():
        below, found = _extended(source, extends.strip(), folder, (*above, file))
        problems += found
    own: PolicyFile | None = None
    try:
        own = PolicyFile.model_validate(source.data)
    except ValidationError as error:
        problems += problems_of(error, source)
    categories = [c for layer in below for c in layer.file.settings.warnings.categories]
    helplines = [h.id for layer in below for h in layer.file.helplines]
    problems += check_file(own, source, Known(tuple(categories), tuple(helplines)))
    if own is None or problems:
        raise BrokenPolicyError(problems, texts)
    return [*below, Layer(source, own, folder, text)]


def _extended(
    source: Source, extends: str, folder: Path, above: tuple[str, ...]
) -> tuple[list[Layer], list[Problem]]:
    name, _, version = extends.removeprefix(_PREFIX).partition("@")
    if Path(name).suffix.lower() in _ENDINGS:
        name = str(folder / name)
    if name in above or f"{name}.yaml" in above:
        return [], [source.problem(("extends",), "This policy extends itself.", "Name another one.")]
    try:
        text, file, next_folder = _find(name)
    except PolicyError as error:
        stem = Path(name).stem
        shipped = stem != name and stem in bundled_policies()
        hint = (
            f'Did you mean "{stem}"? What comes with safeguard is named without an ending.' if shipped else ""
        )
        return [], [source.problem(("extends",), str(error), hint)]
    layers = _layers(text, file, next_folder, above)
    actual = layers[-1].file.version
    if version and version != actual:
        sentence = f'This was written for version {version} of "{name}"; the one here is {actual}.'
        hint = f"Read what changed, then write:   extends: {name}@{actual}"
        return layers, [source.problem(("extends",), sentence, hint)]
    return layers, []


def policy_of(layers: Sequence[Layer]) -> Policy:
    """The policy as it applies: every file laid over those below it."""
    bottom, top = layers[0].file, layers[-1].file
    settings, helplines, rules = bottom.settings, bottom.helplines, bottom.rules
    for layer in layers[1:]:
        settings = merge_settings(settings, layer.file.settings)
        helplines = merge_by_id(helplines, layer.file.helplines)
        rules = merge_by_id(rules, layer.file.rules)
    vocabularies = _vocabularies(layers)
    return Policy(
        id=top.id,
        version=top.version,
        title=top.title,
        owner=top.owner,
        reviewed=top.reviewed,
        review_every=top.review_every,
        settings=settings,
        helplines=helplines,
        rules=rules,
        extends=tuple(f"{layer.file.id}@{layer.file.version}" for layer in reversed(layers[:-1])),
        origins={rule.id: layer.file.id for layer in layers for rule in layer.file.rules},
        vocabularies=vocabularies,
        vocabulary_digest=words_digest(policy_text(str(path), "vocabulary file") for path in vocabularies),
    )


def _vocabularies(layers: Sequence[Layer]) -> tuple[Path, ...]:
    """The vocabulary files of a policy's own categories, sought from the folder of the naming file."""
    found: dict[str, Path] = {}
    for layer in layers:
        for name, category in layer.file.settings.warnings.categories.items():
            if category.vocabulary is None:
                continue
            path = layer.folder / category.vocabulary
            if not path.is_file():
                raise PolicyError(
                    f'The category "{name}" names the vocabulary file {category.vocabulary}, which is not '
                    "there. Write its path as seen from the policy file."
                )
            found[name] = path
    return tuple(dict.fromkeys(found.values()))
