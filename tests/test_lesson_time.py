"""The minutes that a lesson's opening states are those of the count, and a sitting is an honest half hour."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lesson_minutes import SECOND_SITTING, Sitting, sittings

from coursework.lessons.catalogue import Lesson, find_lesson, released_lessons
from coursework.workspace.progress import lesson_time

MOST_MINUTES = 35
MOST_WORDS, MOST_CODE_LINES = 1350, 120
MOST_SITTINGS = 2
FIRST_EDITION = Path(__file__).parent / "first_edition"


def read(path: Any) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def is_second_edition(lesson: Lesson) -> bool:
    return str(read(lesson.release_path)["metadata"]["imbalanced_course"]["version"]).startswith("2")


each_lesson = pytest.mark.parametrize(
    "lesson", [lesson for lesson in released_lessons() if is_second_edition(lesson)], ids=lambda lesson: lesson.name
)


def place(lesson: Lesson) -> str:
    return f"solutions/{lesson.folder}/{lesson.notebook}.py"


def counted(lesson: Lesson) -> list[Sitting]:
    return sittings(read(lesson.release_path), read(lesson.solution_path))


@each_lesson
def test_the_opening_states_the_minutes_of_the_count(lesson):
    minutes = " and ".join(str(sitting.minutes) for sitting in counted(lesson))
    told = f"{place(lesson)}: write **Time** {minutes} minutes; counted: {counted(lesson)}"
    assert lesson_time(read(lesson.release_path)) == f"{minutes} minutes", told


@each_lesson
def test_a_sitting_is_an_honest_half_hour(lesson):
    found = counted(lesson)
    shorten = f"{place(lesson)}: make parts of it optional, or begin a `# {SECOND_SITTING}`; counted: {found}"
    assert len(found) <= MOST_SITTINGS, f"{place(lesson)} has {len(found)} sittings"
    assert [sitting for sitting in found if sitting.minutes > MOST_MINUTES] == [], shorten
    if len(found) == 1:
        assert found[0].words <= MOST_WORDS, shorten
        assert found[0].code_lines <= MOST_CODE_LINES, shorten


@each_lesson
def test_an_opening_is_read_in_half_a_minute(lesson):
    first = read(lesson.release_path)["cells"][0]
    words = len("".join(first["source"]).split())
    assert words <= 100, f"{place(lesson)}: the opening has {words} words with its marks and numbers; 100 at most"


def optional_part(path: Path, heading: str) -> Sitting:
    """Return what there is to read from a heading on, without the summary and the quick check."""
    cells = [{**cell, "source": "".join(cell["source"])} for cell in read(path)["cells"]]
    start = next(i for i, cell in enumerate(cells) if cell["source"].startswith(heading))
    cells[start]["source"] = cells[start]["source"].removeprefix("# ")  # there a count of the core path ends
    kept = [cell for cell in cells[start:] if not cell["source"].startswith("## What you take away")]
    return sittings({"cells": kept}, {"cells": []})[0]


@pytest.mark.parametrize("first", sorted(FIRST_EDITION.glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_optional_part_is_no_longer_than_in_the_first_edition(first):
    lesson = find_lesson(first.stem.replace("_", "-"))
    earlier = optional_part(first, "# Further")
    now = optional_part(lesson.release_path, "# Optional")
    assert now.words <= earlier.words
    assert now.code_lines <= earlier.code_lines


def markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": text[:8], "metadata": {}, "source": text}


def code(text: str, *, hidden: bool = False, outputs: tuple[Any, ...] = ()) -> dict[str, Any]:
    metadata = {"jupyter": {"source_hidden": True}} if hidden else {}
    return {"cell_type": "code", "id": text[:8], "metadata": metadata, "source": text, "outputs": list(outputs)}


PICTURE = {"data": {"image/png": ""}, "metadata": {"image/png": {"alt": "two words"}}}
TABLE = {"data": {"text/html": "<div><table></table></div>"}}


COUNTED = {
    "words without marks": ([markdown("# Title\n\n- **two** words")], Sitting(words=3)),
    "a folded hint": ([markdown("one\n<details><summary>Hint</summary>\nmore\n</details>")], Sitting(words=1)),
    "lines of code": ([code("a = 1\n\nb = 2")], Sitting(code_lines=2)),
    "folded code": ([code("a = 1", hidden=True)], Sitting()),
    "a picture with its caption": ([code("x", hidden=True, outputs=(PICTURE,))], Sitting(words=2, pictures=1)),
    "a table": ([code("x", hidden=True, outputs=(TABLE,))], Sitting(pictures=1)),
    "a task": ([markdown("### Task 1 (2 points, 4 minutes)"), code("x = ...")],
               Sitting(words=6, code_lines=1, tasks=(4,))),
    "a task at home": ([markdown("### Task 1 (4 points, 10 minutes, at home)"), code("x"), markdown("## On")],
                       Sitting(words=1)),
    "the quick check": ([markdown("## Quick check"), code("x"), markdown("## On")], Sitting(words=1, questions=2)),
    "the optional part": ([markdown("one"), markdown("# Optional"), code("x")], Sitting(words=1)),
}  # fmt: skip


@pytest.mark.parametrize("kind", COUNTED)
def test_it_counts(kind):
    cells, expected = COUNTED[kind]
    notebook = {"cells": cells}
    assert sittings(notebook, notebook) == [expected]


def test_a_second_sitting_is_counted_by_itself():
    notebook = {"cells": [markdown("one"), markdown("# Second sitting"), markdown("two words")]}
    assert sittings(notebook, notebook) == [Sitting(words=1), Sitting(words=4)]


def test_a_minute_begun_counts():
    assert Sitting(words=201).minutes == 2
    assert Sitting(words=200, tasks=(4,), questions=2).minutes == 7
