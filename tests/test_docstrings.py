"""What notebooks import explains itself: parameters, results, errors, and sources, with examples that run."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import pydoc
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import matplotlib
import pytest

import imbalanced_course

REPOSITORY = Path(__file__).parents[1]
PACKAGE = Path(imbalanced_course.__file__).parent
# A name: its type, or "name, name: type". What follows is indented.
ENTRY = re.compile(r"^(?P<names>\*?\w+(, \w+)*) : \S")


def imported() -> dict[str, Any]:
    """Return everything of the package that a cell of a lesson or a project imports, by its address."""
    found: dict[str, Any] = {}
    for source in sorted([*REPOSITORY.glob("solutions/*/*.py"), *REPOSITORY.glob("projects/*/*.py")]):
        if source.name == "answers.py":
            continue
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("imbalanced_course"):
                for alias in node.names:
                    address = f"{node.module}.{alias.name}"
                    found[address] = pydoc.locate(address)
    return found


def public(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Yield the functions and classes that a module offers: those of `__all__`, or those that it defines."""
    names = getattr(module, "__all__", None) or [
        name
        for name, one in vars(module).items()
        if not name.startswith("_") and getattr(one, "__module__", None) == module.__name__
    ]
    for name in names:
        one = getattr(module, name)
        if inspect.isfunction(one) or inspect.isclass(one):
            yield f"{module.__name__}.{name}", one


def offered() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for address, one in imported().items():
        if isinstance(one, ModuleType):
            found.update(public(one))
        elif inspect.isfunction(one) or inspect.isclass(one):
            found[address] = one
    return found


OFFERED = offered()
CHECKS = {address: one for address, one in OFFERED.items() if hasattr(one, "task")}
TOOLS = {address: one for address, one in OFFERED.items() if address not in CHECKS}


def sections(one: Any) -> dict[str, str]:
    """Return a docstring's sections by heading; what comes before the first one has the heading ""."""
    parts = re.split(r"^(\w[\w ]*)\n-{3,}$", inspect.getdoc(one) or "", flags=re.MULTILINE)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return {"": parts[0].strip(), **{title: text.strip("\n") for title, text in pairs}}


def entries(text: str) -> list[str]:
    """Return the names that a section of parameters or attributes describes."""
    found = []
    for line in text.splitlines():
        if line and not line.startswith(" "):
            entry = ENTRY.match(line)
            assert entry, f"{line!r} isn't a name and its type"
            found += entry["names"].split(", ")
    return found


def parameters(function: Callable[..., Any]) -> list[str]:
    stars = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    return [stars.get(one.kind, "") + one.name for one in inspect.signature(function).parameters.values()]


def test_it_finds_what_notebooks_import():
    assert {"imbalanced_course.datasets.load_transactions", "imbalanced_course.plots.class_scatter"} <= set(TOOLS)
    assert "imbalanced_course.checks.challenge.lazy_guard" in CHECKS
    assert len(TOOLS) > 60
    assert len(CHECKS) > 60


@pytest.mark.parametrize("address", TOOLS)
def test_a_docstring_has_all_parts(address):
    one = TOOLS[address]
    parts = sections(one)
    assert re.match(r"[A-Z]", parts[""])
    assert parts.get("Examples", "").count(">>>") > 1
    assert parts.get("See Also")
    if inspect.isclass(one):
        assert entries(parts["Attributes"]) == list(getattr(one, "_fields", None) or one.__dataclass_fields__)
        return
    assert sorted(entries(parts.get("Parameters", ""))) == sorted(parameters(one))
    assert ("Returns" in parts) == (inspect.signature(one).return_annotation not in (None, "None"))
    # The errors that the function itself raises; those of what it calls are told, too, but can't be seen here.
    source = inspect.getsource(one)
    raised, caught = set(re.findall(r"\braise (\w+)\(", source)), set(re.findall(r"\bexcept (\w+)", source))
    for error in raised - caught:
        assert re.search(rf"^{error}$", parts.get("Raises", ""), re.MULTILINE), f"it can raise {error}"


@pytest.mark.parametrize("address", TOOLS)
def test_what_it_refers_to_is_there(address):
    one = TOOLS[address]
    parts = sections(one)
    for line in parts["See Also"].splitlines():
        name, colon, why = line.partition(" : ")
        assert colon
        assert why.endswith(".")
        assert callable(pydoc.locate(name if "." in name else f"{address.rpartition('.')[0]}.{name}"))
    cited = set(re.findall(r"\[(\d)\]_", inspect.getdoc(one) or ""))
    sources = dict(re.findall(r"^\.\. \[(\d)\] ((?:.+\n?(?!\.\.))+)", parts.get("References", ""), re.MULTILINE))
    assert cited == set(sources)
    assert all(re.search(r"^[A-Z]\w+.* \((19|20)\d\d\)\. ", source) for source in sources.values())


@pytest.mark.parametrize("address", CHECKS)
def test_a_check_says_what_it_judges_and_gives_nothing_away(address):
    said = inspect.getdoc(CHECKS[address]) or ""
    assert re.match(r"\S.*\.$", said.splitlines()[0])
    assert ">>>" not in said  # a learner reads this with Shift+Tab, beside the task


def examples() -> list[doctest.DocTest]:
    """Return the examples of the whole package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if ">>> " in path.read_text(encoding="utf-8"):
            name = ".".join(("imbalanced_course", *path.relative_to(PACKAGE).with_suffix("").parts))
            found += doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(name), globs={})
    return [one for one in found if one.examples]


EXAMPLES = examples()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("example", EXAMPLES, ids=[one.name for one in EXAMPLES])
def test_an_example_prints_what_it_says(example, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    try:
        runner.run(example, out=told.append)
    finally:
        plt.close("all")
    assert runner.failures == 0, "".join(told)


def test_examples_of_everything_that_notebooks_import_are_run():
    assert {one.__module__ + "." + one.__name__ for one in TOOLS.values()} <= {one.name for one in EXAMPLES}
