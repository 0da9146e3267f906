"""What can go wrong while copy is rewritten. No text here holds a word of the copy."""

from __future__ import annotations


class FixedPointError(RuntimeError):
    """An edit would change a support block: a fault of the program, never of the copy."""

    def __init__(self, start: int, end: int) -> None:
        super().__init__(f"an edit at {start}:{end} of a part would change a support block")


class OperatorError(RuntimeError):
    """An operator raised. The text says which one and what kind of fault."""
