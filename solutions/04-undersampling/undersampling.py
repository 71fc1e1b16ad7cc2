# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 04-undersampling, version: "1.0"}
# ---

# %% [markdown]
# # Lesson 4 · Undersampling
#
# **Dropping majority rows: what it buys and what it breaks.** After this lesson you can
#
# 1. cut the majority to any ratio, with the library and by hand;
# 2. find Tomek links, and clean a border without aiming at a ratio;
# 3. keep resampling inside the training part: split first, then a pipeline that resamples in `fit` only;
# 4. repair the probabilities that undersampling inflates, and tell when the repair works;
# 5. say by which metric undersampling gained anything, against leaving the data alone and moving the threshold.
#
# **Time** 20 to 40 minutes for the core path; what comes after *Further* is extra. **Needs** lesson 3 (average
# precision, calibration, threshold) and pipelines of scikit-learn. **Points** 20, in six tasks.

# %% [markdown]
# Run the cells from top to bottom with Shift+Enter. The two cells below load what the lesson works with: the
# two-feature set of lesson 2, in which 1 % of the rows are positive, ten points to clean by hand, and the folds
# of a cross-validation.
#
# Each word of the course stands in the [glossary](../glossary.md) with one sentence.

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn
from imblearn.pipeline import Pipeline, make_pipeline
from imblearn.under_sampling import RandomUnderSampler, TomekLinks
from IPython.display import Markdown, display
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_score, train_test_split
from sklearn.preprocessing import StandardScaler

from imbalanced_course import datasets, plots, scoreboard

sklearn.set_config(display="text")
plt.style.use("imbalanced_course.plots.course")

# %% nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
X, y = datasets.make_two_features()  # 10,000 rows, 100 of them positive
folds = StratifiedKFold(n_splits=5, shuffle=True, random_state=1)

# Ten points; `target` is 1 for the four of the minority.
ten = pd.DataFrame(
    {
        "feature_1": [1.0, 2.0, 1.5, 2.4, 5.0, 6.2, 4.1, 5.0, 6.1, 7.3],
        "feature_2": [1.0, 1.5, 5.0, 5.6, 1.5, 2.2, 1.0, 5.0, 5.3, 6.2],
        "target": [0, 0, 0, 1, 0, 1, 0, 0, 1, 1],
    }
)

# %% [markdown]
# ## 1 · Drop majority rows
#
# Two of three rows shall be of the majority, instead of 99 in 100. Before and after:

# %%
half = RandomUnderSampler(sampling_strategy=0.5, random_state=1)
X_half, y_half = half.fit_resample(X, y)
axes = plots.before_and_after(X, y, X_half, y_half)
plots.captioned(
    axes,
    "Left, all rows: the majority is a dense cloud. Right, after random undersampling: the cloud "
    "has thinned out to a few points of the same spread, and every triangle of the minority is "
    "still in its place.",
)

# %%
counts_before, counts_after = (labels.value_counts().sort_index().to_dict() for labels in (y, y_half))
print("majority and minority before:", counts_before)
print("after, sampling_strategy=0.5:", counts_after)
print("row numbers of the first kept:", half.sample_indices_[:4].tolist())
print("all minority rows kept:       ", np.isin(np.flatnonzero(y == 1), half.sample_indices_).all())

# %% [markdown]
# **Random undersampling** keeps every minority row and draws, without replacement, as many majority rows as you ask
# for. Nothing is made up: what is left are real rows, and `sample_indices_` tells which.
#
# How many stay is said by `sampling_strategy`. As a **float** it is the ratio *after* resampling, **minority over
# majority**, so it is above 0 and at most 1. (The imbalance *ratio* of lesson 1 is the other way round, so the two are
# easily mixed up.)

# %%
for strategy in (0.5, 0.1, {0: 300, 1: 100}, "majority", "auto"):
    kept = RandomUnderSampler(sampling_strategy=strategy, random_state=1).fit_resample(X, y)[1]
    print(f"{strategy!s:>18} gives", kept.value_counts().sort_index().to_dict())

for impossible in (2.0, 0.001):  # 2 minority rows for each majority row; 1,000 majority rows for each minority row
    try:
        RandomUnderSampler(sampling_strategy=impossible).fit_resample(X, y)
    except ValueError as error:
        print(f"{impossible:>18} stops:", str(error).split(", a str")[0])

# %% [markdown]
# - a **float** is minority over majority, for two classes only;
# - a **dict** names the rows to keep of each class; a class that is not in it stays whole;
# - a **string** names the classes to cut down to the size of the smallest: `"majority"`, `"not minority"` (what
#   `"auto"` means here), `"all"`.
#
# Undersampling cannot *add* rows: a ratio below the present one is refused.

# %% [markdown]
# ### Task 4.1 · Undersample to a ratio (3 points)
#
# Keep **10 majority rows for each minority row** of the set `X`, `y`. Which number must `sampling_strategy` be, and
# what are the counts afterwards? Then write a function that does it for any data and any number of majority rows for
# each minority row. The check calls it on data that you have not seen.

# %% nbgrader={"grade_id": "random-undersampling", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
strategy_ten = ...  # number: the value of sampling_strategy
counts_ten = ...  # dict: label (0 and 1) to number of rows after undersampling X, y


def undersample(X, y, per_minority):
    """Undersample with the library to `per_minority` majority rows (number, 1 or more) for each minority row.

    X: DataFrame. y: Series of 0 and 1, where 1 is the minority. Returns the rows and the labels that are kept.
    """
    X_small, y_small = ..., ...  # DataFrame and Series
    ### BEGIN SOLUTION
    sampler = RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1)
    X_small, y_small = sampler.fit_resample(X, y)
    ### END SOLUTION
    return X_small, y_small


### BEGIN SOLUTION
strategy_ten = 1 / 10
counts_ten = undersample(X, y, 10)[1].value_counts().to_dict()
### END SOLUTION

# %% nbgrader={"grade_id": "random-undersampling-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.random_undersampling(*answers("strategy_ten", "counts_ten", "undersample"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which of the two classes is on top of the fraction that the library wants? Can it be above 1?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# It is minority over majority: 1 row for every `per_minority` rows. Make a `RandomUnderSampler` with that
# `sampling_strategy` and call its `fit_resample(X, y)`, which returns both parts.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)`. For the counts:
# `undersample(X, y, 10)[1].value_counts().to_dict()`.
# </details>

# %% [markdown]
# ### Task 4.2 · The same by hand (3 points)
#
# There is no magic in it. Write it with pandas alone, for a table with the column `target`: all minority rows, and
# `per_minority` times as many majority rows, drawn at random without replacement. The same `seed` gives the same
# rows, another seed others. The order of the rows does not matter.


# %% nbgrader={"grade_id": "undersampling-by-hand", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def undersample_by_hand(data, per_minority, seed):
    """Keep all minority rows and `per_minority` (whole number) times as many majority rows, drawn at random.

    data: DataFrame with the column `target` (0 or 1, where 1 is the minority). seed: whole number.
    Returns a DataFrame with the same columns.
    """
    small = ...  # DataFrame
    ### BEGIN SOLUTION
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    drawn = majority.sample(n=per_minority * len(minority), random_state=seed)
    small = pd.concat([minority, drawn])
    ### END SOLUTION
    return small


# %% nbgrader={"grade_id": "undersampling-by-hand-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.undersampling_by_hand(*answers("undersample_by_hand"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Part the table in two by `target`. Which of the two parts stays as it is?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# A DataFrame has the method `sample(n=…, random_state=…)`, which draws without replacement. Put the two parts
# together again with `pd.concat`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `minority = data[data["target"] == 1]`, `majority = data[data["target"] == 0]`, and then
# `pd.concat([minority, majority.sample(n=per_minority * len(minority), random_state=seed)])`.
# </details>

# %% [markdown]
# ### Why drop data at all?
#
# Because of size. Millions of negatives cost memory and time. Here is what a table of a payment provider needs, in
# numbers of 8 bytes:

# %%
rows, columns, share = 50_000_000, 40, 0.001
positives = rows * share
for name, kept_rows in (
    ("all rows", rows),
    ("50 negatives for each positive", 51 * positives),
    ("1 for each", 2 * positives),
):
    print(f"{name:<31}{kept_rows:>12,.0f} rows {kept_rows * columns * 8 / 1e9:>7.2f} GB")

# %% [markdown]
# That is the honest reason. If the data fit and the model is fast enough, **`class_weight="balanced"`** does to the
# loss, up to its scale, what undersampling to 1:1 does on average (each class counts for one half in all), and throws
# nothing away. Lesson 7 is about weights. And the third way needs no new fit: leave the data alone and move the
# threshold.

# %% [markdown]
# ## 2 · What is lost
#
# Where positives are few, undersampling to 1:1 leaves very few rows. Take a made-up set of eight body measures: 3,339
# animals, 26 of them of the rare kind. The measures stand in different units, as measures do, so some columns are tiny.

# %%
units = np.array([0.1, 0.1, 0.05, 0.5, 0.2, 0.1, 0.15, 1.0])


def animals(rows, rare, seed):
    draw = np.random.default_rng(seed)
    kind = (np.arange(rows) < rare).astype(int)
    size = draw.normal(size=rows) + 0.7 * kind
    measures = size[:, None] + 0.25 * draw.normal(size=(rows, 8))
    measures[:, :2] += np.array([0.375, -0.375]) * kind[:, None]  # the rare kind is a little longer and narrower
    return measures * units, kind


# %%
strategies = {"left alone": [], "undersampled to 1:1": [RandomUnderSampler(random_state=1)], "balanced weights": []}
fresh_animals, fresh_kinds = animals(10_000, 100, seed=100)
results = []
for seed in range(4):
    measures, kind = animals(3_339, 26, seed)
    for scaled in ("not scaled", "scaled"):
        for name, sampler in strategies.items():
            weight = "balanced" if name == "balanced weights" else None
            scaler = [StandardScaler()] if scaled == "scaled" else []
            fitted = make_pipeline(*scaler, *sampler, LogisticRegression(class_weight=weight)).fit(measures, kind)
            s = fitted.predict_proba(fresh_animals)[:, 1]
            reached = average_precision_score(fresh_kinds, s), roc_auc_score(fresh_kinds, s)
            results.append((scaled, name, *reached))
results = pd.DataFrame(results, columns=["columns", "strategy", "average precision", "ROC AUC"])

# %%
figure, panels = plt.subplots(1, 2, figsize=(9, 3), sharey=True)
for metric, ax in zip(("average precision", "ROC AUC"), panels, strict=True):
    for scaled, marker, shift in (("not scaled", "o", -0.12), ("scaled", "^", 0.12)):
        of = results[results["columns"] == scaled]
        place = of["strategy"].map(list(strategies).index) + shift
        _ = ax.scatter(of[metric], place, marker=marker, alpha=0.6, label=scaled)
    _ = ax.set(xlabel=f"{metric} on 10,000 fresh animals", yticks=range(3), yticklabels=strategies)
panels[0].invert_yaxis()
_ = panels[1].legend(title="columns", loc="lower left")
plots.captioned(
    figure,
    "Each mark is one training set of 26 positives. Between circles (columns as measured) and "
    "triangles (scaled) lies a wide gap, narrower only for balanced weights. Among the triangles, "
    "undersampling lies to the left of leaving the data alone.",
)

# %%
results.groupby(["columns", "strategy"], sort=False).mean().round(3)

# %%
mean_ap = results.groupby(["columns", "strategy"])["average precision"].mean()
raw, ready = mean_ap["not scaled"], mean_ap["scaled"]
display(
    Markdown(
        f"Mean average precision: **scaling** the columns moves the model that was left alone from {raw['left alone']:.2f} "
        f"to {ready['left alone']:.2f}. **Undersampling** then costs {ready['left alone'] - ready['undersampled to 1:1']:.2f}. "
        f"On unscaled columns balanced weights reach {raw['balanced weights']:.2f}, and it looks as if balancing had "
        f"done wonders; on scaled ones they reach {ready['balanced weights']:.2f}."
    )
)

# %% [markdown]
# Why? Logistic regression in scikit-learn keeps coefficients small (its penalty). A column in tiny units needs a
# *large* coefficient, so the penalty silences it, and it does so the more, the fewer rows speak against it. Weights
# multiply the rows' voice, so they also weaken the penalty. On this made-up set, and in the one published table that
# lesson 5 takes apart, most of what looked like "balancing helps" was **missing scaling**: scale first, then compare.
#
# The threshold plays no part in this picture: both metrics judge the ranking, so "left alone" stands here for every
# threshold.

# %% [markdown]
# There is a second loss. Which majority rows stay is luck, so the model is lucky or not:

# %%
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=1)
whole = LogisticRegression().fit(X_train, y_train).predict_proba(X_test)[:, 1]
print(f"average precision, all {len(y_train):,} training rows:   {average_precision_score(y_test, whole):.3f}")
for ratio in (0.1, 1.0):
    lucky = []
    for seed in range(8):
        small = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
        drawn = LogisticRegression().fit(*small)
        lucky.append(average_precision_score(y_test, drawn.predict_proba(X_test)[:, 1]))
    print(f"8 draws of {len(small[1]):>3} rows, {f'1:{1 / ratio:.0f}':>4}: mean {np.mean(lucky):.3f}", end=", ")
    print(f"from {min(lucky):.3f} to {max(lucky):.3f}")

# %% [markdown]
# Same rows to learn from, same test rows; only the draw differs. On this split, the fewer rows stay, the wider the
# spread and the lower the mean. Undersample ten times as many positives to 1:1, and ten times as many rows stay: so
# look at how many rows are left, not only at the ratio.

# %% [markdown]
# ## 3 · Clean the border: Tomek links
#
# Random undersampling does not look at where rows lie. *Cleaning* methods do: they drop majority rows that stand
# where the minority lives. The simplest of them asks who is whose nearest neighbour.

# %%
from sklearn.neighbors import NearestNeighbors

places = ten[["feature_1", "feature_2"]].to_numpy()
nearest = NearestNeighbors(n_neighbors=2).fit(places).kneighbors(places, return_distance=False)[:, 1]

# %%
arrow = {"arrowstyle": "-|>", "color": "black", "shrinkA": 9, "shrinkB": 9}
ax = plots.class_scatter(ten[["feature_1", "feature_2"]], ten["target"])
for points in ax.collections:
    _ = points.set_sizes([150])
for number, (at, to) in enumerate(zip(places, places[nearest], strict=True)):
    _ = ax.annotate("", xy=to, xytext=at, arrowprops=arrow)
    _ = ax.annotate(str(number), xy=at, xytext=(-15, 8), textcoords="offset points", size=12, weight="bold")
_ = ax.margins(0.12)
plots.captioned(
    ax,
    "The ten points with their row numbers. From each an arrow leads to its nearest neighbour. "
    "Where two points are each other's nearest the arrow has a head at both ends.",
)

# %% [markdown]
# A **Tomek link** (Tomek 1976) is a pair of points that are **each other's nearest neighbour** and belong to
# **different classes**. Either one of the two is taken for noise, or both for rows at the border (Batista and others
# 2004). Both conditions count: look for pairs that meet only one of them.
#
# The library's `TomekLinks` removes by default **only the majority's end** of each link; with `sampling_strategy="all"`
# both ends go. It *cleans*: you cannot ask it for a ratio, and this set changes little.

# %%
cleaner = TomekLinks()
X_clean, y_clean = cleaner.fit_resample(X, y)
print("before:", counts_before, " Tomek links:", y_clean.value_counts().sort_index().to_dict())
print("rows kept:", len(cleaner.sample_indices_), "of", len(y))

# %% [markdown]
# ### Task 4.3 · Tomek links by hand, then with the library (4 points)
#
# Name the Tomek links among the ten points, as pairs of row numbers (read them off the picture). Which rows does the
# library remove from `ten` by default? Then write a function that says for any points which rows go, with the default
# or with both ends; `sample_indices_` of a fitted sampler holds the rows that *stay*.

# %% nbgrader={"grade_id": "tomek-links", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
links = ...  # list of pairs of row numbers, for example [(0, 9), (3, 4)]
removed_by_default = ...  # list of row numbers


def removed_rows(X, y, both_ends):
    """Return the numbers (from 0) of the rows that cleaning by Tomek links removes, as a list.

    X: array of shape (rows, 2). y: array of 0 and 1, where 1 is the minority.
    both_ends: True to remove both rows of each link, False to remove the majority's only.
    """
    answer = ...  # list of whole numbers
    ### BEGIN SOLUTION
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "auto")
    sampler.fit_resample(X, y)
    answer = sorted(set(range(len(y))) - set(sampler.sample_indices_.tolist()))
    ### END SOLUTION
    return answer


### BEGIN SOLUTION
links = [(2, 3), (7, 8)]
removed_by_default = removed_rows(ten[["feature_1", "feature_2"]].to_numpy(), ten["target"].to_numpy(), False)
### END SOLUTION

# %% nbgrader={"grade_id": "tomek-links-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.tomek_links(*answers("links", "removed_by_default", "removed_rows"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Look for arrows with two heads. Which of these pairs hold one circle and one triangle?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Fit `TomekLinks()` with `fit_resample`; afterwards `sample_indices_` holds the rows kept. The removed rows are all
# row numbers without those. `sampling_strategy="all"` removes both ends, `"auto"` is the default.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `sampler = TomekLinks(sampling_strategy="all" if both_ends else "auto")`, `sampler.fit_resample(X, y)`, and
# `answer = sorted(set(range(len(y))) - set(sampler.sample_indices_))`. By default only the circle of each link goes.
# </details>

# %% [markdown]
# ## 4 · Split first
#
# Undersampling changes the share of positives. In the *training* part that is the point of it. In the *test* part it
# is a disaster: the test then speaks of a world that does not exist.

# %%
X_small, y_small = half.fit_resample(X, y)  # wrong: before the split
wrong = train_test_split(X_small, y_small, test_size=0.25, stratify=y_small, random_state=1)
right = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)  # right: the split comes first
X_fit, y_fit = half.fit_resample(right[0], right[2])
print(f"undersample, then split: {len(wrong[2]):>5,} rows to train on, {len(wrong[3]):>5,} to test on")
print(f"split, then undersample: {len(y_fit):>5,} rows to train on, {len(right[3]):>5,} to test on")

# %%
figure, panels = plt.subplots(1, 2, figsize=(9, 2.8), sharey=True)
for ax, title, test_labels in zip(
    panels, ("undersample, then split", "split, then undersample"), (wrong[3], right[3]), strict=True
):
    sizes = test_labels.value_counts().sort_index()
    bars = ax.barh(["majority", "minority"], sizes, color=["lightgrey", "dimgrey"], edgecolor="black")
    _ = ax.bar_label(bars, labels=[f"{n:,}" for n in sizes], padding=3)
    _ = ax.set(xlabel="rows of the test set", title=f"{title}: {test_labels.mean():.0%} positive")
    ax.margins(x=0.18)
plots.captioned(
    figure,
    "The two test sets. Undersampled before the split it has a few dozen rows, a third of them "
    "positive; split off first it keeps its full size and the natural share of positives.",
)

# %%
fitted = LogisticRegression().fit(X_fit, y_fit)  # from the training part of the right order
in_balance = half.fit_resample(right[1], right[3])
for name, (rows_there, labels_there) in {"undersampled": in_balance, "untouched": (right[1], right[3])}.items():
    flags, s = fitted.predict(rows_there), fitted.predict_proba(rows_there)[:, 1]
    print(
        f"{name:>12} test part: {len(labels_there):>5,} rows, precision {precision_score(labels_there, flags):.2f},",
        end=" ",
    )
    print(
        f"recall {recall_score(labels_there, flags):.2f}, average precision {average_precision_score(labels_there, s):.2f}"
    )

# %% [markdown]
# One model, two test sets. Recall is the same: it looks at the positives alone, and they are all there. Precision and
# average precision are far too good where negatives were dropped. No row stands on both sides here, so this is not a
# leak: it is the **new prevalence** alone. (With oversampling a true leak comes on top; see lesson 5.)
#
# The signs of the mistake: a test set of the wrong size, with the wrong share of positives.

# %% [markdown]
# ### Task 4.4 · Split first, then undersample (3 points)
#
# Write a function that sets a quarter of the rows aside as test set, stratified and with `random_state=seed`, then
# undersamples the training part alone to the ratio given (minority over majority), and returns all four parts.


# %% nbgrader={"grade_id": "split-first", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def split_and_undersample(X, y, ratio, seed):
    """Return X_train, X_test, y_train, y_test: a quarter for the test, the training part undersampled.

    X: DataFrame. y: Series of 0 and 1, where 1 is the minority. ratio: minority over majority in the training
    part, above 0 and at most 1. seed: whole number.
    """
    X_train, X_test, y_train, y_test = ..., ..., ..., ...  # DataFrame, DataFrame, Series, Series
    ### BEGIN SOLUTION
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    sampler = RandomUnderSampler(sampling_strategy=ratio, random_state=seed)
    X_train, y_train = sampler.fit_resample(X_train, y_train)
    ### END SOLUTION
    return X_train, X_test, y_train, y_test


# %% nbgrader={"grade_id": "split-first-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.split_first(*answers("split_and_undersample"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Two steps. After which of them may the share of positives have changed, and in which part?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `train_test_split` with `test_size=0.25`, `stratify=y` and `random_state=seed` returns the four parts in the order
# of the task. Then resample two of them, and leave the other two alone.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# After the split: `X_train, y_train = RandomUnderSampler(sampling_strategy=ratio,
# random_state=seed).fit_resample(X_train, y_train)`.
# </details>

# %% [markdown]
# ### A pipeline that resamples in `fit` only
#
# In a cross-validation each fold is a split of its own, so each must be resampled by itself. The **pipeline of
# imbalanced-learn** takes care: its sampler works in `fit` and is skipped in `predict`.

# %%
from sklearn.tree import DecisionTreeClassifier

tree = Pipeline([("sampler", RandomUnderSampler(random_state=1)), ("model", DecisionTreeClassifier(max_depth=3))])
tree.fit(X_train, y_train)
print(f"rows given to fit:         {len(y_train):>6,}")
print(f"rows that the tree saw:    {tree['model'].tree_.n_node_samples[0]:>6,}")
print(f"rows given to predict:     {len(X_test):>6,}")
print(f"predictions that came out: {len(tree.predict(X_test)):>6,}")

# %% [markdown]
# scikit-learn's own `Pipeline` cannot do that: its steps may change columns, never the number of rows. It refuses.

# %%
import sklearn.pipeline

try:
    sklearn.pipeline.make_pipeline(RandomUnderSampler(), LogisticRegression()).fit(X_train, y_train)
except TypeError as error:
    print(type(error).__name__, "·", str(error).split(" or be")[0], "…")

# %% [markdown]
# ### Task 4.5 · The pipeline (4 points)
#
# Make a pipeline of `StandardScaler`, `RandomUnderSampler` (two majority rows for each minority row,
# `random_state=1`) and `LogisticRegression`. Then judge it on `X`, `y` by a cross-validation with the `folds` from
# the set-up: what is its mean **average precision**, on folds that keep their natural prevalence?

# %% nbgrader={"grade_id": "pipeline", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
resampling_model = ...  # pipeline (it need not be fitted)
mean_average_precision = ...  # number, 0 to 1: mean over the five folds
### BEGIN SOLUTION
resampling_model = make_pipeline(
    StandardScaler(), RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression()
)
mean_average_precision = cross_val_score(resampling_model, X, y, cv=folds, scoring="average_precision").mean()
### END SOLUTION

# %% nbgrader={"grade_id": "pipeline-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.pipeline(*answers("resampling_model", "mean_average_precision"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which library's pipeline takes a sampler? The set-up cell has imported it already.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `make_pipeline` takes the three steps in their order. `cross_val_score` takes the whole pipeline, the untouched `X`
# and `y`, `cv=folds` and `scoring="average_precision"`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `make_pipeline(StandardScaler(), RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression())`,
# then `cross_val_score(resampling_model, X, y, cv=folds, scoring="average_precision").mean()`.
# </details>

# %% [markdown]
# ## 5 · Repair the probabilities
#
# A logistic regression that learnt from a world with a third of positives expects a third of positives. To see what
# that does, take a world of one feature in which the true probability is known.


# %%
def known_world(rows, seed):
    draw = np.random.default_rng(seed)
    feature = draw.normal(size=(rows, 1))
    truth = 1 / (1 + np.exp(6 - 1.6 * feature[:, 0]))  # true probability of each row
    return feature, (draw.random(rows) < truth).astype(int), truth


world, happened, _ = known_world(40_000, seed=1)
thin_world, thin_happened = half.fit_resample(world, happened)
beta = np.sum(thin_happened == 0) / np.sum(happened == 0)  # kept fraction of the negatives
on_all, on_thin = LogisticRegression().fit(world, happened), LogisticRegression().fit(thin_world, thin_happened)
print(f"positive: {happened.mean():.2%} of all rows, {thin_happened.mean():.2%} after undersampling")
print(f"kept of the negatives: beta = {beta:.4f}")

# %%
grid = np.linspace(0, 4, 60)[:, None]
p_s = on_thin.predict_proba(grid)[:, 1]
figure, ax = plt.subplots(figsize=(5.5, 3.6))
_ = ax.plot(grid, 1 / (1 + np.exp(6 - 1.6 * grid)), color="black", linewidth=3, alpha=0.35, label="truth")
_ = ax.plot(grid, on_all.predict_proba(grid)[:, 1], "-", marker="o", markevery=8, label="all rows")
_ = ax.plot(grid, p_s, "--", marker="^", markevery=8, label="undersampled")
_ = ax.plot(grid, beta * p_s / (beta * p_s - p_s + 1), ":", marker="s", markevery=8, label="undersampled, corrected")
_ = ax.set(xlabel="feature", ylabel="probability of the positive class", ylim=(-0.04, 1.4), yticks=np.linspace(0, 1, 6))
_ = ax.legend(loc="upper center", ncols=2)
plots.captioned(
    ax,
    "The model of the undersampled world promises far too much: its curve runs high above the "
    "truth. Corrected it comes down close to the truth, where the model of all rows lies already.",
)

# %% [markdown]
# Why does the correction work? Think of a crowd of rows that look alike, 10 of them positive and 990 negative. Keep
# one negative in 45 and the model sees 10 positives and 22 negatives. The **odds** (positives over negatives) have
# grown by 1/beta, where **beta is the kept fraction of the negatives**. So multiply the odds by beta to come back:
#
# $$\frac{p}{1-p} = \beta\,\frac{p_s}{1-p_s} \qquad\text{that is}\qquad p = \frac{\beta\,p_s}{\beta\,p_s - p_s + 1}$$
#
# Here $p_s$ is the probability told by the model of the undersampled rows, $p$ the corrected one (Dal Pozzolo and others
# 2015; for logistic regression the same shift of the intercept is King and Zeng's 2001).

# %%
new_world, new_happened, _ = known_world(40_000, seed=2)
s = on_thin.predict_proba(new_world)[:, 1]
told = {
    "all rows": on_all.predict_proba(new_world)[:, 1],
    "undersampled": s,
    "undersampled, corrected": beta * s / (beta * s - s + 1),
}
print(f"positive among the new rows: {new_happened.mean():.4f}")
print("rows at 0.5 or above:", {name: int(np.sum(one >= 0.5)) for name, one in told.items()})


# %%
def ranking_and_calibration(truth, one):
    return {
        "mean probability": one.mean(),
        "Brier score": brier_score_loss(truth, one),
        "average precision": average_precision_score(truth, one),
    }


pd.DataFrame({name: ranking_and_calibration(new_happened, one) for name, one in told.items()}).T.round(4)

# %% [markdown]
# Three things to read off. Without the correction the mean probability is many times too high, and the Brier score
# with it. Corrected, both are back near those of the model that saw all rows. And **average precision does not
# move**: the correction keeps the order of the scores, so it repairs the calibration and leaves the ranking alone.
#
# It also shows where the many more alerts at 0.5 come from. A probability of 0.5 is odds of 1; corrected these are odds
# of beta, a probability of beta / (1 + beta). So a cut at 0.5 before the correction *is* a cut at beta / (1 + beta)
# after it. *Undersampling moves the threshold in disguise.*
#
# **When it works:** the negatives were dropped *at random*, and the model tells the right probabilities in the
# undersampled world. It does not work for methods that choose which negatives go (NearMiss, Tomek links), nor does it
# make a badly calibrated model good.

# %% [markdown]
# ### Task 4.6 · The prior correction (3 points)
#
# Write two functions: the kept fraction of the negatives from the labels before and after undersampling, and the
# correction of an array of probabilities. The check calls both with values that you have not seen.


# %% nbgrader={"grade_id": "prior-correction", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def kept_fraction(y_before, y_after):
    """Return beta (number, 0 to 1): the fraction of the negatives (label 0) that undersampling kept.

    y_before, y_after: arrays of 0 and 1, before and after undersampling.
    """
    answer = ...  # number, 0 to 1
    ### BEGIN SOLUTION
    answer = np.sum(y_after == 0) / np.sum(y_before == 0)
    ### END SOLUTION
    return answer


def corrected(p_s, beta):
    """Return the probabilities in the world before undersampling, as an array.

    p_s: array of probabilities told by the model of the undersampled rows. beta: kept fraction of the negatives.
    """
    answer = ...  # array of numbers, 0 to 1
    ### BEGIN SOLUTION
    answer = beta * p_s / (beta * p_s - p_s + 1)
    ### END SOLUTION
    return answer


# %% nbgrader={"grade_id": "prior-correction-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.prior_correction(*answers("kept_fraction", "corrected"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Only negatives were dropped. Whose count before and after tells how many were kept?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# beta is the number of zeros after, divided by the number of zeros before. The corrected probability follows from
# the formula above, with the whole array at once.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `np.sum(y_after == 0) / np.sum(y_before == 0)` and `beta * p_s / (beta * p_s - p_s + 1)`.
# </details>

# %% [markdown]
# ## 6 · The scoreboard
#
# Now the fair contest, on the card payments of lesson 3: the same five folds, a miss at 1,000 euro and a false alarm at
# 10, scaled columns, and **every** row at the default cut *and* at a threshold tuned in the same way: for the least
# cost, on rows that the model was not fitted on. The rows that lesson 3 has computed, the untouched data and two
# dummies for a floor, are stored results (recipe: `datasets/contest/CARD.md`). The table shows means over the folds, and
# after ± half the 95 % interval.

# %%
payments, is_fraud = datasets.features_and_target(datasets.load_transactions())

# %%
alone, one_to_one = "leave the data alone", "undersample to 1:1"
contestants = {
    "undersample to 1:10": RandomUnderSampler(sampling_strategy=0.1, random_state=1),
    one_to_one: RandomUnderSampler(random_state=1),
}


def enter(name, sampler):
    steps = [datasets.transactions_preprocessor(), sampler, LogisticRegression(max_iter=1000)]
    return scoreboard.evaluate(name, make_pipeline(*steps), payments, is_fraud)


dummies = ["dummy, most frequent", "dummy, base rate"]
stored = scoreboard.load_contest("logistic regression")
stored = stored[stored["strategy"].isin([*dummies, alone]) & (stored["fold"] < 5)]

# %%
contest = pd.concat([stored, *(enter(name, sampler) for name, sampler in contestants.items())])
summary = scoreboard.table(contest)
scoreboard.compact(summary, intervals=("average_precision", "cost"))

# %%
axes = plots.scoreboard(summary[~summary["strategy"].isin(dummies)])
plots.captioned(
    axes,
    "At the default cut undersampling is far cheaper than the untouched model. At the tuned "
    "threshold all three cost about the same; but the stronger the undersampling, the lower the average "
    "precision and the worse the Brier score.",
)

# %%
for metric, digits in (("cost", 0), ("average_precision", 3), ("brier", 3)):
    for cut in (scoreboard.DEFAULT_CUT, scoreboard.TUNED_CUT) if metric == "cost" else (scoreboard.TUNED_CUT,):
        gain = scoreboard.difference(contest, (one_to_one, cut), (alone, cut), metric)
        where = f"{scoreboard.METRICS[metric][0]}, {cut}" if metric == "cost" else scoreboard.METRICS[metric][0]
        print(f"{where:<33} 1:1 minus alone {gain.mean:>10,.{digits}f}", end=" ")
        print(f"(95 % interval {gain.low:,.{digits}f} to {gain.high:,.{digits}f})")

# %% [markdown]
# - **Decision and cost.** Judged at the default cut, undersampling looks like a triumph: it has moved the threshold to
#   where these costs want it. Give the untouched model a tuned threshold, too, and the interval of the difference holds
#   0: these folds allow both signs.
# - **Ranking.** Average precision has fallen: the interval of that difference lies below 0. Lost rows are not the
#   whole reason: balanced weights lose none, and in the stored contest they lower the average precision of this
#   logistic regression as well. A likely reason: a linear model that does not fit everywhere is then fitted for another region.
# - **Calibration.** The Brier score is worse; section 5 corrects the like of it by beta.
#
# And F1? At the default cut 1:10 is ahead, at the tuned threshold nobody: it was tuned for money, and F1 does not
# count in money. A cut is right for *one* purpose.
#
# So with this model, on these payments, undersampling bought a smaller training set, and no gain is shown that a
# threshold would not give. Whether that is a good bargain depends on how large your data are.

# %% [markdown]
# # Further
#
# Here the core path ends: all 20 points are behind you. What follows is worth 0 points, and a good deal to you.

# %% [markdown]
# ## The catalogue
#
# imbalanced-learn has a dozen undersamplers. They differ in *which* majority rows they drop. All but random
# undersampling measure distances (or fit a model), so **scale the columns first**. Here they meet on 1,500 points, a
# tenth of them positive, drawn from a larger set of which 1,500 other rows are for the test.

# %%
import warnings

from imblearn import under_sampling as us

all_X, all_y = datasets.make_two_features(4_000, minority_share=0.1, seed=4)
crowd_X, far_X, crowd_y, far_y = train_test_split(
    all_X, all_y, train_size=1_500, test_size=1_500, stratify=all_y, random_state=1
)
catalogue = {}  # name to (sampler, rows, labels)


# %%
def resample(name, sampler):
    with warnings.catch_warnings(record=True) as told:
        catalogue[name] = (sampler, *sampler.fit_resample(crowd_X, crowd_y))
    for warning in told:
        print(f"{name} warns:", str(warning.message).split(". ")[0])
    stayed = getattr(sampler, "sample_indices_", np.flatnonzero(crowd_y == 1))  # centroids have no such list
    return crowd_X.drop(crowd_X.index[stayed])


# %%
def show(samplers, caption):
    figure, panels = plt.subplots(1, len(samplers), figsize=(9.6, 3.5), sharex=True, sharey=True)
    for ax, (name, sampler) in zip(panels, samplers.items(), strict=True):
        gone = resample(name, sampler)
        few = len(gone) < 400
        _ = ax.scatter(*gone.T.to_numpy(), s=14, marker="x", lw=0.8, c="black" if few else "lightgrey", zorder=5 * few)
        plots.class_scatter(*catalogue[name][1:], ax=ax).set_title(name)
        ax.label_outer()
    plots.captioned(figure, f"Crosses are rows that were dropped. {caption}")


# %%
show(
    {
        "random, 1:2": RandomUnderSampler(sampling_strategy=0.5, random_state=1),
        "cluster centroids, 1:2": us.ClusterCentroids(sampling_strategy=0.5, random_state=1),
        "the same, hard": us.ClusterCentroids(sampling_strategy=0.5, voting="hard", random_state=1),
    },
    "Left, what stays is densest where the whole cloud is. The centroids are spread evenly over the cloud, so its "
    "middle is thinned most.",
)

# %%
soft, hard = catalogue["cluster centroids, 1:2"], catalogue["the same, hard"]
for name, (_, rows_there, labels_there) in {"cluster centroids": soft, "voting='hard'": hard}.items():
    known = set(map(tuple, crowd_X.to_numpy()))
    majority_rows = rows_there[labels_there == 0].to_numpy()
    print(f"{name:<17} {sum(tuple(row) in known for row in majority_rows):>3} of {len(majority_rows)} are real rows")

# %% [markdown]
# **Cluster centroids** groups the majority by k-means and keeps one point a group: by default the group's centre,
# which is a **new point** (unless the group is a single row), with `voting="hard"` the real row nearest to it. Both
# reach the ratio. (Centres depend on the number of threads in the last digits; a new point can have 0.4 of a
# category.)

# %%
show(
    {f"NearMiss {version}, 1:2": us.NearMiss(version=version, sampling_strategy=0.5) for version in (1, 2, 3)},
    "NearMiss 1 and 3 keep majority rows next to the minority, 2 those that no minority row is far from. The rest of "
    "the cloud is gone.",
)

# %% [markdown]
# **NearMiss** (Mani and Zhang 2003) keeps majority rows by their distance to the minority. Version 1: smallest mean
# distance to the three *nearest* minority rows. Version 2: to the three *farthest*. Version 3 first collects each
# minority row's nearest majority rows, then keeps those that are *farthest* from the minority; where the collection
# is smaller than what was asked for, it stays short of the ratio and warns. Some tutorials say that k rows stay *for
# each* minority row; it is as many as the ratio says.
#
# In these pictures the model then sees no negatives at all far away from the minority, and has to guess there.

# %%
show(
    {
        "Tomek links": TomekLinks(),
        "ENN, all": us.EditedNearestNeighbours(),
        "ENN, mode": us.EditedNearestNeighbours(kind_sel="mode"),
    },
    "The crosses lie among the triangles: few for Tomek links, more for ENN, and its default takes a wider fringe "
    "than mode. The rest of the cloud stays.",
)

# %% [markdown]
# **Edited nearest neighbours** (ENN, Wilson 1972) asks the three nearest neighbours of each majority row. With the
# default `kind_sel="all"` a row stays only if *all* of them are of its own class: one that disagrees is enough to
# drop it. With `"mode"` their majority decides. (It is often told that two of three must disagree; that is `"mode"`.)

# %%
show(
    {
        "repeated ENN": us.RepeatedEditedNearestNeighbours(),
        "AllKNN": us.AllKNN(),
        "neighbourhood cleaning": us.NeighbourhoodCleaningRule(),
    },
    "Three relatives of ENN: they too drop rows around the minority alone, and the fringe that goes has about the "
    "same width.",
)

# %% [markdown]
# **Repeated ENN** runs ENN again until nothing more goes. **AllKNN** (Tomek 1976b) runs it with one neighbour, then
# two, then three. **Neighbourhood cleaning** (Laurikkala 2001) adds to ENN the majority neighbours of minority rows
# that their neighbours would get wrong.

# %%
from sklearn.neighbors import KNeighborsClassifier

brute = KNeighborsClassifier(1, algorithm="brute")  # the default does the same; for one row at a time this is faster
show(
    {
        "condensed": us.CondensedNearestNeighbour(n_neighbors=brute, random_state=1),
        "one-sided selection": us.OneSidedSelection(random_state=1),
    },
    "Condensing keeps rows at the border and throws the cloud away, the opposite of cleaning. One-sided selection "
    "drops one region far from the minority, and a few rows at the border.",
)

# %% [markdown]
# **Condensed nearest neighbour** (Hart 1968) keeps a set of rows with which one nearest neighbour gets all rows
# right: what lies deep in the majority is redundant and goes. It keeps noise, and it is slow, row after row.
# **One-sided selection** (Kubat and Matwin 1997) takes the minority and `n_seeds_S` majority rows (one by default),
# drops what one nearest neighbour gets right with these few already, then removes Tomek links.

# %%
from sklearn.ensemble import RandomForestClassifier

judges = {"logistic regression": LogisticRegression(), "forest": RandomForestClassifier(8, random_state=1)}
show(
    {
        f"hardness by {name}, 1:2": us.InstanceHardnessThreshold(
            estimator=judge, cv=3, sampling_strategy=0.5, random_state=1
        )
        for name, judge in judges.items()
    },
    "Judged by logistic regression only the majority rows farthest from the minority stay. Judged by "
    "a forest far more rows stay than were asked for.",
)

# %% [markdown]
# **Instance hardness threshold** (Smith and others 2014) fits a model by cross-validation and drops the majority rows
# to whose class it gives the lowest probability. It cuts at a quantile of these probabilities. A forest gives the
# value 1 to many rows; they tie, they all stay, and the ratio is only neared.

# %% [markdown]
# ### Who reaches the ratio, and who ranks well?

# %%
judged = {}
for name, (_, rows_there, labels_there) in {"(left alone)": (None, crowd_X, crowd_y), **catalogue}.items():
    judged[name] = {"majority": int(np.sum(labels_there == 0)), "minority": int(np.sum(labels_there == 1))}
    for label, classifier in (
        ("AP, logistic regression", LogisticRegression()),
        ("AP, 25 neighbours", KNeighborsClassifier(25)),
    ):
        s = classifier.fit(rows_there, labels_there).predict_proba(far_X)[:, 1]
        judged[name][label] = round(average_precision_score(far_y, s), 3)
pd.DataFrame(judged).T.astype({"majority": int, "minority": int})

# %%
asked = 2 * int(crowd_y.sum())
with_ratio = [name for name, (sampler, *_) in catalogue.items() if sampler.get_params().get("sampling_strategy") == 0.5]
print(f"asked for 1:2, so for {asked} majority rows:")
for name in with_ratio:
    print(f"  {name:<36} {judged[name]['majority']:>5}", "" if judged[name]["majority"] == asked else "(not reached)")
print("take no ratio:", "; ".join(name for name in catalogue if name not in with_ratio))

# %%
ways = {"one-sided selection": us.OneSidedSelection(random_state=1), "ENN": us.EditedNearestNeighbours()}
for name, sampler in ways.items():
    left = sampler.fit_resample(X, y)[1].value_counts().sort_index().to_dict()
    print(f"the 1 % set of section 1, {name:<20}", left)

# %% [markdown]
# AP is average precision on 1,500 untouched rows: it judges the ranking, so no threshold enters, and "left alone"
# stands for every cut. (The two features have about the same spread, so nothing was scaled.) It is one set and one
# split: look at large differences only.
#
# On this split nobody is ahead of the untouched data by more than a hair. Light cleaning changed next to nothing, and
# cleaning again and again cost the logistic regression a little. Of the samplers that empty whole regions some fell
# behind with one model and hardly with the other. So a sampler is a choice to be *tested inside the cross-validation*,
# never a habit.

# %% [markdown]
# ### A map of the library
#
# | part | what is in it | lesson |
# | --- | --- | --- |
# | `imblearn.under_sampling` | drops rows: this catalogue | 4 |
# | `imblearn.over_sampling` | adds rows: copies, SMOTE and its kin, ADASYN | 5 |
# | `imblearn.combine` | `SMOTEENN`, `SMOTETomek`: adds, then cleans | 6 |
# | `imblearn.ensemble` | bagging, forests and boosting that resample for each member | 6 |
# | `imblearn.pipeline` | `Pipeline`, `make_pipeline` that take samplers | 4 to 6 |
# | `imblearn.metrics` | G-mean, specificity, a report by class | 3 |
#
# All samplers have `fit_resample(X, y)`, `sampling_strategy` and, if they choose rows, `sample_indices_`. (Older
# texts write `fit_sample` and `return_indices=True`: both are gone.)

# %% [markdown]
# ### Bonus 1 · ENN's two settings
#
# Given the labels of the nearest neighbours of some majority rows (label 0), which rows does ENN drop with
# `kind_sel="all"`, and which with `kind_sel="mode"`? The number of neighbours is odd.


# %% nbgrader={"grade_id": "bonus-enn-settings", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def enn_drops(neighbour_labels):
    """Return for both settings which rows ENN drops: a dict of arrays of True and False, one value a row.

    neighbour_labels: array of 0 and 1 of shape (majority rows, neighbours); the rows themselves are of class 0.
    """
    result = ...  # dict with the keys "all", "mode"
    ### BEGIN SOLUTION
    against = np.mean(neighbour_labels == 1, axis=1)
    result = {"all": against > 0, "mode": against > 0.5}
    ### END SOLUTION
    return result


# %% nbgrader={"grade_id": "bonus-enn-settings-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.bonus_enn_settings(*answers("enn_drops"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# With "all", how many neighbours of the other class does it take to drop a row? And with "mode", of three or of five?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Count the ones in each row of the array. "all" drops where there is any, "mode" where they are more than half.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `against = np.mean(neighbour_labels == 1, axis=1)`; then `against > 0` and `against > 0.5`.
# </details>

# %% [markdown]
# ### Bonus 2 · Find the sampler
#
# Two samplers are described. Find them in imbalanced-learn's documentation (or by `help(…)`), and make them with the
# parameters that the description needs. No fit is necessary.
#
# - **A** cleans with a growing neighbourhood: ENN with one neighbour first, then with two, and so on up to **five**.
# - **B** first collects for each minority row its **ten** nearest majority rows, then keeps of all these the rows
#   with the *largest* mean distance to their three nearest minority rows, as many as there are minority rows.

# %% nbgrader={"grade_id": "bonus-find-the-sampler", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
sampler_a = ...  # sampler of imblearn.under_sampling
sampler_b = ...  # sampler of imblearn.under_sampling
### BEGIN SOLUTION
from imblearn.under_sampling import AllKNN, NearMiss

sampler_a = AllKNN(n_neighbors=5)
sampler_b = NearMiss(version=3, n_neighbors_ver3=10)
### END SOLUTION

# %% nbgrader={"grade_id": "bonus-find-the-sampler-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.bonus_find_the_sampler(*answers("sampler_a", "sampler_b"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Both stand in the catalogue above, with other parameters.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# A is AllKNN, B is NearMiss in its third version. `help(AllKNN)` and `help(NearMiss)` name their parameters.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# A needs `n_neighbors`. B needs `version` and `n_neighbors_ver3`; its other parameters are right as they are.
# </details>

# %% [markdown]
# ### Find the bug
#
# This cell means to test a model that was trained on undersampled rows. It reports a splendid precision. Which rows
# was that measured on? Mend the cell: keep the ratio, the size of the test part (a quarter) and the seeds.

# %% nbgrader={"grade_id": "find-the-bug", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
few_X, few_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
parts = train_test_split(few_X, few_y, test_size=0.25, stratify=few_y, random_state=1)
tested = LogisticRegression().fit(parts[0], parts[2])
test_rows = len(parts[3])
test_prevalence = parts[3].mean()
test_precision = precision_score(parts[3], tested.predict(parts[1]))
### BEGIN SOLUTION
parts = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
few_X, few_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(parts[0], parts[2])
tested = LogisticRegression().fit(few_X, few_y)
test_rows = len(parts[3])
test_prevalence = parts[3].mean()
test_precision = precision_score(parts[3], tested.predict(parts[1]))
### END SOLUTION

# %% nbgrader={"grade_id": "find-the-bug-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.find_the_bug(*answers("test_rows", "test_prevalence", "test_precision"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Print `test_rows` and `test_prevalence`. Are they those of a quarter of the data?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# The two first lines are in the wrong order. Split first, and resample the training part alone.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `parts = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)`, then `few_X, few_y =
# RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(parts[0], parts[2])`, and fit on these.
# </details>

# %% [markdown]
# ## Learners asked

# %% [markdown]
# **Before or after the split?** After, and the training part alone, in each fold anew. What does it cost to get it
# wrong? The same model and the same number of training rows, once in a pipeline, once undersampled before the folds:

# %%
from sklearn.model_selection import cross_validate

one_to_one = make_pipeline(StandardScaler(), RandomUnderSampler(random_state=1), LogisticRegression())
even_X, even_y = RandomUnderSampler(random_state=1).fit_resample(X, y)
metric_names = {"average_precision": "average precision", "precision": "precision at 0.5", "roc_auc": "ROC AUC"}
inside = cross_validate(one_to_one, X, y, cv=folds, scoring=list(metric_names))
before = cross_validate(one_to_one, even_X, even_y, cv=folds, scoring=list(metric_names))
for scoring, name in metric_names.items():
    reached = [told[f"test_{scoring}"].mean() for told in (inside, before)]
    print(f"{name:<18} resampled in each fold {reached[0]:.2f}, before the folds {reached[1]:.2f}")

# %% [markdown]
# Here the metrics that mix the classes are wildly off, and ROC AUC, which does not depend on the prevalence, is not.
# There is one more cost: with the negatives dropped for good, the folds hold a handful of rows, and their scores
# wobble.

# %% [markdown]
# **The training data are balanced, the world is not: is the model ready?** Not yet. Its *ranking* may have got worse,
# as in section 6: compare the average precision on untouched rows. Its *probabilities* do not carry over: correct them
# by beta, or calibrate on untouched rows. Its *threshold* does not either: choose it on untouched rows for your costs.
# And its *precision* must be measured at the natural prevalence:

# %%
even = RandomUnderSampler(random_state=1).fit_resample(X_train, y_train)
balanced_model = LogisticRegression().fit(*even)
s = balanced_model.predict_proba(X_test)[:, 1]
found, alarms = np.mean(s[y_test == 1] >= 0.5), np.mean(s[y_test == 0] >= 0.5)
for prevalence in (0.5, 0.1, 0.01, 0.001):
    there = found * prevalence / (found * prevalence + alarms * (1 - prevalence))
    print(f"prevalence {prevalence:<6} precision at the cut 0.5: {there:.3f} (recall {found:.2f} throughout)")

# %% [markdown]
# **Are there other ways to cut the data, before loading it all?** Yes: read the file in pieces and keep of each piece
# all positives and each negative with probability beta. Memory then holds one piece and what was kept, and you know
# beta exactly. (A database does the same with `WHERE`; models with `partial_fit` need no cut at all.)

# %%
from io import StringIO

file = StringIO(X.assign(target=y).to_csv(index=False))  # stands for a file that is too large
coin, pieces, keep_share = np.random.default_rng(4), [], 0.05
for piece in pd.read_csv(file, chunksize=1_000):
    pieces.append(piece[(piece["target"] == 1) | (coin.random(len(piece)) < keep_share)])
thinned = pd.concat(pieces)
print(f"rows read at a time: 1,000; kept in all: {len(thinned):,} of {len(X):,}", end=", ")
print(f"of these positive: {int(thinned['target'].sum())} of {int(y.sum())}")

# %% [markdown]
# Other cuts throw away *columns* or *repeats*: smaller number types (`float32` halves the memory), equal rows joined
# to one with a weight, cases that a simple rule settles safely. Only do not cut by anything that the model should
# learn.

# %% [markdown]
# ## Quick check
#
# Write the letter of your choice in quotes. Each option answers with its reason; try the wrong ones, too.
#
# **Question 1.** A model was trained and tested on data that had been undersampled to 1:1. Its precision there is
# 0.95. Among the payments of tomorrow 1 in 1,000 is fraud. What precision do you expect, at the same threshold?
#
# - **a** About 0.95: precision belongs to the model.
# - **b** Far lower.
# - **c** Higher: frauds are rarer, so there are fewer to miss.
# - **d** About 0.95, if the test part was stratified.

# %% nbgrader={"grade_id": "quick-check-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_1 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
answer_1 = "b"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.quick_check_1(*answers("answer_1"))

# %% [markdown]
# **Question 2.** You undersampled at random, with beta = 0.02, and now correct the probabilities. What changes?
#
# - **a** The ROC AUC.
# - **b** The average precision.
# - **c** The Brier score.
# - **d** All three.

# %% nbgrader={"grade_id": "quick-check-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_2 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
answer_2 = "c"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.quick_check_2(*answers("answer_2"))

# %% [markdown]
# ## What you take away
#
# - Random undersampling keeps the minority and draws from the majority. `sampling_strategy` is **minority over
#   majority**, afterwards.
# - It buys **size**: memory and time. On the payments it cost a logistic regression average precision; what it costs
#   with your model and data you have to measure.
# - **Split first**; resample in a pipeline, in the training part of each fold. The test keeps its natural prevalence.
# - Its probabilities are too high; if the model is right about the undersampled world, the odds come back with the
#   **kept fraction of the negatives**.
# - Judged at 0.5 it seemed to work wonders on the payments. Judged against the untouched data with a **tuned
#   threshold**, no gain in cost was left to see.
# - Cleaning methods do not aim at a ratio; on this lesson's sets they dropped few rows.
#
# **What goes wrong in practice:** the ratio upside down; a test set that was resampled, before the split or after;
# precision reported at the new prevalence; probabilities sent to customers uncorrected; columns left unscaled, and
# balancing praised for what scaling does; a fancy sampler chosen because of its picture.

# %% [markdown]
# ### Where to read on
#
# - Batista, Prati and Monard (2004), *A study of the behavior of several methods for balancing machine learning
#   training data*, SIGKDD Explorations 6(1), doi 10.1145/1007730.1007735: Tomek links as a way to clean.
# - Dal Pozzolo, Caelen, Johnson and Bontempi (2015), *Calibrating probability with undersampling for unbalanced
#   classification*, IEEE SSCI, doi 10.1109/SSCI.2015.33: the correction, and when undersampling can pay.
# - Elkan (2001), *The foundations of cost-sensitive learning*, IJCAI: the same change of base rate, and the threshold
#   that belongs to it.
# - Hart (1968), *The condensed nearest neighbor rule*, IEEE Transactions on Information Theory 14, doi
#   10.1109/TIT.1968.1054155.
# - King and Zeng (2001), *Logistic regression in rare events data*, Political Analysis 9: keep all events, a sample
#   of the rest, and correct the intercept.
# - Kubat and Matwin (1997), *Addressing the curse of imbalanced training sets: one-sided selection*, ICML.
# - Laurikkala (2001), *Improving identification of difficult small classes by balancing class distribution*, AIME,
#   doi 10.1007/3-540-48229-6_9: neighbourhood cleaning.
# - Lemaître, Nogueira and Aridas (2017), *Imbalanced-learn: a Python toolbox to tackle the curse of imbalanced
#   datasets in machine learning*, JMLR 18(17).
# - Mani and Zhang (2003), *kNN approach to unbalanced data distributions: a case study involving information
#   extraction*, ICML workshop: NearMiss.
# - Smith, Martinez and Giraud-Carrier (2014), *An instance level analysis of data complexity*, Machine Learning 95,
#   doi 10.1007/s10994-013-5422-z: instance hardness.
# - Tomek (1976), *Two modifications of CNN*, IEEE Transactions on Systems, Man, and Cybernetics 6, doi
#   10.1109/TSMC.1976.4309452; Tomek (1976b), *An experiment with the edited nearest-neighbor rule*, same volume:
#   AllKNN.
# - van den Goorbergh and others (2022), *The harm of class imbalance corrections for risk prediction models*, JAMIA
#   29, doi 10.1093/jamia/ocac093: what balancing does to risks.
# - Wilson (1972), *Asymptotic properties of nearest neighbor rules using edited data*, IEEE Transactions on Systems,
#   Man, and Cybernetics 2, doi 10.1109/TSMC.1972.4309137: ENN.
#
# **Next:** lesson 5 goes the other way and adds minority rows.
