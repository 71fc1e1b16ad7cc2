"""Generated classes: each file ends in a row or in a line of the list, and no two learners become one."""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from pathlib import Path

from collected import collected_from
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_platforms import notebook, zipped

from imbalanced_course.errors import CourseError

LEARNERS = [
    *(os.fsdecode(name) for name in (b"caf\xe9", b"\xff")),
    "Ada",
    "ada",
    "Zoë",
    "Zoe\u0308",
    "3",
    "王芳",
    "bo ek",
]
AROUND = ["", "class", "03-metrics", "submissions/download", "a/b"]
BELOW = ["", "03-metrics", "repo-main/lessons/03-metrics", "work/deep/er", "Version 1", "from home"]
KINDS = ["metrics.ipynb", "homework.ipynb", "metrics.ipynb.txt", "answers.7z", "work.zip", "work.tar.gz", "notes.pdf",
         "pipe.ipynb", "link.ipynb", "metrics_final (2).ipynb", "broken.zip", ".hidden.ipynb"]  # fmt: skip
# How platforms name the file of a learner, and which of the learner's files it is.
FLAT = ["learner{0}_1{0}_5{1}_metrics.ipynb", "Learner {0}_2{0}_assignsubmission_file_m{1}.ipynb",
        "Lesson 3_learner_{0}_attempt_2026-10-14-20-11-0{1}_m.ipynb", "Learner {0} - metrics ({1}).ipynb",
        "learner{0}@example.org metrics {1}.ipynb", "28{0}-901 - Learner - Oct 1{1}, 2026 1011 PM/m.ipynb"]  # fmt: skip

trees = st.lists(st.tuples(st.sampled_from(LEARNERS), st.sampled_from(BELOW), st.sampled_from(KINDS)), max_size=10)
downloads = st.lists(st.tuples(st.sampled_from(FLAT), st.integers(0, 3)), max_size=6)


def shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def put(path: Path, text: str) -> None:
    """Write a file of the kind that its name says, unless there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(path):
        return
    if path.name.startswith("pipe"):
        os.mkfifo(path)
    elif path.name.startswith("link"):
        path.symlink_to("/etc/passwd")
    elif path.name == "work.zip":
        path.write_bytes(zipped({"03-metrics/metrics.ipynb": notebook(text), "notes.txt": ""}))
    else:
        path.write_text(notebook(text) if "ipynb" in path.name else "nothing that can be opened")


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(around=st.sampled_from(AROUND), tree=trees, download=downloads)
def test_each_file_is_accounted_for_and_nobody_is_merged(around, tree, download):
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "in"
        root = place / around
        root.mkdir(parents=True)
        owners: dict[str, str] = {}  # by the name of a file, up to an archive's
        for number, (learner, below, kind) in enumerate(tree):
            put(root / learner / below / kind, f"{number}")
            owners[shown((root / learner / below / kind).relative_to(place))] = learner
        for number, (form, learner_number) in enumerate(download):
            path = root / form.format(learner_number, number)
            put(path, f"download {number}")
            owners[shown(path.relative_to(place))] = f"{form} {learner_number}"
        try:
            found = collected_from(place, Path(folder) / "out")
        except CourseError:
            assert not any("metrics" in path.name for path in place.rglob("*") if path.is_file())
            return
        lines = [f"{where}/{name}" for (where, _), names in found.passed_over.items() for name in names]
        told = [*(one.file for one in found.submissions), *lines]
        for path in place.rglob("*"):
            if path.is_symlink() or not path.is_dir():
                name = shown(path.relative_to(place))
                assert any(name in one or one.removeprefix("./") in name for one in told if one), name
        same: dict[str, set[str]] = defaultdict(set)
        for one in found.submissions:
            owner = next((owner for name, owner in owners.items() if one.file.startswith(name)), None)
            if owner and one.student and (not one.problem or "handed in more than once" in one.problem):
                same[one.student].add(owner)
        merged = {student: names for student, names in same.items() if len(names) > 1}
        assert merged == {}
