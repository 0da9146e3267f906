"""The one exception family: raised where the user can act, with the sentence they read."""

from __future__ import annotations


class SafeguardError(Exception):
    """Something the user can mend, told in one clear sentence: what, where, what was expected, what to do.

    The text never holds words of the copy.
    """


class CopyError(SafeguardError):
    """The copy could not be read: missing, empty, not text, too large, or of a shape nobody knows."""


class ContextError(SafeguardError):
    """A context key or value that does not exist."""


class PolicyError(SafeguardError):
    """A policy that does not exist or does not load."""


class SettingsError(SafeguardError):
    """A setting that does not exist or cannot be used, the language model included."""
