# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 03-metrics, version: "1.0"}
# ---

# %% [markdown]
# # Lesson 3 · Metrics
#
# **How to judge a model when one class is rare.** After this lesson you can
#
# 1. read a confusion matrix and work out the metrics made of it, by hand and with the library;
# 2. keep three questions apart: does the model *rank* well, are its *probabilities* right, is the *decision* good?
# 3. hold a ranking against its chance level;
# 4. choose a threshold that meets a demand, on other data than you report on;
# 5. say what happens to each number when the rare class becomes rarer still.
#
# **Time** 20 to 40 minutes for the core path; what comes after *Further* is extra. **Needs** Python, a little NumPy,
# and `fit` and `predict` of scikit-learn. **Points** 20, in six tasks.

# %% [markdown]
# Run the cells from top to bottom with Shift+Enter. The two cells below load what the lesson works with: a set of two
# features in which 1 % of the rows are positive, a model fitted on one half of it, and some made-up days of card
# payments, each with the score that a model gave it.
#
# Each word of the course stands in the [glossary](../glossary.md) with one sentence.

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn
from IPython.display import Markdown, display
from sklearn import metrics
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import train_test_split

from imbalanced_course import datasets, plots, scoreboard
from imbalanced_course.score_sets import scored_day

sklearn.set_config(display="text")
plt.style.use("imbalanced_course.plots.course")

# %% nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
X, y = datasets.make_two_features()  # 10,000 rows, 100 of them positive
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=1)
model = LogisticRegression(solver="liblinear").fit(X_train, y_train)
scores = model.predict_proba(X_test)[:, 1]  # probability of the positive class, one a row
labels = model.predict(X_test)  # 1 where that probability is above 0.5

# Days of 20,000 card payments, 1 % of them fraud: columns `is_fraud` (0 or 1) and `score` (0 to 1).
validation, test = scored_day(roc_auc=0.98, seed=11), scored_day(roc_auc=0.98, seed=12)
strong_day, weak_day = scored_day(roc_auc=0.99, seed=5), scored_day(roc_auc=0.95, seed=6)

# %% [markdown]
# ## 1 · Four counts behind every decision

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
_ = plots.score_histogram(y_test, scores, threshold=0.5, ax=left)
_ = plots.confusion_matrix(y_test, labels, ax=right)
plots.captioned(
    figure,
    "Left, the scores of both classes (each number up the axis is ten times as many rows): most "
    "positives stand left of the threshold at 0.5, so they are missed. Right, the same decision as "
    "four counts: nearly all negatives are left alone, and so are more than half of the positives.",
)

# %% [markdown]
# A classifier gives each row a **score**. A **threshold**, or cut, parts the scores in two: rows at or above it are
# flagged as positive, the others are left alone. Each row is then one of four things: a hit (true positive, TP), a false alarm
# (false positive, FP), a miss (false negative, FN), or rightly left alone (true negative, TN).
#
# The four counts together are the **confusion matrix**. Every metric of a decision is made of them. Ask of each:
# *which rows does it leave out?*


# %%
def four_metrics(y_true, y_pred):
    return {
        "accuracy": metrics.accuracy_score(y_true, y_pred),
        "precision": precision_score(y_true, y_pred, zero_division=0),
        "recall": recall_score(y_true, y_pred, zero_division=0),
        "F1": f1_score(y_true, y_pred, zero_division=0),
    }


guard = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)  # says "negative" to everybody
decisions = {"lazy guard": guard.predict(X_test), "logistic regression": labels}
pd.DataFrame({name: four_metrics(y_test, decision) for name, decision in decisions.items()}).round(3)

# %%
hits, positives, flagged = labels[y_test == 1].sum(), y_test.sum(), labels.sum()
right_model, right_guard = np.mean(labels == y_test), np.mean(guard.predict(X_test) == y_test)
display(
    Markdown(
        f"The model is right on **{right_model:.1%}** of all rows, a guard who sleeps on "
        f"**{right_guard:.1%}**. Of the {flagged} rows that the model flags {hits} are positive: "
        f"when it speaks, you can believe it. But it finds only {hits} of {positives} positives."
    )
)

# %% [markdown]
# Accuracy counts all rows alike, and here nearly all rows are easy negatives. Precision and recall leave out
# the true negatives; the others in the table look at each class by itself:
#
# | metric | made of | asks |
# | --- | --- | --- |
# | **accuracy** | (TP + TN) / all | how many rows are right? |
# | **precision** | TP / (TP + FP) | of the rows flagged, how many are positive? |
# | **recall** (true positive rate) | TP / (TP + FN) | of the positive rows, how many are found? |
# | **specificity** (recall of the negatives) | TN / (TN + FP) | of the negative rows, how many are left alone? |
# | **false positive rate** | 1 − specificity | of the negative rows, how many are flagged? |
# | **balanced accuracy** | (recall + specificity) / 2 | how good is it in the mean of both classes? |

# %% [markdown]
# ### F1: high only when both are
#
# One number for precision and recall together is handy. The ordinary mean will not do, as the picture shows.

# %%
recalls = np.linspace(0.01, 1, 100)
figure, ax = plt.subplots(figsize=(5, 3.4), layout="constrained")
_ = ax.plot(recalls, (0.9 + recalls) / 2, linestyle="--", label="ordinary mean")
_ = ax.plot(recalls, 2 * 0.9 * recalls / (0.9 + recalls), label="F1, the harmonic mean")
_ = ax.set(xlabel="recall (precision stays at 0.9)", ylabel="both in one number", ylim=(0, 1))
_ = ax.legend()
plots.captioned(
    ax,
    "With precision fixed at 0.9 the ordinary mean is near a half even when hardly anything is "
    "found; F1 falls towards 0 with the recall.",
)

# %%
p, r = 0.9, 0.1
print(f"precision {p}, recall {r}: ordinary mean {(p + r) / 2:.2f}, F1 {2 * p * r / (p + r):.2f}")

pd.DataFrame({f"cut {cut}": four_metrics(y_test, scores >= cut) for cut in (0.5, 0.3)}).round(3)

# %% [markdown]
# F1 = 2PR / (P + R) is the **harmonic mean**, pulled towards the smaller of the two. It can hide its parts:
# from the cut 0.5 to the cut 0.3 F1 rises although precision *falls*. So give precision and recall beside it, always.
#
# F1 takes both for equally important. **F-beta** does not: recall weighs beta squared times as much as precision. Take beta = 2
# when misses cost more, beta = 0.5 when false alarms do.

# %%
from imblearn.metrics import geometric_mean_score


def more_metrics(y_true, y_pred):
    return {
        "precision": precision_score(y_true, y_pred, zero_division=0),
        "F2 (misses weigh more)": metrics.fbeta_score(y_true, y_pred, beta=2, zero_division=0),
        "F0.5 (false alarms weigh more)": metrics.fbeta_score(y_true, y_pred, beta=0.5, zero_division=0),
        "balanced accuracy": metrics.balanced_accuracy_score(y_true, y_pred),
        "G-mean": geometric_mean_score(y_true, y_pred),
        "MCC": metrics.matthews_corrcoef(y_true, y_pred),
    }


more = {"lazy guard": guard.predict(X_test), "cut 0.5": labels, "cut 0.05": (scores >= 0.05).astype(int)}
pd.DataFrame({name: more_metrics(y_test, decision) for name, decision in more.items()}).round(3)

# %% [markdown]
# - **Balanced accuracy** is the mean of recall and specificity, the **G-mean** their geometric mean (the root of their
#   product). Neither looks at precision: both rate the last column best, although most of its alerts are false.
# - **MCC** (Matthews correlation coefficient), the correlation of true and predicted labels, uses all four counts; 0
#   is chance, 1 is perfect.
# - A **macro average** (`average="macro"`) is the mean over both classes. The easy common class lifts it, so for the
#   rare class leave `average` alone.
# - Some values are **undefined**. The guard flags nobody, so his precision is 0/0. By default scikit-learn gives 0
#   *and* warns; with `zero_division` you say what you want. Do not silence the warning: it tells you that nothing
#   was flagged.

# %%
nobody = guard.predict(X_test)
print("precision with zero_division=0:  ", precision_score(y_test, nobody, zero_division=0))
print("precision with zero_division=nan:", precision_score(y_test, nobody, zero_division=np.nan))
print(f"the model's recall of the rare class: {recall_score(y_test, labels):.2f},", end=" ")
print(f"macro average over both classes: {recall_score(y_test, labels, average='macro'):.2f}")

# %% [markdown]
# ### Task 3.1 · Six metrics from four counts (3 points)
#
# In one hour 10,000 payments came in, and 120 of them were fraud. A model raised 80 alerts; 60 of those were fraud.
# The four counts stand in the cell. Work out the six metrics as shares from 0 to 1.
# Three decimals are enough.

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
# Ask of each metric first: which rows are in the denominator? All rows, those flagged, the positive or the negative?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Precision divides by the rows flagged, recall by the positive rows, specificity by the negative rows. F1 is the
# harmonic mean of precision and recall; balanced accuracy the ordinary mean of recall and specificity.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `precision = tp / (tp + fp)`, `recall = tp / (tp + fn)`, `f1 = 2 * precision * recall / (precision + recall)`. The
# other three follow from the table above in the same way.
# </details>

# %% [markdown]
# ### Task 3.2 · The same with the library, for any labels (3 points)
#
# Write a function that takes true and predicted labels (0 or 1, where 1 is the positive class) and returns a dict
# with the keys `precision`, `recall`, `f1` and `mcc`, for the positive class. Where a metric is undefined it
# gives 0 (`zero_division=0` asks the library for that; whether it warns doesn't matter). Three decimals are enough. The
# check calls your function on labels that you have not seen.


# %% nbgrader={"grade_id": "metrics-with-library", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def report(y_true, y_pred):
    """Return precision, recall, F1 and MCC of the positive class as a dict of numbers.

    y_true, y_pred: arrays of 0 and 1, one value a row.
    """
    result = ...  # dict with the keys "precision", "recall", "f1", "mcc"
    ### BEGIN SOLUTION
    result = {
        "precision": precision_score(y_true, y_pred, zero_division=0),
        "recall": recall_score(y_true, y_pred, zero_division=0),
        "f1": f1_score(y_true, y_pred, zero_division=0),
        "mcc": metrics.matthews_corrcoef(y_true, y_pred),
    }
    ### END SOLUTION
    return result


# %% nbgrader={"grade_id": "metrics-with-library-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.metrics_with_library(*answers("report"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# The functions that made the tables above do nearly all of it. Which argument says what to give for 0/0?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `precision_score`, `recall_score` and `f1_score` take `zero_division=0`. Left alone they judge the positive class,
# so no `average` is needed. MCC is `metrics.matthews_corrcoef`; it gives 0 where it is undefined.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `result = {"precision": precision_score(y_true, y_pred, zero_division=0), …}`, and so on. The true labels come
# first.
# </details>

# %% [markdown]
# ## 2 · Three questions, not one
#
# | question | what it needs | metrics | does the threshold matter? |
# | --- | --- | --- | --- |
# | **Ranking**: do positives score higher than negatives? | scores | ROC AUC, average precision | no |
# | **Calibration**: do 30 of 100 rows scored 0.3 turn out positive? | probabilities | Brier score, log loss | no |
# | **Decision**: is what we flag worth it? | scores and a threshold | precision, recall, F, cost | it decides |
#
# Most confusion about imbalance comes from answering one of these questions with a metric of another.

# %% [markdown]
# ### Ranking

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8), layout="constrained")
_ = plots.roc_curve(y_test, scores, ax=left)
_ = plots.precision_recall_curve(y_test, scores, ax=right)
plots.captioned(
    figure,
    "The same scores twice. Left, the ROC curve climbs steeply and far above its diagonal. Right, "
    "precision holds up for the first positives and then falls away; its chance level is a flat "
    "line close to the floor.",
)

# %% [markdown]
# Lower the threshold step by step and mark each step as a point of the line (the few dots only help to tell lines
# apart). The **ROC curve** draws recall against the false
# positive rate, the **PR curve** precision against recall.
#
# **ROC AUC**, the area under the first, is the chance that a positive drawn at random scores higher than a negative
# drawn at random (ties count half). **Average precision** sums up the second: the precision at each threshold,
# weighted by the step in recall. Unlike F1, which is one point of the curve, it takes in the whole of it.

# %%
gap = scores[y_test == 1][:, None] - scores[y_test == 0][None, :]  # every positive against every negative
print(f"pairs that the positive wins: {np.mean(gap > 0) + np.mean(gap == 0) / 2:.3f}")
print(f"ROC AUC:                      {roc_auc_score(y_test, scores):.3f}")
print(f"average precision:            {average_precision_score(y_test, scores):.3f}")

# %% [markdown]
# What would a model get that knows nothing? Shuffle the scores and see. And does a perfect ranking mean that every
# row is right? The last line of the output tries it on five rows.

# %%
shuffle = np.random.default_rng(1)
by_chance = [average_precision_score(y_test, shuffle.permutation(scores)) for _ in range(50)]
print(f"prevalence:                                {y_test.mean():.4f}")
print(f"average precision of 50 shuffled rankings: {np.mean(by_chance):.4f} on average,", end=" ")
print(f"from {np.min(by_chance):.4f} to {np.max(by_chance):.4f}")
print(f"ranked upside down:                        {average_precision_score(y_test, -scores):.4f}")

truth, perfect = np.array([0, 0, 0, 1, 1]), np.array([0.1, 0.2, 0.3, 0.4, 0.9])
print(f"five rows: ROC AUC {roc_auc_score(truth, perfect):.1f},", end=" ")
print(f"yet recall at the cut 0.5 is {recall_score(truth, perfect >= 0.5):.1f}")

# %% [markdown]
# The chance level of ROC AUC is 0.5, whatever the set. That of average precision is about the **prevalence**, the
# share of positives; a ranking that is worse than chance falls below it. State the prevalence whenever you state an
# average precision. And both metrics need *scores*: fed with labels they judge one threshold and call it a ranking.
#
# The five rows are ranked without a fault, and yet one of the two positives stays below 0.5: a perfect ranking is not
# yet a right decision.

# %% [markdown]
# ### Task 3.3 · A ranking against its chance level (3 points)
#
# Write a function that takes true labels and scores and returns a dict: `average_precision`, its `chance_level` on
# this set (read off the labels, without a shuffle), and `times_chance`, how many times the chance level the average
# precision is. Three decimals are enough.


# %% nbgrader={"grade_id": "average-precision", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def ranking(y_true, scores):
    """Return average precision, its chance level, and the first divided by the second, as a dict of numbers.

    y_true: array of 0 and 1, one value a row. scores: array of probabilities of class 1, one a row.
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
# What would a model reach that shuffles its scores? The numbers printed above the task tell.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `average_precision_score` takes the true labels and the scores as they are, without any cut. The chance level is the
# prevalence: the share of ones in `y_true`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `reached = average_precision_score(y_true, scores)` and `chance = np.mean(y_true)`; then put the two and their ratio
# in the dict.
# </details>

# %% [markdown]
# ### ROC or PR?
#
# Both, for different purposes. Here are three sets of scores from one and the same recipe; only the prevalence
# differs.

# %%
rows = []
for share in (0.5, 0.1, 0.01):
    day = scored_day(roc_auc=0.95, prevalence=share, seed=7)
    reached = average_precision_score(day["is_fraud"], day["score"])
    auc = roc_auc_score(day["is_fraud"], day["score"])
    rows.append({"ROC AUC": auc, "average precision": reached, "times chance": reached / share})
pd.DataFrame(rows, index=pd.Index((0.5, 0.1, 0.01), name="prevalence")).round(3)

# %% [markdown]
# ROC AUC hardly moves: its two axes each look at one class alone, so how rare the classes are does not enter. Average
# precision falls with the prevalence, because precision mixes both classes. So **compare two models by average
# precision on the same set only**, and never across sets.
#
# ROC AUC counts each wrongly ordered pair alike; average precision cares most about the top of the list. That the
# latter is "better under imbalance" is often told (Saito and Rehmsmeier 2015 argue for its picture) and, as a general
# rule, refuted: McDermott and others (2024) show that it favours improvements among the high scores, imbalance or
# not, and with them groups in which positives are frequent. Say which mistakes matter to you, then choose.

# %% [markdown]
# ### Calibration

# %%
long_day = scored_day(roc_auc=0.985, payments=60_000, seed=13)
truth, plain = long_day["is_fraud"], long_day["score"].clip(0.0001, 0.9999)
odds = 20 * plain / (1 - plain)  # odds: the chance that it is fraud over the chance that it is not; here times 20
inflated = odds / (1 + odds)  # back to probabilities: those of a model that learnt from one negative in 20 only

ax = plots.reliability_curve(truth, {"as they are": plain, "odds times 20": inflated}, strategy="uniform")
plots.captioned(
    ax,
    "Two sets of scores that rank the payments alike. One lies near the diagonal: where it says "
    "0.25, about a quarter are fraud. The other hangs far below it: it promises much more fraud "
    "than there is.",
)


# %%
def three_questions(y_true, s):
    return {
        "ROC AUC": roc_auc_score(y_true, s),
        "average precision": average_precision_score(y_true, s),
        "Brier score": metrics.brier_score_loss(y_true, s),
        "log loss": metrics.log_loss(y_true, s),
        "precision at 0.5": precision_score(y_true, s >= 0.5, zero_division=0),
        "recall at 0.5": recall_score(y_true, s >= 0.5),
    }


told = {"as they are": plain, "odds times 20": inflated, "prevalence for all": 0 * plain + 0.01}
pd.DataFrame({name: three_questions(truth, s) for name, s in told.items()}).round(4)

# %% [markdown]
# The picture is a **reliability curve**: rows are put into bins by their score, and each point holds a bin's mean
# score against its share of positives. A **calibrated** model lies near the diagonal; where a bin holds few rows, the
# curve wobbles.
#
# **Brier score** (mean squared error of the probability) and **log loss** are *proper* scores: nobody can better them
# by telling other probabilities than the true ones (Gneiting and Raftery 2007). Lower is better. A rare class makes
# them small anyway, so look at the last column, too: what you get by telling the prevalence to everybody.
# The inflated scores do worse than that.
#
# They rank exactly as before; at 0.5 recall has risen and precision has fallen. Nothing was learnt: *the threshold was
# moved in disguise*, and the probabilities are spoilt. Remember this when lessons 4 and 5 change the data.

# %% [markdown]
# ## 3 · Decision: choose the threshold
#
# The cut at 0.5 is a habit, not a law. It is the cheapest cut only where the probabilities are right and a miss costs
# as much as a false alarm.

# %%
ax = plots.threshold_curves(y_test, scores, threshold=0.5)
plots.captioned(
    ax,
    "Precision, recall and F1 of the two-feature model at every threshold. To the left recall "
    "climbs without a step back; precision falls, but in zigzags; the best F1 lies to the left "
    "of 0.5.",
)

# %%
sweep = []
for cut in (0.9, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.01):
    alerts = scores >= cut
    sweep.append({"threshold": cut, "alerts": alerts.sum(), "hits": alerts[y_test == 1].sum()})
sweep = pd.DataFrame(sweep).set_index("threshold")
sweep["precision"], sweep["recall"] = sweep["hits"] / sweep["alerts"], sweep["hits"] / y_test.sum()
sweep["F1"] = 2 * sweep["hits"] / (sweep["alerts"] + y_test.sum())  # the same as 2PR / (P + R)
sweep.round(3)

# %% [markdown]
# Read the table downwards. With each lower cut more rows are flagged, so recall can only rise. Precision goes up or
# down with the rows that come in. Between two neighbouring *scores* nothing changes: the scores themselves are all
# the thresholds there are. In this course a row is flagged when `score >= threshold`; with `>` the row on the edge is
# lost.
#
# A threshold is *chosen*, so it is part of the model. Choose it on **validation** data, report on **test** data that
# had no say. The cell shows what peeking gives: the best F1 on a small day, and the F1 of the same threshold a day
# later. (`precision_recall_curve` gives precision and recall at every threshold at once.)

# %%
kept, peeked = [], []
for seed in range(30):
    today, tomorrow = (scored_day(roc_auc=0.98, payments=3_000, seed=[8, seed, day]) for day in (0, 1))
    p, r, cuts = metrics.precision_recall_curve(today["is_fraud"], today["score"])
    p, r = p[:-1], r[:-1]  # the curve's last point (precision 1, recall 0) belongs to no threshold
    all_f1 = 2 * p * r / np.maximum(p + r, 1e-9)  # never a division by 0
    peeked.append(all_f1.max())
    kept.append(f1_score(tomorrow["is_fraud"], tomorrow["score"] >= cuts[all_f1.argmax()]))
print(f"mean F1 of 30 thresholds: where chosen {np.mean(peeked):.3f}, on the next day {np.mean(kept):.3f}")

# %% [markdown]
# ### Task 3.4 · A threshold for recall (4 points)
#
# Three quarters of the fraud must be found, at the lowest price in false alarms: take the **highest threshold whose
# recall is at least** the wanted one, with all its decimals. Write the function. Then choose the threshold for recall 0.75 on the day
# `validation`, and report recall and precision of that threshold on the day `test`. Does the demand still hold
# there? (Your numbers tell; there is nothing to fill in.)


# %% nbgrader={"grade_id": "threshold-for-recall", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def threshold_for_recall(y_true, scores, wanted):
    """Return the highest threshold at which `score >= threshold` has a recall of at least `wanted`.

    y_true: array of 0 and 1. scores: array of numbers, one a row. wanted: number, 0 to 1. Returns a number.
    """
    answer = ...  # number
    ### BEGIN SOLUTION
    of_positives = np.sort(scores[y_true == 1])[::-1]
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
# Recall changes only when the threshold passes the score of a positive. Which scores do you have to look at, then?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Sort the scores of the positives from high to low. With the k-th of them as threshold k positives are found, so the
# recall is k divided by their number. Or use `metrics.precision_recall_curve`, and leave out its last point.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `of_positives = np.sort(scores[y_true == 1])[::-1]`, `recalls = np.arange(1, len(of_positives) + 1) /
# len(of_positives)`, and then the first of `of_positives[recalls >= wanted]`. On the test day:
# `recall_score(test["is_fraud"], test["score"] >= threshold)`.
# </details>

# %% [markdown]
# ### When the demand is precision
#
# Often the demand is the other way round: at least 9 of 10 alerts must be right, and you want as much recall as that
# allows. Two things are different now. Precision moves in zigzags, so the demand can fail at one threshold and hold
# again at a lower one. And perhaps *no* threshold meets it. Then the honest answer is "it cannot be had".

# %%
weaker = {f"a day at ROC AUC 0.8 (seed {seed})": scored_day(roc_auc=0.8, seed=seed) for seed in (9, 20)}
for name, day in {"validation": validation, **weaker}.items():
    p, r, cuts = metrics.precision_recall_curve(day["is_fraud"], day["score"])
    p, r = p[:-1], r[:-1]
    print(f"{name}: {np.sum(p >= 0.9)} of {len(cuts)} thresholds reach precision 0.9,", end=" ")
    if np.any(p >= 0.9):
        alerts = np.sum(day["score"] >= cuts[p >= 0.9].min())
        print(f"recall {r[p >= 0.9].max():.3f} at best, with {alerts} alerts")
    else:
        print(f"the highest is {p.max():.2f}")

# %% [markdown]
# The two weak days differ by luck alone. On the first the very top of the list happens to be fraud: the demand is
# met, by so few alerts that nobody should bet on them. So look at the number of alerts behind a precision, and expect `None`.

# %% [markdown]
# ### Task 3.5 · A threshold for precision, or none (4 points)
#
# Write a function that returns the threshold with the **highest recall among those whose precision is at least**
# `wanted`. Of thresholds with the same recall any that meets the demand will do. Where no threshold meets it, return
# `None`. Don't round the threshold. The check also calls it on scores for which nothing reaches the demand.


# %% nbgrader={"grade_id": "threshold-for-precision", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def threshold_for_precision(y_true, scores, wanted):
    """Return the threshold of highest recall at which `score >= threshold` has a precision of at least `wanted`.

    y_true: array of 0 and 1. scores: array of numbers, one a row. wanted: number, 0 to 1.
    Returns a number, or None where no threshold meets the demand.
    """
    answer = ...  # number or None
    ### BEGIN SOLUTION
    cuts = np.unique(scores)
    reached = [cut for cut in cuts if np.mean(y_true[scores >= cut]) >= wanted]
    answer = min(reached) if reached else None
    ### END SOLUTION
    return answer


# %% nbgrader={"grade_id": "threshold-for-precision-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.threshold_for_precision(*answers("threshold_for_precision"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Recall rises as the threshold falls. So among all thresholds that meet the demand, which one do you want?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Go through the different scores, and for each as threshold work out the precision of the rows flagged. Keep those
# that meet the demand. Is anything kept? Only then take the lowest.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `reached = [cut for cut in np.unique(scores) if np.mean(y_true[scores >= cut]) >= wanted]`, and the answer is
# `min(reached)` if `reached` is not empty, otherwise `None`.
# </details>

# %% [markdown]
# ### When the demand is a budget
#
# Alerts are read by people, and people have a day of eight hours. A team that can look at 100 alerts a day does not
# ask for a threshold: it takes the 100 highest scores. What counts is the **precision among the top k**.

# %%
ranked = scored_day(roc_auc=0.97, seed=10).sort_values("score", ascending=False, kind="stable")
k = np.arange(1, 401)
precision_at_k = ranked["is_fraud"].iloc[:400].cumsum() / k
figure, ax = plt.subplots(figsize=(5.5, 3.4), layout="constrained")
_ = ax.plot(k, precision_at_k, label="precision among the top k")
_ = ax.axvline(100, color="black", linestyle=":", label="budget: 100 alerts")
_ = ax.axhline(0.85, color="grey", linestyle="--", label="demand: precision 0.85")
_ = ax.set(xlabel="k, alerts on one day of 20,000 payments", ylabel="precision", ylim=(0, 1.02))
_ = ax.legend(loc="lower left")
plots.captioned(
    ax,
    "On this day, of ROC AUC 0.97, precision starts high and sinks as more alerts are raised. It "
    "crosses the demand well before the budget is used up: 100 alerts as precise as wanted cannot "
    "be had.",
)

# %% [markdown]
# ### Task 3.6 · The alert budget (3 points)
#
# A day has 20,000 payments, of which 1 % are fraud. The team reads 100 alerts and wants a precision of at least 0.85
# among them. Write the function for the precision among the `budget` highest scores; **of payments that tie for the
# last place those that come earlier get the alert**. Between which two values must the recall lie when the demand is
# met? And do `strong_day` (ROC AUC 0.99) and `weak_day` (0.95) meet it?


# %% nbgrader={"grade_id": "alert-budget", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def precision_in_budget(y_true, scores, budget):
    """Return the precision (0 to 1) of the `budget` highest scores; of rows that tie, the earlier come first.

    y_true: array of 0 and 1. scores: array of numbers, one a row. budget: number of alerts.
    """
    answer = ...  # number, 0 to 1
    ### BEGIN SOLUTION
    highest = np.argsort(-scores, kind="stable")[:budget]
    answer = np.mean(y_true[highest])
    ### END SOLUTION
    return answer


lowest_recall = ...  # number, 0 to 1: recall when the demand is just met
highest_recall = ...  # number, 0 to 1: recall when every alert is a hit
feasible_strong = ...  # True or False: does `strong_day` meet the demand?
feasible_weak = ...  # True or False: does `weak_day` meet it?
### BEGIN SOLUTION
lowest_recall = 0.85 * 100 / 200
highest_recall = 100 / 200
feasible_strong, feasible_weak = (
    precision_in_budget(day["is_fraud"].to_numpy(), day["score"].to_numpy(), 100) >= 0.85
    for day in (strong_day, weak_day)
)
### END SOLUTION

# %% nbgrader={"grade_id": "alert-budget-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.alert_budget(
    *answers("precision_in_budget", "lowest_recall", "highest_recall", "feasible_strong", "feasible_weak")
)

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# How many hits are 85 % of 100 alerts? How many frauds are there on such a day?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Sort from high to low so that rows with equal scores keep their order: a *stable* sort. `np.argsort(-scores,
# kind="stable")` does it, and so does `nlargest` of a pandas Series. Recall is hits divided by the frauds of the day.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `highest = np.argsort(-scores, kind="stable")[:budget]` and `np.mean(y_true[highest])`. With just enough hits the
# recall is 85 of 200. For the days: `precision_in_budget(strong_day["is_fraud"].to_numpy(),
# strong_day["score"].to_numpy(), 100) >= 0.85`.
# </details>

# %% [markdown]
# ### A demand met once
#
# Now turn the budget into a threshold: the score of the 100th alert of one day, on which the demand was met. How
# often is it met on other days, at that threshold?

# %%
one_day = scored_day(roc_auc=0.985, seed=19).sort_values("score", ascending=False, kind="stable")
budget_cut = one_day["score"].iloc[99]
other_days = [scored_day(roc_auc=0.985, seed=[19, n]) for n in range(120)]
alerts_by_day = [day.loc[day["score"] >= budget_cut, "is_fraud"] for day in other_days]
sizes = [len(alerts) for alerts in alerts_by_day]
short = np.mean([alerts.mean() < 0.85 for alerts in alerts_by_day])
print(f"the day of the choice: precision {one_day['is_fraud'].iloc[:100].mean():.2f} among 100 alerts")
print(f"120 other days: {min(sizes)} to {max(sizes)} alerts, precision below 0.85 on {short:.0%} of them")

# %% [markdown]
# Nothing has changed between those days but luck. A demand that must hold every day needs a margin, and a number from
# one set needs an interval. Lesson 7 comes back to thresholds, with money instead of demands.

# %% [markdown]
# ## 4 · When the prevalence shifts
#
# The model stays, the threshold stays, and fraud becomes half as frequent, or one and a half times. Take the long day
# from above; drop every second fraud, or keep two thirds of the honest payments.

# %%
fraud, fair = long_day[long_day["is_fraud"] == 1], long_day[long_day["is_fraud"] == 0]
worlds = {
    "half": pd.concat([fraud.iloc[::2], fair]),
    "as trained": long_day,
    "one and a half": pd.concat([fraud, fair.iloc[np.arange(len(fair)) % 3 != 0]]),
}
print({name: f"{world['is_fraud'].mean():.2%}" for name, world in worlds.items()})


# %%
def judge(day, cut):
    y_true, s, flagged = day["is_fraud"], day["score"], day["score"] >= cut
    return {
        "recall": recall_score(y_true, flagged),
        "specificity": recall_score(y_true, flagged, pos_label=0),
        "ROC AUC": roc_auc_score(y_true, s),
        "precision": precision_score(y_true, flagged),
        "F1": f1_score(y_true, flagged),
        "average precision": average_precision_score(y_true, s),
        "mean score": s.mean(),
    }


cut = 0.65  # any fixed threshold shows it
shifted = pd.DataFrame({name: judge(day, cut) for name, day in worlds.items()})
shifted.round(3)

# %%
figure, ax = plt.subplots(figsize=(5.5, 3.4), layout="constrained")
for row, marker, line in (
    ("ROC AUC", "s", "-."),
    ("precision", "^", "--"),
    ("average precision", "D", ":"),
    ("recall", "o", "-"),
):
    _ = ax.plot(shifted.columns, shifted.loc[row], marker=marker, linestyle=line, label=row)
_ = ax.set(xlabel="prevalence, against the day of training", ylabel="metric", ylim=(0, 1.02))
_ = ax.legend(loc="lower right", ncols=2)
plots.captioned(
    ax,
    "One model and one threshold in three worlds: recall and ROC AUC stay where they are, "
    "precision and average precision rise and fall with the prevalence.",
)

# %% [markdown]
# - **Stay**, up to the luck of which rows were kept: recall, specificity, ROC AUC, balanced accuracy. Each looks at
#   one class at a time, or at pairs of both.
# - **Move**: precision, F1, average precision, MCC, accuracy. They mix the classes, so the mix matters.
# - **Go wrong**: the probabilities. The mean score no longer fits the prevalence, so calibration is lost both ways.
#
# So a precision from a test set that was balanced by hand says nothing about your customers. The formula behind the
# table is a bonus task.

# %% [markdown]
# ## 5 · The scoreboard
#
# From here on each lesson adds rows to one table: 20,000 card payments, 1 % fraud, judged by the same four questions
# (ranking, calibration, decision, cost). A miss costs 1,000 euro, a false alarm 10. All are judged on the same five
# folds, each a fifth of the payments; the table shows the mean over the folds, and ± half the 95 % interval of the
# cost. The threshold is tuned on rows that the model was not fitted on, and judged on others again.

# %%
from sklearn.pipeline import make_pipeline

payments, is_fraud = datasets.features_and_target(datasets.load_transactions())
unchanged = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))

floor_and_ceiling = scoreboard.baselines(payments, is_fraud)
left_alone = scoreboard.evaluate("leave the data alone", unchanged, payments, is_fraud)
results = pd.concat([floor_and_ceiling, left_alone])
summary = scoreboard.table(results)
scoreboard.compact(summary, intervals=("cost",))

# %%
axes = plots.scoreboard(summary)
plots.captioned(
    axes,
    "Between the floor (a dummy that knows nothing) and the ceiling (perfect knowledge) stands "
    "the model whose data were left alone. Moving its threshold changes decision and cost, and "
    "neither ranking nor calibration.",
)

# %%
tuned, default = (("leave the data alone", cut) for cut in (scoreboard.TUNED_CUT, scoreboard.DEFAULT_CUT))
for metric in ("cost", "f1"):
    name, digits = scoreboard.METRICS[metric][0], 0 if metric == "cost" else 3
    gain = scoreboard.difference(results, tuned, default, metric)
    print(f"{name}, tuned minus default: {gain.mean:,.{digits}f}", end=" ")
    print(f"(95 % interval {gain.low:,.{digits}f} to {gain.high:,.{digits}f})")
wider = np.sqrt((1 / 5 + 1 / 4) / (1 / 5))  # five folds, a quarter as many test rows as training rows
print(f"corrected: {wider:.1f} times as wide as the naive intervals")

# %% [markdown]
# Read it in three steps. *Floor and ceiling*: a model is worth what it gains over the dummy, and the perfect row says
# how much is left. A dummy that flags at random, as often as fraud occurs, has the prevalence for its precision and
# its recall. (At these costs flagging nobody and flagging everybody cost about the same, so a dummy's tuned threshold
# flips from fold to fold.)
#
# *Default against tuned*: the same model, only the cut has moved. It was moved for money, so look at what money
# gained and what F1 did.
#
# *Interval*: the folds share most of their training rows, so their results vary less than fresh data would. The naive
# interval takes them for independent and claims far too much; that of Nadeau and Bengio (2003) adds the ratio of test
# to training rows. An interval that holds 0 settles nothing.

# %% [markdown]
# # Further
#
# Here the core path ends: all 20 points are behind you. What follows is worth 0 points, and a good deal to you.

# %% [markdown]
# ### Bonus 1 · F-beta and ROC AUC from scratch
#
# F-beta is (1 + β²) P R / (β² P + R), and 0 where both are 0. ROC AUC is the share of pairs, one positive and one
# negative, in which the positive scores higher; a tie counts half.


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
# What must F-beta give for β = 1? And what is "each positive against each negative" in NumPy?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# For β = 1 it is F1. Guard against 0/0. For the pairs, subtract the negatives' scores as a row from the positives'
# scores as a column: each cell of the table is one pair.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `gap = scores[y_true == 1][:, None] - scores[y_true == 0][None, :]`; then the mean of `gap > 0` and half the mean of
# `gap == 0`.
# </details>

# %% [markdown]
# ### Bonus 2 · Precision at k, day by day
#
# Each day has its own budget of k alerts. Return the mean over the days of the precision among each day's k highest
# scores. Every day has at least k payments; ties go to the earlier row.


# %% nbgrader={"grade_id": "bonus-precision-per-day", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def precision_per_day(day, y_true, scores, k):
    """Return the mean over the days of the precision among the k highest scores of the day.

    day: array of day numbers, one a row, in any order. y_true: array of 0 and 1. scores: array of numbers.
    k: alerts a day. Returns a number, 0 to 1.
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
# Go through `np.unique(day)`, take the rows of one day with a mask, and use your function of task 3.6.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `np.mean([precision_in_budget(y_true[day == d], scores[day == d], k) for d in np.unique(day)])`
# </details>

# %% [markdown]
# ### Bonus 3 · The prevalence shift as a formula
#
# Recall and specificity stay when the prevalence shifts. So precision at any prevalence follows from the two. Write
# the function; with it you can tell before the launch what a tested threshold will do in a rarer world.


# %% nbgrader={"grade_id": "bonus-prevalence-shift", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def precision_at_prevalence(recall, specificity, prevalence):
    """Return the precision (number, 0 to 1) of a decision with this recall and specificity at this prevalence."""
    answer = ...  # number, 0 to 1
    ### BEGIN SOLUTION
    hits = recall * prevalence
    false_alarms = (1 - specificity) * (1 - prevalence)
    answer = hits / (hits + false_alarms)
    ### END SOLUTION
    return answer


# %% nbgrader={"grade_id": "bonus-prevalence-shift-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.bonus_prevalence_shift(*answers("precision_at_prevalence"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Take a million payments. How many frauds are there, how many of them are hits? How many honest ones, how many
# flagged?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# As shares of all payments: hits are recall × prevalence. False alarms are (1 − specificity) × (1 − prevalence).
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# Precision is hits / (hits + false alarms).
# </details>

# %% [markdown]
# ### Find the bug
#
# This cell means to judge the ranking of the two-feature model on its test rows. It runs, and the numbers are wrong.
# Find out why they are so much lower than in section 2, and mend them. (The check tells you when it is done.)

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
# How many different values does `predicted` hold? How many does a ranking need?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `predict` cuts at 0.5 and returns labels. Labels have one threshold, so the ROC curve has one corner, and the area
# under it is the balanced accuracy. Which method of the model returns scores?
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `model.predict_proba(X_test)` has one column a class; take the positive one with `[:, 1]`.
# </details>

# %% [markdown]
# ## Learners asked

# %% [markdown]
# **Recall only, or F1? And which score if I want few false positives?** Recall limits misses, precision limits false
# alarms; which costs you more? Recall alone is no goal, since flagging everybody has recall 1. If you know both
# costs, use them (lesson 7). If not, F2 leans towards finding, F0.5 towards few false alarms; better still, state a
# demand, as in tasks 3.4 to 3.6. Here is where each would cut on the day `validation`.

# %%
p, r, cuts = metrics.precision_recall_curve(validation["is_fraud"], validation["score"])
p, r, by_beta = p[:-1], r[:-1], {}
for beta in (2, 1, 0.5):
    f = (1 + beta**2) * p * r / np.maximum(beta**2 * p + r, 1e-9)
    best = validation["score"] >= cuts[f.argmax()]
    by_beta[f"F{beta}"] = {
        "threshold": cuts[f.argmax()],
        "misses": np.sum(~best & (validation["is_fraud"] == 1)),
        "false alarms": np.sum(best & (validation["is_fraud"] == 0)),
    }
pd.DataFrame.from_dict(by_beta, orient="index").round(3)

# %% [markdown]
# **F1 or average precision ("PR AUC")?** Average precision while you compare models and have not fixed a threshold:
# it takes in the whole curve. F1 (or better, the precision and recall you promised) when the threshold is fixed: it
# judges the one point at which you will work. The inflated scores of section 2 have the average precision of the
# honest ones, and another precision and recall at the same cut.
#
# **When does ROC AUC flatter?** When you work at the top of the list. The false positive rate divides by all
# negatives, and there are so many of them that a small rate is a crowd:

# %%
false_positive_rate, recall_there, _ = metrics.roc_curve(weak_day["is_fraud"], weak_day["score"])
at = np.searchsorted(false_positive_rate, 0.05)
honest_payments, frauds = int((weak_day["is_fraud"] == 0).sum()), int(weak_day["is_fraud"].sum())
print(f"ROC AUC {roc_auc_score(weak_day['is_fraud'], weak_day['score']):.3f}, average precision", end=" ")
print(f"{average_precision_score(weak_day['is_fraud'], weak_day['score']):.3f}")
print(f"at a false positive rate of 5 %: {0.05 * honest_payments:.0f} false alarms", end=" ")
print(f"for {recall_there[at] * frauds:.0f} of {frauds} frauds")

# %% [markdown]
# **Which class is positive?** The one you look for: the one that a flag means. It is your choice and it changes the
# numbers: turn the classes round, and all that was hard looks easy. Accuracy, balanced accuracy, ROC AUC and
# MCC treat both classes alike and do not care. In scikit-learn the positive class is the label 1, or the one you name
# as `pos_label`.

# %%
turned = {"rare class": (y_test, labels, scores), "common class": (1 - y_test, 1 - labels, 1 - scores)}
pd.DataFrame(
    {
        f"{name} is positive": {
            **four_metrics(y_true, y_pred),
            "average precision": average_precision_score(y_true, s),
            "ROC AUC": roc_auc_score(y_true, s),
            "MCC": metrics.matthews_corrcoef(y_true, y_pred),
        }
        for name, (y_true, y_pred, s) in turned.items()
    }
).round(3)

# %% [markdown]
# **Must the predicted shares match the training shares?** No. The share of rows *flagged* depends on the threshold,
# and a good one flags more rows than are positive when misses are dear, fewer when alarms are. What should match,
# where the prevalence stays, is the *mean probability* of a calibrated model:

# %%
print(f"positive rows:     {y_test.mean():.2%} of the test rows")
print(f"mean probability:  {scores.mean():.2%}")
for cut in (0.5, 0.2, 0.05):
    print(f"flagged at {cut:<4}:   {np.mean(scores >= cut):.2%}, recall {recall_score(y_test, scores >= cut):.2f}")

# %% [markdown]
# **Precision, recall and F1 are all zero: what happened?** No positive reached the cut. Perhaps nothing was flagged,
# perhaps a few negatives were. Look at the highest score of the *positives* before you throw the model away. Here are
# two other sets of the same recipe:

# %%
for seed in (120, 915):
    other_X, other_y = datasets.make_two_features(seed=seed)
    parts = train_test_split(other_X, other_y, test_size=0.5, stratify=other_y, random_state=seed)
    s = LogisticRegression(solver="liblinear").fit(parts[0], parts[2]).predict_proba(parts[1])[:, 1]
    p, r, cuts = metrics.precision_recall_curve(parts[3], s)
    best = np.argmax(2 * p[:-1] * r[:-1] / np.maximum(p[:-1] + r[:-1], 1e-9))
    print(
        f"seed {seed}: recall {recall_score(parts[3], s >= 0.5):.2f}, F1 {f1_score(parts[3], s >= 0.5):.2f}", end="; "
    )
    print(f"ROC AUC {roc_auc_score(parts[3], s):.2f};", end=" ")
    print(f"highest score of a positive {s[parts[3] == 1].max():.2f};", end=" ")
    print(f"at the cut {cuts[best]:.2f} F1 {f1_score(parts[3], s >= cuts[best]):.2f}")

# %% [markdown]
# A ranking of that quality with F1 = 0 is a threshold problem, not a model without skill. How little a single
# split says, the same model and recipe tell over 20 seeds:

# %%
f1_by_seed = []
for seed in range(20):
    other_X, other_y = datasets.make_two_features(seed=seed)
    parts = train_test_split(other_X, other_y, test_size=0.5, stratify=other_y, random_state=seed)
    other_model = LogisticRegression(solver="liblinear").fit(parts[0], parts[2])
    f1_by_seed.append(f1_score(parts[3], other_model.predict(parts[1])))
low, middle, high = np.percentile(f1_by_seed, [5, 50, 95])
print(f"F1 over 20 seeds: median {middle:.2f}, 5th percentile {low:.2f}, 95th percentile {high:.2f}")

# %% [markdown]
# **One winner a race: how do I judge that?** Rows come in groups, and exactly one of each group is positive. A cut at
# 0.5 is out of place: with twelve runners hardly anybody has an even chance. Take the highest score *of each race*,
# and count how often it is the winner. Compare rows within a race only, and split by race (`GroupKFold`), so that no
# race is on both sides.

# %%
races, runners = 500, 12
draw = np.random.default_rng(14)
strength = draw.normal(size=(races, runners))
chance_to_win = np.exp(strength) / np.exp(strength).sum(axis=1, keepdims=True)
winner = np.array([draw.choice(runners, p=one) for one in chance_to_win])
won = np.arange(runners) == winner[:, None]
rank = 1 + np.sum(chance_to_win > chance_to_win[np.arange(races), winner][:, None], axis=1)
print(f"winners found by the cut 0.5:        {np.mean(chance_to_win[won] >= 0.5):.1%}")
print(f"by the highest score of each race:   {np.mean(rank == 1):.1%} (by chance {1 / runners:.1%})")
print(f"mean place of the winner in the ranking: {rank.mean():.1f} of {runners}")

# %% [markdown]
# ## Quick check
#
# Write the letter of your choice in quotes. Each option answers with its reason; try the wrong ones, too.
#
# **Question 1.** A model reaches an average precision of 0.30 on a set in which 1 % of the rows are positive. What
# follows?
#
# - **a** It is worse than chance, which is 0.5.
# - **b** It ranks far better than chance.
# - **c** 30 % of its alerts are right.
# - **d** It is better than a model with 0.25 on a set in which 0.1 % are positive.

# %% nbgrader={"grade_id": "quick-check-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_1 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
answer_1 = "b"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.quick_check_1(*answers("answer_1"))

# %% [markdown]
# **Question 2.** On a test set with 1 % positives a model has ROC AUC 0.98, and at the default cut F1 = 0. What is
# the most likely reason?
#
# - **a** The model has learnt nothing.
# - **b** The training data must be balanced first.
# - **c** No positive scores as high as 0.5.
# - **d** The two classes were swapped.

# %% nbgrader={"grade_id": "quick-check-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_2 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
answer_2 = "c"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.quick_check_2(*answers("answer_2"))

# %% [markdown]
# ## What you take away
#
# - Accuracy is no news when one class is rare. Give **precision and recall** with their threshold; F1 only beside
#   them.
# - **Ranking, calibration and decision** are three questions. Scores for the first, probabilities for the second, a
#   threshold for the third.
# - **Average precision** belongs with the **prevalence**, its chance level; compare it on the same set only.
# - A **threshold** is chosen on validation data for a stated demand, and reported on test data. "None" is an answer.
# - Precision and its kin move with the prevalence; recall, specificity and ROC AUC stay.
#
# **What goes wrong in practice:** labels passed where scores belong; a macro average taken for the rare class; a
# threshold tuned on the test set; a precision measured on a balanced sample; one split with a handful of positives;
# the default cut.

# %% [markdown]
# ### Where to read on
#
# - Brier (1950), *Verification of forecasts expressed in terms of probability*, Monthly Weather Review 78: the score.
# - Chicco and Jurman (2020), *The advantages of the Matthews correlation coefficient (MCC) over F1 score and accuracy
#   in binary classification evaluation*, BMC Genomics 21: the case for MCC.
# - Davis and Goadrich (2006), *The relationship between Precision-Recall and ROC curves*, ICML: how the two curves
#   belong together, and why not to draw straight lines in a PR curve.
# - Elkan (2001), *The foundations of cost-sensitive learning*, IJCAI: thresholds from costs; the ground of lesson 7.
# - Fawcett (2006), *An introduction to ROC analysis*, Pattern Recognition Letters 27.
# - Gneiting and Raftery (2007), *Strictly proper scoring rules, prediction, and estimation*, JASA 102.
# - McDermott and others (2024), *A closer look at AUROC and AUPRC under class imbalance*, NeurIPS 37.
# - Nadeau and Bengio (2003), *Inference for the generalization error*, Machine Learning 52: the interval.
# - Saito and Rehmsmeier (2015), *The precision-recall plot is more informative than the ROC plot when evaluating
#   binary classifiers on imbalanced datasets*, PLoS ONE 10: the other view on "ROC or PR".
#
# **Next:** lesson 4 drops majority rows, and you will know how to tell whether that helped.
