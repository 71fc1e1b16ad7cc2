# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {project: outreach, version: "1.0"}
# ---

# %% [markdown]
# # Project · Outreach
#
# **Invite those who need it most, and tell each one a risk that is true.** For after lesson 7; allow one to two hours.
# There are no points and no one right way: at the end a function tells you where your result lies between a floor and
# a good reference.

# %% [markdown]
# ## The situation
#
# A health service has screened 10,000 people, and knows who of them has the condition. In the whole region 100,000
# people have now been measured in the same way, without an examination. Examining everybody is too dear, so the service
# will **rank them by risk and invite the first N**. The letter says what it is about: "of 100 people like you, about 18
# have the condition". **That number has to be true**, or the service loses its good name.
#
# - An **invitation** costs 20 euro, the examination included.
# - A condition **found** early saves 150 euro.
# - There is **room for 15,000** examinations. Whoever is invited beyond that costs 20 euro and is not examined.

# %% [markdown]
# ## What you deliver
#
# | name | what |
# | --- | --- |
# | `model` | fitted, with `predict_proba`, for the columns of `X_learn` below |
# | `n_invited` | N: how many of the 100,000 are invited, a whole number |
#
# They are judged on **100,000 fresh people** from the same generator as yours.
#
# - **What counts** is the money: what the conditions found save, less what the invitations cost.
# - **The risks must be calibrated.** The people are put into ten groups of 10,000 by the risk that you tell. In each
#   group your mean risk is held against the true one. On average over the groups the two may differ by 0.01 (one person
#   in 100). Beyond that your gain over the floor shrinks, and from 0.03 on none of it counts.

# %% [markdown]
# ## The start
#
# The data card is `datasets/screening/CARD.md` in the course's repository; `load_screening` tells each column's
# meaning.

# %%
import numpy as np
import pandas as pd
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss
from sklearn.model_selection import cross_val_predict, train_test_split
from sklearn.pipeline import make_pipeline

from imbalanced_course import datasets, plots
from imbalanced_course.projects import judge_outreach

sklearn.set_config(display="text")

# %%
people = datasets.load_screening()
X, y = people.drop(columns="condition"), people["condition"]
X_learn, X_report, y_learn, y_report = train_test_split(X, y, test_size=0.3, stratify=y, random_state=1)

parts = {"to learn and choose": y_learn, "to report": y_report}  # the second one: look once, at the end
table = {name: (len(v), int(v.sum()), round(v.mean(), 4)) for name, v in parts.items()}
pd.DataFrame.from_dict(table, orient="index", columns=["people", "ill", "share"])

# %% [markdown]
# ## The checklist
#
# Double-click this cell and put an `x` between the brackets of what is done: `- [x]`.
#
# - [ ] **Split**, stratified: done above; you choose inside `X_learn`, by cross-validation or a second split
# - [ ] **Baselines**: inviting the oldest, inviting at random, telling everybody the prevalence
# - [ ] **Average precision** on people that the model has not seen, with the prevalence beside it
# - [ ] **No leak**: scaling, coding and resampling stand in the pipeline; `X_report` chose nothing
# - [ ] **N** from the costs and the room: from which risk on does an invitation pay?
# - [ ] **Calibration** looked at, as a curve and as a number; if you resampled or weighted: corrected?
# - [ ] **Reported once** on `X_report`: conditions found, mean risk told and share that is ill among the invited
# - [ ] **Cost** and gain for the region, against inviting the oldest

# %% [markdown]
# ## Your work
#
# Add as many cells as you like. The first one is a start: a logistic regression, its ranking and its risks.

# %%
plain = make_pipeline(datasets.screening_preprocessor(), LogisticRegression(max_iter=1000))
risks = cross_val_predict(plain, X_learn, y_learn, cv=5, method="predict_proba")[:, 1]
print(f"average precision {average_precision_score(y_learn, risks):.3f}, prevalence {y_learn.mean():.3f}")
print(f"Brier score {brier_score_loss(y_learn, risks):.4f}, of telling everybody the prevalence", end=" ")
print(f"{brier_score_loss(y_learn, np.full(len(y_learn), y_learn.mean())):.4f}")

# %%
# your work

# %% [markdown]
# <details><summary>Stuck? Where to look</summary>
#
# - Somebody with risk p brings 150 × p euro on average and costs 20. (Lesson 7, *costs*.) How many of your people have
#   a risk above the point where that pays? Of 100,000?
# - `plots.reliability_curve(y, risks)` shows groups of people with the same risk. (Lesson 3.)
# - Not every line in these data is straight. A model of small trees, with few leaves and a low learning rate, sees
#   bends; a large one can learn the luck of a few hundred ill people by heart, and then its highest risks are too high.
# - `CalibratedClassifierCV(model, cv=5)` fits model and calibration on different folds. (Lesson 7.)
# </details>

# %% [markdown]
# ## Deliver
#
# Put your two names here, and run the cell below. You can run it as often as you like, but only the first answer is an
# honest one: whoever turns N until this cell is pleased has tuned it on the test data.

# %%
model = ...  # fitted, with predict_proba
n_invited = ...  # a whole number, of 100,000

# %%
judge_outreach(model, n_invited)

# %% [markdown]
# Where the result lies does not say *why*. Write down in three sentences what you would tell the health service: how
# many will be found and how many missed, how far a single risk can be trusted, and what would change with another
# price of the examination. One solution of ours is put beside this notebook by `course reveal outreach` in a terminal.
