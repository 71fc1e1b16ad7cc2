# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 03-metrics, version: "1.0"}
# ---

# %% [markdown]
# # Lesson 3 · Metrics: judging a model when one class is rare
#
# After this lesson you can
#
# 1. read a confusion matrix and work out the metrics made from it, by hand and with the library;
# 2. keep three questions apart: does the model **rank** well, are its **probabilities** right, is its **decision** good?
# 3. judge a ranking against its chance level;
# 4. choose a threshold that meets a demand, on data that you do not report on;
# 5. say what happens to each number when the rare class becomes rarer.
#
# **Time** 20 to 40 minutes for the core; sections marked *further* are extra. **Needs** Python, a little NumPy, and
# that you have called `fit` and `predict` in scikit-learn before.

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
import numpy as np
import pandas as pd
import sklearn

sklearn.set_config(display="text")

# %% [markdown]
# ## 1 · The numbers behind the numbers

# %% [markdown]
# ### Task 3.1 · Six metrics from four counts (3 points)
#
# In one hour 10,000 payments came in; 120 were fraud. A model raised 80 alerts, and 60 of those were fraud. So there
# are 60 true positives, 20 false positives, 60 false negatives and 9,860 true negatives.
#
# Work out the six metrics below. Give shares from 0 to 1, with at least three decimals.

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
# For each metric ask first: which rows are in the denominator? All rows, those flagged, those that are positive, or
# those that are negative?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Precision divides by the flagged rows, recall by the positive rows, specificity by the negative rows. F1 is the
# harmonic mean of precision and recall; balanced accuracy the ordinary mean of recall and specificity.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `precision = tp / (tp + fp)`, `recall = tp / (tp + fn)`, `specificity = tn / (tn + fp)`,
# `f1 = 2 * precision * recall / (precision + recall)`. The other two are yours.
# </details>

# %% [markdown]
# ### Task 3.2 · The same with the library, for any labels (3 points)
#
# Write a function that takes true labels and predicted labels (0 or 1, 1 is the positive class) and returns a dict with
# the keys `precision`, `recall`, `f1` and `mcc`, all for the positive class. Where a metric is undefined it gives 0,
# without a warning. The check calls your function on labels that you have not seen.


# %% nbgrader={"grade_id": "metrics-with-library", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def report(y_true, y_pred):
    """Return precision, recall, F1 and MCC of the positive class as a dict of numbers.

    y_true, y_pred: arrays of 0 and 1, one value a row.
    """
    result = ...  # dict with the keys "precision", "recall", "f1", "mcc"
    ### BEGIN SOLUTION
    from sklearn.metrics import f1_score, matthews_corrcoef, precision_score, recall_score

    result = {
        "precision": precision_score(y_true, y_pred, zero_division=0),
        "recall": recall_score(y_true, y_pred, zero_division=0),
        "f1": f1_score(y_true, y_pred, zero_division=0),
        "mcc": matthews_corrcoef(y_true, y_pred),
    }
    ### END SOLUTION
    return result


# %% nbgrader={"grade_id": "metrics-with-library-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, metrics as check

check.metrics_with_library(*answers("report"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Everything you need is in `sklearn.metrics`. Which argument says what to give for 0 divided by 0?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `precision_score`, `recall_score` and `f1_score` take `zero_division=0`; their default is the positive class alone,
# so leave `average` as it is. MCC is `matthews_corrcoef`, which gives 0 where it is undefined.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `result = {"precision": precision_score(y_true, y_pred, zero_division=0), …}`: the true labels come first.
# </details>
