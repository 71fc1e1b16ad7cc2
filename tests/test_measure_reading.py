"""`course measure` reads tables as people have them: rightly, or it says in one sentence what to do."""

from __future__ import annotations

import bz2
import datetime
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from coursework.measured_report import packed_file, table_file
from coursework.measured_report.table_file import read_frame, read_table
from imbalanced_course.errors import WrongUsage
from imbalanced_course.study import Table, as_table

TOWNS = ["Köln", "Süd", "Ost", "Ulm"]
TOWN = [TOWNS[n % 4] for n in range(40)]
ILL = [int(n % 8 == 0) for n in range(40)]
DOSE = [round(n / 8 - 1.5, 3) for n in range(40)]
PLAIN = pd.DataFrame({"dose": DOSE, "town": TOWN, "ill": ILL})


def comma(frame: pd.DataFrame = PLAIN, **options: Any) -> str:
    return frame.to_csv(index=False, **options)


def zipped(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return packed.getvalue()


def write(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, content: str | bytes, name: str = "table.csv", **options: Any) -> tuple[Table, list[str]]:
    path = write(folder, content, name)
    return read_table(path, options.pop("target", "ill"), **options)


AS_PLAIN: dict[str, str | bytes] = {
    "commas": comma(),
    "semicolons and decimal commas": comma(sep=";", decimal=","),
    "tabs": comma(sep="\t"),
    "tabs and decimal commas": comma(sep="\t", decimal=","),
    "bars": comma(sep="|"),
    "commas between values and in them": comma(decimal=","),
    "a line that names the separator": "sep=;\n" + comma(sep=";"),
    "Latin-1": comma().encode("latin-1"),
    "a byte order mark": comma().encode("utf-8-sig"),
    "UTF-16": comma().encode("utf-16"),
    "UTF-16 without a mark": comma().encode("utf-16-le"),
    "gzip": gzip.compress(comma().encode()),
    "bzip2": bz2.compress(comma().encode()),
    "xz": lzma.compress(comma().encode()),
    "a ZIP file of macOS": zipped(table=comma(), **{"__MACOSX/table": "x"}),
    "lines of old Macs": comma().replace("\n", "\r"),
    "empty lines": comma().replace("\n", "\n\n"),
    "an index": PLAIN.to_csv(),
    "row names of R": comma().split("\n", 1)[0] + "\n" + PLAIN.to_csv(header=False),
    "separators at the end": comma().replace("\n", ",\n"),
    "separators at the end of rows": comma().replace("\n", ",\n").replace("ill,", "ill", 1),
    "separators at the end of all lines but the last": comma().replace("\n", ",\n", 40),
    "spaces around": comma().replace(",", " , "),
}


@pytest.mark.parametrize("what", AS_PLAIN)
def test_the_same_table_is_read_however_it_was_saved(what: str, tmp_path: Path):
    table, _ = read(tmp_path, AS_PLAIN[what])
    assert (table.numbers, table.categories, table.y.tolist()) == (["dose"], ["town"], ILL)
    assert table.X["dose"].tolist() == DOSE
    assert table.X["town"].tolist() == TOWN


NUMBERS: dict[str, tuple[str, list[str], list[float]]] = {
    "thousands": (",", ["1,234", "950", "12,500,000", "7"], [1234, 950, 12_500_000, 7]),
    "thousands and a decimal comma": (";", ["1.234,5", "950", "0,5", "7"], [1234.5, 950, 0.5, 7]),
    "spaces between thousands": (",", ["1\u202f234", "950", "12 500", "7"], [1234, 950, 12_500, 7]),
    "apostrophes between thousands": (",", ["1'234.5", "950", "12'500", "7"], [1234.5, 950, 12_500, 7]),
    "percent": (",", ["12%", "5 %", "0", "99.5%"], [12, 5, 0, 99.5]),
    "dollars": (",", ["$1,234.50", "-$3", "$4", "$0.5"], [1234.5, -3, 4, 0.5]),
    "euros": (";", ["1.234,50 €", "3,00 €", "4 €", "0,5 €"], [1234.5, 3, 4, 0.5]),
    "a unit": (",", ["36 months", "60 months", "12 months", "48 months"], [36, 60, 12, 48]),
    "minus signs of print": (",", ["−3", "2", "1", "4"], [-3, 2, 1, 4]),
}


@pytest.mark.parametrize("what", NUMBERS)
def test_numbers_are_read_as_people_write_them(what: str, tmp_path: Path):
    separator, written, numbers = NUMBERS[what]
    table, _ = read(tmp_path, comma(PLAIN.assign(pay=written * 10), sep=separator))
    assert table.X["pay"].tolist() == numbers * 10


def test_a_dot_separates_thousands_where_another_column_has_decimal_commas(tmp_path: Path):
    frame = PLAIN.assign(pay=["1.234", "950", "12.500", "7"] * 10)
    table, _ = read(tmp_path, comma(frame, sep=";", decimal=","))
    assert table.X["pay"].tolist() == [1234, 950, 12_500, 7] * 10


def test_what_stands_for_a_missing_number_is_missing_and_told(tmp_path: Path):
    table, notes = read(tmp_path, comma(PLAIN.assign(age=["?", "30", "41", "unknown"] * 10)))
    assert table.X["age"].isna().sum() == 20
    assert notes == ["In 'age', '?', 'unknown' counts as missing."]


SEATS = [f"{row}{seat}" for row in range(1, 11) for seat in "ABCD"]


@pytest.mark.parametrize(
    "values", [["0", "1", "2", "3+"], ["1 year", "2 years", "A", "B"], ["a1", "a2", "a3", "a4"], SEATS]
)
def test_codes_stay_categories(values: list[str], tmp_path: Path):
    codes = (values * 10)[:40]
    table, _ = read(tmp_path, comma(PLAIN.assign(code=codes)))
    assert table.X["code"].tolist() == codes


@pytest.mark.parametrize(
    "values",
    [["$5", "€5", "$7", "€7"], ["USD 9", "EUR 9", "-USD 5", "0"], ["5 €", "5 $", "7 €", "0"], ["$5", "5", "$7", "7"]],
)
def test_amounts_of_different_currencies_are_not_read_as_one(values: list[str], tmp_path: Path):
    table, _ = read(tmp_path, comma(PLAIN.assign(pay=values * 10)))
    assert table.X["pay"].tolist() == values * 10


POSITIVE = {
    "Ja": ("Ja", "Nein"),
    "yes": (" yes", " no"),
    "True": ("True", "False"),
    "t": ("t", "f"),
    "1": ("1.0", "0.0"),
    "Y": ("Y", "N"),
    "sick": ("sick", "well"),
}


@pytest.mark.parametrize("value", POSITIVE)
def test_the_positive_value_is_found_and_named(value: str, tmp_path: Path):
    one, other = POSITIVE[value]
    table, _ = read(tmp_path, comma(PLAIN.assign(ill=[one if ill else other for ill in ILL])))
    assert (table.positive, table.y.tolist()) == (value, ILL)


@pytest.mark.parametrize(("one", "other"), [("yes", "no"), ("1", "-1"), ("Ja", "Nein")])
def test_yes_is_positive_even_if_most_rows_have_it(one: str, other: str, tmp_path: Path):
    table, _ = read(tmp_path, comma(PLAIN.assign(ill=[other if ill else one for ill in ILL])))
    assert (table.positive, table.y.sum()) == (one, 35)


@pytest.mark.parametrize("named", ["1", "1.0", "yes", "YES"])
def test_a_positive_value_is_named_as_it_is_meant(named: str, tmp_path: Path):
    values = ("yes", "no") if "e" in named.lower() else ("1.0", "0.0")
    table, _ = read(tmp_path, comma(PLAIN.assign(ill=[values[1 - ill] for ill in ILL])), positive=named)
    assert table.y.tolist() == ILL


@pytest.mark.parametrize("nothing", ["NA", "None", "null", "n/a"])
@pytest.mark.parametrize("named", [True, False])
def test_a_class_can_have_a_name_that_stands_for_nothing(nothing: str, named: bool, tmp_path: Path):
    frame = PLAIN.assign(ill=[nothing if ill else "EU" for ill in ILL])
    table, _ = read(tmp_path, comma(frame), positive=nothing.lower() if named else None)
    assert (table.positive, table.y.tolist()) == (nothing, ILL)


def test_a_target_without_a_name_for_its_other_class_is_told(tmp_path: Path):
    with pytest.raises(WrongUsage, match="is 'Y', or missing in 35 rows: if missing is the other class, write a word"):
        read(tmp_path, comma(PLAIN.assign(ill=["Y" if ill else "" for ill in ILL])))
    with pytest.raises(WrongUsage, match="the target 'ill' is missing in 20 rows: drop these rows"):
        read(tmp_path, comma(PLAIN.assign(ill=["1", "0", "NA", "None"] * 10)))


def test_groups_are_told_apart_by_their_names_and_not_by_how_they_are_written(tmp_path: Path):
    who = ["NA", "None", "C1", "C1 ", "1", "1.0", "2", "3"]
    table, _ = read(tmp_path, comma(PLAIN.assign(who=who * 5)), group="who")
    assert len(set(table.together)) == 6
    with pytest.raises(WrongUsage, match="the group 'who' is missing in 20 rows"):
        read(tmp_path, comma(PLAIN.assign(who=["a", " "] * 20)), group="who")


@pytest.mark.parametrize("names", [["0", "1", "2"], ["2020", "2019", "2022"], ["0.1", "0.5", "0.9"], ["5", "a", "b"]])
def test_numbers_can_be_names_of_columns(names: list[str], tmp_path: Path):
    table, _ = read(tmp_path, comma(PLAIN.set_axis(names, axis=1)), target=names[-1])
    assert list(table.X) == names[:2]


def test_text_of_many_lines_is_no_stray_quotation_mark(tmp_path: Path):
    said = "Hello,\nI am ill, and old, too.\nThe end, and so on, ever."
    table, _ = read(tmp_path, comma(PLAIN.assign(town=[f"{said}\n{town}, {town}" for town in TOWN])))
    assert len(table.y) == 40


def test_what_counts_as_negative_is_told_where_there_are_more_values(tmp_path: Path):
    _, notes = read(tmp_path, comma(PLAIN.assign(ill=["yes", "no", "unknown", "no", "no"] * 8)), positive="yes")
    assert notes == ["All other values of 'ill' count as negative: 'no', 'unknown'."]


DAYS = pd.date_range("2024-01-09", periods=40)
MONTHS = pd.date_range("2022-02-01", periods=40, freq="MS")
TIMES = {
    "days first": list(DAYS.strftime("%d/%m/%Y")),
    "days first, with dots and a time": list(DAYS.strftime("%d.%m.%y, %H:%M")),
    "times of day before days": list(DAYS.strftime("%H:%M %d/%m/%Y")),
    "names of days": list(DAYS.strftime("%a, %d.%m.%Y")),
    "months first": list(DAYS.strftime("%m/%d/%Y")),
    "names of months": list(DAYS.strftime("%b %d, %Y")),
    "ISO 8601": list(DAYS.strftime("%Y-%m-%d")),
    "time zones": [f"{day:%Y-%m-%dT12:00:00}{'Z' if day.day % 2 else '+02:00'}" for day in DAYS],
    "months": [f"{n % 12 + 1:02}.{2020 + n // 12}" for n in range(40)],
    "names of months with an apostrophe": [f"{day:%b} '{day:%y}" for day in MONTHS],
    "names of months and two digits that are no day": [
        f"{n % 12 + 1:02}/{(90 + n // 12) % 100:02}" for n in range(80, 120)
    ],
    "names of months with years": list(MONTHS.strftime("%b-%Y")),
    "years before names of months": list(MONTHS.strftime("%Y-%b")),
    "days, names of months, and years of two digits": [f"31-Dec-{n % 100:02}" for n in range(80, 120)],
    "names of months, days, and years of two digits": [f"Dec 31, {n % 100:02}" for n in range(80, 120)],
    "quarters": [f"{2010 + n // 4}Q{n % 4 + 1}" for n in range(40)],
    "days in digits": list(DAYS.strftime("%Y%m%d")),
    "numbers": [str(n / 4) for n in range(40)],
    "separated thousands": [f"{999_990 + n:,}" for n in range(40)],
    "thousands of the same length": [f"{1000 + n:,}" for n in range(40)],
    "decimal commas": [f"{n / 8:g}".replace(".", ",") for n in range(40)],
    "years of two centuries": [f"31.12.{n % 100:02}" for n in range(80, 120)],
    "years of two centuries, with hyphens": [f"31-12-{n % 100:02}" for n in range(80, 120)],
}


@pytest.mark.parametrize("what", TIMES)
def test_times_are_in_their_order(what: str, tmp_path: Path):
    table, _ = read(tmp_path, comma(PLAIN.assign(day=TIMES[what])), time="day")
    assert table.time is not None
    assert table.time.tolist() == list(range(1, 41))


def with_quotes(*changes: tuple[int, str, str]) -> str:
    lines = comma().splitlines(keepends=True)
    for line, old, new in changes:
        lines[line] = lines[line].replace(old, new)
    return "".join(lines)


def mixed(odd: Callable[[int], str], rest: float | str = 0) -> str:
    """Return a table with a column of numbers of which a third are odd, with another decimal or unit if it's given."""
    usual = (lambda n: f"{n}{rest}") if isinstance(rest, str) else (lambda n: f"{n + rest:g}")
    return comma(PLAIN.assign(x=[usual(n) if n % 3 else odd(n) for n in range(40)]))


REFUSED: dict[str, tuple[str | bytes, str]] = {
    "two files": (zipped(a=comma(), b=comma()), "has 2 files in it"),
    "a broken archive": (gzip.compress(comma().encode())[:60], "can't be unpacked"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an Excel workbook: save the table as CSV"),
    "Zstandard": (b"\x28\xb5\x2f\xfd", "is packed with Zstandard: unpack it first"),
    "a PDF": (b"%PDF-1.4\n", "is a PDF"),
    "a web page": ("<!DOCTYPE html>\n<p>dose,ill</p>", "is a web page"),
    "JSON": ('[{"dose": 1, "ill": 0}]', "is JSON"),
    "a title above the names": ("Report of 2024\n\n" + comma(), "delete the lines above the names"),
    "a name twice": (comma().replace("town", "dose", 1), "has the column 'dose' more than once"),
    "a value too many": (comma() + "1,2,Ulm,0\n", "line 42 of"),
    "a value too many at first": (comma().replace("Süd", "S,d", 1), "line 3 of"),
    "a name too few": (comma().replace(",town", "", 1).replace("-1", "1"), "more values than there are column names"),
    "two stray quotation marks": (
        with_quotes((6, "Süd", '"Süd'), (29, "Köln", '"Köln')),
        "in line 7 that makes one value",
    ),
    "quotation marks around lines": (with_quotes((6, "Süd", '"Süd'), (29, "Köln", 'Köln"')), "of all lines to line 30"),
    "two stray quotation marks in a row": (
        with_quotes((2, "Süd", '"Süd'), (3, "Ost", '"Ost')),
        "of all lines to line 4",
    ),
    "a value too few": (comma() + "1,Ulm\n", "line 42 of"),
    "a few values too few": (comma().replace(",Süd,0", "", 4), "ends after 1 of 3 values"),
    "a value too few after the row's name": (
        comma().split("\n", 1)[0] + "\n" + PLAIN.to_csv(header=False) + "40,1,Ulm\n",
        "line 42 of",
    ),
    "no names": (comma(PLAIN.assign(age=range(40, 80)), header=False), "looks like values: write a line with the"),
    "no names, but equal values": ("1,1,1\n" * 40, "looks like values: write a line with the"),
    "spaces before quotation marks": (comma().replace("Süd", ' "hi, Süd"'), "needs quotes right around it"),
    "an open quotation mark": (comma() + '1,"Ulm,0\n', "quotation mark that isn't closed"),
    "numbers and text": (comma().replace("\n", "\nhigh,Ulm,0\n", 1), "has numbers, and also text such as 'high'"),
    "numbers and limits": (mixed(lambda n: "<5"), "has numbers, and also text such as '<5': make the text a number"),
    "numbers and words": (mixed(lambda n: "refused"), "also text such as 'refused'"),
    "numbers in brackets": (mixed(lambda n: f"({n})"), "also text such as '(0)', '(3)', '(6)', and 11 more"),
    "thousands with a letter": (mixed(lambda n: f"{n + 1}K"), "has numbers in different ways, such as '1' and '1K'"),
    "numbers with a sign after them": (mixed(lambda n: f"{n + 1}-"), "has numbers in different ways"),
    "two decimal marks": (mixed(lambda n: f"{n},5", 0.25), "has numbers in different ways, such as '1.25' and"),
    "one unit in two ways": (mixed(lambda n: f"{n + 1} kg", " Kg"), "in different ways, such as '1 Kg' and '1 kg'"),
    "an unclear dot": (
        comma(PLAIN.assign(dose=[f"{n}.500" for n in range(1, 41)]), sep=";"),
        "a thousand times as large",
    ),
    "one value in two ways": (comma(PLAIN.assign(ill=["yes", "no", "no", "Yes"] * 10)), "in the same way"),
    "infinite": (comma(PLAIN.assign(x=["inf", "1", "2", "3"] * 10)), "infinite values"),
    "huge": (comma(PLAIN.assign(x=["1e300", "1", "2", "3"] * 10)), "as large as 1e+300"),
    "numbers of twenty digits": (comma(PLAIN.assign(x=[*range(10**20, 10**20 + 40)])), "too long to keep their last"),
    "numbers of eighteen digits": (
        comma(PLAIN.assign(x=[*range(10**17, 10**17 + 40)])),
        "'x' has whole numbers such as",
    ),
    "months": (comma(PLAIN.assign(x=["2024-01", "2024-02"] * 20)), "'x' holds dates"),
    "months before years": (comma(PLAIN.assign(x=["01/2024", "12/2023"] * 20)), "'x' holds dates"),
    "names of months": (comma(PLAIN.assign(x=[*MONTHS.strftime("%b-%y")])), "'x' holds dates"),
    "quarters": (comma(PLAIN.assign(x=["2020Q1", "2020Q2"] * 20)), "'x' holds dates"),
    "weeks": (comma(PLAIN.assign(x=["2020-W05", "2020-W06"] * 20)), "'x' holds dates"),
    "days and months": (comma(PLAIN.assign(x=[*DAYS.strftime("%d.%m.")])), "'x' holds dates"),
    "days in digits": (comma(PLAIN.assign(x=[*DAYS.strftime("%Y%m%d")])), "'x' holds dates"),
    "days of a log": (comma(PLAIN.assign(x=[*DAYS.strftime("%d/%b/%Y:10:00:00")])), "'x' holds dates"),
    "days without spaces": (comma(PLAIN.assign(x=[*DAYS.strftime("%d%b%Y")])), "'x' holds dates"),
    "times of day": (comma(PLAIN.assign(x=["9:05", "10:30"] * 20)), "'x' holds times of day: make numbers of it"),
    "times with pm": (comma(PLAIN.assign(x=["9:05 pm", "10:30 am"] * 20)), "'x' holds times of day"),
    "few dates": (comma(PLAIN.assign(x=["3.12.2024", "4.12.2024"] * 20)), "'x' holds dates"),
    "dates of two time zones": (comma(PLAIN.assign(x=TIMES["time zones"])), "'x' holds dates"),
    "known for positives only": (comma(PLAIN.assign(x=[n if ILL[n] else "" for n in range(40)])), "'x' alone gives"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(what: str, tmp_path: Path):
    content, words = REFUSED[what]
    with pytest.raises(WrongUsage) as refused:
        read(tmp_path, content)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_workbook_is_known_by_what_is_in_it(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "table.csv", "w") as archive:
        archive.writestr("xl/workbook.xml", "")
    with pytest.raises(WrongUsage, match="is an Excel workbook: save the table as CSV"):
        read_table(tmp_path / "table.csv", "ill")


def test_a_file_that_is_large_when_it_is_unpacked_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packed_file, "MOST_BYTES", 10_000)
    for content in (gzip.compress(b"1,0\n" * 5000), zipped(table="1,0\n" * 5000)):
        with pytest.raises(WrongUsage, match="save a random sample of its rows"):
            read(tmp_path, content)


@pytest.mark.parametrize("what", ["names", "names of rows", "packed", "UTF-16", "a line that names the separator"])
def test_no_column_of_a_wide_table_is_lost(what: str, tmp_path: Path):
    genes = [f"gene {n} {'x' * 4000}" for n in range(60)]  # 240 kB of names, more than the start of a file that is read
    wide = pd.DataFrame({name: [n * row % 7 for row in range(40)] for n, name in enumerate(genes, 1)}).assign(ill=ILL)
    text = comma(wide)
    content: dict[str, str | bytes] = {
        "names": text,
        "names of rows": text.split("\n", 1)[0] + "\n" + wide.to_csv(header=False),
        "packed": gzip.compress(text.encode()),
        "UTF-16": text.encode("utf-16"),
        "a line that names the separator": "sep=;\n" + comma(wide, sep=";"),
    }
    table, _ = read(tmp_path, content[what])
    assert table.numbers == genes
    assert table.X[genes[-1]].tolist() == wide[genes[-1]].tolist()


def test_names_of_rows_are_known_where_one_row_is_longer_than_the_start_of_a_file(tmp_path: Path):
    texts = {f"text {n}": [f"{row} {'x' * 10_000}" for row in range(40)] for n in range(30)}
    wide = pd.DataFrame(texts).assign(ill=ILL)
    content = comma(wide).split("\n", 1)[0] + "\n" + wide.to_csv(header=False)
    frame = read_frame(write(tmp_path, content)).frame
    assert frame.columns.tolist() == wide.columns.tolist()
    assert frame["ill"].tolist() == ILL


def test_a_file_in_one_endless_line_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(table_file, "_LONGEST_LINE", 1000)
    with pytest.raises(WrongUsage, match="write each row on a line of its own"):
        read(tmp_path, "dose,ill," * 200)


TIME_REFUSED = {
    "an unclear month": (["03/04/2024", "05/04/2024"] * 20, "which number is the month"),
    "an unclear month after a time of day": (
        ["10:30 03/04/2024", "10:30 05/04/2024"] * 20,
        "which number is the month",
    ),
    "an unclear month after a day's name": (["Wed 03/04/2024", "Fri 05/04/2024"] * 20, "which number is the month"),
    "both orders": (["25/04/2024", "04/25/2024"] * 20, "which number is the month"),
    "an unclear year": (["24-01-05", "23-12-31", "24-02-01", "24-02-02"] * 10, "which number is the year"),
    "a comma": (["999", "1,000", "1,001", "1,002"] * 10, "such as '1,000', which can be one or a thousand times"),
    "a dot": (["999", "1.000", "1.001", "1.002"] * 10, "such as '1.000', which can be one or a thousand times"),
    "a day or a year": ([*MONTHS[:24].strftime("%b-%y")] + ["Feb-22"] * 16, "whether 22 is a day or a year"),
    "a day or a year, with a space": (["February 23", "Mar 24"] * 20, "whether 23 is a day or a year"),
    "a day or a year, in digits": (["2/23", "12/24"] * 20, "whether 23 is a day or a year"),
    "a year or a day": (list(MONTHS.strftime("%y-%b")), "values without a year, such as '22-Feb'"),
    "days without a year": (list(DAYS.strftime("%d %b")), "values without a year, such as '09 Jan'"),
    "days without a year, with a time": (list(DAYS.strftime("%d %b 10:30")), "values without a year"),
    "days without a year, in digits": (list(DAYS.strftime("%d.%m")), "values without a year, such as '09.01'"),
    "days without a year, with two dots": (list(DAYS.strftime("%d.%m.")), "values without a year, such as '09.01.'"),
    "one day without a year": ([*DAYS[:39].strftime("%d %b %Y"), "3 May"], "values without a year, such as '3 May'"),
    "years last": (list(DAYS.strftime("%d%m%Y")), "in which the year isn't first"),
    "times of day": (["19:00", "7:30"] * 20, "times of day such as '19:00'"),
    "names": (TOWN, "neither numbers nor dates, such as 'Köln'"),
}


@pytest.mark.parametrize("what", TIME_REFUSED)
def test_a_time_that_would_have_to_be_guessed_is_refused(what: str, tmp_path: Path):
    values, words = TIME_REFUSED[what]
    with pytest.raises(WrongUsage, match=words):
        read(tmp_path, comma(PLAIN.assign(day=values)), time="day")


@pytest.mark.parametrize(
    "options",
    [{"group": "ill"}, {"time": "ill"}, {"group": "town", "time": "town"}, {"group": "town", "drop": ["town"]}],
)
def test_a_column_has_one_use_only(options: dict[str, Any], tmp_path: Path):
    with pytest.raises(WrongUsage, match=r"can't be two of|choose one of them"):
        read(tmp_path, comma(), **options)


def test_all_columns_of_text_are_named_at_once():
    frame = pd.DataFrame({"a": map(str, range(400)), "ill": [1, 0] * 200}).assign(a=lambda one: "n" + one["a"], b="x")
    frame["c"] = frame["a"]
    with pytest.raises(ValueError, match="'a', 'c' hold text with more than 100 different values: drop them"):
        as_table(frame, "ill")


def test_parquet_is_known_by_what_is_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    # The package that reads Parquet is nobody's dependency here, and pandas calls it.
    monkeypatch.setattr(pd, "read_parquet", lambda path: PLAIN.copy())
    (tmp_path / "table.csv").write_bytes(b"PAR1 ... PAR1")
    assert read_table(tmp_path / "table.csv", "ill")[0].X["dose"].tolist() == DOSE


@pytest.mark.parametrize("labels", [[10, 20, 30, 40], ["10", "20", "30", "40"]])
def test_categories_of_parquet_stay_categories_even_if_they_are_numbers(
    labels: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pd, "read_parquet", lambda path: PLAIN.assign(code=pd.Categorical(labels * 10)))
    table, _ = read(tmp_path, "PAR1")
    assert (table.numbers, table.categories) == (["dose"], ["town", "code"])
    assert table.X["code"].tolist() == ["10", "20", "30", "40"] * 10


def as_parquet(
    folder: Path, monkeypatch: pytest.MonkeyPatch, frame: pd.DataFrame, **options: Any
) -> tuple[Table, list[str]]:
    monkeypatch.setattr(pd, "read_parquet", lambda path: frame)
    return read(folder, "PAR1", **options)


@pytest.mark.parametrize(
    ("columns", "target"),
    [
        ([0, 1, 2], "2"),
        (pd.MultiIndex.from_tuples([("a", "x"), ("a", "y"), ("ill", "")]), "ill"),
        (["x", "y", "i "], "i"),
    ],
)
def test_names_of_columns_in_parquet_are_texts(columns: Any, target: str, tmp_path: Path, monkeypatch: Any):
    table, _ = as_parquet(tmp_path, monkeypatch, PLAIN.set_axis(columns, axis=1), target=target)
    assert table.y.tolist() == ILL
    assert all(isinstance(name, str) for name in table.X)


@pytest.mark.parametrize("index", [["day"], ["day", "visit"]])
def test_an_index_with_names_has_columns(index: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    frame = PLAIN.assign(day=DAYS[::-1], visit=range(40)).drop(columns=[] if "visit" in index else "visit")
    table, _ = as_parquet(tmp_path, monkeypatch, frame.set_index(index), time="day")
    assert table.time is not None
    assert table.time.tolist() == list(range(40, 0, -1))
    assert ("visit" in table.X) == ("visit" in index)


def test_a_category_that_no_row_has_is_no_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    classes = ["no", "yes", "maybe"]
    frame = PLAIN.assign(ill=pd.Categorical([classes[ill] for ill in ILL], categories=classes))
    table, _ = as_parquet(tmp_path, monkeypatch, frame)
    assert (table.positive, table.y.tolist()) == ("yes", ILL)
    with pytest.raises(WrongUsage, match="has one value only, 'no'"):
        as_parquet(tmp_path, monkeypatch, frame.assign(ill=pd.Categorical(["no"] * 40, categories=classes)))


def test_bytes_in_parquet_are_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    table, _ = as_parquet(tmp_path, monkeypatch, PLAIN.assign(town=[town.encode() for town in TOWN]))
    assert table.X["town"].tolist() == TOWN


@pytest.mark.parametrize(("value", "words"), [([1, 2], "has lists in it"), (b"\xff", "has bytes that are no text")])
def test_a_column_of_parquet_that_is_no_column_can_be_left_out(
    value: Any, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    frame = PLAIN.assign(odd=[value] * 40)
    with pytest.raises(WrongUsage, match=f"'odd' {words}: leave the column out with `--drop`"):
        as_parquet(tmp_path, monkeypatch, frame)
    assert "odd" not in as_parquet(tmp_path, monkeypatch, frame, drop=["odd"])[0].X


@pytest.mark.parametrize(
    ("content", "said", "words"),
    [
        ("PAR1", "Multiple matches for FieldRef.Name(x) in x: double", "has the column 'x' more than once: rename one"),
        ("PAR1", "whatever", "is in Parquet, but is broken or has columns that pandas can't read"),
        ("a,b", "Parquet magic bytes not found", "isn't a Parquet file"),
    ],
)
def test_why_parquet_cannot_be_read_is_said(
    content: str, said: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(path: Path) -> pd.DataFrame:
        raise ValueError(said)

    monkeypatch.setattr(pd, "read_parquet", fail)
    with pytest.raises(WrongUsage, match=words):
        read(tmp_path, content, "table.parquet")


def test_times_of_day_in_parquet_are_no_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    frame = PLAIN.assign(at=[datetime.time(n % 24, 30, 0, n) for n in range(40)])
    with pytest.raises(WrongUsage, match="times of day such as '00:30:00'"):
        as_parquet(tmp_path, monkeypatch, frame, time="at")


def test_days_in_numbers_that_are_not_in_their_order_are_refused():
    frame = PLAIN.assign(day=DAYS.strftime("%d%m%Y").astype(int))
    with pytest.raises(ValueError, match="in which the year isn't first"):
        as_table(frame, "ill", time="day")


def test_a_note_on_the_reading_is_said_and_not_only_written(tmp_path: Path):
    assert read(tmp_path, PLAIN.to_csv())[1] == [
        "The first column has no name and numbers the rows, so it was left out."
    ]
