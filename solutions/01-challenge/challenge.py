# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 01-challenge, version: "1.0"}
# ---

# %% [markdown]
# # Lesson 1 · The challenge
#
# **Why imbalance is hard, and why accuracy lies.** After this lesson you can
#
# 1. say how imbalanced a set of labels is, as a ratio and as a share;
# 2. show with four counts why a model that finds nothing can be right nearly always;
# 3. hold a model against a dummy before you believe its accuracy;
# 4. tell what makes imbalance hard, and what does not;
# 5. find your way in this course: which lesson treats which remedy.
#
# **Time** 20 to 40 minutes for the core path; what comes after *Further* is extra. **Needs** Python, a little NumPy,
# and `fit` and `predict` of scikit-learn. **Points** 20, in six tasks: a machine checks 16 of them, a person reads the
# last task.

# %% [markdown]
# Run the cells from top to bottom with Shift+Enter. The second cell below loads a real set that comes with
# scikit-learn: small pictures of handwritten digits. The question is only: *is it an 8?* A logistic regression is
# fitted on one half of the pictures; the other half is for judging it.
#
# Each word of the course stands in the [glossary](../glossary.md) with one sentence.

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn
from sklearn.datasets import load_digits, make_classification
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import train_test_split

from imbalanced_course import datasets, plots

sklearn.set_config(display="text")
plt.style.use("imbalanced_course.plots.course")

# %% nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
digits = load_digits()
X_digits, is_eight = digits.data / 16, (digits.target == 8).astype(int)  # 64 grey values from 0 to 1; 1 is an 8
X_train, X_test, y_train, y_test = train_test_split(
    X_digits, is_eight, test_size=0.5, stratify=is_eight, random_state=1
)
model = LogisticRegression(max_iter=1000).fit(X_train, y_train)

# %% [markdown]
# ## 1 · A guard who sleeps

# %%
day = np.arange(3_650)
thefts = np.array([290, 1_950, 3_150])
figure, ax = plt.subplots(figsize=(8, 2.6), layout="constrained")
_ = ax.scatter(day % 365, day // 365 + 1, s=2, color="0.75", label="nothing happened")
_ = ax.scatter(thefts % 365, thefts // 365 + 1, s=90, marker="x", color="black", label="theft")
_ = ax.set(xlabel="day of the year", ylabel="year", yticks=range(1, 11))
_ = ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.25), ncols=2)
plots.captioned(
    ax,
    "Ten years of a museum: each grey line is a year of days on which nothing happened. The three crosses are the days "
    "with a theft.",
)

# %% [markdown]
# A museum hires a guard. He has found an easy way to be right: he says *nobody is a thief*, every day, and sleeps.
#
# How often is he right? Nearly always. What is he worth? Nothing: he was hired for the days on which he is wrong.

# %%
was_theft = np.isin(day, thefts).astype(int)
guard_says = np.zeros(len(day), dtype=int)
right = guard_says == was_theft
print(f"days: {len(day)}, thefts: {was_theft.sum()}")
print(f"the guard is right on {right.sum()} of {len(day)} days, that is {right.mean():.2%}")
print(f"thefts that he found: {guard_says[was_theft == 1].sum()}")

# %% [markdown]
# The rare class, here *theft*, is the **minority class**, the other one the **majority class**. The class that you are
# looking for is called **positive**. **Accuracy** is the share of all rows that are right. Nearly all rows are of the
# majority, so accuracy is mostly about the class that nobody asked for.
#
# Three other numbers look at what matters:
#
# - **recall**: of the positive rows, how many were found?
# - **precision**: of the rows that were flagged as positive, how many are?
# - **F1**: both in one number (their harmonic mean); it is high only when both are. Lesson 3 has more of it.

# %%
awake = guard_says.copy()
awake[[290, 1_950, *range(8)]] = 1  # flags ten days, two of them rightly
rows = {
    name: {
        "accuracy": accuracy_score(was_theft, says),
        "precision": precision_score(was_theft, says, zero_division=0),
        "recall": recall_score(was_theft, says),
        "F1": f1_score(was_theft, says),
    }
    for name, says in {"guard who sleeps": guard_says, "guard who flags ten days": awake}.items()
}
pd.DataFrame(rows).T.round(4)

# %% [markdown]
# The second guard finds two of the three thieves, and his accuracy is *lower*. Whoever chooses a guard by accuracy
# chooses the one who sleeps.
#
# The sleeper flags nobody, so his precision is 0 divided by 0: **undefined**. `zero_division=0` says what to put there.
# Without it scikit-learn puts 0, too, and warns. Read that warning when you meet it: it says *nothing was flagged*.

# %% [markdown]
# ### Task 1.1 · The lazy guard in numbers (4 points)
#
# Another museum: 10,000 days, and thieves come on 1 % of them. This guard sleeps as well. Count what happens on the
# 10,000 days (*positive* is a theft), and give the four metrics. Where one is undefined, give 0.

# %% nbgrader={"grade_id": "lazy-guard", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
days, share_of_thefts = 10_000, 0.01

guard_tp = ...  # number of days: theft, and the guard said so (true positives)
guard_fp = ...  # number of days: no theft, but the guard said theft (false positives)
guard_fn = ...  # number of days: theft, and the guard said nothing (false negatives)
guard_tn = ...  # number of days: no theft, and the guard said nothing (true negatives)
guard_accuracy = ...  # number, 0 to 1
guard_precision = ...  # number, 0 to 1; 0 where undefined
guard_recall = ...  # number, 0 to 1
guard_f1 = ...  # number, 0 to 1; 0 where undefined
### BEGIN SOLUTION
guard_tp, guard_fp = 0, 0
guard_fn = round(days * share_of_thefts)
guard_tn = days - guard_fn
guard_accuracy = (guard_tp + guard_tn) / days
guard_precision = 0
guard_recall = guard_tp / (guard_tp + guard_fn)
guard_f1 = 0
### END SOLUTION

# %% nbgrader={"grade_id": "lazy-guard-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.lazy_guard(
    *answers("guard_tp", "guard_fp", "guard_fn", "guard_tn"),
    *answers("guard_accuracy", "guard_precision", "guard_recall", "guard_f1"),
)

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# The guard says "theft" on no day at all. Which of the four counts are 0 then?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Every theft is a miss (false negative), every other day is rightly left alone (true negative). Accuracy divides the
# days that are right by all days; recall divides the thefts found by all thefts, precision by all days flagged.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `guard_fn = round(days * share_of_thefts)`, `guard_tn = days - guard_fn`, `guard_accuracy = guard_tn / days`.
# Everything that divides what he *found* is 0.
# </details>

# %% [markdown]
# ## 2 · How imbalanced is it?

# %%
ranges = {
    "churn": (5, 20),
    "spam": (10, 100),
    "clicks": (100, 1_000),
    "disease": (100, 10_000),
    "defects": (500, 2_000),
    "card fraud": (500, 2_000),
}  # majority rows for one row of the minority, roughly: from, to
print(f"a public set of card payments: {(284_807 - 492) / 492:.0f} honest payments for one fraud")

# %%
figure, ax = plt.subplots(figsize=(7, 3), layout="constrained")
for height, (low, high) in enumerate(ranges.values()):
    _ = ax.plot([low, high], [height, height], marker="|", markersize=12, linewidth=3, color="0.3")
_ = ax.axvline(100, linestyle="--", color="black")
_ = ax.text(108, 0, "severe from here on", fontsize=9, va="center")
_ = ax.set(xscale="log", yticks=range(len(ranges)), xlabel="imbalance ratio (majority over minority)")
_ = ax.set_yticklabels(list(ranges))
ax.xaxis.set_major_formatter("{x:,.0f}")
plots.captioned(
    ax,
    "Typical imbalance ratios; each step along the axis is ten times the last. Customers who leave are about one in "
    "ten, clicks and frauds one in some hundreds, and a disease can be one in ten thousand.",
)

# %% [markdown]
# These are rough orders of magnitude; count your own. (The public set is that of Dal Pozzolo and others, 2015.) Others
# you may meet: intrusions into a network, loans that are not paid back, patients who do not turn up, rare species in a
# camera trap, machines that need maintenance.
#
# Two numbers say how uneven classes are:
#
# - the **imbalance ratio**: rows of the largest class over rows of the smallest. It is 1 or more; 99 means 99 rows of
#   the majority for one of the minority, in short 99:1.
# - the **minority share**: rows of the smallest class over *all* rows. The share of the *positive* class is called
#   its **prevalence**.

# %%
labels = pd.Series(["no"] * 9_900 + ["yes"] * 100)
in_each = labels.value_counts()
print(in_each.to_string())
print(f"imbalance ratio {in_each.max() / in_each.min():g}, minority share {in_each.min() / len(labels):.0%}")

# %% [markdown]
# People call such a set "1:100" or "1 %". Exactly it is 99:1: the ratio divides by the minority, the share by
# everything. The difference is small here and large where imbalance is slight: at 6:4 the ratio is 1.5, the share 40 %.
#
# In this course imbalance is **slight** up to a ratio of 1.5 (6:4), **severe** from 100 on, and **moderate** between.
# Others draw the lines elsewhere; say where yours are.

# %% [markdown]
# ### Task 1.2 · Ratio, share and severity of any labels (4 points)
#
# Write a function that takes labels (one a row, two classes or more, numbers or texts) and returns a dict with the
# keys `ratio`, `minority_share` and `severity` (`"slight"`, `"moderate"` or `"severe"`, with the lines drawn above).
# Three decimals are enough. The check calls it on labels that you have not seen.


# %% nbgrader={"grade_id": "imbalance-ratio", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def imbalance(labels):
    """Return the imbalance ratio, the minority share and the severity of labels as a dict.

    labels: array of class labels, one a row.
    """
    result = ...  # dict with the keys "ratio", "minority_share", "severity"
    ### BEGIN SOLUTION
    counts = pd.Series(labels).value_counts()
    ratio = counts.max() / counts.min()
    severity = "slight" if ratio <= 1.5 else "moderate" if ratio < 100 else "severe"
    result = {"ratio": ratio, "minority_share": counts.min() / counts.sum(), "severity": severity}
    ### END SOLUTION
    return result


# %% nbgrader={"grade_id": "imbalance-ratio-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.imbalance_ratio(*answers("imbalance"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Count the rows of each class first. With more than two classes only the largest and the smallest count decide the
# ratio.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `pd.Series(labels).value_counts()` gives the counts; its `max()`, `min()` and `sum()` are all that you need.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `ratio = counts.max() / counts.min()`, the share is `counts.min() / counts.sum()`, and the severity is `"slight"` if
# `ratio <= 1.5`, `"severe"` if `ratio >= 100`, else `"moderate"`.
# </details>

# %% [markdown]
# ### Task 1.3 · Six problems (3 points)
#
# Here are six problems with the share of their positive class. Say how severe each is. Mind that the lines are drawn on
# the *ratio*, and that two of the six lie on a line or close to it.

# %% nbgrader={"grade_id": "six-problems", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
shares = {
    "card fraud": 0.001,
    "churn": 0.15,
    "defects": 0.01,
    "spam": 0.45,
    "clicks": 0.005,
    "late trains": 0.4,
}

severities = ...  # dict: each of the six names with "slight", "moderate" or "severe"
### BEGIN SOLUTION
severities = {}
for problem, share in shares.items():
    ratio = (1 - share) / share
    severities[problem] = "slight" if ratio <= 1.5 else "moderate" if ratio < 100 else "severe"
### END SOLUTION

# %% nbgrader={"grade_id": "six-problems-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.six_problems(*answers("severities"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# A share of 1 % is not a ratio of 100. How many negatives are there for one positive?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# With two classes the ratio is (1 − share) / share.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# Go through `shares.items()`, work out `(1 - share) / share`, and compare it with 1.5 and with 100.
# </details>

# %% [markdown]
# ## 3 · What makes it hard
#
# Is it the ratio? Take a set with plenty of rows, and train on parts of it: once with ever more positives at the same
# ratio, once with the same positives at ever larger ratios. Each model is then judged on the same fresh rows.

# %%
X_all, y_all = make_classification(60_000, n_features=15, n_informative=6, weights=[0.99], flip_y=0, class_sep=0.7,
                                   n_clusters_per_class=3, random_state=1)  # fmt: skip
X_pool, X_fresh, y_pool, y_fresh = train_test_split(X_all, y_all, test_size=0.5, stratify=y_all, random_state=1)
rare, common = np.flatnonzero(y_pool == 1), np.flatnonzero(y_pool == 0)


# %%
def ranking(n_positives, ratio):
    """Return the lowest, mean and highest ROC AUC of models trained on six draws of rows."""
    found = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        taken = np.append(rng.choice(rare, n_positives, False), rng.choice(common, n_positives * ratio, False))
        fitted = LogisticRegression().fit(X_pool[taken], y_pool[taken])
        found.append(roc_auc_score(y_fresh, fitted.decision_function(X_fresh)))
    return min(found), np.mean(found), max(found)


# %%
number = pd.DataFrame({n: ranking(n, 50) for n in (5, 20, 80, 250)}, index=["lowest", "mean", "highest"]).T
ratio = pd.DataFrame({r: ranking(20, r) for r in (1, 5, 50, 200)}, index=["lowest", "mean", "highest"]).T
figure, panels = plt.subplots(1, 2, figsize=(9, 3.2), sharey=True, layout="constrained")
for ax, table, style in zip(panels, (number, ratio), ("o-", "s--"), strict=True):
    at = table.index.astype(str)
    _ = ax.plot(at, table["mean"], style, color="black", label="mean of six draws")
    _ = ax.fill_between(at, table["lowest"], table["highest"], color="0.85", label="lowest to highest")
_ = panels[0].set(xlabel="positives to train on (ratio 50)", ylabel="ROC AUC on fresh rows", ylim=(0.5, 1))
_ = panels[1].set(xlabel="imbalance ratio (20 positives)")
_ = panels[0].legend()
plots.captioned(
    figure, "How well the model ranks fresh rows (ROC AUC: 0.5 is chance, 1 is perfect). Left, with more positives the "
    "curve climbs and the band narrows. Right, an ever larger majority leaves the level where it was.",
)  # fmt: skip

# %%
print("by number of positives:", {name: f"{auc:.2f}" for name, auc in number["mean"].items()})
print("by imbalance ratio:    ", {name: f"{auc:.2f}" for name, auc in ratio["mean"].items()})

# %% [markdown]
# The *number* of minority examples matters more than the ratio. (One made-up set and one kind of model show it here;
# Weiss (2004) calls the two kinds of rarity absolute and relative.) What really makes imbalance hard:
#
# 1. **few examples** of what matters: little to learn from, and little to measure with;
# 2. **unequal costs**: a theft that is missed costs more than a false alarm;
# 3. **metrics and defaults made for even classes**: accuracy, and the cut at a probability of 0.5.
#
# So a ratio of 100 with a million rows can be an easy problem, and a ratio of 10 with sixty rows a hard one.

# %% [markdown]
# ### It is the cut, not the training
#
# You will read that models "maximise accuracy" and so give the minority up. Logistic regression does not: it minimises
# the *log loss*, that is, it tries to give right probabilities. Look at what it gives on a set with 1 % positives.

# %%
X_two, y_two = datasets.make_two_features()  # 10,000 rows, 100 of them positive
X_left, X_right, y_left, y_right = train_test_split(X_two, y_two, test_size=0.5, stratify=y_two, random_state=1)
risk = LogisticRegression().fit(X_left, y_left).predict_proba(X_right)[:, 1]
ax = plots.score_histogram(y_right, risk, threshold=0.5)
plots.captioned(
    ax,
    "Probabilities (score) that the model gives to the rows of each class; each number up the axis is ten times as "
    "many rows. More than half of the positives lie left of the cut at 0.5, some of them where few negatives are.",
)

# %%
print(f"share of positives {y_right.mean():.2%}, mean probability given {risk.mean():.2%}")
for cut in (0.5, 0.1):
    alerts = risk >= cut
    found, wrong = y_right[alerts].sum(), (1 - y_right)[alerts].sum()
    print(f"cut at {cut}: {found} of {y_right.sum()} positives found, false alarms: {wrong}")

# %% [markdown]
# On average the probabilities are about right. They *should* be small: the class is rare. It is the cut at 0.5 that
# finds so few. With a lower cut the same model finds more and raises more false alarms, without any new training.
# Which cut is better depends on what a miss and a false alarm cost.
#
# That is the thread of this course: **measure first; then change the data or the costs; then decide**. Every remedy is
# compared with the simplest one: leave the data alone and move the threshold.

# %% [markdown]
# ### Task 1.4 · A dummy against a real model (4 points)
#
# The lazy guard has a name in scikit-learn: `DummyClassifier(strategy="most_frequent")` says the largest class to
# everything. Is the `model` for "is it an 8?" better? First write a function for accuracy and recall of the positive
# class. Then fit a dummy on `X_train` and `y_train`, and give both numbers for both, on `X_test` and `y_test`.
# Three decimals are enough.


# %% nbgrader={"grade_id": "dummy-against-model", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def judge(y_true, y_pred):
    """Return accuracy and recall of the positive class (label 1) as a dict.

    y_true, y_pred: arrays of 0 and 1, one value a row.
    """
    result = ...  # dict with the keys "accuracy", "recall"
    ### BEGIN SOLUTION
    result = {"accuracy": accuracy_score(y_true, y_pred), "recall": recall_score(y_true, y_pred)}
    ### END SOLUTION
    return result


dummy_accuracy = ...  # number, 0 to 1, on the test rows
dummy_recall = ...  # number, 0 to 1
model_accuracy = ...  # number, 0 to 1
model_recall = ...  # number, 0 to 1
### BEGIN SOLUTION
dummy = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)
dummy_accuracy, dummy_recall = judge(y_test, dummy.predict(X_test)).values()
model_accuracy, model_recall = judge(y_test, model.predict(X_test)).values()
### END SOLUTION

# %% nbgrader={"grade_id": "dummy-against-model-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.dummy_against_model(*answers("judge", "dummy_accuracy", "dummy_recall", "model_accuracy", "model_recall"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Recall looks only at the rows that are truly 1. Accuracy looks at all rows.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `accuracy_score(y_true, y_pred)` and `recall_score(y_true, y_pred)` do it; the true labels come first. A dummy is
# fitted and predicts like any other model.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `result = {"accuracy": accuracy_score(y_true, y_pred), "recall": recall_score(y_true, y_pred)}`. Then
# `dummy = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)`, and for example
# `dummy_recall = judge(y_test, dummy.predict(X_test))["recall"]`.
# </details>

# %% [markdown]
# Two dummies are worth having beside every model: one that always says the largest class, and one that flags at random
# as often as the class occurs. The second one's precision and recall both lie near the prevalence.

# %%
contest = {
    "dummy: most frequent": DummyClassifier(strategy="most_frequent"),
    "dummy: at the base rate": DummyClassifier(strategy="stratified", random_state=1),
    "logistic regression": LogisticRegression(max_iter=1000),
}
says = {name: one.fit(X_train, y_train).predict(X_test) for name, one in contest.items()}
print(f"prevalence {y_test.mean():.2f}")
pd.DataFrame({
    name: {
        "accuracy": accuracy_score(y_test, p), "precision": precision_score(y_test, p, zero_division=0),
        "recall": recall_score(y_test, p), "F1": f1_score(y_test, p),
    }
    for name, p in says.items()
}).T.round(2)  # fmt: skip

# %% [markdown]
# The first dummy's accuracy is what anybody gets here for nothing. In accuracy the model seems a little better than the dummy; in
# recall it is another world. So every comparison in this course has a dummy in it.

# %% [markdown]
# ## 4 · Which class is positive?
#
# The positive class is the one you look for: the modeller's choice. It need not be the rare one. Of 1,000 mails 990
# may be spam, and spam is what the filter looks for. Of 100 claims on an inspector's desk 80 may be fraud.

# %%
spam = np.repeat([1, 0], [990, 10])  # 1 is spam
all_spam = np.ones(1_000, dtype=int)
chosen = {"positive is spam": 1, "positive is the wanted mail": 0}
table = {
    name: {
        "precision": precision_score(spam, all_spam, pos_label=label, zero_division=0),
        "recall": recall_score(spam, all_spam, pos_label=label),
        "F1": f1_score(spam, all_spam, pos_label=label),
    }
    for name, label in chosen.items()
}
pd.DataFrame(table).round(3)

# %% [markdown]
# The same decision, "everything is spam", looks splendid with one choice and worthless with the other: it throws away
# every wanted mail. Say which class is positive, and why, before you report a number.

# %% [markdown]
# ## 5 · A map of the remedies

# %%
remedies = {
    "Measure": ["count the classes: 1, 2", "a dummy beside it: 1", "metrics and curves: 3", "a fair contest: 6"],
    "Change the data": ["collect more: 1", "drop majority: 4", "add minority: 5", "both, ensembles: 6"],
    "or the costs": ["class weights: 7", "cost matrix: 7", "learn the normal only,", "if positives are absent: 7"],
    "Decide": ["move the threshold: 3, 7", "repair probabilities: 4, 5", "watch for drift: 7"],
}

# %%
figure, ax = plt.subplots(figsize=(9, 2.1), layout="constrained")
for place, (head, lines) in enumerate(remedies.items()):
    box = {"boxstyle": "round,pad=0.5", "facecolor": "0.88", "edgecolor": "black"}
    _ = ax.text(place, 1, head, ha="center", va="center", weight="bold", bbox=box)
    _ = ax.text(place, 0.78, "\n".join(lines), ha="center", va="top", fontsize=9, linespacing=1.8)
for start, end in ((0.28, 0.6), (2.35, 2.75)):
    _ = ax.annotate("", (end, 1), (start, 1), arrowprops={"arrowstyle": "-|>", "color": "black"})
_ = ax.set(xlim=(-0.5, 3.5), ylim=(0.1, 1.15))
_ = ax.axis("off")
plots.captioned(
    ax,
    "The remedies, and the map of this course: measure, then change the data or the costs, then decide. Each line "
    "names a remedy and the lessons that treat it.",
)

# %% [markdown]
# - **Collect more** is the best remedy where it can be had. But whoever collects *only positives* changes the
#   prevalence, and the model's probabilities with it (see *Further*).
# - **Leaving the data alone and moving the threshold** costs nothing. It is the row to beat in every lesson.
# - **Ensembles** that resample anew for each of their members stand in lesson 6.
# - **Anomaly detection** learns what is normal and flags the rest. It is meant for positives that are nearly absent.

# %% [markdown]
# ### Task 1.5 · Five problems of your own (1 point)
#
# Find five problems in which the imbalance is *inherent*: it comes from the world, and not from how the rows were
# collected. Take them from your work, your town, your hobby; not from this page. For each give the minority class, a
# rough imbalance ratio as a number, and what it costs to miss one. The check looks at the form only.

# %% nbgrader={"grade_id": "five-problems", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
example = {
    "minority_class": "aeroplane flights with a bird strike",
    "ratio": 2_000,
    "cost_of_a_miss": "an engine is not inspected and may fail later",
}

my_problems = ...  # list of five dicts with the keys of `example`; ratio is a number above 1
### BEGIN SOLUTION
my_problems = [
    {"minority_class": "library books that never come back", "ratio": 300, "cost_of_a_miss": "the price of the book"},
    {"minority_class": "calls to the help line that are urgent", "ratio": 50, "cost_of_a_miss": "help comes too late"},
    {"minority_class": "street lamps that fail this week", "ratio": 400, "cost_of_a_miss": "a dark crossing at night"},
    {"minority_class": "eggs with a crack", "ratio": 80, "cost_of_a_miss": "a customer opens a spoilt box"},
    {"minority_class": "nights with frost in May", "ratio": 30, "cost_of_a_miss": "the blossom freezes, a lost crop"},
]
### END SOLUTION

# %% nbgrader={"grade_id": "five-problems-check", "points": 1, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.five_problems(*answers("my_problems"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Think of things that seldom go wrong, of rare finds, of guests who do not come, of the one letter that matters.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Each dict has the three keys of `example`. The ratio is one number above 1: for 1 in 500 write 499, or roughly 500.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `my_problems = [{"minority_class": "…", "ratio": 200, "cost_of_a_miss": "…"}, …]`, five of them, all different.
# </details>

# %% [markdown]
# ### Task 1.6 · Why they are hard (4 points, read by a person)
#
# Choose two of your five problems and write into the cell below (double-click it). For each say in three to five
# sentences: why the imbalance is inherent; which of the three difficulties of section 3 weighs most, and why; and what
# you would count as a good result (not accuracy). Each problem earns 2 points for all three, 1 point for two.
#
# Until a person has read it, this task counts 0. If you learn by yourself, run `course reveal 1` when you are done and
# compare.

# %% [markdown] nbgrader={"grade_id": "five-problems-reasons", "points": 4, "grade": true, "solution": true, "locked": false, "task": false, "schema_version": 3}
# **Nights with frost in May.** The imbalance is inherent: the climate makes such nights rare, and no way of collecting
# changes that. Few examples weigh most: ten years give a handful of frost nights to learn from, and fewer to test on. A
# good result: nearly all of them are announced the evening before (recall), with at most three false alarms a spring,
# since each costs a night's work.
#
# **Urgent calls.** Most people who call have time; that is the nature of a help line. The unequal costs weigh most: a
# missed urgent call can cost a life, a false alarm a minute of a nurse. A good result finds nearly all urgent calls
# while the nurses can still answer everything that is flagged.

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Inherent: would another way of collecting make the class less rare? If so, choose another problem.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Ask three things of each problem. How many positives could you collect in a year? What does a miss cost, and what a
# false alarm? Who acts on an alert, and how many can they look at?
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# A pattern: "… is rare because … . Of the three difficulties … weighs most, since … . I would call it good if … of the
# … are found, with at most … false alarms a week."
# </details>

# %% [markdown]
# # Further
#
# Here the core path ends: all 20 points are behind you. What follows is worth 0 points, and a good deal to you.

# %% [markdown]
# ### Collect more, but how?
#
# Three ways to go on from 5,000 rows with 1 % positives: stop, collect more of everything, or collect positives only.

# %%
plans = {"start": (50, 4_950), "more of everything": (150, 14_850), "more positives only": (150, 4_950)}
results = {}
for name, (n_rare, n_common) in plans.items():
    taken = np.append(rare[:n_rare], common[:n_common])
    given = LogisticRegression().fit(X_pool[taken], y_pool[taken]).predict_proba(X_fresh)[:, 1]
    results[name] = {
        "share in training": f"{y_pool[taken].mean():.1%}",
        "mean probability on fresh rows": f"{given.mean():.1%}",
        "ROC AUC on fresh rows": f"{roc_auc_score(y_fresh, given):.2f}",
    }
print(f"positives among the fresh rows: {y_fresh.mean():.1%}")
pd.DataFrame(results).T

# %% [markdown]
# More positives rank the fresh rows a little better (by ROC AUC, one draw, unscaled columns), either way. But positives
# alone shift the prevalence, and the model believes that the world is like its training rows: its probabilities come
# out too high. Lessons 4 and 5 repair that.

# %% [markdown]
# ### Imbalance by construction
#
# Some problems are imbalanced because of how rows are *made*. To recognise people by their fingerprints one compares
# pairs of samples: two of the same person are a *genuine* pair, two of different people an *impostor* pair.

# %%
owner = np.repeat(np.arange(6), 4)  # six people, four samples each
same = owner[:, None] == owner[None, :]
each_once = np.triu(np.ones_like(same), k=1)  # a pair has no order, and no sample is paired with itself
figure, ax = plt.subplots(figsize=(3.6, 3.4), layout="constrained")
shown = np.where(each_once, np.where(same, 1.0, 0.25), 0.0)
_ = ax.imshow(shown, cmap="Greys", vmin=0, vmax=1)
_ = ax.set(xlabel="sample", ylabel="sample", xticks=range(0, 24, 4), yticks=range(0, 24, 4))
plots.captioned(
    ax,
    "All pairs of 24 samples, each pair once: the small dark triangles along the diagonal are the genuine pairs, the "
    "large grey part are impostor pairs.",
)

# %%
owner = np.repeat(np.arange(100), 10)  # a hundred people, ten samples each
first, second = np.triu_indices(len(owner), k=1)
n_genuine = int((owner[first] == owner[second]).sum())
print(f"genuine {n_genuine:,}, impostor {len(first) - n_genuine:,}, ratio {(len(first) - n_genuine) / n_genuine:.0f}")

# %% [markdown]
# Nobody is rare here, and the ratio is severe. It comes from the design, and it grows with every person added.

# %% [markdown]
# ### Bonus 1 · Count the pairs
#
# The cell above made all pairs to count them; with a million people that will not do. Write a function that *works out*
# the numbers of genuine and of impostor pairs, for a number of people with the same number of samples each.


# %% nbgrader={"grade_id": "bonus-pairs", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def pairs(people, samples):
    """Return the numbers of genuine and of impostor pairs.

    people, samples: whole numbers; each person gave so many samples.
    """
    genuine, impostor = ..., ...  # two whole numbers
    ### BEGIN SOLUTION
    genuine = people * samples * (samples - 1) // 2
    everything = people * samples * (people * samples - 1) // 2
    impostor = everything - genuine
    ### END SOLUTION
    return genuine, impostor


# %% nbgrader={"grade_id": "bonus-pairs-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.bonus_pairs(*answers("pairs"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# From n things one can make n(n − 1)/2 pairs.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Genuine pairs are made within a person; all pairs are made among all samples; impostor pairs are the rest.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `genuine = people * samples * (samples - 1) // 2`; take it from the pairs of `people * samples` things.
# </details>

# %% [markdown]
# ### Bonus 2 · Three stories
#
# For each story say which class you would make positive: the one that is looked for, whose misses hurt.
#
# 1. `claims`: of 100 insurance claims in a file of suspects 80 are fraud; the office searches for fraud.
# 2. `mail`: of 1,000 mails 990 are spam; the user cannot bear to lose a wanted mail, and wants to know how many are lost.
# 3. `bolts`: of 10,000 bolts 10 are cracked; a cracked bolt must not leave the works.

# %% nbgrader={"grade_id": "bonus-positive-class", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
positive = ...  # dict: claims "fraud" or "honest", mail "spam" or "wanted", bolts "cracked" or "whole"
### BEGIN SOLUTION
positive = {"claims": "fraud", "mail": "wanted", "bolts": "cracked"}
### END SOLUTION

# %% nbgrader={"grade_id": "bonus-positive-class-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.bonus_positive_class(*answers("positive"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Do not look at the numbers first. Ask: what is looked for?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# In one story the positive class is the majority.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `positive = {"claims": …, "mail": …, "bolts": …}`. Recall then answers: of these, how many did we find?
# </details>

# %% [markdown]
# ### Find the bug
#
# A colleague writes a report for any model. A warning "only disturbed", so it was silenced; since then models that flag
# nothing are reported with a precision of 0, as if all their alerts were wrong. Mend the function: where precision is
# undefined, it shall be `None`. (A precision that really is 0 stays 0.)

# %% nbgrader={"grade_id": "find-the-bug", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
import warnings


def report(y_true, y_pred):
    """Return the number of rows flagged as positive, and the precision; arrays of 0 and 1, one value a row."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore")
        precision = precision_score(y_true, y_pred)
    result = {"flagged": int(np.sum(y_pred)), "precision": precision}
    ### BEGIN SOLUTION
    flagged = int(np.sum(y_pred))
    result = {"flagged": flagged, "precision": precision_score(y_true, y_pred) if flagged else None}
    ### END SOLUTION
    return result


# %% nbgrader={"grade_id": "find-the-bug-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.find_the_bug(*answers("report"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which division stands behind precision, and what is its denominator for a model that flags nothing?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Count the flagged rows first. If there are none, precision is not 0: it does not exist. With that, nothing warns and
# nothing need be silenced.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `flagged = int(np.sum(y_pred))`, and the precision is `precision_score(y_true, y_pred) if flagged else None`.
# </details>

# %% [markdown]
# ## Learners asked

# %% [markdown]
# **What techniques are there at all?** The map of section 5 holds them: measure, change the data or the costs, decide.
# Begin at its two ends. Without a good measure you cannot tell whether anything helped, and a threshold is free.
#
# **Does a ratio of 100 with plenty of positives need balancing?** Not for being imbalanced. Here is a model as it is and
# one with balanced class weights, on the set of section 3. At equal numbers of alerts (the same budget of 1,000 for
# both, so that only the ranking counts):

# %%
from sklearn.metrics import average_precision_score

compared = {}
for name, weights in {"as it is": None, "balanced weights": "balanced"}.items():
    given = LogisticRegression(class_weight=weights).fit(X_pool, y_pool).predict_proba(X_fresh)[:, 1]
    top = np.argsort(-given)[:1_000]
    compared[name] = {
        "ROC AUC": roc_auc_score(y_fresh, given),
        "average precision": average_precision_score(y_fresh, given),
        "found in 1,000 alerts": y_fresh[top].mean() * 1_000 / y_fresh.sum(),
        "found at 0.5": y_fresh[given >= 0.5].sum() / y_fresh.sum(),
        "mean probability": given.mean(),
    }
print(f"positives to train on: {y_pool.sum()}; prevalence {y_fresh.mean():.2f}")
pd.DataFrame(compared).T.round(2)

# %% [markdown]
# The weights find far more at the cut of 0.5, and that is what people see: the cut, in effect, has moved. With as many
# alerts for both, the model as it is finds *more*; its average precision is higher, its ROC AUC lower, and its
# probabilities can be believed. (One split, unscaled columns; lessons 3 to 7 do this with intervals.) So measure first,
# and choose the metric by what you need.

# %% [markdown]
# **Is every imbalanced problem anomaly detection?** No. An anomaly is *unlike the rest*; a rare class need not be. An 8
# is a perfectly ordinary digit. Let an isolation forest learn all other digits and flag what looks unusual, and beside
# it let a logistic regression learn from only ten labelled eights:

# %%
from sklearn.ensemble import IsolationForest

eights, others = np.flatnonzero(y_train == 1), np.flatnonzero(y_train == 0)
forest = IsolationForest(random_state=1).fit(X_train[others])
unusual = roc_auc_score(y_test, -forest.score_samples(X_test))
with_ten = []
for seed in range(5):
    taken = np.append(np.random.default_rng(seed).choice(eights, 10, replace=False), others)
    fitted = LogisticRegression(max_iter=1000).fit(X_train[taken], y_train[taken])
    with_ten.append(roc_auc_score(y_test, fitted.decision_function(X_test)))
print(f"isolation forest, no eights:               ROC AUC {unusual:.2f} (chance 0.50)")
print(f"logistic regression, ten labelled eights:  ROC AUC {np.mean(with_ten):.2f}", end=" ")
print(f"(five draws: {min(with_ten):.2f} to {max(with_ten):.2f})")

# %% [markdown]
# A few labels say more than "this is unusual". Where positives truly are outliers, or no label exists, it can be the
# other way round; lesson 7 measures both.

# %% [markdown]
# ## Quick check
#
# Write the letter of your choice in quotes. Each option answers with its reason; try the wrong ones, too.
#
# **Question 1.** A model for a disease that 1 in 200 people have reports 99.5 % accuracy. What do you know?
#
# - **a** It finds nearly all who are ill.
# - **b** It is better than chance, since chance would be 50 %.
# - **c** No more than before: who calls everybody healthy gets as much.
# - **d** Its training data were balanced.

# %% nbgrader={"grade_id": "quick-check-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_1 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
answer_1 = "c"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.quick_check_1(*answers("answer_1"))

# %% [markdown]
# **Question 2.** Logistic regression on rare positives flags almost nobody at the default cut. Why?
#
# - **a** It maximises accuracy and gives the minority up.
# - **b** Its probabilities are small because the class is rare, and few reach 0.5.
# - **c** It cannot learn from uneven classes.
# - **d** Its probabilities are all too low and must be multiplied.

# %% nbgrader={"grade_id": "quick-check-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_2 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
answer_2 = "b"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.quick_check_2(*answers("answer_2"))

# %% [markdown]
# ## What you take away
#
# - **Accuracy** is mostly about the majority. A **dummy** shows how high it is for nothing.
# - The **imbalance ratio** is largest over smallest class; the **minority share** divides by all rows.
# - The **number of positives** matters more than the ratio; unequal costs and defaults for even classes do the rest.
# - A small probability for a rare class is no fault. The **cut** is a decision, and it is yours.
# - Which class is **positive** is a choice; say which, and why.
#
# **What goes wrong in practice:** 99 % accuracy is reported and nobody asks for the dummy; data are balanced before
# anything was measured; the warning that says *nothing was flagged* is silenced; positives are collected alone, and the
# probabilities are believed.

# %% [markdown]
# ### Where to read on
#
# - Alpaydin and Kaynak (1998), *Optical recognition of handwritten digits*, UCI Machine Learning Repository,
#   doi.org/10.24432/C50P49: the digits.
# - Dal Pozzolo and others (2015), *Calibrating probability with undersampling for unbalanced classification*, IEEE
#   Symposium on Computational Intelligence and Data Mining, doi.org/10.1109/SSCI.2015.33: the public card payments.
# - He and Garcia (2009), *Learning from imbalanced data*, IEEE Transactions on Knowledge and Data Engineering 21,
#   doi.org/10.1109/TKDE.2008.239: a survey.
# - Provost, Fawcett and Kohavi (1998), *The case against accuracy estimation for comparing induction algorithms*,
#   15th International Conference on Machine Learning, pages 445 to 453.
# - Van den Goorbergh and others (2022), *The harm of class imbalance corrections for risk prediction models*, Journal of
#   the American Medical Informatics Association 29, doi.org/10.1093/jamia/ocac093: what balancing does to probabilities.
# - Weiss (2004), *Mining with rarity: a unifying framework*, SIGKDD Explorations 6, doi.org/10.1145/1007730.1007734:
#   absolute and relative rarity.
#
# **Next:** lesson 2 shows what 1:10, 1:100 and 1:1,000 look like.
