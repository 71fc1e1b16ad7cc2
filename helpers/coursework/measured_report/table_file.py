"""Reading somebody's table from a file: CSV or Parquet, and one clear sentence for everything else."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from pandas.api.types import is_float_dtype, is_integer_dtype, is_numeric_dtype

from coursework.measured_report.notations import numbers_in, some
from coursework.measured_report.packed_file import MOST_BYTES, Opened, encoding_of, is_parquet, opened, too_large
from coursework.measured_report.parquet_file import read_parquet, values_as_text
from imbalanced_course.errors import WrongUsage
from imbalanced_course.study import Table, as_table

_PARQUET = (".parquet", ".pq")
_LEAVE_OUT = "you can leave a column out with `--drop`"
_SEPARATORS = ";\t|,"
_ROW_NAME = "\0"
_RECORDS, _FEWEST_RECORDS, _ENOUGH_TEXT = 50, 5, 200_000
_LONGEST_LINE = 20_000_000
_SHARE_ALIKE = 0.8
_FEWEST_ROWS_IN_A_VALUE = 3
_NO_VALUE = {"NA", "N/A", "n/a", "None", "NULL", "null"}
"""What is a missing value for pandas, but may be the name of a class or a group, such as Namibia."""
_EMPTY = {
    "",
    "#N/A",
    "#N/A N/A",
    "#NA",
    "-1.#IND",
    "1.#IND",
    "-1.#QNAN",
    "1.#QNAN",
    "<NA>",
    "NaN",
    "nan",
    "-NaN",
    "-nan",
}
_NO_NAME = re.compile(r"|Unnamed: \d+")  # as pandas writes an index, and reads it
_A_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?([eE][-+]?\d+)?")
_YEARS, _MANY_STEPS = range(1900, 2101), 7
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*')


@dataclass(frozen=True)
class Reading:
    """A table from a file, and in a sentence each what isn't obvious about how it was read."""

    frame: pd.DataFrame
    notes: list[str] = field(default_factory=list)


def read_frame(
    path: Path, as_text: Sequence[str | None] = (), target: str | None = None, drop: Sequence[str] = ()
) -> Reading:
    """Return a table with its numbers as numbers.

    Parameters
    ----------
    path : Path
        A file in Parquet or in CSV: with commas, semicolons, tabs, or bars, packed or not, whatever its name says.
    as_text : sequence of str
        Columns whose values are kept as they are written.
    target : str, optional
        A column that is kept as pandas reads it.
    drop : sequence of str
        Columns to leave out.

    Raises
    ------
    WrongUsage
        When there is no such file, it's too large, it's no table, or it has no such column to leave out.
    """
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "isn't a file" if path.exists() else "doesn't exist"
        raise WrongUsage(f"{path} {what}: name a table, a file in CSV or Parquet")
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise WrongUsage(too_large(path, size))
        if size == 0:
            raise WrongUsage(f"{path} is empty: name a table with a row of column names and rows of values")
        if path.suffix.lower() in _PARQUET or is_parquet(path):
            frame = read_parquet(path)
            if frame.shape[1] < 2:
                raise WrongUsage(_one_column(path))
            frame = values_as_text(path, _without(path, frame, drop))
            return _with_numbers(path, frame, pd.DataFrame(), "", (*as_text, target))
        reading = _csv(path, opened(path), (*as_text, *drop), target)
        return Reading(_without(path, reading.frame, drop), reading.notes)
    except PermissionError:
        raise WrongUsage(f"{path} can't be read: ask for the right to read it") from None


def read_table(
    path: Path,
    target: str,
    *,
    positive: str | None = None,
    group: str | None = None,
    time: str | None = None,
    drop: Sequence[str] = (),
) -> tuple[Table, list[str]]:
    """Return a file as a table that can be measured (see `study.as_table`), and notes on how it was read.

    Raises
    ------
    WrongUsage
        When the file or one of its columns can't be used, in one sentence.
    """
    for option, name in (("--target", target), ("--group", group), ("--time", time)):
        if name is not None and name in drop:
            raise WrongUsage(f"{name!r} is named with `{option}` and with `--drop`: choose one of them")
    reading = read_frame(path, (group, time), target, drop)
    frame = reading.frame
    if target in frame:
        frame = frame.assign(**{target: _classes(frame[target], positive)})
    try:
        table = as_table(frame, target, positive=positive, group=group, time=time)
    except ValueError as error:
        raise WrongUsage(in_words(path, error)) from None
    others = sorted(set(frame[target][table.y == 0].astype(str).str.strip()))
    if len(others) == 1:
        return table, reading.notes
    return table, [*reading.notes, f"All other values of {target!r} count as negative: {some(others)}."]


def _classes(values: pd.Series, positive: str | None) -> pd.Series:
    """Return a target in which NA or none is missing, unless it's named as the positive value or is one of two."""
    if is_numeric_dtype(values):
        return values
    text = values.map(lambda one: one.strip() if isinstance(one, str) else one, na_action="ignore").astype(object)
    nothing = text.isin(_NO_VALUE)
    named = positive is not None and positive.strip().casefold() in {word.casefold() for word in _NO_VALUE}
    if named or not nothing.any() or text[~nothing].nunique() == 1:
        return values
    left = values.mask(nothing)
    numbers = pd.to_numeric(left.astype(object), errors="coerce")
    return numbers if numbers.count() == left.count() else left


def in_words(path: Path, error: ValueError) -> str:
    """Return what is wrong with a table as the sentence of the command."""
    said = str(error).replace("name the positive one", "name the positive one with `--positive`")
    said = said.replace("name it as the time", "name it with `--time`")
    said = said.replace(
        "name the group or the time, not both", "measure with `--group` or with `--time`, not with both"
    )
    said = said.replace("name no time", "measure without `--time`")
    said = said.replace("use fewer folds", "collect more positives, or measure without `--time` or `--group`")
    what_to_do = re.sub(r"'[^']*'", "", said).split(": ")[-1]  # without the columns' names
    leaves_out = re.search(r"\bdrop\b", what_to_do) and "rows" not in what_to_do
    return f"in {path}, {said}" + (f" ({_LEAVE_OUT})" if leaves_out else "")


def _without(path: Path, frame: pd.DataFrame, drop: Sequence[str]) -> pd.DataFrame:
    unknown = [name for name in drop if name not in frame]
    if unknown:
        raise WrongUsage(f"{path} has no column {unknown[0]!r} to drop; it has {', '.join(map(repr, frame))}")
    return frame.drop(columns=list(drop))


class _Layout(NamedTuple):
    """How a file in CSV is laid out; a column without a name has an empty one."""

    skip: int
    separator: str
    names: list[str]
    extra: bool  # whether rows have one value more than there are names


def _csv(path: Path, file: Opened, as_text: Sequence[str | None], target: str | None) -> Reading:
    encoding = encoding_of(path, file)
    notes = ["The file isn't in UTF-8, so it was read as Windows-1252."] if encoding == "cp1252" else []
    layout = _layout(path, file, encoding)
    if _look_like_values(layout.names):
        raise WrongUsage(f"the first line of {path} looks like values: write a line with the columns' names above it")
    twice = [name for name, count in Counter(layout.names).items() if name and count > 1]
    if twice:
        raise WrongUsage(f"{path} has the column {twice[0]!r} more than once: rename one")
    names = [name or f"Unnamed: {place}" for place, name in enumerate(layout.names)]
    options: dict[str, Any] = {"sep": layout.separator, "skiprows": layout.skip, "encoding": encoding}
    words = {name: _EMPTY if name in (target, *as_text) else _EMPTY | _NO_VALUE for name in (*names, _ROW_NAME)}
    options |= {"keep_default_na": False, "na_values": words}
    kept: dict[str, Any] = {name: str for name in names if name in as_text}
    first = [_ROW_NAME] if layout.extra else []
    frame = _read(path, file, **options, names=[*first, *names], dtype=kept)
    if layout.extra and frame.iloc[:, -1].isna().all():  # a separator at the end of every line but the first
        first, last = [], [_ROW_NAME]
        frame = _read(path, file, **options, names=[*names, *last], dtype=kept)
    elif layout.extra:
        last = []
        if not frame[_ROW_NAME].is_unique:
            raise WrongUsage(
                f"the rows of {path} have more values than there are column names: name each column, or write a value "
                'that has a separator in it as "Ulm, east", without a space or a backslash at the quotation marks'
            )
        notes.append("The first value of each row has no column name, so it was left out as the row's name.")
    else:
        last = []
    all_names = [*first, *names, *last]
    frame = frame.drop(columns=[*first, *last])
    blank = [name for name, written in zip(names, layout.names, strict=True) if not written]
    frame = frame.drop(columns=[name for name in blank if frame[name].isna().all()])
    if frame.iloc[:, -1].isna().any() or any(_has_lines(frame[name]) for name in frame):
        _require_whole_rows(path, file, encoding, layout, all_names.index(frame.columns[-1]) + 1)
    if blank and blank[0] == names[0] and names[0] in frame and _counts(frame[names[0]]):
        frame = frame.drop(columns=names[0])
        notes.append("The first column has no name and numbers the rows, so it was left out.")
    raw = pd.DataFrame()
    if layout.separator != "," or any(_has_commas(frame[name]) for name in frame):
        # A dot in a number may separate thousands, and only the text shows that.
        floats = {name: str for name in frame if is_float_dtype(frame[name])}
        raw = _read(path, file, **options, names=all_names, dtype=kept | floats)[list(floats)]
    reading = _with_numbers(path, frame, raw, layout.separator, (*as_text, target))
    return Reading(reading.frame, notes + reading.notes)


def _read(path: Path, file: Opened, **options: Any) -> pd.DataFrame:
    try:
        with warnings.catch_warnings(), file.stream() as stream:
            warnings.simplefilter("ignore")
            frame: pd.DataFrame = pd.read_csv(stream, header=0, index_col=False, low_memory=False, **options)
            return frame
    except (ValueError, OSError, EOFError, pd.errors.ParserError) as error:
        said = str(error)
        if found := re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", said):
            names, line, values = map(int, found.groups())
            raise WrongUsage(_wrong_line(path, line, values, names)) from None
        if "EOF inside string" in said:
            raise WrongUsage(f"{path} has a quotation mark that isn't closed: close or delete it") from None
        reason = said.strip().splitlines()[0].rstrip(".").replace(": ", ", ") if said.strip() else "no rows"
        raise WrongUsage(f"{path} isn't a table that can be read ({reason}): name one in CSV or Parquet") from None


def _layout(path: Path, file: Opened, encoding: str) -> _Layout:
    """Return how a file is laid out, by its first lines.

    The separator is the one that most lines have as often as the first one.
    """
    with _lines(path, file, encoding) as lines:
        named = _SEPARATOR_LINE.fullmatch(next(lines, "").rstrip("\n"))  # as Excel writes and reads it
    possible = named[1] if named else _SEPARATORS
    records: dict[str, list[tuple[int, list[str]]]] = {}
    for one in possible:
        with _lines(path, file, encoding) as lines:
            records[one] = _records(islice(lines, int(bool(named)), None), one)
    if not any(records.values()):
        raise WrongUsage(f"{path} is empty: name a table with a row of column names and rows of values")
    best = max(possible, key=lambda one: (_alike(records[one]) >= _SHARE_ALIKE, _width(records[one])))
    names = [name.strip() for name in records[best][0][1]]
    if len(names) < 2:
        widths = [Counter(len(values) for _, values in found).most_common(1)[0] for found in records.values() if found]
        if any(width > 1 and often >= _SHARE_ALIKE * len(records[best]) for width, often in widths):
            raise WrongUsage(f"the first line of {path} isn't a row of column names: delete the lines above the names")
        raise WrongUsage(_one_column(path))
    longer = [(line, len(values)) for line, values in records[best][1:] if len(values) > len(names)]
    extra = len(longer) >= _SHARE_ALIKE * len(records[best][1:]) and {width - len(names) for _, width in longer} == {1}
    if longer and not extra:
        line, width = longer[0]
        raise WrongUsage(_wrong_line(path, line + bool(named), width, len(names)))
    names = ["" if _NO_NAME.fullmatch(name) else name for name in names]
    return _Layout(int(bool(named)), best, names, extra)


def _look_like_values(names: list[str]) -> bool:
    """Whether most names are numbers, and not such as name columns: years, wavelengths, or places from 0."""
    numbers = [float(name.replace(",", ".")) for name in names if _A_NUMBER.fullmatch(name)]
    if not numbers or 2 * len(numbers) < sum(map(bool, names)):
        return False
    steps = np.diff(numbers)
    years = all(number in _YEARS for number in numbers) and len(set(numbers)) == len(numbers)
    even = (steps > 0).all() and np.allclose(steps, steps[:1]) and (len(steps) > 1 or (steps == 1).all())
    return not (years or even or (len(steps) >= _MANY_STEPS and (steps > 0).all()))


@contextmanager
def _lines(path: Path, file: Opened, encoding: str) -> Iterator[Iterator[str]]:
    """Give a file's lines of text, whole ones however long they are."""

    def each(text: io.TextIOWrapper) -> Iterator[str]:
        while line := text.readline(_LONGEST_LINE + 1):
            if len(line) > _LONGEST_LINE:
                raise WrongUsage(
                    f"{path} has a line of more than {_LONGEST_LINE:,} characters: write each row on a line of its own"
                )
            yield line.removeprefix("\ufeff")

    with file.stream() as stream, io.TextIOWrapper(stream, encoding, errors="replace") as text:
        yield each(text)


def _records(lines: Iterator[str], separator: str) -> list[tuple[int, list[str]]]:
    """Return the first records that aren't empty, with the numbers of their lines, as lists of values.

    None of them is cut, as the names of a wide table alone can be longer than the text that is enough otherwise.
    """
    found: list[tuple[int, list[str]]] = []
    size = 0
    reader = csv.reader(lines, delimiter=separator)
    with contextlib.suppress(csv.Error):
        for values in reader:
            found += [(reader.line_num, values)] if values else []
            size += sum(map(len, values)) + len(values)
            if len(found) == _RECORDS or (len(found) >= _FEWEST_RECORDS and size > _ENOUGH_TEXT):
                break
    return found


def _width(records: list[tuple[int, list[str]]]) -> int:
    return len(records[0][1]) if records else 0


def _alike(records: list[tuple[int, list[str]]]) -> float:
    """Return the share of lines with as many values as there are names, or with one more, which has no name."""
    return float(np.mean([len(values) - _width(records) in (0, 1) for _, values in records])) if records else 0.0


def _one_column(path: Path) -> str:
    return f"{path} has one column only: name a table, in CSV with commas, semicolons, tabs, or bars, or in Parquet"


def _wrong_line(path: Path, line: int, values: int, names: int) -> str:
    return (
        f"line {line} of {path} has {values} values, and there are {names} column names: correct the line, or delete "
        "lines above the names (a value that has a separator in it needs quotes right around it)"
    )


def _require_whole_rows(path: Path, file: Opened, encoding: str, layout: _Layout, width: int) -> None:
    """Refuse a row that lacks values, and rows that two stray quotation marks have made one value."""
    after_names = False
    with _lines(path, file, encoding) as lines:
        for start, end, values in _strict_records(islice(lines, layout.skip, None), layout.separator):
            first, last = start + layout.skip, end + layout.skip
            if last > first and (values is None or any(_has_rows(one, layout) for one in values)):
                raise WrongUsage(
                    f"{path} has a quotation mark in line {first} that makes one value of all lines to line {last}: "
                    "delete it"
                )
            if values and any(map(str.strip, values)):
                if after_names and len(values) < width:
                    raise WrongUsage(
                        f"line {last} of {path} ends after {len(values)} of {width} values: write a separator for each "
                        "value that is missing, or delete the line"
                    )
                after_names = True


def _strict_records(lines: Iterator[str], separator: str) -> Iterator[tuple[int, int, list[str] | None]]:
    """Yield each record with the first and the last of its lines; it's None where text follows a quotation mark."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            values: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:
            values = None
        yield start, reader.line_num, values


def _has_lines(column: pd.Series) -> bool:
    return not is_numeric_dtype(column) and bool(column.astype(str).str.contains(r"[\r\n]").any())


def _has_rows(value: str, layout: _Layout) -> bool:
    """Whether a value has a few lines that would be rows of the table; somebody's text hardly has them."""
    inner = value.split("\n")[1:-1]
    return len(inner) >= _FEWEST_ROWS_IN_A_VALUE and all(
        line.count(layout.separator) + 1 - len(layout.names) in (0, 1) for line in inner
    )


def _counts(column: pd.Series) -> bool:
    """Whether a column numbers the rows, one after another."""
    return is_integer_dtype(column) and column.iloc[0] in (0, 1) and bool((column.diff()[1:] == 1).all())


def _has_commas(column: pd.Series) -> bool:
    return not is_numeric_dtype(column) and bool(column.astype(str).str.contains(r"\d,\d").any())


def _with_numbers(
    path: Path, frame: pd.DataFrame, raw: pd.DataFrame, separator: str, keep: Sequence[str | None]
) -> Reading:
    kept = [name for name in frame if name in keep]
    found = numbers_in(frame.drop(columns=kept), raw.drop(columns=kept, errors="ignore"), separator)
    if found.refused:
        raise WrongUsage(f"in {path}, {found.refused[0]} ({_LEAVE_OUT})")
    return Reading(frame.assign(**found.converted), found.notes)
