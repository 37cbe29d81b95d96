"""Change the core one operator at a time: does any test notice? `bench.mutants --sample 30`.

Each change is made in a copy of the project. Tests that name the changed module run first, then,
if they pass, all tests of its area and the properties. What passes both has survived: either no
test states the rule, or the change makes no difference. Read the list; the share alone says little.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.measure import ROOT

AREAS = ("model", "optimise", "assess")
COPIED = ("planner", "tests", "bench", "pyproject.toml")
LINKED = ("data", "scenarios", "docs")
MOST_S = 600.0
OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True)
class Mutant:
    """One operator of one module, and what it becomes; `place` counts its operators."""

    module: str
    place: int
    line: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}  {self.before} -> {self.after}"


def operators(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int]]:
    """Yield every operator that can be changed: its node, the field, and the place in a list."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign):
            if type(node.op) in OPERATORS and not _is_union_of_types(node):
                yield node, "op", -1
        elif isinstance(node, ast.Compare):
            for place, operator in enumerate(node.ops):
                if type(operator) in OPERATORS:
                    yield node, "ops", place


def _is_union_of_types(node: ast.AST) -> bool:
    """Tell types written with a stroke, which are no computation, as far as can be seen."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr)


def changed(source: str, chosen: int) -> tuple[str, str, str, int]:
    """Return a module with one operator changed, what it was, what it is, and its line."""
    tree = ast.parse(source)
    node, field, place = list(operators(tree))[chosen]
    operator = getattr(node, field) if place < 0 else getattr(node, field)[place]
    other = OPERATORS[type(operator)]()
    if place < 0:
        setattr(node, field, other)
    else:
        getattr(node, field)[place] = other
    names = type(operator).__name__, type(other).__name__
    return ast.unparse(tree) + "\n", *names, getattr(node, "lineno", 0)


def sample(root: Path, size: int, seed: int) -> list[Mutant]:
    """Draw operators of the core, each equally likely."""
    every = []
    for area in AREAS:
        for path in sorted((root / "planner" / area).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            count = sum(1 for _ in operators(ast.parse(source)))
            every += [(path.relative_to(root).as_posix(), place) for place in range(count)]
    drawn = random.Random(seed).sample(every, min(size, len(every)))  # noqa: S311 - no secret
    found = []
    for module, place in sorted(drawn):
        _, before, after, line = changed((root / module).read_text(encoding="utf-8"), place)
        found.append(Mutant(module, place, line, before, after))
    return found


def near_tests(root: Path, module: str) -> list[str]:
    """Return the test files that name a module, and the one in its mirror place."""
    dotted = module.removesuffix(".py").replace("/", ".")
    mirror = Path("tests/unit", *Path(module).parts[1:]).with_name(f"test_{Path(module).name}")
    files = sorted((root / "tests").glob("unit/**/test_*.py"))
    files += sorted((root / "tests" / "property").glob("test_*.py"))
    near = [one for one in files if dotted in one.read_text(encoding="utf-8")]
    near += [root / mirror] if (root / mirror) not in near and (root / mirror).is_file() else []
    return [one.relative_to(root).as_posix() for one in near]


def far_tests(area: str) -> list[str]:
    """Return the tests of an area, and those of whole runs."""
    return [f"tests/unit/{area}", "tests/unit/pipeline", "tests/property", "tests/golden"]


def survives(copy: Path, mutant: Mutant) -> bool:
    """Tell whether all tests pass with a mutant in place; the copy is put right again."""
    path = copy / mutant.module
    whole = path.read_text(encoding="utf-8")
    try:
        path.write_text(changed(whole, mutant.place)[0], encoding="utf-8")
        near = near_tests(copy, mutant.module)
        far = far_tests(Path(mutant.module).parts[1])
        return (not near or _pass(copy, near)) and _pass(copy, far)
    finally:
        path.write_text(whole, encoding="utf-8")


def _pass(copy: Path, tests: list[str]) -> bool:
    quietly = ["-n", "0", "-x", "-q", "-p", "no:cacheprovider", "--no-header"]
    with tempfile.TemporaryFile() as unread:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter, no shell
                [sys.executable, "-m", "pytest", *quietly, *tests],
                cwd=copy,
                env=os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
                stdout=unread,
                stderr=unread,
                timeout=MOST_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False  # a test that never ends has noticed
    return done.returncode == 0


def main() -> None:
    """Try a sample of mutants and list those that survive."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutants", description=__doc__)
    parser.add_argument("--sample", type=int, default=30, metavar="N", help="how many; 0 is all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="only say which would be tried")
    options = parser.parse_args()
    drawn = sample(ROOT, options.sample or sys.maxsize, options.seed)
    if options.list:
        print(*drawn, sep="\n")
        return
    alive = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        copy.mkdir()
        for name in COPIED:
            kind = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
            kind(ROOT / name, copy / name)
        for name in LINKED:
            (copy / name).symlink_to(ROOT / name)
        for area in sorted({Path(mutant.module).parts[1] for mutant in drawn}):
            if not _pass(copy, far_tests(area)):  # else every mutant would seem to be noticed
                sys.exit(f"the tests of {area} fail with nothing changed: mend them first")
        for number, mutant in enumerate(drawn, 1):
            survived = survives(copy, mutant)
            alive += [mutant] if survived else []
            word = "SURVIVED" if survived else "noticed"
            print(f"{number}/{len(drawn)} {word}  {mutant}", flush=True)
    print(f"\n{len(alive)} of {len(drawn)} survived", *alive, sep="\n")


if __name__ == "__main__":
    main()
