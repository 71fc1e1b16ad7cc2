"""Which of several notebooks of one lesson counts, and whether a person should look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coursework.grading.lesson_plan import LessonParts
from coursework.grading.reader import Reader
from coursework.grading.taking import answered
from coursework.intake.hand_in import HandIn, Settled
from coursework.intake.opening import UnreadableSubmission, open_hand_in, sha256_of

# Archives keep even seconds only; what differs by less was unpacked or copied in one go.
SECONDS_APART = 2.0


@dataclass(frozen=True)
class _Weighed:
    """A notebook with what is in it: `answers` are those that differ from the stub."""

    hand_in: HandIn
    digest: str = ""
    is_copy: bool = False
    answers: tuple[tuple[str, str], ...] = ()

    @property
    def is_reference(self) -> bool:
        """Whether it has the name under which `course reveal` puts the solution beside a learner's notebook."""
        return self.hand_in.shown.endswith("-solution.ipynb")


def settle(several: Sequence[HandIn], lesson: LessonParts, reader: Reader) -> Settled:
    """Choose among a learner's notebooks of one lesson.

    One with answers counts before an untouched one. Of several with different answers the last counts, as a platform or
    our own commands number them, else by the files' times, else by their names (`metrics (1)` is later than `metrics`).
    Unless the numbers say which is later, that is doubtful: a person should look.
    """
    weighed = [_weighed(one, lesson, reader) for one in several]
    best = _last([one for one in weighed if _rank(one) == max(map(_rank, weighed))])
    settled = Settled(best.hand_in)
    for one in weighed:
        if one is best:
            continue
        if one.digest and one.digest == best.digest:
            settled.spare.append((one.hand_in, "the same again"))
        elif one.digest and not one.is_copy:
            settled.spare.append((one.hand_in, "not the notebook of the lesson, which is beside it"))
        elif one.is_copy and not one.answers:
            settled.spare.append((one.hand_in, "an untouched copy"))
        elif one.is_copy and one.answers == best.answers:
            settled.spare.append((one.hand_in, "a copy with the same answers"))
        elif one.is_reference:
            settled.spare.append((one.hand_in, "the lesson's own solution"))
        else:
            settled.lost.append(one.hand_in)
            settled.doubtful |= bool(one.digest) and one.hand_in.order == best.hand_in.order
    return settled


def _weighed(hand_in: HandIn, lesson: LessonParts, reader: Reader) -> _Weighed:
    try:
        with open_hand_in(hand_in.path) as file:
            digest = sha256_of(file)
            taken = reader.take(file, lesson)
    except UnreadableSubmission as error:
        return _Weighed(replace(hand_in, problem=str(error)))
    return _Weighed(hand_in, digest, bool(taken.answers), tuple(sorted(answered(lesson, taken).items())))


def _rank(one: _Weighed) -> tuple[bool, ...]:
    return bool(one.digest), one.is_copy, not one.is_reference, bool(one.answers)


def _last(alike: Sequence[_Weighed]) -> _Weighed:
    order = max(one.hand_in.order for one in alike)
    alike = [one for one in alike if one.hand_in.order == order]
    newest = max(one.hand_in.when for one in alike)
    alike = [one for one in alike if newest - one.hand_in.when <= SECONDS_APART]
    return max(alike, key=lambda one: (one.hand_in.tie, one.hand_in.shown))
