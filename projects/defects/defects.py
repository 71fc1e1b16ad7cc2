# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {project: defects, version: "1.0"}
# ---

# %% [markdown]
# # Project · Defects
#
# **Find defects with 100 looks a day, and learn it from 3,000 rows.** For after lesson 7; allow one to two hours.
# There are no points and no one right way: at the end a function tells you where your result lies between a floor and
# a good reference.

# %% [markdown]
# ## The situation
#
# A plant moulds 10,000 parts a day, and 10 of them are defective. Two people look at **100 parts a day** by hand. So
# far they take the parts that vibrated most. You shall choose better.
#
# You have the measurements of three days. The controller beside the machines, which will fit the model
# anew each night, is small: **it takes 3,000 rows at most**. The parts arrive one by one, so you cannot rank a day and
# take the first 100: **a fixed threshold** must decide at once.

# %% [markdown]
# ## What you deliver
#
# | name | what |
# | --- | --- |
# | `model` | fitted on 3,000 rows or fewer, with `predict_proba`, for the columns of `X_learn` below |
# | `threshold` | a number; a part is put aside for review where its score is `threshold` or more |
# | `rows_fitted` | how many rows the model was fitted on (with a resampler in a pipeline: after it) |
#
# They are judged on fresh parts, **1,000 defects among a million**.
#
# - **What counts** is the share of the defects that the reviews find.
# - **The budget is an average**: 100 reviews a day. On a day with 110 the last ten wait until tomorrow. But where A
#   parts reach the threshold on an average day, and A is above 100, only the first 100 of them are reviewed, and the
#   rest are shipped.
# - **More than 3,000 rows**, and nothing counts. You say yourself how many there were; nobody looks.
# - **Cost**, to report: a review costs 4 euro, a shipped defect 900.

# %% [markdown]
# ## The start
#
# The data card is `datasets/defects/CARD.md` in the course's repository; `load_defects` tells each column's meaning.

# %%
import numpy as np
import pandas as pd
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict, train_test_split
from sklearn.pipeline import make_pipeline

from imbalanced_course import datasets, plots
from imbalanced_course.projects import judge_defects

sklearn.set_config(display="text")

# %%
parts = datasets.load_defects()
X, y = parts.drop(columns="defect"), parts["defect"]
X_learn, X_report, y_learn, y_report = train_test_split(X, y, test_size=0.2, stratify=y, random_state=1)

counts = {"to learn and choose": y_learn, "to report": y_report}  # the second one: look once, at the end
table = {name: (len(v), int(v.sum()), round(v.mean(), 4)) for name, v in counts.items()}
pd.DataFrame.from_dict(table, orient="index", columns=["parts", "defective", "share"])

# %% [markdown]
# ## The checklist
#
# Double-click this cell and put an `x` between the brackets of what is done: `- [x]`.
#
# - [ ] **Split**, stratified: done above; you choose inside `X_learn`, in folds that keep their defects
# - [ ] **Baselines**: the parts that vibrate most, and a plain logistic regression
# - [ ] **Average precision** at the natural prevalence, with the prevalence beside it, and how far it varies from fold
#   to fold
# - [ ] **No leak**: only what is fitted is thinned, never the rows that judge it
# - [ ] **Rows**: 3,000 at most, every defect among them
# - [ ] **Threshold** to the budget, chosen at the natural prevalence, on parts that the model was not fitted on
# - [ ] **Calibration** looked at: what do the scores promise, and what do they promise after the correction?
# - [ ] **Reported once** on `X_report`: parts put aside a day, defects found, and how little so few tell
# - [ ] **Cost** of a day, against looking at nothing and against looking at what vibrates most

# %% [markdown]
# ## Your work
#
# Add as many cells as you like. The first one is a start: what the plant does today.

# %%
today = X_learn["vibration"] >= X_learn["vibration"].quantile(0.99)
print(f"what vibrates most: {today.sum()} of {len(y_learn):,} parts, {y_learn[today].sum()} of {y_learn.sum()} defects")

# %%
# your work

# %% [markdown]
# <details><summary>Stuck? Where to look</summary>
#
# - All the defects and a random part of the sound ones: `RandomUnderSampler(sampling_strategy={0: 2_900})` from
#   imbalanced-learn, or `pandas` and `sample`. (Lesson 4.)
# - How many sound parts reach a threshold is told by sound parts alone, and of these you have thousands that the model
#   was not fitted on. The budget is one part in 100 at the *natural* prevalence.
# - With so few defects a single split is luck. In five folds, thinned inside each one, every defect is judged once.
#   With so few, try a simple model first, or the mean of many trees.
# - Among thinned rows the share of defects is several times too high. Lesson 4 has the correction with beta.
# </details>

# %% [markdown]
# ## Deliver
#
# Put your three names here, and run the cell below. You can run it as often as you like, but only the first answer is
# an honest one: whoever turns a threshold until this cell is pleased has tuned it on the test data.

# %%
model = ...  # fitted, with predict_proba
threshold = ...  # a part is reviewed at this score and above
rows_fitted = ...  # 3,000 at most

# %%
judge_defects(model, threshold, rows_fitted)

# %% [markdown]
# Where the result lies does not say *why*. Write down in three sentences what you would tell the plant: how many
# defects a day it will find and ship, how sure that is with so few defects, and what to collect next. One solution of
# ours is put beside this notebook by `course reveal defects` in a terminal.
