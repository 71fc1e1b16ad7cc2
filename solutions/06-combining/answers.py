# Known answers of lesson 6. One cell each, instead of the task's answer cell:
#     task | right | name
#     task | wrong | name | points it earns | part of the message it gets

# %% combination-by-hand | right | counted with the positions
positives_after, negatives_after = 1980, 2475
X_more, y_more = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
cleaner = EditedNearestNeighbours(sampling_strategy="all")
_ = cleaner.fit_resample(X_more, y_more)
stay = cleaner.sample_indices_
positive = np.asarray(y_more)[stay] == 1
kept_negatives = int((~positive).sum())
kept_real = int((positive & (stay < len(X))).sum())
kept_synthetic = int((positive & (stay >= len(X))).sum())

# %% combination-by-hand | right | follows the sampler inside the class, other number types
positives_after = np.int64(9900 // 5)
negatives_after = 1980 / 0.8
both = SMOTEENN(sampling_strategy=0.5, random_state=1)
labels = both.fit_resample(X, y)[1]
kept_negatives = np.sum(labels == 0)
kept_real = np.array([np.sum((both.enn_.sample_indices_ < len(y)) & (labels == 1))])
kept_synthetic = pd.Series([np.sum(labels == 1) - kept_real[0]])

# %% combination-by-hand | right | finds the real rows again by their values
positives_after, negatives_after = 1980.0, 2475.0
rows, labels = SMOTEENN(sampling_strategy=0.5, random_state=1).fit_resample(X.to_numpy(), y.to_numpy())
known = set(map(tuple, X.to_numpy().tolist()))
is_real = np.array([tuple(row) in known for row in rows.tolist()])
kept_negatives = np.sum(labels == 0)
kept_real = np.sum(is_real & (labels == 1))
kept_synthetic = np.sum(~is_real)

# %% combination-by-hand | right | typed
positives_after, negatives_after, kept_negatives, kept_real, kept_synthetic = 1980, 2475, 8966, 91, 4175

# %% combination-by-hand | wrong | the real positives on top, and real negatives | 2 | That counts the real negatives, too
positives_after, negatives_after = 2080, 2600
X_more, y_more = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
cleaner = EditedNearestNeighbours(sampling_strategy="all")
_ = cleaner.fit_resample(X_more, y_more)
stays = cleaner.sample_indices_
kept_negatives = np.sum(y_more.iloc[stays] == 0)
kept_real = np.sum(stays < len(X))
kept_synthetic = np.sum(stays >= len(X))

# %% combination-by-hand | wrong | a share of all rows, carried on | 3 | That's 2,000 / 0.8
positives_after, negatives_after = 2000, 2500
X_more, y_more = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
cleaner = EditedNearestNeighbours(sampling_strategy="all")
_ = cleaner.fit_resample(X_more, y_more)
stays = cleaner.sample_indices_
kept_negatives = np.sum(y_more.iloc[stays] == 0)
kept_real = np.sum((y_more.iloc[stays] == 1) & (stays < len(X)))
kept_synthetic = np.sum((y_more.iloc[stays] == 1) & (stays >= len(X)))

# %% combination-by-hand | wrong | the new points alone, and the ratio inverted | 3 | Those are the new points only
positives_after, negatives_after, kept_negatives, kept_real, kept_synthetic = 1880, 1584, 8966, 91, 4175

# %% combination-by-hand | wrong | a share of all rows, and the real positives only | 3 | Those fit the real positives
positives_after, negatives_after, kept_negatives, kept_real, kept_synthetic = 2000, 125, 8966, 91, 4175

# %% combination-by-hand | wrong | the real positives added twice | 4 | SMOTE fills up to the ratio
positives_after, negatives_after, kept_negatives, kept_real, kept_synthetic = 2080, 2475, 8966, 91, 4175

# %% combination-by-hand | wrong | one negative too many | 4 | it should be a whole number
positives_after, negatives_after, kept_negatives, kept_real, kept_synthetic = 1980, 2476, 8966, 91, 4175

# %% combination-by-hand | wrong | clean before oversampling | 2 | That cleans before oversampling
positives_after, negatives_after = 1980, 2475
rows, labels = EditedNearestNeighbours(sampling_strategy="all").fit_resample(X, y)
after = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(rows, labels)[1]
is_real = np.arange(len(after)) < len(rows)
kept_negatives = np.sum(after == 0)
kept_real = np.sum((after == 1) & is_real)
kept_synthetic = np.sum((after == 1) & ~is_real)

# %% combination-by-hand | wrong | the majority alone is cleaned | 3 | cleans only the majority
positives_after, negatives_after = 1980, 2475
X_more, y_more = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
cleaner = EditedNearestNeighbours()
_ = cleaner.fit_resample(X_more, y_more)
stay = cleaner.sample_indices_
positive = np.asarray(y_more)[stay] == 1
kept_negatives = int((~positive).sum())
kept_real = int((positive & (stay < len(X))).sum())
kept_synthetic = int((positive & (stay >= len(X))).sum())

# %% combination-by-hand | wrong | the removed rows | 2 | That's what ENN removes
positives_after, negatives_after = 1980, 2475
X_more, y_more = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
cleaner = EditedNearestNeighbours(sampling_strategy="all")
_ = cleaner.fit_resample(X_more, y_more)
gone = np.setdiff1d(np.arange(len(X_more)), cleaner.sample_indices_)
positive = np.asarray(y_more)[gone] == 1
kept_negatives = int((~positive).sum())
kept_real = int((positive & (gone < len(X))).sum())
kept_synthetic = int((positive & (gone >= len(X))).sum())

# %% combination-by-hand | wrong | real and synthetic swapped | 3 | That's the count of the other kind
positives_after, negatives_after, kept_negatives, kept_real, kept_synthetic = 1980, 2475, 8966, 4175, 91

# %% combination-by-hand | wrong | separated by the place after cleaning | 3 | by their place after cleaning
positives_after, negatives_after, kept_negatives = 1980, 2475, 8966
labels = SMOTEENN(sampling_strategy=0.5, random_state=1).fit_resample(X, y)[1].to_numpy()
kept_real = np.sum((labels == 1) & (np.arange(len(labels)) < len(X)))
kept_synthetic = np.sum((labels == 1) & (np.arange(len(labels)) >= len(X)))

# %% combination-by-hand | wrong | all positives taken for synthetic | 4 | That's all positives
positives_after, negatives_after, kept_negatives, kept_real, kept_synthetic = 1980, 2475, 8966, 91, 4266

# %% combination-by-hand | wrong | all real positives taken for kept | 3 | That follows from your `kept_real`
positives_after, negatives_after = 1_980, 2_475
kept_negatives, kept_real, kept_synthetic = 8_966, 100, 91 + 4_175 - 100


# %% combination-by-hand | wrong | before cleaning | 2 | That's before cleaning
positives_after, negatives_after, kept_negatives, kept_real, kept_synthetic = 1980, 2475, 9900, 100, 4850

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

# %% ratio-search | wrong | the probability of the negatives | 3 | uses the probability of the negatives
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

# %% ratio-search | wrong | searched by accuracy | 3 | It doesn't search by average precision
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

# %% ratio-search | wrong | scikit-learn's Pipeline | 1 | Use the one from imblearn.pipeline
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

# %% ratio-search | wrong | folds as an object, and the pipeline itself without a seed | 1 | Give `cv` as the number 3
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

# %% ratio-search | wrong | the pipeline without the search | 0.5 | Put it into a GridSearchCV
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

# %% ratio-search | wrong | make_pipeline, with a name of one's own in the grid | 0 | `make_pipeline` names the steps itself
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
two = make_pipeline(StandardScaler(), SMOTE(random_state=1), RandomUnderSampler(random_state=1), LogisticRegression())
grid = {"over__sampling_strategy": over_ratios, "under__sampling_strategy": under_ratios}
search = GridSearchCV(two, grid, scoring="average_precision", cv=3).fit(X_train, y_train)
best_over, best_under = search.best_params_.values()
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test)[:, 1])

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

# %% ratio-search | wrong | undersampled first, a score near another mistake's | 0 | you have 0.6965. That's the score of your `search`
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
steps = [("scale", StandardScaler()), ("under", RandomUnderSampler(random_state=1)), ("over", SMOTE(random_state=1))]
grid = {"under__sampling_strategy": over_ratios, "over__sampling_strategy": under_ratios}
search = GridSearchCV(Pipeline([*steps, ("model", LogisticRegression())]), grid, scoring="average_precision", cv=3)
_ = search.fit(X_train, y_train)
best_over, best_under = search.best_params_["over__sampling_strategy"], search.best_params_["under__sampling_strategy"]
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test)[:, 1])


# %% ratio-search | right | fitted on arrays, with a step that does nothing
steps = [("scale", StandardScaler()), ("none", "passthrough"), ("over", SMOTE(random_state=1))]
model = Pipeline([*steps, ("under", RandomUnderSampler(random_state=1)), ("model", LogisticRegression())])
grid = {"over__sampling_strategy": [0.05, 0.3], "under__sampling_strategy": [0.5, 1.0]}
search = GridSearchCV(model, grid, scoring="average_precision", cv=3).fit(X_train.to_numpy(), y_train.to_numpy())
best_over, best_under = search.best_params_.values()
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test.to_numpy())[:, 1])


# %% ratio-search | wrong | the score as a function | 3 | Give `scoring` by its name, 'average_precision'
model = make_pipeline(StandardScaler(), SMOTE(random_state=1), RandomUnderSampler(random_state=1), LogisticRegression())
grid = {"smote__sampling_strategy": (0.05, 0.3), "randomundersampler__sampling_strategy": np.array([0.5, 1.0])}
scorer = metrics.make_scorer(average_precision_score, response_method="predict_proba")
search = GridSearchCV(model, grid, scoring=scorer, cv=3, n_jobs=1).fit(X_train, y_train)
best_over = search.best_params_["smote__sampling_strategy"]
best_under = search.best_params_["randomundersampler__sampling_strategy"]
test_average_precision = search.score(X_test, y_test)


# %% ratio-search | wrong | folds as an object, all else right | 3 | Give `cv` as the number 3
from sklearn.model_selection import StratifiedKFold

model = make_pipeline(StandardScaler(), SMOTE(random_state=1), RandomUnderSampler(random_state=1), LogisticRegression())
grid = {"smote__sampling_strategy": [0.05, 0.3], "randomundersampler__sampling_strategy": [0.5, 1.0]}
search = GridSearchCV(model, [grid], scoring="average_precision", cv=StratifiedKFold(3)).fit(X_train, y_train)
best_over = search.best_estimator_["smote"].sampling_strategy
best_under = search.best_estimator_["randomundersampler"].sampling_strategy
test_average_precision = round(average_precision_score(y_test, search.decision_function(X_test)), 3)


# %% ratio-search | wrong | SMOTE before the scaler, its own numbers | 0.5 | Its steps are in the order SMOTE, S
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
steps = [("over", SMOTE(random_state=1)), ("scale", StandardScaler()), ("under", RandomUnderSampler(random_state=1))]
grid = {"over__sampling_strategy": over_ratios, "under__sampling_strategy": under_ratios}
search = GridSearchCV(Pipeline([*steps, ("model", LogisticRegression())]), grid, scoring="average_precision", cv=3)
best_over, best_under = search.fit(X_train, y_train).best_params_.values()
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test)[:, 1])


# %% ratio-search | wrong | SMOTE before the scaler, the right numbers | 3 | The task asks for StandardScaler, SMOTE
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
steps = [("over", SMOTE(random_state=1)), ("scale", StandardScaler()), ("under", RandomUnderSampler(random_state=1))]
grid = {"over__sampling_strategy": over_ratios, "under__sampling_strategy": under_ratios}
search = GridSearchCV(Pipeline([*steps, ("model", LogisticRegression())]), grid, scoring="average_precision", cv=3)
_ = search.fit(X_train, y_train)
model = Pipeline(
    [
        ("scale", StandardScaler()),
        ("over", SMOTE(sampling_strategy=0.05, random_state=1)),
        ("under", RandomUnderSampler(sampling_strategy=0.5, random_state=1)),
        ("model", LogisticRegression()),
    ]
)
best_over, best_under = 0.05, 0.5
test_average_precision = average_precision_score(y_test, model.fit(X_train, y_train).predict_proba(X_test)[:, 1])


# %% ratio-search | wrong | the scaler last before the model | 0.5 | That's the score of your `search`. Fix it first
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
steps = [("over", SMOTE(random_state=1)), ("under", RandomUnderSampler(random_state=1)), ("scale", StandardScaler())]
grid = {"over__sampling_strategy": over_ratios, "under__sampling_strategy": under_ratios}
search = GridSearchCV(Pipeline([*steps, ("model", LogisticRegression())]), grid, scoring="average_precision", cv=3)
best_over, best_under = search.fit(X_train, y_train).best_params_.values()
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test)[:, 1])


# %% ratio-search | wrong | without the scaler, its own numbers | 0.5 | wins in the search that the task asks for
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
steps = [
    ("over", SMOTE(random_state=1)),
    ("under", RandomUnderSampler(random_state=1)),
    ("model", LogisticRegression()),
]
grid = {"over__sampling_strategy": over_ratios, "under__sampling_strategy": under_ratios}
search = GridSearchCV(Pipeline(steps), grid, scoring="average_precision", cv=3).fit(X_train, y_train)
best_over, best_under = search.best_params_.values()
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test)[:, 1])


# %% ratio-search | wrong | scaled twice | 3 | one step StandardScaler too many
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
steps = [("scale", StandardScaler()), ("over", SMOTE(random_state=1)), ("again", StandardScaler())]
model = Pipeline([*steps, ("under", RandomUnderSampler(random_state=1)), ("model", LogisticRegression())])
grid = {"over__sampling_strategy": over_ratios, "under__sampling_strategy": under_ratios}
search = GridSearchCV(model, grid, scoring="average_precision", cv=3).fit(X_train, y_train)
best_over, best_under = search.best_params_.values()
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test)[:, 1])


# %% ratio-search | wrong | another seed, its own numbers | 0.5 | That's the score of your `search`. Fix it first
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
steps = [("scale", StandardScaler()), ("over", SMOTE(random_state=0)), ("under", RandomUnderSampler(random_state=0))]
grid = {"over__sampling_strategy": over_ratios, "under__sampling_strategy": under_ratios}
search = GridSearchCV(Pipeline([*steps, ("model", LogisticRegression())]), grid, scoring="average_precision", cv=3)
best_over, best_under = search.fit(X_train, y_train).best_params_.values()
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test)[:, 1])


# %% ratio-search | wrong | four neighbors | 1 | other parameters than the task says
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
steps = [("scale", StandardScaler()), ("over", SMOTE(k_neighbors=4, random_state=1))]
model = Pipeline([*steps, ("under", RandomUnderSampler(random_state=1)), ("model", LogisticRegression())])
grid = {"over__sampling_strategy": over_ratios, "under__sampling_strategy": under_ratios}
search = GridSearchCV(model, grid, scoring="average_precision", cv=3).fit(X_train, y_train)
best_over, best_under = 0.05, 0.5
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test)[:, 1])


# %% ratio-search | wrong | left unfitted, the right numbers | 3 | It isn't fitted. Fit it on `X_train`, `y_train`
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
steps = [("scale", StandardScaler()), ("over", SMOTE(random_state=1)), ("under", RandomUnderSampler(random_state=1))]
grid = {"over__sampling_strategy": over_ratios, "under__sampling_strategy": under_ratios}
search = GridSearchCV(Pipeline([*steps, ("model", LogisticRegression())]), grid, scoring="average_precision", cv=3)
fitted = sklearn.clone(search).fit(X_train, y_train)
best_over, best_under = fitted.best_params_.values()
test_average_precision = average_precision_score(y_test, fitted.predict_proba(X_test)[:, 1])


# %% ratio-search | wrong | fitted on all rows, the right numbers | 3 | It was fitted on other rows than `X_train`
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
steps = [("scale", StandardScaler()), ("over", SMOTE(random_state=1)), ("under", RandomUnderSampler(random_state=1))]
grid = {"over__sampling_strategy": over_ratios, "under__sampling_strategy": under_ratios}
search = GridSearchCV(Pipeline([*steps, ("model", LogisticRegression())]), grid, scoring="average_precision", cv=3)
fitted = sklearn.clone(search).fit(X_train, y_train)
best_over, best_under = fitted.best_params_.values()
test_average_precision = average_precision_score(y_test, fitted.predict_proba(X_test)[:, 1])
_ = search.fit(X, y)


# %% ratio-search | wrong | fitted on the test half | 2.5 | the score of a search fitted on other rows
over_ratios, under_ratios = [0.05, 0.3], [0.5, 1.0]
steps = [("scale", StandardScaler()), ("over", SMOTE(random_state=1)), ("under", RandomUnderSampler(random_state=1))]
grid = {"over__sampling_strategy": over_ratios, "under__sampling_strategy": under_ratios}
search = GridSearchCV(Pipeline([*steps, ("model", LogisticRegression())]), grid, scoring="average_precision", cv=3)
best_over, best_under = search.fit(X_test, y_test).best_params_.values()
test_average_precision = average_precision_score(y_test, search.predict_proba(X_test)[:, 1])


# %% which-to-ship | right | by the course's function
gap_default = scoreboard.difference(logistic, ("random undersampling", half), (PLAIN, half), "cost").mean
found = scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")
gap_tuned, gap_low, gap_high = found.mean, found.low, found.high
ship, reason = "not resampled", "d"

# %% which-to-ship | right | by the means, whole euros
gap_default = round(at_default.loc["random undersampling", "cost"] - at_default.loc[PLAIN, "cost"])
gap_tuned = round(at_tuned.loc["random undersampling", "cost"] - at_tuned.loc[PLAIN, "cost"])
gap_low, gap_high = map(round, scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")[1:])
ship, reason = PLAIN, "D)"


# %% which-to-ship | right | by hand with pivot
def ends_of(cut):
    one_cut = logistic[logistic["cut"] == cut].pivot(index="fold", columns="strategy", values="cost")
    apart = one_cut["random undersampling"] - one_cut[PLAIN]
    reach = t.ppf(0.975, 9) * apart.std() * np.sqrt(1 / 10 + 4_000 / 16_000)
    return apart.mean(), apart.mean() - reach, apart.mean() + reach


gap_default = ends_of(scoreboard.DEFAULT_CUT)[0]
gap_tuned, gap_low, gap_high = ends_of(scoreboard.TUNED_CUT)
ship, reason = PLAIN, " d "

# %% which-to-ship | right | a euro off
gap_default = scoreboard.difference(logistic, ("random undersampling", half), (PLAIN, half), "cost").mean + 0.9
gap_tuned, gap_low, gap_high = np.array(scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")) - 0.9
ship, reason = np.str_(PLAIN), "(d)"

# %% which-to-ship | wrong | SMOTE's differences | 2 | The task asks for random undersampling
gap_default = scoreboard.difference(logistic, ("SMOTE", half), (PLAIN, half), "cost").mean
gap_tuned, gap_low, gap_high = scoreboard.difference(logistic, "SMOTE", PLAIN, "cost")
ship, reason = PLAIN, "d"

# %% which-to-ship | wrong | the lowest mean cost at 0.5 | 3 | it isn't like with like
gap_default = scoreboard.difference(logistic, ("random undersampling", half), (PLAIN, half), "cost").mean
gap_tuned, gap_low, gap_high = scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")
ship, reason = at_default["cost"].idxmin(), "a"

# %% which-to-ship | wrong | the lowest mean cost, tuned | 3 | The interval of its saving includes 0
gap_default = scoreboard.difference(logistic, ("random undersampling", half), (PLAIN, half), "cost").mean
gap_tuned, gap_low, gap_high = scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")
ship, reason = at_tuned["cost"].idxmin(), "b"

# %% which-to-ship | wrong | no difference is proof of none | 4 | doesn't prove that two strategies are equal
gap_default = scoreboard.difference(logistic, ("random undersampling", half), (PLAIN, half), "cost").mean
gap_tuned, gap_low, gap_high = scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")
ship, reason = PLAIN, "c"

# %% which-to-ship | wrong | the sign reversed | 2 | The sign is reversed
gap_default = scoreboard.difference(logistic, (PLAIN, half), ("random undersampling", half), "cost").mean
gap_tuned, gap_low, gap_high = scoreboard.difference(logistic, PLAIN, "random undersampling", "cost")
ship, reason = PLAIN, "d"

# %% which-to-ship | wrong | the sign reversed at 0.5 only | 4 | The sign is reversed
gap_default = scoreboard.difference(logistic, (PLAIN, half), ("random undersampling", half), "cost").mean
gap_tuned, gap_low, gap_high = scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")
ship, reason = PLAIN, "d"

# %% which-to-ship | wrong | one at 0.5, the other tuned | 4 | That compares one at 0.5 with the other
gap_default = scoreboard.difference(logistic, ("random undersampling", half), PLAIN, "cost").mean
gap_tuned, gap_low, gap_high = scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")
ship, reason = PLAIN, "d"

# %% which-to-ship | wrong | the two thresholds exchanged | 3 | A strategy's name alone means its tuned threshold
gap_default = scoreboard.difference(logistic, "random undersampling", PLAIN, "cost").mean
gap_tuned = scoreboard.difference(logistic, ("random undersampling", half), (PLAIN, half), "cost").mean
gap_low, gap_high = scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")[1:]
ship, reason = PLAIN, "d"

# %% which-to-ship | wrong | the naive interval | 4 | That's the naive interval
gap_default = scoreboard.difference(logistic, ("random undersampling", half), (PLAIN, half), "cost").mean
tuned_costs = logistic[logistic["cut"] == scoreboard.TUNED_CUT].pivot(index="fold", columns="strategy", values="cost")
apart = tuned_costs["random undersampling"] - tuned_costs[PLAIN]
gap_tuned = apart.mean()
gap_low, gap_high = t.interval(0.95, 9, loc=gap_tuned, scale=apart.std() / np.sqrt(10))
ship, reason = PLAIN, "d"

# %% which-to-ship | wrong | the ends swapped, and another strategy | 3 | The two ends are swapped
gap_default = scoreboard.difference(logistic, ("random undersampling", half), (PLAIN, half), "cost").mean
gap_tuned, gap_high, gap_low = scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")
ship, reason = "SMOTE", "d"

# %% which-to-ship | right | just near enough
at_half = scoreboard.difference(logistic, ("random undersampling", half), (PLAIN, half), "cost")
tuned = scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")
gap_default, gap_tuned, gap_low, gap_high = at_half.mean + 0.9, tuned.mean - 0.9, tuned.low + 0.9, tuned.high - 0.9
ship, reason = PLAIN, "d"

# %% which-to-ship | wrong | just too far off | 2 | it should be an amount in euros
at_half = scoreboard.difference(logistic, ("random undersampling", half), (PLAIN, half), "cost")
tuned = scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")
gap_default, gap_tuned, gap_low, gap_high = at_half.mean + 1.1, tuned.mean - 1.1, tuned.low + 1.1, tuned.high - 1.1
ship, reason = PLAIN, "d"


# %% which-to-ship | wrong | SMOTETomek's differences | 2 | the difference of SMOTETomek
gap_default = scoreboard.difference(logistic, ("SMOTETomek", half), (PLAIN, half), "cost").mean
gap_tuned, gap_low, gap_high = scoreboard.difference(logistic, "SMOTETomek", PLAIN, "cost")
ship, reason = PLAIN, "d"


# %% which-to-ship | wrong | the random forest's difference | 4 | That's with random forest. Pass `logistic`
forest = contest["random forest"]
gap_default = scoreboard.difference(forest, ("random undersampling", half), (PLAIN, half), "cost").mean
gap_tuned, gap_low, gap_high = scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")
ship, reason = PLAIN, "d"


# %% which-to-ship | wrong | sums over ten folds | 2 | That's a sum over the ten folds
gap_default = 10 * scoreboard.difference(logistic, ("random undersampling", half), (PLAIN, half), "cost").mean
gap_tuned, gap_low, gap_high = (
    10 * one for one in scoreboard.difference(logistic, "random undersampling", PLAIN, "cost")
)
ship, reason = PLAIN, "d"


# %% which-to-ship | wrong | the tuned gap and its ends mix thresholds | 3 | gap_low: you have
gap_default = scoreboard.difference(logistic, ("random undersampling", half), (PLAIN, half), "cost").mean
gap_tuned, gap_low, gap_high = scoreboard.difference(logistic, ("random undersampling", half), PLAIN, "cost")
ship, reason = PLAIN, "d"


# %% what-it-allows | right | by worst and best
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    if worst > 0:
        shows = "better"
    elif best < 0:
        shows = "worse"
    else:
        shows = "undecided"
    return {"shows": shows, "allows": best >= worth, "could_see": worth >= 0.7 * (best - worst)}


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | right | without the gains, NumPy truth values
def read_interval(low, high, better, worth):
    up = better == "higher"
    shows = "undecided" if low <= 0 <= high else "better" if (low > 0) == up else "worse"
    reaches = high >= worth if up else low <= -worth
    return pd.Series({"could_see": np.bool_(worth >= 1.4 * (high - low) / 2), "allows": reaches, "shows": shows})


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | right | with np.sign
def read_interval(low, high, better, worth):
    gains = np.array([low, high]) * (1 if better == "higher" else -1)
    both = np.sign(gains).sum()
    words = {2.0: "better", -2.0: "worse"}
    width = max(gains) - min(gains)
    return {"shows": words.get(both, "undecided"), "allows": max(gains) >= worth, "could_see": width * 1.4 / 2 <= worth}


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())
linear = linear.upper()


# %% what-it-allows | right | a lambda
read_interval = lambda low, high, better, worth: {
    "shows": ("undecided" if low <= 0 <= high else "better" if (low > 0) == (better == "higher") else "worse"),
    "allows": (high if better == "higher" else -low) >= worth,
    "could_see": 1.4 * (high - low) / 2 <= worth,
}


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | not shown read as ruled out | 4 | Not shown isn't impossible: compare `best` with the wanted gain
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst > 0 else "worse" if best < 0 else "undecided",
        "allows": worst > 0,
        "could_see": worth >= 1.4 * (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | the direction of the metric ignored | 3 | It ignores that lower is better in some metrics
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if low > 0 else "worse" if high < 0 else "undecided",
        "allows": high >= worth,
        "could_see": worth >= 1.4 * (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | by the middle | 4 | It goes by the middle of the interval
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst + best > 0 else "worse" if worst + best < 0 else "undecided",
        "allows": best >= worth,
        "could_see": worth >= 1.4 * (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | never undecided | 4 | It never says undecided
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst > 0 else "worse",
        "allows": best >= worth,
        "could_see": worth >= 1.4 * (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | one end alone | 4 | It never says worse
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst > 0 else "undecided",
        "allows": best >= worth,
        "could_see": worth >= 1.4 * (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | better only from the gain on | 4 | It asks for the wanted gain
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst >= worth else "worse" if best < 0 else "undecided",
        "allows": best >= worth,
        "could_see": worth >= 1.4 * (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | 0 at the end counted as shown | 4 | An interval that ends exactly at 0 includes 0
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst >= 0 else "worse" if best <= 0 else "undecided",
        "allows": best >= worth,
        "could_see": worth >= 1.4 * (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | 0 at the worse end counted as a gain | 4 | An interval that ends exactly at 0 includes 0
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst >= 0 else "worse" if best < 0 else "undecided",
        "allows": best >= worth,
        "could_see": worth >= 1.4 * (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | 0 at the better end counted as a loss | 4 | An interval that ends exactly at 0 includes 0
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst > 0 else "worse" if best <= 0 else "undecided",
        "allows": best >= worth,
        "could_see": worth >= 1.4 * (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | the gain itself not allowed | 4 | A gain of exactly the wanted size counts
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst > 0 else "worse" if best < 0 else "undecided",
        "allows": best > worth,
        "could_see": worth >= 1.4 * (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | the whole interval must reach the gain | 4 | One value in it is enough
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst > 0 else "worse" if best < 0 else "undecided",
        "allows": worst >= worth,
        "could_see": worth >= 1.4 * (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | the whole width | 4 | It uses the whole width
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst > 0 else "worse" if best < 0 else "undecided",
        "allows": best >= worth,
        "could_see": worth >= 1.4 * (high - low),
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | without the factor | 4 | It leaves out the factor 1.4
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst > 0 else "worse" if best < 0 else "undecided",
        "allows": best >= worth,
        "could_see": worth >= (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | seen the wrong way round | 4 | The comparison sees a gain that is large enough
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst > 0 else "worse" if best < 0 else "undecided",
        "allows": best >= worth,
        "could_see": worth < 1.4 * (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | the first letter guessed | 4.5 | Its interval
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst > 0 else "worse" if best < 0 else "undecided",
        "allows": best >= worth,
        "could_see": worth >= 1.4 * (high - low) / 2,
    }


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())
linear = "c" if linear != "c" else "a"


# %% what-it-allows | wrong | words for letters | 3 | it should be one letter
def read_interval(low, high, better, worth):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    return {
        "shows": "better" if worst > 0 else "worse" if best < 0 else "undecided",
        "allows": best >= worth,
        "could_see": worth >= 1.4 * (high - low) / 2,
    }


linear, forest_weights, boosting, cost_of_boosting = "worse", "undecided", "better", "undecided"


# %% what-it-allows | wrong | three arguments | 2 | The check calls read_interval(low, high, better, wanted_gain)
def read_interval(low, high, better):
    return {"shows": "undecided", "allows": True, "could_see": True}


four = {
    "linear": (over("logistic regression", "tuned", "SMOTE", "log_loss"), "lower", 0.01),
    "forest_weights": (over("random forest", "default", "weights", "log_loss"), "lower", 0.02),
    "boosting": (over("histogram boosting", "default", "balanced bagging", "average_precision"), "higher", 0.015),
    "cost_of_boosting": (over("histogram boosting", "tuned", "SMOTETomek", "cost_25_tuned"), "lower", 0.05),
}


def letter(found, better, worth):
    best = found.high if better == "higher" else -found.low
    worst = found.low if better == "higher" else -found.high
    return "a" if worst > 0 else "b" if best < 0 else "d" if best >= worth else "c"


linear, forest_weights, boosting, cost_of_boosting = (letter(*one) for one in four.values())


# %% what-it-allows | wrong | the wanted gain must be inside | 4 | It says no where the whole interval is beyond
def read_interval(low, high, better, wanted_gain):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    shows = "better" if worst > 0 else "worse" if best < 0 else "undecided"
    could_see = wanted_gain >= 1.4 * (high - low) / 2
    return {"shows": shows, "allows": worst <= wanted_gain <= best, "could_see": could_see}


linear, forest_weights, boosting, cost_of_boosting = "badc"


# %% what-it-allows | wrong | a shown gain is always enough | 4 | It says yes wherever a gain is shown
def read_interval(low, high, better, wanted_gain):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    shows = "better" if worst > 0 else "worse" if best < 0 else "undecided"
    could_see = wanted_gain >= 1.4 * (high - low) / 2
    return {"shows": shows, "allows": best >= wanted_gain or shows == "better", "could_see": could_see}


linear, forest_weights, boosting, cost_of_boosting = "badc"


# %% what-it-allows | wrong | possible only if undecided | 4 | It says no where a gain is shown
def read_interval(low, high, better, wanted_gain):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    shows = "better" if worst > 0 else "worse" if best < 0 else "undecided"
    could_see = wanted_gain >= 1.4 * (high - low) / 2
    return {"shows": shows, "allows": best >= wanted_gain and shows == "undecided", "could_see": could_see}


linear, forest_weights, boosting, cost_of_boosting = "badc"


# %% what-it-allows | wrong | by the end farther from 0 | 4 | It takes a loss for a gain
def read_interval(low, high, better, wanted_gain):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    shows = "better" if worst > 0 else "worse" if best < 0 else "undecided"
    could_see = wanted_gain >= 1.4 * (high - low) / 2
    return {"shows": shows, "allows": max(abs(low), abs(high)) >= wanted_gain, "could_see": could_see}


linear, forest_weights, boosting, cost_of_boosting = "badc"


# %% what-it-allows | wrong | seen by the middle | 4 | It compares the middle with the wanted gain
def read_interval(low, high, better, wanted_gain):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    shows = "better" if worst > 0 else "worse" if best < 0 else "undecided"
    could_see = wanted_gain >= 1.4 * abs(low + high) / 2
    return {"shows": shows, "allows": best >= wanted_gain, "could_see": could_see}


linear, forest_weights, boosting, cost_of_boosting = "badc"


# %% what-it-allows | wrong | seen only if it's allowed, too | 4 | It asks whether the gain is still allowed, too
def read_interval(low, high, better, wanted_gain):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    shows = "better" if worst > 0 else "worse" if best < 0 else "undecided"
    could_see = best >= wanted_gain >= 1.4 * (high - low) / 2
    return {"shows": shows, "allows": best >= wanted_gain, "could_see": could_see}


linear, forest_weights, boosting, cost_of_boosting = "badc"


# %% what-it-allows | wrong | 1.3 for 1.4 | 4 | read_interval → could_see: is wrong on
def read_interval(low, high, better, wanted_gain):
    worst, best = (low, high) if better == "higher" else (-high, -low)
    shows = "better" if worst > 0 else "worse" if best < 0 else "undecided"
    could_see = wanted_gain >= 1.3 * (high - low) / 2
    return {"shows": shows, "allows": best >= wanted_gain, "could_see": could_see}


linear, forest_weights, boosting, cost_of_boosting = "badc"


# %% bonus-own-combination | right | undersample, then SMOTE
own_steps = [
    RandomUnderSampler(sampling_strategy=0.1, random_state=3),
    SMOTE(sampling_strategy=0.5, random_state=3),
    LogisticRegression(max_iter=1000),
]
model = make_pipeline(datasets.transactions_preprocessor(), *own_steps)
own_results = scoreboard.evaluate("mine", model, payments, is_fraud)
rival = logistic.query("strategy == @PLAIN and fold < 5")
found = scoreboard.difference(pd.concat([own_results, rival]), "mine", PLAIN, "cost")
own_verdict = "better" if found.high < 0 else "worse" if found.low > 0 else "undecided"

# %% bonus-own-combination | right | SMOTE and weights on ten folds
own_steps = (
    SMOTE(sampling_strategy=0.05, random_state=1),
    LogisticRegression(class_weight="balanced", max_iter=1000),
)
model = Pipeline([("columns", datasets.transactions_preprocessor()), ("over", own_steps[0]), ("model", own_steps[1])])
own_results = scoreboard.evaluate("own", model, payments, is_fraud, **scoreboard.CONTEST_FOLDS)
results = pd.concat([own_results, logistic.query("strategy == @PLAIN")])
found = scoreboard.difference(results, "own", PLAIN, "cost")
own_verdict = np.str_("undecided" if found.low <= 0 <= found.high else "better" if found.mean < 0 else "worse")

# %% bonus-own-combination | right | a tree on few rows
from sklearn.tree import DecisionTreeClassifier

own_steps = [
    RandomUnderSampler(sampling_strategy=0.2, random_state=0),
    TomekLinks(sampling_strategy="all"),
    DecisionTreeClassifier(max_depth=3, random_state=0),
]
model = make_pipeline(datasets.transactions_preprocessor(), *own_steps)
own_results = scoreboard.evaluate("a tree", model, payments, is_fraud)
rival = logistic.query("strategy == @PLAIN and fold < 5")
low, high = scoreboard.difference(pd.concat([own_results, rival]), "a tree", PLAIN, "cost")[1:]
own_verdict = "undecided" if low <= 0 and high >= 0 else ["worse", "better"][int(high < 0)]

# %% bonus-own-combination | wrong | scored on resampled folds | 0 | scored on resampled folds
few, few_y = RandomUnderSampler(sampling_strategy=0.2, random_state=1).fit_resample(payments, is_fraud)
own_steps = [SMOTE(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)]
model = make_pipeline(datasets.transactions_preprocessor(), *own_steps)
own_results = scoreboard.evaluate("mine", model, few, few_y)
own_verdict = "better"

# %% bonus-own-combination | wrong | other folds | 0 | Its folds aren't the contest's
own_steps = [RandomUnderSampler(sampling_strategy=0.2, random_state=1), LogisticRegression(max_iter=1000)]
model = make_pipeline(datasets.transactions_preprocessor(), *own_steps)
own_results = scoreboard.evaluate("mine", model, payments, is_fraud, seed=7)
own_verdict = "undecided"

# %% bonus-own-combination | wrong | a saving that isn't shown | 0 | no saving is shown
own_steps = [SMOTE(sampling_strategy=0.05, random_state=1), LogisticRegression(max_iter=1000)]
model = make_pipeline(datasets.transactions_preprocessor(), *own_steps)
own_results = scoreboard.evaluate("mine", model, payments, is_fraud)
own_verdict = "better"

# %% bonus-own-combination | wrong | no sampler | 0 | No step resamples
own_steps = [LogisticRegression(max_iter=1000)]
model = make_pipeline(datasets.transactions_preprocessor(), *own_steps)
own_results = scoreboard.evaluate("mine", model, payments, is_fraud)
own_verdict = "better"

# %% bonus-own-combination | wrong | results of another model | 0 | Were they made with it
own_steps = [RandomUnderSampler(random_state=1), LogisticRegression(max_iter=1000)]
own_results = logistic.query("strategy == @PLAIN and fold < 5")
own_verdict = "undecided"

# %% bonus-own-combination | wrong | a summary, and no seed | 0 | sampler has no seed
own_steps = [RandomUnderSampler(), LogisticRegression(max_iter=1000)]
own_results = {"cost": 10_000}
own_verdict = "undecided"

# %% bonus-own-combination | wrong | the whole pipeline | 0 | should be a list of samplers
own_steps = make_pipeline(
    datasets.transactions_preprocessor(), RandomUnderSampler(random_state=1), LogisticRegression(max_iter=1000)
)
own_results = ...
own_verdict = ...

# %% bonus-own-combination | wrong | with the preprocessor | 0 | Leave the preprocessor out of the list
own_steps = [
    datasets.transactions_preprocessor(),
    RandomUnderSampler(random_state=1),
    LogisticRegression(max_iter=1000),
]
own_results = ...
own_verdict = ...


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


# %% bonus-order-reversed | wrong | inverted | 0 | The first ratio is inverted
def reversed_ratios(negatives, positives, over, under):
    return (negatives * over) / (positives * under), under


# %% bonus-order-reversed | wrong | the second ratio is over | 0 | The second ratio is wrong
def reversed_ratios(negatives, positives, over, under):
    return positives * under / (negatives * over), over


# %% bonus-order-reversed | wrong | the share that is left | 0 | the share of negatives that is left
def reversed_ratios(negatives, positives, over, under):
    return over / under, under


# %% bonus-order-reversed | wrong | counts | 0 | The task asks for ratios
def reversed_ratios(negatives, positives, over, under):
    return over * negatives / under, over * negatives


# %% bonus-combine | right | two samplers
def combine(X, y, over, under, seed):
    X, y = SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% bonus-combine | right | counts as dicts, arrays, and other number types
def combine(X, y, over, under, seed):
    n = int((y == 0).sum())
    rows, labels = SMOTE(sampling_strategy={1: int(over * n)}, random_state=seed).fit_resample(
        X.to_numpy(), y.to_numpy()
    )
    keep = int(np.sum(labels == 1) / under)
    return list(RandomUnderSampler(sampling_strategy={0: keep}, random_state=seed).fit_resample(rows, labels))


# %% bonus-combine | right | undersamples by hand
def combine(X, y, over, under, seed):
    rows, labels = SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    few = labels[labels == 1]
    many = labels[labels == 0].sample(n=int(len(few) / under), random_state=seed)
    keep = pd.concat([few, many])
    return rows.loc[keep.index], keep


# %% bonus-combine | right | the other way round, with ratios that give the same counts
def combine(X, y, over, under, seed):
    made = int(over * np.sum(y == 0))
    rows, labels = RandomUnderSampler(sampling_strategy={0: int(made / under)}, random_state=seed).fit_resample(X, y)
    return SMOTE(sampling_strategy={1: made}, random_state=seed).fit_resample(rows, labels)


# %% bonus-combine | right | a loop over the samplers
def combine(X, y, over, under, seed):
    for sampler in (
        SMOTE(sampling_strategy=over, random_state=seed),
        RandomUnderSampler(sampling_strategy=under, random_state=seed),
    ):
        X, y = sampler.fit_resample(X, y)
    return X.to_numpy(), y.tolist()


# %% bonus-combine | right | a dict of counts, one row fewer each
def combine(X, y, over, under, seed):
    positives = int(over * (y == 0).sum()) - 1
    X, y = SMOTE(sampling_strategy={1: positives}, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy={0: int(positives / under)}, random_state=seed).fit_resample(X, y)


# %% bonus-combine | wrong | the two ratios swapped | 0 | Are the two ratios swapped
def combine(X, y, over, under, seed):
    X, y = SMOTE(sampling_strategy=under, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=over, random_state=seed).fit_resample(X, y)


# %% bonus-combine | wrong | undersamples first to the ratio of the second step | 0 | SMOTE comes first
def combine(X, y, over, under, seed):
    X, y = RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)
    return SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)


# %% bonus-combine | wrong | undersamples first to the ratio of the first step | 0 | It undersamples first
def combine(X, y, over, under, seed):
    X, y = RandomUnderSampler(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return SMOTE(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% bonus-combine | wrong | one step only | 0 | undersampling, is missing
def combine(X, y, over, under, seed):
    return SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)


# %% bonus-combine | wrong | the second step works on what came in | 0 | SMOTE, is missing
def combine(X, y, over, under, seed):
    SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% bonus-combine | wrong | copies | 0 | The new positives are copies
from imblearn.over_sampling import RandomOverSampler


def combine(X, y, over, under, seed):
    X, y = RandomOverSampler(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% bonus-combine | wrong | the ratio without its name | 0 | take their ratio by its name
def combine(X, y, over, under, seed):
    X, y = SMOTE(over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(under, random_state=seed).fit_resample(X, y)


# %% bonus-combine | wrong | labels first | 0 | Are the two in this order
def combine(X, y, over, under, seed):
    X, y = SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)[::-1]


# %% bonus-combine | wrong | two positives too many | 0 | positives came out
def combine(X, y, over, under, seed):
    positives = int(over * (y == 0).sum()) + 2
    X, y = SMOTE(sampling_strategy={1: positives}, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% bonus-combine | wrong | no seed for SMOTE | 0 | with the same seed, SMOTE gives other rows
def combine(X, y, over, under, seed):
    X, y = SMOTE(sampling_strategy=over).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=seed).fit_resample(X, y)


# %% bonus-combine | wrong | a fixed seed for undersampling | 0 | with another seed, the undersampling gives the same rows
def combine(X, y, over, under, seed):
    X, y = SMOTE(sampling_strategy=over, random_state=seed).fit_resample(X, y)
    return RandomUnderSampler(sampling_strategy=under, random_state=1).fit_resample(X, y)


# %% bonus-combine | right | undersampled first, to counts that end the same
def combine(X, y, over, under, seed):
    left = int(over * (y == 0).sum() / under)
    fewer = RandomUnderSampler(sampling_strategy={0: left, 1: int(y.sum())}, random_state=seed)
    return SMOTE(sampling_strategy=under, random_state=seed).fit_resample(*fewer.fit_resample(X, y))


# %% bonus-corrected-interval | right | by the formula
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.sqrt((1 / k + n_test / n_train) * np.var(differences, ddof=1))
    return np.mean(differences) - half, np.mean(differences) + half


# %% bonus-corrected-interval | right | the course's function
def interval(differences, n_train, n_test):
    found = scoreboard.corrected_interval(differences, n_train=n_train, n_test=n_test)
    return [found.low, found.high]


# %% bonus-corrected-interval | right | Student's interval of SciPy, as an array
def interval(differences, n_train, n_test):
    d = pd.Series(differences)
    scale = d.std() * (1 / d.size + n_test / n_train) ** 0.5
    return np.array(t.interval(0.95, d.size - 1, loc=d.mean(), scale=scale))


# %% bonus-corrected-interval | wrong | the mean and half the width | 0 | Those are the mean and half the width
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / n_train)
    return np.mean(differences), half


# %% bonus-corrected-interval | wrong | test rows over all rows | 0 | It divides by all rows
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / (n_test + n_train))
    return np.mean(differences) - half, np.mean(differences) + half


# %% bonus-corrected-interval | wrong | naive interval | 0 | That's the naive interval
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.std(differences, ddof=1) / np.sqrt(k)
    return np.mean(differences) - half, np.mean(differences) + half


# %% bonus-corrected-interval | wrong | naive with 1.96 | 0 | use t instead of 1.96
def interval(differences, n_train, n_test):
    half = 1.96 * np.std(differences, ddof=1) / np.sqrt(len(differences))
    return np.mean(differences) - half, np.mean(differences) + half


# %% bonus-corrected-interval | wrong | training over test | 0 | The ratio is inverted
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_train / n_test)
    return np.mean(differences) - half, np.mean(differences) + half


# %% bonus-corrected-interval | wrong | variance divided by k | 0 | divides by k - 1
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.std(differences) * np.sqrt(1 / k + n_test / n_train)
    return np.mean(differences) - half, np.mean(differences) + half


# %% bonus-corrected-interval | wrong | 1.96 for t | 0 | That uses 1.96
def interval(differences, n_train, n_test):
    k = len(differences)
    half = 1.96 * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / n_train)
    return np.mean(differences) - half, np.mean(differences) + half


# %% bonus-corrected-interval | wrong | k degrees of freedom | 0 | There are k - 1
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / n_train)
    return np.mean(differences) - half, np.mean(differences) + half


# %% bonus-corrected-interval | wrong | 95% point | 0 | not 0.95
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.95, k - 1) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / n_train)
    return np.mean(differences) - half, np.mean(differences) + half


# %% bonus-corrected-interval | wrong | no root | 0 | The root is missing
def interval(differences, n_train, n_test):
    k = len(differences)
    half = t.ppf(0.975, k - 1) * np.std(differences, ddof=1) * (1 / k + n_test / n_train)
    return np.mean(differences) - half, np.mean(differences) + half


# %% bonus-corrected-interval | wrong | mean, low and high | 0 | Return only low and high
def interval(differences, n_train, n_test):
    return scoreboard.corrected_interval(differences, n_train=n_train, n_test=n_test)


# %% bonus-corrected-interval | wrong | half the width | 0 | That's half the width
def interval(differences, n_train, n_test):
    k = len(differences)
    return t.ppf(0.975, k - 1) * np.std(differences, ddof=1) * np.sqrt(1 / k + n_test / n_train)


# %% bonus-corrected-interval | right | just near enough
def interval(differences, n_train, n_test):
    low, high = t.interval(0.95, len(differences) - 1)
    half = np.std(differences, ddof=1) * np.sqrt(1 / len(differences) + n_test / n_train)
    return np.mean(differences) + low * half + 0.019, np.mean(differences) + high * half


# %% bonus-corrected-interval | wrong | just too far off | 0 | it should be two numbers, low and high
def interval(differences, n_train, n_test):
    low, high = t.interval(0.95, len(differences) - 1)
    half = np.std(differences, ddof=1) * np.sqrt(1 / len(differences) + n_test / n_train)
    return np.mean(differences) + low * half + 0.021, np.mean(differences) + high * half


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

# %% find-the-bug | wrong | weights swapped | 0 | Now the negatives count twice

model = make_pipeline(StandardScaler(), SMOTE(random_state=1), LogisticRegression(class_weight={0: 99, 1: 1}))
flags = model.fit(X_train, y_train).predict(X_test)
precision_of_equal, recall_of_equal = precision_score(y_test, flags), recall_score(y_test, flags)

# %% find-the-bug | wrong | neither | 0 | Keep SMOTE

flags = make_pipeline(StandardScaler(), LogisticRegression()).fit(X_train, y_train).predict(X_test)
precision_of_equal, recall_of_equal = precision_score(y_test, flags), recall_score(y_test, flags)

# %% find-the-bug | wrong | weights, no SMOTE | 0 | with weights and without SMOTE
flags = make_pipeline(StandardScaler(), LogisticRegression(class_weight={0: 1, 1: 99})).fit(X_train, y_train)
flags = flags.predict(X_test)
precision_of_equal, recall_of_equal = precision_score(y_test, flags), recall_score(y_test, flags)

# %% find-the-bug | wrong | judged on the training rows | 0 | That's on the training rows
flags = make_pipeline(StandardScaler(), SMOTE(random_state=1), LogisticRegression()).fit(X_train, y_train)
flags = flags.predict(X_train)
precision_of_equal, recall_of_equal = precision_score(y_train, flags), recall_score(y_train, flags)


# %% find-the-bug | wrong | balanced weights, no SMOTE | 0 | with balanced weights and without SMOTE
flags = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced")).fit(X_train, y_train)
flags = flags.predict(X_test)
precision_of_equal, recall_of_equal = precision_score(y_test, flags), recall_score(y_test, flags)


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

# %% find-the-bug-ratio | wrong | best of many without a fresh test set | 0 | Report the chosen one on the test half
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

# %% before-1 | right | lower case
before_1 = "c"

# %% before-1 | right | upper case
before_1 = "C"

# %% before-1 | right | with a bracket
before_1 = " c) "

# %% before-1 | wrong | all rows before the folds | 0 | Points made from a test row's neighbors then leak
before_1 = "a"

# %% before-1 | wrong | the test folds | 0 | A sampler changes nothing when the pipeline predicts
before_1 = "b"

# %% before-1 | wrong | boosting | 0 | That describes boosting
before_1 = "d"

# %% before-2 | right | lower case
before_2 = "a"

# %% before-2 | right | with a full stop
before_2 = "a."

# %% before-2 | right | in brackets
before_2 = "(A)"

# %% before-2 | wrong | a tenth | 0 | A tenth would need odds of 9
before_2 = "b"

# %% before-2 | wrong | as in the training set | 0 | That holds in the 1:1 training set
before_2 = "c"

# %% before-2 | wrong | the complement | 0 | That's the probability of an honest payment
before_2 = "d"

# %% quick-check-1 | right | lower case
answer_1 = "d"

# %% quick-check-1 | right | upper case
answer_1 = "D"

# %% quick-check-1 | right | with a bracket
answer_1 = " d) "

# %% quick-check-1 | wrong | exactly the ratio | 0 | it aims at no ratio
answer_1 = "a"

# %% quick-check-1 | wrong | cleans until equal | 0 | looks at neighbors, not at counts
answer_1 = "b"

# %% quick-check-1 | wrong | removes what was added | 0 | removes only a part of them
answer_1 = "c"

# %% quick-check-2 | right | lower case
answer_2 = "b"

# %% quick-check-2 | right | with a full stop
answer_2 = "b."

# %% quick-check-2 | right | in brackets
answer_2 = "(B)"

# %% quick-check-2 | wrong | not seen is not there | 0 | Not seen isn't ruled out
answer_2 = "a"

# %% quick-check-2 | wrong | more repeats | 0 | Repeats use the same rows again
answer_2 = "c"

# %% quick-check-2 | wrong | a mean taken for a gain | 0 | the largest is partly luck
answer_2 = "d"


# %% bonus-own-combination | right | results of another seed
own_steps = [SMOTE(sampling_strategy=0.1, random_state=2), LogisticRegression(max_iter=1000)]
model = make_pipeline(
    datasets.transactions_preprocessor(),
    SMOTE(sampling_strategy=0.1, random_state=1),
    LogisticRegression(max_iter=1000),
)
own_results = scoreboard.evaluate("mine", model, payments, is_fraud)
rival = logistic.query("strategy == @PLAIN and fold < 5")
found = scoreboard.difference(pd.concat([own_results, rival]), "mine", PLAIN, "cost")
own_verdict = "better" if found.high < 0 else "worse" if found.low > 0 else "undecided"


# %% bonus-own-combination | wrong | results of another ratio | 0 | Were they made with it
own_steps = [SMOTE(sampling_strategy=0.2, random_state=1), LogisticRegression(max_iter=1000)]
model = make_pipeline(
    datasets.transactions_preprocessor(),
    SMOTE(sampling_strategy=0.03, random_state=1),
    LogisticRegression(max_iter=1000),
)
own_results = scoreboard.evaluate("mine", model, payments, is_fraud)
rival = logistic.query("strategy == @PLAIN and fold < 5")
found = scoreboard.difference(pd.concat([own_results, rival]), "mine", PLAIN, "cost")
own_verdict = "better" if found.high < 0 else "worse" if found.low > 0 else "undecided"
