# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 05-oversampling, version: "2.0"}
# ---

# %% [markdown]
# # Lesson 5 · Oversampling
#
# **Do copies and synthetic points teach a model anything new?** After this lesson you can
#
# 1. recognize a score that oversampling inflated, and name both causes;
# 2. make a SMOTE point by hand;
# 3. oversample a table with categories without inventing impossible rows;
# 4. choose a treatment for a new situation, or none.
#
# **Time** 35 minutes · **Needs** lessons 3 and 4 · **Points** 20, in four tasks

# %% [markdown]
# The next cells load 4,174 real abalones, which are sea snails. Rings show age, and the 32 with
# 19 rings are positive.

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn
from imblearn.over_sampling import ADASYN, SMOTE, SMOTENC, BorderlineSMOTE, RandomOverSampler
from imblearn.pipeline import make_pipeline
from imblearn.under_sampling import RandomUnderSampler
from sklearn.datasets import make_classification
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss
from sklearn.model_selection import StratifiedKFold, cross_val_score, train_test_split
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors
from sklearn.preprocessing import StandardScaler

from imbalanced_course import datasets, plots, real_data, scoreboard
from imbalanced_course.plots.style import GREY, MAJORITY, MINORITY, REFERENCE, ROLES

sklearn.set_config(display="text")
plt.style.use("imbalanced_course.plots.course")

# %% nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
abalone = real_data.load_abalone()
is_19 = abalone.pop("is_19")  # 1 for 19 rings, which is about 1 shell in 130
measures = abalone.drop(columns="sex")  # seven numbers per shell
folds = StratifiedKFold(n_splits=5, shuffle=True, random_state=1)
forest = RandomForestClassifier(n_estimators=6, random_state=1)  # six trees, for speed
smote = SMOTE(random_state=1)  # adds minority rows up to 1:1
noise = np.random.default_rng(1).permutation(is_19)  # the labels in random order


def mean_ap(model, X, y):
    return float(cross_val_score(model, X, y, cv=folds, scoring="average_precision").mean())


# %% nbgrader={"grade_id": "setup-six", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
# Six points to compute with by hand; `target` is 1 for the four of the minority.
six = pd.DataFrame(
    {
        "feature_1": [0.75, 2.0, 4.0, 5.0, 4.8, 3.2],
        "feature_2": [1.5, 3.0, 2.0, 5.0, 1.2, 3.4],
        "target": [1, 1, 1, 1, 0, 0],
    }
)

# %% nbgrader={"grade_id": "setup-optional", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
# For the optional part.
X, y = datasets.make_two_features()  # 10,000 rows, 100 of them positive
signal_X, signal_y = make_classification(
    n_samples=2000, n_features=10, n_informative=5, weights=[0.95], flip_y=0.02, class_sep=0.8, random_state=3
)
screening = datasets.load_screening()  # 10,000 people, about 7% with the condition
people, condition = screening.drop(columns="condition"), screening["condition"]
fit_people, test_people, y_before, y_test = train_test_split(
    people, condition, test_size=0.5, stratify=condition, random_state=1
)
more_people, y_after = RandomOverSampler(sampling_strategy=2 / 3, random_state=1).fit_resample(fit_people, y_before)
risk_model = make_pipeline(datasets.screening_preprocessor(), LogisticRegression(max_iter=1000))
risks = risk_model.fit(more_people, y_after).predict_proba(test_people)[:, 1]  # of the test people

# %% [markdown]
# ## Two questions from before
#
# At the end of lesson 4 you made a bet on this lesson.

# %% jupyter={"source_hidden": true}
from imbalanced_course.bets import last_bet

last_bet("undersampling")

# %% [markdown]
# Section 1 settles it. Now two questions; write the letter of your choice in quotes.
#
# **Question 1.** A logistic regression learned from payments that were undersampled to one fraud per honest payment. In
# production, 1% of the payments are fraud. The model predicts 0.5 for one of them. How likely is it fraud?
#
# - **a** About 50%, because the model is calibrated.
# - **b** Far less than 50%.
# - **c** Far more than 50%.
# - **d** You can't tell, because undersampling reverses the ranking.

# %% nbgrader={"grade_id": "before-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
before_1 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
before_1 = "b"
### END SOLUTION

# %% nbgrader={"grade_id": "before-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.before_1(*answers("before_1"))

# %% [markdown]
# **Question 2.** A screening model predicts calibrated probabilities. A false alarm costs €10, a miss €990, and right
# decisions cost nothing. Which threshold is cheapest?
#
# - **a** 0.5
# - **b** 0.99
# - **c** the share of positives, whatever it is
# - **d** 0.01

# %% nbgrader={"grade_id": "before-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
before_2 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
before_2 = "d"
### END SOLUTION

# %% nbgrader={"grade_id": "before-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.before_2(*answers("before_2"))

# %% [markdown]
# ## 1 · A score too good to be true
#
# **Oversampling** keeps all rows and adds minority rows, either **copies** or **synthetic** points. **SMOTE** puts each
# new point between two minority rows.
#
# imbalanced-learn's pipeline resamples only the rows it's fitted on, so each fold's test rows stay as they are:

# %%
regression = LogisticRegression(max_iter=1000)
for steps in ([StandardScaler(), regression], [StandardScaler(), smote, regression]):
    print(f"average precision {mean_ap(make_pipeline(*steps), measures, is_19):.3f}", end=" with ")
    print(" → ".join(type(step).__name__ for step in steps))

# %% [markdown]
# ### Task 5.1 · Shuffled labels (5 points, 5 minutes)
#
# Above, SMOTE brought no gain. `noise` has the labels in random order, so `measures` can't predict them. The `forest`, a
# mean of six decision trees, is cross-validated without SMOTE, with SMOTE inside the folds, and with SMOTE *before* the
# folds are made.
#
# 1. Forecast each mean average precision. Any number from 0 to 1 counts.
# 2. Complete `three_scores` with only `forest`, `smote`, `make_pipeline`, and `mean_ap`. Run the cell.
# 3. What explains the gap between `before` and `inside`?
#
#    - **a** The forest learns more from synthetic points.
#    - **b** Half of its test rows are positive, and that's all.
#    - **c** Test rows have near-copies in training, and half are positive.
#    - **d** It has more rows, so the estimate is better.
#
# The check calls your function on other rows.

# %% nbgrader={"grade_id": "inside-or-before", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
forecast_plain = ...  # number, 0 to 1: without SMOTE
forecast_inside = ...  # number, 0 to 1: SMOTE inside the folds
forecast_before = ...  # number, 0 to 1: SMOTE before the folds


def three_scores(X, y):
    """Return the forest's mean average precision in three ways, as a dict of numbers."""
    result = ...  # dict with the keys "plain", "inside", "before"
    ### BEGIN SOLUTION
    result = {
        "plain": mean_ap(forest, X, y),
        "inside": mean_ap(make_pipeline(smote, forest), X, y),
        "before": mean_ap(forest, *smote.fit_resample(X, y)),
    }
    ### END SOLUTION
    return result


print(three_scores(measures, noise))
why_higher = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
forecast_plain, forecast_inside, forecast_before = 0.008, 0.02, 0.5
why_higher = "c"
### END SOLUTION

# %% nbgrader={"grade_id": "inside-or-before-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.inside_or_before(*answers("three_scores", "why_higher", "forecast_plain", "forecast_inside", "forecast_before"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which rows does each of the three cross-validations get? Two of them get `X` and `y` as they are.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Call `mean_ap` three times: with the forest on `X`, `y`; with a pipeline of SMOTE and the forest on `X`, `y`; and with
# the forest on what `smote.fit_resample(X, y)` returns. A star before a pair, as in `mean_ap(forest, *pair)`, passes its
# two parts as two arguments. For the question, think of a synthetic point in a test fold:
# where are the two rows it was made of?
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method with copies instead of SMOTE and neighbors instead of the forest:
#
# ```python
# copier, neighbors = RandomOverSampler(random_state=1), KNeighborsClassifier(5)
# copied_inside = mean_ap(make_pipeline(copier, neighbors), measures, is_19)
# copied_before = mean_ap(neighbors, *copier.fit_resample(measures, is_19))  # the star passes rows and labels
# ```
# </details>

# %% [markdown]
# A fourth way separates two causes: SMOTE inside the folds, and real test rows *weighted* so that both classes count
# the same.

# %% jupyter={"source_hidden": true}
balanced = []
for train, test in folds.split(measures, noise):
    fitted = forest.fit(*smote.fit_resample(measures.iloc[train], noise[train]))
    weight = np.where(noise[test] == 1, 1 / noise[test].mean(), 1 / (1 - noise[test].mean()))
    chances = fitted.predict_proba(measures.iloc[test])[:, 1]
    balanced.append(average_precision_score(noise[test], chances, sample_weight=weight))

# %% jupyter={"source_hidden": true}
four_ways = {
    "no SMOTE": mean_ap(forest, measures, noise),
    "SMOTE inside the folds": mean_ap(make_pipeline(smote, forest), measures, noise),
    "inside, tests balanced": np.mean(balanced),
    "SMOTE before the folds": mean_ap(forest, *smote.fit_resample(measures, noise)),
}
on_real_labels = mean_ap(forest, *smote.fit_resample(measures, is_19))
auc = cross_val_score(forest, *smote.fit_resample(measures, noise), cv=folds, scoring="roc_auc").mean()
print(f"SMOTE before the folds, on real labels: average precision {on_real_labels:.3f}", end="; ")
print(f"on shuffled ones, ROC AUC {auc:.3f}")

# %% jupyter={"source_hidden": true}
figure, ax = plt.subplots(figsize=(7, 2.6), layout="constrained")
_ = ax.scatter(four_ways.values(), four_ways.keys(), s=60, color=ROLES["model"], zorder=3, label="shuffled labels")
_ = ax.axvline(is_19.mean(), **REFERENCE, label="chance at the natural prevalence")
_ = ax.axvline(0.5, color=GREY, linestyle=":", label="chance when balanced")
for name, reached in four_ways.items():
    _ = ax.annotate(f"{reached:.3f}", (reached, name), (0, 7), textcoords="offset points", ha="center", fontsize=9)
_ = (ax.margins(y=0.25), ax.set(xlabel="mean average precision over five folds", xlim=(-0.05, 1.05)), ax.invert_yaxis())
_ = figure.legend(loc="outside lower center", ncols=3)
plots.captioned(
    figure,
    "Average precision on shuffled labels, one dot per way. Two dots are at chance, the third is near a half, and the "
    "fourth near 1.",
)
# %% [markdown]
# One cause is the **prevalence** of the test folds, which lifts a model that knows nothing to a half. The other is
# **relatives**: a synthetic test point has its parents or siblings among the training rows, where a model that
# memorizes finds them (Blagus and Lusa 2015).
#
# With real labels the score is about the same, so a high score proves nothing. The printed ROC AUC settles your bet.
# **Split first**, and put the sampler in the pipeline.

# %% [markdown]
# ## 2 · Copies, and points on a line
#
# `RandomOverSampler` draws minority rows **with replacement**. In logistic regression, a row that occurs 50 times counts
# like one of **weight** 50. With `shrinkage` above 0, each **jittered copy** takes a small random step. SMOTE
#
# 1. takes a minority row;
# 2. draws one of its `k_neighbors` nearest neighbors **among the minority rows**;
# 3. draws a step from 0 to 1 and goes that share of the way:
#
# $$\text{new} = \text{row} + \text{step} \times (\text{neighbor} - \text{row})$$
#
# Guess: what share of SMOTE's points below has a *negative* as its nearest real row?

# %% tags=["guess"]
guess_negative = ...  # share of the synthetic points, 0 to 1

# %%
weights = abalone[["shucked_weight", "shell_weight"]]  # of the meat and the shell, in units of 200 g
copier = RandomOverSampler(sampling_strategy=0.1, random_state=1)  # minority over majority, as in lesson 4
copier.fit_resample(weights, is_19)
times_there = np.bincount(copier.sample_indices_)[is_19 == 1]  # how often each minority row is there now
smoted = SMOTE(sampling_strategy=0.1, random_state=1).fit_resample(weights, is_19)[0]
synthetic = smoted.iloc[len(weights) :]  # the real rows come first, unchanged
nearest = NearestNeighbors(n_neighbors=1).fit(weights).kneighbors(synthetic)[1][:, 0]
print(f"{len(synthetic)} synthetic points, share with a negative nearest: {np.mean(is_19.iloc[nearest] == 0):.2f}")


# %% jupyter={"source_hidden": true}
def two_panels():
    figure, panels = plt.subplots(1, 2, figsize=(7, 3.9), layout="constrained", sharex=True, sharey=True)
    for panel, title in zip(panels, ("copies", "SMOTE"), strict=True):
        _ = panel.scatter(*weights[is_19 == 0].T.to_numpy(), s=4, alpha=0.4, label="negative", **MAJORITY)
        _ = panel.set(title=title, xlabel="shucked_weight")
    _ = panels[0].set_ylabel("shell_weight")
    return figure, *panels


# %% jupyter={"source_hidden": true}
figure, left, right = two_panels()
few, edge = weights[is_19 == 1].T.to_numpy(), {"edgecolor": "black", "linewidth": 0.4, **MINORITY}
_ = left.scatter(*few, s=4 * times_there, alpha=0.8, **edge)  # the area is proportional to the number of copies
for times in (5, 10, 20):
    _ = left.scatter([], [], s=4 * times, label=f"{times} times", **edge)
_ = right.scatter(*synthetic.T.to_numpy(), s=9, marker="x", color=ROLES["highlighted"], lw=0.7, label="synthetic")
_ = right.scatter(*few, s=26, label="positive", **edge)
for panel in (left, right):
    _ = panel.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2, frameon=False)
plots.captioned(
    figure,
    "The same shells twice, shell against meat. Left: a triangle's area shows how often a row appears. Right: SMOTE's "
    "crosses form threads between triangles, right through negatives.",
)

# %% [markdown]
# What surprised you? SMOTE ignores the majority. It *assumes* that the space between two minority rows is minority,
# too. It also measures distances, so **scale the columns first**.

# %% jupyter={"source_hidden": true}
figure, ax = plt.subplots(figsize=(4.2, 3.6), layout="constrained")
_ = plots.class_scatter(six[["feature_1", "feature_2"]], six["target"], ax=ax)
for points in ax.collections:
    _ = points.set_sizes([110])
for number, point in enumerate(six[["feature_1", "feature_2"]].to_numpy()):
    _ = ax.annotate(str(number), xy=point, xytext=(9, 4), textcoords="offset points", weight="bold")
_ = (ax.set_aspect("equal"), ax.margins(0.2))
plots.captioned(
    ax,
    "Six numbered points. Triangles 0 to 3 are the minority, circles 4 and 5 the majority. Both circles are closer to "
    "triangle 2 than any triangle is.",
)

# %% [markdown]
# ### Task 5.2 · SMOTE by hand (5 points, 5 minutes)
#
# 1. Which two rows of `six` are the neighbors of row 2 with `k_neighbors=2`? Nearest first.
# 2. Where is the new point a **quarter** of the way from **row 2** to the **second** of them?
# 3. Write a function that goes the share `step` of the way from `row` to its `k`-th nearest minority neighbor.
#
# The check calls it on other points. Three decimals are enough.

# %% nbgrader={"grade_id": "smote-by-hand", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
two_nearest = ...  # list of two row numbers, the nearest first
new_point = ...  # two numbers: feature_1 and feature_2


def synthetic_point(points, labels, row, k, step):
    """Return the point that is the share `step` of the way from `row` to its k-th nearest minority neighbor.

    points: array of shape (rows, 2). labels: array of 0 and 1 (minority). row: row number of a minority row. k: 1 or more.
    """
    others = [i for i in np.flatnonzero(labels == 1) if i != row]  # row numbers of the other minority rows
    distances = np.linalg.norm(points[others] - points[row], axis=1)  # to `row`, in the order of `others`
    point = ...  # array of two numbers
    ### BEGIN SOLUTION
    neighbor = points[others[np.argsort(distances)[k - 1]]]
    point = points[row] + step * (neighbor - points[row])
    ### END SOLUTION
    return point


### BEGIN SOLUTION
two_nearest = [1, 3]
new_point = synthetic_point(six[["feature_1", "feature_2"]].to_numpy(), six["target"].to_numpy(), 2, k=2, step=0.25)
### END SOLUTION

# %% nbgrader={"grade_id": "smote-by-hand-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.smote_by_hand(*answers("two_nearest", "new_point", "synthetic_point"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which points can be neighbors at all: the circles, the triangles, row 2 itself?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `np.argsort(distances)` gives places in `others`, the nearest first, and counts from 0. For example, if it's `[2, 0, 1]`,
# the second nearest is at place 0, so its row number is `others[0]`. From `points[row]`, go `step` of the way to that
# row's point.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method on a line, 0.3 of the way from the first town to its second nearest:
#
# ```python
# towns, rest = np.array([10.0, 90.0, 30.0, 60.0]), [1, 2, 3]
# second = towns[rest[np.argsort(np.abs(towns[rest] - towns[0]))[1]]]
# print(towns[0] + 0.3 * (second - towns[0]))
# ```
# </details>

# %% [markdown]
# ## 3 · Columns that are categories
#
# An abalone is female, male, or an infant. The code turns `sex` into three columns of 0 and 1, oversamples, and counts
# each new shell's sexes. Guess what share of SMOTE's shells won't have exactly one.

# %% tags=["guess"]
guess_sexes = ...  # share of SMOTE's shells, 0 to 1

# %% jupyter={"source_hidden": true}
coded = pd.get_dummies(abalone["sex"], dtype=float)
scaled = (measures - measures.mean()) / measures.std()
jittered = RandomOverSampler(shrinkage=0.2, random_state=1)
ways = {
    "SMOTE, 0.0 and 1.0": (coded, smote),
    "SMOTE, 0 and 1": (coded.astype(int), smote),
    "SMOTE, True and False": (coded.astype(bool), smote),
    "jittered copies, True and False": (coded.astype(bool), jittered),
}

# %% jupyter={"source_hidden": true}
counted = {}
for name, (columns, sampler) in ways.items():
    grown = sampler.fit_resample(scaled.join(columns), is_19)[0][list(coded)]
    new = grown.iloc[len(abalone) :].astype(float)
    whole = ((new == 0) | (new == 1)).all(axis=1)
    counted[name] = new.sum(axis=1).where(whole, -1).value_counts(normalize=True)
asked = {1: "one sex", -1: "parts of several", 0: "none", 2: "two", 3: "all three"}
pd.DataFrame(counted).reindex(asked).fillna(0).rename(index=asked).T.round(2)

# %% [markdown]
# How close were you? Decimal numbers give shells that are 0.4 female. With whole numbers and truth values it only looks
# clean. imbalanced-learn computes in decimals and converts back **without a warning**: 0.4 becomes 0, or True.
#
# **SMOTENC** is for mixed columns. List the categorical ones, uncoded, in `categorical_features`; a new row takes the
# category that most of the neighbors have. **Plain copies** are always shells that exist.

# %% [markdown]
# ### Task 5.3 · Shells with categories (5 points, 4 minutes)
#
# A colleague's table has `length` and `height` in mm, `shell_weight` in grams, `sex`, and `site`, the bay (1, 2, or 3).
# Their spreads are similar, so scaling is optional.
#
# 1. Complete the function. It adds **synthetic** rows, each on the line between two minority rows, with a `sex` and a
#    `site` that the minority has. Return the units unchanged.
#
# In one of the check's tables, no minority row is an infant or from bay 2.


# %% nbgrader={"grade_id": "mixed-columns", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def oversample_shells(X, y, ratio):
    """Return all rows and labels, with synthetic minority rows up to `ratio`, which is minority over majority.

    X: DataFrame with the columns length, height, shell_weight, sex, site. y: Series of 0 and 1 (minority).
    """
    X_new, y_new = ..., ...  # DataFrame with the same columns, and Series
    ### BEGIN SOLUTION
    sampler = SMOTENC(categorical_features=["sex", "site"], sampling_strategy=ratio, random_state=1)
    X_new, y_new = sampler.fit_resample(X, y)
    ### END SOLUTION
    return X_new, y_new


# %% nbgrader={"grade_id": "mixed-columns-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.mixed_columns(*answers("oversample_shells"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Is there a bay 1.4? Which columns have values that can't be added up?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `SMOTENC` takes the names of the categorical columns in `categorical_features`, and `sampling_strategy` is the ratio.
# There are two such columns, and one of them looks like a number.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method on the lesson's own shells, which have one categorical column:
#
# ```python
# own = SMOTENC(categorical_features=["sex"], sampling_strategy=0.1, random_state=1)
# print(own.fit_resample(abalone, is_19)[0]["sex"].value_counts())
# ```
# </details>

# %% [markdown]
# ## 4 · Ten treatments in one table
#
# Ten logistic regressions and a dummy get the seven numbers, the same five new folds and costs (a miss €1,000,
# a false alarm €10). Each is judged at 0.5 *and* at a threshold tuned on validation rows.


# %%
def treated(*samplers, scaled=True, weight=None):
    numbers = StandardScaler() if scaled else "passthrough"
    return make_pipeline(numbers, *samplers, LogisticRegression(max_iter=1000, class_weight=weight))


# %%
treatments = {
    "predict the prevalence": DummyClassifier(strategy="prior"),
    "unscaled, not resampled": treated(scaled=False),
    "unscaled, weights": treated(scaled=False, weight="balanced"),
    "not resampled": treated(),
    "weights": treated(weight="balanced"),
    "copies": treated(RandomOverSampler(random_state=1)),
    "jittered copies": treated(RandomOverSampler(shrinkage=0.2, random_state=1)),
    "SMOTE": treated(SMOTE(random_state=1)),
    "BorderlineSMOTE": treated(BorderlineSMOTE(random_state=1)),
    "ADASYN": treated(ADASYN(random_state=1)),
    "undersampling": treated(RandomUnderSampler(random_state=1)),
}

# %% [markdown]
# Without scaling, weights raise ROC AUC. Guess: what share of that gain does *scaling* alone
# bring?

# %% tags=["guess"]
guess_scaling = ...  # share of the gain, 0 to 1

# %% jupyter={"source_hidden": true}
results = pd.concat([scoreboard.evaluate(name, model, measures, is_19) for name, model in treatments.items()])
averages = results.groupby(["strategy", "cut"], sort=False).mean(numeric_only=True)
default, tuned = (averages.xs(cut, level="cut") for cut in (scoreboard.DEFAULT_CUT, scoreboard.TUNED_CUT))
shown = default[["roc_auc", "average_precision", "brier", "recall"]].round(3)
shown = shown.rename(columns={"brier": "Brier score", "roc_auc": "ROC AUC", "recall": "recall at 0.5"})
shown["€ at 0.5"], shown["€ tuned"] = default["cost"].astype(int), tuned["cost"].astype(int)
auc = default["roc_auc"]
start = auc["unscaled, not resampled"]
share = (auc["not resampled"] - start) / (auc["unscaled, weights"] - start)
print(f"share of the gain that scaling brings: {share:.2f}")
shown.rename(columns={"average_precision": "average precision"}).rename_axis(None)

# %% [markdown]
# Did you guess that much? scikit-learn's logistic regression has a *penalty* that keeps coefficients small. A column of
# small numbers needs a large coefficient, so it hardly counts. Scaling weakens the penalty's effect. Weights may, too, because
# positives count more. So **compare like with like**, each treatment minus *not resampled*:

# %% jupyter={"source_hidden": true}
pairs, gains = list(treatments)[4:], {}
for metric, title in (("average_precision", "average precision"), ("cost", "tuned cost (€)")):
    gains[title] = np.transpose([scoreboard.difference(results, name, "not resampled", metric) for name in pairs])
    middle, low, high = gains[title]
    print(f"{title}, intervals that include 0 (lesson 6): {np.sum((low < 0) & (high > 0))} of {len(pairs)}")

# %% jupyter={"source_hidden": true}
figure, axes = plt.subplots(1, 2, figsize=(7, 3.4), layout="constrained", sharey=True)
for ax, (title, (middle, low, high)) in zip(axes, gains.items(), strict=True):
    _ = ax.errorbar(middle, pairs, xerr=[middle - low, high - middle], fmt="D", color=ROLES["model"], capsize=3)
    _ = (ax.axvline(0, **REFERENCE), ax.set(xlabel=f"difference in {title}"))
axes[0].invert_yaxis()
plots.captioned(
    figure,
    "Seven treatments, each minus not resampling: mean difference and 95% interval in average precision (left) and in "
    "tuned cost (right). All intervals include the dashed zero line.",
)

# %% [markdown]
# - **Ranking**: with 32 positives, only a large difference would show. "Not shown" isn't "none".
# - **Calibration**: Brier scores rise 15- to 26-fold. Lesson 4's formula can undo copying (optional: *Risks that are
#   too high*).
# - **Decision**: at 0.5, resampling raises recall and lowers the cost. A *tuned* threshold rests on six or seven
#   positives, so it's partly luck: some treatments cost more tuned. Lesson 3's formula needs no tuning. Without
#   resampling, it gives:

# %% jupyter={"source_hidden": true}
from sklearn.base import clone

t_star = scoreboard.COST_FALSE_ALARM / (scoreboard.COST_FALSE_ALARM + scoreboard.COST_MISS)
by_costs = results[(results["strategy"] == "not resampled") & (results["cut"] == scoreboard.DEFAULT_CUT)].copy()
by_costs["cut"], by_costs["cost"] = "t*", 0.0
for number, fold in enumerate(scoreboard.make_folds(is_19)):  # the folds of the table
    fitted = clone(treatments["not resampled"]).fit(measures.iloc[fold.fit], is_19.iloc[fold.fit])
    flagged, there = fitted.predict_proba(measures.iloc[fold.test])[:, 1] >= t_star, is_19.iloc[fold.test] == 1
    costs = scoreboard.COST_MISS * np.sum(there & ~flagged) + scoreboard.COST_FALSE_ALARM * np.sum(~there & flagged)
    by_costs.loc[by_costs["fold"] == number, "cost"] = float(costs)

# %% jupyter={"source_hidden": true}
print(f"not resampled at t* = 10 / 1,010 = {t_star:.4f}: €{by_costs['cost'].mean():,.0f}")
print("each treatment at 0.5 minus that, with its 95% interval:")
both = pd.concat([results, by_costs])
for name in pairs:
    gain = scoreboard.difference(both, (name, scoreboard.DEFAULT_CUT), ("not resampled", "t*"), "cost")
    print(f"  {name:<16}{gain.mean:>7,.0f}  ({gain.low:,.0f} to {gain.high:,.0f})")

# %% [markdown]
# No treatment at 0.5 is shown to be cheaper. Repaired, their 0.5 becomes the prevalence, close to t\*. That's one
# dataset and one model, so test in your folds.

# %% [markdown]
# ### Task 5.4 · Which treatment? (5 points, 4 minutes)
#
# Five teams ask what to do next. Write one letter per team; the check gives a reason for each.
#
# - **a** Don't resample; compute the threshold from the costs.
# - **b** Don't resample; use the probabilities as they are.
# - **c** Put the sampler into the pipeline and measure again.
# - **d** Add a row to the comparison: scaled, not resampled.
# - **e** Use SMOTENC.
# - **f** Scale the columns before the sampler.
#
# 1. **Shop**: a calibrated model misses most fraud at 0.5. A miss costs €500, a false alarm €5.
# 2. **Insurer**: premiums use a calibrated model's probabilities. A consultant suggests SMOTE.
# 3. **Hospital**: a table balanced with SMOTE was cross-validated. Average precision is 0.98.
# 4. **Report**: "Unscaled, no SMOTE: ROC AUC 0.74. Scaled, SMOTE in the folds: 0.85. So SMOTE gains 0.11."
# 5. **Bank**: SMOTE in the folds, on income in euros and age in years. All neighbors have nearly the same income.

# %% nbgrader={"grade_id": "which-treatment", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
shop = ...  # a letter from "a" to "f"
insurer = ...  # a letter from "a" to "f"
hospital = ...  # a letter from "a" to "f"
report = ...  # a letter from "a" to "f"
bank = ...  # a letter from "a" to "f"
### BEGIN SOLUTION
shop, insurer, hospital, report, bank = "a", "b", "c", "d", "f"
### END SOLUTION

# %% nbgrader={"grade_id": "which-treatment-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.which_treatment(*answers("shop", "insurer", "hospital", "report", "bank"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# What does each team use in the end: a decision, the size of a probability, a score in a report, or distances?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# One team's test rows aren't real. One compares two changes at once. One has costs. One needs probabilities that mean
# what they say. One measures distances in two units. No team has categories.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for another team, which copied rows inside the folds and flags at 0.5. Its recall rose, so compare it
# with the same number of flags from a model that isn't resampled:
#
# ```python
# chances = treated().fit(measures, is_19).predict_proba(measures)[:, 1]
# lower = np.sort(chances)[-40]  # a threshold that flags at least 40 rows
# print(np.mean(chances[is_19 == 1] >= lower))  # its recall
# ```
# </details>

# %% [markdown]
# ## Quick check
#
# Write your letter in quotes. Your first answer counts; the check explains each.
#
# **Question 1.** A colleague balances a table of 3,000 patients, 5% of them ill, with SMOTE and then cross-validates a
# random forest on it. Its average precision rises from 0.35 to 0.97. What is the 0.97 worth?
#
# - **a** Nothing until SMOTE is inside the folds.
# - **b** A little less on new patients, perhaps 0.9.
# - **c** It's right if the rows were shuffled before the folds were made.
# - **d** It's right for the forest, but not for other models.

# %% nbgrader={"grade_id": "quick-check-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_1 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_1 = "a"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.quick_check_1(*answers("answer_1"))

# %% [markdown]
# **Question 2.** In a table of payments, the only column is the amount. SMOTE with `k_neighbors=1` has two frauds, one
# of €100 and one of €900. All payments from €300 to €700 are honest. Where does it put new frauds?
#
# - **a** Near the two frauds only, outside €300 to €700.
# - **b** From €300 to €700 only, where frauds are missing.
# - **c** Anywhere from €100 to €900, among the honest, too.
# - **d** Nowhere, because honest payments are in between.

# %% nbgrader={"grade_id": "quick-check-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_2 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_2 = "c"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.quick_check_2(*answers("answer_2"))

# %% [markdown]
# ## Key points
#
# - Oversampled before the split, even noise can score near 1: test folds have **relatives** among the training rows, at
#   a **changed prevalence**. Resample in the pipeline.
# - **SMOTE** puts points between minority rows. It ignores the majority and measures distances.
# - Categories need **SMOTENC** or plain copies.
# - Compare **like with like**: same scaling, folds, and tuning.
#
# **Mistakes seen in practice:** SMOTE on the whole table (*is it in the pipeline?*); a shell that's 0.4 female (*which
# columns are categories?*); recall at 0.5 reported as a gain (*would a lower threshold do it?*).
#
# ### Tomorrow
#
# Lesson 6 compares combined samplers with not resampling, each at its tuned threshold. Which costs least, and by how
# much? Bet.

# %% tags=["bet"]
bet = ...  # your forecast: text in quotes

# %% [markdown]
# # Optional
#
# Nothing below is graded. Its data are loaded already: two features with 1% positives (`X`, `y`), 2,000 rows of ten
# features, and 10,000 people of a simulated screening.

# %% [markdown]
# ### Bonus 1 · Copies to a ratio
#
# pandas can copy rows as well: `few.sample(n=…, replace=True)` draws them, and `pd.concat` adds them.
#
# 1. You want **one minority row per four majority rows** of `X`, `y`. Which `sampling_strategy` is that?
# 2. What are the counts afterward, and how many times is a minority row there on average, itself included?
# 3. Write a function that does it for any data.
#
# The check calls your function on data you haven't seen.

# %% nbgrader={"grade_id": "bonus-random-oversampling", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
strategy_quarter = ...  # number: the value of sampling_strategy
counts_quarter = ...  # dict: label (0 and 1) to number of rows after oversampling X, y
times_each = ...  # number: how many times a minority row of X is there afterward, on average


def oversample(X, y, per_minority):
    """Add copies until there are `per_minority` majority rows (whole number, 1 or more) per minority row.

    X: DataFrame. y: Series of 0 and 1, where 1 is the minority. Returns all rows and their labels.
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

# %% nbgrader={"grade_id": "bonus-random-oversampling-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.bonus_random_oversampling(*answers("strategy_quarter", "counts_quarter", "times_each", "oversample"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which class is on top of the fraction? Which of the two classes keeps its number of rows?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# The ratio is 1 / `per_minority`. The majority keeps its rows, so the minority gets a quarter as many. For the average,
# divide the minority rows afterward by those before.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on other data, one positive per ten negatives among the screened people:
#
# ```python
# tenth = RandomOverSampler(sampling_strategy=1 / 10, random_state=1)
# print(tenth.fit_resample(people, condition)[1].value_counts().to_dict())
# ```
# </details>

# %% [markdown]
# ## Enough neighbors?
#
# SMOTE needs `k_neighbors` *other* minority rows around each. In a cross-validation, only those of the **training
# rows** count. With few positives, that ends in an error:

# %%
fewer_X, fewer_y = pd.concat([X[y == 1].head(6), X[y == 0].head(94)]), np.repeat([1, 0], [6, 94])
train, test = next(StratifiedKFold(n_splits=3).split(fewer_X, fewer_y))
print(f"positives: {fewer_y.sum()} in total, {fewer_y[train].sum()} in the training rows of a fold")
try:
    SMOTE().fit_resample(fewer_X.iloc[train], fewer_y[train])
except ValueError as error:
    print("SMOTE():             ", error)
labels_there = SMOTE(k_neighbors=3, random_state=1).fit_resample(fewer_X.iloc[train], fewer_y[train])[1]
print("SMOTE(k_neighbors=3):", np.bincount(labels_there).tolist())

# %% [markdown]
# `n_samples` is the number of positives that SMOTE sees. `n_neighbors` is `k_neighbors + 1`, because the library counts
# each row as its own nearest neighbor. So `k_neighbors` can be **at most the positives of the training rows, minus 1**.
# A smaller `k_neighbors` fixes the error, not the lack of data.

# %% [markdown]
# ### Bonus 2 · SMOTE's counts, and its neighbors
#
# 1. Oversample `X`, `y` with SMOTE to the ratio **0.2**. What are the counts, and how many points are new?
# 2. Write a function that returns the largest `k_neighbors` that works in **every** fold of a stratified
#    cross-validation. If the folds can't share the positives evenly, some test folds get one more.

# %% nbgrader={"grade_id": "bonus-smote-counts", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
counts_smote = ...  # dict: label (0 and 1) to number of rows after SMOTE
new_points = ...  # whole number: how many of the rows are synthetic


def largest_k(positives, n_splits):
    """Return the largest k_neighbors that works in every fold, for this many positives and folds (2 or more)."""
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

# %% nbgrader={"grade_id": "bonus-smote-counts-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.bonus_smote_counts(*answers("counts_smote", "new_points", "largest_k"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# The ratio is minority over majority. For the function, which fold has the fewest positives to train on?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Count the labels that `fit_resample` returns. The fewest positives remain where the test fold has the most, which is
# `positives / n_splits`, rounded **up**.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same by splitting, for 9 positives and 4 folds:
#
# ```python
# labels = np.repeat([1, 0], [9, 91])
# print([labels[train].sum() for train, _ in StratifiedKFold(4).split(labels, labels)])
# ```
# </details>

# %% [markdown]
# ## Groups and time
#
# If several rows belong to one patient, or rows come in the order of time, shuffled folds can leak even without
# oversampling. The cure has two parts, a splitter that knows groups or time, and a sampler inside the folds.
# Here 300 patients have five similar visits each, and a patient's label is random.

# %%
from sklearn.model_selection import StratifiedGroupKFold, TimeSeriesSplit

draw = np.random.default_rng(1)
patient = np.repeat(np.arange(300), 5)
ill = (draw.random(300) < 0.1).astype(int)[patient]  # nothing to learn
visits = draw.normal(size=(300, 4))[patient] + 0.1 * draw.normal(size=(1500, 4))
nearby = make_pipeline(smote, KNeighborsClassifier(5))
grouped = StratifiedGroupKFold(n_splits=5, shuffle=True, random_state=1)
for name, split in {"rows": folds.split(visits, ill), "patients": grouped.split(visits, ill, patient)}.items():
    reached = cross_val_score(nearby, visits, ill, cv=split, scoring="average_precision").mean()
    print(f"folds of {name:<9} average precision {reached:.3f}, prevalence {ill.mean():.3f}")

# %% [markdown]
# Only the grouped folds come near the prevalence. The bank calls are in the order of time, so `TimeSeriesSplit` trains
# on the past and tests on the calls that follow.

# %%
calls = real_data.load_bank_calls()
said_yes = calls["subscribed"]
known = calls.drop(columns=["subscribed", "duration"]).select_dtypes("number")  # known before the call
with_copies = make_pipeline(StandardScaler(), RandomOverSampler(random_state=1), LogisticRegression(max_iter=1000))
for name, splitter in {"shuffled folds": folds, "folds in time": TimeSeriesSplit(n_splits=5)}.items():
    reached = cross_val_score(with_copies, known, said_yes, cv=splitter, scoring="roc_auc")
    print(f"{name:<15} ROC AUC, fold by fold:", reached.round(2).tolist())

# %% [markdown]
# Early folds also learn from fewer rows. But shuffled folds can hide that the past is a poor guide to the future.

# %% [markdown]
# ## Risks that are too high
#
# A screening model learned after copies made 40% ill. Its risks are several times too high, but ranked about
# as well.

# %%
natural = make_pipeline(datasets.screening_preprocessor(), LogisticRegression(max_iter=1000))
predicted = {
    "not resampled": natural.fit(fit_people, y_before).predict_proba(test_people)[:, 1],
    "oversampled": risks,
}
print(f"with the condition: {y_before.mean():.3f} before oversampling, {y_after.mean():.3f} after")
for name, one in predicted.items():
    print(f"{name:<14} mean risk {one.mean():.3f}, Brier score {brier_score_loss(y_test, one):.3f},", end=" ")
    print(f"average precision {average_precision_score(y_test, one):.3f}")

# %% [markdown]
# The formula of lesson 4, section 5, works here, too. Its $\pi_s$ is now the prevalence after oversampling. For
# logistic regression, that shifts the intercept (King and Zeng 2001).

# %% [markdown]
# ### Bonus 3 · Back to the prevalence
#
# 1. Write the correction as a function of the risks and of the labels before and after oversampling.
# 2. Correct the `risks` of the test people with `y_before` and `y_after`. What is their mean?
#
# The check calls your function on other values. A risk may be 0 or 1.

# %% nbgrader={"grade_id": "bonus-corrected-risks", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
mean_corrected = ...  # number, 0 to 1: mean corrected risk of the test people


def back_to_prevalence(risks, y_before, y_after):
    """Return the risks at the prevalence before oversampling, as an array.

    risks: array of numbers, 0 to 1. y_before, y_after: arrays of 0 and 1, before and after oversampling.
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

# %% nbgrader={"grade_id": "bonus-corrected-risks-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, oversampling as check

check.bonus_corrected_risks(*answers("back_to_prevalence", "mean_corrected"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# The prevalences are the means of the two label arrays. The corrected risks are lower, so which odds go on top?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `factor` is the odds of the prevalence before, divided by the odds of the prevalence after. Multiply the odds of each
# risk by it and turn them back. A risk of 1 has no odds, so multiply the formula out first.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same for a single risk of 0.6, where the odds must be divided by 9:
#
# ```python
# divided = 1 / 9
# print(divided * 0.6 / (divided * 0.6 + 1 - 0.6))
# ```
# </details>

# %% [markdown]
# ### When the correction fails
#
# The formula trusts the model at the oversampled prevalence. A forest of deep trees has memorized each copied row, so it isn't
# right there. The table has a regression and forests (6, 150 trees), corrected, or instead calibrated (Platt 1999) on
# a third of `fit_people` that wasn't resampled.

# %% jupyter={"source_hidden": true}
from sklearn.calibration import CalibratedClassifierCV
from sklearn.frozen import FrozenEstimator

parts = train_test_split(fit_people, y_before, test_size=1 / 3, stratify=y_before, random_state=1)
bigger, y_bigger = RandomOverSampler(sampling_strategy=2 / 3, random_state=1).fit_resample(parts[0], parts[2])
factor = parts[2].mean() / (1 - parts[2].mean()) / (y_bigger.mean() / (1 - y_bigger.mean()))
ways = {"regression": LogisticRegression(max_iter=1000), "6 trees": forest}
ways["150 trees"] = RandomForestClassifier(n_estimators=150, random_state=1)
failing = {("regression", "not resampled"): natural.fit(parts[0], parts[2]).predict_proba(test_people)[:, 1]}
for name, one in ways.items():
    fitted = make_pipeline(datasets.screening_preprocessor(), one).fit(bigger, y_bigger)
    again = CalibratedClassifierCV(FrozenEstimator(fitted), method="sigmoid").fit(parts[1], parts[3])
    s = failing[name, "as predicted"] = fitted.predict_proba(test_people)[:, 1]
    failing[name, "corrected"] = factor * s / (factor * s + (1 - s))
    failing[name, "calibrated"] = again.predict_proba(test_people)[:, 1]

# %% jupyter={"source_hidden": true}
failing["the prevalence", "for all"] = np.full(len(y_test), y_before.mean())
judged = {key: {"mean risk": p.mean(), "Brier score": brier_score_loss(y_test, p)} for key, p in failing.items()}
pd.DataFrame(judged).T.round(4)

# %% [markdown]
# Both forests' corrected risks are far too low on average. On this split, the correction lowers the Brier score with 6
# trees and raises it with 150. It's one split of simulated people. So test a correction on rows that weren't resampled.

# %% [markdown]
# ## The scoreboard
#
# Lesson 3's scoreboard of the payments gets two rows, copies and SMOTE, each to 1:2. All rows are stored results;
# `datasets/contest/CARD.md` has their recipe.

# %% jupyter={"source_hidden": true}
stored = scoreboard.load_contest("logistic regression")
stored = stored[stored["fold"] < 5]
names = {name: name for name in ("dummy, most frequent", "random undersampling", "random oversampling", "SMOTE")}
names |= {name: "not resampled" for name in stored["strategy"].unique() if name.endswith("alone")}
contest = stored[stored["strategy"].isin(list(names))].replace({"strategy": names})

# %% jupyter={"source_hidden": true}
axes = plots.scoreboard(scoreboard.table(contest))
plots.captioned(
    axes,
    "Four panels with five strategies each, for a logistic regression on the payments. At 0.5, each kind of resampling "
    "costs less than not resampling. At the tuned threshold, the four models' intervals overlap widely.",
)
copies = "random oversampling"
for one, other in ((copies, "not resampled"), ("SMOTE", "not resampled"), ("SMOTE", copies)):
    for metric, digits in (("average_precision", 3), ("cost", 0)):
        gain = scoreboard.difference(contest, one, other, metric)
        title = {"cost": "tuned cost"}.get(metric, metric)
        print(f"{title:<18} {one:<19} minus {other:<19} {gain.mean:>7,.{digits}f}", end=" ")
        print(f"(95% interval {gain.low:,.{digits}f} to {gain.high:,.{digits}f})")

# %% [markdown]
# All these intervals include 0. Five folds of one dataset show only large differences.

# %% [markdown]
# ## The catalogue
#
# imbalanced-learn has half a dozen relatives of SMOTE. They differ in *where* they put the new points, and they all
# measure distances. Here they meet on 1,500 points, 5% of them positive.

# %% jupyter={"source_hidden": true}
from imblearn.over_sampling import SMOTEN, SVMSMOTE, KMeansSMOTE

all_X, all_y = datasets.make_two_features(4_000, minority_share=0.05, class_sep=0.8, seed=16)
crowd_X, far_X, crowd_y, far_y = train_test_split(all_X, all_y, train_size=1_500, stratify=all_y, random_state=1)
catalogue = {"not resampled": (crowd_X, crowd_y)}  # name to rows and labels


# %% jupyter={"source_hidden": true}
def show(samplers, caption):
    figure, panels = plt.subplots(1, 3, figsize=(7, 3.3), sharex=True, sharey=True, layout="constrained")
    for ax, (name, sampler) in zip(panels, samplers.items(), strict=True):
        catalogue[name] = sampler.fit_resample(crowd_X, crowd_y)
        new = catalogue[name][0].iloc[len(crowd_X) :].to_numpy()
        _ = ax.scatter(*crowd_X[crowd_y == 0].T.to_numpy(), s=3, alpha=0.4, label="majority", **MAJORITY)
        _ = ax.scatter(*new.T, s=9, marker="x", c=ROLES["highlighted"], lw=0.7, label="new")
        _ = ax.scatter(
            *crowd_X[crowd_y == 1].T.to_numpy(), s=12, edgecolor="black", lw=0.3, label="minority", **MINORITY
        )
        _ = ax.set(title=name, xlabel="feature_1", ylabel="feature_2", xlim=(-1.7, 2.9), ylim=(-2.7, 3.3))
        ax.label_outer()
    _ = figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    plots.captioned(figure, f"Triangles are minority rows, crosses the added points. {caption}")


# %% jupyter={"source_hidden": true}
show(
    {
        "SMOTE": SMOTE(sampling_strategy=0.5, random_state=1),
        "BorderlineSMOTE": BorderlineSMOTE(sampling_strategy=0.5, random_state=1),
        "SVMSMOTE": SVMSMOTE(sampling_strategy=0.5, random_state=1),
    },
    "SMOTE connects the whole minority. BorderlineSMOTE works next to the majority and adds nothing at the "
    "top. SVMSMOTE "
    "works at the border, too, and some of its crosses are beyond the outermost triangle.",
)

# %% [markdown]
# **BorderlineSMOTE** (Han and others 2005) looks at the ten nearest rows (`m_neighbors`) of each minority row. If all
# of them are majority, the row is *noise*; if fewer than half are, it's *safe*. It starts only from the rest, which are
# *in danger*. **SVMSMOTE** (Nguyen and others 2011) starts from the minority rows at an SVM's border. Where minority rows
# prevail, it goes *beyond* a row, away from its neighbor.

# %% jupyter={"source_hidden": true}
show(
    {
        "ADASYN": ADASYN(sampling_strategy=0.5, random_state=1),
        "KMeansSMOTE": KMeansSMOTE(sampling_strategy=0.5, random_state=1),
        "jittered copies": RandomOverSampler(sampling_strategy=0.5, shrinkage=1, random_state=1),
    },
    "ADASYN puts its crosses among the majority, with hardly any at the top. KMeansSMOTE fills the top. Jittered "
    "copies make a cloud around each triangle.",
)

# %% [markdown]
# **ADASYN** (He and others 2008) adds more points where more of a row's neighbors are majority. It rounds these
# numbers, so it only comes close to the ratio, and where the classes don't touch it stops with an error.
# **KMeansSMOTE** (Douzas and others 2018) groups all rows by k-means and does SMOTE in the groups with enough minority
# rows. What is enough depends on `cluster_balance_threshold`, and its default can be too strict:

# %%
for threshold in ("auto", 0.005):
    sampler = KMeansSMOTE(sampling_strategy=0.5, cluster_balance_threshold=threshold, random_state=1)
    try:
        print(f"threshold {threshold}:", np.bincount(sampler.fit_resample(X, y)[1]).tolist())
    except RuntimeError as error:
        print(f"threshold {threshold}:", str(error).split(". ")[0])

# %% [markdown]
# ### Who reaches the ratio, and who ranks well?

# %% jupyter={"source_hidden": true}
from sklearn.tree import DecisionTreeClassifier

judges = {
    "regression": LogisticRegression(),
    "25 neighbors": KNeighborsClassifier(25),
    "shallow tree": DecisionTreeClassifier(max_depth=4, random_state=1),
}
judged = {}
for name, (rows_there, labels_there) in catalogue.items():
    judged[name] = {"minority": int(labels_there.sum()), "ratio 0.5 needs": int(np.sum(crowd_y == 0) / 2)}
    for judge, classifier in judges.items():
        s = classifier.fit(rows_there, labels_there).predict_proba(far_X)[:, 1]
        judged[name][f"AP, {judge}"] = round(average_precision_score(far_y, s), 3)
pd.DataFrame(judged).T.astype({"minority": int, "ratio 0.5 needs": int})

# %% [markdown]
# AP is average precision on real rows of one split. On it, only KMeansSMOTE with regression is ahead of not
# resampling. A sampler is a choice to *test inside the cross-validation*, never a habit.
#
# **SMOTEN** is for tables with nothing but categories. Two categories are close if the classes are distributed alike
# among the rows that have them; a new row takes each category by its neighbors' vote.

# %%
nominal = people[["smoking", "activity"]].head(2_000)
new = SMOTEN(random_state=1).fit_resample(nominal, condition.head(2_000))[0].iloc[2_000:]
shares = {"with the condition": nominal[condition.head(2_000) == 1], "SMOTEN": new}
pd.DataFrame({name: one["activity"].value_counts(normalize=True) for name, one in shares.items()}).round(2)

# %% [markdown]
# ### Bonus 4 · A sampler of your own
#
# Take `signal_X`, `signal_y` and any classifier.
#
# 1. Make a pipeline of a sampler from `imblearn.over_sampling` and a classifier. Don't use plain SMOTE to 1:1, and set
#    every seed (`random_state`).
# 2. Judge it by its mean average precision over the `folds`.

# %% nbgrader={"grade_id": "bonus-own-sampler", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
own_pipeline = ...  # pipeline of a sampler and a classifier; it needn't be fitted
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
# Section 1 judged SMOTE to 1:1 in this way. What has to change, and what has to stay?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# imbalanced-learn's `make_pipeline` takes the sampler and the classifier. Pass the rows to `mean_ap` as they are.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on the abalones:
#
# ```python
# few_more = make_pipeline(SMOTE(sampling_strategy=0.1, random_state=1), KNeighborsClassifier(25))
# print(mean_ap(few_more, measures, is_19))
# ```
# </details>

# %% [markdown]
# Compare your score with the same classifier **without** a sampler. If you've tried ten, the best of them is partly
# luck, and it needs new rows (lesson 6).

# %% [markdown]
# ### Bonus 5 · How far shrinkage moves a copy
#
# Each jittered copy takes a random step from a normal distribution (a *smoothed bootstrap*, Menardi and Torelli 2014).
# Along feature j, the steps have the standard deviation
#
# $$\text{shrinkage} \times \left(\frac{4}{(d + 2)\, n}\right)^{1/(d + 4)} \times s_j$$
#
# with d features, n **rows in total**, and s_j the standard deviation of feature j **among the minority rows**. Write
# it as a function.


# %% nbgrader={"grade_id": "bonus-shrinkage", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def jitter(X, y, shrinkage):
    """Return the standard deviation of a jittered copy's step, one number per feature, as an array.

    X: array of shape (rows, features). y: array of 0 and 1, where 1 is the minority. shrinkage: number, 0 or more.
    """
    answer = ...  # array of numbers, one per feature
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
# There are three factors. Which of them has one value per feature?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `X.shape` gives n and d. The standard deviations are those of the rows with `y == 1`, along `axis=0`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same for the spread of the *majority* in the two-feature data, without the two other factors:
#
# ```python
# print(X[y == 0].to_numpy().std(axis=0), X.shape)
# ```
# </details>

# %% [markdown]
# ### Find the bug
#
# This cell is meant to oversample the training rows to the ratio 0.5 and to test five nearest neighbors on the rest. It
# has **two** bugs. Fix it so that `counts_after` has the counts of the training labels after SMOTE. Keep the size of
# the test set (a quarter) and the seeds.

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
# Print `counts_first`, `counts_after`, and `test_share`. What should they be?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# The counter counts the old labels twice. And SMOTE comes before the split: split first, and resample only the training
# rows.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same order on other data, with copies of shells:
#
# ```python
# shells = train_test_split(measures, is_19, stratify=is_19, random_state=1)
# copied_X, copied_y = RandomOverSampler(random_state=1).fit_resample(shells[0], shells[2])
# print(Counter(copied_y.tolist()), shells[3].mean())
# ```
# </details>

# %% [markdown]
# ## Questions from learners

# %% [markdown]
# **How do I correct risks after SMOTE?** With the same formula and the prevalence after SMOTE, but test the result. The
# formula assumes that resampled positives look like real ones. Copies do. SMOTE's points are closer together than real
# rows (Blagus and Lusa 2013), so the corrected risks can be wrong in shape even if their mean fits.
#
# **Does balancing help gradient boosting?** That depends on its tuning and on the metric. On the real datasets of
# lesson 6, section 6, SMOTE lowers the mean average precision of boosting, less with its defaults than when it's tuned.
#
# **Is SMOTE better than plain copies?** It's often claimed. On lesson 6's real datasets, SMOTE's average precision was
# lower with all three tuned models. Test both on your data.
#
# **What do larger studies say?** Elor and Averbuch-Elor (2022) found that weak learners (a decision tree, AdaBoost)
# gained from balancing and strong ones (XGBoost, CatBoost) didn't; a tuned threshold was as good. For risk models,
# discrimination didn't improve and calibration suffered (van den Goorbergh and others 2022 for logistic regression;
# Carriero and others 2025 for machine learning in general, where calibrating again didn't always repair it).
#
# **Each of my rows can have several labels. Can I use SMOTE?** Not as it is, because the library refuses:

# %%
two_labels = np.random.default_rng(1).integers(0, 2, size=(50, 2))
try:
    SMOTE().fit_resample(X.head(50), two_labels)
except ValueError as error:
    print(str(error))

# %% [markdown]
# A row that's copied for its rare label brings its common labels along. One model per label works
# (`MultiOutputClassifier`, `ClassifierChain`), each with a threshold tuned on real rows, or with weights. There's
# research on oversampling such data (Charte and others 2015). For *several classes*, one per row, all samplers here
# work, and `sampling_strategy` takes a dict.

# %% [markdown]
# ## Further reading
#
# - Blagus and Lusa (2013), *SMOTE for high-dimensional class-imbalanced data*, doi 10.1186/1471-2105-14-106.
# - Blagus and Lusa (2015), *Joint use of over- and under-sampling techniques and cross-validation*,
#   doi 10.1186/s12859-015-0784-9: the leak.
# - Carriero and others (2025), *The harms of class imbalance corrections for machine learning based prediction models*,
#   doi 10.1002/sim.10320.
# - Charte and others (2015), *MLSMOTE*, doi 10.1016/j.knosys.2015.07.019.
# - Chawla and others (2002), *SMOTE: synthetic minority over-sampling technique*, doi 10.1613/jair.953: also SMOTE-NC
#   and SMOTE-N.
# - Douzas and others (2018), *Improving imbalanced learning through a heuristic oversampling method*,
#   doi 10.1016/j.ins.2018.06.056.
# - Elkan (2001), *The foundations of cost-sensitive learning*: the change of base rate behind the correction.
# - Elor and Averbuch-Elor (2022), *To SMOTE, or not to SMOTE?*, arXiv 2201.08528.
# - Han and others (2005), *Borderline-SMOTE*, doi 10.1007/11538059_91.
# - He and others (2008), *ADASYN*, doi 10.1109/IJCNN.2008.4633969.
# - King and Zeng (2001), *Logistic regression in rare events data*, doi 10.1093/oxfordjournals.pan.a004868.
# - Menardi and Torelli (2014), *Training and assessing classification rules with imbalanced data*,
#   doi 10.1007/s10618-012-0295-5: the smoothed bootstrap.
# - Nash and others (1994), *Abalone*, doi 10.24432/C55C7W.
# - Nguyen and others (2011), *Borderline over-sampling for imbalanced data classification*,
#   doi 10.1504/IJKESDP.2011.039875.
# - Platt (1999), *Probabilistic outputs for support vector machines*.
# - van den Goorbergh and others (2022), *The harm of class imbalance corrections for risk prediction models*,
#   doi 10.1093/jamia/ocac093.
#
# **Next:** lesson 6 combines over- and undersampling and compares everything so far.
