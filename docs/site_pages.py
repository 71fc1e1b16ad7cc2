"""Pages that are made: lessons and projects from their notebooks, and links that work here as in the repository.

A lesson's page is the released notebook with the stored outputs of the illustrations. It holds no answer, no hidden
test and no output that an answer led to: those are a learner's to see.
"""

from __future__ import annotations

import ast
import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from coursework.lessons.catalogue import finished_lessons, released_lessons, released_projects
from coursework.lessons.notebook import is_answer, is_check, is_folded, source_text

Notebook = dict[str, Any]

_NOTE = """\
:::{note}
This page is for reading: what answers and their checks would print is left out. To answer the tasks, open the notebook
[on your own machine](../learn.md).
:::"""

# Pages at the repository's top, and where the site has them.
_TOP_PAGES = {"README.md": "index.md", "CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<target>[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")
_PAGE_TO_TEACH = re.compile(r"solutions/([\w-]+)/teach\.md")
_NOTEBOOK = re.compile(r"(?P<kind>lessons|projects)/(?P<folder>[\w-]+)/\w+\.ipynb")


def setup(app: Sphinx) -> dict[str, Any]:
    """Write the notebooks' pages before Sphinx looks for pages, and lead links to notebooks to them."""
    app.connect("builder-inited", lambda app: write_pages(Path(app.srcdir)))
    app.connect("source-read", _lead_to_pages)
    app.connect("sphinx-click-process-description", _show_example)
    app.connect("sphinx-click-process-options", _show_paths)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_pages(docs: Path) -> None:
    """Write below `docs` what is not written there by hand; a page that is right already is left alone."""
    notebooks: dict[Path, Notebook] = {}
    for lesson in released_lessons():
        release, solution = (_read(path) for path in (lesson.release_path, lesson.solution_path))
        notebooks[docs / "lessons" / f"{lesson.folder}.ipynb"] = lesson_page(release, solution)
    for project in released_projects():
        notebooks[docs / "projects" / f"{project.name}.ipynb"] = lesson_page(_read(project.release_path), {"cells": []})
    pages = {path: json.dumps(page, indent=1, ensure_ascii=False) for path, page in notebooks.items()}
    for name in ("CONTRIBUTING.md", "CHANGELOG.md"):
        text = (docs.parent / name).read_text(encoding="utf-8")
        pages[docs / _TOP_PAGES[name]] = links_for_the_site(text, name)
    for lesson in finished_lessons():
        text = lesson.teaching_path.read_text(encoding="utf-8")
        pages[docs / "teach" / f"{lesson.folder}.md"] = links_for_the_site(text, f"solutions/{lesson.folder}/teach.md")
    for path, text in pages.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    for pattern in ("lessons/*", "projects/*", "teach/[0-9]*"):
        for path in docs.glob(pattern):
            if path not in pages:
                path.unlink()


def lesson_page(release: Notebook, solution: Notebook) -> Notebook:
    """Return the notebook that is shown for a lesson.

    Parameters
    ----------
    release : dict
        What a learner opens; all texts come from it.
    solution : dict
        The executed notebook with the answers. Only outputs are taken from it: those of code that is the same in
        both, checks nothing, and reads nothing that an answer made.
    """
    outputs = _shown_outputs(solution)
    cells: list[dict[str, Any]] = []
    for cell in release["cells"]:
        shown = {"cell_type": cell["cell_type"], "id": cell["id"], "source": source_text(cell), "metadata": {}}
        if cell["cell_type"] == "markdown" and cells and shown["source"].startswith("# "):
            shown["source"] = "#" + shown["source"]  # a page has one title
        if cell["cell_type"] == "code":
            shown |= {"execution_count": None, "outputs": outputs.get(shown["source"], [])}
            what = "check" if is_check(cell) else "code" if is_folded(cell) else ""
            prompts = {"code_prompt_show": f"Show the {what}", "code_prompt_hide": f"Hide the {what}"}
            image = _image(shown["outputs"])
            if what or image:
                shown["metadata"] = {"mystnb": (prompts if what else {}) | ({"image": image} if image else {})}
            if what:
                shown["metadata"]["tags"] = ["hide-input"]
        cells.append(shown)
    cells.insert(1, {"cell_type": "markdown", "id": "reading", "source": _NOTE, "metadata": {}})
    metadata = {key: release["metadata"][key] for key in ("kernelspec", "language_info")}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _shown_outputs(solution: Notebook) -> dict[str, list[Any]]:
    """Return the outputs that no answer had a part in, by the text of their cell."""
    shown: dict[str, list[Any]] = {}
    from_answers: set[str] = set()
    for cell in solution["cells"]:
        if cell["cell_type"] != "code" or is_check(cell):
            continue
        source = source_text(cell)
        names = NamesOfACell(source)
        if is_answer(cell) or names.read & from_answers:
            from_answers |= names.bound | names.changed
        else:
            from_answers -= names.surely_bound
            shown[source] = cell["outputs"]
    return shown


class NamesOfACell:
    """Names that a cell gets from cells before it (`read`), and those that it sets or changes.

    A name that the cell sets first is its own: `figure, ax = plt.subplots()` reads no earlier `ax`. What is set in a
    branch or a loop, which may be passed over, is `bound`, but not `surely_bound`.
    """

    def __init__(self, source: str) -> None:
        self.read: set[str] = set()
        self.bound: set[str] = set()
        self.changed: set[str] = set()
        self.surely_bound: set[str] = set()
        self._follow(ast.parse(source).body, self.surely_bound)

    def _follow(self, statements: Iterable[ast.stmt], known: set[str]) -> None:
        """Take statements in their order; `known` are the names that are set by now, and grows."""
        for statement in statements:
            match statement:
                case ast.If(test=first) | ast.While(test=first):
                    self._take([first], known)
                    self._branches([statement.body, statement.orelse], known)
                case ast.For():
                    self._take([statement.iter], known)
                    inside = known | self._bind([statement.target])
                    self._branches([statement.body, statement.orelse], inside)
                case ast.With():
                    for item in statement.items:
                        self._take([item.context_expr], known)
                        known |= self._bind([item.optional_vars] if item.optional_vars else [])
                    self._follow(statement.body, known)
                case ast.Try():
                    parts = [statement.body, statement.orelse, *(one.body for one in statement.handlers)]
                    self._branches(parts, known)
                    self._follow(statement.finalbody, known)
                case _:
                    self._take([statement], known)
                    known |= self._bind([statement])

    def _branches(self, parts: Iterable[list[ast.stmt]], known: set[str]) -> None:
        ends = []
        for part in parts:
            inside = set(known)
            self._follow(part, inside)
            ends.append(inside)
        known |= set.intersection(*ends)

    def _take(self, nodes: Iterable[ast.AST], known: set[str]) -> None:
        for node in nodes:
            self.read |= _free_names(node) - known

    def _bind(self, nodes: Iterable[ast.AST]) -> set[str]:
        found = set().union(*map(_set_names, nodes))
        self.bound |= found
        self.changed |= set().union(*map(_changed_names, nodes))
        return found


_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _free_names(node: ast.AST) -> set[str]:
    """Return the names that a piece of code reads and that are not its own."""
    children = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Load) else set()
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        return {node.target.id} | _free_names(node.value)
    if isinstance(node, _COMPREHENSIONS):
        own = set().union(*(_set_names(one.target) for one in node.generators))
        return _free_names(node.generators[0].iter) | (set().union(*map(_free_names, children)) - own)
    if isinstance(node, _SCOPES):
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        own = {one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg)}.union(*map(_set_names, body))
        outside = [one for one in children if one not in body]  # defaults and decorators
        return set().union(*map(_free_names, outside)) | (set().union(*map(_free_names, body)) - own)
    return set().union(*map(_free_names, children))


def _set_names(node: ast.AST) -> set[str]:
    """Return the names that a piece of code sets, those of inner scopes left out."""
    if isinstance(node, (*_SCOPES, ast.ClassDef)):
        return set() if isinstance(node, ast.Lambda) else {node.name}
    if isinstance(node, _COMPREHENSIONS):
        return set()
    if isinstance(node, ast.Name):
        return set() if isinstance(node.ctx, ast.Load) else {node.id}
    if isinstance(node, ast.alias):
        return {(node.asname or node.name).partition(".")[0]}
    return set().union(*map(_set_names, ast.iter_child_nodes(node)))


def _changed_names(node: ast.AST) -> set[str]:
    """Return the names of what a piece of code changes in place, as in `table["share"] = 1`."""
    if isinstance(node, _SCOPES):
        return set()
    if isinstance(node, (ast.Subscript, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
        return {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
    return set().union(*map(_changed_names, ast.iter_child_nodes(node)))


def _image(outputs: list[Mapping[str, Any]]) -> dict[str, str]:
    """Return what the page says of a cell's picture: what there is to see, and how wide it is."""
    for output in outputs:
        told = output.get("metadata", {}).get("image/png", {})
        if told.get("alt"):
            return {"alt": told["alt"]} | ({"width": f"{told['width']}px"} if "width" in told else {})
    return {}


def _read(path: Path) -> Notebook:
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def _lead_to_pages(app: Sphinx, page: str, content: list[str]) -> None:
    content[0] = links_for_the_site(content[0], f"docs/{page}")


def links_for_the_site(text: str, place: str) -> str:
    """Return a text with links that work on the site.

    Parameters
    ----------
    text : str
        Markdown whose links work in the repository.
    place : str
        Where the text lies there, as in `docs/teach/README.md`. A link to what is no page of the site becomes plain.
    """

    def led(link: re.Match[str]) -> str:
        if ":" in link["target"]:
            return link[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(place), link["target"]))
        if notebook := _NOTEBOOK.fullmatch(path):
            path = f"docs/{notebook['kind']}/{notebook['folder']}.ipynb"
        path = f"docs/{_TOP_PAGES[path]}" if path in _TOP_PAGES else _PAGE_TO_TEACH.sub(r"docs/teach/\1.md", path)
        if not path.startswith("docs/"):
            return link["text"]
        here = "docs/teach" if _PAGE_TO_TEACH.fullmatch(place) else posixpath.dirname(place) or "docs"
        return f"[{link['text']}]({posixpath.relpath(path, here)}{link['anchor'] or ''})"

    return _LINK.sub(led, text)


def _show_example(app: Sphinx, context: Any, lines: list[str]) -> None:
    """Set the last line of a command's help, its example, as code."""
    for number, line in enumerate(lines):
        if line.startswith("Example: "):
            lines[number] = f"Example: ``{line.removeprefix('Example: ').strip()}``"


def _show_paths(app: Sphinx, context: Any, lines: list[str]) -> None:
    """Show an option's default path as one types it."""
    lines[:] = [re.sub(r"\b(?:Posix|Windows)?Path\('([^']*)'\)", r"\1", line) for line in lines]
