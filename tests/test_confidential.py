"""Copy never leaves the machine, and never reaches a log, a temporary file or an error message."""

from __future__ import annotations

import logging
import re
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from safeguard import Safeguard
from safeguard.cli.failures import unexpected
from safeguard.cli.main import main

DEMO = Path(__file__).parent.parent / "samples" / "demo" / "inquest.txt"
ODD = (
    "Visit https://wexmouth.example/appeal or e-mail carol@thornbury-family.example, "
    "@maisiesnan on Instagram.\n"
    "Her NHS number is 943 476 5919; sort code 20-00-00, account 55779911; ring +44 7700 900431 or WX4 7QD.\n"
)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every way to connect or look up a name raises, and is noted in case somebody swallows the error."""
    # spaCy brings urllib3, which tries once, when it is imported, whether the machine itself speaks IPv6.
    import spacy  # noqa: F401

    tried: list[str] = []

    def refuse(name: str) -> Any:
        def call(*_args: object, **_kwargs: object) -> None:
            tried.append(name)
            raise AssertionError(f"network: {name}")

        return call

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse(name))
    monkeypatch.setattr(socket.socket, "__init__", refuse("socket"))
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse(name))
    return tried


@pytest.fixture
def log_records() -> Iterator[list[logging.LogRecord]]:
    """Every record of every logger at every level, whether or not a library turned its propagation off."""
    records: list[logging.LogRecord] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    handler = Keep(level=0)
    names: list[str | None] = [None, *logging.root.manager.loggerDict]
    loggers = [logging.getLogger(name) for name in names]
    before = [(logger, logger.level, logger.disabled) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(1)
        logger.disabled = False
    yield records
    for logger, level, disabled in before:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.disabled = disabled


def words_of(text: str) -> set[str]:
    """What would give copy away: its capitalised words, numbers and longer words."""
    return {w for w in re.findall(r"[\w@.-]+", text) if len(w) > 5 or (len(w) > 3 and not w.islower())}


def test_the_whole_pipeline_opens_no_socket(no_network: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    # A guard of its own, so that loading the model and the first check are under watch too.
    guard = Safeguard(policy="uk-news")

    report = guard.check(DEMO.read_text() + ODD)

    assert report.safe_copy != DEMO.read_text() + ODD
    assert main(["process", str(DEMO)]) == 1
    assert no_network == []


def test_no_log_record_holds_words_of_the_copy(log_records: list[logging.LogRecord]) -> None:
    copy = DEMO.read_text() + ODD
    guard = Safeguard(policy="uk-news")

    guard.check(copy)
    guard.check({"headline": "Maisie Thornbury inquest", "body": copy, "tags": ["Maisie Thornbury"]})

    private = words_of(copy) - {"address", "contact", "number", "online", "person"}
    for record in log_records:
        said = f"{record.getMessage()} {record.args!r} {record.exc_text or ''}"
        leaked = {w for w in words_of(said) & private if not w.islower()}
        assert not leaked, f"{record.name} ({record.levelname}) holds words of the copy: {leaked}"


def test_the_watch_on_logs_would_see_a_leak(log_records: list[logging.LogRecord]) -> None:
    logging.getLogger("presidio-analyzer").debug("analysing %s", "Maisie Thornbury")

    assert any("Maisie" in record.getMessage() for record in log_records)


def test_no_temporary_file_is_left_or_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made: list[str] = []
    for name in ("mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, lambda *_a, name=name, **_k: made.append(name))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    Safeguard(policy="uk-news").check(DEMO.read_text())

    assert made == []
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_ours_is_told_without_its_own_text() -> None:
    try:
        int("Maisie Thornbury")
    except ValueError as error:
        said = unexpected(error)

    assert "ValueError" in said
    assert "Maisie" not in said


def test_a_crash_while_checking_is_exit_2_without_copy_on_any_stream(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def crash(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError(f"in {DEMO.read_text()}")

    monkeypatch.setattr(Safeguard, "check", crash)
    output = tmp_path / "safe.txt"

    codes = [main(["process", str(DEMO), "-o", str(output)]), main(["check", str(DEMO)])]

    said = capfd.readouterr()
    assert codes == [2, 2]
    assert said.out == ""
    assert said.err.count("fault in safeguard (RuntimeError") == 2
    assert "Traceback" not in said.err
    assert "Maisie" not in said.err
    assert not output.exists()
