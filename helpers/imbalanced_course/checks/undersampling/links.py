"""Tomek links: by hand on ten points, then with the library on any."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from imbalanced_course.checks.compare import function, value
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, fresh_generator, task
from imbalanced_course.checks.telling import telling_inputs
from imbalanced_course.checks.values import describe, not_attempted

# The lesson's ten points; their answers below follow from these.
POINTS = np.column_stack(
    [[1.0, 2.0, 1.5, 2.4, 5.0, 6.2, 4.1, 5.0, 6.1, 7.3], [1.0, 1.5, 5.0, 5.6, 1.5, 2.2, 1.0, 5.0, 5.3, 6.2]]
)
TARGET = np.array([0, 0, 0, 1, 0, 1, 0, 0, 1, 1])


def neighbours(points: Any) -> np.ndarray:
    """Return the number of each row's nearest other row, shape (rows,)."""
    from sklearn.neighbors import NearestNeighbors

    nearest = NearestNeighbors(n_neighbors=2).fit(points).kneighbors(points, return_distance=False)
    return np.asarray(nearest)[:, 1]


def removed_by(X: Any, y: Any, strategy: str) -> list[int]:
    """Return the rows that the library's TomekLinks removes."""
    from imblearn.under_sampling import TomekLinks

    sampler = TomekLinks(sampling_strategy=strategy)
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_.tolist()))


def pairs_of(answer: Any) -> set[frozenset[int]] | None:
    """Return pairs of whole numbers, whatever holds them; None where they are no pairs."""
    try:
        items = [sorted(int(number) for number in pair) for pair in answer]
        exact = all(float(number) == int(number) for pair in answer for number in pair)
    except Exception:  # an answer can be any object
        return None
    return {frozenset(pair) for pair in items} if exact and all(len(pair) == 2 for pair in items) else None


def numbers_of(answer: Any) -> set[int] | None:
    """Return row numbers as a set, whatever holds them; None where they are none."""
    if isinstance(answer, (str, dict)):
        return None
    try:
        items = list(answer)
        if items and all(isinstance(one, (bool, np.bool_)) for one in items):
            return None
        numbers = {int(one) for one in items}
        return numbers if all(float(one) == int(one) for one in items) else None
    except Exception:  # an answer can be any object
        return None


def links_finding(links: Any) -> Finding:
    """Judge the pairs that the learner read off the picture."""
    if links is MISSING or not_attempted(links):
        return value("links", links, None)
    pairs, nearest = pairs_of(links), neighbours(POINTS)
    if pairs is None:
        said = f"should be a list of pairs of row numbers, for example [(0, 9), (3, 4)]; you have {describe(links)}."
        return Finding("links", "wrong", said)
    mutual = {frozenset((i, int(j))) for i, j in enumerate(nearest) if nearest[j] == i}
    right = {pair for pair in mutual if len({int(TARGET[i]) for i in pair}) == 2}
    one_sided = {frozenset((i, int(j))) for i, j in enumerate(nearest) if TARGET[i] != TARGET[j]} - right
    if pairs == right:
        return Finding("links", "right", "right.")
    if pairs & (mutual - right):
        said = "One pair has two rows of the same class. A link joins two different classes."
    elif pairs & one_sided:
        said = "In one pair only one row is the other's nearest neighbor. The arrow must have two heads."
    elif pairs - right:
        said = "One pair has two rows that aren't each other's nearest neighbor. Follow the arrows in the picture."
    else:
        said = f"You found {len(pairs)} of the links, and at least one is missing."
    return Finding("links", "wrong", said, said)


def default_finding(removed: Any) -> Finding:
    """Judge which of the ten rows the library removes by default, as the learner has it."""
    name = "removed_by_default"
    if removed is MISSING or not_attempted(removed):
        return value(name, removed, None)
    rows, right, both = numbers_of(removed), set(removed_by(POINTS, TARGET, "auto")), None
    if rows is None:
        return Finding(name, "wrong", f"should be a list of row numbers; you have {describe(removed)}.")
    both = set(removed_by(POINTS, TARGET, "all"))
    if rows == right:
        return Finding(name, "right", "right.")
    if rows == both:
        said = "These are both rows of each link. By default the library removes only the majority row."
    elif rows == both - right:
        said = "These are the minority rows of the links. The library removes the majority rows."
    elif rows == set(range(len(TARGET))) - right:
        said = "These are the rows that stay (`sample_indices_`). Name those that go."
    else:
        said = f"{len(rows)} rows, and not the right ones. From each link one row goes."
    return Finding(name, "wrong", said, said)


@task("bonus-tomek-links", points=0)
def bonus_tomek_links(links: Any, removed_by_default: Any, removed_rows: Any) -> Iterable[Finding]:
    """The links among ten points, the rows that go by default, and a function for any points."""
    yield links_finding(links)
    yield default_finding(removed_by_default)

    rng = fresh_generator("tomek-links")

    def cloud() -> tuple[Any, Any]:
        y = (np.arange(80) < 25).astype(int)
        order = rng.permutation(len(y))
        return (rng.normal(size=(len(y), 2)) + 0.8 * y[:, None])[order], y[order]

    def draw() -> list[tuple[Any, ...]]:
        first, second, third = (cloud() for _ in range(3))
        return [(*one, both) for one in (first, second) for both in (False, True)] + [(*third, False)]

    known: dict[tuple[bytes, str], list[int]] = {}
    known_neighbours: dict[bytes, np.ndarray] = {}

    def nearest_in(X: Any) -> np.ndarray:
        key = X.tobytes()
        if key not in known_neighbours:
            known_neighbours[key] = neighbours(X)
        return known_neighbours[key]

    def removed(X: Any, y: Any, strategy: str) -> list[int]:
        key = X.tobytes(), strategy
        if key not in known:
            known[key] = removed_by(X, y, strategy)
        return known[key]

    def right(X: Any, y: Any, both_ends: bool) -> list[int]:
        return removed(X, y, "all" if both_ends else "auto")

    def stay(X: Any, y: Any, both_ends: bool) -> list[int]:
        return sorted(set(range(len(y))) - set(right(X, y, both_ends)))

    def one_sided(X: Any, y: Any, both_ends: bool) -> list[int]:
        nearest = nearest_in(X)
        ends = {end for i, j in enumerate(nearest) if y[i] != y[j] for end in (i, int(j))}
        return sorted(end for end in ends if both_ends or y[end] == 0)

    def looking_over(X: Any, y: Any, both_ends: bool) -> list[int]:
        nearest = nearest_in(X)
        return [i for i, j in enumerate(nearest) if y[i] != y[j] and (both_ends or y[i] == 0)]

    def same_class(X: Any, y: Any, both_ends: bool) -> list[int]:
        nearest = nearest_in(X)
        ends = {i for i, j in enumerate(nearest) if nearest[j] == i}
        return sorted(end for end in ends if both_ends or y[end] == 0)

    mistakes: dict[str, Callable[..., Any]] = {
        "These are the rows that stay, which `sample_indices_` has. Return those that go.": stay,
        "It removes both rows of each link whatever `both_ends` says.": lambda X, y, b: right(X, y, True),
        "It removes only the majority row, whatever `both_ends` says.": lambda X, y, b: right(X, y, False),
        "`both_ends` is reversed. True means both rows of each link.": lambda X, y, b: right(X, y, not b),
        "It removes the minority rows. By default the majority rows go.": (
            lambda X, y, b: right(X, y, True) if b else removed(X, y, "not majority")
        ),
        "One nearest neighbor isn't enough. The two must be each other's.": one_sided,
        "A nearest neighbor of the other class is not enough. That neighbor's own nearest neighbor must be the row, "
        "too": looking_over,
        "It forgets the classes. A link joins two different ones.": same_class,
    }

    def as_rows(*arguments: Any) -> Any:
        came = removed_rows(*arguments)
        rows = numbers_of(came)
        return came if rows is None else sorted(rows)

    yield function(
        "removed_rows",
        as_rows if callable(removed_rows) else removed_rows,
        right,
        telling_inputs(draw, right, mistakes.values()),
        about=[f"80 points, both_ends={both}" for both in (False, True, False, True, False)],
        mistakes=mistakes,
        errors={
            "'numpy.ndarray' object has no attribute": "The check calls it with NumPy arrays.",
            "positional argument": "The check calls removed_rows(X, y, both_ends).",
        },
        kind="a list of row numbers",
        share=2,
    )
