"""Templates filled in: everything in a field is escaped, unless it is markup made here."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from planner.present.words.text import language, text

#: Whose folder `templates` is looked into.
PACKAGES = ("planner.present.site", "planner.present.report.formats")


def render(template: str, **fields: object) -> str:
    """Fill in a template of the site or the case document; its texts are of the current language.

    Raises
    ------
    jinja2.UndefinedError : the template asks for a field that is not given.
    """
    return _environment().get_template(template).render(language=language(), **fields)


def style(name: str) -> Markup:
    """Return a style sheet of the site, for a ``<style>`` element."""
    file = resources.files("planner.present.site").joinpath("assets", name)
    return Markup(file.read_text(encoding="utf-8"))  # noqa: S704 - our own file


@cache
def _environment() -> Environment:
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package, "templates") for package in PACKAGES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["text"] = text
    return made
