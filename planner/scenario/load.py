"""Scenario files: YAML -> `Scenario`, with every name resolved and every fault at its line.

Three passes look at a file: does its shape fit the vocabulary (`planner.yamlfile.fit`), does what
it names exist (`checks.context`, `checks.figures`, `checks.links`), and does it make sense
(`checks.groups`, `checks.limits`, the baseline). Later passes look at whatever the first leaves
standing, so that a planner sees all faults at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from planner.errors import Fault, ScenarioError
from planner.io.bundle import Bundle
from planner.io.tables.assumptions import load_assumptions
from planner.messages.message import Message
from planner.scenario.checks.context import Context, read_context
from planner.scenario.checks.figures import Known, check_figures
from planner.scenario.checks.groups import check_plan
from planner.scenario.checks.limits import check_request
from planner.scenario.checks.links import read_changes
from planner.scenario.drawn import draw, known_baseline
from planner.scenario.resolved import Resolved, resolved_in
from planner.scenario.schema import scenario_shape
from planner.scenario.vocabulary import BASELINES, Scenario
from planner.spelling import did_you_mean, shown
from planner.today import today
from planner.workspace import default_workspace
from planner.yamlfile.fit import Fit, fit
from planner.yamlfile.parse import read_lines
from planner.yamlfile.text_file import ENDINGS, files_beside, read_text
from planner.yamlfile.tree import TextFault, plain_tree

MOST_FAULTS = 100
MOST_FILES = 10

#: What completes a file without a usable version or title, so that the rest can be checked.
_STAND_INS = {"schema": 1, "title": "?"}


def load_scenario(path: str | Path, bundle: Bundle | None = None) -> Scenario:
    """Read a scenario file and check it against the data.

    Parameters
    ----------
    path : the file; messages name it as given here.
    bundle : the data tables; those of the default workspace where it is left out.

    Raises
    ------
    ScenarioError : the file cannot be used; with all faults, those of its baseline too.
    DataError : a table is missing, changed or faulty.
    """
    text = read_text(Path(path))
    if isinstance(text, TextFault):
        raise ScenarioError([text.fault(str(path))])
    scenario, faults = check_scenario(text, path, known_in(bundle or default_workspace().data))
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
    found, faults = _check(text, str(path), known, ())
    return (found.scenario if found else None), faults


def resolve(scenario: Scenario, bundle: Bundle) -> Resolved:
    """Return what a scenario says in the labels of the data.

    That of a scenario as it was loaded is known; one that was made in memory is resolved here.

    Raises
    ------
    ScenarioError : a name or link does not exist, or the baseline cannot be used.
    DataError : a table is missing, changed or faulty.
    """
    found = scenario.resolution
    if (
        isinstance(found, Resolved)
        and found.scenario is scenario
        and found.data_version == bundle.version
        and found.circumstances.on == (scenario.date or today())
    ):
        return found
    root = plain_tree(scenario.model_dump(by_alias=True, exclude_unset=True))
    file = str(scenario.path or "scenario")
    shape = Fit(scenario, root, [], frozenset())
    resolved, findings, faults = _resolve(scenario, shape, known_in(bundle), ())
    if resolved is None:
        raise ScenarioError([*_worded(findings, file), *faults])
    return resolved


def known_in(bundle: Bundle) -> Known:
    """Return what names may refer to in a bundle; read anew when its register changes.

    Raises
    ------
    DataError : a table is missing, changed or faulty.
    """
    return bundle.memo.get(("known", bundle.version), lambda: Known.in_bundle(bundle))


def _check(
    text: str, file: str, known: Known, above: tuple[Path, ...]
) -> tuple[Resolved | None, list[Fault]]:
    """Check a text; `above` are the files whose baseline leads here, outermost first."""
    reading = read_lines(text)
    findings = list(reading.findings)
    elsewhere: list[Fault] = []
    resolved = None
    if reading.root is not None:
        shape = fit(reading.root, Scenario, scenario_shape(), _STAND_INS)
        findings += shape.findings
        if shape.value is not None:
            scenario = shape.value.read_from(Path(file))
            resolved, more, elsewhere = _resolve(scenario, shape, known, (*above, Path(file)))
            findings += more
    faults = _worded(findings, file) + elsewhere
    return (None if faults else resolved), sorted(set(faults))


def _resolve(
    scenario: Scenario, shape: Fit[Scenario], known: Known, chain: tuple[Path, ...]
) -> tuple[Resolved | None, list[TextFault], list[Fault]]:
    """Resolve what fits, and find what is wrong with it and in the files of its baselines.

    `chain` leads from the outermost file to this one; it is empty for a scenario in memory, which
    may well contradict itself: the solve then says so.
    """
    context, findings = read_context(scenario, shape, known.gazetteer)
    if chain:
        findings += [*check_plan(context), *check_request(context)]
        findings += check_figures(context, known)
    changes, wrong = read_changes(context, known)
    baseline, message, elsewhere = _baseline(context, known, chain)
    findings += wrong
    if message and ("baseline",) not in shape.broken:
        findings.append(context.finding(("baseline",), message))
    if baseline is None or findings or elsewhere or shape.findings:
        return None, findings, elsewhere
    defaults = {name: entry.default for name, entry in load_assumptions(known.bundle).items()}
    resolved = resolved_in(context, changes, defaults, baseline, known.bundle.version)
    faults = _undrawable(resolved, known.bundle)
    if faults:
        return None, [], faults
    scenario.remember(resolved)
    return resolved, [], []


def _undrawable(resolved: Resolved, bundle: Bundle) -> list[Fault]:
    """Find municipalities that ``rest`` leaves with a host that is none, if that is known yet."""
    if resolved.scenario.groups is None or resolved.scenario.rest != "baseline":
        return []
    try:
        baseline = known_baseline(resolved, bundle)
        if baseline is not None:
            draw(resolved, baseline, bundle)
    except ScenarioError as error:
        return list(error.faults)
    return []


def _worded(findings: list[TextFault], file: str) -> list[Fault]:
    """Word the first faults of a file, and count the others."""
    ordered = sorted(findings, key=lambda finding: (finding.line, finding.path))
    faults = [finding.fault(file) for finding in ordered[:MOST_FAULTS]]
    if more := ordered[MOST_FAULTS:]:
        faults.append(Fault(file, more[-1].line, "", Message.of("file.more", count=len(more))))
    return faults


def _baseline(
    context: Context, known: Known, chain: tuple[Path, ...]
) -> tuple[Resolved | Literal["today", "own_office"] | None, Message | None, list[Fault]]:
    """Return the baseline, what is wrong with it, and the faults in its own file."""
    name, path = context.scenario.baseline, context.scenario.baseline_path
    if path is None:
        return cast("Literal['today', 'own_office']", name), None, []
    file = context.scenario.path or Path("scenario")
    if message := _misplaced(name, file, chain):
        return None, message, []
    text = read_text(path)
    if isinstance(text, TextFault):
        reason = text.fault(str(file)).message
        return None, Message.of("baseline.unread", name=shown(name), reason=reason), []
    other, faults = _check(text, str(path), known, chain)
    if other is None:
        return None, Message.of("baseline.faulty", name=shown(name)), faults
    return other, _other_region(context, other), []


def _misplaced(name: str, file: Path, chain: tuple[Path, ...]) -> Message | None:
    """Say that a baseline is not beside the scenario, or leads back to it; None if neither."""
    path = file.parent / name
    beside = path.parent == file.parent and path.resolve().parent == path.parent.resolve()
    if not beside or path.suffix not in ENDINGS:
        choices = [*BASELINES, *files_beside(file)]
        meant = did_you_mean(name, choices)
        return Message.of("baseline.misplaced", meant, name=shown(name), words=BASELINES)
    if path.resolve() in [above.resolve() for above in chain]:
        names = " -> ".join([*(above.name for above in chain), name])
        return Message.of("baseline.circle", name=shown(name), names=names)
    if len(chain) >= MOST_FILES:
        return Message.of("baseline.long_chain", most=MOST_FILES)
    return None


def _other_region(context: Context, other: Resolved) -> Message | None:
    """Say that a baseline does not cover the region; it may cover more."""
    lacking = sorted((context.region or frozenset()) - frozenset(other.codes))
    if not lacking:
        return None
    names = tuple(context.name(code) for code in lacking)
    return Message.of("baseline.region", name=shown(context.scenario.baseline), names=names)
