"""`safeguard waive`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from safeguard.errors import PolicyError

_HEAD = "# Findings that somebody answers for, each until a day.\nsafeguard: 1\nwaivers:\n"


def waive(
    report: Annotated[str, typer.Argument(metavar="REPORT.json", help="A report made with --format json.")],
    finding: Annotated[str, typer.Argument(metavar="FINDING", help="The finding's id in it, such as f3.")],
    by: Annotated[str, typer.Option("--by", help="Who answers for it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it may stand.")],
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="Last day, at most 90 days ahead.")],
    file: Annotated[
        str, typer.Option("--file", metavar="FILE", help="The file of waivers to add it to.")
    ] = "waivers.yaml",
) -> None:
    """Set one finding in one story aside, with who answers for it, why, and until when."""
    from safeguard.files import written_whole
    from safeguard.policy.loader import load_waivers, policy_text
    from safeguard.policy.problems import BrokenPolicyError
    from safeguard.policy.waivers import may_be_waived, read_waivers

    for option, said in (("--by", by), ("--reason", reason), ("--until", until)):
        if not said.strip():
            raise PolicyError(f"{option} is empty: a waiver tells who answers for it, why, and until when.")
    found = _finding(report, finding)
    if not may_be_waived(str(found["action"]), str(found["rule"])):
        raise PolicyError(
            f"{finding} cannot be waived: what blocks publication, content warnings and support blocks stay "
            "as they are."
        )
    today = date.today()
    entry = {
        "story": found["story"],
        "rule": found["rule"],
        "finding": found["fingerprint"],
        "reason": reason,
        "by": by,
        "made": today.isoformat(),
        "until": until,
    }
    path = Path(file)
    old = policy_text(file, "waiver file") if path.exists() else _HEAD
    if path.exists():
        load_waivers(file)  # a broken file is told of before anything is added to it
    lines = [
        f"{'  - ' if n == 0 else '    '}{key}: {json.dumps(value)}"
        for n, (key, value) in enumerate(entry.items())
    ]
    text = old.rstrip("\n") + "\n" + "\n".join(lines) + "\n"
    try:
        read_waivers(text, file)
    except BrokenPolicyError as error:
        wrong = error.problems[-1]
        raise PolicyError(f"This waiver cannot be written: {wrong.sentence} {wrong.hint}".rstrip()) from None
    with written_whole({file: text.encode()}):
        pass
    typer.echo(f"{finding} ({found['rule']}) is waived in {file} until {until}.")


def _finding(report: str, finding: str) -> dict[str, Any]:
    try:
        data = json.loads(Path(report).read_text(encoding="utf-8"))
        findings = data["findings"]
        story = data["story"]
    except FileNotFoundError:
        raise PolicyError(f"There is no report {report}.") from None
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError):
        raise PolicyError(f"{report} is no report of safeguard: make it with --format json.") from None
    if not story:
        raise PolicyError(
            f"{report} names no story, and a waiver is for one: check with --context story=NAME."
        )
    for each in findings:
        if each.get("id") == finding:
            return {**each, "story": story}
    raise PolicyError(
        f"There is no finding {finding} in {report}: the report on the screen gives the numbers, after Waive."
    )
