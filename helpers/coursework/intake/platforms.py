"""How platforms name what they give for download: one small class for each, with examples in `platforms.toml`.

A recognizer looks at one file's parts (its folders, archives and its own name) and says whose it is, or nothing. To add
a platform, write a class with a pattern, add it to PLATFORMS, and put a listing into `platforms.toml`, over which
`tests/test_platforms.py` runs. A pattern's groups are named after the fields of `Sign`. Names are those that the
platforms' sources or their users' scripts show; patterns are wider where versions and languages differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import ClassVar

from coursework.intake.names import (
    MOST_OF_A_PART,
    NOTEBOOK,
    READ_ARCHIVE,
    plain_stem,
    says_nobody,
    without_copy,
    without_lesson_words,
)

_FLAGS = re.IGNORECASE | re.DOTALL
_GROUP = re.compile(
    r"(?P<group>[^-]*\b(?:group|gruppe|groupe|grupo|gruppo|team|section|class|lab|tutorial)\b[^-]*)-(?P<name>.+)",
    _FLAGS,
)
# Also a name: `Tue 9-Ada Li` and `Tue 9-Bo Ek` tell a group, `Jo D-Angelo` alone doesn't.
_MAYBE_GROUP = re.compile(r"(?P<group>[^-]*\s(?:[A-Z]|\d+))-(?P<name>.+)", _FLAGS)
_ADDRESS = re.compile(r"(?P<name>[\w.+%-]+@[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_TIMES = ("%b %d, %Y %I%M %p", "%d %b, %Y %I%M %p", "%d %B %Y %I%M %p", "%B %d, %Y %I%M %p", "%d %b %Y %H%M",
          "%Y-%m-%d-%H-%M-%S", "%Y-%m-%d %H-%M-%S")  # fmt: skip


_YEARS = range(2000, 2100)
# The folders of Teams: what was submitted, and the copies that learners still work on.
WORKING = "working files"
OF_TEAMS = ("submitted files", WORKING)


@dataclass(frozen=True)
class Sign:
    """What a platform's naming says of one file.

    Attributes
    ----------
    system : str
        The platform's short name.
    at : int
        Which of the file's parts says so.
    name : str
        The learner's, empty where the platform hides or does not say it.
    number : str
        How the platform tells learners of one name apart, if it does.
    title : str
        What the platform has instead of the lesson's name.
    late : bool, optional
        Whether it is late, where the platform says.
    time : float, optional
        When it was handed in, in seconds since 1970.
    attempt : float
        Higher for a later one.
    group, file : str
        The group, and the file's own name in the learner's words.
    own : bool
        Whether the platform itself wrote this file.
    sure : bool
        Whether the folder that it is in is the platform's, too.
    contested : str
        The number that another name has, too, so that it is nobody's.
    till : int
        Where in that part the learner's own words begin: what comes after could imitate another platform.
    """

    system: str
    at: int
    name: str = ""
    number: str = ""
    title: str = ""
    late: bool | None = None
    time: float | None = None
    attempt: float = 0.0
    group: str = ""
    file: str = ""
    own: bool = False
    sure: bool = False
    contested: str = ""
    till: int = MOST_OF_A_PART


@dataclass
class Download:
    """What a recognizer may know of the other files: their parts, and by folder what Gradescope's list says.

    `begun` has by platform and folder what was found out of the beginnings of its files' names.
    """

    files: Collection[tuple[str, ...]] = ()
    submitters: Mapping[tuple[str, ...], Mapping[str, tuple[list[tuple[str, str, str]], float | None]]] = field(
        default_factory=dict
    )
    begun: dict[tuple[str, tuple[str, ...]], dict[str, str]] = field(default_factory=dict)
    _beside: dict[tuple[str, ...], set[str]] = field(default_factory=dict)

    def beside(self, folder: tuple[str, ...]) -> set[str]:
        """Return the names of what lies in a folder."""
        if not self._beside:
            for parts in self.files:
                for depth in range(len(parts)):
                    self._beside.setdefault(parts[:depth], set()).add(parts[depth])
        return self._beside.get(folder, set())


class Platform:
    """A platform whose pattern fits one part of a file's name: that of a folder, an archive, or the file."""

    system: ClassVar[str]
    title: ClassVar[str]
    pattern: ClassVar[re.Pattern[str]]
    # How many learners it takes to believe the pattern where it could be chance.
    fewest: ClassVar[int] = 1
    # Whether a class's own folder may look like it: `Statistics 2026`, `lesson-3-monday`.
    fits_classes: ClassVar[bool] = False

    def signs(self, parts: tuple[str, ...], download: Download) -> list[Sign]:
        """Return whose the file is, nothing where this platform didn't name it; several handed it in together."""
        for at, part in enumerate(parts):
            if found := self.pattern.fullmatch(part) or self.pattern.fullmatch(READ_ARCHIVE.sub("", part)):
                sign = self._told(found, at, parts, download)
                till = found.start("file") if found.groupdict().get("file") else len(part)
                return [replace(sign, till=till)] if sign else []
        return []

    def _told(self, found: re.Match[str], at: int, parts: tuple[str, ...], download: Download) -> Sign | None:
        """Return what a pattern found."""
        said = {name: text.strip() for name, text in found.groupdict().items() if text}
        time = said.pop("time", "")
        file = said.pop("file", "") or parts[-1]
        return Sign(self.system, at, file=file, time=seconds(time), **said)  # type: ignore[arg-type]


class Moodle(Platform):
    """`Ada Lovelace_2001_assignsubmission_file/`, without folders the same before the file's name.

    The number is the learner's in this one assignment. Where groups hand in, name and number are the group's, and
    `Default group_assignsubmission_file` is of all who are in none. (Moodle, `mod/assign/classes/downloader.php`.)
    """

    system, title = "moodle", "a Moodle download"
    pattern = re.compile(
        r"(?P<name>.+?)(?:_(?P<number>\d+))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?", _FLAGS
    )

    def _told(self, found: re.Match[str], at: int, parts: tuple[str, ...], download: Download) -> Sign | None:
        file = (found["file"] or "") if at == len(parts) - 1 else parts[-1]
        name, group = found["name"].strip(), ""
        of_group = _GROUP.fullmatch(name) or _MAYBE_GROUP.fullmatch(name)
        if of_group and (of_group.re is _GROUP or of_group["group"] in self._shared(parts[:at], download)):
            name, group = of_group["name"].strip(), of_group["group"].strip()
        return Sign(self.system, at, name, found["number"] or "", file=file or parts[-1], group=group)

    def _shared(self, folder: tuple[str, ...], download: Download) -> Mapping[str, str]:
        """Return what the names of several learners in a folder begin with, as only a group's name would."""
        begun = download.begun.get((self.system, folder))
        if begun is None:
            told = [self.pattern.fullmatch(READ_ARCHIVE.sub("", name)) for name in download.beside(folder)]
            names = [_MAYBE_GROUP.fullmatch(name) for name in {one["name"].strip() for one in told if one}]
            groups = Counter(one["group"] for one in names if one)
            begun = {group: group for group, learners in groups.items() if learners > 1}
            download.begun[self.system, folder] = begun
        return begun


class Blackboard(Platform):
    """`Lesson 3_alovelace_attempt_2026-10-14-20-11-04_metrics.ipynb`, and a text file for each attempt.

    Titles and user names may hold `_` themselves: what all of one assignment begin with is the title.
    """

    system, title = "blackboard", "a Blackboard download"
    pattern = re.compile(r"(?P<head>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<own>\.txt))", _FLAGS)

    def _told(self, found: re.Match[str], at: int, parts: tuple[str, ...], download: Download) -> Sign | None:
        title = self._title(found["head"], parts[:at], download)
        name = found["head"][len(title) :]
        return Sign(self.system, at, name, title=title.rstrip("_"), time=seconds(found["time"]),
                    file=found["file"] or parts[-1], own=bool(found["own"]))  # fmt: skip

    def _title(self, head: str, folder: tuple[str, ...], download: Download) -> str:
        """Return what all heads with this first word begin with, up to a `_`; a lesson's name before anything else."""
        begun = download.begun.get((self.system, folder))
        if begun is None:
            heads = {found["head"] for name in download.beside(folder) if (found := self.pattern.fullmatch(name))}
            groups: dict[str, set[str]] = {}
            for other in heads:
                groups.setdefault(other.partition("_")[0], set()).add(other)
            begun = {first: _common(alike) for first, alike in groups.items() if len(alike) > 1}
            download.begun[self.system, folder] = begun
        common = begun.get(head.partition("_")[0], head)
        titles = [head[: place + 1] for place, letter in enumerate(common) if letter == "_"]
        return next((title for title in reversed(titles) if says_nobody(title)), titles[-1] if titles else "")


class Brightspace(Platform):
    """`285-901 - Ada Lovelace - Oct 15, 2026 1011 PM/metrics.ipynb`, and an `index.html`.

    The first number is the learner's, the second the assignment's.
    """

    system, title = "brightspace", "a Brightspace download"
    pattern = re.compile(
        r"(?P<number>\d+)-\d+ - (?P<name>.+?)(?: - (?P<time>[^-]*\b(?:19|20)\d\d\b[^-]*|\d{4}-\d\d-\d\d[^.]*?))?"
        r"(?: - (?P<file>[^-]+\.\w+))?", _FLAGS,
    )  # fmt: skip

    def _told(self, found: re.Match[str], at: int, parts: tuple[str, ...], download: Download) -> Sign | None:
        if at == len(parts) - 1 and not found["file"]:
            return None
        return super()._told(found, at, parts, download)


class Gradescope(Platform):
    """`submission_1234/metrics.ipynb`; a list beside says who handed in each, alone or together."""

    system, title = "gradescope", "a Gradescope export"
    pattern = re.compile(r"submission_\d+", re.IGNORECASE)

    def signs(self, parts: tuple[str, ...], download: Download) -> list[Sign]:
        """Return whose the file is; see `Platform.signs`."""
        for at, part in enumerate(parts):
            name = READ_ARCHIVE.sub("", part)
            people, time = download.submitters.get(parts[:at], {}).get(name, ([], None))
            if people:
                return [Sign(self.system, at, one, number or email, time=time, file=parts[-1])
                        for one, number, email in people]  # fmt: skip
            if self.pattern.fullmatch(name) and at < len(parts) - 1:
                return [Sign(self.system, at, file=parts[-1])]
        return []


class NbgraderExchange(Platform):
    """`ada+03-metrics+2026-10-14 20:11:04.123456 UTC+0a1b/metrics.ipynb`, as `nbgrader submit` names it."""

    system, title = "nbgrader", "an nbgrader exchange"
    pattern = re.compile(
        r"(?P<name>[^+]+)\+(?P<title>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d[ _T]\d\d.\d\d.\d\d(?:\.\d+)?(?: \w+)?)(?:\+.*)?",
        _FLAGS,
    )


class Sakai(Platform):
    """`Lovelace, Ada(alovelace)/Submission attachment(s)/metrics.ipynb`, or in one name with `_` between."""

    system, title = "sakai", "a Sakai download"
    pattern = re.compile(
        r"(?P<last>[^,()/]+), (?P<first>[^()/]+?) ?\((?P<number>[^()]+)\)(?:_Submission attachment\(s\)_(?P<file>.+))?",
        _FLAGS,
    )

    def _told(self, found: re.Match[str], at: int, parts: tuple[str, ...], download: Download) -> Sign | None:
        name = f"{found['first'].strip()} {found['last'].strip()}"
        own = parts[-1] in ("timestamp.txt", "comments.txt") or any("Feedback" in part for part in parts[at:])
        return Sign(self.system, at, name, found["number"], file=found["file"] or parts[-1], own=own)


class Schoology(Platform):
    """`Lovelace, Ada - 1234567/Revision 1/metrics.ipynb`."""

    system, title = "schoology", "a Schoology download"
    fewest = 2
    pattern = re.compile(r"(?P<last>[^,()/]+), (?P<first>[^()/,]+?) - (?P<number>\d{3,})", _FLAGS)

    def _told(self, found: re.Match[str], at: int, parts: tuple[str, ...], download: Download) -> Sign | None:
        name = f"{found['first'].strip()} {found['last'].strip()}"
        return Sign(self.system, at, name, found["number"], file=parts[-1], attempt=attempt_of(parts[at + 1 : -1]))


class Ilias(Platform):
    """`Lovelace_Ada_alovelace_4711/metrics.ipynb`, for a team below `Team 7/`."""

    system, title = "ilias", "an ILIAS download"
    fewest = 2
    pattern = re.compile(r"(?P<names>[^_\d]+(?:_[^_\d]+)+)_(?P<login>[^_]*[^_\d][^_]*)_(?P<number>\d+)", _FLAGS)

    def _told(self, found: re.Match[str], at: int, parts: tuple[str, ...], download: Download) -> Sign | None:
        if at == len(parts) - 1:
            return None
        last, *first = found["names"].split("_")
        return Sign(self.system, at, " ".join([*first, last]), found["login"], file=parts[-1])


class CoCalc(Platform):
    """`03-metrics-collect/<project's number>/metrics.ipynb`, with a file `STUDENT - Ada Lovelace.txt`."""

    system, title = "cocalc", "what CoCalc collected"
    pattern = re.compile(r"(?:(?P<name>.+?)[ _-]+)?(?P<number>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", _FLAGS)

    def _told(self, found: re.Match[str], at: int, parts: tuple[str, ...], download: Download) -> Sign | None:
        if at == len(parts) - 1:
            return None
        told = [re.fullmatch(r"STUDENT - (.+)\.txt", name) for name in download.beside(parts[: at + 1])]
        names = [one[1] for one in told if one]
        name = found["name"] or (names[0] if len(names) == 1 else found["number"])
        return Sign(self.system, at, name, found["number"], file=parts[-1], own=parts[-1].startswith("STUDENT - "))


class OpenEdx(Platform):
    """`ada_<40 digits of a hash>.ipynb`. (edx-sga, `tasks.py`.)"""

    system, title = "open-edx", "an Open edX download"
    pattern = re.compile(r"(?P<name>.+)_[0-9a-f]{40}(?:\.\w+)+", _FLAGS)


class Canvas(Platform):
    """`lovelaceada_LATE_1001_50002_metrics.ipynb`; where names are hidden `anon_`; a typed text `..._1001_text.html`.

    The sortable name has nothing in it but letters, marks, digits and `_`; then follow the user's number, the file's,
    and the name that the learner gave. (Canvas, `lib/content_zipper.rb`.)
    """

    system, title = "canvas", "a Canvas download"
    fewest = 2
    pattern = re.compile(
        r"(?:(?P<hidden_late>late_)?anon_(?P<hidden>[0-9a-z]+)|(?P<name>.+?)_(?P<late>late_)?(?P<user>\d+))"
        r"_(?:(?P<number>\d+)_(?P<file>.+)|(?P<typed>text|link)\.html)",
        _FLAGS,
    )

    def _told(self, found: re.Match[str], at: int, parts: tuple[str, ...], download: Download) -> Sign | None:
        late = bool(found["late"] or found["hidden_late"])
        file = found["file"] or f"{found['typed']}.html"
        attempt = float((found["number"] or "0")[:15])
        if found["hidden"]:
            return Sign("canvas-anonymous", at, "anon", found["hidden"], late=late, attempt=attempt, file=file)
        return Sign(self.system, at, found["name"], found["user"], late=late, attempt=attempt, file=file)

    def signs(self, parts: tuple[str, ...], download: Download) -> list[Sign]:
        """Return whose the file is; see `Platform.signs`."""
        signs = super().signs(parts, download)
        # Only files have such names, and archives.
        return [one for one in signs if one.at == len(parts) - 1 or READ_ARCHIVE.search(parts[one.at])]


class Teams(Platform):
    """`Submitted files/Ada Lovelace/Lesson 3/Version 2/metrics.ipynb`, or the learner's folder right there."""

    system, title = "teams", "Teams folders"
    pattern = re.compile(r"version \d+", re.IGNORECASE)

    def signs(self, parts: tuple[str, ...], download: Download) -> list[Sign]:
        """Return whose the file is; see `Platform.signs`."""
        for at in range(2, len(parts) - 1):
            if self.pattern.fullmatch(parts[at]) and says_nobody(parts[at - 1]) and not says_nobody(parts[at - 2]):
                return [Sign(self.system, at - 2, parts[at - 2], attempt=attempt_of(parts[at:]), file=parts[-1])]
        return []


class Numbered(Platform):
    """`Ada Lovelace_4711/`, `Ada Lovelace (alovelace)/`: a name of two words or more, and a number or a login."""

    system, title = "ids", "folders of names with numbers"
    fewest, fits_classes = 2, True
    pattern = re.compile(
        r"(?P<name>[^\W\d_][^_()]*? [^\s_()](?:[^_()]*?[^\s_()-])?)"
        r"(?:[ _-]+(?P<number>\d{3,}|[0-9a-f]{8,})|[ -]*\((?P<login>[\w.@-]{2,})\))",
        _FLAGS,
    )

    def _told(self, found: re.Match[str], at: int, parts: tuple[str, ...], download: Download) -> Sign | None:
        if at == len(parts) - 1 or says_nobody(found["name"]):
            return None
        return Sign(self.system, at, found["name"].strip(), found["number"] or found["login"], file=parts[-1])


class GitHubClassroom(Platform):
    """`lesson-3-ada-l/lessons/03-metrics/metrics.ipynb`: the assignment's name, then the account's."""

    system, title = "github", "GitHub Classroom repositories"
    fewest, fits_classes = 2, True
    pattern = re.compile(r"(?P<name>[\w.]+(?:-[\w.]+)+?)(?:-(?:main|master))?", _FLAGS)

    def _told(self, found: re.Match[str], at: int, parts: tuple[str, ...], download: Download) -> Sign | None:
        if at == len(parts) - 1 and NOTEBOOK.search(parts[-1]):
            return None
        before = parts[at - 1].removesuffix("-submissions") if at else ""
        if before and before != parts[at - 1] and found["name"].startswith(f"{before}-"):
            return Sign(self.system, at, found["name"].removeprefix(f"{before}-"), file=parts[-1], sure=True)
        account = self._account(parts[at])
        is_one = account and self._is_repository(parts[: at + 1], account, download)
        return Sign(self.system, at, account, file=parts[-1]) if is_one else None

    def _account(self, part: str) -> str:
        """Return what comes after the assignment's name, nothing where the name doesn't begin with one."""
        found = self.pattern.fullmatch(READ_ARCHIVE.sub("", part))
        account = "-".join(without_lesson_words(found["name"].split("-"))) if found else ""
        return "" if found and account == found["name"] else account

    def _is_repository(self, place: tuple[str, ...], account: str, download: Download) -> bool:
        """Return whether a folder is one of several repositories: among learners' folders, `homework-bo` is another."""
        folder, name = place[:-1], place[-1]
        begun = download.begun.get((self.system, folder))
        if begun is None:
            learners = [one for one in download.beside(folder) if download.beside((*folder, one))
                        and not says_nobody(one) and not one.endswith("-submissions")]  # fmt: skip
            accounts = {one: self._account(one) for one in learners}
            heads = Counter(_head(one, account) for one, account in accounts.items() if account)
            is_plain = not all(accounts.values())
            begun = {head: head for head, several in heads.items() if several == 1 and is_plain}
            download.begun[self.system, folder] = begun
        return _head(name, account) not in begun

    def signs(self, parts: tuple[str, ...], download: Download) -> list[Sign]:
        """Return whose the file is; see `Platform.signs`."""
        for at in range(len(parts) - 1):
            if (found := self.pattern.fullmatch(READ_ARCHIVE.sub("", parts[at]))) and (
                sign := self._told(found, at, parts, download)
            ):
                return [sign]
        return []


class Email(Platform):
    """An address in a folder's or a file's name: saved attachments, Vocareum, PrairieLearn."""

    system, title = "email", "files named after addresses"
    fewest = 2
    pattern = _ADDRESS

    def signs(self, parts: tuple[str, ...], download: Download) -> list[Sign]:
        """Return whose the file is; see `Platform.signs`."""
        for at, part in enumerate(parts):
            # After another name it is a word of that learner's own.
            found = _ADDRESS.search(plain_stem(part))
            before = part[: found.start()] if found else ""
            if found and (says_nobody(before) or not any(map(str.isalpha, before))):
                # A domain has no `_`, and what follows one is the file's.
                name = found["name"].partition("@")[0] + "@" + found["name"].partition("@")[2].partition("_")[0]
                # Vocareum makes a folder for each attempt; in an archive it would be the learner's own.
                dated = at < len(parts) - 2 and not READ_ARCHIVE.search(part)
                return [Sign(self.system, at, name, file=parts[-1], time=seconds(parts[at + 1]) if dated else None)]
        return []


class JupyterHub(Platform):
    """`home/jupyter-ada/my-lessons/03-metrics/metrics.ipynb`, as The Littlest JupyterHub names its users."""

    system, title = "jupyterhub", "JupyterHub's home folders"
    pattern = re.compile(r"jupyter-(?P<name>.+)", _FLAGS)

    def _told(self, found: re.Match[str], at: int, parts: tuple[str, ...], download: Download) -> Sign | None:
        if at == len(parts) - 1 or says_nobody(found["name"]):
            return None
        return super()._told(found, at, parts, download)


class Drive(Platform):
    """`Ada Lovelace - metrics.ipynb`, a second one `Ada Lovelace - metrics (1).ipynb`, or `Copy of …`.

    Google Classroom puts the learner's name first, Google Forms last, Microsoft Forms last after `_`.
    """

    system, title = "drive", "files of Google Drive"
    fewest = 3
    pattern = re.compile(r"(?:copy of )?(?P<one>.+?) - (?P<other>.+)", _FLAGS)

    def signs(self, parts: tuple[str, ...], download: Download) -> list[Sign]:
        """Return whose the file is; see `Platform.signs`."""
        *_, file = parts
        found = self.pattern.fullmatch(without_copy(plain_stem(file)))
        if not found or not (NOTEBOOK.search(file) or READ_ARCHIVE.search(file)):
            return []
        sides = [side.strip() for side in found.groups()]
        names = [side for side in sides if not says_nobody(side)]
        if len(names) != 1:
            return []
        number = re.search(r"\((\d+)\)", plain_stem(file))
        return [Sign(self.system, len(parts) - 1, names[0], file=file, attempt=float(number[1]) if number else 0.0)]


PLATFORMS: Sequence[Platform] = (
    Moodle(), Gradescope(), NbgraderExchange(), Blackboard(), Brightspace(), Sakai(), Schoology(), CoCalc(), OpenEdx(),
    Teams(), Canvas(), Ilias(), Numbered(), Email(), JupyterHub(), GitHubClassroom(), Drive(),
)  # fmt: skip
BY_SYSTEM: Mapping[str, Platform] = {
    **{platform.system: platform for platform in PLATFORMS}, "canvas-anonymous": Canvas()
}  # fmt: skip


def signs_of(parts: tuple[str, ...], download: Download) -> list[list[Sign]]:
    """Return what each platform's naming says of a file, the outermost first: further in, learners choose the names."""
    # On a longer name a pattern could take very long; what lies around it says whose it is all the same.
    if (long := next((at for at, part in enumerate(parts) if len(part) > MOST_OF_A_PART), None)) is not None:
        parts = (*parts[:long], "")
    told = [signs for platform in PLATFORMS if (signs := platform.signs(parts, download))]
    return sorted(told, key=lambda signs: (signs[0].at, signs[0].till))


def seconds(text: str) -> float | None:
    """Return the time that a platform wrote, in seconds since 1970; without a zone it is this machine's time."""
    text = re.sub(r"\.\d+", "", text).strip()
    zone = UTC if text.endswith((" UTC", " GMT", "Z")) else None
    text = re.sub(r" ?(?:UTC|GMT|Z)$", "", text)
    exact = re.fullmatch(r"(\d{4}-\d\d-\d\d)[ _T](\d\d).(\d\d).(\d\d)(?: \w+)?", text)
    text = f"{exact[1]} {exact[2]}-{exact[3]}-{exact[4]}" if exact else text
    for form in _TIMES:
        try:
            # "1011 PM" and "926 AM": an hour of one digit needs its 0.
            padded = re.sub(r"\b(\d)(\d\d) ([AP]M)$", r"0\1\2 \3", text)
            return since_1970(datetime.strptime(padded, form).replace(tzinfo=zone))
        except ValueError:
            continue
    return None


def since_1970(moment: datetime) -> float | None:
    """Return a time in seconds since 1970; nothing where nobody can have handed in, and a clock may not reach."""
    return moment.timestamp() if moment.year in _YEARS else None


def _head(name: str, rest: str) -> str:
    """Return what a name has before the rest."""
    return name.rpartition(rest)[0]


def _common(texts: Collection[str]) -> str:
    """Return what all texts begin with."""
    first, last = min(texts), max(texts)
    return next((first[:place] for place, letter in enumerate(first) if not last.startswith(first[: place + 1])), first)


def attempt_of(folders: Sequence[str]) -> float:
    """Return the number of the attempt that a folder's name tells: `Version 2`."""
    for name in folders:
        if found := re.match(r"(?:version|attempt|try|revision)\W*(\d+)", name, re.IGNORECASE):
            return float(found[1])
    return 0.0
