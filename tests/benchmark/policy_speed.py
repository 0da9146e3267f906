"""How long linting a policy takes, beside what importing pydantic alone takes.

`python tests/benchmark/policy_speed.py [POLICY] [--runs N]`. Each figure is of a process of its own, the
least of N runs: CPU time, which other work on the machine disturbs least, and the time on the clock. Compiled
modules are kept, as they are where safeguard is installed. It fails when spaCy or Presidio has been imported.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time

PROCESS = "from safeguard.cli.main import run; run()"
LINT = "import sys; from safeguard.policy.lint import lint; sys.exit(bool(lint(sys.argv[1]).errors))"
# What loading and linting adds to a Python that holds the libraries under it: pydantic with a class, YAML.
WARM = (
    "import sys, time, yaml, importlib.metadata, importlib.resources; from pydantic import BaseModel; "
    "type('A', (BaseModel,), {'__annotations__': {'a': int}, '__module__': '__main__'}); "
    "begun = time.process_time(); from safeguard.policy.lint import lint; "
    "found = lint(sys.argv[1]).errors; sys.stderr.write(str(time.process_time() - begun)); "
    "sys.exit(bool(found))"
)
# What it takes in a Python that has imported pydantic: every other module, loading and linting.
COLD = (
    "import sys, time, pydantic; begun = time.perf_counter(); from safeguard.policy.lint import lint; "
    "found = lint(sys.argv[1]).errors; sys.stderr.write(str(time.perf_counter() - begun)); "
    "sys.exit(bool(found))"
)
HEAVY = LINT.replace("sys.exit(", "assert not {'spacy', 'presidio_analyzer'} & sys.modules.keys(); sys.exit(")


def least(arguments: list[str], runs: int, environment: dict[str, str]) -> tuple[float, float]:
    """CPU time and time on the clock of a Python with these arguments, in milliseconds.

    Raises CalledProcessError when one fails.
    """
    command = [sys.executable, *arguments]
    cpu, clock = [], []
    for _ in range(runs + 1):  # the first writes the compiled modules
        begun = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        clock.append(time.perf_counter() - begun)
        cpu.append(used.ru_utime + used.ru_stime)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
    return 1000 * min(cpu[1:]), 1000 * min(clock[1:])


def timed(program: str, policy: str, environment: dict[str, str]) -> float:
    """The seconds that a program says it took. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-c", program, policy]
    process = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(process.stderr)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("policy", nargs="?", default="uk-news")
    parser.add_argument("--runs", type=int, default=20)
    given = parser.parse_args()
    rows = {
        "python, nothing imported": ["-c", ""],
        "import pydantic": ["-c", "import pydantic"],
        "pydantic with models, YAML and typer": [
            "-c",
            "import typer, yaml; import pydantic.main",
        ],
        f"load and lint {given.policy}": ["-c", LINT, given.policy],
        f"safeguard policy lint {given.policy}": ["-c", PROCESS, "policy", "lint", given.policy],
    }
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        least(["-c", HEAVY, given.policy], 1, environment)
        for name, arguments in rows.items():
            cpu, clock = least(arguments, given.runs, environment)
            sys.stdout.write(f"{name:44} {cpu:5.0f} ms of CPU {clock:5.0f} ms on the clock\n")
        for name, program in (
            ("all of it behind import pydantic", COLD),
            ("our own modules, loading and linting of that", WARM),
        ):
            taken = min(timed(program, given.policy, environment) for _ in range(given.runs))
            sys.stdout.write(f"{name:44} {1000 * taken:5.0f} ms\n")


if __name__ == "__main__":
    main()
