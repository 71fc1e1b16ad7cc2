# Known answers of lesson 6. One cell each, in place of the task's answer cell:
#     task | right | name
#     task | wrong | name | points it earns | part of the message it gets

# %% combination-by-hand | right | two samplers
positives_after = 1980
negatives_after = 2475


def combine(X, y, over, under, seed):
    X, y = SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% combination-by-hand | right | counts as dicts, arrays, and other number types
positives_after = np.int64(9900 // 5)
negatives_after = 1980 / 0.8


def combine(X, y, over, under, seed):
    n = int((y == 0).sum())
    rows, labels = SMOTE(sampling_strategy={1: int(over * n)}, random_state=seed).fit_resample(
        X.to_numpy(), y.to_numpy()
    )
    keep = int(np.sum(labels == 1) / under)
    return list(RandomUnderSampler(sampling_strategy={0: keep}, random_state=seed).fit_resample(rows, labels))


# %% combination-by-hand | right | undersamples by hand
positives_after = 1980.0
negatives_after = [2475]


def combine(X, y, over, under, seed):
    rows, labels = SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    few = labels[labels == 1]
    many = labels[labels == 0].sample(n=int(len(few) / under), random_state=seed)
    keep = pd.concat([few, many])
    return rows.loc[keep.index], keep


# %% combination-by-hand | right | the other way round, with ratios that give the same counts
positives_after = 1980
negatives_after = 2475


def combine(X, y, over, under, seed):
    made = int(over * np.sum(y == 0))
    rows, labels = RandomUnderSampler(sampling_strategy={0: int(made / under)}, random_state=seed).fit_resample(X, y)
    return SMOTE(sampling_strategy={1: made}, random_state=seed).fit_resample(rows, labels)


# %% combination-by-hand | right | a loop over the samplers
positives_after = 1980.0
negatives_after = np.int64(2475)


def combine(X, y, over, under, seed):
    for sampler in (
        SMOTE(sampling_strategy=over, random_state=seed),
        RandomUnderSampler(sampling_strategy=under, random_state=seed),
    ):
        X, y = sampler.fit_resample(X, y)
    return X.to_numpy(), y.tolist()


# %% combination-by-hand | right | a dict of counts, one row less each
positives_after, negatives_after = 1980, 2475


def combine(X, y, over, under, seed):
    positives = int(over * (y == 0).sum()) - 1
    X, y = SMOTE(sampling_strategy={1: positives}, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy={0: int(positives / under)}, random_state=seed).fit_resample(X, y)


# %% combination-by-hand | wrong | the new points alone, and the ratio upside down | 3 | the new points alone
positives_after = 1880
negatives_after = 1584


def combine(X, y, over, under, seed):
    X, y = SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% combination-by-hand | wrong | a share of all rows, and the real positives only | 3 | these fit the *real* positives
positives_after = 2000
negatives_after = 125


def combine(X, y, over, under, seed):
    X, y = SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% combination-by-hand | wrong | the two ratios swapped | 1 | are the two ratios swapped
positives_after = 1980
negatives_after = 2475


def combine(X, y, over, under, seed):
    X, y = SMOTE(sampling_strategy=under, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=over, random_state=seed).fit_resample(X, y)


# %% combination-by-hand | wrong | undersamples first to the ratio of the second step | 1 | SMOTE comes first
positives_after = 1980
negatives_after = 2475


def combine(X, y, over, under, seed):
    X, y = RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)
    return SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)


# %% combination-by-hand | wrong | undersamples first to the ratio of the first step | 1 | it undersamples first
positives_after = 1980
negatives_after = 2475


def combine(X, y, over, under, seed):
    X, y = RandomUnderSampler(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return SMOTE(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% combination-by-hand | wrong | one step only | 1 | undersampling, is missing
positives_after = 1980
negatives_after = 2475


def combine(X, y, over, under, seed):
    return SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)


# %% combination-by-hand | wrong | the second step works on what came in | 1 | SMOTE, is missing
positives_after = 1980
negatives_after = 2475


def combine(X, y, over, under, seed):
    SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% combination-by-hand | wrong | copies | 1 | the new positives are copies
from imblearn.over_sampling import RandomOverSampler

positives_after = 1980
negatives_after = 2475


def combine(X, y, over, under, seed):
    X, y = RandomOverSampler(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% combination-by-hand | wrong | the ratio without its name | 1 | take their ratio by its name
positives_after = 1980
negatives_after = 2475


def combine(X, y, over, under, seed):
    X, y = SMOTE(over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(under, random_state=seed).fit_resample(X, y)


# %% combination-by-hand | wrong | labels first | 1 | are the two in this order
positives_after = 1980
negatives_after = 2475


def combine(X, y, over, under, seed):
    X, y = SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)[::-1]


# %% combination-by-hand | wrong | two positives too many | 1 | positives came out
positives_after, negatives_after = 1980, 2475


def combine(X, y, over, under, seed):
    positives = int(over * (y == 0).sum()) + 2
    X, y = SMOTE(sampling_strategy={1: positives}, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% combination-by-hand | wrong | no seed for SMOTE | 1 | with the same seed, SMOTE gives other rows
positives_after, negatives_after = 1980, 2475


def combine(X, y, over, under, seed):
    X, y = SMOTE(sampling_strategy=over).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% combination-by-hand | wrong | a fixed seed for undersampling | 1 | with another seed, the undersampling gives the same rows
positives_after, negatives_after = 1980, 2475


def combine(X, y, over, under, seed):
    X, y = SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=1).fit_resample(X, y)


# %% smoteenn-counts | right | composed by hand
def smote_then_enn(X, y, ratio):
    rows, labels = SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(X, y)
    enn = EditedNearestNeighbours(sampling_strategy="all")
    enn.fit_resample(rows, labels)
    stay = enn.sample_indices_
    positive = np.asarray(labels)[stay] == 1
    new = stay >= len(X)
    return {
        "negatives": int((~positive).sum()),
        "real_positives": int((positive & ~new).sum()),
        "synthetic_positives": int((positive & new).sum()),
    }


kept = smote_then_enn(X, y, 0.5)


# %% smoteenn-counts | right | follows the sampler inside the class, a Series
def smote_then_enn(X, y, ratio):
    both = SMOTEENN(sampling_strategy=ratio, random_state=1)
    labels = both.fit_resample(X, y)[1]
    real = int(np.sum((both.enn_.sample_indices_ < len(y)) & (labels == 1)))
    return pd.Series(
        {
            "negatives": np.sum(labels == 0),
            "real_positives": real,
            "synthetic_positives": np.sum(labels == 1) - real,
        }
    )


kept = {"negatives": 8_966, "real_positives": 91, "synthetic_positives": 4_175}


# %% smoteenn-counts | right | finds the real rows again by their values
def smote_then_enn(X, y, ratio):
    rows, labels = SMOTEENN(sampling_strategy=ratio, random_state=1).fit_resample(X.to_numpy(), y.to_numpy())
    known = set(map(tuple, X.to_numpy().tolist()))
    real = np.array([tuple(row) in known for row in rows.tolist()])
    return {
        "synthetic_positives": np.sum(~real),
        "real_positives": np.sum(real & (labels == 1)),
        "negatives": np.sum(labels == 0),
    }


kept = smote_then_enn(X, y, 0.5)


# %% smoteenn-counts | wrong | clean before oversampling | 0 | it cleans before oversampling
def smote_then_enn(X, y, ratio):
    enn = EditedNearestNeighbours(sampling_strategy="all")
    rows, labels = enn.fit_resample(X, y)
    after = SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(rows, labels)[1]
    real = np.arange(len(after)) < len(rows)
    return {
        "negatives": np.sum(after == 0),
        "real_positives": np.sum((after == 1) & real),
        "synthetic_positives": np.sum((after == 1) & ~real),
    }


kept = smote_then_enn(X, y, 0.5)


# %% smoteenn-counts | wrong | the majority alone is cleaned | 1 | it cleans the majority alone
def smote_then_enn(X, y, ratio):
    rows, labels = SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(X, y)
    enn = EditedNearestNeighbours()
    enn.fit_resample(rows, labels)
    stay = enn.sample_indices_
    labels, real = labels.to_numpy()[stay], stay < len(X)
    return {
        "negatives": np.sum(labels == 0),
        "real_positives": np.sum((labels == 1) & real),
        "synthetic_positives": np.sum((labels == 1) & ~real),
    }


kept = smote_then_enn(X, y, 0.5)


# %% smoteenn-counts | wrong | the removed rows | 0 | these are the rows that ENN removes
def smote_then_enn(X, y, ratio):
    rows, labels = SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(X, y)
    enn = EditedNearestNeighbours(sampling_strategy="all")
    enn.fit_resample(rows, labels)
    gone = np.setdiff1d(np.arange(len(rows)), enn.sample_indices_)
    labels, real = labels.to_numpy()[gone], gone < len(X)
    return {
        "negatives": np.sum(labels == 0),
        "real_positives": np.sum((labels == 1) & real),
        "synthetic_positives": np.sum((labels == 1) & ~real),
    }


kept = smote_then_enn(X, y, 0.5)


# %% smoteenn-counts | wrong | real and synthetic swapped | 1 | real and synthetic are swapped
def smote_then_enn(X, y, ratio):
    rows, labels = SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(X, y)
    enn = EditedNearestNeighbours(sampling_strategy="all")
    enn.fit_resample(rows, labels)
    stay = enn.sample_indices_
    labels, new = labels.to_numpy()[stay], stay < len(X)
    return {
        "negatives": np.sum(labels == 0),
        "real_positives": np.sum((labels == 1) & ~new),
        "synthetic_positives": np.sum((labels == 1) & new),
    }


kept = smote_then_enn(X, y, 0.5)


# %% smoteenn-counts | wrong | parted by the place after cleaning | 1 | by their place *after* cleaning
def smote_then_enn(X, y, ratio):
    rows, labels = SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(X, y)
    rows, labels = EditedNearestNeighbours(sampling_strategy="all").fit_resample(rows, labels)
    real = np.arange(len(labels)) < len(X)
    return {
        "negatives": np.sum(labels == 0),
        "real_positives": np.sum((labels == 1) & real),
        "synthetic_positives": np.sum((labels == 1) & ~real),
    }


kept = smote_then_enn(X, y, 0.5)


# %% smoteenn-counts | wrong | parted at the length of the lesson's set | 3 | the new ones begin at `len(X)`
def smote_then_enn(X, y, ratio):
    both = SMOTEENN(sampling_strategy=ratio, random_state=1)
    labels = both.fit_resample(X, y)[1].to_numpy()
    real = both.enn_.sample_indices_ < 10_000
    return {
        "negatives": np.sum(labels == 0),
        "real_positives": np.sum((labels == 1) & real),
        "synthetic_positives": np.sum((labels == 1) & ~real),
    }


kept = smote_then_enn(X, y, 0.5)


# %% smoteenn-counts | wrong | all positives taken for synthetic | 2 | that is all positives
def smote_then_enn(X, y, ratio):
    labels = SMOTEENN(sampling_strategy=ratio, random_state=1).fit_resample(X, y)[1]
    positives = np.sum(labels == 1)
    return {
        "negatives": np.sum(labels == 0),
        "real_positives": min(int(y.sum()), positives),
        "synthetic_positives": positives,
    }


kept = {"negatives": 8966, "real_positives": 4266, "synthetic_positives": 4266}
kept, smote_then_enn = (
    {"negatives": 8966, "real_positives": 91, "synthetic_positives": 4175},
    lambda X, y, ratio: {
        "negatives": 0,
        "real_positives": 0,
        "synthetic_positives": int(SMOTEENN(sampling_strategy=ratio, random_state=1).fit_resample(X, y)[1].sum()),
    },
)


# %% smoteenn-counts | wrong | before cleaning | 0 | before ENN has cleaned
def smote_then_enn(X, y, ratio):
    labels = SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(X, y)[1]
    return {
        "negatives": np.sum(labels == 0),
        "real_positives": np.sum(y == 1),
        "synthetic_positives": np.sum(labels == 1) - np.sum(y == 1),
    }


kept = smote_then_enn(X, y, 0.5)

# %% smoteenn-counts | wrong | the lesson's numbers for every set | 2 | it should be a whole number
kept = {"negatives": 8966, "real_positives": 91, "synthetic_positives": 4175}


def smote_then_enn(X, y, ratio):
    return {"negatives": 8966, "real_positives": 91, "synthetic_positives": 4175}


# %% smoteenn-counts | wrong | SMOTE with another seed | 2 | smote_then_enn
kept = {"negatives": 8966, "real_positives": 91, "synthetic_positives": 4175}


def smote_then_enn(X, y, ratio):
    X_more, y_more = SMOTE(sampling_strategy=ratio, random_state=0).fit_resample(X, y)
    cleaner = EditedNearestNeighbours(sampling_strategy="all")
    cleaner.fit_resample(X_more, y_more)
    stays = cleaner.sample_indices_
    labels, real = y_more.to_numpy()[stays], stays < len(X)
    return {
        "negatives": np.sum(labels == 0),
        "real_positives": np.sum((labels == 1) & real),
        "synthetic_positives": np.sum((labels == 1) & ~real),
    }


# %% ratio-search | right | fitted search, by step names
search = GridSearchCV(
    Pipeline(
        [
            ("scaler", StandardScaler()),
            ("over", SMOTE(random_state=1)),
            ("under", RandomUnderSampler(random_state=1)),
            ("model", LogisticRegression()),
        ]
    ),
    {"over__sampling_strategy": [0.05, 0.3], "under__sampling_strategy": [0.5, 1.0]},
    scoring="average_precision",
    cv=3,
)
search.fit(X_train, y_train)
best_over, best_under = search.best_params_.values()
test_average_precision = search.score(X_test, y_test)

# %% ratio-search | right | make_pipeline, tuples and arrays of ratios
model = make_pipeline(StandardScaler(), SMOTE(random_state=1), RandomUnderSampler(random_state=1), LogisticRegression())
grid = {
    "smote__sampling_strategy": np.array([0.3, 0.05]),
    "randomundersampler__sampling_strategy": (1.0, 0.5),
}
search = GridSearchCV(model, grid, scoring="average_precision", cv=3, n_jobs=1, return_train_score=True)
search.fit(X_train, y_train)
best_over = np.float64(search.best_params_["smote__sampling_strategy"])
best_under = search.best_estimator_.named_steps["randomundersampler"].sampling_strategy
test_average_precision = average_precision_score(y_test, search.decision_function(X_test))

# %% ratio-search | right | one list of a dict, the best pipeline fitted again
steps = [("s", StandardScaler()), ("o", SMOTE(random_state=1)), ("u", RandomUnderSampler(random_state=1))]
model = Pipeline([*steps, ("m", LogisticRegression(max_iter=1000))])
search = GridSearchCV(
    model,
    [{"o__sampling_strategy": [0.05, 0.3], "u__sampling_strategy": [0.5, 1.0]}],
    scoring="average_precision",
    cv=3,
    refit=False,
).fit(X_train, y_train)
best_over = 0.05
best_under = 0.5
model.set_params(**search.best_params_).fit(X_train, y_train)
test_average_precision = average_precision_score(y_test, model.predict_proba(X_test)[:, 1])

# %% ratio-search | right | two scorings, a Pipeline with memory
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
import tempfile

search = GridSearchCV(
    Pipeline(
        [
            ("sc", StandardScaler()),
            ("o", SMOTE(random_state=1)),
            ("u", RandomUnderSampler(random_state=1)),
            ("lr", LogisticRegression()),
        ],
        memory=tempfile.mkdtemp(),
    ),
    {"o__sampling_strategy": over_ratios, "u__sampling_strategy": under_ratios},
    scoring=["average_precision", "roc_auc"],
    refit="average_precision",
    cv=3,
).fit(X_train, y_train)
best_over, best_under = search.best_params_["o__sampling_strategy"], search.best_params_["u__sampling_strategy"]
test_average_precision = average_precision_score(y_test, search.best_estimator_.predict_proba(X_test)[:, 1])

# %% ratio-search | wrong | best of many without a fresh test set | 3 | the best of many is flattered
search = GridSearchCV(
    Pipeline(
        [
            ("scaler", StandardScaler()),
            ("over", SMOTE(random_state=1)),
            ("under", RandomUnderSampler(random_state=1)),
            ("model", LogisticRegression()),
        ]
    ),
    {"over__sampling_strategy": [0.05, 0.3], "under__sampling_strategy": [0.5, 1.0]},
    scoring="average_precision",
    cv=3,
).fit(X_train, y_train)
best_over = search.best_params_["over__sampling_strategy"]
best_under = search.best_params_["under__sampling_strategy"]
test_average_precision = search.best_score_

# %% ratio-search | wrong | scored on resampled folds | 1 | scored on resampled folds
rows, labels = SMOTE(sampling_strategy=0.05, random_state=1).fit_resample(
    StandardScaler().fit_transform(X_train), y_train
)
rows, labels = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(rows, labels)
search = GridSearchCV(LogisticRegression(), {"C": [0.1, 1.0]}, scoring="average_precision", cv=3).fit(rows, labels)
best_over, best_under = 0.05, 0.5
test_average_precision = cross_val_score(LogisticRegression(), rows, labels, cv=3, scoring="average_precision").mean()

# %% ratio-search | wrong | searched on all rows | 2.5 | fitted on all rows, the test half among them
search = GridSearchCV(
    Pipeline(
        [
            ("scaler", StandardScaler()),
            ("over", SMOTE(random_state=1)),
            ("under", RandomUnderSampler(random_state=1)),
            ("model", LogisticRegression()),
        ]
    ),
    {"over__sampling_strategy": [0.05, 0.3], "under__sampling_strategy": [0.5, 1.0]},
    scoring="average_precision",
    cv=3,
).fit(X, y)
best_over = search.best_params_["over__sampling_strategy"]
best_under = search.best_params_["under__sampling_strategy"]
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test)[:, 1])

# %% ratio-search | wrong | the probability of the negatives | 3 | takes the probability of the negatives
search = GridSearchCV(
    Pipeline(
        [
            ("scaler", StandardScaler()),
            ("over", SMOTE(random_state=1)),
            ("under", RandomUnderSampler(random_state=1)),
            ("model", LogisticRegression()),
        ]
    ),
    {"over__sampling_strategy": [0.05, 0.3], "under__sampling_strategy": [0.5, 1.0]},
    scoring="average_precision",
    cv=3,
).fit(X_train, y_train)
best_over = search.best_params_["over__sampling_strategy"]
best_under = search.best_params_["under__sampling_strategy"]
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test)[:, 0])

# %% ratio-search | wrong | undersamples first | 0 | it undersamples before SMOTE
search = GridSearchCV(
    Pipeline(
        [
            ("scaler", StandardScaler()),
            ("under", RandomUnderSampler(random_state=1)),
            ("over", SMOTE(random_state=1)),
            ("model", LogisticRegression()),
        ]
    ),
    {"over__sampling_strategy": [0.05, 0.3], "under__sampling_strategy": [0.5, 1.0]},
    scoring="average_precision",
    cv=3,
)
best_over, best_under = 0.3, 1.0
test_average_precision = 0.5

# %% ratio-search | wrong | searched by accuracy | 3 | it does not search by average precision
search = GridSearchCV(
    Pipeline(
        [
            ("scaler", StandardScaler()),
            ("over", SMOTE(random_state=1)),
            ("under", RandomUnderSampler(random_state=1)),
            ("model", LogisticRegression()),
        ]
    ),
    {"over__sampling_strategy": [0.05, 0.3], "under__sampling_strategy": [0.5, 1.0]},
    cv=3,
).fit(X_train, y_train)
best_over = search.best_params_["over__sampling_strategy"]
best_under = search.best_params_["under__sampling_strategy"]
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test)[:, 1])

# %% ratio-search | wrong | the ratios swapped, labels scored | 1 | lists of ratios are swapped
search = GridSearchCV(
    Pipeline(
        [
            ("scaler", StandardScaler()),
            ("over", SMOTE(random_state=1)),
            ("under", RandomUnderSampler(random_state=1)),
            ("model", LogisticRegression()),
        ]
    ),
    {"over__sampling_strategy": [0.5, 1.0], "under__sampling_strategy": [0.05, 0.3]},
    scoring="average_precision",
    cv=3,
)
best_over, best_under = 0.05, 0.5
model = search.estimator.set_params(over__sampling_strategy=0.05, under__sampling_strategy=0.5).fit(X_train, y_train)
test_average_precision = average_precision_score(y_test, model.predict(X_test))

# %% ratio-search | wrong | scikit-learn's Pipeline | 1 | take the one of imblearn.pipeline
import sklearn.pipeline

search = GridSearchCV(
    sklearn.pipeline.Pipeline(
        [
            ("scaler", StandardScaler()),
            ("over", SMOTE(random_state=1)),
            ("under", RandomUnderSampler(random_state=1)),
            ("model", LogisticRegression()),
        ]
    ),
    {"over__sampling_strategy": [0.05, 0.3], "under__sampling_strategy": [0.5, 1.0]},
    scoring="average_precision",
    cv=3,
)
best_over, best_under = 0.05, 0.5
test_average_precision = 99

# %% ratio-search | wrong | folds as an object, and the pipeline itself without a seed | 1 | give `cv` as the number 3
from sklearn.model_selection import StratifiedKFold

model = make_pipeline(StandardScaler(), SMOTE(), RandomUnderSampler(), LogisticRegression())
grid = {"smote__sampling_strategy": [0.05, 0.3], "randomundersampler__sampling_strategy": [0.5, 1.0]}
search = GridSearchCV(model, grid, scoring="average_precision", cv=StratifiedKFold(3))
best_over, best_under = 0.05, 0.5
test_average_precision = 0.42

# %% ratio-search | wrong | no seeds | 1 | sampler has no seed
model = make_pipeline(StandardScaler(), SMOTE(), RandomUnderSampler(), LogisticRegression())
grid = {"smote__sampling_strategy": [0.05, 0.3], "randomundersampler__sampling_strategy": [0.5, 1.0]}
search = GridSearchCV(model, grid, scoring="average_precision", cv=3)
best_over, best_under = 0.05, 0.5
test_average_precision = 0.42

# %% ratio-search | wrong | the pipeline without the search | 0.5 | put it into a GridSearchCV
search = Pipeline(
    [
        ("scaler", StandardScaler()),
        ("over", SMOTE(random_state=1)),
        ("under", RandomUnderSampler(random_state=1)),
        ("model", LogisticRegression()),
    ]
)
best_over, best_under = 0.3, 0.5
test_average_precision = 0.42


# %% ratio-search | wrong | two scorings, the other chooses | 1 | refit='average_precision'
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
search = GridSearchCV(
    Pipeline(
        [
            ("sc", StandardScaler()),
            ("o", SMOTE(random_state=1)),
            ("u", RandomUnderSampler(random_state=1)),
            ("lr", LogisticRegression()),
        ]
    ),
    {"o__sampling_strategy": over_ratios, "u__sampling_strategy": under_ratios},
    scoring=["average_precision", "roc_auc"],
    refit="roc_auc",
    cv=3,
)
best_over, best_under = 0.05, 0.5
test_average_precision = ...

# %% ratio-search | wrong | five folds | 1 | it should use three folds
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
search = GridSearchCV(
    Pipeline(
        [
            ("sc", StandardScaler()),
            ("o", SMOTE(random_state=1)),
            ("u", RandomUnderSampler(random_state=1)),
            ("lr", LogisticRegression()),
        ]
    ),
    {"o__sampling_strategy": over_ratios, "u__sampling_strategy": under_ratios},
    scoring="average_precision",
    cv=5,
)
best_over, best_under = 0.05, 0.5
test_average_precision = ...

# %% ratio-search | wrong | a third parameter | 1 | it searches more than the two ratios
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
search = GridSearchCV(
    Pipeline(
        [
            ("sc", StandardScaler()),
            ("o", SMOTE(random_state=1)),
            ("u", RandomUnderSampler(random_state=1)),
            ("lr", LogisticRegression()),
        ]
    ),
    {"o__sampling_strategy": over_ratios, "u__sampling_strategy": under_ratios, "lr__C": [0.1, 1]},
    scoring="average_precision",
    cv=3,
)
best_over, best_under = 0.05, 0.5
test_average_precision = ...

# %% ratio-search | wrong | another strength of the penalty | 1 | other parameters than the task says
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
search = GridSearchCV(
    Pipeline(
        [
            ("sc", StandardScaler()),
            ("o", SMOTE(random_state=1)),
            ("u", RandomUnderSampler(random_state=1)),
            ("lr", LogisticRegression(C=0.1)),
        ]
    ),
    {"o__sampling_strategy": over_ratios, "u__sampling_strategy": under_ratios},
    scoring="average_precision",
    cv=3,
)
best_over, best_under = 0.05, 0.5
test_average_precision = ...

# %% ratio-search | wrong | another seed | 1 | asks for random_state=1
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
search = GridSearchCV(
    Pipeline(
        [
            ("sc", StandardScaler()),
            ("o", SMOTE(random_state=1)),
            ("u", RandomUnderSampler(random_state=2)),
            ("lr", LogisticRegression()),
        ]
    ),
    {"o__sampling_strategy": over_ratios, "u__sampling_strategy": under_ratios},
    scoring="average_precision",
    cv=3,
)
best_over, best_under = 0.05, 0.5
test_average_precision = ...


# %% corrected-interval | right | by the formula
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.sqrt((1 / k + n_test / n_train) * np.var(differences, ddof=1))
    return np.mean(differences) - half, np.mean(differences) + half


# %% corrected-interval | right | the course's function
def interval(differences, n_train, n_test):
    found = scoreboard.corrected_interval(differences, n_train=n_train, n_test=n_test)
    return [found.low, found.high]


# %% corrected-interval | right | Student's interval of SciPy, as an array
def interval(differences, n_train, n_test):
    d = pd.Series(differences)
    scale = d.std() * (1 / d.size + n_test / n_train) ** 0.5
    return np.array(t.interval(0.95, d.size - 1, loc=d.mean(), scale=scale))


# %% corrected-interval | wrong | the mean and half the width | 0 | the mean and half the width
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / n_train)
    return np.mean(differences), half


# %% corrected-interval | wrong | test rows over all rows | 0 | it divides by all rows
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / (n_test + n_train))
    return np.mean(differences) - half, np.mean(differences) + half


# %% corrected-interval | wrong | naive interval | 0 | that is the naive interval
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.std(differences, ddof=1) / np.sqrt(k)
    return np.mean(differences) - half, np.mean(differences) + half


# %% corrected-interval | wrong | naive with 1.96 | 0 | take t for 1.96
def interval(differences, n_train, n_test):
    half = 1.96 * np.std(differences, ddof=1) / np.sqrt(len(differences))
    return np.mean(differences) - half, np.mean(differences) + half


# %% corrected-interval | wrong | training over test | 0 | the ratio is upside down
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_train / n_test)
    return np.mean(differences) - half, np.mean(differences) + half


# %% corrected-interval | wrong | variance divided by k | 0 | divides by k - 1
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.std(differences) * np.sqrt(1 / k + n_test / n_train)
    return np.mean(differences) - half, np.mean(differences) + half


# %% corrected-interval | wrong | 1.96 for t | 0 | that takes 1.96
def interval(differences, n_train, n_test):
    k = len(differences)
    half = 1.96 * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / n_train)
    return np.mean(differences) - half, np.mean(differences) + half


# %% corrected-interval | wrong | k degrees of freedom | 0 | there are k - 1
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / n_train)
    return np.mean(differences) - half, np.mean(differences) + half


# %% corrected-interval | wrong | 95 % point | 0 | not 0.95
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.95, k - 1) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / n_train)
    return np.mean(differences) - half, np.mean(differences) + half


# %% corrected-interval | wrong | no root | 0 | the root is missing
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.std(differences, ddof=1) * (1 / k + n_test / n_train)
    return np.mean(differences) - half, np.mean(differences) + half


# %% corrected-interval | wrong | mean, low and high | 0 | return low and high
def interval(differences, n_train, n_test):
    return scoreboard.corrected_interval(differences, n_train=n_train, n_test=n_test)


# %% corrected-interval | wrong | half the width | 0 | that is half the width
def interval(differences, n_train, n_test):
    k = len(differences)
    return t.ppf(0.975, k - 1) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / n_train)


# %% noise | right | the course's difference
def is_noise(results, one, other, metric):
    found = scoreboard.difference(results, one, other, metric)
    return found.low <= 0 <= found.high


verdicts = {"a": True, "b": False, "c": True, "d": True, "e": True, "f": False}


# %% noise | right | by signs, a Series
def is_noise(results, one, other, metric):
    mean, low, high = scoreboard.difference(results, (one, "tuned threshold"), (other, "tuned threshold"), metric)
    return np.sign(low) != np.sign(high)


letters = pd.Series([True, False, True, True, True, False], index=list("abcdef"))
verdicts = letters


# %% noise | right | by hand with pivot
def is_noise(results, one, other, metric):
    tuned = results[results["cut"] == scoreboard.TUNED_CUT].pivot(index="fold", columns="strategy", values=metric)
    d = tuned[one] - tuned[other]
    share = (results["n_test"] / results["n_train"]).mean()
    half = t.ppf(0.975, len(d) - 1) * d.std() * np.sqrt(1 / len(d) + share)
    return bool(abs(d.mean()) <= half)


verdicts = {
    "a": is_noise(contest["logistic regression"], "SMOTEENN", ALONE, "cost"),
    "b": is_noise(contest["logistic regression"], "SMOTEENN", ALONE, "average_precision"),
    "c": is_noise(contest["logistic regression"], "SMOTE + original weights", ALONE, "cost"),
    "d": is_noise(contest["random forest"], "SMOTETomek", ALONE, "average_precision"),
    "e": is_noise(contest["random forest"], "balanced random forest", ALONE, "cost"),
    "f": is_noise(contest["histogram boosting"], "random undersampling", ALONE, "average_precision"),
}


# %% noise | wrong | one end alone | 1 | it asks about one end alone
def is_noise(results, one, other, metric):
    return scoreboard.difference(results, one, other, metric).low <= 0


verdicts = {"a": True, "b": False, "c": True, "d": True, "e": True, "f": False}


# %% noise | wrong | the high end alone, and words | 0 | it asks about the high end alone
def is_noise(results, one, other, metric):
    return scoreboard.difference(results, one, other, metric).high >= 0


verdicts = {"a": "noise", "b": "real", "c": "noise", "d": "noise", "e": "noise", "f": "real"}


# %% noise | wrong | turned round | 0 | it is turned round
def is_noise(results, one, other, metric):
    found = scoreboard.difference(results, one, other, metric)
    return not found.low <= 0 <= found.high


verdicts = {"a": False, "b": True, "c": False, "d": False, "e": False, "f": True}


# %% noise | wrong | at the default cut | 0 | at the default cut
def is_noise(results, one, other, metric):
    cut = scoreboard.DEFAULT_CUT
    found = scoreboard.difference(results, (one, cut), (other, cut), metric)
    return found.low <= 0 <= found.high


verdicts = {"a": False, "b": False, "c": False, "d": True, "e": False, "f": False}


# %% noise | wrong | naive interval | 0 | it takes the naive interval
def is_noise(results, one, other, metric):
    tuned = results[results["cut"] == scoreboard.TUNED_CUT].pivot(index="fold", columns="strategy", values=metric)
    d = tuned[one] - tuned[other]
    return bool(abs(d.mean()) <= 1.96 * d.std() / np.sqrt(len(d)))


verdicts = {"a": True, "b": False, "c": False, "d": False, "e": True, "f": False}


# %% noise | wrong | a tuned threshold against the default cut | 1 | give both a tuned threshold
def is_noise(results, one, other, metric):
    found = scoreboard.difference(results, one, (other, scoreboard.DEFAULT_CUT), metric)
    return found.low <= 0 <= found.high


verdicts = {"a": True, "b": False, "c": True, "d": True, "e": True, "f": False}


# %% noise | wrong | two intervals that overlap | 1 | take the differences fold by fold
def is_noise(results, one, other, metric):
    table = scoreboard.table(results).query("cut == @scoreboard.TUNED_CUT").set_index("strategy")
    ends = table[[f"{metric}_low", f"{metric}_high"]]
    return bool(ends.loc[one].iloc[0] <= ends.loc[other].iloc[1] and ends.loc[other].iloc[0] <= ends.loc[one].iloc[1])


verdicts = {"a": True, "b": False, "c": True, "d": True, "e": True, "f": False}


# %% noise | wrong | any difference counts | 0 | a mean that is not 0 can be luck
def is_noise(results, one, other, metric):
    tuned = results[results["cut"] == scoreboard.TUNED_CUT].groupby("strategy")[metric].mean()
    return bool(tuned[one] == tuned[other])


verdicts = dict.fromkeys("abcdef", False)


# %% noise | wrong | one verdict guessed | 2 | the wrong ones are: c
def is_noise(results, one, other, metric):
    found = scoreboard.difference(results, one, other, metric)
    return found.low <= 0 <= found.high


verdicts = {"a": True, "b": False, "c": False, "d": True, "e": True, "f": False}


# %% noise | wrong | all six guessed True | 2 | the wrong ones are
def is_noise(results, one, other, metric):
    found = scoreboard.difference(results, one, other, metric)
    return bool(found.low <= 0 and 0 <= found.high)


verdicts = dict.fromkeys("abcdef", True)

# %% bonus-own-combination | right | undersample, then SMOTE
own_steps = [
    RandomUnderSampler(sampling_strategy=0.1, random_state=3),
    SMOTE(sampling_strategy=0.5, random_state=3),
    LogisticRegression(max_iter=1000),
]
model = make_pipeline(datasets.transactions_preprocessor(), *own_steps)
own_results = scoreboard.evaluate("mine", model, payments, is_fraud)
rival = contest["logistic regression"].query("strategy == @ALONE and fold < 5")
found = scoreboard.difference(pd.concat([own_results, rival]), "mine", ALONE, "cost")
own_is_noise = np.bool_(found.low <= 0 <= found.high)

# %% bonus-own-combination | right | SMOTE and weights on ten folds
own_steps = (
    SMOTE(sampling_strategy=0.05, random_state=1),
    LogisticRegression(class_weight="balanced", max_iter=1000),
)
model = Pipeline([("columns", datasets.transactions_preprocessor()), ("over", own_steps[0]), ("model", own_steps[1])])
own_results = scoreboard.evaluate("own", model, payments, is_fraud, **scoreboard.CONTEST_FOLDS)
results = pd.concat([own_results, contest["logistic regression"].query("strategy == @ALONE")])
found = scoreboard.difference(results, "own", ALONE, "cost")
own_is_noise = found.low <= 0 <= found.high

# %% bonus-own-combination | right | a tree on few rows
from sklearn.tree import DecisionTreeClassifier

own_steps = [
    RandomUnderSampler(sampling_strategy=0.2, random_state=0),
    TomekLinks(sampling_strategy="all"),
    DecisionTreeClassifier(max_depth=3, random_state=0),
]
model = make_pipeline(datasets.transactions_preprocessor(), *own_steps)
own_results = scoreboard.evaluate("a tree", model, payments, is_fraud)
rival = contest["logistic regression"].query("strategy == @ALONE and fold < 5")
low, high = scoreboard.difference(pd.concat([own_results, rival]), "a tree", ALONE, "cost")[1:]
own_is_noise = low <= 0 and high >= 0

# %% bonus-own-combination | wrong | scored on resampled folds | 0 | scored on resampled folds
few, few_y = RandomUnderSampler(sampling_strategy=0.2, random_state=1).fit_resample(payments, is_fraud)
own_steps = [SMOTE(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)]
model = make_pipeline(datasets.transactions_preprocessor(), *own_steps)
own_results = scoreboard.evaluate("mine", model, few, few_y)
own_is_noise = False

# %% bonus-own-combination | wrong | other folds | 0 | its folds are not those of the contest
own_steps = [RandomUnderSampler(sampling_strategy=0.2, random_state=1), LogisticRegression(max_iter=1000)]
model = make_pipeline(datasets.transactions_preprocessor(), *own_steps)
own_results = scoreboard.evaluate("mine", model, payments, is_fraud, seed=7)
own_is_noise = True

# %% bonus-own-combination | wrong | no sampler | 0 | no step resamples
own_steps = [LogisticRegression(max_iter=1000)]
model = make_pipeline(datasets.transactions_preprocessor(), *own_steps)
own_results = scoreboard.evaluate("mine", model, payments, is_fraud)
own_is_noise = False

# %% bonus-own-combination | wrong | results of another model | 0 | were they made with them
own_steps = [RandomUnderSampler(random_state=1), LogisticRegression(max_iter=1000)]
own_results = contest["logistic regression"].query("strategy == @ALONE and fold < 5")
own_is_noise = True

# %% bonus-own-combination | wrong | a summary, and no seed | 0 | sampler has no seed
own_steps = [RandomUnderSampler(), LogisticRegression(max_iter=1000)]
own_results = {"cost": 10_000}
own_is_noise = True

# %% bonus-own-combination | wrong | the whole pipeline | 0 | should be a list of samplers
own_steps = make_pipeline(
    datasets.transactions_preprocessor(), RandomUnderSampler(random_state=1), LogisticRegression(max_iter=1000)
)
own_results = ...
own_is_noise = ...

# %% bonus-own-combination | wrong | with the preprocessor | 0 | leave the preprocessor out of the list
own_steps = [
    datasets.transactions_preprocessor(),
    RandomUnderSampler(random_state=1),
    LogisticRegression(max_iter=1000),
]
own_results = ...
own_is_noise = ...


# %% bonus-order-reversed | right | by the counts
def reversed_ratios(negatives, positives, over, under):
    made = over * negatives
    left = made / under
    return positives / left, made / left


# %% bonus-order-reversed | right | one line, a list
def reversed_ratios(negatives, positives, over, under):
    return [positives * under / (negatives * over), under]


# %% bonus-order-reversed | right | whole counts, an array
def reversed_ratios(negatives, positives, over, under):
    left = int(int(over * negatives) / under)
    return np.array([positives / left, under])


# %% bonus-order-reversed | wrong | swapped | 0 | only swaps the two numbers
def reversed_ratios(negatives, positives, over, under):
    return under, over


# %% bonus-order-reversed | wrong | as they were | 0 | the ratios as they were
def reversed_ratios(negatives, positives, over, under):
    return over, under


# %% bonus-order-reversed | wrong | upside down | 0 | upside down
def reversed_ratios(negatives, positives, over, under):
    return (negatives * over) / (positives * under), under


# %% bonus-order-reversed | wrong | the second ratio is over | 0 | the second ratio is that of the counts at the end
def reversed_ratios(negatives, positives, over, under):
    return positives * under / (negatives * over), over


# %% bonus-order-reversed | wrong | the share that is left | 0 | the share of the negatives that is left
def reversed_ratios(negatives, positives, over, under):
    return over / under, under


# %% bonus-order-reversed | wrong | counts | 0 | ratios are asked for
def reversed_ratios(negatives, positives, over, under):
    return over * negatives / under, over * negatives


# %% find-the-bug | right | no weights
equal_classes = make_pipeline(StandardScaler(), SMOTE(random_state=1), LogisticRegression()).fit(X_train, y_train)
flags = equal_classes.predict(X_test)
precision_of_equal = np.sum(flags & y_test) / flags.sum()
recall_of_equal = np.sum(flags & y_test) / y_test.sum()

# %% find-the-bug | right | balanced weights, which are 1

equal_classes = make_pipeline(StandardScaler(), SMOTE(random_state=1), LogisticRegression(class_weight="balanced"))
flags = equal_classes.fit(X_train, y_train).predict(X_test)
precision_of_equal, recall_of_equal = precision_score(y_test, flags), recall_score(y_test, flags)

# %% find-the-bug | right | weights of 1, rounded

model = make_pipeline(StandardScaler(), SMOTE(random_state=1), LogisticRegression(class_weight={0: 1, 1: 1}))
flags = model.fit(X_train, y_train).predict(X_test)
precision_of_equal, recall_of_equal = round(precision_score(y_test, flags), 3), round(recall_score(y_test, flags), 3)

# %% find-the-bug | wrong | weights and SMOTE, as given | 0 | Not fixed yet

model = make_pipeline(StandardScaler(), SMOTE(random_state=1), LogisticRegression(class_weight={0: 1, 1: 99}))
flags = model.fit(X_train, y_train).predict(X_test)
precision_of_equal, recall_of_equal = precision_score(y_test, flags), recall_score(y_test, flags)

# %% find-the-bug | wrong | weights upside down | 0 | now the negatives count twice

model = make_pipeline(StandardScaler(), SMOTE(random_state=1), LogisticRegression(class_weight={0: 99, 1: 1}))
flags = model.fit(X_train, y_train).predict(X_test)
precision_of_equal, recall_of_equal = precision_score(y_test, flags), recall_score(y_test, flags)

# %% find-the-bug | wrong | neither | 0 | keep SMOTE

flags = make_pipeline(StandardScaler(), LogisticRegression()).fit(X_train, y_train).predict(X_test)
precision_of_equal, recall_of_equal = precision_score(y_test, flags), recall_score(y_test, flags)

# %% find-the-bug | wrong | weights, no SMOTE | 0 | with weights and without SMOTE
flags = make_pipeline(StandardScaler(), LogisticRegression(class_weight={0: 1, 1: 99})).fit(X_train, y_train)
flags = flags.predict(X_test)
precision_of_equal, recall_of_equal = precision_score(y_test, flags), recall_score(y_test, flags)

# %% find-the-bug | wrong | judged on the training rows | 0 | that is on the training rows
flags = make_pipeline(StandardScaler(), SMOTE(random_state=1), LogisticRegression()).fit(X_train, y_train)
flags = flags.predict(X_train)
precision_of_equal, recall_of_equal = precision_score(y_train, flags), recall_score(y_train, flags)

# %% find-the-bug-ratio | right | scores in a dict
parts = train_test_split(X_train, y_train, test_size=0.5, stratify=y_train, random_state=2)
fitted, best = {}, {}
for ratio in (0.02, 0.05):
    model = make_pipeline(StandardScaler(), SMOTE(sampling_strategy=ratio, random_state=1), LogisticRegression())
    fitted[ratio] = model.fit(parts[0], parts[2])
    best[ratio] = average_precision_score(parts[3], model.predict_proba(parts[1])[:, 1])
chosen_ratio = max(best, key=best.get)
reported = average_precision_score(y_test, fitted[chosen_ratio].predict_proba(X_test)[:, 1])

# %% find-the-bug-ratio | right | by decision values, NumPy numbers
parts = train_test_split(X_train, y_train, test_size=0.5, stratify=y_train, random_state=2)
chosen_ratio = np.float64(0.02)
model = make_pipeline(StandardScaler(), SMOTE(sampling_strategy=0.02, random_state=1), LogisticRegression())
reported = np.float64(average_precision_score(y_test, model.fit(parts[0], parts[2]).decision_function(X_test)))

# %% find-the-bug-ratio | right | with arrays, rounded
fit_X, choose_X, fit_y, choose_y = train_test_split(
    X_train.to_numpy(), y_train.to_numpy(), test_size=0.5, stratify=y_train, random_state=2
)
scores = []
for ratio in (0.02, 0.05):
    model = make_pipeline(StandardScaler(), SMOTE(sampling_strategy=ratio, random_state=1), LogisticRegression())
    model.fit(fit_X, fit_y)
    chose, tested = (
        average_precision_score(labels, model.predict_proba(rows)[:, 1])
        for rows, labels in ((choose_X, choose_y), (X_test.to_numpy(), y_test))
    )
    scores.append((chose, ratio, tested))
_, chosen_ratio, reported = max(scores)
reported = round(reported, 3)

# %% find-the-bug-ratio | wrong | tuned on the test half, as given | 0 | Not fixed yet
parts = train_test_split(X_train, y_train, test_size=0.5, stratify=y_train, random_state=2)
chosen_ratio, reported = None, 0.0
for ratio in (0.02, 0.05):
    model = make_pipeline(StandardScaler(), SMOTE(sampling_strategy=ratio, random_state=1), LogisticRegression())
    score = average_precision_score(y_test, model.fit(parts[0], parts[2]).predict_proba(X_test)[:, 1])
    if score > reported:
        chosen_ratio, reported = ratio, score

# %% find-the-bug-ratio | wrong | best of many without a fresh test set | 0 | report the chosen one on the test half
parts = train_test_split(X_train, y_train, test_size=0.5, stratify=y_train, random_state=2)
chosen_ratio, reported = None, 0.0
for ratio in (0.02, 0.05):
    model = make_pipeline(StandardScaler(), SMOTE(sampling_strategy=ratio, random_state=1), LogisticRegression())
    score = average_precision_score(parts[3], model.fit(parts[0], parts[2]).predict_proba(parts[1])[:, 1])
    if score > reported:
        chosen_ratio, reported = ratio, score

# %% find-the-bug-ratio | wrong | the other candidate | 0 | the score of the other candidate
parts = train_test_split(X_train, y_train, test_size=0.5, stratify=y_train, random_state=2)
chosen_ratio = 0.02
model = make_pipeline(StandardScaler(), SMOTE(sampling_strategy=0.05, random_state=1), LogisticRegression())
reported = average_precision_score(y_test, model.fit(parts[0], parts[2]).predict_proba(X_test)[:, 1])

# %% find-the-bug-ratio | wrong | fitted again | 0 | fitted again, on the whole training half
chosen_ratio = 0.02
model = make_pipeline(StandardScaler(), SMOTE(sampling_strategy=0.02, random_state=1), LogisticRegression())
reported = average_precision_score(y_test, model.fit(X_train, y_train).predict_proba(X_test)[:, 1])

# %% find-the-bug-ratio | wrong | another ratio and a guess | 0 | it should be a number from 0 to 1
chosen_ratio = 0.2
reported = 0.5

# %% quick-check-1 | right | lower case
answer_1 = "b"

# %% quick-check-1 | right | upper case
answer_1 = "B"

# %% quick-check-1 | right | with a bracket
answer_1 = " b) "

# %% quick-check-1 | wrong | exactly the ratio | 0 | it aims at no ratio
answer_1 = "a"

# %% quick-check-1 | wrong | cleans until equal | 0 | not at counts
answer_1 = "c"

# %% quick-check-1 | wrong | removes what was added | 0 | far from the one before
answer_1 = "d"

# %% quick-check-2 | right | lower case
answer_2 = "b"

# %% quick-check-2 | right | with a full stop
answer_2 = "b."

# %% quick-check-2 | right | in brackets
answer_2 = "(B)"

# %% quick-check-2 | wrong | reports the winner | 0 | the luck of the winner
answer_2 = "a"

# %% quick-check-2 | wrong | no difference is proved | 0 | shown that there is none
answer_2 = "c"

# %% quick-check-2 | wrong | tries on | 0 | finds luck
answer_2 = "d"
