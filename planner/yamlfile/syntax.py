"""What a YAML parser stumbled over, in a planner's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ruamel.yaml.error import MarkedYAMLError

from planner.messages.message import Message

_BRACKETS = {"flow sequence": ("[", "]"), "flow mapping": ("{", "}")}

#: Start of the parser's problem -> code of what to tell.
_CODES = {
    "mapping values are not allowed": "colon_here",
    "sequence entries are not allowed": "entry_here",
    "could not find expected ':'": "no_colon",
    "expected the node content": "no_value",
    "found unknown escape character": "unknown_escape",
    "expected escape sequence": "half_escape",
    "expected chomping or indentation": "text_after_bar",
    "expected alphabetic or numeric character": "star",
    "found incompatible YAML document": "version",
    "expected <block end>": "unfit_line",
}


def explain_syntax(error: MarkedYAMLError, lines: Sequence[str]) -> tuple[int, Message]:
    """Word a syntax error.

    Parameters
    ----------
    error : as the parser raised it.
    lines : the file's lines.

    Returns
    -------
    Line (1-based, 0 if unknown) and message.
    """
    problem = error.problem or ""
    line = _line(error.problem_mark, lines)
    opened = _line(error.context_mark, lines)
    context = error.context or ""
    for kind, (opening, closing) in _BRACKETS.items():
        if opened and context.endswith(kind):
            code = "yaml.bracket" if line == opened else "yaml.bracket_before"
            return opened, Message.of(code, opening=opening, closing=closing, line=line)
    if opened and "quoted scalar" in context and "end of" in problem:
        return opened, Message.of("yaml.open_quote")
    if "cannot start any token" in problem:
        return line, _strange_character(problem, lines[line - 1] if line else "")
    if problem.startswith("could not find expected ':'") and opened:
        line = opened
    for start, code in _CODES.items():
        if problem.startswith(start):
            return line, Message.of(f"yaml.{code}")
    return line or opened, Message.of("yaml.invalid")


def _line(mark: object, lines: Sequence[str]) -> int:
    """Return a mark's line, not beyond the last line with text: ends of file are found there."""
    if mark is None:
        return 0
    line = int(getattr(mark, "line", 0)) + 1
    while line > 1 and (line > len(lines) or not lines[line - 1].strip()):
        line -= 1
    return line


def _strange_character(problem: str, text: str) -> Message:
    if "\\t" in problem or text.startswith("\t"):
        return Message.of("yaml.tab")
    character = re.search(r"'(.)'", problem)
    if character is None:
        return Message.of("yaml.start")
    return Message.of("yaml.start_with", character=character.group(1))
