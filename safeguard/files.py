"""Copy on disk: read so that whatever no edit touches can be written back byte for byte."""

from __future__ import annotations

import codecs
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from safeguard.documents import Document, PartEdit
from safeguard.documents.json_file import read_if_json, read_json
from safeguard.documents.json_source import spliced
from safeguard.documents.word_file import ZIP, read_word
from safeguard.errors import CopyError

Copy = str | Mapping[str, str | list[str]]

STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "Standard input"  # what reports and messages call it

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What people drop on a newsroom tool by mistake, and what to tell them.
_NOT_TEXT = (
    (b"\xd0\xcf\x11\xe0", "an Office document of the old kind, or one with a password"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x89PNG", "a picture"),
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class CopyFile:
    """One piece of copy as it was read.

    `name` is what reports and messages call it. `copy` is the text, line endings and all, or the parts that
    the `document` in the file holds. `encoding` and `bom` say how `encode` writes text back.
    """

    name: str
    copy: Copy
    encoding: str = "utf-8"
    bom: bytes = b""
    document: Document | None = None

    @property
    def formats(self) -> str | Mapping[str, str]:
        """What the format of the copy is, for `Safeguard.check`."""
        return self.document.formats if self.document else "auto"

    @property
    def paths(self) -> Mapping[str, str | list[str]] | None:
        """Where in the document each text stands, for `Safeguard.check`."""
        return self.document.paths if self.document else None

    @property
    def length(self) -> int:
        """About how much there is to read, in characters."""
        texts = [self.copy] if isinstance(self.copy, str) else self.copy.values()
        return sum(len(text) if isinstance(text, str) else sum(map(len, text)) for text in texts)

    def encode(self, edits: Iterable[PartEdit]) -> bytes:
        """The bytes of the file after `edits` (those of a report on `copy`); all other bytes are as read.

        Raises CopyError when a text that the policy put in has a character the encoding does not know.
        """
        if self.document is not None:
            content = self.document.rewrite(edits)
        else:
            content = spliced(str(self.copy), ((edit.start, edit.end, edit.text) for edit in edits))
        if isinstance(content, bytes):
            return content
        try:
            return self.bom + content.encode(self.encoding)
        except UnicodeEncodeError:
            raise CopyError(
                f"{self.name} is {_called(self.encoding)}, which has no sign for a character that the policy "
                "puts in (a label, warning or support text). Save the copy as UTF-8 and run this again."
            ) from None


def read_copy(path: str, limit: int) -> CopyFile:
    """Read one file, or standard input for `-`, of at most `limit` bytes.

    UTF-8 and UTF-16 with a byte-order mark, UTF-8 without one, and Windows-1252 are read. A `.json` file (or
    standard input that is a JSON object) is an Arc ANS document or a mapping of parts. Raises CopyError, one
    sentence, for anything that is missing, a folder, empty, not text, undecodable or too large.
    """
    name = STANDARD_INPUT_NAME if path == STANDARD_INPUT else path
    data = _bytes_of(path, name, limit)
    if data.startswith(ZIP):
        document: Document | None = read_word(data, name, limit)
        return CopyFile(name, document.parts if document else "", document=document)
    text, encoding, bom = _decode(data, name)
    if not text.strip():
        raise CopyError(f"{name} is empty: there is nothing to check.")
    document = None
    if path.lower().endswith(".json"):
        document = read_json(text, name)
    elif path == STANDARD_INPUT and text.lstrip().startswith("{"):
        document = read_if_json(text, name)
    return CopyFile(name, document.parts if document else text, encoding, bom, document)


def _bytes_of(path: str, name: str, limit: int) -> bytes:
    """At most `limit` bytes of a file; one more byte is read only to know that it is too large."""
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(limit + 1)
        else:
            if Path(path).is_dir():
                raise CopyError(
                    f"{name} is a folder; give the files in it, for example '{Path(path) / '*.txt'}'."
                )
            with Path(path).open("rb") as file:
                data = file.read(limit + 1)
    except FileNotFoundError:
        raise CopyError(f"{name} does not exist.") from None
    except PermissionError:
        raise CopyError(f"{name} cannot be read: permission denied.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the name is not a file name"
        raise CopyError(f"{name} cannot be read: {reason or 'the system gave no reason'}.") from None
    if len(data) > limit:
        raise CopyError(
            f"{name} is larger than {_size(limit)}, the limit for one piece of copy; split it, or raise "
            "the limit (max_bytes in the settings)."
        )
    return data


def _decode(data: bytes, name: str) -> tuple[str, str, bytes]:
    """Text, encoding and byte-order mark of `data`. Offsets in messages count bytes from the file's start."""
    for magic, kind in _NOT_TEXT:
        if data.startswith(magic):
            raise CopyError(f"{name} is {kind}, not text; save the article as text, Markdown, HTML or .docx.")
    bom, encoding = next(((b, e) for b, e in _BOMS if data.startswith(b)), (b"", "utf-8"))
    body = data[len(bom) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        if bom or _damaged_utf8(body):
            raise CopyError(_undecodable(name, encoding, len(bom) + error.start)) from None
        encoding = "cp1252"
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError as second:
            _refuse_binary(body.decode("latin-1"), name)
            raise CopyError(_undecodable(name, "utf-8 or cp1252", second.start)) from None
    _refuse_binary(text, name)
    return text, encoding, bom


def _undecodable(name: str, encoding: str, offset: int) -> str:
    tried = " or ".join(_called(e) for e in encoding.split(" or "))
    return f"{name} is not {tried} text: byte {offset} cannot be read; save it as UTF-8 and run this again."


def _damaged_utf8(body: bytes) -> bool:
    """Whether bytes that are not UTF-8 are more likely UTF-8 with a fault than Windows-1252.

    Single high bytes are what Windows-1252 quotes and accents look like; groups that UTF-8 would write are
    rare there. In doubt it is a fault: reading damaged UTF-8 as Windows-1252 would turn every accented name
    into another name.
    """
    groups = _MULTIBYTE.findall(body)
    lone = len(_HIGH.findall(body)) - sum(map(len, groups))
    return len(groups) >= lone


def _refuse_binary(text: str, name: str) -> None:
    nul = text.find("\x00")
    if nul >= 0:
        if text[1:200:2].count("\x00") > 50 or text[0:200:2].count("\x00") > 50:
            raise CopyError(
                f"{name} looks like UTF-16 without a byte-order mark; save it as UTF-8 and try again."
            )
        raise CopyError(f"{name} is not text: character {nul} is a zero byte, as in programs and pictures.")
    # Agency wire copy carries a few control characters; a tenth of them is no article.
    if len(_CONTROLS.findall(text)) * 10 > len(text):
        raise CopyError(f"{name} is not text: it is full of control characters.")


def _called(encoding: str) -> str:
    return (
        "Windows-1252" if encoding == "cp1252" else encoding.upper().removesuffix("-LE").removesuffix("-BE")
    )


def _size(count: int) -> str:
    return f"{count / 1_000_000:g} MB" if count >= 100_000 else f"{count:,} bytes"


@contextmanager
def written_whole(outputs: Mapping[str, bytes], *, private: frozenset[str] = frozenset()) -> Iterator[None]:
    """Write every output or none: files are made beside their targets and put in place when the block ends.

    New content waits in a file of its own in the target's folder that only the user can read, and is removed
    when anything fails. An existing target keeps its permissions; a new one gets the usual ones, or stays
    readable by the user alone when it is in `private`. Raises CopyError naming a target that cannot be
    written, before the block runs.
    """
    with ExitStack() as stack:
        ready: list[tuple[str, Path, Path]] = []
        for shown, data in outputs.items():
            target = Path(shown).resolve()
            if target.exists() and not target.is_file():
                _write_through(shown, target, data)
                continue
            ready.append((shown, _prepared(stack, shown, target, data, shown in private), target))
        yield
        for shown, temporary, target in ready:
            with _named(shown):
                temporary.replace(target)


def _prepared(stack: ExitStack, shown: str, target: Path, data: bytes, private: bool) -> Path:
    """A finished file beside `target`, on disk; the stack removes it unless it was moved away."""
    with _named(shown):
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(13, "permission denied")
        handle, made = tempfile.mkstemp(prefix=".safeguard-", dir=target.parent)
        stack.callback(Path(made).unlink, missing_ok=True)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            Path(made).chmod(target.stat().st_mode & 0o777)
        elif not private:
            umask = os.umask(0o077)
            os.umask(umask)
            Path(made).chmod(0o666 & ~umask)
    return Path(made)


def _write_through(shown: str, target: Path, data: bytes) -> None:
    """Pipes and devices cannot be replaced; everything else that is no file is refused."""
    if target.is_dir():
        raise CopyError(f"{shown} cannot be written: it is a folder.")
    with _named(shown), target.open("wb") as file:
        file.write(data)


@contextmanager
def _named(shown: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or "the system gave no reason").lower()
        raise CopyError(f"{shown} cannot be written: {reason}.") from None
