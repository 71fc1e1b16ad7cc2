"""The figures, tables and pictures of the page, from the stored rows of the study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from imbalanced_course.study import METRICS, MODELS, OWN_TREES, TREATMENTS, OverSets, differences, over_sets

MODEL_KEYS = {
    "logistic regression": "lr",
    "random forest": "rf",
    "histogram boosting": "hgb",
    "trees of its own": "own",
}
METRIC_KEYS = {metric: metric for metric in METRICS} | {"average_precision": "ap", "roc_auc": "auc", "log_loss": "ll"}
BOTH = ("default", "tuned")
_SHORT = {"logistic regression": "linear", "random forest": "forest", "histogram boosting": "boosting"}
_MODEL_VERSIONS = tuple(product(MODELS, BOTH))
_MODEL_HEADS = tuple(f"{_SHORT[model]}, {version}" for model, version in _MODEL_VERSIONS)
DRAW_METRICS = ("average_precision", "roc_auc", "log_loss")
TUNED_BOOSTING = ("histogram boosting", "tuned", "none")

# Where results may depend on the kind of set: what is looked at, and the bounds between three groups.
KINDS: dict[str, tuple[Callable[[Mapping[str, Any]], float], tuple[float, float], str]] = {
    "positives": (lambda facts: facts["positives"], (200, 600), "positives"),
    "prevalence": (lambda facts: 100 * facts["positives"] / facts["rows"], (5, 10), "percent positive"),
    "columns": (lambda facts: facts["numbers"] + facts["categories"], (10, 20), "columns"),
    "categories": (lambda facts: facts["categories"], (0, 3), "categorical columns"),
}
KEY_COMPARISONS = (
    ("logistic regression", "default", "SMOTE"),
    ("random forest", "tuned", "SMOTE"),
    ("random forest", "tuned", "balanced bagging"),
    ("histogram boosting", "default", "copies, shrinkage 0.2"),
    ("histogram boosting", "tuned", "weights"),
    ("histogram boosting", "tuned", "SMOTE"),
)


def treatment_key(treatment: str) -> str:
    """Return a treatment as a name that a field of the text can hold."""
    return {"copies, shrinkage 0.2": "shrinkage"}.get(treatment, treatment.replace(" ", "_").lower())


def contender_key(model: str, version: str, treatment: str) -> str:
    """Return a contender as a name that a field of the text can hold."""
    return f"{MODEL_KEYS[model]}_{version}_{treatment_key(treatment)}"


class Comparisons:
    """All differences over the real sets, each computed once."""

    def __init__(self, rows: pd.DataFrame, facts: Mapping[str, Mapping[str, Any]]) -> None:
        self.rows, self.facts = rows, facts
        self._found: dict[str, pd.DataFrame] = {}
        self._by_contender: dict[str, dict[tuple[str, str, str], pd.DataFrame]] = {}

    def of(self, metric: str) -> pd.DataFrame:
        """Return `differences` to "none"; ensembles with their own trees are compared with tuned boosting."""
        if metric not in self._found:
            own = differences(self.rows, metric, TUNED_BOOSTING)
            parts = [differences(self.rows, metric), own[own["model"] == "trees of its own"]]
            self._found[metric] = pd.concat(parts, ignore_index=True)
        return self._found[metric]

    def over(self, metric: str, contender: tuple[str, str, str], sets: Any = None) -> OverSets:
        """Return one comparison over all real sets, or some."""
        found = self.sets_of(metric, contender)
        return over_sets(found if sets is None else found[found["set"].isin(sets)], metric)

    def share_worse(self, metric: str, contender: tuple[str, str, str]) -> float:
        """Return the share of sets on whose folds the contender is worse on average, by however little."""
        sign = -1 if METRICS[metric][1] == "higher" else 1
        return float((sign * self.sets_of(metric, contender)["difference"] > 0).mean())

    def sets_of(self, metric: str, contender: tuple[str, str, str]) -> pd.DataFrame:
        """Return the difference of one contender on each set."""
        if metric not in self._by_contender:
            self._by_contender[metric] = dict(list(self.of(metric).groupby(["model", "version", "treatment"])))
        return self._by_contender[metric][contender]

    def contenders(self) -> Iterator[tuple[str, str, str]]:
        """Yield all that are compared."""
        for model in MODELS:
            for version in ("default", "tuned"):
                for treatment in TREATMENTS[1:]:
                    yield model, version, treatment
        for treatment in OWN_TREES:
            yield "trees of its own", "default", treatment


def figures(real: Comparisons) -> dict[str, dict[str, float]]:
    """Return by metric what the text may name: `<model>_<version>_<treatment>_<what>`."""
    found: dict[str, dict[str, float]] = {}
    for metric in METRICS:
        named: dict[str, float] = {}
        for contender in real.contenders():
            told = real.over(metric, contender)
            named |= _named(contender_key(*contender), told)
            named[f"{contender_key(*contender)}_share_worse"] = real.share_worse(metric, contender)
        found[METRIC_KEYS[metric]] = named
    found["expected"] = outcomes(real)
    found["tuning"] = tuning(real)
    sets = real.facts.values()
    found["study"] = {
        "sets": len(real.facts),
        "rows": len(real.rows),
        "folds": int(
            real.rows.groupby("set")[["repeat", "fold"]].apply(lambda part: len(part.drop_duplicates())).min()
        ),
        "fewest_positives": min(one["positives"] for one in sets),
        "most_positives": max(one["positives"] for one in sets),
        "lowest_share": min(one["positives"] / one["rows"] for one in sets),
        "highest_share": max(one["positives"] / one["rows"] for one in sets),
        "failed": int(real.rows["average_precision"].isna().sum()),
    }
    return found


def tuning(compared: Comparisons) -> dict[str, float]:
    """Return what tuning alone changed, and how treatments of default boosting compare with tuned boosting."""
    found: dict[str, float] = {}
    for metric in ("average_precision", "log_loss"):
        for model in MODELS:
            tuned = differences(compared.rows, metric, (model, "default", "none"))
            found |= _named(
                f"{METRIC_KEYS[metric]}_{MODEL_KEYS[model]}", _over(tuned, metric, (model, "tuned", "none"))
            )
        against_tuned = differences(compared.rows, metric, TUNED_BOOSTING)
        for treatment in ("copies, shrinkage 0.2", "SMOTE", "balanced bagging"):
            told = _over(against_tuned, metric, ("histogram boosting", "default", treatment))
            found |= _named(f"{METRIC_KEYS[metric]}_default_{treatment_key(treatment)}", told)
    return found


def _named(name: str, told: OverSets | None) -> dict[str, float]:
    return {} if told is None else {f"{name}_{what}": value for what, value in told._asdict().items()}


BALANCING = ("weights", "copies", "SMOTE", "ADASYN", "undersampling", "SMOTETomek", "SMOTEENN")


def outcomes(real: Comparisons) -> dict[str, float]:
    """Return what the eight expectations of run.py are held against."""

    def means(metric: str, contenders: Iterable[tuple[str, str, str]]) -> list[float]:
        return [real.over(metric, contender).mean for contender in contenders]

    def every(models: Iterable[str], versions: Iterable[str], treatments: Iterable[str]) -> list[tuple[str, str, str]]:
        return list(product(models, versions, treatments))

    linear, forest, boosting = MODELS
    told = every([linear], BOTH, BALANCING) + every([forest, boosting], ["tuned"], BALANCING)
    worse = [real.share_worse("log_loss", contender) for contender in told]
    plain = every([linear], BOTH, BALANCING)
    trees = every([forest, boosting], ["tuned"], ["SMOTE", "ADASYN", "undersampling", "SMOTEENN"])
    same_rows = every([forest, boosting], ["tuned"], ["weights", "copies"])
    few = [name for name, facts in real.facts.items() if facts["positives"] <= 200]
    ap, auc = (means(metric, every(MODELS, BOTH, TREATMENTS[1:])) for metric in ("average_precision", "roc_auc"))
    bagged, once = (
        means("average_precision", every(MODELS, BOTH, [name])) for name in ("balanced bagging", "undersampling")
    )
    f1, f1_tuned = (
        [real.over(metric, one) for one in every(MODELS, BOTH, TREATMENTS[1:])] for metric in ("f1", "f1_tuned")
    )
    tuned_cost = [real.over("cost_25_tuned", one) for one in every(MODELS, BOTH, TREATMENTS[1:])]
    at_5 = [real.over("cost_5_tuned", one) for one in every(MODELS, BOTH, TREATMENTS[1:])]
    spoiled = every(MODELS, BOTH, [one for one in TREATMENTS[1:] if one != "copies, shrinkage 0.2"])
    from_prices = [real.over("cost_25", one) for one in spoiled]
    return {
        "log_loss_pairs": len(told),
        "log_loss_mostly_worse": sum(share >= 0.9 for share in worse),
        "log_loss_least_worse": min(worse),
        "linear_ap_lowest": min(means("average_precision", plain)),
        "linear_ap_highest": max(means("average_precision", plain)),
        "trees_ap_lowest": min(means("average_precision", trees)),
        "trees_ap_highest": max(means("average_precision", trees)),
        "same_rows_ap_largest": max(map(abs, means("average_precision", same_rows))),
        "few_sets": len(few),
        **{
            f"few_shrinkage_{version}_{what}": getattr(
                real.over("average_precision", (boosting, version, "copies, shrinkage 0.2"), few), what
            )
            for version in BOTH
            for what in ("mean", "low", "high")
        },
        "pairs": len(ap),
        "auc_changes_less": sum(abs(b) < abs(a) for a, b in zip(ap, auc, strict=True)),
        "ap_falls_auc_rises": sum(a < 0 < b for a, b in zip(ap, auc, strict=True)),
        "bagging_above_once": sum(a > b for a, b in zip(bagged, once, strict=True)),
        "f1_rises": sum(one.low > 0 for one in f1),
        "f1_tuned_rises": sum(one.low > 0 for one in f1_tuned),
        "f1_tuned_falls": sum(one.high < 0 for one in f1_tuned),
        "cost_tuned_largest": max(abs(one.mean) for one in tuned_cost),
        "cost_tuned_lower": sum(one.high < 0 for one in tuned_cost),
        "cost_tuned_higher": sum(one.low > 0 for one in tuned_cost),
        "cost_5_tuned_lower": sum(one.high < 0 for one in at_5),
        "cost_5_tuned_higher": sum(one.low > 0 for one in at_5),
        "cost_prices_pairs": len(from_prices),
        "cost_prices_worse": sum(one.low > 0 for one in from_prices),
    }


def comparison_table(real: Comparisons, metric: str) -> str:
    """Return a Markdown table of all models and treatments over the real sets."""
    return _by_model("", lambda contender: _cell(real.over(metric, contender)))


def share_table(real: Comparisons, metric: str) -> str:
    """Return a Markdown table: the sets that are better / worse / undecided."""

    def counts(contender: tuple[str, str, str]) -> str:
        told = real.over(metric, contender)
        return " / ".join(str(round(share * told.sets)) for share in (told.better, told.worse, told.undecided))

    return _by_model("better / worse / undecided", counts)


def kind_table(real: Comparisons, metric: str = "average_precision") -> str:
    """Return a Markdown table: the key comparisons by kind of set."""
    body = []
    for value, (low, high), words in KINDS.values():
        groups = (
            (f"up to {low:g} {words}" if low else f"no {words}", lambda x, low=low: x <= low),
            (f"{low or 1:g} to {high:g} {words}", lambda x, low=low, high=high: low < x <= high),
            (f"more than {high:g} {words}", lambda x, high=high: x > high),
        )
        for name, inside in groups:
            sets = [one for one, facts in real.facts.items() if inside(value(facts))]
            if len(sets) > 1:
                cells = (_cell(real.over(metric, contender, sets)) for contender in KEY_COMPARISONS)
                body.append([name, str(len(sets)), *cells])
    titles = [f"{_SHORT[model]}, {version}: {treatment}" for model, version, treatment in KEY_COMPARISONS]
    return _markdown(["datasets with", "datasets", *titles], body)


def own_trees_table(real: Comparisons) -> str:
    """Return a Markdown table: balanced ensembles of trees against tuned boosting."""
    metrics = ("average_precision", "roc_auc", "log_loss", "cost_25_tuned")
    body = [
        [treatment, *(_cell(real.over(metric, ("trees of its own", "default", treatment))) for metric in metrics)]
        for treatment in OWN_TREES
    ]
    return _markdown(["", *(METRICS[metric][0] for metric in metrics)], body)


# Where columns are categories, SMOTE is SMOTENC and what is built on it isn't: these are compared on numbers only.
RIVALS = (
    ("SMOTE", "copies", False),
    ("ADASYN", "SMOTE", True),
    ("SMOTETomek", "SMOTE", True),
    ("SMOTEENN", "SMOTE", True),
    ("copies", "weights", False),
    ("balanced bagging", "undersampling", False),
)


def rivals_table(real: Comparisons, metric: str) -> str:
    """Return a Markdown table: one treatment minus another of the same model."""
    body = []
    for one, other, only_numbers in RIVALS:
        sets = [name for name, facts in real.facts.items() if not (only_numbers and facts["categories"])]
        rows = real.rows[real.rows["treatment"].isin([one, other]) & real.rows["set"].isin(sets)]
        cells = (
            _cell(_over(differences(rows, metric, (*place, other)), metric, (*place, one))) for place in _MODEL_VERSIONS
        )
        body.append([f"{one} minus {other}", str(len(sets)), *cells])
    return _markdown(["", "datasets", *_MODEL_HEADS], body)


def of_draws(rows: pd.DataFrame) -> Comparisons:
    """Return the comparisons on fresh draws of a simulated set; a draw counts once."""
    return Comparisons(rows.assign(set=rows["set"] + " " + (rows["repeat"] + 1).astype(str), repeat=0), {})


def draw_figures(draws: Comparisons) -> dict[str, float]:
    """Return what the text may name of a simulated set: `<metric>_<model>_<version>_<treatment>_<what>`."""
    found: dict[str, float] = {"draws": draws.rows["set"].nunique()}
    for metric, contender in product(DRAW_METRICS, draws.contenders()):
        found |= _named(f"{METRIC_KEYS[metric]}_{contender_key(*contender)}", draws.over(metric, contender))
    return found | {f"tuning_{name}": value for name, value in tuning(draws).items()}


def published(real: Comparisons, titles: Mapping[str, str], drawn: Mapping[str, Comparisons]) -> pd.DataFrame:
    """Return what `imbalanced_course.study.load_differences` loads: each difference on each set and each draw."""
    parts = []
    for metric in METRICS:
        found = real.of(metric).assign(kind="real", metric=metric)
        sizes = {key: found["set"].map(lambda name, key=key: real.facts[name][key]) for key in _SIZES}
        parts.append(found.assign(title=found["set"].map(titles), **sizes))
        for name, draws in drawn.items():
            compared = draws.of(metric)
            parts.append(compared.assign(kind=name, title=compared["set"], metric=metric))
    columns = ["set", "title", "kind", *_SIZES, "model", "version", "treatment", "metric"]
    told = pd.concat(parts, ignore_index=True)[[*columns, "difference", "low", "high"]]
    return told.astype(dict.fromkeys(_SIZES, "Int64"))


_SIZES = ("rows", "positives", "categories")


def _over(compared: pd.DataFrame, metric: str, contender: tuple[str, str, str]) -> OverSets | None:
    part = compared[(compared[["model", "version", "treatment"]] == list(contender)).all(axis=1)]
    return over_sets(part, metric) if len(part) > 1 else None


def _by_model(corner: str, cell: Callable[[tuple[str, str, str]], str]) -> str:
    """Return a Markdown table: a row a treatment, a column a model and version."""
    body = [[one, *(cell((*place, one)) for place in _MODEL_VERSIONS)] for one in TREATMENTS[1:]]
    return _markdown([corner, *_MODEL_HEADS], body)


def _markdown(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *body))


def _cell(told: OverSets | None) -> str:
    """Return a mean with its interval; bold where the interval doesn't hold 0."""
    if told is None:
        return "not fitted"
    text = f"{told.mean:+.3f} ({told.low:+.3f} to {told.high:+.3f})"
    return f"**{text}**" if told.low > 0 or told.high < 0 else text


def draw_treatments(real: Comparisons, metric: str, path: Path) -> None:
    """Draw a picture of one metric: a panel a model, a row a treatment, default and tuned."""
    import matplotlib.pyplot as plt

    treatments = TREATMENTS[1:]
    with _style():
        panels = plt.subplots(3, 1, figsize=(5.2, 8.4), sharex=True, layout="constrained")[1]
        for ax, model in zip(panels, MODELS, strict=True):
            for version, shift, face in (("default", 0.17, "white"), ("tuned", -0.17, _BLUE)):
                told = [real.over(metric, (model, version, treatment)) for treatment in treatments]
                places = np.arange(len(treatments))[::-1] + shift
                means = np.array([one.mean for one in told])
                ends = np.abs(np.array([(one.low, one.high) for one in told]).T - means)
                ax.errorbar(
                    means, places, xerr=ends, linestyle="none", marker="o" if version == "default" else "s",
                    color=_BLUE, markerfacecolor=face, markersize=5.5, capsize=2.5, label=version,
                )  # fmt: skip
            ax.axvline(0, color="#000000", linewidth=1)
            ax.set_yticks(np.arange(len(treatments))[::-1], treatments)
            ax.set_title(model, loc="left", fontweight="bold")
        name, better = METRICS[metric]
        panels[-1].set_xlabel(f'difference to "none": {name}\n({better} is better)')
        panels[0].legend(loc="best", frameon=True)
        _save(path)


def draw_sets(
    real: Comparisons, metric: str, contender: tuple[str, str, str], titles: Mapping[str, str], path: Path
) -> None:
    """Draw a forest plot of one comparison: a row a set with its interval over folds, the mean over sets below."""
    import matplotlib.pyplot as plt

    found = real.sets_of(metric, contender)
    found = found.sort_values("difference", ascending=False).reset_index(drop=True)
    told = over_sets(found, metric)
    places = np.arange(len(found))[::-1] + 2
    with _style():
        ax = plt.subplots(figsize=(5.2, 1.2 + 0.21 * len(found)), layout="constrained")[1]
        ends = np.abs(found[["low", "high"]].to_numpy().T - found["difference"].to_numpy())
        ax.errorbar(found["difference"], places, xerr=ends, linestyle="none", marker="o", color=_BLUE, markersize=4)
        ax.errorbar(
            told.mean, 0, xerr=[[told.mean - told.low], [told.high - told.mean]], marker="D", color="#000000",
            markersize=7, capsize=3,
        )  # fmt: skip
        ax.axvline(0, color="#000000", linewidth=1)
        ax.set_yticks([*places, 0], [*(titles[name] for name in found["set"]), "mean over datasets"])
        ax.tick_params(axis="y", labelsize=8)
        # A set with few positives has an interval wider than all else: it may leave the picture, its dot may not.
        edge = 1.25 * float(found["difference"].abs().max())
        ax.set_xlim(-edge, edge)
        ax.set_ylim(-1, len(found) + 2)
        name, better = METRICS[metric]
        ax.set_xlabel(f'difference to "none": {name}\n({better} is better)')
        _save(path)


_BLUE = "#0072B2"


def _style() -> Any:
    import matplotlib.pyplot as plt

    # The same picture gives the same bytes: ids in the file come from this salt.
    return plt.rc_context({"svg.hashsalt": "evidence", "svg.fonttype": "path", "font.size": 10, "axes.grid": False})


def _save(path: Path) -> None:
    import matplotlib.pyplot as plt

    plt.savefig(path, metadata={"Date": None}, facecolor="white")
    plt.close()
