# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 04-undersampling, version: "2.0"}
# ---

# %% [markdown]
# # Lesson 4 · Undersampling
#
# **Why would you throw data away, and what does that change?** After this lesson you can
#
# 1. undersample to any ratio;
# 2. predict which metrics survive a balanced test set;
# 3. resample inside a pipeline, and find a column that leaks the outcome;
# 4. repair the probabilities of an undersampled model.
#
# **Time** 35 minutes · **Needs** lesson 3 · **Points** 20, in five tasks

# %% [markdown]
# The data are 45,211 real calls in which a Portuguese bank offered a term deposit; 11.7% ended in a subscription.

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn
from imblearn.pipeline import make_pipeline
from imblearn.under_sampling import RandomUnderSampler, TomekLinks
from sklearn.calibration import CalibrationDisplay
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_score, train_test_split
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

from imbalanced_course import datasets, plots, real_data, scoreboard
from imbalanced_course.plots.style import BLUE, GREY, MAJORITY, MINORITY, ORANGE, REFERENCE, WINE

sklearn.set_config(display="text")
plt.style.use("imbalanced_course.plots.course")

# %% nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
calls = real_data.load_bank_calls()
X, y = calls.drop(columns="subscribed"), calls["subscribed"]
# Categories become columns of 0 and 1; numbers get mean 0 and standard deviation 1.
prepare = make_column_transformer(
    (OneHotEncoder(handle_unknown="ignore"), list(real_data.BANK_CALLS_CATEGORIES)), remainder=StandardScaler()
)
folds = StratifiedKFold(n_splits=3, shuffle=True, random_state=1)


# %% nbgrader={"grade_id": "setup-toy", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
def simulated(rows, seed):
    """Return points, labels, and true probabilities; the probability rises along a curve, not along a line."""
    draw = np.random.default_rng(seed)
    points = draw.normal(size=(rows, 2))
    truth = 1 / (1 + np.exp(5.5 - points[:, 0] - np.maximum(points[:, 1], 0) ** 2))
    points = pd.DataFrame(points, columns=["feature_1", "feature_2"])
    return points, pd.Series((draw.random(rows) < truth).astype(int), name="target"), truth


points, rare, _ = simulated(4_000, seed=3)  # about 100 of them positive

# For the optional part.
flat_X, flat_y = datasets.make_two_features()  # 10,000 rows, 100 of them positive

# Ten points; `target` is 1 for the four of the minority.
ten = pd.DataFrame(
    {
        "feature_1": [1.0, 2.0, 1.5, 2.4, 5.0, 6.2, 4.1, 5.0, 6.1, 7.3],
        "feature_2": [1.0, 1.5, 5.0, 5.6, 1.5, 2.2, 1.0, 5.0, 5.3, 6.2],
        "target": [0, 0, 0, 1, 0, 1, 0, 0, 1, 1],
    }
)

# %% [markdown]
# ## Two questions from before
#
# At the end of lesson 3 you bet on recall and average precision after most honest payments are dropped.

# %% jupyter={"source_hidden": true}
from imbalanced_course.bets import last_bet

last_bet("metrics")

# %% [markdown]
# Section 6 settles it. Now two questions; write the letter of your choice in quotes.
#
# **Question 1.** A model's fraud probabilities are calibrated. A false alarm costs €10 and a missed fraud €190. Which
# threshold is cheapest?
#
# - **a** 0.5, the default
# - **b** 0.95, because misses are expensive
# - **c** the prevalence of fraud
# - **d** 0.05, from the two costs

# %% nbgrader={"grade_id": "before-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
before_1 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
before_1 = "d"
### END SOLUTION

# %% nbgrader={"grade_id": "before-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.before_1(*answers("before_1"))

# %% [markdown]
# **Question 2.** Of 1,000 rows, 10 are positive. You set 100 random rows aside as a test set and don't stratify. What
# can happen?
#
# - **a** The test set may not contain a single positive.
# - **b** The test set contains one positive for certain.
# - **c** The test set may contain 11 positives or more.
# - **d** The accuracy can't be computed on these rows.

# %% nbgrader={"grade_id": "before-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
before_2 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
before_2 = "a"
### END SOLUTION

# %% nbgrader={"grade_id": "before-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.before_2(*answers("before_2"))

# %% [markdown]
# ## 1 · Why drop data at all
#
# Because of size. A payment provider's table needs, at 8 bytes per number:

# %% jupyter={"source_hidden": true}
rows, columns, share = 50_000_000, 40, 0.001
positives = rows * share
for name, kept_rows in (
    ("all rows", rows),
    ("50 negatives per positive", 51 * positives),
    ("1 negative per positive", 2 * positives),
):
    print(f"{name:<26}{kept_rows:>12,.0f} rows {kept_rows * columns * 8 / 1e9:>7.2f} GB")

# %% [markdown]
# Imbalance alone is no reason. If memory suffices, you can keep every row and move the threshold, or pass
# `class_weight="balanced"`. On average, such weights act on the fit much like undersampling to 1:1.
#
# **Random undersampling** keeps every minority row and draws majority rows without replacement. How many calls remain
# at 1:1?

# %% tags=["guess"]
guess_rows = ...  # number of calls that remain at 1:1

# %%
for strategy in (1.0, 0.5, {0: 20_000, 1: 5_289}, "majority"):
    sampler = RandomUnderSampler(sampling_strategy=strategy, random_state=1)
    X_kept, y_kept = sampler.fit_resample(X, y)
    print(f"{strategy!s:>22} gives", y_kept.value_counts().sort_index().to_dict())

# %% jupyter={"source_hidden": true}
for impossible in (2.0, 0.1):  # 2 minority rows per majority row; 10 majority rows per minority row
    try:
        RandomUnderSampler(sampling_strategy=impossible).fit_resample(X, y)
    except ValueError as error:
        print(f"{impossible:>22} stops:", str(error).split(", a str")[0])

# %% [markdown]
# How close were you?
#
# - A **float** is **minority over majority, after resampling** (0.5 is 1:2), so at most 1. Lesson 1's imbalance ratio
#   is the inverse.
# - A **dict** gives the rows to keep of each class.
# - A **string** names the classes to shrink to the size of the smallest one.
#
# Undersampling can't add rows, so a float below the present ratio is an error.


# %% [markdown]
# ### Task 4.1 · Undersample to a ratio (4 points, 3 minutes)
#
# A colleague wants **three random majority rows per minority row**.
#
# 1. Write the `sampling_strategy` into `strategy_three`.
# 2. In `counts_three`, store the class counts it gives for `X`, `y`.
# 3. Complete the function for any such ratio.
#
# The check calls your function on other data.

# %% nbgrader={"grade_id": "random-undersampling", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
strategy_three = ...  # number: the value of sampling_strategy
counts_three = ...  # dict: label (0 and 1) to number of rows after undersampling X, y


def undersample(X, y, per_minority):
    """Undersample to `per_minority` random majority rows (whole number, 1 or more) per minority row.

    X: DataFrame. y: Series of 0 and 1, where 1 is the minority. Returns the rows and the labels that are kept.
    """
    X_small, y_small = ..., ...  # DataFrame and Series
    ### BEGIN SOLUTION
    sampler = RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1)
    X_small, y_small = sampler.fit_resample(X, y)
    ### END SOLUTION
    return X_small, y_small


### BEGIN SOLUTION
strategy_three = 1 / 3
counts_three = undersample(X, y, 3)[1].value_counts().to_dict()
### END SOLUTION

# %% nbgrader={"grade_id": "random-undersampling-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.random_undersampling(*answers("strategy_three", "counts_three", "undersample"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which of the two classes is on top of the fraction that the library wants? Can the fraction be above 1?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# The fraction is one minority row over `per_minority` majority rows. Make a `RandomUnderSampler` with that
# `sampling_strategy` and return both parts of its `fit_resample(X, y)`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on the simulated points, for five majority rows per minority row:
#
# ```python
# fewer_points, fewer_labels = RandomUnderSampler(sampling_strategy=1 / 5).fit_resample(points, rare)
# print(fewer_labels.value_counts().to_dict())
# ```
# </details>

# %% [markdown]
# ## 2 · The test set stays natural
#
# An undersampled test set has a share of positives that your clients don't have.

# %% jupyter={"source_hidden": true}
spots = {"wrong": [(0.5, 3), (0.5, 2), (0.15, 1), (0.85, 1)], "right": [(0.5, 3), (0.15, 2), (0.15, 1), (0.85, 1)]}
arrows = {"wrong": [(0, 1), (1, 2), (1, 3)], "right": [(0, 1), (1, 2), (0, 3)]}
wrong = ["all rows\n12% positive", "undersampled\n33%", "training set\n33%", "test set\n33%"]
right = ["all rows\n12% positive", "training rows\n12%", "undersampled\n33%", "test set\n12%"]
centered = {"ha": "center", "va": "center"}

# %% jupyter={"source_hidden": true}
figure, panels = plt.subplots(1, 2, figsize=(7, 3.1), layout="constrained")
for panel, name, texts in zip(panels, spots, (wrong, right), strict=True):
    looks = [{"boxstyle": "round", "facecolor": "lightgrey" if "33%" in text else "white"} for text in texts]
    drawn = [panel.text(*spots[name][i], texts[i], bbox=looks[i], **centered) for i in range(4)]
    boxes = [text.get_bbox_patch() for text in drawn]
    for start, end in arrows[name]:
        look = {"arrowstyle": "-|>", "color": "black", "patchA": boxes[start], "patchB": boxes[end]}
        _ = panel.annotate("", spots[name][end], spots[name][start], arrowprops=look)
    _ = panel.set(title=name, xlim=(-0.2, 1.2), ylim=(0.5, 3.5))
    panel.set_axis_off()
plots.captioned(
    figure,
    "Flow charts; gray boxes have a changed share of positives. Left: resampled first, so the test set is gray. "
    "Right: split first, so only training rows are.",
)

# %% [markdown]
# On an undersampled test set, nearly 8 in 10 alerts are right. Guess the precision on the natural test set.

# %% tags=["guess"]
guess_precision = ...  # precision at 0.5 on the natural test set, 0 to 1

# %%
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
sampler = RandomUnderSampler(sampling_strategy=0.5, random_state=1)
model = make_pipeline(prepare, sampler, LogisticRegression(max_iter=1000)).fit(X_train, y_train)

# %% jupyter={"source_hidden": true}
judged = {}
for name, (rows_there, truth) in {
    "undersampled test set": sampler.fit_resample(X_test, y_test),
    "natural test set": (X_test, y_test),
}.items():
    s = model.predict_proba(rows_there)[:, 1]
    judged[name] = {"rows": len(truth), "positive": truth.mean(), "recall at 0.5": recall_score(truth, s >= 0.5)}
    judged[name]["precision at 0.5"] = precision_score(truth, s >= 0.5)
    judged[name]["accuracy at 0.5"] = np.mean(truth == (s >= 0.5))
    judged[name]["average precision"] = average_precision_score(truth, s)
    judged[name]["ROC AUC"] = roc_auc_score(truth, s)
pd.DataFrame(judged).round(2)

# %% [markdown]
# What surprised you? No test row was trained on, so the cause is the **new prevalence**.
#
# - Recall looks only at the positives, and they're all there. ROC AUC is the chance that a random positive scores
#   higher than a random negative, however many there are.
# - Precision and average precision mix the classes, so they're far too good where negatives were dropped. Accuracy is a
#   mix, too: the mean of recall and specificity, weighted by the classes' shares.

# %% [markdown]
# ### Task 4.2 · A report from a balanced test set (4 points, 4 minutes)
#
# A vendor tested a fraud model on a 1:1 test set: precision 0.95, recall 0.80, ROC AUC 0.93. In your world 1 payment in
# 1,000 is fraud. The threshold and the scores within each class are the same.
#
# 1. Set each `word_` name: from the vendor's test to your world, that metric `"holds"`, `"falls"`, or `"rises"`.
# 2. Compute your precision. Three decimals are enough.

# %% nbgrader={"grade_id": "balanced-report", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
word_recall = ...  # "holds", "falls", or "rises"
word_roc_auc = ...  # "holds", "falls", or "rises"
word_precision = ...  # "holds", "falls", or "rises"
word_average_precision = ...  # "holds", "falls", or "rises"
word_accuracy = ...  # "holds", "falls", or "rises"

world_precision = ...  # number, 0 to 1: precision where 1 payment in 1,000 is fraud
### BEGIN SOLUTION
word_recall = word_roc_auc = "holds"
word_precision = word_average_precision = "falls"
word_accuracy = "rises"
false_positive_rate = 0.80 * 0.05 / 0.95  # at 1:1, 5 of 100 alerts are false, and there are as many negatives
world_precision = 0.80 * 0.001 / (0.80 * 0.001 + false_positive_rate * 0.999)
### END SOLUTION

# %% nbgrader={"grade_id": "balanced-report-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.balanced_report(
    *answers("word_recall", "word_roc_auc", "word_precision", "word_average_precision", "word_accuracy"),
    *answers("world_precision"),
)

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which of the five change if each honest payment is there 999 times? Take 100 frauds and 100 honest payments, and write
# down the four counts of the vendor's test. Then replace the 100 honest payments with 99,900.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Of 100 frauds, 80 are hits, and 80 hits are 95% of the alerts. That gives the false alarms among 100 honest payments,
# so it gives the false positive rate. With it, compute the hits and false alarms of a world with 0.1% fraud. The
# accuracy there is mostly the specificity.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for a 1:1 test with precision 0.90 and recall 0.60, in a world with 2% positives:
#
# ```python
# alarm_rate = 0.60 * 0.10 / 0.90
# print(0.60 * 0.02 / (0.60 * 0.02 + alarm_rate * 0.98))
# ```
# </details>

# %% [markdown]
# ## 3 · Resample inside a pipeline
#
# One split can be lucky. **Cross-validation** cuts the rows into parts, the **folds**. In each round it fits the model
# on all folds but one and judges it on that one; the mean is the result. The setup's `folds` has three:

# %%
every_row = make_pipeline(prepare, LogisticRegression(max_iter=1000))
scores = cross_val_score(every_row, X, y, cv=folds, scoring="average_precision")

# %% jupyter={"source_hidden": true}
print(" " * 7, *(f"fold {fold}" for fold in (1, 2, 3)), "average precision", sep="   ")
for this, score in enumerate(scores, start=1):
    print(
        f"round {this}", *(f"{'judge' if fold == this else 'fit':<6}" for fold in (1, 2, 3)), f"{score:.3f}", sep="   "
    )
print(f"{'mean':<37}{scores.mean():.3f}")

# %% [markdown]
# Each round may resample only the folds marked *fit*. That's what **imbalanced-learn's pipeline** is for: the sampler
# works in `fit` and is skipped in `predict`. Guess how many of 33,908 training rows a tree sees at 1:1.

# %% tags=["guess"]
guess_seen = ...  # number of rows

# %%
tree = make_pipeline(prepare, RandomUnderSampler(random_state=1), DecisionTreeClassifier()).fit(X_train, y_train)

# %% jupyter={"source_hidden": true}
print(f"rows given to fit     {len(y_train):>7,}, seen by the tree {tree[-1].tree_.n_node_samples[0]:>7,}")
print(f"rows given to predict {len(y_test):>7,}, predictions      {len(tree.predict(X_test)):>7,}")

# %% jupyter={"source_hidden": true}
import sklearn.pipeline

try:
    sklearn.pipeline.make_pipeline(RandomUnderSampler(), LogisticRegression()).fit(X_train, y_train)
except TypeError as error:
    print("scikit-learn's own Pipeline:", type(error).__name__, "·", str(error).split(" or be")[0], "…")

# %% [markdown]
# How close were you? scikit-learn's own pipeline refuses a sampler, which has no `transform` method.

# %% [markdown]
# ### Task 4.3 · Lines in order (3 points, 3 minutes)
#
# In the right order, five of these seven lines train on undersampled rows and judge on natural ones.
#
# - **a** `X, y = RandomUnderSampler(random_state=1).fit_resample(X, y)`
# - **b** `scores = model.predict_proba(X_test)[:, 1]`
# - **c** `model = imblearn.pipeline.make_pipeline(prepare, RandomUnderSampler(), LogisticRegression())`
# - **d** `X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y)`
# - **e** `print(average_precision_score(y_test, scores))`
# - **f** `model = sklearn.pipeline.make_pipeline(prepare, RandomUnderSampler(), LogisticRegression())`
# - **g** `model.fit(X_train, y_train)`
#
# 1. Store the five letters in that order, in a string like `"abcde"`.
#
# The check names the line that's wrong.

# %% nbgrader={"grade_id": "lines-in-order", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
order = ...  # text of five letters
### BEGIN SOLUTION
order = "dcgbe"
### END SOLUTION

# %% nbgrader={"grade_id": "lines-in-order-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.lines_in_order(*answers("order"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Look at the flow charts of section 2. Which line would turn the test set gray?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# You need a split, a pipeline that accepts a sampler, a fit, a prediction, and a metric. A line can only use names that
# an earlier line has set.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same for cleaning cups, with the letters s (soap), r (rinse), and d (dry):
#
# ```python
# cups = "srd"
# ```
# </details>

# %% [markdown]
# ## 4 · A column that knows too much
#
# `campaign` counts this campaign's calls to a client, this one included. `duration` is the call's length, `pdays` the
# days since an earlier campaign, and `poutcome` that campaign's outcome. Guess which column ranks the calls best by
# itself.

# %% tags=["guess"]
guess_column = ...  # name of a column, in quotes

# %% jupyter={"source_hidden": true}
alone = {}
for column in X:
    coded = [one[[column]].apply(lambda s: s.cat.codes if s.dtype == "category" else s) for one in (X_train, X_test)]
    small_tree = DecisionTreeClassifier(min_samples_leaf=100).fit(coded[0], y_train)
    alone[column] = average_precision_score(y_test, small_tree.predict_proba(coded[1])[:, 1])
alone = pd.Series(alone).sort_values()

# %% jupyter={"source_hidden": true}
figure, ax = plt.subplots(figsize=(6, 3.9), layout="constrained")
_ = ax.barh(alone.index, alone, color=BLUE)
_ = ax.axvline(y_test.mean(), **REFERENCE, label="chance level (prevalence)")
_ = ax.set(xlabel="average precision of a small tree on this column alone")
_ = ax.legend(loc="lower right")
plots.captioned(
    ax,
    "Average precision of a tree, one bar per column. Most end near the dashed chance level, a few at about twice it; "
    "one is far longer.",
)

# %% [markdown]
# What surprised you? A value that doesn't exist yet when the model is used is a **leak**. A long bar is suspicious, but
# ask *when* a value is known.

# %% [markdown]
# ### Task 4.4 · Find the leak, then judge a pipeline (5 points, 5 minutes)
#
# The bank wants to know **whom to call**, so its model must run *before* a call.
#
# 1. Write into `leak` the name of the column that isn't known then.
# 2. Make `resampling_model` with `make_pipeline`: `prepare`, a `RandomUnderSampler` that keeps two majority rows per
#    minority row (`random_state=1`), and `LogisticRegression(max_iter=1000)`.
# 3. Compute its mean average precision over `folds` with `cross_val_score`, without the leak. Three decimals are enough.
#
# The check rebuilds your pipeline and fits it on some of the calls.

# %% nbgrader={"grade_id": "pipeline", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
leak = ...  # name of a column, in quotes
resampling_model = ...  # pipeline (it doesn't have to be fitted)
mean_average_precision = ...  # number, 0 to 1: mean over the folds, without the leak
### BEGIN SOLUTION
leak = "duration"
sampler_of_two = RandomUnderSampler(sampling_strategy=0.5, random_state=1)
resampling_model = make_pipeline(prepare, sampler_of_two, LogisticRegression(max_iter=1000))
mean_average_precision = cross_val_score(
    resampling_model, X.drop(columns=leak), y, cv=folds, scoring="average_precision"
).mean()
### END SOLUTION

# %% nbgrader={"grade_id": "pipeline-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.pipeline(*answers("leak", "resampling_model", "mean_average_precision"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Imagine the clerk before dialing. Which column's cell is empty? And which library's pipeline
# accepts a sampler?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `make_pipeline` from the setup cell takes the three steps in their order. `cross_val_score` is called as in section 3,
# with the pipeline and with the calls without the leak, `X.drop(columns=…)`. Take the mean.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method on the simulated points, with ROC AUC and without a sampler:
#
# ```python
# plain = make_pipeline(StandardScaler(), LogisticRegression())
# print(cross_val_score(plain, points, rare, cv=folds, scoring="roc_auc").mean())
# ```
# </details>

# %% [markdown]
# ## 5 · Repair the probabilities
#
# From here on, no model sees the leak:

# %% jupyter={"source_hidden": true}
known_train, known_test = (one.drop(columns=real_data.BANK_CALLS_LEAK) for one in (X_train, X_test))
on_few = make_pipeline(prepare, sampler, LogisticRegression(max_iter=1000)).fit(known_train, y_train)
s = on_few.predict_proba(known_test)[:, 1]
with_leak = judged["natural test set"]["average precision"]
print(f"section 2's model, average precision on the natural test set: {with_leak:.2f} with the leak", end=", ")
print(f"{average_precision_score(y_test, s):.2f} without it")

# %% [markdown]
# This model was trained on 33% positives. Guess its mean probability for natural test calls.

# %% tags=["guess"]
guess_mean = ...  # mean predicted probability, 0 to 1

# %% [markdown]
# Dropping negatives at random raises the **odds** p / (1 − p) in any group of similar rows by the same
# factor as the odds of all rows. So multiply the model's odds by the inverse, $f$, and turn them back into a probability:
#
# $$f = \frac{\pi / (1-\pi)}{\pi_s / (1-\pi_s)} \qquad p = \frac{f \, p_s}{f \, p_s + 1 - p_s}$$
#
# Here $p_s$ is the model's probability, $\pi_s$ the prevalence in training, $\pi$ the natural one, and $p$ the repaired
# probability (Elkan 2001).

# %% jupyter={"source_hidden": true}
on_all = make_pipeline(prepare, LogisticRegression(max_iter=1000)).fit(known_train, y_train)
f = (y_train.mean() / (1 - y_train.mean())) / 0.5  # trained on 1:2, which are odds of 0.5
forecasts = {
    "not resampled": on_all.predict_proba(known_test)[:, 1],
    "undersampled to 1:2": s,
    "undersampled, repaired": f * s / (f * s + 1 - s),
}

# %% jupyter={"source_hidden": true}
figure, ax = plt.subplots(figsize=(6.6, 3.6), layout="constrained")
for (name, one), color, marker, line in zip(
    forecasts.items(), (BLUE, ORANGE, WINE), "o^s", ("-", "-.", ":"), strict=True
):
    options = {"n_bins": 10, "strategy": "quantile", "color": color, "marker": marker, "linestyle": line}
    _ = CalibrationDisplay.from_predictions(y_test, one, name=name, ax=ax, **options)
_ = ax.set(xlabel="mean predicted probability", ylabel="share of subscriptions", xlim=(0, 0.8), ylim=(0, 0.8))
_ = ax.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
plots.captioned(
    ax,
    "Reliability curves. The undersampled model (triangles) is far below the diagonal. Once repaired "
    "(squares), it's as close as with all rows (dots).",
)

# %% jupyter={"source_hidden": true}
judges = {
    "mean probability": lambda one: one.mean(),
    "flagged at 0.5": lambda one: int(np.sum(one >= 0.5)),
    "Brier score": lambda one: brier_score_loss(y_test, one),
    "average precision": lambda one: average_precision_score(y_test, one),
}
judged = {name: {row: judge(one) for row, judge in judges.items()} for name, one in forecasts.items()}
pd.DataFrame(judged).T.round(4).astype({"flagged at 0.5": int})

# %% [markdown]
# What surprised you? The repair keeps the order of the scores, so average precision doesn't move. It's exact if
# negatives were dropped *at random* and the model is calibrated on undersampled rows. A threshold t\* needs these
# repaired probabilities.

# %% [markdown]
# ### Task 4.5 · The repair (4 points, 4 minutes)
#
# A model was trained on undersampled payments.
#
# 1. Complete the function, which has the factor of the odds. Return at least three decimals.
# 2. After training at 1:1, with 2% fraud in the world, which threshold on the *repaired* probabilities flags the same
#    payments as 0.5 on the model's own?
#
# The check calls your function with other numbers, 0 and 1 among them.


# %% nbgrader={"grade_id": "prior-correction", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def repaired(p_s, trained_on, natural):
    """Return the probabilities at the natural prevalence, as an array.

    p_s: array of a model's probabilities. trained_on: prevalence (0 to 1) of its training rows.
    natural: prevalence (0 to 1) before undersampling.
    """
    factor = (natural / (1 - natural)) / (trained_on / (1 - trained_on))  # of the odds
    answer = ...  # array of numbers, 0 to 1
    ### BEGIN SOLUTION
    answer = factor * p_s / (factor * p_s + 1 - p_s)
    ### END SOLUTION
    return answer


same_threshold = ...  # number, 0 to 1
### BEGIN SOLUTION
same_threshold = repaired(0.5, 0.5, 0.02)
### END SOLUTION

# %% nbgrader={"grade_id": "prior-correction-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.prior_correction(*answers("repaired", "same_threshold"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which letter of section 5's formula is `factor`? And what does the formula make of 0.5?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Take the formula of section 5 with `factor` for $f$. As one fraction it also works where a probability is 1; there the
# odds p / (1 − p) would divide by 0. For step 2, call your function with 0.5.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for a bet whose odds of 3 to 2 are halved:
#
# ```python
# chance = np.array([0.6])
# print(0.5 * chance / (0.5 * chance + 1 - chance))  # odds of 1.5 become 0.75, a chance of 3/7
# ```
# </details>

# %% [markdown]
# ## 6 · Results on the payments
#
# Back to your bet: logistic regression on lesson 3's payments, at 0.5 and at a threshold tuned for cost.

# %% jupyter={"source_hidden": true}
contest = scoreboard.load_contest("logistic regression")
shown = {"random undersampling": "undersampled to 1:2", "class weights": "balanced weights"}
names = contest["strategy"].replace(shown)
contest["strategy"] = names.mask(names.str.startswith("leave the"), "not resampled")
contest = contest[contest["strategy"].isin(["not resampled", *shown.values()]) & (contest["fold"] < 5)]
axes = plots.scoreboard(scoreboard.table(contest))
plots.captioned(
    axes,
    "Four metrics of three strategies, with 95% intervals. At 0.5, not resampling costs by far the most.",
)

# %% jupyter={"source_hidden": true}
cuts = {"at 0.5": scoreboard.DEFAULT_CUT, "tuned": scoreboard.TUNED_CUT}
print("undersampled minus not resampled, with its 95% interval (lesson 6 explains it)")
for metric, where, digits in (
    ("recall", "at 0.5", 2),
    ("average_precision", "at 0.5", 3),
    ("cost", "at 0.5", 0),
    ("cost", "tuned", 0),
):
    pair = [(strategy, cuts[where]) for strategy in ("undersampled to 1:2", "not resampled")]
    gain = scoreboard.difference(contest, *pair, metric)
    name = "average precision" if metric == "average_precision" else f"{metric} {where}"
    interval = f"({gain.low:,.{digits}f} to {gain.high:,.{digits}f})"
    print(f"{name:<18}{gain.mean:>8,.{digits}f}{interval:>21}")

# %% [markdown]
# How good was your bet? On these folds recall at 0.5 rises a lot, because the scores rise. At tuned thresholds, the
# interval of the cost difference includes 0, so no saving is shown.
#
# Average precision is lower, but the difference's interval includes 0. On many real datasets, one undersampled training
# set lowers it for logistic regression, forests, and boosting, default or tuned (lesson 6, section 6). Weights lose no
# rows, and their average precision is lower, too. They can pull the fit toward other rows (optional: *Another region*).

# %% [markdown]
# ## Quick check
#
# Write your letter in quotes. Your first answer counts; the check explains each.
#
# **Question 1.** On 16,000 payments, a logistic regression with balanced weights has a lower average precision than the
# same model without weights. What can explain that?
#
# - **a** The weights removed honest payments from the training set.
# - **b** The weights pulled the fit toward another region of the data.
# - **c** The weights moved the threshold away from 0.5.
# - **d** The weights raised every probability by the same factor.

# %% nbgrader={"grade_id": "quick-check-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_1 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_1 = "b"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.quick_check_1(*answers("answer_1"))

# %% [markdown]
# **Question 2.** Three teams have a rare class. Team 1's rows don't fit into memory. Team 2's calibrated model flags at
# 0.5, but misses are expensive. Team 3 computes premiums from calibrated probabilities. What do you advise teams 1,
# 2, and 3, in this order?
#
# - **a** Undersample; move the threshold; change nothing.
# - **b** Undersample; undersample; move the threshold.
# - **c** Move the threshold; undersample; change nothing.
# - **d** Change nothing; move the threshold; undersample.

# %% nbgrader={"grade_id": "quick-check-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_2 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_2 = "a"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.quick_check_2(*answers("answer_2"))

# %% [markdown]
# ## Key points
#
# - Undersampling saves **memory and time**. `sampling_strategy` is **minority over majority**.
# - **Split first**, then resample in a pipeline. The test set stays natural.
# - After *random* drops, the **odds of the two prevalences** repair the probabilities, without changing the order.
# - Recall at 0.5 rises mostly because **scores rise**, as if the threshold had fallen.
#
# **Mistakes seen in practice:** the ratio inverted (*is it above 1?*); rows resampled before the split (*is the test
# set natural?*); t\* on unrepaired probabilities (*does their mean fit?*); a column filled in later (*known in time?*).
#
# ### Tomorrow
#
# You shuffle the labels, so nothing can be learned, and add synthetic positives *before* the folds are made. What ROC
# AUC does cross-validation report for a random forest, which averages decision trees?

# %% tags=["bet"]
bet = ...  # your forecast, a number or a sentence

# %% [markdown]
# # Optional
#
# All points are behind you.

# %% [markdown]
# ## Another region
#
# Why can balanced weights lower average precision? One simulated draw, where we know the truth:

# %% jupyter={"source_hidden": true}
learn, labels, _ = simulated(40_000, seed=1)
fresh, happened, chances = simulated(60_000, seed=2)
fits = {"not resampled": None, "balanced weights": "balanced"}
fits = {name: LogisticRegression(class_weight=weight).fit(learn, labels) for name, weight in fits.items()}
scored = {"true probability": chances, **{name: fit.predict_proba(fresh)[:, 1] for name, fit in fits.items()}}
for name, s in scored.items():
    print(f"{name:<17} average precision {average_precision_score(happened, s):.3f}", end=", ")
    print(f"ROC AUC {roc_auc_score(happened, s):.3f}")

# %% jupyter={"source_hidden": true}
places = np.stack(np.meshgrid(np.linspace(-3, 3.5, 200), np.linspace(-3, 3.5, 200)), axis=-1).reshape(-1, 2)
truth = 5.5 - places[:, 0] - np.maximum(places[:, 1], 0) ** 2
lines = {"truth": (-truth, -np.log(1 / chances - 1), "black", "-")}
for (name, fit), color, line in zip(fits.items(), (BLUE, ORANGE), ("--", "-."), strict=True):
    lines[name] = (
        fit.decision_function(pd.DataFrame(places, columns=fresh.columns)),
        fit.decision_function(fresh),
        color,
        line,
    )

# %% jupyter={"source_hidden": true}
figure, ax = plt.subplots(figsize=(6.6, 3.8), layout="constrained")
few = slice(0, 6_000)
_ = plots.class_scatter(fresh[few], happened[few], ax=ax)
for name, (values, scores_there, color, line) in lines.items():
    level = np.quantile(scores_there, 0.99)
    grid = (places[:, 0].reshape(200, 200), places[:, 1].reshape(200, 200), values.reshape(200, 200))
    _ = ax.contour(*grid, levels=[level], colors=[color], linestyles=[line], linewidths=2)
    _ = ax.plot([], [], color=color, linestyle=line, label=name)
_ = ax.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
plots.captioned(
    ax,
    "Each line separates the 1% of simulated points with the highest scores. The truth (solid) is a curve. "
    "The weighted "
    "model's line (dash-dotted) is steeper than the other (dashed) and lower on the right.",
)

# %% [markdown]
# Without weights, the fit depends most on where positives are frequent. Balanced weights shift that region toward the
# majority, where positives are rarer. If the truth is curved, the two regions can have different best lines, and
# average precision mostly judges the highest scores.

# %% [markdown]
# ## The catalogue
#
# imbalanced-learn has 11 undersamplers. They differ in *what* they keep of the majority. All but random
# undersampling measure distances or fit a model, so **scale the columns first**. Here they meet on 1,500 points, a
# tenth of them positive.

# %% jupyter={"source_hidden": true}
import warnings

from imblearn import under_sampling as us

all_X, all_y = datasets.make_two_features(4_000, minority_share=0.1, seed=4)
crowd_X, far_X, crowd_y, far_y = train_test_split(
    all_X, all_y, train_size=1_500, test_size=1_500, stratify=all_y, random_state=1
)
catalogue = {}  # name to (sampler, rows, labels)


def resample(name, sampler):
    with warnings.catch_warnings(record=True) as caught:
        catalogue[name] = (sampler, *sampler.fit_resample(crowd_X, crowd_y))
    for warning in caught:
        print(f"{name} warns:", str(warning.message).split(". ")[0])
    stayed = set(map(tuple, catalogue[name][1].to_numpy()))  # centroids have no `sample_indices_`
    return crowd_X[[tuple(row) not in stayed for row in crowd_X.to_numpy()]]


# %% jupyter={"source_hidden": true}
def show(samplers, caption):
    figure, panels = plt.subplots(1, len(samplers), figsize=(7, 3.1), sharex=True, sharey=True, layout="constrained")
    for ax, (name, sampler) in zip(panels, samplers.items(), strict=True):
        gone = resample(name, sampler)
        rows_there, labels_there = catalogue[name][1:]
        for label, look in ((0, MAJORITY), (1, {**MINORITY, "alpha": 0.35})):
            kept = rows_there[labels_there == label].T.to_numpy()
            _ = ax.scatter(*kept, s=9, lw=0, label=("majority kept", "minority")[label], **look)
        look = {"marker": "x", "lw": 0.7, "color": GREY, "zorder": 0 if len(gone) > 400 else 3}
        _ = ax.scatter(*gone.T.to_numpy(), s=12, label="majority dropped", **look)
        _ = ax.set(title=f"{name}\ndropped {len(gone):,}", xlabel="feature_1", ylabel="feature_2"), ax.label_outer()
    _ = figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=3)
    plots.captioned(figure, f"Gray crosses are majority rows that were dropped. {caption}")


# %%
from sklearn.cluster import MiniBatchKMeans

quick = MiniBatchKMeans(n_init=1, random_state=1)
show(
    {
        "random, 1:2": RandomUnderSampler(sampling_strategy=0.5, random_state=1),
        "centroids, 1:2": us.ClusterCentroids(sampling_strategy=0.5, random_state=1),
        "hard, 1:2": us.ClusterCentroids(sampling_strategy=0.5, estimator=quick, voting="hard", random_state=1),
    },
    "Left: what stays is densest where the whole cloud was. Middle and right: centroids are spread more evenly, "
    "so the middle is thinned most.",
)

# %% jupyter={"source_hidden": true}
known = set(map(tuple, crowd_X.to_numpy()))
for name in ("centroids, 1:2", "hard, 1:2"):
    _, rows_there, labels_there = catalogue[name]
    majority_rows = rows_there[labels_there == 0].to_numpy()
    print(f"{name:<15} {sum(tuple(row) in known for row in majority_rows):>3} of {len(majority_rows)} are real rows")

# %% [markdown]
# **Cluster centroids** groups the majority and keeps one point per group. By default that's the group's center, a **new
# point** unless the group is a single row. With `voting="hard"` it's the real row nearest to the center. The parameter
# `estimator` takes the clustering method: k-means by default, `MiniBatchKMeans` when the data are large. A new point
# can have 0.4 of a category.

# %%
show(
    {f"NearMiss {version}, 1:2": us.NearMiss(version=version, sampling_strategy=0.5) for version in (1, 2, 3)},
    "NearMiss 1 and 3 keep majority rows next to the minority, 2 those that aren't far from any minority row. The "
    "rest of the cloud is gone.",
)

# %% [markdown]
# **NearMiss** (Mani and Zhang 2003) keeps majority rows by their distance to the minority. Version 1 keeps those with
# the smallest mean distance to the three *nearest* minority rows, version 2 to the three *farthest*. Version 3 first
# collects each minority row's nearest majority rows, then keeps those that are *farthest* from the minority. If
# these are too few, it warns.
#
# Some tutorials say that k rows stay *for each* minority row; it's at most as many as the ratio says. In these pictures the
# model sees no negatives far away from the minority, so it has to guess there. The repair of section 5 doesn't work for
# methods that choose which negatives to drop.

# %%
show(
    {
        "Tomek links": TomekLinks(),
        "ENN, all": us.EditedNearestNeighbours(),
        "ENN, mode": us.EditedNearestNeighbours(kind_sel="mode"),
    },
    "The crosses are among the triangles: few for Tomek links, more for ENN. Its default takes a wider fringe than mode.",
)

# %% [markdown]
# These three don't aim at a ratio; they *clean*. A **Tomek link** (Tomek 1976) is a pair of points that are **each
# other's nearest neighbor** and belong to **different classes**. `TomekLinks` removes by default only the majority row
# of each link; with `sampling_strategy="all"` it removes both.
#
# **Edited nearest neighbors** (ENN, Wilson 1972) asks the three nearest neighbors of each majority row. With the
# default `kind_sel="all"` a row stays only if *all* of them are of its own class, so one that disagrees is enough to
# drop it. With `"mode"` their majority decides.

# %%
show(
    {
        "repeated ENN": us.RepeatedEditedNearestNeighbours(),
        "AllKNN": us.AllKNN(),
        "neighborhood cleaning": us.NeighbourhoodCleaningRule(),
    },
    "Three relatives of ENN. They also drop only rows around the minority, and the fringe has about the same width.",
)

# %%
for threshold in (0.5, 20):
    cleaner = us.NeighbourhoodCleaningRule(threshold_cleaning=threshold)
    left = cleaner.fit_resample(crowd_X, crowd_y)[1].value_counts().sort_index().to_dict()
    cleaned = [int(label) for label in cleaner.classes_to_clean_]
    print(f"threshold_cleaning={threshold:<4} second step for classes {cleaned}, rows left {left}")

# %% [markdown]
# **Repeated ENN** runs ENN up to 100 times, usually until nothing more goes. **AllKNN** (Tomek 1976b) runs it with one
# neighbor, then two, then three. **Neighborhood cleaning** (Laurikkala 2001) runs ENN with `"mode"`. Its second step
# drops the majority neighbors of minority rows that their three nearest neighbors misclassify. `threshold_cleaning` says which
# classes take part in the second step: those with more rows than this number times the minority's.

# %%
from sklearn.neighbors import KNeighborsClassifier

brute = KNeighborsClassifier(1, algorithm="brute")  # the default does the same; for one row at a time this is faster
# Condensing asks row after row, so this cell can take a quarter of a minute.
show(
    {
        "condensed": us.CondensedNearestNeighbour(n_neighbors=brute, random_state=1),
        "one-sided selection": us.OneSidedSelection(random_state=1),
    },
    "Condensing keeps rows at the border and drops the cloud, the opposite of cleaning. One-sided selection "
    "drops one region "
    "far from the minority, and a few rows at the border.",
)

# %% [markdown]
# **Condensed nearest neighbor** (Hart 1968) keeps a set of rows with which one nearest neighbor gets nearly all rows
# right. What is deep in the majority is redundant and goes. It keeps noise, and it's slow. **One-sided selection**
# (Kubat and Matwin 1997) takes the minority and `n_seeds_S` majority rows (one by default), drops what one nearest
# neighbor gets right with these few already, then removes Tomek links.

# %%
from sklearn.ensemble import RandomForestClassifier

judges = {"logistic": LogisticRegression(), "forest": RandomForestClassifier(8, random_state=1)}
show(
    {
        f"hardness, {name}, 1:2": us.InstanceHardnessThreshold(
            estimator=judge, cv=3, sampling_strategy=0.5, random_state=1
        )
        for name, judge in judges.items()
    },
    "Judged by logistic regression, only the majority rows farthest from the minority stay. Judged by a "
    "forest, far more "
    "rows stay than were asked for.",
)

# %% [markdown]
# **Instance hardness threshold** (Smith and others 2014) fits a model by cross-validation and drops the majority rows
# that it finds least likely to be majority. A forest gives the value 1 to many rows; they tie, they all stay, and the
# ratio is far off.

# %% [markdown]
# ### Which ones reach the ratio

# %% jupyter={"source_hidden": true}
judged = {}
for name, (_, rows_there, labels_there) in {"(not resampled)": (None, crowd_X, crowd_y), **catalogue}.items():
    judged[name] = {"majority": int(np.sum(labels_there == 0)), "minority": int(np.sum(labels_there == 1))}
    for label, classifier in (
        ("AP, logistic regression", LogisticRegression()),
        ("AP, 25 neighbors", KNeighborsClassifier(25)),
    ):
        s = classifier.fit(rows_there, labels_there).predict_proba(far_X)[:, 1]
        judged[name][label] = round(average_precision_score(far_y, s), 3)
pd.DataFrame(judged).T.astype({"majority": int, "minority": int})

# %% [markdown]
# AP is average precision on 1,500 other rows, at the natural prevalence. On this split no sampler is clearly ahead of
# the data that weren't resampled. A sampler is a choice to be *tested inside the cross-validation*, never a habit.

# %% [markdown]
# ### A map of the library
#
# | part | what it has | lesson |
# | --- | --- | --- |
# | `imblearn.under_sampling` | drops rows: this catalogue | 4 |
# | `imblearn.over_sampling` | adds rows: copies, SMOTE and its relatives, ADASYN | 5 |
# | `imblearn.combine` | `SMOTEENN`, `SMOTETomek`: adds, then cleans | 6 |
# | `imblearn.ensemble` | bagging, forests, and boosting that resample for each member | 6 |
# | `imblearn.pipeline` | `Pipeline`, `make_pipeline` that take samplers | 4 to 6 |
# | `imblearn.metrics` | G-mean, specificity, a report by class | 3 |
#
# Samplers have `fit_resample(X, y)` and `sampling_strategy`; most that choose rows have `sample_indices_`, the numbers
# of the rows that *stay*.

# %% [markdown]
# ### Bonus 1 · Undersample by hand
#
# Write random undersampling with pandas only, for a table with the column `target`.
#
# 1. Keep all minority rows, and draw `per_minority` times as many majority rows without replacement.
# 2. The same `seed` gives the same rows, another seed gives others. The order of the rows doesn't matter.


# %% nbgrader={"grade_id": "bonus-undersampling-by-hand", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
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


# %% nbgrader={"grade_id": "bonus-undersampling-by-hand-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.bonus_undersampling_by_hand(*answers("undersample_by_hand"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Split the table in two by `target`. Which of the two parts stays as it is?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# A DataFrame has the method `sample(n=…, random_state=…)`, which draws without replacement. Put the two parts together
# again with `pd.concat`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on the ten points, for two rows of the minority and all others:
#
# ```python
# few, many = ten[ten["target"] == 1], ten[ten["target"] == 0]
# print(pd.concat([many, few.sample(n=2, random_state=5)]))
# ```
# </details>

# %% jupyter={"source_hidden": true}
from sklearn.neighbors import NearestNeighbors

spots_of_ten = ten[["feature_1", "feature_2"]].to_numpy()
nearest = NearestNeighbors(n_neighbors=2).fit(spots_of_ten).kneighbors(spots_of_ten, return_distance=False)[:, 1]

# %% jupyter={"source_hidden": true}
arrow = {"arrowstyle": "-|>", "color": "black", "shrinkA": 9, "shrinkB": 9}
ax = plots.class_scatter(ten[["feature_1", "feature_2"]], ten["target"])
for dots in ax.collections:
    _ = dots.set_sizes([150])
for number, (at, to) in enumerate(zip(spots_of_ten, spots_of_ten[nearest], strict=True)):
    _ = ax.annotate("", xy=to, xytext=at, arrowprops=arrow)
    _ = ax.annotate(str(number), xy=at, xytext=(-15, 8), textcoords="offset points", size=12, weight="bold")
_ = ax.margins(0.12)
plots.captioned(
    ax,
    "The ten points with their row numbers. An arrow leads from each to its nearest neighbor. Where two "
    "points are each "
    "other's nearest, the arrow has a head at both ends.",
)

# %% [markdown]
# ### Bonus 2 · Tomek links
#
# 1. Read the Tomek links among the ten points off the picture, and write them into `links` as pairs of row numbers.
# 2. Write into `removed_by_default` the rows that the library removes from `ten` by default.
# 3. Write a function that returns the removed rows for any points, by default or with both rows of each link.

# %% nbgrader={"grade_id": "bonus-tomek-links", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
links = ...  # list of pairs of row numbers, for example [(0, 9), (3, 4)]
removed_by_default = ...  # list of row numbers


def removed_rows(X, y, both_ends):
    """Return the numbers (from 0) of the rows that cleaning by Tomek links removes, as a list.

    X: array of shape (rows, 2). y: array of 0 and 1, where 1 is the minority.
    both_ends: True to remove both rows of each link, False to remove only the majority row.
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

# %% nbgrader={"grade_id": "bonus-tomek-links-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.bonus_tomek_links(*answers("links", "removed_by_default", "removed_rows"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Look for arrows with two heads. Which of these pairs join a dot and a triangle?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Fit `TomekLinks()` with `fit_resample`. Its `sample_indices_` then has the rows kept, so the removed rows are all the
# other row numbers. `sampling_strategy="all"` removes both rows of a link; `"auto"` is the default.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for another sampler, on the ten points:
#
# ```python
# other = us.NearMiss()
# other.fit_resample(ten[["feature_1", "feature_2"]], ten["target"])
# print(sorted(set(range(len(ten))) - set(other.sample_indices_.tolist())))
# ```
# </details>

# %% [markdown]
# ### Bonus 3 · Split first, then undersample
#
# 1. Set a quarter of the rows aside as a test set, stratified and with `random_state=seed`.
# 2. Undersample only the training set to the ratio given (minority over majority).
# 3. Return all four parts in the order of `train_test_split`.


# %% nbgrader={"grade_id": "bonus-split-first", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def split_and_undersample(X, y, ratio, seed):
    """Return X_train, X_test, y_train, y_test: a quarter for the test, the training set undersampled.

    X: DataFrame. y: Series of 0 and 1, where 1 is the minority. ratio: minority over majority in the training
    set, above 0 and at most 1. seed: whole number.
    """
    X_train, X_test, y_train, y_test = ..., ..., ..., ...  # DataFrame, DataFrame, Series, Series
    ### BEGIN SOLUTION
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    sampler = RandomUnderSampler(sampling_strategy=ratio, random_state=seed)
    X_train, y_train = sampler.fit_resample(X_train, y_train)
    ### END SOLUTION
    return X_train, X_test, y_train, y_test


# %% nbgrader={"grade_id": "bonus-split-first-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.bonus_split_first(*answers("split_and_undersample"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Two steps. After which of them may the share of positives have changed, and in which part?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `train_test_split` with `test_size=0.25`, `stratify=y`, and `random_state=seed` returns the four parts in the order
# that the task asks for. Resample the two training parts, and don't touch the other two.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on the simulated points, with one half for the test and without a seed:
#
# ```python
# parts = train_test_split(points, rare, test_size=0.5, stratify=rare)
# parts[0], parts[2] = RandomUnderSampler(sampling_strategy=0.2).fit_resample(parts[0], parts[2])
# print([len(part) for part in parts])
# ```
# </details>

# %% [markdown]
# ### Bonus 4 · ENN's two settings
#
# You're given the labels of the nearest neighbors of some majority rows (label 0). The number of neighbors is odd.
#
# 1. Return which rows ENN drops with `kind_sel="all"`, and which with `kind_sel="mode"`.


# %% nbgrader={"grade_id": "bonus-enn-settings", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def enn_drops(neighbor_labels):
    """Return for both settings which rows ENN drops: a dict of arrays of True and False, one value per row.

    neighbor_labels: array of 0 and 1 of shape (majority rows, neighbors); the rows themselves are of class 0.
    """
    result = ...  # dict with the keys "all", "mode"
    ### BEGIN SOLUTION
    against = np.mean(neighbor_labels == 1, axis=1)
    result = {"all": against > 0, "mode": against > 0.5}
    ### END SOLUTION
    return result


# %% nbgrader={"grade_id": "bonus-enn-settings-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, undersampling as check

check.bonus_enn_settings(*answers("enn_drops"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# With "all", how many neighbors of the other class does it take to drop a row? And with "mode", of three or of five?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Count the ones in each row of the array. "all" drops a row if there is any, "mode" if they're more than half.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same for five votes on two motions, where 1 means no:
#
# ```python
# against = np.mean(np.array([[0, 0, 1, 0, 0], [1, 1, 0, 1, 0]]) == 1, axis=1)
# print("vetoed", against > 0, "outvoted", against > 0.5)
# ```
# </details>

# %% [markdown]
# ### Bonus 5 · Find the sampler
#
# Two samplers are described. Find them in imbalanced-learn's documentation or with `help(…)`, and make each with the
# parameters that its description needs. You don't have to fit them.
#
# - **A** cleans with a growing neighborhood: ENN with one neighbor first, then with two, and so on up to **five**.
# - **B** first collects each minority row's **ten** nearest majority rows. Of all these it keeps the rows with the
#   *largest* mean distance to their three nearest minority rows, as many as there are minority rows.

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
# Both are in the catalogue above, with other parameters.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# A is AllKNN, B is NearMiss in its third version. `help(us.AllKNN)` and `help(us.NearMiss)` list their parameters.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same for another sampler: "repeat ENN with five neighbors, and stop after ten rounds".
#
# ```python
# us.RepeatedEditedNearestNeighbours(n_neighbors=5, max_iter=10)
# ```
# </details>

# %% [markdown]
# ### Find the bug
#
# This cell tests a model that was trained on undersampled rows, and reports an excellent precision. On which rows? Fix
# the cell, and keep the ratio, the size of the test set (a quarter), and the seeds.

# %% nbgrader={"grade_id": "find-the-bug", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
few_X, few_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(flat_X, flat_y)
parts = train_test_split(few_X, few_y, test_size=0.25, stratify=few_y, random_state=1)
tested = LogisticRegression().fit(parts[0], parts[2])
test_rows = len(parts[3])
test_prevalence = parts[3].mean()
test_precision = precision_score(parts[3], tested.predict(parts[1]))
### BEGIN SOLUTION
parts = train_test_split(flat_X, flat_y, test_size=0.25, stratify=flat_y, random_state=1)
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
# Print `test_rows` and `test_prevalence`. Do they fit a quarter of 10,000 rows with 1% positives?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# The first two lines are in the wrong order. Split first, and resample only the training set.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on the simulated points:
#
# ```python
# four = train_test_split(points, rare, stratify=rare, random_state=1)
# some_points, some_labels = RandomUnderSampler(random_state=1).fit_resample(four[0], four[2])
# ```
# </details>

# %% [markdown]
# ## Questions from learners
#
# **How much luck is in a draw?** Which majority rows stay is luck, more of it the fewer remain. Here are eight
# draws on the bank calls, and eight on the two-feature set with its 80 positives:

# %% jupyter={"source_hidden": true}
flat = train_test_split(flat_X, flat_y, test_size=0.2, stratify=flat_y, random_state=1)
for name, (a, b, c, d) in {
    "bank calls": (known_train, known_test, y_train, y_test),
    "two features": flat,
}.items():
    lucky = []
    for seed in range(8):
        steps = [prepare] if name == "bank calls" else [StandardScaler()]
        drawn = make_pipeline(*steps, RandomUnderSampler(random_state=seed), LogisticRegression(max_iter=1000)).fit(
            a, c
        )
        lucky.append(average_precision_score(d, drawn.predict_proba(b)[:, 1]))
    print(f"{name}: {2 * int(c.sum()):>5,} rows, average precision from {min(lucky):.3f} to {max(lucky):.3f}")

# %% [markdown]
# **I undersample a stream. Must I know the two prevalences?** The **kept fraction of the negatives**, beta, is enough:
# the factor of section 5 is about beta when all positives stay. Read the file in pieces, and keep all positives and
# each negative with probability beta.

# %% jupyter={"source_hidden": true}
from io import StringIO

file = StringIO(flat_X.assign(target=flat_y).to_csv(index=False))  # think of a file that's too large
coin, pieces, beta = np.random.default_rng(4), [], 0.05
for piece in pd.read_csv(file, chunksize=1_000):
    pieces.append(piece[(piece["target"] == 1) | (coin.random(len(piece)) < beta)])
kept_target = pd.concat(pieces)["target"]
before, after = (share / (1 - share) for share in (flat_y.mean(), kept_target.mean()))
print(f"kept {len(kept_target):,} of {len(flat_y):,} rows, positives {kept_target.sum()} of {flat_y.sum()}", end=", ")
print(f"beta {beta}, factor of section 5: {before / after:.4f}")

# %% [markdown]
# **The training set is balanced, the world isn't. Is the model ready?** Not yet. Compare its *ranking* with that of a
# model on all rows. Repair its *probabilities*, or calibrate them on natural rows. Choose its *threshold* on natural
# rows, and measure its *precision* there.
#
# **Why does lesson 3's most-frequent dummy flag rows at the tuned threshold?** Its scores are all equal, so its
# threshold can only flag all rows or none. With 40 frauds and 3,960 honest validation rows, flagging none costs
# €40,000, all €39,600. Which one is cheaper depends on a single fraud.

# %% [markdown]
# ## Further reading
#
# - Dal Pozzolo and others (2015), *Calibrating probability with undersampling for unbalanced classification*,
#   doi 10.1109/SSCI.2015.33: the repair with beta, and the threshold after it.
# - Elkan (2001), *The foundations of cost-sensitive learning*: the change of base rate, and its threshold.
# - Hart (1968), *The condensed nearest neighbor rule*, doi 10.1109/TIT.1968.1054155.
# - Kubat and Matwin (1997), *Addressing the curse of imbalanced training sets: one-sided selection*, ICML.
# - Laurikkala (2001), *Improving identification of difficult small classes by balancing class distribution*,
#   doi 10.1007/3-540-48229-6_9: neighborhood cleaning.
# - Lemaître and others (2017), *Imbalanced-learn: a Python toolbox*, JMLR 18(17).
# - Mani and Zhang (2003), *kNN approach to unbalanced data distributions*, ICML workshop: NearMiss.
# - Moro and others (2014), *A data-driven approach to predict the success of bank telemarketing*,
#   doi 10.1016/j.dss.2014.03.001: the bank calls.
# - Smith and others (2014), *An instance level analysis of data complexity*, doi 10.1007/s10994-013-5422-z.
# - Tomek (1976), *Two modifications of CNN*, doi 10.1109/TSMC.1976.4309452; Tomek (1976b), *An experiment with the
#   edited nearest-neighbor rule*: AllKNN.
# - van den Goorbergh and others (2022), *The harm of class imbalance corrections for risk prediction models*,
#   doi 10.1093/jamia/ocac093.
# - Wilson (1972), *Asymptotic properties of nearest neighbor rules using edited data*,
#   doi 10.1109/TSMC.1972.4309137: ENN.
#
# **Next:** lesson 5 goes the other way and adds minority rows.
