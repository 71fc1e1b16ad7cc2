# Known answers of lesson 3. One cell each, instead of the task's answer cell:
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

# %% metrics-by-hand | wrong | precision and recall swapped | 2 | That's the recall. For precision, divide the hits
tp, fp, fn, tn = 60, 20, 60, 9_860
accuracy = (tp + tn) / (tp + fp + fn + tn)
precision = tp / (tp + fn)
recall = tp / (tp + fp)
specificity = tn / (tn + fp)
f1 = 2 * precision * recall / (precision + recall)
balanced_accuracy = (tp / (tp + fn) + specificity) / 2

# %% metrics-by-hand | wrong | accuracy for recall | 2 | That's the accuracy. Recall looks only at the positive rows
tp, fp, fn, tn = 60, 20, 60, 9_860
accuracy = (tp + tn) / (tp + fp + fn + tn)
precision = tp / (tp + fp)
recall = (tp + tn) / (tp + fp + fn + tn)
specificity = tn / (tn + fp)
f1 = 0.6
balanced_accuracy = (recall + specificity) / 2

# %% metrics-by-hand | wrong | arithmetic mean for F1 | 2.5 | That's the arithmetic mean of precision and recall
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 0.5, 0.998, (0.75 + 0.5) / 2, 0.749

# %% metrics-by-hand | wrong | F1 without its factor 2 | 2.5 | The factor 2 is missing
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 0.5, 0.998, 0.75 * 0.5 / 1.25, 0.749

# %% metrics-by-hand | wrong | percent | 0 | That is in percent: give the share, from 0 to 1.
accuracy, precision, recall, specificity, f1, balanced_accuracy = 99.2, 75, 50, 99.8, 60, 74.9

# %% metrics-by-hand | wrong | false positive rate for specificity | 2.5 | That's the false positive rate
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 0.5, 20 / 9880, 0.6, 0.749

# %% metrics-by-hand | wrong | share of alerts that are false | 2.5 | That's the share of false alarms among the flagged rows
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.25, 0.5, 0.998, 0.6, 0.749

# %% metrics-by-hand | wrong | specificity for recall | 2.5 | That's the specificity, the recall of the negatives
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 9860 / 9880, 0.998, 0.6, 0.749

# %% metrics-by-hand | wrong | mean of the wrong pair | 2.5 | Balanced accuracy averages recall and specificity
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 0.5, 0.998, 0.6, 0.625

# %% metrics-by-hand | wrong | G-mean | 2.5 | That's the G-mean
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 0.5, 0.998, 0.6, (0.5 * 0.998) ** 0.5

# %% metrics-by-hand | wrong | rounded too far | 2 | keep at least three decimals
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.99, 0.75, 0.5, 0.998, 0.6, 0.75

# %% metrics-by-hand | wrong | only two names given | 1 | is still `...`
precision = 60 / 80
recall = 60 / 120
accuracy = specificity = f1 = balanced_accuracy = ...

# %% metrics-by-hand | wrong | texts | 0 | the text '0.75'
accuracy, precision, recall, specificity, f1, balanced_accuracy = "0.992", "0.75", "0.5", "0.998", "0.6", "0.749"


# %% metrics-by-hand | wrong | macro average of the recall | 2.5 | That's the macro average of the recall over both classes
accuracy, precision, recall, specificity, f1, balanced_accuracy = 0.992, 0.75, 0.749, 0.998, 0.6, 0.749


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


# %% average-precision | wrong | labels for scores | 1 | That's computed from labels, scores compared with 0.5
def ranking(y_true, scores):
    reached = average_precision_score(y_true, (scores >= 0.5).astype(int))
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached / y_true.mean()}


# %% average-precision | wrong | ROC AUC | 1 | That's the ROC AUC. For average precision, call
def ranking(y_true, scores):
    reached = roc_auc_score(y_true, scores)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached / y_true.mean()}


# %% average-precision | wrong | chance is a half | 1 | 0.5 is the chance level of ROC AUC
def ranking(y_true, scores):
    reached = average_precision_score(y_true, scores)
    return {"average_precision": reached, "chance_level": 0.5, "times_chance": reached / 0.5}


# %% average-precision | wrong | trapezoids | 1 | the area under straight lines between the points
def ranking(y_true, scores):
    p, r, _ = metrics.precision_recall_curve(y_true, scores)
    reached = metrics.auc(r, p)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached / y_true.mean()}


# %% average-precision | wrong | difference for ratio | 2 | That's the difference
def ranking(y_true, scores):
    reached = average_precision_score(y_true, scores)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached - y_true.mean()}


# %% average-precision | wrong | upside down | 2 | That's the inverse
def ranking(y_true, scores):
    reached = average_precision_score(y_true, scores)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": y_true.mean() / reached}


# %% average-precision | wrong | positives over negatives | 1 | That's positives over negatives
def ranking(y_true, scores):
    reached, chance = average_precision_score(y_true, scores), (y_true == 1).sum() / (y_true == 0).sum()
    return {"average_precision": reached, "chance_level": chance, "times_chance": reached / chance}


# %% average-precision | wrong | arguments swapped | 0 | Are the arguments swapped?
def ranking(y_true, scores):
    reached = average_precision_score(scores, y_true)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached / y_true.mean()}


# %% average-precision | wrong | ROC AUC against its own chance level | 0 | That compares the ROC AUC with its own chance level
def ranking(y_true, scores):
    reached = roc_auc_score(y_true, scores)
    return {"average_precision": reached, "chance_level": 0.5, "times_chance": reached / 0.5}


# %% average-precision | wrong | precision at one cut | 1 | one point. Average precision summarizes the whole curve
def ranking(y_true, scores):
    reached = precision_score(y_true, scores >= 0.5)
    return {"average_precision": reached, "chance_level": y_true.mean(), "times_chance": reached / y_true.mean()}


# %% average-precision | wrong | numbers of the worked example | 0 | is wrong on 3 of 3 inputs
def ranking(y_true, scores):
    return {"average_precision": 0.683, "chance_level": 0.01, "times_chance": 68.3}


# %% average-precision | wrong | chance by shuffling | 1 | is wrong on
def ranking(y_true, scores):
    reached = average_precision_score(y_true, scores)
    chance = average_precision_score(y_true, np.random.default_rng(1).permutation(scores))
    return {"average_precision": reached, "chance_level": chance, "times_chance": reached / chance}


# %% average-precision | wrong | rounded to two decimals | 0 | is wrong on
def ranking(y_true, scores):
    reached, chance = round(average_precision_score(y_true, scores), 2), round(np.mean(y_true), 2)
    return {"average_precision": reached, "chance_level": chance, "times_chance": round(reached / chance, 2)}


# %% average-precision | right | two calls and a loop over the labels
def ranking(y_true, scores):
    result = {"average_precision": metrics.average_precision_score(y_true, scores)}
    result["chance_level"] = np.bincount(y_true)[1] / len(y_true)
    result["times_chance"] = result["average_precision"] / result["chance_level"]
    return result


# %% square-roots | right | as in the reference, by hand
word_roc_auc, word_average_precision, word_brier, word_recall = "stays", "stays", "moves", "moves"
values = test["score"].to_numpy() ** 0.5
brier_of_roots = np.mean((values - test["is_fraud"].to_numpy()) ** 2)
recall_of_roots = np.sum((values >= 0.5) & (test["is_fraud"] == 1)) / np.sum(test["is_fraud"])

# %% square-roots | right | capitals and blanks
word_roc_auc, word_average_precision, word_brier, word_recall = "Stays", " stays ", "MOVES", "moves"
brier_of_roots = metrics.brier_score_loss(test["is_fraud"], np.sqrt(test["score"]))
recall_of_roots = recall_score(test["is_fraud"], np.sqrt(test["score"]) >= 0.5)

# %% square-roots | right | rounded to four decimals
word_roc_auc, word_average_precision, word_brier, word_recall = "stays", "stays", "moves", "moves"
brier_of_roots, recall_of_roots = 0.0079, 0.55

# %% square-roots | right | recall by a lower threshold on the old scores
word_roc_auc = word_average_precision = "stays"
word_brier = word_recall = "moves"
brier_of_roots = np.float32(metrics.brier_score_loss(test["is_fraud"], np.sqrt(test["score"])))
recall_of_roots = recall_score(test["is_fraud"], test["score"] >= 0.25)

# %% square-roots | wrong | ranking reads the size | 3 | It reads only the order of the scores
word_roc_auc = word_average_precision = word_brier = word_recall = "moves"
brier_of_roots, recall_of_roots = 0.0079, 0.55

# %% square-roots | wrong | the order is everything | 3 | the Brier score reads the size
word_roc_auc = word_average_precision = word_brier = word_recall = "stays"
brier_of_roots, recall_of_roots = 0.0079, 0.55

# %% square-roots | wrong | another word | 3.5 | it should be "stays" or "moves"
word_roc_auc, word_average_precision, word_brier, word_recall = "falls", "stays", "moves", "moves"
brier_of_roots, recall_of_roots = 0.0079, 0.55

# %% square-roots | wrong | the scores as they were | 2 | That's the Brier score of the scores as they were
word_roc_auc, word_average_precision, word_brier, word_recall = "stays", "stays", "moves", "moves"
brier_of_roots = metrics.brier_score_loss(test["is_fraud"], test["score"])
recall_of_roots = recall_score(test["is_fraud"], test["score"] >= 0.5)

# %% square-roots | wrong | squares for roots | 2 | The task asks for the square roots
word_roc_auc, word_average_precision, word_brier, word_recall = "stays", "stays", "moves", "moves"
brier_of_roots = metrics.brier_score_loss(test["is_fraud"], test["score"] ** 2)
recall_of_roots = recall_score(test["is_fraud"], test["score"] ** 2 >= 0.5)

# %% square-roots | wrong | the root of the Brier score | 3 | That's the square root of the old Brier score
word_roc_auc, word_average_precision, word_brier, word_recall = "stays", "stays", "moves", "moves"
brier_of_roots = metrics.brier_score_loss(test["is_fraud"], test["score"]) ** 0.5
recall_of_roots = recall_score(test["is_fraud"], np.sqrt(test["score"]) >= 0.5)

# %% square-roots | wrong | Brier score of labels | 3 | Pass the roots, not the flags
word_roc_auc, word_average_precision, word_brier, word_recall = "stays", "stays", "moves", "moves"
brier_of_roots = metrics.brier_score_loss(test["is_fraud"], np.sqrt(test["score"]) >= 0.5)
recall_of_roots = recall_score(test["is_fraud"], np.sqrt(test["score"]) >= 0.5)

# %% square-roots | wrong | precision for recall | 3 | That's the precision. For recall, divide the hits
word_roc_auc, word_average_precision, word_brier, word_recall = "stays", "stays", "moves", "moves"
brier_of_roots = metrics.brier_score_loss(test["is_fraud"], np.sqrt(test["score"]))
recall_of_roots = precision_score(test["is_fraud"], np.sqrt(test["score"]) >= 0.5)

# %% square-roots | wrong | on the other day | 2 | That's the recall on the day `validation`
word_roc_auc, word_average_precision, word_brier, word_recall = "stays", "stays", "moves", "moves"
brier_of_roots = metrics.brier_score_loss(validation["is_fraud"], np.sqrt(validation["score"]))
recall_of_roots = recall_score(validation["is_fraud"], np.sqrt(validation["score"]) >= 0.5)

# %% square-roots | wrong | accuracy for recall | 3 | That's the accuracy. Recall looks only at the frauds
word_roc_auc, word_average_precision, word_brier, word_recall = "stays", "stays", "moves", "moves"
brier_of_roots = metrics.brier_score_loss(test["is_fraud"], np.sqrt(test["score"]))
recall_of_roots = metrics.accuracy_score(test["is_fraud"], np.sqrt(test["score"]) >= 0.5)

# %% square-roots | wrong | words only | 2 | is still `...`
word_roc_auc, word_average_precision, word_brier, word_recall = "stays", "stays", "moves", "moves"
brier_of_roots = recall_of_roots = ...


# %% square-roots | wrong | rounded to three decimals | 3 | keep at least
word_roc_auc, word_average_precision, word_brier, word_recall = "stays", "stays", "moves", "moves"
brier_of_roots, recall_of_roots = 0.008, 0.55

# %% square-roots | right | just near enough
word_roc_auc, word_average_precision, word_brier, word_recall = "stays", "stays", "moves", "moves"
brier_of_roots = ((test["score"] ** 0.5 - test["is_fraud"]) ** 2).mean() + 5e-5
recall_of_roots = (test["score"][test["is_fraud"] == 1] >= 0.25).mean() - 5e-4

# %% square-roots | wrong | both just too far off | 2 | a little too large
word_roc_auc, word_average_precision, word_brier, word_recall = "stays", "stays", "moves", "moves"
brier_of_roots = ((test["score"] ** 0.5 - test["is_fraud"]) ** 2).mean() + 7e-5
recall_of_roots = (test["score"][test["is_fraud"] == 1] >= 0.25).mean() + 7e-4


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


# %% threshold-for-recall | right | loop from the top, threshold slightly below the score
def threshold_for_recall(y_true, scores, wanted):
    for cut in sorted(set(scores.tolist()), reverse=True):
        if recall_score(y_true, scores >= cut) >= wanted:
            return cut - 1e-9


threshold = threshold_for_recall(validation["is_fraud"].to_numpy(), validation["score"].to_numpy(), 0.75)
test_recall = recall_score(test["is_fraud"], test["score"] >= threshold)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | positives with the same score counted once | 2 | with the same score once
def threshold_for_recall(y_true, scores, wanted):
    cuts = np.unique(scores[y_true == 1])[::-1]
    return cuts[int(np.ceil(wanted * len(cuts) - 1e-9)) - 1]


threshold = np.sort(validation["score"][validation["is_fraud"] == 1])[::-1][
    int(np.ceil(0.75 * validation["is_fraud"].sum())) - 1
]
flagged = test["score"] >= threshold
test_recall = metrics.recall_score(test["is_fraud"], flagged)
test_precision = metrics.precision_score(test["is_fraud"], flagged)


# %% threshold-for-recall | wrong | the best precision that reaches the recall | 2 | with the best precision
def threshold_for_recall(y_true, scores, wanted):
    precision, recall, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[np.where(recall[:-1] >= wanted, precision[:-1], -1).argmax()]


threshold = np.sort(validation["score"][validation["is_fraud"] == 1])[::-1][
    int(np.ceil(0.75 * validation["is_fraud"].sum())) - 1
]
flagged = test["score"] >= threshold
test_recall = metrics.recall_score(test["is_fraud"], flagged)
test_precision = metrics.precision_score(test["is_fraud"], flagged)


# %% threshold-for-recall | wrong | positives above the threshold only | 0 | one positive too far
def threshold_for_recall(y_true, scores, wanted):
    found = np.sort(scores[y_true == 1])[::-1]
    return next(cut for cut in found if np.mean(found > cut) >= wanted)


threshold = threshold_for_recall(validation["is_fraud"].to_numpy(), validation["score"].to_numpy(), 0.75)
flagged = test["score"] >= threshold
test_recall = metrics.recall_score(test["is_fraud"], flagged)
test_precision = metrics.precision_score(test["is_fraud"], flagged)


# %% threshold-for-recall | wrong | > for >= | 1 | It flags scores > threshold
def threshold_for_recall(y_true, scores, wanted):
    return max(cut for cut in np.unique(scores) if np.mean(scores[y_true == 1] > cut) >= wanted)


threshold = threshold_for_recall(validation["is_fraud"].to_numpy(), validation["score"].to_numpy(), 0.75)
test_recall = recall_score(test["is_fraud"], test["score"] > threshold)
test_precision = precision_score(test["is_fraud"], test["score"] > threshold)


# %% threshold-for-recall | wrong | recall must exceed the requirement | 1 | It goes one score too low where a threshold reaches exactly
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r[:-1] > wanted].max()


threshold = 0.0925
test_recall = test_precision = ...


# %% threshold-for-recall | wrong | threshold chosen on the test set | 2 | That threshold was chosen on the test set
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r[:-1] >= wanted].max()


threshold = threshold_for_recall(test["is_fraud"], test["score"], 0.75)
test_recall = recall_score(test["is_fraud"], test["score"] >= threshold)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | reported where it was chosen | 3 | Report it on `test`
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r[:-1] >= wanted].max()


threshold = threshold_for_recall(validation["is_fraud"], validation["score"], 0.75)
test_recall = recall_score(validation["is_fraud"], validation["score"] >= threshold)
test_precision = precision_score(validation["is_fraud"], validation["score"] >= threshold)


# %% threshold-for-recall | wrong | precision and recall swapped | 3 | That's the precision. For recall, divide by all
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r[:-1] >= wanted].max()


threshold = threshold_for_recall(validation["is_fraud"], validation["score"], 0.75)
test_precision = recall_score(test["is_fraud"], test["score"] >= threshold)
test_recall = precision_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | accuracy for recall | 3.5 | That's the accuracy. Recall counts only the positives
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r[:-1] >= wanted].max()


threshold = threshold_for_recall(validation["is_fraud"], validation["score"], 0.75)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)
test_recall = metrics.accuracy_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | lowest threshold | 0 | That's the lowest threshold, at which everything
def threshold_for_recall(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[np.argmax(r >= wanted)]


threshold = threshold_for_recall(validation["is_fraud"], validation["score"], 0.75)
test_recall = recall_score(test["is_fraud"], test["score"] >= threshold)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | evenly spaced thresholds | 0 | It tries evenly spaced thresholds
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


# %% threshold-for-recall | wrong | highest threshold for a precision | 0 | That's the highest threshold for a precision
def threshold_for_recall(y_true, scores, wanted):
    p, _, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[p[:-1] >= wanted].max()


threshold = test_recall = test_precision = 0.999


# %% threshold-for-recall | wrong | numbers of a threshold that is wrong | 0 | test_precision: you have 0.5931. That's right for your
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


# %% threshold-for-recall | wrong | threshold rounded to two decimals | 2 | A rounded threshold flags other rows
def threshold_for_recall(y_true, scores, wanted):
    of_positives = np.sort(scores[y_true == 1])[::-1]
    return of_positives[int(np.ceil(wanted * len(of_positives) - 1e-9)) - 1]


threshold = round(threshold_for_recall(validation["is_fraud"].to_numpy(), validation["score"].to_numpy(), 0.75), 2)
test_recall = recall_score(test["is_fraud"], test["score"] >= threshold)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | default threshold, no function | 0 | That's the default threshold
threshold_for_recall = ...
threshold = 0.5
test_recall = recall_score(test["is_fraud"], test["score"] >= threshold)
test_precision = precision_score(test["is_fraud"], test["score"] >= threshold)


# %% threshold-for-recall | wrong | all of it on the test day | 2 | test_recall: you have 0.75. That threshold was chosen on
def threshold_for_recall(y_true, scores, wanted):
    _, recall, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[recall[:-1] >= wanted].max()


threshold = threshold_for_recall(test["is_fraud"], test["score"], 0.75)
flagged = test["score"] >= threshold
test_recall, test_precision = (score(test["is_fraud"], flagged) for score in (recall_score, precision_score))


# %% threshold-from-costs | right | formula, and sums by hand
def threshold_from_costs(false_alarm, miss):
    return false_alarm / (false_alarm + miss)


cut = threshold_from_costs(20, 500)
flags = {one: test["score"] >= one for one in (0.5, cut)}
cost_at_half, cost_at_best = (
    ((test["is_fraud"] == 1) & ~f).sum() * 500 + ((test["is_fraud"] == 0) & f).sum() * 20 for f in flags.values()
)


# %% threshold-from-costs | right | from the confusion matrix
def threshold_from_costs(false_alarm, miss):
    return 1 / (1 + miss / false_alarm)


def total(cut):
    tn, fp, fn, tp = metrics.confusion_matrix(test["is_fraud"], test["score"] >= cut).ravel()
    return float(20 * fp + 500 * fn)


cost_at_half, cost_at_best = total(0.5), total(threshold_from_costs(20, 500))


# %% threshold-from-costs | right | with the scoreboard's helper
def threshold_from_costs(false_alarm, miss):
    from fractions import Fraction

    return Fraction(false_alarm) / (Fraction(false_alarm) + Fraction(miss))


cost_at_half, cost_at_best = (
    scoreboard.decision_scores(test["is_fraud"], test["score"], cut, cost_miss=500, cost_false_alarm=20)["cost"]
    for cut in (0.5, float(threshold_from_costs(20, 500)))
)


# %% threshold-from-costs | right | amounts as numbers
def threshold_from_costs(false_alarm, miss):
    return np.divide(false_alarm, np.add(false_alarm, miss))


cost_at_half, cost_at_best = 53_360, 28_300.0


# %% threshold-from-costs | wrong | costs swapped | 0.5 | The two costs are swapped. An expensive miss should lower
def threshold_from_costs(false_alarm, miss):
    return miss / (false_alarm + miss)


def total(cut):
    f = test["score"] >= cut
    return ((test["is_fraud"] == 1) & ~f).sum() * 500 + ((test["is_fraud"] == 0) & f).sum() * 20


cost_at_half, cost_at_best = total(0.5), total(threshold_from_costs(20, 500))


# %% threshold-from-costs | wrong | odds for a share | 0.5 | Those are the odds
def threshold_from_costs(false_alarm, miss):
    return false_alarm / miss


def total(cut):
    f = test["score"] >= cut
    return ((test["is_fraud"] == 1) & ~f).sum() * 500 + ((test["is_fraud"] == 0) & f).sum() * 20


cost_at_half, cost_at_best = total(0.5), total(threshold_from_costs(20, 500))


# %% threshold-from-costs | wrong | 0.5 whatever it costs | 0.5 | That's 0.5 whatever mistakes cost
def threshold_from_costs(false_alarm, miss):
    return 0.5


cost_at_half = cost_at_best = 53_360


# %% threshold-from-costs | wrong | rounded | 0.5 | it should be the false alarm's share of both costs
def threshold_from_costs(false_alarm, miss):
    return round(false_alarm / (false_alarm + miss), 2)


def total(cut):
    f = test["score"] >= cut
    return ((test["is_fraud"] == 1) & ~f).sum() * 500 + ((test["is_fraud"] == 0) & f).sum() * 20


cost_at_half, cost_at_best = total(0.5), total(round(20 / 520, 3))


# %% threshold-from-costs | wrong | misses only | 1 | That's the cost of the misses only
def threshold_from_costs(false_alarm, miss):
    return false_alarm / (false_alarm + miss)


cost_at_half, cost_at_best = (
    500 * ((test["is_fraud"] == 1) & (test["score"] < cut)).sum() for cut in (0.5, threshold_from_costs(20, 500))
)


# %% threshold-from-costs | wrong | every alert is charged | 1 | That charges every alert
def threshold_from_costs(false_alarm, miss):
    return false_alarm / (false_alarm + miss)


cost_at_half, cost_at_best = (
    500 * ((test["is_fraud"] == 1) & (test["score"] < cut)).sum() + 20 * (test["score"] >= cut).sum()
    for cut in (0.5, threshold_from_costs(20, 500))
)


# %% threshold-from-costs | wrong | on the other day | 1 | That's the cost on `validation`
def threshold_from_costs(false_alarm, miss):
    return false_alarm / (false_alarm + miss)


def total(cut):
    f = validation["score"] >= cut
    return ((validation["is_fraud"] == 1) & ~f).sum() * 500 + ((validation["is_fraud"] == 0) & f).sum() * 20


cost_at_half, cost_at_best = total(0.5), total(threshold_from_costs(20, 500))


# %% threshold-from-costs | wrong | tuned on the test day | 1.5 | That's the lowest cost found on `test` itself
def threshold_from_costs(false_alarm, miss):
    return false_alarm / (false_alarm + miss)


def total(cut):
    f = test["score"] >= cut
    return ((test["is_fraud"] == 1) & ~f).sum() * 500 + ((test["is_fraud"] == 0) & f).sum() * 20


cost_at_half, cost_at_best = total(0.5), min(total(cut) for cut in test["score"].unique())


# %% threshold-from-costs | wrong | mean per payment | 1 | That's the mean per payment
def threshold_from_costs(false_alarm, miss):
    return false_alarm / (false_alarm + miss)


cost_at_half, cost_at_best = 53_360 / 20_000, 28_300 / 20_000


# %% threshold-from-costs | wrong | function only | 1 | is still `...`
def threshold_from_costs(false_alarm, miss):
    return false_alarm / (false_alarm + miss)


cost_at_half = cost_at_best = ...


# %% threshold-from-costs | wrong | the two amounts swapped | 1 | That's the cost at t* for these costs
def threshold_from_costs(false_alarm, miss):
    return false_alarm / (false_alarm + miss)


def bill(cut):
    flagged, fraud = test["score"] >= cut, test["is_fraud"] == 1
    return 20 * (flagged & ~fraud).sum() + 500 * (~flagged & fraud).sum()


cost_at_best, cost_at_half = bill(0.5), bill(20 / 520)


# %% threshold-from-costs | right | just near enough
def threshold_from_costs(false_alarm, miss):
    return false_alarm / (false_alarm + miss) + 4e-5


def bill(cut):
    flagged, fraud = test["score"] >= cut, test["is_fraud"] == 1
    return 20 * (flagged & ~fraud).sum() + 500 * (~flagged & fraud).sum()


cost_at_half, cost_at_best = bill(0.5), bill(20 / 520)


# %% threshold-from-costs | wrong | just too far off | 1 | a little too large
def threshold_from_costs(false_alarm, miss):
    return false_alarm / (false_alarm + miss) + 6e-5


def bill(cut):
    flagged, fraud = test["score"] >= cut, test["is_fraud"] == 1
    return 20 * (flagged & ~fraud).sum() + 500 * (~flagged & fraud).sum()


cost_at_half, cost_at_best = bill(0.5), bill(20 / 520)


# %% prevalence-shift | right | shares of all
def precision_at_prevalence(recall, specificity, prevalence):
    hits = recall * prevalence
    return hits / (hits + (1 - specificity) * (1 - prevalence))


branch_precision, branch_recall = precision_at_prevalence(0.80, 0.95, 0.001), 0.80


# %% prevalence-shift | right | odds
def precision_at_prevalence(recall, specificity, prevalence):
    odds = prevalence / (1 - prevalence) * recall / (1 - specificity)
    return odds / (1 + odds)


branch_precision, branch_recall = precision_at_prevalence(0.80, 0.95, 0.001), 0.80


# %% prevalence-shift | right | exact
def precision_at_prevalence(recall, specificity, prevalence):
    from fractions import Fraction

    r, s, p = (Fraction(x) for x in (recall, specificity, prevalence))
    return r * p / (r * p + (1 - s) * (1 - p))


branch_precision, branch_recall = precision_at_prevalence(0.80, 0.95, 0.001), 0.80


# %% prevalence-shift | wrong | specificity for the false positive rate | 0.5 | It uses the specificity as the share
def precision_at_prevalence(recall, specificity, prevalence):
    return recall * prevalence / (recall * prevalence + specificity * (1 - prevalence))


branch_precision, branch_recall = precision_at_prevalence(0.80, 0.95, 0.001), 0.80


# %% prevalence-shift | wrong | no prevalence | 0.5 | It forgets the prevalence
def precision_at_prevalence(recall, specificity, prevalence):
    return recall / (recall + 1 - specificity)


branch_precision, branch_recall = precision_at_prevalence(0.80, 0.95, 0.001), 0.80


# %% prevalence-shift | wrong | false alarms from all payments | 1 | It forgets that false alarms come from honest payments
def precision_at_prevalence(recall, specificity, prevalence):
    return recall * prevalence / (recall * prevalence + (1 - specificity))


branch_precision, branch_recall = precision_at_prevalence(0.80, 0.95, 0.001), 0.80


# %% prevalence-shift | wrong | classes swapped | 0.5 | It swaps the classes
def precision_at_prevalence(recall, specificity, prevalence):
    return recall * (1 - prevalence) / (recall * (1 - prevalence) + (1 - specificity) * prevalence)


branch_precision, branch_recall = precision_at_prevalence(0.80, 0.95, 0.001), 0.80


# %% prevalence-shift | right | rounded to three decimals, from counts
def precision_at_prevalence(recall, specificity, prevalence):
    hits = recall * prevalence
    return hits / (hits + (1 - specificity) * (1 - prevalence))


branch_precision, branch_recall = round(800 / (800 + 49_950), 3), 0.8


# %% prevalence-shift | wrong | at the prevalence of the test | 1.5 | That's the precision at the test's prevalence
def precision_at_prevalence(recall, specificity, prevalence):
    hits = recall * prevalence
    return hits / (hits + (1 - specificity) * (1 - prevalence))


branch_precision, branch_recall = precision_at_prevalence(0.80, 0.95, 0.01), 0.80


# %% prevalence-shift | wrong | a tenth of everything | 1 | That's a tenth of the tested recall
def precision_at_prevalence(recall, specificity, prevalence):
    hits = recall * prevalence
    return hits / (hits + (1 - specificity) * (1 - prevalence))


branch_precision, branch_recall = precision_at_prevalence(0.80, 0.95, 0.01) / 10, 0.08


# %% prevalence-shift | wrong | a tenth read as 0.1 | 1.5 | That's the precision at a prevalence of 0.1
def precision_at_prevalence(recall, specificity, prevalence):
    hits = recall * prevalence
    return hits / (hits + (1 - specificity) * (1 - prevalence))


branch_precision, branch_recall = precision_at_prevalence(0.80, 0.95, 0.1), 0.80


# %% prevalence-shift | wrong | hits over false alarms | 1 | It divides hits by false alarms
def precision_at_prevalence(recall, specificity, prevalence):
    return recall * prevalence / ((1 - specificity) * (1 - prevalence))


branch_precision, branch_recall = 0.0158, 0.80


# %% prevalence-shift | wrong | hits only | 0.5 | That's the share of hits among all payments
def precision_at_prevalence(recall, specificity, prevalence):
    return recall * prevalence


branch_precision, branch_recall = precision_at_prevalence(0.80, 0.95, 0.001), 0.80


# %% prevalence-shift | wrong | in percent | 1 | That is in percent
def precision_at_prevalence(recall, specificity, prevalence):
    hits = recall * prevalence
    return hits / (hits + (1 - specificity) * (1 - prevalence))


branch_precision, branch_recall = 1.58, 80


# %% which-metric | right | letters
readers, insurer, ward, clinics, shop = "d", "e", "c", "b", "f"

# %% which-metric | right | capitals
readers, insurer, ward, clinics, shop = "D", "E", "C", "B", "F"

# %% which-metric | right | with brackets and blanks
readers, insurer, ward, clinics, shop = "d)", " (e) ", "c.", " b ", "f)"

# %% which-metric | right | from a list
readers, insurer, ward, clinics, shop = list("decbf")

# %% which-metric | wrong | accuracy for all | 0 | The common class makes up nearly all of the accuracy
readers = insurer = ward = clinics = shop = "a"

# %% which-metric | wrong | ROC AUC for all | 0.4 | Halving every probability keeps the ROC AUC
readers = insurer = ward = clinics = shop = "b"

# %% which-metric | wrong | precision across prevalences | 1.6 | more ill patients alone make it look better
readers, insurer, ward, clinics, shop = "d", "e", "c", "c", "f"

# %% which-metric | wrong | calibration for a decision | 1.2 | its probabilities and its Brier score are the same
readers, insurer, ward, clinics, shop = "d", "e", "e", "b", "e"

# %% which-metric | wrong | costs for all | 0.4 | No costs are known here. The number of alerts is fixed
readers = insurer = ward = clinics = shop = "f"

# %% which-metric | wrong | budget for all | 0.4 | Every customer gets a price, not only those at the top
readers = insurer = ward = clinics = shop = "d"

# %% which-metric | wrong | names for letters | 1.6 | it should be one letter
readers, insurer, ward, clinics, shop = "precision at 100", "e", "c", "b", "f"

# %% which-metric | wrong | one team left out | 1.6 | is still `...`
readers, insurer, ward, clinics, shop = "d", "e", "c", "b", ...


# %% bonus-threshold-for-precision | right | loop over the scores
def threshold_for_precision(y_true, scores, wanted):
    best = None
    for cut in np.unique(scores)[::-1]:
        if y_true[scores >= cut].mean() >= wanted:
            best = cut
    return best


# %% bonus-threshold-for-precision | right | precision_recall_curve
def threshold_for_precision(y_true, scores, wanted):
    p, _, cuts = metrics.precision_recall_curve(y_true, scores)
    reached = cuts[p[:-1] >= wanted]
    return reached.min() if len(reached) else None


# %% bonus-threshold-for-precision | right | highest recall, then highest threshold
def threshold_for_precision(y_true, scores, wanted):
    p, r, cuts = metrics.precision_recall_curve(y_true, scores)
    table = pd.DataFrame({"p": p[:-1], "r": r[:-1], "cut": cuts})
    table = table[table["p"] >= wanted].sort_values(["r", "cut"])
    if table.empty:
        return None
    return float(table["cut"].iloc[-1])


# %% bonus-threshold-for-precision | right | groups of tied scores added up
def threshold_for_precision(y_true, scores, wanted):
    groups = pd.DataFrame({"y": y_true, "s": scores}).groupby("s")["y"].agg(["sum", "size"]).iloc[::-1].cumsum()
    reached = groups.index[groups["sum"] / groups["size"] >= wanted]
    return None if reached.empty else reached.min() - 1e-7


# %% bonus-threshold-for-precision | wrong | empty set crashes | 0 | Look first, and return None
def threshold_for_precision(y_true, scores, wanted):
    p, _, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[p[:-1] >= wanted].min()


# %% bonus-threshold-for-precision | wrong | empty list crashes | 0 | Look first, and return None
def threshold_for_precision(y_true, scores, wanted):
    return min([cut for cut in np.unique(scores) if np.mean(y_true[scores >= cut]) >= wanted])


# %% bonus-threshold-for-precision | wrong | last point of the curve taken for a threshold | 0 | belongs to no threshold
def threshold_for_precision(y_true, scores, wanted):
    p, _, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[np.argmax(p >= wanted)]


# %% bonus-threshold-for-precision | wrong | curve longer than its thresholds | 0 | leave its last point out
def threshold_for_precision(y_true, scores, wanted):
    p, _, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[p >= wanted].min()


# %% bonus-threshold-for-precision | wrong | falls back to 1 | 0 | You return 1, which reads like a threshold
def threshold_for_precision(y_true, scores, wanted):
    reached = [cut for cut in np.unique(scores) if np.mean(y_true[scores >= cut]) >= wanted]
    return min(reached, default=1.0)


# %% bonus-threshold-for-precision | wrong | falls back to infinity | 0 | You return infinity
def threshold_for_precision(y_true, scores, wanted):
    reached = [cut for cut in np.unique(scores) if np.mean(y_true[scores >= cut]) >= wanted]
    return min(reached, default=np.inf)


# %% bonus-threshold-for-precision | wrong | falls back to the most precise | 0 | the highest precision as if it met it
def threshold_for_precision(y_true, scores, wanted):
    p, _, cuts = metrics.precision_recall_curve(y_true, scores)
    reached = cuts[p[:-1] >= wanted]
    return reached.min() if len(reached) else cuts[::-1][np.argmax(p[:-1][::-1])]


# %% bonus-threshold-for-precision | wrong | highest threshold | 0 | so the lowest recall
def threshold_for_precision(y_true, scores, wanted):
    reached = [cut for cut in np.unique(scores) if np.mean(y_true[scores >= cut]) >= wanted]
    return max(reached) if reached else None


# %% bonus-threshold-for-precision | wrong | stops at the first failure | 0 | precision goes up and down as the threshold
def threshold_for_precision(y_true, scores, wanted):
    best = None
    for cut in np.unique(scores)[::-1]:
        if y_true[scores >= cut].mean() < wanted:
            break
        best = cut
    return best


# %% bonus-threshold-for-precision | wrong | precision must exceed the requirement | 0 | It asks for a precision > wanted
def threshold_for_precision(y_true, scores, wanted):
    reached = [cut for cut in np.unique(scores) if np.mean(y_true[scores >= cut]) > wanted]
    return min(reached) if reached else None


# %% bonus-threshold-for-precision | wrong | > for >= | 0 | It flags scores > threshold
def threshold_for_precision(y_true, scores, wanted):
    reached = [cut for cut in np.unique(scores)[:-1] if np.mean(y_true[scores > cut]) >= wanted]
    return min(reached) if reached else None


# %% bonus-threshold-for-precision | wrong | evenly spaced thresholds | 0 | It tries evenly spaced thresholds
def threshold_for_precision(y_true, scores, wanted):
    grid = [cut for cut in np.linspace(0, 1, 101) if precision_score(y_true, scores >= cut, zero_division=0) >= wanted]
    return min(grid) if grid else None


# %% bonus-threshold-for-precision | wrong | row by row | 0 | It goes row by row
def threshold_for_precision(y_true, scores, wanted):
    order = np.argsort(-scores, kind="stable")
    p = np.cumsum(y_true[order]) / np.arange(1, len(order) + 1)
    return scores[order][p >= wanted].min() if np.any(p >= wanted) else None


# %% bonus-threshold-for-precision | wrong | recall instead of precision | 0 | That's a threshold for recall
def threshold_for_precision(y_true, scores, wanted):
    _, r, cuts = metrics.precision_recall_curve(y_true, scores)
    return cuts[r[:-1] >= wanted].max()


# %% bonus-threshold-for-precision | wrong | always None | 0 | returned None
def threshold_for_precision(y_true, scores, wanted):
    return None


# %% bonus-alert-budget | right | stable sort
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong = precision_in_budget(strong_day["is_fraud"].values, strong_day["score"].values, 100) >= 0.85
feasible_weak = precision_in_budget(weak_day["is_fraud"].values, weak_day["score"].values, 100) >= 0.85


# %% bonus-alert-budget | right | nlargest of pandas
def precision_in_budget(y_true, scores, budget):
    best = pd.Series(scores).nlargest(budget).index
    return pd.Series(y_true).loc[best].mean()


lowest_recall, highest_recall = 0.425, 0.5
feasible_strong, feasible_weak = True, False


# %% bonus-alert-budget | right | plain Python
def precision_in_budget(y_true, scores, budget):
    pairs = sorted(zip(scores.tolist(), y_true.tolist()), key=lambda pair: -pair[0])
    return sum(y for _, y in pairs[:budget]) / budget


lowest_recall = np.array([0.425])
highest_recall = "0.5" and 0.5
feasible_strong, feasible_weak = np.bool_(True), np.array(False)


# %% bonus-alert-budget | wrong | ties from the back | 0 | It takes ties from the back
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(scores, kind="stable")[::-1][:budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = True, False


# %% bonus-alert-budget | wrong | all ties get an alert | 0 | so more than the budget
def precision_in_budget(y_true, scores, budget):
    return y_true[scores >= np.sort(scores)[-budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = True, False


# %% bonus-alert-budget | wrong | > for >= at the last alert | 0 | (> instead of >=)
def precision_in_budget(y_true, scores, budget):
    return y_true[scores > np.sort(scores)[-budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = True, False


# %% bonus-alert-budget | wrong | recall for precision | 0 | That's the recall within the budget
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].sum() / y_true.sum()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = True, False


# %% bonus-alert-budget | wrong | lowest scores first | 0 | It alerts the lowest scores
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = True, False


# %% bonus-alert-budget | wrong | a high ROC AUC must do | 0 | Compute the precision there
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = True, True


# %% bonus-alert-budget | wrong | neither day is feasible | 0 | Count the frauds among the 100 highest
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = False, False


# %% bonus-alert-budget | wrong | precision for recall | 0 | That's the required precision
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 0.85, 1.0
feasible_strong, feasible_weak = True, False


# %% bonus-alert-budget | wrong | counts for shares | 0 | That's a count of hits
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 85, 100
feasible_strong, feasible_weak = True, False


# %% bonus-alert-budget | wrong | precisions for truth values | 0 | Give True or False
def precision_in_budget(y_true, scores, budget):
    return y_true[np.argsort(-scores, kind="stable")[:budget]].mean()


lowest_recall, highest_recall = 85 / 200, 100 / 200
feasible_strong, feasible_weak = (
    precision_in_budget(day["is_fraud"].values, day["score"].values, 100) for day in (strong_day, weak_day)
)


# %% bonus-alert-budget | right | sorted frame
def precision_in_budget(y_true, scores, budget):
    table = pd.DataFrame({"y": y_true, "s": scores}).sort_values("s", ascending=False, kind="stable")
    return table["y"].iloc[:budget].mean()


lowest_recall, highest_recall, feasible_strong, feasible_weak = 0.425, 0.5, True, False


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


# %% bonus-precision-per-day | wrong | one budget for all days | 0 | Each day has its own k alerts
def precision_per_day(day, y_true, scores, k):
    return y_true[np.argsort(-scores, kind="stable")[:k]].mean()


# %% bonus-precision-per-day | wrong | pooled budgets | 0 | A busy day would use up the alerts
def precision_per_day(day, y_true, scores, k):
    return y_true[np.argsort(-scores, kind="stable")[: k * len(np.unique(day))]].mean()


# %% bonus-precision-per-day | wrong | recall at k | 0 | That's the recall at k
def precision_per_day(day, y_true, scores, k):
    found = []
    for d in np.unique(day):
        y, s = y_true[day == d], scores[day == d]
        found.append(y[np.argsort(-s, kind="stable")[:k]].sum() / y.sum())
    return np.mean(found)


# %% bonus-precision-per-day | wrong | list of the days | 0 | That's the list of the days. Return their mean
def precision_per_day(day, y_true, scores, k):
    return [y_true[day == d][np.argsort(-scores[day == d], kind="stable")[:k]].mean() for d in np.unique(day)]


# %% bonus-precision-per-day | right | boolean masks and sorted pairs
def precision_per_day(day, y_true, scores, k):
    found = []
    for one in set(day.tolist()):
        pairs = sorted(zip(-scores[day == one], range(np.sum(day == one)), y_true[day == one]))
        found.append(sum(int(y) for _, _, y in pairs[:k]) / k)
    return sum(found) / len(found)


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


# %% bonus-f-beta-roc-auc | wrong | never below one half | 0 |
def f_beta(precision, recall, beta):
    below = beta**2 * precision + recall
    return 0.0 if below == 0 else (1 + beta**2) * precision * recall / below


def roc_auc(y_true, scores):
    won = (np.sign(scores[y_true == 1][:, None] - scores[y_true == 0]).mean() + 1) / 2
    return max(won, 1 - won)


# %% bonus-f-beta-roc-auc | wrong | beta not squared | 0 | Beta isn't squared
def f_beta(precision, recall, beta):
    return (1 + beta) * precision * recall / (beta * precision + recall) if precision else 0


roc_auc = roc_auc_score


# %% bonus-f-beta-roc-auc | wrong | weighs precision | 0 | Precision and recall are swapped
def f_beta(precision, recall, beta):
    return (1 + beta**2) * precision * recall / (beta**2 * recall + precision) if precision else 0


roc_auc = roc_auc_score


# %% bonus-f-beta-roc-auc | wrong | ties count nothing | 0 | Ties count nothing
def f_beta(precision, recall, beta):
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall) if precision else 0


def roc_auc(y_true, scores):
    return np.mean(scores[y_true == 1][:, None] > scores[y_true == 0])


# %% bonus-f-beta-roc-auc | wrong | labels for scores | 0 | That's computed from labels, scores compared with 0.5
def f_beta(precision, recall, beta):
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall) if precision else 0


def roc_auc(y_true, scores):
    return roc_auc_score(y_true, scores >= 0.5)


# %% bonus-f-beta-roc-auc | wrong | division by zero | 0 | Where precision and recall are both 0, F-beta is 0
def f_beta(precision, recall, beta):
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


roc_auc = ...


# %% bonus-f-beta-roc-auc | wrong | ties count as wins | 0 | Ties count as wins
def f_beta(precision, recall, beta):
    if precision == recall == 0:
        return 0
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


def roc_auc(y_true, scores):
    return np.mean(scores[y_true == 1][:, None] >= scores[y_true == 0][None, :])


# %% bonus-f-beta-roc-auc | right | with an if, and a loop over the positives
def f_beta(precision, recall, beta):
    if precision == recall == 0:
        return 0
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


def roc_auc(y_true, scores):
    below, wins = scores[y_true == 0], 0
    for one in scores[y_true == 1]:
        wins += np.sum(one > below) + np.sum(one == below) / 2
    return wins / (len(below) * np.sum(y_true))


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

# %% find-the-bug | wrong | as given | 0 | Not fixed yet
predicted = model.predict(X_test)
model_roc_auc = roc_auc_score(y_test, predicted)
model_average_precision = average_precision_score(y_test, predicted)

# %% find-the-bug | wrong | probability of the other class | 0 | model_roc_auc: you have 0.144. That ranks by the probability of class 0
predicted = model.predict_proba(X_test)[:, 0]
model_roc_auc = roc_auc_score(y_test, predicted)
model_average_precision = average_precision_score(y_test, predicted)

# %% find-the-bug | wrong | training rows | 0 | That's measured on the training rows
model_roc_auc = roc_auc_score(y_train, model.predict_proba(X_train)[:, 1])
model_average_precision = average_precision_score(y_train, model.predict_proba(X_train)[:, 1])

# %% find-the-bug | wrong | average precision of training rows | 0 | That's measured on the training rows
model_roc_auc = roc_auc_score(y_test, scores)
model_average_precision = average_precision_score(y_train, model.predict_proba(X_train)[:, 1])

# %% find-the-bug | wrong | the two swapped | 0 | That's the average precision
model_roc_auc = average_precision_score(y_test, scores)
model_average_precision = roc_auc_score(y_test, scores)

# %% find-the-bug | right | the scores of section 1
predicted = scores
model_roc_auc = roc_auc_score(y_test, predicted)
model_average_precision = average_precision_score(y_test, predicted)


# %% before-1 | right | the letter
before_1 = "d"

# %% before-1 | right | a capital
before_1 = "D"

# %% before-1 | right | with a bracket
before_1 = " d) "

# %% before-1 | right | with a full stop
before_1 = "d."

# %% before-1 | wrong | a | 0 | The negatives don't enter recall at all
before_1 = "a"

# %% before-1 | wrong | b | 0 | one more hit moves recall by 0.125
before_1 = "b"

# %% before-1 | wrong | c | 0 | only undefined when a test set has no positive
before_1 = "c"

# %% before-1 | wrong | a number | 0 | it should be one letter
before_1 = 4

# %% before-2 | right | the letter
before_2 = "b"

# %% before-2 | right | a capital
before_2 = "B"

# %% before-2 | right | with brackets
before_2 = "(b)"

# %% before-2 | right | with blanks
before_2 = " b "

# %% before-2 | wrong | a | 0 | It finds none of the five thefts
before_2 = "a"

# %% before-2 | wrong | c | 0 | belong to the opposite dummy
before_2 = "c"

# %% before-2 | wrong | d | 0 | Chance isn't a half here
before_2 = "d"

# %% before-2 | wrong | the numbers | 0 | it should be one letter
before_2 = (0.99, 0)

# %% quick-check-1 | right | the letter
answer_1 = "c"

# %% quick-check-1 | right | a capital
answer_1 = "C"

# %% quick-check-1 | right | with a bracket
answer_1 = " c) "

# %% quick-check-1 | right | with a full stop
answer_1 = "c."

# %% quick-check-1 | wrong | a | 0 | A half is the chance level of ROC AUC
answer_1 = "a"

# %% quick-check-1 | wrong | b | 0 | precision at one threshold
answer_1 = "b"

# %% quick-check-1 | wrong | d | 0 | on the same dataset only
answer_1 = "d"

# %% quick-check-1 | wrong | a number | 0 | it should be one letter
answer_1 = 3

# %% quick-check-2 | right | the letter
answer_2 = "a"

# %% quick-check-2 | right | a capital
answer_2 = "A"

# %% quick-check-2 | right | with brackets
answer_2 = "(a)"

# %% quick-check-2 | right | with blanks
answer_2 = " a "

# %% quick-check-2 | wrong | b | 0 | ranks like a coin
answer_2 = "b"

# %% quick-check-2 | wrong | c | 0 | the probabilities stay right
answer_2 = "c"

# %% quick-check-2 | wrong | d | 0 | would reverse the ranking
answer_2 = "d"

# %% quick-check-2 | wrong | a sentence | 0 | it should be one letter
answer_2 = "No fraud scores as high as 0.5."
