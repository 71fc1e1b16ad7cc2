"""The page of myths and its picture: built from the figures, complete in every row, and reproduced by the script."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coursework.authoring import filled_page

DOCS = Path(__file__).resolve().parent.parent / "docs"
MYTHS = DOCS / "myths"
PAGE = (DOCS / "myths.md").read_text(encoding="utf-8")
TEXT = (MYTHS / "page.md.in").read_text(encoding="utf-8")
FIGURES = json.loads((MYTHS / "figures.json").read_text(encoding="utf-8"))

PICTURE = DOCS / "images/myths-ranking.svg"

# What a row may rest on, in the overview's words.
SUPPORTS = {"real data", "draws", "one case", "mathematics", "library", "published"}

# Each takes a second or two.
FAST = (
    "metrics_of_labels",
    "smote_with_weights",
    "inverse_shares_are_balanced",
    "enn_two_of_three",
    "threshold_stays_right",
    "weights_do_not_overfit",
)


def rows(text: str) -> dict[str, str]:
    """Return the page's rows: their titles and what stands below."""
    parts = re.split(r"^### (.+)\n", text, flags=re.MULTILINE)
    return {
        title: re.split(r"^## ", body, flags=re.MULTILINE)[0]
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def anchor(title: str) -> str:
    """Return the name by which GitHub links to a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def run(*arguments: str, folder: Path = MYTHS, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, folder / "run.py", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_page_is_what_the_figures_and_the_text_build():
    assert filled_page.build(TEXT, FIGURES) == PAGE


@pytest.mark.parametrize("title", rows(PAGE))
def test_a_row_has_its_six_parts(title):
    row = rows(PAGE)[title]
    parts = ["Claim", "Measured", "Rests on", "How", "Source", "Lesson"]
    assert re.findall(r"^\*\*([\w ]+)\.\*\*", row, flags=re.MULTILINE) == parts
    source = row.split("**Source.**")[1].split("**Lesson.**")[0]
    assert "https://" in source or re.search(r"\((19|20)\d\d\)", source)
    named = re.search(r"\*\*How\.\*\* `(\w+)`", row)
    assert named is not None
    assert named[1] in FIGURES


@pytest.mark.parametrize("title", rows(PAGE))
def test_a_row_links_to_lessons_that_are_there(title):
    links = re.findall(r"\]\((\.\./[^)]+)\)", rows(PAGE)[title].split("**Lesson.**")[1])
    assert links
    assert all((DOCS / link).exists() for link in links)


def test_every_myth_that_is_measured_has_its_row_and_stands_in_the_overview():
    titles = list(rows(PAGE))
    assert sorted(re.findall(r"^\*\*How\.\*\* `(\w+)`", PAGE, flags=re.MULTILINE)) == sorted(FIGURES)
    overview = re.findall(r"^\| \[[^]]+\]\(#([^)]+)\)", PAGE, flags=re.MULTILINE)
    assert overview == [anchor(title) for title in titles]
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= set(overview)


def test_the_overview_names_what_each_row_rests_on():
    overview = re.findall(r"^\| \[[^]]+\]\(#([^)]+)\) \| .+ \| (.+) \| \d \|$", PAGE, flags=re.MULTILINE)
    assert [name for name, _ in overview] == [anchor(title) for title in rows(PAGE)]
    for (_, named), row in zip(overview, rows(PAGE).values(), strict=True):
        said = row.split("**Rests on.**")[1].split("**How.**")[0].lower()
        assert {kind for kind in SUPPORTS if kind in said} >= set(named.split(", ")), said


@pytest.mark.parametrize("title", rows(TEXT))
def test_no_figure_of_a_result_is_typed(title):
    measured = rows(TEXT)[title].split("**Measured.**")[1].split("**How.**")[0]
    # What may stand there are names and formulas: code, a ratio of 1:1, the threshold one half, a class of 1%.
    measured = re.sub(r"<!--.*?-->|\{[^}]*\}|`[^`]*`|\]\([^)]*\)", "", measured)
    left = re.sub(
        r"\b1:1\b|\b1:(?=\W)|\b0\.5\b|\bF1\b|1\.96 sd|\b1%|includes? 0\b|\(1−.′?\)|AUC (exactly|of) 1\b", "", measured
    )
    assert re.findall(r".*\d.*", left) == [], title


def test_words_that_the_figures_do_not_bear_out_stop_the_build():
    text = "<!-- holds: leak.before > leak.inside -->\nIt leaks: {leak.before:.2f}.\n"
    assert filled_page.build(text, {"leak": {"before": 0.9, "inside": 0.1}}) == "It leaks: 0.90.\n"
    with pytest.raises(filled_page.PageError, match=r"leak.before > leak.inside"):
        filled_page.build(text, {"leak": {"before": 0.1, "inside": 0.1}})
    with pytest.raises(filled_page.PageError, match="not there"):
        filled_page.build(text, {"leak": {"before": 0.1}})


def test_the_page_and_its_picture_are_as_stored():
    done = run("--check", "--page")
    assert done.returncode == 0, done.stderr


def test_the_page_shows_the_picture_and_says_what_is_in_it():
    (found,) = re.findall(r"^!\[([^]]+)\]\(([^)]+)\)", PAGE, flags=re.MULTILINE)
    assert DOCS / found[1] == PICTURE
    assert " ".join(found[0].split()).startswith("Forest plot of 18 differences")
    assert PICTURE.read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize("changed", ["the picture", "a figure that it shows"])
def test_a_picture_that_differs_is_named_and_not_changed(tmp_path, changed):
    shutil.copytree(MYTHS, tmp_path / "docs" / "myths")
    shutil.copytree(DOCS / "images", tmp_path / "docs" / "images")
    picture = tmp_path / "docs" / "images" / PICTURE.name
    if changed == "the picture":
        picture.write_bytes(PICTURE.read_bytes() + b"\n")
    else:
        smote = {**FIGURES["smote_beats_copies"], "boosting_ap_mean": FIGURES["smote_beats_copies"]["boosting_ap_low"]}
        figures = tmp_path / "docs" / "myths" / "figures.json"
        figures.write_text(json.dumps({**FIGURES, "smote_beats_copies": smote}), encoding="utf-8")
    before = picture.read_bytes()
    done = run("--check", "--page", folder=tmp_path / "docs" / "myths")
    assert done.returncode == 1
    assert f"{PICTURE.name} is not what figures.json gives" in done.stderr
    assert picture.read_bytes() == before


def test_some_myths_come_out_as_stored():
    done = run("--check", *FAST)
    assert done.returncode == 0, done.stderr
    assert "Everything as stored." in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_figure_that_differs_is_named_and_nothing_is_changed(tmp_path):
    shutil.copytree(MYTHS, tmp_path / "docs" / "myths")
    stored = tmp_path / "docs" / "myths" / "figures.json"
    wrong = {**FIGURES, "enn_two_of_three": {**FIGURES["enn_two_of_three"], "dropped_mode": 94}}
    stored.write_text(json.dumps(wrong), encoding="utf-8")
    done = run("--check", "enn_two_of_three", folder=stored.parent)
    assert done.returncode == 1
    measured = FIGURES["enn_two_of_three"]["dropped_mode"]
    assert f"enn_two_of_three.dropped_mode: stored 94, measured {measured}" in done.stderr
    assert json.loads(stored.read_text(encoding="utf-8")) == wrong


def test_a_myth_that_is_not_there_is_a_usage_error():
    done = run("the_earth_is_flat")
    assert done.returncode == 2
    assert "smote_before_split" in done.stderr


@pytest.mark.long
def test_all_myths_come_out_as_stored():
    done = run("--check")
    assert done.returncode == 0, done.stderr
