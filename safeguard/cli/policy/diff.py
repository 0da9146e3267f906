"""`safeguard policy diff`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeguard.cli.screen import progress_bar
from safeguard.errors import CopyError, SafeguardError

if TYPE_CHECKING:
    from safeguard.given import Formats, Shape
    from safeguard.policy_diff import Differences

    # One article of a corpus, read when its turn comes; raises CopyError for a file that cannot be read.
    Copier = Callable[[], tuple[Shape, Formats]]


def diff_policies(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The policy as it is: a name or a path.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The policy as it would be.")],
    corpus: Annotated[
        str,
        typer.Option(
            "--corpus", metavar="DIR", help="A folder of articles, or a .jsonl file with `id` and `text`."
        ),
    ],
) -> None:
    """Show what another policy would have decided about past copy: counts for all, ten examples of each."""
    from safeguard.policy.loader import load_policy, with_contacts
    from safeguard.policy_diff import Differences, compare, reading_guard
    from safeguard.settings import project_settings

    settings, _ = project_settings(Path.cwd())
    before, after = (with_contacts(load_policy(name), settings.newsroom_contacts) for name in (old, new))
    articles = _articles(Path(corpus), settings.max_bytes)
    guard = reading_guard(before, after, settings.model_copy(update={"waivers": None}))
    found = Differences()
    unread: list[str] = []
    with progress_bar(len(articles), 0) as bar:
        for name, read in articles:
            try:
                compare(guard, before, after, name, *read(), found)
            except SafeguardError as error:
                unread.append(f"{name}: {error}")
            bar.step()
    _print(found, before.name, after.name)
    for line in unread:
        typer.echo(f"not read: {line}")
    if not found.articles:
        raise CopyError(f"None of the articles in {corpus} could be read.")


def _articles(corpus: Path, limit: int) -> list[tuple[str, Copier]]:
    from safeguard.cli.paths import copy_in
    from safeguard.files import read_copy

    def of(file: str) -> tuple[Shape, Formats]:
        read = read_copy(file, limit)
        return read.copy, read.formats

    if corpus.is_dir():
        return [(file, partial(of, file)) for file in copy_in(str(corpus))]
    if not corpus.is_file():
        raise CopyError(
            f"There is no folder or file {corpus}: --corpus names one of yours, with past articles."
        )
    return list(_lines(corpus))


def _lines(corpus: Path) -> Iterator[tuple[str, Copier]]:
    for number, line in enumerate(corpus.read_text(encoding="utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
            article = partial(_plain, str(entry["text"]))
            yield str(entry.get("id", number)), article
        except (ValueError, KeyError, AttributeError, TypeError):
            raise CopyError(
                f"{corpus}, line {number}: expected a JSON object with `id` and `text`."
            ) from None


def _plain(text: str) -> tuple[Shape, Formats]:
    return text, "auto"


def _print(found: Differences, old: str, new: str) -> None:
    from safeguard.cli.screen import print_table

    articles = f"{found.articles} article{'s' * (found.articles != 1)}"
    typer.echo(f"{articles} read once, decided under {old} and under {new}.")
    typer.echo(f"{found.changed} of them come out differently.")
    moved = [(f"{a} → {b}", str(n)) for (a, b), n in sorted(found.verdicts.items()) if a != b]
    if moved:
        typer.echo("")
        print_table(("Verdict", "Articles"), moved)
    for (was, now), count in sorted(found.kinds.items(), key=lambda item: (-item[1], item[0])):
        typer.echo(f"\n{was} → {now}: {count} finding{'s' * (count != 1)}")
        rows = [
            (c.article, c.entity_type, c.text, f"{c.before[1]} → {c.after[1]}", f"… {c.around} …")
            for c in found.shown[was, now]
        ]
        print_table(("Article", "Type", "Text", "Rules", "Where"), rows)
