"""A search over ratios inside the pipeline, and its result on rows that had no say."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from imbalanced_course.checks.border import NotAllowed, ask, rebuilt
from imbalanced_course.checks.compare import value
from imbalanced_course.checks.resampled import seed_fault
from imbalanced_course.checks.result import Finding
from imbalanced_course.checks.task import MISSING, task
from imbalanced_course.checks.values import as_mapping, matches, not_attempted
from imbalanced_course.normal_form import AnswerError

OVER, UNDER = (0.05, 0.3), (0.5, 1.0)
# The ratios that win. Every submission would pay for a search of the check's own; the reference solution makes it, and
# the tests ask that it be right.
BEST_OVER, BEST_UNDER = 0.05, 0.5
STEPS = ("StandardScaler", "SMOTE", "RandomUnderSampler", "LogisticRegression")
NEAR = 0.005  # what solvers may differ by in a probability; the mistakes that we know differ by more
OUTSIDE = (
    "That's scored on resampled folds. Rows were resampled before the search, so its folds contain synthetic points "
    "and have a new prevalence. Put the samplers in the pipeline (section 2)."
)
ON_ALL = "That's the score of a search fitted on all rows, the test half among them. Fit it on `X_train`, `y_train`."
BEST_OF_MANY = (
    "That's the best of the searched scores, on the folds that chose it, and the best of many is flattered "
    "(section 2). Report the chosen pipeline on the test rows."
)


def reference(over: Any = None, under: Any = None) -> Any:
    """Return the pipeline of the task, with the ratios where they are given."""
    from imblearn.over_sampling import SMOTE
    from imblearn.pipeline import Pipeline
    from imblearn.under_sampling import RandomUnderSampler
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    return Pipeline(
        [
            ("scaler", StandardScaler()),
            ("over", SMOTE(sampling_strategy=over or "auto", random_state=1)),
            ("under", RandomUnderSampler(sampling_strategy=under or "auto", random_state=1)),
            ("model", LogisticRegression()),
        ]
    )


@functools.cache
def halves() -> tuple[Any, Any, Any, Any]:
    """Return the lesson's training and test half."""
    from sklearn.model_selection import train_test_split

    from imbalanced_course import datasets

    X, y = datasets.make_two_features()
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=1)
    return X_train, X_test, y_train, y_test


def _searched(X: Any, y: Any) -> Any:
    """Return the search of the task, fitted; it takes arrays."""
    import sklearn
    from sklearn.model_selection import GridSearchCV

    grid = {"over__sampling_strategy": OVER, "under__sampling_strategy": UNDER}
    search = GridSearchCV(reference(), grid, scoring="average_precision", cv=3)
    with sklearn.config_context(skip_parameter_validation=True, assume_finite=True):  # it is all known to be right
        return search.fit(X, y)


@functools.cache
def _winner_says(over: float = BEST_OVER, under: float = BEST_UNDER) -> Any:
    """Return the winner's probabilities on the test half, or those of other ratios."""
    X_train, X_test, y_train, _ = halves()
    return reference(over, under).fit(X_train, y_train).predict_proba(X_test)[:, 1]


@functools.cache
def _test_score() -> float:
    """Return the average precision of the winner on the test half."""
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(halves()[3], _winner_says()))


def _search_fault(search: Any) -> str | None:
    """Return what is wrong with a rebuilt search, or None."""
    import imblearn.pipeline
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import StandardScaler

    if isinstance(search, Pipeline):
        return "That's the pipeline alone. Put it into a GridSearchCV (hint 3)."
    if not isinstance(search, GridSearchCV):
        return f"It's a {type(search).__name__}. The task asks for a GridSearchCV."
    model = search.estimator
    if not isinstance(model, Pipeline):
        return f"It searches a {type(model).__name__} alone. {OUTSIDE}"
    names = dict(model.steps)
    order = {type(step).__name__: place for place, (_, step) in enumerate(model.steps)}
    if "SMOTE" not in order and "RandomUnderSampler" not in order:
        return f"Its pipeline doesn't resample. {OUTSIDE}"
    for kind in ("SMOTE", "RandomUnderSampler"):
        if kind not in order:
            return f"Its pipeline has no step {kind}. Add it."
    if not isinstance(model, imblearn.pipeline.Pipeline):
        return "That's scikit-learn's Pipeline, which refuses a sampler. Use the one from imblearn.pipeline (hint 2)."
    if not isinstance(model.steps[-1][1], LogisticRegression):
        return "The last step should be LogisticRegression."
    if not any(isinstance(step, StandardScaler) for step in names.values()):
        return "Its pipeline has no step StandardScaler. Add it."
    if order["SMOTE"] > order["RandomUnderSampler"]:
        return "It undersamples before SMOTE. Let SMOTE come first here (section 2)."
    told = _order_fault([type(step).__name__ for _, step in model.steps if step not in ("passthrough", None)])
    if told:
        return told
    told = _scoring_fault(search.scoring, search.refit)
    if told:
        return told
    if search.cv != 3:
        return "It should use three folds. Write cv=3."
    return _grid_fault(search, {kind: model.steps[order[kind]][0] for kind in ("SMOTE", "RandomUnderSampler")})


def _order_fault(kinds: list[str]) -> str | None:
    """Return what is wrong with the order of the steps, of which none is missing, or None."""
    more = list(kinds)
    for kind in STEPS:
        if kind in more:
            more.remove(kind)
    if more:
        return f"Its pipeline has one step {more[0]} too many. Leave it out."
    if tuple(kinds) != STEPS:
        return f"Its steps are in the order {', '.join(kinds)}. The task asks for {', '.join(STEPS)}."
    return None


def _scoring_fault(scoring: Any, refit: Any) -> str | None:
    """Return what is wrong with the score by which the search chooses, or None."""
    by: str | None
    if isinstance(scoring, str):
        by = scoring
    elif isinstance(scoring, Mapping):
        by = scoring.get(refit) if isinstance(refit, str) else None
    else:
        by = refit if isinstance(refit, str) and refit in (scoring or ()) else None
    if by == "average_precision":
        return None
    if not isinstance(scoring, str) and scoring is not None:
        return "With several scores, `refit` says which one chooses. Write refit='average_precision'."
    return "It doesn't search by average precision. Write scoring='average_precision' (section 2)."


def _grid_fault(search: Any, names: dict[str, str]) -> str | None:
    """Return what is wrong with the ratios that are searched, or None."""
    one = search.param_grid
    grid = as_mapping(one[0] if isinstance(one, (list, tuple)) and len(one) == 1 else one)
    if grid is None:
        return "`param_grid` should be a dict from a step's name and parameter to the values to try."
    for kind, wanted, other in (("SMOTE", OVER, UNDER), ("RandomUnderSampler", UNDER, OVER)):
        key = f"{names[kind]}__sampling_strategy"
        if key not in grid:
            return (
                f"`param_grid` has no key {key!r}. Write the step's name, two underscores, and the parameter (hint 2)."
            )
        try:
            values = sorted(float(one) for one in grid[key])
        except (TypeError, ValueError):
            return f"The values of {key!r} should be a list of ratios."
        if matches(values, list(other)):
            return "The two lists of ratios are swapped. SMOTE gets `over_ratios`."
        if not matches(values, list(wanted)):
            return f"The values of {key!r} aren't the ones in the task."
    if len(grid) > 2:
        return "It searches more than the two ratios. Leave the other parameters out of the grid."
    return _behaviour_fault(search, names)


def _behaviour_fault(search: Any, names: dict[str, str]) -> str | None:
    """Fit the learner's pipeline on the lesson's training half: has it the same probabilities as ours?

    On fresh rows the verdict on a small difference would depend on the rows.
    """
    model = search.estimator
    told = next(filter(None, (seed_fault(model.named_steps[name]) for name in names.values())), None)
    if told:
        return told
    X_train, X_test, y_train, _ = halves()
    for over, under in ((BEST_OVER, BEST_UNDER), (OVER[-1], UNDER[-1])):
        model.set_params(
            **{
                f"{names['SMOTE']}__sampling_strategy": over,
                f"{names['RandomUnderSampler']}__sampling_strategy": under,
            }
        )
        try:
            came = model.fit(X_train, y_train).predict_proba(X_test)[:, 1]
        except Exception as error:
            return f"Its pipeline can't be fitted ({type(error).__name__})."
        if not np.allclose(came, _winner_says(over, under), rtol=0, atol=NEAR):
            return "A step of its pipeline has other parameters than the task says."
    return None


NOT_FITTED = "It isn't fitted. Fit it on `X_train`, `y_train`."
FITTED_ELSEWHERE = "It was fitted on other rows than `X_train`, `y_train`. Fit it on these."


def _says(answer: Any) -> Any:
    """Return the probabilities of the learner's fitted search on the test half.

    The sentence that says so where it isn't fitted, and None where it can't be asked (as with `refit=False`).
    """
    if answer is MISSING or not_attempted(answer):
        return None
    X_test = halves()[1]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # one fitted on arrays warns of the names of the columns
            came = np.asarray(ask(answer, "predict_proba", X_test), dtype=float)
    except AnswerError as error:
        return NOT_FITTED if error.type_name == "NotFittedError" else None
    except Exception:  # an answer can be any object
        return None
    return came[:, 1] if came.shape == (len(X_test), 2) and np.isfinite(came).all() else None


def _search_finding(answer: Any) -> Finding:
    if answer is MISSING or not_attempted(answer):
        return value("search", answer, None, share=2)
    try:
        search = rebuilt(answer)
    except NotAllowed as error:
        reason = str(error)
        if "cv" in reason:
            reason = "Give `cv` as the number 3."
        elif "scoring" in reason:
            reason = "Give `scoring` by its name, 'average_precision'."
        return Finding("search", "wrong", f"The check can't read this GridSearchCV. {_sentence(reason)}", share=2)
    told = _search_fault(search)
    if not told:
        return Finding("search", "right", "right.", share=2)
    return Finding("search", "wrong", _sentence(told), told, 2)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


def _wrong_scores() -> dict[str, float]:
    """Return the known wrong test scores, by the sentence that names the mistake."""
    from sklearn import metrics
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_score
    from sklearn.preprocessing import StandardScaler

    from imbalanced_course import datasets

    X_train, X_test, y_train, y_test = (part.to_numpy() for part in halves())
    best = _searched(X_train, y_train)
    s, labels = best.predict_proba(X_test)[:, 1], best.predict(X_test)
    rows, new_labels = StandardScaler().fit_transform(X_train), y_train
    resampled = best.best_estimator_
    for step in ("over", "under"):
        rows, new_labels = resampled.named_steps[step].fit_resample(rows, new_labels)
    on_resampled = cross_val_score(LogisticRegression(), rows, new_labels, cv=3, scoring="average_precision")
    at_train = best.predict_proba(X_train)[:, 1]
    of_all = _searched(*(part.to_numpy() for part in datasets.make_two_features()))
    return {
        BEST_OF_MANY: float(best.best_score_),
        OUTSIDE: float(on_resampled.mean()),
        "That's on the rows it was fitted on. Use the test rows (section 2).": float(
            metrics.average_precision_score(y_train, at_train)
        ),
        "That's the average precision of labels. Pass the scores.": float(
            metrics.average_precision_score(y_test, labels)
        ),
        "That's the ROC AUC. The task asks for average precision.": float(metrics.roc_auc_score(y_test, s)),
        "That's the accuracy. The task asks for average precision.": float(np.mean(labels == y_test)),
        ON_ALL: float(metrics.average_precision_score(y_test, of_all.predict_proba(X_test)[:, 1])),
        "That uses the probability of the negatives. The positives' is the second column, `[:, 1]`.": float(
            metrics.average_precision_score(y_test, 1 - s)
        ),
        "That's the model without resampling. Score the pipeline that won (section 2).": float(
            metrics.average_precision_score(
                y_test, LogisticRegression().fit(X_train, y_train).predict_proba(X_test)[:, 1]
            )
        ),
    }


NAMES = (
    "The grid names a step that the pipeline doesn't have. `make_pipeline` names the steps itself; use "
    '`Pipeline([("over", SMOTE(...)), ...])`, and begin the key with that name (section 2).'
)


@task(
    "ratio-search",
    points=5,
    stopped={"Invalid parameter": NAMES},
    consequence="The test half had no say in the choice, so this number isn't flattered by it.",
)
def ratio_search(search: Any, best_over: Any, best_under: Any, test_average_precision: Any) -> Iterable[Finding]:
    """A search over both ratios by average precision, and what the chosen pipeline reaches on the test half."""
    searched, says = _search_finding(search), _says(search)
    score = value("test_average_precision", test_average_precision, _test_score(), share=2)
    told = None
    if isinstance(says, str):
        told, says = says, None
    elif says is not None and not np.allclose(says, _winner_says(), rtol=0, atol=NEAR):
        told = FITTED_ELSEWHERE
    configured = searched.status == "right"
    # A score that comes from a search on other rows loses its own points: the same mistake counts once.
    if configured and told and (told == NOT_FITTED or score.status != "wrong"):
        searched = Finding("search", "wrong", told, told, 2)
    yield searched
    loses = "The other one wins. Read `search.best_params_` (hint 2)."
    if not configured:
        loses = "The other one wins in the search that the task asks for. Fix `search` first."
    elif told or says is None:
        loses = "The other one wins. Fit the search on `X_train`, `y_train`, and read `search.best_params_` (hint 2)."
    for name, answer, right, tried in (
        ("best_over", best_over, BEST_OVER, OVER),
        ("best_under", best_under, BEST_UNDER, UNDER),
    ):
        wrong = {
            loses: next(one for one in tried if one != right),
            "That's the ratio of the other sampler. Read it by its key.": BEST_UNDER
            if right == BEST_OVER
            else BEST_OVER,
        }
        yield value(name, answer, right, mistakes=wrong, kind="one of the ratios that were searched", share=0.5)
    if score.status == "wrong":  # the mistakes take their time: only where they are needed
        known = _wrong_scores()
        if not configured:  # another search has another score, which says nothing about its rows
            known.pop(ON_ALL)
        if told and says is not None:
            known = _that_of_the_search(known, says, configured)
        score = value("test_average_precision", test_average_precision, _test_score(), mistakes=known, share=2)
    yield score


def _that_of_the_search(known: dict[str, float], says: Any, configured: bool) -> dict[str, float]:
    """Return the known wrong scores and the one that the learner's own search has on the test half."""
    from sklearn.metrics import average_precision_score

    own = float(average_precision_score(halves()[3], says))
    if configured and matches(own, known[ON_ALL]):
        return known
    follows = "That's the score of your `search`. Fix it first."
    if configured:
        follows = "That's the score of a search fitted on other rows. Fit it on `X_train`, `y_train`."
    return {told: score for told, score in known.items() if not matches(own, score)} | {follows: own}
