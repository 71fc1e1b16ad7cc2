# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {project: defects, version: "1.0"}
# ---

# %% [markdown]
# # Project · Defects
#
# **How many defects do 100 reviews a day find, if the model may learn from 3,000 rows?** This project is for after
# lesson 7. It has no points, and there's no single right way. At the end, a function shows where your result is between
# a floor and a good reference, and a checklist helps you judge your work.
#
# **Time** 110 minutes, which is 10 for reading and 10 for each item of the checklist · **Needs** lessons 1 to 7. Read
# the checklist in the last section before you start.

# %% [markdown]
# ## The situation
#
# A plant molds 10,000 parts a day, and 10 of them are defective. Two people review **100 parts a day** by hand. So far
# they take the parts that vibrated most. You should choose better.
#
# You have the measurements of three days. The controller next to the machines fits the model again each night, and it's
# small, so **it takes 3,000 rows at most**. The parts arrive one by one, so you can't rank a day and take the first
# 100. **A fixed threshold** has to decide at once.

# %% [markdown]
# ## What you deliver
#
# | name | what |
# | --- | --- |
# | `model` | fitted on at most 3,000 rows, with `predict_proba`, for the columns of `X_learn` below |
# | `threshold` | a number; a part is put aside for review if its score is `threshold` or more |
# | `rows_fitted` | how many rows the model was fitted on; with a resampler in a pipeline, count after it |
#
# The function judges them on new parts, **1,000 defects in a million**.
#
# - **What counts** is the share of the defects that the reviews find.
# - **The budget is an average** of 100 reviews a day. On a day with 110 parts, the last ten wait until tomorrow. But if
#   more than 100 parts reach the threshold on an average day, only the first 100 are reviewed, and the rest are
#   shipped.
# - With **more than 3,000 rows**, nothing counts. You say yourself how many there were, and no one looks.
# - **Cost**, for your report: a review costs €4, and a shipped defect €900. A found defect was reviewed, too, so in the
#   course's convention a false alarm costs €4 and a miss €896.

# %% [markdown]
# ## The start
#
# The data card is `datasets/defects/CARD.md` in the course's repository, and the help of `datasets.load_defects`
# explains each column.

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

counts = {"to learn and choose": y_learn, "to report": y_report}  # look at the second one once, at the end
table = {name: (len(v), int(v.sum()), round(v.mean(), 4)) for name, v in counts.items()}
pd.DataFrame.from_dict(table, orient="index", columns=["parts", "defective", "share"])

# %% [markdown]
# ## Your work
#
# Add as many cells as you like. The first one shows what the plant does today.

# %%
today = X_learn["vibration"] >= X_learn["vibration"].quantile(0.99)
print(f"highest vibration: {today.sum()} of {len(y_learn):,} parts, {y_learn[today].sum()} of {y_learn.sum()} defects")

# %%
# your work

# %% [markdown]
# <details><summary>Stuck? Where to look</summary>
#
# - You can keep all defects and a random part of the sound ones, with imbalanced-learn's
#   `RandomUnderSampler(sampling_strategy={0: 2_900})` or with pandas' `sample`. (Lesson 4, section 1.)
# - Sound parts alone show how many parts reach a threshold, and you have thousands that the model wasn't fitted on. The
#   budget is one part in 100 at the *natural* prevalence.
# - With so few defects, a single split is luck. In five folds, undersampled inside each one, every defect is judged
#   once. Try a simple model first, or the mean of many trees.
# - In undersampled rows, the share of defects is several times too high. Lesson 4 corrects the odds in section 5.
# </details>

# %% [markdown]
# ## Deliver
#
# Put your three names here, and run the cell below. You can run it as often as you like, but only the first answer is
# an honest one. If you change a threshold until this cell likes it, you've tuned it on the test data.

# %%
model = ...  # fitted, with predict_proba
threshold = ...  # a part is reviewed at this score or above
rows_fitted = ...  # at most 3,000

# %%
judge_defects(model, threshold, rows_fitted)

# %% [markdown]
# ## The checklist
#
# The function sees your result and not how you got it. So judge that yourself. Double-click this cell and write `- [x]`
# for each item that you can show in a cell of this notebook. An open item says where to read again.
#
# - [ ] **Split.** I chose everything inside `X_learn`, in stratified folds that keep their defects. (Lesson 2, section
#   5)
# - [ ] **Baselines.** My table has the parts that vibrate most and a plain logistic regression. (Lesson 1, section 4)
# - [ ] **Average precision.** It's measured at the natural prevalence, with the prevalence next to it, and I know how
#   much it varies from fold to fold. (Lesson 3, section 3; lesson 6, section 5)
# - [ ] **No leak.** Only the rows that fit the model are undersampled, never the rows that judge it. (Lesson 4,
#   sections 2 and 3)
# - [ ] **Rows.** The model was fitted on at most 3,000 rows, and every defect of `X_learn` is among them. (Lesson 4,
#   section 1)
# - [ ] **Threshold.** It fits the budget at the natural prevalence, on parts that the model wasn't fitted on. (Lesson
#   7, section 6)
# - [ ] **Calibration.** I know how many defects the scores promise, and how many they promise after the odds are
#   corrected. (Lesson 4, section 5)
# - [ ] **Reported once.** On `X_report`, I counted the parts put aside per day and the defects found, and I can say how
#   little so few defects show. (Lesson 2, section 2)
# - [ ] **Cost.** I compared a day's cost with reviewing nothing and with reviewing what vibrates most. (Lesson 7,
#   section 1)
# - [ ] **Told to the plant.** I wrote three sentences: how many defects a day it will find and ship, how sure that is
#   with so few defects, and what to collect next. (Lesson 2, section 2)
#
# With all ten, you can defend your result in front of the plant. If items are open and the result is still near the
# reference, part of it may be luck, so work on these items first. To compare your work with one solution of ours, run
# `course reveal defects` in a terminal.
