# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {project: whom-to-call, version: "1.0"}
# ---

# %% [markdown]
# # Project · Whom to call
#
# **Which clients should a bank call, and how many of them?** This project is for after lesson 7. It has no points, and
# there's no single right way. At the end, a function shows where your result is between a floor and a good reference,
# and a checklist helps you judge your work.
#
# **Time** 100 minutes, which is 10 for reading and 10 for each item of the checklist · **Needs** lessons 1 to 7. Read
# the checklist in the last section before you start.

# %% [markdown]
# ## The situation
#
# A bank sells a savings deposit by telephone. It has a list of 22,606 clients and will **call the first N, the ones who
# are most likely to subscribe**. Its branches hire people for the subscriptions that your probabilities promise. That's
# why **the probabilities have to come true**.
#
# - A **call** costs €8, whatever the answer is.
# - A **subscription** brings €40.
# - The call center can make **6,000 calls**. If you order more, each further call costs €8 and isn't made.
#
# You know the outcomes of 22,605 calls. They're real calls of a Portuguese bank from 2008 to 2010 (Moro, Cortez, and
# Rita 2014). Your calls and the list are two random halves of the same calls. A bank's real list would come *after* the
# calls it knows, and that's harder. The last item of the checklist looks at it.

# %% [markdown]
# ## What you deliver
#
# | name | what |
# | --- | --- |
# | `model` | fitted, with `predict_proba`, for all columns of `X_learn` below or some of them |
# | `n_calls` | N, the number of clients to call, a whole number |
#
# The function judges them on the **22,606 clients** of the list.
#
# - **What counts** is the money that the subscriptions bring, minus what the calls cost.
# - **The probabilities must be calibrated.** The clients form ten groups of about 2,260 by your probability. In each
#   group, your mean probability is compared with the share that subscribed. On average over the groups, the two may
#   differ by 0.015. If they differ by more, less of your gain over the floor counts, and from 0.04 on none of it does.
# - **Use only what's known before the call.** One column isn't. No one on the list has been called yet, so this column
#   is 0 in all rows there.

# %% [markdown]
# ## The start
#
# The data card is `datasets/bank_calls/CARD.md` in the course's repository, and the help of `real_data.load_bank_calls`
# explains each column. That function returns the list's outcomes, too, so take the calls from `known_calls`. They come
# in random order, and the index is a call's place in time.

# %%
import numpy as np
import pandas as pd
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score, brier_score_loss
from sklearn.model_selection import cross_val_predict, train_test_split

from imbalanced_course import plots, real_data
from imbalanced_course.projects import judge_whom_to_call, known_calls

sklearn.set_config(display="text")

# %%
calls = known_calls()
X, y = calls.drop(columns="subscribed"), calls["subscribed"]
X_learn, X_report, y_learn, y_report = train_test_split(X, y, test_size=0.3, stratify=y, random_state=1)

parts = {"to learn and choose": y_learn, "to report": y_report}  # look at the second one once, at the end
table = {name: (len(v), int(v.sum()), round(v.mean(), 4)) for name, v in parts.items()}
pd.DataFrame.from_dict(table, orient="index", columns=["calls", "subscribed", "share"])

# %% [markdown]
# ## Your work
#
# Add as many cells as you like. The first one shows what the bank does today, which is to call everyone whom an earlier
# campaign won.

# %%
won = X_learn["poutcome"] == "success"
print(f"won earlier: {won.sum()} of {len(y_learn):,} calls, and {y_learn[won].mean():.3f} of them subscribed")
print(f"all others: {y_learn[~won].mean():.3f} subscribed")

# %%
# your work

# %% [markdown]
# <details><summary>Stuck? Where to look</summary>
#
# - A client with probability p brings 40 × p euros on average and costs 8. In the course's convention, a false alarm
#   costs €8 and a miss €32, because the call that wins €40 costs €8, too. What's t\* then? (Lesson 7, section 1.)
# - How many of your calls have a probability of t\* or more? How many would that be among 22,606 clients?
# - `HistGradientBoostingClassifier(categorical_features="from_dtype")` takes the categories as they are. A linear model
#   needs a `OneHotEncoder` for the columns in `real_data.BANK_CALLS_CATEGORIES`, as in lesson 4.
# - `plots.reliability_curve(y, probabilities)` shows groups with the same probability. If the curve is steeper than the
#   diagonal, the model is underconfident, and if it's flatter, overconfident. (Lesson 7, section 2.)
# - `CalibratedClassifierCV(model, cv=5)` fits the model and the calibration on different folds.
# - `calls.sort_index()` puts the calls in the order of time.
# </details>

# %% [markdown]
# ## Deliver
#
# Put your two names here, and run the cell below. You can run it as often as you like, but only the first answer is an
# honest one. If you change N until this cell likes it, you've tuned it on the test data.

# %%
model = ...  # fitted, with predict_proba
n_calls = ...  # a whole number, of 22,606 clients

# %%
judge_whom_to_call(model, n_calls)

# %% [markdown]
# ## The checklist
#
# The function sees your result and not how you got it. So judge that yourself. Double-click this cell and write `- [x]`
# for each item that you can show in a cell of this notebook. An open item says where to read again.
#
# - [ ] **Split.** I chose everything inside `X_learn`, in folds or a second split, and used `X_report` once. (Lesson 2,
#   section 5)
# - [ ] **No leak.** I asked of each column when it's known, and I left one out. Scaling, encoding, and resampling are
#   inside the pipeline. (Lesson 4, sections 3 and 4)
# - [ ] **Baselines.** My table has the clients who were won earlier, calls at random, and a model that predicts the
#   prevalence for everyone. (Lesson 1, section 4)
# - [ ] **Average precision.** It's measured on calls that the model hasn't seen, and the prevalence is next to it.
#   (Lesson 3, section 3)
# - [ ] **Calibration.** I looked at the curve and a number, and I can say whether my model is overconfident or
#   underconfident. If I used weights or resampling, I corrected the odds. (Lesson 7, section 2; lesson 4, section 5)
# - [ ] **N.** I can say from which probability on a call pays, and whether the costs or the 6,000 calls set N.
#   (Lesson 7, sections 1 and 6)
# - [ ] **Cost.** I compared the gain for the whole list with today's rule, at the same costs. (Lesson 7, section 1)
# - [ ] **Reported once.** On `X_report`, I compared the subscriptions that my probabilities promise among the clients
#   called with those that came. (Lesson 3, section 4)
# - [ ] **Told to the bank.** I wrote three sentences: how many subscriptions it will win and miss, how far it can trust
#   the probabilities next month, and what changes if a call costs €12. For the second one I fitted the model on the
#   earlier calls and predicted the later ones. (Lesson 7, section 3)
#
# With all nine, you can defend your result in front of the bank. If items are open and the result is still near the
# reference, part of it may be luck, so work on these items first. To compare your work with one solution of ours, run
# `course reveal whom-to-call` in a terminal.
