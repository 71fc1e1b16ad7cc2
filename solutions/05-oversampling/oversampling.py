# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 05-oversampling, version: "1.0"}
# ---

# %% [markdown]
# # Lesson 5 · Oversampling
#
# **Adding minority rows: copies, jittered copies and synthetic points.** After this lesson you can
#
# 1. oversample to any ratio, with copies and with SMOTE, and make a SMOTE point by hand;
# 2. tell how many neighbours SMOTE may have in a fold, and read its error when there are too few;
# 3. oversample a table with categories without inventing people who are 0.4 of a smoker;
# 4. recognise a cross-validation score that was inflated by oversampling, and say by what;
# 5. bring risks that oversampling inflated back to the prevalence of the world, and know when that fails.
#
# **Time** 25 to 40 minutes for the core path; what comes after *Further* is extra. **Needs** lesson 3 (average
# precision, calibration, threshold) and lesson 4 (`sampling_strategy`, resampling inside a pipeline). **Points** 20,
# in six tasks.

# %% [markdown]
# Run the cells from top to bottom with Shift+Enter. The three cells below load what the lesson works with: the
# two-feature set of lesson 2, six points to do SMOTE by hand, 2,000 rows of ten features to see a leak, and the people
# of a health screening, of whom about 7 % have a condition.
#
# Each word of the course stands in the [glossary](../glossary.md) with one sentence.

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn
from imblearn.over_sampling import SMOTE, SMOTENC, RandomOverSampler
from imblearn.pipeline import make_pipeline
from imblearn.under_sampling import RandomUnderSampler
from IPython.display import Markdown, display
from sklearn.datasets import make_classification
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_score, train_test_split
from sklearn.neighbors import KNeighborsClassifier

from imbalanced_course import datasets, plots, scoreboard

sklearn.set_config(display="text")
plt.style.use("imbalanced_course.plots.course")

# %% nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
X, y = datasets.make_two_features()  # 10,000 rows, 100 of them positive

# Six points; `target` is 1 for the four of the minority.
six = pd.DataFrame(
    {
        "feature_1": [0.75, 2.0, 4.0, 5.0, 4.8, 3.2],
        "feature_2": [1.5, 3.0, 2.0, 5.0, 1.2, 3.4],
        "target": [1, 1, 1, 1, 0, 0],
    }
)

# 2,000 rows of ten features, about 5 % of them positive, as arrays.
signal_X, signal_y = make_classification(
    n_samples=2000, n_features=10, n_informative=5, weights=[0.95], flip_y=0.02, class_sep=0.8, random_state=3
)
folds = StratifiedKFold(n_splits=5, shuffle=True, random_state=1)
forest = RandomForestClassifier(n_estimators=6, random_state=1)

# %% nbgrader={"grade_id": "setup-people", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
screening = datasets.load_screening()  # 10,000 people
everyone, condition = screening.drop(columns="condition"), screening["condition"]
people = everyone[["age", "bmi", "glucose", "smoking", "activity", "family_history"]]

# A model of the condition: half of the people to fit on, copied up to 40 % with the condition; half to test on.
fit_people, test_people, y_before, y_test = train_test_split(
    everyone, condition, test_size=0.5, stratify=condition, random_state=1
)
more_people, y_after = RandomOverSampler(sampling_strategy=2 / 3, random_state=1).fit_resample(fit_people, y_before)
risk_model = make_pipeline(datasets.screening_preprocessor(), LogisticRegression(max_iter=1000))
risk_model.fit(more_people, y_after)
risks = risk_model.predict_proba(test_people)[:, 1]  # the risk that it tells each of the test people

# %% [markdown]
# ## 1 · Copies

# %%
copier = RandomOverSampler(sampling_strategy=0.5, random_state=1)
X_more, y_more = copier.fit_resample(X, y)
times_there = np.bincount(copier.sample_indices_)[y == 1]  # how often each minority row is there now
few, many = X[y == 1], X[y == 0].iloc[::4]  # of the majority one row in four is enough to draw

# %%
figure, panels = plt.subplots(1, 2, figsize=(9, 3.4), sharex=True, sharey=True)
for ax, title, size in zip(panels, ("before", "after"), (12, 1.2 * times_there), strict=True):
    _ = ax.scatter(*many.T.to_numpy(), s=4, color="lightgrey", label="majority (one in four)")
    _ = ax.scatter(*few.T.to_numpy(), s=size, marker="^", color="black", alpha=0.5, label="minority")
    _ = ax.set(title=title, xlabel="feature_1", xlim=(-3.4, 2), ylim=(-0.8, 4.4))
_ = panels[0].set(ylabel="feature_2")
_ = panels[0].legend(loc="upper right")
plots.captioned(
    figure,
    "The same set before and after random oversampling, the area of a triangle showing how often the row is there. "
    "No triangle stands in a new place: they have only grown, some more than others.",
)

# %%
counts_before, counts_more = (labels.value_counts().sort_index().to_dict() for labels in (y, y_more))
print("majority and minority before:", counts_before)
print("after, sampling_strategy=0.5:", counts_more)
print("different minority rows before and after:", len(few), "and", len(X_more[y_more == 1].drop_duplicates()))
print(f"a minority row is there {times_there.min()} to {times_there.max()} times")

# %% [markdown]
# **Random oversampling** keeps all rows, and draws minority rows **with replacement** until the ratio is reached. As
# in lesson 4 `sampling_strategy` is **minority over majority**, afterwards. Nothing is dropped, so a ratio below the
# present one is refused. There is no magic in it: pandas or scikit-learn do it, too.

# %%
from sklearn.utils import resample

missing = 4_950 - len(few)
by_pandas = pd.concat([X.assign(target=y), few.assign(target=1).sample(n=missing, replace=True, random_state=1)])
by_sklearn = pd.concat([X, resample(few, n_samples=missing, random_state=1)])
print("pandas:      ", by_pandas["target"].value_counts().sort_index().to_dict())
print("scikit-learn:", len(by_sklearn), "rows")
try:
    RandomOverSampler(sampling_strategy=0.005).fit_resample(X, y)
except ValueError as error:
    print("ratio 0.005: ", " ".join(str(error).split())[:96], "…")

# %% [markdown]
# What do copies do to a model? To the loss they are the same as **weights**: a row that is there 50 times counts 50
# times. So `class_weight` does the same without the rows (lesson 7). And like weights they raise the probabilities on
# the whole, which moves what the cut 0.5 means.
#
# **Jittered copies** do not stand on the very same spot: with `shrinkage` above 0 each copy is moved by a random step,
# the larger the shrinkage the farther. Shrinkage 0 is plain copies. (Further down you see what it does.)

# %% [markdown]
# ### Task 5.1 · Copies to a ratio (3 points)
#
# Oversample the set `X`, `y` to **one minority row for four majority rows**. Which number must `sampling_strategy` be?
# What are the counts afterwards? How many times is a minority row there then, on average, itself counted? Write a
# function that does it for any data. The check calls it on data that you have not seen.

# %% nbgrader={"grade_id": "random-oversampling", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
strategy_quarter = ...  # number: the value of sampling_strategy
counts_quarter = ...  # dict: label (0 and 1) to number of rows after oversampling X, y
times_each = ...  # number: how many times a minority row of X is there afterwards, on average


def oversample(X, y, per_minority):
    """Add copies with the library until there are `per_minority` majority rows for each minority row.

    per_minority: number, 1 or more. X: DataFrame. y: Series of 0 and 1, where 1 is the minority.
    Returns all rows and their labels.
    """
    X_new, y_new = ..., ...  # DataFrame and Series
    ### BEGIN SOLUTION
    sampler = RandomOverSampler(sampling_strategy=1 / per_minority, random_state=1)
    X_new, y_new = sampler.fit_resample(X, y)
    ### END SOLUTION
    return X_new, y_new


### BEGIN SOLUTION
strategy_quarter = 1 / 4
counts_quarter = oversample(X, y, 4)[1].value_counts().to_dict()
times_each = counts_quarter[1] / np.sum(y == 1)
### END SOLUTION

# %% nbgrader={"grade_id": "random-oversampling-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.random_oversampling(*answers("strategy_quarter", "counts_quarter", "times_each", "oversample"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which class is on top of the fraction? Which of the two classes keeps its number of rows?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# One minority row for `per_minority` majority rows is the ratio 1 / `per_minority`. The majority keeps its rows, so the
# minority has a quarter as many. For the average divide the minority rows after by those before.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `RandomOverSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)`. For the counts:
# `oversample(X, y, 4)[1].value_counts().to_dict()`.
# </details>

# %% [markdown]
# ## 2 · SMOTE: points on a line
#
# Instead of copies one can make *new* points. Where should they lie?

# %%
from sklearn.neighbors import NearestNeighbors

places = few.to_numpy()
start = 56  # a minority row that has majority rows close by
near = NearestNeighbors(n_neighbors=6).fit(places).kneighbors(places[[start]], return_distance=False)[0, 1:]
draw = np.random.default_rng(3)
chosen, steps = draw.choice(near, size=9), draw.random((9, 1))
new_places = places[start] + steps * (places[chosen] - places[start])

# %%
figure, ax = plt.subplots(figsize=(5.4, 3.8))
_ = ax.scatter(*X[y == 0].T.to_numpy(), s=8, color="lightgrey", label="majority")
_ = ax.scatter(*places.T, s=40, marker="^", color="white", edgecolor="black", label="minority")
_ = ax.plot(*[np.vstack([places[[start] * 5, j], places[near, j]]) for j in (0, 1)], "k:", linewidth=0.8)
_ = ax.scatter(*places[start], s=90, marker="^", color="black", label="the row")
_ = ax.scatter(*new_places.T, s=45, marker="x", color="black", label="synthetic", zorder=4)
reach = np.abs(places[near] - places[start]).max() * 1.5
for set_limits, centre in zip((ax.set_xlim, ax.set_ylim), places[start], strict=True):
    _ = set_limits(centre - reach, centre + reach)
_ = (ax.set(xlabel="feature_1", ylabel="feature_2"), ax.legend(fontsize="small"))
plots.captioned(
    ax,
    "From one minority row dotted lines lead to its five nearest minority neighbours. Each cross, a synthetic point, "
    "lies somewhere on one of these lines. Majority rows are passed over, even where they are nearer.",
)

# %% [markdown]
# That is **SMOTE**, the synthetic minority oversampling technique (Chawla and others 2002). For each new point:
#
# 1. take a **minority row**;
# 2. find its `k_neighbors` (5 by default) nearest neighbours **among the minority rows** and draw one of them;
# 3. draw a **step** from 0 to 1 and go that share of the way:
#
# $$\text{new} = \text{row} + \text{step} \times (\text{neighbour} - \text{row})$$
#
# Step 0 is the row itself, step 1 the neighbour. The majority plays no part in it: SMOTE does not look whether a line
# runs straight through a crowd of majority rows. Because it measures distances, **scale the columns first**. (Those of
# `X` have about the same spread, so here nothing is scaled.)

# %%
ax = plots.class_scatter(six[["feature_1", "feature_2"]], six["target"])
for points in ax.collections:
    _ = points.set_sizes([120])
for number, point in enumerate(six[["feature_1", "feature_2"]].to_numpy()):
    _ = ax.annotate(str(number), xy=point, xytext=(9, 4), textcoords="offset points", weight="bold")
_ = (ax.set_aspect("equal"), ax.margins(0.2), ax.legend(loc="upper left", markerscale=0.8))
plots.captioned(
    ax,
    "The six points with their row numbers, four triangles of the minority and two circles of the majority. Next to "
    "triangle 2 lie the two circles; the other triangles are farther away.",
)

# %% [markdown]
# ### Task 5.2 · SMOTE by hand (4 points)
#
# 1. Which two rows of `six` does SMOTE take for neighbours of row 2, with `k_neighbors=2`? Nearest first.
# 2. Where does the new point lie, from **row 2** a **quarter** of the way to the **second** of these?
# 3. Write a function that makes such a point of any points: from `row` the share `step` of the way to its `k`-th
#    nearest neighbour. The check calls it on points that you have not seen.

# %% nbgrader={"grade_id": "smote-by-hand", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
two_nearest = ...  # list of two row numbers, the nearest first
new_point = ...  # two numbers: feature_1 and feature_2 of the new point


def synthetic_point(points, labels, row, k, step):
    """Return the point that lies the share `step` of the way from `row` to its k-th nearest minority neighbour.

    points: array of shape (rows, 2). labels: array of 0 and 1, where 1 is the minority. row: row number of a minority
    row. k: whole number, 1 for the nearest. step: number, 0 to 1. Returns an array of two numbers.
    """
    point = ...  # array of two numbers
    ### BEGIN SOLUTION
    others = [i for i in np.flatnonzero(labels == 1) if i != row]
    distances = np.linalg.norm(points[others] - points[row], axis=1)
    neighbour = points[others[np.argsort(distances)[k - 1]]]
    point = points[row] + step * (neighbour - points[row])
    ### END SOLUTION
    return point


### BEGIN SOLUTION
two_nearest = [1, 3]
new_point = synthetic_point(six[["feature_1", "feature_2"]].to_numpy(), six["target"].to_numpy(), 2, k=2, step=0.25)
### END SOLUTION

# %% nbgrader={"grade_id": "smote-by-hand-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.smote_by_hand(*answers("two_nearest", "new_point", "synthetic_point"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which points may be neighbours at all: the circles, the triangles, row 2 itself?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Take the minority rows without `row`, measure their distances with `np.linalg.norm(…, axis=1)`, sort them with
# `np.argsort`. The k-th nearest stands at position k - 1. Then use the formula above.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `others = [i for i in np.flatnonzero(labels == 1) if i != row]`, then `distances = np.linalg.norm(points[others] -
# points[row], axis=1)`, `neighbour = points[others[np.argsort(distances)[k - 1]]]`, and
# `points[row] + step * (neighbour - points[row])`.
# </details>

# %% [markdown]
# ### SMOTE with the library

# %%
X_smote, y_smote = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
figure, ax = plt.subplots(figsize=(5.6, 4))
_ = plots.class_scatter(X_smote, y_smote, ax=ax)
_ = ax.scatter(*few.T.to_numpy(), s=14, color="black", label="rows of the data", zorder=5)
_ = ax.legend(loc="lower right")
plots.captioned(
    ax,
    "After SMOTE. The black dots are the minority rows of the data; the new triangles are so many that one sees the "
    "lines they lie on: threads from dot to dot, some of them far out, where single rows stood.",
)

# %%
print("majority and minority before:", counts_before)
print("SMOTE, sampling_strategy=0.5:", y_smote.value_counts().sort_index().to_dict())
print("the rows of the data come first, unchanged:", X_smote.iloc[: len(X)].equals(X))
print("different minority rows:", len(X_smote[y_smote == 1].drop_duplicates()))

# %% [markdown]
# Same counts as with copies, but hardly a row is there twice. And yet nothing new has been *learnt* about the minority:
# every point is made of the same rows. What SMOTE adds is an assumption: that between two neighbours of the minority
# there is more minority. In the picture some threads run through places where no minority row has ever been.

# %% [markdown]
# ### Enough neighbours?
#
# SMOTE needs `k_neighbors` *other* minority rows around each. In a cross-validation only those of the **training part**
# count. With few positives that ends in an error:

# %%
fewer_X, fewer_y = pd.concat([X[y == 1].head(6), X[y == 0].head(94)]), np.repeat([1, 0], [6, 94])
train, test = next(StratifiedKFold(n_splits=3).split(fewer_X, fewer_y))
print(f"positives: {fewer_y.sum()} in all, {fewer_y[train].sum()} in the training part of a fold")
try:
    SMOTE().fit_resample(fewer_X.iloc[train], fewer_y[train])
except ValueError as error:
    print("SMOTE():             ", error)
rows_there, labels_there = SMOTE(k_neighbors=3, random_state=1).fit_resample(fewer_X.iloc[train], fewer_y[train])
print("SMOTE(k_neighbors=3):", np.bincount(labels_there).tolist())

# %% [markdown]
# Read it so: `n_samples` is the number of positives that SMOTE sees, and `n_neighbors` is `k_neighbors + 1`, because
# the library counts each row as its own nearest neighbour. So `k_neighbors` may be **at most the positives of the
# training part, minus 1**. (With so few positives another `k_neighbors` mends the error, not the lack of data.)

# %% [markdown]
# ### Task 5.3 · SMOTE's counts, and its neighbours (3 points)
#
# Oversample `X`, `y` with SMOTE to the ratio **0.2**: what are the counts afterwards, and how many points are new?
# Then write a function: a set has so many positives, and a stratified cross-validation so many folds. What is the
# largest `k_neighbors` that works in **every** fold? (The folds share the positives as evenly as they can; where it
# does not come out even some test parts get one more.)

# %% nbgrader={"grade_id": "smote-counts", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
counts_smote = ...  # dict: label (0 and 1) to number of rows after SMOTE
new_points = ...  # whole number: how many of the rows are synthetic


def largest_k(positives, n_splits):
    """Return the largest k_neighbors with which SMOTE works in every fold of a stratified cross-validation.

    positives: whole number, in the whole set. n_splits: whole number of folds, 2 or more.
    """
    answer = ...  # whole number
    ### BEGIN SOLUTION
    largest_test_part = int(np.ceil(positives / n_splits))
    answer = positives - largest_test_part - 1
    ### END SOLUTION
    return answer


### BEGIN SOLUTION
more_y = SMOTE(sampling_strategy=0.2, random_state=1).fit_resample(X, y)[1]
counts_smote = more_y.value_counts().to_dict()
new_points = len(more_y) - len(y)
### END SOLUTION

# %% nbgrader={"grade_id": "smote-counts-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.smote_counts(*answers("counts_smote", "new_points", "largest_k"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# The ratio is minority over majority. And for the function: which fold has the fewest positives to train on?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Count the labels that `fit_resample` returns; the new points are those on top of the 10,000 rows. The fewest
# positives are left where the test part has the most: `positives / n_splits`, rounded **up**.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `SMOTE(sampling_strategy=0.2, random_state=1).fit_resample(X, y)[1].value_counts().to_dict()`, and
# `positives - int(np.ceil(positives / n_splits)) - 1`.
# </details>

# %% [markdown]
# ## 3 · Columns that are categories
#
# Nobody stands half-way between "never smoked" and "smokes". SMOTE does not know: it takes every column for a number.
# Four ways to oversample people whose smoking habit was coded as three columns of 0 and 1:

# %%
some, ill = people.head(2_000), condition.head(2_000)
habit = pd.get_dummies(some["smoking"], dtype=float)  # without dtype the columns hold True and False
ways = {
    "0.0 and 1.0, SMOTE": (habit, SMOTE(random_state=1)),
    "0 and 1, SMOTE": (habit.astype(int), SMOTE(random_state=1)),
    "True and False, SMOTE": (habit.astype(bool), SMOTE(random_state=1)),
    "True and False, jittered copies": (habit.astype(bool), RandomOverSampler(shrinkage=0.1, random_state=1)),
}
habits_each = {}
for name, (columns, sampler) in ways.items():
    table = some[["age", "bmi"]].join(columns)
    new = sampler.fit_resample(table, ill)[0].iloc[len(table) :][list(habit)].astype(float)
    broken = ((new > 0) & (new < 1)).any(axis=1)
    # how many habits each new person has, or -1 for parts of several
    habits_each[name] = new.sum(axis=1).where(~broken, -1).value_counts(normalize=True)
habits_each = pd.DataFrame(habits_each).fillna(0).reindex([1, -1, 0, 2, 3]).fillna(0)

# %%
habits_each.index = ["one, as it should be", "parts of several", "none", "two", "all three"]
ax = habits_each.T.plot.barh(stacked=True, figsize=(8, 2.8), edgecolor="black", color=["white"] + ["lightgrey"] * 4)
for bars, hatch in zip(ax.containers, ("", "...", "///", "xxx", "+++"), strict=True):
    for bar in bars:
        bar.set_hatch(hatch)
_ = (ax.set(xlabel="share of the synthetic people", xlim=(0, 1)), ax.invert_yaxis())
_ = ax.legend(title="smoking habits", bbox_to_anchor=(1, 1), fontsize="small")
plots.captioned(
    ax,
    "How many smoking habits a synthetic person has. Only the white part has one. The others have parts of several, "
    "none, or two at once; with True and False and jittered copies every single one has all three.",
)

# %% [markdown]
# Decimal numbers give people who are 0.4 of a smoker. With whole numbers or True and False it is worse, because it
# looks right: SMOTE and jittered copies compute in decimals, and imbalanced-learn turns the result back
# into the column's type **without a word**. Whole numbers cut the decimals off, so 0.4 becomes 0 and the person has no
# habit at all; as a truth value everything but 0 is True, so the person has two, or all three.
#
# **SMOTENC** (nominal and continuous, same paper of 2002) is made for this. You name the categorical columns and leave
# them as they are. Numbers are interpolated; of a category the new row takes the one that **most of the neighbours**
# have.

# %%
nc = SMOTENC(categorical_features=["smoking", "activity", "family_history"], random_state=1)
new_people = nc.fit_resample(some, ill)[0].iloc[len(some) :]
new_people.head(3).round(2)

# %% [markdown]
# Three things to know. `family_history` holds 0 and 1 and is a category all the same: it must be named
# (`categorical_features="auto"` finds only columns of the type *category*). SMOTENC also measures distances, so a
# number in large units drowns the others. And **plain copies** have none of these troubles: every copy is a person
# that exists.

# %% [markdown]
# ### Task 5.4 · People with categories (3 points)
#
# Write a function that adds **synthetic** people of the minority to a table with the columns of `people`: `age`, `bmi`
# and `glucose` are numbers, `smoking`, `activity` and `family_history` categories. Each new person shall have
# categories that exist. The check calls it on people that you have not seen.


# %% nbgrader={"grade_id": "mixed-columns", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def oversample_people(X, y, ratio):
    """Add synthetic minority people until the classes have the ratio asked for.

    X: DataFrame with the columns age, bmi, glucose, smoking, activity, family_history. y: Series of 0 and 1, where 1
    is the minority. ratio: minority over majority, above 0 and at most 1. Returns all people and their labels.
    """
    X_new, y_new = ..., ...  # DataFrame with the same columns, and Series
    ### BEGIN SOLUTION
    categories = ["smoking", "activity", "family_history"]
    sampler = SMOTENC(categorical_features=categories, sampling_strategy=ratio, random_state=1)
    X_new, y_new = sampler.fit_resample(X, y)
    ### END SOLUTION
    return X_new, y_new


# %% nbgrader={"grade_id": "mixed-columns-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.mixed_columns(*answers("oversample_people"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which sampler takes categories as they are? No column needs to be coded.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `SMOTENC` wants to know in `categorical_features` which columns are categories. There are three, and one of them holds
# 0 and 1.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `SMOTENC(categorical_features=["smoking", "activity", "family_history"], sampling_strategy=ratio,
# random_state=1).fit_resample(X, y)`.
# </details>

# %% [markdown]
# ## 4 · The leak
#
# Undersampled before the split, a test was too easy because its prevalence had changed (lesson 4). With oversampling
# something worse comes on top. Take two sets with the same features: in one the labels follow them, in the other the
# labels were shuffled, so there is **nothing to learn**. Score five nearest neighbours in three ways: without SMOTE,
# with SMOTE inside the folds, and with SMOTE before them.

# %%
noise_y = np.random.default_rng(1).permutation(signal_y)
model, smote = KNeighborsClassifier(5, algorithm="brute"), SMOTE(random_state=1)  # SMOTE to 1:1


def mean_ap(fitted_in_folds, rows, labels):
    return cross_val_score(fitted_in_folds, rows, labels, cv=folds, scoring="average_precision").mean()


leak = {}
for name, labels in (("real signal", signal_y), ("pure noise", noise_y)):
    leak[name] = {
        "no SMOTE": mean_ap(model, signal_X, labels),
        "SMOTE inside the folds": mean_ap(make_pipeline(smote, model), signal_X, labels),
        "SMOTE before the folds": mean_ap(model, *smote.fit_resample(signal_X, labels)),
    }


# %% [markdown]
# And a fourth way, to part two causes: SMOTE inside the folds, so that the test rows are untouched, but each of them
# *weighted* so that both classes count the same. That changes the prevalence of the test and nothing else.


# %%
def balanced_tests(labels):
    """SMOTE inside the folds, and the test rows weighted as if half of them were positive."""
    reached = []
    for train, test in folds.split(signal_X, labels):
        scores = model.fit(*smote.fit_resample(signal_X[train], labels[train])).predict_proba(signal_X[test])[:, 1]
        weight = np.where(labels[test] == 1, 1 / np.mean(labels[test]), 1 / np.mean(1 - labels[test]))
        reached.append(average_precision_score(labels[test], scores, sample_weight=weight))
    return np.mean(reached)


for name, labels in (("real signal", signal_y), ("pure noise", noise_y)):
    leak[name]["inside, but tests balanced"] = balanced_tests(labels)
leak = pd.DataFrame(leak).iloc[[0, 1, 3, 2]]  # the balanced tests before the leak

# %%
figure, ax = plt.subplots(figsize=(8.4, 2.9))
for column, marker in (("real signal", "o"), ("pure noise", "^")):
    _ = ax.scatter(leak[column], leak.index, s=60, marker=marker, label=column)
_ = ax.axvline(signal_y.mean(), color="black", linestyle="--", label="prevalence")
_ = ax.axvline(0.5, color="black", linestyle=":", label="prevalence when balanced")
_ = (ax.margins(y=0.15), ax.set(xlabel="mean average precision over five folds", xlim=(0, 1)), ax.invert_yaxis())
_ = ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plots.captioned(
    figure,
    "With SMOTE before the folds both sets score close to 1, also the one of pure noise. Inside the folds noise stays "
    "at the prevalence, where it belongs. Merely balancing the test rows lifts noise to one half.",
)

# %%
display(leak.round(2))
noise = leak["pure noise"]
honest, balanced, leaked = noise[["SMOTE inside the folds", "inside, but tests balanced", "SMOTE before the folds"]]
print(f"pure noise, from {honest:.2f} to {leaked:.2f}:", end=" ")
print(f"{balanced - honest:.2f} by the changed prevalence, {leaked - balanced:.2f} by relatives of training rows")

# %% [markdown]
# Two things were mixed up, and the third line parts them. **The prevalence:** in balanced test folds the chance level
# of average precision is one half, so even noise gets that much. **Relatives:** a synthetic point in the test fold has
# its parents, or brothers and sisters, in the training part. A model that can memorise, such as nearest neighbours or a
# forest, knows it already. Copies are the plainest case: the very same row stands on both sides
# (Blagus and Lusa 2015).
#
# The cure is lesson 4's: **split first**, and put the sampler in imbalanced-learn's pipeline, which resamples the
# training part of each fold and nothing else. Do not believe any score from a table that was oversampled as a whole, no
# matter how the folds were made afterwards.

# %% [markdown]
# ### Task 5.5 · Inside the folds, or before? (4 points)
#
# Write a function that scores the `forest` of the set-up in three ways on rows `X` and labels `y` (arrays), each time
# by its mean **average precision** over the `folds` of the set-up: `untouched`, without SMOTE; `inside`, with
# `SMOTE(random_state=1)` in a pipeline; `before`, with the same SMOTE on all rows first, as one should *not* do it.
#
# Then say why `before` is so much higher than `inside`:
#
# - **a** The forest profits from training on synthetic points.
# - **b** Only because half of the test rows are positive.
# - **c** The test folds hold relatives of the training rows, and half of their rows are positive.
# - **d** There are more rows, so the estimate is better.

# %% nbgrader={"grade_id": "inside-or-before", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
why_higher = ...  # "a", "b", "c" or "d"


def three_scores(X, y):
    """Return the forest's mean average precision over the five folds in three ways, as a dict of numbers.

    X: array of shape (rows, columns). y: array of 0 and 1, where 1 is the minority.
    """
    result = ...  # dict with the keys "untouched", "inside", "before"
    ### BEGIN SOLUTION
    smote = SMOTE(random_state=1)
    more_X, more_y = smote.fit_resample(X, y)
    asked = {"cv": folds, "scoring": "average_precision"}
    result = {
        "untouched": cross_val_score(forest, X, y, **asked).mean(),
        "inside": cross_val_score(make_pipeline(smote, forest), X, y, **asked).mean(),
        "before": cross_val_score(forest, more_X, more_y, **asked).mean(),
    }
    ### END SOLUTION
    return result


### BEGIN SOLUTION
why_higher = "c"
### END SOLUTION

# %% nbgrader={"grade_id": "inside-or-before-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.inside_or_before(*answers("three_scores", "why_higher"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# The figure above was made in the same way, with another model. Which rows does each of the three cross-validations
# get?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `cross_val_score(…, cv=folds, scoring="average_precision").mean()`, three times: the forest on `X`, `y`; a pipeline
# of SMOTE and the forest on `X`, `y`; the forest on what `fit_resample(X, y)` returns.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `make_pipeline(SMOTE(random_state=1), forest)` goes inside; for `before` use `more_X, more_y =
# SMOTE(random_state=1).fit_resample(X, y)`. For the question look at the printed line that parts the two causes.
# </details>

# %% [markdown]
# ## 5 · What it really changes
#
# The fair contest, on the card payments: the same folds, a miss at 1,000 euro and a false alarm at 10, scaled columns,
# and **every** row at the default cut *and* at a threshold tuned in the same way. The rows of earlier lessons (two
# dummies for a floor, the data left alone, undersampling to 1:2) are stored results, whose recipe stands in
# `datasets/contest/CARD.md`. Oversampling runs here.

# %%
payments, is_fraud = datasets.features_and_target(datasets.load_transactions())


def enter(name, *samplers):
    steps = [datasets.transactions_preprocessor(), *samplers, LogisticRegression(max_iter=1000)]
    return scoreboard.evaluate(name, make_pipeline(*steps), payments, is_fraud)


dummies = ["dummy, most frequent", "dummy, base rate"]
alone, copied, smoted = "leave the data alone", "copies to 1:1", "SMOTE to 1:1"
stored = scoreboard.load_contest("logistic regression")
stored = stored[stored["strategy"].isin([*dummies, alone, "random undersampling"]) & (stored["fold"] < 5)]
copies_entry = enter(copied, RandomOverSampler(random_state=1))

# %%
contest = pd.concat([stored, copies_entry, enter(smoted, SMOTE(random_state=1))])
summary = scoreboard.table(contest)
scoreboard.compact(summary, intervals=("average_precision", "cost"))

# %%
axes = plots.scoreboard(summary[~summary["strategy"].isin(dummies)])
plots.captioned(
    axes,
    "At the default cut every kind of resampling is far cheaper than the untouched model. At the tuned threshold all "
    "four cost about the same; average precision is lower with resampling, and the Brier score worse.",
)

# %%
for metric, digits in (("cost", 0), ("average_precision", 3), ("brier", 3)):
    for cut in (scoreboard.DEFAULT_CUT, scoreboard.TUNED_CUT) if metric == "cost" else (scoreboard.TUNED_CUT,):
        for name in (copied, smoted):
            gain = scoreboard.difference(contest, (name, cut), (alone, cut), metric)
            where = f"{scoreboard.METRICS[metric][0]}, {cut}" if metric == "cost" else scoreboard.METRICS[metric][0]
            print(f"{where:<33} {name:<13} minus alone {gain.mean:>10,.{digits}f}", end=" ")
            print(f"(95 % interval {gain.low:,.{digits}f} to {gain.high:,.{digits}f})")

# %% [markdown]
# - **Decision and cost.** At the default cut oversampling looks like a triumph, at the tuned threshold the interval of
#   the difference holds 0. What is seen at 0.5 is mostly a moved threshold, in disguise.
# - **Ranking.** Average precision is lower on average. Its interval holds 0 and is wide, so five folds show neither a
#   loss nor that there is none. ROC AUC (in the table) stays about where it was.
# - **Calibration.** The Brier score is many times worse.
#
# (SMOTE worked here on one-hot columns inside the pipeline. Its parts of categories never leave it, and a linear model
# takes them as numbers. To compare, put SMOTENC in front of the preprocessor.)

# %% [markdown]
# This is one set and one model. What do larger studies say? **Weak learners** (a decision tree, AdaBoost, a support
# vector machine) gained from balancing; **strong ones** (XGBoost, CatBoost) did not, and left alone they were better
# than weak ones balanced. Where the threshold could be tuned, tuning did as well (Elor and Averbuch-Elor 2022). For
# risk models discrimination did not improve and **calibration suffered** (van den Goorbergh and others 2022, for
# logistic regression; Carriero and others 2025, for machine learning in general, where calibrating again did not always
# mend it).

# %% [markdown]
# ## 6 · Risks that are several times too high
#
# About 7 % of the people screened have the condition. The model of the set-up was fitted on people copied until 40 %
# had it, and now tells each of the test people a risk.

# %%
untouched = make_pipeline(datasets.screening_preprocessor(), LogisticRegression(max_iter=1000))
untouched.fit(fit_people, y_before)
told = {"not resampled": untouched.predict_proba(test_people)[:, 1], "oversampled": risks}
print(f"with the condition: {y_before.mean():.1%} before oversampling, {y_after.mean():.1%} after,", end=" ")
print(f"{y_test.mean():.1%} of the test people")
for name, one in told.items():
    print(f"{name:<14} mean risk {one.mean():.3f}, Brier score {brier_score_loss(y_test, one):.3f},", end=" ")
    print(f"average precision {average_precision_score(y_test, one):.3f}")

# %%
ax = plots.reliability_curve(y_test, told, n_bins=8)
plots.captioned(
    ax,
    "Of people with the same predicted risk, how many have the condition? The model that was not resampled follows the "
    "diagonal. The oversampled one runs far below it: where it says one half, few have the condition.",
)

# %% [markdown]
# Why? The model has learnt from a world in which 40 % have the condition, and describes that world well. Its average
# precision is almost that of the other: the *order* of the people is fine, the *level* is not. Tell a patient such a
# risk, and you frighten them for nothing.
#
# Lesson 4's formula does **nothing** here: it needs the kept fraction of the negatives, and no negative was dropped.
# But the thought behind it holds. Copying has multiplied everybody's **odds** by the same factor, so divide by it.
# With the prevalence before, π, and after, π′:
#
# $$\text{odds} = \text{odds told} \times \frac{\pi / (1 - \pi)}{\pi' / (1 - \pi')} \qquad \text{risk} =
# \frac{\text{odds}}{1 + \text{odds}}$$
#
# (Elkan 2001; for logistic regression it is a shift of the intercept, King and Zeng 2001.) There are **three ways
# out**: do not resample, and move the threshold; correct the odds, where the model is *well specified* (its form
# fits the world, so that it is right about the oversampled one); or calibrate again, on rows that were neither
# resampled nor used to fit.

# %% [markdown]
# ### Task 5.6 · Back to the prevalence (3 points)
#
# Write the correction as a function of the risks and of the labels before and after oversampling (which give you both
# prevalences). Then correct the `risks` of the test people, with `y_before` and `y_after` from the set-up: what is
# their mean? The check calls the function on values that you have not seen; a risk may be 0 or 1.

# %% nbgrader={"grade_id": "corrected-risks", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
mean_corrected = ...  # number, 0 to 1: mean corrected risk of the test people


def back_to_prevalence(risks, y_before, y_after):
    """Return the risks in the world before oversampling, as an array.

    risks: array of numbers, 0 to 1, told by the model of the oversampled rows.
    y_before, y_after: arrays of 0 and 1, before and after oversampling.
    """
    answer = ...  # array of numbers, 0 to 1
    ### BEGIN SOLUTION
    before, after = np.mean(y_before), np.mean(y_after)
    factor = (before / (1 - before)) / (after / (1 - after))
    # odds / (1 + odds) without a division by 1 - risk, which may be 0
    answer = factor * risks / (factor * risks + 1 - risks)
    ### END SOLUTION
    return answer


### BEGIN SOLUTION
mean_corrected = back_to_prevalence(risks, y_before, y_after).mean()
### END SOLUTION

# %% nbgrader={"grade_id": "corrected-risks-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.corrected_risks(*answers("back_to_prevalence", "mean_corrected"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# The prevalences are the means of the two label arrays. The corrected risks are lower: what must be on top, what below?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `factor` is the odds of the prevalence before, divided by the odds of the prevalence after. Multiply the odds of each
# risk, `risk / (1 - risk)`, by it and turn them back. A risk of 1 has no odds: multiply the formula out.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `factor = (before / (1 - before)) / (after / (1 - after))` and `factor * risks / (factor * risks + 1 - risks)`.
# </details>

# %% [markdown]
# ### When the correction fails
#
# It takes the model at its word: right in the oversampled world. Logistic regression nearly is here. A forest of deep
# trees is not, for it knows each copied row by heart. (It has six trees, for speed.) The two models, corrected and
# calibrated again (by Platt's method of 1999, a logistic regression of the score, on a third of the people set aside
# and left as they are). Beside them stand the model that was not resampled, and a floor: everybody is told the
# prevalence.

# %%
from sklearn.calibration import CalibratedClassifierCV
from sklearn.frozen import FrozenEstimator

learn, calm, y_learn, y_calm = train_test_split(
    fit_people, y_before, test_size=1 / 3, stratify=y_before, random_state=1
)
bigger, y_bigger = RandomOverSampler(sampling_strategy=2 / 3, random_state=1).fit_resample(learn, y_learn)
shift = np.log(y_learn.mean() / (1 - y_learn.mean())) - np.log(y_bigger.mean() / (1 - y_bigger.mean()))
three = {}
for name, one in {"logistic regression": LogisticRegression(max_iter=1000), "forest": forest}.items():
    fitted = make_pipeline(datasets.screening_preprocessor(), one).fit(bigger, y_bigger)
    # frozen: the model stays as it is fitted, only the calibration learns
    anew = CalibratedClassifierCV(FrozenEstimator(fitted), method="sigmoid").fit(calm, y_calm)
    s = three[name, "as told"] = fitted.predict_proba(test_people)[:, 1].clip(1e-9, 1 - 1e-9)
    three[name, "corrected"] = 1 / (1 + np.exp(-(np.log(s / (1 - s)) + shift)))  # the same, on the log of the odds
    three[name, "calibrated"] = anew.predict_proba(test_people)[:, 1]

# %%
three["not resampled", "as told"] = told["not resampled"]
three["the prevalence", "for all"] = np.full(len(y_test), y_before.mean())
failing = {key: {"mean risk": p.mean(), "Brier score": brier_score_loss(y_test, p)} for key, p in three.items()}
failing = pd.DataFrame(failing).T
failing.round(3)

# %%
mean_risk, brier = failing["mean risk"]["forest"], failing["Brier score"]
display(
    Markdown(
        f"Of the test people {y_test.mean():.1%} have the condition. The forest's mean risk goes from "
        f"{mean_risk['as told']:.1%}, too high, to {mean_risk['corrected']:.1%}, much too low: the correction has "
        f"overshot. Calibrated again it is {mean_risk['calibrated']:.1%}.\n\nThe Brier score falls with the correction, "
        f"from {brier['forest', 'as told']:.3f} to {brier['forest', 'corrected']:.3f}. But whoever tells everybody the "
        f"prevalence, without any model, gets {brier['the prevalence', 'for all']:.3f}."
    )
)

# %% [markdown]
# So correct only what you can test: hold the mean risk, the Brier score and the reliability curve of untouched rows
# against those of the model that was **not resampled**. Nothing in this table is better than the model that was not
# resampled. But it is one split, and the Brier score of the forest turns on its size: with 150 trees the correction
# makes it *worse*.

# %% [markdown]
# # Further
#
# Here the core path ends: all 20 points are behind you. What follows is worth 0 points, and a good deal to you.

# %% [markdown]
# ## The catalogue
#
# imbalanced-learn has half a dozen relatives of SMOTE. They differ in *where* they put the new points. All of them
# measure distances, so **scale the columns first**. Here they meet on 1,500 points, a twentieth of them positive,
# drawn from a larger set whose other rows are for the test.

# %%
from imblearn.over_sampling import ADASYN, SMOTEN, SVMSMOTE, BorderlineSMOTE, KMeansSMOTE

all_X, all_y = datasets.make_two_features(4_000, minority_share=0.05, class_sep=0.8, seed=16)
crowd_X, far_X, crowd_y, far_y = train_test_split(all_X, all_y, train_size=1_500, stratify=all_y, random_state=1)
catalogue = {"(left alone)": (crowd_X, crowd_y)}  # name to rows and labels


# %%
def show(samplers, caption):
    figure, panels = plt.subplots(1, 3, figsize=(11, 4), sharex=True, sharey=True)
    for ax, (name, sampler) in zip(panels, samplers.items(), strict=True):
        catalogue[name] = sampler.fit_resample(crowd_X, crowd_y)
        new = catalogue[name][0].iloc[len(crowd_X) :].to_numpy()
        for points, size, marker, colour, label in (
            (crowd_X[crowd_y == 0].to_numpy(), 4, "o", "lightgrey", "majority"),
            (new, 9, "x", "dimgrey", "new"),
            (crowd_X[crowd_y == 1].to_numpy(), 12, "^", "black", "minority"),
        ):
            _ = ax.scatter(*points.T, s=size, marker=marker, c=colour, lw=0.7, label=label)
        _ = ax.set(title=name, xlabel="feature_1", ylabel="feature_2", xlim=(-1.3, 2.5), ylim=(-2.5, 3.1))
        ax.label_outer()
    _ = panels[0].legend(loc="lower right", fontsize="small")
    plots.captioned(figure, f"Triangles are minority rows, crosses the points that were added. {caption}")


# %%
show(
    {
        "SMOTE": SMOTE(sampling_strategy=0.5, random_state=1),
        "BorderlineSMOTE": BorderlineSMOTE(sampling_strategy=0.5, random_state=1),
        "SVMSMOTE": SVMSMOTE(sampling_strategy=0.5, random_state=1),
    },
    "SMOTE joins up the whole minority. BorderlineSMOTE works next to the majority and leaves the rows at the top alone. "
    "SVMSMOTE works at the border, too; at the upper left its crosses lie beyond the outermost row.",
)

# %% [markdown]
# **BorderlineSMOTE** (Han and others 2005) looks at the ten nearest rows (`m_neighbors`) of each minority row. All of
# them majority: *noise*, left out. At least half: *in danger*, SMOTE starts from it. Fewer: *safe*, left out.
#
# **SVMSMOTE** (Nguyen and others 2011) fits a support vector machine and starts from the minority's support vectors,
# the rows at its border. Where the minority rules it goes on *beyond* a row, away from its neighbour; where the
# majority rules it goes between.

# %%
show(
    {
        "ADASYN": ADASYN(sampling_strategy=0.5, random_state=1),
        "KMeansSMOTE": KMeansSMOTE(sampling_strategy=0.5, random_state=1),
        "jittered copies": RandomOverSampler(sampling_strategy=0.5, shrinkage=1, random_state=1),
    },
    "ADASYN puts its crosses among the majority, hardly any at the top. KMeansSMOTE does the opposite: its threads lie "
    "where the minority is by itself. Jittered copies make a small cloud around every minority row.",
)

# %% [markdown]
# **ADASYN** (He and others 2008) gives each minority row a number of new points in proportion to the share of majority
# rows among its neighbours: most where it is hardest. The numbers are rounded, so it only comes near the ratio. Where
# the classes are well apart there is nothing hard, and it raises.
#
# **KMeansSMOTE** (Douzas and others 2018) first groups all rows by k-means, and does SMOTE inside those groups that
# hold enough minority rows. What is enough says `cluster_balance_threshold`; by default that is taken from the
# imbalance of the whole set, which can be too strict:

# %%
for threshold in ("auto", 0.005):
    sampler = KMeansSMOTE(sampling_strategy=0.5, cluster_balance_threshold=threshold, random_state=1)
    try:
        print(f"threshold {threshold}:", np.bincount(sampler.fit_resample(X, y)[1]).tolist())
    except RuntimeError as error:
        print(f"threshold {threshold}:", str(error).split(". ")[0])

# %% [markdown]
# ### Who reaches the ratio, and who ranks well?

# %%
from sklearn.tree import DecisionTreeClassifier

judges = {
    "regression": LogisticRegression(),
    "25 neighbours": KNeighborsClassifier(25),
    "shallow tree": DecisionTreeClassifier(max_depth=4, random_state=1),
}
judged = {}
for name, (rows_there, labels_there) in catalogue.items():
    judged[name] = {"minority": int(labels_there.sum()), "asked for": int(np.sum(crowd_y == 0) / 2)}
    for judge, classifier in judges.items():
        s = classifier.fit(rows_there, labels_there).predict_proba(far_X)[:, 1]
        judged[name][f"AP, {judge}"] = round(average_precision_score(far_y, s), 3)
pd.DataFrame(judged).T.astype({"minority": int, "asked for": int})

# %% [markdown]
# AP is average precision on untouched rows (chance is their prevalence, a twentieth). No threshold enters, so "left
# alone" stands for every cut. (The two features have about the same spread, so nothing was scaled.) It is one set and
# one split: look at large differences only. On it the samplers that crowd the border rank low with some models; a
# likely reason is that they make a region seem positive in which most rows are not.
#
# Here none is ahead of leaving the data alone with all three models. So a sampler is a choice to be *tested inside the
# cross-validation*, never a habit.

# %% [markdown]
# ### Categories alone, and numbers with categories

# %%
levels = list(people["smoking"].cat.categories)
coded = some[["age"]].assign(smoking=some["smoking"].cat.codes.astype(float))
by_smote = SMOTE(random_state=1).fit_resample(coded, ill)[0].iloc[2_000:]
nc_sampler = SMOTENC(categorical_features=["smoking"], random_state=1)
by_smotenc = nc_sampler.fit_resample(some[["age", "smoking"]], ill)[0].iloc[2_000:]
by_smotenc = by_smotenc.assign(smoking=by_smotenc["smoking"].cat.codes)
nominal = some[["smoking", "activity"]]
by_smoten = SMOTEN(random_state=1).fit_resample(nominal, ill)[0].iloc[2_000:]

# %%
figure, panels = plt.subplots(1, 3, figsize=(9.8, 3.2), layout="constrained")
for ax, name, new in zip(panels, ("SMOTE on codes 0, 1, 2", "SMOTENC"), (by_smote, by_smotenc), strict=False):
    _ = ax.scatter(new["age"], new["smoking"], s=8, marker="x", color="black", lw=0.6)
    _ = ax.set(title=name, xlabel="age of the synthetic people", yticks=range(3), yticklabels=levels)
shares = {"real": nominal[ill == 1], "SMOTEN": by_smoten}
shares = pd.DataFrame({name: one["activity"].value_counts(normalize=True) for name, one in shares.items()})
ax = shares.plot.bar(ax=panels[2], rot=0, color=["white", "lightgrey"], edgecolor="black")
_ = ax.set(title="SMOTEN", xlabel="activity", ylabel="share of those with the condition")
plots.captioned(
    figure,
    "Left, SMOTE on coded categories puts people between the habits. Middle, with SMOTENC all stand on one of the "
    "three lines. Right, SMOTEN gives the categories of the activity in nearly the shares of the real people.",
)

# %% [markdown]
# **SMOTEN** is for tables of categories alone. Two categories are near to each other when the classes are shared out
# alike among the rows that have them (the value difference metric); the new row takes each category by the vote of the
# neighbours.

# %% [markdown]
# ### A public table, held against many splits
#
# A set in use as an example of severe imbalance: abalone, a shellfish, with 19 rings against all others. A table that
# goes round from tutorial to tutorial gives the ROC AUC of a logistic regression on *one* split, and concludes that
# balancing helps. There is no paper to cite for it, and no need to believe it: its figures are in `quoted`, and you can
# compute them again.
#
# Nash and others (1994) measured the abalone; UCI publishes them under CC BY 4.0. The data comes with the course.

# %%
from imbalanced_course import public_data, real_data

quoted = {
    "none": 0.683957,
    "balanced weights": 0.827503,
    "random oversampling": 0.838963,
    "SMOTE": 0.791315,
    "random undersampling": 0.646562,
}
quoted_steps = {
    "none": [],
    "balanced weights": [],
    "random oversampling": [RandomOverSampler(random_state=888)],
    "SMOTE": [SMOTE(random_state=888)],
    "random undersampling": [RandomUnderSampler(random_state=888)],
}

# %%
abalone = real_data.load_abalone()
shells = pd.get_dummies(abalone.drop(columns="is_19"), columns=["sex"], drop_first=True, dtype=int)
halves = train_test_split(shells, abalone["is_19"], test_size=0.2, stratify=abalone["is_19"], random_state=888)
computed = {}
for name, sampler in quoted_steps.items():
    weight = "balanced" if name == "balanced weights" else None
    fitted = make_pipeline(*sampler, LogisticRegression(tol=1e-6, max_iter=100_000, class_weight=weight))
    computed[name] = roc_auc_score(halves[3], fitted.fit(halves[0], halves[2]).predict_proba(halves[1])[:, 1])
print(f"positives in the test set: {halves[3].sum()} of {len(halves[3])}")
display(pd.DataFrame({"quoted": quoted, "computed here": computed}).round(3))

# %% [markdown]
# The table comes out again. What does it prove? The test set of one split has a handful of positives, so here are the
# stored results of many splits. They include the table's treatments and some with scaled columns.

# %%
many_splits = public_data.load_abalone_splits()
by_treatment = many_splits.pivot(index="split", columns="treatment", values="roc_auc")
by_treatment = by_treatment[many_splits["treatment"].unique()]
figure, ax = plt.subplots(figsize=(7.5, 3.6))
_ = ax.boxplot(by_treatment[by_treatment.columns[::-1]], orientation="horizontal", widths=0.6)
heights = [list(by_treatment.columns[::-1]).index(name) + 1 for name in quoted]
_ = ax.scatter(list(quoted.values()), heights, marker="x", color="black", s=50, zorder=3, label="the table's one split")
_ = ax.set(yticklabels=by_treatment.columns[::-1], xlabel="ROC AUC on a fifth held out")
_ = ax.legend(loc="lower left", bbox_to_anchor=(0, 1))
plots.captioned(
    ax,
    "ROC AUC over many splits: each box holds the middle half of them, the line in it is the median. The whiskers are "
    "wider than the way from one box to the next; the crosses, the table's one split, lie anywhere between them.",
)

# %%
treatment_means = many_splits.groupby("treatment", sort=False)[["roc_auc", "average_precision"]].agg(["mean", "std"])
print(treatment_means.round(3).to_string())
print(f"means and standard deviations over {len(by_treatment)} splits")
copies_beaten = (by_treatment["SMOTE"] > by_treatment["random oversampling"]).mean()
print(f"SMOTE ranks above plain copies in {copies_beaten:.0%} of the splits")

# %% [markdown]
# One split with so few positives says little: its standard deviation is of the size of the differences that the table
# is quoted for. More than half of what balancing seems to give is **scaling**, which the table left out: compare the
# two rows without any treatment. SMOTE does not beat plain copies here. What is left for balanced weights, with scaled
# columns, is a small gain in ROC AUC; average precision hardly moves, and stays low for every treatment.

# %% [markdown]
# ### Bonus 1 · A sampler of your own
#
# Can another sampler or another ratio do better? Take `signal_X`, `signal_y` and any classifier. Make a pipeline of a
# sampler of `imblearn.over_sampling` (not plain SMOTE to 1:1; with a seed, if it draws at random) and a classifier,
# and judge it by its mean average precision over the `folds`.

# %% nbgrader={"grade_id": "bonus-own-sampler", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
own_pipeline = ...  # pipeline of a sampler and a classifier (it need not be fitted)
own_score = ...  # number, 0 to 1: mean average precision over the five folds
### BEGIN SOLUTION
own_pipeline = make_pipeline(RandomOverSampler(sampling_strategy=0.2, random_state=1), KNeighborsClassifier(15))
own_score = cross_val_score(own_pipeline, signal_X, signal_y, cv=folds, scoring="average_precision").mean()
### END SOLUTION

# %% nbgrader={"grade_id": "bonus-own-sampler-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.bonus_own_sampler(*answers("own_pipeline", "own_score"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Section 4 has judged SMOTE to 1:1 in this way. What has to change, and what must stay?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `make_pipeline` of imbalanced-learn takes the sampler and the classifier. Give the *untouched* rows to
# `cross_val_score`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `make_pipeline(RandomOverSampler(sampling_strategy=0.2, random_state=1), KNeighborsClassifier(15))`, then
# `cross_val_score(own_pipeline, signal_X, signal_y, cv=folds, scoring="average_precision").mean()`.
# </details>

# %%
others = {"no sampler": [], "copies to 1:5": [RandomOverSampler(sampling_strategy=0.2, random_state=1)]}
by_fold = {}
for name, sampler in others.items():
    pipe = make_pipeline(*sampler, KNeighborsClassifier(15, algorithm="brute"))
    by_fold[name] = cross_val_score(pipe, signal_X, signal_y, cv=folds, scoring="average_precision")
    print(f"15 neighbours, {name:<14} {by_fold[name].mean():.3f}", by_fold[name].round(2).tolist())

# %% [markdown]
# Before you rejoice over your score: compare it with the same classifier **without** a sampler, fold by fold. And if
# you have tried ten, the best of them is partly luck; it needs fresh rows (lesson 6).

# %% [markdown]
# ### Bonus 2 · How far does shrinkage throw a copy?

# %%
figure, panels = plt.subplots(1, 2, figsize=(8, 3.6), sharex=True, sharey=True)
for ax, shrinkage in zip(panels, (0.5, 3), strict=True):
    sampler = RandomOverSampler(sampling_strategy=0.1, shrinkage=shrinkage, random_state=1)
    jittered = sampler.fit_resample(X, y)[0].iloc[len(X) :].to_numpy()
    _ = ax.scatter(*many.T.to_numpy(), s=4, color="lightgrey", label="majority (one in four)")
    _ = ax.scatter(*jittered.T, s=12, marker="x", color="dimgrey", lw=0.6, label="copies")
    _ = ax.scatter(*few.T.to_numpy(), s=16, marker="^", color="black", label="minority")
    _ = ax.set(title=f"shrinkage {shrinkage}", xlabel="feature_1")
_ = (panels[0].set(ylabel="feature_2", ylim=(-1.5, 5.5)), panels[0].legend(loc="upper right", fontsize="small"))
plots.captioned(
    figure,
    "With shrinkage 0.5 the copies make small swarms around their rows. With 3 the swarms have run together to one "
    "cloud, which reaches far into the majority.",
)

# %% [markdown]
# Each copy takes a random step from a normal distribution (a *smoothed bootstrap*, the idea of ROSE by Menardi and
# Torelli 2014); with shrinkage 0 no step at all. Along feature j the steps have the standard deviation
#
# $$\text{shrinkage} \times \left(\frac{4}{(d + 2)\, n}\right)^{1/(d + 4)} \times s_j$$
#
# with d features, n **rows in all**, and s_j the standard deviation of feature j **among the minority rows**. Write it
# as a function.


# %% nbgrader={"grade_id": "bonus-shrinkage", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def jitter(X, y, shrinkage):
    """Return for each feature the standard deviation of the step that a jittered copy takes, as an array.

    X: array of shape (rows, features). y: array of 0 and 1, where 1 is the minority. shrinkage: number, 0 or more.
    """
    answer = ...  # array of numbers, one a feature
    ### BEGIN SOLUTION
    n, d = X.shape
    answer = shrinkage * (4 / ((d + 2) * n)) ** (1 / (d + 4)) * X[y == 1].std(axis=0)
    ### END SOLUTION
    return answer


# %% nbgrader={"grade_id": "bonus-shrinkage-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.bonus_shrinkage(*answers("jitter"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Three factors. Which of them is a number, and which has one value a feature?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `X.shape` gives n and d. The standard deviations are `X[y == 1].std(axis=0)`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `n, d = X.shape`, then `shrinkage * (4 / ((d + 2) * n)) ** (1 / (d + 4)) * X[y == 1].std(axis=0)`.
# </details>

# %% [markdown]
# ### Find the bug
#
# This cell means to oversample the training rows to the ratio 0.5 and to test five nearest neighbours on the rest. It
# finds the same counts before and after SMOTE, and a splendid average precision. There are **two** bugs. Mend the cell:
# `counts_after` shall be the counts of the training labels after SMOTE; keep the size of the test part (a quarter) and
# the seeds.

# %% nbgrader={"grade_id": "find-the-bug", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
from collections import Counter

counts_first = Counter(y.tolist())
many_X, many_y = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
counts_after = Counter(y.tolist())
parts = train_test_split(many_X, many_y, test_size=0.25, stratify=many_y, random_state=1)
tested = KNeighborsClassifier(5).fit(parts[0], parts[2])
test_share = parts[3].mean()
test_ap = average_precision_score(parts[3], tested.predict_proba(parts[1])[:, 1])
### BEGIN SOLUTION
parts = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
many_X, many_y = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(parts[0], parts[2])
counts_after = Counter(many_y.tolist())
tested = KNeighborsClassifier(5).fit(many_X, many_y)
test_share = parts[3].mean()
test_ap = average_precision_score(parts[3], tested.predict_proba(parts[1])[:, 1])
### END SOLUTION

# %% nbgrader={"grade_id": "find-the-bug-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.find_the_bug(*answers("counts_after", "test_share", "test_ap"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Print `counts_first`, `counts_after` and `test_share`. What should they be?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# The counter counts the labels from before, twice. And the split comes after SMOTE: split first, and resample the
# training part alone.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `parts = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)`, then `many_X, many_y =
# SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(parts[0], parts[2])`, `counts_after =
# Counter(many_y.tolist())`, and fit on these rows.
# </details>

# %% [markdown]
# ## Learners asked

# %% [markdown]
# **How do I correct the risks after SMOTE?** By the same formula, with the prevalence after SMOTE. But hold the result
# against untouched rows: the formula supposes that positives in the oversampled world look like those in the real one.
# Copies do. SMOTE's points lie closer together than real rows (Blagus and Lusa 2013), so the corrected risks may be off
# in shape, even where their mean fits.

# %%
scaled_first = [datasets.screening_preprocessor(), SMOTE(sampling_strategy=2 / 3, random_state=1)]
smoted_model = make_pipeline(*scaled_first, LogisticRegression(max_iter=1000)).fit(fit_people, y_before)
s = smoted_model.predict_proba(test_people)[:, 1]
log_factor = np.log(y_before.mean() / (1 - y_before.mean())) - np.log(0.4 / 0.6)
brought_back = 1 / (1 + np.exp(-(np.log(s / (1 - s)) + log_factor)))
for name, one in {"SMOTE to 40 %": s, "the same, corrected": brought_back, **told}.items():
    print(f"{name:<20} mean {one.mean():.3f}, Brier {brier_score_loss(y_test, one):.4f},", end=" ")
    print(f"average precision {average_precision_score(y_test, one):.3f}")

# %% [markdown]
# If the risks are what you are after, start without resampling: the line *not resampled* needed no correction, for this
# logistic regression and these people.

# %% [markdown]
# **Does balancing help gradient boosting?** That depends on how well it is tuned, and on the metric. Here are a small
# boosting and a shallow tree in the same folds, by average precision (no threshold enters, columns need no scaling for
# trees), and the interval that knows that folds share their rows:

# %%
from sklearn.ensemble import HistGradientBoostingClassifier

boosting = HistGradientBoostingClassifier(max_iter=10, learning_rate=0.3, max_leaf_nodes=10, random_state=1)
learners = {"shallow tree": DecisionTreeClassifier(max_depth=4, random_state=1), "gradient boosting": boosting}
reached = {name: [] for name in learners}  # for each fold: alone, and with SMOTE
for train, test in folds.split(signal_X, signal_y):
    as_it_is = signal_X[train], signal_y[train]
    with_smote = smote.fit_resample(*as_it_is)
    for name, learner in learners.items():
        fitted = [learner.fit(*rows).predict_proba(signal_X[test])[:, 1] for rows in (as_it_is, with_smote)]
        reached[name].append([average_precision_score(signal_y[test], scores) for scores in fitted])
for name, in_folds in reached.items():
    each = np.transpose(in_folds)
    gain = scoreboard.corrected_interval(each[1] - each[0], n_train=1_600, n_test=400)
    print(f"{name:<18} alone {each[0].mean():.3f}, with SMOTE {each[1].mean():.3f}:", end=" ")
    print(f"gain {gain.mean:.3f} (95 % interval {gain.low:.3f} to {gain.high:.3f})")

# %% [markdown]
# The intervals are wide, as they are with a hundred positives: neither gain is proven here, and neither is excluded. In
# a larger study Elor and Averbuch-Elor (2022) found a gain for weak learners and none for strong ones. But on twenty
# fresh draws of the card payments boosting with the library's defaults ranked better after copies with shrinkage and
# after SMOTE, in nearly every draw. A decision at 0.5 does change with balancing, for boosting, too; a tuned threshold
# does the same.

# %% [markdown]
# **Is SMOTE better than plain copies?** That is often told. On the payments of section 5:

# %%
for metric, digits in (("average_precision", 3), ("brier", 4), ("cost", 0)):
    gain = scoreboard.difference(contest, (smoted, scoreboard.TUNED_CUT), (copied, scoreboard.TUNED_CUT), metric)
    print(f"{scoreboard.METRICS[metric][0]:<18} SMOTE minus copies {gain.mean:>8,.{digits}f}", end=" ")
    print(f"(95 % interval {gain.low:,.{digits}f} to {gain.high:,.{digits}f})")

# %% [markdown]
# **My data are multi-label: each row can have several labels. Can I use SMOTE?** Not as it is; the library refuses:

# %%
two_labels = np.random.default_rng(1).integers(0, 2, size=(50, 2))
try:
    SMOTE().fit_resample(X.head(50), two_labels)
except ValueError as error:
    print(str(error))

# %% [markdown]
# A row that is copied for its rare label brings its common labels along, so there is no set that is balanced in all of
# them. What works: one model a label (`MultiOutputClassifier`, `ClassifierChain`) with a threshold of its own, each
# tuned on untouched rows; weights for each label; for the split a stratification over all labels together. There is
# research on oversampling such data (Charte and others 2015), outside of this library. For *several classes*, of which
# each row has exactly one, all samplers here work: give `sampling_strategy` a dict.

# %% [markdown]
# ## Quick check
#
# Write the letter of your choice in quotes. Each option answers with its reason; try the wrong ones, too.
#
# **Question 1.** A colleague balances the whole table with SMOTE, then cross-validates a forest. Average precision has
# risen from 0.35 to 0.97. What is that number worth?
#
# - **a** SMOTE has made the task easier.
# - **b** The forest will do better on fresh rows, though perhaps not quite so well.
# - **c** It would be right if the rows had been shuffled before the folds were made.
# - **d** Nothing. It has to be measured again, with SMOTE inside the folds.

# %% nbgrader={"grade_id": "quick-check-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_1 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
answer_1 = "d"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.quick_check_1(*answers("answer_1"))

# %% [markdown]
# **Question 2.** With SMOTE in the pipeline recall at the cut 0.5 rises from 0.20 to 0.85, on untouched test rows. The
# average precision on these rows stays the same. What has happened?
#
# - **a** In effect the threshold was lowered.
# - **b** The model ranks the rows better.
# - **c** It has learnt of a kind of positives that it did not know.
# - **d** It has become worse, because precision at 0.5 has fallen.

# %% nbgrader={"grade_id": "quick-check-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_2 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
answer_2 = "a"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.quick_check_2(*answers("answer_2"))

# %% [markdown]
# ## What you take away
#
# - Oversampling keeps all rows and adds to the minority: **copies**, **jittered copies**, or **SMOTE**'s points on the
#   line from a minority row to a minority neighbour. `sampling_strategy` is **minority over majority**, afterwards.
# - SMOTE needs `k_neighbors` + 1 positives **in the training part of every fold**.
# - Categories are not numbers: **SMOTENC**, or plain copies.
# - Oversample before the split, and the test folds hold **relatives** of training rows at a **changed prevalence**:
#   even noise can score close to 1.
# - What oversampling changed on the payments, with logistic regression, was mostly the **threshold** and the
#   **calibration**. With another model it may be more: leave the data alone, move the threshold, and compare.
# - Its risks are too high, with logistic regression several times. The **odds** come back with both prevalences, if the
#   model is well specified; else calibrate again on untouched rows.
#
# **What goes wrong in practice:** SMOTE on the whole table; the balanced cross-validation score in the report; one-hot
# columns and people who are 0.4 of a smoker; a ratio upside down; risks sent to patients uncorrected; an error about
# `n_neighbors` "mended" by `k_neighbors=1`, where the positives are too few for any model; a fancy sampler chosen
# because of its picture.

# %% [markdown]
# ### Where to read on
#
# - Blagus and Lusa (2013), *SMOTE for high-dimensional class-imbalanced data*, BMC Bioinformatics 14, doi
#   10.1186/1471-2105-14-106: same mean, smaller spread.
# - Blagus and Lusa (2015), *Joint use of over- and under-sampling techniques and cross-validation*, BMC Bioinformatics
#   16, doi 10.1186/s12859-015-0784-9: the leak.
# - Carriero and others (2025), *The harms of class imbalance corrections for machine learning based prediction models:
#   a simulation study*, Statistics in Medicine 44, doi 10.1002/sim.10320.
# - Charte and others (2015), *MLSMOTE: approaching imbalanced multilabel learning through synthetic instance
#   generation*, Knowledge-Based Systems 89, doi 10.1016/j.knosys.2015.07.019.
# - Chawla, Bowyer, Hall and Kegelmeyer (2002), *SMOTE: synthetic minority over-sampling technique*, JAIR 16, doi
#   10.1613/jair.953: SMOTE, and in its last part SMOTE-NC and SMOTE-N.
# - Douzas, Bacao and Last (2018), *Improving imbalanced learning through a heuristic oversampling method based on
#   k-means and SMOTE*, Information Sciences 465, doi 10.1016/j.ins.2018.06.056.
# - Elkan (2001), *The foundations of cost-sensitive learning*, IJCAI: the change of base rate behind the correction.
# - Elor and Averbuch-Elor (2022), *To SMOTE, or not to SMOTE?*, arXiv 2201.08528.
# - Han, Wang and Mao (2005), *Borderline-SMOTE: a new over-sampling method in imbalanced data sets learning*, ICIC, doi
#   10.1007/11538059_91.
# - He, Bai, Garcia and Li (2008), *ADASYN: adaptive synthetic sampling approach for imbalanced learning*, IJCNN, doi
#   10.1109/IJCNN.2008.4633969.
# - King and Zeng (2001), *Logistic regression in rare events data*, Political Analysis 9, doi
#   10.1093/oxfordjournals.pan.a004868: correcting the intercept.
# - Menardi and Torelli (2014), *Training and assessing classification rules with imbalanced data*, Data Mining and
#   Knowledge Discovery 28, doi 10.1007/s10618-012-0295-5: the smoothed bootstrap.
# - Nash, Sellers, Talbot, Cawthorn and Ford (1994), *Abalone*, UCI Machine Learning Repository, doi 10.24432/C55C7W.
# - Nguyen, Cooper and Kamei (2011), *Borderline over-sampling for imbalanced data classification*, International
#   Journal of Knowledge Engineering and Soft Data Paradigms 3, doi 10.1504/IJKESDP.2011.039875.
# - Platt (1999), *Probabilistic outputs for support vector machines*, in Advances in Large Margin Classifiers.
# - van den Goorbergh and others (2022), *The harm of class imbalance corrections for risk prediction models*, JAMIA
#   29, doi 10.1093/jamia/ocac093.
#
# **Next:** lesson 6 does both at once, over- and undersampling, and holds a fair contest of everything so far.
