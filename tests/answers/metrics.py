# Known answers of lesson 3. One cell each, in place of the task's answer cell:
#     task | right | name
#     task | wrong | name | points it earns | part of the message it gets

# %% metrics-by-hand | right | formulas
tp, fp, fn, tn = 60, 20, 60, 9_860
accuracy = (tp + tn) / (tp + fp + fn + tn)
precision = tp / (tp + fp)
recall = tp / (tp + fn)
specificity = tn / (tn + fp)
f1 = 2 * tp / (2 * tp + fp + fn)
balanced_accuracy = (recall + specificity) / 2

# %% metrics-by-hand | right | rounded to three decimals
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 0.5, 0.998, 0.6, 0.749

# %% metrics-by-hand | right | exact fractions
from fractions import Fraction

accuracy = Fraction(9920, 10000)
precision = Fraction(60, 80)
recall = Fraction(60, 120)
specificity = Fraction(9860, 9880)
f1 = 2 / (1 / precision + 1 / recall)
balanced_accuracy = (recall + specificity) / 2

# %% metrics-by-hand | right | with the library on rows made from the counts
y_true = np.repeat([1, 0, 1, 0], [60, 20, 60, 9_860])
y_pred = np.repeat([1, 1, 0, 0], [60, 20, 60, 9_860])
accuracy = metrics.accuracy_score(y_true, y_pred)
precision = precision_score(y_true, y_pred)
recall = np.array(recall_score(y_true, y_pred))
specificity = pd.Series([recall_score(y_true, y_pred, pos_label=0)])
f1 = np.float32(f1_score(y_true, y_pred))
balanced_accuracy = metrics.balanced_accuracy_score(y_true, y_pred)

# %% metrics-by-hand | wrong | precision and recall swapped | 2 | that is the recall: precision divides by the rows
tp, fp, fn, tn = 60, 20, 60, 9_860
accuracy = (tp + tn) / (tp + fp + fn + tn)
precision = tp / (tp + fn)
recall = tp / (tp + fp)
specificity = tn / (tn + fp)
f1 = 2 * precision * recall / (precision + recall)
balanced_accuracy = (tp / (tp + fn) + specificity) / 2

# %% metrics-by-hand | wrong | accuracy for recall | 2 | that is the accuracy: recall counts only the positives
tp, fp, fn, tn = 60, 20, 60, 9_860
accuracy = (tp + tn) / (tp + fp + fn + tn)
precision = tp / (tp + fp)
recall = (tp + tn) / (tp + fp + fn + tn)
specificity = tn / (tn + fp)
f1 = 0.6
balanced_accuracy = (recall + specificity) / 2

# %% metrics-by-hand | wrong | arithmetic mean for F1 | 2.5 | that is the arithmetic mean of precision and recall
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 0.5, 0.998, (0.75 + 0.5) / 2, 0.749

# %% metrics-by-hand | wrong | F1 without its factor 2 | 2.5 | factor 2 is missing
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 0.5, 0.998, 0.75 * 0.5 / 1.25, 0.749

# %% metrics-by-hand | wrong | percent | 0 | That is in percent: give the share, from 0 to 1.
accuracy, precision, recall, specificity, f1, balanced_accuracy = 99.2, 75, 50, 99.8, 60, 74.9

# %% metrics-by-hand | wrong | false positive rate for specificity | 2.5 | that is the false positive rate
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 0.5, 20 / 9880, 0.6, 0.749

# %% metrics-by-hand | wrong | share of alerts that are false | 2.5 | share of false alarms among the flagged rows
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.25, 0.5, 0.998, 0.6, 0.749

# %% metrics-by-hand | wrong | specificity for recall | 2.5 | that is the specificity, the recall of the negatives
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 9860 / 9880, 0.998, 0.6, 0.749

# %% metrics-by-hand | wrong | mean of the wrong pair | 2.5 | balanced accuracy averages recall and specificity
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 0.5, 0.998, 0.6, 0.625

# %% metrics-by-hand | wrong | G-mean | 2.5 | that is the G-mean
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 0.5, 0.998, 0.6, (0.5 * 0.998) ** 0.5

# %% metrics-by-hand | wrong | rounded too far | 2 | keep at least three decimals
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.99, 0.75, 0.5, 0.998, 0.6, 0.75

# %% metrics-by-hand | wrong | only two names given | 1 | is still `...`
precision = 60 / 80
recall = 60 / 120
accuracy = specificity = f1 = balanced_accuracy = ...

# %% metrics-by-hand | wrong | texts | 0 | the text '0.75'
accuracy, precision, recall, specificity, f1, balanced_accuracy = "0.992", "0.75", "0.5", "0.998", "0.6", "0.749"


# %% metrics-with-library | right | library
def report(y_true, y_pred):
    return {
        "precision": precision_score(y_true, y_pred, zero_division=0),
        "recall": recall_score(y_true, y_pred, zero_division=0),
        "f1": f1_score(y_true, y_pred, zero_division=0),
        "mcc": metrics.matthews_corrcoef(y_true, y_pred),
    }


# %% metrics-with-library | right | a Series from one call that warns
def report(y_true, y_pred):
    p, r, f, _ = metrics.precision_recall_fscore_support(y_true, y_pred, average="binary")
    return pd.Series({"precision": p, "recall": r, "f1": f, "mcc": metrics.matthews_corrcoef(y_true, y_pred)})


# %% metrics-with-library | right | from the counts
def report(y_true, y_pred):
    tp = np.sum((y_true == 1) & (y_pred == 1))
    fp = np.sum((y_true == 0) & (y_pred == 1))
    fn = np.sum((y_true == 1) & (y_pred == 0))
    tn = np.sum((y_true == 0) & (y_pred == 0))
    below = float(tp + fp) * float(tp + fn) * float(tn + fp) * float(tn + fn)
    return {
        "precision": tp / (tp + fp) if tp + fp else 0,
        "recall": tp / (tp + fn) if tp + fn else 0,
        "f1": 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 0,
        "mcc": (tp * tn - fp * fn) / below**0.5 if below else 0,
    }


# %% metrics-with-library | wrong | arguments swapped | 1.5 | are the two swapped?
def report(y_true, y_pred):
    return {
        "precision": precision_score(y_pred, y_true, zero_division=0),
        "recall": recall_score(y_pred, y_true, zero_division=0),
        "f1": f1_score(y_pred, y_true, zero_division=0),
        "mcc": metrics.matthews_corrcoef(y_pred, y_true),
    }


# %% metrics-with-library | wrong | macro average | 0.75 | that is the macro average over both classes
def report(y_true, y_pred):
    return {
        "precision": precision_score(y_true, y_pred, average="macro", zero_division=0),
        "recall": recall_score(y_true, y_pred, average="macro", zero_division=0),
        "f1": f1_score(y_true, y_pred, average="macro", zero_division=0),
        "mcc": metrics.matthews_corrcoef(y_true, y_pred),
    }


# %% metrics-with-library | wrong | weighted average | 0.75 | average weighted by class size
def report(y_true, y_pred):
    p, r, f, _ = metrics.precision_recall_fscore_support(y_true, y_pred, average="weighted", zero_division=0)
    return {"precision": p, "recall": r, "f1": f, "mcc": metrics.matthews_corrcoef(y_true, y_pred)}


# %% metrics-with-library | wrong | accuracy for recall | 2.25 | that is the accuracy: recall counts only the positives
def report(y_true, y_pred):
    return {
        "precision": precision_score(y_true, y_pred, zero_division=0),
        "recall": metrics.accuracy_score(y_true, y_pred),
        "f1": f1_score(y_true, y_pred, zero_division=0),
        "mcc": metrics.matthews_corrcoef(y_true, y_pred),
    }


# %% metrics-with-library | wrong | undefined cases give 1 | 0.75 | set zero_division=0
def report(y_true, y_pred):
    return {
        "precision": precision_score(y_true, y_pred, zero_division=1),
        "recall": recall_score(y_true, y_pred, zero_division=1),
        "f1": f1_score(y_true, y_pred, zero_division=1) + (0 if y_true.any() or y_pred.any() else 1) + 0.01,
        "mcc": metrics.matthews_corrcoef(y_true, y_pred),
    }


# %% metrics-with-library | wrong | undefined cases give nan | 1.5 | you give nan
def report(y_true, y_pred):
    return {
        "precision": precision_score(y_true, y_pred, zero_division=np.nan),
        "recall": recall_score(y_true, y_pred, zero_division=np.nan),
        "f1": f1_score(y_true, y_pred, zero_division=0),
        "mcc": metrics.matthews_corrcoef(y_true, y_pred),
    }


# %% metrics-with-library | wrong | negative class | 0.75 | that is the value for the negative class
def report(y_true, y_pred):
    options = {"pos_label": 0, "zero_division": 0}
    return {
        "precision": precision_score(y_true, y_pred, **options),
        "recall": recall_score(y_true, y_pred, **options),
        "f1": f1_score(y_true, y_pred, **options),
        "mcc": metrics.matthews_corrcoef(y_true, y_pred),
    }


# %% metrics-with-library | wrong | by hand, without a thought for 0/0 | 0 | without a single alert (precision is 0/0)
def report(y_true, y_pred):
    tp = int(np.sum(y_true * y_pred))
    p, r = tp / int(y_pred.sum()), tp / int(y_true.sum())
    return {"precision": p, "recall": r, "f1": 2 * p * r / (p + r), "mcc": metrics.matthews_corrcoef(y_true, y_pred)}


# %% metrics-with-library | wrong | numbers of the worked example | 0 | does it use its arguments?
def report(y_true, y_pred):
    return {"precision": 0.952, "recall": 0.4, "f1": 0.563, "mcc": 0.615}


# %% metrics-with-library | wrong | keys of the lesson's table | 1.5 | no key 'f1'; it has 'accuracy', 'precision', 'recall', 'F1'
def report(y_true, y_pred):
    p, r, f, _ = metrics.precision_recall_fscore_support(y_true, y_pred, average="binary", zero_division=0)
    return {"accuracy": np.mean(y_true == y_pred), "precision": p, "recall": r, "F1": f}


# %% metrics-with-library | wrong | a key is missing | 2.25 | has no key 'mcc'
def report(y_true, y_pred):
    p, r, f, _ = metrics.precision_recall_fscore_support(y_true, y_pred, average="binary", zero_division=0)
    return {"precision": p, "recall": r, "f1": f}


# %% metrics-with-library | wrong | prints in place of returning | 0 | expected is a dict with the keys
def report(y_true, y_pred):
    print(precision_score(y_true, y_pred))


# %% metrics-with-library | wrong | F1 for MCC | 2.25 | library's name for MCC is matthews_corrcoef
def report(y_true, y_pred):
    p, r, f, _ = metrics.precision_recall_fscore_support(y_true, y_pred, average="binary", zero_division=0)
    return {"precision": p, "recall": r, "f1": f, "mcc": f}


# %% average-precision | right | library
def ranking(y_true, scores):
    reached = average_precision_score(y_true, scores)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached / y_true.mean()}


# %% average-precision | right | by hand
def ranking(y_true, scores):
    ranked = y_true[np.argsort(-scores)]
    precision_there = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    reached = float(precision_there[ranked == 1].mean())
    chance = sum(int(one) for one in y_true) / len(y_true)
    return {"average_precision": reached, "chance_level": chance, "times_chance": reached / chance}


# %% average-precision | right | from the curve, as a Series, with log odds for scores
def ranking(y_true, scores):
    p, r, _ = metrics.precision_recall_curve(y_true, np.log(scores + 1e-9))
    reached = -np.sum(np.diff(r) * p[:-1])
    chance = np.count_nonzero(y_true) / y_true.size
    return pd.Series({"times_chance": reached / chance, "average_precision": reached, "chance_level": chance})


# %% average-precision | wrong | labels for scores | 1 | computed from labels, the scores cut at 0.5
def ranking(y_true, scores):
    reached = average_precision_score(y_true, (scores >= 0.5).astype(int))
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached / y_true.mean()}


# %% average-precision | wrong | ROC AUC | 1 | that is the ROC AUC: average precision has a function of its own
def ranking(y_true, scores):
    reached = roc_auc_score(y_true, scores)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached / y_true.mean()}


# %% average-precision | wrong | chance is a half | 1 | 0.5 is the chance level of ROC AUC
def ranking(y_true, scores):
    reached = average_precision_score(y_true, scores)
    return {"average_precision": reached, "chance_level": 0.5, "times_chance": reached / 0.5}


# %% average-precision | wrong | trapezoids | 1 | area under straight lines between the points
def ranking(y_true, scores):
    p, r, _ = metrics.precision_recall_curve(y_true, scores)
    reached = metrics.auc(r, p)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached / y_true.mean()}


# %% average-precision | wrong | difference for ratio | 2 | that is the difference
def ranking(y_true, scores):
    reached = average_precision_score(y_true, scores)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached - y_true.mean()}


# %% average-precision | wrong | upside down | 2 | that is upside down
def ranking(y_true, scores):
    reached = average_precision_score(y_true, scores)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": y_true.mean() / reached}


# %% average-precision | wrong | positives over negatives | 1 | positives over negatives
def ranking(y_true, scores):
    reached, chance = average_precision_score(y_true, scores), (y_true == 1).sum() / (y_true == 0).sum()
    return {"average_precision": reached, "chance_level": chance, "times_chance": reached / chance}


# %% average-precision | wrong | arguments swapped | 0 | are the arguments swapped?
def ranking(y_true, scores):
    reached = average_precision_score(scores, y_true)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached / y_true.mean()}


# %% average-precision | wrong | ROC AUC against its own chance level | 0 | compares the ROC AUC with its own chance level
def ranking(y_true, scores):
    reached = roc_auc_score(y_true, scores)
    return {"average_precision": reached, "chance_level": 0.5, "times_chance": reached / 0.5}


# %% average-precision | wrong | precision at one cut | 1 | one point: average precision sums up the whole curve
def ranking(y_true, scores):
    reached = precision_score(y_true, scores >= 0.5)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached / y_true.mean()}


# %% average-precision | wrong | numbers of the worked example | 0 | is wrong on 3 of 3 inputs
def ranking(y_true, scores):
    return {"average_precision": 0.683, "chance_level": 0.01, "times_chance": 68.3}


# %% threshold-for-recall | right | sorted scores of the positives
def threshold_for_recall(y_true, scores, wanted):
    of_positives = np.sort(scores[y_true == 1])[::-1]
    needed = next(k for k in range(1, len(of_positives) + 1) if k / len(of_positives) >= wanted)
    return of_positives[needed - 1]


threshold = threshold_for_recall(validation["is_fraud"].values, validation["score"].values, 0.75)
test_recall = np.mean(test.loc[test["is_fraud"] == 1, "score"] >= threshold)
test_precision = test.loc[test["score"] >= threshold, "is_fraud"].mean()


# %% threshold-for-recall | right | precision_recall_curve
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r[:-1] >= wanted].max()


threshold = threshold_for_recall(validation["is_fraud"], validation["score"], 0.75)
found = test["score"] >= threshold
test_recall, test_precision = recall_score(test["is_fraud"], found), precision_score(test["is_fraud"], found)


# %% threshold-for-recall | right | roc_curve, rounded figures
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.roc_curve(y_true, scores, drop_intermediate=False)
    return float(cuts[np.argmax(r >= wanted)])


threshold = round(threshold_for_recall(validation["is_fraud"], validation["score"], 0.75), 4)
found = test["score"] >= threshold
test_recall = round(recall_score(test["is_fraud"], found), 3)
test_precision = round(precision_score(test["is_fraud"], found), 3)


# %% threshold-for-recall | right | loop from the top, threshold a hair below the score
def threshold_for_recall(y_true, scores, wanted):
    for cut in sorted(set(scores.tolist()), reverse=True):
        if recall_score(y_true, scores >= cut) >= wanted:
            return cut - 1e-9


threshold = threshold_for_recall(validation["is_fraud"].to_numpy(), validation["score"].to_numpy(), 0.75)
test_recall = recall_score(test["is_fraud"], test["score"] >= threshold)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | > for >= | 1 | it flags scores > threshold
def threshold_for_recall(y_true, scores, wanted):
    return max(cut for cut in np.unique(scores) if np.mean(scores[y_true == 1] > cut) >= wanted)


threshold = threshold_for_recall(validation["is_fraud"].to_numpy(), validation["score"].to_numpy(), 0.75)
test_recall = recall_score(test["is_fraud"], test["score"] > threshold)
test_precision = precision_score(test["is_fraud"], test["score"] > threshold)


# %% threshold-for-recall | wrong | recall must exceed the demand | 1 | It goes one score too low where a threshold reaches exactly
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r[:-1] > wanted].max()


threshold = 0.0925
test_recall = test_precision = ...


# %% threshold-for-recall | wrong | threshold chosen on the test set | 2 | threshold chosen on the test set
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r[:-1] >= wanted].max()


threshold = threshold_for_recall(test["is_fraud"], test["score"], 0.75)
test_recall = recall_score(test["is_fraud"], test["score"] >= threshold)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | reported where it was chosen | 3 | report on `test`
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r[:-1] >= wanted].max()


threshold = threshold_for_recall(validation["is_fraud"], validation["score"], 0.75)
test_recall = recall_score(validation["is_fraud"], validation["score"] >= threshold)
test_precision = precision_score(validation["is_fraud"], validation["score"] >= threshold)


# %% threshold-for-recall | wrong | precision and recall swapped | 3 | that is the precision: recall divides by all
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r[:-1] >= wanted].max()


threshold = threshold_for_recall(validation["is_fraud"], validation["score"], 0.75)
test_precision = recall_score(test["is_fraud"], test["score"] >= threshold)
test_recall = precision_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | accuracy for recall | 3.5 | that is the accuracy: recall counts only the positives
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r[:-1] >= wanted].max()


threshold = threshold_for_recall(validation["is_fraud"], validation["score"], 0.75)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)
test_recall = metrics.accuracy_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | lowest threshold | 0 | That is the lowest threshold, at which everything
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[np.argmax(r >= wanted)]


threshold = threshold_for_recall(validation["is_fraud"], validation["score"], 0.75)
test_recall = recall_score(test["is_fraud"], test["score"] >= threshold)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | evenly spaced cuts | 0 | It tries evenly spaced thresholds
def threshold_for_recall(y_true, scores, wanted):
    grid = np.linspace(0, 1, 101)
    return max(cut for cut in grid if np.mean(scores[y_true == 1] >= cut) >= wanted)


threshold = threshold_for_recall(validation["is_fraud"].to_numpy(), validation["score"].to_numpy(), 0.75)
test_recall = recall_score(test["is_fraud"], test["score"] >= threshold)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | the curve's last point kept | 0 | leave its last point out
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r >= wanted].max()


threshold = test_recall = test_precision = 0.3


# %% threshold-for-recall | wrong | highest threshold for a precision | 0 | the highest threshold for a precision
def threshold_for_recall(y_true, scores, wanted):
    p, _, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[p[:-1] >= wanted].max()


threshold = test_recall = test_precision = 0.999


# %% threshold-for-recall | wrong | numbers of a threshold that is wrong | 0 | mend the threshold first
threshold_for_recall = ...
threshold = 0.2
test_recall = recall_score(test["is_fraud"], test["score"] >= threshold)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | asks an array for what a Series has | 0 | with NumPy arrays, not with columns
def threshold_for_recall(y_true, scores, wanted):
    return scores[y_true == 1].sort_values(ascending=False).iloc[int(wanted * y_true.sum()) - 1]


threshold = test_recall = test_precision = 0.3


# %% threshold-for-recall | wrong | closest recall | 0 | whose recall is closest to the wanted one
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[np.argmin(np.abs(r[:-1] - wanted))]


threshold = test_recall = test_precision = 0.75


# %% threshold-for-recall | wrong | quantile | 0 | which can miss the requirement
def threshold_for_recall(y_true, scores, wanted):
    return np.quantile(scores[y_true == 1], 1 - wanted)


threshold = test_recall = test_precision = 2.0

# %% threshold-for-recall | wrong | default cut, no function | 0 | that is the default cut
threshold_for_recall = ...
threshold = 0.5
test_recall = recall_score(test["is_fraud"], test["score"] >= threshold)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-precision | right | loop over the scores
def threshold_for_precision(y_true, scores, wanted):
    best = None
    for cut in np.unique(scores)[::-1]:
        if y_true[scores >= cut].mean() >= wanted:
            best = cut
    return best


# %% threshold-for-precision | right | precision_recall_curve
def threshold_for_precision(y_true, scores, wanted):
    p, _, cuts = metrics.precision_recall_curve(y_true, scores)
    reached = cuts[p[:-1] >= wanted]
    return reached.min() if len(reached) else None


# %% threshold-for-precision | right | highest recall, then highest threshold
def threshold_for_precision(y_true, scores, wanted):
    p, r, cuts = metrics.precision_recall_curve(y_true, scores)
    table = pd.DataFrame({"p": p[:-1], "r": r[:-1], "cut": cuts})
    table = table[table["p"] >= wanted].sort_values(["r", "cut"])
    if table.empty:
        return None
    return float(table["cut"].iloc[-1])


# %% threshold-for-precision | right | groups of tied scores added up
def threshold_for_precision(y_true, scores, wanted):
    groups = pd.DataFrame({"y": y_true, "s": scores}).groupby("s")["y"].agg(["sum", "size"]).iloc[::-1].cumsum()
    reached = groups.index[groups["sum"] / groups["size"] >= wanted]
    return None if reached.empty else reached.min() - 1e-7


# %% threshold-for-precision | wrong | empty set crashes | 2.5 | look first, and return None
def threshold_for_precision(y_true, scores, wanted):
    p, _, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[p[:-1] >= wanted].min()


# %% threshold-for-precision | wrong | empty list crashes | 2.5 | look first, and return None
def threshold_for_precision(y_true, scores, wanted):
    return min([cut for cut in np.unique(scores) if np.mean(y_true[scores >= cut]) >= wanted])


# %% threshold-for-precision | wrong | last point of the curve taken for a threshold | 2.5 | belongs to no threshold
def threshold_for_precision(y_true, scores, wanted):
    p, _, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[np.argmax(p >= wanted)]


# %% threshold-for-precision | wrong | curve longer than its thresholds | 0 | leave its last point out
def threshold_for_precision(y_true, scores, wanted):
    p, _, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[p >= wanted].min()


# %% threshold-for-precision | wrong | falls back to 1 | 2.5 | you return 1, which reads like a threshold
def threshold_for_precision(y_true, scores, wanted):
    reached = [cut for cut in np.unique(scores) if np.mean(y_true[scores >= cut]) >= wanted]
    return min(reached, default=1.0)


# %% threshold-for-precision | wrong | falls back to infinity | 2.5 | you return infinity
def threshold_for_precision(y_true, scores, wanted):
    reached = [cut for cut in np.unique(scores) if np.mean(y_true[scores >= cut]) >= wanted]
    return min(reached, default=np.inf)


# %% threshold-for-precision | wrong | falls back to the most precise | 2.5 | the highest precision as if it met it
def threshold_for_precision(y_true, scores, wanted):
    p, _, cuts = metrics.precision_recall_curve(y_true, scores)
    reached = cuts[p[:-1] >= wanted]
    return reached.min() if len(reached) else cuts[::-1][np.argmax(p[:-1][::-1])]


# %% threshold-for-precision | wrong | highest threshold | 1.5 | so the lowest recall
def threshold_for_precision(y_true, scores, wanted):
    reached = [cut for cut in np.unique(scores) if np.mean(y_true[scores >= cut]) >= wanted]
    return max(reached) if reached else None


# %% threshold-for-precision | wrong | stops at the first failure | 1.5 | precision goes up and down as the threshold
def threshold_for_precision(y_true, scores, wanted):
    best = None
    for cut in np.unique(scores)[::-1]:
        if y_true[scores >= cut].mean() < wanted:
            break
        best = cut
    return best


# %% threshold-for-precision | wrong | precision must exceed the demand | 1.5 | it asks for a precision > wanted
def threshold_for_precision(y_true, scores, wanted):
    reached = [cut for cut in np.unique(scores) if np.mean(y_true[scores >= cut]) > wanted]
    return min(reached) if reached else None


# %% threshold-for-precision | wrong | > for >= | 1.5 | it flags scores > threshold
def threshold_for_precision(y_true, scores, wanted):
    reached = [cut for cut in np.unique(scores)[:-1] if np.mean(y_true[scores > cut]) >= wanted]
    return min(reached) if reached else None


# %% threshold-for-precision | wrong | evenly spaced cuts | 1.5 | It tries evenly spaced thresholds
def threshold_for_precision(y_true, scores, wanted):
    grid = [cut for cut in np.linspace(0, 1, 101) if precision_score(y_true, scores >= cut, zero_division=0) >= wanted]
    return min(grid) if grid else None


# %% threshold-for-precision | wrong | row by row | 1.5 | it goes row by row
def threshold_for_precision(y_true, scores, wanted):
    order = np.argsort(-scores, kind="stable")
    p = np.cumsum(y_true[order]) / np.arange(1, len(order) + 1)
    return scores[order][p >= wanted].min() if np.any(p >= wanted) else None


# %% threshold-for-precision | wrong | recall in place of precision | 0 | that is a threshold for recall
def threshold_for_precision(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r[:-1] >= wanted].max()


# %% threshold-for-precision | wrong | always None | 1.5 | returned None
def threshold_for_precision(y_true, scores, wanted):
    return None


# %% alert-budget | right | stable sort
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong = precision_in_budget(strong_day["is_fraud"].values, strong_day["score"].values, 100) >= 0.85
feasible_weak = precision_in_budget(weak_day["is_fraud"].values, weak_day["score"].values, 100) >= 0.85


# %% alert-budget | right | nlargest of pandas
def precision_in_budget(y_true, scores, budget):
    best = pd.Series(scores).nlargest(budget).index
    return pd.Series(y_true).loc[best].mean()


lowest_recall, highest_recall = 0.425, 0.5
feasible_strong, feasible_weak = True, False


# %% alert-budget | right | plain Python
def precision_in_budget(y_true, scores, budget):
    pairs = sorted(zip(scores.tolist(), y_true.tolist()), key=lambda pair: -pair[0])
    return sum(y for _, y in pairs[:budget]) / budget


lowest_recall = np.array([0.425])
highest_recall = "0.5" and 0.5
feasible_strong, feasible_weak = np.bool_(True), np.array(False)


# %% alert-budget | wrong | ties from the back | 2 | it takes ties from the back
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(scores, kind="stable")[::-1][:budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = True, False


# %% alert-budget | wrong | all ties get an alert | 2 | so more than the budget
def precision_in_budget(y_true, scores, budget):
    return y_true[scores >= np.sort(scores)[-budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = True, False


# %% alert-budget | wrong | > for >= at the last alert | 2 | (> instead of >=)
def precision_in_budget(y_true, scores, budget):
    return y_true[scores > np.sort(scores)[-budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = True, False


# %% alert-budget | wrong | recall for precision | 2 | that is the recall within the budget
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].sum() / y_true.sum()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = True, False


# %% alert-budget | wrong | lowest scores first | 2 | It alerts the lowest scores
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = True, False


# %% alert-budget | wrong | a high ROC AUC must do | 2.5 | compute the precision there
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = True, True


# %% alert-budget | wrong | neither day is feasible | 2.5 | look again at the top 100
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = False, False


# %% alert-budget | wrong | precision for recall | 2 | that is the demanded precision
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 0.85, 1.0
feasible_strong, feasible_weak = True, False


# %% alert-budget | wrong | counts for shares | 2 | that is a count of hits
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 85, 100
feasible_strong, feasible_weak = True, False


# %% alert-budget | wrong | precisions for truth values | 2 | Give True or False
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = (
    precision_in_budget(day["is_fraud"].values, day["score"].values, 100) for day in (strong_day, weak_day)
)


# %% bonus-f-beta-roc-auc | right | formulas
def f_beta(precision, recall, beta):
    if precision == recall == 0:
        return 0
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


def roc_auc(y_true, scores):
    wins = 0.0
    for positive in scores[y_true == 1]:
        for negative in scores[y_true == 0]:
            wins += 1 if positive > negative else 0.5 if positive == negative else 0
    return wins / (y_true == 1).sum() / (y_true == 0).sum()


# %% bonus-f-beta-roc-auc | right | library for the area, harmonic mean of weights
def f_beta(precision, recall, beta):
    if precision * recall == 0:
        return 0.0
    return (1 + beta**2) / (1 / precision + beta**2 / recall)


roc_auc = roc_auc_score


# %% bonus-f-beta-roc-auc | right | mean ranks
def f_beta(precision, recall, beta):
    with np.errstate(invalid="ignore"):
        f = np.divide((1 + beta**2) * precision * recall, beta**2 * precision + recall)
    return np.nan_to_num(f)


def roc_auc(y_true, scores):
    ranks = pd.Series(scores).rank()
    n = y_true.sum()
    return (ranks[y_true == 1].sum() - n * (n + 1) / 2) / (n * (len(y_true) - n))


# %% bonus-f-beta-roc-auc | wrong | beta not squared | 0 | beta is not squared
def f_beta(precision, recall, beta):
    return (1 + beta) * precision * recall / (beta * precision + recall) if precision else 0


roc_auc = roc_auc_score


# %% bonus-f-beta-roc-auc | wrong | weighs precision | 0 | it weighs precision where recall belongs
def f_beta(precision, recall, beta):
    return (1 + beta**2) * precision * recall / (beta**2 * recall + precision) if precision else 0


roc_auc = roc_auc_score


# %% bonus-f-beta-roc-auc | wrong | ties count nothing | 0 | ties count nothing
def f_beta(precision, recall, beta):
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall) if precision else 0


def roc_auc(y_true, scores):
    return np.mean(scores[y_true == 1][:, None] > scores[y_true == 0])


# %% bonus-f-beta-roc-auc | wrong | labels for scores | 0 | computed from labels, the scores cut at 0.5
def f_beta(precision, recall, beta):
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall) if precision else 0


def roc_auc(y_true, scores):
    return roc_auc_score(y_true, scores >= 0.5)


# %% bonus-f-beta-roc-auc | wrong | division by zero | 0 | where precision and recall are both 0, F-beta is 0
def f_beta(precision, recall, beta):
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


roc_auc = ...


# %% bonus-precision-per-day | right | groupby
def precision_per_day(day, y_true, scores, k):
    table = pd.DataFrame({"day": day, "y": y_true, "s": scores})
    return table.groupby("day")[["y", "s"]].apply(lambda one: one.loc[one["s"].nlargest(k).index, "y"].mean()).mean()


# %% bonus-precision-per-day | right | loop
def precision_per_day(day, y_true, scores, k):
    by_day = []
    for d in set(day.tolist()):
        order = np.argsort(-scores[day == d], kind="stable")[:k]
        by_day.append(y_true[day == d][order].mean())
    return sum(by_day) / len(by_day)


# %% bonus-precision-per-day | right | one sort for all days
def precision_per_day(day, y_true, scores, k):
    order = np.lexsort((-scores, day))
    _, starts = np.unique(day[order], return_index=True)
    return np.mean([y_true[order][start : start + k] for start in starts])


# %% bonus-precision-per-day | wrong | one budget for all days | 0 | each day has its own k alerts
def precision_per_day(day, y_true, scores, k):
    return y_true[np.argsort(-scores, kind="stable")[:k]].mean()


# %% bonus-precision-per-day | wrong | pooled budgets | 0 | a busy day would eat the alerts of a quiet one
def precision_per_day(day, y_true, scores, k):
    return y_true[np.argsort(-scores, kind="stable")[: k * len(np.unique(day))]].mean()


# %% bonus-precision-per-day | wrong | recall at k | 0 | that is the recall at k
def precision_per_day(day, y_true, scores, k):
    found = []
    for d in np.unique(day):
        y, s = y_true[day == d], scores[day == d]
        found.append(y[np.argsort(-s, kind="stable")[:k]].sum() / y.sum())
    return np.mean(found)


# %% bonus-precision-per-day | wrong | list of the days | 0 | that is the list of the days: give their mean
def precision_per_day(day, y_true, scores, k):
    return [y_true[day == d][np.argsort(-scores[day == d], kind="stable")[:k]].mean() for d in np.unique(day)]


# %% bonus-prevalence-shift | right | shares of all
def precision_at_prevalence(recall, specificity, prevalence):
    hits = recall * prevalence
    return hits / (hits + (1 - specificity) * (1 - prevalence))


# %% bonus-prevalence-shift | right | odds
def precision_at_prevalence(recall, specificity, prevalence):
    odds = prevalence / (1 - prevalence) * recall / (1 - specificity)
    return odds / (1 + odds)


# %% bonus-prevalence-shift | right | exact
def precision_at_prevalence(recall, specificity, prevalence):
    from fractions import Fraction

    r, s, p = (Fraction(x) for x in (recall, specificity, prevalence))
    return r * p / (r * p + (1 - s) * (1 - p))


# %% bonus-prevalence-shift | wrong | specificity for the false positive rate | 0 | it uses the specificity as the share
def precision_at_prevalence(recall, specificity, prevalence):
    return recall * prevalence / (recall * prevalence + specificity * (1 - prevalence))


# %% bonus-prevalence-shift | wrong | no prevalence | 0 | it forgets the prevalence
def precision_at_prevalence(recall, specificity, prevalence):
    return recall / (recall + 1 - specificity)


# %% bonus-prevalence-shift | wrong | false alarms from everybody | 0 | honest payments are 1 - prevalence of all
def precision_at_prevalence(recall, specificity, prevalence):
    return recall * prevalence / (recall * prevalence + (1 - specificity))


# %% bonus-prevalence-shift | wrong | classes swapped | 0 | it swaps the classes
def precision_at_prevalence(recall, specificity, prevalence):
    return recall * (1 - prevalence) / (recall * (1 - prevalence) + (1 - specificity) * prevalence)


# %% find-the-bug | right | probabilities
predicted = model.predict_proba(X_test)[:, 1]
model_roc_auc = roc_auc_score(y_test, predicted)
model_average_precision = average_precision_score(y_test, predicted)

# %% find-the-bug | right | decision function
predicted = model.decision_function(X_test)
model_roc_auc = roc_auc_score(y_test, predicted)
model_average_precision = average_precision_score(y_test, predicted)

# %% find-the-bug | right | rounded figures
model_roc_auc = round(roc_auc_score(y_test, scores), 3)
model_average_precision = round(average_precision_score(y_test, scores), 3)

# %% find-the-bug | wrong | as given | 0 | not mended yet
predicted = model.predict(X_test)
model_roc_auc = roc_auc_score(y_test, predicted)
model_average_precision = average_precision_score(y_test, predicted)

# %% find-the-bug | wrong | probability of the other class | 0 | take the other column
predicted = model.predict_proba(X_test)[:, 0]
model_roc_auc = roc_auc_score(y_test, predicted)
model_average_precision = average_precision_score(y_test, predicted)

# %% find-the-bug | wrong | training rows | 0 | that is measured on the training rows
model_roc_auc = roc_auc_score(y_train, model.predict_proba(X_train)[:, 1])
model_average_precision = average_precision_score(y_train, model.predict_proba(X_train)[:, 1])

# %% find-the-bug | wrong | average precision of training rows | 0 | model_average_precision: you have 0.7043. That is measured on the training rows
model_roc_auc = roc_auc_score(y_test, scores)
model_average_precision = average_precision_score(y_train, model.predict_proba(X_train)[:, 1])

# %% find-the-bug | wrong | the two swapped | 0 | that is the average precision
model_roc_auc = average_precision_score(y_test, scores)
model_average_precision = roc_auc_score(y_test, scores)

# %% quick-check-1 | right | the letter
answer_1 = "b"

# %% quick-check-1 | right | a capital
answer_1 = "B"

# %% quick-check-1 | right | with a bracket
answer_1 = " b) "

# %% quick-check-1 | wrong | a | 0 | Half is the chance level of ROC AUC
answer_1 = "a"

# %% quick-check-1 | wrong | c | 0 | precision at one threshold
answer_1 = "c"

# %% quick-check-1 | wrong | d | 0 | on the same set only
answer_1 = "d"

# %% quick-check-1 | wrong | a number | 0 | expected is one letter
answer_1 = 2

# %% quick-check-2 | right | the letter
answer_2 = "c"

# %% quick-check-2 | right | a capital
answer_2 = "C"

# %% quick-check-2 | right | with brackets
answer_2 = "(c)"

# %% quick-check-2 | wrong | a | 0 | ranks like a coin
answer_2 = "a"

# %% quick-check-2 | wrong | b | 0 | the ranking is good already
answer_2 = "b"

# %% quick-check-2 | wrong | d | 0 | would turn the ranking over
answer_2 = "d"
