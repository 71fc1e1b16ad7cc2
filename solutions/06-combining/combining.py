# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {lesson: 06-combining, version: "2.0"}
# ---

# %% [markdown]
# # Lesson 6 · Combining
#
# **Which technique is best once all of them are compared fairly?** After this lesson you can
#
# 1. combine oversampling with undersampling or cleaning;
# 2. search for ratios, and report the winner on fresh rows;
# 3. compare strategies like with like;
# 4. read what an interval shows, allows, and could have seen.
#
# **Time** 34 minutes · **Needs** lessons 4 and 5 · **Points** 20, in four tasks

# %% [markdown]
# The data:

# %% nbgrader={"grade_id": "setup", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sklearn
from imblearn import ensemble
from imblearn.combine import SMOTEENN
from imblearn.over_sampling import SMOTE
from imblearn.pipeline import Pipeline, make_pipeline
from imblearn.under_sampling import EditedNearestNeighbours, RandomUnderSampler, TomekLinks
from scipy.stats import t
from sklearn import metrics
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_score, recall_score
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

from imbalanced_course import datasets, plots, real_data, scoreboard, study
from imbalanced_course.plots.style import GREY, LINES, REFERENCE, ROLES

sklearn.set_config(display="text")
plt.style.use("imbalanced_course.plots.course")

# %% nbgrader={"grade_id": "setup-data", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
X, y = datasets.make_two_features()  # 10,000 rows, 100 of them positive
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=1)

# %% nbgrader={"grade_id": "setup-contest", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3} jupyter={"source_hidden": true}
payments, is_fraud = datasets.features_and_target(datasets.load_transactions())  # 20,000 rows, 1% fraud
PLAIN = "not resampled"
contest = {model: scoreboard.load_contest(model) for model in scoreboard.CONTEST_MODELS}
for stored in contest.values():
    names = stored["strategy"]
    stored["strategy"] = names.mask(names.str.startswith("leave the"), PLAIN)
logistic = contest["logistic regression"]  # its results on the payments, fold by fold

# %% [markdown]
# ## Two questions from before
#
# At the end of lesson 5 you bet on which strategy costs least, each at its tuned threshold.

# %% jupyter={"source_hidden": true}
from imbalanced_course.bets import last_bet

last_bet("oversampling")

# %% [markdown]
# Compare section 4's column *€ tuned*. Now two questions; write the letter of your choice in quotes.
#
# **Question 1.** A pipeline of imbalanced-learn has the steps SMOTE and logistic regression. You run five-fold
# cross-validation with it. Which rows does SMOTE see?
#
# - **a** All rows, once, before the folds are made
# - **b** The rows of each test fold, before they're scored
# - **c** The training rows of each fold, when it's fitted
# - **d** Only the rows that the first fit got wrong

# %% nbgrader={"grade_id": "before-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
before_1 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
before_1 = "c"
### END SOLUTION

# %% nbgrader={"grade_id": "before-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.before_1(*answers("before_1"))

# %% [markdown]
# **Question 2.** Of all payments, 1% are fraud. A model learns from an undersampled 1:1 training set, and its
# probabilities are right for that set. A payment gets 0.5. How likely is this payment to be fraud?
#
# - **a** About 1%
# - **b** About 10%
# - **c** 50%
# - **d** About 99%

# %% nbgrader={"grade_id": "before-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
before_2 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
before_2 = "a"
### END SOLUTION

# %% nbgrader={"grade_id": "before-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.before_2(*answers("before_2"))

# %% [markdown]
# ## 1 · Add, then drop or clean
#
# Chawla and others (2002), who introduced SMOTE, already combined it with undersampling.

# %%
grown, grown_y = SMOTE(sampling_strategy=0.1, random_state=1).fit_resample(X, y)
mixed, mixed_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(grown, grown_y)
for counted in (y, grown_y, mixed_y):
    print(counted.value_counts().sort_index().to_dict())

# %% [markdown]
# Each ratio is **minority over majority after its step**, and the second step counts synthetic positives like real
# ones.
#
# SMOTE draws its points on lines between positives, and some of these lines lead through negatives. Two combinations
# **clean afterward**, in both classes (after Batista and others 2004):
#
# - `SMOTETomek` removes *both rows* of each Tomek link: mutual nearest neighbors of two classes.
# - `SMOTEENN` (edited nearest neighbors) by default removes each row with *even one* of the other class among its three nearest
#   neighbors.
#
# So a ratio that you ask for holds *before* cleaning. Guess what share SMOTEENN removes in the figure.

# %% tags=["guess"]
guess_removed = ...  # share of the rows that SMOTE returned, 0 to 1

# %% jupyter={"source_hidden": true}
crowd_X, crowd_y = datasets.make_two_features(1_200, minority_share=0.05, seed=4)
more_X, more_y = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(crowd_X, crowd_y)
second_steps = {
    "SMOTE to 0.5": None,
    "then undersampled to 0.8": RandomUnderSampler(sampling_strategy=0.8, random_state=1),
    "then Tomek links (SMOTETomek)": TomekLinks(sampling_strategy="all"),
    "then ENN (SMOTEENN)": EditedNearestNeighbours(sampling_strategy="all"),
}

# %% jupyter={"source_hidden": true}
figure, panels = plt.subplots(2, 2, figsize=(7, 6.2), layout="constrained", sharex=True, sharey=True)
for ax, (name, step) in zip(panels.flat, second_steps.items(), strict=True):
    rows, classes = step.fit_resample(more_X, more_y) if step else (more_X, more_y)
    gone = more_X.drop(step.sample_indices_) if step else more_X.head(0)
    _ = plots.class_scatter(rows, classes, ax=ax).set_title(f"{name}\n{len(gone)} of {len(more_X):,} rows removed")
    _ = ax.scatter(*gone.T.to_numpy(), marker="x", s=16, c="black", lw=0.8, zorder=6, label="removed")
    _ = (ax.label_outer(), ax.get_legend().remove())
handles, _ = panels[1, 1].get_legend_handles_labels()
_ = figure.legend(handles, ["negative", "positive", "removed"], loc="outside lower center", ncols=3)
plots.captioned(
    figure,
    "Four panels: circles are negatives, triangles positives, crosses removed rows. Undersampling takes negatives "
    "everywhere, Tomek links a few pairs where the classes meet, and ENN a strip there.",
)

# %% [markdown]
# What surprised you?
#
# ### Task 6.1 · Count after two steps (5 points, 4 minutes)
#
# `X`, `y` has 9,900 negatives and 100 positives.
#
# 1. By hand: how many positives and negatives are there after SMOTE to **0.2** and then undersampling to **0.8**?
# 2. The cell runs SMOTEENN's two steps. Count the negatives, real positives, and synthetic ones that *stay*.
#
# The check compares five whole numbers.

# %% nbgrader={"grade_id": "combination-by-hand", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
positives_after, negatives_after = ..., ...  # whole numbers

X_more, y_more = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
cleaner = EditedNearestNeighbours(sampling_strategy="all")
_ = cleaner.fit_resample(X_more, y_more)
# cleaner.sample_indices_: positions of the rows that stay, in X_more and y_more; those below len(X) are real.
kept_negatives = ...  # whole number
kept_real = ...  # whole number: real positives
kept_synthetic = ...  # whole number: synthetic positives
### BEGIN SOLUTION
positives_after = int(0.2 * 9_900)
negatives_after = int(positives_after / 0.8)
stays = cleaner.sample_indices_
positive, real_row = y_more.to_numpy()[stays] == 1, stays < len(X)
kept_negatives = np.sum(~positive)
kept_real = np.sum(positive & real_row)
kept_synthetic = np.sum(positive & ~real_row)
### END SOLUTION

# %% nbgrader={"grade_id": "combination-by-hand-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.combination_by_hand(
    *answers("positives_after", "negatives_after", "kept_negatives", "kept_real", "kept_synthetic")
)

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which class does each step change? In step 2, what do the positions in `cleaner.sample_indices_` refer to?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# After SMOTE the positives are the ratio times the negatives, the real ones included. After undersampling the negatives
# are the positives divided by the ratio. In step 2, take the labels of the rows that stay from `y_more`. A position
# below `len(X)` is a real row.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same on other data, four real rows and two new ones, of which positions 0, 2, and 5 stay:
#
# ```python
# six_labels, three_stay = np.array([0, 0, 1, 1, 1, 1]), np.array([0, 2, 5])
# six_positive = six_labels[three_stay] == 1
# print(np.sum(~six_positive), np.sum(six_positive & (three_stay < 4)), np.sum(six_positive & (three_stay >= 4)))
# ```
# </details>

# %% [markdown]
# ## 2 · Search for the ratios
#
# The figure scores SMOTE's ratios in the pipeline and, wrongly, on folds made after oversampling. Guess which ratio the
# wrong way recommends.

# %% tags=["guess"]
guess_ratio = ...  # 0.05, 0.2, 0.5, or 1.0

# %% jupyter={"source_hidden": true}
inside, before, tried = [], [], (0.05, 0.2, 0.5, 1.0)
for ratio in tried:
    smote = SMOTE(sampling_strategy=ratio, random_state=1)
    model = make_pipeline(StandardScaler(), smote, LogisticRegression())
    inside.append(cross_val_score(model, X_train, y_train, cv=3, scoring="average_precision"))
    wrong_rows, wrong_y = smote.fit_resample(X_train, y_train)  # before the folds are made: wrong
    plain = make_pipeline(StandardScaler(), LogisticRegression())
    before.append(cross_val_score(plain, wrong_rows, wrong_y, cv=3, scoring="average_precision"))

# %% jupyter={"source_hidden": true}
figure, ax = plt.subplots(figsize=(6, 3.6), layout="constrained")
for scores, look, label in (
    (inside, {"color": ROLES["model"], "marker": "o"}, "SMOTE in the pipeline"),
    (before, {"color": ROLES["highlighted"], "marker": "s", "linestyle": "-."}, "SMOTE before the folds (wrong)"),
):
    _ = ax.plot(tried, np.mean(scores, axis=1), **look, label=f"{label}, mean of three folds")
    _ = ax.plot(tried, scores, **{**look, "linestyle": "none"}, markersize=3, alpha=0.7)
_ = ax.set(xlabel="ratio after SMOTE", ylabel="average precision of a fold", ylim=(0, 1.02))
_ = figure.legend(loc="outside lower center")
plots.captioned(
    ax,
    "Average precision against the ratio after SMOTE. The wrong way (squares) climbs. In the pipeline (dots), folds "
    "(small) vary more than their means (lines).",
)

# %% [markdown]
# What surprised you? The upper line's *folds* change: more positives, and points made from rows of other folds. Its
# chance level rises, too, so it would recommend the strongest oversampling even with nothing to learn.
#
# 1. **Put samplers inside the pipeline.**
# 2. **Score by a metric that needs no threshold.** Otherwise the search tunes a threshold in disguise.
# 3. **Report the winner on rows that had no say.** The best of many was partly lucky (Cawley and Talbot 2010).

# %% jupyter={"source_hidden": true}
luck = np.random.default_rng(6).normal(0.70, 0.02, size=(10_000, 12))  # twelve equal strategies, many times
print("twelve equal strategies, independent scores around a true average precision of 0.700;", end=" ")
print(f"score of the best, on average: {luck.max(axis=1).mean():.3f}")

# %% [markdown]
# `GridSearchCV` searches the settings of a `Pipeline`'s named steps and refits the winner:

# %%
steps = [("scaler", StandardScaler()), ("smote", SMOTE(random_state=1)), ("model", LogisticRegression())]
settings = {"smote__sampling_strategy": [0.05, 0.5]}  # step's name, two underscores, its parameter
one_ratio = GridSearchCV(Pipeline(steps), settings, scoring="average_precision", cv=3).fit(X_train, y_train)
print(one_ratio.best_params_)

# %% [markdown]
# ### Task 6.2 · A search over two ratios (5 points, 5 minutes)
#
# 1. Build a `GridSearchCV` with `scoring="average_precision"` and `cv=3` over a `Pipeline` in this order:
#    `StandardScaler`, `SMOTE`, `RandomUnderSampler` (both with `random_state=1`), `LogisticRegression`. You could name
#    the samplers `over` and `under`. SMOTE tries `over_ratios`, undersampling `under_ratios`.
# 2. Fit it on `X_train`, `y_train`, and note the two ratios that win.
# 3. Compute the winner's average precision on `X_test`, `y_test` (three decimals).

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
# Which library's `Pipeline` accepts samplers? What does the search need to know besides the pipeline and the grid?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# These steps do it, in shuffled order: score the search's probabilities of class 1 on the test half; give each step a
# name in `Pipeline([("name", step), …])`; fit the search on the training half; make a dict whose two keys end in
# `__sampling_strategy`; read `best_params_`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for another setting, the penalty of a pipeline without samplers:
#
# ```python
# two_steps = Pipeline([("scaler", StandardScaler()), ("model", LogisticRegression())])
# other = GridSearchCV(two_steps, {"model__C": [0.1, 1.0]}, scoring="roc_auc", cv=5).fit(X_train, y_train)
# print(other.best_params_, metrics.roc_auc_score(y_test, other.predict_proba(X_test)[:, 1]))
# ```
# </details>

# %% [markdown]
# ## 3 · Ensembles that resample
#
# Undersampling throws most negatives away. An ensemble can give each member a *different* sample. Here are four, on
# lesson 3's patients (4.6% positive), with TSH.

# %%
ensembles = {
    # A hundred trees, each fitted on a bootstrap sample: rows drawn with replacement.
    "random forest, not resampled": RandomForestClassifier(random_state=1),
    # Bagging means one model per bootstrap sample. Each sample is undersampled here:
    "balanced bagging": ensemble.BalancedBaggingClassifier(n_estimators=50, random_state=1),
    # A balanced bootstrap for each tree; the defaults changed between versions, so write them out:
    "balanced random forest": ensemble.BalancedRandomForestClassifier(
        sampling_strategy="all", replacement=True, bootstrap=False, random_state=1
    ),
    # AdaBoost is a kind of boosting: small trees in turn, each for the mistakes of those before. This averages ten,
    # each on a balanced sample:
    "easy ensemble": ensemble.EasyEnsembleClassifier(random_state=1),
    # One AdaBoost that undersamples before each tree; its default trees, "stumps", split only once:
    "RUSBoost": ensemble.RUSBoostClassifier(
        DecisionTreeClassifier(max_depth=4), n_estimators=30, learning_rate=0.1, random_state=1
    ),
}

# %% [markdown]
# Guess the balanced random forest's mean probability.

# %% tags=["guess"]
guess_mean = ...  # mean predicted probability, 0 to 1

# %% jupyter={"source_hidden": true}
patients = real_data.load_thyroid().drop_duplicates()
is_ill = patients.pop("hypothyroid")
halves = train_test_split(patients, is_ill, test_size=0.5, stratify=is_ill, random_state=1)
prepared = make_column_transformer(
    (OneHotEncoder(handle_unknown="ignore", sparse_output=False), make_column_selector(dtype_include="category")),
    (SimpleImputer(strategy="median", add_indicator=True), make_column_selector(dtype_include="number")),
)
lines = {"share of ill patients": {"mean probability": halves[3].mean()}}
for name, model in ensembles.items():
    p = make_pipeline(prepared, model).fit(halves[0], halves[2]).predict_proba(halves[1])[:, 1]
    found = {"mean probability": p.mean(), "average precision": average_precision_score(halves[3], p)}
    found |= {"log loss": metrics.log_loss(halves[3], p), "Brier score": metrics.brier_score_loss(halves[3], p)}
    lines[name] = found | {"recall at 0.5": recall_score(halves[3], p >= 0.5)}
pd.DataFrame.from_dict(lines, orient="index").map(lambda value: "" if np.isnan(value) else f"{value:.3f}")

# %% [markdown]
# What surprised you? The plain forest has the best average precision, log loss, and Brier score. The others find more
# at 0.5: their probabilities are too high. It's just one split.

# %% [markdown]
# ## 4 · Compare like with like
#
# The strategies of lessons 4 to 6 ran on the payments, on the same ten folds, with a miss at €1,000 and a
# false alarm at €10. Here's what a fold cost with logistic regression at 0.5. Which of the six would you ship?

# %% jupyter={"source_hidden": true}
SIX = [PLAIN, "random undersampling", "SMOTE", "SMOTE 0.1, then undersampling", "SMOTETomek", "SMOTEENN"]
marks = {
    scoreboard.DEFAULT_CUT: {"marker": "o", "s": 80, "c": "white", "label": "at 0.5"},
    scoreboard.TUNED_CUT: {"marker": "D", "s": 18, "c": "black", "label": "tuned"},
}
at_default = logistic[logistic["cut"] == scoreboard.DEFAULT_CUT].groupby("strategy").mean(numeric_only=True).loc[SIX]
at_tuned = logistic[logistic["cut"] == scoreboard.TUNED_CUT].groupby("strategy").mean(numeric_only=True).loc[SIX]
for name, cost in at_default["cost"].items():
    print(f"{name:<31}€{cost:>7,.0f} per fold at 0.5")

# %% tags=["guess"]
guess_ship = ...  # name of a strategy, in quotes

# %% [markdown]
# Each was also judged at a **tuned threshold**, the cheapest one on training rows that its model didn't learn from.
# (*Tuned boosting* has better settings.)

# %% jupyter={"source_hidden": true}
figure, panels = plt.subplots(2, 2, figsize=(7, 5.4), layout="constrained", sharex=True, sharey=True)
for ax, model in zip(panels.flat, scoreboard.CONTEST_MODELS[:4], strict=True):
    cost = contest[model].groupby(["strategy", "cut"])["cost"].mean()
    for cut, look in marks.items():
        _ = ax.scatter([cost[one, cut] for one in SIX], SIX, ec="black", zorder=3, **look)
    _ = ax.axvline(cost[PLAIN, scoreboard.TUNED_CUT], **REFERENCE)
    _ = (ax.set(title=model, xlim=(0, 36_000), ylim=(5.5, -0.5)), ax.xaxis.set_major_formatter("{x:,.0f}"))
    _ = (ax.set_xlabel("cost of a fold (€)"), ax.label_outer())
_ = figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=2)
plots.captioned(
    figure,
    "Mean cost of six strategies with four models. At 0.5 (circles), not resampling is the most expensive "
    "strategy with each model. Tuned (diamonds), all are near the dashed line (not resampled, tuned).",
)

# %% jupyter={"source_hidden": true}
columns = {"average_precision": "average precision", "log_loss": "log loss", "brier": "Brier score"}
table = at_tuned[list(columns)].round(3).rename(columns=columns)
table["€ at 0.5"], table["€ tuned"] = at_default["cost"].astype(int), at_tuned["cost"].astype(int)
print("strategies, of the contest's other 23, with a better log loss than not resampled (interval below 0):", end=" ")
for model in scoreboard.CONTEST_MODELS[:4]:
    tuned_rows = contest[model].query("cut == @scoreboard.TUNED_CUT and model == @model")
    loss = tuned_rows.pivot(index="fold", columns="strategy", values="log_loss")
    gains = [scoreboard.corrected_interval(loss[one] - loss[PLAIN], n_train=16_000, n_test=4_000) for one in loss]
    print(f"{model} {sum(gain.high < 0 for gain in gains)}", end="; " if model != "tuned boosting" else "\n")
table.assign(seconds=at_tuned["fit_seconds"].round(2)).rename_axis("logistic regression")

# %% [markdown]
# Comparing a resampled model at 0.5 with another model at 0.5 compares two *thresholds*. Only Brier score and log
# loss (lower is better) judge probabilities.
#
# `scoreboard.difference` compares fold by fold and returns a mean and a 95% interval.

# %% nbgrader={"grade_id": "setup-half", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
half = scoreboard.DEFAULT_CUT  # in a pair with a strategy's name; a name alone means a tuned threshold
print(scoreboard.difference(logistic, ("SMOTETomek", half), (PLAIN, half), "recall"))

# %% [markdown]
# ### Task 6.3 · Which strategy would you ship? (5 points, 4 minutes)
#
# The bank ships one of the six with logistic regression and a tuned threshold. It also adds up the probabilities to
# plan for fraud.
#
# 1. Compute the mean difference in cost, `"random undersampling"` minus `PLAIN`, both at 0.5, in whole euros.
# 2. Compute it with both tuned, and its interval.
# 3. Choose the strategy to ship, and the reason:
#    - **a** Its mean cost at 0.5 is the lowest.
#    - **b** Its mean tuned cost is the lowest.
#    - **c** The intervals include 0, so all six cost the same.
#    - **d** Even the cheapest isn't shown to beat it, and its log loss is lowest.
#
# The check compares all your answers.

# %% nbgrader={"grade_id": "which-to-ship", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
gap_default = ...  # euros per fold: random undersampling minus PLAIN, both at 0.5
gap_tuned = ...  # euros per fold: the same, both at their tuned thresholds
gap_low, gap_high = ..., ...  # euros per fold: the ends of the interval for gap_tuned
ship = ...  # name of a strategy, in quotes
reason = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
cheapest = "random undersampling"
gap_default = scoreboard.difference(logistic, (cheapest, half), (PLAIN, half), "cost").mean
gap_tuned, gap_low, gap_high = scoreboard.difference(logistic, cheapest, PLAIN, "cost")
ship, reason = PLAIN, "d"
### END SOLUTION

# %% nbgrader={"grade_id": "which-to-ship-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.which_to_ship(*answers("gap_default", "gap_tuned", "gap_low", "gap_high", "ship", "reason"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Which columns of the table does the bank's use depend on?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Call `scoreboard.difference` twice with the metric `"cost"`, once with pairs of a name and `half`, once with the names
# alone. For the choice, ask which costs are *shown* to differ, and which probabilities you'd want to add up.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for other strategies and another metric:
#
# ```python
# found = scoreboard.difference(contest["random forest"], "SMOTE", "SMOTETomek", "brier")
# print(found.mean, found.low, found.high)
# ```
# </details>

# %% [markdown]
# ## 5 · What an interval says
#
# Ten folds give ten differences, but they're *not* ten experiments, because folds share training rows. So the
# differences vary too little, and the usual (naive) interval is too short. The corrected interval is wider (Nadeau and
# Bengio 2003; see *Optional*).
#
# Ask three questions of any interval:
#
# - **What does it show?** If it includes 0, the direction is *undecided*. That doesn't make two strategies equal.
# - **What does it allow?** Every value inside. A larger gain isn't *compatible* with the data (at 95%).
# - **What could it have seen?** A true gain of 1.4 times half its width is found about four times out of five.

# %% [markdown]
# ## 6 · Many real datasets
#
# The course's study set nine treatments to equal classes (1:1) on many real datasets, each counting once. Three
# models, each at default and *tuned* for log loss, make six.

# %% nbgrader={"grade_id": "setup-study", "grade": false, "solution": false, "locked": true, "task": false, "schema_version": 3}
real = study.load_differences().query("kind == 'real'")  # treated minus not resampled, one row per dataset and metric


def over(model, version, treatment, metric):
    chosen = "model == @model and version == @version and treatment == @treatment and metric == @metric"
    return study.over_sets(real.query(chosen), metric)


pd.Series(over("random forest", "default", "balanced bagging", "average_precision")._asdict()).head(5).round(4)

# %% [markdown]
# Higher is better here, so a gain is above 0. `low` is below 0 and `high` above, so the direction is undecided. A gain
# of `0.01` is beyond `high`, so it isn't compatible. One of `0.005` remains possible.
# `detectable`, about 1.4 times half the width, is above `0.01`, so such a gain would often be missed.
#
# Guess for how many of the six models any treatment shows a gain in average precision.

# %% tags=["guess"]
guess_models = ...  # whole number, 0 to 6

# %% jupyter={"source_hidden": true}
SHOWN = {"average_precision": "average precision", "log_loss": "log loss", "cost_25_tuned": "cost at 25:1, tuned"}
SIX_MODELS = [(m, v) for m in study.MODELS for v in ("default", "tuned")]
NINE = [one for one in study.TREATMENTS if one != "none"]
rows = [(m, v, one, k, *over(m, v, one, k)) for m, v in SIX_MODELS for one in NINE for k in SHOWN]
many = pd.DataFrame(rows, columns=["model", "version", "treatment", "metric", *study.OverSets._fields])
many["half"] = (many["high"] - many["low"]) / 2
by_place = many.set_index(["model", "version", "metric", "treatment"]).sort_index()
NINE = many[many["metric"] == "average_precision"].groupby("treatment")["mean"].mean().sort_values().index.tolist()

# %% jupyter={"source_hidden": true}
figure, panels = plt.subplots(2, 3, figsize=(7, 6.6), layout="constrained", sharex="row", sharey=True)
for place, model in enumerate(study.MODELS):
    for ax, metric in zip(panels[:, place], SHOWN, strict=False):
        for version, look, shift in (("default", LINES[1], -0.17), ("tuned", LINES[0], 0.17)):
            part = by_place.loc[model, version, metric].loc[NINE]
            look = {**look, "linestyle": "none", "markersize": 4, "capsize": 2, "label": version}
            _ = ax.errorbar(part["mean"], np.arange(9) + shift, xerr=part["half"], **look)
        _ = (ax.axvline(0, **REFERENCE), ax.locator_params(axis="x", nbins=3), ax.set_yticks(range(9), NINE))
        _ = ax.set(title=model, xlabel=f"{SHOWN[metric]},\ndifference")
_ = figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=2)
plots.captioned(
    figure,
    "Mean differences with 95% intervals: nine treatments, default (triangles) and tuned (dots). Top: average "
    "precision, mostly at or left of 0. Bottom: log loss, mostly right of 0 (worse).",
)

# %% jupyter={"source_hidden": true}
signs = {metric: 1 if study.METRICS[metric][1] == "higher" else -1 for metric in study.METRICS}
for metric, name in {**SHOWN, "roc_auc": "ROC AUC"}.items():
    print(f"{name}: gains shown (the 95% interval excludes 0)")
    gains = losses = 0
    for model, version in SIX_MODELS:
        for one in NINE:
            found = over(model, version, one, metric)
            least, most = sorted((signs[metric] * found.low, signs[metric] * found.high))
            gains, losses = gains + (least > 0), losses + (most < 0)
            if least > 0:
                print(f"    {model}, {version}, {one}: {signs[metric] * found.mean:.3f} ({least:.3f} to {most:.3f})")
    print(f"    {gains} of 54 (6 models x 9 treatments); losses: {losses}")

# %% [markdown]
# What surprised you? On these datasets:
#
# - **Average precision**: no treatment shows a gain with any of the six models, and many show a loss.
# - **Log loss**: with logistic regression and with tuned models, every treatment made it worse.
# - **Cost** at a tuned threshold (a miss is 25 alarms): 5 of 54 intervals show a gain, of 2 to 3% of the cost without a
#   model. Chance alone would give about 1.4. Four of them are logistic regression's, and these treatments resemble each
#   other.

# %% [markdown]
# ### Task 6.4 · What does an interval allow? (5 points, 4 minutes)
#
# 1. Complete the function, which answers section 5's three questions for any interval.
# 2. Get each comparison's interval from `over`, and choose a sentence:
#
# - **a** It's better.
# - **b** It's worse.
# - **c** The direction is undecided, and the wanted gain isn't compatible (outside the interval).
# - **d** The direction is undecided, and the wanted gain remains possible.
#
# The check calls your function with other intervals. Some end exactly at 0 or at the gain.


# %% nbgrader={"grade_id": "what-it-allows", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def read_interval(low, high, better, wanted_gain):
    """Return what the interval from `low` to `high` of treated minus not resampled says.

    better: "higher" or "lower", the better direction of the metric. wanted_gain: the gain worth having, above 0.
    Returns a dict: "shows" ("better", "worse", or "undecided"), "allows" (True if the gain can be `wanted_gain` or
    more), and "could_see" (True if `wanted_gain` is at least 1.4 times half the interval's width).
    """
    worst, best = (low, high) if better == "higher" else (-high, -low)  # smallest and largest gain in the interval
    result = ...  # dict with the keys "shows", "allows", "could_see"
    ### BEGIN SOLUTION
    result = {
        "shows": "better" if worst > 0 else "worse" if best < 0 else "undecided",
        "allows": best >= wanted_gain,
        "could_see": wanted_gain >= 1.4 * (high - low) / 2,
    }
    ### END SOLUTION
    return result


linear = ...  # letter: logistic regression, tuned; SMOTE, log loss; wanted gain 0.01
forest_weights = ...  # letter: random forest, default; weights, log loss; wanted gain 0.02
boosting = ...  # letter: histogram boosting, default; balanced bagging, average precision; wanted gain 0.015
cost_of_boosting = ...  # letter: histogram boosting, tuned; SMOTETomek, "cost_25_tuned"; wanted gain 0.05
### BEGIN SOLUTION
four = [
    (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
]
said = [read_interval(one.low, one.high, better, wanted) for one, better, wanted in four]
letters = {"better": ("a", "a"), "worse": ("b", "b"), "undecided": ("c", "d")}
linear, forest_weights, boosting, cost_of_boosting = (letters[one["shows"]][one["allows"]] for one in said)
### END SOLUTION

# %% nbgrader={"grade_id": "what-it-allows-check", "points": 5, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.what_it_allows(*answers("read_interval", "linear", "forest_weights", "boosting", "cost_of_boosting"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# `worst` and `best` are gains, so for them larger is better in every metric. Which of the two decides whether a gain is
# *shown*, and which decides whether it's *possible*?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# A treatment is better if even `worst` is above 0, and worse if even `best` is below 0. A gain is possible if `best`
# reaches it. Half the width is `(high - low) / 2`. Then call `over` from section 6 with the names in the cell's
# comments.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method on other data, a diet's effect on weight in kilograms, where 3 kilograms less would be worth it:
#
# ```python
# from_kg, to_kg = -4.0, 1.0  # an interval for the change
# print("undecided" if from_kg <= 0 <= to_kg else "shown", -from_kg >= 3.0, 3.0 >= 1.4 * (to_kg - from_kg) / 2)
# ```
# </details>

# %% [markdown]
# ## Quick check
#
# Write the letter of your choice in quotes.
#
# **Question 1.** Data with 1% positives go through `SMOTEENN(sampling_strategy=0.5)`. What is the ratio of positives to
# negatives afterward?
#
# - **a** Exactly 0.5, the number asked for
# - **b** 1, because ENN removes rows until the classes are equal
# - **c** Again 0.01, because ENN removes what SMOTE added
# - **d** Known only by counting, because ENN cleans both classes

# %% nbgrader={"grade_id": "quick-check-1", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_1 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_1 = "d"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-1-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.quick_check_1(*answers("answer_1"))

# %% [markdown]
# **Question 2.** On your own table, none of twelve treatments of a forest shows a gain in average precision. Half the
# width of each corrected interval is about 0.05. A true gain of 0.03 would already pay. What follows for such a gain?
#
# - **a** There is none, or one interval would be above 0.
# - **b** These data would mostly miss it, so collect more.
# - **c** More repeats of the folds will bring it to light.
# - **d** Any treatment with a mean of 0.03 or more has it.

# %% nbgrader={"grade_id": "quick-check-2", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
answer_2 = ...  # "a", "b", "c", or "d"
### BEGIN SOLUTION
answer_2 = "b"
### END SOLUTION

# %% nbgrader={"grade_id": "quick-check-2-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.quick_check_2(*answers("answer_2"))

# %% [markdown]
# ## Key points
#
# - A ratio is minority over majority *after its step*. Cleaning changes it.
# - Search inside the pipeline, and report the winner on rows that had no say.
# - Compare like with like: same folds, tuned thresholds, and log loss.
# - Ask which gains an interval allows, and which it could have seen.
# - What resampling does depends on model, tuning, and metric. *Run your own contest.*
#
# **Mistakes seen in practice:** positives lost by cleaning (*how many stay?*); "no difference shown" read as "no
# difference" (*what could it see?*); RUSBoost judged with default stumps (*which settings?*).
#
# ### Tomorrow
#
# Lesson 7 gives a model class weights *and* a threshold from costs. Is that cheaper than the threshold alone, and by
# how much? Bet.

# %% tags=["bet"]
bet = ...  # your forecast: text in quotes

# %% [markdown]
# # Optional
#
# Nothing below is graded.

# %% [markdown]
# ## All counts of the study, and fresh draws
#
# Gains in log loss and ROC AUC are all with *default* trees.


# %% jupyter={"source_hidden": true}
def counted(part):
    better = (part["low"] > 0) if study.METRICS[part["metric"].iloc[0]][1] == "higher" else (part["high"] < 0)
    undecided = (part["low"] <= 0) & (part["high"] >= 0)
    worse = ~better & ~undecided
    return f"{better.sum()} / {undecided.sum()} / {worse.sum()} (sees {part['detectable'].median():.3f})"


groups = many.groupby(["model", "version", "metric"])[many.columns.tolist()]
table = groups.apply(counted).unstack("metric")[list(SHOWN)].rename(columns=SHOWN)
print("treatments that are better / undecided / worse (sees: median gain found in four of five tries)")
table.rename_axis(columns=None)

# %% jupyter={"source_hidden": true}
# fresh draws of the payments, which share no rows
draws = study.load_differences().query("kind == 'payments' and treatment == 'copies, shrinkage 0.2'")
print(f"{draws['set'].nunique()} fresh draws of the payments: boosting, copies with shrinkage, 95% interval")
for version in ("default", "tuned"):
    for metric in list(SHOWN)[:2]:
        chosen = "model == 'histogram boosting' and version == @version and metric == @metric"
        apart = study.over_sets(draws.query(chosen), metric)
        print(f"{version:<8} {SHOWN[metric]:<18} {apart.mean:+.3f} ({apart.low:+.3f} to {apart.high:+.3f})")

# %% [markdown]
# ## Rules of thumb, row by row
#
# Much advice on imbalance comes as a rule. Each rule compares two strategies, so the study can try it, with tuned
# models (in the last two, only the rival is tuned). Few of its datasets are severe. The third rule is tried where all columns are numbers,
# because elsewhere SMOTE is SMOTENC. Each cell is the mean difference, the rule's favorite minus its rival, with its
# 95% interval. Higher is better in average precision, lower in log loss.

# %% jupyter={"source_hidden": true}
rules = [
    ("severe imbalance: add and clean", "SMOTEENN", "none"),
    ("SMOTE beats copies", "SMOTE", "copies"),
    ("cleaning improves SMOTE", "SMOTEENN", "SMOTE"),
    ("oversampling beats undersampling", "SMOTE", "undersampling"),
    ("bag what you undersample", "balanced bagging", "undersampling"),
    ("trees: balanced forest", "balanced bagging", "none"),
]
places = ["model", "version", "metric", "set", "treatment"]
wide = real.set_index(places)["difference"].unstack("treatment")
only_numbers = real.loc[real["categories"] == 0, "set"].unique()


# %% jupyter={"source_hidden": true}
def verdict(one, other, model, metric, version="tuned"):
    apart = (wide[one] - (wide[other] if other != "none" else 0)).loc[model, version, metric]
    if (one, other) == ("SMOTEENN", "SMOTE"):
        apart = apart.loc[only_numbers]
    half_width = t.ppf(0.975, len(apart) - 1) * apart.std(ddof=1) / np.sqrt(len(apart))
    return f"{apart.mean():+.3f} ({apart.mean() - half_width:+.3f} to {apart.mean() + half_width:+.3f})"


# %% jupyter={"source_hidden": true}
tested = []
for rule, one, other in rules:
    for model in ("random forest",) if rule.startswith("trees") else study.MODELS:
        cells = {name: verdict(one, other, model, metric) for metric, name in list(SHOWN.items())[:2]}
        tested.append({"rule": rule, "model": model, **cells})
for one in ("easy ensemble", "RUSBoost"):
    cells = {name: verdict(one, "none", "trees of its own", k, "default") for k, name in list(SHOWN.items())[:2]}
    tested.append({"rule": f"very rare: {one}", "model": "against tuned boosting", **cells})
pd.DataFrame(tested).set_index(["rule", "model"])

# %% [markdown]
# Look for intervals that exclude 0, and on which side. Rules that go by "slight", "moderate", and "severe" have one
# weakness in common. They look only at the ratio, while the number of positives, the model, and the costs matter, too.

# %% [markdown]
# ## Order matters
#
# What if you clean first? Then the synthetic points, made afterward, are never looked at.

# %%
cleaned, cleaned_y = EditedNearestNeighbours(sampling_strategy="all").fit_resample(X, y)
smoteenn = SMOTEENN(sampling_strategy=0.5, random_state=1)
orders = {
    "SMOTE, then ENN (SMOTEENN)": smoteenn.fit_resample(X, y)[1],
    "ENN, then SMOTE": SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(cleaned, cleaned_y)[1],
}
of_real = smoteenn.enn_.sample_indices_
real_ones = {"ENN, then SMOTE": cleaned_y.sum(), "SMOTE, then ENN (SMOTEENN)": y.iloc[of_real[of_real < len(y)]].sum()}
for name, classes in orders.items():
    negatives, positives = classes.value_counts().sort_index()
    print(f"{name:<27}{negatives:>6,} negatives {positives:>6,} positives, {real_ones[name]:>3} of them real;", end=" ")
    print(f"ratio {positives / negatives:.3f}")

# %% [markdown]
# If you clean both classes first, the rare class suffers: in this dataset most positives have a negative among their
# neighbors, so they're removed *before* SMOTE can use them. If you clean last, SMOTE has given them company.
#
# Random undersampling doesn't look at where rows are, so both orders can reach the same counts (bonus 2). **Undersample
# first if the data are huge**, because ENN and Tomek links look for neighbors among *all* rows.

# %% [markdown]
# ## Does the correction work?
#
# With a random forest, SMOTETomek and *not resampled* give ten differences in average precision, one per fold.

# %% jupyter={"source_hidden": true}
forest = contest["random forest"]
by_fold = forest[forest["cut"] == scoreboard.TUNED_CUT].pivot(
    index="fold", columns="strategy", values="average_precision"
)
differences = (by_fold["SMOTETomek"] - by_fold[PLAIN]).to_numpy()
k, mean, sd = len(differences), differences.mean(), differences.std(ddof=1)
widths = {
    "naive: folds taken as independent": t.ppf(0.975, k - 1) * sd * np.sqrt(1 / k),
    "corrected: folds share rows": t.ppf(0.975, k - 1) * sd * np.sqrt(1 / k + 4_000 / 16_000),
}

# %% jupyter={"source_hidden": true}
figure, ax = plt.subplots(figsize=(7, 2.6), layout="constrained")
_ = ax.scatter(differences, np.full(k, 2.0), marker="|", s=160, color="black")
for height, half_width in zip((1, 0), widths.values(), strict=True):
    _ = ax.errorbar(mean, height, xerr=half_width, fmt="D", color="black", capsize=5)
_ = ax.axvline(0, **REFERENCE)
_ = ax.set(yticks=(2, 1, 0), yticklabels=("ten folds", *widths), ylim=(-0.6, 2.6))
_ = ax.set(xlabel="average precision, SMOTETomek minus not resampled")
plots.captioned(
    ax,
    "Ten differences (strokes) and two intervals for their mean. The naive interval ends just before 0, so it would "
    "announce a loss. The corrected one is nearly twice as wide and includes 0.",
)

# %% [markdown]
# Contests of two equals can be simulated. The simulation takes for granted what the correction takes for granted: the
# differences of two folds are correlated by the share of test rows, one in five here.

# %%
draw = np.random.default_rng(6)
luck_of_all, luck_of_fold = draw.normal(size=(20_000, 1)), draw.normal(size=(20_000, 10))
equals = np.sqrt(0.2) * luck_of_all + np.sqrt(0.8) * luck_of_fold  # 20,000 contests of ten folds; the truth is 0
for name, factor in (("naive", 1 / 10), ("corrected", 1 / 10 + 4_000 / 16_000)):
    half_width = t.ppf(0.975, 9) * equals.std(axis=1, ddof=1) * np.sqrt(factor)
    print(f"{name:<10}includes the true 0 in {np.mean(np.abs(equals.mean(axis=1)) <= half_width):.0%} of the contests")

# %% [markdown]
# With ten folds correlated like that, the naive interval finds a winner among equals far too often.

# %% [markdown]
# ## Weights on top of SMOTE
#
# SMOTE to 1:1 has already made the classes equal, and `"balanced"` then counts equal classes, so the weights are 1.
# Weights from the *original* ratio count the positives twice.

# %%
for name, weight in {"none": None, "balanced": "balanced", "original, 1 : 99": {0: 1, 1: 99}}.items():
    stacked = make_pipeline(StandardScaler(), SMOTE(random_state=1), LogisticRegression(class_weight=weight))
    flags = stacked.fit(X_train, y_train).predict(X_test)
    print(f"SMOTE to 1:1, weights {name:<17}precision {precision_score(y_test, flags):.3f}", end=" ")
    print(f"recall {recall_score(y_test, flags):.2f}, rows flagged {flags.mean():.0%}")

# %% [markdown]
# The first two lines are one model. The third flags most rows, because its threshold was moved twice.

# %% [markdown]
# ## Learning to rank
#
# If only the order matters, you can fit **pairs** of a positive and a negative, so that the positive scores higher
# (Burges and others 2005). Each pair has one row of each class, so nothing is imbalanced. For a linear model, that's a
# logistic regression on the differences of their features.

# %%
scaled, scaled_test = (StandardScaler().fit(X_train).transform(part) for part in (X_train, X_test))
draw = np.random.default_rng(1)
positive, negative = (draw.choice(np.flatnonzero(y_train == label), 20_000) for label in (1, 0))
side = draw.choice([-1, 1], 20_000)  # which of the two comes first
gaps = side[:, None] * (scaled[positive] - scaled[negative])
for name, ranker in (
    ("rows", LogisticRegression().fit(scaled, y_train)),
    ("pairs", LogisticRegression(fit_intercept=False).fit(gaps, side)),
):
    s = scaled_test @ ranker.coef_[0]
    ap, auc = average_precision_score(y_test, s), metrics.roc_auc_score(y_test, s)
    print(f"fitted on {name:<6} ROC AUC {auc:.3f}, average precision {ap:.3f}")

# %% [markdown]
# ROC AUC is the share of pairs in the right order, so it fits what was trained. On these rows the top of the list got
# worse. And such scores aren't probabilities, because adding any number to all of them changes no pair.

# %% [markdown]
# ## Inside a balanced bag

# %% jupyter={"source_hidden": true}
bag = ensemble.BalancedBaggingClassifier(LogisticRegression(), n_estimators=12, random_state=1).fit(X_train, y_train)
drawn = [
    set(rows[member.named_steps["sampler"].sample_indices_])
    for rows, member in zip(bag.estimators_samples_, bag.estimators_, strict=True)
]
of_members = [average_precision_score(y_test, m.predict_proba(X_test.to_numpy())[:, 1]) for m in bag.estimators_]
of_bag = average_precision_score(y_test, bag.predict_proba(X_test)[:, 1])
of_plain = average_precision_score(y_test, LogisticRegression().fit(X_train, y_train).predict_proba(X_test)[:, 1])
print(f"different rows that a member learns from: {min(map(len, drawn))} to {max(map(len, drawn))} of {len(X_train):,}")
print(f"that all twelve together learn from:      {len(set().union(*drawn))}")

# %% jupyter={"source_hidden": true}
figure, ax = plt.subplots(figsize=(7, 2.2), layout="constrained")
_ = ax.scatter(of_members, np.zeros(len(of_members)), marker="|", s=200, color="black", label="one member")
_ = ax.scatter(of_bag, 0, marker="D", s=60, color="black", label="all members together")
_ = ax.scatter(of_plain, 0, marker="o", s=60, c="white", ec="black", label="not resampled")
_ = ax.set(xlabel="average precision on the test half", yticks=[], ylim=(-1, 1))
_ = figure.legend(loc="outside lower center", ncols=3)
plots.captioned(
    ax,
    "Average precision of twelve members of a balanced bag (strokes): they differ widely, because each has its own draw of "
    "the rows. The bag (diamond) is among them, without the luck of one draw. The model of all rows (circle) is "
    "further right.",
)

# %% [markdown]
# ## Why SMOTEENN is slow
#
# SMOTE looks for neighbors among the *positives*. ENN and Tomek links look for the neighbors of *every* row among all
# rows, after SMOTE has added thousands. The times below are stored (`datasets/contest/speed.py` measured them).

# %% jupyter={"source_hidden": true}
speed = scoreboard.load_resampling_times()
times = speed[speed["columns"] == 20].pivot(index="rows", columns="way", values="seconds")
figure, ax = plt.subplots(figsize=(7, 3.8), layout="constrained")
for way, look in zip(times.columns, LINES, strict=False):
    _ = ax.plot(times.index, times[way], **look, label=way)
narrow = speed[(speed["columns"] == 2) & (speed["way"] == "SMOTEENN")]
_ = ax.plot(narrow["rows"], narrow["seconds"], marker="x", color=GREY, label="SMOTEENN, 2 columns only")
_ = ax.set(xscale="log", yscale="log", xlabel="rows (1% positive, 20 columns)", ylabel="seconds on one core")
_ = (ax.set_xticks(times.index, [f"{n:,}" for n in times.index]), ax.minorticks_off(), ax.margins(0.06))
_ = figure.legend(loc="outside lower center", ncols=2)
plots.captioned(
    ax,
    "Seconds against rows, both on log scales. SMOTE alone stays in the milliseconds. SMOTETomek and SMOTEENN coincide and "
    "climb steeply, to several seconds. Undersampled first, or with two columns only, SMOTEENN stays far below.",
)

# %%
few_rows, many_rows = times.index.min(), times.index.max()
for way in times.columns:
    growth = times.loc[many_rows, way] / times.loc[few_rows, way]
    print(f"{way:<35}{many_rows / few_rows:.0f} times the rows: {growth:>3.0f} times the time")

# %% [markdown]
# With a few columns, a tree that divides the plane saves most comparisons (the gray line). With many it doesn't, and
# each row is compared with each: **twice the rows, four times the time**. Undersample first, which makes it another
# strategy, or use more cores: `SMOTEENN(enn=EditedNearestNeighbours(sampling_strategy="all", n_jobs=-1))`. Keep the
# `"all"`, because a cleaner of your own comes with its own default. And ask first what it buys: in the study's figure,
# look at SMOTEENN's row.

# %% [markdown]
# ### Bonus 1 · Your own combination in the contest
#
# Enter a strategy that isn't in the contest yet.
#
# 1. Write its steps as a list: at least one sampler, each with a seed, then a model.
# 2. Put `datasets.transactions_preprocessor()` in front of them in a pipeline, and judge that with
#    `scoreboard.evaluate("mine", …, payments, is_fraud)`, whose folds are the first five of the contest.
# 3. Compare its cost with `PLAIN` of the **logistic regression**, both tuned: is it `"better"`, `"worse"`, or
#    `"undecided"`? (`logistic` has the rows of `PLAIN`; take those with `fold` below 5.)

# %% nbgrader={"grade_id": "bonus-own-combination", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
own_steps = ...  # list of samplers and, last, a model: what follows the preprocessor
own_results = ...  # DataFrame: what scoreboard.evaluate returned
own_verdict = ...  # "better", "worse", or "undecided": the cost, both tuned, over five folds
### BEGIN SOLUTION
own_steps = [
    RandomUnderSampler(sampling_strategy=0.2, random_state=1),
    SMOTE(sampling_strategy=0.5, random_state=1),
    LogisticRegression(max_iter=1000),
]
own_model = make_pipeline(datasets.transactions_preprocessor(), *own_steps)
own_results = scoreboard.evaluate("mine", own_model, payments, is_fraud)
rival = logistic.query("strategy == @PLAIN and fold < 5")
own_gap = scoreboard.difference(pd.concat([own_results, rival]), "mine", PLAIN, "cost")
own_verdict = "better" if own_gap.high < 0 else "worse" if own_gap.low > 0 else "undecided"
### END SOLUTION

# %% nbgrader={"grade_id": "bonus-own-combination-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.bonus_own_combination(*answers("own_steps", "own_results", "own_verdict"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Any order of this lesson's pieces will do, and any fast model. What does each sampler need so that its result can be
# repeated?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Use `make_pipeline(datasets.transactions_preprocessor(), *own_steps)`. For the verdict, join your rows with the rows
# of `PLAIN` by `pd.concat`, and use `scoreboard.difference`.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same comparison of two stored strategies on five folds:
#
# ```python
# pair = logistic.query("strategy in ('SMOTE', 'SMOTETomek') and fold < 5")
# print(scoreboard.difference(pair, "SMOTETomek", "SMOTE", "cost"))
# ```
# </details>

# %% [markdown]
# ### Bonus 2 · The order reversed
#
# SMOTE to `over`, then undersampling to `under` gives certain counts.
#
# 1. Write a function that returns the two ratios that give the *same counts* when undersampling comes **first** and
#    SMOTE second.


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
# Write down both counts after SMOTE and undersampling. Which of them must the *first* step of the reversed order
# already reach?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# At the end, `over * negatives / under` negatives are left. Undersampling first must leave as many, beside the real
# positives.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same with numbers, 1,000 negatives and 20 positives, SMOTE to 0.1 and then undersampling to 0.5: 100 positives and
# 200 negatives. Reversed:
#
# ```python
# print(20 / 200, 100 / 200)
# ```
# </details>

# %% [markdown]
# ### Bonus 3 · The combination as a function
#
# 1. Write a function that oversamples any data with SMOTE to the ratio `over` and then undersamples to the ratio
#    `under`, with `seed` for both samplers.


# %% nbgrader={"grade_id": "bonus-combine", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def combine(X, y, over, under, seed):
    """Oversample with SMOTE to the ratio `over`, then undersample at random to the ratio `under`.

    X: DataFrame. y: Series of 0 and 1, where 1 is the minority. over, under: minority over majority after the step,
    numbers above 0 and at most 1. seed: whole number. Returns the rows and the labels.
    """
    X_mixed, y_mixed = ..., ...  # DataFrame and Series
    ### BEGIN SOLUTION
    X_grown, y_grown = SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    sampler = RandomUnderSampler(sampling_strategy=under, random_state=seed)
    X_mixed, y_mixed = sampler.fit_resample(X_grown, y_grown)
    ### END SOLUTION
    return X_mixed, y_mixed


# %% nbgrader={"grade_id": "bonus-combine-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.bonus_combine(*answers("combine"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# What should the second sampler work on: the rows that came in, or the rows that the first sampler returned?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# Pass what the first `fit_resample` returns to the second, and return what that returns.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same chain with two other samplers:
#
# ```python
# few, few_y = RandomUnderSampler(sampling_strategy=0.2, random_state=3).fit_resample(X, y)
# tidy, tidy_y = TomekLinks(sampling_strategy="all").fit_resample(few, few_y)
# ```
# </details>

# %% [markdown]
# ### Bonus 4 · The corrected interval
#
# Nadeau and Bengio (2003) widen the naive interval by the ratio of test to training rows. With k differences and their standard
# deviation s (`ddof=1`) it's
#
# $$\text{mean} \pm t_{k-1} \cdot s \cdot \sqrt{\tfrac{1}{k} + \tfrac{n_\text{test}}{n_\text{train}}}$$
#
# 1. Write it as a function of the differences and the two numbers of rows. `t.ppf(0.975, k - 1)` is the factor t.


# %% nbgrader={"grade_id": "bonus-corrected-interval", "grade": false, "solution": true, "locked": false, "task": false, "schema_version": 3}
def interval(differences, n_train, n_test):
    """Return the two ends of the corrected 95% interval for the mean difference: low and high, two numbers.

    differences: array, one number per fold. n_train, n_test: rows that a fold learned from, and was judged on.
    """
    low, high = ..., ...  # numbers
    ### BEGIN SOLUTION
    count = len(differences)
    reach = t.ppf(0.975, count - 1) * np.std(differences, ddof=1) * np.sqrt(1 / count + n_test / n_train)
    low, high = np.mean(differences) - reach, np.mean(differences) + reach
    ### END SOLUTION
    return low, high


# %% nbgrader={"grade_id": "bonus-corrected-interval-check", "points": 0, "grade": true, "solution": false, "locked": true, "task": false, "schema_version": 3}
from imbalanced_course.checks import answers, combining as check

check.bonus_corrected_interval(*answers("interval"))

# %% [markdown]
# <details><summary>Hint 1 of 3</summary>
#
# Compute half the width first, a product of three factors. What is under the root?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# The factors are t with k − 1 degrees of freedom, the standard deviation, and the root of 1/k plus test rows over
# training rows. The ends are the mean minus and plus their product.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method for the ordinary interval of independent values:
#
# ```python
# heights = np.array([171.0, 164.0, 180.0, 169.0])
# reach_of_mean = t.ppf(0.975, 3) * np.std(heights, ddof=1) * np.sqrt(1 / 4)
# print(heights.mean() - reach_of_mean, heights.mean() + reach_of_mean)
# ```
# </details>

# %% [markdown]
# ### Find the bug: weights
#
# This cell is meant to make both classes count the same. Fix it, and keep SMOTE.

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
# How many rows of each class does the model see after SMOTE? How much does each of them count?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# SMOTE has made the classes equal already. Which `class_weight` leaves them equal?
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same thought on other data, three rows of each class, where `"balanced"` gives both classes the weight 1:
#
# ```python
# balanced_labels = np.array([0, 0, 0, 1, 1, 1])
# print(len(balanced_labels) / (2 * np.bincount(balanced_labels)))
# ```
# </details>

# %% [markdown]
# ### Find the bug: the best ratio
#
# This cell looks for the better of two ratios and reports its average precision. Rows to choose by were put aside, but
# which rows chose? Fix it: choose by average precision on the rows put aside, and report the chosen candidate, as it's
# fitted, on the test half.

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
# The test half is asked twice, and the better answer is kept. What's it still worth as a test?
# </details>
# <details><summary>Hint 2 of 3</summary>
#
# In the loop, score each candidate on `choose_X`, `choose_y` and keep the winner. After the loop, score it on the test
# half, once.
# </details>
# <details><summary>Hint 3 of 3</summary>
#
# The same method on other data, two sayings judged by one friend and reported by another:
#
# ```python
# first_friend, second_friend = {"short": 7, "long": 9}, {"short": 8, "long": 6}
# chosen = max(first_friend, key=first_friend.get)
# print(chosen, second_friend[chosen])
# ```
# </details>

# %% [markdown]
# ## Questions from learners
#
# **How do I choose between sampling and weights?** First ask whether you need either, with a threshold tuned for your
# costs. In logistic regression, weights do what copies do, without the copies; with trees the probabilities differ.
# Sampling is for what weights can't do: undersampling when there's too much data to handle, oversampling when the model
# has no weights. After any of them, calibrate. After random drops, you can correct the odds (lesson 4).

# %% jupyter={"source_hidden": true}
print("study, weights minus copies")
for model, version in SIX_MODELS:
    cells = ", ".join(f"{SHOWN[k]} {verdict('weights', 'copies', model, k, version)}" for k in list(SHOWN)[:2])
    print(f"{model + ', ' + version:<29}{cells}")

# %% [markdown]
# **Do I still need this with a tabular foundation model?** Most of it. Such a model (TabPFN, Hollmann and others 2025)
# was trained on synthetic tables and reads your rows as examples. Its documentation offers to tune the threshold, and
# says that balancing its probabilities doesn't always help. McDowell and others (2026) found, by their abstract, that
# moving the threshold did very well, because the probabilities are calibrated.
#
# This course hasn't measured such a model. But not even *true* probabilities make 0.5 a good threshold, and a recall is
# still only as exact as the number of positives allows:

# %%
draw = np.random.default_rng(1)
true_risk = draw.beta(0.1, 9.9, 20_000)  # no model can know more; the mean is 1%
happened = draw.random(20_000) < true_risk
for name, cut in (("0.5", 0.5), ("t*, for 10 and 1,000 euros", 10 / 1_010)):
    flags = true_risk >= cut
    euros = 10 * np.sum(flags & ~happened) + 1_000 * np.sum(~flags & happened)
    print(f"threshold {name:<27} recall {recall_score(happened, flags):.2f}, €{euros:,}; {happened.sum()} positives")

# %% [markdown]
# **SMOTEENN takes too long. What can I do?** Undersample first. With millions of rows and few positives, keep all
# positives and as many negatives as fit. The kept fraction corrects only that step, so calibrate after SMOTEENN.
#
# **Does sampling help in deep learning?** There the problem is first a small one: at 1% positives, most *batches* of 32
# have none, so most steps learn nothing about them. `class_weight` in Keras weighs the loss, not what is in a batch. A
# sampler that draws the classes evenly fixes that (PyTorch has `WeightedRandomSampler`). It's oversampling by copies,
# with all that follows. Positives are seen again and again, and the probabilities fit the batches.

# %%
share, batch, epoch, positives = 0.01, 32, 10_000, 100
print(f"batches of {batch} without a positive, drawn as they come: {(1 - share) ** batch:.0%}")
print(f"drawn evenly: {0.5**batch:.1e}, and each positive is seen {epoch * 0.5 / positives:.0f} times per epoch")
odds_factor = (share / (1 - share)) / (0.5 / 0.5)
print(f"back to the population: multiply the network's odds by {odds_factor:.4f}")

# %% [markdown]
# SMOTE on pixels or texts makes ghosts, two pictures laid over one another. Use augmentation, which makes new rows of
# a kind that occurs, or weights in the loss. In a large study of image networks (Buda and others 2018), oversampling by
# copies did best in nearly all cases by ROC AUC. That was for networks and images, so it isn't a law, either.

# %% [markdown]
# ## Further reading
#
# - Batista and others (2004), *A study of the behavior of several methods for balancing machine learning training
#   data*, doi 10.1145/1007730.1007735: SMOTE with Tomek links and with ENN.
# - Buda and others (2018), *A systematic study of the class imbalance problem in convolutional neural networks*,
#   doi 10.1016/j.neunet.2018.07.011.
# - Burges and others (2005), *Learning to rank using gradient descent*, doi 10.1145/1102351.1102363.
# - Cawley and Talbot (2010), *On over-fitting in model selection and subsequent selection bias in performance
#   evaluation*, JMLR 11: why the best score of a search isn't the result.
# - Chawla and others (2002), *SMOTE: synthetic minority over-sampling technique*, doi 10.1613/jair.953.
# - Chen and others (2004), *Using random forest to learn imbalanced data*, report 666, University of California,
#   Berkeley: the balanced random forest.
# - Elor and Averbuch-Elor (2022), *To SMOTE, or not to SMOTE?*, arXiv:2201.08528: a far larger contest.
# - Hollmann and others (2025), *Accurate predictions on small data with a tabular foundation model*,
#   doi 10.1038/s41586-024-08328-6; its documentation, https://docs.priorlabs.ai.
# - Liu and others (2025), *CLIMB: class-imbalanced learning benchmark on tabular data*, arXiv:2505.17451: 73 real
#   datasets and 29 methods; by its abstract, naive balancing often hurts and undersampling ensembles gain.
# - Liu and others (2009), *Exploratory undersampling for class-imbalance learning*,
#   doi 10.1109/TSMCB.2008.2007853: easy ensemble.
# - McDowell and others (2026), *Correcting class imbalance in prior-data fitted networks for tabular classification*,
#   arXiv:2605.21742.
# - Nadeau and Bengio (2003), *Inference for the generalization error*, doi 10.1023/A:1024068626366.
# - Seiffert and others (2010), *RUSBoost*, doi 10.1109/TSMCA.2009.2029559.
# - van den Goorbergh and others (2022), *The harm of class imbalance corrections for risk prediction models*,
#   doi 10.1093/jamia/ocac093.
#
# **Next:** lesson 7 doesn't resample. It changes what mistakes cost.
