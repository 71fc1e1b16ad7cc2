"""The words that no text may use, in what readers see first: the front rooms, and the lessons that are rewritten.

A failure names the file, the line and the better word. How to write is in CONTRIBUTING.md.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from coursework.lessons.catalogue import PROJECTS, all_lessons, find_lesson

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = ROOT / "helpers/coursework"
CHECKS = ROOT / "helpers/imbalanced_course/checks"
LESSONS: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)  # whose sources and checks are held to the list

PAGES = ("README.md", "CONTRIBUTING.md", "docs/index.md", "docs/learn.md", "docs/commands.md", "docs/glossary.md",
         "docs/cheat-sheet.md", "docs/decision-guide.md", "docs/myths.md", "docs/teach/README.md")  # fmt: skip
# Strings of these are what a command prints or the start page shows; in cli.py the docstrings are, too.
PROGRAMS = (
    COMMANDS / "cli.py",
    *sorted((COMMANDS / "workspace").glob("*.py")),
    *(COMMANDS / "grading" / f"{name}.py" for name in ("grade_command", "sandbox")),
    *(COMMANDS / "authoring" / f"{name}.py" for name in ("sample_class", "try_command", "new_lesson/skeleton")),
    *(COMMANDS / "reporting" / f"{name}.py" for name in ("report", "export", "graded_folder")),
    *sorted((ROOT / "helpers/imbalanced_course/projects").glob("*.py")),
)

EVERY = "(?:row|column|fold|line|task|class|lesson|learner)"
BETTER = {
    r"dear(?:er|est)?": "expensive, more expensive, most expensive",
    r"(?:often|commonly|is|are|was|were|probabilit(?:y|ies)|risks?|chances?) told": "predicted; often claimed",
    r"told (?:risks?|probabilit(?:y|ies)|chances?)": "predicted",
    r"tells? (?:the |its |their |calibrated )?(?:risks?|probabilit(?:y|ies)|chances?)": "predicts",
    r"st(?:ands?|anding|ood) (?:in|on|at|under|below|above|beside)": "is in, appears in",
    r"st(?:ands?|ood) for": "represents",
    r"l(?:ies?|ay) (?:near|in|at|on|beside|between)": "is near, is in",
    r"mend(?:s|ed|ing)?": "fix",
    r"shall": "should, must, will",
    r"(?:left|leaves?|leaving)(?: \w+){0,3} alone": "not flagged; not resampled; not changed",
    r"\d (?:%|percent)": "1%, without a space",
    r"seldom": "rarely",
    r"anew|afresh": "again, from scratch",
    r"h(?:old|olds|eld|olding)(?: \w+){0,3} against": "compare with",
    r"in the mean": "on average",
    r"upside down": "swapped, inverted",
    r"whoever": "anyone who",
    r"nobody|everybody": "no one, everyone; or name them",
    r"belongs? into": "belongs in",
    r"in place of": "instead of",
    r"set-ups?": "setup",
    r"made-up": "simulated, synthetic",
    r"price lists?": "costs",
    r"data sets?": "dataset",
    r"e-?mails?(?<!email)(?<!emails)|mails?": "email",
    r"(?:common|likel)i?est": "most common, most likely",
    r"undercuts?|betters": "is lower than, improves on",
    r"by heart": "memorized",
    r"splendid|wobbles?|foretells?|rejoices?": "excellent; vary; predict",
    r"ever more": "more and more",
    r"(?:expected|asked(?: for)?|allowed) (?:is|are)": "the task asks for; you can use",
    r"well parted": "well separated",
    r"(?:the|a|default|tuned|one|this|each|any) cuts?": "threshold",
    r"quick tests?": "quick check",
    r"Where to read on": "Further reading",
    r"What you take away": "Key points",
    r"Learners asked": "Questions from learners",
    r"\d euros?": "€1,000",
    rf"\d[\d,.]* (?!if|in|of|for|to|is)\w+ an? {EVERY}": "per",
    r"neighbou(?:r\w*)|colou(?:r\w*)|favou(?:r\w*)|behaviou(?:r\w*)|centre[ds]?|greys?|labell(?:ed|ing)|modell(?:ing|ers?)"
    r"|learnt|(?:recogn|memor|min?im|max?im|penal|regular|summar|general|standard)is(?:e[ds]?|ing|ation)|judgement"
    r"|licen[c]es?|programmes?|kilometres?|towards|afterwards": "the American spelling",
}  # fmt: skip
LISTED = [(re.compile(rf"(?<![\w-])(?:{word})(?![\w-])", re.IGNORECASE), better) for word, better in BETTER.items()]

_FENCE = re.compile(r"^(```|:::+|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_NO_PROSE = re.compile(r"`[^`\n]+`|\]\([^)]*\)|<[^>\n]+>|https?://\S+|\$[^$]+\$")
_BLOCK = re.compile(r"(?:^(?!\s*$).*\n?)+", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*+>|#:]|\d+\. )", re.MULTILINE)
_SENTENCE = re.compile(r"(?:[^.!? ]|[.!?](?!\s|$)| (?!  ))+")
_COLON = re.compile(r":(?![\w:/])(?<!::)")
_TITLE = re.compile(r"(?<!\*)\*[^*]+\*(?!\*)")  # of a cited text, which keeps its words


class Text(NamedTuple):
    """A paragraph or a message, and the line where it begins."""

    line: int
    words: str


def without_code(text: str) -> str:
    """Blank out what is no running text, and keep each line where it is."""
    plain = _FENCE.sub(lambda found: "\n" * found[0].count("\n"), text)
    return _NO_PROSE.sub(lambda found: re.sub(r"[^\n]", "·", found[0]), plain)


def paragraphs(text: str, first_line: int = 1) -> Iterator[Text]:
    """Yield the paragraphs, list items and table rows of a markdown text."""
    plain = without_code(text)
    for block in _BLOCK.finditer(plain):
        starts = [0, *(found.start() for found in _ITEM.finditer(block[0]) if found.start())]
        for start, end in zip(starts, [*starts[1:], len(block[0])], strict=True):
            yield Text(first_line + plain.count("\n", 0, block.start() + start), block[0][start:end])


def messages(path: Path, *, docstrings: bool = False) -> Iterator[Text]:
    """Yield the strings of a program that have words in them, but not its docstrings, unless they are shown."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    inner -= {id(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)}
    notes = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            shown = docstrings and isinstance(node, ast.FunctionDef) and node.decorator_list
            notes |= set() if shown else {id(node.body[0].value)}  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        if id(node) in inner | notes:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values]
            said = "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = node.value
        else:
            continue
        if re.search(r"[a-z] [a-z]", said):
            for number, words in enumerate(said.split("\n\n")):
                yield Text(node.lineno + 2 * number, without_code(words).removeprefix("course: "))


def cells(path: Path) -> Iterator[Text]:
    """Yield the paragraphs of a lesson's source, and the strings of its code: captions and what cells print."""
    lines, told = path.read_text(encoding="utf-8").splitlines(), False
    prose = []
    for line in lines:
        if line.startswith("# %%"):
            told = "[markdown]" in line
            prose.append("")
        else:
            prose.append(line.removeprefix("#").removeprefix(" ") if told else "")
    yield from paragraphs("\n".join(prose))
    yield from messages(path)


def faults(path: Path, texts: Iterator[Text]) -> list[str]:
    """Return what is to be changed, each with its file, its line and the better word."""
    found, name = [], path.relative_to(ROOT)
    for text in texts:
        for word, better in LISTED:
            for hit in word.finditer(text.words):
                line = text.line + text.words.count("\n", 0, hit.start())
                found.append(f"{name}:{line}: {' '.join(hit[0].split())!r}; better: {better}")
        for sentence in _SENTENCE.finditer(text.words):
            if len(_COLON.findall(_TITLE.sub("", sentence[0]))) > 1:
                line = text.line + text.words.count("\n", 0, sentence.start())
                found.append(f"{name}:{line}: two colons in a sentence; better: because, so, but, or two sentences")
    return found


@pytest.mark.parametrize("page", PAGES)
def test_a_page_uses_no_listed_word(page):
    path = ROOT / page
    assert faults(path, paragraphs(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_a_command_prints_uses_no_listed_word(path):
    assert faults(path, messages(path, docstrings=path.stem == "cli")) == []


def test_what_the_start_page_says_of_a_lesson_uses_no_listed_word():
    for lesson in all_lessons():
        said = "\n".join((lesson.title, lesson.question, lesson.can))
        assert faults(lesson.solution_path.with_name("lesson.toml"), paragraphs(said)) == []


@pytest.mark.parametrize("number", LESSONS)
def test_a_lesson_and_its_checks_use_no_listed_word(number):
    lesson = find_lesson(str(number))
    found = faults(lesson.source_path, cells(lesson.source_path))
    for path in sorted((CHECKS / lesson.notebook).glob("*.py")):
        found += faults(path, messages(path))
    assert found == []


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)
def test_a_project_and_its_solution_use_no_listed_word(project):
    assert [fault for path in (project.source_path, project.solution_path) for fault in faults(path, cells(path))] == []


@pytest.mark.parametrize(
    ("said", "better"),
    [
        ("A miss is dear.", "expensive"),
        ("The data is\nleft alone, and the share is 1 %.", "not resampled"),
        ("Often told: it helps.", "often claimed"),
        ("See here: two things: a and b.", "two sentences"),
        ("It stands in the table.", "appears in"),
        ("Which colour is it?", "American"),
    ],
)
def test_a_listed_word_is_found_with_its_line_and_the_better_word(said, better):
    (fault, *_) = faults(ROOT / "README.md", paragraphs(f"# Title\n\n{said}\n"))
    assert re.match(r"README\.md:[34]: ", fault)
    assert better in fault


@pytest.mark.parametrize(
    "said",
    [
        "The command is `mend`, and [this](shall.md) leads there.",
        "```\nshall\n```",
        "The ratio is 1:100 or 1:1,000: that's rare.",
        "Left: the rows. Right: the threshold.",
        "10% of 1,000 emails",
    ],
)
def test_code_ratios_and_addresses_are_no_fault(said):
    assert faults(ROOT / "README.md", paragraphs(said)) == []
