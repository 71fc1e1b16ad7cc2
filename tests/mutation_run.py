"""Changes the helpers in small ways, one at a time, and sees whether a test notices: a mutation run.

    make mutants                                   what mutants.csv doesn't hold yet
    python tests/mutation_run.py study metrics     only in these areas; a lesson's name stands for its checks
    python tests/mutation_run.py --again           also what survived, once more

cosmic-ray makes the changes. Of all places that it can change, a draw with a fixed seed takes as many in each area as
`AREAS` says, evenly from five kinds of change. It leaves out what doesn't change what the helpers do: annotations,
texts, names for `import *`, seeds, what only remembers results, and what only guards (`strict`, `frozen`).

Each changed module is written into a copy of the tree, and the area's tests run there until one fails. That test must
pass without the change. A change that no test notices survives. If none can, because every result stays the same,
somebody writes `equivalent` and the reason into its row; later runs keep such rows.
"""

from __future__ import annotations

import argparse
import ast
import csv
import difflib
import hashlib
import importlib
import json
import os
import re
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STORED = ROOT / "tests/mutants.csv"
SEED = 2026
PROCESSOR_SECONDS, SECONDS = 150, 900
"""After so long a change counts as noticed: a test that never ends is no test that passes."""

CHECKS = "imbalanced_course/checks"
LESSONS = tuple(sorted(path.parent.name for path in (ROOT / "helpers" / CHECKS).glob("*/__init__.py")))


@dataclass(frozen=True)
class Area:
    """Modules, as patterns below `helpers/`; how many changes of them are drawn; and the tests that specify them.

    `nearest` has, by module, the tests to run first, else the first of `tests`; the others run if these don't notice.
    """

    modules: tuple[str, ...]
    changes: int
    tests: tuple[str, ...]
    nearest: dict[str, tuple[str, ...]] = field(default_factory=dict)


AREAS = {
    **{lesson: Area((f"{CHECKS}/{lesson}/*.py",), 15, ("tests/test_lesson_checks.py",)) for lesson in LESSONS},
    "checks": Area(
        (f"{CHECKS}/*.py",),
        30,
        (
            "tests/test_checks_core.py",
            "tests/test_checks_metrics.py",
            "tests/test_border.py",
            "tests/test_quiz.py",
            "tests/test_start_page.py::test_the_first_answer_to_a_question_counts_and_later_ones_are_practice",
            "tests/test_lesson_checks.py::test_the_reference_solution_earns_all_points",
        ),
    ),
    "scoreboard": Area(
        ("imbalanced_course/scoreboard/*.py",),
        90,
        ("tests/test_scoreboard.py", "tests/test_contest.py"),
        {"contest": ("tests/test_contest.py",)},
    ),
    "study": Area(
        ("imbalanced_course/study/*.py",),
        36,
        (
            "tests/test_study.py",
            "tests/test_measure_reading.py",
            "tests/test_evidence.py::test_what_was_chosen_for_a_model_is_what_the_search_can_choose",
            "tests/test_evidence.py::test_a_stored_row_comes_out_again",
        ),
        {"summary": ("tests/test_study.py", "tests/test_evidence.py")},
    ),
    "marks": Area(
        (
            "coursework/grading/marks.py",
            "coursework/grading/score_rows.py",
            "coursework/grading/totals.py",
            "coursework/reporting/class_points.py",
        ),
        12,
        ("tests/test_gradebook.py", "tests/test_late_work.py", "tests/test_marks.py"),
        {
            "class_points": ("tests/test_report.py",),
            "marks": tuple(
                f"tests/test_marks.py::{test}"
                for test in (
                    "test_a_mark_stands_under_its_tasks_title_with_all_that_was_given",
                    "test_what_lateness_costs_comes_onto_the_page_and_goes_with_the_penalty",
                )
            ),
        },
    ),
    "workspace": Area(
        ("coursework/workspace/*.py",),
        30,
        (
            "tests/test_workspace.py",
            "tests/test_workspace_update.py",
            "tests/test_start_page.py",
            "tests/test_workspace_doctor.py",
            "tests/test_inventory.py",
        ),
        {
            "doctor": ("tests/test_workspace_doctor.py",),
            "packages": ("tests/test_workspace_doctor.py",),
            "lab": ("tests/test_workspace_lab.py",),
            "start_page": ("tests/test_start_page.py",),
            "update": ("tests/test_workspace_update.py",),
            "progress": ("tests/test_start_page.py",),
            "inventory_page": ("tests/test_inventory.py",),
            **dict.fromkeys(
                ("check_report", "check_table", "check_workspace", "notebook_run", "outcome", "last_check"),
                ("tests/test_workspace_check.py",),
            ),
        },
    ),
}

# cosmic-ray's operators by kind. Those that put any operator in the place of any other are left out, because they
# mostly end in a TypeError: what is next to right is what a test may miss.
KINDS = {
    "comparison": r"ReplaceComparisonOperator_(Eq_NotEq|NotEq_Eq|Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Is_IsNot|IsNot_Is)",
    "arithmetic": r"ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Div|Mod_FloorDiv|Pow_Mul"
    r"|BitOr_BitAnd|BitAnd_BitOr|BitXor_BitAnd)|ReplaceUnaryOperator_Delete_(USub|Invert)",
    "logic": r"AddNot|Replace(AndWithOr|OrWithAnd|TrueWithFalse|FalseWithTrue)|ReplaceUnaryOperator_Delete_Not",
    "number": r"NumberReplacer",
    "flow": r"ReplaceBreakWithContinue|ReplaceContinueWithBreak|ExceptionReplacer|RemoveDecorator|ZeroIterationForLoop",
}


@dataclass(frozen=True)
class Mutant:
    """A change and what came of it: `by` is the test that noticed, `reason` why none can."""

    area: str
    module: str
    line: int
    operator: str
    occurrence: int
    change: str
    outcome: str = ""
    by: str = ""
    reason: str = ""

    @property
    def key(self) -> tuple[str, str, int, str]:
        """What it is, wherever its line has moved to."""
        return self.module, self.operator, self.occurrence, self.change


@cache
def _parsed(module: str) -> tuple[str, list[Any]]:
    from cosmic_ray.ast import ast_nodes, get_ast

    text = (ROOT / "helpers" / module).read_text(encoding="utf-8")
    return text, list(ast_nodes(get_ast(text)))


@cache
def _operators() -> list[tuple[str, str, Any]]:
    """Return the operators to use, each with its kind, its name, and itself."""
    from cosmic_ray import plugins

    found = []
    for name in sorted(plugins.operator_names()):
        short = name.removeprefix("core/")
        for kind, pattern in KINDS.items():
            if re.fullmatch(pattern, short):
                found.append((kind, short, plugins.get_operator(name)()))
    return found


def changed(module: str, operator: str, occurrence: int) -> str | None:
    """Return a module's text with one change, nothing if it isn't Python then."""
    from cosmic_ray.mutating import mutate_code

    text = _parsed(module)[0]
    known = {name: one for _, name, one in _operators()}
    new: str | None = mutate_code(text, known[operator], occurrence)
    try:
        ast.parse(new or "")
    except SyntaxError:
        return None
    return new


def _no_behavior(text: str) -> Callable[[tuple[int, int]], bool]:
    """Return what tells whether a place, as (line, column), is one that a change means nothing at."""
    lines = text.splitlines()
    spans: list[tuple[tuple[int, int], tuple[int, int]]] = []

    def place(line: int, column: int) -> tuple[int, int]:
        return line, len(lines[line - 1].encode()[:column].decode())

    def leave_out(node: ast.AST | None) -> None:
        if node is not None:
            one: Any = node
            spans.append((place(one.lineno, one.col_offset), place(one.end_lineno, one.end_col_offset)))

    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.arg() | ast.AnnAssign():
                leave_out(node.annotation)
            case ast.FunctionDef():
                leave_out(node.returns)
                for decorator in node.decorator_list:
                    if ast.unparse(decorator).startswith(("functools.", "cache", "lru_cache", "staticmethod")):
                        spans.append(((decorator.lineno, 0), (decorator.end_lineno or 0, 200)))
            case ast.JoinedStr():
                leave_out(node)
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                leave_out(node)
            case ast.If() if "TYPE_CHECKING" in ast.unparse(node.test) or "__name__" in ast.unparse(node.test):
                leave_out(node.test)
            case ast.keyword(arg="strict" | "frozen" | "seed" | "random_state"):
                leave_out(node.value)

    def meaningless(at: tuple[int, int]) -> bool:
        star = lines[at[0] - 1].startswith("*,", at[1])  # of a signature, no product
        return star or any(begin <= at < end for begin, end in spans)

    return meaningless


def _rank(*parts: object) -> str:
    """Return a place's number in the draw; it rests on its own line, so edits elsewhere leave the draw as it is."""
    return hashlib.sha256(repr((SEED, *parts)).encode()).hexdigest()


def _told(old: str, new: str) -> str:
    """Return in short what is different in a line."""
    pairs = zip(old.splitlines(), new.splitlines(), strict=False)
    before, after = next(((one, other) for one, other in pairs if one != other), ("", ""))
    if len(old.splitlines()) != len(new.splitlines()):
        removed = [line[2:].strip() for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] == "-"]
        removed = [line for line in removed if line]
        return f"{removed[0]} removed" if removed else f"{before.strip()} → {after.strip()}"
    before, after = before.strip(), after.strip()
    same = _same(before, after)
    end = _same(before[same:][::-1], after[same:][::-1])
    begin, rest = max(0, same - 25), max(0, end - 25)
    cut = [text[begin : len(text) - rest].strip() for text in (before, after)]
    return " → ".join(re.sub(r"\s+", " ", text) for text in cut)


def _same(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (left, right) in pairs if left != right), min(len(one), len(other)))


def drawn(area: str) -> list[Mutant]:
    """Return an area's changes: of each kind as many, at each place at most one, in the order of the draw."""
    kinds: dict[str, dict[tuple[str, int, int], list[tuple[str, int]]]] = {kind: {} for kind in KINDS}
    for module in sorted(
        path.relative_to(ROOT / "helpers").as_posix()
        for pattern in AREAS[area].modules
        for path in (ROOT / "helpers").glob(pattern)
    ):
        text, nodes = _parsed(module)
        meaningless = _no_behavior(text)
        for kind, name, operator in _operators():
            at = (start for node in nodes for start, _ in operator.mutation_positions(node))
            for occurrence, (line, column) in enumerate(at):
                if not meaningless((line, column)):
                    kinds[kind].setdefault((module, line, column), []).append((name, occurrence))
    queues = []
    for places in kinds.values():
        lines = {place: _parsed(place[0])[0].splitlines()[place[1] - 1] for place in places}
        queues.append(iter(sorted(places.items(), key=lambda one: _rank(one[0][0], lines[one[0]], one[0][2]))))
    found: list[Mutant] = []
    while queues and len(found) < AREAS[area].changes:
        for queue in list(queues):
            mutant = _first_of(area, queue)
            if mutant is None:
                queues.remove(queue)
            elif len(found) < AREAS[area].changes:
                found.append(mutant)
    return found


def _first_of(area: str, places: Iterator[tuple[tuple[str, int, int], list[tuple[str, int]]]]) -> Mutant | None:
    for (module, line, column), ways in places:
        operator, occurrence = min(ways, key=lambda way: _rank(module, column, *way))
        new = changed(module, operator, occurrence)
        if new is not None:
            return Mutant(area, module, line, operator, occurrence, _told(_parsed(module)[0], new))
    return None


def stored() -> list[Mutant]:
    """Return what tests/mutants.csv holds; of a change that was tried again, the last outcome."""
    if not STORED.exists():
        return []
    with STORED.open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    mutants = [Mutant(**{**row, "line": int(row["line"]), "occurrence": int(row["occurrence"])}) for row in rows]
    return list({mutant.key: mutant for mutant in mutants}.values())


def store(mutants: Iterable[Mutant]) -> None:
    """Write all rows anew."""
    with STORED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [one.name for one in fields(Mutant)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(mutant) for mutant in mutants)


def add(mutant: Mutant) -> None:
    """Write one more row, so that a run which is stopped goes on from here."""
    with STORED.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, [one.name for one in fields(Mutant)], lineterminator="\n").writerow(asdict(mutant))


# In the copy.


def copy_tree(to: Path) -> None:
    """Copy what git knows of, and compile it: later only the changed module is compiled anew."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).exists():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    subprocess.run([sys.executable, "-m", "compileall", "-q", "helpers"], cwd=to, check=True)


def copy_environment(tree: Path) -> None:
    """Give the copy a virtual environment whose course it is, of links to this one's files: the sandbox looks there."""

    def link(one: str, other: str) -> None:
        try:
            os.link(one, other)
        except OSError:
            shutil.copy2(one, other)

    shutil.copytree(sys.prefix, tree / ".venv", symlinks=True, copy_function=link)
    for path in (tree / ".venv").glob("lib/*/site-packages/*.pth"):
        text = path.read_text(encoding="utf-8")
        if str(ROOT / "helpers") in text:
            path.unlink()
            path.write_text(text.replace(str(ROOT / "helpers"), str(tree / "helpers")), encoding="utf-8")


@contextmanager
def written(mutant: Mutant, tree: Path) -> Iterator[None]:
    """Have the changed module in the copy for a while; its time comes back too, by which Python knows the bytecode."""
    path = tree / "helpers" / mutant.module
    times = path.stat()
    old = path.read_bytes()
    path.write_text(changed(mutant.module, mutant.operator, mutant.occurrence) or "", encoding="utf-8")
    try:
        yield
    finally:
        path.write_bytes(old)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def apart(work: Callable[[], str]) -> str:
    """Return what a function returns in a process of its own, within the time limit."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
        os.close(reader)
        told = "broke off"
        try:
            told = work()
        except BaseException as error:
            told = f"broke off: {type(error).__name__}"
        finally:
            os.write(writer, told.encode()[:4000])
            os._exit(0)
    os.close(writer)
    ready, _, _ = select.select([reader], [], [], SECONDS)
    told = os.read(reader, 4000).decode() if ready else ""
    os.close(reader)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return told or "no end"


TIMES = Path("seconds.json")


class Notes:
    """What a run of pytest says first against the code; of a file's tests the quick ones go first."""

    def __init__(self) -> None:
        self.failed = ""
        self.seconds: dict[str, float] = json.loads(TIMES.read_text()) if TIMES.exists() else {}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        files = list(dict.fromkeys(item.path for item in items))
        items.sort(key=lambda item: (files.index(item.path), self.seconds.get(item.nodeid, 0.0)))

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.passed and report.when == "call":
            self.seconds[report.nodeid] = report.duration
        if report.failed:
            self.failed = self.failed or report.nodeid

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid


def tested(tests: Sequence[str]) -> str:
    """Run tests until one fails, and return its name; nothing if all pass."""
    import pytest

    notes = Notes()
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        code = pytest.main([*OPTIONS, "-x", *tests], plugins=[notes])
    TIMES.write_text(json.dumps(notes.seconds))
    if code == pytest.ExitCode.OK:
        return "passed"
    return notes.failed or f"pytest ended with {int(code)}"


QUIET = "ignore::pytest.PytestAssertRewriteWarning"
"""The libraries are there before pytest can look at them, which it would warn of."""

OPTIONS = ["-q", "-n0", "-p", "no:cacheprovider", "-m", "not long", "--basetemp", "../tmp", "-W", QUIET]


BROKEN: list[str] = []
"""Options that leave out tests which can't run on this machine."""


def run_area(area: str, mutants: Sequence[Mutant], tree: Path, note: Callable[[Mutant], None]) -> None:
    """Try changes, each in a process that has the libraries already and none of the course's modules."""
    passes = cache(lambda test: apart(lambda: tested([test])) == "passed")
    for mutant in mutants:
        begin = time.monotonic()
        nearest = AREAS[area].nearest.get(Path(mutant.module).stem, AREAS[area].tests[:1])
        by = "passed"
        for tests in filter(None, (nearest, [one for one in AREAS[area].tests if one not in nearest])):
            while by == "passed":
                with written(mutant, tree):
                    by = apart(lambda tests=tests: tested([*tests, *BROKEN]))
                if by == "passed":
                    break
                if "::" in by and not passes(by):
                    print(f"{by} fails without any change: left out", flush=True)
                    BROKEN.append(f"--deselect={by}")
                    by = "passed"
        note(judged(mutant, by, passes, time.monotonic() - begin))


def judged(mutant: Mutant, by: str, passes: Callable[[str], bool], seconds: float) -> Mutant:
    """Return a change with what came of it."""
    if "::" in by and not passes(by):
        raise SystemExit(f"{by} fails without any change")
    print(f"{mutant.area:14} {seconds:6.1f} s  {by if by != 'passed' else 'SURVIVED'}  {mutant.change}", flush=True)
    if by == "passed":
        return replace(mutant, outcome="survived")
    return replace(mutant, outcome="killed", by=by.removeprefix("tests/"))


class LessonLoop:
    """Instead of pytest's own loop: each change, with the known answers of the tasks that it can reach.

    The lesson's setup has run, and pytest has collected the tests. Only the lesson's checks are imported anew.
    """

    def __init__(self, lesson: str, mutants: Sequence[Mutant], tree: Path, note: Callable[[Mutant], None]) -> None:
        self.lesson, self.mutants, self.tree, self.note = lesson, mutants, tree, note

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = [item for item in items if f"[{self.lesson}: " in item.nodeid]

    def pytest_runtestloop(self, session: Any) -> bool:
        from _pytest.runner import runtestprotocol

        def failed(items: Sequence[Any]) -> str:
            for item in items:
                for report in runtestprotocol(item, log=False, nextitem=None):
                    if report.failed:
                        return str(item.nodeid)
            return "passed"

        def anew(items: Sequence[Any]) -> str:
            package = f"imbalanced_course.checks.{self.lesson}"
            for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
                del sys.modules[name]
            vars(sys.modules["imbalanced_course.checks"]).pop(self.lesson, None)
            return failed(items)

        by_id = {item.nodeid: item for item in session.items}
        failed([next(item for item in session.items if "right" in item.nodeid)])  # runs the setup, imports what is used
        passes = cache(lambda test: apart(lambda: anew([by_id[test]])) == "passed")
        for mutant in self.mutants:
            begin = time.monotonic()
            tasks = reached(self.tree / "helpers" / CHECKS / self.lesson, mutant)
            items = [item for item in session.items if _task(item.nodeid) in tasks]
            # The reference solution first: it is quick, and many changes take its points.
            items.sort(key=lambda item: "reference_solution" not in item.nodeid)
            with written(mutant, self.tree):
                by = apart(lambda items=items: anew(items))
            self.note(judged(mutant, by, passes, time.monotonic() - begin))
        return True


def _task(nodeid: str) -> str:
    return re.split(r"[:\]]", nodeid.partition("[")[2])[1].strip()


def reached(package: Path, mutant: Mutant) -> set[str]:
    """Return the tasks whose checks can come to a line: those in whose functions it is or that name such a function."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in package.glob("*.py") if path.stem != "__init__"}
    parts = [(name, node) for name, text in texts.items() for node in ast.parse(text).body]
    module = Path(mutant.module).name
    found = {
        id(node)
        for name, node in parts
        if name == module and _begin(node) <= mutant.line <= (node.end_lineno or node.lineno)
    }
    while True:
        names = {name for _, node in parts if id(node) in found for name in _names_set(node)}
        more = {id(node) for _, node in parts if names & _names_used(node)}
        if more <= found:
            break
        found |= more
    return {task for _, node in parts if id(node) in found for task in _tasks_of(node)}


def _begin(node: Any) -> int:
    return min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])


@cache
def _names_used(node: ast.AST) -> frozenset[str]:
    return frozenset(one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load))


def _names_set(node: ast.AST) -> set[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}


def _tasks_of(node: ast.AST) -> set[str]:
    """Return the names that the calls of `task`, and of what makes a quiz question's task, begin with."""
    return {
        one.value
        for decorator in (*getattr(node, "decorator_list", ()), getattr(node, "value", None))
        if isinstance(decorator, ast.Call)
        for one in decorator.args[:1]
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


LIBRARIES = [
    "IPython", "bs4", "click.testing", "imblearn.combine", "imblearn.ensemble",
    "imblearn.over_sampling", "imblearn.pipeline", "imblearn.under_sampling", "jupytext", "matplotlib.pyplot",
    "nbclient", "nbconvert", "nbformat", "nbgrader.api", "numpy", "pandas", "rich.table", "scipy.stats",
    "sklearn.calibration", "sklearn.datasets", "sklearn.dummy", "sklearn.ensemble", "sklearn.linear_model",
    "sklearn.model_selection", "sklearn.neighbors", "sklearn.svm", "sqlalchemy",
]  # fmt: skip


def prepare(tree: Path) -> None:
    """Make this process, and all that it starts, work in the copy."""
    os.chdir(tree)
    os.environ.update(
        PYTHONDONTWRITEBYTECODE="1",
        XDG_CACHE_HOME=str(tree / "cache"),
        MPLBACKEND="agg",
    )
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what runs behind it ignore Ctrl+C
    for name in LIBRARIES:
        importlib.import_module(name)
    taken = [name for name in sys.modules if name.split(".")[0] in ("imbalanced_course", "coursework")]
    assert not taken, taken


# The sandbox has a /tmp of its own, so the copy can't be there.
_PLACE = "/var/tmp" if Path("/var/tmp").is_dir() else None


def in_a_copy(arguments: Sequence[str]) -> None:
    """Run this script with the Python of the copy."""
    with tempfile.TemporaryDirectory(dir=_PLACE) as folder:
        tree = Path(folder).resolve() / "course"
        copy_tree(tree)
        copy_environment(tree)
        subprocess.run([tree / ".venv/bin/python", __file__, *arguments, "--tree", tree], check=True)


def main() -> None:
    """Try what isn't stored yet."""
    parser = argparse.ArgumentParser(description="Change the helpers in small ways; see whether a test notices.")
    parser.add_argument("areas", nargs="*", metavar="area", help=f"one of {', '.join(AREAS)}")
    parser.add_argument("--again", action="store_true", help="try what survived once more")
    parser.add_argument("--most", type=int, default=1000, help="try at most so many in each area")
    parser.add_argument("--tree", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.tree is None:
        return in_a_copy(sys.argv[1:])
    areas = options.areas or list(AREAS)
    sample = {area: drawn(area) for area in areas}
    now = {mutant.key: mutant for mutants in sample.values() for mutant in mutants}
    known = []
    for row in stored():
        if row.area in areas and row.key not in now:
            continue
        known.append(replace(row, line=now[row.key].line) if row.key in now else row)
    store(known)
    have = {row.key for row in known if not (options.again and row.outcome == "survived")}
    prepare(options.tree)
    for area, mutants in sample.items():
        todo = [mutant for mutant in mutants if mutant.key not in have][: options.most]
        if todo and area in LESSONS:
            apart_forever(lambda area=area, todo=todo: run_lesson(area, todo, options.tree))
        elif todo:
            run_area(area, todo, options.tree, add)
    os.chdir(ROOT)
    order = {key: number for number, key in enumerate(now)}
    store(sorted(stored(), key=lambda row: (list(AREAS).index(row.area), order.get(row.key, 0))))
    report(stored())


def run_lesson(lesson: str, mutants: Sequence[Mutant], tree: Path) -> None:
    """Try changes of a lesson's checks."""
    import pytest

    loop = LessonLoop(lesson, mutants, tree, add)
    pytest.main([*OPTIONS, "-s", "tests/test_lesson_checks.py"], plugins=[loop])


def apart_forever(work: Callable[[], None]) -> None:
    """Run a function in a process of its own, which leaves nothing of what it imports here."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:
            print(repr(error), flush=True)
        finally:
            sys.stdout.flush()
            os._exit(0)
    os.waitpid(child, 0)


def report(rows: Sequence[Mutant]) -> None:
    """Print how many were noticed."""
    print(f"{'area':14} {'killed':>8} {'survived':>8} {'equivalent':>10}")
    for area in (*AREAS, "all"):
        of_area = [row.outcome for row in rows if area in (row.area, "all")]
        print(f"{area:14} {of_area.count('killed'):8} {of_area.count('survived'):8} {of_area.count('equivalent'):10}")


if __name__ == "__main__":
    main()
