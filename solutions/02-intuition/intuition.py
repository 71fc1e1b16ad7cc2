# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 02-intuition, version: "2.0"}
# ---

# %% [markdown]
# # Lesson 2 · Intuition
#
# **A model finds 5 of 6 positives in a million rows. How good is it?** After this lesson you can
#
# 1. make a dataset with the minority share you want, and count it;
# 2. order reports by how closely they pin down recall;
# 3. plot a rare class so that it shows, and see where classes overlap;
# 4. split a dataset so that the test set gets its share of positives.
#
# **Time** 34 minutes · **Needs** Python, a little NumPy, pandas, and scikit-learn · **Points** 20, in four tasks

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn
from scipy import stats
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import recall_score, roc_auc_score
from sklearn.model_selection import train_test_split

from imbalanced_course import datasets, plots

sklearn.set_config(display="text")
plt.style.use("imbalanced_course.plots.course")

# %% nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
# Four datasets of 10,000 rows, by the share of class 1;
# each is a pair X (two columns), y (0 or 1).
four_sets = {share: datasets.make_two_features(minority_share=share) for share in (0.5, 0.1, 0.01, 0.001)}

few_X, few_y = datasets.make_two_features(500, minority_share=0.01)  # 5 of 500 rows are positive
rare_X, rare_y = datasets.make_two_features(1_000, minority_share=0.02, seed=3)  # 20 of 1,000

# %% [markdown]
# ## Two questions from before
#
# In lesson 1 you bet on the lowest true recall behind 5 of 6 positives found:

# %% jupyter={"source_hidden": true}
from imbalanced_course.bets import last_bet

last_bet("challenge")

# %% [markdown]
# Report A's interval in section 2 gives an answer. Now two questions; write the letter of your choice in quotes.
#
# **Question 1.** On a test set with 3% loan defaults, a dummy that flags no one and a logistic regression both reach
# 97% accuracy. What do you know about the regression?
#
# - **a** Not what it finds, so look at its recall.
# - **b** It learned nothing, because the dummy does as well.
# - **c** It's good, because 97 of 100 predictions are right.
# - **d** Its training set should have been balanced.

# %% nbgrader={"grade_id": "before-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
before_1 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
before_1 = "a"
### END SOLUTION

# %% nbgrader={"grade_id": "before-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.before_1(*answers("before_1"))

# %% [markdown]
# **Question 2.** A dataset of bolts has an imbalance ratio of 19:1. What share of the bolts is in the minority class?
#
# - **a** 5.3%
# - **b** 5%
# - **c** 19%
# - **d** 95%

# %% nbgrader={"grade_id": "before-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
before_2 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
before_2 = "b"
### END SOLUTION

# %% nbgrader={"grade_id": "before-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.before_2(*answers("before_2"))

# %% [markdown]
# ## 1 · Make a dataset and count it
#
# If you make a dataset yourself, you know how many rows are rare. The comments explain each argument.

# %%
made_X, made_y = make_classification(
    n_samples=10_000,
    n_features=2,
    n_redundant=0,  # no column is a mixture of the others
    n_clusters_per_class=1,  # each class is one cloud
    weights=[0.99, 0.01],  # the share of class 0, then the share of class 1
    flip_y=0,  # keep the labels as they are; the next figure shows what happens otherwise
    random_state=1,  # the seed, so everyone gets the same rows
)
made_counts = pd.Series(made_y).value_counts()
pd.DataFrame({"rows": made_counts, "share": made_counts / made_counts.sum()}).rename_axis("class")

# %% [markdown]
# A **share** divides by *all* rows, so class 1 has a share of 1%. The **imbalance ratio** divides the majority by the
# minority: 99:1, not 100:1.

# %% [markdown]
# ### Labels drawn at random
#
# By default (`flip_y=0.01`), `make_classification` draws about 1% of the labels again, 0 or 1 with equal chances. That
# imitates the simplest kind of wrong labels. Guess how many rows of class 1 you'd get without `flip_y=0`.

# %% tags=["guess"]
guess_redrawn = ...  # your guess, a number of rows

# %%
_, redrawn_y = make_classification(
    n_samples=10_000, n_features=2, n_redundant=0, n_clusters_per_class=1, weights=[0.99, 0.01], random_state=1
)  # fmt: skip
print(f"rows of class 1: {made_y.sum()} with flip_y=0, {redrawn_y.sum()} with the default")

# %% jupyter={"source_hidden": true}
by_hand = np.random.default_rng(1)
again = by_hand.random(10_000) < 0.01
new_y = np.where(again, by_hand.integers(0, 2, 10_000), made_y)
picture, panels = plt.subplots(1, 2, figsize=(7, 3.6), layout="constrained", sharex=True, sharey=True)
for panel, some_y, title in zip(panels, (made_y, new_y), ("labels kept", "1% of labels drawn again"), strict=True):
    _ = plots.class_scatter(made_X, some_y, ax=panel).set_title(f"{title}\n{some_y.sum()} rows of class 1")
    panel.get_legend().remove()
    panel.label_outer()
signs = picture.legend(panels[0].collections, ["class 0", "class 1"], loc="outside lower center", ncols=2)
signs.legend_handles[0].set(alpha=1, sizes=[20])
plots.captioned(
    picture,
    "The same points twice, class 1 as triangles. Left: the labels as made. Right: 1% of them drawn again by hand, "
    "with new triangles anywhere in the cloud of class 0.",
)

# %% [markdown]
# **By default, `weights` isn't the share you get**, so count. The new positives are majority rows with a wrong label,
# and no feature tells them from their neighbors.

# %% [markdown]
# ### Task 2.1 · Make a dataset with a given share (5 points, 5 minutes)
#
# You need other shares, so turn the call above into a function.
#
# 1. Write `make_set`. It returns a pair `X, y` with two features, in which class 1 has the given share of the rows.
#    One row more or less is fine, because `make_classification` rounds.
# 2. Use the seed: only the same seed gives the same rows.
# 3. Make 5,000 rows with share 0.04 and seed 3. Count the rows of class 1, and compute the imbalance ratio, **majority
#    over minority**. Don't round it.
#
# The check tries other sizes, shares, and seeds.


# %% nbgrader={"grade_id": "build-and-count", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def make_set(n_rows, minority_share, seed):
    """Return a pair X, y: an array of shape (n_rows, 2), and an array of n_rows labels, 0 or 1.

    minority_share: number, above 0 and up to 0.5, the share of class 1. seed: whole number.
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


positives = ...  # whole number: rows of class 1 in the dataset of 5,000 rows
imbalance_ratio = ...  # number, 1 or more: majority over minority of that dataset
### BEGIN SOLUTION
labels = make_set(5_000, 0.04, 3)[1]
positives = int(np.sum(labels == 1))
imbalance_ratio = np.sum(labels == 0) / positives
### END SOLUTION

# %% nbgrader={"grade_id": "build-and-count-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.build_and_count(*answers("make_set", "positives", "imbalance_ratio"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Look at the call at the start of section 1. Which of its arguments must now come from `n_rows`, `minority_share`, and
# `seed`?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Three arguments change and the others stay. `n_samples` gets the number of rows, `weights` gets the two shares with
# class 0 first, and `random_state` gets the seed. To count, compare the labels with 1 and add up.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# Here's the same method for a dataset with three classes:
#
# ```python
# def three_classes(n_rows, share_of_2, seed):
#     rest = (1 - share_of_2) / 2
#     return make_classification(
#         n_samples=n_rows, n_informative=4, weights=[rest, rest, share_of_2], n_classes=3, flip_y=0, random_state=seed
#     )
#
#
# labels = three_classes(900, 0.2, 5)[1]
# print(np.sum(labels == 2), np.sum(labels == 0) / np.sum(labels == 2))
# ```
#
# Yours has two classes, so `weights` has two numbers.
# </details>

# %% [markdown]
# ## 2 · Count the positives behind a recall
#
# A recall is measured on one test set. Another one from the same source would often give another recall. The closer
# the two are likely to be, the better you know the model's recall.

# %% [markdown]
# ### Task 2.2 · Order four reports (5 points, 3 minutes)
#
# Four teams each tested a model on rows drawn at random from their own source.
#
# | report | test rows | positives | found |
# | --- | --- | --- | --- |
# | A | 1,000,000 | 6 | 5 |
# | B | 1,000 | 100 | 70 |
# | C | 60 | 30 | 21 |
# | D | 50,000 | 400 | 280 |
#
# 1. Order the reports by how exactly each tells its model's recall, best first. Don't compute anything yet.
# 2. Team A can afford one step. Which best pins down its recall? `"rows"` labels 100,000 more rows from the same
#    source, `"positives"` draws 60 more positives there at random, and `"balance"` drops negatives until six are left.
#
# The check looks at both answers.

# %% nbgrader={"grade_id": "four-reports", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
order = ...  # list of the four letters in quotes, best first
next_step = ...  # "rows", "positives", or "balance"
### BEGIN SOLUTION
order = ["D", "B", "C", "A"]
next_step = "positives"
### END SOLUTION

# %% nbgrader={"grade_id": "four-reports-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.four_reports(*answers("order", "next_step"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Recall is the share of positives that were found. Which column of the table is its denominator?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Suppose the model had found one positive that it missed. The more recall changes, the less the report tells you.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# Here's the same method for *precision*, the share of alerts that are right, which divides by the alerts:
#
# ```python
# alerts = {"few alerts": (4, 5), "many alerts": (160, 200)}  # right alerts, all alerts
# for name, (right, number) in alerts.items():
#     print(name, right / number, "moves by", 1 / number)
# ```
#
# The report with many alerts knows its precision more exactly, however many rows weren't flagged.
# </details>

# %% [markdown]
# In the long run, a model finds 7 of 10 positives (its **true recall**). You test it on 200 test sets with 10 positives
# each. Guess the lowest recall you'll measure.

# %% tags=["guess"]
guess_lowest = ...  # your guess, from 0 to 1

# %% jupyter={"source_hidden": true}
luck = np.random.default_rng(1)
picture, ax = plt.subplots(figsize=(7, 3.2), layout="constrained")
for place, number in enumerate((10, 100, 1_000)):
    drawn = luck.binomial(number, 0.7, size=200) / number
    _ = ax.scatter(drawn, place + luck.uniform(-0.3, 0.3, size=200), s=10, color="0.35")
_ = ax.axvline(0.7, color="black", linestyle="--")
_ = ax.set(xlabel="measured recall (dashed: the true recall)", ylabel="positives in the test set", xlim=(0, 1.02))
_ = ax.set_yticks([0, 1, 2], ["10", "100", "1,000"])
plots.captioned(
    ax,
    "Measured recall of one model, one dot per test set. The row with 10 positives spreads widely; the row with 1,000 "
    "stays close to the dashed line.",
)

# %% [markdown]
# What surprised you? Now turn the question around: which true recalls fit the recall that a team measured? An exact
# **95% interval** gives the range (Clopper and Pearson 1934). At least 95% of such intervals contain the true recall.

# %% jupyter={"source_hidden": true}
# An exact interval for each report
reports = {"D": (280, 400), "B": (70, 100), "C": (21, 30), "A": (5, 6)}
intervals = {}
for letter, (found, number) in reports.items():
    low, high = stats.binomtest(found, number).proportion_ci(0.95, method="exact")
    intervals[letter] = {"positives": number, "recall": found / number, "low": low, "high": high, "width": high - low}
pd.DataFrame(intervals).T.astype({"positives": int}).rename_axis("report").round(2)

# %% [markdown]
# Report A has the most rows and the widest interval. Report C has balanced classes and comes third. Four times as many
# positives make an interval about half as wide. So ask of every recall: **how many positives are behind it?**

# %% [markdown]
# ## 3 · Plot the rare class so that it shows
#
# This function plots one class after the other, the minority last.


# %%
def scatter_by_class(X, y, ax):
    for value, marker, color, edge, size in (
        (0, "o", plots.style.SKY, "none", 8),
        (1, "^", plots.style.VERMILLION, "black", 30),
    ):
        rows = np.asarray(X)[y == value]  # keep only the rows of one class
        label = f"class {value} ({len(rows):,})"
        ax.scatter(
            rows[:, 0], rows[:, 1], s=size, marker=marker, color=color, edgecolor=edge, linewidth=0.4, label=label
        )
    ax.set(xlabel="feature 1", ylabel="feature 2")


# %% [markdown]
# On the left of the next figure, the minority is plotted *first*, as plain dots. Guess how many of its 100 rows get
# covered.

# %% tags=["guess"]
guess_covered = ...  # your guess, 0 to 100


# %% jupyter={"source_hidden": true}
def how_many_covered(panel, dots, others, area):
    """Return how many dots have their center under another dot; `area` is theirs in square points."""
    panel.figure.canvas.draw()  # now it's known where each dot is on the page
    dots, others = panel.transData.transform(dots), panel.transData.transform(others)
    nearest = np.array([np.hypot(*(others - dot).T).min() for dot in dots])
    return np.sum(nearest < np.sqrt(area) / 2 * panel.figure.dpi / 72)


# %% jupyter={"source_hidden": true}
# The same rows, plotted in two orders
picture, (left, right) = plt.subplots(1, 2, figsize=(7, 3.6), layout="constrained", sharex=True, sharey=True)
scatter_by_class(made_X, made_y, right)
_ = picture.legend(*right.get_legend_handles_labels(), loc="outside lower center", ncols=2)
for value, color in ((1, plots.style.VERMILLION), (0, plots.style.SKY)):
    _ = left.scatter(*made_X[made_y == value].T, s=14, color=color)
_ = left.set(xlabel="feature 1", ylabel="feature 2", title="minority first")
_ = right.set(title="minority last", ylabel="")
covered = how_many_covered(left, made_X[made_y == 1], made_X[made_y == 0], area=14)
_ = left.set_title(f"minority first: {covered} of {made_y.sum()} covered")
plots.captioned(
    picture,
    "Left: the minority first, as dots, so the majority covers many of them. Right: the minority last, as larger "
    "triangles with a black edge, which all show, also in gray.",
)

# %% [markdown]
# `plots.class_scatter(X, y, ax=…)` does the same and adds a legend.

# %% [markdown]
# ### Overlap
#
# `class_sep` sets how far apart the classes are. **ROC AUC** is the chance that a random positive scores higher than a
# random negative (ties count half), so guessing gives 0.5 at any share.


# %% jupyter={"source_hidden": true}
def auc_of(separation, share, seed):
    some_X, some_y = datasets.make_two_features(2_000, minority_share=share, class_sep=separation, seed=seed)
    parts = train_test_split(some_X, some_y, test_size=0.5, stratify=some_y, random_state=seed)
    scores = LogisticRegression().fit(parts[0], parts[2]).predict_proba(parts[1])[:, 1]
    return roc_auc_score(parts[3], scores)


separations, two_shares = (0.3, 1.0, 2.0), (0.01, 0.5)
auc_grid = {
    gap: {share: np.mean([auc_of(gap, share, seed) for seed in range(20)]) for share in two_shares}
    for gap in separations
}

# %% jupyter={"source_hidden": true}
# Three distances between the classes
picture, panels = plt.subplots(1, 3, figsize=(7, 3.3), layout="constrained", sharex=True, sharey=True)
for panel, gap in zip(panels, separations, strict=True):
    some_X, some_y = datasets.make_two_features(2_000, minority_share=0.01, class_sep=gap, seed=57)
    scatter_by_class(some_X, some_y, panel)
    at_1, at_50 = auc_grid[gap].values()
    _ = panel.set_title(f"class_sep={gap}\nROC AUC at 1%: {at_1:.2f}\nat 50%: {at_50:.2f}", fontsize=9)
    panel.label_outer()
_ = picture.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
plots.captioned(
    picture,
    "Three datasets with a share of 1%. From left to right, the triangles of class 1 move out of the cloud of class 0.",
)

# %% [markdown]
# Each ROC AUC is the mean over 20 draws of 2,000 rows, for a logistic regression tested on half of them. At 1%, that's
# 10 test positives per draw, so single draws vary widely. Compare the three titles, then 1% with 50% in each.

# %% [markdown]
# ### Task 2.3 · Four ratios, and what is hard (5 points, 5 minutes)
#
# The dict `four_sets` has a pair `X, y` for each of four minority shares. `X` is a DataFrame with the columns
# `feature_1` and `feature_2`.
#
# 1. Make `figure` (`plt.subplots` returns it) with four panels, one per dataset.
# 2. In each panel, plot **both classes**, the minority (class 1) **last and with its own marker**.
# 3. Give each panel a **title** with its share or ratio, like `0.1%` or `9:1`, and label each **axis** with its feature.
# 4. Add a **legend** that names the classes. One is enough.
# 5. On which dataset, each of 2,000 rows, would a logistic regression have the **lowest ROC AUC**? **A** has share 40%
#    and `class_sep=0.4`, **B** share 2% and `class_sep=1.8`, **C** share 1% and `class_sep=1.2`.
#
# The check compares the words with what you plot.

# %% nbgrader={"grade_id": "four-ratios", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
figure = ...  # matplotlib Figure with four panels
ranks_worst = ...  # "A", "B", or "C"
### BEGIN SOLUTION
ranks_worst = "A"
figure, axes = plt.subplots(2, 2, figsize=(7, 6.4), layout="constrained", sharex=True, sharey=True)
for ax, (share, (X, y)) in zip(axes.flat, four_sets.items(), strict=True):
    for value, marker, color, size in ((0, "o", plots.style.SKY, 5), (1, "^", plots.style.VERMILLION, 14)):
        rows = X[y == value]
        faint = min(1, 400 / len(rows))
        edge = "black" if len(rows) <= 100 else "none"
        ax.scatter(*rows.to_numpy().T, s=size, marker=marker, color=color, alpha=faint, edgecolor=edge, linewidth=0.4)
    ax.set_title(f"share {share:.1%}, ratio {(1 - share) / share:,.0f}:1")
    ax.label_outer()
figure.supxlabel("feature 1")
figure.supylabel("feature 2")
names = figure.legend(axes[1, 1].collections, ["class 0", "class 1"], loc="outside upper center", ncols=2)
names.legend_handles[0].set(alpha=1, sizes=[20])
### END SOLUTION
plots.captioned(
    figure,
    "Four panels, one per minority share. From panel to panel, class 1 thins out until only ten points are left.",
)

# %% nbgrader={"grade_id": "four-ratios-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.four_ratios(*answers("figure", "ranks_worst"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# *Minority last* above has one dataset. What changes with four panels and four datasets? `four_sets.items()` gives a
# share and its pair `X, y` at a time. For step 5: what moved ROC AUC more in *Overlap*?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# These lines are in the wrong order, and the indented ones belong inside the loop:
#
# ```text
#     ax.set_title(f"share {share:.1%}")
# for ax, (share, (X, y)) in zip(axes.flat, four_sets.items()):
# figure, axes = plt.subplots(2, 2, figsize=(7, 6))
#     plots.class_scatter(X, y, ax=ax)
# ```
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# Here's the same method for two seeds instead of four shares:
#
# ```python
# two_draws, panels = plt.subplots(1, 2, figsize=(7, 3.5))
# for panel, seed in zip(panels, (1, 2)):
#     drawn_X, drawn_y = datasets.make_two_features(500, minority_share=0.2, seed=seed)
#     plots.class_scatter(drawn_X, drawn_y, ax=panel)
#     panel.set_title(f"seed {seed}")
# ```
#
# `class_scatter` plots both classes, labels the axes, and makes a legend.
# </details>

# %% [markdown]
# ## 4 · Keep the shares when you split
#
# The dataset `few_X, few_y` has 5 positives in 500 rows. A plain split ignores the classes and holds out any 100 rows.
# Guess how many of 100 plain splits leave no positive in the test set.

# %% tags=["guess"]
guess_empty = ...  # your guess, 0 to 100

# %%
empty = 0
for seed in range(2_000):
    test_labels = train_test_split(few_y, test_size=100, random_state=seed)[1]
    empty += int(test_labels.sum() == 0)
print(f"no positive in the test set: {100 * empty / 2_000:.0f} of 100 plain splits")

# %% [markdown]
# A **stratified** split (`stratify=y`) draws from each class separately, so both sets get the same share, up to
# rounding. It sets *how many* positives are tested; *which* ones is still luck.
#
# If rows belong together, like all visits of one patient, split **by group** and keep them on one side. If the model
# will predict later rows, split **by time** and test on later rows.

# %% [markdown]
# ### Task 2.4 · Choose the split, and make one (5 points, 4 minutes)
#
# One team wants your code, and three want your advice.
#
# 1. Write `split`. It holds out `test_rows` rows as a stratified test set and returns `X_train, X_test, y_train,
#    y_test`. Only the same seed gives the same split.
# 2. Choose `"stratified"`, `"by group"`, or `"by time"` for each team:
#     - `bolts`: 3,000 photos of 3,000 bolts from one batch, 30 of them cracked; the model is for the rest of the
#       batch;
#     - `seizures`: 900 hours of recordings from 30 patients; the model is for new patients;
#     - `pump`: five years of sensor readings from one pump; the model must warn next year.
#
# The check calls `split` on rows you haven't seen.


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


which_split = ...  # dict with the keys "bolts", "seizures", "pump"
### BEGIN SOLUTION
which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}
### END SOLUTION

# %% nbgrader={"grade_id": "stratified-split-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.stratified_split(*answers("split", "which_split"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which argument of `train_test_split` looks at the classes, and which one makes the split repeatable? For the teams,
# ask what future rows have in common with yours.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `train_test_split` returns its parts in the order you need. Give it the number of test rows as `test_size`, the
# labels as `stratify`, and the seed as `random_state`. Rows of one patient resemble each other, and next year's
# readings come after the ones you have.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# Here's the same method on eight rows of text:
#
# ```python
# texts, is_spam = list("abcdefgh"), [0, 0, 0, 0, 0, 0, 1, 1]
# parts = train_test_split(texts, is_spam, test_size=4, stratify=is_spam, random_state=7)
# print(parts[3])  # one of the two spam texts is in the test set
# ```
#
# For a team, write down one test row and ask whether a training row gives its answer away.
# </details>

# %% [markdown]
# ## Quick check
#
# Your first answer counts in the quick-check score; later ones are practice.
#
# **Question 1.** You call `make_classification(n_samples=10_000, weights=[0.99, 0.01], random_state=1)` and count 160
# rows of class 1, not 100. Why?
#
# - **a** The classes are drawn at random, and this seed gave too many.
# - **b** The two weights are in the wrong order.
# - **c** `flip_y` was left at its default.
# - **d** `class_sep` is too small.

# %% nbgrader={"grade_id": "quick-check-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_1 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_1 = "c"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.quick_check_1(*answers("answer_1"))

# %% [markdown]
# **Question 2.** Two fraud models, A and B, are tested on the same 50,000 payments, 6 of them fraud. A finds 4. B finds
# the same 4 and one more. What can you say about their recall on future payments?
#
# - **a** B's is higher by 17 points.
# - **b** B's is higher, because 50,000 rows are plenty.
# - **c** Both are the same, because the intervals overlap.
# - **d** Little: one payment makes the difference.

# %% nbgrader={"grade_id": "quick-check-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_2 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_2 = "d"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, intuition as check

check.quick_check_2(*answers("answer_2"))

# %% [markdown]
# ## Key points
#
# - How well you know a recall depends mainly on the **number of positives**, not on rows or balance.
# - **Count first.** A share divides by all rows, a ratio by the minority.
# - Plot the **minority last, with its own marker**.
# - Without `flip_y=0`, `weights` isn't the share you get.
# - **Overlap** hurt the ranking in section 3 far more than the ratio did.
# - **Stratify** the split; keep groups whole; test on later rows if you predict them.
#
# **Mistakes seen in practice:** one test positive (*how many are there?*); a ratio as a share (*of all rows?*); a
# hidden minority (*plotted last?*); models compared on six positives (*with intervals?*).

# %% [markdown]
# ### Tomorrow
#
# A model finds 80% of the frauds and raises a false alarm on 5% of the honest payments. One payment in 100 is fraud.
# How many of 100 alerts are frauds? Lesson 3 settles it.

# %% tags=["bet"]
bet = ...  # your forecast: a number, or text in quotes

# %% [markdown]
# # Optional
#
# Nothing below is graded, and you can do the parts in any order.

# %% [markdown]
# ### Bonus 1 · Recall by overlap and share
#
# Section 3 looked at the ranking. Now look at **recall at the default threshold**, for the labels from
# `model.predict`.
#
# 1. For one seed, make `datasets.make_two_features(2_000, minority_share=share, class_sep=separation, seed=seed)`,
#    hold out half with `stratify=y` and `random_state=seed`, fit `LogisticRegression()`, and compute recall on the
#    held-out half.
# 2. Write `recall_grid`, which returns the mean recall over the seeds, one row per separation and one column per
#    share. Three decimals are enough.
#
# The check tries other separations, shares, and seeds. What do you expect along a row?


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
# Three loops, one inside the other: what does the innermost one collect, and where does the mean go?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Start with `grid = pd.DataFrame(index=separations, columns=shares, dtype=float)` and fill `grid.loc[separation,
# share]`. The innermost loop does what `auc_of` in section 3 does, with `predict` and `recall_score`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# Here's the same method for the largest of a few random numbers:
#
# ```python
# table = pd.DataFrame(index=[2, 5], columns=[0.5, 1.0], dtype=float)
# for size in table.index:
#     for high in table.columns:
#         largest = [np.random.default_rng(seed).uniform(0, high, size).max() for seed in range(20)]
#         table.loc[size, high] = np.mean(largest)
# ```
# </details>

# %%
filled_grid = recall_grid([0.3, 1.0, 2.0], [0.5, 0.1, 0.01], [0, 1])
None if filled_grid is ... else filled_grid

# %% [markdown]
# In these draws, recall falls along the first two rows. Where classes overlap, most rows around a rare row are
# negative, so its probability rarely reaches 0.5. The model may be right about that; whether the *threshold* fits
# depends on costs. Lesson 3 chooses one.

# %% [markdown]
# ### Bonus 2 · Exact ratios
#
# Task 2.1 allowed one row more or less. Here it has to be exact, because an auditor will count.
#
# 1. Write `ratio_set`. It returns a dataset with exactly `n_minority` rows of class 1 and `ratio` times as many of
#    class 0.
# 2. Watch out for the last row: `make_classification` rounds rows × weight *down*, and a computer's 12.999999 isn't
#    13.
#
# The check tries ratios of 4, 48, and 250.


# %% nbgrader={"grade_id": "bonus-other-ratios", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def ratio_set(n_minority, ratio, seed):
    """Return a pair X, y of two features: `n_minority` rows of class 1, `ratio` times as many of class 0.

    n_minority, ratio, seed: whole numbers. X: array of shape (rows, 2). y: array of 0 and 1.
    """
    X, y = ..., ...  # two arrays
    ### BEGIN SOLUTION
    n_rows = n_minority * (ratio + 1)
    minority_weight = (n_minority + 0.5) / n_rows  # half a row more, which rounding down takes away again
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
# How many rows are there in total, and which share of them is class 1?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# There are `n_minority * (ratio + 1)` rows. Ask for half a row more of class 1 than you want. Rounding down then
# removes only that half.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# Here's the same method for sharing 30 apples with a third of them red:
#
# ```python
# print(int(30 * (10 / 30)), int(30 * (10.5 / 30)))  # the second is safe, whatever the rounding error
# ```
# </details>

# %% [markdown]
# ### Find the bug
#
# The dataset `rare_X, rare_y` has 20 positives in 1,000 rows. As given, a colleague's cell reports a perfect recall without any
# complaint, and the team wants to celebrate. Find out how many positives are behind it. Then fix the function, so that
# it holds out a fifth of the *positives* with every seed.


# %% nbgrader={"grade_id": "find-the-bug", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def judge_once(X, y, seed):
    """Fit on four fifths of the rows; return the recall on the rest, and how many positives are behind it."""
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
# By luck, one positive was held out, and the model found it. Try other seeds. Which kind of split in section 4 keeps
# the shares?
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# Here's a stratified split of six letters:
#
# ```python
# train_test_split(list("aabbbb"), test_size=3, stratify=list("aabbbb"), random_state=1)
# ```
# </details>

# %% [markdown]
# Once it's fixed, a fifth of the positives is behind each recall. That's still few, as other seeds show:

# %%
recalls = []
for seed in range(30):
    parts = train_test_split(rare_X, rare_y, test_size=0.2, stratify=rare_y, random_state=seed)
    one_model = LogisticRegression().fit(parts[0], parts[2])
    recalls.append(recall_score(parts[3], one_model.predict(parts[1])))
print(f"positives in each test set: {int(parts[3].sum())}")
print(f"recall over 30 stratified splits: mean {np.mean(recalls):.2f}, from {min(recalls):.2f} to {max(recalls):.2f}")

# %% [markdown]
# ## Questions from learners

# %% [markdown]
# **Is "1:100" the same as 1%?** No, 1% is 1 positive to 99 negatives. The difference is small in a talk, but a program
# takes the number literally. In imbalanced-learn, `sampling_strategy=0.01` is minority *over majority* (lesson 4),
# while `weights` are shares of all rows.
#
# **How many positives does a test set need?** That depends on how exactly you want to know recall. The interval is
# widest where recall is close to one half:

# %%
needed = {}
for number in (6, 25, 100, 400, 1_600):
    low, high = stats.binomtest(number // 2, number).proportion_ci(0.95, method="exact")
    needed[number] = {"half the interval, in points": 100 * (high - low) / 2}
pd.DataFrame(needed).T.rename_axis("positives").round(1)

# %% [markdown]
# Some 400 positives give any recall within about five points. At a share of 0.1%, that's a test set of 400,000 rows, or
# one that collects extra positives and says so (precision then needs a correction; see lesson 3).
#
# **Isn't `stratify` cheating?** It would be if it told the model something about the test rows. It only fixes *how
# many* rows of each class are held out. What it can't do is split a class with a single row, so scikit-learn stops
# with an error:

# %%
try:
    train_test_split(np.arange(10), [0] * 9 + [1], stratify=[0] * 9 + [1], random_state=1)
except ValueError as error:
    print(error)

# %% [markdown]
# **How do I split by group or by time?** `GroupShuffleSplit` and `GroupKFold` keep all rows of a group on one side, and
# `TimeSeriesSplit` tests on rows further down, so sort by time. The share of positives may then differ between the
# sets, as it may in use. With few positives, count them on each side before you trust a result.
#
# **My data has thirty columns. What do I plot?** Plot two columns at a time, with the classes as in task 2.3, or a
# histogram of each column by class. Use *shares of each class* there, because counts would show only the majority. Even
# if no histogram shows a difference, two columns together can separate what neither separates alone.

# %% [markdown]
# ### Further reading
#
# - Brown, Cai, and DasGupta (2001), *Interval estimation for a binomial proportion*, Statistical Science 16,
#   doi:10.1214/ss/1009213286: which interval to choose.
# - Clopper and Pearson (1934), *The use of confidence or fiducial limits illustrated in the case of the binomial*,
#   Biometrika 26, doi:10.1093/biomet/26.4.404: the interval of section 2.
# - Frénay and Verleysen (2014), *Classification in the presence of label noise: a survey*, IEEE Transactions on Neural
#   Networks and Learning Systems 25, doi:10.1109/TNNLS.2013.2292894.
# - Guyon (2003), *Design of experiments of the NIPS 2003 variable selection benchmark*: where the recipe behind
#   `make_classification` comes from.
# - Japkowicz and Stephen (2002), *The class imbalance problem: a systematic study*, Intelligent Data Analysis 6,
#   doi:10.3233/IDA-2002-6504: ratio, size, and complexity, one at a time.
# - Kohavi (1995), *A study of cross-validation and bootstrap for accuracy estimation and model selection*, IJCAI:
#   recommends stratified cross-validation.
# - Prati, Batista, and Monard (2004), *Class imbalances versus class overlapping: an analysis of a learning system
#   behavior*, MICAI, doi:10.1007/978-3-540-24694-7_32.
#
# **Next:** lesson 3 asks how to judge a model when one class is rare.
