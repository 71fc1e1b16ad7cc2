"""What the words of a figure say: the share in a title, the class in a legend, the feature on an axis."""

from __future__ import annotations

import re

_NUMBER = r"\d+(?:[.,]\d+)*(?:e[-+]?\d+)?"
# Names that end in a number of their own, and say no share: "class 1", "feature_2", "Panel 3".
_NUMBERED = re.compile(r"\b(?:class|klasse|label|feature|merkmal|target|panel|set|plot|fig\w*|y|x)[\s_=#.]*\d\b", re.I)
_PERCENT = re.compile(rf"({_NUMBER})\s*(%|percent|per cent|prozent|‰)", re.I)
_PAIR = re.compile(rf"({_NUMBER})([:/]| [:/] |-|–| to | in |-in-| of | out of |-out-of-| vs\.? | zu )({_NUMBER})", re.I)
# Between two numbers these say a part of the whole: 1 in 10, 1/10, 1 out of 10.
_PART_OF = re.compile(r"in|of|/")
_RARE = re.compile(r"minor|rare|positiv|\bpos\b|fraud|few|true|minderheit|selten", re.I)
_COMMON = re.compile(r"major|mayor|common|negativ|\bneg\b|many|frequent|normal|honest|false|mehrheit|häufig", re.I)
_ONE_OF_SEVERAL = re.compile(
    r"feature|merkmal|column|spalte|variable|attribute|dimension|component|[012]|₀|₁|₂|\b(one|two|first|second)\b", re.I
)
_CLASS = re.compile(r"\b(?:class|klasse|label|target|y)[\s_=#]*([01](?:\.0)?(?!\d|[.,]\d)|zero|one|null|eins)", re.I)
_FEATURE = re.compile(r"feature|merkmal|column|spalte|^\s*\$?x_?\d?\$?\s*$", re.I)


def shares_in(title: str) -> list[set[float]]:
    """Return for each number of a title that says a share or a ratio the minority shares that it may mean.

    A ratio is majority over minority. Only a part of the whole is also taken loosely: 1 in 10 or 1/10, not 1:10.
    """
    return _shares_in(title, loosely=False)


def says_share(title: str, share: float) -> bool:
    """Return whether a title says a share, or the ratio that belongs to it."""
    return _is_among(share, shares_in(title))


def says_rows_per_minority(title: str, share: float) -> bool:
    """Return whether a title gives for a ratio all rows over the minority, such as 2:1 for an even dataset."""
    return not says_share(title, share) and _is_among(share, _shares_in(title, loosely=True))


def _is_among(share: float, found: list[set[float]]) -> bool:
    return any(abs(one - share) <= 0.025 * share for meant in found for one in meant)


def _shares_in(title: str, *, loosely: bool) -> list[set[float]]:
    rest = _NUMBERED.sub(" ", title.replace("\\", ""))
    found = []
    for match in _PAIR.finditer(rest):
        first, second = _value(match.group(1)), _value(match.group(3))
        one, other = sorted((first, second))
        part_of = first == one and bool(_PART_OF.search(match.group(2).lower()))
        if one > 0:
            found.append(_of_ratio(other / one, loosely=loosely or part_of))
    rest = _PAIR.sub(" ", rest)
    for match in _PERCENT.finditer(rest):
        share = _value(match.group(1)) / (1000 if match.group(2) == "‰" else 100)
        found.append({share, 1 - share})
    rest = _PERCENT.sub(" ", rest)
    for text in re.findall(_NUMBER, rest):
        number = _value(text)
        found.append({number, 1 - number, number / (1 + number)} if number < 1 else _of_ratio(number, loosely=loosely))
    return found


def class_in(text: str) -> int | None:
    """Return the class that an entry of a legend names, or None where it names neither or both."""
    rare, common = bool(_RARE.search(text)), bool(_COMMON.search(text))
    if rare != common:
        return int(rare)
    if numbered := _CLASS.search(text):  # before other numbers, as in "class 0: 5,000 rows"
        return int(numbered[1].lower() in ("1", "1.0", "one", "eins"))
    digit = re.search(r"(?<![\d.,])([01])(?:\.0)?(?![\d.,:%/])", re.sub(r"\([^)]*\)", "", text))
    return int(digit.group(1)) if digit else None


def is_feature(text: str) -> bool:
    """Return whether an entry of a legend names a feature."""
    return bool(_FEATURE.search(text))


def names_a_feature(label: str) -> bool:
    """Return whether the label of an axis names one of several features, by a word or by its number."""
    return bool(_ONE_OF_SEVERAL.search(label))


def first_feature_along(xlabel: str, ylabel: str) -> str | None:
    """Return the axis, "x" or "y", along which the labels put the first feature; None where they do not say."""
    digits = [re.findall(r"(?<!\d)([012])(?!\d)", label) for label in (xlabel, ylabel)]
    if any(len(found) != 1 for found in digits) or digits[0] == digits[1]:
        return None
    return "x" if digits[0] < digits[1] else "y"


def _of_ratio(ratio: float, *, loosely: bool) -> set[float]:
    return {1 / (1 + ratio), 1 / ratio} if loosely else {1 / (1 + ratio)}


def _value(text: str) -> float:
    """Return the number that a text says: a comma parts thousands where three digits follow, else decimals."""
    mantissa, _, exponent = text.lower().partition("e")
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", mantissa):
        mantissa = mantissa.replace(",", "")
    mantissa = mantissa.replace(",", ".")
    if mantissa.count(".") > 1:
        mantissa = mantissa.replace(".", "")
    return float(mantissa) * 10.0 ** int(exponent or 0)
