# Known answers of lesson 4. One cell each, in place of the task's answer cell:
#     task | right | name
#     task | wrong | name | points it earns | part of the message it gets

# %% random-undersampling | right | library with a float
strategy_ten = 0.1
counts_ten = {0: 1000, 1: 100}


def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=0).fit_resample(X, y)


# %% random-undersampling | right | library with a dict, and a Series of counts
strategy_ten = np.float64(1) / 10


def undersample(X, y, per_minority):
    few = int((y == 1).sum())
    sampler = RandomUnderSampler(sampling_strategy={0: few * per_minority, 1: few})
    rows, labels = sampler.fit_resample(X, y)
    return [rows, labels]


counts_ten = undersample(X, y, 10)[1].value_counts()


# %% random-undersampling | right | arrays, and a Counter
from collections import Counter

strategy_ten = 100 / 1000


def undersample(X, y, per_minority):
    sampler = RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=3)
    return sampler.fit_resample(X.to_numpy(), y.to_numpy())


counts_ten = Counter(undersample(X, y, 10)[1].tolist())


# %% random-undersampling | right | picks rows by itself
strategy_ten = 0.1
counts_ten = {0: 1_000, 1: 100}


def undersample(X, y, per_minority):
    few = np.flatnonzero(y == 1)
    many = np.random.default_rng(0).choice(np.flatnonzero(y == 0), size=per_minority * len(few), replace=False)
    keep = np.concatenate([few, many])
    return X.iloc[keep], y.iloc[keep]


# %% random-undersampling | right | callable strategy
strategy_ten = np.float32(0.1)
counts_ten = {0: 1000, 1: 100}


def undersample(X, y, per_minority):
    def many(labels):
        few = int((labels == 1).sum())
        return {0: int(per_minority * few), 1: few}

    return RandomUnderSampler(sampling_strategy=many).fit_resample(X, y)


# %% random-undersampling | right | index sampling
strategy_ten = 100 / 1000
counts_ten = pd.Series([1000, 100])


def undersample(X, y, per_minority):
    neg = y[y == 0].sample(n=int(round(per_minority * (y == 1).sum())), random_state=0).index
    keep = neg.union(y[y == 1].index)
    print("kept", len(keep))
    return X.loc[keep], y.loc[keep]


# %% random-undersampling | right | one row short by truncation
strategy_ten = 0.1
counts_ten = {0: 1000, 1: 100}


def undersample(X, y, per_minority):
    n = int(y.sum())
    return RandomUnderSampler(sampling_strategy={0: int(per_minority * n) - 1, 1: n}, random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | ratio as majority over minority | 0.5 | that is majority over minority
strategy_ten = 10
counts_ten = {0: 1000, 1: 100}


def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=float(per_minority), random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | share for ratio | 2.5 | the ratio divides by the majority rows
strategy_ten = 1 / 11
counts_ten = {0: 1000, 1: 100}


def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | share for ratio, counted | 2 | what the share 1/11 gives
strategy_ten = 1 / 11
counts_ten = {0: 1100, 1: 100}


def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | share for ratio in the function, too | 0.5 | that isn't the number that the ratio asks for
strategy_ten = 1 / 11
counts_ten = {0: 1000, 1: 100}


def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=1 / (per_minority + 1), random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | always 1:1 | 1 | both classes have the same number of rows
strategy_ten = 0.1
counts_ten = {0: 1000, 1: 100}


def undersample(X, y, per_minority):
    return RandomUnderSampler(random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | returns what came in | 0.5 | no row was dropped
strategy_ten = 0.1
counts_ten = {0: 9900, 1: 100}


def undersample(X, y, per_minority):
    sampler = RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1)
    sampler.fit_resample(X, y)
    return X, y


# %% random-undersampling | wrong | returns the labels first | 1 | are the two in this order
strategy_ten = 0.1
counts_ten = {0: 1000, 1: 100}


def undersample(X, y, per_minority):
    X_small, y_small = RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)
    return y_small, X_small


# %% random-undersampling | wrong | labels cut by themselves | 1 | rows and labels do not belong together
strategy_ten = 0.1
counts_ten = {0: 1000, 1: 100}


def undersample(X, y, per_minority):
    few = int((y == 1).sum())
    labels = pd.concat([y[y == 1], y[y == 0].head(few * per_minority)])
    return X.head(len(labels)), labels


# %% random-undersampling | wrong | counts of the worked example | 2.5 | these are the counts of the worked example
strategy_ten = 0.1
counts_ten = {0: 200, 1: 100}


def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | with replacement | 1 | a row is there twice
strategy_ten = 0.1
counts_ten = {0: 1000, 1: 100}


def undersample(X, y, per_minority):
    sampler = RandomUnderSampler(sampling_strategy=1 / per_minority, replacement=True, random_state=1)
    return sampler.fit_resample(X, y)


# %% random-undersampling | wrong | two rows short | 1 | that isn't the number that the ratio asks for
strategy_ten = 0.1
counts_ten = {0: 1000, 1: 100}


def undersample(X, y, per_minority):
    n = int(y.sum())
    return RandomUnderSampler(sampling_strategy={0: int(per_minority * n) - 2, 1: n}, random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | dict with the keys swapped | 1 | more rows than a class has
strategy_ten = 0.1
counts_ten = {0: 1000, 1: 100}


def undersample(X, y, per_minority):
    n = int(y.sum())
    return RandomUnderSampler(sampling_strategy={1: 40 * n, 0: n}, random_state=1).fit_resample(X, y)


# %% undersampling-by-hand | right | concat
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.sample(n=per_minority * len(minority), random_state=seed)])


# %% undersampling-by-hand | right | shuffled, with a new index
def undersample_by_hand(data, per_minority, seed):
    minority = data.query("target == 1")
    majority = data.query("target == 0").sample(frac=1, random_state=seed)
    both = pd.concat([majority.iloc[: per_minority * len(minority)], minority])
    return both.sample(frac=1, random_state=seed).reset_index(drop=True)


# %% undersampling-by-hand | right | NumPy draws the labels to drop
def undersample_by_hand(data, per_minority, seed):
    few = (data["target"] == 1).sum()
    negatives = data.index[data["target"] == 0]
    rng = np.random.default_rng(seed)
    return data.drop(rng.choice(negatives, size=len(negatives) - few * per_minority, replace=False))


# %% undersampling-by-hand | right | with the library's sampler
def undersample_by_hand(data, per_minority, seed):
    sampler = RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=seed)
    rows, labels = sampler.fit_resample(data.drop(columns="target"), data["target"])
    return rows.assign(target=labels)


# %% undersampling-by-hand | right | np global seed
def undersample_by_hand(data, per_minority, seed):
    np.random.seed(seed)
    pos = np.where(data.target == 1)[0]
    neg = np.random.permutation(np.where(data.target == 0)[0])[: per_minority * len(pos)]
    return data.iloc[np.sort(np.r_[pos, neg])].reset_index(drop=True)


# %% undersampling-by-hand | wrong | majority over minority upside down | 0 | upside down
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.sample(n=round(len(minority) / per_minority), random_state=seed)])


# %% undersampling-by-hand | wrong | samples the whole table | 0 | minority rows are left
def undersample_by_hand(data, per_minority, seed):
    few = (data["target"] == 1).sum()
    return data.sample(n=few * (per_minority + 1), random_state=seed)


# %% undersampling-by-hand | wrong | with replacement | 0 | a row is there twice
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    n = per_minority * len(minority)
    return pd.concat([minority, majority.sample(n=n, random_state=seed, replace=True)])


# %% undersampling-by-hand | wrong | the first rows | 0 | the first or last majority rows
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.head(per_minority * len(minority))])


# %% undersampling-by-hand | wrong | a seed of its own | 0 | does the draw use `seed`?
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.sample(n=per_minority * len(minority), random_state=1)])


# %% undersampling-by-hand | wrong | no seed | 0 | called twice with the same seed
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.sample(n=per_minority * len(minority))])


# %% undersampling-by-hand | wrong | always 1:1 | 0 | both classes have the same number of rows
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.sample(n=len(minority), random_state=seed)])


# %% undersampling-by-hand | wrong | the majority alone | 0 | minority rows are left
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return majority.sample(n=per_minority * len(minority), random_state=seed)


# %% undersampling-by-hand | wrong | an array | 0 | should return a DataFrame
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.sample(n=per_minority * len(minority), random_state=seed)]).to_numpy()


# %% undersampling-by-hand | wrong | no return | 0 | does it end in `return`?
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    small = pd.concat([minority, majority.sample(n=per_minority * len(minority), random_state=seed)])
    small.sort_index(inplace=True)


# %% undersampling-by-hand | wrong | two rows too many | 0 | that isn't the number that the ratio asks for
def undersample_by_hand(data, per_minority, seed):
    few, many = data[data.target == 1], data[data.target == 0]
    return pd.concat([few, many.sample(per_minority * len(few) + 2, random_state=seed)])


# %% tomek-links | right | by hand and with the library
links = [(2, 3), (7, 8)]
removed_by_default = [2, 7]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "majority")
    sampler.fit_resample(X, y)
    return [row for row in range(len(y)) if row not in sampler.sample_indices_]


# %% tomek-links | right | other order and types, distances by hand
links = np.array([[8, 7], [3, 2]])
removed_by_default = {7, 2}


def removed_rows(X, y, both_ends):
    distance = np.linalg.norm(X[:, None] - X[None], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = distance.argmin(axis=1)
    rows = np.arange(len(y))
    linked = (nearest[nearest] == rows) & (y[nearest] != y)
    return np.flatnonzero(linked if both_ends else linked & (y == 0))


# %% tomek-links | right | set difference
links = ((7, 8), (2, 3))
removed_by_default = np.array([7, 2])


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy=[0, 1] if both_ends else [0])
    sampler.fit_resample(X, y)
    return np.setdiff1d(np.arange(len(y)), sampler.sample_indices_)


# %% tomek-links | wrong | one-sided neighbours | 1 | only one is the other's nearest neighbour
links = [(2, 3), (7, 8), (4, 5)]
removed_by_default = [2, 7]


def removed_rows(X, y, both_ends):
    distance = np.linalg.norm(X[:, None] - X[None], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = distance.argmin(axis=1)
    gone = set()
    for i, j in enumerate(nearest):
        if y[i] != y[j]:
            gone |= {i, int(j)}
    return [row for row in gone if both_ends or y[row] == 0]


# %% tomek-links | wrong | pairs of one class | 3 | a pair of the same class
links = [(0, 1), (2, 3), (4, 6), (7, 8)]
removed_by_default = [2, 7]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "auto")
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_))


# %% tomek-links | wrong | both ends always | 1 | by default the library removes the majority's end alone
links = [(2, 3), (7, 8)]
removed_by_default = [2, 3, 7, 8]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all")
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_))


# %% tomek-links | wrong | rows that stay | 1 | these are the rows that stay
links = [(2, 3), (7, 8)]
removed_by_default = [0, 1, 3, 4, 5, 6, 8, 9]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "auto")
    sampler.fit_resample(X, y)
    return sampler.sample_indices_


# %% tomek-links | wrong | default only | 2 | whatever `both_ends` says
links = [(2, 3), (7, 8)]
removed_by_default = [2, 7]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks()
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_))


# %% tomek-links | wrong | minority ends | 3 | these are the minority's ends
links = [(2, 3), (7, 8)]
removed_by_default = [3, 8]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "auto")
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_))


# %% tomek-links | wrong | one link missing | 1 | at least one is missing
links = [(2, 3)]
removed_by_default = [2]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "minority")
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_)) if both_ends else [0]


removed_by_default = [2, 7]

# %% tomek-links | wrong | the same class in the function | 2 | it forgets the classes
links = [(2, 3), (7, 8)]
removed_by_default = [2, 7]


def removed_rows(X, y, both_ends):
    distance = np.linalg.norm(X[:, None] - X[None], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = distance.argmin(axis=1)
    return [i for i in range(len(y)) if nearest[nearest[i]] == i and (both_ends or y[i] == 0)]


# %% tomek-links | wrong | rows that belong to no pair | 2 | a list of pairs of row numbers
links = [2, 3, 7, 8]
removed_by_default = "2 and 7"


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "auto")
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_))


# %% tomek-links | wrong | neighbours that are not mutual | 2 | own nearest neighbor must be the row
links = [(2, 3), (7, 8)]
removed_by_default = [2, 7]


def removed_rows(X, y, both_ends):
    gone = []
    for i in range(len(X)):
        d = ((X - X[i]) ** 2).sum(axis=1)
        d[i] = np.inf
        j = d.argmin()
        if y[j] != y[i] and (both_ends or y[i] == 0):
            gone.append(i)
    return gone


# %% tomek-links | wrong | city-block distances | 2 | removed_rows
links = [(2, 3), (7, 8)]
removed_by_default = [2, 7]


def removed_rows(X, y, both_ends):
    d = np.abs(X[:, None] - X[None]).sum(axis=2)
    np.fill_diagonal(d, np.inf)
    near = d.argmin(axis=1)
    return [i for i in range(len(X)) if near[near[i]] == i and y[i] != y[near[i]] and (both_ends or y[i] == 0)]


# %% split-first | right | library
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% split-first | right | by train size, as a list of arrays
def split_and_undersample(X, y, ratio, seed):
    parts = train_test_split(X.to_numpy(), y.to_numpy(), train_size=0.75, stratify=y, random_state=seed)
    parts[0], parts[2] = RandomUnderSampler(sampling_strategy=ratio).fit_resample(parts[0], parts[2])
    return parts


# %% split-first | right | by hand
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    few = y_train[y_train == 1]
    many = y_train[y_train == 0].sample(n=int(len(few) / ratio), random_state=seed)
    keep = pd.concat([few, many])
    return X_train.loc[keep.index], X_test, keep, y_test


# %% split-first | right | StratifiedShuffleSplit
def split_and_undersample(X, y, ratio, seed):
    from sklearn.model_selection import StratifiedShuffleSplit

    train, test = next(StratifiedShuffleSplit(n_splits=1, test_size=0.25, random_state=seed).split(X, y))
    Xs, ys = RandomUnderSampler(sampling_strategy=ratio).fit_resample(X.iloc[train], y.iloc[train])
    return Xs, X.iloc[test], ys, y.iloc[test]


# %% split-first | right | frame joined
def split_and_undersample(X, y, ratio, seed):
    df = X.copy()
    df["label"] = y
    train, test = train_test_split(df, train_size=0.75, stratify=df["label"], random_state=seed)
    pos = train[train["label"] == 1]
    neg = train[train["label"] == 0].sample(n=round(len(pos) / ratio), random_state=seed)
    small = pd.concat([pos, neg]).sample(frac=1, random_state=seed)
    return small.drop(columns="label"), test.drop(columns="label"), small["label"], test["label"]


# %% split-first | right | rounded down
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=len(y) // 4, stratify=y, random_state=seed)
    Xs, ys = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return [Xs.to_numpy(), X_test.to_numpy(), ys.to_numpy(), y_test.to_numpy()]


# %% split-first | wrong | resampled before splitting | 0 | it resampled before splitting
def split_and_undersample(X, y, ratio, seed):
    X, y = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X, y)
    return train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)


# %% split-first | wrong | resampled the test set, too | 0 | it resampled the test set, too
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    sampler = RandomUnderSampler(sampling_strategy=ratio, random_state=seed)
    X_train, y_train = sampler.fit_resample(X_train, y_train)
    X_test, y_test = sampler.fit_resample(X_test, y_test)
    return X_train, X_test, y_train, y_test


# %% split-first | wrong | ratio as majority over minority | 0 | that is majority over minority
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    sampler = RandomUnderSampler(sampling_strategy=1 / ratio, random_state=seed)
    X_train, y_train = sampler.fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% split-first | wrong | the result thrown away | 0 | the training part was not undersampled
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% split-first | wrong | rows and labels in another order | 0 | four parts in this order
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, y_train, X_test, y_test


# %% split-first | wrong | sorted into train and test by class | 0 | keep the prevalence
def split_and_undersample(X, y, ratio, seed):
    order = y.sort_values(kind="stable").index
    X, y = X.loc[order], y.loc[order]
    X_test, X_train, y_test, y_train = train_test_split(X, y, train_size=0.25, shuffle=False)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% split-first | wrong | trained on the test rows as well | 0 | some rows stand in both parts
def split_and_undersample(X, y, ratio, seed):
    _, X_test, _, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X, y)
    return X_train, X_test, y_train, y_test


# %% split-first | wrong | another size of the test part | 0 | a quarter of all rows is asked for
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% split-first | wrong | always 1:1 | 0 | both classes have the same number of rows
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% split-first | wrong | no seed | 0 | called twice with the same seed
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% split-first | wrong | a fixed seed | 0 | with another seed
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% split-first | wrong | not stratified | 0 | keep the prevalence
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% split-first | wrong | a row too many in the test part | 0 | a quarter of all rows is asked for
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=len(y) // 4 + 2, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% split-first | wrong | train_size a quarter | 0 | a quarter of all rows is asked for
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, train_size=0.25, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% pipeline | right | make_pipeline
resampling_model = make_pipeline(
    StandardScaler(), RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression()
)
mean_average_precision = cross_val_score(resampling_model, X, y, cv=folds, scoring="average_precision").mean()

# %% pipeline | right | Pipeline with names, folds by hand
from sklearn.base import clone

resampling_model = Pipeline(
    [
        ("scale", StandardScaler()),
        ("drop", RandomUnderSampler(sampling_strategy=1 / 2, random_state=1)),
        ("model", LogisticRegression(max_iter=500)),
    ]
)
by_fold = []
for train, test in folds.split(X, y):
    fitted = clone(resampling_model).fit(X.iloc[train], y.iloc[train])
    by_fold.append(average_precision_score(y.iloc[test], fitted.predict_proba(X.iloc[test])[:, 1]))
mean_average_precision = np.mean(by_fold)

# %% pipeline | right | fitted, cross_validate, rounded to three decimals, scaler after the sampler
from sklearn.model_selection import cross_validate

resampling_model = make_pipeline(
    RandomUnderSampler(sampling_strategy=0.5, random_state=1), StandardScaler(), LogisticRegression()
).fit(X, y)
told = cross_validate(resampling_model, X, y, cv=folds, scoring="average_precision")
mean_average_precision = round(float(told["test_score"].mean()), 3)

# %% pipeline | right | dict strategy for the folds
resampling_model = make_pipeline(
    StandardScaler(), RandomUnderSampler(sampling_strategy={0: 160, 1: 80}, random_state=1), LogisticRegression()
)
mean_average_precision = np.mean(cross_val_score(resampling_model, X, y, scoring="average_precision", cv=folds))

# %% pipeline | right | memory
import tempfile

resampling_model = Pipeline(
    [
        ("s", StandardScaler()),
        ("u", RandomUnderSampler(sampling_strategy=0.5, random_state=1)),
        ("m", LogisticRegression()),
    ],
    memory=tempfile.mkdtemp(),
)
mean_average_precision = cross_val_score(resampling_model, X, y, scoring="average_precision", cv=folds).mean()

# %% pipeline | wrong | resampled before splitting, so scored at the new prevalence | 0 | scored at the new prevalence
X_half, y_half = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
resampling_model = make_pipeline(StandardScaler(), LogisticRegression())
mean_average_precision = cross_val_score(resampling_model, X_half, y_half, cv=folds, scoring="average_precision").mean()

# %% pipeline | wrong | resampled the test set of each fold | 2 | the test folds were undersampled, too
resampling_model = make_pipeline(
    StandardScaler(), RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression()
)
by_fold = []
for train, test in folds.split(X, y):
    resampling_model.fit(X.iloc[train], y.iloc[train])
    rows, labels = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(X.iloc[test], y.iloc[test])
    by_fold.append(average_precision_score(labels, resampling_model.predict_proba(rows)[:, 1]))
mean_average_precision = np.mean(by_fold)

# %% pipeline | wrong | scikit-learn's Pipeline | 0 | which refuses a sampler
import sklearn.pipeline

resampling_model = sklearn.pipeline.make_pipeline(
    StandardScaler(), RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression()
)
mean_average_precision = ...

# %% pipeline | wrong | no sampler in the pipeline | 0 | no step resamples
resampling_model = make_pipeline(StandardScaler(), LogisticRegression())
mean_average_precision = cross_val_score(resampling_model, X, y, cv=folds, scoring="average_precision").mean()

# %% pipeline | wrong | ratio as majority over minority | 0 | that is majority over minority
resampling_model = make_pipeline(
    StandardScaler(), RandomUnderSampler(sampling_strategy=2.0, random_state=1), LogisticRegression()
)
mean_average_precision = ...

# %% pipeline | wrong | the default ratio | 0 | both classes have the same number of rows
resampling_model = make_pipeline(StandardScaler(), RandomUnderSampler(random_state=1), LogisticRegression())
mean_average_precision = cross_val_score(resampling_model, X, y, cv=folds, scoring="average_precision").mean()

# %% pipeline | wrong | accuracy for average precision | 2 | that is the mean accuracy
resampling_model = make_pipeline(
    StandardScaler(), RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression()
)
mean_average_precision = cross_val_score(resampling_model, X, y, cv=folds).mean()

# %% pipeline | wrong | ROC AUC | 2 | that is the mean ROC AUC
resampling_model = make_pipeline(
    StandardScaler(), RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression()
)
mean_average_precision = cross_val_score(resampling_model, X, y, cv=folds, scoring="roc_auc").mean()

# %% pipeline | wrong | five numbers | 2 | give their mean
resampling_model = make_pipeline(
    StandardScaler(), RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression()
)
mean_average_precision = cross_val_score(resampling_model, X, y, cv=folds, scoring="average_precision")

# %% pipeline | wrong | no seed | 0 | the sampler has no seed
resampling_model = make_pipeline(StandardScaler(), RandomUnderSampler(sampling_strategy=0.5), LogisticRegression())
mean_average_precision = 0.5

# %% pipeline | wrong | a class for a model | 0 | should be a pipeline
resampling_model = Pipeline
mean_average_precision = "0.69"

# %% pipeline | wrong | other folds | 2 | hand over those of the set-up
resampling_model = make_pipeline(
    StandardScaler(), RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression()
)
mean_average_precision = cross_val_score(resampling_model, X, y, cv=5, scoring="average_precision").mean()

# %% pipeline | wrong | 1:1 instead of 1:2 | 0 | Mend the pipeline first
resampling_model = make_pipeline(StandardScaler(), RandomUnderSampler(random_state=1), LogisticRegression())
mean_average_precision = cross_val_score(resampling_model, X, y, cv=folds, scoring="average_precision").mean()

# %% pipeline | wrong | the model alone | 0 | alone: make a pipeline
resampling_model = LogisticRegression(class_weight="balanced")
mean_average_precision = 0.0


# %% pipeline | wrong | another seed | 0 | asks for random_state=1
resampling_model = make_pipeline(
    StandardScaler(), RandomUnderSampler(sampling_strategy=0.5, random_state=42), LogisticRegression()
)
mean_average_precision = ...

# %% pipeline | wrong | a generator for a seed | 0 | asks for random_state=1
resampling_model = make_pipeline(
    StandardScaler(),
    RandomUnderSampler(sampling_strategy=0.5, random_state=np.random.RandomState(1)),
    LogisticRegression(),
)
mean_average_precision = ...

# %% pipeline | wrong | callable strategy | 0 | a number
resampling_model = make_pipeline(
    StandardScaler(),
    RandomUnderSampler(sampling_strategy=lambda y: {0: 2 * int(sum(y))}, random_state=1),
    LogisticRegression(),
)
mean_average_precision = ...


# %% prior-correction | right | formula
def kept_fraction(y_before, y_after):
    return (y_after == 0).sum() / (y_before == 0).sum()


def corrected(p_s, beta):
    return beta * p_s / (beta * p_s - p_s + 1)


# %% prior-correction | right | loops, lists and plain numbers
def kept_fraction(y_before, y_after):
    return list(y_after).count(0) / list(y_before).count(0)


def corrected(p_s, beta):
    return [float(p * beta / (p * beta + 1 - p)) for p in p_s]


# %% prior-correction | right | by the odds, in a Series
def kept_fraction(y_before, y_after):
    return 1 - (len(y_before) - len(y_after)) / np.count_nonzero(y_before == 0)


def corrected(p_s, beta):
    with np.errstate(divide="ignore"):
        odds = beta * p_s / (1 - p_s)
        return pd.Series(1 / (1 + 1 / odds))


# %% prior-correction | right | rounded to three decimals
kept_fraction = lambda y_before, y_after: round((y_after == 0).sum() / (y_before == 0).sum(), 3)


def corrected(p_s, beta):
    return (p_s / (p_s + (1 - p_s) / beta)).round(3)


# %% prior-correction | wrong | fraction of all rows | 2 | the kept fraction of all rows
def kept_fraction(y_before, y_after):
    return len(y_after) / len(y_before)


def corrected(p_s, beta):
    return beta * p_s / (beta * p_s - p_s + 1)


# %% prior-correction | wrong | ratio of the classes | 2 | the ratio of the classes after undersampling
def kept_fraction(y_before, y_after):
    return np.sum(y_after == 1) / np.sum(y_after == 0)


def corrected(p_s, beta):
    return beta * p_s / (beta * p_s - p_s + 1)


# %% prior-correction | wrong | upside down | 2 | that is upside down
def kept_fraction(y_before, y_after):
    return np.sum(y_before == 0) / np.sum(y_after == 0)


def corrected(p_s, beta):
    return beta * p_s / (beta * p_s - p_s + 1)


# %% prior-correction | wrong | multiplies the probability | 1 | multiply the odds
def kept_fraction(y_before, y_after):
    return np.sum(y_after == 0) / np.sum(y_before == 0)


def corrected(p_s, beta):
    return beta * p_s


# %% prior-correction | wrong | the wrong way | 1 | goes the wrong way
def kept_fraction(y_before, y_after):
    return np.sum(y_after == 0) / np.sum(y_before == 0)


def corrected(p_s, beta):
    return p_s / (p_s + beta * (1 - p_s))


# %% prior-correction | wrong | odds | 1 | these are the corrected odds
def kept_fraction(y_before, y_after):
    return np.sum(y_after == 0) / np.sum(y_before == 0)


def corrected(p_s, beta):
    return beta * p_s / (1 - p_s)


# %% prior-correction | wrong | brackets missing | 1 | brackets are missing
def kept_fraction(y_before, y_after):
    return np.sum(y_after == 0) / np.sum(y_before == 0)


def corrected(p_s, beta):
    return beta * p_s / beta * p_s - p_s + 1


# %% prior-correction | wrong | numbers of the example | 0 | does it use its arguments?
def kept_fraction(y_before, y_after):
    return 200 / 9900


def corrected(p_s, beta):
    return np.zeros(7)


# %% prior-correction | wrong | odds divided by beta | 1 | It divides the odds by beta
def kept_fraction(y_before, y_after):
    return (len(y_after) - y_after.sum()) / (len(y_before) - y_before.sum())


def corrected(p_s, beta):
    odds = p_s / (1 - p_s) / beta
    return odds


# %% bonus-enn-settings | right | shares
def enn_drops(neighbour_labels):
    against = neighbour_labels.mean(axis=1)
    return {"all": against > 0, "mode": against > 0.5}


# %% bonus-enn-settings | right | loops and lists
def enn_drops(neighbour_labels):
    every, most = [], []
    for row in neighbour_labels:
        every.append(bool(1 in row))
        most.append(bool(sum(row) > len(row) / 2))
    return {"all": every, "mode": most}


# %% bonus-enn-settings | right | any and median
def enn_drops(neighbour_labels):
    return {"mode": pd.Series(np.median(neighbour_labels, axis=1) == 1), "all": (neighbour_labels == 1).any(axis=1)}


# %% bonus-enn-settings | wrong | two of three told for the default | 0 | that is `mode`
def enn_drops(neighbour_labels):
    against = neighbour_labels.mean(axis=1)
    return {"all": against > 0.5, "mode": against > 0.5}


# %% bonus-enn-settings | wrong | all must disagree | 0 | you drop where all disagree
def enn_drops(neighbour_labels):
    return {"all": neighbour_labels.all(axis=1), "mode": neighbour_labels.mean(axis=1) > 0.5}


# %% bonus-enn-settings | wrong | swapped | 0 | you drop on a single one, that is `all`
def enn_drops(neighbour_labels):
    against = neighbour_labels.mean(axis=1)
    return {"all": against > 0.5, "mode": against > 0}


# %% bonus-enn-settings | wrong | two of any number | 0 | you ask for two whatever their number
def enn_drops(neighbour_labels):
    against = neighbour_labels.sum(axis=1)
    return {"all": against > 0, "mode": against >= 2}


# %% bonus-enn-settings | wrong | rows that stay | 0 | these are the rows that stay
def enn_drops(neighbour_labels):
    against = neighbour_labels.mean(axis=1)
    return {"all": against == 0, "mode": against < 0.5}


# %% bonus-find-the-sampler | right | parameters by name
from imblearn.under_sampling import AllKNN, NearMiss

sampler_a = AllKNN(n_neighbors=5)
sampler_b = NearMiss(version=3, n_neighbors_ver3=10)

# %% bonus-find-the-sampler | right | defaults written out
from imblearn import under_sampling

sampler_a = under_sampling.AllKNN(n_neighbors=5, kind_sel="all", sampling_strategy="majority")
sampler_b = under_sampling.NearMiss(version=3, n_neighbors=3, n_neighbors_ver3=10, sampling_strategy=1.0)

# %% bonus-find-the-sampler | right | fitted
from imblearn.under_sampling import AllKNN, NearMiss

points, labels = datasets.make_two_features(300, minority_share=0.2)
sampler_a, sampler_b = AllKNN(n_neighbors=5), NearMiss(version=3, n_neighbors_ver3=10)
for sampler in (sampler_a, sampler_b):
    sampler.fit_resample(points, labels)

# %% bonus-find-the-sampler | wrong | defaults | 0 | the description says five
from imblearn.under_sampling import AllKNN, NearMiss

sampler_a = AllKNN()
sampler_b = NearMiss(version=3)

# %% bonus-find-the-sampler | wrong | repeated ENN and version 2 | 0 | the neighbourhood should grow
from imblearn.under_sampling import NearMiss, RepeatedEditedNearestNeighbours

sampler_a = RepeatedEditedNearestNeighbours(n_neighbors=5)
sampler_b = NearMiss(version=2)

# %% bonus-find-the-sampler | wrong | the wrong ten | 0 | ten is the number of rows collected first
from imblearn.under_sampling import AllKNN, NearMiss

sampler_a = AllKNN(n_neighbors=5)
sampler_b = NearMiss(version=3, n_neighbors=10)

# %% bonus-find-the-sampler | wrong | classes for objects | 0 | made with its brackets
from imblearn.under_sampling import AllKNN, NearMiss

sampler_a, sampler_b = AllKNN, NearMiss

# %% bonus-find-the-sampler | wrong | other samplers | 0 | keeps other rows than the sampler described
sampler_a = TomekLinks()
sampler_b = RandomUnderSampler(random_state=1)

# %% find-the-bug | right | split first
parts = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
few_X, few_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(parts[0], parts[2])
tested = LogisticRegression().fit(few_X, few_y)
test_rows, test_prevalence = len(parts[3]), parts[3].mean()
test_precision = precision_score(parts[3], tested.predict(parts[1]))

# %% find-the-bug | right | as a pipeline
parts = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
tested = make_pipeline(RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression())
flags = tested.fit(parts[0], parts[2]).predict(parts[1])
test_rows, test_prevalence = parts[1].shape[0], sum(parts[3]) / len(parts[3])
test_precision = sum(flags * parts[3]) / sum(flags)

# %% find-the-bug | right | rounded, from row numbers
train, test = train_test_split(np.arange(len(y)), test_size=0.25, stratify=y, random_state=1)
few_X, few_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(X.iloc[train], y.iloc[train])
flags = LogisticRegression().fit(few_X, few_y).predict(X.iloc[test])
test_rows = np.int64(len(test))
test_prevalence = round(float(y.iloc[test].mean()), 3)
test_precision = round(float(precision_score(y.iloc[test], flags)), 3)

# %% find-the-bug | wrong | as it was: resampled before splitting | 0 | Not fixed yet: a quarter of 10,000 rows are more
few_X, few_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(X, y)
parts = train_test_split(few_X, few_y, test_size=0.25, stratify=few_y, random_state=1)
tested = LogisticRegression().fit(parts[0], parts[2])
test_rows = len(parts[3])
test_prevalence = parts[3].mean()
test_precision = precision_score(parts[3], tested.predict(parts[1]))

# %% find-the-bug | wrong | resampled the test set as well | 0 | you resampled the test set as well
parts = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
sampler = RandomUnderSampler(sampling_strategy=0.5, random_state=1)
few_X, few_y = sampler.fit_resample(parts[0], parts[2])
few_test, few_truth = sampler.fit_resample(parts[1], parts[3])
tested = LogisticRegression().fit(few_X, few_y)
test_rows, test_prevalence = len(few_truth), few_truth.mean()
test_precision = precision_score(few_truth, tested.predict(few_test))

# %% find-the-bug | wrong | no stratify | 0 | the split does not keep the share of positives
parts = train_test_split(X, y, test_size=0.25, random_state=1)
few_X, few_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(parts[0], parts[2])
tested = LogisticRegression().fit(few_X, few_y)
test_rows, test_prevalence = len(parts[3]), parts[3].mean()
test_precision = precision_score(parts[3], tested.predict(parts[1]))

# %% find-the-bug | wrong | tested on the training part | 0 | measured on the rows of the training part
parts = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
few_X, few_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(parts[0], parts[2])
tested = LogisticRegression().fit(few_X, few_y)
test_rows, test_prevalence = len(parts[3]), parts[3].mean()
test_precision = precision_score(few_y, tested.predict(few_X))

# %% find-the-bug | wrong | no undersampling at all | 0 | trained on all rows
parts = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
tested = LogisticRegression().fit(parts[0], parts[2])
test_rows, test_prevalence = len(parts[3]), parts[3].mean()
test_precision = precision_score(parts[3], tested.predict(parts[1]))

# %% quick-check-1 | right | letter
answer_1 = "b"

# %% quick-check-1 | right | capital
answer_1 = "B"

# %% quick-check-1 | right | with a bracket
answer_1 = " b) "

# %% quick-check-1 | wrong | precision belongs to the model | 0 | precision also depends on how many negatives
answer_1 = "a"

# %% quick-check-1 | wrong | counts misses | 0 | precision does not count misses
answer_1 = "c"

# %% quick-check-1 | wrong | stratified | 0 | that share had been changed before
answer_1 = "d"

# %% quick-check-1 | wrong | a number | 0 | it should be one letter
answer_1 = 2

# %% quick-check-2 | right | letter
answer_2 = "c"

# %% quick-check-2 | right | capital
answer_2 = "C"

# %% quick-check-2 | right | with a full stop
answer_2 = "c."

# %% quick-check-2 | wrong | ROC AUC | 0 | ROC AUC looks at the order
answer_2 = "a"

# %% quick-check-2 | wrong | average precision | 0 | average precision looks at the order
answer_2 = "b"

# %% quick-check-2 | wrong | all | 0 | two of them judge the ranking
answer_2 = "d"
