# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 06-combining, version: "1.0"}
# ---

# %% [markdown]
# # Lesson 6 · Combining
#
# **Over- and undersampling together, and a fair contest of everything so far.** After this lesson you can
#
# 1. add minority rows and drop majority rows, one after the other, and predict the counts;
# 2. say what SMOTETomek and SMOTEENN remove, and follow every row through them;
# 3. search for a ratio without fooling yourself: inside the pipeline, with test rows that had no say;
# 4. say which differences between two strategies these data can show, with an interval that respects that folds share
#    rows;
# 5. answer "which technique is best?" with numbers, for the payments of this course.
#
# **Time** 20 to 40 minutes for the core path; what comes after *Further* is extra. **Needs** lessons 4 and 5 (random
# undersampling, SMOTE, the pipeline) and lesson 3's four questions. **Points** 20, in five tasks.

# %% [markdown]
# Run the cells from top to bottom with Shift+Enter. The two cells below load what the lesson works with: the
# two-feature set of lesson 2 and its two halves, the card payments, and the **stored contest**, whose results took
# longer than a lesson has time for.
#
# Each word of the course stands in the [glossary](../glossary.md) with one sentence.

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn
from imblearn.combine import SMOTEENN, SMOTETomek
from imblearn.over_sampling import SMOTE
from imblearn.pipeline import Pipeline, make_pipeline
from imblearn.under_sampling import EditedNearestNeighbours, RandomUnderSampler, TomekLinks
from scipy.stats import t
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_score, recall_score
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.preprocessing import StandardScaler

from imbalanced_course import datasets, plots, scoreboard

sklearn.set_config(display="text")
plt.style.use("imbalanced_course.plots.course")

# %% nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
X, y = datasets.make_two_features()  # 10,000 rows, 100 of them positive
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=1)

payments, is_fraud = datasets.features_and_target(datasets.load_transactions())  # 20,000 rows, 1 % fraud

# Results fold by fold of every strategy on the payments, by model.
contest = {model: scoreboard.load_contest(model) for model in scoreboard.CONTEST_MODELS}
ALONE = "leave the data alone"

# %% [markdown]
# ## 1 · Add, then drop
#
# Lesson 4 dropped majority rows, lesson 5 made minority rows. The simplest combination does a little of both: SMOTE
# until there is one positive for ten negatives, then random undersampling until there is one for two.

# %%
grown, grown_y = SMOTE(sampling_strategy=0.1, random_state=1).fit_resample(X, y)
mixed, mixed_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(grown, grown_y)
steps = {"as it is": (X, y), "after SMOTE to 0.1": (grown, grown_y), "then undersampled to 0.5": (mixed, mixed_y)}

figure, panels = plt.subplots(1, 3, figsize=(9.6, 3.6), layout="constrained", sharex=True, sharey=True)
for ax, (title, (rows, labels)) in zip(panels, steps.items(), strict=True):
    plots.class_scatter(rows, labels, ax=ax).set_title(title)
    _ = (ax.label_outer(), ax.legend(loc="lower right"))
plots.captioned(
    figure,
    "From left to right: few triangles in a dense cloud of circles; the same cloud with a crowd of "
    "triangles on lines between the real ones; then the cloud thinned out and the triangles all kept.",
)

# %%
for title, (_, labels) in steps.items():
    negatives, positives = labels.value_counts().sort_index()
    print(f"{title:<26}{negatives:>6,} negatives {positives:>5,} positives, ratio {positives / negatives:.2f}")

# %% [markdown]
# A float for `sampling_strategy` is **minority over majority, after this step**. SMOTE fills the minority up: to the
# ratio times the negatives. The second step counts the synthetic positives like real ones, and keeps as many negatives
# as its ratio asks for.
#
# Why both? The original SMOTE paper (Chawla and others 2002) combined the two and let the strengths vary. Each step
# is milder than it would be alone: fewer invented rows than SMOTE to 0.5, fewer lost ones than undersampling to 0.5.
# Whether that pays is a question for the contest in section 4.

# %% [markdown]
# ### Task 6.1 · The combination by hand (4 points)
#
# First without a computer's help: how many positives and negatives of the set `X`, `y` (9,900 and 100 rows) are there
# after SMOTE to **0.2** and then undersampling to **0.8**? Then write the function that does both steps for any data
# and any two ratios, with `seed` for both samplers. The check calls it on data that you have not seen.

# %% nbgrader={"grade_id": "combination-by-hand", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
positives_after = ...  # whole number
negatives_after = ...  # whole number


def combine(X, y, over, under, seed):
    """Oversample with SMOTE to the ratio `over`, then undersample at random to the ratio `under`.

    X: DataFrame. y: Series of 0 and 1, where 1 is the minority. over, under: minority over majority after the step,
    numbers above 0 and at most 1. seed: whole number. Returns the rows and the labels.
    """
    X_mixed, y_mixed = ..., ...  # DataFrame and Series
    ### BEGIN SOLUTION
    X_more, y_more = SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    sampler = RandomUnderSampler(sampling_strategy=under, random_state=seed)
    X_mixed, y_mixed = sampler.fit_resample(X_more, y_more)
    ### END SOLUTION
    return X_mixed, y_mixed


### BEGIN SOLUTION
positives_after = int(0.2 * 9_900)
negatives_after = int(positives_after / 0.8)
### END SOLUTION

# %% nbgrader={"grade_id": "combination-by-hand-check", "points": 4, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.combination_by_hand(*answers("positives_after", "negatives_after", "combine"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which of the two classes does the first step change? And which the second?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# After the first step the positives are the ratio times the negatives; the real ones are among them. After the second
# the negatives are the positives divided by the ratio. In the function, hand on what the first `fit_resample` returns.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `0.2 * 9_900` positives, and that divided by 0.8 negatives. `X_more, y_more = SMOTE(sampling_strategy=over,
# random_state=seed).fit_resample(X, y)`, then the same with `RandomUnderSampler(sampling_strategy=under,
# random_state=seed)` on `X_more, y_more`.
# </details>

# %% [markdown]
# ## 2 · Add, then clean
#
# SMOTE draws its points on lines between positives, wherever these lines lead. Some end amid the negatives. So two
# ready-made combinations **clean after it** (Batista and others 2004): `SMOTETomek` with Tomek links, `SMOTEENN` with
# edited nearest neighbours.

# %%
crowd_X, crowd_y = datasets.make_two_features(1_200, minority_share=0.05, seed=4)
more_X, more_y = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(crowd_X, crowd_y)
cleaners = {
    "SMOTE alone": None,
    "SMOTETomek": TomekLinks(sampling_strategy="all"),
    "SMOTEENN": EditedNearestNeighbours(sampling_strategy="all"),
}

# %%
figure, panels = plt.subplots(1, 3, figsize=(9.6, 3.6), layout="constrained", sharex=True, sharey=True)
for ax, (name, cleaner) in zip(panels, cleaners.items(), strict=True):
    rows, labels = cleaner.fit_resample(more_X, more_y) if cleaner else (more_X, more_y)
    plots.class_scatter(rows, labels, ax=ax).set_title(name)
    gone = more_X.drop(cleaner.sample_indices_) if cleaner else more_X.head(0)
    _ = ax.scatter(*gone.T.to_numpy(), marker="x", s=22, c="black", lw=0.9, zorder=6, label=f"removed ({len(gone)})")
    _ = (ax.label_outer(), ax.legend(loc="upper right", fontsize=8))
plots.captioned(
    figure,
    "Crosses are rows that cleaning removed after SMOTE. Tomek links take pairs where the classes "
    "meet; edited nearest neighbours clear a whole strip, circles and triangles alike.",
)

# %% [markdown]
# Both clean **both classes**, unlike the same cleaners in lesson 4, which by default touch the majority alone.
#
# - **SMOTETomek** removes *both ends* of each Tomek link: two rows of different classes that are each other's nearest
#   neighbour.
# - **SMOTEENN** removes each row, of either class, that has among its three nearest neighbours *even one* of the
#   other class. That is far more.
#
# Here is SMOTETomek on the 1 % set, once by the class and once step by step. The cleaner's `sample_indices_` are the
# positions of the rows that *stay*; in what SMOTE returned the real rows come first, the new ones behind them.

# %%
by_class = SMOTETomek(sampling_strategy=0.5, random_state=1).fit_resample(X, y)[1]
print("SMOTETomek, the class: ", by_class.value_counts().sort_index().to_dict())

bigger, bigger_y = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
links = TomekLinks(sampling_strategy="all")
_ = links.fit_resample(bigger, bigger_y)
stays = links.sample_indices_
print("SMOTE, then Tomek links:", bigger_y.iloc[stays].value_counts().sort_index().to_dict())


# %%
def kinds(positions):
    labels, real = bigger_y.to_numpy()[positions], positions < len(X)
    return {
        "negatives": np.sum(labels == 0),
        "real positives": np.sum((labels == 1) & real),
        "synthetic positives": np.sum((labels == 1) & ~real),
        "all rows": len(positions),
    }


everything = np.arange(len(bigger))
pd.DataFrame(
    {"SMOTE": kinds(everything), "removed": kinds(np.setdiff1d(everything, stays)), "SMOTETomek": kinds(stays)}
)

# %% [markdown]
# Each link takes one row of each class, so as many positives as negatives go; nearly all of the positives that go are
# synthetic. The ratio was 1:2 after SMOTE and is a little below it afterwards: *a ratio asked for is the ratio before
# cleaning*.

# %% [markdown]
# ### Task 6.2 · SMOTEENN, and where the points went (5 points)
#
# Write the function that composes SMOTE and edited nearest neighbours as SMOTEENN does (`random_state=1` for SMOTE)
# and says how many rows of each kind are **kept**. Then use it on `X`, `y` with the ratio 0.5.


# %% nbgrader={"grade_id": "smoteenn-counts", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def smote_then_enn(X, y, ratio):
    """Return how many rows SMOTE to `ratio` followed by edited nearest neighbours on both classes keeps.

    X: DataFrame. y: Series of 0 and 1, where 1 is the minority. ratio: minority over majority after SMOTE.
    Returns a dict of whole numbers with the keys "negatives", "real_positives", "synthetic_positives".
    """
    result = ...  # dict
    ### BEGIN SOLUTION
    X_more, y_more = SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(X, y)
    cleaner = EditedNearestNeighbours(sampling_strategy="all")
    cleaner.fit_resample(X_more, y_more)
    stays = cleaner.sample_indices_
    labels, real = y_more.to_numpy()[stays], stays < len(X)
    result = {
        "negatives": np.sum(labels == 0),
        "real_positives": np.sum((labels == 1) & real),
        "synthetic_positives": np.sum((labels == 1) & ~real),
    }
    ### END SOLUTION
    return result


kept = ...  # dict as above, of X and y with the ratio 0.5
### BEGIN SOLUTION
kept = smote_then_enn(X, y, 0.5)
### END SOLUTION

# %% nbgrader={"grade_id": "smoteenn-counts-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.smoteenn_counts(*answers("kept", "smote_then_enn"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which of the two steps has `sample_indices_`? And from which position on are rows synthetic?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Call `fit_resample` of SMOTE, then of `EditedNearestNeighbours(sampling_strategy="all")` on what came out. The
# labels of the kept rows are `y_more.to_numpy()[cleaner.sample_indices_]`; a position below `len(X)` is a real row.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `stays = cleaner.sample_indices_`, `labels, real = y_more.to_numpy()[stays], stays < len(X)`, and then for example
# `np.sum((labels == 1) & real)` for the real positives.
# </details>

# %% [markdown]
# ### Order matters
#
# What if you clean first? Then the synthetic points, made afterwards, are never looked at.

# %%
enn = EditedNearestNeighbours(sampling_strategy="all")
cleaned, cleaned_y = enn.fit_resample(X, y)
smoteenn = SMOTEENN(sampling_strategy=0.5, random_state=1)
orders = {
    "SMOTE, then ENN (SMOTEENN)": smoteenn.fit_resample(X, y)[1],
    "ENN, then SMOTE": SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(cleaned, cleaned_y)[1],
}
stays = smoteenn.enn_.sample_indices_
real = {"ENN, then SMOTE": cleaned_y.sum(), "SMOTE, then ENN (SMOTEENN)": y.iloc[stays[stays < len(y)]].sum()}
for name, labels in orders.items():
    negatives, positives = labels.value_counts().sort_index()
    print(f"{name:<27}{negatives:>6,} negatives {positives:>6,} positives, {real[name]:>3} of them real;", end=" ")
    print(f"ratio {positives / negatives:.3f}")

# %% [markdown]
# Cleaned first, with both classes on trial, the rare class is on trial in the crowd: on this set most positives have a
# negative among their neighbours and are thrown away *before* SMOTE could use them. Cleaned last, SMOTE has given them
# company.
#
# For random undersampling the order is another matter: it does not look at where rows lie, so the same counts can be
# had either way, with other ratios (bonus 2). Then **undersample first if the data are huge**: SMOTE looks for neighbours among the positives only,
# but ENN and Tomek links look among *all* rows, and each row that is gone costs nothing.

# %% [markdown]
# ## 3 · Search the ratios, inside the pipeline
#
# Two ratios, and nobody tells you which. Search for them, but mind three things: the samplers belong **inside** the
# pipeline, the score must not depend on the cut, and the best score found is **not** the result.

# %%
inside, before, tried = [], [], (0.05, 0.2, 0.5, 1.0)
for ratio in tried:
    smote = SMOTE(sampling_strategy=ratio, random_state=1)
    model = make_pipeline(StandardScaler(), smote, LogisticRegression())
    inside.append(cross_val_score(model, X_train, y_train, cv=3, scoring="average_precision"))
    wrong_rows, wrong_y = smote.fit_resample(X_train, y_train)  # before the folds are made: wrong
    plain = make_pipeline(StandardScaler(), LogisticRegression())
    before.append(cross_val_score(plain, wrong_rows, wrong_y, cv=3, scoring="average_precision"))

# %%
figure, ax = plt.subplots(figsize=(5.5, 3.4), layout="constrained")
for scores, marker, line, label in (
    (before, "s", "--", "SMOTE before the folds (wrong)"),
    (inside, "o", "-", "SMOTE in the pipeline"),
):
    _ = ax.plot(tried, np.mean(scores, axis=1), marker=marker, linestyle=line, label=f"{label}, mean")
    _ = ax.plot(tried, scores, linestyle="none", marker=marker, markersize=3, alpha=0.6, color="black")
_ = ax.set(xlabel="ratio after SMOTE", ylabel="average precision of a fold", ylim=(0, 1.02))
_ = ax.legend()
plots.captioned(
    ax,
    "Two searches for the best ratio. Scored on folds of resampled rows the score climbs with "
    "every synthetic point; scored with SMOTE in the pipeline it sinks a little, and the three folds "
    "of a ratio (small dots) lie much farther apart than the ratios do.",
)

# %% [markdown]
# The upper line rises because its *folds* change: more positives in them, and points that were made from rows in the
# other folds. Its chance level rises with the ratio, so it recommends the strongest oversampling even where there is
# nothing to learn. The lower line is scored on untouched folds: on this set less looks better, if anything, and the
# folds of one ratio lie farther apart than the ratios do.
#
# The second thing: why average precision, and not recall or F1 at 0.5? Each ratio moves the probabilities, so a score
# at a fixed cut mostly picks the ratio that brings the best threshold to 0.5. That is tuning a threshold in a
# roundabout way.
#
# The third: suppose twelve strategies are all equally good, and a score wobbles by 0.02 from luck. The best of the
# twelve looks better than it is:

# %%
luck = np.random.default_rng(6).normal(0.70, 0.02, size=(10_000, 12))
print("true average precision of all twelve:      0.700")
print(f"score of the best of the twelve, on average: {luck.max(axis=1).mean():.3f}")

# %% [markdown]
# So a search ends with **one** look at rows that had no say in it: not in fitting, not in choosing. What `best_score_`
# of a search says is the score of a winner, and winners were lucky (Cawley and Talbot 2010).
#
# `GridSearchCV` takes the whole pipeline and a dict of values to try, whose keys are step names and parameters:
# `"over__sampling_strategy"` with two underscores. It fits each combination in each fold, and at last the best one on
# all rows it was given.

# %% [markdown]
# ### Task 6.3 · A search over two ratios (5 points)
#
# Make a search by **average precision** with `cv=3` over a pipeline of four steps: `StandardScaler`, `SMOTE`,
# `RandomUnderSampler` (both with `random_state=1`), `LogisticRegression`. SMOTE tries `over_ratios`, undersampling
# `under_ratios`. Fit it on `X_train`, `y_train`. Which ratios win, and what average precision does the winner reach on
# `X_test`, `y_test`?

# %% nbgrader={"grade_id": "ratio-search", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]

search = ...  # GridSearchCV
best_over = ...  # number: the ratio of SMOTE that won
best_under = ...  # number: the ratio of undersampling that won
test_average_precision = ...  # number, 0 to 1: on X_test, y_test
### BEGIN SOLUTION
steps_of_search = [
    ("scaler", StandardScaler()),
    ("over", SMOTE(random_state=1)),
    ("under", RandomUnderSampler(random_state=1)),
    ("model", LogisticRegression()),
]
grid = {"over__sampling_strategy": over_ratios, "under__sampling_strategy": under_ratios}
search = GridSearchCV(Pipeline(steps_of_search), grid, scoring="average_precision", cv=3).fit(X_train, y_train)
best_over = search.best_params_["over__sampling_strategy"]
best_under = search.best_params_["under__sampling_strategy"]
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test)[:, 1])
### END SOLUTION

# %% nbgrader={"grade_id": "ratio-search-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.ratio_search(*answers("search", "best_over", "best_under", "test_average_precision"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which library's `Pipeline` takes samplers? What does the search need to know besides the pipeline?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `Pipeline([("scaler", …), ("over", …), ("under", …), ("model", …)])` gives the steps names. The grid has the keys
# `"over__sampling_strategy"` and `"under__sampling_strategy"`. After `fit` the search has `best_params_`, and predicts
# like the best pipeline.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `GridSearchCV(pipeline, grid, scoring="average_precision", cv=3).fit(X_train, y_train)`, then
# `average_precision_score(y_test, search.predict_proba(X_test)[:, 1])`: the test half, not `best_score_`.
# </details>

# %% [markdown]
# ## 4 · The contest
#
# Now all of it at once: nearly every strategy of lessons 3 to 6 with three models on the 20,000 payments. All have the
# same folds (five, twice), scaled columns, and the same costs: a miss 1,000 euro, a false alarm 10. And **every**
# strategy is judged at the default cut *and* at a tuned threshold: the cheapest on a part of the training rows that
# the model has not seen.
#
# That took a computer some minutes, so the results are stored with their recipe (`datasets/contest/CARD.md`). One
# line is one strategy on the test rows of one fold, at one cut:

# %%
logistic = contest["logistic regression"]
columns = ["strategy", "cut", "fold", "threshold", "average_precision", "brier", "recall", "cost"]
logistic.loc[logistic["strategy"].isin([ALONE, "SMOTEENN"]) & (logistic["fold"] == 0), columns].round(3)

# %% [markdown]
# You need not believe a stored table. Here are two of its strategies, live, on the first five folds:

# %%
both_steps = [SMOTE(sampling_strategy=0.1, random_state=0), RandomUnderSampler(sampling_strategy=0.5, random_state=0)]
live = pd.concat(
    scoreboard.evaluate(
        name,
        make_pipeline(datasets.transactions_preprocessor(), *samplers, LogisticRegression(max_iter=1000)),
        payments,
        is_fraud,
    )
    for name, samplers in {ALONE: [], "SMOTE 0.1, then undersampling": both_steps}.items()
)

# %%
stored = logistic[logistic["strategy"].isin(live["strategy"]) & (logistic["fold"] < 5)]
keys = ["strategy", "cut", "fold"]
pairs = live.merge(stored, on=keys, suffixes=("_live", "_stored"))
print(f"{len(pairs)} rows; largest difference between live and stored:")
for metric in ("average_precision", "brier", "cost"):
    print(f"  {metric:<18}{(pairs[f'{metric}_live'] - pairs[f'{metric}_stored']).abs().max():.4f}")

# %%
shown = [ALONE, "random undersampling", "SMOTE", "SMOTE 0.1, then undersampling", "SMOTETomek", "SMOTEENN"]
mean_cost = {model: results.groupby(["strategy", "cut"])["cost"].mean() for model, results in contest.items()}
marks = {scoreboard.DEFAULT_CUT: ("o", 90, "white"), scoreboard.TUNED_CUT: ("D", 16, "black")}

# %%
figure, panels = plt.subplots(1, 3, figsize=(9.6, 3.2), layout="constrained", sharex=True, sharey=True)
for ax, model in zip(panels, scoreboard.CONTEST_MODELS[:3], strict=True):
    cost = mean_cost[model]
    for cut, (marker, size, colour) in marks.items():
        _ = ax.scatter([cost[one, cut] for one in shown], shown, size, marker=marker, c=colour, ec="black", label=cut)
    _ = ax.axvline(cost[ALONE, scoreboard.TUNED_CUT], color="grey", linestyle=":")
    _ = ax.set(title=model, xlabel="cost (euro a fold)", xlim=(0, None))
_ = panels[0].invert_yaxis()
_ = figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
plots.captioned(
    figure,
    "Mean cost of six strategies with three models. At the default cut (circles) leaving the data alone is by far "
    "the dearest. At the tuned threshold (diamonds) all lie near the dotted line, which is leaving the data alone "
    "with a tuned threshold. With logistic regression the circles of the others lie there, too.",
)

# %% [markdown]
# Look at the circles only, and resampling is a triumph. Look at the diamonds, and nearly all of its gain in cost is
# gone. Comparing a resampled model at 0.5 with an untouched model at 0.5 compares two *thresholds*. (That a resampled
# logistic regression is cheap at 0.5 already is luck: 1:2 happens to move 0.5 near to where these costs want it.)
#
# But diamonds differ, too, a little. Which of these differences would still be there with other rows?

# %% [markdown]
# ### An interval for a difference
#
# Take one comparison: SMOTETomek against leaving the data alone, with a forest, by average precision. On each of the
# ten folds both were judged on the same rows, so there are ten differences.

# %%
forest = contest["random forest"]
at_tuned = forest[forest["cut"] == scoreboard.TUNED_CUT].pivot(
    index="fold", columns="strategy", values="average_precision"
)
differences = (at_tuned["SMOTETomek"] - at_tuned[ALONE]).to_numpy()
k, mean, sd = len(differences), differences.mean(), differences.std(ddof=1)
widths = {
    "naive: folds taken for independent": t.ppf(0.975, k - 1) * sd * np.sqrt(1 / k),
    "corrected: folds share rows": t.ppf(0.975, k - 1) * sd * np.sqrt(1 / k + 4_000 / 16_000),
}

# %%
figure, ax = plt.subplots(figsize=(7, 2.6), layout="constrained")
_ = ax.scatter(differences, np.full(k, 2.0), marker="|", s=160, color="black")
for place, half in zip((1, 0), widths.values(), strict=True):
    _ = ax.errorbar(mean, place, xerr=half, fmt="D", color="black", capsize=5)
_ = ax.axvline(0, color="grey", linestyle=":")
_ = ax.set(yticks=(2, 1, 0), yticklabels=("ten folds", *widths), ylim=(-0.6, 2.6))
_ = ax.set(xlabel="average precision, SMOTETomek minus leaving the data alone")
plots.captioned(
    ax,
    "Ten differences (strokes) and two intervals for their mean. The naive one ends just before the "
    "dotted line at 0, and would proclaim a loss; the corrected one is nearly twice as wide and reaches across.",
)

# %% [markdown]
# The ten folds are *not* ten experiments. Two folds of one cross-validation share three quarters of their training
# rows, and the second round of five uses the very same payments again. So the ten differences vary less than ten
# fresh ones would, and the naive interval is too short. Nadeau and Bengio (2003) widen it by the share of test rows:
#
# $$\text{mean} \pm t_{k-1} \cdot s \cdot \sqrt{\tfrac{1}{k} + \tfrac{n_\text{test}}{n_\text{train}}}$$
#
# with k differences, their standard deviation s (`ddof=1`), and a factor of a little over 2 that grows when there are
# few folds: the 97.5 % point of Student's t with k − 1 degrees of freedom, `t.ppf(0.975, k - 1)`.
#
# Does it work? Contests of two equals can be made up. What the correction takes for granted goes in: the differences of
# two folds are correlated by the share of test rows, one in five here. (The payments can be drawn again, too: their
# generator is `imbalanced_course.simulation`. On such draws the corrected interval held the truth about as often as
# promised in average precision, and more often in cost, where it is wider than it need be.)

# %%
draw = np.random.default_rng(6)
luck_of_all, luck_of_fold = draw.normal(size=(20_000, 1)), draw.normal(size=(20_000, 10))
equals = np.sqrt(0.2) * luck_of_all + np.sqrt(0.8) * luck_of_fold  # 20,000 contests of ten folds; the truth is 0
for name, factor in (("naive", 1 / 10), ("corrected", 1 / 10 + 4_000 / 16_000)):
    half = t.ppf(0.975, 9) * equals.std(axis=1, ddof=1) * np.sqrt(factor)
    print(f"{name:<10}holds the true 0 in {np.mean(np.abs(equals.mean(axis=1)) <= half):.0%} of contests of equals")

# %% [markdown]
# With ten folds correlated like that, the naive interval promises 95 of 100 and crowns a winner among equals far too
# often. (The more repeats, the worse: a single round of five folds misses less.)
#
# **The rule of this lesson: a difference whose interval holds 0 is called *noise*, for short: these data allow both
# signs.** That does not prove that two strategies are equal, nor that the difference is small. How wide the interval is
# says which gain these data could have seen at all.

# %% [markdown]
# ### Task 6.4 · The corrected interval (3 points)
#
# Write it as a function of the differences and the two numbers of rows. (The formula above is all you need; `t` is
# there from the set-up.)


# %% nbgrader={"grade_id": "corrected-interval", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def interval(differences, n_train, n_test):
    """Return the two ends of the corrected 95 % interval for the mean difference: low and high, two numbers.

    differences: array, one number a fold. n_train, n_test: rows that a fold learnt from, and was judged on.
    """
    low, high = ..., ...  # numbers
    ### BEGIN SOLUTION
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / n_train)
    low, high = np.mean(differences) - half, np.mean(differences) + half
    ### END SOLUTION
    return low, high


# %% nbgrader={"grade_id": "corrected-interval-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.corrected_interval_by_hand(*answers("interval"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Compute half the width first: three factors. What is under the root?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `k = len(differences)`. The factors are `t.ppf(0.975, k - 1)`, `np.std(differences, ddof=1)` and the root of `1 / k +
# n_test / n_train`. The ends are the mean minus and plus their product.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `half = t.ppf(0.975, k - 1) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / n_train)` and then
# `np.mean(differences) - half, np.mean(differences) + half`.
# </details>

# %% [markdown]
# ### Task 6.5 · Which differences are noise? (3 points)
#
# `scoreboard.difference(results, one, other, metric)` does all that: it takes `one` minus `other` fold by fold, both
# at their **tuned threshold**, and returns `mean`, `low` and `high` of the corrected interval. Write the function that
# says whether a difference is noise. Then judge six comparisons, each with leaving the data alone (`ALONE`):
#
# | key | results | strategy | metric |
# | --- | --- | --- | --- |
# | a | `contest["logistic regression"]` | `"SMOTEENN"` | `"cost"` |
# | b | `contest["logistic regression"]` | `"SMOTEENN"` | `"average_precision"` |
# | c | `contest["logistic regression"]` | `"SMOTE + original weights"` | `"cost"` |
# | d | `contest["random forest"]` | `"SMOTETomek"` | `"average_precision"` |
# | e | `contest["random forest"]` | `"balanced random forest"` | `"cost"` |
# | f | `contest["histogram boosting"]` | `"random undersampling"` | `"average_precision"` |


# %% nbgrader={"grade_id": "noise", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def is_noise(results, one, other, metric):
    """Return True when the corrected interval of `one` minus `other`, both at their tuned threshold, holds 0.

    results: DataFrame like contest["random forest"]. one, other: names of strategies. metric: name of a column.
    """
    answer = ...  # True or False
    ### BEGIN SOLUTION
    two = results[results["strategy"].isin([one, other])]  # quicker than all, and the same result
    found = scoreboard.difference(two, one, other, metric)
    answer = found.low <= 0 <= found.high
    ### END SOLUTION
    return answer


verdicts = ...  # dict: each letter "a" to "f" to True (noise) or False
### BEGIN SOLUTION
compared = {
    "a": ("logistic regression", "SMOTEENN", "cost"),
    "b": ("logistic regression", "SMOTEENN", "average_precision"),
    "c": ("logistic regression", "SMOTE + original weights", "cost"),
    "d": ("random forest", "SMOTETomek", "average_precision"),
    "e": ("random forest", "balanced random forest", "cost"),
    "f": ("histogram boosting", "random undersampling", "average_precision"),
}
verdicts = {key: is_noise(contest[model], one, ALONE, metric) for key, (model, one, metric) in compared.items()}
### END SOLUTION

# %% nbgrader={"grade_id": "noise-check", "points": 3, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.noise(*answers("is_noise", "verdicts"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# An interval holds 0 when its two ends lie on different sides of 0.
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `found = scoreboard.difference(results, one, other, metric)` has `found.low` and `found.high`. Call your function
# once for each line of the table, with `ALONE` as `other`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `answer = found.low <= 0 <= found.high`, and for example `verdicts["a"]` is
# `is_noise(contest["logistic regression"], "SMOTEENN", ALONE, "cost")`.
# </details>

# %% [markdown]
# ### What the contest says

# %%
rows = []
for model in scoreboard.CONTEST_MODELS[:4]:
    tuned = contest[model][contest[model]["cut"] == scoreboard.TUNED_CUT]
    own = tuned.loc[tuned["model"] == model, "strategy"].unique()  # without dummies and perfect
    for metric in ("average_precision", "brier", "log_loss", "cost"):
        by_fold = tuned.pivot(index="fold", columns="strategy", values=metric)
        for strategy in [name for name in own if name not in (ALONE, "threshold from costs")]:
            apart = by_fold[strategy] - by_fold[ALONE]
            found = scoreboard.corrected_interval(apart, n_train=16_000, n_test=4_000)
            rows.append((model, strategy, metric, *found))
against_alone = pd.DataFrame(rows, columns=["model", "strategy", "metric", "mean", "low", "high"])

# %%
higher_is_better = against_alone["metric"].map(lambda metric: scoreboard.METRICS[metric][1] == "higher")
noise_here = (against_alone["low"] <= 0) & (against_alone["high"] >= 0)
gain = (against_alone["mean"] > 0) == higher_is_better
against_alone["verdict"] = np.where(noise_here, "noise", np.where(gain, "better", "worse"))
counted = against_alone.groupby(["metric", "model"])["verdict"].value_counts().unstack(fill_value=0)
counted.reindex(columns=["better", "noise", "worse"], fill_value=0)


# %%
def draw(ax, part):
    for verdict, marker, face in (("noise", "o", "white"), ("worse", "s", "black"), ("better", "D", "black")):
        of = part[part["verdict"] == verdict]
        ends = np.abs(of[["low", "high"]].to_numpy().T - of["mean"].to_numpy())
        places = [list(part["strategy"]).index(one) for one in of["strategy"]]
        _ = ax.errorbar(of["mean"], places, xerr=ends, fmt=marker, mfc=face, color="black", capsize=2, label=verdict)
    _ = ax.axvline(0, color="grey", linestyle=":")
    _ = ax.set(yticks=range(len(part)), yticklabels=part["strategy"])


# %%
figure, panels = plt.subplots(1, 2, figsize=(9.6, 5.4), layout="constrained", sharey=True)
for ax, metric in zip(panels, ("average_precision", "cost"), strict=True):
    draw(ax, against_alone.query("model == 'logistic regression' and metric == @metric"))
    _ = ax.set(xlabel=f"{scoreboard.METRICS[metric][0]}, strategy minus leaving alone")
_ = (panels[0].invert_yaxis(), panels[0].legend(loc="lower left"))
plots.captioned(
    figure,
    "Logistic regression, each strategy against leaving the data alone, both at tuned thresholds. "
    "Left, average precision: most intervals of the strategies that balance lie below 0. Right, cost: nearly all "
    "intervals hold 0, with NearMiss far on the dear side.",
)

# %% [markdown]
# Table and picture are this course's answer to "which technique is best?", for these payments, these costs and scaled
# columns, each against leaving the data alone with a tuned threshold:
#
# - **Cost:** no interval is on the cheap side; a few are on the dear side.
# - **Ranking** (average precision): no interval is above 0. With logistic regression and with tuned boosting most
#   strategies that balance far lose; with the forest and boosting as the library gives it most intervals hold 0.
# - **Calibration**: by Brier score no interval shows a gain, and many show a loss, most of all with logistic regression
#   and tuned boosting. By log loss six strategies gain, all of them copies or synthetic points with boosting that
#   wasn't tuned. Tuned, the same boosting gains by none of them.
#
# (The table leaves out "threshold from costs": tuned, it is leaving alone.) Ten folds of one set see large differences
# only. On twenty fresh draws of the payments boosting with these settings ranked better after copies with shrinkage and
# after SMOTE, in nearly every draw: so "no gain shown" here is not "no gain". And one warning the other way: an
# interval of 95 % misses 0 by luck in about one of twenty comparisons of equals, and this table sums up far more than
# twenty.

# %% [markdown]
# ## 5 · The scoreboard
#
# The four questions for a handful of them, with one model: means over the ten folds, and ± half the interval of
# average precision and of cost.

# %%
few = ["dummy, most frequent", ALONE, "class weights", "SMOTE 0.1, then undersampling", "SMOTEENN", "perfect"]
chosen_few = logistic[logistic["strategy"].isin(few)]
summary = scoreboard.table(chosen_few)
scoreboard.compact(summary, intervals=("average_precision", "cost"))

# %%
seconds = chosen_few.groupby("strategy")["fit_seconds"].mean()
print("seconds to resample and fit, one core, 12,000 rows (stored):")
for name in few[1:-1]:
    print(f"  {name:<31}{seconds[name]:.3f}")

# %% [markdown]
# Read it by columns. *Ranking*: leaving alone leads. *Calibration*: combining multiplies the Brier score. *Decision*:
# at the default cut the untouched model finds few frauds; at tuned thresholds all models find about the same share.
# *Cost*: no difference is shown; all are far below the dummy and still far from perfect. (The dummy's scores are all
# equal: tuned, it flags in each fold everybody or nobody, which cost nearly the same here.) And *time*: SMOTEENN takes
# many times as long for it.
#
# No strategy of this table comes near "perfect". More positives, better columns and a better model are the other places
# to look.


# %% [markdown]
# # Further
#
# Here the core path ends: all 20 points are behind you. What follows is worth 0 points, and a good deal to you.

# %% [markdown]
# ## Rules of thumb, row by row
#
# Advice on imbalance circulates as rules. Each can be put as a comparison of two strategies, so the contest can try
# it: on 1 % positives, with both at their tuned threshold. (A rule that is only about the default cut is one about
# thresholds.)

# %%
boosting = contest["histogram boosting"]
own_trees = pd.concat([contest["trees of its own"], boosting[boosting["strategy"] == ALONE]])
everywhere = ("logistic regression", "random forest", "histogram boosting")
rules = [
    ("severe imbalance: add and clean", everywhere, "SMOTEENN", ALONE),
    ("SMOTE plus weights plus threshold", everywhere, "SMOTE + balanced weights", ALONE),
    ("SMOTE beats copies", everywhere, "SMOTE", "random oversampling"),
    ("cleaning improves SMOTE", everywhere, "SMOTEENN", "SMOTE"),
    ("a little of both beats one", everywhere, "SMOTE 0.1, then undersampling", "SMOTE"),
    ("oversampling beats undersampling", everywhere, "SMOTE", "random undersampling"),
    ("trees: balanced forest", ("random forest",), "balanced random forest", ALONE),
    ("bag what you undersample", everywhere[::2], "balanced bagging", "random undersampling"),
    ("very rare: easy ensemble", ("trees of its own",), "easy ensemble", ALONE),
    ("very rare: RUSBoost", ("trees of its own",), "RUSBoost", ALONE),
]


# %%
def verdict(results, one, other, metric):
    by_fold = results[results["cut"] == scoreboard.TUNED_CUT].pivot(index="fold", columns="strategy", values=metric)
    mean, low, high = scoreboard.corrected_interval(by_fold[one] - by_fold[other], n_train=16_000, n_test=4_000)
    better = (mean > 0) == (scoreboard.METRICS[metric][1] == "higher")
    word = "noise" if low <= 0 <= high else ("holds" if better else "the reverse")
    return f"{mean:+,.0f}, {word}" if metric == "cost" else f"{mean:+.3f}, {word}"


tested = []
for rule, models, one, other in rules:
    for model in models:
        results = own_trees if model == "trees of its own" else contest[model]
        told = {scoreboard.METRICS[m][0]: verdict(results, one, other, m) for m in ("average_precision", "cost")}
        tested.append({"rule": rule, "model": model, **told})
pd.DataFrame(tested).set_index(["rule", "model"])

# %% [markdown]
# Each figure is a mean difference, the rule's favourite minus its rival; in cost, less than 0 is cheaper. (The last two
# rows hold ensembles of trees against boosting that was left alone. RUSBoost has trees of depth 4 there: with its
# default members, stumps, it hardly ranks.) Look for *holds* in the column of the cost: in these ten folds no rule does,
# for any model. In the ranking one rule holds for one model: with boosting, oversampling beats undersampling. For all
# others the interval holds 0, or lies on the other side.
#
# Rules that go by "slight", "moderate" and "severe" have one fault in common: they look at the ratio only. How many
# positives there are, which model it is and what errors cost matter, too.

# %% [markdown]
# ## Weights on top of SMOTE
#
# "SMOTE plus weights" has a trap of its own. SMOTE to 1:1 has made the classes equal, and `"balanced"` then counts
# equal classes: the weights are 1. Weights from the *original* ratio count the positives twice.

# %%
for name, weight in {"none": None, "balanced": "balanced", "original, 1 : 99": {0: 1, 1: 99}}.items():
    stacked = make_pipeline(StandardScaler(), SMOTE(random_state=1), LogisticRegression(class_weight=weight))
    flags = stacked.fit(X_train, y_train).predict(X_test)
    print(f"SMOTE to 1:1, weights {name:<17}precision {precision_score(y_test, flags):.3f}", end=" ")
    print(f"recall {recall_score(y_test, flags):.2f}, rows flagged {flags.mean():.0%}")

# %% [markdown]
# The first two lines are one model. The third flags most rows: its threshold was moved twice. (After SMOTE to 0.5, as
# in the contest, `"balanced"` does the rest of the way to equal classes.)

# %% [markdown]
# ## Ensembles that resample
#
# Undersampling throws away nearly all negatives. An **ensemble** can use what one model cannot: each member gets
# another draw of the negatives, and the members' answers are averaged.

# %%
from imblearn.ensemble import BalancedBaggingClassifier

bag = BalancedBaggingClassifier(LogisticRegression(), n_estimators=12, random_state=1).fit(X_train, y_train)
drawn = [
    set(rows[member.named_steps["sampler"].sample_indices_])
    for rows, member in zip(bag.estimators_samples_, bag.estimators_, strict=True)
]
of_members = [average_precision_score(y_test, m.predict_proba(X_test.to_numpy())[:, 1]) for m in bag.estimators_]
of_bag = average_precision_score(y_test, bag.predict_proba(X_test)[:, 1])
alone_here = LogisticRegression().fit(X_train, y_train).predict_proba(X_test)[:, 1]
print(f"different rows that a member learns from: {min(map(len, drawn))} to {max(map(len, drawn))} of {len(X_train):,}")
print(f"that all twelve together learn from:      {len(set().union(*drawn))}")

# %%
figure, ax = plt.subplots(figsize=(7, 2.4), layout="constrained")
_ = ax.scatter(of_members, np.zeros(len(of_members)), marker="|", s=200, color="black", label="one member")
_ = ax.scatter(of_bag, 0, marker="D", s=60, color="black", label="all members together")
_ = ax.scatter(
    average_precision_score(y_test, alone_here), 0, marker="o", s=60, c="white", ec="black", label="left alone"
)
_ = ax.set(xlabel="average precision on the test half", yticks=[], ylim=(-1, 1))
_ = ax.legend(loc="lower left", ncols=3)
plots.captioned(
    ax,
    "Members of a balanced bagging scatter widely: each had its own draw of the negatives. All "
    "together they lie in the middle of their members, without the luck of one draw; the model of all rows "
    "lies to the right.",
)

# %% [markdown]
# - **Balanced bagging** undersamples each member's bootstrap sample. Any model can be a member.
# - **Balanced random forest** (Chen and others 2004) does the same for each tree of a forest. Its defaults changed in
#   imbalanced-learn 0.13, so write them out: `sampling_strategy="all", replacement=True, bootstrap=False`.
# - **Easy ensemble** (Liu and others 2009) has a small boosted model (AdaBoost) as each member.
# - **RUSBoost** (Seiffert and others 2010) is one AdaBoost that undersamples before each of its rounds.
#
# All of them train on balanced draws, so their probabilities are too high (see the Brier scores below), and none needs
# SMOTE. Older tutorials pass the member as `base_estimator=`; the name is `estimator=` today.

# %%
ensembles = {
    "forest, left alone": ("random forest", ALONE),
    "balanced random forest": ("random forest", "balanced random forest"),
    "boosting, left alone": ("histogram boosting", ALONE),
    "boosting, undersampled": ("histogram boosting", "random undersampling"),
    "balanced bagging of boosting": ("histogram boosting", "balanced bagging"),
    "balanced bagging of trees": ("trees of its own", "balanced bagging"),
    "easy ensemble": ("trees of its own", "easy ensemble"),
    "RUSBoost": ("trees of its own", "RUSBoost"),
}

# %%
lines = {}
for name, (model, strategy) in ensembles.items():
    part = contest[model][contest[model]["strategy"] == strategy]
    mean = part.groupby("cut")[["average_precision", "brier", "cost", "fit_seconds"]].mean()
    default, tuned = mean.loc[scoreboard.DEFAULT_CUT], mean.loc[scoreboard.TUNED_CUT]
    lines[name] = {
        "average precision": f"{tuned['average_precision']:.3f}",
        "Brier score": f"{tuned['brier']:.3f}",
        "cost at 0.5": f"{default['cost']:,.0f}",
        "cost, tuned": f"{tuned['cost']:,.0f}",
        "seconds": f"{tuned['fit_seconds']:.2f}",
    }
pd.DataFrame(lines).T

# %% [markdown]
# At 0.5 the balanced forest and balanced bagging are the bargains of this table: their built-in threshold happens to
# lie near the one that these costs want, and nothing had to be tuned. That is worth something where nobody will tune a
# threshold. Tuned, no difference in cost from the plain models is shown, and the plain models' probabilities can be
# used. Elsewhere ensembles did gain: a benchmark of 73 real sets reports limits of naive rebalancing and good results
# of ensembles (Liu and others 2025, by its abstract).
#
# Compare the two rows of boosting that was undersampled, once and in a bag: the bag ranks better on average, and the
# table of rules says that its interval holds 0. None of these ensembles is tuned, and RUSBoost has trees of depth 4.

# %% [markdown]
# ## Why SMOTEENN is slow
#
# SMOTE asks for neighbours among the *positives*. ENN and Tomek links ask for the neighbours of *every* row among all
# rows, after SMOTE has added thousands. The times below are stored (`datasets/contest/speed.py` measured them).

# %%
speed = scoreboard.load_resampling_times()
wide = speed[speed["columns"] == 20].pivot(index="rows", columns="way", values="seconds")
figure, ax = plt.subplots(figsize=(8, 3.4), layout="constrained")
for way, marker, line in zip(wide.columns, "osD^", ("-", "--", "-.", ":"), strict=True):
    _ = ax.plot(wide.index, wide[way], marker=marker, linestyle=line, label=way)
narrow = speed[(speed["columns"] == 2) & (speed["way"] == "SMOTEENN")]
_ = ax.plot(narrow["rows"], narrow["seconds"], marker="x", color="grey", label="SMOTEENN, 2 columns only")
_ = ax.set(xscale="log", yscale="log", xlabel="rows (1 % positive, 20 columns)", ylabel="seconds on one core")
_ = (ax.set_xticks(wide.index, [f"{n:,}" for n in wide.index]), ax.minorticks_off())
_ = ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
plots.captioned(
    ax,
    "Both axes grow by factors. SMOTE alone stays in the milliseconds; SMOTETomek and SMOTEENN lie on one another and "
    "climb steeply, to many seconds. Undersampled first, or with two columns only, SMOTEENN stays far below.",
)

# %%
few_rows, many_rows = wide.index.min(), wide.index.max()
for way in wide.columns:
    growth = wide.loc[many_rows, way] / wide.loc[few_rows, way]
    print(f"{way:<35}{many_rows / few_rows:.0f} times the rows: {growth:>3.0f} times the time")

# %% [markdown]
# With a few columns a tree that divides the plane spares most comparisons (the grey line). With many it does not, and
# each row is compared with each: **twice the rows, four times the time**. What to do:
#
# 1. **Undersample first**, to a ratio that leaves plenty of negatives, then SMOTEENN. It is another strategy, so
#    judge it as one.
# 2. Fewer columns, or more cores: `SMOTEENN(enn=EditedNearestNeighbours(sampling_strategy="all", n_jobs=-1))`. Mind the
#    `"all"`: a cleaner of your own comes with its own default, the majority alone.
# 3. Ask first what it buys. In this contest no gain is shown, in average precision, Brier score or cost.

# %% [markdown]
# ### Bonus 1 · Your own combination in the contest
#
# Compose a strategy that is not in the contest yet, as a list of steps: at least one sampler, with a seed, then a
# model. Put `datasets.transactions_preprocessor()` in front of them in a pipeline, and judge that with
# `scoreboard.evaluate("mine", …, payments, is_fraud)`, whose folds are the first five of the contest. Is its cost,
# against leaving the data alone with the **logistic regression**, noise? (`contest["logistic regression"]` has its
# rows; take those with `fold` below 5.)

# %% nbgrader={"grade_id": "bonus-own-combination", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
own_steps = ...  # list of samplers and, last, a model: what follows the preprocessor
own_results = ...  # DataFrame: what scoreboard.evaluate returned
own_is_noise = ...  # True or False: is the difference in cost (both tuned, five folds) noise?
### BEGIN SOLUTION
own_steps = [
    RandomUnderSampler(sampling_strategy=0.2, random_state=1),
    SMOTE(sampling_strategy=0.5, random_state=1),
    LogisticRegression(max_iter=1000),
]
own_model = make_pipeline(datasets.transactions_preprocessor(), *own_steps)
own_results = scoreboard.evaluate("mine", own_model, payments, is_fraud)
rival = contest["logistic regression"].query("strategy == @ALONE and fold < 5")
found = scoreboard.difference(pd.concat([own_results, rival]), "mine", ALONE, "cost")
own_is_noise = found.low <= 0 <= found.high
### END SOLUTION

# %% nbgrader={"grade_id": "bonus-own-combination-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.bonus_own_combination(*answers("own_steps", "own_results", "own_is_noise"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Any order of the pieces of this lesson will do, and any model that is fast. What must every sampler have, so that
# the result comes out again?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `make_pipeline(datasets.transactions_preprocessor(), *own_steps)`, with `random_state=1` in each sampler. For the
# verdict join your rows with those of `ALONE` by `pd.concat` and use `scoreboard.difference`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `rival = contest["logistic regression"].query("strategy == @ALONE and fold < 5")`, `found =
# scoreboard.difference(pd.concat([own_results, rival]), "mine", ALONE, "cost")`, and `found.low <= 0 <= found.high`.
# </details>

# %% [markdown]
# ### Bonus 2 · The order reversed
#
# SMOTE to `over`, then undersampling to `under` gives certain counts. Which two ratios give the *same counts* when
# undersampling comes **first** and SMOTE second? Then nothing but time is different: neither step looks at the
# negatives' places. Write the function.


# %% nbgrader={"grade_id": "bonus-order-reversed", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def reversed_ratios(negatives, positives, over, under):
    """Return the ratios for undersampling first and SMOTE second that give the counts of SMOTE first.

    negatives, positives: numbers of rows before. over, under: minority over majority after SMOTE, and after the
    undersampling that follows it. Returns two numbers: the ratio of undersampling, then the ratio of SMOTE.
    """
    first, second = ..., ...  # numbers, above 0 and at most 1
    ### BEGIN SOLUTION
    negatives_left = over * negatives / under
    first, second = positives / negatives_left, under
    ### END SOLUTION
    return first, second


# %% nbgrader={"grade_id": "bonus-order-reversed-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.bonus_order_reversed(*answers("reversed_ratios"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Write down both counts after SMOTE and undersampling. Which of them does the *first* step of the reversed order have
# to reach already?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# `over * negatives / under` negatives are left at the end. Undersampling first must leave as many, with the real
# positives beside them.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The first ratio is `positives / (over * negatives / under)`. After SMOTE the ratio is the final one, `under`.
# </details>

# %% [markdown]
# ### Find the bug: weights
#
# This cell wants both classes to count the same. Somebody was thorough. Mend it, and keep SMOTE.

# %% nbgrader={"grade_id": "find-the-bug", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
ratio = (y_train == 0).sum() / (y_train == 1).sum()
equal_classes = make_pipeline(
    StandardScaler(), SMOTE(random_state=1), LogisticRegression(class_weight={0: 1, 1: ratio})
).fit(X_train, y_train)
precision_of_equal = precision_score(y_test, equal_classes.predict(X_test))
recall_of_equal = recall_score(y_test, equal_classes.predict(X_test))
### BEGIN SOLUTION
equal_classes = make_pipeline(StandardScaler(), SMOTE(random_state=1), LogisticRegression()).fit(X_train, y_train)
precision_of_equal = precision_score(y_test, equal_classes.predict(X_test))
recall_of_equal = recall_score(y_test, equal_classes.predict(X_test))
### END SOLUTION

# %% nbgrader={"grade_id": "find-the-bug-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.find_the_bug(*answers("precision_of_equal", "recall_of_equal"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# How many rows of each class does the model see, after SMOTE? And how much does each of them count?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# SMOTE has made the classes equal already. Which `class_weight` leaves them equal?
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# Leave `class_weight` out (or say `"balanced"`, which is 1 for both after SMOTE).
# </details>

# %% [markdown]
# ### Find the bug: the best ratio
#
# This cell looks for the better of two ratios and reports what it reaches. Rows to choose by were put aside; which
# rows have chosen? Mend it: choose by average precision on the rows put aside, then report the chosen candidate, as it
# is fitted, on the test half.

# %% nbgrader={"grade_id": "find-the-bug-ratio", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
fit_X, choose_X, fit_y, choose_y = train_test_split(X_train, y_train, test_size=0.5, stratify=y_train, random_state=2)
chosen_ratio, reported = None, 0.0
for ratio in (0.02, 0.05):
    smote = SMOTE(sampling_strategy=ratio, random_state=1)
    candidate = make_pipeline(StandardScaler(), smote, LogisticRegression()).fit(fit_X, fit_y)
    score = average_precision_score(y_test, candidate.predict_proba(X_test)[:, 1])
    if score > reported:
        chosen_ratio, reported = ratio, score
### BEGIN SOLUTION
chosen_ratio, best_score = None, 0.0
for ratio in (0.02, 0.05):
    smote = SMOTE(sampling_strategy=ratio, random_state=1)
    candidate = make_pipeline(StandardScaler(), smote, LogisticRegression()).fit(fit_X, fit_y)
    score = average_precision_score(choose_y, candidate.predict_proba(choose_X)[:, 1])
    if score > best_score:
        chosen_ratio, best_score, winner = ratio, score, candidate
reported = average_precision_score(y_test, winner.predict_proba(X_test)[:, 1])
### END SOLUTION

# %% nbgrader={"grade_id": "find-the-bug-ratio-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.find_the_bug_ratio(*answers("chosen_ratio", "reported"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# The test half is asked twice, and the better answer is kept. What is it worth as a test, then?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# In the loop score each candidate on `choose_X`, `choose_y`. After the loop score the winner on the test half, once.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# `score = average_precision_score(choose_y, candidate.predict_proba(choose_X)[:, 1])`, keep `winner = candidate` where
# a new best is found, and after the loop `reported = average_precision_score(y_test,
# winner.predict_proba(X_test)[:, 1])`.
# </details>

# %% [markdown]
# ## Learners asked

# %% [markdown]
# **How do I choose between sampling and weights?** First ask whether you need either: with a threshold tuned for these
# costs, no gain of either is shown here. If the model takes weights, they do to its loss what copies do, without the
# copies:

# %%
for model in everywhere:
    for metric in ("average_precision", "cost"):
        told = verdict(contest[model], "class weights", "random oversampling", metric)
        name = scoreboard.METRICS[metric][0]
        told = told.replace("the reverse", "copies ahead").replace("holds", "weights ahead")
        print(f"{model:<21}{name:<18}weights minus copies: {told}")

# %% [markdown]
# In cost these folds cannot tell the two apart. In ranking the interval leaves 0 out twice, once on either side. (The
# weights here make both classes equal, the copies 1:2, so a part of the difference is that.) Weights cost no memory and
# invent nothing.
#
# Sampling is for what weights cannot do: undersampling when the data are too many to handle, oversampling when the
# model has no weights. After either the probabilities must be corrected (lessons 4 and 5). Lesson 7 chooses weights
# by *costs* instead of counts.

# %% [markdown]
# **SMOTEENN takes for ever. What can I do?** Undersample first: see the picture above. And look at the scoreboard
# before you wait for it. With millions of rows and few positives, keep all positives and as many negatives for each as
# you have memory and time for, and correct the probabilities by the kept fraction.

# %% [markdown]
# **Does sampling help in deep learning?** The problem there is a small one first: most *batches* hold no positive at
# all, so most steps learn nothing about them. A sampler that draws the classes evenly repairs that (PyTorch has
# `WeightedRandomSampler`). It is oversampling by copies, with all that follows: positives are seen again and again, and the probabilities fit the
# batches, not the world.

# %%
share, batch, epoch, positives = 0.01, 32, 10_000, 100
print(f"batches of {batch} without a positive, drawn as they come: {(1 - share) ** batch:.0%}")
print(f"drawn evenly: {0.5**batch:.1e}, and each positive is seen {epoch * 0.5 / positives:.0f} times an epoch")
odds_factor = (share / (1 - share)) / (0.5 / 0.5)
print(f"back to the world: multiply the odds that the network tells by {odds_factor:.4f}")

# %% [markdown]
# SMOTE on pixels or texts makes ghosts, two pictures laid over one another; use augmentation, which makes new rows of
# a kind that occurs. Weights in the loss are the alternative, with a learning rate that bears them. In a large study
# of image networks (Buda and others 2018) oversampling by copies did best in nearly all cases by ROC AUC, and where
# accuracy counted, thresholds were corrected for the priors. That was for networks and images: no law, either.

# %% [markdown]
# ## Quick check
#
# Write the letter of your choice in quotes. Each option answers with its reason; try the wrong ones, too.
#
# **Question 1.** You call `SMOTEENN(sampling_strategy=0.5)` on data with 1 % positives. What is the ratio of positives
# to negatives afterwards?
#
# - **a** Exactly 0.5, that is what the number means.
# - **b** Somewhere near 0.5.
# - **c** 1, because ENN cleans until the classes are equal.
# - **d** As before: SMOTE adds what ENN removes.

# %% nbgrader={"grade_id": "quick-check-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_1 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
answer_1 = "b"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.quick_check_1(*answers("answer_1"))

# %% [markdown]
# **Question 2.** You compared twenty strategies with leaving the data alone, all with tuned thresholds. The best of
# them costs 600 euro less a fold; its corrected interval goes from −2,700 to +1,500, and no other lies below 0. What
# do you report?
#
# - **a** The best strategy saves 600 euro a fold.
# - **b** No strategy is shown to be cheaper than leaving the data alone.
# - **c** All twenty-one cost the same: that is proved now.
# - **d** Nothing yet. Try more strategies until one interval leaves 0 out.

# %% nbgrader={"grade_id": "quick-check-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_2 = ...  # "a", "b", "c" or "d"
### BEGIN SOLUTION
answer_2 = "b"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.quick_check_2(*answers("answer_2"))

# %% [markdown]
# ## What you take away
#
# - **Add, then drop:** each ratio is minority over majority *after its step*; the second counts synthetic rows, too.
# - **Add, then clean:** SMOTETomek and SMOTEENN clean both classes, so the ratio asked for is no longer the ratio you
#   get. Clean before SMOTE, and much of the rare class can go first.
# - **Search inside the pipeline**, by a metric that needs no cut, and report the winner on rows that had no say.
# - **Compare like with like:** same folds, both at a tuned threshold, an interval that knows that folds share rows.
# - In ten folds of these payments no interval shows a gain of any combination over leaving the data alone and moving
#   the threshold, in average precision, Brier score or cost. By log loss boosting did gain. It is one set of 20,000
#   rows and 200 positives, with few models tuned, and small gains it cannot see: *run your own contest*.
#
# **What goes wrong in practice:** cleaning before oversampling; a contest scored on resampled folds; a resampled
# model at 0.5 against an untouched one at 0.5; the best of many reported without a fresh test set; weights stacked on
# SMOTE; naive intervals; hours of waiting for SMOTEENN.

# %% [markdown]
# ### Where to read on
#
# - Batista, Prati and Monard (2004), *A study of the behavior of several methods for balancing machine learning
#   training data*, SIGKDD Explorations 6(1), doi 10.1145/1007730.1007735: SMOTE with Tomek links and with ENN.
# - Buda, Maki and Mazurowski (2018), *A systematic study of the class imbalance problem in convolutional neural
#   networks*, Neural Networks 106, doi 10.1016/j.neunet.2018.07.011.
# - Cawley and Talbot (2010), *On over-fitting in model selection and subsequent selection bias in performance
#   evaluation*, JMLR 11: why the best score of a search is not the result.
# - Chawla, Bowyer, Hall and Kegelmeyer (2002), *SMOTE: synthetic minority over-sampling technique*, JAIR 16, doi
#   10.1613/jair.953: SMOTE, from the start together with undersampling.
# - Chen, Liaw and Breiman (2004), *Using random forest to learn imbalanced data*, report 666, Department of
#   Statistics, University of California, Berkeley: the balanced random forest.
# - Elor and Averbuch-Elor (2022), *To SMOTE, or not to SMOTE?*, arXiv:2201.08528: a far larger contest.
# - Liu and others (2025), *CLIMB: class-imbalanced learning benchmark on tabular data*, NeurIPS, arXiv:2505.17451: 73
#   real sets and 29 methods (cited by its abstract).
# - Liu, Wu and Zhou (2009), *Exploratory undersampling for class-imbalance learning*, IEEE Transactions on Systems,
#   Man, and Cybernetics B 39, doi 10.1109/TSMCB.2008.2007853: easy ensemble.
# - Nadeau and Bengio (2003), *Inference for the generalization error*, Machine Learning 52, doi
#   10.1023/A:1024068626366: the corrected interval.
# - Seiffert, Khoshgoftaar, Van Hulse and Napolitano (2010), *RUSBoost: a hybrid approach to alleviating class
#   imbalance*, IEEE Transactions on Systems, Man, and Cybernetics A 40, doi 10.1109/TSMCA.2009.2029559.
# - van den Goorbergh and others (2022), *The harm of class imbalance corrections for risk prediction models*, JAMIA
#   29, doi 10.1093/jamia/ocac093.
#
# **Next:** lesson 7 leaves the data alone and changes what errors cost.
