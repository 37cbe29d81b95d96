"""Scenario files: YAML -> `Scenario`, with every fault at its line.

Three passes look at a file: does its shape fit the vocabulary (`yaml_shape`), does what it names
exist (`scenario_context`, `scenario_figures`), and does it make sense (`scenario_groups`,
`scenario_limits`). Later passes look at whatever the first leaves standing, so that a planner sees
all faults at once.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from planner.errors import Fault, ScenarioError
from planner.io.bundle import REGISTER, Bundle
from planner.scenario.checks.context import Context, read_context
from planner.scenario.checks.figures import Known, check_figures
from planner.scenario.checks.groups import check_plan
from planner.scenario.checks.limits import check_request
from planner.scenario.resolve import region_codes
from planner.scenario.schema import scenario_shape
from planner.scenario.vocabulary import BASELINES, Scenario
from planner.spelling import did_you_mean, quoted
from planner.yamlfile.fit import fit
from planner.yamlfile.parse import read_lines
from planner.yamlfile.text_file import ENDINGS, files_beside, read_text
from planner.yamlfile.tree import Finding

MOST_FAULTS = 100
MOST_FILES = 10

#: What completes a file without a usable version or title, so that the rest can be checked.
_STAND_INS = {"schema": 1, "title": "?"}


def load_scenario(path: str | Path, bundle: Bundle | None = None) -> Scenario:
    """Read a scenario file and check it against the data.

    Parameters
    ----------
    path : the file; messages name it as given here.
    bundle : folder of data tables; the default data where it is left out.

    Raises
    ------
    ScenarioError : the file cannot be used; with all faults, those of its baseline too.
    DataError : a table is missing, changed or faulty.
    """
    text = read_text(Path(path))
    if isinstance(text, Finding):
        raise ScenarioError([text.fault(str(path))])
    scenario, faults = check_scenario(text, path, known_in(bundle or Bundle()))
    if scenario is None:
        raise ScenarioError(faults)
    return scenario


def check_scenario(
    text: str, path: str | Path, known: Known
) -> tuple[Scenario | None, list[Fault]]:
    """Check the text of a scenario, which need not be on disk.

    Parameters
    ----------
    text : YAML.
    path : where it is or will be; its baseline is looked for in the same folder.
    known : what names may refer to; from `known_in`.

    Returns
    -------
    The scenario, None if there are faults; and the faults, sorted by file and line, at most 100
    of each file and a count of the others.
    """
    return _check(text, str(path), known, ())


def with_lines(
    error: ScenarioError, scenario: Scenario, text: str | Finding | None = None
) -> ScenarioError:
    """Give file and line to faults that were found later, when only their keys were known.

    Parameters
    ----------
    error : its faults without a line are taken to be about `scenario`.
    scenario : as loaded; one that was made in memory has no lines.
    text : what the scenario was read from; left out, its file is read again.
    """
    if text is None:
        text = read_text(scenario.path) if scenario.path else ""
    root = read_lines(text).root if isinstance(text, str) else None
    if root is None:
        return error
    return ScenarioError(
        fault
        if fault.line
        else replace(fault, file=str(scenario.path), line=root.find(*_steps(fault.key)).line)
        for fault in error.faults
    )


def _steps(key: str) -> list[str | int]:
    return [int(step) if step.isdigit() else step for step in key.split(".")]


def known_in(bundle: Bundle) -> Known:
    """Return what names may refer to in a bundle; read anew when its register changes.

    Raises
    ------
    DataError : a table is missing, changed or faulty.
    """
    register = bundle.folder / REGISTER
    changed = register.stat().st_mtime_ns if register.is_file() else 0
    return _known(bundle.folder, changed)


@lru_cache(maxsize=4)
def _known(folder: Path, changed: int) -> Known:  # noqa: ARG001 - part of the cache key
    return Known.from_bundle(Bundle(folder))


def _check(
    text: str, file: str, known: Known, above: tuple[Path, ...]
) -> tuple[Scenario | None, list[Fault]]:
    """Check a text; `above` are the files whose baseline leads here, outermost first."""
    reading = read_lines(text)
    findings = list(reading.findings)
    elsewhere: list[Fault] = []
    scenario = None
    if reading.root is not None:
        shape = fit(reading.root, Scenario, scenario_shape(), _STAND_INS)
        findings += shape.findings
        if shape.value is not None:
            scenario = shape.value.read_from(Path(file))
            context, unresolved = read_context(scenario, shape, known.gazetteer)
            findings += [*unresolved, *check_plan(context), *check_request(context)]
            findings += check_figures(context, known)
            message, elsewhere = _baseline(context, file, known, above)
            if message and ("baseline",) not in shape.broken:
                findings.append(context.finding(("baseline",), message))
    faults = _worded(findings, file) + elsewhere
    return (None if faults else scenario), sorted(set(faults))


def _worded(findings: list[Finding], file: str) -> list[Fault]:
    """Word the first faults of a file, and count the others."""
    ordered = sorted(findings, key=lambda finding: (finding.line, finding.path))
    faults = [finding.fault(file) for finding in ordered[:MOST_FAULTS]]
    if more := ordered[MOST_FAULTS:]:
        faults.append(Fault(file, more[-1].line, "", f"and {len(more)} more faults."))
    return faults


def _baseline(
    context: Context, file: str, known: Known, above: tuple[Path, ...]
) -> tuple[str, list[Fault]]:
    """Return what is wrong with the baseline, and the faults in its own file."""
    name = context.scenario.baseline
    if name in BASELINES:
        return "", []
    chain = (*above, Path(file))
    path = chain[-1].parent / name
    if message := _misplaced(path, name, chain):
        return message, []
    text = read_text(path)
    if isinstance(text, Finding):
        return f"{quoted(name)}: {text.fault(file).message}", []
    other, faults = _check(text, str(path), known, chain)
    if other is None:
        return f"{quoted(name)} has faults of its own. Correct that file first.", faults
    return _other_region(context, other, known), []


def _misplaced(path: Path, name: str, chain: tuple[Path, ...]) -> str:
    """Say that a baseline is not beside the scenario, or leads back to it; empty if neither."""
    beside = path.parent == chain[-1].parent and path.resolve().parent == path.parent.resolve()
    if not beside or path.suffix not in ENDINGS:
        choices = [*BASELINES, *files_beside(chain[-1])]
        return (
            f"got {quoted(name)}. One of {', '.join(BASELINES)}, or the name of a scenario file "
            f"in the same folder, is expected.{did_you_mean(name, choices)}"
        )
    if path.resolve() in [file.resolve() for file in chain]:
        names = " -> ".join([*(file.name for file in chain), name])
        return f"leads back to {quoted(name)}: {names}. Another baseline is expected."
    if len(chain) >= MOST_FILES:
        return f"more than {MOST_FILES} files name one another as baseline. Fewer are expected."
    return ""


def _other_region(context: Context, other: Scenario, known: Known) -> str:
    """Say that a baseline does not cover the region; it may cover more."""
    covered = frozenset(region_codes(other, known.gazetteer))
    lacking = sorted((context.region or frozenset()) - covered)
    if not lacking:
        return ""
    names = ", ".join(context.name(code) for code in lacking)
    return (
        f"{quoted(context.scenario.baseline)} has another region, without {names}. "
        "A baseline that covers the region is expected."
    )
