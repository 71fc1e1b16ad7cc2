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
# 4. tell what makes imbalance hard, and which lesson treats which remedy.
#
# **Time** 20 to 40 minutes. **Needs** Python, a little NumPy, and `fit` and `predict` of scikit-learn. **Points** 20:
# a machine checks 16 of them, a person reads the last task.

# %% [markdown]
# Run the cells from top to bottom with Shift+Enter. The second cell below loads a real set that comes with
# scikit-learn: small pictures of handwritten digits. The question is only: *is it an 8?*

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

# %% nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
digits = load_digits()
X_digits, is_eight = digits.data / 16, (digits.target == 8).astype(int)  # 64 grey values from 0 to 1; 1 is an 8
X_train, X_test, y_train, y_test = train_test_split(
    X_digits, is_eight, test_size=0.5, stratify=is_eight, random_state=1
)
dummy = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)  # says "no 8" to every picture
model = LogisticRegression(max_iter=1000).fit(X_train, y_train)

# %% [markdown]
# ## 1 · A guard who sleeps

# %%
day = np.arange(3650)
thefts = np.array([290, 1950, 3150])
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
# A museum hires a guard. On 3 of 3,650 days a thief comes; on all others nothing happens. The guard has found an easy
# way: he says *nobody is a thief*, every day, and sleeps.
#
# How often is he right? Nearly always. What is he worth? Nothing: he was hired for the three days on which he is wrong.

# %%
was_theft = np.isin(day, thefts).astype(int)
guard_says = np.zeros(len(day), dtype=int)
print(f"days {len(day)}, thefts {was_theft.sum()}")
print(f"the guard is right on {np.mean(guard_says == was_theft):.2%} of the days")
print(f"thefts that he found: {guard_says[was_theft == 1].sum()}")

# %% [markdown]
# The rare class, here *theft*, is the **minority class**, the other one the **majority class**. The class that you are
# looking for is called **positive**. **Accuracy** is the share of all rows that are right; nearly all rows are of the
# majority, so accuracy is mostly about the class nobody asked for.
#
# Two other numbers look at what matters:
#
# - **recall**: of the positive rows, how many were found?
# - **precision**: of the rows that were flagged, how many are positive?

# %%
twice = {"lazy guard": guard_says, "guard who flags 10 days, 2 rightly": guard_says.copy()}
twice["guard who flags 10 days, 2 rightly"][[290, 1950, *range(8)]] = 1
rows = {
    name: {
        "accuracy": accuracy_score(was_theft, says),
        "precision": precision_score(was_theft, says, zero_division=0),
        "recall": recall_score(was_theft, says),
    }
    for name, says in twice.items()
}
pd.DataFrame(rows).T.round(4)

# %% [markdown]
# The second guard finds two of three thieves, and his accuracy is *lower*. Whoever picks the guard by accuracy picks
# the one who sleeps.
#
# The lazy guard flags nobody, so his precision is 0 divided by 0: **undefined**. `zero_division=0` says what to put
# there; without it scikit-learn puts 0, too, and warns. The warning is worth reading: *nothing was flagged*.

# %% [markdown]
# ### Task 1.1 · The lazy guard in numbers (4 points)
#
# Another guard, another museum: 10,000 days, and thieves come on 1 % of them. This guard sleeps as well. Count what
# happens on the 10,000 days (*positive* is a theft), and give the three metrics. Where one is undefined, give 0.

# %% nbgrader={"grade_id": "lazy-guard", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
days, share_of_thefts = 10_000, 0.01

guard_tp = ...  # number of days: theft, and the guard said so
guard_fp = ...  # number of days: no theft, but the guard said theft
guard_fn = ...  # number of days: theft, and the guard said nothing
guard_tn = ...  # number of days: no theft, and the guard said nothing
guard_accuracy = ...  # number, 0 to 1
guard_precision = ...  # number, 0 to 1; 0 where undefined
guard_recall = ...  # number, 0 to 1
### BEGIN SOLUTION
guard_tp, guard_fp = 0, 0
guard_fn = round(days * share_of_thefts)
guard_tn = days - guard_fn
guard_accuracy = (guard_tp + guard_tn) / days
guard_precision = 0
guard_recall = guard_tp / (guard_tp + guard_fn)
### END SOLUTION

# %% nbgrader={"grade_id": "lazy-guard-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.lazy_guard(
    *answers("guard_tp", "guard_fp", "guard_fn", "guard_tn", "guard_accuracy", "guard_precision", "guard_recall")
)

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# The guard says "theft" on no day at all. Which of the four counts are 0 then?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Every theft is a miss (false negative), every other day is rightly left alone (true negative). Accuracy divides the
# days that are right by all days; recall divides the thefts found by all thefts.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `guard_fn = round(days * share_of_thefts)`, `guard_tn = days - guard_fn`, and `guard_accuracy = guard_tn / days`.
# </details>

# %% [markdown]
# ## 2 · How imbalanced is it?

# %%
ranges = {  # rows of the majority for one of the minority: rough orders of magnitude
    "churn": (5, 20), "spam": (10, 100), "disease": (100, 10_000), "clicks": (100, 1_000),
    "defects": (500, 2_000), "card fraud": (500, 2_000),
}  # fmt: skip
figure, ax = plt.subplots(figsize=(7, 3), layout="constrained")
for height, (low, high) in enumerate(ranges.values()):
    _ = ax.plot([low, high], [height, height], marker="|", markersize=12, linewidth=3, color="0.3")
_ = ax.axvline(100, linestyle="--", color="black")
_ = ax.text(108, 0, "severe from here on", fontsize=9)
_ = ax.set(xscale="log", yticks=range(len(ranges)), xlabel="imbalance ratio (majority over minority)")
_ = ax.set_yticklabels(list(ranges))
plots.captioned(
    ax,
    "Typical imbalance ratios on a scale where each step is ten times the last: churn lies around ten, clicks and "
    "fraud beyond a hundred, and a disease can be one in ten thousand.",
)

# %% [markdown]
# Two numbers say how uneven the classes are:
#
# - the **imbalance ratio**: rows of the largest class over rows of the smallest. It is 1 or more; 99 means 99 rows of
#   the majority for one of the minority, in short 99:1.
# - the **minority share**: rows of the smallest class over *all* rows. In a set with two classes, the share of the
#   positive class is also called its **prevalence**.
#
# In this course imbalance is **slight** up to a ratio of 1.5 (6:4), **severe** from 100 on, and **moderate** between.
# Others draw the lines elsewhere; say where yours are.

# %%
labels = pd.Series(["no"] * 9_900 + ["yes"] * 100)
counts = labels.value_counts()
print(counts.to_string())
print(f"imbalance ratio {counts.max() / counts.min():g}, minority share {counts.min() / len(labels):.1%}")

# %% [markdown]
# People call such a set "1:100" or "1 %". Exactly it is 99:1 and 1 %: the ratio divides by the minority, the share by
# everything. The difference is small here and large for slight imbalance: at 6:4 the ratio is 1.5 and the share 40 %.

# %% [markdown]
# ### Task 1.2 · Ratio, share and severity of any labels (4 points)
#
# Write a function that takes labels (one a row, two classes or more, numbers or texts) and returns a dict with the
# keys `ratio`, `minority_share` and `severity` (`"slight"`, `"moderate"` or `"severe"`, with the lines drawn above).
# The check calls it on labels that you have not seen.


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
# `ratio = counts.max() / counts.min()`, `share = counts.min() / counts.sum()`, and the severity is `"slight"` if
# `ratio <= 1.5`, `"severe"` if `ratio >= 100`, else `"moderate"`.
# </details>

# %% [markdown]
# ### Task 1.3 · Six problems (3 points)
#
# Here are six problems with the share of their positive class. Say how severe each is. Mind that the lines are drawn on
# the *ratio*, and that two of the six lie close to a line.

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

# %%
X_all, y_all = make_classification(60_000, n_features=15, n_informative=6, weights=[0.99], flip_y=0, class_sep=0.7,
                                   n_clusters_per_class=3, random_state=1)  # fmt: skip
X_pool, X_far, y_pool, y_far = train_test_split(X_all, y_all, test_size=0.5, stratify=y_all, random_state=1)


def auc_with(positives, ratio, draws=5):
    aucs = []
    for seed in range(draws):
        rng = np.random.default_rng(seed)
        rare = rng.choice(np.flatnonzero(y_pool == 1), positives, replace=False)
        common = rng.choice(np.flatnonzero(y_pool == 0), positives * ratio, replace=False)
        rows = np.concatenate([rare, common])
        fitted = LogisticRegression().fit(X_pool[rows], y_pool[rows])
        aucs.append(roc_auc_score(y_far, fitted.decision_function(X_far)))
    return np.mean(aucs)


# %%
few = {str(number): auc_with(number, ratio=50) for number in (5, 20, 80, 250)}
lopsided = {str(ratio): auc_with(20, ratio=ratio) for ratio in (1, 5, 50, 200)}
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), sharey=True, layout="constrained")
_ = left.plot(list(few), list(few.values()), marker="o")
_ = right.plot(list(lopsided), list(lopsided.values()), marker="s", linestyle="--")
_ = left.set(xlabel="number of positives (ratio 50)", ylabel="ROC AUC on fresh rows", ylim=(0.5, 1))
_ = right.set(xlabel="imbalance ratio (20 positives)")
plots.captioned(
    figure,
    "How well a model ranks rows it has not seen (ROC AUC: 0.5 is chance, 1 is perfect). Left, with more positives it "
    "climbs. Right, with the same positives and an ever larger majority it does not get worse.",
)

# %%
print("by number of positives:", {name: round(float(auc), 2) for name, auc in few.items()})
print("by imbalance ratio:    ", {name: round(float(auc), 2) for name, auc in lopsided.items()})

# %% [markdown]
# The *number* of minority examples matters more than the ratio. Three things make imbalance hard:
#
# 1. **few examples** of what matters: little to learn from, and little to measure with;
# 2. **unequal costs**: a theft that is missed costs more than a false alarm;
# 3. **metrics and defaults made for even classes**: accuracy, and the cut at a probability of 0.5.
#
# So 1:100 with a million rows is often an easy problem, and 1:10 with sixty rows a hard one.

# %% [markdown]
# ### It is the cut, not the training
#
# You will read that models "maximise accuracy" and therefore ignore the minority. Logistic regression does not: it
# minimises the *log loss*, that is, it tries to give right probabilities. Look at what it gives.

# %%
X_two, y_two = datasets.make_two_features()  # 10,000 rows, 1 % positive
X_left, X_right, y_left, y_right = train_test_split(X_two, y_two, test_size=0.5, stratify=y_two, random_state=1)
risk = LogisticRegression().fit(X_left, y_left).predict_proba(X_right)[:, 1]
ax = plots.score_histogram(y_right, risk, threshold=0.5)
plots.captioned(
    ax,
    "Predicted probabilities of both classes, rows counted on a scale of powers of ten. Most positives have a "
    "probability below the cut at 0.5, although many lie above nearly all negatives.",
)

# %%
print(f"share of positives {y_right.mean():.2%}, mean probability given {risk.mean():.2%}")
for cut in (0.5, 0.1):
    print(f"cut {cut}: finds {np.mean(risk[y_right == 1] >= cut):.0%} of the positives")

# %% [markdown]
# The probabilities are about right on average, and they *should* be small: the class is rare. It is the cut at 0.5 that
# finds so few. Move the cut and the same model finds more, without any new training. This course returns to that again
# and again: **measure first; then change the data or the costs; then decide**.

# %% [markdown]
# ### Task 1.4 · A dummy against a real model (4 points)
#
# Is it an 8? `dummy` says no to every picture, `model` is a logistic regression; both are fitted above. First write a
# function for accuracy and recall of the positive class. Then give both numbers for both on `X_test` and `y_test`.


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
# `accuracy_score(y_true, y_pred)` and `recall_score(y_true, y_pred)` do it; the true labels come first. Predictions
# come from `dummy.predict(X_test)` and `model.predict(X_test)`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `result = {"accuracy": accuracy_score(y_true, y_pred), "recall": recall_score(y_true, y_pred)}`, and then for example
# `dummy_recall = judge(y_test, dummy.predict(X_test))["recall"]`.
# </details>

# %% [markdown]
# An accuracy means little until you know what the dummy gets. So every comparison in this course has a dummy in it.

# %% [markdown]
# ## 4 · Which class is positive?
#
# The positive class is the one you look for: the modeller's choice. It need not be the rare one. Of 1,000 mails 990 may
# be spam, and spam is what the filter looks for.

# %%
spam = np.repeat([1, 0], [990, 10])  # 1 is spam
says_all_spam = np.ones(1000, dtype=int)
as_spam = {"positive is spam": {"pos_label": 1}, "positive is the wanted mail": {"pos_label": 0}}
pd.DataFrame(
    {
        name: {
            "precision": precision_score(spam, says_all_spam, zero_division=0, **option),
            "recall": recall_score(spam, says_all_spam, **option),
            "F1": f1_score(spam, says_all_spam, zero_division=0, **option),
        }
        for name, option in as_spam.items()
    }
).round(3)

# %% [markdown]
# The same decision, "everything is spam", looks splendid with one choice and worthless with the other: it throws away
# every wanted mail. Say which class is positive, and why, before you report a number.

# %% [markdown]
# ## 5 · A map of the remedies

# %%
figure, ax = plt.subplots(figsize=(9, 2.8), layout="constrained")
parts = {
    "measure": ["metrics, thresholds: lesson 3", "a fair contest: lesson 6"],
    "change the data": ["collect more", "undersample: lesson 4", "oversample: lesson 5", "both: lesson 6"],
    "change the costs": ["class weights: lesson 7", "cost matrix: lesson 7"],
    "decide": ["move the threshold: lessons 3, 7", "watch for drift: lesson 7"],
}
for column, (head, remedies) in enumerate(parts.items()):
    _ = ax.text(column, 0, head, ha="center", weight="bold", bbox={"boxstyle": "round", "facecolor": "0.9"})
    for line, remedy in enumerate(remedies, start=1):
        _ = ax.text(column, -line, remedy, ha="center", fontsize=9)
_ = ax.set(xlim=(-0.6, 3.6), ylim=(-4.6, 0.6))
_ = ax.axis("off")
plots.captioned(
    ax,
    "A map in four columns, from left to right: measure, change the data, change the costs, decide. Under each stand "
    "its remedies with the lesson that treats them; lesson 2 prepares the ground for all.",
)

# %% [markdown]
# - **Collect more** is the best remedy where it can be had. But collecting *only positives* changes the prevalence: the
#   probabilities of a model trained on such data are too high for the world (lesson 4 corrects them).
# - **Ensembles** that resample for each of their members stand in lesson 6.
# - **Anomaly detection** learns what is normal and flags the rest: for the case that positives are nearly absent
#   (lesson 7). With a handful of labels a supervised model is often better; we measure it.

# %% [markdown]
# ### Task 1.5 · Five problems of your own (1 point by machine)
#
# Find five problems in which the imbalance is *inherent*: it comes from the world and not from how the data were
# collected. Take them from your work, your town, your hobby; not from this page. For each give the minority class, a
# rough imbalance ratio as a number, and what it costs to miss one. The check looks at the form only.

# %% nbgrader={"grade_id": "five-problems", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
example = {
    "minority_class": "aeroplane flights with a bird strike",
    "ratio": 2_000,
    "cost_of_a_miss": "an engine is not inspected and may fail later",
}

my_problems = ...  # list of five dicts like `example`
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
# Think of things that go wrong seldom, of finds, of guests who do not come, of the one letter that matters.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Each dict has the three keys of `example`. The ratio is one number above 1: for 1 in 500 write 499, or roughly 500.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `my_problems = [{"minority_class": "…", "ratio": 200, "cost_of_a_miss": "…"}, …]`, five of them.
# </details>

# %% [markdown]
# ### Task 1.6 · Why they are hard (4 points, read by a person)
#
# Choose two of your five problems. For each say in three to five sentences: why the imbalance is inherent; which of the
# three difficulties of section 3 weighs most, and why; and what you would count as a good result (not accuracy).
# Write into the cell below.

# %% [markdown] nbgrader={"grade_id": "five-problems-reasons", "points": 4, "grade": true, "solution": true, "locked": false, "task": false, "schema_version": 3}
# **Frost in May.** The imbalance is inherent: the climate makes such nights rare, and no way of collecting changes that.
# Few examples weigh most: ten years give a handful of frost nights. I would count how many of them were announced the
# evening before (recall), with at most three false alarms a spring, since each costs a night's work.
#
# **Urgent calls.** Most people who call have time; that is the nature of a help line. The unequal costs weigh most: a
# missed urgent call can cost a life, a false alarm a minute of a nurse. A good result finds nearly all urgent calls
# while the nurses can still answer all that is flagged.

# %% [markdown]
# ## What you learnt
#
# - Accuracy is mostly about the majority. A dummy shows how high it is for nothing.
# - The imbalance ratio is largest over smallest class; the minority share divides by all rows.
# - The number of positives matters more than the ratio; unequal costs and the cut at 0.5 do the rest.
# - A well-estimated small probability is no fault. The cut is a decision of yours.
# - Which class is positive is a choice; say which.
#
# **What goes wrong in practice.** Somebody reports 99 % accuracy and nobody asks for the dummy. Somebody balances the
# data before measuring anything. Somebody silences the warning that says *nothing was flagged*.

# %% [markdown]
# ## Further

# %% [markdown]
# ### Imbalance by construction
#
# Some problems are imbalanced because of how rows are *made*. To recognise a person by a fingerprint one compares
# pairs of samples: pairs of the same person are *genuine*, all others *impostor* pairs.

# %% [markdown]
# ### Bonus 1 · Count the pairs
#
# Write a function: for a number of people with the same number of samples each, how many genuine and how many impostor
# pairs are there? A pair is two different samples; their order does not matter. Try 100 people with 10 samples each.


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
# 2. `mail`: of 1,000 mails 990 are spam; the user cannot bear to lose a wanted mail, and wants to see how many are lost.
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
# In one story the positive class is the majority; in one it is what most people would call the negative.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `positive = {"claims": …, "mail": …, "bolts": …}`. Recall then answers: of these, how many did we find?
# </details>

# %% [markdown]
# ### Find the bug
#
# A colleague silenced a warning that "only disturbed", and now reports a precision of 0 for a model. What the warning
# said matters: mend the cell so that `bug_precision` is `None` where precision is undefined, because nothing was
# flagged, and `bug_flagged` says how many rows were flagged.

# %% nbgrader={"grade_id": "find-the-bug", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
import warnings

bug_labels = dummy.predict(X_test)
with warnings.catch_warnings():
    warnings.filterwarnings("ignore")
    bug_precision = precision_score(y_test, bug_labels)  # number, 0 to 1, or None where undefined
bug_flagged = len(bug_labels)  # number of rows that were flagged as positive
### BEGIN SOLUTION
bug_flagged = int((bug_labels == 1).sum())
bug_precision = precision_score(y_test, bug_labels) if bug_flagged else None
### END SOLUTION

# %% nbgrader={"grade_id": "find-the-bug-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.find_the_bug(*answers("bug_precision", "bug_flagged"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which division stands behind precision, and what is its denominator here?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Count the rows with label 1 first. If there is none, precision is not 0: it does not exist.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `bug_flagged = int((bug_labels == 1).sum())`, then the precision only `if bug_flagged else None`.
# </details>

# %% [markdown]
# ### Learners asked
#
# **What techniques are there at all?** The map above holds them: measure, change the data, change the costs, decide.
# Most effect for the least work usually comes from the first and the last.
#
# **Does 1:100 with plenty of positives need balancing?** The picture in section 3 says: the ratio alone does little
# harm to the ranking. Measure a model as it is, with a threshold of your own, before you change the data.
#
# **Is every imbalanced problem anomaly detection?** No. Anomaly detection learns from normal rows only. Fraud or disease
# with labelled examples is ordinary classification with a rare class; the labels tell more than "this is unusual".

# %% [markdown]
# ### Quick check
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
# ### Read on
#
# - Haibo He and Edwardo Garcia (2009), *Learning from Imbalanced Data*, IEEE Transactions on Knowledge and Data
#   Engineering 21, doi.org/10.1109/TKDE.2008.239: a survey of what makes imbalance hard.
# - Ruben van den Goorbergh and others (2022), *The harm of class imbalance corrections for risk prediction models*,
#   Journal of the American Medical Informatics Association 29, doi.org/10.1093/jamia/ocac093: what balancing does to
#   probabilities.
# - Ethem Alpaydin and Cenk Kaynak (1998), *Optical Recognition of Handwritten Digits*, UCI repository: the digits.
