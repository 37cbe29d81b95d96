"""What a sweep shows, in sentences: who gets which host how often, and what moves the plan."""

from __future__ import annotations

from collections.abc import Mapping

from planner.present.words.text import enumeration, text


def sweep_report(
    names: Mapping[str, str],
    counts: Mapping[str, Mapping[str, int]],
    changes: Mapping[str, tuple[int, int]],
    variants: int,
) -> str:
    """Write the summary of a sweep.

    Parameters
    ----------
    names : code -> name.
    counts : code -> host -> number of variants.
    changes : key -> steps along it in which the plan changes, and all steps.
    variants : number of variants, those without a plan among them.
    """
    planned = sum(next(iter(counts.values()), {}).values())
    lines = [text("sweep.planned", count=planned, total=variants)]
    lines += [
        text("sweep.changes", limit=key, count=count, total=total)
        for key, (count, total) in changes.items()
    ]
    steady = [code for code, hosts in counts.items() if len(hosts) == 1]
    lines += [
        "",
        *(_line(names, code, counts[code], planned) for code in counts if code not in steady),
    ]
    if steady:
        pairs = [_with_host(names, code, next(iter(counts[code]))) for code in steady]
        lines.append(text("sweep.always", pairs=enumeration(pairs)))
    return "\n".join(lines)


def _line(names: Mapping[str, str], code: str, hosts: Mapping[str, int], planned: int) -> str:
    often = sorted(hosts.items(), key=lambda entry: (-entry[1], entry[0]))
    shown = [
        text("sweep.own" if host == code else "sweep.host", host=names[host], count=count)
        for host, count in often
    ]
    return text("sweep.municipality", name=names[code], hosts=enumeration(shown), total=planned)


def _with_host(names: Mapping[str, str], code: str, host: str) -> str:
    if host == code:
        return text("sweep.always_own", name=names[code])
    return text("sweep.always_host", name=names[code], host=names[host])
