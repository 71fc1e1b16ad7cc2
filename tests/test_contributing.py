"""What stands around the code for those who report, change or try it: forms, the example, ready-made machines."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from lesson_answers import outcome

from coursework.lessons.catalogue import find_lesson, finished_lessons
from imbalanced_course import __version__

ROOT = Path(__file__).resolve().parent.parent
FORMS = sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
# What GitHub takes: the kinds of field, and what each must have.
NEEDED = {
    "markdown": {"value"},
    "input": {"label"},
    "textarea": {"label"},
    "dropdown": {"label", "options"},
}
ALLOWED = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "dropdown": {"label", "description", "multiple", "options", "default"},
}
each_form = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)


def form(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_there_is_a_form_for_a_check_a_lesson_and_a_command():
    assert [path.stem for path in FORMS] == ["command", "unclear-lesson", "wrong-verdict"]


@each_form
def test_a_form_is_one_that_github_takes(path):
    assert {"name", "description", "body"} <= set(form(path)) <= {"name", "description", "title", "labels", "body"}
    fields = form(path)["body"]
    asked = [field for field in fields if field["type"] != "markdown"]
    assert asked
    for field in fields:
        kind = field["type"]
        assert NEEDED[kind] <= set(field["attributes"]) <= ALLOWED[kind], field
        assert set(field) <= {"type", "id", "attributes", "validations"}
        assert all(isinstance(option, str) for option in field["attributes"].get("options", []))
    for values in ([field["id"] for field in asked], [field["attributes"]["label"] for field in asked]):
        assert len(set(values)) == len(values)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", field["id"]) for field in asked)


@each_form
def test_a_form_asks_for_what_is_needed_to_repeat_it(path):
    required = [field["id"] for field in form(path)["body"] if field.get("validations", {}).get("required")]
    assert len(required) >= 3


def test_the_form_for_a_lesson_offers_each_lesson():
    offered = form(ROOT / ".github/ISSUE_TEMPLATE/unclear-lesson.yml")["body"][0]["attributes"]["options"]
    assert [one for one in offered if one.startswith("Lesson")] == [
        f"Lesson {lesson.number}, {lesson.title}" for lesson in finished_lessons()
    ], "run `course build --words`, which writes the lists of lessons"


def test_the_example_fills_in_each_field_and_tells_what_the_check_says():
    text = (ROOT / ".github/example-of-an-issue.md").read_text(encoding="utf-8")
    fields = [field["attributes"] for field in form(ROOT / ".github/ISSUE_TEMPLATE/wrong-verdict.yml")["body"][1:]]
    assert re.findall(r"^### (.+)$", text, re.MULTILINE) == [field["label"] for field in fields]
    assert f"### What happened?\n\n{fields[1]['options'][2]}\n" in text
    answer = re.search(r"```python\n(.+?)```", text, re.DOTALL)
    assert answer
    result = outcome(find_lesson("metrics"), "metrics-by-hand", answer[1])
    told = result.message.splitlines()
    assert told[0] in text
    assert [line for line in told[1:-1] if "right." not in line] == [
        line for line in text.splitlines() if line.startswith("f1: ")
    ]


def test_the_development_container_runs_only_make():
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    commands = [value.split() for name, value in container.items() if name.endswith("Command")]
    assert len(commands) == 3
    assert {words[0] for words in commands} == {"make"}
    assert {words[1] for words in commands} <= TARGETS
    assert container["forwardPorts"] == [8888]


def test_binder_runs_only_make():
    script = ROOT / "binder/postBuild"
    assert script.stat().st_mode & 0o111
    lines = [line for line in script.read_text().splitlines() if line and not line.startswith(("#", "set "))]
    assert [line.split()[:2] for line in lines] == [["make", "kernel"]]
    assert "kernel" in TARGETS
    assert (ROOT / "binder/apt.txt").read_text().split() == ["make"]


def test_ready_made_machines_have_a_python_that_the_course_works_with():
    oldest = re.search(r'requires-python = ">=(3\.\d+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert oldest
    image = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))["image"]
    runtime = (ROOT / "binder/runtime.txt").read_text().strip()
    for found in (re.search(r"python:(3\.\d+)", image), re.fullmatch(r"python-(3\.\d+)", runtime)):
        assert found
        assert int(found[1].split(".")[1]) >= int(oldest[1].split(".")[1])


def test_make_targets_that_the_pages_name_exist():
    for page in ("README.md", "CONTRIBUTING.md", ".github/pull_request_template.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        named = set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE))
        assert named - TARGETS == set(), page


def test_files_that_the_pages_lead_to_exist():
    for page in ("README.md", "CONTRIBUTING.md"):
        targets = re.findall(r"\]\(([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
        assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == [], page


def test_what_the_readme_says_was_measured():
    figures = json.loads((ROOT / "docs/myths/figures.json").read_text(encoding="utf-8"))["balancing_helps"]
    said = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    alone, balanced = figures["logistic_recall_none"], figures["logistic_recall_smote"]
    assert f"recall at threshold 0.5 from {alone:.2f} to {balanced:.2f}." in said
    assert f"gave a recall of {figures['logistic_recall_same_alerts']:.2f}." in said


@pytest.mark.parametrize("page", ["README.md", "docs/index.md"])
def test_the_pages_ask_each_lessons_question(page):
    rows = [line for line in (ROOT / page).read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    for lesson in finished_lessons():
        assert lesson.question, f"solutions/{lesson.folder}/lesson.toml: a finished lesson needs `question` and `can`"
        listed = any(f"{lesson.number} {lesson.title}" in row and f"| {lesson.question} |" in row for row in rows)
        assert listed, f"{page} lacks lesson {lesson.number}: run `course build --words`"


def test_the_version_is_the_same_wherever_it_stands():
    found = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    assert found[1] == __version__
    latest = re.search(r"^## \[?([\d.]+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert latest
    assert latest[1] == __version__
