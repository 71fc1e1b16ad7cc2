"""Hand-ins as learners and learning management systems leave them: each lands where it belongs, or says why not.

The platforms' names are those that their sources give: `lib/content_zipper.rb` of Canvas, `mod/assign/classes/
downloader.php` of Moodle.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import stat
import unicodedata
import zipfile
from pathlib import Path

import pytest
from collected import find_submissions

from coursework.intake.archives import Refused, members
from coursework.intake.hand_in import HandIn
from imbalanced_course.errors import CourseError


def notebook(mark: str = "", lesson: str | None = None) -> str:
    """Return a notebook of lesson 3 with an answer of its own, and what it says in its metadata of its lesson."""
    metadata = {"imbalanced_course": {"lesson": lesson}} if lesson else {}
    cell = {"cell_type": "code", "id": "metrics-by-hand", "metadata": {}, "source": f"accuracy = {mark!r}"}
    return json.dumps({"cells": [cell], "metadata": {**metadata, "mark": mark}, "nbformat": 4, "nbformat_minor": 5})


def zipped(files: dict[str, str | bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return memory.getvalue()


def put(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def collected(place: Path, tmp_path: Path) -> dict[tuple[str, str], HandIn]:
    found = find_submissions(place, tmp_path / "laid-out")
    return {(one.student, one.lesson): one for one in sorted(found, key=lambda one: not one.problem)}


def mark(submission: HandIn) -> str:
    return str(json.loads(submission.path.read_text())["metadata"]["mark"])


def landed(place: Path, tmp_path: Path) -> dict[tuple[str, str], str]:
    return {key: mark(one) for key, one in collected(place, tmp_path).items() if not one.problem}


def listed(place: Path, tmp_path: Path) -> dict[str, str]:
    return {one.lesson: one.problem for one in find_submissions(place, tmp_path / "laid-out") if one.problem}


CANVAS = {
    "lovelaceada_1001_50001_metrics.ipynb": notebook("first"),
    "lovelaceada_1001_50009_metrics-1.ipynb": notebook("second"),
    "turingalan_LATE_1002_50002_metrics.ipynb": notebook("late"),
    "王芳_1003_50003_metrics (2).ipynb": notebook("wang"),
    "noethere_1004_50004_03-metrics.zip": zipped({"03-metrics/metrics.ipynb": notebook("zipped")}),
    "hopper_1005_50005_homework.ipynb": notebook("by metadata", lesson="03-metrics"),
    "bohr_1006_50006_essay.pdf": "no notebook",
}


@pytest.mark.parametrize("form", ["folder", "zip", "zip with a folder around"])
def test_what_canvas_gives_for_download(form, tmp_path):
    place = put(tmp_path / "in", CANVAS)
    if form != "folder":
        around = "submissions/" if "around" in form else ""
        place = tmp_path / "submissions.zip"
        place.write_bytes(zipped({around + name: content for name, content in CANVAS.items()}))
    found = collected(place, tmp_path)
    took = {student: mark(one) for (student, _), one in found.items() if not one.problem}
    assert took == {
        "lovelaceada_1001": "second",
        "turingalan_1002": "late",
        "王芳_1003": "wang",
        "noethere_1004": "zipped",
        "hopper_1005": "by metadata",
    }
    assert found["turingalan_1002", "03-metrics"].note == "handed in late"


def test_what_moodle_gives_for_download(tmp_path):
    files = {
        "Ada Lovelace_2001_assignsubmission_file_/metrics.ipynb": notebook("ada"),
        "Ada Lovelace_2001_assignsubmission_file_/undersampling.ipynb": notebook("ada 4"),
        "José Ñandú_2002_assignsubmission_file_/hand-in/03-metrics.zip": zipped(
            {"03-metrics/metrics.ipynb": notebook("jose")}
        ),
        "Bo Ek_2003_assignsubmission_onlinetext_/onlinetext.html": "<p>words</p>",
    }
    place = tmp_path / "course-Hand-in-3-777.zip"
    place.write_bytes(zipped(files))
    for one in (place, put(tmp_path / "unpacked", files)):
        found = collected(one, tmp_path)
        assert {key: mark(submission) for key, submission in found.items() if not submission.problem} == {
            ("Ada Lovelace_2001", "03-metrics"): "ada",
            ("Ada Lovelace_2001", "04-undersampling"): "ada 4",
            ("José Ñandú_2002", "03-metrics"): "jose",
        }


# What a name of these platforms looks like, and what it tells: learner, lateness.
NAMES = {
    "lovelaceada_1001_50001_metrics.ipynb": ("lovelaceada_1001", False),
    "lovelaceada_late_1001_50001_metrics.ipynb": ("lovelaceada_1001", True),
    "van_dyke_bo_LATE_1002_50002_metrics.ipynb": ("van_dyke_bo_1002", True),
    "anon_x7Kq2_50003_metrics.ipynb": ("anon_x7Kq2", False),
    "LATE_anon_x7Kq2_50003_metrics.ipynb": ("anon_x7Kq2", True),
    "project group 4_1004_50004_metrics.ipynb": ("project group 4_1004", False),
    "lovelaceada_1001_50001_2_metrics_final_v3.ipynb": ("lovelaceada_1001", False),
    "lovelaceada_1001_50001_metrics-1f0e7a52-9d0b-4d2e-8a57-0c5be0a8a4de.ipynb": ("lovelaceada_1001", False),
    "Ada Lovelace_2001_assignsubmission_file_/metrics.ipynb": ("Ada Lovelace_2001", None),
    "Ada Lovelace_2001_assignsubmission_file/metrics.ipynb": ("Ada Lovelace_2001", None),
    "Ada Lovelace_2001_assignsubmission_file_metrics.ipynb": ("Ada Lovelace_2001", None),
    "Group 4_2004_assignsubmission_file/metrics.ipynb": ("Group 4_2004", None),
    "Bob Challenge_2005_assignsubmission_file_metrics.ipynb": ("Bob Challenge_2005", None),
}


@pytest.mark.parametrize("form", ["folder", "zip"])
@pytest.mark.parametrize("name", NAMES)
def test_a_platforms_file_name_tells_learner_lesson_and_lateness(name, form, tmp_path):
    place = put(tmp_path / "in", {name: notebook("it")})
    if form == "zip":
        place = tmp_path / "class.zip"
        place.write_bytes(zipped({name: notebook("it")}))
    (one,) = find_submissions(place, tmp_path / "laid-out")
    assert (one.student, one.origin.late) == NAMES[name]
    assert (one.lesson, one.problem, mark(one)) == ("03-metrics", "", "it")


SCRIPTS = [
    "李小龙",
    "محمد الأمين",
    "علی\u200cرضا",  # a joiner inside, as Persian is written
    "हिन्दी देवी",
    "Đặng Thị Ngọc Ánh",
    "山田\u3000太郎",  # an ideographic blank
    "O'Brien-Ñandú, Zoë",
    "אבי כהן",
]


@pytest.mark.parametrize("form", ["folder", "zip", "zip that does not say UTF-8"])
def test_names_in_any_script_land(form, tmp_path):
    files = {
        f"{name}_{number}_assignsubmission_file_/metrics.ipynb": notebook(str(number))
        for number, name in enumerate(SCRIPTS)
    }
    place = put(tmp_path / "in", files)
    if form != "folder":
        place = tmp_path / "class.zip"
        content = zipped(files)
        place.write_bytes(_without_utf8_flags(content) if "not" in form else content)
    found = landed(place, tmp_path)
    assert {student.replace("_", " ").split()[0] for student, _ in found} == {name.split()[0] for name in SCRIPTS}
    assert sorted(found.values()) == [str(number) for number in range(len(SCRIPTS))]


def _without_utf8_flags(content: bytes) -> bytes:
    """Return the zip as programs write it that store UTF-8 without saying so."""
    memory = io.BytesIO(content)
    with zipfile.ZipFile(memory) as archive:
        infos = archive.infolist()
    changed = bytearray(content)
    for info in infos:
        changed[info.header_offset + 7] &= 0xF7
    place = content.index(b"PK\x01\x02")
    while content[place : place + 4] == b"PK\x01\x02":
        changed[place + 9] &= 0xF7
        lengths = [int.from_bytes(content[place + at : place + at + 2], "little") for at in (28, 30, 32)]
        place += 46 + sum(lengths)
    return bytes(changed)


def test_composed_and_decomposed_letters_are_one_name(tmp_path):
    put(tmp_path / "in" / unicodedata.normalize("NFD", "Zoë"), {"03-metrics/metrics.ipynb": notebook("tree")})
    put(tmp_path / "in", {unicodedata.normalize("NFC", "Zoë") + "-undersampling.ipynb": notebook("single")})
    assert set(landed(tmp_path / "in", tmp_path)) == {("Zoë", "03-metrics"), ("Zoë", "04-undersampling")}


@pytest.mark.parametrize(
    ("name", "said"), [("a\u202eb\tc", "contains a tab"), ("x" * 129, "is longer than"), ("好" * 90, "is longer than")]
)
def test_a_name_that_no_gradebook_can_hold_is_listed(name, said, tmp_path):
    place = tmp_path / "class.zip"
    shown = f"{name}_1_1_metrics.ipynb"
    place.write_bytes(zipped({shown: notebook("x"), "bo_2_2_metrics.ipynb": notebook("bo")}))
    assert set(landed(place, tmp_path)) == {("bo_2", "03-metrics")}
    (problem,) = set(listed(place, tmp_path).values())
    assert problem.startswith(f"the learner's name {said}")


def test_two_learners_of_one_name_stay_two(tmp_path):
    files = {
        "Ada Lovelace_2001_assignsubmission_file_/metrics.ipynb": notebook("one"),
        "Ada Lovelace_2002_assignsubmission_file_/metrics.ipynb": notebook("other"),
        "lovelaceada_1001_50001_metrics.ipynb": notebook("third"),
        "lovelaceada_1002_50002_metrics.ipynb": notebook("fourth"),
    }
    assert sorted(landed(put(tmp_path / "in", files), tmp_path).values()) == ["fourth", "one", "other", "third"]


def test_a_folder_of_notebooks_named_after_learner_and_lesson(tmp_path):
    names = ("ada-metrics.ipynb", "metrics_bo.ipynb", "chidi 03-metrics (1).ipynb", "metrics.ipynb", "dana.ipynb")
    place = put(tmp_path / "in", {name: notebook(name) for name in names})
    assert landed(place, tmp_path) == {
        ("ada", "03-metrics"): "ada-metrics.ipynb",
        ("bo", "03-metrics"): "metrics_bo.ipynb",
        ("chidi", "03-metrics"): "chidi 03-metrics (1).ipynb",
    }
    assert listed(place, tmp_path) == {
        "metrics.ipynb": "its name doesn't say whose it is",
        "dana.ipynb": "neither its name nor its metadata says which lesson it is",
    }


def test_an_earlier_attempt_is_told_and_an_exact_copy_is_not_worth_a_word(tmp_path):
    files = {
        "ada_1_1_metrics.ipynb": notebook("one"),
        "ada_1_3_metrics-1.ipynb": notebook("two"),
        "ada_1_12_metrics-2.ipynb": notebook("three"),
        "ada_1_14_metrics-3.ipynb": notebook("three"),
    }
    place = put(tmp_path / "in", files)
    assert landed(place, tmp_path) == {("ada_1", "03-metrics"): "three"}
    reason = "03-metrics was handed in more than once; this one does not count"
    assert listed(place, tmp_path) == {"ada_1_1_metrics.ipynb": reason, "ada_1_3_metrics-1.ipynb": reason}


def test_the_notebook_with_the_lessons_own_name_counts_before_copies_that_were_handed_in_with_it(tmp_path):
    zip_of_a_workspace = zipped(
        {
            "work/03-metrics/metrics.ipynb": notebook("now"),
            "work/03-metrics/metrics-20261121-110300.ipynb": notebook("before the reset"),
            "work/03-metrics/metrics_backup.ipynb": notebook("backup"),
            "work/03-metrics/.ipynb_checkpoints/metrics-checkpoint.ipynb": notebook("checkpoint"),
            "__MACOSX/work/03-metrics/._metrics.ipynb": b"\x00\x05\x16\x07",
        }
    )
    files = {
        "Ada_1_assignsubmission_file_/work.zip": zip_of_a_workspace,
        "bo_2_50002_metrics.ipynb": notebook("now"),
        "bo_2_50003_metrics_old.ipynb": notebook("old"),
    }
    assert set(landed(put(tmp_path / "in", files), tmp_path).values()) == {"now"}


def test_of_our_own_zips_the_newest_counts(tmp_path):
    name = "Ada_1_assignsubmission_file_/03-metrics{}.zip"
    files = {
        name.format(stamp): zipped({"03-metrics/metrics.ipynb": notebook(stamp or "first")})
        for stamp in ("-20261121-110300", "", "-20261120-090000")
    }
    assert landed(put(tmp_path / "in", files), tmp_path) == {("Ada_1", "03-metrics"): "-20261121-110300"}


def test_a_zip_of_our_zips_is_opened_and_a_third_level_is_not(tmp_path):
    ours = zipped({"03-metrics/metrics.ipynb": notebook("inside")})
    files = {
        "ada_1_1_hand-in.zip": zipped({"hand-in/03-metrics.zip": ours}),
        "bo_2_2_hand-in.zip": zipped({"a.zip": zipped({"b.zip": ours})}),
    }
    place = put(tmp_path / "in", files)
    assert landed(place, tmp_path) == {("ada_1", "03-metrics"): "inside"}
    assert listed(place, tmp_path) == {"bo_2_2_hand-in.zip/a.zip/b.zip": "a zip in a zip in a zip is not opened"}


def test_a_folder_of_the_downloads_of_several_assignments(tmp_path):
    downloads = {
        "course-Metrics-71.zip": zipped({"Ada_2001_assignsubmission_file_/metrics.ipynb": notebook("3")}),
        "course-Undersampling-72.zip": zipped({"Ada_2077_assignsubmission_file_/undersampling.ipynb": notebook("4")}),
        "submissions.zip": zipped({"bo_1_1_metrics.ipynb": notebook("bo")}),
    }
    assert sorted(landed(put(tmp_path / "in", downloads), tmp_path).values()) == ["3", "4", "bo"]


def test_a_download_that_was_unpacked_into_one_folder_more(tmp_path):
    put(tmp_path / "in/submissions", CANVAS)
    assert ("turingalan_1002", "03-metrics") in landed(tmp_path / "in", tmp_path)


def test_what_is_no_notebook_is_told_with_the_notebook_or_listed(tmp_path):
    files = {
        "ada_1_1_metrics.ipynb": notebook("ada"),
        "ada_1_2_plot.png": "a picture",
        "bo_2_3_metrics.html": "<h1>printed</h1>",
        "chidi_3_text.html": "typed in",
        "Dana_4_assignsubmission_onlinetext_/onlinetext.html": "typed in",
        "class list.csv": "ada,bo",
    }
    place = put(tmp_path / "in", files)
    assert (
        collected(place, tmp_path)["ada_1", "03-metrics"].note == "handed in beside it and not read: ada_1_2_plot.png"
    )
    assert listed(place, tmp_path) == dict.fromkeys(
        ["bo_2_3_metrics.html", "chidi_3_text.html", "Dana_4_assignsubmission_onlinetext_/onlinetext.html"],
        "it is neither a notebook nor a zip",
    )


def test_a_name_of_two_lessons_is_settled_by_the_metadata(tmp_path):
    name = "ada_1_1_metrics after undersampling.ipynb"
    place = put(tmp_path / "in", {name: notebook("it", lesson="04-undersampling")})
    assert set(landed(place, tmp_path)) == {("ada_1", "04-undersampling")}


def test_a_students_folder_called_3_is_no_lesson(tmp_path):
    place = tmp_path / "class.zip"
    place.write_bytes(zipped({"3/undersampling.ipynb": notebook("x"), "4/metrics.ipynb": notebook("y")}))
    assert landed(place, tmp_path) == {("3", "04-undersampling"): "x", ("4", "03-metrics"): "y"}


def test_zips_in_a_tree_are_opened(tmp_path):
    ours = zipped({"03-metrics/metrics.ipynb": notebook("zipped")})
    place = put(tmp_path / "in", {"ada/03-metrics.zip": ours, "bo/03-metrics/hand-in.zip": ours})
    assert set(landed(place, tmp_path)) == {("ada", "03-metrics"), ("bo", "03-metrics")}


def test_the_same_lesson_from_two_places_counts_once_and_the_other_is_listed(tmp_path):
    files = {
        "ada/03-metrics/metrics.ipynb": notebook("tree"),
        "ada-metrics.ipynb": notebook("single"),
        "bo/03-metrics/metrics.ipynb": notebook("same"),
        "bo-metrics.ipynb": notebook("same"),
    }
    place = put(tmp_path / "in", files)
    assert landed(place, tmp_path) == {("ada", "03-metrics"): "tree", ("bo", "03-metrics"): "same"}
    assert list(listed(place, tmp_path).values()) == [
        "03-metrics was handed in more than once; this one does not count"
    ]


def test_a_tree_is_read_where_it_lies_beside_loose_files(tmp_path):
    place = put(tmp_path / "in", {"ada/03-metrics/metrics.ipynb": notebook("tree"), "bo-metrics.ipynb": notebook("bo")})
    found = collected(place, tmp_path)
    assert found["ada", "03-metrics"].path == place / "ada/03-metrics/metrics.ipynb"
    assert found["bo", "03-metrics"].path.is_relative_to(tmp_path / "laid-out")


def test_the_secret_of_nbgraders_exchange_is_laid_out_with_its_hand_in(tmp_path):
    names = [f"inbound/ada+03-metrics+2026-10-1{day} 20:11:04 UTC+c2VjcmV0" for day in (4, 5)]
    place = put(tmp_path / "in", {f"{name}/metrics.ipynb": notebook(name) for name in names})
    put(place, {f"{name}/submission_secret.txt": name[-24:] for name in names})
    (one,) = [one for one in find_submissions(place, tmp_path / "laid-out") if not one.problem]
    assert one.path.is_relative_to(tmp_path / "laid-out")
    assert one.path.with_name("submission_secret.txt").read_text() == names[1][-24:]


def test_what_was_laid_out_before_and_is_the_same_is_left_alone(tmp_path):
    place = put(tmp_path / "in", {"ada-metrics.ipynb": notebook("ada"), "bo-metrics.ipynb": notebook("bo")})
    first = {one.path: one.path.stat().st_mtime_ns for one in find_submissions(place, tmp_path / "out")}
    find_submissions(place, tmp_path / "out")
    assert first == {path: path.stat().st_mtime_ns for path in first}


@pytest.mark.parametrize(
    ("files", "students"),
    [
        ({"ada/03-metrics/metrics.ipynb": "a"}, {"ada"}),
        ({"class/ada/03-metrics/metrics.ipynb": "a", "class/bo/03-metrics/metrics.ipynb": "b"}, {"ada", "bo"}),
        ({"03-metrics/metrics.ipynb": "a"}, {""}),
    ],
)
def test_a_zip_of_a_tree_tells_learners_by_their_folders(files, students, tmp_path):
    place = tmp_path / "tree.zip"
    place.write_bytes(zipped({name: notebook(text) for name, text in files.items()}))
    assert {one.student for one in find_submissions(place, tmp_path / "laid-out")} == students


def link() -> bytes:
    info = zipfile.ZipInfo("03-metrics/metrics.ipynb")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return memory.getvalue()


HARMFUL = {
    "climbs": (zipped({"../../metrics.ipynb": notebook()}), "climbs out of it"),
    "absolute": (zipped({"/tmp/metrics.ipynb": notebook()}), "climbs out of it"),
    "windows": (zipped({"..\\..\\metrics.ipynb": notebook()}), "climbs out of it"),
    "links": (link(), "a symbolic link"),
    "bomb": (zipped({"metrics.ipynb": b" " * 8 * 2**20}), "unpacks to 8 MB"),
    "none": (b"not a zip at all", "is not a zip that can be read (it is cut off or damaged)"),
    "cut": (zipped({"03-metrics/metrics.ipynb": notebook()})[:-30], "that can be read (it is cut off or damaged)"),
    "nothing": (b"", "is not a zip that can be read (it is empty)"),
    "a page": (b"<!doctype html><title>Log in</title>", "is not a zip that can be read (it is a web page)"),
    "gzip": (gzip.compress(b"x"), "is not a zip that can be read (it is a gzip archive)"),
    "empty": (zipped({"readme.txt": "hello"}), "the zip contains no notebook"),
    "nested bomb": (zipped({"a.zip": zipped({"metrics.ipynb": b" " * 8 * 2**20})}), "unpacks to 8 MB"),
}


@pytest.mark.parametrize("kind", HARMFUL)
def test_a_learners_zip_that_could_do_harm_is_refused_and_the_others_are_taken(kind, tmp_path):
    content, said = HARMFUL[kind]
    files = {"ada_1_1_03-metrics.zip": content, "bo_2_2_metrics.ipynb": notebook("bo")}
    found = find_submissions(put(tmp_path / "in", files), tmp_path / "laid-out")
    assert [one.student for one in found if not one.problem] == ["bo_2"]
    (refused,) = [one for one in found if one.problem]
    assert refused.student == "ada_1"
    assert said in refused.problem
    assert [path.name for path in tmp_path.rglob("metrics.ipynb")] == ["metrics.ipynb"]


def in_zip(name: str, content: bytes) -> list[str]:
    return [found.problem for _, found, _ in members(name, io.BytesIO(content), level=1, most_bytes=2**20)]


def test_a_learners_zip_that_holds_too_much_is_refused():
    inner = zipped({"metrics.ipynb": notebook("x" * 2**18)})
    with pytest.raises(Refused, match="unpacks to 2 MB; at most 1 are read"):
        in_zip("a.zip", zipped({"metrics.ipynb": notebook("x" * 2**20)}))
    many = in_zip("b.zip", zipped({"a.zip": inner, "b.zip": inner, "c.zip": inner}))
    assert sum("at most" in problem for problem in many) == 3


@pytest.mark.parametrize("kind", ["climbs", "links", "none", "cut"])
def test_a_zip_of_a_class_that_could_do_harm_is_refused_in_one_sentence(kind, tmp_path):
    content, said = HARMFUL[kind]
    place = tmp_path / "class.zip"
    place.write_bytes(content)
    with pytest.raises(CourseError, match=re.escape(said)):
        find_submissions(place, tmp_path / "laid-out")
    assert not (tmp_path / "laid-out").exists()


def test_a_file_of_a_class_that_cannot_be_unpacked_does_not_stop_the_others(tmp_path):
    content = zipped({"ada_1_1_metrics.ipynb": notebook("ada" * 50), "bo_2_2_metrics.ipynb": notebook("bo")})
    place = tmp_path / "class.zip"
    damaged = content.index(b"ada_1_1_metrics.ipynb") + 30
    place.write_bytes(content[:damaged] + b"\xff\xff\xff\xff" + content[damaged + 4 :])
    assert landed(place, tmp_path) == {("bo_2", "03-metrics"): "bo"}
    assert "cannot be unpacked" in listed(place, tmp_path)["ada_1_1_metrics.ipynb"]


def test_a_file_of_a_class_that_swells_is_listed_and_the_others_are_taken(tmp_path):
    place = tmp_path / "class.zip"
    place.write_bytes(zipped({"ada_1_1_metrics.ipynb": b" " * 8 * 2**20, "bo_2_2_metrics.ipynb": notebook("bo")}))
    assert landed(place, tmp_path) == {("bo_2", "03-metrics"): "bo"}
    assert listed(place, tmp_path) == {"ada_1_1_metrics.ipynb": "it unpacks to 8 MB: it is not read"}


@pytest.mark.parametrize("name", ["../ada_1_1_metrics.ipynb", ".._1_1_metrics.ipynb", "a\nb_1_1_metrics.ipynb"])
def test_a_name_never_becomes_a_path_elsewhere(name, tmp_path):
    place = tmp_path / "class.zip"
    place.write_bytes(zipped({name: notebook("x"), "bo_2_2_metrics.ipynb": notebook("bo")}))
    try:
        found = find_submissions(place, tmp_path / "laid-out")
    except CourseError:
        return
    for one in found:
        assert one.problem or one.path.resolve().is_relative_to((tmp_path / "laid-out").resolve())


def test_our_own_hand_in_zip_is_graded_from_a_download(tmp_path, run_course, monkeypatch):
    from conftest import need

    from coursework.lessons.catalogue import find_lesson

    need("bubblewrap")
    lesson = find_lesson("challenge")
    solved = lesson.solution_path.read_text(encoding="utf-8")
    files = {
        "Ada_1_assignsubmission_file_/01-challenge.zip": zipped({"01-challenge/challenge.ipynb": solved}),
        "Bo_2_assignsubmission_file_/notes.ipynb": "{}",
    }
    (tmp_path / "class.zip").write_bytes(zipped(files))
    outcome = run_course("grade", str(tmp_path / "class.zip"), "--out", str(tmp_path / "graded"))
    assert outcome.exit_code == 1
    assert "Bo_2/Bo_2_assignsubmission_file_/notes.ipynb" in outcome.output
    assert "neither its name nor its metadata says which lesson it is" in outcome.output
    assert "Ada_1,01-challenge,16" in (tmp_path / "graded/grades.csv").read_text()
