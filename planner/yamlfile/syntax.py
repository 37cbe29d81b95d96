"""What a YAML parser stumbled over, in a planner's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ruamel.yaml.error import MarkedYAMLError

_BRACKETS = {"flow sequence": ("[", "]"), "flow mapping": ("{", "}")}

#: Start of the parser's problem -> what to tell.
_SENTENCES = {
    "mapping values are not allowed": """a colon cannot stand here. Start the keys of one section
        in the same column, and put text that contains a colon in quotes.""",
    "sequence entries are not allowed": """a list entry (-) cannot stand here. Start it on a line
        of its own below its key.""",
    "could not find expected ':'": """this line has no colon. A key, a colon, a space and a value
        are expected.""",
    "expected the node content": """a value is expected here. Close every bracket once, and put
        text that contains brackets or commas in quotes.""",
    "found unknown escape character": """a backslash in "..." starts an escape that does not
        exist. Use '...' instead.""",
    "expected escape sequence": """a backslash in "..." starts an escape that is not complete.
        Use '...' instead.""",
    "expected chomping or indentation": """text follows | or > on the same line. Start the text
        on the next line.""",
    "expected alphabetic or numeric character": """a value that starts with * or & is taken for
        an alias or anchor. Put text in quotes.""",
    "found incompatible YAML document": """the %YAML line asks for another version. Remove the
        line.""",
    "expected <block end>": """this does not fit the lines above. Start the keys of one section
        in the same column, close every bracket once, and put text that contains quotation marks
        in quotes.""",
}


def explain_syntax(error: MarkedYAMLError, lines: Sequence[str]) -> tuple[int, str]:
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
            where = "" if line == opened else f" before line {line}"
            message = (
                f"the bracket {opening} that opens here is not closed, or a comma is missing"
                f"{where}. A list or section in brackets ends with {closing}."
            )
            return opened, message
    if opened and "quoted scalar" in context and "end of" in problem:
        return opened, "the quotation mark that opens here is not closed."
    if "cannot start any token" in problem:
        return line, _strange_character(problem, lines[line - 1] if line else "")
    if problem.startswith("could not find expected ':'") and opened:
        line = opened
    for start, sentence in _SENTENCES.items():
        if problem.startswith(start):
            return line, " ".join(sentence.split())
    detail = f": {' '.join(problem.split())}" if problem else ""
    return line or opened, f"the file is not valid YAML here{detail}."


def _line(mark: object, lines: Sequence[str]) -> int:
    """Return a mark's line, not beyond the last line with text: ends of file are found there."""
    if mark is None:
        return 0
    line = int(getattr(mark, "line", 0)) + 1
    while line > 1 and (line > len(lines) or not lines[line - 1].strip()):
        line -= 1
    return line


def _strange_character(problem: str, text: str) -> str:
    if "\\t" in problem or text.startswith("\t"):
        return "a tab stands where spaces are expected. Indent with spaces."
    character = re.search(r"'(.)'", problem)
    which = character.group(1) if character else "here"
    return f"a value cannot start with {which}. Put the text in quotes."
