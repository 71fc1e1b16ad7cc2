# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 07-cost-sensitive, version: "2.0"}
# ---

# %% [markdown]
# # Lesson 7 · Cost-sensitive learning
#
# **What should you do with a probability when mistakes cost money?** After this lesson you can
#
# 1. turn the costs of a decision into a threshold;
# 2. check and calibrate probabilities, and match an incident with its repair;
# 3. compute class weights, by hand and with the library;
# 4. read a decision curve, and choose a model and a threshold for costs with a budget.
#
# **Time** 31 and 26 minutes, in two sittings · **Needs** lessons 3 to 6 · **Points** 20, in seven tasks

# %% [markdown]
# The first setup cell is folded. The next one loads the card payments, split by time: days 1 to 14 to learn from,
# days 15 to 21 to choose on, days 22 to 28 to report on. `X_fresh` is a large other week that no model has seen.

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn
from sklearn import metrics
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, f1_score, precision_score, recall_score
from sklearn.model_selection import FixedThresholdClassifier, TunedThresholdClassifierCV, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.utils.class_weight import compute_class_weight

from imbalanced_course import datasets, plots, scoreboard
from imbalanced_course.plots.style import LINES, MARK, REFERENCE, ROLES, legend_below
from imbalanced_course.simulation.transactions import make_week

sklearn.set_config(display="text")
plt.style.use("imbalanced_course.plots.course")

# %% nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
days_to_learn, days_to_choose, days_to_report = datasets.split_by_week(datasets.load_transactions())
X_learn, y_learn = datasets.features_and_target(days_to_learn)
X_choose, y_choose = datasets.features_and_target(days_to_choose)
X_report, y_report = datasets.features_and_target(days_to_report)
fresh = make_week(50_000, seed=7, week=3)  # days 15 to 21 again, but other payments
X_fresh, y_fresh = datasets.features_and_target(fresh)

plain = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000)).fit(X_learn, y_learn)
boosting = HistGradientBoostingClassifier(max_iter=40, random_state=1).fit(X_learn, y_learn)


# %% nbgrader={"grade_id": "setup-price", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
def price(y_true, flagged, miss=1_000, alarm=10):
    return miss * np.sum(~flagged & (y_true == 1)) + alarm * np.sum(flagged & (y_true == 0))


# %% nbgrader={"grade_id": "setup-weeks", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
# Twenty other weeks of 5,000 payments: boosting's scores, the labels, and what the
# fresh week costs at the threshold tuned in each.
new_weeks = [datasets.features_and_target(make_week(5_000, seed=seed, week=3)) for seed in range(10, 30)]
week_scores = [boosting.predict_proba(week_X)[:, 1] for week_X, _ in new_weeks]
week_labels = [week_y.to_numpy() for _, week_y in new_weeks]
fresh_scores, fresh_labels = boosting.predict_proba(X_fresh)[:, 1], y_fresh.to_numpy()
tuned_costs = [
    int(price(fresh_labels, fresh_scores >= scoreboard.tune_threshold(labels, scores)))
    for labels, scores in zip(week_labels, week_scores, strict=True)
]

# %% [markdown]
# ## Two questions from before
#
# At the end of lesson 6 you bet on class weights and a threshold from costs, used together.

# %% jupyter={"source_hidden": true}
from imbalanced_course.bets import last_bet

last_bet("combining")

# %% [markdown]
# The table in section 4 settles it. Now two questions; write the letter of your choice in quotes.
#
# **Question 1.** Twelve strategies are tuned on the same five folds. The best of them reaches a mean F1 of 0.62 there.
# What do you expect of that strategy on a fresh test set?
#
# - **a** Again 0.62, because five folds were averaged
# - **b** More, because it then learns from all the rows
# - **c** Somewhat less, because the best was partly lucky
# - **d** Nothing, because F1 can't be compared across datasets

# %% nbgrader={"grade_id": "before-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
before_1 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
before_1 = "c"
### END SOLUTION

# %% nbgrader={"grade_id": "before-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.before_1(*answers("before_1"))

# %% [markdown]
# **Question 2.** A calibrated fraud model gives each of 2,000 payments a score near 0.02. How many of them do you
# expect to be fraud?
#
# - **a** About 40
# - **b** About 2
# - **c** None, because no score reaches 0.5
# - **d** It depends on the threshold

# %% nbgrader={"grade_id": "before-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
before_2 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
before_2 = "a"
### END SOLUTION

# %% nbgrader={"grade_id": "before-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.before_2(*answers("before_2"))

# %% [markdown]
# ## 1 · What a mistake costs
#
# A **cost matrix** has the layout of the confusion matrix, and each cell says what one such payment costs.
#
# | | not flagged | flagged |
# | --- | --- | --- |
# | **honest** (row 0) | `costs[0, 0]` | `costs[0, 1]`, a false alarm |
# | **fraud** (row 1) | `costs[1, 0]`, a miss | `costs[1, 1]`, a hit |
#
# Teams write their bills in different ways: one charges every alert, another only the wrong ones. This course has **one
# convention: a mistake costs what it *adds* to the right decision for the same payment**. So right decisions cost
# nothing. To bring a bill into this form, subtract the right decision's cost from both cells of its row. That shifts
# the total of every decision by the same amount, so their order stays the same.
#
# Say a miss adds €1,000 and a false alarm €10. The picture shows what one payment is expected to cost. Guess first
# where its lines cross.

# %% tags=["guess"]
guess_crossing = ...  # probability from which flagging is cheaper, 0 to 1

# %% jupyter={"source_hidden": true}
p = np.array([0, 0.03])
figure, ax = plt.subplots(figsize=(6, 3.4), layout="constrained")
for text, euros, look in (
    ("not flagged: p × miss", 1_000 * p, LINES[0]),
    ("flagged: (1 − p) × false alarm", 10 * (1 - p), LINES[1]),
):
    _ = ax.plot(p, euros, label=text, **look)
_ = ax.axvline(10 / 1_010, label="t*", **MARK)
_ = ax.set(xlabel="p, probability of fraud", ylabel="expected cost (€)")
_ = figure.legend(loc="outside lower center", ncols=3)
plots.captioned(
    ax,
    "Two lines, the expected cost of one payment against its probability of fraud. Not flagging it costs more the larger p "
    "is, and flagging it costs nearly the same throughout. The dotted line t* marks where they cross.",
)

# %% [markdown]
# What surprised you? The lines cross where p × miss = (1 − p) × false alarm, which is lesson 3's **t\***:
#
# $$t^* = \frac{\text{false alarm}}{\text{false alarm} + \text{miss}}$$
#
# The two costs alone determine it (Elkan 2001). How rare fraud is doesn't matter, because p includes that already.

# %% [markdown]
# ### Task 7.1 · A bill in one convention (3 points, 5 minutes)
#
# Another bank pays a person €10 for reading an alert, **whether it's fraud or not**. A missed fraud costs it €1,000, and
# a flagged fraud is stopped. Two decisions on the same 10,000 payments are in the cell.
#
# 1. Write this bill's cost matrix in the course's convention.
# 2. Write a function that returns the cost per payment, for any counts and any cost matrix.
# 3. Which decision is cheaper under your costs, `careful` or `bold`?
#
# The check calls your function with counts and costs you haven't seen, also with costs for right decisions.

# %% nbgrader={"grade_id": "expected-cost", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
# Counts of payments. Row 0 is honest, row 1 is fraud; column 0 is not flagged, column 1 is flagged.
careful = np.array([[9_880, 20], [60, 40]])
bold = np.array([[9_400, 500], [14, 86]])

cost_matrix = ...  # array or list of two rows with two numbers each, euros


def cost_per_row(counts, costs):
    """Return what a decision costs per payment (number, euros).

    counts, costs: arrays of shape (2, 2); rows are what is true, columns what was decided, as above.
    """
    answer = ...  # number
    ### BEGIN SOLUTION
    answer = np.sum(counts * costs) / np.sum(counts)
    ### END SOLUTION
    return answer


cheaper = ...  # "careful" or "bold"
### BEGIN SOLUTION
cost_matrix = np.array([[0, 10], [990, 0]])
cheaper = "careful" if cost_per_row(careful, cost_matrix) < cost_per_row(bold, cost_matrix) else "bold"
### END SOLUTION

# %% nbgrader={"grade_id": "expected-cost-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.expected_cost(*answers("cost_matrix", "cost_per_row", "cheaper"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Write down the bill first, cell by cell: is a person at work? Is money lost? Then look for the right decision in each
# row.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# In the row of the frauds, the right decision costs the reading, so subtract it from both cells of that row. For the
# function, multiply counts and costs cell by cell, add up, and divide by the number of payments.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for a factory, where a scrapped good part costs €3, a sold bad part €50, and a scrapped bad part €1:
#
# ```python
# factory_bill = np.array([[0, 3], [50, 1]])
# factory_costs = factory_bill - np.array([[0], [1]])  # row by row
# factory_counts = np.array([[90, 2], [1, 7]])
# print(factory_costs, np.sum(factory_counts * factory_costs) / 100)
# ```
# </details>

# %% [markdown]
# ### Task 7.2 · The threshold from four cells (2 points, 3 minutes)
#
# Another team hands you bills in which any of the four cells may cost something. Right decisions are cheaper than wrong
# ones.
#
# 1. Complete the function: it returns the probability from which flagging is at least as cheap.
# 2. Compute `t_star` for the bank of task 7.1.
#
# The check calls your function with bills you haven't seen. Four decimals are enough.


# %% nbgrader={"grade_id": "threshold-from-costs", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def cheapest_threshold(costs):
    """Return the probability (number, 0 to 1) from which flagging is at least as cheap.

    costs: two rows of two numbers, euros; row 0 honest, row 1 fraud; column 0 not flagged, column 1 flagged.
    """
    costs = np.asarray(costs)
    false_alarm = costs[0, 1] - costs[0, 0]  # what a false alarm adds
    answer = ...  # number, 0 to 1
    ### BEGIN SOLUTION
    miss = costs[1, 0] - costs[1, 1]
    answer = false_alarm / (false_alarm + miss)
    ### END SOLUTION
    return answer


t_star = ...  # number, 0 to 1
### BEGIN SOLUTION
t_star = cheapest_threshold(np.array([[0, 10], [1_000, 10]]))
### END SOLUTION

# %% nbgrader={"grade_id": "threshold-from-costs-check", "points": 2, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.threshold_from_costs(*answers("cheapest_threshold", "t_star"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# The first line has what a false alarm adds. What does a miss add to the hit in its row?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# A miss adds the difference of the two cells in the row of the frauds. Put both differences into the formula of
# section 1. You can call the function with the bill or with the matrix in the course's convention.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for the factory of task 7.1:
#
# ```python
# added_by_scrapping_good = 3 - 0
# added_by_selling_bad = 50 - 1
# print(added_by_scrapping_good / (added_by_scrapping_good + added_by_selling_bad))
# ```
# </details>

# %% [markdown]
# ## 2 · Can you trust the probabilities?
#
# From here on, the costs are section 1's: €1,000 is what a miss *adds*. t\* asks for the *probability* of fraud. Does
# your model predict it? `boosting` comes with the library's defaults except for its 40 rounds. **Calibration** puts a small model behind it, which maps scores to probabilities and is
# fitted on rows that the big model hasn't seen.
#
# - **Platt's method** (`"sigmoid"`, Platt 1999) fits a logistic curve. It has two numbers to find.
# - **Isotonic regression** (`"isotonic"`, Zadrozny and Elkan 2002) fits rising steps of any height, so it needs more
#   positives, and its steps make ties.

# %%
platt = CalibratedClassifierCV(FrozenEstimator(boosting), method="sigmoid").fit(X_choose, y_choose)
isotonic = CalibratedClassifierCV(FrozenEstimator(boosting), method="isotonic").fit(X_choose, y_choose)
said = {
    "logistic regression": plain.predict_proba(X_fresh)[:, 1],
    "boosting": boosting.predict_proba(X_fresh)[:, 1],
    "boosting, Platt": platt.predict_proba(X_fresh)[:, 1],
    "boosting, isotonic": isotonic.predict_proba(X_fresh)[:, 1],
}
t_costs = 10 / 1_010  # t*: a miss adds €1,000, a false alarm €10

# %% [markdown]
# `FrozenEstimator` keeps a fitted model as it is. Without it, `CalibratedClassifierCV` fits the model again in folds.
# Guess what share is fraud where the raw score is about 0.001.

# %% tags=["guess"]
guess_share = ...  # share of fraud among fresh payments whose raw score is near 0.001, 0 to 1

# %% jupyter={"source_hidden": true}
figure, panels = plt.subplots(1, 3, figsize=(7, 3.4), sharex=True, sharey=True, layout="constrained")
for ax, name in zip(panels, list(said)[:3], strict=True):
    groups = np.array_split(np.argsort(said[name]), 12)
    mean, share = (np.array([values[rows].mean() for rows in groups]) for values in (said[name], y_fresh.to_numpy()))
    _ = ax.plot([1e-4, 1], [1e-4, 1], label="calibrated", **REFERENCE), ax.axvline(t_costs, label="t*", **MARK)
    _ = ax.plot(mean[share > 0], share[share > 0], "o", color=ROLES["model"], label="twelfth of the payments")
    _ = ax.set(xscale="log", yscale="log", xlim=(1e-4, 1), ylim=(1e-4, 1), title=name, xlabel="mean score")
_ = figure.supylabel("share of fraud", fontsize="medium")
_ = figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=3)
plots.captioned(
    figure,
    "Share of fraud against the mean score on the same logarithmic axes, in twelve groups of fresh payments (those "
    "without fraud or below 0.0001 aren't drawn). Raw boosting's dots are above the diagonal left of t*: it predicts too little. Near "
    "t*, logistic regression and Platt's method are close to the diagonal.",
)

# %% jupyter={"source_hidden": true}
near = y_fresh[(said["boosting"] >= 0.0005) & (said["boosting"] <= 0.002)]
print(f"raw score from half to twice 0.001: {len(near):,} payments, of which {near.mean():.2%} are fraud")

# %% [markdown]
# What surprised you? Now look at the costs of the fresh week. Each row of the table is a model, judged at 0.5, at t\*,
# and at the threshold that was cheapest on days 15 to 21 (tuned).


# %% jupyter={"source_hidden": true}
chosen_on = {
    "logistic regression": plain,
    "boosting": boosting,
    "boosting, Platt": platt,
    "boosting, isotonic": isotonic,
}
tuned_at = {name: scoreboard.tune_threshold(y_choose, m.predict_proba(X_choose)[:, 1]) for name, m in chosen_on.items()}
# %% jupyter={"source_hidden": true}
by_model = {
    name: {
        "average precision": f"{average_precision_score(y_fresh, s):.3f}",
        "mean score": f"{s.mean():.4f}",
        "€ at 0.5": f"{price(y_fresh, s >= 0.5):,}",
        "€ at t*": f"{price(y_fresh, s >= t_costs):,}",
        "€ tuned": f"{price(y_fresh, s >= tuned_at[name]):,}",
    }
    for name, s in said.items()
}
pd.DataFrame(by_model).T

# %% jupyter={"source_hidden": true}
figure, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
for (name, look), marker in zip((("boosting", LINES[0]), ("boosting, Platt", LINES[1])), "*P", strict=True):
    costs = scoreboard.costs_by_threshold(y_fresh, said[name])
    _ = ax.plot(costs["threshold"], costs["cost"], label=name, **{**look, "marker": ""})
    there = price(y_fresh, said[name] >= tuned_at[name])
    _ = ax.plot(tuned_at[name], there, marker, markersize=11, color=look["color"], label=f"{name}: tuned")
_ = ax.axvline(t_costs, label="t*", **MARK), ax.axvline(0.5, label="0.5", **REFERENCE)
_ = ax.set(xscale="log", xlim=(5e-4, 1), xlabel="threshold (log scale)", ylabel="cost of the week (€)", ylim=(0, None))
_ = ax.yaxis.set_major_formatter("{x:,.0f}"), figure.legend(loc="outside lower center", ncols=3)
plots.captioned(
    figure,
    "Cost of the fresh week against the threshold, for raw boosting (solid) and after Platt's method (dash-dotted). "
    "Symbols mark thresholds tuned on days 15 to 21. After calibration, the valley is at the dotted t*; for the "
    "raw scores it's further left. At 0.5 (dashed), both cost far more.",
)

# %% [markdown]
# In this picture the costs are *fixed* and the threshold moves. Platt's method moved the valley to t\*, and it kept the
# ranking: Platt's curve rises here, so it changes no order. Tuning finds the valley without calibration. But it rests
# on the few frauds of one week, and another week may give another threshold. Try that yourself.


# %% nbgrader={"grade_id": "setup-platt", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
def platt_map(scores, labels, new_scores):  # Platt's method by hand: a logistic regression on the log odds
    log_odds, new_log_odds = (np.log(s / (1 - s)).reshape(-1, 1) for s in (scores, new_scores))
    return LogisticRegression(C=1e6).fit(log_odds, labels).predict_proba(new_log_odds)[:, 1]


print("frauds in the weeks:", [int(labels.sum()) for labels in week_labels])
print("tuned in one week, paid in the fresh one (€):", tuned_costs)

# %% [markdown]
# ### Task 7.3 · Calibrate, then t\* (3 points, 5 minutes)
#
# `week_scores` and `week_labels` have twenty weeks with boosting's scores. `tuned_costs` has what the fresh week costs
# at the threshold tuned in each. Do better: calibrate on each week, and take the threshold from the costs.
#
# 1. Write a function that flags rows at t\* and returns their **total cost**.
# 2. For each of the twenty weeks, map `fresh_scores` with `platt_map`, fitted on that week. Pass the result to your
#    function with `fresh_labels`, a miss of €1,000, and a false alarm of €10. Collect the twenty costs.
# 3. In how many of the twenty weeks was that cheaper than `tuned_costs`?
#
# The check calls your function on rows you haven't seen, and compares your twenty amounts within 2%.


# %% nbgrader={"grade_id": "calibrated-threshold", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    """Return the total cost (number, euros) of the rows if they're flagged at t*.

    probabilities: array of numbers between 0 and 1. labels: array of 0 and 1.
    """
    answer = ...  # number, euros
    ### BEGIN SOLUTION
    flagged = probabilities >= false_alarm / (false_alarm + miss)
    answer = miss * np.sum(~flagged & (labels == 1)) + false_alarm * np.sum(flagged & (labels == 0))
    ### END SOLUTION
    return answer


calibrated_costs = ...  # list of twenty numbers, euros
cheaper_in = ...  # whole number, 0 to 20
### BEGIN SOLUTION
calibrated_costs = [
    cost_at_t_star(platt_map(scores, labels, fresh_scores), fresh_labels, 1_000, 10)
    for scores, labels in zip(week_scores, week_labels, strict=True)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))
### END SOLUTION

# %% nbgrader={"grade_id": "calibrated-threshold-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.calibrated_threshold(*answers("cost_at_t_star", "calibrated_costs", "cheaper_in"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which two of the four counts cost something in the course's convention? And which labels may calibration see?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# These steps make the function, in shuffled order: multiply the misses and the false alarms by their costs and add
# them; compute t\* from the two costs; flag where the probability reaches it. For step 2, loop over `zip(week_scores,
# week_labels)`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method with `plain` and the days of the report, for a miss of €300 and a false alarm of €15:
#
# ```python
# on_days = platt_map(plain.predict_proba(X_choose)[:, 1], y_choose, plain.predict_proba(X_report)[:, 1])
# flagged_then = on_days >= 15 / (15 + 300)
# print(300 * np.sum(~flagged_then & (y_report == 1)) + 15 * np.sum(flagged_then & (y_report == 0)))
# ```
# </details>

# %% [markdown]
# In these twenty weeks, with one model and one fresh week, tuning was seldom cheaper and at times far more expensive.
# Calibration with t\* cost nearly the same each time, and less on average (interval: *Optional*). So with
# few positives try this order: **calibrate first and take the threshold from the costs; tune where you can't
# calibrate**, on as many positives as you can get.

# %% [markdown]
# ## 3 · What to repair when something changes
#
# A model and a threshold are in use. Three parts can go wrong independently.
#
# - **Costs** affect only the threshold.
# - **Probabilities** can be off while the order is right. If only the prevalence moved, to a known value, and each
#   class looks as before: *correct the odds*, which means multiply the odds p / (1 − p) by (new odds of the prevalence)
#   / (old odds), as in lesson 4. If they're off for another reason, *calibrate again* on new labels.
# - **The order** can get worse. No threshold and no rising map changes the order, so *fit again* on new rows.

# %% [markdown]
# ### Task 7.4 · Four incidents (2 points, 4 minutes)
#
# A calibrated fraud model flags at t\*. One Monday brings four incidents in four branches. Choose the cheapest repair
# that fixes the part that went wrong; each repair fits one incident.
#
# - **a** compute a new t\*
# - **b** correct the odds
# - **c** calibrate again
# - **d** fit again
#
# 1. **North**: the share of fraud has halved. Within fraud and within honest payments, everything looks as before.
# 2. **South**: a missed fraud now costs twice as much.
# 3. **East**: the share of fraud, the ROC AUC, and the average precision are the same, but of the payments with a score
#    near 0.01 about 3% are fraud.
# 4. **West**: average precision fell by a third. The share of fraud is the same.
#
# Write one letter for each branch. The check gives a reason for each.

# %% nbgrader={"grade_id": "which-repair", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
north = ...  # a letter from "a" to "d"
south = ...  # a letter from "a" to "d"
east = ...  # a letter from "a" to "d"
west = ...  # a letter from "a" to "d"
### BEGIN SOLUTION
north, south, east, west = "b", "a", "c", "d"
### END SOLUTION

# %% nbgrader={"grade_id": "which-repair-check", "points": 2, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.which_repair(*answers("north", "south", "east", "west"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# For each branch, ask what changed: a cost, the share of fraud, the size of the scores, or their order?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# One branch changed a number in the formula of t\*. Two changed what a score means, and for one of these two you know
# the factor without new labels. One changed the order.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for another incident: a shop's false alarms become cheaper, because customers confirm by phone. A cost
# changed, so only the threshold does:
#
# ```python
# for false_alarm in (20, 5):
#     print(false_alarm / (false_alarm + 500))
# ```
# </details>

# %% [markdown]
# End of the first sitting. A threshold repairs a decision when costs change; it can't repair probabilities or an order.


# %% [markdown]
# # Second sitting · Weights, net benefit, and the capstone
#
# If you've closed the notebook in between, choose *Run* → *Run All Above Selected Cell* first.

# %% nbgrader={"grade_id": "setup-two-features", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
# The two-feature dataset: 10,000 simulated rows, 1% positive. Half of them are test rows.
X, y = datasets.make_two_features()
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=1)

# %% [markdown]
# ## 4 · Weights: a louder voice for the rare class
#
# A **class weight** multiplies the mistakes of a class while the model is fitted. With weight 50, each positive counts
# for 50 rows, and no row is copied or dropped. `class_weight="balanced"` takes **n / (number of classes × count of the
# class)**, so both classes weigh the same.

# %%
insensitive = LogisticRegression().fit(X_train, y_train)
weighted = LogisticRegression(class_weight="balanced").fit(X_train, y_train)
plain_scores, weighted_scores = (one.predict_proba(X_test)[:, 1] for one in (insensitive, weighted))
as_many = np.sort(plain_scores)[-np.sum(weighted_scores >= 0.5)]  # flags as many rows without weights
print(f"the threshold that flags as many rows without weights: {as_many:.4f}")
flags, weighted_flags = plain_scores >= as_many, weighted_scores >= 0.5
print(f"each flags {flags.sum()} rows, {np.sum(flags & weighted_flags)} of them the same;", end=" ")
print(f"positives among them: {y_test[flags].sum()} without weights, {y_test[weighted_flags].sum()} with")

# %% jupyter={"source_hidden": true}
ax = plots.class_scatter(X_test, y_test)
ends, low, high = np.array([-4, 5]), X_test["feature_2"].min() - 0.3, X_test["feature_2"].max() + 0.3
for name, model, at, line in (
    ("no weights, threshold 0.5", insensitive, 0.5, "-"),
    ("balanced weights, threshold 0.5", weighted, 0.5, "--"),
    ("no weights, threshold moved", insensitive, as_many, ":"),
):
    a, b, c = *model.coef_[0], model.intercept_[0]
    _ = ax.plot(ends, (np.log(at / (1 - at)) - c - a * ends) / b, line, color="black", label=name)
_ = ax.set(xlim=(X_test["feature_1"].min() - 0.3, X_test["feature_1"].max() + 0.3), ylim=(low, high)), legend_below(ax)
plots.captioned(
    ax,
    "Test rows and three lines; each model flags what is left of its line. Balanced weights (dashed) move it into the "
    "majority, and so does a lower threshold without weights (dotted).",
)

# %% [markdown]
# So the weighted model makes nearly the decision that a moved threshold makes. Its
# probabilities, though, describe a population in which both classes are equally common.

# %% [markdown]
# ### Task 7.5 · Balanced weights (2 points, 4 minutes)
#
# 1. Write a function that returns the balanced weights for **any** labels: two classes or more, numbers or texts.
# 2. Get the two weights of `y_train` (three decimals) from the library. Call
#    `compute_class_weight(class_weight=..., classes=np.array([0, 1]), y=...)`.
#
# The check calls your function with labels you haven't seen, also with three classes.


# %% nbgrader={"grade_id": "balanced-weights", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def balanced_weights(y):
    """Return the balanced weight of each class: a dict from label to number.

    y: array of labels, of two classes or more.
    """
    weights = ...  # dict: label to number
    ### BEGIN SOLUTION
    classes, counts = np.unique(y, return_counts=True)
    weights = {
        label: len(y) / (len(classes) * count) for label, count in zip(classes.tolist(), counts.tolist(), strict=True)
    }
    ### END SOLUTION
    return weights


library_weights = ...  # two numbers, the weights of class 0 and class 1 of `y_train`, by the library
### BEGIN SOLUTION
library_weights = compute_class_weight(class_weight="balanced", classes=np.array([0, 1]), y=y_train)
### END SOLUTION

# %% nbgrader={"grade_id": "balanced-weights-check", "points": 2, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.balanced_weights(*answers("balanced_weights", "library_weights"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# You need three numbers: all rows, the number of *different* labels, and how often each label occurs.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `np.unique(y, return_counts=True)` returns the labels and their counts. The weight of a class is the number of rows
# divided by (classes × count). The library's function is `compute_class_weight`; its arguments are keywords.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method on other data, the share of each fruit in a bowl:
#
# ```python
# fruits, amounts = np.unique(["pear", "fig", "pear"], return_counts=True)
# print({fruit: amount / 3 for fruit, amount in zip(fruits, amounts)})
# print(compute_class_weight(class_weight="balanced", classes=fruits, y=["pear", "fig", "pear"]))
# ```
# </details>

# %% [markdown]
# ### Say it once
#
# Costs can go into the training as weights, too: `{0: false_alarm, 1: miss}`. The weighted model's threshold 0.5 then
# does about what t\* did before. The table has two pairs of costs on the fresh week. Guess what happens if you use
# balanced weights *and* t\*.

# %% tags=["guess"]
guess_both = ...  # "cheapest", "in between", or "most expensive"


# %% jupyter={"source_hidden": true}
def with_weights(weights):
    steps = datasets.transactions_preprocessor(), LogisticRegression(class_weight=weights, max_iter=1000)
    return make_pipeline(*steps).fit(X_learn, y_learn).predict_proba(X_fresh)[:, 1]


# %% jupyter={"source_hidden": true}
unweighted, balanced, columns = said["logistic regression"], with_weights("balanced"), {}
for miss, alarm in ((1_000, 10), (200, 20)):
    best, by_costs = alarm / (alarm + miss), with_weights({0: alarm, 1: miss})
    flagged_by = {
        "no weights, 0.5": unweighted >= 0.5,
        "no weights, t*": unweighted >= best,
        "balanced weights, 0.5": balanced >= 0.5,
        "weights from the costs, 0.5": by_costs >= 0.5,
        "balanced weights, t*": balanced >= best,
    }
    euros = {name: f"{price(y_fresh, flagged, miss, alarm):,}" for name, flagged in flagged_by.items()}
    columns[f"€ at a miss of {miss:,}, a false alarm of {alarm}"] = euros
pd.DataFrame(columns)

# %% [markdown]
# What surprised you, and does the last row settle your bet? Weights and a low threshold together flag too many
# payments, because both say the same thing. In the first column, balanced weights at 0.5 do well by accident: at 1%
# fraud they're 1 to 99, and the costs are 1 to 100. In the second column the costs are 1 to 10, and weights from the
# *prevalence* answer the wrong question.

# %% [markdown]
# ## 5 · Net benefit: useful for whom?
#
# Often you don't know the costs, or each user has others. Then ask for whom a model is useful. **Net benefit** counts
# hits, and subtracts false alarms at the price that goes with the threshold t (Vickers and Elkin 2006):
#
# $$\text{net benefit} = \frac{\text{hits}}{n} - \frac{\text{false alarms}}{n} \times \frac{t}{1 - t}$$
#
# The **decision curve** draws it for many thresholds, beside two decisions that need no model: flag everyone, flag no
# one. In section 2's cost curve, costs were fixed, and only the threshold moved. Here **each t is another user**, the
# one whose t\* is t. At t = 0.1, that's a user for whom a miss is as bad as nine false alarms.
#
# The data are lesson 3's 3,086 patients, 4.6% with an underactive thyroid. Half of them are test rows. One logistic regression uses "all columns"; another adds "balanced
# weights". Guess which lines fall below "flag no one".

# %% tags=["guess"]
guess_below = ...  # names of models, in quotes

# %% nbgrader={"grade_id": "setup-thyroid", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
from imbalanced_course.real_data import load_thyroid
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

patients = load_thyroid().drop_duplicates()
is_ill = patients.pop("hypothyroid")
split = train_test_split(patients, is_ill, test_size=0.5, stratify=is_ill, random_state=1)


# %% nbgrader={"grade_id": "setup-risks", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
def risks(class_weight=None):
    numbers = (
        make_pipeline(SimpleImputer(strategy="median"), StandardScaler()),
        make_column_selector(dtype_include="number"),
    )
    words = OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_include="category")
    model = LogisticRegression(max_iter=2000, class_weight=class_weight)
    fitted = make_pipeline(make_column_transformer(numbers, words), model).fit(split[0], split[2])
    return fitted.predict_proba(split[1])[:, 1]


# %% nbgrader={"grade_id": "setup-ill", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
ill = split[3].to_numpy()  # the labels of the test rows
risk = {"all columns": risks(), "balanced weights": risks("balanced")}

# %% jupyter={"source_hidden": true}
for name, one in risk.items():
    auc, ap = metrics.roc_auc_score(ill, one), average_precision_score(ill, one)
    print(f"{name:<17} ROC AUC {auc:.3f}, average precision {ap:.3f}")

# %% jupyter={"source_hidden": true}
ax = plots.decision_curve(ill, risk)
plots.captioned(
    ax,
    "Net benefit against the threshold for two logistic regressions, flag everyone (dashed), and flag no one (black, at "
    "0). All columns: highest throughout. The same with balanced weights: lower, and below 0 on the right.",
)

# %% [markdown]
# What surprised you? The weighted model ranks nearly as well by ROC AUC and still does harm to users near 0.5: at their
# costs, treating no one is better. The laboratory's numbers nearly contain the diagnosis, so this isn't medical
# evidence. It's one split, with 71 ill patients.
#
# For one user, net benefit and cost are the same thing in other units: cost per row = miss × (prevalence − net
# benefit).

# %% [markdown]
# ### Task 7.6 · Net benefit (3 points, 5 minutes)
#
# At one clinic, missing an ill patient is as bad as four false alarms. `ill` has the test patients' labels, and
# `risk["all columns"]` has their probabilities.
#
# 1. Write a function that returns the net benefit of probabilities at a threshold.
# 2. Which threshold on the decision curve belongs to this clinic?
# 3. Compute the net benefit of `risk["all columns"]` there, and that of flagging everyone. Four decimals are enough.
#
# The check calls your function with labels and probabilities you haven't seen.


# %% nbgrader={"grade_id": "net-benefit", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def net_benefit(y_true, probabilities, threshold):
    """Return the net benefit (number) of flagging where the probability is at or above the threshold.

    y_true: array of 0 and 1. probabilities: array. threshold: number above 0 and below 1.
    """
    answer = ...  # number
    ### BEGIN SOLUTION
    flagged = probabilities >= threshold
    hits, false_alarms = np.sum(flagged & (y_true == 1)), np.sum(flagged & (y_true == 0))
    answer = (hits - false_alarms * threshold / (1 - threshold)) / len(y_true)
    ### END SOLUTION
    return answer


clinic_threshold = ...  # number, 0 to 1
benefit_of_model = ...  # number
benefit_of_everyone = ...  # number
### BEGIN SOLUTION
clinic_threshold = 1 / (1 + 4)
benefit_of_model = net_benefit(ill, risk["all columns"], clinic_threshold)
benefit_of_everyone = net_benefit(ill, np.ones(len(ill)), clinic_threshold)
### END SOLUTION

# %% nbgrader={"grade_id": "net-benefit-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.net_benefit(*answers("net_benefit", "clinic_threshold", "benefit_of_model", "benefit_of_everyone"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# What are the hits and the false alarms of someone who flags everyone? And what does section 1 say about a false alarm
# of 1 and a miss of 4?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Count the flagged rows of each class and put the two counts into the formula of section 5. The threshold is false
# alarm / (false alarm + miss). For flagging everyone, pass probabilities of 1.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method with counts. At the threshold 0.1, 30 of 1,000 patients are hits and 100 are false alarms:
#
# ```python
# print(30 / 1_000 - 100 / 1_000 * 0.1 / (1 - 0.1))
# ```
# </details>

# %% [markdown]
# ## 6 · A decision you can defend
#
# Split first (lesson 2). Then walk through the **decision guide** from top to bottom.
#
# | ask | no | yes |
# | --- | --- | --- |
# | **At least 50 positives?** With 50, a recall of one half is known to about ± 0.14 (lesson 2). | Collect labels, compare few models, report intervals. With hardly any, see *Extremely rare*. | Go on. |
# | **Does the table fit into memory?** 10 million rows × 50 numbers take 4 GB. | Undersample at random, and correct the odds (lesson 4). | Use all rows. |
# | **Does weighting or resampling win** against doing neither: same model and folds, tuned thresholds? It wins if the corrected 95% interval of the gain is above 0 (lesson 6). Confirm the best of several on fresh rows. | Use neither. | Use it, and calibrate. |
# | **Are the scores calibrated** on rows that the model hasn't seen, at the prevalence in use? If small scores add up to S, expect S ± 2√S positives (for 100: 80 to 120), in all rows and near the threshold. | If only the prevalence differs, correct the odds. Otherwise calibrate on such rows, by Platt's method if they're few. | Go on. |
# | **Are the costs known?** | Require a recall or precision (lesson 3), or show a decision curve. | Use t\*. |
# | **Is there a budget of alerts?** | Keep that threshold. | Find the score that only the budget's share of rows reaches. Flag from that score or from the threshold, whichever is *higher* (of 0.08 and t\* = 0.05, from 0.08). A required recall may then fail. |
#
# Do costs differ by row, or are there more than two classes? Then take the decision with the lowest expected cost
# (*Optional*). Report on rows you haven't used. Then watch: alerts and mean score at once, costs when the labels
# arrive.
#
# Here's the fourth question on the fresh week. "Near t\*" is from half to twice the threshold.

# %% jupyter={"source_hidden": true}
for name in ("logistic regression", "boosting", "boosting, Platt"):
    s = said[name]
    for part, rows in (("all rows", s >= 0), ("near t*", (s >= t_costs / 2) & (s <= 2 * t_costs))):
        promised, found = s[rows].sum(), y_fresh[rows].sum()
        verdict = "passes" if abs(found - promised) <= 2 * np.sqrt(promised) else "fails"
        print(f"{name:<20}{part:<9} expect {promised:>3.0f} ± {2 * np.sqrt(promised):.0f}, found {found}: {verdict}")

# %% [markdown]
# ### Task 7.7 · Capstone: save money (5 points, 5 minutes)
#
# A week has 50,000 payments. A miss costs **€500** and a false alarm **€20**; right decisions cost nothing. The team
# reads alerts as they come and **stops after 1,000 (2%)**: later ones find nothing and cost nothing. So
# each fraud that's read saves €500, and each honest payment that's read loses €20.
#
# 1. Deliver a **model** (the check fits it again on `X_learn`, `y_learn`). You may calibrate it on `X_choose`,
#    `y_choose`.
# 2. Deliver a **threshold**, chosen on `X_choose`, `y_choose`.
#
# The check lets it work through four fresh weeks of **days 22 to 28**.
# On average, it must save more than flagging no one, more than `plain` at 0.5, and at least 90% of what `plain` saves
# with the threshold that is best for `X_choose` within the budget.
#
# <details><summary>What you can use</summary>
#
# `LogisticRegression`, `DecisionTreeClassifier`, `HistGradientBoostingClassifier` (at most 300 rounds),
# `CalibratedClassifierCV` (also around a `FrozenEstimator`; `cv` at most 5), `FixedThresholdClassifier`,
# `TunedThresholdClassifierCV`, scikit-learn or imbalanced-learn pipelines with `datasets.transactions_preprocessor()`
# or a `ColumnTransformer`, the usual scalers and encoders, `RandomUnderSampler`, `RandomOverSampler`, and `SMOTE`. The
# check can't judge functions or classes that you write yourself.
# </details>

# %% jupyter={"source_hidden": true}
print(f"X_choose: {len(X_choose):,} payments, {y_choose.sum()} of them fraud")

# %% nbgrader={"grade_id": "capstone", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
capstone_model = ...  # model or pipeline; the check fits it again
capstone_threshold = ...  # number, 0 to 1: a payment is flagged when its probability reaches it
### BEGIN SOLUTION
capstone_model = HistGradientBoostingClassifier(
    max_iter=80, learning_rate=0.08, max_leaf_nodes=6, min_samples_leaf=40, l2_regularization=5, random_state=1
)
capstone_model.fit(X_learn, y_learn)
# t* is 20 / (20 + 500), and the budget allows 2% of the payments. The higher one decides.
capstone_threshold = max(20 / 520, np.quantile(capstone_model.predict_proba(X_choose)[:, 1], 0.98))
### END SOLUTION

# %% nbgrader={"grade_id": "capstone-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.capstone(*answers("capstone_model", "capstone_threshold"))

# %% [markdown]
# <details><summary>Hint 1 of 2</summary>
#
# Start with `plain` as the model. Do the costs or the budget set the threshold? Compute t\*, and count how many
# payments of `X_choose` reach it.
# </details>
# <details><summary>Hint 2 of 2</summary>
#
# If more payments reach the threshold than the team can read, weak alerts fill the week before all strong ones have
# come. Weeks differ, so leave some room. Then try a model that ranks better.
#
# The same method on other data: which temperature do only the 25% warmest days reach, and is the pool's 20 °C higher?
#
# ```python
# temperatures = np.array([12, 25, 18, 31, 22, 15, 28, 20])
# print(max(20, np.quantile(temperatures, 0.75)))
# ```
# </details>

# %% [markdown]
# ## 7 · What stays
#
# | lesson | what stays |
# | --- | --- |
# | 1 Challenge | Accuracy is nearly free. Compare with a dummy. |
# | 2 Intuition | Ask how many positives a number rests on. |
# | 3 Metrics | Ranking, calibration, and decision are three questions. |
# | 4 Undersampling | It saves memory. The odds can be corrected. |
# | 5 Oversampling | Inside the folds only. It raises most models' probabilities, and so moves the threshold. |
# | 6 Combining | Same folds, tuned thresholds, corrected intervals. |
# | 7 Cost-sensitive | Calibrate, take the threshold from the costs, say it once, and watch it. |

# %% [markdown]
# ## Quick check
#
# Write your letter in quotes.
#
# **Question 1.** One hospital draws its own cost per patient against the threshold. Beside it is a decision curve of the
# same model. In each picture you move along the axis, from 0.1 to 0.2. What changes in the first picture *and* in the
# second?
#
# - **a** The costs of a miss and a false alarm
# - **b** The share of patients who are ill
# - **c** The model, which is fitted again
# - **d** The patients who are flagged

# %% nbgrader={"grade_id": "quick-check-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_1 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_1 = "d"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.quick_check_1(*answers("answer_1"))

# %% [markdown]
# **Question 2.** A colleague fits a logistic regression to the card payments, 1% of them fraud, with
# `class_weight="balanced"`, and flags at t\* = 10/1,010 or above. What happens?
#
# - **a** Most payments are flagged.
# - **b** Nothing, since the scores keep their order.
# - **c** The decision becomes especially cheap.
# - **d** Recall falls.

# %% nbgrader={"grade_id": "quick-check-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_2 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_2 = "a"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.quick_check_2(*answers("answer_2"))

# %% [markdown]
# ## Key points
#
# - A mistake costs what it **adds** to the right decision. **t\*** = false alarm / (false alarm + miss), for calibrated
#   probabilities.
# - **Calibrate** on rows that the model hasn't seen; **choose** a threshold on rows that the report hasn't seen.
# - A new cost needs a new t\*, a moved prevalence new odds, wrong probabilities a new calibration, and a worse order a
#   new fit.
# - **Say it once**: weights from the costs *or* a threshold from the costs.
# - On a **decision curve**, each threshold is another user.
#
# **Mistakes seen in practice:** costs swapped (*is a miss the expensive one?*); 0.5 with unequal costs (*why 0.5?*);
# weights stacked on resampling or on t\* (*is anything counted twice?*); calibration or threshold fitted on the rows
# that judge them (*which rows chose?*); a threshold never looked at again (*when was it last checked?*).
#
# ### Tomorrow
#
# The start page now offers the twelve questions of the beginning again. How many will you get right this time? Bet,
# then answer them.

# %% tags=["bet"]
bet = ...  # your forecast, a whole number

# %% [markdown]
# # Optional
#
# Nothing below is graded.

# %% [markdown]
# ## Tune and fix a threshold with the library
#
# `FixedThresholdClassifier` sets a model's threshold. `TunedThresholdClassifierCV` searches for it, by default among
# 100 evenly spaced ones. Here a miss costs €10,000 and a false alarm €50.

# %%
money = metrics.make_scorer(lambda y_true, y_pred: -price(y_true, y_pred == 1, 10_000, 50))
of_scores = np.unique(np.quantile(plain.predict_proba(X_choose)[:, 1], np.linspace(0, 1, 201)))
for name, tried in (("100 evenly spaced thresholds", 100), ("200 quantiles of the scores", of_scores)):
    tuned = TunedThresholdClassifierCV(plain, scoring=money, thresholds=tried, cv="prefit", refit=False)
    tuned.fit(X_choose, y_choose)
    print(f"{name:<29} threshold {tuned.best_threshold_:.4f}, fresh week €{-money(tuned, X_fresh, y_fresh):,}")
fixed = FixedThresholdClassifier(FrozenEstimator(plain), threshold=50 / 10_050).fit(X_choose, y_choose)
print(f"{'fixed at t*':<29} threshold {fixed.threshold:.4f}, fresh week €{-money(fixed, X_fresh, y_fresh):,}")

# %% [markdown]
# Evenly spaced thresholds are too coarse near the best one. Pass quantiles of the scores as `thresholds=`.

# %% [markdown]
# ### Bonus 1 · The cheapest threshold
#
# 1. Write a function that finds the threshold with the lowest total cost by trying. It must be able to flag no one.
# 2. Choose `chosen_threshold` on `validation` (scores of `plain`, days 15 to 21) for a miss of €1,000 and a false
#    alarm of €10.
# 3. Report its total cost on `test` (days 22 to 28).

# %% nbgrader={"grade_id": "setup-bonus", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
validation = pd.DataFrame({"is_fraud": y_choose, "score": plain.predict_proba(X_choose)[:, 1]})
test = pd.DataFrame({"is_fraud": y_report, "score": plain.predict_proba(X_report)[:, 1]})


# %% nbgrader={"grade_id": "bonus-tuned-threshold", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    """Return a threshold (number) than which no other one is cheaper on these rows.

    y_true: array of 0 and 1. scores: array of numbers, one per row. Flagged is score >= threshold.
    """
    answer = ...  # number
    ### BEGIN SOLUTION
    cuts = np.append(np.unique(scores), np.inf)
    misses = np.searchsorted(np.sort(scores[y_true == 1]), cuts)  # positives below each one
    alarms = np.sum(y_true == 0) - np.searchsorted(np.sort(scores[y_true == 0]), cuts)
    answer = cuts[np.argmin(misses * cost_miss + alarms * cost_false_alarm)]
    ### END SOLUTION
    return answer


chosen_threshold = ...  # number: chosen on `validation`
test_cost = ...  # number, euros in total: what it costs on `test`
### BEGIN SOLUTION
chosen_threshold = tuned_threshold(validation["is_fraud"].to_numpy(), validation["score"].to_numpy(), 1_000, 10)
is_flagged = test["score"] >= chosen_threshold
test_cost = 1_000 * np.sum(~is_flagged & (test["is_fraud"] == 1)) + 10 * np.sum(is_flagged & (test["is_fraud"] == 0))
### END SOLUTION

# %% nbgrader={"grade_id": "bonus-tuned-threshold-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.bonus_tuned_threshold(*answers("tuned_threshold", "chosen_threshold", "test_cost"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Between two neighboring scores nothing changes. So which thresholds are there to try, and which one flags no one?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Try every value of `np.unique(scores)` and `np.inf`. For each, count the positives below it (misses) and the
# negatives at or above it (false alarms), and keep the cheapest.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for the price that earns most, when a person buys at or below their own limit:
#
# ```python
# limits = np.array([3, 5, 5, 8])
# earned = [price_asked * np.sum(limits >= price_asked) for price_asked in np.unique(limits)]
# print(np.unique(limits)[np.argmax(earned)])
# ```
# </details>

# %% [markdown]
# ## More on weights
#
# For this logistic regression, weight 99 is exactly what 99 copies of each positive do. For a forest it isn't. The
# *scale* matters, too. The penalty stays as it is, so weights a hundred times smaller leave the penalty a hundred
# times stronger.

# %%
copied_X = pd.concat([X_train, *[X_train[y_train == 1]] * 98])
copied_y = pd.concat([y_train, *[y_train[y_train == 1]] * 98])
by_row = LogisticRegression().fit(X_train, y_train, sample_weight=np.where(y_train == 1, 99, 1))
fitted_with = {
    "class_weight={0: 1, 1: 99}": LogisticRegression(class_weight={0: 1, 1: 99}).fit(X_train, y_train),
    "sample_weight 1 and 99": by_row,
    "99 copies of each positive": LogisticRegression().fit(copied_X, copied_y),
    "class_weight={0: .01, 1: .99}": LogisticRegression(class_weight={0: 0.01, 1: 0.99}).fit(X_train, y_train),
    "the same with C times 100": LogisticRegression(class_weight={0: 0.01, 1: 0.99}, C=100).fit(X_train, y_train),
}
for name, model in fitted_with.items():
    print(f"{name:<30} coefficients {model.coef_[0].round(2)}, intercept {model.intercept_[0]:.2f}")

# %% jupyter={"source_hidden": true}
few = {"n_estimators": 50, "random_state": 1}
for name, forest in (
    ("class_weight={0: 1, 1: 99}", RandomForestClassifier(class_weight={0: 1, 1: 99}, **few).fit(X_train, y_train)),
    ("99 copies", RandomForestClassifier(**few).fit(copied_X, copied_y)),
):
    one = forest.predict_proba(X_test)[:, 1]
    print(f"forest, {name:<27} mean score {one.mean():.4f}, AP {average_precision_score(y_test, one):.3f}")

# %% [markdown]
# ### Bonus 2 · Weighted against unweighted
#
# 1. Write a function that returns a dict: `average_precision`, `f1` (at 0.5; 0 where it's undefined), and `threshold`,
#    the **highest threshold whose recall is at least 0.75**. Without any positive label, return 0, 0, and 0.5.
# 2. Give the numbers of `LogisticRegression()`, fitted on `X_train`, on `X_test`: without and with balanced weights.


# %% nbgrader={"grade_id": "bonus-weighted-model", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def three_numbers(y_true, scores):
    """Return average precision, F1 at the threshold 0.5, and the threshold for recall 0.75, as a dict.

    y_true: array of 0 and 1. scores: array of numbers from 0 to 1, one per row.
    """
    result = ...  # dict with the keys "average_precision", "f1", "threshold"
    ### BEGIN SOLUTION
    result = {"average_precision": 0.0, "f1": 0.0, "threshold": 0.5}
    if np.any(y_true):
        of_positives = np.sort(scores[y_true == 1])[::-1]
        result = {
            "average_precision": average_precision_score(y_true, scores),
            "f1": f1_score(y_true, scores >= 0.5, zero_division=0),
            "threshold": of_positives[np.arange(1, len(of_positives) + 1) / len(of_positives) >= 0.75][0],
        }
    ### END SOLUTION
    return result


plain_numbers = ...  # dict as above, of the model without weights on X_test, y_test
weighted_numbers = ...  # dict as above, of the model with balanced weights
### BEGIN SOLUTION
plain_numbers, weighted_numbers = (
    three_numbers(
        y_test.to_numpy(),
        LogisticRegression(class_weight=w).fit(X_train, y_train).predict_proba(X_test)[:, 1],
    )
    for w in (None, "balanced")
)
### END SOLUTION

# %% nbgrader={"grade_id": "bonus-weighted-model-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.bonus_weighted_model(*answers("three_numbers", "plain_numbers", "weighted_numbers"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which of the three needs scores, which labels? The threshold is task 3.4 again, with a fixed recall.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `average_precision_score` takes the scores, `f1_score` the labels `scores >= 0.5`. Sort the scores of the positives
# from high to low: with the k-th as threshold, k positives are found. Test first whether `np.any(y_true)`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for ROC AUC and for the lowest score that at most a tenth of the negatives reach:
#
# ```python
# of_negatives = np.sort(weighted_scores[y_test == 0])
# print(metrics.roc_auc_score(y_test, weighted_scores), of_negatives[int(0.9 * len(of_negatives))])
# ```
# </details>

# %% [markdown]
# ### Weights in other models

# %%
from sklearn.svm import SVC

svm_X, svm_y = datasets.make_two_features(3_000, minority_share=0.02)
seen_X, other_X, seen_y, other_y = train_test_split(svm_X, svm_y, test_size=0.5, stratify=svm_y, random_state=1)
for weight in (1, 49):
    svm = make_pipeline(StandardScaler(), SVC(class_weight={1: weight})).fit(seen_X, seen_y)
    rows = np.where(seen_y == 1, weight, 1)
    trees_30 = HistGradientBoostingClassifier(max_iter=30, random_state=1).fit(seen_X, seen_y, sample_weight=rows)
    for name, model, ranked in (
        ("SVM", svm, svm.decision_function(other_X)),
        ("boosting", trees_30, trees_30.predict_proba(other_X)[:, 1]),
    ):
        recall = recall_score(other_y, model.predict(other_X))
        print(f"weight {weight:>2}, {name}: AP {average_precision_score(other_y, ranked):.3f}, recall {recall:.2f}")
    print(f"    boosting's mean score {ranked.mean():.3f}; positive are {other_y.mean():.3f}")

# %% [markdown]
# Weights raise the SVM's recall; on this dataset, with the default settings, the ranking got much worse. In one
# run on the payments, a `scale_pos_weight` of 99 raised the mean score from 0.9% to 5.3% (XGBoost 3.2.0) and from 1.0% to
# 7.6% (LightGBM 4.7.0).

# %% tags=["nbval-ignore-output"] jupyter={"source_hidden": true}
boosters = {}
try:
    from xgboost import XGBClassifier

    boosters["XGBoost"] = XGBClassifier, {}
except ImportError:
    print("xgboost is not installed; nothing else needs it. To try it: pip install 'imbalanced-course[boosting]'")
try:
    from lightgbm import LGBMClassifier

    boosters["LightGBM"] = LGBMClassifier, {"verbose": -1}
except ImportError:
    print("lightgbm is not installed; nothing else needs it")

# %% tags=["nbval-ignore-output"] jupyter={"source_hidden": true}
for name, (kind, more) in boosters.items():
    for weight in (1, 99):
        booster = kind(n_estimators=50, max_depth=3, scale_pos_weight=weight, n_jobs=1, random_state=1, **more)
        one = make_pipeline(datasets.transactions_preprocessor(), booster).fit(X_learn, y_learn).predict_proba(X_fresh)
        ap = average_precision_score(y_fresh, one[:, 1])
        print(f"{name}, scale_pos_weight={weight}: mean score {one[:, 1].mean():.3f}, average precision {ap:.3f}")

# %% [markdown]
# ## After the launch
#
# First, only the share of fraud changes: the table drops every second fraud, or every third honest payment.

# %% jupyter={"source_hidden": true}
trained_at, shifted = y_learn.mean(), {}
kinds = {
    "half as frequent": (y_fresh == 0) | (y_fresh.cumsum() % 2 == 0),
    "as trained": y_fresh >= 0,
    "one and a half times": (y_fresh == 1) | (np.arange(len(y_fresh)) % 3 != 0),
}
for name, kept in kinds.items():
    truth, s = y_fresh[kept].to_numpy(), said["logistic regression"][kept]
    factor = truth.mean() / (1 - truth.mean()) * (1 - trained_at) / trained_at  # new odds over old ones
    corrected = factor * s / (factor * s + 1 - s)
    shifted[name] = {"prevalence": truth.mean(), "mean score": s.mean(), "corrected": corrected.mean()}
    for label, one in (("at t*", s), ("corrected, at t*", corrected)):
        shifted[name][f"€ per payment {label}"] = price(truth, one >= t_costs) / len(truth)
pd.DataFrame(shifted).T.round(4)

# %% [markdown]
# The costs haven't changed, so **t\* stays**. With corrected odds, t\* is right again.
#
# Second, the payments change. On day 22, part of the fraudsters move on to smaller sums, and more honest people travel.

# %% jupyter={"source_hidden": true}
late = make_week(50_000, seed=7, week=4)
X_late, y_late = datasets.features_and_target(late)
late_scores = platt.predict_proba(X_late)[:, 1]
of_frauds = np.sort(platt.predict_proba(X_choose)[y_choose == 1, 1])[::-1]
fixed_at = of_frauds[int(0.6 * len(of_frauds))]  # about 60% of the frauds of days 15 to 21 reach it
both_weeks = pd.concat([fresh, late])
both_weeks["flagged"] = np.concatenate([said["boosting, Platt"], late_scores]) >= fixed_at
by_day = {
    "precision": both_weeks[both_weeks["flagged"]].groupby("day")["is_fraud"].mean(),
    "recall": both_weeks[both_weeks["is_fraud"] == 1].groupby("day")["flagged"].mean(),
}

# %% jupyter={"source_hidden": true}
figure, ax = plt.subplots(figsize=(6.5, 3.4), layout="constrained")
for (name, values), marker, line in zip(by_day.items(), "o^", ("-", "--"), strict=True):
    _ = ax.plot(values.index, values, marker, color=ROLES[name], label=name)
    for first, last in ((15, 21), (22, 28)):
        _ = ax.hlines(values.loc[first:last].mean(), first, last, color=ROLES[name], linestyle=line)
_ = ax.axvline(21.5, label="fraud changes", **MARK)
_ = ax.set(xlabel="day", ylabel="precision, recall", ylim=(0, 1))
_ = figure.legend(loc="outside lower center", ncols=3)
plots.captioned(
    ax,
    "Precision (dots) and recall (triangles) per day at a fixed threshold, with each week's mean as a line. Both "
    "mean lines are lower to the right of the dotted line.",
)

# %% jupyter={"source_hidden": true}
watched = {}
for name, truth, one in (("days 15-21", y_fresh, said["boosting, Platt"]), ("days 22-28", y_late, late_scores)):
    watched[name] = {
        "alerts": f"{np.sum(one >= fixed_at)}",
        "mean score": f"{one.mean():.4f}",
        "precision": f"{precision_score(truth, one >= fixed_at):.3f}",
        "recall": f"{recall_score(truth, one >= fixed_at):.3f}",
        "average precision": f"{average_precision_score(truth, one):.3f}",
        "share of fraud": f"{truth.mean():.4f}",
        "€ at t*": f"{price(truth, one >= t_costs):,}",
    }
pd.DataFrame(watched).T

# %% [markdown]
# In this simulation the number of alerts and the mean score, which you see *at once*, barely moved. Precision, recall,
# and cost got worse, but you learn that only when the labels arrive. Which repair helps? "Fit again" learns from 5,000
# new rows instead of the oldest, and is calibrated on 5,000 more. Twenty draws, each judged on its own late week, with 95% intervals:

# %% jupyter={"source_hidden": true}
from scipy.stats import t
from threadpoolctl import threadpool_limits

repairs = {"keep all": [], "tune the threshold": [], "calibrate again": [], "fit again, then calibrate": []}


def mean_and_interval(values, decimals=0):  # of independent draws
    half = t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values))
    mean, low, high = (f"{end:+,.{decimals}f}" for end in (np.mean(values) + np.array([0, -half, half])))
    return f"{mean} ({low} to {high})"


# %% jupyter={"source_hidden": true}
def fitted_again(new_X, new_y):  # on as many rows as before
    keep = len(X_learn) - len(new_X)
    model = HistGradientBoostingClassifier(max_iter=40, random_state=1)
    return model.fit(pd.concat([X_learn[-keep:], new_X]), pd.concat([y_learn[-keep:], new_y]))


# %% jupyter={"source_hidden": true}
def try_repairs(seed):
    (X_1, y_1), (X_2, y_2), (X_judged, y_judged) = (
        datasets.features_and_target(make_week(rows, seed=seed + shift, week=4))
        for rows, shift in ((5_000, 0), (5_000, 100), (25_000, 200))
    )
    again, before, now = fitted_again(X_1, y_1), *(boosting.predict_proba(part)[:, 1] for part in (X_2, X_judged))
    renewed = platt_map(again.predict_proba(X_2)[:, 1], y_2, again.predict_proba(X_judged)[:, 1])
    for name, s, at in (
        ("keep all", platt.predict_proba(X_judged)[:, 1], t_costs),
        ("tune the threshold", now, scoreboard.tune_threshold(y_2, before)),
        ("calibrate again", platt_map(before, y_2, now), t_costs),
        ("fit again, then calibrate", renewed, t_costs),
    ):
        repairs[name].append((average_precision_score(y_judged, s), price(y_judged, s >= at)))


# %% jupyter={"source_hidden": true}
with threadpool_limits(1):  # small fits are faster in one thread
    for seed in range(10):
        try_repairs(seed)

# %% jupyter={"source_hidden": true}
with threadpool_limits(1):
    for seed in range(10, 20):
        try_repairs(seed)

# %% jupyter={"source_hidden": true}
result = {}
ap_kept, paid_kept = np.array(repairs.pop("keep all")).T
print(f"keep all: average precision {ap_kept.mean():.3f}, €{paid_kept.mean():,.0f} per week on average")
for name, tried in repairs.items():
    ap, paid = np.array(tried).T
    apart = {"average precision": mean_and_interval(ap - ap_kept, 3), "€": mean_and_interval(paid - paid_kept)}
    result[name] = {f"{kind}, minus keep all": text for kind, text in apart.items()}
pd.DataFrame(result).T

# %% [markdown]
# Only fitting again brought some of the order back. In cost, no repair is shown to differ from keeping all.

# %% [markdown]
# ## What the guide rests on
#
# First, task 7.3 with its 95% interval. Then two single draws.

# %% jupyter={"source_hidden": true}
at_t_star = [
    price(fresh_labels, platt_map(scores, labels, fresh_scores) >= t_costs)
    for scores, labels in zip(week_scores, week_labels, strict=True)
]
print("€ for the fresh week, calibrated and t* minus tuned:", mean_and_interval(np.subtract(at_t_star, tuned_costs)))

# %% jupyter={"source_hidden": true}
from imblearn.under_sampling import RandomUnderSampler

from imbalanced_course.simulation.transactions import make_transactions

learning, some = [], slice(None, None, 3)  # judged on every third payment of the fresh week
for size in (2_000, 6_000, 16_000):
    some_X, some_y = datasets.features_and_target(make_transactions(size, seed=3, last_day=21))
    learning.append({"rows": size, "positives": some_y.sum()})
    for name, model in (
        ("logistic regression", make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))),
        ("boosting", HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=8, random_state=1)),
    ):
        s = model.fit(some_X, some_y).predict_proba(X_fresh[some])[:, 1]
        learning[-1][f"average precision, {name}"] = average_precision_score(y_fresh[some], s)
pd.DataFrame(learning).round(3)

# %% jupyter={"source_hidden": true}
few_X, few_y = RandomUnderSampler(sampling_strategy=0.1, random_state=1).fit_resample(X_learn, y_learn)
steps = datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000)
thin = make_pipeline(*steps).fit(few_X, few_y).predict_proba(X_fresh)[:, 1]
beta = np.sum(few_y == 0) / np.sum(y_learn == 0)  # kept fraction of the negatives
back = beta * thin / (beta * thin - thin + 1)
for name, rows, one in (("all rows", y_learn, unweighted), ("1:10", few_y, thin), ("1:10, corrected", few_y, back)):
    print(f"{name:<16}{len(rows):>6,} rows, average precision {average_precision_score(y_fresh, one):.3f},", end=" ")
    print(f"Brier {brier_score_loss(y_fresh, one):.4f}, at t* €{price(y_fresh, one >= t_costs):,}")

# %% [markdown]
# Here, more rows improved ranking. Corrected odds repaired the cost at t\*, not the order.

# %% [markdown]
# ## Costs that differ by row
#
# A missed fraud costs the amount. Reading an alert costs €10, and a flagged fraud is stopped. In the course's
# convention, a false alarm costs €10 and a miss the amount minus €10, so t\* = 10 / amount.

# %%
amounts = X_fresh["amount"].to_numpy()
p_fraud = said["boosting, Platt"]


def stolen_and_read(y_true, flagged, amount):
    return amount[(y_true == 1) & ~flagged].sum() + 10 * flagged.sum()


mean_stolen = X_learn.loc[y_learn == 1, "amount"].mean()
print(f"mean amount of a fraud in days 1 to 14: €{mean_stolen:.0f}")
for name, flagged in (
    ("no one", p_fraud > 1),
    ("by one threshold, from the mean amount", p_fraud >= 10 / mean_stolen),
    ("each payment by its own threshold", p_fraud * amounts >= 10),
):
    print(f"flag {name:<39} {flagged.sum():>5} alerts, €{stolen_and_read(y_fresh.to_numpy(), flagged, amounts):,.0f}")

# %% [markdown]
# To *tune* for such costs, **metadata routing** passes the amounts to the scorer.

# %%
with sklearn.config_context(enable_metadata_routing=True):
    by_amount = metrics.make_scorer(
        lambda y_true, y_pred, amount: -stolen_and_read(np.asarray(y_true), y_pred == 1, np.asarray(amount))
    ).set_score_request(amount=True)
    tried = np.unique(np.quantile(boosting.predict_proba(X_choose)[:, 1], np.linspace(0.5, 1, 101)))
    routed = TunedThresholdClassifierCV(boosting, scoring=by_amount, thresholds=tried, cv="prefit", refit=False)
    routed.fit(X_choose, y_choose, amount=X_choose["amount"])
print(f"tuned threshold for stolen amounts: {routed.best_threshold_:.4f}", end=", ")
print(f"fresh week €{stolen_and_read(y_fresh, said['boosting'] >= routed.best_threshold_, amounts):,.0f}")

# %% [markdown]
# One threshold for all treats a payment of €5 like one of €2,000 (Bahnsen and others 2014).

# %% [markdown]
# ### Bonus 3 · Costs by row
#
# The bill is as above, with `reading` for each alert.
#
# 1. Write the rule. Flag also where both choices cost the same.
# 2. Write the total of the bill for any decision.


# %% nbgrader={"grade_id": "bonus-row-costs", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def worth_reading(p, amount, reading):
    """Return True for each payment whose flagging is the cheaper choice, or as cheap, else False.

    p: array of probabilities of fraud. amount: array, euros. reading: number, euros per alert.
    """
    answer = ...  # array of True and False
    ### BEGIN SOLUTION
    answer = p * amount >= reading
    ### END SOLUTION
    return answer


def total_cost(y_true, flagged, amount, reading):
    """Return what a decision costs in total (number, euros).

    y_true: array of 0 and 1. flagged: array of True and False.
    amount: array, euros. reading: number, euros per alert.
    """
    answer = ...  # number, euros
    ### BEGIN SOLUTION
    answer = amount[(y_true == 1) & ~flagged].sum() + reading * flagged.sum()
    ### END SOLUTION
    return answer


# %% nbgrader={"grade_id": "bonus-row-costs-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.bonus_row_costs(*answers("worth_reading", "total_cost"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# What do you expect to lose on one payment if you don't flag it? And what does flagging it cost, fraud or not?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Not flagging costs p × amount on average, and flagging costs the reading in any case. For the total, add the amounts
# of the frauds that weren't flagged and the reading of all payments that were.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for two parcels, each insured for €1 or lost with its value:
#
# ```python
# lost, insured, worth = np.array([1, 1]), np.array([True, False]), np.array([90, 40])
# print(worth[(lost == 1) & ~insured].sum() + 1 * insured.sum())
# ```
# </details>

# %% [markdown]
# ## An unknown prevalence
#
# You can estimate the new share of fraud *without any label* if each class looks as before and the probabilities were
# calibrated at the old share (Saerens and others 2002). Correct the odds, take the mean as the next guess, and repeat.


# %%
def estimated_share(p, old, rounds=200):
    share = old
    for _ in range(rounds):
        factor = share / (1 - share) * (1 - old) / old
        share = np.mean(factor * p / (factor * p + 1 - p))
    return share


for name, kept in kinds.items():
    by_scores = {one: estimated_share(said[one][kept], y_learn.mean()) for one in ("logistic regression", "boosting")}
    print(f"{name}: share of fraud {y_fresh[kept].mean():.4f}", end=", estimated from ")
    print(", ".join(f"{one} {found:.4f}" for one, found in by_scores.items()))

# %% [markdown]
# Raw boosting isn't calibrated, so its estimates are off.

# %% [markdown]
# ## Labels that come late, or only for alerts
#
# Here fraud comes to light after 14 days on average. Where only alerts are read, other payments
# have no label.

# %% jupyter={"source_hidden": true}
luck = np.random.default_rng(1)
known_after = both_weeks["day"] + luck.exponential(14, len(both_weeks))
known = both_weeks.assign(known=(both_weeks["is_fraud"] == 1) & (known_after <= 28))
by_week = known.groupby((known["day"] > 21).map({False: "days 15-21", True: "days 22-28"}))
print(by_week[["is_fraud", "known"]].mean().round(4).to_string())

flagged = said["boosting, Platt"] >= fixed_at
audited = ~flagged & (luck.random(len(flagged)) < 0.1)  # a tenth of the others is read, too
hits, missed = np.sum(flagged & (y_fresh == 1)), np.sum(audited & (y_fresh == 1)) / 0.1
print("\nrecall, by what is labeled")
print(f"only alerts 1.00, with the audit {hits / (hits + missed):.2f}", end=", ")
print(f"in truth {recall_score(y_fresh, flagged):.2f}")

# %% [markdown]
# On day 28 the last week shows only a fifth of its fraud, so judge only payments old enough for their labels.
# Without a random sample of what isn't flagged, recall can't be estimated.

# %% [markdown]
# ## A recall with a guarantee
#
# Conformal prediction adds a margin to a threshold tuned for a recall of 0.9. Among n positives from calibration rows,
# take the k-th lowest score with k = ⌊(n + 1) × 0.1⌋. If old and new positives are exchangeable, the chance that a new
# one reaches it is at least 0.9, on average over draws (Vovk and others 2005).


# %%
def guaranteed_threshold(scores_of_positives, wanted):
    k = int((len(scores_of_positives) + 1) * (1 - wanted) + 1e-9)
    return np.sort(scores_of_positives)[k - 1] if k else -np.inf  # too few positives: flag everyone


of_fraud, reached = said["boosting, Platt"][y_fresh == 1], {"guaranteed": [], "tuned": []}
for seed in range(500):
    mixed = np.random.default_rng(seed).permutation(of_fraud)
    old_ones, new_ones = mixed[:35], mixed[35:]
    tuned_one = np.sort(old_ones)[::-1][int(np.ceil(0.9 * 35)) - 1]  # highest threshold with a recall of 0.9
    reached["guaranteed"].append(np.mean(new_ones >= guaranteed_threshold(old_ones, 0.9)))
    reached["tuned"].append(np.mean(new_ones >= tuned_one))
for name, recalls in reached.items():
    short = np.mean(np.array(recalls) < 0.9)
    print(f"{name:<10} recall on other frauds: mean {np.mean(recalls):.3f}, below 0.9 in {short:.0%} of the draws")

# %% [markdown]
# A single draw can fall short, and drift breaks it. *Conformal risk control* (Angelopoulos and others 2024) does the
# same for other losses. Precision can fall where the threshold rises, so MAPIE guarantees it by testing thresholds,
# with a stated probability.

# %% [markdown]
# ## Sets that are right for the rare class
#
# A **conformal set** contains each class that fits a row. One limit covers 90% of the *rows*, and a limit per class
# (Vovk 2012) covers 90% of *each class*.

# %% jupyter={"source_hidden": true}
half = np.arange(len(y_fresh)) % 2 == 0
fit_of = np.column_stack([1 - p_fraud, p_fraud])  # how well class 0 and class 1 fit each row
truth, table = y_fresh.to_numpy(), {}
own = fit_of[np.arange(len(truth)), truth]  # how well its own class fits
one_limit = np.full(2, guaranteed_threshold(own[half], 0.9))
per_class = np.array([guaranteed_threshold(own[half & (truth == c)], 0.9) for c in (0, 1)])
for name, limits in {"one limit": one_limit, "a limit per class": per_class}.items():
    sets, covered = fit_of[~half] >= limits, own[~half] >= limits[truth[~half]]
    table[name] = {
        "all rows covered": covered.mean(), "honest covered": covered[truth[~half] == 0].mean(),
        "fraud covered": covered[truth[~half] == 1].mean(), "sets with both classes": sets.all(axis=1).mean(),
    }  # fmt: skip
pd.DataFrame(table).T.round(3)

# %% [markdown]
# One limit keeps its promise for the rows by covering the honest ones: look at *fraud covered*.

# %% [markdown]
# ## Temperature scaling
#
# Neural networks are often calibrated by dividing the log odds by a temperature (Guo and others 2017). One number
# stretches scores without shifting them; that suffices here.


# %%
def with_temperature(scores, temperature):
    return 1 / (1 + ((1 - scores) / scores) ** (1 / temperature))


on_choose = boosting.predict_proba(X_choose)[:, 1]
losses = {one: metrics.log_loss(y_choose, with_temperature(on_choose, one)) for one in np.linspace(0.5, 3, 51)}
best_temperature = min(losses, key=losses.get)
cooled = with_temperature(said["boosting"], best_temperature)
print(f"temperature {best_temperature:.2f}")
for name, one in (("raw", said["boosting"]), ("temperature", cooled), ("Platt", said["boosting, Platt"])):
    print(f"{name:<11} log loss {metrics.log_loss(y_fresh, one):.4f}, at t* €{price(y_fresh, one >= t_costs):,}")

# %% [markdown]
# ## Focal loss
#
# The focal loss (Lin and others 2017) lowers the voice of *easy* rows. With q the probability that the model gives to
# the right class, it's −(1 − q)^γ log q; for γ = 0 that's the log loss.

# %% jupyter={"source_hidden": true}
q = np.linspace(0.01, 1, 100)
figure, ax = plt.subplots(figsize=(6, 3.2), layout="constrained")
for gamma, line in ((0, "-"), (1, "--"), (2, "-."), (5, ":")):
    name = f"gamma {gamma}" + (" (log loss)" if gamma == 0 else "")
    _ = ax.plot(q, -((1 - q) ** gamma) * np.log(q), line, label=name)
_ = ax.set(xlabel="q, probability given to the right class", ylabel="loss of one row", ylim=(-0.1, 4))
_ = figure.legend(loc="outside lower center", ncols=4)
plots.captioned(
    ax,
    "Loss of one row against q for gamma 0, 1, 2, and 5. The larger gamma, the less a row counts that the model has right "
    "already.",
)

# %% [markdown]
# Here it is for logistic regression, and for boosting if XGBoost is there.

# %%
from scipy.optimize import minimize

prepare = datasets.transactions_preprocessor().fit(X_learn)
design, design_fresh = (np.column_stack([prepare.transform(part), np.ones(len(part))]) for part in (X_learn, X_fresh))
sign = np.where(y_learn == 1, 1, -1)


def focal_objective(w, gamma):
    q = np.clip(1 / (1 + np.exp(-sign * (design @ w))), 1e-12, 1 - 1e-12)
    loss = -np.sum((1 - q) ** gamma * np.log(q)) + 0.5 * np.sum(w[:-1] ** 2)
    by_q = gamma * (1 - q) ** (gamma - 1) * np.log(q) - (1 - q) ** gamma / q
    gradient = design.T @ (by_q * q * (1 - q) * sign)
    gradient[:-1] += w[:-1]
    return loss, gradient


# %% jupyter={"source_hidden": true}
for gamma in (0, 2):
    w = minimize(focal_objective, np.zeros(design.shape[1]), args=(gamma,), jac=True, method="L-BFGS-B").x
    one = 1 / (1 + np.exp(-(design_fresh @ w)))
    print(f"gamma {gamma}: average precision {average_precision_score(y_fresh, one):.3f},", end=" ")
    print(f"Brier {brier_score_loss(y_fresh, one):.4f}, mean probability {one.mean():.3f},", end=" ")
    print(f"lowest cost €{scoreboard.costs_by_threshold(y_fresh, one)['cost'].min():,.0f}")

# %% tags=["nbval-ignore-output"]
from scipy.special import expit


def focal_gradient(labels, margin, gamma):
    side = np.where(labels == 1, 1, -1)
    q = np.clip(expit(side * margin), 1e-9, 1 - 1e-9)
    return side * (1 - q) ** gamma * (gamma * q * np.log(q) - (1 - q))


def focal_boosting(gamma):  # XGBoost wants the second derivative, too
    def objective(labels, margin):
        higher, lower = (focal_gradient(labels, margin + step, gamma) for step in (1e-3, -1e-3))
        return focal_gradient(labels, margin, gamma), np.maximum((higher - lower) / 2e-3, 1e-6)

    return objective


# %% tags=["nbval-ignore-output"] jupyter={"source_hidden": true}
for gamma in (0, 2) if "XGBoost" in boosters else ():
    trees = XGBClassifier(objective=focal_boosting(gamma), n_estimators=50, max_depth=3, n_jobs=1, random_state=1)
    trees.fit(prepare.transform(X_learn), y_learn)
    one = expit(trees.predict(prepare.transform(X_fresh), output_margin=True))
    print(f"boosting, gamma {gamma}: average precision {average_precision_score(y_fresh, one):.3f},", end=" ")
    print(f"Brier {brier_score_loss(y_fresh, one):.4f}, mean probability {one.mean():.3f},", end=" ")
    print(f"lowest cost €{scoreboard.costs_by_threshold(y_fresh, one)['cost'].min():,.0f}")
if "XGBoost" not in boosters:
    print("no boosting with the focal loss: scikit-learn's takes no custom objective, and xgboost is not installed")

# %% [markdown]
# With this linear model and one fresh week, ranking and lowest cost barely change, and the probabilities
# are spoiled: the focal loss isn't a strictly proper score (Charoenphakdee and others 2021). So calibrate after it.

# %% [markdown]
# ### Bonus 4 · Focal loss
#
# Write a function for the mean focal loss, for any γ.


# %% nbgrader={"grade_id": "bonus-focal-loss", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def focal_loss(y_true, p, gamma):
    """Return the mean focal loss (number).

    y_true: array of 0 and 1. p: array of probabilities of class 1, above 0 and below 1.
    gamma: number, 0 or more.
    """
    answer = ...  # number
    ### BEGIN SOLUTION
    q = np.where(y_true == 1, p, 1 - p)
    answer = np.mean(-((1 - q) ** gamma) * np.log(q))
    ### END SOLUTION
    return answer


# %% nbgrader={"grade_id": "bonus-focal-loss-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.bonus_focal_loss(*answers("focal_loss"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# `p` is the probability of class 1. What is q, the probability of the *right* class, for a row of class 0?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Take `p` for the positives and `1 - p` for the negatives as q. Then apply the formula above to all rows at once, and
# take the mean.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for the log loss of three rows:
#
# ```python
# of_right = np.where(np.array([1, 0, 0]) == 1, np.array([0.7, 0.2, 0.4]), 1 - np.array([0.7, 0.2, 0.4]))
# print(np.mean(-np.log(of_right)))
# ```
# </details>

# %% [markdown]
# ## Extremely rare: no labels, or ten
#
# **Anomaly detection** learns what is normal. Two detectors learn from 2,000 honest payments, and a logistic
# regression gets *ten* frauds, too.

# %%
from sklearn.ensemble import IsolationForest
from sklearn.svm import OneClassSVM

table_learn, table_choose = prepare.transform(X_learn), prepare.transform(X_choose)
normal = table_learn[y_learn == 0][:2_000]
forest = IsolationForest(n_estimators=50, contamination=0.01, random_state=1).fit(normal)
one_class = OneClassSVM(nu=0.01).fit(normal)
strange = {
    "isolation forest": -forest.score_samples(table_choose),
    "one-class SVM": -one_class.decision_function(table_choose),
}
print(f"prevalence {y_choose.mean():.3f}")
for name, one in strange.items():
    print(f"{name:<17} average precision {average_precision_score(y_choose, one):.3f}")

# %% jupyter={"source_hidden": true}
with_ten = []
for seed in range(6):
    ten = np.random.default_rng(seed).choice(table_learn[y_learn == 1], size=10, replace=False)
    rows, labels = np.vstack([normal, ten]), np.repeat([0, 1], [len(normal), 10])
    fitted = LogisticRegression(max_iter=1000).fit(rows, labels)
    with_ten.append(average_precision_score(y_choose, fitted.decision_function(table_choose)))
print("ten labels, six draws: average precision", end=" ")
print(f"{min(with_ten):.3f} to {max(with_ten):.3f}, mean {np.mean(with_ten):.3f}")

strange_ones = forest.predict(table_choose) == -1
print(f"contamination=0.01 flags {np.mean(forest.predict(normal) == -1):.3f} of its training rows,", end=" ")
print(f"{strange_ones[y_choose == 0].mean():.3f} of later honest ones; precision {y_choose[strange_ones].mean():.2f}")

# %% [markdown]
# On these payments ten labels beat both. Anomaly detection (Liu and others 2008) is for positives that lie outside
# everything normal, or for a start without any label. The forest's `contamination` is **not** the fraud rate. It's the share of
# the *training* rows to be flagged.

# %% [markdown]
# ## Three classes
#
# Of a factory's parts, 3% have rust and 3% a crack. Take the class with the lowest *expected* cost, probabilities times
# cost matrix.

# %%
from sklearn.datasets import make_classification

part_X, part_y = make_classification(
    6_000, 6, n_informative=4, n_redundant=0, n_classes=3, n_clusters_per_class=1, weights=[0.94, 0.03, 0.03],
    flip_y=0, random_state=4,
)  # fmt: skip
parts = train_test_split(part_X, part_y, test_size=0.5, stratify=part_y, random_state=1)
sorting_costs = np.array([[0, 1, 1], [20, 0, 10], [50, 40, 0]])  # row: what it is, column: what we decide
shares = np.bincount(parts[2]) / len(parts[2])

# %% jupyter={"source_hidden": true}
sorted_parts = {}
for w in (None, "balanced"):
    p3 = LogisticRegression(class_weight=w).fit(parts[0], parts[2]).predict_proba(parts[1])
    rules = {"most probable": p3, "far above its share": p3 / shares, "lowest expected cost": -(p3 @ sorting_costs)}
    for rule, votes in rules.items():
        decided = votes.argmax(axis=1)
        sorted_parts[f"weights {w}, {rule}"] = {
            "macro F1": f1_score(parts[3], decided, average="macro"),
            "macro recall": recall_score(parts[3], decided, average="macro"),
            "cost": sorting_costs[parts[3], decided].sum(),
        }
pd.DataFrame(sorted_parts).T.round(3)

# %% [markdown]
# *Macro* metrics count each class the same. For neural networks the second rule is known as **logit adjustment** (Menon
# and others 2021): subtract the logarithm of the share from each logit. This is one draw. In half of twenty draws,
# balanced weights with the most probable class were cheapest.

# %% [markdown]
# ### Bonus 5 · Many classes
#
# Write both halves for any number of classes: the balanced weight of each *row* (the weights add up to the number of
# rows), and the class of lowest expected cost.


# %% nbgrader={"grade_id": "bonus-many-classes", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def row_weights(y):
    """Return the balanced weight of each row: an array of numbers, as long as y.

    y: array of labels, numbers or texts, of two classes or more.
    """
    answer = ...  # array of numbers
    ### BEGIN SOLUTION
    classes, places, counts = np.unique(y, return_inverse=True, return_counts=True)
    answer = len(y) / (len(classes) * counts[places])
    ### END SOLUTION
    return answer


def cheapest_class(probabilities, costs):
    """Return for each row the number of the class (0, 1, …) whose expected cost is lowest.

    probabilities: array of shape (rows, classes). costs: array of shape (classes, classes), euros;
    row: what is true, column: what is decided.
    """
    answer = ...  # array of class numbers
    ### BEGIN SOLUTION
    answer = np.argmin(probabilities @ costs, axis=1)
    ### END SOLUTION
    return answer


# %% nbgrader={"grade_id": "bonus-many-classes-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.bonus_many_classes(*answers("row_weights", "cheapest_class"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# The weights by class are those of task 7.5. How does each row get the weight of its class?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# With `return_inverse=True`, `np.unique` also returns the place of each row's class. For the costs, one row of
# probabilities times one column of the cost matrix, added up, is the expected cost of that decision.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method on other data, the price of each fruit in a basket and the cheaper of two shops:
#
# ```python
# kinds_of_fruit, place = np.unique(["pear", "fig", "pear"], return_inverse=True)
# print(np.array([30, 20])[place])  # fig 30, pear 20
# print(np.argmin(np.array([[1, 2]]) @ np.array([[30, 25], [20, 24]]), axis=1))
# ```
# </details>

# %% [markdown]
# ### Find the bug
#
# This cell calibrates a model, tunes its threshold, and reports mean probability and cost of days 22 to 28. Fix it:
# calibrate and tune on days 15 to 21, and keep the model, the method, and the costs.

# %% nbgrader={"grade_id": "find-the-bug", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
trees = HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(X_learn, y_learn)
calibrated = CalibratedClassifierCV(FrozenEstimator(trees)).fit(X_learn, y_learn)
on_report = calibrated.predict_proba(X_report)[:, 1]
cut = scoreboard.tune_threshold(y_report, on_report)
reported_mean = on_report.mean()
reported_cost = scoreboard.decision_scores(y_report, on_report, cut)["cost"]
### BEGIN SOLUTION
calibrated = CalibratedClassifierCV(FrozenEstimator(trees)).fit(X_choose, y_choose)
on_report = calibrated.predict_proba(X_report)[:, 1]
cut = scoreboard.tune_threshold(y_choose, calibrated.predict_proba(X_choose)[:, 1])
reported_mean = on_report.mean()
reported_cost = scoreboard.decision_scores(y_report, on_report, cut)["cost"]
### END SOLUTION

# %% nbgrader={"grade_id": "find-the-bug-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, cost_sensitive as check

check.find_the_bug(*answers("reported_mean", "reported_cost"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Go through the cell line by line: which rows does each line see? Which had an earlier line used?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# The trees know `X_learn`, so their scores there aren't those of new rows: calibrate on `X_choose`. And the threshold
# must not be chosen on the rows whose cost is reported.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method with `plain`, its rows in the right order:
#
# ```python
# mapped = CalibratedClassifierCV(FrozenEstimator(plain)).fit(X_choose, y_choose)
# print(scoreboard.tune_threshold(y_choose, mapped.predict_proba(X_choose)[:, 1]))
# ```
# </details>

# %% [markdown]
# ## Questions from learners

# %% [markdown]
# **Is there a source for inverse weights?** For logistic regression, King and Zeng (2001) use τ / ȳ for positives and
# (1 − τ) / (1 − ȳ) for negatives, with the share of positives ȳ in the sample and τ in the population. `"balanced"` is
# τ = 1/2:

# %% jupyter={"source_hidden": true}
share, population = 100 / 10_000, 0.5
print(f"King and Zeng, half of the population positive: {(1 - population) / (1 - share):.4f}, {population / share:.1f}")

# %% [markdown]
# **And if I have rewards?** A reward is a negative cost. You may shift each row of the matrix by any amount; the
# threshold stays.

# %% jupyter={"source_hidden": true}
for name, matrix in {
    "costs only": [[0, 10], [1_000, 10]],
    "a caught fraud earns 990": [[0, 10], [0, -990]],
    "each honest payment earns 2": [[-2, 8], [1_000, 10]],
}.items():
    (tn, fp), (fn, tp) = matrix
    print(f"{name:<28} t* = {(fp - tn) / (fp - tn + fn - tp):.4f}")

# %% [markdown]
# **Voting?** *Hard* voting counts decisions at 0.5: with expensive misses, the voters are mostly wrong in the same
# direction, and so is the majority. *Soft* voting takes the mean, so calibrate first.

# %% jupyter={"source_hidden": true}
voters = [said[name] for name in ("logistic regression", "boosting", "boosting, Platt")]
hard = np.sum([one >= 0.5 for one in voters], axis=0) >= 2
soft = (said["logistic regression"] + said["boosting, Platt"]) / 2
for name, flags in (("hard voting", hard), ("soft voting at 0.5", soft >= 0.5), ("soft voting at t*", soft >= t_costs)):
    print(f"{name:<19} recall {recall_score(y_fresh, flags):.2f}, €{price(y_fresh, flags):,}")

# %% [markdown]
# ## Further reading
#
# - Angelopoulos and others (2024), *Conformal risk control*, arXiv:2208.02814; MAPIE, https://mapie.readthedocs.io.
# - Bahnsen, Aouada and Ottersten (2014), *Example-dependent cost-sensitive logistic regression for credit scoring*,
#   doi:10.1109/ICMLA.2014.48.
# - Charoenphakdee and others (2021), *On focal loss for class-posterior probability estimation*,
#   doi:10.1109/CVPR46437.2021.00516.
# - Elkan (2001), *The foundations of cost-sensitive learning*, https://dl.acm.org/doi/10.5555/1642194.1642224.
# - Guo and others (2017), *On calibration of modern neural networks*, arXiv:1706.04599.
# - King and Zeng (2001), *Logistic regression in rare events data*, doi:10.1093/oxfordjournals.pan.a004868.
# - Lin and others (2017), *Focal loss for dense object detection*, doi:10.1109/ICCV.2017.324.
# - Liu, Ting and Zhou (2008), *Isolation forest*, doi:10.1109/ICDM.2008.17.
# - Menon and others (2021), *Long-tail learning via logit adjustment*, arXiv:2007.07314.
# - Platt (1999), *Probabilistic outputs for support vector machines*, in Advances in Large Margin Classifiers.
# - Saerens, Latinne and Decaestecker (2002), *Adjusting the outputs of a classifier to new a priori probabilities*,
#   doi:10.1162/089976602753284446.
# - Vickers and Elkin (2006), *Decision curve analysis*, doi:10.1177/0272989X06295361.
# - Vovk (2012), *Conditional validity of inductive conformal predictors*; Vovk, Gammerman and Shafer (2005),
#   *Algorithmic learning in a random world*.
# - Zadrozny and Elkan (2002), *Transforming classifier scores into accurate multiclass probability estimates*,
#   doi:10.1145/775047.775151.
#
# **Next:** three projects without points, where no one says which tool to take.
