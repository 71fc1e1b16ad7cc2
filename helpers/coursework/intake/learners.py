"""Whose each file is: by what platforms call it, else by the folders, else by its own name; never by a guess.

Folders are a learner's, unless they say nobody's name (a lesson's, a platform's), or all that lie side by side hold the
same lesson from several folders, as sections do. What is inside a learner's own folder, archive or file name is of the
learner's choice, and so it says nothing about whose it is. What could be two learners' stays two, or is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coursework.intake.content import without_ending
from coursework.intake.found import Found, shown
from coursework.intake.names import (
    NOTEBOOK,
    READ_ARCHIVE,
    TEAM,
    is_attempt,
    learner_name,
    lesson_by_names,
    owner_by_name,
    plain_stem,
    says_nobody,
)
from coursework.intake.platforms import BY_SYSTEM, OF_TEAMS, Download, Sign, signs_of
from coursework.intake.roster import names_of
from coursework.lessons.catalogue import all_lessons

# After a name in Canvas that ends in a number: `mal_1001`, whose own is 1003, hands in `mal_1001_1003_50003_m.ipynb`.
_AMBIGUOUS = re.compile(r"\d+_")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\d{4})?")
# Platforms of which a learner's name always has the number.
WITH_NUMBERS = ("canvas", "canvas-anonymous", "moodle")
FOLDERS, NAMES = "folders", "names"


@dataclass(frozen=True)
class Whose:
    """What is known of the learner of one file.

    Attributes
    ----------
    system : str
        The platform, `folders` or `names`.
    at : int
        Which of the file's parts names the learner; -1 where none does.
    raw : str
        The learner as that part has it, empty where nobody is named.
    sign : Sign, optional
        All that the platform says.
    within : str
        Where its numbers hold, if not everywhere.
    taken : str
        The folder or archive around it that was taken for a class although it may be one learner's; empty if none was,
        or the learner is known.
    """

    system: str
    at: int
    raw: str
    sign: Sign | None = None
    within: str = ""
    taken: str = ""


def whose(
    found: Sequence[Found],
    download: Download,
    learners: Collection[str] = (),
    names: Mapping[str, Collection[str]] | None = None,
) -> list[list[Whose]]:
    """Return for each file whose it is: one learner, or several who handed it in together.

    Parameters
    ----------
    found : sequence of Found
        All files of a class.
    download : Download
        What recognizers may know of the others.
    learners : collection of str
        The names of learners that are known already.
    names : mapping of str to collection of str, optional
        The names that Canvas's numbers had in earlier runs.
    """
    known = {form for learner in learners for form in names_of(learner)}
    all_signs = [signs_of(one.parts, download) for one in found]
    classes, lone = _classes(found, all_signs, known)
    signs = _with_own_numbers(found, _plausible(found, all_signs, classes), names or {})
    told: list[list[Whose]] = [
        [Whose(sign.system, sign.at, sign.name, sign, "/".join(one.parts[: sign.at]) if sign.system == "ids" else "")
         for sign in signs_] for one, signs_ in zip(found, signs, strict=True)
    ]  # fmt: skip
    rest = [number for number, known in enumerate(told) if not known]
    levels, taken = _levels(found, rest, known)
    for number in rest:
        one, level = found[number], levels[number]
        if level is not None:
            name = one.parts[level]
            archive = READ_ARCHIVE.search(name) is not None
            told[number] = [Whose(FOLDERS, level, owner_by_name(name) or plain_stem(name) if archive else name)]
        else:
            told[number] = [Whose(NAMES, len(one.parts) - 1 if one.parts else -1, "")]
    loose = _owners({number: found[number] for number in rest if told[number][0].system == NAMES})
    for number, name in loose.items():
        told[number] = [Whose(NAMES, told[number][0].at, name)]
    return [
        [
            replace(who, taken=_taken(one, who, lone | taken)) if not names_of(who.raw) & known else who
            for who in several
        ]
        for one, several in zip(found, told, strict=True)
    ]


def students(told: Iterable[Whose], known: Mapping[tuple[str, str], str]) -> dict[Whose, str]:
    """Return the name under which the gradebook has each learner; empty where it can be none.

    It is the platform's name, with the number where two of one platform have the same name. Canvas's and Moodle's names
    have it always.

    Parameters
    ----------
    known : mapping of (str, str) to str
        By platform and number the name that a learner has from earlier runs.
    """
    told = list(told)
    numbers: dict[tuple[str, str, str | None], set[str]] = defaultdict(set)
    for one in told:
        if one.sign and one.sign.number:
            numbers[one.system, one.within, learner_name(one.raw)].add(one.sign.number)
    for (system, number), student in known.items():
        numbers[system, "", student].add(number)
    names = {}
    for one in told:
        name, number = one.raw, one.sign.number if one.sign else ""
        if one.sign and number and (one.system, number) in known:
            name = known[one.system, number]
        elif number and one.system in WITH_NUMBERS:
            name = f"{name}_{number}"
        elif number and len(numbers[one.system, one.within, learner_name(one.raw)]) > 1:
            name = f"{name} ({number})"
        names[one] = learner_name(name) or ""
    return names


def twins(found: Sequence[Found], told: Sequence[Sequence[Whose]]) -> dict[int, str]:
    """Return by the number of a file the other name, where two differ only in characters that nobody sees."""
    forms: dict[tuple[str, tuple[str, ...], str | None], dict[str, None]] = defaultdict(dict)
    for one, several in zip(found, told, strict=True):
        for who in several:
            if who.raw and not (who.sign and who.sign.number):
                forms[who.system, one.parts[: who.at], learner_name(who.raw)][who.raw] = None
    alike = {}
    for number, (one, several) in enumerate(zip(found, told, strict=True)):
        for who in several:
            names = forms.get((who.system, one.parts[: who.at], learner_name(who.raw)), {})
            if who.raw in names and len(names) > 1 and learner_name(who.raw) is not None:
                alike[number] = ascii(next(name for name in names if name != who.raw))
    return alike


def doubts(found: Sequence[Found], told: Sequence[Sequence[Whose]], lessons: Mapping[int, str]) -> dict[int, str]:
    """Return by the number of a file why it may be another learner's than the one who is named.

    A learner's folder may hold one lesson from several folders whose names could be learners', and two folders of one
    name may lie in different places: a person has to say whose they are.

    Parameters
    ----------
    lessons : mapping of int to str
        By the number of each notebook its lesson.
    """
    inner: dict[tuple[object, ...], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    homes: dict[tuple[object, ...], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    around, alone = _around(found), {}
    for number, lesson in lessons.items():
        parts, who = found[number].parts, told[number][0]
        if who.sign and who.sign.contested:
            alone[number] = f"another name has the number {who.sign.contested}, too"
        if not who.raw or who.system not in (FOLDERS, "teams", "drive"):
            continue
        home = "/".join(part for part in parts[: who.at] if not says_nobody(part))
        homes[learner_name(who.raw), lesson][home].append(number)
        name = "/".join(part for part in parts[who.at + 1 : -1] if not says_nobody(part) and not is_attempt(part))
        signs = [sign for [sign, *_] in signs_of(parts, Download()) if sign.at > who.at and sign.name]
        if signs and who.system == FOLDERS:  # as a platform names it, but not believed below a learner's folder
            inner[parts[: who.at + 1], lesson][signs[0].name].append(number)
            is_other = not names_of(who.raw) & names_of(signs[0].name)
            if is_other and BY_SYSTEM[signs[0].system].fewest == 1 and parts[: who.at + 1] == around[: who.at + 1]:
                outer, name = shown(parts[who.at]), shown(signs[0].name)
                alone[number] = f"{outer} could be a learner's own or a class's, and in it is something of {name}'s"
        elif who.system == FOLDERS and (name := name or owner_by_name(parts[-1])) and not is_attempt(name):
            inner[parts[: who.at + 1], lesson][name].append(number)
    say = "say in hand-ins.csv whose each is (--dry-run writes it)"
    why = {number: f"{reason}: {say}" for number, reason in alone.items()}
    of_one_name = "learners of one name are in"
    generic = _generic_homes(found, told, lessons)
    for groups, said in ((inner, "one folder has this lesson from"), (generic, of_one_name), (homes, of_one_name)):
        for several in groups.values():
            if len(several) > 1:
                names = ", ".join(shown(name) or "the outermost folder" for name in sorted(several)[:4])
                reason = f"{said} {names}: {say}"
                why.update({number: reason for numbers in several.values() for number in numbers})
    return why


def _generic_homes(
    found: Sequence[Found], told: Sequence[Sequence[Whose]], lessons: Mapping[int, str]
) -> dict[tuple[object, ...], dict[str, list[int]]]:
    """Return by learner and lesson the folders that are nobody's, where each holds this learner and no other.

    A class's folders hold others, too: `zip 1/h.zip` and `zip 2/h.zip` may be of two who both call their work `h`.
    """
    homes: dict[tuple[object, ...], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    holds: dict[str, set[str | None]] = defaultdict(set)
    for number, lesson in lessons.items():
        folders, who = found[number].parts[: told[number][0].at], told[number][0]
        # A learner's working copy lies beside what was submitted.
        home = "/".join(part for part in folders if part.casefold() not in OF_TEAMS)
        holds[home].add(learner_name(who.raw))
        if who.raw and who.system == FOLDERS and all(map(says_nobody, folders)):
            homes[learner_name(who.raw), lesson][home].append(number)
    return {key: several for key, several in homes.items() if all(home and len(holds[home]) == 1 for home in several)}


def _taken(one: Found, who: Whose, lone: Collection[tuple[str, ...]]) -> str:
    """Return the folder or archive around a learner's that was taken for a class because it is the only one."""
    return next((shown("/".join(one.parts[:at])) for at in range(1, who.at + 1) if one.parts[:at] in lone), "")


def _plausible(
    found: Sequence[Found], signs: Sequence[list[list[Sign]]], classes: Collection[tuple[str, ...]]
) -> list[list[Sign]]:
    """Choose for each file the outermost sign: what is in a learner's own folder or archive, the learner has named."""
    beside = {one.parts[: group[0].at] for one, several in zip(found, signs, strict=True) for group in several
              if group[0].system == "ilias"}  # fmt: skip

    def is_open(folder: tuple[str, ...], sign: Sign) -> bool:
        team = sign.system == "ilias" and folder[:-1] in beside and TEAM.fullmatch(folder[-1])
        return bool(team) or folder in classes or says_nobody(folder[-1]) or folder[-1] == "Student Work"  # of Teams

    def is_believed(one: Found, sign: Sign) -> bool:
        folders = [one.parts[:depth] for depth in range(1, sign.at + 1 - sign.sure)]
        is_class = BY_SYSTEM[sign.system].fits_classes and one.parts[: sign.at + 1] in classes
        return not is_class and all(is_open(folder, sign) for folder in folders)

    return [
        next((group for group in several if is_believed(one, group[0])), [])
        for one, several in zip(found, signs, strict=True)
    ]


def _with_own_numbers(
    found: Sequence[Found], signs: Sequence[list[Sign]], before: Mapping[str, Collection[str]]
) -> list[list[Sign]]:
    """Take the numbers from names that share one in one download: it is one learner's, and names can't tell whose.

    A file may have been mailed under such a name, or the name on the platform chosen for it. The next download may have
    another name for a number, since learners' names change. What looks like Canvas's number and is a date isn't any
    platform's: `ada_2026_10_metrics` and `bo_2026_10_metrics`.
    """
    names: dict[tuple[str, str, tuple[str, ...]], set[str | None]] = defaultdict(set)
    everywhere: dict[str, set[str | None]] = defaultdict(set)
    everywhere.update({number: set(map(learner_name, known)) for number, known in before.items()})
    for one, several in zip(found, signs, strict=True):
        for sign in several:
            if sign.number and sign.system != "ids":
                names[sign.system, sign.number, one.parts[: sign.at]].add(learner_name(sign.name))
                if sign.system == "canvas" and not _AMBIGUOUS.match(sign.file):
                    everywhere[sign.number].add(learner_name(sign.name))
    dates = {number for (system, number, _), told in names.items()
             if system == "canvas" and (len(told) > 2 or (len(told) > 1 and _YEAR.fullmatch(number)))}  # fmt: skip

    def checked(sign: Sign, folder: tuple[str, ...]) -> Sign:
        told = set(names.get((sign.system, sign.number, folder), ()))
        if sign.system == "canvas" and _AMBIGUOUS.match(sign.file):
            told |= everywhere[sign.number]
        if len(told) < 2:
            return sign
        shown = f"{sign.name}_{sign.number}" if sign.system in WITH_NUMBERS else sign.name
        return replace(sign, name=shown, number="", contested=sign.number)

    return [
        [checked(sign, one.parts[: sign.at]) for sign in several if sign.system != "canvas" or sign.number not in dates]
        for one, several in zip(found, signs, strict=True)
    ]


def _classes(
    found: Sequence[Found], signs: Sequence[list[list[Sign]]], known: Collection[str]
) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Return the folders and archives that hold a class, or a section of one, although they could be a learner's.

    A learner may put anything into a folder. So each of those that lie side by side has to look like a class, with
    nothing in it but what a platform named; one alone needs two learners in it, and no other learner's file anywhere.
    Names can't tell whether it's a learner's, so those that are alone are returned again.
    """
    counts: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for one, several in zip(found, signs, strict=True):
        for group in several:
            counts[group[0].system, one.parts[: group[0].at]].add(f"{group[0].name}\0{group[0].number}")
    inside: dict[tuple[str, ...], dict[tuple[str, ...], set[str]]] = defaultdict(lambda: defaultdict(set))
    for one, several in zip(found, signs, strict=True):
        if not one.is_notebook:
            continue
        strong = [
            sign for [sign, *_] in several
            if sign.name and len(counts[sign.system, one.parts[: sign.at]]) >= BY_SYSTEM[sign.system].fewest
        ]  # fmt: skip
        for depth in range(1, len(one.parts) + 1):
            if not says_nobody(one.parts[depth - 1]):
                names = inside[one.parts[: depth - 1]][one.parts[:depth]]
                names.add(next((f"{sign.name}\0{sign.number}" for sign in strong if sign.at >= depth), ""))
    classes: set[tuple[str, ...]] = set()
    lone: set[tuple[str, ...]] = set()
    for beside in inside.values():
        if any("" in names for names in beside.values()):
            continue
        [(folder, names), *others] = beside.items()
        if others:
            classes |= beside.keys()
        elif len(names) > 1 and not _is_known(folder[-1], known):
            lone.add(folder)
    if not _hold_all(found, classes | lone):
        lone = set()
    return classes | lone, lone


def _hold_all(found: Sequence[Found], classes: Collection[tuple[str, ...]]) -> bool:
    """Return whether each notebook that could be a learner's, by any of its names, is in one of these classes."""
    return not any(
        one.is_notebook
        and not all(map(says_nobody, one.parts))
        and not any(one.parts[:at] in classes for at in range(1, len(one.parts)))
        for one in found
    )


def _is_known(folder: str, known: Collection[str]) -> bool:
    """Return whether a folder or an archive has the name of a learner who is known."""
    name = plain_stem(folder)
    return any(form in known for form in names_of(name) | names_of(owner_by_name(name)))


def _around(found: Sequence[Found]) -> tuple[str, ...]:
    """Return the folders and archives in which all files are."""
    folders = [one.parts[:-1] for one in found if not one.is_beside]
    return _common(min(folders, default=()), max(folders, default=()))


def _common(first: tuple[str, ...], last: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folders with which both begin; of the first and last of many, with which all do."""
    pairs = zip(first, last, strict=False)
    return first[: next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(first), len(last)))]


def _levels(
    found: Sequence[Found], rest: Sequence[int], known: Collection[str], *, alone: bool = True
) -> tuple[dict[int, int | None], set[tuple[str, ...]]]:
    """Return for each file of the rest which of its folders or archives is the learner's, None where none is.

    Those that were taken for a class because they are alone are returned, too; none where not all learners are in one.

    Parameters
    ----------
    found : sequence of Found
        All files, also those whose learner a platform named.
    rest : sequence of int
        The numbers of those whose learner none did.
    alone : bool
        Whether a folder that is alone may be a class.
    """
    everybodys: set[tuple[str, ...]] = set()
    lone: set[tuple[str, ...]] = set()
    levels: dict[int, int | None] = dict.fromkeys(rest)
    named = [number for number, one in enumerate(found) if number not in levels and one.is_notebook]
    waiting = [(0, list(rest), named)]
    while waiting:
        depth, numbers, named = waiting.pop()
        below: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            if len(found[number].parts) + found[number].folder > depth + 1:
                below[found[number].parts[depth]].append(number)
        named_below: dict[str, list[int]] = defaultdict(list)
        for number in named:
            named_below["".join(found[number].parts[depth : depth + 1])].append(number)
        persons = {name: inner for name, inner in below.items() if not says_nobody(name)}
        # nbgrader's tree: beside learners' folders, one that is called `new` or `attachment` is a learner's, too.
        tree = {
            name
            for name, inner in below.items()
            if any(_in_a_tree(found[number].parts[depth + 1 :]) for number in inner)
        }
        if tree & persons.keys():
            persons |= {name: below[name] for name in tree}
        waiting += [(depth + 1, inner, named_below[name]) for name, inner in below.items() if name not in persons]
        classes = {name for name, inner in persons.items() if _is_class([found[number] for number in inner], depth + 1)}
        full = {name for name, inner in persons.items() if any(found[number].is_notebook for number in inner)}
        # A notebook beside them, whoever named it, is a learner's, and then each of them could be one's, too.
        inside = {number for inner in persons.values() for number in inner}
        if named_below.keys() - persons or any(found[number].is_notebook for number in numbers if number not in inside):
            classes = set()
        for name, inner in persons.items():
            # All of them, since a learner can make a folder look like a class, but not those of the others.
            single = len(full) == 1
            if name in classes and classes == full and not (single and (not alone or _is_known(name, known))):
                folder = found[inner[0]].parts[: depth + 1]
                everybodys.add(folder)
                if single:
                    lone.add(folder)
                waiting.append((depth + 1, inner, named_below[name]))
            else:
                for number in inner:
                    levels[number] = depth
    return (levels, lone) if not lone or _hold_all(found, everybodys) else _levels(found, rest, known, alone=False)


def _in_a_tree(parts: tuple[str, ...]) -> bool:
    """Return whether a learner's file is where nbgrader has it: `03-metrics/metrics.ipynb`."""
    return any(parts == (lesson.folder, f"{lesson.notebook}.ipynb") for lesson in all_lessons())


def _is_class(found: Sequence[Found], depth: int) -> bool:
    """Return whether a folder holds the same lesson from several folders whose names could be learners'."""
    folders: dict[str, set[str]] = defaultdict(set)
    notebooks = [one for one in found if one.is_notebook]
    places = [one.parts[depth:-1] for one in notebooks]
    around = len(_common(min(places, default=()), max(places, default=())))
    for one in notebooks:
        *inner, file = one.parts[depth + around :]
        name = next((part for part in inner if not says_nobody(part)), owner_by_name(file))
        if not name:
            return False
        if is_attempt(name):
            continue
        lesson = lesson_by_names([*inner, file])
        folders[one.lesson or (lesson.folder if lesson else plain_stem(file))].add(name)
    return any(len(names) > 1 for names in folders.values())


def _owners(found: Mapping[int, Found]) -> dict[int, str]:
    """Return the names of learners in the names of single files.

    A file without the lesson's name is named after its learner where there are others like it, whose content tells the
    same lesson.
    """
    owners = {
        number: owner_by_name(without_ending(one.parts[-1]) if one.problem else one.parts[-1]) if one.parts else ""
        for number, one in found.items()
    }
    alike: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)
    for number, one in found.items():
        if not owners[number] and one.lesson and NOTEBOOK.search(one.parts[-1]):
            stem = plain_stem(one.parts[-1])
            if not says_nobody(stem) and not is_attempt(stem):
                alike[one.parts[:-1], one.lesson].append(number)
    for numbers in alike.values():
        if len(numbers) > 1:
            owners.update({number: plain_stem(found[number].parts[-1]) for number in numbers})
    return owners
