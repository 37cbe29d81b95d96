"""What is wrong with input, in the reader's language."""

from __future__ import annotations

from pathlib import Path

from planner.errors import Fault, FaultyInputError
from planner.messages.message import Message
from planner.present.words.text import language

#: Parts of a path that a reader needs to know a file by: its region's folder, and its name.
_KNOWN_BY = 2


def error_text(error: Exception, *, by_region: bool = False) -> str:
    """Say what an error for planners says, one line a fault.

    Parameters
    ----------
    error : any; one without a message of ours speaks for itself.
    by_region : whether files are named by folder and name alone, as no reader of a page has to
        know where they lie on the server.
    """
    if isinstance(error, FaultyInputError):
        return "\n".join(_line(fault, by_region) for fault in error.faults)
    first = error.args[0] if error.args else None
    return _words(first) if isinstance(first, Message) else str(error)


def fault_words(fault: Fault) -> str:
    """Say what is wrong, and with which key."""
    words = _words(fault.message)
    return f"{fault.key}: {words}" if fault.key else words


def _line(fault: Fault, by_region: bool) -> str:
    file = "/".join(Path(fault.file).parts[-_KNOWN_BY:]) if by_region else fault.file
    return fault.told(_words(fault.message), file)


def _words(message: str | Message) -> str:
    return message.worded(language()) if isinstance(message, Message) else message
