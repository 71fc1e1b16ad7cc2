# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 01-challenge, version: "2.0"}
# ---

# %% [markdown]
# # Lesson 1 · The challenge
#
# **A model can be right 99% of the time and find nothing. How do you notice?** After this lesson you can
#
# 1. compute the counts and metrics of a model that flags nothing;
# 2. measure how imbalanced any labels are;
# 3. explain why small probabilities can be right;
# 4. compare a model with a dummy before you trust its accuracy.
#
# **Time** 32 minutes · **Needs** Python, a little NumPy, scikit-learn's `fit` and `predict` · **Points** 20, in four
# tasks (16) and one at home (4)

# %% [markdown]
# Run the cells from top to bottom with Shift+Enter. Folded cells only draw or prepare data. In a task, replace each
# `...`, run the cell, and run the check below it. Guesses are never scored. The [glossary](../glossary.md) defines every
# term.

# %% jupyter={"source_hidden": true} nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn
from sklearn.datasets import load_breast_cancer, load_digits, make_classification
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import ConfusionMatrixDisplay, accuracy_score, classification_report, f1_score
from sklearn.metrics import precision_score, recall_score, roc_auc_score
from sklearn.model_selection import train_test_split

from imbalanced_course import plots
from imbalanced_course.plots.style import MINORITY, REFERENCE, ROLES

sklearn.set_config(display="text")
plt.style.use("imbalanced_course.plots.course")

# %% jupyter={"source_hidden": true} nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
digits = load_digits()
X_digits, is_eight = digits.data / 16, (digits.target == 8).astype(int)  # 64 gray values from 0 to 1; 1 is an 8
X_train, X_test, y_train, y_test = train_test_split(
    X_digits, is_eight, test_size=0.5, stratify=is_eight, random_state=1
)
model = LogisticRegression(max_iter=1000).fit(X_train, y_train)

# %% jupyter={"source_hidden": true} nbgrader={"grade_id": "setup-machines", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
rng = np.random.default_rng(20)
failed = (rng.permutation(10_000) < 100).astype(int)  # 100 of 10,000 machines fail next week
evidence = np.exp(1.4 * rng.normal(1.4 * failed, 1) - 0.98)
p, q = evidence / (evidence + 99), evidence / (evidence + 1)

# %% [markdown]
# ## 1 · Why accuracy misleads

# %% jupyter={"source_hidden": true}
day = np.arange(3_650)
thefts = np.array([290, 1_950, 3_150])
figure, ax = plt.subplots(figsize=(7, 2.6), layout="constrained")
_ = ax.scatter(day % 365, day // 365 + 1, s=2, color="0.75", label="quiet day")
_ = ax.scatter(thefts % 365, thefts // 365 + 1, s=70, edgecolors="black", label="day with a theft", **MINORITY)
_ = ax.set(xlabel="day of the year", ylabel="year", yticks=range(1, 11))
for handle in ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.25), ncols=2).legend_handles:
    _ = handle.set_sizes([50])
plots.captioned(
    ax,
    "Ten years in a museum. Each gray line is a year of quiet days; the three triangles are the days with a theft.",
)

# %% [markdown]
# A museum hires a guard who sleeps and reports *no theft* every single day. What share of days does he get right?

# %% tags=["guess"]
guess_accuracy = ...  # your guess: a share from 0 to 1

# %%
was_theft = np.isin(day, thefts).astype(int)  # 1 is a day with a theft
guard_says = np.zeros(len(day), dtype=int)  # "no theft" on every day
print(f"right on {(guard_says == was_theft).sum()} of {len(day)} days: {accuracy_score(was_theft, guard_says):.2%}")
print(f"thefts found: {guard_says[was_theft == 1].sum()} of {was_theft.sum()}")

# %% [markdown]
# What surprised you? **Accuracy** is the share of all rows that are right. Nearly all rows belong to the common class,
# the **majority class**, so accuracy mostly describes the class no one asked about. The rare one is the **minority
# class**.
#
# The class you're looking for is the **positive class**. You choose it, and it needn't be rare: a filter looks for spam
# even where most emails are spam.
#
# Compare the sleeper with a guard who **flags** (reports) ten days.

# %% jupyter={"source_hidden": true}
awake = guard_says.copy()
awake[[290, 1_950, *range(8)]] = 1  # flags ten days, two of them rightly
figure, panels = plt.subplots(1, 2, figsize=(7, 2.9), layout="constrained")
for ax, (who, says) in zip(panels, {"asleep": guard_says, "awake": awake}.items(), strict=True):
    _ = ConfusionMatrixDisplay.from_predictions(
        was_theft, says, display_labels=["quiet", "theft"], cmap="Greys", colorbar=False, ax=ax,
        text_kw={"color": "black", "fontsize": 12}, im_kw={"vmin": 0, "vmax": 12_000},
    )  # fmt: skip
    _ = ax.set(title=f"{who}: right on {accuracy_score(was_theft, says):.2%}", xlabel="the guard says", ylabel="truth")
plots.captioned(
    figure,
    "Days by truth (rows) and by what the guard says (columns). Left: the sleeping guard misses all three thefts. "
    "Right: the second guard finds two.",
)

# %% [markdown]
# A flagged theft is a **true positive** (TP), and a missed one is a **false negative** (FN). A flagged quiet day is a
# **false positive** (FP), and an unflagged one is a **true negative** (TN). Three metrics ask about the positive class:
#
# - **recall** = TP / (TP + FN): what share of the positives was found?
# - **precision** = TP / (TP + FP): what share of the flagged rows is positive?
# - **F1** = 2·TP / (2·TP + FP + FN): high only when both are.

# %%
print(classification_report(was_theft, awake, target_names=["quiet", "theft"], digits=3))

# %% [markdown]
# The row *theft* shows the second guard's three metrics; skip the averages for now. By accuracy, you'd hire the one who
# sleeps. The sleeper's precision is 0 divided by 0, so it's **undefined**. scikit-learn then reports 0 and warns. Don't
# silence that warning: it means that *nothing was flagged*.

# %% [markdown]
# ### Task 1.1 · Count what a silent guard does (4 points, 4 minutes)
#
# In another museum, thieves come on 1% of 10,000 days. Its guard never reports a theft.
#
# 1. Give the four counts. *Positive* is a day with a theft.
# 2. Give the four metrics; where one is undefined, give 0.
#
# The check compares all eight numbers; three decimals are enough.

# %% nbgrader={"grade_id": "lazy-guard", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
days, share_of_thefts = 10_000, 0.01

guard_tp = ...  # number of days: theft, and the guard reported it (true positives)
guard_fp = ...  # number of days: no theft, but the guard reported one (false positives)
guard_fn = ...  # number of days: theft, and the guard reported nothing (false negatives)
guard_tn = ...  # number of days: no theft, and the guard reported nothing (true negatives)
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
# The guard never reports a theft. Which two of the four counts must then be 0?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Every theft is a false negative, and every other day is a true negative. Accuracy divides the days that are right by
# all days, and recall divides the thefts that were found by all thefts.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for a guard who reports a theft on *every* day of a week with one theft:
#
# ```python
# tp, fp, fn, tn = 1, 6, 0, 0
# accuracy = (tp + tn) / 7
# precision, recall = tp / (tp + fp), tp / (tp + fn)
# ```
#
# If a metric divides by 0, it's undefined.
# </details>

# %% [markdown]
# ## 2 · Measure the imbalance
#
# - The **imbalance ratio** is the size of the largest class divided by that of the smallest; 9:1 is a ratio of 9.
# - The **minority share** divides the smallest class by *all* rows. The share of the positive class is its
#   **prevalence**.
#
# If 1% of 10,000 labels are *yes*, what's the ratio?

# %% tags=["guess"]
guess_ratio = ...  # your guess: rows of the majority per row of the minority

# %%
labels = pd.Series(["no"] * 9_900 + ["yes"] * 100)
counts = labels.value_counts()
print(counts.to_string())
print(f"imbalance ratio {counts.max() / counts.min():g}, minority share {counts.min() / counts.sum():.0%}")

# %% [markdown]
# Did you say 100? The ratio compares the two classes, so 1% is 99:1.
#
# In this course, imbalance is **slight** up to a ratio of 1.5 (6:4), **severe** from 100 on, and **moderate** in
# between. Others draw these lines elsewhere.

# %% jupyter={"source_hidden": true}
# The ratios of four real datasets
eights, tumors = load_digits().target == 8, load_breast_cancer().target == 0
counted = {
    "breast tumors: malignant": (len(tumors) - tumors.sum()) / tumors.sum(),
    "digits: is it an 8?": (len(eights) - eights.sum()) / eights.sum(),
    "abalone: 19 rings": (4_174 - 32) / 32,
    "card payments: fraud": (284_807 - 492) / 492,
}  # the first two are counted here, the others by their sources; 4,174 of UCI's 4,177 abalone are in the published set

# %% jupyter={"source_hidden": true}
# The chart of the four ratios
figure, ax = plt.subplots(figsize=(7, 2.4), layout="constrained")
_ = ax.plot(list(counted.values()), list(counted), linestyle="", color=ROLES["model"], marker="o", markersize=9)
for line in (1.5, 100):
    _ = ax.axvline(line, **REFERENCE)
for place, word in ((1.1, "slight"), (12, "moderate"), (320, "severe")):
    _ = ax.text(place, 3.6, word, ha="center", color="0.3")
_ = ax.set(xscale="log", xlim=(0.8, 1_000), ylim=(-0.5, 4.1), xlabel="imbalance ratio (log scale)")
ax.xaxis.set_major_formatter("{x:,.0f}")
plots.captioned(
    ax,
    "Imbalance ratios of four real datasets, each a dot. Dashed lines at 1.5 and 100 separate slight, moderate, and "
    "severe.",
)

# %% [markdown]
# Each dot is one dataset, not its whole field: count your own rows.

# %% [markdown]
# ### Task 1.2 · Measure any labels (4 points, 4 minutes)
#
# Labels are numbers or strings, from two or more classes. The line that counts them is given.
#
# 1. Fill in `ratio` and `minority_share`; three decimals are enough.
# 2. Fill in `severity` as defined above, from the unrounded ratio.
#
# The check calls your function on new labels, some close to a line.


# %% nbgrader={"grade_id": "imbalance-ratio", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def imbalance(labels):
    """Return the imbalance ratio, the minority share, and the severity of labels as a dict."""
    counts = pd.Series(labels).value_counts()  # rows per class, whatever the classes are called
    ratio = ...  # number, 1 or more
    minority_share = ...  # number, 0 to 1
    severity = ...  # "slight", "moderate", or "severe"
    ### BEGIN SOLUTION
    ratio = counts.max() / counts.min()
    minority_share = counts.min() / counts.sum()
    severity = "slight" if ratio <= 1.5 else "moderate" if ratio < 100 else "severe"
    ### END SOLUTION
    return {"ratio": ratio, "minority_share": minority_share, "severity": severity}


# %% nbgrader={"grade_id": "imbalance-ratio-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.imbalance_ratio(*answers("imbalance"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Look at the cell that printed 99. Would any of its lines change with four classes?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Here are the lines in shuffled order. Replace each `...`, and decide what happens exactly at 1.5 and at 100.
#
# ```python
# severity = "slight" if ratio ... 1.5 else "moderate" if ratio ... 100 else "severe"
# minority_share = counts.min() / ...
# ratio = counts.max() / ...
# ```
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for temperatures, with lines at 0 (still "cold") and at 30 (already "hot"):
#
# ```python
# average = readings.sum() / len(readings)
# word = "cold" if average <= 0 else "mild" if average < 30 else "hot"
# ```
# </details>

# %% [markdown]
# ## 3 · What makes imbalance hard
#
# Is it the ratio? Here, logistic regressions learn from random samples of one simulated dataset, 20 draws each. First
# the rows grow at one ratio, then only the negatives. **ROC AUC** says how well a model ranks positives above
# negatives: 0.5 is chance, 1 is perfect. What will a larger ratio do to it?

# %% tags=["guess"]
guess_larger_ratio = ...  # your guess: "rises", "falls", or "stays about the same"

# %% jupyter={"source_hidden": true}
# Models on random samples of one simulated dataset
X_all, y_all = make_classification(80_000, n_features=20, n_informative=10, weights=[0.99], flip_y=0, class_sep=1.0,
                                   n_clusters_per_class=3, random_state=1)  # fmt: skip
X_pool, X_fresh, y_pool, y_fresh = train_test_split(X_all, y_all, test_size=0.25, stratify=y_all, random_state=1)
rare, common = np.flatnonzero(y_pool == 1), np.flatnonzero(y_pool == 0)


def ranking(n_positives, ratio):
    """Return the lowest, mean, and highest ROC AUC of models trained on 20 draws of rows."""
    found = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        taken = np.append(rng.choice(rare, n_positives, False), rng.choice(common, n_positives * ratio, False))
        fitted = LogisticRegression().fit(X_pool[taken], y_pool[taken])
        found.append(roc_auc_score(y_fresh, fitted.decision_function(X_fresh)))
    return min(found), np.mean(found), max(found)


# %% jupyter={"source_hidden": true}
by_number = {n: ranking(n, 20) for n in (5, 20, 80, 320)}

# %% jupyter={"source_hidden": true}
by_ratio = {ratio: ranking(20, ratio) for ratio in (1, 10, 100)}

# %% jupyter={"source_hidden": true}
# Ranking against positives, and against the ratio
figure, panels = plt.subplots(1, 2, figsize=(7, 2.9), sharey=True, layout="constrained")
for ax, found in zip(panels, (by_number, by_ratio), strict=True):
    lowest, mean, highest = np.array(list(found.values())).T
    _ = ax.plot(list(found), mean, "o-", color=ROLES["model"], label="mean of 20 draws")
    _ = ax.fill_between(list(found), lowest, highest, color=ROLES["interval"], label="lowest to highest")
    _ = ax.set(xscale="log", xticks=list(found), xticklabels=list(map(str, found)))
    _ = ax.minorticks_off()
_ = panels[0].set(xlabel="positives to train on (ratio 20)", ylabel="ROC AUC on new rows", ylim=(0.5, 1))
_ = panels[1].set(xlabel="imbalance ratio (20 positives)")
_ = figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
plots.captioned(
    figure,
    "ROC AUC on new rows; horizontal axes are logarithmic. Left: it climbs with the number of positives, and the "
    "draws move closer together. Right: it rises a little to ratio 10, then stays about the same.",
)

# %% [markdown]
# In this simulation (one generator, one model), more positives helped more than more negatives alone. Three things make
# imbalance hard:
#
# 1. **few examples** to learn from and to measure with;
# 2. **unequal costs**: a miss often costs more than a false alarm;
# 3. **metrics and defaults that ignore costs**, such as accuracy and flagging from 0.5 (the **threshold**).

# %% [markdown]
# ### Small probabilities can be right
#
# You'll often read that models "maximize accuracy" and give up on the minority. Logistic regression doesn't: it
# lowers the *log loss*, so it tries to get probabilities right.

# %%
risk = LogisticRegression().fit(X_pool, y_pool).predict_proba(X_fresh)[:, 1]
print(f"share of positives {y_fresh.mean():.1%}, mean predicted probability {risk.mean():.1%}")
for threshold in (0.5, 0.05):
    flagged = risk >= threshold
    found, wrong = y_fresh[flagged].sum(), (1 - y_fresh[flagged]).sum()
    print(f"threshold {threshold}: {found} of {y_fresh.sum()} positives found, {wrong} false alarms")

# %% jupyter={"source_hidden": true}
figure, ax = plt.subplots(figsize=(7, 3), layout="constrained")
ax = plots.score_histogram(y_fresh, risk, threshold=0.5, ax=ax)
_ = ax.set(xlabel="predicted probability")
plots.captioned(
    ax,
    "Predicted probabilities by class, with rows on a log scale. Most positives are left of the threshold at 0.5.",
)

# %% [markdown]
# The mean probability is about right. Most *should* be small, because the class is rare. A lower threshold finds more
# and raises more false alarms, without any new training. Which one is better depends on what errors cost.

# %% [markdown]
# ### Task 1.3 · Which model is right on average? (4 points, 4 minutes)
#
# Models P and Q predict which of 10,000 machines fail next week; 100 do. The arrays `p` and `q` contain their
# probabilities, and both put the machines in the same order. The table shows what they flag.
#
# 1. Sum each model's probabilities to see how many failures it expects. Whole numbers are enough.
# 2. Name the model whose probabilities are right on average.
# 3. Find a threshold at which P flags (`p >= threshold`) exactly as many machines as Q does at 0.5.
# 4. What does P need in practice?
#    - **a** Equal numbers of failed and healthy machines to train on.
#    - **b** Probabilities multiplied until the highest pass 0.5.
#    - **c** A threshold chosen by what errors cost.
#    - **d** Nothing helps: it flags none.
#
# The check counts what P flags at your threshold.

# %% jupyter={"source_hidden": true}
pd.DataFrame(
    {
        "highest probability": [p.max(), q.max()],
        "flagged at 0.5": [(p >= 0.5).sum(), (q >= 0.5).sum()],
        "failures among them": [failed[p >= 0.5].sum(), failed[q >= 0.5].sum()],
    },
    index=["model P", "model Q"],
).round(2)

# %% nbgrader={"grade_id": "believable-model", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
expected_p = ...  # number of failures that P expects among the 10,000 machines
expected_q = ...  # number of failures that Q expects
believable = ...  # "P" or "Q"
threshold_for_p = ...  # number, 0 to 1
p_needs = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
expected_p, expected_q = p.sum(), q.sum()
believable = "P"
threshold_for_p = np.sort(p)[-(q >= 0.5).sum()]
p_needs = "c"
### END SOLUTION

# %% nbgrader={"grade_id": "believable-model-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.believable_model(*answers("expected_p", "expected_q", "believable", "threshold_for_p", "p_needs"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# If ten machines each fail with probability 0.1, how many failures do you expect?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Sum an array with `.sum()`, and compare both sums with the 100 machines that fail. For the threshold, sort `p` and
# count from its upper end, or try a few values and count `(p >= value).sum()` each time.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method on the museum: the threshold that flags exactly the 25 highest values of an array `alarms`.
#
# ```python
# threshold = np.sort(alarms)[-25]
# print((alarms >= threshold).sum())
# ```
# </details>

# %% [markdown]
# ## 4 · Compare with a dummy
#
# A **dummy** is a model that ignores the features. `DummyClassifier(strategy="most_frequent")` predicts the largest class
# for every row, as the silent guard did. The real dataset here contains pictures of handwritten digits: *is it an 8?*
# The setup fitted `model`, a logistic regression, to the training set.

# %%
print(f"{len(y_train)} pictures to train on, {y_train.sum()} of them an 8; {len(y_test)} pictures in the test set")

# %% [markdown]
# ### Task 1.4 · A dummy against a real model (4 points, 5 minutes)
#
# Is `model` better than a dummy? This time, all the code is yours.
#
# 1. Complete `judge` to return accuracy and recall of label 1.
# 2. Fit a `most_frequent` dummy on `X_train` and `y_train`.
# 3. Give both metrics for the dummy and for `model`, on `X_test` and `y_test`. Three decimals are enough.
#
# The check also calls your function on new labels.


# %% nbgrader={"grade_id": "dummy-against-model", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def judge(y_true, y_pred):
    """Return accuracy and recall of the positive class (label 1) as a dict.

    y_true, y_pred: arrays of 0 and 1, one value per row.
    """
    result = ...  # dict with the keys "accuracy", "recall"
    ### BEGIN SOLUTION
    result = {"accuracy": accuracy_score(y_true, y_pred), "recall": recall_score(y_true, y_pred)}
    ### END SOLUTION
    return result


dummy_accuracy = ...  # number, 0 to 1, on the test set
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
# Which rows does recall look at, and which rows does accuracy look at? Section 1 has both definitions.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Here are the lines in shuffled order. Replace each `...`.
#
# ```python
# dummy_recall = judge(y_test, dummy.predict(...))["recall"]
# dummy = DummyClassifier(strategy="most_frequent").fit(..., ...)
# result = {"accuracy": accuracy_score(..., ...), "recall": recall_score(..., ...)}
# ```
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method on the museum, for precision instead of recall. True labels come first.
#
# ```python
# lazy = DummyClassifier(strategy="most_frequent").fit(day.reshape(-1, 1), was_theft)
# says = lazy.predict(day.reshape(-1, 1))
# accuracy_score(was_theft, says), precision_score(was_theft, says, zero_division=0)
# ```
# </details>

# %% [markdown]
# A second dummy flags rows at random, as often as eights occur. What recall will it get?

# %% tags=["guess"]
guess_random_recall = ...  # your guess: a share from 0 to 1

# %% jupyter={"source_hidden": true}
contest = {
    "dummy: most frequent": DummyClassifier(strategy="most_frequent"),
    "dummy: at the base rate": DummyClassifier(strategy="stratified", random_state=1),
    "logistic regression": LogisticRegression(max_iter=1000),
}
says = {name: one.fit(X_train, y_train).predict(X_test) for name, one in contest.items()}
print(f"prevalence {y_test.mean():.2f}")
rows = {
    name: [
        accuracy_score(y_test, said), precision_score(y_test, said, zero_division=0),
        recall_score(y_test, said), f1_score(y_test, said),
    ]
    for name, said in says.items()
}  # fmt: skip
pd.DataFrame(rows, index=["accuracy", "precision", "recall", "F1"]).T.round(2)

# %% [markdown]
# The second dummy's precision and recall are close to the prevalence. By accuracy, the model is a few points above the
# first dummy; by recall, far above it.

# %% jupyter={"source_hidden": true}
techniques = {
    "Measure": ["count classes: 1, 2", "dummies: 1", "metrics, curves: 3", "a fair contest: 6"],
    "Change the data": ["collect more: 1", "drop majority: 4", "add minority: 5", "both, ensembles: 6"],
    "or the costs": ["class weights: 7", "cost matrix: 7", "anomaly detection: 7"],
    "Decide": ["threshold: 1, 3, 7", "fix probabilities: 4, 7", "watch for drift: 7"],
}

# %% jupyter={"source_hidden": true}
# The map of the course
figure, ax = plt.subplots(figsize=(7, 1.9), layout="constrained")
for place, (head, lines) in enumerate(techniques.items()):
    box = {"boxstyle": "round,pad=0.5", "facecolor": "0.9", "edgecolor": "black"}
    _ = ax.text(place, 1, head, ha="center", va="center", weight="bold", fontsize=9, bbox=box)
    _ = ax.text(place, 0.76, "\n".join(lines), ha="center", va="top", fontsize=9, linespacing=1.7)
for start, end in ((0.32, 0.5), (2.45, 2.68)):
    _ = ax.annotate("", (end, 1), (start, 1), arrowprops={"arrowstyle": "-|>", "color": "black"})
_ = ax.set(xlim=(-0.5, 3.5), ylim=(0.1, 1.15))
_ = ax.axis("off")
plots.captioned(
    ax,
    "The course: measure, then change the data or the costs, then decide. Lines name techniques and their lessons.",
)

# %% [markdown]
# Lessons 4 to 7 compare theirs with the simplest one: keep the data, move the threshold.

# %% [markdown]
# ### Task 1.5 · Two problems of your own (4 points, 10 minutes, at home)
#
# Find two problems from your work, town, or hobby whose imbalance is *inherent*: it comes from the world, not from how
# the rows were collected. Double-click the cell below, and write three to five sentences on each:
#
# 1. Name the minority class and a rough ratio, and say why any random sample would show it.
# 2. Say which of section 3's three difficulties matters most, and why.
# 3. Say what result you'd call good, and for whom. Accuracy doesn't count.
#
# A person grades it. Each problem earns 2 points for all three parts or 1 for two; until then, the task
# counts 0. If you're learning alone, reread your text tomorrow and tick for each problem:
#
# - ☐ A stranger would see why it's rare in any random sample.
# - ☐ The difficulty has a "because" that fits this problem and not just any.
# - ☐ The result names a count, a share, or a cost that someone could check, and who wants it.
#
# Three ticks are 2 points, and two ticks are 1. Then run `course reveal 1` in a terminal and compare.

# %% [markdown] nbgrader={"grade_id": "five-problems-reasons", "points": 4, "grade": true, "solution": true, "locked": false, "task": false, "schema_version": 3}
# **Frost in May.** The minority class is nights with frost in May, about 30:1. The climate makes them rare in any
# random sample. Few examples matter most: ten years give about ten such nights to learn from and to test on. A good
# result for a fruit farmer announces nearly all of them the evening before (recall), with at most three false alarms
# per spring, because each costs a night's work.
#
# **Urgent calls.** The minority class is urgent calls to a help line, about 50:1. Most people who call have time;
# that's the nature of a help line. Unequal costs matter most, because a missed urgent call can cost a life and a false
# alarm costs a nurse one minute. A good result finds nearly all urgent calls while the nurses can still answer every
# flagged one.

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which rare things around you matter: discoveries, failures, no-shows, the one urgent letter?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Ask three questions about each problem. How many positives could you collect in a year? What does a miss cost, and
# what does a false alarm cost? Who acts on an alert, and how many alerts can they handle?
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same for another problem: "Cracked eggs are rare (80:1) because the belt is gentle. Unequal costs matter most,
# because a customer who finds one doesn't come back. Good means removing 9 of 10 of them and at most one good egg
# in 100."
# </details>

# %% [markdown]
# ## Quick check
#
# Write your letter in quotes. Your first answer counts; then try the others, because the check explains each.
#
# **Question 1.** A logistic regression screens 20,000 people, and 100 of them are ill. Its accuracy on these people is
# 99.5%. What does this tell you about the 100?
#
# - **a** It finds nearly all of them.
# - **b** It finds more of them than a coin would.
# - **c** Nothing: calling everyone healthy scores as high.
# - **d** Its training data had as many ill people as healthy ones.

# %% nbgrader={"grade_id": "quick-check-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_1 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_1 = "c"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.quick_check_1(*answers("answer_1"))

# %% [markdown]
# **Question 2.** A logistic regression is fitted to 50,000 card payments, 500 of them fraud. On 50,000 new payments,
# 500 of them fraud, its mean probability is 1%, and at a threshold of 0.5 it flags only 20. Why so few?
#
# - **a** It maximizes accuracy, so it gives up on fraud.
# - **b** It rates few as more likely fraud than not.
# - **c** It can't learn from classes this uneven.
# - **d** Its probabilities are all too low and need a factor.

# %% nbgrader={"grade_id": "quick-check-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_2 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_2 = "b"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.quick_check_2(*answers("answer_2"))

# %% [markdown]
# ## Key points
#
# - **Accuracy** mostly describes the majority. A **dummy** shows how much of it is free.
# - The **ratio** divides the largest class by the smallest; the **share** divides by all rows.
# - Few positives, unequal costs, and defaults that ignore them make imbalance hard.
# - A small probability can be right. The **threshold** is your decision.
#
# **Mistakes seen in practice:** accuracy without a dummy (*what does a dummy get?*); balancing before measuring
# (*why?*); a silenced warning that *nothing was flagged* (*how many were?*).

# %% [markdown]
# ### Tomorrow
#
# A model finds 5 of the 6 positives in a test set of 1,000,000 rows. How low could its recall be in the long run?

# %% tags=["bet"]
bet = ...  # your forecast: a number from 0 to 1

# %% [markdown]
# # Optional
#
# Nothing below is graded.

# %% [markdown]
# ### Collect more, but how?
#
# You have 5,000 of section 3's rows, 1% positive. Do you stop, collect more of everything, or collect only positives?

# %% jupyter={"source_hidden": true}
# The three plans compared
plans = {"start": (50, 4_950), "more of everything": (150, 14_850), "only positives": (150, 4_950)}
results = {}
for name, (n_rare, n_common) in plans.items():
    taken = np.append(rare[:n_rare], common[:n_common])
    given = LogisticRegression().fit(X_pool[taken], y_pool[taken]).predict_proba(X_fresh)[:, 1]
    results[name] = {
        "share in training": f"{y_pool[taken].mean():.1%}",
        "mean probability on new rows": f"{given.mean():.1%}",
        "ROC AUC on new rows": f"{roc_auc_score(y_fresh, given):.3f}",
    }
print(f"positives among the new rows: {y_fresh.mean():.1%}")
pd.DataFrame(results).T

# %% [markdown]
# In this one draw, three times as many positives improve the ranking, with or without more negatives. But collecting
# only positives raises the prevalence, which the model then expects everywhere, so its probabilities are too high.
# Lesson 4 corrects them.

# %% [markdown]
# ### Imbalance by construction
#
# Some problems are imbalanced because of how rows are *made*. To recognize people by fingerprints, you compare pairs of
# samples: *genuine* pairs are from one person, *impostor* pairs from two.

# %% jupyter={"source_hidden": true}
# All pairs of 24 samples
owner = np.repeat(np.arange(6), 4)  # six people, four samples each
same = owner[:, None] == owner[None, :]
each_once = np.triu(np.ones_like(same), k=1)  # a pair has no order, and no sample is paired with itself
figure, ax = plt.subplots(figsize=(3.6, 3.4), layout="constrained")
_ = ax.imshow(np.where(each_once, np.where(same, 1.0, 0.25), 0.0), cmap="Greys", vmin=0, vmax=1)
_ = ax.set(xlabel="sample", ylabel="sample", xticks=range(0, 24, 4), yticks=range(0, 24, 4))
plots.captioned(
    ax,
    "All pairs of 24 samples, each pair once. The small dark triangles along the diagonal are genuine pairs, and the "
    "large gray area is impostor pairs.",
)

# %%
owner = np.repeat(np.arange(100), 10)  # a hundred people, ten samples each
first, second = np.triu_indices(len(owner), k=1)
n_genuine = int((owner[first] == owner[second]).sum())
print(f"genuine {n_genuine:,}, impostor {len(first) - n_genuine:,}, ratio {(len(first) - n_genuine) / n_genuine:.0f}")

# %% [markdown]
# No person is rare here, and yet the ratio is severe. It comes from the design, and it grows with every person you add.

# %% [markdown]
# ### Bonus 1 · Count the pairs
#
# The cell above made every pair to count them.
#
# 1. Write a function that *computes* the numbers of genuine and impostor pairs from the numbers of people and of samples
#    per person.
# 2. Make it work for a million people, too, where no one can make all pairs.
#
# The check calls it with a few people and with a million.


# %% nbgrader={"grade_id": "bonus-pairs", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def pairs(people, samples):
    """Return the numbers of genuine and of impostor pairs.

    people, samples: whole numbers; each person gave this many samples.
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
# How many pairs can you make from three things, and how many from four?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# From n things you can make n(n − 1)/2 pairs. Genuine pairs come from one person's samples, all pairs come from all
# samples, and impostor pairs are the rest.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for five teams of three players, where a pair plays chess:
#
# ```python
# within_teams = 5 * (3 * 2 // 2)
# all_games = 15 * 14 // 2
# between_teams = all_games - within_teams
# ```
# </details>

# %% [markdown]
# ### Bonus 2 · Three stories
#
# For each story, choose the class you'd make positive: the one the story asks about, whose misses hurt.
#
# 1. `claims`: In a file of suspects, 80 of 100 insurance claims are fraud. The office searches for fraud.
# 2. `mail`: Of 1,000 emails, 990 are spam. The user looks for the wanted ones among them.
# 3. `bolts`: Of 10,000 bolts, 10 are cracked. A cracked bolt must not leave the factory.

# %% nbgrader={"grade_id": "bonus-positive-class", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
positive = ...  # dict {"claims": "fraud" or "honest", "mail": "spam" or "wanted", "bolts": "cracked" or "whole"}
### BEGIN SOLUTION
positive = {"claims": "fraud", "mail": "wanted", "bolts": "cracked"}
### END SOLUTION

# %% nbgrader={"grade_id": "bonus-positive-class-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, challenge as check

check.bonus_positive_class(*answers("positive"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which class does somebody search for in each story, whatever the counts are?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# The positive class is the majority in exactly one of the stories.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same for another story, a search for the few seeds that germinate:
#
# ```python
# positive = {"seeds": "germinates"}
# ```
# </details>

# %% [markdown]
# ### Find the bug
#
# A colleague silenced a warning. Since then, this report gives a model that flags nothing a precision of 0, as if all
# its alerts were wrong.
#
# 1. Fix the function so that the precision is `None` (not `nan`) when nothing was flagged.
# 2. Keep a precision of 0 where there are alerts and all of them are wrong.
#
# The check tries models with some alerts, with none, and with only wrong ones.

# %% nbgrader={"grade_id": "find-the-bug", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
import warnings


def report(y_true, y_pred):
    """Return the number of rows flagged as positive, and the precision; arrays of 0 and 1, one value per row."""
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
# What is the denominator of precision for a model that flags nothing?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Count the flagged rows first. If there are none, return `None`; otherwise compute the precision.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for the recall of a day that may have no positives:
#
# ```python
# positives = int(np.sum(y_true))
# recall = recall_score(y_true, y_pred) if positives else None
# ```
# </details>

# %% [markdown]
# ## Questions from learners

# %% [markdown]
# **What techniques are there?** Section 4's map lists them. Start at its two ends: without a good measure you can't see
# whether anything helped, and a threshold moves without training.
#
# **Does a ratio of 100 with plenty of positives need balancing?** It depends on model and metric. Here are two models
# of section 3's dataset, one with balanced class weights. Both get 1,000 alerts, so that only their ranking counts:

# %% jupyter={"source_hidden": true}
from sklearn.metrics import average_precision_score

compared = {}
for name, weights in {"no weights": None, "balanced weights": "balanced"}.items():
    given = LogisticRegression(class_weight=weights).fit(X_pool, y_pool).predict_proba(X_fresh)[:, 1]
    top = np.argsort(-given)[:1_000]
    compared[name] = {
        "ROC AUC": roc_auc_score(y_fresh, given),
        "average precision": average_precision_score(y_fresh, given),
        "found in 1,000 alerts": y_fresh[top].sum() / y_fresh.sum(),
        "found at 0.5": y_fresh[given >= 0.5].sum() / y_fresh.sum(),
        "mean probability": given.mean(),
    }
print(f"positives to train on: {y_pool.sum()}; prevalence {y_fresh.mean():.2f}")
pd.DataFrame(compared).T.round(2)

# %% [markdown]
# With weights, the scores rose, so far more are found at 0.5. That's what people notice. The ranking changed, too: the
# ROC AUC is higher, but in 1,000 alerts, the model without weights finds more. Only its mean probability is close to
# the prevalence. This is one split of one simulated dataset; lessons 3 to 7 measure with intervals.

# %% [markdown]
# **Is every imbalanced problem anomaly detection?** No. An anomaly is *unlike the rest*, and a rare class needn't be:
# an 8 is an ordinary digit. Here an isolation forest learns all other digits and flags what looks unusual. A logistic
# regression learns from ten labeled eights:

# %% jupyter={"source_hidden": true}
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
print(f"logistic regression, ten labeled eights:   ROC AUC {np.mean(with_ten):.2f}", end=" ")
print(f"(five draws: {min(with_ten):.2f} to {max(with_ten):.2f})")

# %% [markdown]
# On these digits, a few labels say more than "this looks unusual". Where positives really are outliers, it can be the
# reverse. Lesson 7 compares both on payments.

# %% [markdown]
# ## Further reading
#
# - Alpaydin and Kaynak (1998), *Optical recognition of handwritten digits*, UCI Machine Learning Repository,
#   doi.org/10.24432/C50P49: the digits.
# - Dal Pozzolo and others (2015), *Calibrating probability with undersampling for unbalanced classification*, IEEE
#   Symposium on Computational Intelligence and Data Mining, doi.org/10.1109/SSCI.2015.33: the card payments.
# - Nash and others (1994), *Abalone*, UCI Machine Learning Repository, doi.org/10.24432/C55C7W: the abalone.
# - Van den Goorbergh and others (2022), *The harm of class imbalance corrections for risk prediction models*, Journal of
#   the American Medical Informatics Association 29, doi.org/10.1093/jamia/ocac093: what balancing does to probabilities.
# - Weiss (2004), *Mining with rarity: a unifying framework*, SIGKDD Explorations 6, doi.org/10.1145/1007730.1007734:
#   few positives and a large ratio are two kinds of rarity, absolute and relative.
# - Wolberg, Mangasarian, Street and Street (1993), *Breast cancer Wisconsin (diagnostic)*, UCI Machine Learning
#   Repository, doi.org/10.24432/C5DW2B: the tumors.
#
# **Next:** lesson 2 shows what 9:1, 99:1, and 999:1 look like.
