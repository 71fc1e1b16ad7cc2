# Known answers of lesson 7. One cell each, in place of the task's answer cell:
#     task | right | name
#     task | wrong | name | points it earns | part of the message it gets

# %% balanced-weights | right | dict comprehension
def balanced_weights(y):
    labels = list(y)
    return {label: len(labels) / (len(set(labels)) * labels.count(label)) for label in set(labels)}


library_weights = [0.5051, 50.0]


# %% balanced-weights | right | with the library, and a Series
def balanced_weights(y):
    classes = np.unique(y)
    return pd.Series(compute_class_weight(class_weight="balanced", classes=classes, y=y), index=classes)


library_weights = tuple(compute_class_weight(class_weight="balanced", classes=np.unique(y_train), y=y_train))


# %% balanced-weights | right | value_counts, and a dict
def balanced_weights(y):
    counts = pd.Series(y).value_counts()
    return (counts.sum() / (counts.size * counts)).to_dict()


library_weights = {0: np.float64(5000 / 9900), 1: 50}


# %% balanced-weights | right | Counter, and a Series
from collections import Counter


def balanced_weights(y):
    counts = Counter(y)
    return {k: np.float32(sum(counts.values()) / len(counts) / v) for k, v in counts.items()}


library_weights = pd.Series(balanced_weights(y_train))


# %% balanced-weights | right | rounded to three decimals
def balanced_weights(y):
    counts = pd.Series(y).value_counts()
    return (len(y) / (len(counts) * counts)).round(3)


library_weights = np.round([len(y_train) / (2 * (y_train == c).sum()) for c in (0, 1)], 3)


# %% balanced-weights | wrong | number of classes forgotten | 0.67 | the number of classes is missing
def balanced_weights(y):
    classes, counts = np.unique(y, return_counts=True)
    return dict(zip(classes, len(y) / counts))


library_weights = compute_class_weight(class_weight="balanced", classes=np.array([0, 1]), y=y_train)


# %% balanced-weights | wrong | always two classes | 0.67 | That's 2 below the line
def balanced_weights(y):
    classes, counts = np.unique(y, return_counts=True)
    return dict(zip(classes, len(y) / (2 * counts)))


library_weights = compute_class_weight(class_weight="balanced", classes=np.array([0, 1]), y=y_train)


# %% balanced-weights | wrong | upside down | 0 | the two are in the wrong order
def balanced_weights(y):
    classes, counts = np.unique(y, return_counts=True)
    return dict(zip(classes, len(classes) * counts / len(y)))


library_weights = [50, 0.505]


# %% balanced-weights | wrong | one minus the share | 0 | That's 1 minus the share
def balanced_weights(y):
    classes, counts = np.unique(y, return_counts=True)
    return dict(zip(classes, 1 - counts / len(y)))


library_weights = [0.01, 0.99]


# %% balanced-weights | wrong | one over count | 0.67 | That's 1 / count
def balanced_weights(y):
    classes, counts = np.unique(y, return_counts=True)
    return dict(zip(classes, 1 / counts))


library_weights = compute_class_weight(class_weight="balanced", classes=np.array([0, 1]), y=y_train)


# %% balanced-weights | wrong | classes 0 and 1 taken for granted | 0.67 | it should be a dict with the keys
def balanced_weights(y):
    return {0: len(y) / (2 * np.sum(y == 0)), 1: len(y) / (2 * np.sum(y == 1))}


library_weights = compute_class_weight(class_weight="balanced", classes=np.array([0, 1]), y=y_train)


# %% balanced-weights | wrong | a Series is expected | 0.67 | the check calls it with NumPy arrays
def balanced_weights(y):
    counts = y.value_counts()
    return (len(y) / (len(counts) * counts)).to_dict()


library_weights = compute_class_weight(class_weight="balanced", classes=np.array([0, 1]), y=y_train)


# %% balanced-weights | wrong | counted with bincount | 0.67 | counts whole numbers only
def balanced_weights(y):
    counts = np.bincount(y)
    return dict(enumerate(len(y) / (len(counts) * counts)))


library_weights = compute_class_weight(class_weight="balanced", classes=np.array([0, 1]), y=y_train)


# %% balanced-weights | wrong | no return | 0.67 | does it end in `return`?
def balanced_weights(y):
    classes, counts = np.unique(y, return_counts=True)
    weights = dict(zip(classes, len(y) / (len(classes) * counts)))


library_weights = compute_class_weight(class_weight="balanced", classes=np.array([0, 1]), y=y_train)


# %% balanced-weights | wrong | largest over each | 0 | largest class over each class
def balanced_weights(y):
    classes, counts = np.unique(y, return_counts=True)
    return dict(zip(classes, max(counts) / counts))


library_weights = [1, 99]


# %% balanced-weights | right | just near enough
def balanced_weights(y):
    classes, counts = np.unique(y, return_counts=True)
    return {one: len(y) / (len(classes) * count) for one, count in zip(classes.tolist(), counts)}


library_weights = compute_class_weight(class_weight="balanced", classes=np.array([0, 1]), y=y_train) + 9e-4


# %% balanced-weights | wrong | just too far off | 1.33 | it should be two weights
def balanced_weights(y):
    classes, counts = np.unique(y, return_counts=True)
    return {one: len(y) / (len(classes) * count) for one, count in zip(classes.tolist(), counts)}


library_weights = compute_class_weight(class_weight="balanced", classes=np.array([0, 1]), y=y_train) + 1.1e-3


# %% balanced-weights | right | the library's in a Series with names
def balanced_weights(y):
    classes, counts = np.unique(y, return_counts=True)
    return dict(zip(classes, len(y) / (len(classes) * counts)))


both = compute_class_weight(class_weight="balanced", classes=np.array([0, 1]), y=y_train)
library_weights = pd.Series(both, index=["common", "rare"])


# %% balanced-weights | right | the library's in a dict with texts for keys
def balanced_weights(y):
    classes, counts = np.unique(y, return_counts=True)
    return dict(zip(classes, len(y) / (len(classes) * counts)))


library_weights = {"0": 5000 / 9900, "1": 50.0}


# %% balanced-weights | wrong | names, the rare class first | 1.33 | The two are in the wrong order. Class 0 comes first
def balanced_weights(y):
    classes, counts = np.unique(y, return_counts=True)
    return dict(zip(classes, len(y) / (len(classes) * counts)))


library_weights = pd.Series([50, 0.5051], index=["rare", "common"])


# %% bonus-weighted-model | right | with the curve
def three_numbers(y_true, scores):
    if y_true.sum() == 0:
        return dict(average_precision=0, f1=0, threshold=0.5)
    p, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return {
        "average_precision": average_precision_score(y_true, scores),
        "f1": f1_score(y_true, (scores >= 0.5).astype(int)),
        "threshold": cuts[r[:-1] >= 0.75].max(),
    }


plain_numbers = three_numbers(y_test, LogisticRegression().fit(X_train, y_train).predict_proba(X_test)[:, 1])
weighted_numbers = three_numbers(
    y_test,
    LogisticRegression(class_weight="balanced").fit(X_train, y_train).predict_proba(X_test)[:, 1],
)


# %% bonus-weighted-model | right | a loop over the scores, Series
def three_numbers(y_true, scores):
    y_true, scores = np.asarray(y_true), np.asarray(scores)
    positives = (y_true == 1).sum()
    if not positives:
        return pd.Series({"average_precision": 0.0, "f1": 0.0, "threshold": 0.5})
    for cut in np.unique(scores)[::-1]:
        if np.sum(y_true[scores >= cut]) / positives >= 0.75:
            break
    flagged = scores >= 0.5
    hits = np.sum(flagged & (y_true == 1))
    return pd.Series(
        {
            "average_precision": metrics.average_precision_score(y_true, scores),
            "f1": 2 * hits / (flagged.sum() + positives),
            "threshold": cut,
        }
    )


plain_numbers = three_numbers(y_test, LogisticRegression().fit(X_train, y_train).predict_proba(X_test)[:, 1])
weighted_numbers = three_numbers(
    y_test,
    LogisticRegression(class_weight={0: 5000 / 9900, 1: 50}).fit(X_train, y_train).predict_proba(X_test)[:, 1],
)


# %% bonus-weighted-model | right | sample weights, sorted positives
def three_numbers(y_true, scores):
    best = sorted(scores[y_true == 1], reverse=True)
    if len(best) == 0:
        return {"threshold": 0.5, "f1": 0, "average_precision": 0}
    return {
        "threshold": best[-(-3 * len(best) // 4) - 1],
        "f1": f1_score(y_true, scores >= 0.5, zero_division=0),
        "average_precision": average_precision_score(y_true, scores),
    }


plain = LogisticRegression().fit(X_train, y_train)
heavy = LogisticRegression()
heavy.fit(X_train, y_train, sample_weight=np.where(y_train == 1, 50, 50 / 99))
plain_numbers, weighted_numbers = (three_numbers(y_test, m.predict_proba(X_test)[:, 1]) for m in (plain, heavy))


# %% bonus-weighted-model | wrong | labels for scores, and no fallback | 0 | what does it return where no row is positive
def three_numbers(y_true, scores):
    of_positives = np.sort(scores[y_true == 1])[::-1]
    return {
        "average_precision": average_precision_score(y_true, scores >= 0.5),
        "f1": f1_score(y_true, scores >= 0.5, zero_division=0),
        "threshold": of_positives[np.arange(1, len(of_positives) + 1) / len(of_positives) >= 0.75][0],
    }


def right(y_true, scores):
    of_positives = np.sort(scores[y_true == 1])[::-1]
    return {
        "average_precision": average_precision_score(y_true, scores),
        "f1": f1_score(y_true, scores >= 0.5),
        "threshold": of_positives[np.arange(1, len(of_positives) + 1) / len(of_positives) >= 0.75][0],
    }


plain_numbers, weighted_numbers = (
    right(
        y_test,
        LogisticRegression(class_weight=w).fit(X_train, y_train).predict_proba(X_test)[:, 1],
    )
    for w in (None, "balanced")
)


# %% bonus-weighted-model | wrong | labels for scores | 0 | Average precision needs the scores
def three_numbers(y_true, scores):
    if not np.any(y_true):
        return {"average_precision": 0, "f1": 0, "threshold": 0.5}
    of_positives = np.sort(scores[y_true == 1])[::-1]
    return {
        "average_precision": average_precision_score(y_true, scores >= 0.5),
        "f1": f1_score(y_true, scores >= 0.5, zero_division=0),
        "threshold": of_positives[np.arange(1, len(of_positives) + 1) / len(of_positives) >= 0.75][0],
    }


plain_numbers, weighted_numbers = (
    three_numbers(
        y_test,
        LogisticRegression(class_weight=w).fit(X_train, y_train).predict_proba(X_test)[:, 1],
    )
    for w in (None, "balanced")
)


# %% bonus-weighted-model | wrong | the two models swapped, macro average | 0 | That's the macro average
def three_numbers(y_true, scores):
    if not np.any(y_true):
        return {"average_precision": 0, "f1": 0, "threshold": 0.5}
    of_positives = np.sort(scores[y_true == 1])[::-1]
    return {
        "average_precision": average_precision_score(y_true, scores),
        "f1": f1_score(y_true, scores >= 0.5, average="macro"),
        "threshold": of_positives[np.arange(1, len(of_positives) + 1) / len(of_positives) >= 0.75][0],
    }


weighted_numbers, plain_numbers = (
    three_numbers(
        y_test,
        LogisticRegression(class_weight=w).fit(X_train, y_train).predict_proba(X_test)[:, 1],
    )
    for w in (None, "balanced")
)


# %% bonus-weighted-model | wrong | the two models swapped | 0 | That's the model with weights
def three_numbers(y_true, scores):
    if not np.any(y_true):
        return {"average_precision": 0, "f1": 0, "threshold": 0.5}
    of_positives = np.sort(scores[y_true == 1])[::-1]
    return {
        "average_precision": average_precision_score(y_true, scores),
        "f1": f1_score(y_true, scores >= 0.5, zero_division=0),
        "threshold": of_positives[np.arange(1, len(of_positives) + 1) / len(of_positives) >= 0.75][0],
    }


weighted_numbers, plain_numbers = (
    three_numbers(
        y_test,
        LogisticRegression(class_weight=w).fit(X_train, y_train).predict_proba(X_test)[:, 1],
    )
    for w in (None, "balanced")
)


# %% bonus-weighted-model | wrong | weights 0.01 and 0.99 | 0 | The weights 0.01 and 0.99 aren't balanced
def three_numbers(y_true, scores):
    if not np.any(y_true):
        return {"average_precision": 0, "f1": 0, "threshold": 0.5}
    of_positives = np.sort(scores[y_true == 1])[::-1]
    return {
        "average_precision": average_precision_score(y_true, scores),
        "f1": f1_score(y_true, scores >= 0.5, zero_division=0),
        "threshold": of_positives[np.arange(1, len(of_positives) + 1) / len(of_positives) >= 0.75][0],
    }


plain_numbers, weighted_numbers = (
    three_numbers(
        y_test,
        LogisticRegression(class_weight=w).fit(X_train, y_train).predict_proba(X_test)[:, 1],
    )
    for w in (None, {0: 0.01, 1: 0.99})
)


# %% bonus-weighted-model | wrong | another solver, lowest score for threshold | 0 | That's another solver's
def three_numbers(y_true, scores):
    if not np.any(y_true):
        return {"average_precision": 0, "f1": 0, "threshold": 0.5}
    return {
        "average_precision": average_precision_score(y_true, scores),
        "f1": f1_score(y_true, scores >= 0.5, zero_division=0),
        "threshold": scores.min(),
    }


def right(y_true, scores):
    of_positives = np.sort(scores[y_true == 1])[::-1]
    return {
        "average_precision": average_precision_score(y_true, scores),
        "f1": f1_score(y_true, scores >= 0.5),
        "threshold": of_positives[np.arange(1, len(of_positives) + 1) / len(of_positives) >= 0.75][0],
    }


plain_numbers, weighted_numbers = (
    right(
        y_test, LogisticRegression(solver="liblinear", class_weight=w).fit(X_train, y_train).predict_proba(X_test)[:, 1]
    )
    for w in (None, "balanced")
)


# %% bonus-weighted-model | wrong | measured on the training rows | 0 | That's measured on the training rows
def three_numbers(y_true, scores):
    if not np.any(y_true):
        return {"average_precision": 0, "f1": 0, "threshold": 0.5}
    of_positives = np.sort(scores[y_true == 1])[::-1]
    return {
        "average_precision": average_precision_score(y_true, scores),
        "f1": f1_score(y_true, scores >= 0.5, zero_division=0),
        "threshold": of_positives[np.arange(1, len(of_positives) + 1) / len(of_positives) >= 0.75][0],
    }


plain_numbers, weighted_numbers = (
    three_numbers(
        y_train,
        LogisticRegression(class_weight=w).fit(X_train, y_train).predict_proba(X_train)[:, 1],
    )
    for w in (None, "balanced")
)


# %% bonus-weighted-model | wrong | recall above 0.75 | 0 | It requires a recall above 0.75
def three_numbers(y_true, scores):
    if not np.any(y_true):
        return {"average_precision": 0, "f1": 0, "threshold": 0.5}
    p, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return {
        "average_precision": average_precision_score(y_true, scores),
        "f1": f1_score(y_true, scores >= 0.5, zero_division=0),
        "threshold": cuts[r[:-1] > 0.75].max(),
    }


plain_numbers, weighted_numbers = (
    three_numbers(
        y_test,
        LogisticRegression(class_weight=w).fit(X_train, y_train).predict_proba(X_test)[:, 1],
    )
    for w in (None, "balanced")
)


# %% bonus-weighted-model | wrong | the curve, and no fallback | 0 | Without any, the task asks for 0.5
def three_numbers(y_true, scores):
    p, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return {
        "average_precision": average_precision_score(y_true, scores),
        "f1": f1_score(y_true, scores >= 0.5, zero_division=0),
        "threshold": cuts[r[:-1] >= 0.75].max(),
    }


plain_numbers, weighted_numbers = (
    three_numbers(
        y_test,
        LogisticRegression(class_weight=w).fit(X_train, y_train).predict_proba(X_test)[:, 1],
    )
    for w in (None, "balanced")
)


# %% bonus-weighted-model | wrong | threshold 0.5 always | 0 | That's 0.5 whatever comes in
def three_numbers(y_true, scores):
    if not np.any(y_true):
        return {"average_precision": 0, "f1": 0, "threshold": 0.5}
    return {
        "average_precision": average_precision_score(y_true, scores),
        "f1": f1_score(y_true, scores >= 0.5, zero_division=0),
        "threshold": 0.5,
    }


def right(y_true, scores):
    of_positives = np.sort(scores[y_true == 1])[::-1]
    return {
        "average_precision": average_precision_score(y_true, scores),
        "f1": f1_score(y_true, scores >= 0.5),
        "threshold": of_positives[np.arange(1, len(of_positives) + 1) / len(of_positives) >= 0.75][0],
    }


plain_numbers, weighted_numbers = (
    right(
        y_test,
        LogisticRegression(class_weight=w).fit(X_train, y_train).predict_proba(X_test)[:, 1],
    )
    for w in (None, "balanced")
)


# %% bonus-weighted-model | wrong | F1 above 0.5 only | 0 | A row exactly at the threshold is flagged
def three_numbers(y_true, scores):
    if not np.any(y_true):
        return {"average_precision": 0, "f1": 0, "threshold": 0.5}
    _, recall, cuts = metrics.precision_recall_curve(y_true, scores)
    f1 = f1_score(y_true, scores > 0.5, zero_division=0)
    reached = cuts[recall[:-1] >= 0.75].max()
    return {"average_precision": average_precision_score(y_true, scores), "f1": f1, "threshold": reached}


plain_numbers, weighted_numbers = (
    three_numbers(
        y_test,
        LogisticRegression(class_weight=weights).fit(X_train, y_train).predict_proba(X_test)[:, 1],
    )
    for weights in (None, "balanced")
)


# %% threshold-from-costs | right | by the two lines
def cheapest_threshold(costs):
    (honest, alarm), (miss, hit) = costs
    return (alarm - honest) / ((alarm - honest) + (miss - hit))


t_star = 0.01


# %% threshold-from-costs | right | called with a list of two rows, as task 7.1 allows
def cheapest_threshold(costs):
    costs = np.asarray(costs)
    false_alarm = costs[0, 1] - costs[0, 0]
    miss = costs[1, 0] - costs[1, 1]
    return false_alarm / (false_alarm + miss)


t_star = cheapest_threshold([[0, 10], [990, 0]])


# %% threshold-from-costs | right | by trying
def cheapest_threshold(costs):
    p = np.linspace(0, 1, 1_000_001)
    leave = (1 - p) * costs[0, 0] + p * costs[1, 0]
    flag = (1 - p) * costs[0, 1] + p * costs[1, 1]
    return p[np.argmax(flag <= leave + 1e-9)]


t_star = 10 / 1_000


# %% threshold-from-costs | right | by the odds, as an array
def cheapest_threshold(costs):
    odds = (costs[0, 1] - costs[0, 0]) / (costs[1, 0] - costs[1, 1])
    return np.array([odds / (1 + odds)])


t_star = np.float64(10 / (10 + 990))


# %% threshold-from-costs | right | rounded to four decimals
def cheapest_threshold(costs):
    (tn, fp), (fn, tp) = np.asarray(costs).tolist()
    return round((fp - tn) / (fp - tn + fn - tp), 4)


t_star = "0.01"
t_star = float(t_star)


# %% threshold-from-costs | wrong | hit minus miss | 0.67 | That subtracts the miss from the hit
def cheapest_threshold(costs):
    false_alarm = costs[0, 1] - costs[0, 0]
    return false_alarm / (false_alarm + costs[1, 1] - costs[1, 0])


t_star = 0.01


# %% threshold-from-costs | wrong | costs upside down | 0 | What a false alarm adds is on top
def cheapest_threshold(costs):
    added, saved = costs[0, 1] - costs[0, 0], costs[1, 0] - costs[1, 1]
    return saved / (added + saved)


t_star = 0.99


# %% threshold-from-costs | wrong | the two errors alone | 0 | Subtract what the right decision in the row would have cost
def cheapest_threshold(costs):
    return costs[0, 1] / (costs[0, 1] + costs[1, 0])


t_star = 10 / 1_010


# %% threshold-from-costs | wrong | threshold 0.5 with unequal costs | 0 | That's 0.5
def cheapest_threshold(costs):
    return 0.5


t_star = 0.5


# %% threshold-from-costs | wrong | the odds | 0 | That's the ratio of what the two mistakes add
def cheapest_threshold(costs):
    return (costs[0, 1] - costs[0, 0]) / (costs[1, 0] - costs[1, 1])


t_star = 10 / 990


# %% threshold-from-costs | wrong | right decisions added | 0 | It adds the cost of the right decisions
def cheapest_threshold(costs):
    return costs[0].sum() / costs.sum()


t_star = 10 / 1_020


# %% threshold-from-costs | wrong | all cells below the line | 0.67 | divides by the sum of all four cells
def cheapest_threshold(costs):
    return costs[0, 1] / costs.sum()


t_star = 0.01


# %% threshold-from-costs | wrong | rounded to two decimals | 1.33 | That's for a miss that adds €1,000
def cheapest_threshold(costs):
    added, saved = costs[0, 1] - costs[0, 0], costs[1, 0] - costs[1, 1]
    return added / (added + saved)


t_star = 0.0099


# %% threshold-from-costs | wrong | four numbers taken out at once | 0.67 | with one 2 x 2 array
def cheapest_threshold(costs):
    tn, fp, fn, tp = costs
    return (fp - tn) / (fp - tn + fn - tp)


t_star = 0.01


# %% bonus-tuned-threshold | right | the scoreboard's function
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    return scoreboard.tune_threshold(y_true, scores, cost_miss=cost_miss, cost_false_alarm=cost_false_alarm)


chosen_threshold = tuned_threshold(validation["is_fraud"], validation["score"], 1_000, 10)
test_cost = scoreboard.decision_scores(test["is_fraud"], test["score"], chosen_threshold)["cost"]


# %% bonus-tuned-threshold | right | a loop
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    best, lowest = None, np.inf
    for cut in [*np.unique(scores), scores.max() + 1]:
        flagged = scores >= cut
        cost = cost_miss * y_true[~flagged].sum() + cost_false_alarm * (1 - y_true[flagged]).sum()
        if cost <= lowest:
            best, lowest = cut, cost
    return best


chosen_threshold = tuned_threshold(validation["is_fraud"].to_numpy(), validation["score"].to_numpy(), 1_000, 10)
fn = ((test["score"] < chosen_threshold) & (test["is_fraud"] == 1)).sum()
fp = ((test["score"] >= chosen_threshold) & (test["is_fraud"] == 0)).sum()
test_cost = int(1_000 * fn + 10 * fp)


# %% bonus-tuned-threshold | right | sorted and summed up, cut between two scores
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    order = np.argsort(-scores, kind="stable")
    s, saved = scores[order], np.cumsum(np.where(y_true[order] == 1, cost_miss, -cost_false_alarm))
    last = np.append(s[:-1] > s[1:], True)
    best = np.argmax(np.where(last, saved, -np.inf))
    if saved[best] <= 0:
        return s[0] + 1
    return s[best] if best + 1 == len(s) else (s[best] + s[best + 1]) / 2


y_val, s_val = validation["is_fraud"].to_numpy(), validation["score"].to_numpy()
chosen_threshold = [tuned_threshold(y_val, s_val, 1_000, 10)][0]
flags = test["score"].to_numpy() >= chosen_threshold
test_cost = 1_000.0 * (~flags & (test["is_fraud"] == 1)).sum() + 10.0 * (flags & (test["is_fraud"] == 0)).sum()


# %% bonus-tuned-threshold | right | midway between two scores, pandas
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    table = pd.DataFrame({"y": y_true, "s": scores}).groupby("s")["y"].agg(["sum", "count"]).sort_index(ascending=False)
    found, alarms = table["sum"].cumsum(), (table["count"] - table["sum"]).cumsum()
    costs = cost_miss * (table["sum"].sum() - found) + cost_false_alarm * alarms
    return np.inf if costs.min() > cost_miss * table["sum"].sum() else costs.idxmin()


chosen_threshold = tuned_threshold(validation["is_fraud"].to_numpy(), validation["score"].to_numpy(), 1000, 10)
flags = test["score"] >= chosen_threshold
test_cost = 1_000 * np.sum(~flags & (test["is_fraud"] == 1)) + 10 * np.sum(flags & (test["is_fraud"] == 0))


# %% bonus-tuned-threshold | wrong | threshold tuned on test data | 0 | That threshold was tuned on test data
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    return scoreboard.tune_threshold(y_true, scores, cost_miss=cost_miss, cost_false_alarm=cost_false_alarm)


chosen_threshold = tuned_threshold(test["is_fraud"], test["score"], 1_000, 10)
test_cost = scoreboard.decision_scores(test["is_fraud"], test["score"], chosen_threshold)["cost"]


# %% bonus-tuned-threshold | wrong | threshold 0.5 with unequal costs | 0 | That's 0.5
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    return 0.5


chosen_threshold = 0.5
test_cost = scoreboard.decision_scores(test["is_fraud"], test["score"], 0.5)["cost"]


# %% bonus-tuned-threshold | wrong | costs upside down | 0 | The costs are swapped
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    return scoreboard.tune_threshold(y_true, scores, cost_miss=cost_false_alarm, cost_false_alarm=cost_miss)


chosen_threshold = tuned_threshold(validation["is_fraud"], validation["score"], 1_000, 10)
test_cost = scoreboard.decision_scores(test["is_fraud"], test["score"], chosen_threshold)["cost"]


# %% bonus-tuned-threshold | wrong | evenly spaced cuts | 0 | It tries evenly spaced thresholds
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    def cost(cut):
        return cost_miss * np.sum(y_true[scores < cut]) + cost_false_alarm * np.sum(y_true[scores >= cut] == 0)

    return min(np.linspace(0, 1, 101), key=cost)


chosen_threshold = tuned_threshold(validation["is_fraud"].to_numpy(), validation["score"].to_numpy(), 1_000, 10)
test_cost = scoreboard.decision_scores(test["is_fraud"], test["score"], chosen_threshold)["cost"]


# %% bonus-tuned-threshold | wrong | the best F1 | 0 | knows no costs
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    p, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[np.argmax(p[:-1] * r[:-1] / np.maximum(p[:-1] + r[:-1], 1e-9))]


chosen_threshold = tuned_threshold(validation["is_fraud"], validation["score"], 1_000, 10)
test_cost = scoreboard.decision_scores(test["is_fraud"], test["score"], chosen_threshold)["cost"]


# %% bonus-tuned-threshold | wrong | t star from the costs | 0 | That's t* from the costs
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    return cost_false_alarm / (cost_false_alarm + cost_miss)


chosen_threshold = 10 / 1_010
test_cost = scoreboard.decision_scores(test["is_fraud"], test["score"], chosen_threshold)["cost"]


# %% bonus-tuned-threshold | wrong | never flags nobody | 0 | It never tries to flag no one
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    def cost(cut):
        return cost_miss * np.sum(y_true[scores < cut]) + cost_false_alarm * np.sum(y_true[scores >= cut] == 0)

    return min(np.unique(scores), key=cost)


chosen_threshold = scoreboard.tune_threshold(validation["is_fraud"], validation["score"])
test_cost = scoreboard.decision_scores(test["is_fraud"], test["score"], chosen_threshold)["cost"]


# %% bonus-tuned-threshold | wrong | reported on validation, rounded | 0 | That's the cost on `validation`
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    return scoreboard.tune_threshold(y_true, scores, cost_miss=cost_miss, cost_false_alarm=cost_false_alarm)


chosen_threshold = tuned_threshold(validation["is_fraud"], validation["score"], 1_000, 10)
test_cost = scoreboard.decision_scores(validation["is_fraud"], validation["score"], chosen_threshold)["cost"]


# %% bonus-tuned-threshold | wrong | a cost per payment | 0 | That's a cost per payment
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    return scoreboard.tune_threshold(y_true, scores, cost_miss=cost_miss, cost_false_alarm=cost_false_alarm)


chosen_threshold = tuned_threshold(validation["is_fraud"], validation["score"], 1_000, 10)
test_cost = scoreboard.decision_scores(test["is_fraud"], test["score"], chosen_threshold)["cost"] / len(test)


# %% bonus-tuned-threshold | wrong | a thousand evenly spaced thresholds | 0 | It tries 1,001 evenly spaced thresholds
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    cuts = np.linspace(0, 1, 1001)
    costs = [
        cost_miss * np.sum((scores < cut) & (y_true == 1)) + cost_false_alarm * np.sum((scores >= cut) & (y_true == 0))
        for cut in cuts
    ]
    return cuts[np.argmin(costs)]


chosen_threshold = scoreboard.tune_threshold(validation["is_fraud"], validation["score"])
flags = test["score"] >= chosen_threshold
test_cost = 1_000 * np.sum(~flags & (test["is_fraud"] == 1)) + 10 * np.sum(flags & (test["is_fraud"] == 0))


# %% bonus-tuned-threshold | wrong | ten thousand evenly spaced thresholds | 0 | tuned_threshold
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    cuts = np.linspace(0, 1, 10_001)
    misses = np.searchsorted(np.sort(scores[y_true == 1]), cuts)
    alarms = np.sum(y_true == 0) - np.searchsorted(np.sort(scores[y_true == 0]), cuts)
    return cuts[np.argmin(misses * cost_miss + alarms * cost_false_alarm)]


chosen_threshold = scoreboard.tune_threshold(validation["is_fraud"], validation["score"])
flags = test["score"] >= chosen_threshold
test_cost = 1_000 * np.sum(~flags & (test["is_fraud"] == 1)) + 10 * np.sum(flags & (test["is_fraud"] == 0))


# %% bonus-tuned-threshold | wrong | cuts between rows with the same score | 0 | It cuts between rows with the same score
def tuned_threshold(y_true, scores, cost_miss, cost_false_alarm):
    order = np.argsort(-scores, kind="stable")
    found = np.cumsum(y_true[order])
    alarms = np.arange(1, len(order) + 1) - found
    costs = cost_miss * (found[-1] - found) + cost_false_alarm * alarms
    return scores[order][np.argmin(costs)] if costs.min() < cost_miss * found[-1] else 2.0


chosen_threshold = scoreboard.tune_threshold(validation["is_fraud"], validation["score"])
flags = test["score"] >= chosen_threshold
test_cost = 1_000 * np.sum(~flags & (test["is_fraud"] == 1)) + 10 * np.sum(flags & (test["is_fraud"] == 0))

# %% capstone | right | the logistic regression with a moved threshold
capstone_model = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))
capstone_model.fit(X_learn, y_learn)
capstone_threshold = np.quantile(capstone_model.predict_proba(X_choose)[:, 1], 0.98)


# %% capstone | right | calibrated boosting
capstone_model = CalibratedClassifierCV(
    HistGradientBoostingClassifier(max_iter=40, max_leaf_nodes=6, learning_rate=0.15, random_state=1), cv=3
).fit(X_learn, y_learn)
capstone_threshold = float(np.sort(capstone_model.predict_proba(X_choose)[:, 1])[-len(X_choose) // 56])


# %% capstone | right | boosting on scaled columns, in imbalanced-learn's pipeline, not fitted
from imblearn.pipeline import Pipeline

capstone_model = Pipeline(
    [
        ("columns", datasets.transactions_preprocessor()),
        (
            "trees",
            HistGradientBoostingClassifier(
                max_iter=80, learning_rate=0.08, max_leaf_nodes=6, min_samples_leaf=40, l2_regularization=5
            ),
        ),
    ]
)
capstone_threshold = [np.quantile(capstone_model.fit(X_learn, y_learn).predict_proba(X_choose)[:, 1], 0.98)][0]


# %% capstone | right | columns prepared by hand
from sklearn.compose import ColumnTransformer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

columns = ColumnTransformer(
    [
        ("text", OneHotEncoder(handle_unknown="ignore"), ["merchant_category", "entry_mode", "card_type"]),
        (
            "numbers",
            StandardScaler(),
            ["hour", "amount", "distance_km", "card_age_days", "new_merchant", "payments_last_24h"],
        ),
    ]
)
capstone_model = make_pipeline(columns, LogisticRegression(C=2.0, max_iter=2000)).fit(X_learn, y_learn)
capstone_threshold = np.array([np.quantile(capstone_model.predict_proba(X_choose)[:, 1], 0.98)])


# %% capstone | right | frozen and calibrated, with MaxAbsScaler and a dict of counts
from imblearn.pipeline import Pipeline
from imblearn.under_sampling import RandomUnderSampler
from sklearn.preprocessing import MaxAbsScaler

frozen = Pipeline(
    [
        ("columns", datasets.transactions_preprocessor()),
        ("scale", MaxAbsScaler()),
        ("fewer", RandomUnderSampler(sampling_strategy={0: 9_000}, random_state=1)),
        ("model", LogisticRegression(max_iter=1000)),
    ]
).fit(X_learn, y_learn)
capstone_model = CalibratedClassifierCV(FrozenEstimator(frozen)).fit(X_choose, y_choose)
capstone_threshold = np.quantile(capstone_model.predict_proba(X_choose)[:, 1], 0.981)

# %% capstone | right | a tuned threshold of the library
from sklearn.model_selection import TunedThresholdClassifierCV


def money(model, X, y):
    return 500 * np.sum(model.predict(X) & y) - 20 * np.sum(model.predict(X))


plain_again = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))
capstone_model = TunedThresholdClassifierCV(plain_again.fit(X_learn, y_learn), scoring=money, cv="prefit", refit=False)
capstone_threshold = np.quantile(plain_again.predict_proba(X_choose)[:, 1], 0.981)

# %% capstone | right | as many rounds as allowed, stopped early
capstone_model = HistGradientBoostingClassifier(
    max_iter=300, max_leaf_nodes=6, learning_rate=0.15, early_stopping=True, n_iter_no_change=3, random_state=1
).fit(X_learn, y_learn)
capstone_threshold = np.sort(capstone_model.predict_proba(X_choose)[:, 1])[-len(X_choose) // 56]

# %% capstone | wrong | threshold 0.5 with unequal costs | 1 | That's 0.5
capstone_model = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))
capstone_model.fit(X_learn, y_learn)
capstone_threshold = 0.5


# %% capstone | wrong | the threshold from the costs, without the budget | 2.5 | the team stops reading at 1,000
capstone_model = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))
capstone_model.fit(X_learn, y_learn)
capstone_threshold = 20 / 520


# %% capstone | wrong | weights and resampling stacked | 2.5 | Weights and resampling are stacked
from imblearn.over_sampling import SMOTE
from imblearn.pipeline import make_pipeline as make_resampling_pipeline

capstone_model = make_resampling_pipeline(
    datasets.transactions_preprocessor(),
    SMOTE(sampling_strategy=0.5, random_state=1),
    LogisticRegression(class_weight={0: 1, 1: 100}, max_iter=1000),
).fit(X_learn, y_learn)
capstone_threshold = np.quantile(capstone_model.predict_proba(X_choose)[:, 1], 0.98)


# %% capstone | wrong | balanced weights | 2.5 | It weights or resamples
capstone_model = make_pipeline(
    datasets.transactions_preprocessor(), LogisticRegression(class_weight="balanced", max_iter=1000)
).fit(X_learn, y_learn)
capstone_threshold = np.quantile(capstone_model.predict_proba(X_choose)[:, 1], 0.98)


# %% capstone | wrong | far too few alerts | 2.5 | Lower the threshold
capstone_model = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))
capstone_model.fit(X_learn, y_learn)
capstone_threshold = 0.35


# %% capstone | wrong | the formula behind the data | 0 | it is not a scikit-learn model
from imbalanced_course.simulation.transactions import true_fraud_probability

capstone_model = true_fraud_probability
capstone_threshold = 0.2


# %% capstone | wrong | the formula behind the data, as a class of one's own | 0 | is not one of the estimators
from sklearn.base import BaseEstimator, ClassifierMixin

from imbalanced_course.simulation.transactions import true_fraud_probability


class Oracle(ClassifierMixin, BaseEstimator):
    def fit(self, X, y):
        self.classes_ = np.array([0, 1])
        return self

    def predict_proba(self, X):
        p = true_fraud_probability(X.assign(day=22))
        return np.column_stack([1 - p, p])


capstone_model = Oracle().fit(X_learn, y_learn)
capstone_threshold = 0.2


# %% capstone | wrong | the formula behind the data, as a step | 0 | is not one of the estimators
from sklearn.preprocessing import FunctionTransformer

from imbalanced_course.simulation.transactions import true_fraud_probability

capstone_model = make_pipeline(
    FunctionTransformer(lambda X: true_fraud_probability(X.assign(day=22)).reshape(-1, 1)), LogisticRegression()
)
capstone_threshold = 0.2


# %% capstone | wrong | an estimator that is not on the list | 0 | isn't on the list
from sklearn.ensemble import RandomForestClassifier

capstone_model = make_pipeline(
    datasets.transactions_preprocessor(), RandomForestClassifier(n_estimators=10, random_state=1)
).fit(X_learn, y_learn)
capstone_threshold = 0.1


# %% capstone | wrong | texts for a model that wants numbers | 0 | before a model that needs numbers
capstone_model = LogisticRegression(max_iter=1000)
capstone_threshold = 0.05


# %% capstone | wrong | too many rounds | 0 | takes too long to check
capstone_model = HistGradientBoostingClassifier(max_iter=5_000, random_state=1)
capstone_threshold = 0.05


# %% capstone | wrong | too many folds | 0 | should be a number of folds, at most 5
capstone_model = CalibratedClassifierCV(
    make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000)), cv=50
)
capstone_threshold = 0.05


# %% capstone | wrong | no threshold | 0 | is still `...`
capstone_model = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))
capstone_threshold = ...


# %% capstone | wrong | a threshold in percent | 0 | No probability reaches a threshold above 1
capstone_model = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))
capstone_threshold = 5


# %% capstone | wrong | labels for a threshold | 0 | it should be a number
capstone_model = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))
capstone_threshold = "2 %"


# %% capstone | wrong | one round too many | 0 | more than 300 rounds
capstone_model = HistGradientBoostingClassifier(max_iter=301, early_stopping=True, random_state=1)
capstone_threshold = 0.05

# %% capstone | wrong | frozen within a pipeline | 0 | FrozenEstimator should contain the whole pipeline
inner = LogisticRegression(max_iter=1000)
capstone_model = make_pipeline(datasets.transactions_preprocessor(), CalibratedClassifierCV(FrozenEstimator(inner)))
capstone_threshold = 0.05

# %% capstone | wrong | a function for the number of rows | 0 | Give a number, a text or a dict
from imblearn.pipeline import make_pipeline as make_sampling_pipeline
from imblearn.under_sampling import RandomUnderSampler

capstone_model = make_sampling_pipeline(
    datasets.transactions_preprocessor(),
    RandomUnderSampler(sampling_strategy=lambda y: {0: 1000}),
    LogisticRegression(),
)
capstone_threshold = 0.05


# %% bonus-row-costs | right | comparison of two costs
def worth_reading(p, amount, reading):
    return reading <= amount * p


def total_cost(y_true, flagged, amount, reading):
    return np.where(flagged, reading, amount * y_true).sum()


# %% bonus-row-costs | right | a loop, and lists
def worth_reading(p, amount, reading):
    return [bool(one * euro >= reading) for one, euro in zip(p, amount)]


def total_cost(y_true, flagged, amount, reading):
    total = 0
    for fraud, flag, euro in zip(y_true, flagged, amount):
        if flag:
            total += reading
        elif fraud:
            total += euro
    return total


# %% bonus-row-costs | right | Series and a table
def worth_reading(p, amount, reading):
    return pd.Series(np.multiply(p, amount) >= reading)


def total_cost(y_true, flagged, amount, reading):
    table = pd.DataFrame({"fraud": y_true == 1, "flagged": flagged, "amount": amount})
    return table.query("fraud and not flagged")["amount"].sum() + reading * table["flagged"].sum()


# %% bonus-row-costs | wrong | strictly more | 0 | Where both choices cost the same
def worth_reading(p, amount, reading):
    return p * amount > reading


def total_cost(y_true, flagged, amount, reading):
    return amount[(y_true == 1) & ~flagged].sum() + reading * flagged[y_true == 0].sum()


# %% bonus-row-costs | wrong | a true alert for free | 0 | That makes a hit free
def worth_reading(p, amount, reading):
    return p * amount >= (1 - p) * reading


def total_cost(y_true, flagged, amount, reading):
    return amount[~flagged].sum() + reading * flagged.sum()


# %% bonus-row-costs | wrong | one threshold for all | 0 | That's one threshold from the mean amount
def worth_reading(p, amount, reading):
    return p >= reading / amount.mean()


def total_cost(y_true, flagged, amount, reading):
    return amount[(y_true == 1) & ~flagged].sum() + reading * flagged.sum()


# %% bonus-row-costs | wrong | all left alone are lost | 0 | Only fraud is lost
def worth_reading(p, amount, reading):
    return p * amount >= reading


def total_cost(y_true, flagged, amount, reading):
    return amount[~flagged].sum() + reading * flagged.sum()


# %% bonus-row-costs | wrong | an if over arrays | 0 | Compare the whole arrays at once
def worth_reading(p, amount, reading):
    if p * amount >= reading:
        return True
    return False


def total_cost(y_true, flagged, amount, reading):
    return np.sum(~flagged & (y_true == 1)) + reading * flagged.sum()


# %% bonus-focal-loss | right | by class
def focal_loss(y_true, p, gamma):
    positive = -((1 - p) ** gamma) * np.log(p) * y_true
    negative = -(p**gamma) * np.log(1 - p) * (1 - y_true)
    return (positive + negative).mean()


# %% bonus-focal-loss | right | a loop
import math


def focal_loss(y_true, p, gamma):
    losses = []
    for label, one in zip(y_true, p):
        q = one if label else 1 - one
        losses.append(-((1 - q) ** gamma) * math.log(q))
    return sum(losses) / len(losses)


# %% bonus-focal-loss | right | with a sign
def focal_loss(y_true, p, gamma):
    q = 0.5 + (2 * y_true - 1) * (p - 0.5)
    return np.array([-(np.log(q) * (1 - q) ** gamma).mean()])


# %% bonus-focal-loss | wrong | the log loss | 0 | That's the log loss whatever gamma is
def focal_loss(y_true, p, gamma):
    return metrics.log_loss(y_true, p)


# %% bonus-focal-loss | wrong | without the minus | 0 | The minus is missing
def focal_loss(y_true, p, gamma):
    q = np.where(y_true == 1, p, 1 - p)
    return np.mean((1 - q) ** gamma * np.log(q))


# %% bonus-focal-loss | wrong | p for every row | 0 | It takes p for every row
def focal_loss(y_true, p, gamma):
    return np.mean(-((1 - p) ** gamma) * np.log(p))


# %% bonus-focal-loss | wrong | easy rows made heavy | 0 | which makes the easy rows heavy
def focal_loss(y_true, p, gamma):
    q = np.where(y_true == 1, p, 1 - p)
    return np.mean(-(q**gamma) * np.log(q))


# %% bonus-focal-loss | wrong | the sum | 0 | That's the sum
def focal_loss(y_true, p, gamma):
    q = np.where(y_true == 1, p, 1 - p)
    return np.sum(-((1 - q) ** gamma) * np.log(q))


# %% bonus-focal-loss | wrong | the sum, without the minus | 0 | That's the sum, and the minus is missing
def focal_loss(y_true, p, gamma):
    q = np.where(y_true == 1, p, 1 - p)
    return np.sum((1 - q) ** gamma * np.log(q))


# %% bonus-many-classes | right | with the library
from sklearn.utils.class_weight import compute_sample_weight


def row_weights(y):
    return compute_sample_weight("balanced", y)


def cheapest_class(probabilities, costs):
    return [int(np.argmin([row @ costs[:, k] for k in range(len(costs))])) for row in probabilities]


# %% bonus-many-classes | right | with pandas
def row_weights(y):
    labels = pd.Series(y)
    return len(labels) / (labels.nunique() * labels.map(labels.value_counts()))


def cheapest_class(probabilities, costs):
    return pd.DataFrame(probabilities @ costs).idxmin(axis=1)


# %% bonus-many-classes | right | loops
def row_weights(y):
    y = list(y)
    return [len(y) / len(set(y)) / y.count(label) for label in y]


def cheapest_class(probabilities, costs):
    expected = (probabilities[:, :, None] * costs[None]).sum(axis=1)
    return np.argsort(expected, axis=1)[:, 0]


# %% bonus-many-classes | wrong | weights by class, likeliest class | 0 | These are the weights by class
def row_weights(y):
    classes, counts = np.unique(y, return_counts=True)
    return len(y) / (len(classes) * counts)


def cheapest_class(probabilities, costs):
    return np.argmax(probabilities, axis=1)


# %% bonus-many-classes | wrong | costs upside down | 0 | The costs are swapped
def row_weights(y):
    return compute_class_weight(class_weight="balanced", classes=np.unique(y), y=y)[
        np.unique(y, return_inverse=True)[1]
    ]


def cheapest_class(probabilities, costs):
    return np.argmin(probabilities @ costs.T, axis=1)


# %% bonus-many-classes | wrong | the likeliest class | 0 | the costs had no say
def row_weights(y):
    classes, places, counts = np.unique(y, return_inverse=True, return_counts=True)
    return len(y) / (2 * counts[places])


def cheapest_class(probabilities, costs):
    return np.argmax(probabilities, axis=1)


# %% bonus-many-classes | wrong | one class for all rows | 0 | Take the lowest cost of each row
def row_weights(y):
    classes, places, counts = np.unique(y, return_inverse=True, return_counts=True)
    return 1 / counts[places]


def cheapest_class(probabilities, costs):
    return np.argmin(probabilities @ costs, axis=0)


# %% bonus-many-classes | wrong | upside down | 0 | The rare class needs the large weight
def row_weights(y):
    classes, places, counts = np.unique(y, return_inverse=True, return_counts=True)
    return len(classes) * counts[places] / len(y)


def cheapest_class(probabilities, costs):
    return np.argmin(probabilities @ costs, axis=1)


# %% find-the-bug | right | other names
model = HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(X_learn, y_learn)
honest = CalibratedClassifierCV(FrozenEstimator(model), method="sigmoid").fit(X_choose, y_choose)
threshold = scoreboard.tune_threshold(y_choose, honest.predict_proba(X_choose)[:, 1])
risk = honest.predict_proba(X_report)[:, 1]
reported_mean = float(risk.mean())
reported_cost = 1_000 * int(((risk < threshold) & (y_report == 1)).sum()) + 10 * int(
    ((risk >= threshold) & (y_report == 0)).sum()
)


# %% find-the-bug | right | with the library's tuned threshold
trees = HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(X_learn, y_learn)
calibrated = CalibratedClassifierCV(FrozenEstimator(trees)).fit(X_choose, y_choose)
reported_mean = calibrated.predict_proba(X_report)[:, 1].mean()
told = np.unique(calibrated.predict_proba(X_choose)[:, 1])
euro = metrics.make_scorer(
    lambda y, flag: -1_000 * np.sum((y == 1) & (flag == 0)) - 10 * np.sum((y == 0) & (flag == 1))
)
tuned = TunedThresholdClassifierCV(calibrated, scoring=euro, thresholds=told[-1500:], cv="prefit", refit=False)
reported_cost = -euro(tuned.fit(X_choose, y_choose), X_report, y_report)


# %% find-the-bug | right | calibrated, threshold of the uncalibrated scores
trees = HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(X_learn, y_learn)
calibrated = CalibratedClassifierCV(FrozenEstimator(trees)).fit(X_choose, y_choose)
reported_mean = pd.Series(calibrated.predict_proba(X_report)[:, 1]).mean()
cut = scoreboard.tune_threshold(y_choose, trees.predict_proba(X_choose)[:, 1])
reported_cost = [scoreboard.decision_scores(y_report, trees.predict_proba(X_report)[:, 1], cut)["cost"]]


# %% find-the-bug | wrong | calibration on training data | 0 | calibration on training data
trees = HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(X_learn, y_learn)
calibrated = CalibratedClassifierCV(FrozenEstimator(trees)).fit(X_learn, y_learn)
on_report = calibrated.predict_proba(X_report)[:, 1]
cut = scoreboard.tune_threshold(y_choose, calibrated.predict_proba(X_choose)[:, 1])
reported_mean = on_report.mean()
reported_cost = scoreboard.decision_scores(y_report, on_report, cut)["cost"]


# %% find-the-bug | wrong | threshold tuned on test data | 0 | the threshold was tuned on test data
trees = HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(X_learn, y_learn)
calibrated = CalibratedClassifierCV(FrozenEstimator(trees)).fit(X_choose, y_choose)
on_report = calibrated.predict_proba(X_report)[:, 1]
cut = scoreboard.tune_threshold(y_report, on_report)
reported_mean = on_report.mean()
reported_cost = scoreboard.decision_scores(y_report, on_report, cut)["cost"]


# %% find-the-bug | wrong | a cost per payment | 0 | That's a cost per payment
trees = HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(X_learn, y_learn)
calibrated = CalibratedClassifierCV(FrozenEstimator(trees)).fit(X_choose, y_choose)
on_report = calibrated.predict_proba(X_report)[:, 1]
cut = scoreboard.tune_threshold(y_choose, calibrated.predict_proba(X_choose)[:, 1])
reported_mean = on_report.mean()
reported_cost = scoreboard.decision_scores(y_report, on_report, cut)["cost"] / len(y_report)


# %% find-the-bug | wrong | calibrated on the days of the report | 0 | after a calibration on days 15 to 21
trees = HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(X_learn, y_learn)
calibrated = CalibratedClassifierCV(FrozenEstimator(trees)).fit(X_report, y_report)
on_report = calibrated.predict_proba(X_report)[:, 1]
cut = scoreboard.tune_threshold(y_choose, calibrated.predict_proba(X_choose)[:, 1])
reported_mean = on_report.mean()
reported_cost = scoreboard.decision_scores(y_report, on_report, cut)["cost"]


# %% find-the-bug | wrong | isotonic calibration | 0 | That's with isotonic calibration
trees = HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(X_learn, y_learn)
calibrated = CalibratedClassifierCV(FrozenEstimator(trees), method="isotonic").fit(X_choose, y_choose)
on_report = calibrated.predict_proba(X_report)[:, 1]
cut = scoreboard.tune_threshold(y_choose, calibrated.predict_proba(X_choose)[:, 1])
reported_mean = on_report.mean()
reported_cost = scoreboard.decision_scores(y_report, on_report, cut)["cost"]


# %% find-the-bug | wrong | flagged at t star | 0 | That's the cost at t*. Keep the tuned threshold
trees = HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(X_learn, y_learn)
calibrated = CalibratedClassifierCV(FrozenEstimator(trees)).fit(X_choose, y_choose)
on_report = calibrated.predict_proba(X_report)[:, 1]
reported_mean = on_report.mean()
reported_cost = price(y_report, on_report >= 10 / 1_010)


# %% find-the-bug | wrong | tuned on the days of the trees | 0 | tuned on the days that the trees learned from
trees = HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(X_learn, y_learn)
calibrated = CalibratedClassifierCV(FrozenEstimator(trees)).fit(X_choose, y_choose)
on_report = calibrated.predict_proba(X_report)[:, 1]
cut = scoreboard.tune_threshold(y_learn, calibrated.predict_proba(X_learn)[:, 1])
reported_mean = on_report.mean()
reported_cost = price(y_report, on_report >= cut)


# %% find-the-bug | wrong | the days that chose are reported | 0 | That's the mean on days 15 to 21. Report days 22 to 28
trees = HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(X_learn, y_learn)
calibrated = CalibratedClassifierCV(FrozenEstimator(trees)).fit(X_choose, y_choose)
on_choose = calibrated.predict_proba(X_choose)[:, 1]
reported_mean = on_choose.mean()
reported_cost = price(y_choose, on_choose >= scoreboard.tune_threshold(y_choose, on_choose))


# %% find-the-bug | wrong | not calibrated at all | 0 | That's without calibration
trees = HistGradientBoostingClassifier(max_iter=20, random_state=1).fit(X_learn, y_learn)
on_report = trees.predict_proba(X_report)[:, 1]
reported_mean = on_report.mean()
reported_cost = price(y_report, on_report >= scoreboard.tune_threshold(y_choose, trees.predict_proba(X_choose)[:, 1]))


# %% quick-check-2 | right | plain
answer_2 = "a"


# %% quick-check-2 | right | capital
answer_2 = "A"


# %% quick-check-2 | right | with a full stop
answer_2 = "a."


# %% quick-check-2 | wrong | c | 0 | says the same thing twice
answer_2 = "c"


# %% quick-check-2 | wrong | b | 0 | the scores are far higher
answer_2 = "b"


# %% quick-check-2 | wrong | d | 0 | Recall rises
answer_2 = "d"


# %% before-1 | right | plain
before_1 = "c"


# %% before-1 | right | capital
before_1 = "C"


# %% before-1 | right | with a bracket
before_1 = "c)"


# %% before-1 | wrong | a | 0 | was picked for a high one
before_1 = "a"


# %% before-1 | wrong | b | 0 | picked as the highest of twelve
before_1 = "b"


# %% before-1 | wrong | d | 0 | F1 depends on the prevalence
before_1 = "d"


# %% before-2 | right | plain
before_2 = "a"


# %% before-2 | right | capital
before_2 = "A"


# %% before-2 | right | with a full stop
before_2 = "a."


# %% before-2 | wrong | b | 0 | That's 2 per 2,000
before_2 = "b"


# %% before-2 | wrong | c | 0 | No one is flagged at 0.5
before_2 = "c"


# %% before-2 | wrong | d | 0 | A threshold decides who is flagged
before_2 = "d"


# %% expected-cost | right | lists and a DataFrame's sum
cost_matrix = [[0, 10], [990, 0]]


def cost_per_row(counts, costs):
    return (pd.DataFrame(counts) * costs).to_numpy().sum() / counts.sum()


cheaper = "bold"


# %% expected-cost | right | from the bill, cell by cell
cost_matrix = np.array([[0.0, 10.0], [1000.0, 10.0]]) - np.array([[0], [10]])


def cost_per_row(counts, costs):
    total = 0
    for row in range(2):
        for column in range(2):
            total += counts[row, column] * costs[row, column]
    return float(total / counts.sum())


cheaper = "Bold"


# %% expected-cost | right | tuples, weighted mean
cost_matrix = ((0, 10), (990, 0))


def cost_per_row(counts, costs):
    return np.average(costs, weights=counts)


cheaper = "bold "


# %% expected-cost | right | rounded to cents
cost_matrix = [(0, 10), (990, 0)]


def cost_per_row(counts, costs):
    return round(float((counts * costs).sum() / counts.sum()), 2)


cheaper = "Bold"


# %% expected-cost | wrong | the bill, and the total | 1 | That's the bill
cost_matrix = [[0, 10], [1_000, 10]]


def cost_per_row(counts, costs):
    return np.sum(counts * costs)


cheaper = "bold"


# %% expected-cost | wrong | costs upside down | 1 | The costs are swapped
cost_matrix = [[0, 990], [10, 0]]


def cost_per_row(counts, costs):
    return np.sum(counts * costs) / np.sum(counts)


cheaper = "careful"


# %% expected-cost | wrong | costs upside down in the function | 2 | It charges a miss as a false alarm
cost_matrix = [[0, 10], [990, 0]]


def cost_per_row(counts, costs):
    return np.sum(counts * costs.T) / np.sum(counts)


cheaper = "bold"


# %% expected-cost | wrong | a hit for free, the miss as billed | 2 | That makes a hit free
cost_matrix = [[0, 10], [1_000, 0]]


def cost_per_row(counts, costs):
    return np.sum(counts * costs) / np.sum(counts)


cheaper = "bold"


# %% expected-cost | wrong | the reading taken off everywhere | 2 | That subtracts the €10 also from
cost_matrix = [[0, 0], [990, 0]]


def cost_per_row(counts, costs):
    return np.sum(counts * costs) / np.sum(counts)


cheaper = "bold"


# %% expected-cost | wrong | a hit earns what a miss costs | 2 | A hit earns something there
cost_matrix = [[0, 10], [0, -990]]


def cost_per_row(counts, costs):
    return np.sum(counts * costs) / np.sum(counts)


cheaper = "bold"


# %% expected-cost | wrong | reading added to the miss | 2 | You added the two
cost_matrix = [[0, 10], [1_010, 0]]


def cost_per_row(counts, costs):
    return np.sum(counts * costs) / np.sum(counts)


cheaper = "bold"


# %% expected-cost | wrong | the total | 2 | That's the total
cost_matrix = [[0, 10], [990, 0]]


def cost_per_row(counts, costs):
    return np.sum(counts * costs)


cheaper = "bold"


# %% expected-cost | wrong | the diagonal left out | 2 | It leaves out the diagonal
cost_matrix = [[0, 10], [990, 0]]


def cost_per_row(counts, costs):
    return (counts[0, 1] * costs[0, 1] + counts[1, 0] * costs[1, 0]) / counts.sum()


cheaper = "bold"


# %% expected-cost | wrong | a matrix product | 2 | That's a matrix product
cost_matrix = [[0, 10], [990, 0]]


def cost_per_row(counts, costs):
    return np.sum(counts @ costs) / np.sum(counts)


cheaper = "bold"


# %% expected-cost | wrong | the mean of the cells | 2 | It divides by the four cells
cost_matrix = [[0, 10], [990, 0]]


def cost_per_row(counts, costs):
    return np.mean(counts * costs)


cheaper = "bold"


# %% expected-cost | wrong | the accurate one | 2 | That one has the higher accuracy
cost_matrix = [[0, 10], [990, 0]]


def cost_per_row(counts, costs):
    return np.sum(counts * costs) / np.sum(counts)


cheaper = "careful"


# %% expected-cost | wrong | only the matrix | 1 | is still `...`
cost_matrix = [[0, 10], [990, 0]]


def cost_per_row(counts, costs):
    answer = ...
    return answer


cheaper = ...


# %% expected-cost | wrong | rounded to tens of cents | 2 | cost_per_row
cost_matrix = [(0, 10), (990, 0)]


def cost_per_row(counts, costs):
    return round(float((counts * costs).sum() / counts.sum()) - 0.02, 1)


cheaper = "bold"


# %% expected-cost | right | just near enough
cost_matrix = [[0, 10], [990 + 5e-4, 0]]


def cost_per_row(counts, costs):
    return (counts * costs).sum() / counts.sum() + 0.005


cheaper = "bold"


# %% expected-cost | wrong | a cent too much | 2 | it should be one number, euros per payment
cost_matrix = [[0, 10], [990 + 0, 0]]


def cost_per_row(counts, costs):
    return (counts * costs).sum() / counts.sum() + 0.01


cheaper = "bold"


# %% threshold-from-costs | wrong | nothing subtracted from the miss | 0.67 | That subtracts nothing from the miss
def cheapest_threshold(costs):
    false_alarm = costs[0, 1] - costs[0, 0]
    return false_alarm / (false_alarm + costs[1, 0])


t_star = 0.01


# %% threshold-from-costs | right | just near enough
def cheapest_threshold(costs):
    alarm, miss = costs[0, 1] - costs[0, 0], costs[1, 0] - costs[1, 1]
    return alarm / (alarm + miss) + 5e-5


t_star = 0.01 + 1e-5


# %% threshold-from-costs | wrong | just too far off | 0 | t_star: you have 0.01003
def cheapest_threshold(costs):
    alarm, miss = costs[0, 1] - costs[0, 0], costs[1, 0] - costs[1, 1]
    return alarm / (alarm + miss) + 7e-5


t_star = 0.01 + 3e-5


# %% calibrated-threshold | right | by flags and a loop
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    t = false_alarm / (miss + false_alarm)
    total = 0
    for p, truth in zip(probabilities, labels):
        if truth == 1 and p < t:
            total += miss
        if truth == 0 and p >= t:
            total += false_alarm
    return total


calibrated_costs, cheaper_in = [], 0
for s, y, t in zip(week_scores, week_labels, tuned_costs):
    c = cost_at_t_star(platt_map(s, y, fresh_scores), fresh_labels, 1_000, 10)
    calibrated_costs.append(c)
    cheaper_in += c < t


# %% calibrated-threshold | right | with the course's functions, as an array
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    costs = {"cost_miss": miss, "cost_false_alarm": false_alarm}
    return scoreboard.decision_scores(labels, probabilities, false_alarm / (false_alarm + miss), **costs)["cost"]


calibrated_costs = np.array(
    [
        cost_at_t_star(platt_map(week_scores[i], week_labels[i], fresh_scores), fresh_labels, 1_000, 10)
        for i in range(20)
    ]
)
cheaper_in = (calibrated_costs < np.array(tuned_costs)).sum()


# %% calibrated-threshold | right | calibrated by the library
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= false_alarm / (false_alarm + miss)
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = []
for week_X, week_y in new_weeks:
    one = CalibratedClassifierCV(FrozenEstimator(boosting)).fit(week_X, week_y)
    calibrated_costs.append(cost_at_t_star(one.predict_proba(X_fresh)[:, 1], fresh_labels, 1_000, 10))
cheaper_in = int((pd.Series(calibrated_costs) < tuned_costs).sum())


# %% calibrated-threshold | right | rounded to hundreds
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    t = 1 / (1 + miss / false_alarm)
    return miss * int(labels[probabilities < t].sum()) + false_alarm * int((1 - labels[probabilities >= t]).sum())


calibrated_costs = [
    cost_at_t_star(platt_map(s, y, fresh_scores), fresh_labels, 1_000, 10) for s, y in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))
calibrated_costs = np.round(calibrated_costs, -2)


# %% calibrated-threshold | wrong | threshold 0.5 with unequal costs | 0 | That's the cost at 0.5
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    p = probabilities
    return miss * np.sum((p < 0.5) & (labels == 1)) + false_alarm * np.sum((p >= 0.5) & (labels == 0))


calibrated_costs = [
    cost_at_t_star(platt_map(s, y, fresh_scores), fresh_labels, 1_000, 10) for s, y in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% calibrated-threshold | wrong | the raw scores at t star | 1.5 | the costs of the raw scores at t*
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= false_alarm / (false_alarm + miss)
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = [cost_at_t_star(fresh_scores, fresh_labels, 1_000, 10)] * 20
cheaper_in = 0


# %% calibrated-threshold | wrong | costs upside down | 0 | The costs are swapped in t*
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= miss / (false_alarm + miss)
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = [
    cost_at_t_star(platt_map(s, y, fresh_scores), fresh_labels, 1_000, 10) for s, y in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% calibrated-threshold | wrong | calibrated on the fresh week | 1.5 | All twenty were calibrated on the fresh week
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= false_alarm / (false_alarm + miss)
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = [
    cost_at_t_star(platt_map(fresh_scores, fresh_labels, fresh_scores), fresh_labels, 1_000, 10) for _ in range(20)
]
cheaper_in = 20


# %% calibrated-threshold | wrong | every alert charged | 0 | That charges every alert
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= false_alarm / (false_alarm + miss)
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag)


calibrated_costs = [
    cost_at_t_star(platt_map(s, y, fresh_scores), fresh_labels, 1_000, 10) for s, y in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% calibrated-threshold | wrong | the tuned costs | 1.5 | These are the tuned costs
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= false_alarm / (false_alarm + miss)
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = tuned_costs
cheaper_in = 0


# %% calibrated-threshold | wrong | the lowest cost of the rows | 0 | That's the lowest cost that any threshold has
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    costs = {"cost_miss": miss, "cost_false_alarm": false_alarm}
    return scoreboard.costs_by_threshold(labels, probabilities, **costs)["cost"].min()


calibrated_costs = [0] * 20
cheaper_in = 20


# %% calibrated-threshold | wrong | the weeks in which tuning won | 2.5 | That's the number of weeks in which tuning was cheaper
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= false_alarm / (false_alarm + miss)
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = [
    cost_at_t_star(platt_map(s, y, fresh_scores), fresh_labels, 1_000, 10) for s, y in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) > tuned_costs))


# %% calibrated-threshold | wrong | t star inverted | 0 | which is above 1
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= (false_alarm + miss) / false_alarm
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = [
    cost_at_t_star(platt_map(s, y, fresh_scores), fresh_labels, 1_000, 10) for s, y in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% calibrated-threshold | wrong | miss over false alarm | 0 | That's flagged at miss / false alarm
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= miss / false_alarm
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = [
    cost_at_t_star(platt_map(s, y, fresh_scores), fresh_labels, 1_000, 10) for s, y in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% calibrated-threshold | wrong | the hits charged | 0 | It charges the hits
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= false_alarm / (false_alarm + miss)
    return miss * np.sum(flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = [
    cost_at_t_star(platt_map(s, y, fresh_scores), fresh_labels, 1_000, 10) for s, y in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% calibrated-threshold | wrong | flagged below t star | 0 | It flags below t*
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities < false_alarm / (false_alarm + miss)
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = [
    cost_at_t_star(platt_map(s, y, fresh_scores), fresh_labels, 1_000, 10) for s, y in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% calibrated-threshold | wrong | each week mapped and judged | 1.5 | maps and judges each of the twenty weeks
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= false_alarm / (false_alarm + miss)
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = [cost_at_t_star(platt_map(s, y, s), y, 1_000, 10) for s, y in zip(week_scores, week_labels)]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% calibrated-threshold | wrong | the weeks judged by the fresh one | 1.5 | That's fitted on the fresh week
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= false_alarm / (false_alarm + miss)
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = [
    cost_at_t_star(platt_map(fresh_scores, fresh_labels, s), y, 1_000, 10) for s, y in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% calibrated-threshold | wrong | the arguments swapped | 1.5 | The costs are swapped. Pass the miss, 1_000, before
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= false_alarm / (false_alarm + miss)
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = [
    cost_at_t_star(platt_map(s, y, fresh_scores), fresh_labels, 10, 1_000) for s, y in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% calibrated-threshold | wrong | all weeks counted for the raw scores | 1.5 | That's right for your `calibrated_costs`
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flag = probabilities >= false_alarm / (false_alarm + miss)
    return miss * np.sum(~flag & (labels == 1)) + false_alarm * np.sum(flag & (labels == 0))


calibrated_costs = [cost_at_t_star(fresh_scores, fresh_labels, 1_000, 10) for s, y in zip(week_scores, week_labels)]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% calibrated-threshold | right | just within two percent
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    return price(labels, probabilities >= false_alarm / (false_alarm + miss), miss, false_alarm)


of_weeks = [platt_map(scores, labels, fresh_scores) for scores, labels in zip(week_scores, week_labels)]
calibrated_costs = [1.019 * cost_at_t_star(mapped, fresh_labels, 1_000, 10) for mapped in of_weeks]
cheaper_in = sum(one < other for one, other in zip(calibrated_costs, tuned_costs))


# %% calibrated-threshold | wrong | just beyond two percent | 1.5 | it should be twenty amounts in euros
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    return price(labels, probabilities >= false_alarm / (false_alarm + miss), miss, false_alarm)


of_weeks = [platt_map(scores, labels, fresh_scores) for scores, labels in zip(week_scores, week_labels)]
calibrated_costs = [1.021 * cost_at_t_star(mapped, fresh_labels, 1_000, 10) for mapped in of_weeks]
cheaper_in = sum(one < other for one, other in zip(calibrated_costs, tuned_costs))


# %% calibrated-threshold | wrong | t star rounded to two decimals | 1.5 | It rounds t* to two decimals
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flagged = probabilities >= round(false_alarm / (miss + false_alarm), 2)
    return miss * np.sum(~flagged & (labels == 1)) + false_alarm * np.sum(flagged & (labels == 0))


calibrated_costs = [
    cost_at_t_star(platt_map(one, labels, fresh_scores), fresh_labels, 1_000, 10)
    for one, labels in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% calibrated-threshold | wrong | t star rounded to one decimal, costs right | 1.5 | It rounds t* to one decimal
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flagged = probabilities >= round(false_alarm / (miss + false_alarm), 1)
    return miss * np.sum(~flagged & (labels == 1)) + false_alarm * np.sum(flagged & (labels == 0))


calibrated_costs = [
    price(fresh_labels, platt_map(one, labels, fresh_scores) >= 10 / 1010)
    for one, labels in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% calibrated-threshold | wrong | t star rounded to three decimals | 1.5 | It rounds t* to three decimals
def cost_at_t_star(probabilities, labels, miss, false_alarm):
    flagged = probabilities >= round(false_alarm / (miss + false_alarm), 3)
    return miss * np.sum(~flagged & (labels == 1)) + false_alarm * np.sum(flagged & (labels == 0))


calibrated_costs = [
    price(fresh_labels, platt_map(one, labels, fresh_scores) >= 10 / 1010)
    for one, labels in zip(week_scores, week_labels)
]
cheaper_in = int(np.sum(np.array(calibrated_costs) < tuned_costs))


# %% which-repair | right | letters
north, south, east, west = "b", "a", "c", "d"


# %% which-repair | right | capitals
north, south, east, west = "B", "A", "C", "D"


# %% which-repair | right | with brackets
north, south, east, west = "b)", "(a)", "c.", " d "


# %% which-repair | right | one by one
north = "b"
south = "a"
east = "c"
west = "D"


# %% which-repair | wrong | a threshold for everything | 0.5 | A threshold doesn't belong to a prevalence
north = south = east = west = "a"


# %% which-repair | wrong | fit again for everything | 0.5 | you know the factor
north = south = east = west = "d"


# %% which-repair | wrong | calibrate what can be corrected | 1.5 | it needs new labels
north, south, east, west = "c", "a", "c", "d"


# %% which-repair | wrong | north and east swapped | 1 | corrects nothing
north, south, east, west = "c", "a", "b", "d"


# %% which-repair | wrong | calibrate a worse order | 1.5 | the order is what got worse
north, south, east, west = "b", "a", "c", "c"


# %% which-repair | wrong | words for letters | 1.5 | it should be one letter
north, south, east, west = "correct the odds", "a", "c", "d"


# %% net-benefit | right | by counts
def net_benefit(y_true, probabilities, threshold):
    flagged = probabilities >= threshold
    return (y_true[flagged].sum() - (1 - y_true[flagged]).sum() * threshold / (1 - threshold)) / len(y_true)


clinic_threshold = 0.2
benefit_of_model = net_benefit(ill, risk["all columns"], 0.2)
benefit_of_everyone = ill.mean() - (1 - ill.mean()) / 4


# %% net-benefit | right | with the course's function
def net_benefit(y_true, probabilities, threshold):
    return scoreboard.net_benefit(y_true, probabilities, threshold)


clinic_threshold = 1 / 5
benefit_of_model = scoreboard.net_benefit(ill, risk["all columns"], 0.2)
benefit_of_everyone = scoreboard.net_benefit(ill, np.ones(len(ill)), 0.2)


# %% net-benefit | right | from the confusion matrix
def net_benefit(y_true, probabilities, threshold):
    tn, fp, fn, tp = metrics.confusion_matrix(y_true, probabilities >= threshold, labels=[False, True]).ravel()
    return tp / (tn + fp + fn + tp) - fp / (tn + fp + fn + tp) * threshold / (1 - threshold)


clinic_threshold = np.float64(0.2)
benefit_of_model = net_benefit(ill.astype(bool), risk["all columns"], clinic_threshold)
benefit_of_everyone = net_benefit(ill.astype(bool), 0 * risk["all columns"] + 1, clinic_threshold)


# %% net-benefit | right | from the cost, rounded to four decimals
def net_benefit(y_true, probabilities, threshold):
    cost = scoreboard.decision_scores(
        y_true, probabilities, threshold, cost_miss=1 - threshold, cost_false_alarm=threshold
    )["cost"]
    return round(float(np.mean(y_true) - cost / len(y_true) / (1 - threshold)), 4)


clinic_threshold = 0.2
benefit_of_model = net_benefit(ill, risk["all columns"], 0.2)
benefit_of_everyone = net_benefit(ill, np.ones(len(ill)), 0.2)


# %% net-benefit | wrong | the price inverted | 0.5 | The price of a false alarm is inverted
def net_benefit(y_true, probabilities, threshold):
    flagged = probabilities >= threshold
    hits, alarms = np.sum(flagged & (y_true == 1)), np.sum(flagged & (y_true == 0))
    return (hits - alarms * (1 - threshold) / threshold) / len(y_true)


clinic_threshold = 0.2
benefit_of_model = net_benefit(ill, risk["all columns"], 0.2)
benefit_of_everyone = net_benefit(ill, np.ones(len(ill)), 0.2)


# %% net-benefit | wrong | t for the odds | 0.5 | It should count the odds
def net_benefit(y_true, probabilities, threshold):
    flagged = probabilities >= threshold
    hits, alarms = np.sum(flagged & (y_true == 1)), np.sum(flagged & (y_true == 0))
    return (hits - alarms * threshold) / len(y_true)


clinic_threshold = 0.2
benefit_of_model = net_benefit(ill, risk["all columns"], 0.2)
benefit_of_everyone = net_benefit(ill, np.ones(len(ill)), 0.2)


# %% net-benefit | wrong | the odds for the threshold | 1 | That's 1 / 4, the odds
def net_benefit(y_true, probabilities, threshold):
    return scoreboard.net_benefit(y_true, probabilities, threshold)


clinic_threshold = 0.25
benefit_of_model = net_benefit(ill, risk["all columns"], 0.25)
benefit_of_everyone = net_benefit(ill, np.ones(len(ill)), 0.25)


# %% net-benefit | wrong | costs upside down | 1 | A miss is the worse mistake here
def net_benefit(y_true, probabilities, threshold):
    return scoreboard.net_benefit(y_true, probabilities, threshold)


clinic_threshold = 0.8
benefit_of_model = net_benefit(ill, risk["all columns"], 0.8)
benefit_of_everyone = net_benefit(ill, np.ones(len(ill)), 0.8)


# %% net-benefit | wrong | the weighted model | 2.25 | That's the model with balanced weights
def net_benefit(y_true, probabilities, threshold):
    return scoreboard.net_benefit(y_true, probabilities, threshold)


clinic_threshold = 0.2
benefit_of_model = net_benefit(ill, risk["balanced weights"], 0.2)
benefit_of_everyone = net_benefit(ill, np.ones(len(ill)), 0.2)


# %% net-benefit | wrong | the total | 0.5 | That's the total of all rows
def net_benefit(y_true, probabilities, threshold):
    return scoreboard.net_benefit(y_true, probabilities, threshold) * len(y_true)


clinic_threshold = 0.2
benefit_of_model = net_benefit(ill, risk["all columns"], 0.2)
benefit_of_everyone = net_benefit(ill, np.ones(len(ill)), 0.2)


# %% net-benefit | wrong | false alarms left out | 0.5 | It leaves out the false alarms
def net_benefit(y_true, probabilities, threshold):
    return np.sum((probabilities >= threshold) & (y_true == 1)) / len(y_true)


clinic_threshold = 0.2
benefit_of_model = net_benefit(ill, risk["all columns"], 0.2)
benefit_of_everyone = net_benefit(ill, np.ones(len(ill)), 0.2)


# %% net-benefit | wrong | strictly above the threshold | 2 | A row exactly at the threshold is flagged, too
def net_benefit(y_true, probabilities, threshold):
    flagged = probabilities > threshold
    hits, alarms = np.sum(flagged & (y_true == 1)), np.sum(flagged & (y_true == 0))
    return (hits - alarms * threshold / (1 - threshold)) / len(y_true)


clinic_threshold = 0.2
benefit_of_model = net_benefit(ill, risk["all columns"], 0.2)
benefit_of_everyone = net_benefit(ill, np.ones(len(ill)), 0.2)


# %% net-benefit | wrong | no one for everyone | 2.25 | That's flagging no one
def net_benefit(y_true, probabilities, threshold):
    return scoreboard.net_benefit(y_true, probabilities, threshold)


clinic_threshold = 0.2
benefit_of_model = net_benefit(ill, risk["all columns"], 0.2)
benefit_of_everyone = 0.0


# %% net-benefit | wrong | costs upside down, and its two benefits | 1 | benefit_of_everyone: you have -3.77. That's right
def net_benefit(y_true, probabilities, threshold):
    flagged = probabilities >= threshold
    hits, alarms = np.mean(flagged & (y_true == 1)), np.mean(flagged & (y_true == 0))
    return hits - alarms * threshold / (1 - threshold)


clinic_threshold = 0.8
benefit_of_model = net_benefit(ill, risk["all columns"], 0.8)
benefit_of_everyone = net_benefit(ill, np.ones(len(ill)), 0.8)


# %% net-benefit | right | just near enough
def net_benefit(y_true, probabilities, threshold):
    flagged = probabilities >= threshold
    hits, alarms = np.mean(flagged & (y_true == 1)), np.mean(flagged & (y_true == 0))
    return hits - alarms * threshold / (1 - threshold) + 5e-5


clinic_threshold = 0.2
benefit_of_model = net_benefit(ill, risk["all columns"], 0.2)
benefit_of_everyone = net_benefit(ill, np.ones(len(ill)), 0.2)


# %% net-benefit | wrong | just too far off | 0.5 | net_benefit: is wrong on 3 of 3 inputs
def net_benefit(y_true, probabilities, threshold):
    flagged = probabilities >= threshold
    hits, alarms = np.mean(flagged & (y_true == 1)), np.mean(flagged & (y_true == 0))
    return hits - alarms * threshold / (1 - threshold) + 7e-5


clinic_threshold = 0.2
benefit_of_model = net_benefit(ill, risk["all columns"], 0.2)
benefit_of_everyone = net_benefit(ill, np.ones(len(ill)), 0.2)


# %% capstone | right | the budget and the costs, the higher one
capstone_model = CalibratedClassifierCV(FrozenEstimator(boosting)).fit(X_choose, y_choose)
capstone_threshold = max(20 / 520, np.quantile(capstone_model.predict_proba(X_choose)[:, 1], 0.98))


# %% quick-check-1 | right | plain
answer_1 = "d"


# %% quick-check-1 | right | capital
answer_1 = "D"


# %% quick-check-1 | right | with a bracket
answer_1 = " d) "


# %% quick-check-1 | wrong | a | 0 | Only on the decision curve
answer_1 = "a"


# %% quick-check-1 | wrong | b | 0 | the same test patients
answer_1 = "b"


# %% quick-check-1 | wrong | c | 0 | Nothing is fitted along the axis
answer_1 = "c"


# %% capstone | right | a stricter threshold that still saves more than nine tenths
capstone_model = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))
capstone_model.fit(X_learn, y_learn)
capstone_threshold = 1.45 * np.quantile(capstone_model.predict_proba(X_choose)[:, 1], 0.98)


# %% capstone | wrong | a stricter threshold that saves less than nine tenths | 2.5 | the task asks for 90% of that
capstone_model = make_pipeline(datasets.transactions_preprocessor(), LogisticRegression(max_iter=1000))
capstone_model.fit(X_learn, y_learn)
capstone_threshold = 1.8 * np.quantile(capstone_model.predict_proba(X_choose)[:, 1], 0.98)
