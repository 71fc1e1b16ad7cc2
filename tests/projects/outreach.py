# ---
# jupyter:
#   kernelspec: {display_name: Python 3 (ipykernel), language: python, name: python3}
#   imbalanced_course: {project: outreach, version: "1.0"}
# ---

# %% [markdown]
# # Project · Outreach, one solution
#
# Not *the* solution: one way that respects the checklist. Run it from top to bottom.

# %%
import numpy as np
import sklearn
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss
from sklearn.model_selection import StratifiedKFold, cross_val_predict, train_test_split
from sklearn.pipeline import make_pipeline

from imbalanced_course import datasets, plots
from imbalanced_course.projects import judge_outreach

sklearn.set_config(display="text")

people = datasets.load_screening()
X, y = people.drop(columns="condition"), people["condition"]
X_learn, X_report, y_learn, y_report = train_test_split(X, y, test_size=0.3, stratify=y, random_state=1)

# %% [markdown]
# ## Which model?
#
# Every person of `X_learn` gets a risk from a model that has not seen them.


# %%
def small_trees():
    return HistGradientBoostingClassifier(
        learning_rate=0.03, max_iter=250, max_leaf_nodes=4, min_samples_leaf=40, max_features=0.5, random_state=1
    )


folds = StratifiedKFold(5, shuffle=True, random_state=1)
logistic = make_pipeline(datasets.screening_preprocessor(), LogisticRegression(max_iter=1000))
candidates = {
    "logistic regression": logistic,
    "boosting, defaults": HistGradientBoostingClassifier(random_state=1),
    "boosting, small trees": small_trees(),
    "small trees, calibrated": CalibratedClassifierCV(small_trees(), cv=folds),
}
said = {
    name: cross_val_predict(one, X_learn, y_learn, cv=folds, method="predict_proba")[:, 1]
    for name, one in candidates.items()
}
said["the age alone"] = X_learn["age"] / 1000
print(f"prevalence {y_learn.mean():.3f}, Brier score of telling it to everybody", end=" ")
print(f"{brier_score_loss(y_learn, np.full(len(y_learn), y_learn.mean())):.4f}")
for name, risks in said.items():
    ranking, brier = average_precision_score(y_learn, risks), brier_score_loss(y_learn, risks)
    print(f"{name:<24} average precision {ranking:.3f}, Brier score {brier:.4f}, mean risk {risks.mean():.3f}")

# %%
ax = plots.reliability_curve(y_learn, {name: said[name] for name in ("boosting, defaults", "small trees, calibrated")})
plots.captioned(
    ax, "The default trees tell risks that are too high on the right; calibrated small trees keep near the line."
)

# %% [markdown]
# ## How many?
#
# Somebody with risk p brings 150 p euro and costs 20, so an invitation pays from 20/150 on. With calibrated risks, N
# is the share of people above that, of 100,000.

# %%
pays_from = 20 / 150
n_invited = min(15_000, int(100_000 * np.mean(said["small trees, calibrated"] >= pays_from)))
model = CalibratedClassifierCV(small_trees(), cv=folds).fit(X_learn, y_learn)
print(f"an invitation pays from a risk of {pays_from:.3f} on; N = {n_invited:,}")

# %% [markdown]
# ## Reported once

# %%
risks = model.predict_proba(X_report)[:, 1]


def gain(scores):
    """Return the gain in euro for 100,000 people, and the places of those invited."""
    first = np.argsort(-np.asarray(scores), kind="stable")[: round(n_invited * len(y_report) / 100_000)]
    return (150 * y_report.iloc[first].sum() - 20 * len(first)) * 100_000 / len(y_report), first


ours, invited = gain(risks)
print(f"invited {len(invited)} of {len(y_report):,}: {y_report.iloc[invited].sum()} of {y_report.sum()} ill found")
print(f"told a mean risk of {risks[invited].mean():.3f}, ill are {y_report.iloc[invited].mean():.3f}")
print(f"gain for the region {ours:,.0f} euro; inviting the oldest, as many, {gain(X_report['age'])[0]:,.0f}")

# %%
judge_outreach(model, n_invited)
