# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {project: fraud-alerts, version: "1.0"}
# ---

# %% [markdown]
# # Project · Fraud alerts
#
# **How much fraud can a bank catch if nine of ten alerts must be right?** This project is for after lesson 7. It has no
# points, and there's no single right way. At the end, a function shows where your result is between a floor and a good
# reference, and a checklist helps you judge your work.
#
# **Time** 100 minutes, which is 10 for reading and 10 for each item of the checklist · **Needs** lessons 1 to 7. Read
# the checklist in the last section before you start.

# %% [markdown]
# ## The situation
#
# A bank blocks a card as soon as an alert is raised on it. Honest customers whose cards are blocked get angry, and if
# there are too many of them, they leave. So the head of the department has set one rule: **at least 90% of the alerts
# must be fraud**. Within this rule, you should catch as much fraud as possible.
#
# You have the payments of four weeks. Your alerts go live in a week like the last one, days 22 to 28. In lesson 7,
# payments changed on day 22, when some fraud moved elsewhere and honest people began to travel more.

# %% [markdown]
# ## What you deliver
#
# | name | what |
# | --- | --- |
# | `model` | fitted, with `predict_proba`, for the columns of `X_learn` below |
# | `threshold` | a number from 0 to 1; an alert is raised if the probability of fraud is `threshold` or more |
#
# The function judges them on **200,000 new payments of days 22 to 28**, about 1% of them fraud. You haven't seen these
# payments, but your own last week is of the same kind.
#
# - **What counts** is the recall if precision is 0.9 or more.
# - **Below 0.9**, each false alarm too many takes nine caught frauds off the count, because nine more would have made
#   up for it. At a precision of 0.88, about three quarters of your recall count. At 0.82, nothing does.
# - **Cost**, for your report: a missed fraud costs €500. Reading an alert and calling the customer costs €20, also when
#   it's fraud. So in the course's convention, a false alarm costs €20 and a miss €480.

# %% [markdown]
# ## The start
#
# The data card is `datasets/transactions/CARD.md` in the course's repository, and the help of
# `datasets.load_transactions` explains each column. The split is by time, as the bank meets the payments.

# %%
import numpy as np
import pandas as pd
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_score, recall_score
from sklearn.pipeline import make_pipeline

from imbalanced_course import datasets, plots
from imbalanced_course.projects import judge_fraud_alerts

sklearn.set_config(display="text")

# %%
days_to_learn, days_to_choose, days_to_report = datasets.split_by_week(datasets.load_transactions())
X_learn, y_learn = datasets.features_and_target(days_to_learn)  # days 1 to 14
X_choose, y_choose = datasets.features_and_target(days_to_choose)  # days 15 to 21
X_report, y_report = datasets.features_and_target(days_to_report)  # days 22 to 28: look once, at the end

weeks = {"to learn": y_learn, "to choose": y_choose, "to report": y_report}
table = {name: (len(y), int(y.sum()), round(y.mean(), 4)) for name, y in weeks.items()}
pd.DataFrame.from_dict(table, orient="index", columns=["payments", "frauds", "share"])

# %% [markdown]
# ## Your work
#
# Add as many cells as you like. The first one fits a logistic regression and shows how well it ranks.

# %%
plain = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000)).fit(X_learn, y_learn)
scores = plain.predict_proba(X_choose)[:, 1]
print(f"average precision on days 15 to 21: {average_precision_score(y_choose, scores):.3f}")

# %%
# your work

# %% [markdown]
# <details><summary>Stuck? Where to look</summary>
#
# - What matters is the left end of the precision-recall curve, where the payments with the highest scores are. Which
#   kind of model gets them right? (Lessons 3 and 6.)
# - The frauds of one week are few to choose a threshold by. `cross_val_predict(..., method="predict_proba")` scores
#   every row of days 1 to 21 by a model that hasn't seen it. The threshold then fits a model fitted on all these days.
# - A threshold that just reaches 0.9 on your rows can easily fall below it on others. What would you ask for on your
#   rows to be safe? (Lesson 3, section 5.)
# </details>

# %% [markdown]
# ## Deliver
#
# Put your two names here, and run the cell below. You can run it as often as you like, but only the first answer is an
# honest one. If you change a threshold until this cell likes it, you've tuned it on the test data.

# %%
model = ...  # fitted, with predict_proba
threshold = ...  # a probability, 0 to 1

# %%
judge_fraud_alerts(model, threshold)

# %% [markdown]
# ## The checklist
#
# The function sees your result and not how you got it. So judge that yourself. Double-click this cell and write `- [x]`
# for each item that you can show in a cell of this notebook. An open item says where to read again.
#
# - [ ] **Split.** It's by time, and each part has enough fraud for its purpose. (Lesson 2, section 2)
# - [ ] **Baselines.** My table has a logistic regression and raising no alert, judged in the same way. (Lesson 1,
#   section 4)
# - [ ] **Average precision.** It's measured on days that the model hasn't seen, and the prevalence is next to it.
#   (Lesson 3, section 3)
# - [ ] **No leak.** Scaling, encoding, and resampling are inside the pipeline, and days 22 to 28 chose nothing. (Lesson
#   4, sections 3 and 4)
# - [ ] **Threshold.** It meets the constraint with a margin on rows that the model hasn't seen. I can say on how many
#   alerts my precision rests and how sure it is. (Lesson 3, section 5; lesson 2, section 2)
# - [ ] **Calibration.** I looked at whether a score of 0.9 means nine in ten. (Lesson 7, section 2)
# - [ ] **Reported once.** I computed precision, recall, and alerts for days 22 to 28, and changed nothing after that.
#   (Lesson 3, section 5)
# - [ ] **Cost.** I compared that week's cost with raising no alert. (Lesson 7, section 1)
# - [ ] **Told to the department.** I wrote three sentences: what the alerts will catch, how sure the 90% are, and when
#   to look again. (Lesson 7, section 3)
#
# With all nine, you can defend your result in front of the department. If items are open and the result is still near
# the reference, part of it may be luck, so work on these items first. To compare your work with one solution of ours,
# run `course reveal fraud-alerts` in a terminal.
