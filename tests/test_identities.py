"""Who is who on a platform: one learner stays one over all lessons, and two of one name stay two."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from coursework.intake.hand_in import HandIn, Origin
from coursework.intake.identities import keep_identities, keep_people, known_identities, same_learners
from coursework.intake.roster import Person


def hand_in(system: str, name: str, number: str, lesson: str = "03-metrics") -> HandIn:
    return HandIn(f"{name}_{number}", lesson, Path(f"{name}_{number}"), origin=Origin(system, number, name))


def students(found: list[HandIn]) -> list[tuple[str, str]]:
    return [(one.student, one.lesson[:2]) for one in found]


def kept(found: list[HandIn]) -> dict[tuple[str, str], Origin]:
    return {(one.student, one.lesson): one.origin for one in found if one.origin}


def test_moodle_numbers_of_several_lessons_are_one_learner():
    found = same_learners(
        [hand_in("moodle", "Ada", "2077", "04-undersampling"), hand_in("moodle", "Ada", "2001")], known={}
    )
    assert students(found) == [("Ada_2001", "03"), ("Ada_2001", "04")]


def test_a_later_download_of_moodle_joins_the_learner_who_is_known():
    known = kept([hand_in("moodle", "Ada", "2001")])
    found = same_learners([hand_in("moodle", "Ada", "2077", "04-undersampling")], known)
    assert students(found) == [("Ada_2001", "04")]


def test_two_of_one_name_in_one_lesson_are_not_put_together_with_another_lesson():
    found = same_learners(
        [
            hand_in("moodle", "Ada", "2001"),
            hand_in("moodle", "Ada", "2002"),
            hand_in("moodle", "Ada", "2077", "04-undersampling"),
        ],
        known={},
    )
    assert students(found) == [("Ada_2001", "03"), ("Ada_2002", "03"), ("Ada_2077", "04")]
    assert all("more than one learner is called Ada" in one.note for one in found)


def test_a_second_learner_of_the_name_who_comes_later_is_another_one():
    known = kept([hand_in("moodle", "Ada", "2001")])
    found = same_learners([hand_in("moodle", "Ada", "2001"), hand_in("moodle", "Ada", "2002")], known)
    assert students(found) == [("Ada_2001", "03"), ("Ada_2002", "03")]


@pytest.mark.parametrize("name", ["Participant", "Teilnehmerin", "Участник"])
def test_hidden_names_of_moodle_join_nothing(name):
    found = same_learners([hand_in("moodle", name, "1"), hand_in("moodle", name, "7", "04-undersampling")], known={})
    assert students(found) == [(f"{name}_1", "03"), (f"{name}_7", "04")]


def test_a_learner_of_canvas_who_takes_another_name_stays_the_same():
    known = kept([hand_in("canvas", "lovelaceada", "1001")])
    found = same_learners([hand_in("canvas", "kingada", "1001", "04-undersampling")], known)
    assert students(found) == [("lovelaceada_1001", "04")]


def test_numbers_are_kept_and_canvas_numbers_stand_in_nbgraders_list_too(tmp_path):
    from nbgrader.api import Base, Student
    from sqlalchemy import select

    engine = create_engine(f"sqlite:///{tmp_path / 'book.db'}")
    Base.metadata.create_all(engine)
    found = [hand_in("canvas", "ada", "1001"), hand_in("moodle", "Bo Ek", "2002")]
    for _ in range(2):
        keep_identities(engine, found)
    assert known_identities(engine) == kept(found)
    with engine.connect() as connection:
        listed = dict(connection.execute(select(Student.id, Student.lms_user_id)).all())
    assert listed == {"ada_1001": "1001", "Bo Ek_2002": None}


def test_a_number_that_the_teacher_gave_a_learner_stays(tmp_path):
    from nbgrader.api import Base, Student
    from sqlalchemy import insert, select

    engine = create_engine(f"sqlite:///{tmp_path / 'book.db'}")
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(Student.__table__).values(id="ada_1001", lms_user_id="77"))
    keep_identities(engine, [hand_in("canvas", "ada", "1001")])
    with engine.connect() as connection:
        assert connection.execute(select(Student.lms_user_id)).scalar() == "77"


def refused(system: str, name: str, number: str) -> HandIn:
    return HandIn(f"{name}_{number}", "", Path(name), problem="locked", origin=Origin(system, number, name))


def test_a_file_that_cannot_be_graded_is_told_of_the_learner_who_is_known():
    known = kept([hand_in("moodle", "Ada", "2001"), hand_in("canvas", "bo", "1002")])
    found = same_learners([refused("moodle", "Ada", "2077"), refused("canvas", "ekbo", "1002")], known)
    assert {one.student for one in found} == {"Ada_2001", "bo_1002"}


def test_a_file_that_cannot_be_graded_follows_the_notebook_beside_it():
    known = kept([hand_in("moodle", "Ada", "2001")])
    found = same_learners(
        [hand_in("moodle", "Ada", "2077", "04-undersampling"), refused("moodle", "Ada", "2077")], known
    )
    assert {one.student for one in found} == {"Ada_2001"}


def test_a_file_that_cannot_be_graded_of_a_second_learner_of_the_name_is_not_the_firsts():
    found = same_learners([hand_in("moodle", "Ada", "2001"), refused("moodle", "Ada", "2002")], known={})
    assert {one.student for one in found} == {"Ada_2001", "Ada_2002"}


@pytest.mark.parametrize("first", ["hand-ins", "list"])
def test_the_lists_addresses_come_into_the_gradebook_whoever_was_there_first(first, tmp_path):
    from nbgrader.api import Base, Student
    from sqlalchemy import select

    engine = create_engine(f"sqlite:///{tmp_path / 'book.db'}")
    Base.metadata.create_all(engine)
    people = {"ada_1001": Person(1, "1001", ("al", "ada@example.org"), "Lovelace, Ada")}
    steps = [lambda: keep_identities(engine, [hand_in("canvas", "ada", "1001")]), lambda: keep_people(engine, people)]
    for step in steps if first == "hand-ins" else reversed(steps):
        step()
    with engine.connect() as connection:
        row = connection.execute(select(Student.last_name, Student.email, Student.lms_user_id)).one()
    assert tuple(row) == ("Lovelace, Ada", "ada@example.org", "1001")
