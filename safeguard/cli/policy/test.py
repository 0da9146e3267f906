"""`safeguard policy test`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from safeguard.cli.options import guard_of
from safeguard.cli.policy.lint import PolicyArgument, print_problems
from safeguard.cli.screen import progress_bar

if TYPE_CHECKING:
    from safeguard.policy_examples import ExampleResult


def try_policy(
    policy: PolicyArgument,
    rule: Annotated[
        str | None, typer.Option("--rule", metavar="R", help="Only this rule, inherited ones too.")
    ] = None,
    junit: Annotated[
        str | None, typer.Option("--junit", metavar="FILE", help="Write the results as JUnit XML as well.")
    ] = None,
) -> None:
    """Try the examples of a policy's own rules, each rule alone and in its policy. Lints the file first.

    Exit codes: 0 all as the examples say, 1 not so, or mistakes in the file, 2 it could not be tried.
    """
    from safeguard.policy.lint import lint
    from safeguard.policy.problems import shown
    from safeguard.policy_examples import try_examples

    found = lint(policy)
    print_problems(found)
    if found.errors or found.policy is None:
        raise typer.Exit(1)
    loaded = found.policy
    own = [r for r in loaded.rules if loaded.origins[r.id] == loaded.id]
    rules = own if rule is None else [loaded.rule_called(rule)]
    guard = guard_of(loaded)
    results: list[ExampleResult] = []
    with progress_bar(len(rules), 0) as bar:
        for each in rules:
            results += try_examples(guard, each)
            bar.step()
    wrong = [result for result in results if result.wrong]
    for result in wrong:
        problem = found.example(result.rule, result.number, result.sentence, result.hint)
        typer.echo(shown(problem, found.texts[problem.file]))
    if junit is not None:
        _write_junit(junit, loaded.id, results)
    if not rules:
        typer.echo(f"{loaded.id}: no rules of its own, so there is nothing to try.")
        return
    tried = f"{len(rules)} rule{'s' * (len(rules) != 1)}"
    typer.echo(f"{loaded.id}: {len(results) - len(wrong)} of {len(results)} examples of {tried} hold.")
    raise typer.Exit(1 if wrong else 0)


def _write_junit(path: str, name: str, results: list[ExampleResult]) -> None:
    from xml.etree import ElementTree

    from safeguard.files import written_whole

    failures = sum(bool(result.wrong) for result in results)
    suite = ElementTree.Element("testsuite", name=name, tests=str(len(results)), failures=str(failures))
    for result in results:
        case = ElementTree.SubElement(
            suite, "testcase", classname=result.rule, name=f"example {result.number} ({result.kind})"
        )
        if result.wrong:
            ElementTree.SubElement(case, "failure", message=f"{result.sentence} {result.hint}".strip())
    with written_whole({path: ElementTree.tostring(suite, encoding="utf-8", xml_declaration=True)}):
        pass
