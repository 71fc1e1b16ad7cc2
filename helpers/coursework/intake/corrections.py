"""What the teacher knows better than names: the class list, and the corrected table of hand-ins."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from coursework.intake.hand_in import HandIn, Origin
from coursework.intake.roster import OnRoster, on_roster, people_on, read_roster, require_list_of
from coursework.intake.sheet import corrected, read_sheet, sheet_text


class Corrections:
    """Corrects whose and of which lesson hand-ins are; afterwards it knows the table, and who never handed in.

    Parameters
    ----------
    roster, sheet : Path, optional
        The class list, and the table that `--dry-run` wrote.

    Raises
    ------
    WrongUsage
        When one of them is not what it should be.
    """

    def __init__(self, roster: Path | None, sheet: Path | None) -> None:
        self._roster = read_roster(roster) if roster else None
        self._sheet = read_sheet(sheet) if sheet else None
        if self._roster:
            people_on(self._roster)
        self.kept: Collection[str] = ()
        self.known: Mapping[tuple[str, str], Origin] = {}
        self.on_roster: OnRoster | None = None
        self.table = ""

    @property
    def learners(self) -> set[str]:
        """The names and logins of those whom the gradebook or the class list knows."""
        people = people_on(self._roster) if self._roster else []
        return {*self.kept, *(text for person in people for text in (person.name, *person.logins))}

    def __call__(self, hand_ins: list[HandIn]) -> list[HandIn]:
        """Return the hand-ins corrected.

        Raises
        ------
        WrongUsage
            When the list or the table does not fit the hand-ins.
        """
        known = {one.student for one in hand_ins}
        if self._roster:
            hand_ins = on_roster(hand_ins, self._roster, self.kept, self.known).hand_ins
        if self._sheet:
            hand_ins = corrected(hand_ins, self._sheet, self._names(known, hand_ins))
        if self._roster:
            self.on_roster = on_roster(hand_ins, self._roster, self.kept, self.known)
            hand_ins = self.on_roster.hand_ins
        self.table = sheet_text(hand_ins)
        if self._roster and self.on_roster:
            require_list_of(self.on_roster, self._roster)
        return hand_ins

    def _names(self, known: set[str], hand_ins: list[HandIn]) -> set[str] | None:
        """Return the names that a teacher may write: those of the class list, and those that were there before."""
        if not self._roster:
            return None
        people = people_on(self._roster)
        listed = {text for person in people for text in (person.name, person.number, *person.logins)}
        return known | listed | set(on_roster(hand_ins, self._roster, self.kept, self.known).students)
