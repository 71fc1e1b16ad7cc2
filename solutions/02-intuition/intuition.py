# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 02-intuition, version: "1.0"}
# ---

# %% [markdown]
# # Lesson 2 · Intuition
#
# **What 1:10, 1:100 and 1:1,000 look like.** After this lesson you can
#
# 1. make a set with exactly the share of rare rows that you want, and count it;
# 2. tell a share from a ratio, and turn one into the other;
# 3. draw the classes so that the rare one is seen;
# 4. say what redrawn labels, overlap and rarity each do to a problem;
# 5. split few positives so that each part gets its share, and say how little they still tell.
#
# **Time** 20 to 40 minutes for the core path; what comes after *Further* is extra. **Needs** Python, a little NumPy,
# pandas and scikit-learn. **Points** 20, in five tasks.

# %% [markdown]
# Run the cells from top to bottom with Shift+Enter. The two cells below load what the lesson works with: four sets of
# two features that differ in the share of their rare class, and two small sets with few positives.
#
# Each word of the course stands in the [glossary](../glossary.md) with one sentence.

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
from collections import Counter
from math import comb

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn
from scipy import stats
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import recall_score, roc_auc_score
from sklearn.model_selection import ShuffleSplit, train_test_split

from imbalanced_course import datasets, plots

sklearn.set_config(display="text")
plt.style.use("imbalanced_course.plots.course")

# %% nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
# Four sets of 10,000 rows, by the share of class 1: each is a pair X (two columns), y (0 or 1).
four_sets = {share: datasets.make_two_features(minority_share=share) for share in (0.5, 0.1, 0.01, 0.001)}

few_X, few_y = datasets.make_two_features(500, minority_share=0.01)  # 5 of 500 rows are positive
rare_X, rare_y = datasets.make_two_features(1_000, minority_share=0.02, seed=3)  # 20 of 1,000

# %% [markdown]
# ## 1 · Make a set, and count it
#
# We begin with 10,000 made-up rows, so that we know how many of them are rare, and look at them.

# %%
made_X, made_y = make_classification(
    n_samples=10_000, n_features=2, n_redundant=0, n_clusters_per_class=1, weights=[0.99, 0.01], flip_y=0, random_state=1
)  # fmt: skip

# %%
picture, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8), layout="constrained", width_ratios=[1, 2])
bars = left.bar(["class 0", "class 1"], np.bincount(made_y), color=["0.8", "0.35"], edgecolor="black")
_ = left.bar_label(bars, fmt="{:,.0f}")
_ = left.set(xlabel="class", ylabel="rows", ylim=(0, 11_000))
_ = plots.class_scatter(made_X, made_y, ax=right)
plots.captioned(
    picture,
    "Left, the rows of both classes as bars: the second bar is hardly there. Right, the same rows by their two "
    "features: a few triangles of the minority, most of them beside a dense cloud of the majority, some inside it.",
)

# %% [markdown]
# The cell before the picture makes the set. What its arguments say:
#
# | argument | says |
# | --- | --- |
# | `n_samples`, `n_features` | how many rows and columns |
# | `n_redundant=0` | no column that is a mixture of others: with two columns there is no room for it |
# | `n_clusters_per_class=1` | each class is one cloud |
# | `weights=[0.99, 0.01]` | the share of class 0, then that of class 1 |
# | `flip_y=0` | leave the labels as they are (section 3 shows what happens otherwise) |
# | `random_state=1` | the seed: everybody gets the same rows |
#
# Count before you do anything else. Two ways:

# %%
print(Counter(made_y.tolist()))  # tolist: plain numbers instead of NumPy's
made_counts = pd.Series(made_y).value_counts()
pd.DataFrame({"rows": made_counts, "share": made_counts / made_counts.sum()}).rename_axis("class")

# %% [markdown]
# ### Task 2.1 · A set of a stated share (4 points)
#
# Write a function that makes a set of two features in which class 1 has **exactly** the stated share of the rows (the
# check asks for shares that give a whole number). The same seed gives the same rows, another seed other rows. Then make one of 5,000 rows, share 0.04, seed 3. How many
# rows of class 1 does it have, and what is its imbalance ratio, **majority over minority**?


# %% nbgrader={"grade_id": "build-and-count", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def make_set(n_rows, minority_share, seed):
    """Return a pair X, y: an array of shape (n_rows, 2), and an array of n_rows labels, 0 or 1.

    minority_share: number, 0 to 0.5, the share of the rows that are of class 1. seed: whole number.
    """
    X, y = ..., ...  # two arrays
    ### BEGIN SOLUTION
    X, y = make_classification(
        n_samples=n_rows,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[1 - minority_share, minority_share],
        flip_y=0,
        random_state=seed,
    )
    ### END SOLUTION
    return X, y


positives = ...  # whole number: rows of class 1 in the set of 5,000 rows
imbalance_ratio = ...  # number, 1 or more: majority over minority of that set
### BEGIN SOLUTION
labels = make_set(5_000, 0.04, 3)[1]
positives = int(np.sum(labels == 1))
imbalance_ratio = np.sum(labels == 0) / positives
### END SOLUTION

# %% nbgrader={"grade_id": "build-and-count-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.build_and_count(*answers("make_set", "positives", "imbalance_ratio"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# The call above does it for one share. Which of its arguments depend on the function's?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `weights` lists the share of class 0 first. `flip_y` has a default that changes labels: set it. The seed goes to
# `random_state`. To count, `np.sum(labels == 1)`; the ratio divides the rows of class 0 by those of class 1.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The call above with `n_samples=n_rows`, `weights=[1 - minority_share, minority_share]`, `flip_y=0` and
# `random_state=seed`. Then `labels = make_set(5_000, 0.04, 3)[1]`, and count.
# </details>

# %% [markdown]
# ### Share or ratio?

# %%
shares = np.array([0.5, 1 / 11, 0.01, 1 / 101, 0.001])
picture, ax = plt.subplots(figsize=(7, 2.9), layout="constrained")
strips = ax.barh([f"share {share:.4f}" for share in shares], shares, color="0.35", label="class 1")
_ = ax.barh(np.arange(5), 1 - shares, left=shares, color="0.88", edgecolor="0.5", label="class 0")
_ = ax.bar_label(strips, [f"ratio {(1 - share) / share:,.0f}:1" for share in shares], padding=6)
_ = ax.set(xlabel="share of all rows", ylabel="share of class 1", xlim=(0, 1.25), xticks=np.linspace(0, 1, 6))
_ = ax.invert_yaxis()
_ = ax.legend(loc="center right")
plots.captioned(
    ax,
    "Five sets as strips of the same length, the dark part the share of class 1, beside it the imbalance ratio. "
    "The third and the fourth, shares of one in a hundred and of one in a hundred and one, look the same.",
)

# %% [markdown]
# A **share** divides by *all* rows. The **imbalance ratio** divides one class by the *other*, majority over minority.
# So 1 % of the rows are 99:1, and 100:1 is a little less than 1 %. People say "1:100" for both. In a talk that does
# no harm; where something is counted, say which you mean.

# %% [markdown]
# ### Task 2.2 · From a share to counts, and back (4 points)
#
# Write two functions. The first takes a number of rows and the minority's share and returns a dict with the keys
# `majority`, `minority` (rows; the minority is the **nearest** whole number) and `imbalance_ratio` (of these rows).
# The second takes an imbalance ratio and returns the minority's share. Three decimals are enough.


# %% nbgrader={"grade_id": "share-to-counts", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def class_counts(n_rows, minority_share):
    """Return the rows of both classes and the imbalance ratio as a dict of numbers.

    n_rows: whole number. minority_share: number, 0 to 0.5.
    """
    result = ...  # dict with the keys "majority", "minority", "imbalance_ratio"
    ### BEGIN SOLUTION
    minority = round(n_rows * minority_share)
    majority = n_rows - minority
    result = {"majority": majority, "minority": minority, "imbalance_ratio": majority / minority}
    ### END SOLUTION
    return result


def share_of_ratio(ratio):
    """Return the minority's share (number, 0 to 0.5) of a set with this imbalance ratio (number, 1 or more)."""
    answer = ...  # number, 0 to 0.5
    ### BEGIN SOLUTION
    answer = 1 / (1 + ratio)
    ### END SOLUTION
    return answer


# %% nbgrader={"grade_id": "share-to-counts-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.share_to_counts(*answers("class_counts", "share_of_ratio"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# With a ratio of 9 there are 9 rows of the majority for 1 of the minority. How many rows are that together?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# The minority's rows are rows times share, rounded; the majority's are the rest. `int` cuts down and can lose a row:
# try `int(100 * 0.29)`. The share is 1 of 1 + ratio rows.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `minority = round(n_rows * minority_share)`, `majority = n_rows - minority`, and the ratio is
# `majority / minority`. Back: `1 / (1 + ratio)`.
# </details>

# %% [markdown]
# ## 2 · Draw it so that the rare class is seen

# %%
picture, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8), layout="constrained", sharex=True, sharey=True)
for value in (1, 0):
    rows = made_X[made_y == value]
    _ = left.scatter(rows[:, 0], rows[:, 1], s=14, color=f"C{value}", label=f"class {value} ({len(rows):,})")
_ = left.set(xlabel="feature 1", ylabel="feature 2", title="hidden")
for value, marker, size in ((0, "o", 8), (1, "^", 34)):
    rows = made_X[made_y == value]
    _ = right.scatter(rows[:, 0], rows[:, 1], s=size, marker=marker, label=f"class {value} ({len(rows):,})")
_ = right.set(xlabel="feature 1", ylabel="feature 2", title="seen")
_ = left.legend(loc="lower right"), right.legend(loc="lower right")
plots.captioned(
    picture,
    "The same rows twice. Left, the minority was drawn first and as dots: the majority covers what lies among it. "
    "Right, it was drawn last, larger and as triangles: now the few that lie inside the other cloud are seen.",
)

# %% [markdown]
# The loop behind the right panel, line by line:
#
# - `for value, marker, size in (…)` goes through the classes; the **minority comes last**, so it lies on top;
# - `made_y == value` is a column of `True` and `False`, one a row, and `made_X[…]` keeps the rows with `True`;
# - `rows[:, 0]` is the first feature, for the x axis, and `rows[:, 1]` the second, for the y axis;
# - `marker` and `s` (the area of a dot) set the minority apart **without colour**, so that a grey print shows it too;
# - `label` is what the legend says; the count belongs there, because the eye is bad at counting;
# - after the loop, `set` names the axes, and `legend` shows the labels.
#
# `plots.class_scatter(X, y, ax=…)` of this course does all of that but the title.

# %% [markdown]
# ### Task 2.3 · Four ratios side by side (4 points)
#
# `four_sets` is a dict: for each share the pair `X, y`, where `X` is a DataFrame with the columns `feature_1` and
# `feature_2`. Draw the four sets, each in a panel of its own, all in one figure. In every panel: **both classes**, the
# minority (class 1) **last and with a marker of its own**, labels on the **axes** that name the feature drawn along them, a
# **title** that says the share or the ratio of the set in digits, and (once is enough) a **legend** that names the classes.

# %% nbgrader={"grade_id": "four-ratios", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
figure = ...  # matplotlib Figure with four panels
### BEGIN SOLUTION
figure, axes = plt.subplots(1, 4, figsize=(13, 3.6), layout="constrained", sharex=True, sharey=True)
for ax, (share, (X, y)) in zip(axes, four_sets.items(), strict=True):
    for value, marker, size in ((0, "o", 6), (1, "^", 16)):
        rows = X[y == value]
        ax.scatter(rows["feature_1"], rows["feature_2"], s=size, marker=marker, label=f"class {value} ({len(rows):,})")
    ax.set(xlabel="feature 1", title=f"share {share:.1%}, ratio {(1 - share) / share:,.0f}:1")
    ax.legend(loc="lower right")
axes[0].set_ylabel("feature 2")
### END SOLUTION
plots.captioned(figure, "From panel to panel the cloud of class 1 thins out, and class 0 takes its place.")

# %% nbgrader={"grade_id": "four-ratios-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.four_ratios(*answers("figure"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# The picture above has two panels and one set. What changes with four panels and four sets? (The `items()` of
# `four_sets` are the share and the pair `X, y`.)
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `figure, axes = plt.subplots(1, 4, figsize=(13, 3.6))` makes the panels, once, before the loop. Then
# `for ax, (share, (X, y)) in zip(axes, four_sets.items()):` gives a panel and a set at a time. Here `X` is a
# DataFrame: take `X[y == 0]` and its columns `feature_1` and `feature_2`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# In the loop `plots.class_scatter(X, y, ax=ax)` and `ax.set_title(f"share {share:.1%}")`: it draws both classes, labels
# the axes and makes the legend. The loop of the text above does as well.
# </details>

# %% [markdown]
# ## 3 · What makes a set hard
#
# ### Labels drawn afresh
#
# Leave out `flip_y=0`, and `make_classification` does something behind your back: by default it draws the labels of
# 1 % of the rows afresh, by the toss of a coin. It stands for the mistakes in real labels.

# %%
picture, panels = plt.subplots(1, 3, figsize=(12, 3.6), layout="constrained", sharex=True, sharey=True)
for panel, flip in zip(panels, (0, 0.01, 0.05), strict=True):
    some_X, some_y = datasets.make_two_features(2_000, minority_share=0.01, flip_y=flip, seed=57)
    _ = plots.class_scatter(some_X, some_y, ax=panel)
    _ = panel.set_title(f"flip_y={flip}")
plots.captioned(
    picture,
    "Three sets with 1 % asked for. With more redrawn labels there are more and more triangles, and the new ones "
    "lie anywhere in the cloud of the majority: nothing in the features tells them from their neighbours.",
)

# %%
counted_shares = []
for flip in (0.0, 0.01, 0.05, 0.1):
    for nominal in (0.5, 0.1, 0.01):
        _, some_y = datasets.make_two_features(minority_share=nominal, flip_y=flip)
        counted_shares.append({"flip_y": flip, "asked": f"{nominal:.0%} asked for", "share": some_y.mean()})
pd.DataFrame(counted_shares).pivot(index="flip_y", columns="asked", values="share").round(4)

# %% [markdown]
# Read the table down its columns. An even set stays even. A rare class grows, because the redrawn rows come from the
# majority nearly always, and half of them leave as minority. So **`weights` is not the share you get**: count.
#
# The share is the smaller trouble. Of the new "positives" nearly all are rows of the majority with a wrong label, and no
# model can find those by their features. Real labels have such mistakes, too (Frénay and Verleysen 2014), and
# nobody tells you which they are. Where positives are few, a few of them do much harm.

# %% [markdown]
# ### Task 2.4 · The effect of `flip_y` (4 points)
#
# Make the set of section 1 again with one change: leave `flip_y` out. How many rows of class 1 does it have?
#
# Then write the function for what is to be expected. Of all rows the part `flip_y` gets a new label, which is 0
# or 1 with even chances, whatever it was; the others keep theirs. Return the `share` of class 1 after that, and
# `from_majority`: of the rows that are then of class 1, the part that was of class 0 before. Three decimals are enough.


# %% nbgrader={"grade_id": "flip-effect", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
minority_rows = ...  # whole number: rows of class 1, with `flip_y` left out
### BEGIN SOLUTION
_, flipped_y = make_classification(
    n_samples=10_000, n_features=2, n_redundant=0, n_clusters_per_class=1, weights=[0.99, 0.01], random_state=1
)
minority_rows = int(flipped_y.sum())
### END SOLUTION


def after_flips(minority_share, flip_y):
    """Return the expected share of class 1, and the part of it that was of class 0 before, as a dict of numbers.

    minority_share: number, 0 to 1, before the flips. flip_y: number, 0 to 1, the share of rows that are redrawn.
    """
    result = ...  # dict with the keys "share", "from_majority"
    ### BEGIN SOLUTION
    kept = (1 - flip_y) * minority_share
    came_back = flip_y * minority_share / 2
    came_over = flip_y * (1 - minority_share) / 2
    share = kept + came_back + came_over
    result = {"share": share, "from_majority": came_over / share}
    ### END SOLUTION
    return result


# %% nbgrader={"grade_id": "flip-effect-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.flip_effect(*answers("minority_rows", "after_flips"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Take 10,000 rows, 100 of them of class 1, and redraw one row in ten. Who is redrawn, and what becomes of them?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Class 1 has three parts afterwards: rows that were not redrawn, rows of class 1 that were redrawn and got 1 again, and
# rows of class 0 that were redrawn and got 1. As shares of all rows the last is
# `flip_y * (1 - minority_share) / 2`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `share = (1 - flip_y) * minority_share + flip_y / 2`, and `from_majority` is the part of the last hint divided by this
# share. For the count: the call of section 1 without `flip_y=0`, then `int(y.sum())`.
# </details>

# %% [markdown]
# ### Overlap
#
# How far do the classes lie apart? `class_sep` sets it. All three sets below have the same share.

# %%
picture, panels = plt.subplots(1, 3, figsize=(12, 3.6), layout="constrained", sharex=True, sharey=True)
for panel, separation in zip(panels, (0.3, 1.0, 2.0), strict=True):
    some_X, some_y = datasets.make_two_features(2_000, minority_share=0.01, class_sep=separation, seed=57)
    _ = plots.class_scatter(some_X, some_y, ax=panel)
    _ = panel.set_title(f"class_sep={separation}")
plots.captioned(
    picture,
    "The same imbalance, and three problems: on the left the few triangles lie in the midst of the majority, "
    "on the right they stand apart and anybody could draw the border.",
)

# %% [markdown]
# To compare, we need a number that can be compared across shares. **ROC AUC** is one (lesson 3 explains it): draw a
# positive and a negative at random; how often does the model give the positive the higher score? By guessing one
# gets 0.5, at any share. Here it is for three separations and three shares, with a logistic regression on unscaled
# features, on a stratified half held out, as the mean over four seeds.


# %%
def auc_of(separation, share, seed):
    some_X, some_y = datasets.make_two_features(2_000, minority_share=share, class_sep=separation, seed=seed)
    parts = train_test_split(some_X, some_y, test_size=0.5, stratify=some_y, random_state=seed)
    scores = LogisticRegression().fit(parts[0], parts[2]).predict_proba(parts[1])[:, 1]
    return roc_auc_score(parts[3], scores)


separations, three_shares = (0.3, 1.0, 2.0), (0.5, 0.1, 0.01)
by_seed = {
    gap: {share: [auc_of(gap, share, seed) for seed in range(4)] for share in three_shares} for gap in separations
}
auc_grid = pd.DataFrame({gap: {f"share {s}": np.mean(by_seed[gap][s]) for s in three_shares} for gap in separations}).T
auc_grid.rename_axis("class_sep").round(3)

# %%
along, down = (auc_grid.max(axis=axis) - auc_grid.min(axis=axis) for axis in (1, 0))
print(f"from share to share (along a row):     at most {along.max():.3f}")
print(f"from separation to separation (down):  at least {down.min():.3f}")
farther = [np.array(by_seed[2.0][share]) > by_seed[0.3][share] for share in three_shares]
rarer = np.array([np.subtract(by_seed[gap][0.01], by_seed[gap][0.5]) for gap in separations])
print(f"higher at separation 2.0 than at 0.3:  {np.sum(farther)} of {np.size(farther)} (share and seed)")
print(f"share 0.01 against share 0.5:          {np.sum(rarer > 0)} higher, {np.sum(rarer == 0)} equal, ", end="")
print(f"{np.sum(rarer < 0)} lower (separation and seed)")

# %% [markdown]
# Down a column the ranking goes from fair to nearly perfect, with every seed. Along a row it moves little, up as
# well as down. **Overlap decides how hard this problem is; the ratio as such does little** to the ranking. Systematic
# studies found that imbalance hurts where the problem is complex and examples are few (Japkowicz and Stephen
# 2002), and where the classes overlap (Prati and others 2004).
#
# This is about *ranking*. What the default cut at 0.5 does to a rare class is another story: bonus 1 looks at the
# recall of the same models, and lesson 3 moves the threshold.

# %% [markdown]
# ## 4 · Rarity in rows, not in percent
#
# What does hurt, at any ratio, is a small *number* of positives, and it hurts twice: there is little to learn from, and
# little to judge by. Look at the second. Say a model finds 7 of 10 positives in the long run. What recall do you
# measure, by luck, on a test set that holds 10, 100 or 1,000 of them?

# %%
luck = np.random.default_rng(2)
picture, ax = plt.subplots(figsize=(7, 3.2), layout="constrained")
for place, number in enumerate((10, 100, 1_000)):
    measured = luck.binomial(number, 0.7, size=200) / number
    _ = ax.scatter(measured, place + luck.uniform(-0.3, 0.3, size=200), s=10, color="0.35")
_ = ax.axvline(0.7, color="black", linestyle="--", label="true recall")
_ = ax.set(xlabel="measured recall", ylabel="positives in the test set", xlim=(0.2, 1.02), yticks=[0, 1, 2])
_ = ax.set_yticklabels(["10", "100", "1,000"])
_ = ax.legend(loc="upper left")
plots.captioned(
    ax,
    "Each dot is one test set of the same model. With 10 positives the measured recall is anything from poor to "
    "perfect; with 100 it stays within some ten points of the truth; with 1,000 within a few.",
)


# %%
def interval(found, number):
    low, high = stats.binomtest(found, number).proportion_ci(0.95, method="exact")
    return {"found": found, "recall": found / number, "low": low, "high": high, "width": high - low}


measured = {number: interval(found, number) for found, number in ((4, 6), (7, 10), (70, 100), (700, 1_000))}
pd.DataFrame(measured).T.astype({"found": int}).rename_axis("positives").round(2)

# %% [markdown]
# The table turns it round: from a measured recall to the true values that fit it, as an exact binomial **95 %
# interval** (Clopper and Pearson 1934). Finding 4 of 6 fits a model that is bad and one that is excellent. How many
# *negatives* the test set holds does not enter: recall counts positives only. Ten times the positives make the
# interval about a third as wide, since the width goes with one over the square root.
#
# So ask of each result: **how many positives stand behind it?** A million rows with six positives are six.

# %% [markdown]
# ## 5 · Split them fairly
#
# `few_X, few_y` has 5 positives in 500 rows. Hold out 100 rows for the test: how many positives get there?

# %%
by_luck = [
    int(few_y.to_numpy()[test_rows].sum())
    for _, test_rows in ShuffleSplit(n_splits=2_000, test_size=100, random_state=1).split(few_y)
]
fair = [int(train_test_split(few_y, test_size=100, stratify=few_y, random_state=seed)[1].sum()) for seed in range(200)]

# %%
picture, ax = plt.subplots(figsize=(6, 3.2), layout="constrained")
for name, counted, place, look in (
    ("plain split", by_luck, -0.2, {"color": "0.35"}),
    ("stratified split", fair, 0.2, {"color": "0.85", "hatch": "//", "edgecolor": "black"}),
):
    found = np.bincount(counted, minlength=6) / len(counted)
    _ = ax.bar(np.arange(6) + place, found, width=0.4, label=name, **look)
_ = ax.set(xlabel="positives among the 100 test rows", ylabel="share of the splits")
_ = ax.legend()
plots.captioned(
    ax,
    "A plain split puts none, one or two positives into the test set, and now and then more; a good part of "
    "the splits have none. A stratified split always puts exactly one there.",
)

# %% [markdown]
# A **plain** split draws rows without looking at their class. A **stratified** split (`stratify=y`) draws from each class
# by itself, so that both parts get the same share. It does not use the features, and it teaches the model nothing.
#
# How often does a plain split leave *none*? Count it in the simulation, or work it out: the first positive is not among
# the test rows with chance 400/500; given that, the second with 399/499, and so on. (It is the
# *hypergeometric* distribution, the one of drawing without putting back.)

# %%
one_by_one = np.prod([(400 - i) / (500 - i) for i in range(5)])
print(f"2,000 plain splits:            {np.mean(np.array(by_luck) == 0):.3f} without a positive")
print(f"worked out, one by one:        {one_by_one:.3f}")
print(f"SciPy's hypergeometric chance: {stats.hypergeom.pmf(0, 500, 5, 100):.3f}")

# %% [markdown]
# ### Task 2.5 · A stratified split (4 points)
#
# Write a function that holds out `test_rows` rows so that the test set has the same share of positives as the whole;
# other seeds give other splits, the same seed the same. Then write the function for the chance that a **plain** split
# leaves no positive in the test set, for any sizes. You may work it out or simulate it (2,000 draws at least).


# %% nbgrader={"grade_id": "stratified-split", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def split(X, y, test_rows, seed):
    """Return X_train, X_test, y_train, y_test, with the same share of positives in both parts.

    X: DataFrame. y: Series of 0 and 1. test_rows: rows of the test set, whole number. seed: whole number.
    """
    X_train, X_test, y_train, y_test = ..., ..., ..., ...  # two DataFrames, two Series
    ### BEGIN SOLUTION
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)
    ### END SOLUTION
    return X_train, X_test, y_train, y_test


def chance_of_none(n_rows, n_positives, test_rows):
    """Return the chance (number, 0 to 1) that a plain split leaves no positive among `test_rows` of `n_rows` rows."""
    answer = ...  # number, 0 to 1
    ### BEGIN SOLUTION
    answer = comb(n_rows - n_positives, test_rows) / comb(n_rows, test_rows)
    ### END SOLUTION
    return answer


# %% nbgrader={"grade_id": "stratified-split-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.stratified_split(*answers("split", "chance_of_none"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# `train_test_split` returns the four parts in this order. Which of its arguments looks at the classes?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `test_size` takes a number of rows, `stratify` the labels, `random_state` the seed. For the chance: go through the
# positives one by one as in the text, or count the draws: all ways to pick the test rows from the negatives, divided by
# all ways to pick them from the rows.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)`, and
# `comb(n_rows - n_positives, test_rows) / comb(n_rows, test_rows)` (`comb` is loaded), or
# `stats.hypergeom.pmf(0, n_rows, n_positives, test_rows)`.
# </details>

# %% [markdown]
# # Further
#
# Here the core path ends: all 20 points are behind you. What follows is worth 0 points, and a good deal to you.

# %% [markdown]
# ### Bonus 1 · Overlap against ratio, on a grid
#
# The table of section 3 again, for **recall at the default cut** (`model.predict`). Rows are separations, columns are
# shares, each value the mean over the seeds. One value for one seed: `datasets.make_two_features(2_000,
# minority_share=share, class_sep=separation, seed=seed)`, half held out with `stratify=y` and `random_state=seed`,
# `LogisticRegression()`, recall of the held-out half. Before you run it: what will happen along a row?


# %% nbgrader={"grade_id": "bonus-overlap-grid", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def recall_grid(separations, shares, seeds):
    """Return a DataFrame of mean recalls: index `separations`, columns `shares`. All three are lists of numbers."""
    grid = ...  # DataFrame of numbers, 0 to 1
    ### BEGIN SOLUTION
    grid = pd.DataFrame(index=separations, columns=shares, dtype=float)
    for separation in separations:
        for share in shares:
            recalls = []
            for seed in seeds:
                X, y = datasets.make_two_features(2_000, minority_share=share, class_sep=separation, seed=seed)
                X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
                recalls.append(recall_score(y_test, LogisticRegression().fit(X_train, y_train).predict(X_test)))
            grid.loc[separation, share] = np.mean(recalls)
    ### END SOLUTION
    return grid


# %% nbgrader={"grade_id": "bonus-overlap-grid-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.bonus_overlap_grid(*answers("recall_grid"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Three loops, one in the other. What is collected in the innermost, and where does its mean go?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Begin with `grid = pd.DataFrame(index=separations, columns=shares, dtype=float)` and set
# `grid.loc[separation, share]`. The innermost loop is `auc_of` of section 3, with `predict` for `predict_proba` and
# `recall_score` for `roc_auc_score`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# In the innermost loop: make the set, `parts = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)`,
# `model = LogisticRegression().fit(parts[0], parts[2])`, and collect
# `recall_score(parts[3], model.predict(parts[1]))`.
# </details>

# %%
filled_grid = recall_grid([0.3, 1.0, 2.0], [0.5, 0.1, 0.01], [0, 1])
None if filled_grid is ... else filled_grid

# %% [markdown]
# Along a row recall falls with the share, although the ranking of the same models hardly moved. Where classes overlap, a
# rare row seldom gets a probability above one half, and rightly so: most rows around it are negative. Nothing is
# wrong with the model; the *cut* does not fit. Lesson 3 chooses a better one.

# %% [markdown]
# ### Bonus 2 · Other ratios, to the row
#
# Write a function that makes a set with exactly `n_minority` rows of class 1 and `ratio` times as many of class 0. Mind
# the last row: `make_classification` cuts rows × weight *down* to a whole number, and a computer's 12.999999 is not 13.
# Try your function at ratios of 4, 48 and 250.


# %% nbgrader={"grade_id": "bonus-other-ratios", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def ratio_set(n_minority, ratio, seed):
    """Return a pair X, y of two features: `n_minority` rows of class 1, `ratio` times as many of class 0.

    n_minority, ratio, seed: whole numbers. X: array of shape (rows, 2). y: array of 0 and 1.
    """
    X, y = ..., ...  # two arrays
    ### BEGIN SOLUTION
    n_rows = n_minority * (ratio + 1)
    minority_weight = (n_minority + 0.5) / n_rows  # half a row more: cutting down takes it away again
    X, y = make_classification(
        n_samples=n_rows,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[1 - minority_weight, minority_weight],
        flip_y=0,
        random_state=seed,
    )
    ### END SOLUTION
    return X, y


# %% nbgrader={"grade_id": "bonus-other-ratios-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.bonus_other_ratios(*answers("ratio_set"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# How many rows are there in all? Which share of them is class 1?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Rows: `n_minority * (ratio + 1)`. Ask for half a row more than you want, and what is cut off does no harm.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `share = (n_minority + 0.5) / n_rows`, then `weights=[1 - share, share]` and the other arguments as in task 2.1. (Or
# `datasets.make_two_features(n_rows, minority_share=n_minority / n_rows, seed=seed)`, which does the same.)
# </details>

# %% [markdown]
# ### Find the bug
#
# The set `rare_X, rare_y` has 20 positives in 1,000 rows. This cell reports a perfect recall, and the team is about to
# celebrate. It runs without a complaint. What is behind the number? Mend the function so that a fifth of the
# *positives* is held out whatever the seed. (The check tells you when it is done.)


# %% nbgrader={"grade_id": "find-the-bug", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def judge_once(X, y, seed):
    """Fit on four fifths of the rows; return the recall on the rest, and how many positives stand behind it."""
    parts = train_test_split(X, y, test_size=0.2, random_state=seed)
    ### BEGIN SOLUTION
    parts = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)
    ### END SOLUTION
    X_learn, X_judge, y_learn, y_judge = parts
    judged = LogisticRegression().fit(X_learn, y_learn)
    return recall_score(y_judge, judged.predict(X_judge)), int(y_judge.sum())


print(f"recall {judge_once(rare_X, rare_y, seed=10)[0]:.0%}")

# %% nbgrader={"grade_id": "find-the-bug-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.find_the_bug(*answers("judge_once"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Print the second value that the function returns.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# One positive was held out, by luck, and it was found. Try a few other seeds. Which split keeps the shares?
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)`
# </details>

# %% [markdown]
# Mended, the recall stands on a fifth of the positives, and they are still few. The same function over other seeds:

# %%
mended = []
for seed in range(30):
    parts = train_test_split(rare_X, rare_y, test_size=0.2, stratify=rare_y, random_state=seed)
    one_model = LogisticRegression().fit(parts[0], parts[2])
    mended.append(recall_score(parts[3], one_model.predict(parts[1])))
print(f"positives in each test set: {int(parts[3].sum())}")
print(f"recall over 30 stratified splits: mean {np.mean(mended):.2f}, from {min(mended):.2f} to {max(mended):.2f}")

# %% [markdown]
# Stratifying takes one part of the luck away, *how many* positives are tested. *Which* ones are tested remains luck, and with
# few it is most of it. Average over many splits (`RepeatedStratifiedKFold`), or get more positives.

# %% [markdown]
# ## Learners asked

# %% [markdown]
# **Is "1:100" the same as 1 %?** No: 1 % is 1 positive to 99 negatives. The difference is small, and smaller than
# the luck in most counts. It matters where a program takes the number literally: imbalanced-learn's
# `sampling_strategy=0.01` is minority *over majority* (lesson 4), `weights` is a share of all rows.
#
# **How many positives does a test set need?** It depends on how exact a recall you want to claim. The interval is
# widest where the recall is near one half:

# %%
needed = {}
for number in (6, 25, 100, 400, 1_600):
    low, high = stats.binomtest(number // 2, number).proportion_ci(0.95, method="exact")
    needed[number] = {"half the interval, in points": 100 * (high - low) / 2}
pd.DataFrame(needed).T.rename_axis("positives").round(1)

# %% [markdown]
# Four times the positives halve the interval. To claim a recall "give or take five points" you need a few hundred
# positives; at 0.1 % that is a test set of several hundred thousand rows, or one that collects positives and
# says so (then precision needs a correction: lesson 3).
#
# **Isn't `stratify` cheating?** It would be if it told the model something about the test rows. It fixes only *how many*
# rows of each class are held out, at the share of the whole. The estimate varies less for it (Kohavi 1995 recommends
# it for cross-validation). What it cannot do is to split a class of a single row; then scikit-learn stops with an error:

# %%
try:
    train_test_split(np.arange(10), [0] * 9 + [1], stratify=[0] * 9 + [1], random_state=1)
except ValueError as error:
    print(error)

# %% [markdown]
# **When not to stratify?** When rows belong together or follow in time: keep all rows of one customer on one side
# (`StratifiedGroupKFold`), and test on later weeks than you trained on. The share may then differ between the
# parts, as it will in use.
#
# **My data have thirty columns: what do I draw?** A pair of columns at a time, the classes as in task 2.3, or a
# histogram of each column by class, as *shares of each class*, since counts would show the majority only. A picture
# that shows no difference does not prove that there is none; columns can tell together what neither tells alone.

# %% [markdown]
# ## Quick check
#
# Write the letter of your choice in quotes. Each option answers with its reason; try the wrong ones, too.
#
# **Question 1.** You call `make_classification(n_samples=10_000, weights=[0.99, 0.01], random_state=1)` and count about
# 150 rows of class 1, not 100. Why?
#
# - **a** The counts are random; another seed would give 100 on average.
# - **b** The weights are swapped.
# - **c** `flip_y` was left at its default.
# - **d** `class_sep` is too small.

# %% nbgrader={"grade_id": "quick-check-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_1 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
answer_1 = "c"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.quick_check_1(*answers("answer_1"))

# %% [markdown]
# **Question 2.** A stratified test set has 50,000 rows, 6 of them positive. Model A finds 4, model B finds 5. What can you
# say?
#
# - **a** B is better: its recall is higher by 17 points.
# - **b** B is better, since the test set is large.
# - **c** B is better, since the split was stratified.
# - **d** Next to nothing: six positives cannot tell them apart.

# %% nbgrader={"grade_id": "quick-check-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_2 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
answer_2 = "d"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.quick_check_2(*answers("answer_2"))

# %% [markdown]
# ## What you take away
#
# - **Count first**, and say what you counted: a share is of all rows, a ratio is majority over minority.
# - Draw the **minority last, with a marker of its own**, and write the counts beside it.
# - `weights` is not the share you get: `flip_y` adds to the rare class, and what it adds cannot be learnt.
# - **Overlap** decides how well the classes can be told apart; the ratio as such does little to the ranking.
# - The **number of positives** decides how much a result can tell. With ten of them the interval is tens of points wide.
# - **Stratify** the split, and remember that it fixes how many positives are tested, not which.
#
# **What goes wrong in practice:** a test set with no positive, or with one that happened to be found; a ratio taken for
# a share; a scatter in which the majority hides the minority; a made-up set whose labels were redrawn without anybody
# knowing; two models compared on six positives.

# %% [markdown]
# ### Where to read on
#
# - Brown, Cai and DasGupta (2001), *Interval estimation for a binomial proportion*, Statistical Science 16,
#   doi:10.1214/ss/1009213286: which interval to take.
# - Clopper and Pearson (1934), *The use of confidence or fiducial limits illustrated in the case of the binomial*,
#   Biometrika 26, doi:10.1093/biomet/26.4.404: the interval of section 4.
# - Frénay and Verleysen (2014), *Classification in the presence of label noise: a survey*, IEEE Transactions on Neural
#   Networks and Learning Systems 25, doi:10.1109/TNNLS.2013.2292894.
# - Guyon (2003), *Design of experiments of the NIPS 2003 variable selection benchmark*: where the recipe of
#   `make_classification` comes from.
# - Japkowicz and Stephen (2002), *The class imbalance problem: a systematic study*, Intelligent Data Analysis 6,
#   doi:10.3233/IDA-2002-6504: ratio, size and complexity, one at a time.
# - Kohavi (1995), *A study of cross-validation and bootstrap for accuracy estimation and model selection*, IJCAI.
# - Prati, Batista and Monard (2004), *Class imbalances versus class overlapping: an analysis of a learning system
#   behavior*, MICAI, doi:10.1007/978-3-540-24694-7_32.
#
# **Next:** lesson 3 asks how to judge a model when one class is rare.
