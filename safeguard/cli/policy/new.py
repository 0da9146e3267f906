"""`safeguard policy new`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from safeguard.errors import PolicyError

_HEAD = """# What this policy is for, in a line or two.
safeguard: 1
id: {id}
version: "1"
title: {id}
owner: your desk
reviewed: {today}
review-every: 6 months
extends: {base}@{version}

rules:
"""
_RULE = """  - id: {rule}
    title: What the rule is about, in a few words
    status: draft                # draft: not asked; trial: reported, never acts; live: acts
    when: {{find: {find}}}
{questions}    do: review
    because: Why the rule exists, in a sentence that reporters can act on.
    sources: []
    examples:
      - catch: A sentence that the rule has to catch.
      - pass: A sentence that it has to let pass.
"""


def new_rule(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The new rule's id, such as our-football.")],
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="FILE", help="Start a policy file with the rule in it."),
    ] = None,
    find: Annotated[str, typer.Option("--find", help="What the rule is about: person, detail, …")] = "person",
    extends: Annotated[
        str, typer.Option("--extends", metavar="P", help="The bundled policy that a new file extends.")
    ] = "uk-news",
) -> None:
    """Print the frame of a new rule, or start a policy file with it; the rule is a draft until you say so."""
    from datetime import date

    from safeguard.files import written_whole
    from safeguard.policy.facts import finds
    from safeguard.policy.loader import load_policy
    from safeguard.policy.problems import expected_one_of
    from safeguard.policy.values import NAME

    if not NAME.fullmatch(rule):
        raise PolicyError(f'"{rule}" is no id: use letters, digits and hyphens, such as our-football.')
    if find not in finds():
        raise PolicyError(f'Nothing called "{find}" can be found. {expected_one_of(find, finds())}')
    frame = _RULE.format(rule=rule, find=find, questions=_questions(finds()[find].facts))
    if file is None:
        typer.echo(frame, nl=False)
        return
    if Path(file).exists():
        raise PolicyError(f"{file} is there already: leave --file out and paste what is printed.")
    base = load_policy(extends)
    head = _HEAD.format(id=Path(file).stem, today=date.today(), base=base.id, version=base.version)
    with written_whole({file: (head + frame).encode()}):
        pass
    typer.echo(f"{file} has the new rule. Fill it in, then: safeguard policy lint {file}")


def _questions(facts: Iterable[str]) -> str:
    """What may stand in `when` beside `find`, as comment lines under it."""
    asked = ", ".join(facts)
    lines = textwrap.wrap(f"Can be asked besides: {asked}", 100, break_on_hyphens=False) if asked else []
    return "".join(f"    # {line}\n" for line in lines)
