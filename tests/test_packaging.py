"""The wheel: everything the program reads is in it, and it works unpacked, away from the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "samples" / "demo" / "inquest.txt"

RUN = "import sys; sys.path.insert(0, sys.argv.pop(1)); from safeguard.cli.main import run; run()"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    builder = pytest.importorskip("hatchling.builders.wheel").WheelBuilder(str(ROOT))
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(iter(builder.build(directory=str(folder), versions=["standard"]))))


def test_every_vocabulary_file_template_and_policy_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    kinds = (".yaml", ".txt", ".html", ".css")
    data = [p for top in ("recognizers", "safeguard") for p in (ROOT / top).rglob("*") if p.suffix in kinds]
    policies = list((ROOT / "policies").glob("*.yaml"))
    assert len(data) > 10
    assert {p.stem for p in policies} >= {"uk-news", "uk-news-named-deceased", "full-anonymisation"}

    missing = [str(p.relative_to(ROOT)) for p in data if p.relative_to(ROOT).as_posix() not in packed]
    missing += [p.name for p in policies if f"safeguard/bundled_policies/{p.name}" not in packed]

    assert missing == []


def test_nothing_that_is_not_the_program_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        top = {name.split("/")[0] for name in archive.namelist()}

    assert {name for name in top if not name.endswith(".dist-info")} == {"safeguard", "recognizers"}


def test_the_unpacked_wheel_does_the_main_job_as_the_checkout_does(wheel: Path, tmp_path: Path) -> None:
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    def process(root: Path) -> tuple[int, bytes]:
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                RUN,
                str(root),
                "process",
                str(DEMO),
                "--report",
                str(elsewhere / "r.txt"),
            ],
            cwd=elsewhere,
            capture_output=True,
            check=False,
        )
        assert done.stderr == b""
        return done.returncode, done.stdout

    code, safe = process(unpacked)

    assert (code, safe) == process(ROOT)
    assert code == 1
    assert b"Maisie" not in safe
