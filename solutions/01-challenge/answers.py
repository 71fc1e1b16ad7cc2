# Known answers of lesson 1. One cell each, in place of the task's answer cell:
#     task | right | name
#     task | wrong | name | points it earns | part of the message it gets

# %% lazy-guard | right | plain numbers
guard_tp, guard_fp, guard_fn, guard_tn = 0, 0, 100, 9900
guard_accuracy, guard_precision, guard_recall, guard_f1 = 0.99, 0.0, 0.0, 0.0

# %% lazy-guard | right | with the library on rows
truth = np.repeat([1, 0], [100, 9900])
says = np.zeros(10_000, dtype=int)
guard_tp = np.sum((truth == 1) & (says == 1))
guard_fp = np.sum((truth == 0) & (says == 1))
guard_fn = np.sum((truth == 1) & (says == 0))
guard_tn = np.sum((truth == 0) & (says == 0))
guard_accuracy = accuracy_score(truth, says)
guard_precision = precision_score(truth, says, zero_division=0)
guard_recall, guard_f1 = recall_score(truth, says), f1_score(truth, says, zero_division=0)

# %% lazy-guard | right | counts from shares, as fractions
from fractions import Fraction

guard_fn = int(10_000 * 0.01)
guard_tp = guard_fp = 0
guard_tn = 10_000 - guard_fn
guard_accuracy, guard_precision, guard_recall = Fraction(guard_tn, 10_000), 0, Fraction(0, 100)
guard_f1 = Fraction(2 * guard_tp, 2 * guard_tp + guard_fp + guard_fn)

# %% lazy-guard | wrong | accuracy for recall | 3.5 | how many did he find
guard_tp, guard_fp, guard_fn, guard_tn = 0, 0, 100, 9900
guard_accuracy, guard_precision, guard_recall, guard_f1 = 0.99, 0.0, 0.99, 0.0

# %% lazy-guard | wrong | misses and false alarms swapped | 3 | are swapped
guard_tp, guard_fp, guard_fn, guard_tn = 0, 100, 0, 9900
guard_accuracy, guard_precision, guard_recall, guard_f1 = 0.99, 0.0, 0.0, 0.0

# %% lazy-guard | wrong | accuracy for precision | 3.5 | look only at flagged days
guard_tp, guard_fp, guard_fn, guard_tn = 0, 0, 100, 9900
guard_accuracy, guard_precision, guard_recall, guard_f1 = 0.99, 0.99, 0.0, 0.0

# %% lazy-guard | wrong | undefined ones as nan | 3 | It's undefined, that's true
guard_tp, guard_fp, guard_fn, guard_tn = 0, 0, 100, 9900
guard_accuracy, guard_precision, guard_recall, guard_f1 = 0.99, np.nan, 0.0, float("nan")

# %% lazy-guard | wrong | a quiet day as positive | 0.5 | That takes a quiet day as positive
truth = np.repeat([0, 1], [100, 9900])
says = np.ones(10_000, dtype=int)
guard_tp, guard_fp, guard_fn, guard_tn = 9900, 100, 0, 0
guard_accuracy, guard_precision = accuracy_score(truth, says), precision_score(truth, says)
guard_recall, guard_f1 = recall_score(truth, says), f1_score(truth, says)

# %% lazy-guard | right | just within three decimals
guard_tp, guard_fp, guard_fn, guard_tn = 0, 0, 100, 9900
guard_accuracy, guard_precision, guard_recall, guard_f1 = 0.9905, 0.0005, 0.0, 0.0

# %% lazy-guard | wrong | just beyond three decimals | 3.5 | a little too large
guard_tp, guard_fp, guard_fn, guard_tn = 0, 0, 100, 9900
guard_accuracy, guard_precision, guard_recall, guard_f1 = 0.9907, 0.0, 0.0, 0.0

# %% lazy-guard | wrong | no mistakes at all | 3.5 | Count the thefts
guard_tp, guard_fp, guard_fn, guard_tn = 0, 0, 0, 9900
guard_accuracy, guard_precision, guard_recall, guard_f1 = 0.99, 0.0, 0.0, 0.0

# %% lazy-guard | wrong | accuracy slightly off | 3.5 | it should be a number
guard_tp, guard_fp, guard_fn, guard_tn = 0, 0, 100, 9900
guard_accuracy, guard_precision, guard_recall, guard_f1 = 0.9911, 0.0, 0.0, 0.0

# %% lazy-guard | wrong | the first museum's accuracy | 3.5 | the guard of section 1
guard_tp, guard_fp, guard_fn, guard_tn = 0, 0, 100, 9900
guard_accuracy, guard_precision, guard_recall, guard_f1 = 3647 / 3650, 0.0, 0.0, 0.0

# %% imbalance-ratio | right | Counter
from collections import Counter


def imbalance(labels):
    counts = Counter(list(labels)).values()
    ratio = max(counts) / min(counts)
    word = "severe"
    if ratio < 100:
        word = "moderate"
    if ratio <= 1.5:
        word = "slight"
    return {"severity": word, "minority_share": min(counts) / sum(counts), "ratio": ratio}


# %% imbalance-ratio | right | NumPy, rounded, as a Series
def imbalance(labels):
    counts = np.unique(labels, return_counts=True)[1]
    ratio = counts.max() / counts.min()
    severity = np.select([ratio <= 1.5, ratio < 100], ["slight", "moderate"], "severe")
    return pd.Series({"ratio": ratio, "minority_share": counts.min() / len(labels), "severity": str(severity)})


# %% imbalance-ratio | right | from shares
def imbalance(labels):
    shares = pd.Series(labels).value_counts(normalize=True)
    ratio = shares.iloc[0] / shares.iloc[-1]
    rounded = round(ratio, 9)
    severity = "slight" if rounded <= 1.5 else "severe" if rounded >= 100 else "moderate"
    return {"ratio": ratio, "minority_share": shares.iloc[-1], "severity": severity}


# %% imbalance-ratio | right | plain Python, ratio and share rounded to three decimals
def imbalance(labels):
    labels = list(labels)
    counts = sorted(labels.count(label) for label in set(labels))
    ratio = round(counts[-1] / counts[0], 3)
    return dict(
        ratio=ratio, minority_share=round(counts[0] / len(labels), 3), severity=word_for(counts[-1] / counts[0])
    )


def word_for(ratio: float) -> str:
    return "severe" if not ratio < 100 else ["slight", "moderate"][ratio > 1.5]


# %% imbalance-ratio | right | NumPy scalars and np.where
def imbalance(labels):
    _, inverse = np.unique(labels, return_inverse=True)
    counts = np.bincount(inverse)
    ratio = np.float32(counts.max()) / np.float32(counts.min())
    severity = np.where(ratio <= 1.5, "slight", np.where(ratio < 100, "moderate", "severe"))
    return {"ratio": ratio, "minority_share": counts.min() / counts.sum(), "severity": str(severity)}


# %% imbalance-ratio | wrong | ratio rounded to two decimals | 2.67 | three decimals
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio = counts.max() / counts.min()
    severity = "slight" if ratio <= 1.5 else "moderate" if ratio < 100 else "severe"
    return {"ratio": round(ratio, 2), "minority_share": counts.min() / counts.sum(), "severity": severity}


# %% imbalance-ratio | wrong | severe above 100 only | 2.67 | At a ratio of exactly 100
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio = counts.max() / counts.min()
    severity = "slight" if ratio <= 1.5 else "severe" if ratio > 100 else "moderate"
    return {"ratio": ratio, "minority_share": counts.min() / counts.sum(), "severity": severity}


# %% imbalance-ratio | wrong | slight below 1.5 only | 2.67 | At a ratio of exactly 1.5
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio = counts.max() / counts.min()
    severity = "slight" if ratio < 1.5 else "moderate" if ratio < 100 else "severe"
    return {"ratio": ratio, "minority_share": counts.min() / counts.sum(), "severity": severity}


# %% imbalance-ratio | wrong | severity of the rounded ratio | 2.67 | It judges a rounded ratio
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio = counts.max() / counts.min()
    rough = round(ratio, 1) if ratio < 2 else round(ratio)
    severity = "slight" if rough <= 1.5 else "moderate" if rough < 100 else "severe"
    return {"ratio": ratio, "minority_share": counts.min() / counts.sum(), "severity": severity}


# %% imbalance-ratio | wrong | severity of the ratio rounded to two decimals | 2.67 | rounded to a few decimals
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio = counts.max() / counts.min()
    near = round(ratio, 2)
    severity = "slight" if near <= 1.5 else "severe" if near >= 100 else "moderate"
    return {"ratio": ratio, "minority_share": counts.min() / counts.sum(), "severity": severity}


# %% imbalance-ratio | wrong | the label 1 against the others | 0 | It judges the ratio of the label 1
def imbalance(labels):
    ones = np.sum(np.asarray(labels) == 1)
    few, many = min(ones, len(labels) - ones), max(ones, len(labels) - ones)
    ratio = many / few
    severity = "slight" if ratio <= 1.5 else "moderate" if ratio < 100 else "severe"
    return {"ratio": ratio, "minority_share": few / len(labels), "severity": severity}


# %% imbalance-ratio | wrong | share of the label 1 | 2.67 | That's the share of the label 1. Take the smallest class
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio = counts.max() / counts.min()
    severity = "slight" if ratio <= 1.5 else "moderate" if ratio < 100 else "severe"
    return {"ratio": ratio, "minority_share": np.mean(np.asarray(labels) == 1), "severity": severity}


# %% imbalance-ratio | right | the function's first edition, with its own counts
def imbalance(labels):
    result = {}
    sizes = [int((np.asarray(labels) == one).sum()) for one in pd.unique(pd.Series(labels))]
    result["ratio"] = max(sizes) / min(sizes)
    result["minority_share"] = min(sizes) / len(labels)
    result["severity"] = "slight" if result["ratio"] <= 1.5 else "severe" if result["ratio"] >= 100 else "moderate"
    return result


# %% imbalance-ratio | wrong | the label 1 as the minority | 0 | all the other labels per label 1
def imbalance(labels):
    share = np.mean(np.asarray(labels) == 1)
    ratio = (1 - share) / share
    severity = "slight" if ratio <= 1.5 else "moderate" if ratio < 100 else "severe"
    return {"ratio": ratio, "minority_share": share, "severity": severity}


# %% imbalance-ratio | wrong | only the ratio filled in | 1.33 | is still
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio = counts.max() / counts.min()
    return {"ratio": ratio, "minority_share": ..., "severity": ...}


# %% imbalance-ratio | wrong | bincount, which takes no texts | 0 | counts whole numbers only
def imbalance(labels):
    counts = np.bincount(labels)
    ratio = counts.max() / counts.min()
    return {"ratio": ratio, "minority_share": counts.min() / len(labels), "severity": "moderate"}


# %% imbalance-ratio | wrong | ratio upside down | 2.67 | The ratio is inverted
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio = counts.max() / counts.min()
    severity = "slight" if ratio <= 1.5 else "moderate" if ratio < 100 else "severe"
    return {"ratio": counts.min() / counts.max(), "minority_share": counts.min() / counts.sum(), "severity": severity}


# %% imbalance-ratio | wrong | share of the majority for minority | 2.67 | share of the majority
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio = counts.max() / counts.min()
    severity = "slight" if ratio <= 1.5 else "moderate" if ratio < 100 else "severe"
    return {"ratio": ratio, "minority_share": counts.max() / counts.sum(), "severity": severity}


# %% imbalance-ratio | wrong | line drawn at a share of one percent | 2.67 | the line is a ratio of 100
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio, share = counts.max() / counts.min(), counts.min() / counts.sum()
    severity = "severe" if share <= 0.01 else "slight" if ratio <= 1.5 else "moderate"
    return {"ratio": ratio, "minority_share": share, "severity": severity}


# %% imbalance-ratio | wrong | all rows over the minority | 2.67 | divides all rows by the smallest class
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio = counts.max() / counts.min()
    severity = "slight" if ratio <= 1.5 else "moderate" if ratio < 100 else "severe"
    return {"ratio": counts.sum() / counts.min(), "minority_share": counts.min() / counts.sum(), "severity": severity}


# %% imbalance-ratio | wrong | largest over all the others | 2.67 | divides by all the other classes together
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio = counts.max() / counts.min()
    severity = "slight" if ratio <= 1.5 else "moderate" if ratio < 100 else "severe"
    return {
        "ratio": counts.max() / (counts.sum() - counts.max()),
        "minority_share": counts.min() / counts.sum(),
        "severity": severity,
    }


# %% imbalance-ratio | wrong | classes by the names 0 and 1 | 0 | labels need not be 0 and 1
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio = counts[0] / counts[1]
    return {"ratio": ratio, "minority_share": counts[1] / len(labels), "severity": "severe"}


# %% imbalance-ratio | wrong | severity of the ratio rounded to one decimal | 2.67 | rounded to a few decimals
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    ratio = counts.max() / counts.min()
    rounded = round(ratio, 1)
    severity = "slight" if rounded <= 1.5 else "severe" if rounded >= 100 else "moderate"
    return {"ratio": ratio, "minority_share": counts.min() / counts.sum(), "severity": severity}


# %% imbalance-ratio | wrong | only the first and the last class by name | 0 | whose name comes first
def imbalance(labels):
    s = pd.Series(labels)
    names = sorted(s.unique())
    a, b = (s == names[0]).sum(), (s == names[-1]).sum()
    ratio = max(a, b) / min(a, b)
    severity = "slight" if ratio <= 1.5 else "moderate" if ratio < 100 else "severe"
    return {"ratio": ratio, "minority_share": min(a, b) / len(s), "severity": severity}


# %% imbalance-ratio | wrong | only the class seen first and the class seen last | 0
def imbalance(labels):
    s = pd.Series(labels)
    seen = s.unique()
    a, b = (s == seen[0]).sum(), (s == seen[-1]).sum()
    ratio = max(a, b) / min(a, b)
    severity = "slight" if ratio <= 1.5 else "moderate" if ratio < 100 else "severe"
    return {"ratio": ratio, "minority_share": min(a, b) / len(s), "severity": severity}


# %% imbalance-ratio | wrong | severity of all the others against the smallest class | 2.67 | together against the smallest
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    others = (counts.sum() - counts.min()) / counts.min()
    severity = "slight" if others <= 1.5 else "moderate" if others < 100 else "severe"
    return {"ratio": counts.max() / counts.min(), "minority_share": counts.min() / counts.sum(), "severity": severity}


# %% imbalance-ratio | wrong | severity against the second largest class | 2.67 | against the second largest
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    r = counts.iloc[0] / counts.iloc[1]
    severity = "slight" if r <= 1.5 else "moderate" if r < 100 else "severe"
    return {"ratio": counts.max() / counts.min(), "minority_share": counts.min() / counts.sum(), "severity": severity}


# %% imbalance-ratio | wrong | severity of the ratio rounded to three decimals | 2.67 | rounded to a few decimals
def imbalance(labels):
    counts = pd.Series(labels).value_counts()
    r = round(counts.max() / counts.min(), 3)
    severity = "slight" if r <= 1.5 else "moderate" if r < 100 else "severe"
    return {"ratio": r, "minority_share": counts.min() / counts.sum(), "severity": severity}


# %% believable-model | right | by sums and a sorted array
expected_p, expected_q = p.sum(), q.sum()
believable = "P"
threshold_for_p = np.sort(p)[-2470]
p_needs = "c"

# %% believable-model | right | whole numbers and a rounded threshold
expected_p, expected_q = round(p.sum()), int(q.sum())
believable, p_needs = "p", "C)"
threshold_for_p = 0.01

# %% believable-model | right | means times rows, and a quantile
expected_p, expected_q = 10_000 * np.mean(p), len(q) * q.mean()
believable, p_needs = " P ", "(c)"
threshold_for_p = np.quantile(p, 1 - 2470 / 10_000)

# %% believable-model | right | by the odds of the table, at the lower border
expected_p, expected_q = sum(p), sum(q)
believable, p_needs = "P", "c"
threshold_for_p = np.nextafter(np.sort(p)[-2471], 1)

# %% believable-model | right | the model's name in full, sums just near enough
expected_p, expected_q = p.sum() + 0.9, q.sum() - 0.9
believable, p_needs = "model P", "c"
threshold_for_p = float(np.sort(p)[-2470])

# %% believable-model | wrong | sums just too far off | 3 | too large
expected_p, expected_q = p.sum() + 1.1, q.sum() + 1.1
believable, p_needs = "P", "c"
threshold_for_p = 0.01

# %% believable-model | wrong | no number for a threshold | 3 | not a number
expected_p, expected_q = p.sum(), q.sum()
believable, p_needs = "P", "c"
threshold_for_p = np.nan

# %% believable-model | wrong | just above the last machine | 3 | There P flags 2,469 machines
expected_p, expected_q = p.sum(), q.sum()
believable, p_needs = "P", "c"
threshold_for_p = np.nextafter(np.sort(p)[-2470], 1)

# %% believable-model | wrong | just at the next machine | 3 | There P flags 2,471 machines
expected_p, expected_q = p.sum(), q.sum()
believable, p_needs = "P", "c"
threshold_for_p = np.sort(p)[-2471]

# %% believable-model | wrong | a small probability is a failure | 1 | but it expects thousands
expected_p, expected_q = p.sum(), q.sum()
believable, p_needs = "Q", "d"
threshold_for_p = 0.5

# %% believable-model | wrong | balance cures everything | 3 | Trained on balanced classes
expected_p, expected_q = p.sum(), q.sum()
believable, p_needs = "P", "a"
threshold_for_p = 0.01

# %% believable-model | wrong | multiplied | 3 | Multiplied, its probabilities
expected_p, expected_q = p.sum(), q.sum()
believable, p_needs = "P", "b"
threshold_for_p = 0.01

# %% believable-model | wrong | means for sums | 3 | That's the mean probability
expected_p, expected_q = p.mean(), q.mean()
believable, p_needs = "P", "c"
threshold_for_p = 0.01

# %% believable-model | wrong | the true failures for both | 3.5 | close to the number of failures
expected_p, expected_q = 100, 100
believable, p_needs = "P", "c"
threshold_for_p = 0.01

# %% believable-model | wrong | swapped | 3 | That's the sum of `q`
expected_p, expected_q = q.sum(), p.sum()
believable, p_needs = "P", "c"
threshold_for_p = 0.01

# %% believable-model | wrong | flagged counted for expected | 3 | That counts the machines above 0.5
expected_p, expected_q = (p >= 0.5).sum(), (q >= 0.5).sum()
believable, p_needs = "P", "c"
threshold_for_p = 0.01

# %% believable-model | wrong | a threshold in percent | 3 | A threshold is a probability
expected_p, expected_q = p.sum(), q.sum()
believable, p_needs = "P", "c"
threshold_for_p = 1.5

# %% believable-model | wrong | a threshold that flags too few | 3 | Lower the threshold
expected_p, expected_q = p.sum(), q.sum()
believable, p_needs = "P", "c"
threshold_for_p = 0.05

# %% believable-model | wrong | the mean for the sum of P alone | 3.5 | That's the mean probability
expected_p, expected_q, believable, p_needs = p.mean(), q.sum(), "P", "c"
threshold_for_p = 0.01


# %% believable-model | wrong | flagged counted for P alone | 3.5 | That counts the machines above 0.5
expected_p, expected_q, believable, p_needs = (p >= 0.5).sum(), q.sum(), "P", "c"
threshold_for_p = 0.01


# %% dummy-against-model | right | NumPy
def judge(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    return {"accuracy": np.mean(y_true == y_pred), "recall": np.mean(y_pred[y_true == 1])}


dummy = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)
dummy_accuracy, dummy_recall = judge(y_test, dummy.predict(X_test)).values()
model_accuracy, model_recall = judge(y_test, model.predict(X_test)).values()


# %% dummy-against-model | right | the models' own score
def judge(y_true, y_pred):
    hits = sum(1 for truth, says in zip(y_true, y_pred) if truth == says == 1)
    return {"accuracy": accuracy_score(y_true, y_pred), "recall": hits / sum(y_true)}


dummy = DummyClassifier(strategy="prior").fit(X_train, y_train)
dummy_accuracy, model_accuracy = dummy.score(X_test, y_test), model.score(X_test, y_test)
dummy_recall, model_recall = 0, np.float32(recall_score(y_test, model.predict(X_test)))


# %% dummy-against-model | right | rounded to three decimals
def judge(y_true, y_pred):
    return pd.Series({"accuracy": accuracy_score(y_true, y_pred), "recall": recall_score(y_true, y_pred)})


dummy = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)
dummy_accuracy, dummy_recall = judge(y_test, dummy.predict(X_test)).round(3)
model_accuracy, model_recall = judge(y_test, model.predict(X_test)).round(3)


# %% dummy-against-model | right | from the four counts
def judge(y_true, y_pred):
    tn, fp, fn, tp = [
        sum(1 for t, s in zip(y_true, y_pred) if (t, s) == pair) for pair in [(0, 0), (0, 1), (1, 0), (1, 1)]
    ]
    return {"recall": tp / (tp + fn), "accuracy": (tp + tn) / (tp + tn + fp + fn)}


nobody = np.zeros_like(y_test)
dummy_accuracy, dummy_recall = judge(y_test, nobody)["accuracy"], judge(y_test, nobody)["recall"]
model_accuracy, model_recall = (judge(y_test, model.predict(X_test))[key] for key in ("accuracy", "recall"))


# %% dummy-against-model | wrong | accuracy for recall | 2 | For recall, look only at the rows
def judge(y_true, y_pred):
    return {"accuracy": accuracy_score(y_true, y_pred), "recall": accuracy_score(y_true, y_pred)}


dummy = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)
dummy_accuracy, dummy_recall = judge(y_test, dummy.predict(X_test)).values()
model_accuracy, model_recall = judge(y_test, model.predict(X_test)).values()


# %% dummy-against-model | wrong | mean of both classes | 2 | mean of two recalls
def judge(y_true, y_pred):
    return {"accuracy": accuracy_score(y_true, y_pred), "recall": recall_score(y_true, y_pred, average="macro")}


dummy = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)
dummy_accuracy, dummy_recall = judge(y_test, dummy.predict(X_test)).values()
model_accuracy, model_recall = judge(y_test, model.predict(X_test)).values()


# %% dummy-against-model | wrong | mean of both classes for the model only | 3.5 | mean of two recalls, one per class
def judge(y_true, y_pred):
    return {"accuracy": accuracy_score(y_true, y_pred), "recall": recall_score(y_true, y_pred)}


dummy = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)
dummy_accuracy, dummy_recall = judge(y_test, dummy.predict(X_test)).values()
model_accuracy = accuracy_score(y_test, model.predict(X_test))
model_recall = recall_score(y_test, model.predict(X_test), average="macro")


# %% dummy-against-model | wrong | labels the wrong way round | 2.5 | That's the precision
def judge(y_true, y_pred):
    return {"accuracy": accuracy_score(y_pred, y_true), "recall": recall_score(y_pred, y_true, zero_division=0)}


dummy = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)
dummy_accuracy, dummy_recall = judge(y_test, dummy.predict(X_test)).values()
model_accuracy, model_recall = judge(y_test, model.predict(X_test)).values()


# %% dummy-against-model | wrong | judged on the training rows | 3 | value on the training set
def judge(y_true, y_pred):
    return {"accuracy": accuracy_score(y_true, y_pred), "recall": recall_score(y_true, y_pred)}


dummy = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)
dummy_accuracy, dummy_recall = judge(y_test, dummy.predict(X_test)).values()
model_accuracy, model_recall = judge(y_train, model.predict(X_train)).values()


# %% dummy-against-model | wrong | a dummy that guesses | 3 | Is the strategy of your dummy "most_frequent"?
def judge(y_true, y_pred):
    return {"accuracy": accuracy_score(y_true, y_pred), "recall": recall_score(y_true, y_pred)}


dummy = DummyClassifier(strategy="stratified", random_state=0).fit(X_train, y_train)
dummy_accuracy, dummy_recall = judge(y_test, dummy.predict(X_test)).values()
model_accuracy, model_recall = judge(y_test, model.predict(X_test)).values()


# %% dummy-against-model | wrong | rounded to two decimals | 3 | three decimals
def judge(y_true, y_pred):
    return {"accuracy": round(accuracy_score(y_true, y_pred), 2), "recall": recall_score(y_true, y_pred)}


dummy_accuracy, dummy_recall = 0.9032, 0
model_accuracy, model_recall = judge(y_test, model.predict(X_test)).values()
model_accuracy = accuracy_score(y_test, model.predict(X_test))


# %% dummy-against-model | wrong | rounded to one decimal | 3.5 | rounded: keep at least three decimals
def judge(y_true, y_pred):
    return {"accuracy": accuracy_score(y_true, y_pred), "recall": recall_score(y_true, y_pred)}


dummy_accuracy, dummy_recall = 0.9, 0
model_accuracy, model_recall = judge(y_test, model.predict(X_test)).values()


# %% dummy-against-model | wrong | recall of label 0 in the function | 2 | That's the recall of label 0
def judge(y_true, y_pred):
    return {"accuracy": accuracy_score(y_true, y_pred), "recall": recall_score(y_true, y_pred, pos_label=0)}


dummy = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)
dummy_accuracy, dummy_recall = judge(y_test, dummy.predict(X_test)).values()
model_accuracy, model_recall = judge(y_test, model.predict(X_test)).values()


# %% dummy-against-model | wrong | recall of label 0 of both | 3 | That's the recall of label 0
def judge(y_true, y_pred):
    return {"accuracy": accuracy_score(y_true, y_pred), "recall": recall_score(y_true, y_pred)}


dummy = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)
dummy_accuracy, dummy_recall = judge(y_test, dummy.predict(X_test)).values()
model_accuracy, model_recall = judge(y_test, model.predict(X_test)).values()
dummy_recall = recall_score(y_test, dummy.predict(X_test), pos_label=0)
model_recall = recall_score(y_test, model.predict(X_test), pos_label=0)


# %% bonus-pairs | right | math.comb
from math import comb


def pairs(people, samples):
    genuine = people * comb(samples, 2)
    return genuine, comb(people * samples, 2) - genuine


# %% bonus-pairs | wrong | by counting all pairs | 0 | far too many pairs to make
def pairs(people, samples):
    owner = np.repeat(np.arange(people), samples)
    same = owner[:, None] == owner[None, :]
    genuine = (same.sum() - len(owner)) / 2
    return [genuine, (~same).sum() / 2]


# %% bonus-pairs | right | impostors by product
def pairs(people, samples):
    return np.array([people * samples * (samples - 1) / 2, people * (people - 1) / 2 * samples**2])


# %% bonus-pairs | wrong | each pair twice | 0 | That counts each pair twice. The order
def pairs(people, samples):
    genuine = people * samples * (samples - 1)
    return genuine, people * samples * (people * samples - 1) - genuine


# %% bonus-pairs | wrong | all pairs for impostors | 0 | the second number counts all pairs
def pairs(people, samples):
    everything = people * samples
    return people * samples * (samples - 1) // 2, everything * (everything - 1) // 2


# %% bonus-pairs | wrong | ordered and with itself | 0 | twice, and pairs each sample with itself
def pairs(people, samples):
    genuine = people * samples**2
    return genuine, (people * samples) ** 2 - genuine


# %% bonus-pairs | wrong | swapped | 0 | the two numbers are swapped
def pairs(people, samples):
    genuine = people * samples * (samples - 1) // 2
    return people * samples * (people * samples - 1) // 2 - genuine, genuine


# %% bonus-pairs | right | by the sizes of groups
def pairs(people, samples):
    within = samples * (samples - 1) // 2
    between = samples * samples
    return {"genuine": people * within, "impostor": people * (people - 1) // 2 * between}.values()


# %% bonus-pairs | right | plain floats
def pairs(people, samples):
    n = float(people * samples)
    return people * samples * (samples - 1) / 2, (n * n - n - people * samples * (samples - 1)) / 2


# %% bonus-pairs | wrong | people for samples | 0 | That pairs people, not samples
def pairs(people, samples):
    return people * samples * (samples - 1) // 2, people * (people - 1) // 2


# %% bonus-positive-class | right | as words
positive = {"claims": "fraud", "mail": "wanted", "bolts": "cracked"}

# %% bonus-positive-class | right | with capitals and blanks
positive = {"claims": "Fraud ", "mail": " Wanted", "bolts": "CRACKED"}

# %% bonus-positive-class | right | a Series
positive = pd.Series({"bolts": "cracked", "claims": "fraud", "mail": "wanted"})

# %% bonus-positive-class | right | through dict()
positive = dict(zip(["claims", "mail", "bolts"], ["fraud", "wanted", "cracked"]))

# %% bonus-positive-class | wrong | no story about bolts | 0 | no key 'bolts'
positive = {"claims": "fraud", "mail": "wanted"}

# %% bonus-positive-class | wrong | the minority always | 0 | That it's the majority here doesn't matter
positive = {"claims": "honest", "mail": "wanted", "bolts": "cracked"}

# %% bonus-positive-class | wrong | spam is looked for | 0 | how many wanted emails are lost
positive = {"claims": "fraud", "mail": "spam", "bolts": "cracked"}

# %% bonus-positive-class | wrong | the whole bolts | 0 | No one looks for whole bolts
positive = {"claims": "fraud", "mail": "wanted", "bolts": "whole"}


# %% find-the-bug | right | if
def report(y_true, y_pred):
    flagged = sum(y_pred)
    if flagged == 0:
        return {"flagged": 0, "precision": None}
    return {"flagged": flagged, "precision": precision_score(y_true, y_pred)}


# %% find-the-bug | right | by hand
def report(y_true, y_pred):
    says = np.asarray(y_pred) == 1
    precision = np.asarray(y_true)[says].mean() if says.any() else None
    return {"precision": precision, "flagged": says.sum()}


# %% find-the-bug | right | by dividing in a try
def report(y_true, y_pred):
    flagged = int(np.sum(y_pred))
    try:
        precision = int(np.sum(np.asarray(y_true) * np.asarray(y_pred))) / flagged
    except ZeroDivisionError:
        precision = None
    return {"flagged": flagged, "precision": precision}


# %% find-the-bug | wrong | None for a single alert | 0 |
def report(y_true, y_pred):
    flagged = int(np.sum(y_pred))
    return {"flagged": flagged, "precision": precision_score(y_true, y_pred) if flagged > 1 else None}


# %% find-the-bug | wrong | nan from zero_division | 0 | so replace `nan`
def report(y_true, y_pred):
    precision = precision_score(y_true, y_pred, zero_division=np.nan)
    return pd.Series({"flagged": np.count_nonzero(y_pred), "precision": precision})


# %% find-the-bug | right | nan replaced
def report(y_true, y_pred):
    precision = precision_score(y_true, y_pred, zero_division=np.nan)
    return {"flagged": np.count_nonzero(y_pred), "precision": None if np.isnan(precision) else precision}


# %% find-the-bug | wrong | silenced in another way | 0 | Not fixed yet. A precision of 0
def report(y_true, y_pred):
    return {"flagged": np.sum(y_pred), "precision": precision_score(y_true, y_pred, zero_division=0)}


# %% find-the-bug | wrong | nothing flagged called perfect | 0 | Flagging nothing isn't a perfect
def report(y_true, y_pred):
    return {"flagged": np.sum(y_pred), "precision": precision_score(y_true, y_pred, zero_division=1)}


# %% find-the-bug | wrong | every 0 undefined | 0 | That makes every 0 undefined
def report(y_true, y_pred):
    return {"flagged": np.sum(y_pred), "precision": precision_score(y_true, y_pred, zero_division=0) or None}


# %% find-the-bug | wrong | all rows counted | 0 | Those are all rows
def report(y_true, y_pred):
    flagged = len(y_pred)
    return {"flagged": flagged, "precision": precision_score(y_true, y_pred) if any(y_pred) else None}


# %% find-the-bug | wrong | divided by hand | 0 | Check whether anything was flagged
def report(y_true, y_pred):
    hits = sum(1 for truth, says in zip(y_true, y_pred) if truth == says == 1)
    flagged = int(sum(y_pred))
    return {"flagged": flagged, "precision": hits / flagged}


# %% find-the-bug | wrong | the text None | 0 | leave out the quotes
def report(y_true, y_pred):
    flagged = int(np.sum(y_pred))
    return {"flagged": flagged, "precision": precision_score(y_true, y_pred) if flagged else "None"}


# %% quick-check-1 | right | c
answer_1 = "c"

# %% quick-check-1 | right | with a bracket
answer_1 = "c)"

# %% quick-check-1 | right | capital
answer_1 = " C "

# %% quick-check-1 | wrong | a | 0 | That would be the recall
answer_1 = "a"

# %% quick-check-1 | wrong | b | 0 | A coin finds half of the ill
answer_1 = "b"

# %% quick-check-1 | wrong | d | 0 | what the training data looked like
answer_1 = "d"

# %% quick-check-2 | right | b
answer_2 = "b"

# %% quick-check-2 | right | with a full stop
answer_2 = "b."

# %% quick-check-2 | right | capital
answer_2 = "B"

# %% quick-check-2 | wrong | a | 0 | It minimizes the log loss
answer_2 = "a"

# %% quick-check-2 | wrong | c | 0 | It can. In section 3
answer_2 = "c"

# %% quick-check-2 | wrong | d | 0 | Their mean equals
answer_2 = "d"
