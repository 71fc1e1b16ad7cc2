# Known answers of lesson 5. One cell each, in place of the task's answer cell:
#     task | right | name
#     task | wrong | name | points it earns | part of the message it gets

# %% bonus-random-oversampling | right | library with a float
strategy_quarter = 0.25
counts_quarter = {0: 9900, 1: 2475}
times_each = 24.75


def oversample(X, y, per_minority):
    return RandomOverSampler(sampling_strategy=1 / per_minority, random_state=0).fit_resample(X, y)


# %% bonus-random-oversampling | right | library with a dict, arrays, and a Series of counts
strategy_quarter = np.float64(1) / 4


def oversample(X, y, per_minority):
    wanted = int((y == 0).sum() / per_minority)
    return list(RandomOverSampler(sampling_strategy={1: wanted}).fit_resample(X.to_numpy(), y.to_numpy()))


counts_quarter = pd.Series(oversample(X, y, 4)[1]).value_counts()
times_each = counts_quarter[1] / 100

# %% bonus-random-oversampling | right | by hand with pandas, and a Counter
from collections import Counter

strategy_quarter = 2475 / 9900


def oversample(X, y, per_minority):
    few = y[y == 1]
    wanted = round((y == 0).sum() / per_minority)
    more = few.sample(n=wanted - len(few), replace=True, random_state=1).index
    return pd.concat([X, X.loc[more]]), pd.concat([y, y.loc[more]])


counts_quarter = Counter(oversample(X, y, 4)[1].tolist())
times_each = np.array([24.75])


# %% bonus-random-oversampling | right | every row equally often, as near as can be
strategy_quarter, counts_quarter, times_each = 1 / 4, {0: 9_900, 1: 2_475}, 2475 / 100


def oversample(X, y, per_minority):
    few = np.flatnonzero(y == 1)
    rows = np.concatenate([np.flatnonzero(y == 0), np.resize(few, int((y == 0).sum() // per_minority))])
    return X.iloc[rows], y.iloc[rows]


# %% bonus-random-oversampling | right | truncated, so a row short where it is uneven
strategy_quarter = 0.25
counts_quarter = {0: 9900, 1: 2475}
times_each = 24.75


def oversample(X, y, per_minority):
    n = int((y == 0).sum() / per_minority)
    return RandomOverSampler(sampling_strategy={1: n}, random_state=0).fit_resample(X, y)


# %% bonus-random-oversampling | wrong | ratio upside down | 0 | That's the ratio the other way around
strategy_quarter = 4
counts_quarter = {0: 9900, 1: 2475}
times_each = 24.75


def oversample(X, y, per_minority):
    return RandomOverSampler(sampling_strategy=float(per_minority), random_state=1).fit_resample(X, y)


# %% bonus-random-oversampling | wrong | share for ratio | 0 | That makes the number a share of all rows
strategy_quarter = 0.2
counts_quarter = {0: 9900, 1: 3300}
times_each = 24.75


def oversample(X, y, per_minority):
    wanted = int((y == 0).sum() / (per_minority - 1)) if per_minority > 1 else 1000
    return RandomOverSampler(sampling_strategy={1: wanted}, random_state=1).fit_resample(X, y)


# %% bonus-random-oversampling | wrong | always 1:1 | 0 | Both classes have the same number of rows
strategy_quarter = 0.25
counts_quarter = {0: 9900, 1: 9900}
times_each = 24.75


def oversample(X, y, per_minority):
    return RandomOverSampler(random_state=1).fit_resample(X, y)


# %% bonus-random-oversampling | wrong | returns what came in | 0 | No row was added
strategy_quarter = 0.25
counts_quarter = {0: 9900, 1: 100}
times_each = 24.75


def oversample(X, y, per_minority):
    RandomOverSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)
    return X, y


# %% bonus-random-oversampling | wrong | undersampled | 0 | Oversampling drops nothing
from imblearn.under_sampling import RandomUnderSampler

strategy_quarter = 0.25
counts_quarter = {0: 400, 1: 100}
times_each = 4


def oversample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)


# %% bonus-random-oversampling | wrong | jittered | 0 | The task asks for copies, not for new points
strategy_quarter, counts_quarter, times_each = 0.25, {0: 9900, 1: 2475}, 24.75


def oversample(X, y, per_minority):
    sampler = RandomOverSampler(sampling_strategy=1 / per_minority, shrinkage=0.2, random_state=1)
    return sampler.fit_resample(X, y)


# %% bonus-random-oversampling | wrong | copies of one row | 0 | All copies are of a single row
strategy_quarter, counts_quarter, times_each = 0.25, {0: 9900, 1: 2475}, 23.75


def oversample(X, y, per_minority):
    first = y.index[y == 1][:1]
    more = first.repeat(round((y == 0).sum() / per_minority) - (y == 1).sum())
    return pd.concat([X, X.loc[more]]), pd.concat([y, y.loc[more]])


# %% bonus-random-oversampling | wrong | the drawn rows without the row itself | 0 | minority rows are gone
strategy_quarter, counts_quarter, times_each = 0.25, {0: 9900, 1: 2475}, 24.75


def oversample(X, y, per_minority):
    half = y.index[y == 1][:9]
    wanted = round((y == 0).sum() / per_minority)
    more = np.resize(half, wanted)
    rows = y.index[y == 0].append(pd.Index(more))
    return X.loc[rows], y.loc[rows]


# %% bonus-random-oversampling | wrong | labels first | 0 | Return the rows first
strategy_quarter, counts_quarter, times_each = 0.25, {0: 9900, 1: 2475}, 24.75


def oversample(X, y, per_minority):
    return RandomOverSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)[::-1]


# %% bonus-random-oversampling | wrong | counts of the copies alone | 0 | These are only the copies
strategy_quarter, counts_quarter, times_each = 0.25, {0: 9900, 1: 2375}, 24.75


def oversample(X, y, per_minority):
    return RandomOverSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)


# %% bonus-random-oversampling | wrong | share of all rows everywhere | 0 | so the number was taken for a share of all rows
strategy_quarter = 0.2
counts_quarter = {0: 8000, 1: 2000}
times_each = 20


def oversample(X, y, per_minority):
    return RandomOverSampler(sampling_strategy=1 / (per_minority + 1), random_state=1).fit_resample(X, y)


# %% bonus-random-oversampling | wrong | always a quarter | 0 | The task asks for 1
strategy_quarter, counts_quarter, times_each = 0.25, {0: 9900, 1: 2475}, 24.75


def oversample(X, y, per_minority):
    return RandomOverSampler(sampling_strategy=0.25, random_state=1).fit_resample(X, y)


# %% bonus-random-oversampling | wrong | the added rows alone | 0 | Return all rows, not only the added ones
strategy_quarter, counts_quarter, times_each = 0.25, {0: 9900, 1: 2475}, 24.75


def oversample(X, y, per_minority):
    more_X, more_y = RandomOverSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)
    return more_X.iloc[len(X) :], more_y.iloc[len(X) :]


# %% bonus-random-oversampling | wrong | three minority rows too many | 0 | The task asks for 0.25
strategy_quarter = 0.25
counts_quarter = {0: 9900, 1: 2475}
times_each = 24.75


def oversample(X, y, per_minority):
    n = round((y == 0).sum() / per_minority) + 3
    return RandomOverSampler(sampling_strategy={1: n}, random_state=0).fit_resample(X, y)


# %% bonus-random-oversampling | wrong | one majority row added, an average rounded | 0 | That's rounded to one decimal
strategy_quarter = 0.25
counts_quarter = {0: 9900, 1: 2475}
times_each = 24.8


def oversample(X, y, per_minority):
    n = round((y == 0).sum() / per_minority)
    X_new, y_new = RandomOverSampler(sampling_strategy={1: n}, random_state=0).fit_resample(X, y)
    first = y[y == 0].index[:1]
    return pd.concat([X_new, X.loc[first]]), pd.concat([y_new, y.loc[first]])


# %% bonus-random-oversampling | wrong | one copy more | 0 | The task asks for
def oversample(X, y, per_minority):
    rows = {1: int((y == 0).sum()) // per_minority + 1}
    return RandomOverSampler(sampling_strategy=rows, random_state=1).fit_resample(X, y)


strategy_quarter, counts_quarter, times_each = 0.25, {0: 9_900, 1: 2_475}, 24.75


# %% bonus-random-oversampling | right | int(), as the numbers are whole
def oversample(X, y, per_minority):
    return RandomOverSampler(sampling_strategy=1 / int(per_minority), random_state=1).fit_resample(X, y)


strategy_quarter, counts_quarter, times_each = 0.25, {0: 9_900, 1: 2_475}, 24.75


# %% bonus-random-oversampling | wrong | two copies more | 0 | The task asks for
def oversample(X, y, per_minority):
    rows = {1: int((y == 0).sum()) // per_minority + 2}
    return RandomOverSampler(sampling_strategy=rows, random_state=1).fit_resample(X, y)


strategy_quarter, counts_quarter, times_each = 0.25, {0: 9_900, 1: 2_475}, 24.75


# %% smote-by-hand | right | with NumPy
two_nearest = [1, 3]
new_point = np.array([4.25, 2.75])


def synthetic_point(points, labels, row, k, step):
    few = np.flatnonzero(labels == 1)
    order = few[np.argsort(((points[few] - points[row]) ** 2).sum(axis=1))]
    return (1 - step) * points[row] + step * points[order[k]]


# %% smote-by-hand | right | with the library's neighbours, a tuple and a Series
two_nearest = (1, 3)
new_point = pd.Series({"feature_1": 4.25, "feature_2": 2.75})


def synthetic_point(points, labels, row, k, step):
    others = np.array([i for i in range(len(points)) if labels[i] == 1 and i != row])
    search = sklearn.neighbors.NearestNeighbors(n_neighbors=k).fit(points[others])
    neighbor = others[search.kneighbors(points[[row]], return_distance=False)[0, -1]]
    return points[[row]] + step * (points[[neighbor]] - points[[row]])


# %% smote-by-hand | right | the given lines and two more
two_nearest, new_point = [1, 3], [4.25, 2.75]


def synthetic_point(points, labels, row, k, step):
    others = [i for i in np.flatnonzero(labels == 1) if i != row]
    distances = np.linalg.norm(points[others] - points[row], axis=1)
    ranked = pd.Series(distances, index=others).sort_values().index
    return (1 - step) * points[row] + step * points[ranked[k - 1]]


# %% smote-by-hand | right | plain Python, a list
two_nearest = np.array([1, 3])
new_point = [4 + 0.25 * (5 - 4), 2 + 0.25 * (5 - 2)]


def synthetic_point(points, labels, row, k, step):
    here = points[row]
    others = [p for i, p in enumerate(points) if i != row and labels[i] == 1]
    others.sort(key=lambda p: (p[0] - here[0]) ** 2 + (p[1] - here[1]) ** 2)
    return [here[j] + step * (others[k - 1][j] - here[j]) for j in (0, 1)]


# %% smote-by-hand | right | shape (1, 2) as kneighbors returns it
positions = np.where(six["target"] == 1)[0]
pts = six[["feature_1", "feature_2"]].to_numpy()
from sklearn.neighbors import NearestNeighbors

near = NearestNeighbors(n_neighbors=3).fit(pts[positions]).kneighbors(pts[[2]], return_distance=False)
two_nearest = positions[near[:, 1:]]
new_point = pts[[2]] + 0.25 * (pts[two_nearest[:, 1]] - pts[[2]])


def synthetic_point(points, labels, row, k, step):
    few = np.flatnonzero(labels == 1)
    near = NearestNeighbors(n_neighbors=k + 1).fit(points[few]).kneighbors(points[[row]], return_distance=False)
    return (1 - step) * points[row] + step * points[few[near[0, k]]]


# %% smote-by-hand | right | rounded to three decimals, math.dist
from math import dist

two_nearest = (1, 3)
new_point = {"x": 4.25, "y": 2.75}.values()
new_point = list(new_point)


def synthetic_point(points, labels, row, k, step):
    here = points[row]
    others = sorted((dist(here, p), i) for i, p in enumerate(points) if labels[i] and i != row)
    there = points[others[k - 1][1]]
    return [round(float(a + step * (b - a)), 3) for a, b in zip(here, there)]


# %% smote-by-hand | wrong | interpolating between classes | 0 | That's interpolating between classes
two_nearest = [4, 5]
new_point = [3.8, 2.35]


def synthetic_point(points, labels, row, k, step):
    distances = np.linalg.norm(points - points[row], axis=1)
    neighbor = points[np.argsort(distances)[k]]
    return points[row] + step * (neighbor - points[row])


# %% smote-by-hand | wrong | the row as its own neighbor | 1.25 | The row itself was counted as its nearest neighbor
two_nearest = [2, 1]
new_point = [4.25, 2.75]


def synthetic_point(points, labels, row, k, step):
    few = np.flatnonzero(labels == 1)
    order = few[np.argsort(np.linalg.norm(points[few] - points[row], axis=1))]
    return points[row] + step * (points[order[k - 1]] - points[row])


# %% smote-by-hand | wrong | from the neighbor | 1.25 | Start at the row
two_nearest = [1, 3]
new_point = [4.75, 4.25]


def synthetic_point(points, labels, row, k, step):
    few = np.flatnonzero(labels == 1)
    neighbor = points[few[np.argsort(np.linalg.norm(points[few] - points[row], axis=1))[k]]]
    return neighbor + step * (points[row] - neighbor)


# %% smote-by-hand | wrong | the step alone | 1.25 | That's only the step
two_nearest = [1, 3]
new_point = [0.25, 0.75]


def synthetic_point(points, labels, row, k, step):
    few = np.flatnonzero(labels == 1)
    neighbor = points[few[np.argsort(np.linalg.norm(points[few] - points[row], axis=1))[k]]]
    return step * (neighbor - points[row])


# %% smote-by-hand | wrong | nearest whatever k | 1.25 | whatever k says
two_nearest = [1, 3]
new_point = [3.5, 2.25]


def synthetic_point(points, labels, row, k, step):
    few = np.flatnonzero(labels == 1)
    neighbor = points[few[np.argsort(np.linalg.norm(points[few] - points[row], axis=1))[1]]]
    return points[row] + step * (neighbor - points[row])


# %% smote-by-hand | wrong | away from the neighbor | 1.25 | You went away from the neighbor
two_nearest = [1, 3]
new_point = [3.75, 1.25]


def synthetic_point(points, labels, row, k, step):
    few = np.flatnonzero(labels == 1)
    neighbor = points[few[np.argsort(np.linalg.norm(points[few] - points[row], axis=1))[k]]]
    return points[row] + step * (points[row] - neighbor)


# %% smote-by-hand | wrong | always the middle | 1.25 | whatever `step` says
two_nearest = [1, 3]
new_point = [4.5, 3.5]


def synthetic_point(points, labels, row, k, step):
    few = np.flatnonzero(labels == 1)
    neighbor = points[few[np.argsort(np.linalg.norm(points[few] - points[row], axis=1))[k]]]
    return (points[row] + neighbor) / 2


# %% smote-by-hand | wrong | wrong order, counts from 0 | 1.25 | in the wrong order
two_nearest = [3, 1]
new_point = [4.25, 2.75]


def synthetic_point(points, labels, row, k, step):
    others = [i for i in np.flatnonzero(labels == 1) if i != row]
    neighbor = points[others[np.argsort(np.linalg.norm(points[others] - points[row], axis=1))[k]]]
    return points[row] + step * (neighbor - points[row])


# %% smote-by-hand | wrong | places among the minority for row numbers | 2.5 | Look the number up in that list
two_nearest = [1, 3]
new_point = [4.25, 2.75]


def synthetic_point(points, labels, row, k, step):
    others = [i for i in np.flatnonzero(labels == 1) if i != row]
    order = np.argsort(np.linalg.norm(points[others] - points[row], axis=1))
    return points[row] + step * (points[order[k - 1]] - points[row])


# %% smote-by-hand | wrong | city-block distances | 2.5 | city-block
two_nearest = [1, 3]
new_point = [4.25, 2.75]


def synthetic_point(points, labels, row, k, step):
    others = [i for i in np.flatnonzero(labels == 1) if i != row]
    d = np.abs(points[others] - points[row]).sum(axis=1)
    return points[row] + step * (points[others[np.argsort(d)[k - 1]]] - points[row])


# %% smote-by-hand | wrong | a step of its own | 2.5 | synthetic_point
two_nearest = [1, 3]
new_point = [4.25, 2.75]


def synthetic_point(points, labels, row, k, step):
    others = [i for i in np.flatnonzero(labels == 1) if i != row]
    d = np.linalg.norm(points[others] - points[row], axis=1)
    return points[row] + np.random.rand() * (points[others[np.argsort(d)[k - 1]]] - points[row])


# %% smote-by-hand | right | just near enough
def synthetic_point(points, labels, row, k, step):
    others = np.array([i for i in np.flatnonzero(labels == 1) if i != row])
    near = others[np.argsort(np.linalg.norm(points[others] - points[row], axis=1))[k - 1]]
    return points[row] + step * (points[near] - points[row]) + 5e-4


two_nearest, new_point = [1, 3], [4.25 + 5e-4, 2.75]


# %% smote-by-hand | wrong | just too far off | 1.25 | differ
def synthetic_point(points, labels, row, k, step):
    others = np.array([i for i in np.flatnonzero(labels == 1) if i != row])
    near = others[np.argsort(np.linalg.norm(points[others] - points[row], axis=1))[k - 1]]
    return points[row] + step * (points[near] - points[row]) + 7e-4


two_nearest, new_point = [1, 3], [4.25 + 7e-4, 2.75]


# %% bonus-smote-counts | right | library and formula
counts_smote = SMOTE(sampling_strategy=0.2, random_state=1).fit_resample(X, y)[1].value_counts().to_dict()
new_points = counts_smote[1] - 100


def largest_k(positives, n_splits):
    return positives - -(-positives // n_splits) - 1


# %% bonus-smote-counts | right | by reckoning, a Series, divmod
counts_smote = pd.Series([9900, int(0.2 * 9900)])
new_points = 1880.0


def largest_k(positives, n_splits):
    each, rest = divmod(positives, n_splits)
    return positives - each - (1 if rest else 0) - 1


# %% bonus-smote-counts | right | by splitting
counts_smote = {0: 9900, 1: 1980}
new_points = np.int64(1880)


def largest_k(positives, n_splits):
    labels = np.repeat([1, 0], [positives, 5 * positives])
    parts = StratifiedKFold(n_splits=n_splits).split(np.zeros((len(labels), 1)), labels)
    return min(labels[train].sum() for train, _ in parts) - 1


# %% bonus-smote-counts | wrong | counts of the worked example | 0 | These are the counts at the ratio 0.5
counts_smote = {0: 9900, 1: 4950}
new_points = 4850


def largest_k(positives, n_splits):
    return positives - int(np.ceil(positives / n_splits)) - 1


# %% bonus-smote-counts | wrong | counts before | 0 | These are the counts before SMOTE
counts_smote = {0: 9900, 1: 100}
new_points = 1880


def largest_k(positives, n_splits):
    return positives - int(np.ceil(positives / n_splits)) - 1


# %% bonus-smote-counts | wrong | rounded to the nearest | 0 | That rounds to the nearest
counts_smote = {0: 9900, 1: 1980}
new_points = 1880


def largest_k(positives, n_splits):
    return round(positives - positives / n_splits) - 1


# %% bonus-smote-counts | wrong | all minority rows counted as new | 0 | Subtract the 100 that were there before
counts_smote = {0: 9900, 1: 1980}
new_points = 1980


def largest_k(positives, n_splits):
    return positives - int(np.ceil(positives / n_splits))


# %% bonus-smote-counts | wrong | the whole set's positives | 0 | A fold's training rows have fewer
counts_smote = {0: 9900, 1: 1980}
new_points = 1880


def largest_k(positives, n_splits):
    return positives - 1


# %% bonus-smote-counts | wrong | rounded down | 0 | some have one less to train on
counts_smote = {0: 9900, 1: 1980}
new_points = 1880


def largest_k(positives, n_splits):
    return positives - positives // n_splits - 1


# %% bonus-smote-counts | wrong | ratio upside down, the test part | 0 | SMOTE sees the training rows
counts_smote = {0: 1980, 1: 9900}
new_points = 9800


def largest_k(positives, n_splits):
    return positives // n_splits


# %% bonus-smote-counts | wrong | a fifth of all rows | 0 | The ratio is minority rows over majority rows
counts_smote = {0: 9900, 1: 2475}
new_points = 1880


def largest_k(positives, n_splits):
    return positives * (n_splits - 1) / n_splits - 1


# %% bonus-smote-counts | wrong | the test part, a fifth of all rows | 0 | That's the number up to a fifth of all rows
counts_smote = {0: 9900, 1: 1980}
new_points = 2375


def largest_k(positives, n_splits):
    return positives // n_splits - 1


# %% inside-or-before | right | cross_val_score
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
why_higher = "c"


def three_scores(X, y):
    ap = {"cv": folds, "scoring": "average_precision"}
    more_X, more_y = SMOTE(random_state=1).fit_resample(X, y)
    return {
        "plain": cross_val_score(forest, X, y, **ap).mean(),
        "inside": cross_val_score(make_pipeline(SMOTE(random_state=1), forest), X, y, **ap).mean(),
        "before": cross_val_score(forest, more_X, more_y, **ap).mean(),
    }


# %% inside-or-before | wrong | a scaler in both pipelines | 4 | use only `smote` and `forest` here (step 2)
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
why_higher = "c"


def three_scores(X, y):
    return {
        "plain": mean_ap(forest, X, y),
        "inside": mean_ap(make_pipeline(StandardScaler(), smote, forest), X, y),
        "before": mean_ap(forest, *smote.fit_resample(X, y)),
    }


# %% inside-or-before | wrong | scaled before SMOTE, before the folds | 4 | use only `smote` and `forest` here (step 2)
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
why_higher = "c"


def three_scores(X, y):
    return {
        "plain": mean_ap(forest, X, y),
        "inside": mean_ap(make_pipeline(smote, forest), X, y),
        "before": mean_ap(forest, *smote.fit_resample(StandardScaler().fit_transform(X), y)),
    }


# %% inside-or-before | right | by loops over the folds
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
from sklearn.base import clone

why_higher = "C"


def three_scores(X, y):
    def mean(X, y, resample):
        reached = []
        for train, test in folds.split(X, y):
            rows, labels = X[train], y[train]
            if resample:
                rows, labels = SMOTE(random_state=1).fit_resample(rows, labels)
            scores = clone(forest).fit(rows, labels).predict_proba(X[test])[:, 1]
            reached.append(average_precision_score(y[test], scores))
        return np.mean(reached)

    before = SMOTE(random_state=1).fit_resample(X, y)
    return {"plain": mean(X, y, False), "inside": mean(X, y, True), "before": mean(*before, False)}


# %% inside-or-before | right | own objects, cross_validate, a Series
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
from imblearn.pipeline import Pipeline
from sklearn.model_selection import cross_validate

why_higher = "c)"


def three_scores(X, y):
    def mean(model, X, y):
        split = StratifiedKFold(5, shuffle=True, random_state=1)
        return cross_validate(model, X, y, cv=split, scoring="average_precision")["test_score"].mean()

    trees = RandomForestClassifier(6, random_state=1)
    inside = Pipeline([("more", SMOTE(sampling_strategy=1.0, random_state=1)), ("trees", trees)])
    return pd.Series(
        {
            "plain": mean(trees, X, y),
            "inside": mean(inside, X, y),
            "before": mean(trees, *SMOTE(random_state=1).fit_resample(X, y)),
        }
    )


# %% inside-or-before | wrong | the lesson's data, not the arguments | 2 | on `measures` and `noise`, whatever `X` and `y` are
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.9


def three_scores(X, y):
    return {
        "plain": mean_ap(forest, measures, noise),
        "inside": mean_ap(make_pipeline(smote, forest), measures, noise),
        "before": mean_ap(forest, *smote.fit_resample(measures, noise)),
    }


why_higher = "c"


# %% inside-or-before | wrong | SMOTE before the split, the balanced cross-validation score for all | 2 | The balanced cross-validation score isn't the honest one
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
why_higher = "b"


def three_scores(X, y):
    X, y = SMOTE(random_state=1).fit_resample(X, y)
    before = cross_val_score(forest, X, y, cv=folds, scoring="average_precision").mean()
    return {"plain": before, "inside": before, "before": before}


# %% inside-or-before | wrong | ROC AUC | 2 | That's the mean ROC AUC
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
why_higher = "c"


def three_scores(X, y):
    more_X, more_y = SMOTE(random_state=1).fit_resample(X, y)
    return {
        "plain": cross_val_score(forest, X, y, cv=folds, scoring="roc_auc").mean(),
        "inside": cross_val_score(
            make_pipeline(SMOTE(random_state=1), forest), X, y, cv=folds, scoring="roc_auc"
        ).mean(),
        "before": cross_val_score(forest, more_X, more_y, cv=folds, scoring="roc_auc").mean(),
    }


# %% inside-or-before | wrong | accuracy, and the prevalence alone | 1 | That's one of two causes
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
why_higher = "b"


def three_scores(X, y):
    more_X, more_y = SMOTE(random_state=1).fit_resample(X, y)
    return {
        "plain": cross_val_score(forest, X, y, cv=folds).mean(),
        "inside": cross_val_score(make_pipeline(SMOTE(random_state=1), forest), X, y, cv=folds).mean(),
        "before": cross_val_score(forest, more_X, more_y, cv=folds).mean(),
    }


# %% inside-or-before | wrong | copies instead of SMOTE | 3 | that's with copies of rows
forecast_plain, forecast_inside, forecast_before = 0, 0.01, 0.5


def three_scores(X, y):
    copier = RandomOverSampler(random_state=1)
    return {
        "plain": mean_ap(forest, X, y),
        "inside": mean_ap(make_pipeline(copier, forest), X, y),
        "before": mean_ap(forest, *copier.fit_resample(X, y)),
    }


why_higher = "c"

# %% inside-or-before | right | the pipeline on resampled rows, of which its SMOTE finds nothing to add
forecast_plain, forecast_inside, forecast_before = 0, 0.01, 0.5


def three_scores(X, y):
    both = make_pipeline(smote, forest)
    return {
        "plain": mean_ap(forest, X, y),
        "inside": mean_ap(both, X, y),
        "before": mean_ap(both, *smote.fit_resample(X, y)),
    }


why_higher = "c"

# %% inside-or-before | wrong | one of three scores on the lesson's data | 4 | on `measures` and `noise`, whatever
forecast_plain, forecast_inside, forecast_before = 0, 0.01, 0.5


def three_scores(X, y):
    return {
        "plain": mean_ap(forest, measures, noise),
        "inside": mean_ap(make_pipeline(smote, forest), X, y),
        "before": mean_ap(forest, *smote.fit_resample(X, y)),
    }


why_higher = "c"

# %% inside-or-before | wrong | inside and before swapped | 3 | Here, resample first
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
why_higher = "c"


def three_scores(X, y):
    ap = {"cv": folds, "scoring": "average_precision"}
    more_X, more_y = SMOTE(random_state=1).fit_resample(X, y)
    return {
        "plain": cross_val_score(forest, X, y, **ap).mean(),
        "before": cross_val_score(make_pipeline(SMOTE(random_state=1), forest), X, y, **ap).mean(),
        "inside": cross_val_score(forest, more_X, more_y, **ap).mean(),
    }


# %% inside-or-before | wrong | no SMOTE in the pipeline | 3 | Make SMOTE a step of the pipeline
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
why_higher = "a"


def three_scores(X, y):
    ap = {"cv": folds, "scoring": "average_precision"}
    more_X, more_y = SMOTE(random_state=1).fit_resample(X, y)
    return {
        "plain": cross_val_score(forest, X, y, **ap).mean(),
        "inside": cross_val_score(make_pipeline(forest), X, y, **ap).mean(),
        "before": cross_val_score(forest, more_X, more_y, **ap).mean(),
    }


# %% inside-or-before | wrong | scikit-learn's Pipeline | 2 | refuses a sampler
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
why_higher = "c"


def three_scores(X, y):
    inside = sklearn.pipeline.make_pipeline(SMOTE(random_state=1), forest).fit(X, y)
    return {"inside": inside}


# %% inside-or-before | wrong | scikit-learn's Pipeline in the cross-validation | 2 | so use make_pipeline of imblearn.pipeline
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
why_higher = "c"


def three_scores(X, y):
    inside = sklearn.pipeline.make_pipeline(SMOTE(random_state=1), forest)
    return {"inside": cross_val_score(inside, X, y, cv=folds, scoring="average_precision").mean()}


# %% inside-or-before | wrong | other folds | 2 | These are other folds than those of the setup cell
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
why_higher = "c"


def three_scores(X, y):
    ap = {"cv": 5, "scoring": "average_precision"}
    more_X, more_y = SMOTE(random_state=1).fit_resample(X, y)
    return {
        "plain": cross_val_score(forest, X, y, **ap).mean(),
        "inside": cross_val_score(make_pipeline(SMOTE(random_state=1), forest), X, y, **ap).mean(),
        "before": cross_val_score(forest, more_X, more_y, **ap).mean(),
    }


# %% inside-or-before | wrong | key missing | 4 | the dict has no key 'before'
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.5
why_higher = "c"


def three_scores(X, y):
    ap = {"cv": folds, "scoring": "average_precision"}
    return {
        "plain": cross_val_score(forest, X, y, **ap).mean(),
        "inside": cross_val_score(make_pipeline(SMOTE(random_state=1), forest), X, y, **ap).mean(),
    }


# %% bonus-corrected-risks | right | formula
def back_to_prevalence(risks, y_before, y_after):
    before, after = y_before.mean(), y_after.mean()
    factor = before / (1 - before) * (1 - after) / after
    return factor * risks / (factor * risks + 1 - risks)


mean_corrected = np.mean(back_to_prevalence(risks, y_before, y_after))


# %% bonus-corrected-risks | right | weights of the two classes, a list
def back_to_prevalence(risks, y_before, y_after):
    before, after = np.mean(y_before), np.mean(y_after)
    up, down = before / after, (1 - before) / (1 - after)
    return [risk * up / (risk * up + (1 - risk) * down) for risk in risks]


mean_corrected = float(sum(back_to_prevalence(risks, y_before, y_after))) / len(risks)


# %% bonus-corrected-risks | right | by the log of the odds, rounded
from scipy.special import expit, logit


def back_to_prevalence(risks, y_before, y_after):
    return pd.Series(expit(logit(risks) + logit(np.mean(y_before)) - logit(np.mean(y_after))))


mean_corrected = round(float(back_to_prevalence(risks, y_before, y_after).mean()), 4)


# %% bonus-corrected-risks | right | by the kept fraction of both classes
def back_to_prevalence(risks, y_before, y_after):
    ones = np.sum(y_before == 1) / np.sum(y_after == 1)
    zeros = np.sum(y_before == 0) / np.sum(y_after == 0)
    return ones * risks / (ones * risks + zeros * (1 - risks))


mean_corrected = back_to_prevalence(risks, y_before, y_after).mean()


# %% bonus-corrected-risks | right | three decimals, odds clipped
def back_to_prevalence(risks, y_before, y_after):
    b, a = y_before.mean(), y_after.mean()
    top = risks * b / a
    return np.round(top / (top + (1 - risks) * (1 - b) / (1 - a)), 3)


mean_corrected = float(np.mean(back_to_prevalence(np.asarray(risks), np.asarray(y_before), np.asarray(y_after))))
mean_corrected = round(mean_corrected, 3)


# %% bonus-corrected-risks | wrong | the formula of lesson 4 | 0 | No negative was dropped
def back_to_prevalence(risks, y_before, y_after):
    beta = np.sum(y_after == 0) / np.sum(y_before == 0)
    return beta * risks / (beta * risks - risks + 1)


mean_corrected = back_to_prevalence(risks, y_before, y_after).mean()


# %% bonus-corrected-risks | wrong | fixed prevalences | 0 | Take the means of `y_before` and `y_after`
def back_to_prevalence(risks, y_before, y_after):
    factor = (0.07 / 0.93) / (0.4 / 0.6)
    return factor * risks / (factor * risks + 1 - risks)


mean_corrected = back_to_prevalence(risks, y_before, y_after).mean()


# %% bonus-corrected-risks | wrong | the wrong way | 0 | It goes the wrong way
def back_to_prevalence(risks, y_before, y_after):
    before, after = np.mean(y_before), np.mean(y_after)
    factor = (after / (1 - after)) / (before / (1 - before))
    return factor * risks / (factor * risks + 1 - risks)


mean_corrected = back_to_prevalence(risks, y_before, y_after).mean()


# %% bonus-corrected-risks | wrong | prevalences for odds | 0 | Turn the prevalences into odds
def back_to_prevalence(risks, y_before, y_after):
    factor = np.mean(y_before) / np.mean(y_after)
    return factor * risks / (factor * risks + 1 - risks)


mean_corrected = back_to_prevalence(risks, y_before, y_after).mean()


# %% bonus-corrected-risks | wrong | scales the risk | 0 | It multiplies the risk by the ratio of prevalences
def back_to_prevalence(risks, y_before, y_after):
    return risks * np.mean(y_before) / np.mean(y_after)


mean_corrected = back_to_prevalence(risks, y_before, y_after).mean()


# %% bonus-corrected-risks | wrong | the risk times a ratio of odds | 0 | Multiply its odds, and turn them back into a risk
def back_to_prevalence(risks, y_before, y_after):
    before, after = np.mean(y_before), np.mean(y_after)
    return risks * (before / (1 - before)) / (after / (1 - after))


mean_corrected = back_to_prevalence(risks, y_before, y_after).mean()


# %% bonus-corrected-risks | wrong | odds | 0 | Turn them back into risks
def back_to_prevalence(risks, y_before, y_after):
    before, after = np.mean(y_before), np.mean(y_after)
    return risks / (1 - risks) * (before / (1 - before)) / (after / (1 - after))


mean_corrected = back_to_prevalence(risks, y_before, y_after).mean()


# %% bonus-corrected-risks | wrong | divides by 1 - risk in plain Python | 0 | Use a formula that has no division by 1 - risk
def back_to_prevalence(risks, y_before, y_after):
    before, after = np.mean(y_before), np.mean(y_after)
    factor = (before / (1 - before)) / (after / (1 - after))
    odds = [float(factor) * float(risk) / (1 - float(risk)) for risk in risks]
    return np.array([one / (1 + one) for one in odds])


mean_corrected = back_to_prevalence(risks, y_before, y_after).mean()


# %% bonus-corrected-risks | wrong | mean not corrected | 0 | That's the mean risk before the correction
def back_to_prevalence(risks, y_before, y_after):
    before, after = np.mean(y_before), np.mean(y_after)
    factor = (before / (1 - before)) / (after / (1 - after))
    return factor * risks / (factor * risks + 1 - risks)


mean_corrected = risks.mean()


# %% bonus-corrected-risks | wrong | divides by 1 - risk | 0 | a risk of 1, which has no odds
def back_to_prevalence(risks, y_before, y_after):
    before, after = np.mean(y_before), np.mean(y_after)
    odds = risks / (1 - risks) * (before / (1 - before)) / (after / (1 - after))
    return odds / (1 + odds)


mean_corrected = back_to_prevalence(risks, y_before, y_after).mean()


# %% bonus-corrected-risks | wrong | the prevalence for the mean | 0 | not the mean of the corrected risks
def back_to_prevalence(risks, y_before, y_after):
    before, after = np.mean(y_before), np.mean(y_after)
    factor = (before / (1 - before)) / (after / (1 - after))
    return factor * risks / (factor * risks + 1 - risks)


mean_corrected = y_test.mean()

# %% bonus-own-sampler | right | copies and neighbors
own_pipeline = make_pipeline(RandomOverSampler(sampling_strategy=0.2, random_state=1), KNeighborsClassifier(15))
own_score = cross_val_score(own_pipeline, signal_X, signal_y, cv=folds, scoring="average_precision").mean()

# %% bonus-own-sampler | right | ADASYN and regression, rounded
from imblearn.over_sampling import ADASYN

own_pipeline = make_pipeline(
    sklearn.preprocessing.StandardScaler(), ADASYN(random_state=3), LogisticRegression(class_weight=None)
).fit(signal_X, signal_y)
own_score = round(
    float(cross_val_score(own_pipeline, signal_X, signal_y, cv=folds, scoring="average_precision").mean()), 3
)

# %% bonus-own-sampler | right | SMOTE at another ratio, folds by hand
from imblearn.pipeline import Pipeline
from sklearn.base import clone

own_pipeline = Pipeline([("more", SMOTE(sampling_strategy=0.3, random_state=1)), ("model", KNeighborsClassifier(9))])
own_score = []
for train, test in folds.split(signal_X, signal_y):
    fitted = clone(own_pipeline).fit(signal_X[train], signal_y[train])
    own_score.append(average_precision_score(signal_y[test], fitted.predict_proba(signal_X[test])[:, 1]))
own_score = np.mean(own_score)

# %% bonus-own-sampler | wrong | the balanced cross-validation score | 0 | That's the balanced cross-validation score
own_pipeline = make_pipeline(SMOTE(sampling_strategy=0.5, random_state=1), KNeighborsClassifier(15))
more_X, more_y = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(signal_X, signal_y)
own_score = cross_val_score(KNeighborsClassifier(15), more_X, more_y, cv=folds, scoring="average_precision").mean()

# %% bonus-own-sampler | wrong | plain SMOTE | 0 | which the lesson has judged already
own_pipeline = make_pipeline(SMOTE(random_state=1), KNeighborsClassifier(15))
own_score = cross_val_score(own_pipeline, signal_X, signal_y, cv=folds, scoring="average_precision").mean()

# %% bonus-own-sampler | wrong | SMOTE before the split, no sampler in the pipeline | 0 | No step resamples
own_pipeline = make_pipeline(sklearn.preprocessing.StandardScaler(), KNeighborsClassifier(15))
own_score = cross_val_score(own_pipeline, signal_X, signal_y, cv=folds, scoring="average_precision").mean()

# %% bonus-own-sampler | wrong | no seed | 0 | The sampler has no seed
own_pipeline = make_pipeline(RandomOverSampler(sampling_strategy=0.2), KNeighborsClassifier(15))
own_score = cross_val_score(own_pipeline, signal_X, signal_y, cv=folds, scoring="average_precision").mean()

# %% bonus-own-sampler | wrong | an undersampler | 0 | one of imblearn.over_sampling
from imblearn.under_sampling import RandomUnderSampler

own_pipeline = make_pipeline(RandomUnderSampler(random_state=1), KNeighborsClassifier(15))
own_score = cross_val_score(own_pipeline, signal_X, signal_y, cv=folds, scoring="average_precision").mean()

# %% bonus-own-sampler | wrong | ROC AUC | 0 | That's the mean ROC AUC
own_pipeline = make_pipeline(RandomOverSampler(sampling_strategy=0.2, random_state=1), KNeighborsClassifier(15))
own_score = cross_val_score(own_pipeline, signal_X, signal_y, cv=folds, scoring="roc_auc").mean()


# %% bonus-own-sampler | wrong | plain SMOTE by another word | 0 | plain SMOTE to 1:1
own_pipeline = make_pipeline(SMOTE(sampling_strategy="not majority", random_state=1), KNeighborsClassifier(15))
own_score = ...

# %% bonus-own-sampler | wrong | balanced before the folds | 0 | That's the balanced cross-validation score
own_pipeline = make_pipeline(BorderlineSMOTE(random_state=1), KNeighborsClassifier(5))
own_score = mean_ap(KNeighborsClassifier(5), *BorderlineSMOTE(random_state=1).fit_resample(signal_X, signal_y))


# %% bonus-shrinkage | right | formula
def jitter(X, y, shrinkage):
    n, d = X.shape
    return shrinkage * (4 / ((d + 2) * n)) ** (1 / (d + 4)) * X[y == 1].std(axis=0)


# %% bonus-shrinkage | right | n - 1 below the bar, a list
def jitter(X, y, shrinkage):
    n, d = len(X), len(X[0])
    few = pd.DataFrame(X[y == 1])
    return [shrinkage * (4 / (d + 2) / n) ** (1 / (d + 4)) * few[j].std() for j in range(d)]


# %% bonus-shrinkage | right | measured on the library's own copies
def jitter(X, y, shrinkage):
    sampler = RandomOverSampler(sampling_strategy={1: 200_000}, shrinkage=shrinkage, random_state=1)
    new = sampler.fit_resample(X, y)[0][len(X) :]
    return (new - X[sampler.sample_indices_[len(X) :]]).std(axis=0)


# %% bonus-shrinkage | wrong | spread of all rows | 0 | Take the minority's
def jitter(X, y, shrinkage):
    n, d = X.shape
    return shrinkage * (4 / ((d + 2) * n)) ** (1 / (d + 4)) * X.std(axis=0)


# %% bonus-shrinkage | wrong | n of the minority | 0 | The library counts all rows
def jitter(X, y, shrinkage):
    n, d = X[y == 1].shape
    return shrinkage * (4 / ((d + 2) * n)) ** (1 / (d + 4)) * X[y == 1].std(axis=0)


# %% bonus-shrinkage | wrong | no power | 0 | the power 1 / (d + 4) is missing
def jitter(X, y, shrinkage):
    n, d = X.shape
    return shrinkage * 4 / ((d + 2) * n) * X[y == 1].std(axis=0)


# %% bonus-shrinkage | wrong | shrinkage times the spread | 0 | the factor that shrinks with the number of rows
def jitter(X, y, shrinkage):
    return shrinkage * X[y == 1].std(axis=0)


# %% bonus-shrinkage | wrong | one number for all | 0 | the scale of the features is missing
def jitter(X, y, shrinkage):
    n, d = X.shape
    return np.repeat(shrinkage * (4 / ((d + 2) * n)) ** (1 / (d + 4)), d)


# %% bonus-shrinkage | right | just near enough
def jitter(X, y, shrinkage):
    n, d = X.shape
    return 1.024 * shrinkage * (4 / ((d + 2) * n)) ** (1 / (d + 4)) * np.std(X[y == 1], axis=0)


# %% bonus-shrinkage | wrong | just too far off | 0 | it should be an array with one number per feature
def jitter(X, y, shrinkage):
    n, d = X.shape
    return 1.026 * shrinkage * (4 / ((d + 2) * n)) ** (1 / (d + 4)) * np.std(X[y == 1], axis=0)


# %% find-the-bug | right | split first
parts = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
many_X, many_y = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(parts[0], parts[2])
counts_after = many_y.value_counts().to_dict()
tested = KNeighborsClassifier(5).fit(many_X, many_y)
test_share = parts[3].mean()
test_ap = average_precision_score(parts[3], tested.predict_proba(parts[1])[:, 1])

# %% find-the-bug | right | as a pipeline, with a Counter
from collections import Counter

parts = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
sampler = SMOTE(sampling_strategy=0.5, random_state=1)
counts_after = Counter(sampler.fit_resample(parts[0], parts[2])[1])
scores = make_pipeline(sampler, KNeighborsClassifier(5)).fit(parts[0], parts[2]).predict_proba(parts[1])[:, 1]
test_share, test_ap = sum(parts[3]) / len(parts[3]), average_precision_score(parts[3], scores)

# %% find-the-bug | right | rounded, from row numbers
train, test = train_test_split(np.arange(len(y)), test_size=0.25, stratify=y, random_state=1)
many_X, many_y = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(X.iloc[train], y.iloc[train])
counts_after = pd.Series(np.bincount(many_y))
scores = KNeighborsClassifier(5).fit(many_X, many_y).predict_proba(X.iloc[test])[:, 1]
test_share = round(float(y.iloc[test].mean()), 3)
test_ap = round(float(average_precision_score(y.iloc[test], scores)), 3)

# %% find-the-bug | wrong | as it was: SMOTE before the split | 0 | Not fixed yet. SMOTE before the split
from collections import Counter

many_X, many_y = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
counts_after = Counter(y.tolist())
parts = train_test_split(many_X, many_y, test_size=0.25, stratify=many_y, random_state=1)
tested = KNeighborsClassifier(5).fit(parts[0], parts[2])
test_share = parts[3].mean()
test_ap = average_precision_score(parts[3], tested.predict_proba(parts[1])[:, 1])

# %% find-the-bug | wrong | only the counter fixed | 0 | It should see only the training rows
from collections import Counter

many_X, many_y = SMOTE(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
counts_after = Counter(many_y.tolist())
parts = train_test_split(many_X, many_y, test_size=0.25, stratify=many_y, random_state=1)
tested = KNeighborsClassifier(5).fit(parts[0], parts[2])
test_share = parts[3].mean()
test_ap = average_precision_score(parts[3], tested.predict_proba(parts[1])[:, 1])

# %% find-the-bug | wrong | the test part as well | 0 | You resampled the test set as well
parts = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
sampler = SMOTE(sampling_strategy=0.5, random_state=1)
many_X, many_y = sampler.fit_resample(parts[0], parts[2])
test_X, test_y = sampler.fit_resample(parts[1], parts[3])
counts_after = many_y.value_counts().to_dict()
test_share = test_y.mean()
test_ap = average_precision_score(test_y, KNeighborsClassifier(5).fit(many_X, many_y).predict_proba(test_X)[:, 1])

# %% find-the-bug | wrong | no SMOTE at all | 0 | the model trained without SMOTE
parts = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
counts_after = parts[2].value_counts().to_dict()
test_share = parts[3].mean()
fitted = KNeighborsClassifier(5).fit(parts[0], parts[2])
test_ap = average_precision_score(parts[3], fitted.predict_proba(parts[1])[:, 1])

# %% inside-or-before | right | every forecast wrong, with mean_ap of the setup
forecast_plain, forecast_inside, forecast_before = 0, 1, np.float64(0.008)
why_higher = " c."


def three_scores(X, y):
    more_X, more_y = smote.fit_resample(X, y)
    return dict(
        plain=mean_ap(forest, X, y),
        inside=mean_ap(make_pipeline(smote, forest), X, y),
        before=mean_ap(forest, more_X, more_y),
    )


# %% inside-or-before | wrong | a forecast in percent | 4.67 | A forecast of average precision is a number from 0 to 1
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 99
why_higher = "c"


def three_scores(X, y):
    return {
        "plain": mean_ap(forest, X, y),
        "inside": mean_ap(make_pipeline(smote, forest), X, y),
        "before": mean_ap(forest, *smote.fit_resample(X, y)),
    }


# %% inside-or-before | wrong | no forecasts | 4 | is still `...`
forecast_plain = forecast_inside = forecast_before = ...
why_higher = "c"


def three_scores(X, y):
    return {
        "plain": mean_ap(forest, X, y),
        "inside": mean_ap(make_pipeline(smote, forest), X, y),
        "before": mean_ap(forest, *smote.fit_resample(X, y)),
    }


# %% inside-or-before | wrong | more rows | 4 | More rows don't make a test easier by themselves
forecast_plain, forecast_inside, forecast_before = 0.01, 0.01, 0.99
why_higher = "d"


def three_scores(X, y):
    return {
        "plain": mean_ap(forest, X, y),
        "inside": mean_ap(make_pipeline(smote, forest), X, y),
        "before": mean_ap(forest, *smote.fit_resample(X, y)),
    }


# %% mixed-columns | right | SMOTENC by names
def oversample_shells(X, y, ratio):
    sampler = SMOTENC(["sex", "site"], sampling_strategy=ratio, random_state=0)
    return sampler.fit_resample(X, y)


# %% mixed-columns | right | SMOTENC by positions, other neighbors, as a list
def oversample_shells(X, y, ratio):
    sampler = SMOTENC(categorical_features=[3, 4], sampling_strategy=ratio, k_neighbors=3)
    return list(sampler.fit_resample(X, y))


# %% mixed-columns | right | auto, after making the site a category
def oversample_shells(X, y, ratio):
    typed = X.astype({"site": "category", "sex": "category"})
    new, labels = SMOTENC(categorical_features="auto", sampling_strategy=ratio, random_state=1).fit_resample(typed, y)
    return new.astype({"site": float}), labels.to_numpy()


# %% mixed-columns | right | scaled first and back again
def oversample_shells(X, y, ratio):
    numbers = ["length", "height", "shell_weight"]
    scaler = StandardScaler().fit(X[numbers])
    scaled = X.copy()
    scaled[numbers] = scaler.transform(X[numbers])
    new, labels = SMOTENC(["sex", "site"], sampling_strategy=ratio, random_state=1).fit_resample(scaled, y)
    new[numbers] = scaler.inverse_transform(new[numbers])
    return new, labels


# %% mixed-columns | wrong | scaled and not back again | 0 | The numbers aren't in mm and grams any more
def oversample_shells(X, y, ratio):
    numbers = ["length", "height", "shell_weight"]
    scaled = X.copy()
    scaled[numbers] = StandardScaler().fit_transform(X[numbers])
    return SMOTENC(["sex", "site"], sampling_strategy=ratio, random_state=1).fit_resample(scaled, y)


# %% mixed-columns | wrong | scaled by hand to 0 to 1 | 0 | The numbers aren't in mm and grams any more
def oversample_shells(X, y, ratio):
    numbers = ["length", "height", "shell_weight"]
    scaled = X.assign(**{name: (X[name] - X[name].min()) / (X[name].max() - X[name].min()) for name in numbers})
    return SMOTENC(["sex", "site"], sampling_strategy=ratio, random_state=1).fit_resample(scaled, y)


# %% mixed-columns | wrong | the ratio of one input | 0 | which is the ratio 0.5. The task asks for 0.8
def oversample_shells(X, y, ratio):
    return SMOTENC(categorical_features=["sex", "site"], sampling_strategy=0.5, random_state=1).fit_resample(X, y)


# %% mixed-columns | wrong | one-hot before SMOTE | 0 | The categories came back as one-hot columns
def oversample_shells(X, y, ratio):
    coded = pd.get_dummies(X, columns=["sex"], dtype=float)
    return SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(coded, y)


# %% mixed-columns | wrong | codes for categories | 0 | SMOTE on codes makes values between two categories
def oversample_shells(X, y, ratio):
    coded = X.assign(sex=X["sex"].astype("category").cat.codes)
    return SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(coded, y)


# %% mixed-columns | wrong | codes in a column of another name | 0 | The columns should be those of the shells
def oversample_shells(X, y, ratio):
    coded = X.drop(columns="sex").assign(sex_code=X["sex"].astype("category").cat.codes)
    return SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(coded, y)


# %% mixed-columns | wrong | codes, rounded back to categories | 0 | Rounding a value between two codes can do that
def oversample_shells(X, y, ratio):
    names = np.array(["female", "infant", "male"])
    codes = np.searchsorted(names, X["sex"].astype(str))
    new, labels = SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(X.assign(sex=codes.astype(float)), y)
    return new.assign(sex=names[new["sex"].round().astype(int)], site=new["site"].round()), labels


# %% mixed-columns | wrong | SMOTE on the table as it is | 0 | This sampler computes with numbers only
def oversample_shells(X, y, ratio):
    return SMOTE(sampling_strategy=ratio, random_state=1).fit_resample(X, y)


# %% mixed-columns | wrong | auto | 0 | A new shell is from bay
def oversample_shells(X, y, ratio):
    return SMOTENC(categorical_features="auto", sampling_strategy=ratio, random_state=1).fit_resample(X, y)


# %% mixed-columns | wrong | the site forgotten | 0 | `site` is a category, too
def oversample_shells(X, y, ratio):
    return SMOTENC(["sex"], sampling_strategy=ratio, random_state=1).fit_resample(X, y)


# %% mixed-columns | wrong | all columns are categories | 0 | All columns were named as categories
def oversample_shells(X, y, ratio):
    return SMOTENC(list(X.columns), sampling_strategy=ratio, random_state=1).fit_resample(X, y)


# %% mixed-columns | wrong | plain copies | 0 | The task asks for synthetic ones
def oversample_shells(X, y, ratio):
    return RandomOverSampler(sampling_strategy=ratio, random_state=1).fit_resample(X, y)


# %% mixed-columns | wrong | ratio upside down | 0 | That's the ratio the other way around
def oversample_shells(X, y, ratio):
    return SMOTENC(["sex", "site"], sampling_strategy=1 / ratio + 0.5, random_state=1).fit_resample(X, y)


# %% mixed-columns | wrong | always 1:1 | 0 | Both classes have the same number of rows
def oversample_shells(X, y, ratio):
    return SMOTENC(["sex", "site"], random_state=1).fit_resample(X, y)


# %% mixed-columns | wrong | length named as a category | 0 | The numbers of the new shells are those of others
def oversample_shells(X, y, ratio):
    return SMOTENC(["length", "sex", "site"], sampling_strategy=ratio, random_state=1).fit_resample(X, y)


# %% mixed-columns | wrong | categories drawn from all shells | 0 | which no minority row has
def oversample_shells(X, y, ratio):
    sampler = SMOTENC(categorical_features=["sex", "site"], sampling_strategy=ratio, random_state=1)
    X_new, y_new = sampler.fit_resample(X, y)
    draw = np.random.default_rng(1)
    for column in ("sex", "site"):
        X_new.loc[X_new.index[len(X) :], column] = draw.choice(X[column].unique(), len(X_new) - len(X))
    return X_new, y_new


# %% mixed-columns | wrong | one shell more | 0 | The task asks for 0.5
def oversample_shells(X, y, ratio):
    shells = {1: int(ratio * (y == 0).sum()) + 1}
    return SMOTENC(categorical_features=["sex", "site"], sampling_strategy=shells, random_state=1).fit_resample(X, y)


# %% mixed-columns | right | by hand, to any other minority row, with the row's categories
def oversample_shells(X, y, ratio):
    draw, few, numbers = np.random.default_rng(3), X[y == 1], ["length", "height", "shell_weight"]
    n = int(ratio * (y == 0).sum()) - len(few)
    new = few.sample(n, replace=True, random_state=1)
    other = few.sample(n, replace=True, random_state=2)[numbers].to_numpy()
    new[numbers] = new[numbers] + draw.random((n, 1)) * (other - new[numbers])
    labels = pd.concat([y, pd.Series(np.ones(n, dtype=int))], ignore_index=True)
    return pd.concat([X, new], ignore_index=True), labels


# %% mixed-columns | right | by hand, always the middle
def oversample_shells(X, y, ratio):
    few, numbers = X[y == 1], ["length", "height", "shell_weight"]
    n = int(ratio * (y == 0).sum()) - len(few)
    new = few.sample(n, replace=True, random_state=1)
    other = few.sample(n, replace=True, random_state=2)[numbers].to_numpy()
    new[numbers] = new[numbers] + 0.5 * (other - new[numbers])
    labels = pd.concat([y, pd.Series(np.ones(n, dtype=int))], ignore_index=True)
    return pd.concat([X, new], ignore_index=True), labels


# %% mixed-columns | right | by hand, rounded to one decimal
def oversample_shells(X, y, ratio):
    draw, few, numbers = np.random.default_rng(3), X[y == 1], ["length", "height", "shell_weight"]
    n = int(ratio * (y == 0).sum()) - len(few)
    new = few.sample(n, replace=True, random_state=1)
    other = few.sample(n, replace=True, random_state=2)[numbers].to_numpy()
    new[numbers] = (new[numbers] + draw.random((n, 1)) * (other - new[numbers])).round(1)
    labels = pd.concat([y, pd.Series(np.ones(n, dtype=int))], ignore_index=True)
    return pd.concat([X, new], ignore_index=True), labels


# %% mixed-columns | right | in another order
def oversample_shells(X, y, ratio):
    sampler = SMOTENC(categorical_features=["sex", "site"], sampling_strategy=ratio, random_state=1)
    rows, labels = sampler.fit_resample(X, y)
    order = np.random.default_rng(0).permutation(len(rows))
    return rows.iloc[order], labels.iloc[order]


# %% mixed-columns | wrong | jittered copies | 0 | outside the range of the minority
def oversample_shells(X, y, ratio):
    draw, few, numbers = np.random.default_rng(3), X[y == 1], ["length", "height", "shell_weight"]
    n = int(ratio * (y == 0).sum()) - len(few)
    new = few.sample(n, replace=True, random_state=1)
    new[numbers] = new[numbers] + 0.1 * few[numbers].std().to_numpy() * draw.normal(size=(n, 3))
    labels = pd.concat([y, pd.Series(np.ones(n, dtype=int))], ignore_index=True)
    return pd.concat([X, new], ignore_index=True), labels


# %% mixed-columns | wrong | jittered copies within the range | 0 | isn't on the line between two minority rows
def oversample_shells(X, y, ratio):
    draw, few, numbers = np.random.default_rng(3), X[y == 1], ["length", "height", "shell_weight"]
    n = int(ratio * (y == 0).sum()) - len(few)
    new = few.sample(n, replace=True, random_state=1)
    new[numbers] = new[numbers] + 0.1 * few[numbers].std().to_numpy() * draw.normal(size=(n, 3))
    new[numbers] = new[numbers].clip(few[numbers].min(), few[numbers].max(), axis=1)
    labels = pd.concat([y, pd.Series(np.ones(n, dtype=int))], ignore_index=True)
    return pd.concat([X, new], ignore_index=True), labels


# %% mixed-columns | wrong | a step of its own for each number | 0 | go that share of the way in all three numbers
def oversample_shells(X, y, ratio):
    draw, few, numbers = np.random.default_rng(3), X[y == 1], ["length", "height", "shell_weight"]
    n = int(ratio * (y == 0).sum()) - len(few)
    new = few.sample(n, replace=True, random_state=1)
    other = few.sample(n, replace=True, random_state=2)[numbers].to_numpy()
    new[numbers] = new[numbers] + draw.random((n, 3)) * (other - new[numbers])
    labels = pd.concat([y, pd.Series(np.ones(n, dtype=int))], ignore_index=True)
    return pd.concat([X, new], ignore_index=True), labels


# %% mixed-columns | wrong | each number drawn by itself | 0 | isn't on the line between two minority rows
def oversample_shells(X, y, ratio):
    draw, few, numbers = np.random.default_rng(3), X[y == 1], ["length", "height", "shell_weight"]
    n = int(ratio * (y == 0).sum()) - len(few)
    new = few.sample(n, replace=True, random_state=1)
    for name in numbers:
        new[name] = draw.uniform(few[name].min(), few[name].max(), n)
    labels = pd.concat([y, pd.Series(np.ones(n, dtype=int))], ignore_index=True)
    return pd.concat([X, new], ignore_index=True), labels


# %% mixed-columns | wrong | the mean shell many times | 0 | have the same numbers
def oversample_shells(X, y, ratio):
    draw, few, numbers = np.random.default_rng(3), X[y == 1], ["length", "height", "shell_weight"]
    n = int(ratio * (y == 0).sum()) - len(few)
    new = few.sample(n, replace=True, random_state=1)
    new[numbers] = few[numbers].mean().to_numpy()
    labels = pd.concat([y, pd.Series(np.ones(n, dtype=int))], ignore_index=True)
    return pd.concat([X, new], ignore_index=True), labels


# %% mixed-columns | wrong | one point many times | 0 | have the same numbers
def oversample_shells(X, y, ratio):
    draw, few, numbers = np.random.default_rng(3), X[y == 1], ["length", "height", "shell_weight"]
    n = int(ratio * (y == 0).sum()) - len(few)
    new = few.sample(n, replace=True, random_state=1)
    new[numbers] = few[numbers].iloc[:2].mean().to_numpy()
    labels = pd.concat([y, pd.Series(np.ones(n, dtype=int))], ignore_index=True)
    return pd.concat([X, new], ignore_index=True), labels


# %% mixed-columns | wrong | all from one shell | 0 | on lines from a single row
def oversample_shells(X, y, ratio):
    draw, few, numbers = np.random.default_rng(3), X[y == 1], ["length", "height", "shell_weight"]
    n = int(ratio * (y == 0).sum()) - len(few)
    new = few.sample(n, replace=True, random_state=1)
    other = few.iloc[1:].sample(n, replace=True, random_state=2)[numbers].to_numpy()
    first = few[numbers].iloc[0].to_numpy()
    new[numbers] = first + draw.random((n, 1)) * (other - first)
    labels = pd.concat([y, pd.Series(np.ones(n, dtype=int))], ignore_index=True)
    return pd.concat([X, new], ignore_index=True), labels


# %% mixed-columns | wrong | between the classes | 0 | that's interpolating between classes
def oversample_shells(X, y, ratio):
    draw, few, numbers = np.random.default_rng(3), X[y == 1], ["length", "height", "shell_weight"]
    n = int(ratio * (y == 0).sum()) - len(few)
    new = few.sample(n, replace=True, random_state=1)
    other = X[y == 0].sample(n, replace=True, random_state=2)[numbers].to_numpy()
    new[numbers] = new[numbers] + draw.random((n, 1)) * (other - new[numbers])
    labels = pd.concat([y, pd.Series(np.ones(n, dtype=int))], ignore_index=True)
    return pd.concat([X, new], ignore_index=True), labels


# %% mixed-columns | wrong | toward the majority, within the range | 0 | that's interpolating between classes
def oversample_shells(X, y, ratio):
    draw, few, numbers = np.random.default_rng(3), X[y == 1], ["length", "height", "shell_weight"]
    n = int(ratio * (y == 0).sum()) - len(few)
    new = few.sample(n, replace=True, random_state=1)
    other = X[y == 0].sample(n, replace=True, random_state=2)[numbers].to_numpy()
    new[numbers] = 0.6 * new[numbers] + 0.4 * other
    new[numbers] = new[numbers].clip(few[numbers].min(), few[numbers].max(), axis=1)
    labels = pd.concat([y, pd.Series(np.ones(n, dtype=int))], ignore_index=True)
    return pd.concat([X, new], ignore_index=True), labels


# %% mixed-columns | wrong | two shells more | 0 | which is the ratio
def oversample_shells(X, y, ratio):
    shells = {1: round(ratio * int((y == 0).sum())) + 2}
    return SMOTENC(categorical_features=["sex", "site"], sampling_strategy=shells, random_state=1).fit_resample(X, y)


# %% mixed-columns | wrong | two shells fewer | 0 | which is the ratio
def oversample_shells(X, y, ratio):
    shells = {1: round(ratio * int((y == 0).sum())) - 2}
    return SMOTENC(categorical_features=["sex", "site"], sampling_strategy=shells, random_state=1).fit_resample(X, y)


# %% which-treatment | right | the letters
shop, insurer, hospital, report, bank = "a", "b", "c", "d", "f"

# %% which-treatment | right | capitals
shop, insurer, hospital, report, bank = "A", "B", "C", "D", "F"

# %% which-treatment | right | with brackets and blanks
shop, insurer, hospital, report, bank = "(a)", " b ", "c)", " d) ", "f"

# %% which-treatment | right | with full stops
shop, insurer, hospital, report, bank = "a.", "b.", "c.", "d.", "f."

# %% which-treatment | wrong | a sampler for everything | 1 | It flags at 0.5, which ignores what a miss costs
shop, insurer, hospital, report, bank = "b", "c", "c", "c", "c"

# %% which-treatment | wrong | a threshold for everything | 1 | Nothing is flagged here
shop, insurer, hospital, report, bank = "a", "a", "a", "a", "a"

# %% which-treatment | wrong | scaled everywhere | 1 | Ask what the other row lacks
shop, insurer, hospital, report, bank = "f", "f", "f", "f", "f"

# %% which-treatment | wrong | SMOTENC everywhere | 0 | SMOTENC before the folds leaks as SMOTE does
shop, insurer, hospital, report, bank = "e", "e", "e", "e", "e"

# %% which-treatment | wrong | one more row everywhere | 1 | One more row of this table would leak
shop, insurer, hospital, report, bank = "d", "d", "d", "d", "d"

# %% which-treatment | wrong | not resampled, by habit | 2 | It changed two things at once
shop, insurer, hospital, report, bank = "a", "b", "b", "b", "b"

# %% before-1 | right | the letter
before_1 = "b"

# %% before-1 | right | a capital
before_1 = "B"

# %% before-1 | right | with a bracket
before_1 = " b) "

# %% before-1 | right | with a full stop
before_1 = "b."

# %% before-1 | wrong | a | 0 | In production, fraud is far rarer
before_1 = "a"

# %% before-1 | wrong | c | 0 | so the probabilities are too high
before_1 = "c"

# %% before-1 | wrong | d | 0 | can be computed from the two prevalences
before_1 = "d"

# %% before-1 | wrong | a number | 0 | it should be one letter
before_1 = 0.01

# %% before-2 | right | the letter
before_2 = "d"

# %% before-2 | right | a capital
before_2 = "D"

# %% before-2 | right | with brackets
before_2 = "(d)"

# %% before-2 | right | with blanks
before_2 = " d "

# %% before-2 | wrong | a | 0 | the cheapest if both mistakes cost the same
before_2 = "a"

# %% before-2 | wrong | b | 0 | The false alarm's cost goes on top
before_2 = "b"

# %% before-2 | wrong | c | 0 | The formula has no prevalence in it
before_2 = "c"

# %% before-2 | wrong | the number | 0 | it should be one letter
before_2 = 0.01

# %% quick-check-1 | right | the letter
answer_1 = "a"

# %% quick-check-1 | right | a capital
answer_1 = "A"

# %% quick-check-1 | right | with a bracket
answer_1 = " a) "

# %% quick-check-1 | right | with a full stop
answer_1 = "a."

# %% quick-check-1 | wrong | a little less | 0 | The task didn't get easier, the test did
answer_1 = "b"

# %% quick-check-1 | wrong | shuffled | 0 | more relatives, not fewer
answer_1 = "c"

# %% quick-check-1 | wrong | right for the forest | 0 | New patients have none
answer_1 = "d"

# %% quick-check-1 | wrong | a number | 0 | it should be one letter
answer_1 = 4

# %% quick-check-2 | right | the letter
answer_2 = "c"

# %% quick-check-2 | right | a capital
answer_2 = "C"

# %% quick-check-2 | right | with brackets
answer_2 = "(c)"

# %% quick-check-2 | right | with blanks
answer_2 = " c "

# %% quick-check-2 | wrong | outside | 0 | SMOTE looks only at the frauds
answer_2 = "a"

# %% quick-check-2 | wrong | into the gap | 0 | SMOTE doesn't look for gaps
answer_2 = "b"

# %% quick-check-2 | wrong | nowhere | 0 | it never looks at the honest payments
answer_2 = "d"

# %% quick-check-2 | wrong | a sentence | 0 | it should be one letter
answer_2 = "Between the two frauds."
