# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 03-metrics, version: "2.0"}
# ---

# %% [markdown]
# # Lesson 3 · Metrics
#
# **Which number should you trust when one class is rare?** After this lesson you can
#
# 1. work out precision, recall, and related metrics from four counts;
# 2. tell ranking, calibration, and decision apart, and choose a metric for each;
# 3. compare a ranking with its chance level, and work out precision at another prevalence;
# 4. choose a threshold for a required recall or from costs, and test it on other data.
#
# **Time** 24 and 31 minutes, in two sittings · **Needs** lesson 2 · **Points** 20, in seven tasks

# %% [markdown]
# The next cells load the records of real patients with thyroid tests (Quinlan 1986); 4.6% had an underactive thyroid.
# A logistic regression learns from half of them and scores the others. It doesn't see TSH, TT4, or FTI, because the
# diagnosis nearly follows from these laboratory values.

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn
from sklearn import metrics
from sklearn.calibration import CalibrationDisplay
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from imbalanced_course import datasets, plots, scoreboard
from imbalanced_course.plots.style import MAJORITY, MINORITY
from imbalanced_course.real_data import load_thyroid
from imbalanced_course.score_sets import scored_day

sklearn.set_config(display="text")
plt.style.use("imbalanced_course.plots.course")

# %% nbgrader={"grade_id": "setup-columns", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
# Prepare the columns: missing numbers become the median, numbers
# get mean 0 and standard deviation 1, and categories become columns of
# 0 and 1.
prepare = make_column_transformer(
    (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), make_column_selector(dtype_include="number")),
    (OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_include="category")),
)
unseen = [f"{name}{end}" for name in ("tsh", "tt4", "fti") for end in ("", "_measured")]  # see datasets/thyroid/CARD.md

# %% nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
patients = load_thyroid().drop_duplicates().drop(columns=unseen)
is_ill = patients.pop("hypothyroid")  # 1 where the thyroid is underactive
X_train, X_test, y_train, y_test = train_test_split(patients, is_ill, test_size=0.5, stratify=is_ill, random_state=1)
model = make_pipeline(prepare, LogisticRegression(max_iter=1000)).fit(X_train, y_train)
scores = model.predict_proba(X_test)[:, 1]  # probability of class 1, one per row
labels = (scores >= 0.5).astype(int)  # 1 where the patient is flagged

# %% nbgrader={"grade_id": "setup-days", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
# Simulated days of 20,000 payments, 1% of them fraud, each with the
# score of some model: columns `is_fraud` and `score`.
validation, test = scored_day(roc_auc=0.98, seed=11), scored_day(roc_auc=0.98, seed=12)
strong_day, weak_day = scored_day(roc_auc=0.99, seed=5), scored_day(roc_auc=0.95, seed=6)

# %% [markdown]
# ## Two questions from before
#
# At the end of lesson 2 you bet on how many of 100 alerts are fraud.

# %% jupyter={"source_hidden": true}
from imbalanced_course.bets import last_bet

last_bet("intuition")

# %% [markdown]
# The picture of 1,000 payments in section 2 settles it. Now two questions; write the letter of your choice in quotes.
#
# **Question 1.** A test set has 1,000,000 rows, and 8 of them are positive. The model finds 6 of the 8. How well do you
# know its recall?
#
# - **a** Exactly, because the test set has a million rows.
# - **b** Within about 0.01, as for any test set above 10,000 rows.
# - **c** Not at all, because recall is undefined for rare classes.
# - **d** Only roughly, because it rests on eight positives.

# %% nbgrader={"grade_id": "before-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
before_1 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
before_1 = "d"
### END SOLUTION

# %% nbgrader={"grade_id": "before-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.before_1(*answers("before_1"))

# %% [markdown]
# **Question 2.** Of 500 museum days, 5 had a theft. A dummy says "no theft" every day. What are its accuracy and its
# recall?
#
# - **a** 0.99 and 0.99
# - **b** 0.99 and 0
# - **c** 0.01 and 1
# - **d** 0.5 and 0.5

# %% nbgrader={"grade_id": "before-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
before_2 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
before_2 = "b"
### END SOLUTION

# %% nbgrader={"grade_id": "before-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.before_2(*answers("before_2"))

# %% [markdown]
# ## 1 · Three questions, not one
#
# Each question has its own metrics, and they're easily mixed up.
#
# | question | what it reads | metrics |
# | --- | --- | --- |
# | **Ranking**: do positives score higher than negatives? | the order of the scores | ROC AUC, average precision |
# | **Calibration**: of 100 rows with a score of 0.3, are about 30 positive? | the size of the scores | Brier score |
# | **Decision**: are the right rows flagged? | scores and a threshold | precision, recall, F1, cost |
#
# The **Brier score** is the mean squared difference between the predicted probability and what happened (0 or 1), so
# lower is better. It judges calibration and ranking together; the reliability curve of section 4 shows calibration
# alone. You'll meet the other metrics one by one.

# %% [markdown]
# ## 2 · Four counts behind every decision
#
# A **threshold** turns scores into a decision: rows at or above it are **flagged**. Each row is then one of four
# things. It's a hit (true positive, TP), a false alarm (false positive, FP), a miss (false negative, FN), or correctly
# not flagged (true negative, TN).
#
# Of the 1,543 test patients, 71 are ill (the positives). Guess what share of the 71 the model flags at the usual
# threshold of 0.5.

# %% tags=["guess"]
guess_found = ...  # share of the ill patients that score 0.5 or more, 0 to 1

# %%
print(f"flagged: {labels[y_test == 1].sum()} of {y_test.sum()} ill patients, or {recall_score(y_test, labels):.0%}")

# %% jupyter={"source_hidden": true}
# The scores at three thresholds
figure, panels = plt.subplots(3, 1, figsize=(7, 5.6), layout="constrained", sharex=True)
for panel, cut in zip(panels, (0.5, 0.3, 0.1), strict=True):
    _ = plots.score_histogram(y_test, scores, threshold=cut, ax=panel)
    tn, fp, fn, tp = metrics.confusion_matrix(y_test, scores >= cut).ravel()
    counts = f"{tp} hits, {fp} false alarms, {fn} misses, {tn:,} correctly not flagged"
    _ = panel.set(title=f"threshold {cut}: {counts}", xlabel="", ylabel="rows (log)")
    panel.get_legend().remove()
_ = panels[2].set_xlabel("score")
handles, names = panels[2].get_legend_handles_labels()
_ = figure.legend(handles[:2], names[:2], loc="outside lower center", ncols=2)
plots.captioned(
    figure,
    "Three panels with the same histogram of scores: filled bars are negatives, hatched bars are positives. A dotted "
    "line marks the threshold, and the title gives the four counts. As the line moves left, hits and false alarms rise.",
)

# %% [markdown]
# The four counts form the **confusion matrix**, and every decision metric is computed from them. In scikit-learn,
# `ConfusionMatrixDisplay` draws the matrix, and `classification_report` lists the usual metrics.

# %% jupyter={"source_hidden": true}
# The confusion matrix
figure, ax = plt.subplots(figsize=(3.4, 3), layout="constrained")
options = {"cmap": "Blues", "colorbar": False, "text_kw": {"color": "black"}, "im_kw": {"vmin": 0, "vmax": 3_000}}
_ = metrics.ConfusionMatrixDisplay.from_predictions(y_test, labels, ax=ax, display_labels=["well", "ill"], **options)
plots.captioned(
    ax,
    "The confusion matrix at the threshold 0.5. Rows are the true class and columns the predicted class, so the lower "
    "left cell counts the ill patients who are missed. They outnumber the hits.",
)

# %%
print(metrics.classification_report(y_test, labels, target_names=["well", "ill"]))

# %% [markdown]
# Read the row *ill*; `support` is its number of rows. The row *well* and the accuracy look excellent because most
# patients are well. The macro average mixes both rows, so the common class lifts it.
#
# | metric | formula | meaning |
# | --- | --- | --- |
# | **accuracy** | (TP + TN) / all | share of all rows that are right |
# | **precision** | TP / (TP + FP) | share of flagged rows that are positive |
# | **recall** (sensitivity) | TP / (TP + FN) | share of positive rows that are flagged |
# | **specificity** | TN / (TN + FP) | share of negative rows that aren't flagged |
# | **false positive rate** | FP / (TN + FP) | share of negative rows that are flagged |
# | **balanced accuracy** | (recall + specificity) / 2 | the mean over the two classes |
# | **F1** | 2PR / (P + R) | the harmonic mean of precision P and recall R |
#
# A **harmonic mean** is pulled toward the smaller number: for 0.9 and 0.1 it's 0.18, not 0.5. Two different pairs can
# have the same F1, so always report precision and recall beside it. Precision is undefined (0/0) when nothing is
# flagged. scikit-learn then returns 0 and warns, and the warning is worth reading.
#
# Back to your bet: 1% of 1,000 payments are fraud, and a model flags 80% of the fraud and 5% of the honest payments.
# What is its precision?

# %% jupyter={"source_hidden": true}
place = np.arange(1_000)
figure, ax = plt.subplots(figsize=(7, 3.3), layout="constrained")
for name, chosen, look in (
    ("8 hits", place < 8, {**MINORITY, "s": 34}),
    ("2 misses", (place >= 8) & (place < 10), {"marker": "^", "s": 34, "facecolor": "white", "edgecolor": "black"}),
    ("50 false alarms", (place >= 10) & (place < 60), {"s": 30, "color": "black"}),
    ("940 correctly not flagged", place >= 60, {**MAJORITY, "s": 10, "alpha": 0.6}),
):
    _ = ax.set_axis_off(), ax.scatter(place[chosen] // 20, -(place[chosen] % 20), label=name, **look)
_ = figure.legend(loc="outside lower center", ncols=4)
plots.captioned(
    ax,
    "One symbol per payment: 8 filled triangles are hits, 2 hollow triangles are misses, 50 black dots are false alarms, "
    "and 940 small pale dots aren't flagged. The black dots far outnumber the filled triangles.",
)

# %% [markdown]
# How far off was your bet? The false positive rate is small, but it applies to a crowd, so 8 of 58 alerts are right.
# That's 14 of 100.

# %% [markdown]
# ### Task 3.1 · Six metrics from four counts (3 points, 4 minutes)
#
# In one hour 10,000 payments came in, and 120 of them were fraud. A model flagged 80 payments, and 60 of those were
# fraud.
#
# 1. Compute the six metrics from the four counts in the cell, as shares from 0 to 1. Three decimals are enough.
#
# The check compares each of the six numbers.

# %% nbgrader={"grade_id": "metrics-by-hand", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
tp, fp, fn, tn = 60, 20, 60, 9_860  # counts of payments

accuracy = ...  # number, 0 to 1
precision = ...  # number, 0 to 1
recall = ...  # number, 0 to 1
specificity = ...  # number, 0 to 1
f1 = ...  # number, 0 to 1
balanced_accuracy = ...  # number, 0 to 1
### BEGIN SOLUTION
accuracy = (tp + tn) / (tp + fp + fn + tn)
precision = tp / (tp + fp)
recall = tp / (tp + fn)
specificity = tn / (tn + fp)
f1 = 2 * precision * recall / (precision + recall)
balanced_accuracy = (recall + specificity) / 2
### END SOLUTION

# %% nbgrader={"grade_id": "metrics-by-hand-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.metrics_by_hand(*answers("accuracy", "precision", "recall", "specificity", "f1", "balanced_accuracy"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which rows are in the denominator: all rows, the flagged ones, the positive ones, or the negative ones?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Precision divides the hits by the flagged rows, recall by the positive rows. Specificity divides the correctly
# unflagged rows by the negative rows. F1 is the harmonic mean of precision and recall, and balanced accuracy is the
# ordinary mean of recall and specificity.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on other counts, a screening with 3 hits, 1 false alarm, 2 misses, and 94 people correctly not flagged:
#
# ```python
# screened_precision = 3 / (3 + 1)
# screened_recall = 3 / (3 + 2)
# screened_specificity = 94 / (94 + 1)
# screened_f1 = 2 * screened_precision * screened_recall / (screened_precision + screened_recall)
# ```
# </details>

# %% [markdown]
# ## 3 · Ranking
#
# The two metrics of this section look at all thresholds at once. If you lower the threshold step by step, each step
# adds a point to two curves. The **ROC curve** plots recall against the false positive rate. The **precision-recall
# curve** plots precision against recall.
#
# - **ROC AUC** is the area under the first curve. It's also the chance that a random positive scores higher than a
#   random negative, where ties count half. Its chance level is 0.5.
# - **Average precision** summarizes the second curve: the precision at each threshold, weighted by the step in recall.
#
# Guess the average precision of a model that only shuffles its scores, on these test patients.

# %% tags=["guess"]
guess_chance = ...  # average precision of shuffled scores, 0 to 1

# %%
shuffle = np.random.default_rng(1)
by_chance = [average_precision_score(y_test, shuffle.permutation(scores)) for _ in range(50)]
print(f"model:        ROC AUC {roc_auc_score(y_test, scores):.3f}", end=", ")
print(f"average precision {average_precision_score(y_test, scores):.3f}")
print(f"50 shuffles:  average precision {np.mean(by_chance):.4f} on average")
print(f"share of positives, the ill patients: {y_test.mean():.4f}")

# %% jupyter={"source_hidden": true}
# The ROC curve and the precision-recall curve
figure, (left, right) = plt.subplots(1, 2, figsize=(7, 3.6), layout="constrained")
_ = metrics.RocCurveDisplay.from_predictions(y_test, scores, name="model", plot_chance_level=True, ax=left)
_ = metrics.PrecisionRecallDisplay.from_predictions(y_test, scores, name="model", plot_chance_level=True, ax=right)
for panel, axes_names in ((left, ("false positive rate", "recall")), (right, ("recall", "precision"))):
    _ = panel.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), frameon=False)
    _ = panel.set(xlabel=axes_names[0], ylabel=axes_names[1])
plots.captioned(
    figure,
    "The same scores twice. Left: the ROC curve rises steeply and stays above its dashed chance diagonal. Right: "
    "precision starts high and falls as recall grows. Its dashed chance level is a flat line close to zero.",
)

# %% [markdown]
# Was your guess near the share of positives, the **prevalence**? That's nearly average precision's chance level, so
# always report the two together. Because false alarms come from the negatives, average precision depends on the
# prevalence even when the model doesn't change. The table scores three simulated days of payments from one recipe, and
# there, fraud is positive.

# %% jupyter={"source_hidden": true}
rows = []
for share in (0.5, 0.1, 0.01):
    drawn = scored_day(roc_auc=0.95, prevalence=share, seed=7)
    auc, ap = (score(drawn["is_fraud"], drawn["score"]) for score in (roc_auc_score, average_precision_score))
    rows.append({"prevalence": share, "ROC AUC": auc, "average precision": ap, "times chance": ap / share})
pd.DataFrame(rows).set_index("prevalence").round(3)

# %% [markdown]
# The recipe fixes ROC AUC, apart from chance. It can, because each axis of the ROC curve looks at one class only. So
# compare two models by average precision on the same dataset, never across datasets. You'll often read that average
# precision is the better metric for rare classes. McDermott and others (2024) argue against that as a general rule:
# average precision rewards changes among the high scores, whether the classes are balanced or not. Ask which mistakes
# matter to you, then choose.
#
# Both metrics need *scores*. If you pass labels, they judge a single threshold and call it a ranking.

# %% [markdown]
# ### Task 3.2 · A ranking and its chance level (3 points, 4 minutes)
#
# A colleague reports an average precision of 0.3 and asks whether that's good. Compare it with chance.
#
# 1. Take true labels and scores, and compute the `average_precision`.
# 2. Get the approximate `chance_level` from the labels, without shuffling.
# 3. Divide the first by the second to get `times_chance`.
# 4. Return the three numbers as a dict. Don't round them.
#
# The check calls your function on labels and scores you haven't seen.


# %% nbgrader={"grade_id": "average-precision", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def ranking(y_true, scores):
    """Return average precision, its chance level, and the first divided by the second, as a dict of numbers.

    y_true: array of 0 and 1, one value per row. scores: array of probabilities of class 1, one per row.
    """
    result = ...  # dict with the keys "average_precision", "chance_level", "times_chance"
    ### BEGIN SOLUTION
    reached, chance = average_precision_score(y_true, scores), np.mean(y_true)
    result = {"average_precision": reached, "chance_level": chance, "times_chance": reached / chance}
    ### END SOLUTION
    return result


# %% nbgrader={"grade_id": "average-precision-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.average_precision(*answers("ranking"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# What did the 50 shuffles reach in section 3, and which number printed below them is nearly the same?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Here are the lines in shuffled order. Replace each `...`. The chance level is the prevalence, the share of ones.
#
# ```python
# result = {"average_precision": reached, "chance_level": chance, "times_chance": ... / ...}
# chance = np.mean(...)
# reached = average_precision_score(..., ...)
# ```
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for ROC AUC, whose chance level is always 0.5:
#
# ```python
# area, area_by_chance = roc_auc_score(y_test, scores), 0.5
# summary_of_area = {"roc_auc": area, "chance_level": area_by_chance, "times_chance": area / area_by_chance}
# ```
# </details>

# %% [markdown]
# ### Task 3.3 · Square roots of the scores (4 points, 4 minutes)
#
# Back to payments: `test` is a simulated day of 20,000, with the columns `is_fraud` and `score`. A colleague replaces
# each score with its square root, so that 0.04 becomes 0.2 and 0.25 becomes 0.5.
#
# 1. Write `"stays"` or `"moves"` into the four `word_` names *before* you compute anything.
# 2. Then compute the square roots' Brier score (`metrics.brier_score_loss`) and their recall at the threshold 0.5. Four
#    decimals are enough.
#
# The check looks at your four words and your two numbers. You may correct your words after step 2.

# %% nbgrader={"grade_id": "square-roots", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
word_roc_auc = ...  # "stays" or "moves"
word_average_precision = ...  # "stays" or "moves"
word_brier = ...  # "stays" or "moves"
word_recall = ...  # "stays" or "moves": recall at the threshold 0.5

brier_of_roots = ...  # number: Brier score of the square roots
recall_of_roots = ...  # number, 0 to 1: recall of the square roots at the threshold 0.5
### BEGIN SOLUTION
word_roc_auc = word_average_precision = "stays"
word_brier = word_recall = "moves"
roots = np.sqrt(test["score"])
brier_of_roots = metrics.brier_score_loss(test["is_fraud"], roots)
recall_of_roots = recall_score(test["is_fraud"], roots >= 0.5)
### END SOLUTION

# %% nbgrader={"grade_id": "square-roots-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.square_roots(
    *answers("word_roc_auc", "word_average_precision", "word_brier", "word_recall"),
    *answers("brier_of_roots", "recall_of_roots"),
)

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Look at the middle column of the table in section 1. Does a square root change the order of two scores? Does it
# change their size?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Here are the lines of step 2 in shuffled order. Replace each `...`. The true labels come first in both calls.
#
# ```python
# recall_of_roots = recall_score(test["is_fraud"], ... >= 0.5)
# brier_of_roots = metrics.brier_score_loss(test["is_fraud"], ...)
# roots = np.sqrt(...)
# ```
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method on the model's test rows, with squares instead of roots:
#
# ```python
# squares = scores**2
# print(metrics.brier_score_loss(y_test, scores), metrics.brier_score_loss(y_test, squares))
# print(recall_score(y_test, scores >= 0.5), recall_score(y_test, squares >= 0.5))
# ```
# </details>

# %% [markdown]
# End of the first sitting. The square roots show why there are three questions: the ranking stayed, while calibration and decision moved.

# %% [markdown]
# # Second sitting · Probabilities and decisions
#
# If you've closed the notebook in between, choose *Run* → *Run All Above Selected Cell* first.

# %% [markdown]
# ## 4 · Calibration
#
# A model is **calibrated** if its scores mean what they say: about 30% of the payments with a score near 0.3 are fraud.
# A **reliability curve** compares the two, here for a long simulated day's scores and their square roots. Guess first:
# what share of the payments whose *root* is near 0.5 is fraud?

# %% jupyter={"source_hidden": true}
long_day = scored_day(roc_auc=0.985, payments=60_000, seed=13)
truth, plain = long_day["is_fraud"], long_day["score"]
sizes = {"scores": plain, "square roots": np.sqrt(plain)}

# %% tags=["guess"]
guess_share = ...  # share of fraud among payments whose square root is near 0.5, 0 to 1

# %% jupyter={"source_hidden": true}
# Two reliability curves, and the rows in each bin
figure, (ax, below) = plt.subplots(2, 1, figsize=(6, 5.4), layout="constrained", height_ratios=(3, 1.2), sharex=True)
for (name, values), marker, line in zip(sizes.items(), "o^", ("-", "-."), strict=True):
    look = {"marker": marker, "linestyle": line}
    _ = CalibrationDisplay.from_predictions(truth, values, n_bins=10, name=name, ax=ax, **look)
    _ = below.plot(np.arange(10) / 10 + 0.05, np.histogram(values, bins=10, range=(0, 1))[0], **look)
_ = ax.set(xlabel="", ylabel="share of fraud in the bin")
_ = ax.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
_ = below.set(xlabel="score", ylabel="rows in the bin", yscale="log")
plots.captioned(
    figure,
    "Top: two reliability curves, the share of fraud against the mean score in ten bins. The scores (dots) stay near the "
    "dotted diagonal, except for one of the bins with few rows. Their square roots (triangles) sag far below it. Bottom: "
    "rows per bin, on a log scale.",
)

# %% jupyter={"source_hidden": true}
forecasts = {**sizes, "1% for every payment": 0 * plain + 0.01}
table = {
    "ROC AUC": lambda s: roc_auc_score(truth, s),
    "average precision": lambda s: average_precision_score(truth, s),
    "Brier score": lambda s: metrics.brier_score_loss(truth, s),
    "recall at 0.5": lambda s: recall_score(truth, s >= 0.5),
    "precision at 0.5": lambda s: precision_score(truth, s >= 0.5, zero_division=0),
}
pd.DataFrame({name: {row: score(s) for row, score in table.items()} for name, s in forecasts.items()}).round(4)

# %% [markdown]
# What surprised you? With a rare class, even a forecast that knows nothing has a small Brier score, so compare with
# the last column, which predicts the prevalence for every payment. The Brier score is a **proper score**: on average, no other forecast beats the
# true probability (Brier 1950; Gneiting and Raftery 2007).
#
# The roots flag more fraud at 0.5 although the model learned nothing new. Taking roots *moved the threshold in
# disguise* and made the probabilities worse.

# %% [markdown]
# ## 5 · Choose a threshold
#
# The threshold 0.5 is only a default. The figure shows what each threshold gives on the day `validation`.

# %% jupyter={"source_hidden": true}
# Three metrics at every threshold
figure, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
_ = plots.threshold_curves(validation["is_fraud"], validation["score"], threshold=0.5, ax=ax)
plots.captioned(
    figure,
    "Precision, recall, and F1 at every threshold. From right to left, recall only rises, and precision falls in zigzags. "
    "F1 peaks to the left of the dotted line at 0.5.",
)

# %% [markdown]
# When a threshold falls, more rows are flagged, so recall can't fall. Precision can go either way. Try only the scores
# as thresholds, because nothing changes between them. A row exactly at the threshold is flagged (`score >= threshold`).
#
# A **tuned threshold** is part of the model. Choose it on **validation** data and report its results on unused **test**
# data. Guess what happens otherwise: someone picks the threshold with the best F1 on one small day. What share of that
# F1 is left a day later, on average?

# %% tags=["guess"]
guess_left = ...  # F1 one day later divided by the F1 reported, 0 to 1

# %% jupyter={"source_hidden": true}
later, peeked = [], []
for seed in range(30):
    today, tomorrow = (scored_day(roc_auc=0.98, payments=3_000, seed=[8, seed, n]) for n in (0, 1))
    p, r, cuts = metrics.precision_recall_curve(today["is_fraud"], today["score"])
    p, r = p[:-1], r[:-1]  # the curve's last point (precision 1, recall 0) belongs to no threshold
    all_f1 = 2 * p * r / np.maximum(p + r, 1e-9)  # never a division by 0
    peeked.append(all_f1.max())
    later.append(f1_score(tomorrow["is_fraud"], tomorrow["score"] >= cuts[all_f1.argmax()]))
print("30 simulated pairs of days, 30 frauds a day")
print(f"mean F1 where the threshold was chosen {np.mean(peeked):.3f}, one day later {np.mean(later):.3f}")

# %% [markdown]
# Were you too optimistic? With few positives, the best threshold is partly luck, and the luck doesn't repeat.

# %% [markdown]
# ### Task 3.4 · A threshold for recall (4 points, 5 minutes)
#
# On the day `validation`, three quarters of the fraud must be found, with as few false alarms as possible.
#
# 1. Write a function that returns the **highest threshold whose recall is at least** `wanted`.
# 2. Use it to choose `threshold` for a recall of 0.75 on `validation`, which has `test`'s columns. Don't round it.
# 3. Report recall and precision of that threshold on the day `test`. Three decimals are enough.
#
# The check calls your function on labels and scores you haven't seen, with ties among them.


# %% nbgrader={"grade_id": "threshold-for-recall", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def threshold_for_recall(y_true, scores, wanted):
    """Return the highest threshold at which `score >= threshold` has a recall of at least `wanted`.

    y_true: array of 0 and 1. scores: array of numbers, one per row. wanted: above 0, up to 1. Returns a number.
    """
    of_positives = np.sort(scores[y_true == 1])[::-1]  # the positives' scores from high to low
    answer = ...  # number
    ### BEGIN SOLUTION
    recalls = np.arange(1, len(of_positives) + 1) / len(of_positives)
    answer = of_positives[recalls >= wanted][0]
    ### END SOLUTION
    return answer


threshold = ...  # number, 0 to 1: for recall 0.75, chosen on `validation`
test_recall = ...  # number, 0 to 1: on `test`
test_precision = ...  # number, 0 to 1: on `test`
### BEGIN SOLUTION
threshold = threshold_for_recall(validation["is_fraud"].to_numpy(), validation["score"].to_numpy(), 0.75)
test_recall = recall_score(test["is_fraud"], test["score"] >= threshold)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)
### END SOLUTION

# %% nbgrader={"grade_id": "threshold-for-recall-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.threshold_for_recall(*answers("threshold_for_recall", "threshold", "test_recall", "test_precision"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Recall changes only when the threshold passes the score of a positive. What's the recall if the k-th highest score of
# a positive is the threshold?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Here are the lines in shuffled order; the first one belongs below the function. Replace each `...`.
#
# ```python
# threshold = threshold_for_recall(validation["is_fraud"].to_numpy(), ..., 0.75)
# answer = of_positives[recalls >= ...][0]
# recalls = np.arange(1, len(of_positives) + 1) / ...
# ```
#
# `metrics.precision_recall_curve` works, too, if you leave out the curve's last point.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for specificity, the recall of the negatives, on the model's test rows. It looks for the lowest score
# of a well patient that leaves at least 99% of them unflagged, if none tie:
#
# ```python
# of_negatives = np.sort(scores[y_test == 0])
# specificities = np.arange(len(of_negatives)) / len(of_negatives)
# lowest = of_negatives[specificities >= 0.99][0]
# print(np.mean(scores[y_test == 0] < lowest))
# ```
# </details>

# %% [markdown]
# ## 6 · A threshold from costs
#
# If you know what a false alarm and a miss cost, you don't need a required recall. In this course, right decisions cost
# nothing. Take a payment with fraud probability p. Not flagging it costs p × miss on average, and flagging it costs
# (1 − p) × false alarm. Flagging is at least as cheap when p reaches
#
# **t\* = false alarm / (false alarm + miss)**.
#
# The formula contains costs but no prevalence, and it needs calibrated probabilities. Guess t\* for a false alarm of
# €10 and a miss of €1,000, and see which threshold is cheapest.

# %% tags=["guess"]
guess_threshold = ...  # the cheapest threshold, 0 to 1

# %% jupyter={"source_hidden": true}
best = 10 / (10 + 1_000)
figure, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
for (name, values), look in zip(sizes.items(), ("-", "-."), strict=True):
    costs = scoreboard.costs_by_threshold(truth, values, cost_miss=1_000, cost_false_alarm=10)
    _ = ax.plot(costs["threshold"], costs["cost"], look, label=name)
_ = ax.axvline(best, color="black", linestyle=":", label=f"t* = {best:.4f}")
_ = ax.axvline(0.5, color="grey", linestyle="--", label="0.5")
_ = ax.set(xscale="log", xlim=(0.0005, 1), xlabel="threshold (log scale)", ylabel="cost of the day (€)", ylim=(0, None))
ax.yaxis.set_major_formatter("{x:,.0f}")
_ = ax.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
plots.captioned(
    figure,
    "Cost against the threshold for the scores (solid) and their square roots (dash-dotted). The solid line has its "
    "minimum near the dotted line t*. The other line has its minimum much further right, and both cost more at 0.5.",
)

# %% [markdown]
# For the scores, t\* is close to the cheapest threshold (and to the prevalence, by chance). For the square roots, it
# flags far too many payments. Tuning repairs the roots' threshold but not their probabilities.

# %% [markdown]
# ### Task 3.5 · A threshold from costs (2 points, 4 minutes)
#
# For another bank a false alarm costs €20 and a missed fraud €500. The scores of the day `test` are calibrated.
#
# 1. Complete the function so that it returns t\*. Don't round.
# 2. Compute the total cost of the mistakes on the day `test` at the threshold 0.5, in euros.
# 3. Compute it at this bank's t\*.
#
# The check calls your function with other costs and compares both amounts.


# %% nbgrader={"grade_id": "threshold-from-costs", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def threshold_from_costs(false_alarm, miss):
    """Return the cheapest threshold for calibrated probabilities, from two costs above 0 in euros."""
    answer = ...  # number, 0 to 1
    ### BEGIN SOLUTION
    answer = false_alarm / (false_alarm + miss)
    ### END SOLUTION
    return answer


cost_at_half = ...  # euros: all mistakes on `test` at the threshold 0.5
cost_at_best = ...  # euros: all mistakes on `test` at your threshold for these costs
### BEGIN SOLUTION
y_day, s_day = test["is_fraud"], test["score"]
cost_at_half, cost_at_best = (
    500 * np.sum((y_day == 1) & (s_day < cut)) + 20 * np.sum((y_day == 0) & (s_day >= cut))
    for cut in (0.5, threshold_from_costs(20, 500))
)
### END SOLUTION

# %% nbgrader={"grade_id": "threshold-from-costs-check", "points": 2, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.threshold_from_costs(*answers("threshold_from_costs", "cost_at_half", "cost_at_best"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which two of the four counts cost something? Count each of them at the threshold.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Here are the lines for one threshold in shuffled order. Replace each `...`.
#
# ```python
# cost_at_half = 500 * misses + ... * alarms
# alarms = np.sum((test["is_fraud"] == 0) & (test["score"] >= ...))
# misses = np.sum((test["is_fraud"] == 1) & (test["score"] < ...))
# ```
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on the test patients at the threshold 0.2, when a miss costs €300 and a false alarm €15:
#
# ```python
# missed = np.sum((y_test == 1) & (scores < 0.2))
# alarms = np.sum((y_test == 0) & (scores >= 0.2))
# print(300 * missed + 15 * alarms)
# ```
# </details>

# %% [markdown]
# ## 7 · When the prevalence shifts
#
# Next month, fraud halves, but the model and its threshold stay. Which metrics stay, too? That depends on *which* fraud
# disappears. The table removes half of the long day's frauds in three ways, at the threshold 0.3. Guess the recall if
# the lower-scoring half disappears.

# %% tags=["guess"]
guess_recall = ...  # recall at 0.3 when the lower-scoring half of the fraud is gone, 0 to 1

# %% jupyter={"source_hidden": true}
fraud = long_day[long_day["is_fraud"] == 1].sort_values("score")
honest, half = long_day[long_day["is_fraud"] == 0], len(fraud) // 2
left_over = {
    "as it was": fraud,
    "every second fraud gone": fraud.iloc[::2],
    "lower-scoring half gone": fraud.iloc[half:],
    "higher-scoring half gone": fraud.iloc[:half],
}
shifted = {}
for name, kept in left_over.items():
    y_then, s_then = (pd.concat([kept, honest])[column] for column in ("is_fraud", "score"))
    found = {"prevalence": y_then.mean(), "recall": recall_score(y_then, s_then >= 0.3)}
    found["precision"] = precision_score(y_then, s_then >= 0.3)
    shifted[name] = {**found, "ROC AUC": roc_auc_score(y_then, s_then)}
pd.DataFrame.from_dict(shifted, orient="index").round(3)

# %% [markdown]
# If only the *share* of fraud changes, not the mix of scores within each class, then recall, specificity, and ROC AUC
# stay the same, apart from chance. This is called **label shift**, and the second row shows it. Precision, F1, average
# precision and accuracy change even then. The probabilities go wrong as well, because they were made for the old
# prevalence.

# %% [markdown]
# ### Task 3.6 · Precision at another prevalence (2 points, 4 minutes)
#
# A model was tested where 1% of payments are fraud: recall 0.80, specificity 0.95. A branch where fraud is
# ten times rarer wants to use it at the same threshold. Within each class, the scores spread as before.
#
# 1. Complete the function. It has the hits as a share of all payments; the rest is missing.
# 2. Use it to compute the precision at the branch. Three decimals are enough.
# 3. Give the recall at the branch.
#
# The check calls your function with other numbers and compares both results.


# %% nbgrader={"grade_id": "prevalence-shift", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def precision_at_prevalence(recall, specificity, prevalence):
    """Return the precision (number, 0 to 1) of a decision with this recall and specificity at this prevalence."""
    hits = recall * prevalence  # as a share of all payments
    answer = ...  # number, 0 to 1
    ### BEGIN SOLUTION
    false_alarms = (1 - specificity) * (1 - prevalence)
    answer = hits / (hits + false_alarms)
    ### END SOLUTION
    return answer


branch_precision = ...  # number, 0 to 1
branch_recall = ...  # number, 0 to 1
### BEGIN SOLUTION
branch_precision = precision_at_prevalence(0.80, 0.95, 0.001)
branch_recall = 0.80
### END SOLUTION

# %% nbgrader={"grade_id": "prevalence-shift-check", "points": 2, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.prevalence_shift(*answers("precision_at_prevalence", "branch_precision", "branch_recall"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Look at the picture of 1,000 payments in section 2. Where do the 50 false alarms come from?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# The share of honest payments is 1 minus the prevalence. Multiply it by 1 minus the specificity to get the false
# alarms. Precision divides the hits by hits plus false alarms.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same for the share of *unflagged* payments that are honest, with recall 0.80 and specificity 0.95, where 20% are
# fraud:
#
# ```python
# not_flagged_honest = 0.95 * (1 - 0.20)
# misses = (1 - 0.80) * 0.20
# print(not_flagged_honest / (not_flagged_honest + misses))
# ```
# </details>

# %% [markdown]
# ## 8 · Choose a metric

# %% [markdown]
# ### Task 3.7 · Which metric answers it? (2 points, 4 minutes)
#
# Five teams need a ranking, probabilities, or a decision. Choose a metric for each; letters may repeat.
#
# - **a** accuracy
# - **b** ROC AUC
# - **c** precision, at the recall that is required
# - **d** precision among the 100 highest scores
# - **e** Brier score
# - **f** mean cost of the mistakes per row
#
# 1. **Readers**: a team reads 100 alerts a day, highest scores first. Which of two models should it use?
# 2. **Insurer**: each predicted probability is multiplied by a claim's amount to set a price. Which of two models
#    should set the prices?
# 3. **Ward**: 9 of 10 sepsis cases must be found. Two alarms are set to find exactly that. Which disturbs less?
# 4. **Clinics**: one model, two clinics with 1% and 5% ill patients. Where does it rank patients better?
# 5. **Shop**: a miss costs €80, a false alarm €4. Which of two thresholds should it use?
#
# The check gives a reason for each letter.

# %% nbgrader={"grade_id": "which-metric", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
readers = ...  # a letter from "a" to "f"
insurer = ...  # a letter from "a" to "f"
ward = ...  # a letter from "a" to "f"
clinics = ...  # a letter from "a" to "f"
shop = ...  # a letter from "a" to "f"
### BEGIN SOLUTION
readers, insurer, ward, clinics, shop = "d", "e", "c", "b", "f"
### END SOLUTION

# %% nbgrader={"grade_id": "which-metric-check", "points": 2, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.which_metric(*answers("readers", "insurer", "ward", "clinics", "shop"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# For each team, first find the question in the table of section 1: ranking, calibration, or decision?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# One team reads scores as probabilities. One compares orders across two prevalences. One has a fixed number of alerts,
# one a fixed recall, and one knows both costs. No team needs the share of all rows that is right.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for another team: a doctor can test 40 of the lesson's patients again. There's an order and a fixed
# number of tests, so look at the top of the list:
#
# ```python
# tested = np.argsort(-scores)[:40]
# print(np.asarray(y_test)[tested].mean())
# ```
# </details>

# %% [markdown]
# ## 9 · The scoreboard
#
# From here on, each lesson adds rows to one table. It judges every strategy on the same five folds of 20,000 simulated
# payments, by average precision, Brier score, F1, and cost (a miss €1,000, a false alarm €10). Guess in how many of
# these four panels a threshold tuned for cost changes the model's result.

# %% tags=["guess"]
guess_panels = ...  # whole number, 0 to 4

# %% jupyter={"source_hidden": true}
# The first rows of the scoreboard
payments, is_fraud = datasets.features_and_target(datasets.load_transactions())
unchanged = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))
results = pd.concat(
    [
        scoreboard.baselines(payments, is_fraud),
        scoreboard.evaluate("not resampled", unchanged, payments, is_fraud),
    ]
)
summary = scoreboard.table(results)
axes = plots.scoreboard(summary)
plots.captioned(
    axes,
    "Four strategies in each panel: two dummies, perfect knowledge of the labels, and the model on data that weren't "
    "resampled. F1 and cost are shown at 0.5 and at a threshold tuned for cost. Bars are nominal 95% intervals.",
)

# %% [markdown]
# Tuning the threshold changes only F1 and cost. It was tuned for cost, and the mean cost falls. It doesn't aim at F1.

# %% [markdown]
# ## Quick check
#
# Write your letter in quotes. Your first answer counts; the check explains each.
#
# **Question 1.** A fraud model reaches an average precision of 0.30 on a test set in which 1% of the payments are
# fraud, 500 of 50,000. What follows for this model?
#
# - **a** It ranks payments worse than chance, which would be 0.5.
# - **b** About 30% of the payments that it flags at 0.5 are fraud.
# - **c** It ranks payments far better than chance.
# - **d** It beats a model with 0.25 on data with 0.1% fraud.

# %% nbgrader={"grade_id": "quick-check-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_1 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_1 = "c"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.quick_check_1(*answers("answer_1"))

# %% [markdown]
# **Question 2.** On a test set with 1% fraud, a logistic regression has a ROC AUC of 0.98 and calibrated scores. At
# the threshold 0.5 its F1 is 0. What does that mean?
#
# - **a** No fraud in the test set scores as high as 0.5.
# - **b** The model has learned nothing about fraud.
# - **c** The training data must be balanced before fitting.
# - **d** The two classes were swapped in the test labels.

# %% nbgrader={"grade_id": "quick-check-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_2 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_2 = "a"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.quick_check_2(*answers("answer_2"))

# %% [markdown]
# ## Key points
#
# - **Ranking, calibration, decision**: the first reads the order of the scores, the second their size, the third a
#   threshold.
# - Report **precision and recall** with their threshold. The chance level of average precision is about the **prevalence**.
# - Choose a threshold on validation data: for a required recall, or from costs as **t\* = false alarm / (false alarm +
#   miss)** if the scores are calibrated.
# - Under label shift, recall, specificity, and ROC AUC stay, while precision, F1, and average precision move.
#
# **Mistakes seen in practice:** labels in a ranking metric (*are these scores?*); a macro average (*of which
# classes?*); thresholds tuned on test rows (*which rows chose?*); precision on a balanced sample (*what prevalence?*);
# 0.5 by default (*what do mistakes cost?*).
#
# ### Tomorrow
#
# Lesson 4 throws away most honest payments before it trains the scoreboard's model. What happens to its recall at 0.5
# and its average precision? Bet on both.

# %% tags=["bet"]
bet = ...  # your forecast: text in quotes

# %% [markdown]
# # Optional
#
# Nothing below is graded.

# %% [markdown]
# ## Meet a minimum precision
#
# Sometimes the requirement is on precision: at least 9 of 10 alerts must be right. Precision zigzags, so one threshold
# can miss the target while a lower one meets it. There may also be none, and then "none" is the honest answer.

# %% [markdown]
# ### Bonus 1 · A threshold for precision, or none
#
# 1. Write a function that returns the threshold with the **highest recall among those whose precision is at least**
#    `wanted`. If several have the same recall, any of them will do. Don't round it.
# 2. Return `None` if no threshold meets the requirement.
#
# The check also calls it on scores for which nothing reaches the requirement.


# %% nbgrader={"grade_id": "bonus-threshold-for-precision", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def threshold_for_precision(y_true, scores, wanted):
    """Return the threshold of highest recall at which `score >= threshold` has a precision of at least `wanted`.

    y_true: array of 0 and 1. scores: array of numbers, one per row. wanted: number, 0 to 1.
    Returns a number, or None if no threshold meets the requirement.
    """
    answer = ...  # number or None
    ### BEGIN SOLUTION
    reached = [cut for cut in np.unique(scores) if np.mean(y_true[scores >= cut]) >= wanted]
    answer = min(reached) if reached else None
    ### END SOLUTION
    return answer


# %% nbgrader={"grade_id": "bonus-threshold-for-precision-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.bonus_threshold_for_precision(*answers("threshold_for_precision"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Recall rises as the threshold falls. Which of the thresholds that meet the requirement do you want?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Compute the precision for each distinct score as threshold and keep those that meet the requirement. Take the lowest
# of them only if any are left.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on other data, for the lowest price at which at least 3 shops sell:
#
# ```python
# prices = np.array([3, 4, 4, 6, 9])
# enough = [price for price in np.unique(prices) if np.sum(prices <= price) >= 3]
# print(min(enough) if enough else None)
# ```
# </details>

# %% [markdown]
# ### Bonus 2 · The alert budget
#
# A day has 20,000 payments, and 200 of them are fraud. A team reads 100 alerts, the highest scores, and requires a
# precision of 0.85 among them.
#
# 1. Write a function that returns the precision among the `budget` highest scores. **If payments tie for the last
#    alert, the ones that come first in the data get it.**
# 2. When the requirement is met, what are the lowest and the highest possible recall?
# 3. Does `strong_day` (ROC AUC 0.99) meet it? Does `weak_day` (0.95)?


# %% nbgrader={"grade_id": "bonus-alert-budget", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def precision_in_budget(y_true, scores, budget):
    """Return the precision (0 to 1) of the `budget` highest scores; of rows that tie, the earlier come first."""
    answer = ...  # number, 0 to 1
    ### BEGIN SOLUTION
    answer = np.mean(y_true[np.argsort(-scores, kind="stable")[:budget]])
    ### END SOLUTION
    return answer


lowest_recall = ...  # number, 0 to 1: recall when the requirement is just met
highest_recall = ...  # number, 0 to 1: recall when every alert is a hit
feasible_strong = ...  # True or False: does `strong_day` meet the requirement?
feasible_weak = ...  # True or False: does `weak_day` meet it?
### BEGIN SOLUTION
lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = (
    precision_in_budget(day["is_fraud"].to_numpy(), day["score"].to_numpy(), 100) >= 0.85
    for day in (strong_day, weak_day)
)
### END SOLUTION

# %% nbgrader={"grade_id": "bonus-alert-budget-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.bonus_alert_budget(
    *answers("precision_in_budget", "lowest_recall", "highest_recall", "feasible_strong", "feasible_weak")
)

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# How many hits are 85% of 100 alerts? How many frauds does the day have?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Sort from high to low with a *stable* sort, which keeps the order of equal scores: `kind="stable"` of `np.argsort`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on other data, the two highest of four marks:
#
# ```python
# marks, passed = np.array([7, 9, 9, 9]), np.array([0, 1, 0, 0])
# print(np.mean(passed[np.argsort(-marks, kind="stable")[:2]]))
# ```
# </details>

# %% [markdown]
# ### Bonus 3 · Precision at k, day by day
#
# Each day has its own budget of k alerts. Return the mean over the days of the precision among each day's k highest
# scores. Every day has at least k payments, and ties go to the earlier row.


# %% nbgrader={"grade_id": "bonus-precision-per-day", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def precision_per_day(day, y_true, scores, k):
    """Return the mean over the days of the precision among the k highest scores of the day (number, 0 to 1).

    day: array of day numbers, one per row, in any order. y_true: array of 0 and 1. scores: array. k: alerts per day.
    """
    answer = ...  # number, 0 to 1
    ### BEGIN SOLUTION
    table = pd.DataFrame({"day": day, "y": y_true, "score": scores})
    best = table.sort_values("score", ascending=False, kind="stable").groupby("day").head(k)
    answer = best.groupby("day")["y"].mean().mean()
    ### END SOLUTION
    return answer


# %% nbgrader={"grade_id": "bonus-precision-per-day-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.bonus_precision_per_day(*answers("precision_per_day"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Would a quiet day get any alert if you took the highest scores of all days together?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Loop over `np.unique(day)`, select the rows of one day with a mask, and use your function of bonus 2.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on other data, the mean over two shops of each shop's highest price:
#
# ```python
# shops, paid = np.array(["a", "b", "a"]), np.array([3, 5, 4])
# print(np.mean([paid[shops == one].max() for one in np.unique(shops)]))
# ```
# </details>

# %% [markdown]
# ### Bonus 4 · F-beta and ROC AUC from scratch
#
# **F-beta** weighs recall beta squared times as much as precision: (1 + β²) P R / (β² P + R), and 0 where both are 0.
# Take beta 2 when misses hurt more, beta 0.5 when false alarms do. ROC AUC is the share of pairs, one positive and one
# negative, in which the positive scores higher; a tie counts half. Write both.


# %% nbgrader={"grade_id": "bonus-f-beta-roc-auc", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def f_beta(precision, recall, beta):
    """Return F-beta (number, 0 to 1) of two numbers from 0 to 1."""
    answer = ...  # number, 0 to 1
    ### BEGIN SOLUTION
    below = beta**2 * precision + recall
    answer = (1 + beta**2) * precision * recall / below if below > 0 else 0.0
    ### END SOLUTION
    return answer


def roc_auc(y_true, scores):
    """Return the ROC AUC (number, 0 to 1) of an array of 0 and 1 and an array of scores, which may tie."""
    answer = ...  # number, 0 to 1
    ### BEGIN SOLUTION
    gap = scores[y_true == 1][:, None] - scores[y_true == 0][None, :]
    answer = np.mean(gap > 0) + np.mean(gap == 0) / 2
    ### END SOLUTION
    return answer


# %% nbgrader={"grade_id": "bonus-f-beta-roc-auc-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.bonus_f_beta_roc_auc(*answers("f_beta", "roc_auc"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# What must F-beta give for β = 1? And how do you write "each positive against each negative" in NumPy?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# For β = 1 it's F1. Guard against 0/0. For the pairs, subtract the negatives' scores as a row from the positives'
# scores as a column, so that each cell of the table is one pair.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on other data, the share of pairs in which an adult is taller than a child:
#
# ```python
# adults, children = np.array([160, 175]), np.array([120, 160, 140])
# difference = adults[:, None] - children[None, :]
# print(np.mean(difference > 0) + np.mean(difference == 0) / 2)
# ```
# </details>

# %% [markdown]
# ### More metrics of a decision
#
# - The **G-mean** is the geometric mean of recall and specificity. It doesn't see precision.
# - **MCC**, the Matthews correlation coefficient, uses all four counts; 0 is chance and 1 is perfect.

# %% jupyter={"source_hidden": true}
from imblearn.metrics import geometric_mean_score

more = {}
for cut in (0.5, 0.05):
    flagged = (scores >= cut).astype(int)
    more[f"threshold {cut}"] = {
        "precision": precision_score(y_test, flagged),
        "balanced accuracy": metrics.balanced_accuracy_score(y_test, flagged),
        "G-mean": geometric_mean_score(y_test, flagged),
        "MCC": metrics.matthews_corrcoef(y_test, flagged),
        "F2": metrics.fbeta_score(y_test, flagged, beta=2),
        "F0.5": metrics.fbeta_score(y_test, flagged, beta=0.5),
    }
pd.DataFrame(more).round(3)

# %% [markdown]
# scikit-learn 1.8 can count at every threshold, and 1.9 can compute any metric. Neither tries to flag no one.

# %% tags=["nbval-ignore-output"]
if hasattr(metrics, "confusion_matrix_at_thresholds"):
    _, alarms, misses, _, tried = metrics.confusion_matrix_at_thresholds(y_test, scores)
    cheapest = tried[np.argmin(10 * alarms + 1_000 * misses)]
    print(f"cheapest at €1,000 a miss, €10 a false alarm: the threshold {cheapest:.4f}")
if hasattr(metrics, "metric_at_thresholds"):
    rounded = scores.round(2)  # the metric is called once per different score
    values, tried = metrics.metric_at_thresholds(y_test, rounded, metrics.matthews_corrcoef)
    print(f"highest MCC {values.max():.3f} at {tried[np.argmax(values)]:.2f}")

# %% tags=["nbval-ignore-output"]
from sklearn.model_selection import cross_validate

folds = cross_validate(model, X_train, y_train, return_estimator=True, return_indices=True)
if hasattr(metrics.RocCurveDisplay, "from_cv_results"):
    curves = metrics.RocCurveDisplay.from_cv_results(folds, X_train, y_train)
    plots.captioned(curves.ax_, "ROC curves of five folds. They differ most on the left.")

# %% [markdown]
# ### Find the bug
#
# This cell is meant to judge how the model from the setup ranks its test rows. It runs, but both numbers are much lower
# than in section 3. Find out why, and fix them.

# %% nbgrader={"grade_id": "find-the-bug", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
predicted = model.predict(X_test)
model_roc_auc = roc_auc_score(y_test, predicted)
model_average_precision = average_precision_score(y_test, predicted)
### BEGIN SOLUTION
predicted = model.predict_proba(X_test)[:, 1]
model_roc_auc = roc_auc_score(y_test, predicted)
model_average_precision = average_precision_score(y_test, predicted)
### END SOLUTION

# %% nbgrader={"grade_id": "find-the-bug-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.find_the_bug(*answers("model_roc_auc", "model_average_precision"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# How many different values does `predicted` contain? How many does a ranking need?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `predict` compares with 0.5 and returns labels. Labels have one threshold, so the ROC curve has one corner, and the
# area under it is the balanced accuracy. Use the method of the model that returns probabilities.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on other data, for the last five test rows:
#
# ```python
# print(model.predict(X_test[-5:]), model.predict_proba(X_test[-5:])[:, 1])
# ```
# </details>

# %% [markdown]
# ## Questions from learners
#
# **Recall only, or F1?** Recall alone isn't a goal, because flagging everyone has recall 1. If you know what mistakes
# cost, use the costs. If not, state a requirement.
#
# **F1 or average precision?** Use a ranking metric until a threshold is fixed, then precision and recall.
#
# **When does ROC AUC flatter?** It can if you use only the top of the list. With 19,800 honest payments, a false
# positive rate of 5% means 990 false alarms.
#
# **Which class is positive?** In scikit-learn, the label 1 or the one you pass as
# `pos_label`. `roc_auc_score` has no `pos_label`: if you swap the classes and reverse the scores, ROC AUC doesn't
# change. Accuracy, balanced accuracy, and MCC don't change either, but precision, recall, F1, and average precision do.
#
# **Must the share of flagged rows match the share of positives?** No. A good threshold usually flags more rows than there are
# positives when misses are expensive, and fewer when false alarms are. What matches, in a calibrated model, is the
# *mean probability*.
#
# **Precision, recall, and F1 are all zero. Is the model useless?** Not if its ROC AUC is high. Then no positive reaches
# the threshold, so look at the highest score of a positive.
#
# **Why does a dummy have such an odd log loss?** Log loss punishes a confident mistake without limit. A dummy that
# says 0 for a fraud would get infinity; scikit-learn clips probabilities first, so the number that you see depends on
# where it clips.
#
# **One winner per race: how do I judge that?** Rows come in groups with exactly one positive. Take the highest score
# of *each race* and count how often it wins. Split by race (`GroupKFold`), so that no race is on both sides.

# %% [markdown]
# ## Further reading
#
# - Brier (1950), *Verification of forecasts expressed in terms of probability*, Monthly Weather Review 78.
# - Chicco and Jurman (2020), *The advantages of the Matthews correlation coefficient (MCC) over F1 score and accuracy
#   in binary classification evaluation*, BMC Genomics 21: the case for MCC.
# - Elkan (2001), *The foundations of cost-sensitive learning*, IJCAI: thresholds from costs.
# - Fawcett (2006), *An introduction to ROC analysis*, Pattern Recognition Letters 27.
# - Gneiting and Raftery (2007), *Strictly proper scoring rules, prediction, and estimation*, JASA 102.
# - McDermott and others (2024), *A closer look at AUROC and AUPRC under class imbalance*, NeurIPS 37.
# - Quinlan (1986), *Thyroid disease*, UCI Machine Learning Repository, doi.org/10.24432/C5D010: the patients.
# - Saito and Rehmsmeier (2015), *The precision-recall plot is more informative than the ROC plot when evaluating
#   binary classifiers on imbalanced datasets*, PLoS ONE 10: the other view on "ROC or PR".
#
# **Next:** lesson 4 drops majority rows, and you'll know how to tell whether that helped.
