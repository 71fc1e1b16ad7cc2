# Known answers of lesson 4. One cell each, in place of the task's answer cell:
#     task | right | name
#     task | wrong | name | points it earns | part of the message it gets

# %% random-undersampling | right | library with a float
strategy_three = 1 / 3
counts_three = {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=0).fit_resample(X, y)


# %% random-undersampling | right | library with a dict, and a Series of counts
strategy_three = np.float64(1) / 3


def undersample(X, y, per_minority):
    few = int((y == 1).sum())
    sampler = RandomUnderSampler(sampling_strategy={0: few * per_minority, 1: few})
    rows, labels = sampler.fit_resample(X, y)
    return [rows, labels]


counts_three = undersample(X, y, 3)[1].value_counts()


# %% random-undersampling | right | arrays, and a Counter
from collections import Counter

strategy_three = 5289 / 15867


def undersample(X, y, per_minority):
    sampler = RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=3)
    return sampler.fit_resample(X.to_numpy(), y.to_numpy())


counts_three = Counter(undersample(X, y, 3)[1].tolist())


# %% random-undersampling | right | picks rows by itself
strategy_three = 1 / 3
counts_three = {0: 15867, 1: 5289}


def undersample(X, y, per_minority):
    few = np.flatnonzero(y == 1)
    many = np.random.default_rng(0).choice(np.flatnonzero(y == 0), size=per_minority * len(few), replace=False)
    keep = np.concatenate([few, many])
    return X.iloc[keep], y.iloc[keep]


# %% random-undersampling | right | callable strategy
strategy_three = np.float32(1 / 3)
counts_three = {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    def many(labels):
        few = int((labels == 1).sum())
        return {0: int(per_minority * few), 1: few}

    return RandomUnderSampler(sampling_strategy=many).fit_resample(X, y)


# %% random-undersampling | right | index sampling
strategy_three = 5289 / 15867
counts_three = pd.Series([15_867, 5_289])


def undersample(X, y, per_minority):
    neg = y[y == 0].sample(n=int(round(per_minority * (y == 1).sum())), random_state=0).index
    keep = neg.union(y[y == 1].index)
    print("kept", len(keep))
    return X.loc[keep], y.loc[keep]


# %% random-undersampling | wrong | one row short of a whole number | 1 | isn't the number that the ratio asks for
strategy_three = 1 / 3
counts_three = {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    n = int(y.sum())
    return RandomUnderSampler(sampling_strategy={0: int(per_minority * n) - 1, 1: n}, random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | ratio as majority over minority | 0.5 | that's majority over minority
strategy_three = 3
counts_three = {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=float(per_minority), random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | majority over minority for the value alone | 3.5 | that's majority over minority
strategy_three = 3


def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=42).fit_resample(X, y)


counts_three = undersample(X, y, 3)[1].value_counts().to_dict()


# %% random-undersampling | wrong | share for ratio | 3.5 | the ratio divides by the majority rows only
strategy_three = 1 / 4
counts_three = {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | share for ratio, counted | 3 | what the share 1/4 gives
strategy_three = 1 / 4
counts_three = {0: 21_156, 1: 5_289}


def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | share for ratio in the function, too | 0.5 | that isn't the number that the ratio asks for
strategy_three = 1 / 4
counts_three = {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=1 / (per_minority + 1), random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | always 1:1 | 1 | both classes have the same number of rows
strategy_three = 1 / 3
counts_three = {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    return RandomUnderSampler(random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | returns what came in | 0.5 | no row was dropped
strategy_three = 1 / 3
counts_three = {0: 39_922, 1: 5_289}


def undersample(X, y, per_minority):
    sampler = RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1)
    sampler.fit_resample(X, y)
    return X, y


# %% random-undersampling | wrong | returns the labels first | 1 | return the rows first, then the labels
strategy_three = 1 / 3
counts_three = {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    X_small, y_small = RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)
    return y_small, X_small


# %% random-undersampling | wrong | labels cut by themselves | 1 | rows and labels don't belong together
strategy_three = 1 / 3
counts_three = {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    few = int((y == 1).sum())
    labels = pd.concat([y[y == 1], y[y == 0].head(few * per_minority)])
    return X.head(len(labels)), labels


# %% random-undersampling | wrong | counts of the worked example | 3.5 | as in the worked example
strategy_three = 1 / 3
counts_three = {0: 10_578, 1: 5_289}


def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | with replacement | 1 | a row is there twice
strategy_three = 1 / 3
counts_three = {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    sampler = RandomUnderSampler(sampling_strategy=1 / per_minority, replacement=True, random_state=1)
    return sampler.fit_resample(X, y)


# %% random-undersampling | wrong | two rows short | 1 | that isn't the number that the ratio asks for
strategy_three = 1 / 3
counts_three = {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    n = int(y.sum())
    return RandomUnderSampler(sampling_strategy={0: int(per_minority * n) - 2, 1: n}, random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | dict with the keys swapped | 1 | more rows than a class has
strategy_three = 1 / 3
counts_three = {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    n = int(y.sum())
    return RandomUnderSampler(sampling_strategy={1: 40 * n, 0: n}, random_state=1).fit_resample(X, y)


# %% random-undersampling | wrong | one row more | 1 | isn't the number that the ratio asks for
def undersample(X, y, per_minority):
    kept = y[y == 0].sample(per_minority * int(y.sum()) + 1, random_state=1).index.union(y.index[y == 1])
    return X.loc[kept], y.loc[kept]


strategy_three, counts_three = 1 / 3, {0: 15_867, 1: 5_289}


# %% random-undersampling | wrong | two rows more | 1 | isn't the number that the ratio asks for
def undersample(X, y, per_minority):
    kept = y[y == 0].sample(per_minority * int(y.sum()) + 2, random_state=1).index.union(y.index[y == 1])
    return X.loc[kept], y.loc[kept]


strategy_three, counts_three = 1 / 3, {0: 15_867, 1: 5_289}


# %% random-undersampling | wrong | two rows fewer | 1 | isn't the number that the ratio asks for
def undersample(X, y, per_minority):
    kept = y[y == 0].sample(per_minority * int(y.sum()) - 2, random_state=1).index.union(y.index[y == 1])
    return X.loc[kept], y.loc[kept]


strategy_three, counts_three = 1 / 3, {0: 15_867, 1: 5_289}


# %% random-undersampling | right | int(), as the numbers are whole
def undersample(X, y, per_minority):
    return RandomUnderSampler(sampling_strategy=1 / int(per_minority), random_state=1).fit_resample(X, y)


strategy_three, counts_three = 1 / 3, {0: 15_867, 1: 5_289}


# %% random-undersampling | right | drawn from the labels, with whole numbers only
def undersample(X, y, per_minority):
    rows = y[y == 0].sample(int((y == 1).sum()) * int(per_minority), random_state=0).index
    keep = y[y == 1].index.append(rows)
    return X.loc[keep], y.loc[keep]


strategy_three, counts_three = 1 / 3, {0: 15_867, 1: 5_289}


# %% random-undersampling | right | drawn after sorting by row label
def undersample(X, y, per_minority):
    many = y[y == 0].sort_index().index
    keep = many.to_series().sample(int(per_minority * y.sum()), random_state=7).index.union(y.index[y == 1])
    return X.loc[keep], y.loc[keep]


strategy_three, counts_three = 1 / 3, {0: 15_867, 1: 5_289}


# %% random-undersampling | wrong | the first rows | 1 | the first or last majority rows
def undersample(X, y, per_minority):
    keep = y[y == 1].index.union(y[y == 0].index[: int(per_minority * y.sum())])
    return X.loc[keep], y.loc[keep]


strategy_three = 1 / 3
counts_three = undersample(X, y, 3)[1].value_counts().to_dict()


# %% random-undersampling | wrong | the last rows | 1 | the first or last majority rows
def undersample(X, y, per_minority):
    keep = y[y == 1].index.union(y[y == 0].tail(int(per_minority * y.sum())).index)
    return X.loc[keep], y.loc[keep]


strategy_three, counts_three = 1 / 3, {0: 15_867, 1: 5_289}


# %% random-undersampling | wrong | every so many rows | 1 | are evenly spaced
def undersample(X, y, per_minority):
    many = np.flatnonzero(y == 0)
    places = np.linspace(0, len(many) - 1, int(per_minority * y.sum())).astype(int)
    keep = np.concatenate([np.flatnonzero(y == 1), many[places]])
    return X.iloc[keep], y.iloc[keep]


strategy_three, counts_three = 1 / 3, {0: 15_867, 1: 5_289}


# %% random-undersampling | wrong | NearMiss | 1 | with the rows in another order it keeps the same
from imblearn.under_sampling import NearMiss

strategy_three, counts_three = 1 / 3, {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    return NearMiss(sampling_strategy=1 / per_minority).fit_resample(X, y)


# %% random-undersampling | wrong | those with the smallest feature | 1 | chooses them by their values
strategy_three, counts_three = 1 / 3, {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    few = X[y == 0].nsmallest(int(per_minority * y.sum()), X.columns[0]).index
    keep = few.union(y.index[y == 1])
    return X.loc[keep], y.loc[keep]


# %% random-undersampling | wrong | a row cut off afterward | 1 | isn't the number that the ratio asks for
strategy_three, counts_three = 1 / 3, {0: 15_867, 1: 5_289}


def undersample(X, y, per_minority):
    rows, labels = RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=1).fit_resample(X, y)
    return rows.iloc[1:], labels.iloc[1:]


# %% bonus-undersampling-by-hand | right | concat
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.sample(n=per_minority * len(minority), random_state=seed)])


# %% bonus-undersampling-by-hand | right | shuffled, with a new index
def undersample_by_hand(data, per_minority, seed):
    minority = data.query("target == 1")
    majority = data.query("target == 0").sample(frac=1, random_state=seed)
    both = pd.concat([majority.iloc[: per_minority * len(minority)], minority])
    return both.sample(frac=1, random_state=seed).reset_index(drop=True)


# %% bonus-undersampling-by-hand | right | NumPy draws the labels to drop
def undersample_by_hand(data, per_minority, seed):
    few = (data["target"] == 1).sum()
    negatives = data.index[data["target"] == 0]
    rng = np.random.default_rng(seed)
    return data.drop(rng.choice(negatives, size=len(negatives) - few * per_minority, replace=False))


# %% bonus-undersampling-by-hand | right | with the library's sampler
def undersample_by_hand(data, per_minority, seed):
    sampler = RandomUnderSampler(sampling_strategy=1 / per_minority, random_state=seed)
    rows, labels = sampler.fit_resample(data.drop(columns="target"), data["target"])
    return rows.assign(target=labels)


# %% bonus-undersampling-by-hand | right | np global seed
def undersample_by_hand(data, per_minority, seed):
    np.random.seed(seed)
    pos = np.where(data.target == 1)[0]
    neg = np.random.permutation(np.where(data.target == 0)[0])[: per_minority * len(pos)]
    return data.iloc[np.sort(np.r_[pos, neg])].reset_index(drop=True)


# %% bonus-undersampling-by-hand | wrong | majority over minority upside down | 0 | take the inverse
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.sample(n=round(len(minority) / per_minority), random_state=seed)])


# %% bonus-undersampling-by-hand | wrong | samples the whole table | 0 | minority rows are left
def undersample_by_hand(data, per_minority, seed):
    few = (data["target"] == 1).sum()
    return data.sample(n=few * (per_minority + 1), random_state=seed)


# %% bonus-undersampling-by-hand | wrong | with replacement | 0 | a row is there twice
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    n = per_minority * len(minority)
    return pd.concat([minority, majority.sample(n=n, random_state=seed, replace=True)])


# %% bonus-undersampling-by-hand | wrong | the first rows | 0 | the first or last majority rows
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.head(per_minority * len(minority))])


# %% bonus-undersampling-by-hand | wrong | a seed of its own | 0 | with another seed it keeps the same rows
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.sample(n=per_minority * len(minority), random_state=1)])


# %% bonus-undersampling-by-hand | wrong | no seed | 0 | called twice with the same seed
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.sample(n=per_minority * len(minority))])


# %% bonus-undersampling-by-hand | wrong | always 1:1 | 0 | both classes have the same number of rows
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.sample(n=len(minority), random_state=seed)])


# %% bonus-undersampling-by-hand | wrong | the majority alone | 0 | minority rows are left
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return majority.sample(n=per_minority * len(minority), random_state=seed)


# %% bonus-undersampling-by-hand | wrong | an array | 0 | should return a DataFrame
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([minority, majority.sample(n=per_minority * len(minority), random_state=seed)]).to_numpy()


# %% bonus-undersampling-by-hand | wrong | no return | 0 | does it end in `return`?
def undersample_by_hand(data, per_minority, seed):
    minority, majority = data[data["target"] == 1], data[data["target"] == 0]
    small = pd.concat([minority, majority.sample(n=per_minority * len(minority), random_state=seed)])
    small.sort_index(inplace=True)


# %% bonus-undersampling-by-hand | wrong | two rows too many | 0 | that isn't the number that the ratio asks for
def undersample_by_hand(data, per_minority, seed):
    few, many = data[data.target == 1], data[data.target == 0]
    return pd.concat([few, many.sample(per_minority * len(few) + 2, random_state=seed)])


# %% bonus-undersampling-by-hand | wrong | one majority row too many | 0 | isn't the number that the ratio asks for
def undersample_by_hand(data, per_minority, seed):
    few, many = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([few, many.sample(n=per_minority * len(few) + 1, random_state=seed)])


# %% bonus-undersampling-by-hand | wrong | one majority row too few | 0 | isn't the number that the ratio asks for
def undersample_by_hand(data, per_minority, seed):
    few, many = data[data["target"] == 1], data[data["target"] == 0]
    return pd.concat([few, many.sample(n=per_minority * len(few) - 1, random_state=seed)])


# %% bonus-tomek-links | right | by hand and with the library
links = [(2, 3), (7, 8)]
removed_by_default = [2, 7]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "majority")
    sampler.fit_resample(X, y)
    return [row for row in range(len(y)) if row not in sampler.sample_indices_]


# %% bonus-tomek-links | right | other order and types, distances by hand
links = np.array([[8, 7], [3, 2]])
removed_by_default = {7, 2}


def removed_rows(X, y, both_ends):
    distance = np.linalg.norm(X[:, None] - X[None], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = distance.argmin(axis=1)
    rows = np.arange(len(y))
    linked = (nearest[nearest] == rows) & (y[nearest] != y)
    return np.flatnonzero(linked if both_ends else linked & (y == 0))


# %% bonus-tomek-links | right | set difference
links = ((7, 8), (2, 3))
removed_by_default = np.array([7, 2])


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy=[0, 1] if both_ends else [0])
    sampler.fit_resample(X, y)
    return np.setdiff1d(np.arange(len(y)), sampler.sample_indices_)


# %% bonus-tomek-links | wrong | one-sided neighbours | 0 | only one row is the other's nearest neighbor
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


# %% bonus-tomek-links | wrong | pairs of one class | 0 | two rows of the same class
links = [(0, 1), (2, 3), (4, 6), (7, 8)]
removed_by_default = [2, 7]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "auto")
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_))


# %% bonus-tomek-links | wrong | both ends always | 0 | by default the library removes only the majority row
links = [(2, 3), (7, 8)]
removed_by_default = [2, 3, 7, 8]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all")
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_))


# %% bonus-tomek-links | wrong | rows that stay | 0 | these are the rows that stay
links = [(2, 3), (7, 8)]
removed_by_default = [0, 1, 3, 4, 5, 6, 8, 9]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "auto")
    sampler.fit_resample(X, y)
    return sampler.sample_indices_


# %% bonus-tomek-links | wrong | default only | 0 | whatever `both_ends` says
links = [(2, 3), (7, 8)]
removed_by_default = [2, 7]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks()
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_))


# %% bonus-tomek-links | wrong | minority ends | 0 | these are the minority rows of the links
links = [(2, 3), (7, 8)]
removed_by_default = [3, 8]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "auto")
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_))


# %% bonus-tomek-links | wrong | minority ends by the function | 0 | It removes the minority rows. By default the majority
links = [(2, 3), (7, 8)]
removed_by_default = [2, 7]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "not majority")
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_))


# %% bonus-tomek-links | wrong | one link missing | 0 | at least one is missing
links = [(2, 3)]
removed_by_default = [2]


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "not majority")
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_)) if both_ends else [0]


removed_by_default = [2, 7]

# %% bonus-tomek-links | wrong | the same class in the function | 0 | it forgets the classes
links = [(2, 3), (7, 8)]
removed_by_default = [2, 7]


def removed_rows(X, y, both_ends):
    distance = np.linalg.norm(X[:, None] - X[None], axis=2)
    np.fill_diagonal(distance, np.inf)
    nearest = distance.argmin(axis=1)
    return [i for i in range(len(y)) if nearest[nearest[i]] == i and (both_ends or y[i] == 0)]


# %% bonus-tomek-links | wrong | rows that belong to no pair | 0 | a list of pairs of row numbers
links = [2, 3, 7, 8]
removed_by_default = "2 and 7"


def removed_rows(X, y, both_ends):
    sampler = TomekLinks(sampling_strategy="all" if both_ends else "auto")
    sampler.fit_resample(X, y)
    return sorted(set(range(len(y))) - set(sampler.sample_indices_))


# %% bonus-tomek-links | wrong | neighbours that are not mutual | 0 | own nearest neighbor must be the row
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


# %% bonus-tomek-links | wrong | city-block distances | 0 | removed_rows
links = [(2, 3), (7, 8)]
removed_by_default = [2, 7]


def removed_rows(X, y, both_ends):
    d = np.abs(X[:, None] - X[None]).sum(axis=2)
    np.fill_diagonal(d, np.inf)
    near = d.argmin(axis=1)
    return [i for i in range(len(X)) if near[near[i]] == i and y[i] != y[near[i]] and (both_ends or y[i] == 0)]


# %% bonus-tomek-links | wrong | an iterator that is used up | 0 | it gave 0 values; it should be a list of row numbers.
links, removed_by_default = [(2, 3), (4, 5), (7, 8)], [2, 4, 7]


def removed_rows(X, y, both_ends):
    links_only = TomekLinks(sampling_strategy="all" if both_ends else "auto")
    links_only.fit_resample(X, y)
    gone = (row for row in range(len(y)) if row not in links_only.sample_indices_)
    print(*gone)
    return gone


# %% bonus-split-first | right | library
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% bonus-split-first | right | by train size, as a list of arrays
def split_and_undersample(X, y, ratio, seed):
    parts = train_test_split(X.to_numpy(), y.to_numpy(), train_size=0.75, stratify=y, random_state=seed)
    parts[0], parts[2] = RandomUnderSampler(sampling_strategy=ratio).fit_resample(parts[0], parts[2])
    return parts


# %% bonus-split-first | right | by hand
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    few = y_train[y_train == 1]
    many = y_train[y_train == 0].sample(n=int(len(few) / ratio), random_state=seed)
    keep = pd.concat([few, many])
    return X_train.loc[keep.index], X_test, keep, y_test


# %% bonus-split-first | right | StratifiedShuffleSplit
def split_and_undersample(X, y, ratio, seed):
    from sklearn.model_selection import StratifiedShuffleSplit

    train, test = next(StratifiedShuffleSplit(n_splits=1, test_size=0.25, random_state=seed).split(X, y))
    Xs, ys = RandomUnderSampler(sampling_strategy=ratio).fit_resample(X.iloc[train], y.iloc[train])
    return Xs, X.iloc[test], ys, y.iloc[test]


# %% bonus-split-first | right | frame joined
def split_and_undersample(X, y, ratio, seed):
    df = X.copy()
    df["label"] = y
    train, test = train_test_split(df, train_size=0.75, stratify=df["label"], random_state=seed)
    pos = train[train["label"] == 1]
    neg = train[train["label"] == 0].sample(n=round(len(pos) / ratio), random_state=seed)
    small = pd.concat([pos, neg]).sample(frac=1, random_state=seed)
    return small.drop(columns="label"), test.drop(columns="label"), small["label"], test["label"]


# %% bonus-split-first | right | rounded down
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=len(y) // 4, stratify=y, random_state=seed)
    Xs, ys = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return [Xs.to_numpy(), X_test.to_numpy(), ys.to_numpy(), y_test.to_numpy()]


# %% bonus-split-first | wrong | resampled before splitting | 0 | it resampled before splitting
def split_and_undersample(X, y, ratio, seed):
    X, y = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X, y)
    return train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)


# %% bonus-split-first | wrong | resampled the test set, too | 0 | it resampled the test set, too
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    sampler = RandomUnderSampler(sampling_strategy=ratio, random_state=seed)
    X_train, y_train = sampler.fit_resample(X_train, y_train)
    X_test, y_test = sampler.fit_resample(X_test, y_test)
    return X_train, X_test, y_train, y_test


# %% bonus-split-first | wrong | ratio as majority over minority | 0 | that's majority over minority
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    sampler = RandomUnderSampler(sampling_strategy=1 / ratio, random_state=seed)
    X_train, y_train = sampler.fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% bonus-split-first | wrong | the result thrown away | 0 | the training set wasn't undersampled
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% bonus-split-first | wrong | rows and labels in another order | 0 | four parts in this order
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, y_train, X_test, y_test


# %% bonus-split-first | wrong | sorted into train and test by class | 0 | keep the prevalence
def split_and_undersample(X, y, ratio, seed):
    order = y.sort_values(kind="stable").index
    X, y = X.loc[order], y.loc[order]
    X_test, X_train, y_test, y_train = train_test_split(X, y, train_size=0.25, shuffle=False)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% bonus-split-first | wrong | trained on the test rows as well | 0 | some rows are in both parts
def split_and_undersample(X, y, ratio, seed):
    _, X_test, _, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X, y)
    return X_train, X_test, y_train, y_test


# %% bonus-split-first | wrong | another size of the test part | 0 | the task asks for a quarter of all rows
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% bonus-split-first | wrong | always 1:1 | 0 | both classes have the same number of rows
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% bonus-split-first | wrong | no seed | 0 | called twice with the same seed
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% bonus-split-first | wrong | a fixed seed | 0 | with another seed
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=1)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% bonus-split-first | wrong | not stratified | 0 | keep the prevalence
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% bonus-split-first | wrong | a row too many in the test part | 0 | the task asks for a quarter of all rows
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=len(y) // 4 + 2, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


# %% bonus-split-first | wrong | train_size a quarter | 0 | the task asks for a quarter of all rows
def split_and_undersample(X, y, ratio, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, train_size=0.25, stratify=y, random_state=seed)
    X_train, y_train = RandomUnderSampler(sampling_strategy=ratio, random_state=seed).fit_resample(X_train, y_train)
    return X_train, X_test, y_train, y_test


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


# %% bonus-enn-settings | wrong | two of three told for the default | 0 | which is `mode`
def enn_drops(neighbour_labels):
    against = neighbour_labels.mean(axis=1)
    return {"all": against > 0.5, "mode": against > 0.5}


# %% bonus-enn-settings | wrong | all must disagree | 0 | you drop where all disagree
def enn_drops(neighbour_labels):
    return {"all": neighbour_labels.all(axis=1), "mode": neighbour_labels.mean(axis=1) > 0.5}


# %% bonus-enn-settings | wrong | swapped | 0 | you drop on a single one, which is `all`
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


# %% bonus-enn-settings | wrong | drops every row | 0 | For 12 rows with three neighbors each it gave 12 values
def enn_drops(neighbour_labels):
    return {"all": np.ones(len(neighbour_labels), dtype=bool), "mode": np.ones(len(neighbour_labels), dtype=bool)}


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

# %% bonus-find-the-sampler | wrong | repeated ENN and version 2 | 0 | the neighborhood should grow
from imblearn.under_sampling import NearMiss, RepeatedEditedNearestNeighbours

sampler_a = RepeatedEditedNearestNeighbours(n_neighbors=5)
sampler_b = NearMiss(version=2)

# %% bonus-find-the-sampler | wrong | the wrong ten | 0 | ten is the number of rows collected first
from imblearn.under_sampling import AllKNN, NearMiss

sampler_a = AllKNN(n_neighbors=5)
sampler_b = NearMiss(version=3, n_neighbors=10)

# %% bonus-find-the-sampler | wrong | classes for objects | 0 | made with its parentheses
from imblearn.under_sampling import AllKNN, NearMiss

sampler_a, sampler_b = AllKNN, NearMiss

# %% bonus-find-the-sampler | wrong | other samplers | 0 | keeps other rows than the sampler described
sampler_a = TomekLinks()
sampler_b = RandomUnderSampler(random_state=1)

# %% find-the-bug | right | split first
parts = train_test_split(flat_X, flat_y, test_size=0.25, stratify=flat_y, random_state=1)
few_X, few_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(parts[0], parts[2])
tested = LogisticRegression().fit(few_X, few_y)
test_rows, test_prevalence = len(parts[3]), parts[3].mean()
test_precision = precision_score(parts[3], tested.predict(parts[1]))

# %% find-the-bug | right | as a pipeline
parts = train_test_split(flat_X, flat_y, test_size=0.25, stratify=flat_y, random_state=1)
tested = make_pipeline(RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression())
flags = tested.fit(parts[0], parts[2]).predict(parts[1])
test_rows, test_prevalence = parts[1].shape[0], sum(parts[3]) / len(parts[3])
test_precision = sum(flags * parts[3]) / sum(flags)

# %% find-the-bug | right | rounded, from row numbers
train, test = train_test_split(np.arange(len(flat_y)), test_size=0.25, stratify=flat_y, random_state=1)
few_X, few_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(
    flat_X.iloc[train], flat_y.iloc[train]
)
flags = LogisticRegression().fit(few_X, few_y).predict(flat_X.iloc[test])
test_rows = np.int64(len(test))
test_prevalence = round(float(flat_y.iloc[test].mean()), 3)
test_precision = round(float(precision_score(flat_y.iloc[test], flags)), 3)

# %% find-the-bug | wrong | as it was: resampled before splitting | 0 | Not fixed yet. A quarter of 10,000 rows is more
few_X, few_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(flat_X, flat_y)
parts = train_test_split(few_X, few_y, test_size=0.25, stratify=few_y, random_state=1)
tested = LogisticRegression().fit(parts[0], parts[2])
test_rows = len(parts[3])
test_prevalence = parts[3].mean()
test_precision = precision_score(parts[3], tested.predict(parts[1]))

# %% find-the-bug | wrong | resampled the test set as well | 0 | you resampled the test set as well
parts = train_test_split(flat_X, flat_y, test_size=0.25, stratify=flat_y, random_state=1)
sampler = RandomUnderSampler(sampling_strategy=0.5, random_state=1)
few_X, few_y = sampler.fit_resample(parts[0], parts[2])
few_test, few_truth = sampler.fit_resample(parts[1], parts[3])
tested = LogisticRegression().fit(few_X, few_y)
test_rows, test_prevalence = len(few_truth), few_truth.mean()
test_precision = precision_score(few_truth, tested.predict(few_test))

# %% find-the-bug | wrong | no stratify | 0 | the split doesn't keep the share of positives
parts = train_test_split(flat_X, flat_y, test_size=0.25, random_state=1)
few_X, few_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(parts[0], parts[2])
tested = LogisticRegression().fit(few_X, few_y)
test_rows, test_prevalence = len(parts[3]), parts[3].mean()
test_precision = precision_score(parts[3], tested.predict(parts[1]))

# %% find-the-bug | wrong | tested on the training set | 0 | measured on the rows of the training set
parts = train_test_split(flat_X, flat_y, test_size=0.25, stratify=flat_y, random_state=1)
few_X, few_y = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(parts[0], parts[2])
tested = LogisticRegression().fit(few_X, few_y)
test_rows, test_prevalence = len(parts[3]), parts[3].mean()
test_precision = precision_score(few_y, tested.predict(few_X))

# %% find-the-bug | wrong | another ratio | 0 | keep the cell's ratio
a, b, c, d = train_test_split(flat_X, flat_y, test_size=0.25, stratify=flat_y, random_state=1)
balanced = make_pipeline(RandomUnderSampler(random_state=1), LogisticRegression()).fit(a, c)
test_rows, test_prevalence, test_precision = len(d), d.mean(), precision_score(d, balanced.predict(b))

# %% find-the-bug | wrong | no undersampling at all | 0 | trained on all rows
parts = train_test_split(flat_X, flat_y, test_size=0.25, stratify=flat_y, random_state=1)
tested = LogisticRegression().fit(parts[0], parts[2])
test_rows, test_prevalence = len(parts[3]), parts[3].mean()
test_precision = precision_score(parts[3], tested.predict(parts[1]))

# %% before-1 | right | letter
before_1 = "d"

# %% before-1 | right | capital
before_1 = "D"

# %% before-1 | right | with a bracket
before_1 = "d)"

# %% before-1 | right | with blanks
before_1 = " d "

# %% before-1 | wrong | the default | 0 | only if both mistakes cost the same
before_1 = "a"

# %% before-1 | wrong | the wrong way | 0 | so the threshold should be low
before_1 = "b"

# %% before-1 | wrong | the prevalence | 0 | the prevalence doesn't enter the formula
before_1 = "c"

# %% before-1 | wrong | the number | 0 | it should be one letter
before_1 = 0.05

# %% before-2 | right | letter
before_2 = "a"

# %% before-2 | right | capital
before_2 = "A"

# %% before-2 | right | with a full stop
before_2 = "a."

# %% before-2 | right | in parentheses
before_2 = "(a)"

# %% before-2 | wrong | one for certain | 0 | it's left to chance
before_2 = "b"

# %% before-2 | wrong | more than there are | 0 | there are only 10 positives
before_2 = "c"

# %% before-2 | wrong | no accuracy | 0 | accuracy can always be computed
before_2 = "d"

# %% before-2 | wrong | a word | 0 | it should be one letter
before_2 = "none"

# %% balanced-report | right | by the rates
word_recall = word_roc_auc = "holds"
word_precision = word_average_precision = "falls"
word_accuracy = "rises"
rate = 0.8 * 0.05 / 0.95
world_precision = 0.8 * 0.001 / (0.8 * 0.001 + rate * 0.999)

# %% balanced-report | right | by counts, rounded to three decimals
word_recall, word_roc_auc, word_precision, word_average_precision, word_accuracy = (
    "Holds",
    "holds",
    "falls",
    "falls ",
    "RISES",
)
hits, alarms = 80, (80 / 0.95 - 80) * 999
world_precision = round(hits / (hits + alarms), 3)

# %% balanced-report | right | by odds
word_recall, word_roc_auc = "holds", "holds"
word_precision, word_average_precision, word_accuracy = "falls", "falls", "rises"
alert_odds = 0.95 / 0.05 / 999
world_precision = np.float64(alert_odds / (1 + alert_odds))

# %% balanced-report | right | typed
word_recall = word_roc_auc = "holds"
word_precision = word_average_precision = "falls"
word_accuracy = "rises"
world_precision = 0.01866

# %% balanced-report | wrong | a metric belongs to the model | 1 | it doesn't belong to the model
word_recall = word_roc_auc = word_precision = word_average_precision = word_accuracy = "holds"
world_precision = 0.95

# %% balanced-report | wrong | rarity spoils everything | 2.5 | rarity doesn't spoil everything
word_recall = word_roc_auc = word_precision = word_average_precision = word_accuracy = "falls"
world_precision = 0.8 * 0.001 / (0.8 * 0.001 + 0.8 * 0.05 / 0.95 * 0.999)

# %% balanced-report | wrong | 5% as the false positive rate | 2.5 | 5% of the alerts are false
word_recall = word_roc_auc = "holds"
word_precision = word_average_precision = "falls"
word_accuracy = "rises"
world_precision = 0.8 * 0.001 / (0.8 * 0.001 + 0.05 * 0.999)

# %% balanced-report | wrong | precision times prevalence | 2.5 | the vendor's precision times the prevalence
word_recall = word_roc_auc = "holds"
word_precision = word_average_precision = "falls"
word_accuracy = "rises"
world_precision = 0.95 * 0.001

# %% balanced-report | wrong | precision times the ratio of the prevalences | 2.5 | the ratio of the prevalences
word_recall = word_roc_auc = "holds"
word_precision = word_average_precision = "falls"
word_accuracy = "rises"
world_precision = 0.0019

# %% balanced-report | wrong | a number that no known mistake gives | 2 | (hint 2 has the steps); yours is too large
word_recall = word_roc_auc = "holds"
word_precision = word_average_precision = "falls"
word_accuracy = "holds"
world_precision = 0.31

# %% balanced-report | wrong | everything rises | 2 | so more of the alerts are false
word_recall = word_roc_auc = word_precision = word_average_precision = word_accuracy = "rises"
world_precision = 0.0187

# %% balanced-report | wrong | other words | 1.5 | it should be "holds", "falls", or "rises"
word_recall = word_roc_auc = word_precision = word_average_precision = word_accuracy = "same"
world_precision = 0.0187

# %% balanced-report | wrong | in percent | 2.5 | in percent
word_recall = word_roc_auc = "holds"
word_precision = word_average_precision = "falls"
word_accuracy = "rises"
world_precision = 1.866

# %% balanced-report | wrong | the false positive rate | 2 | that's the false positive rate
word_recall = "holds"
word_roc_auc = "rises"
word_precision = word_average_precision = "falls"
word_accuracy = "rises"
world_precision = 0.8 * 0.05 / 0.95

# %% lines-in-order | right | split first
order = "dcgbe"

# %% lines-in-order | right | pipeline first
order = "cdgbe"

# %% lines-in-order | right | capitals and commas
order = "D, C, G, B, E"

# %% lines-in-order | right | a list
order = ["d", "c", "g", "b", "e"]

# %% lines-in-order | wrong | resampled before splitting | 0 | line a undersamples all rows
order = "adcgbe"

# %% lines-in-order | wrong | resampled all after the split | 0 | it changes nothing that a later line uses
order = "dacgbe"

# %% lines-in-order | wrong | scikit-learn's Pipeline | 0 | which refuses a sampler
order = "dfgbe"

# %% lines-in-order | wrong | no fit | 0 | line g is missing
order = "dcbe"

# %% lines-in-order | wrong | scores before the fit | 0 | a model that hasn't been fitted
order = "dcbge"

# %% lines-in-order | wrong | fit before the split | 0 | line g comes too early
order = "cgdbe"

# %% lines-in-order | wrong | metric before the scores | 0 | line e comes too early
order = "dcgeb"

# %% lines-in-order | wrong | a line twice | 0 | line c is there twice
order = "dccgbe"

# %% lines-in-order | wrong | another letter | 0 | there's no line z
order = "dcgbz"

# %% lines-in-order | wrong | numbers | 0 | one text of five letters
order = 43725

# %% pipeline | right | make_pipeline
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = cross_val_score(
    resampling_model, X.drop(columns="duration"), y, cv=folds, scoring="average_precision"
).mean()

# %% pipeline | right | Pipeline with names, rounded to three decimals, sampler first
from imblearn.pipeline import Pipeline

leak = "Duration"
resampling_model = Pipeline(
    [
        ("drop", RandomUnderSampler(sampling_strategy=1 / 2, random_state=1)),
        ("prepare", prepare),
        ("model", LogisticRegression(max_iter=2_000)),
    ]
)
known = X[[column for column in X.columns if column != "duration"]]
mean_average_precision = round(
    float(cross_val_score(resampling_model, known, y, cv=folds, scoring="average_precision").mean()), 3
)

# %% pipeline | right | dict strategy for the folds
leak = ["duration"]
resampling_model = make_pipeline(
    prepare,
    RandomUnderSampler(sampling_strategy={0: 7_052, 1: 3_526}, random_state=1),
    LogisticRegression(max_iter=1000),
).fit(X.drop(columns="duration"), y)
mean_average_precision = np.mean(
    cross_val_score(resampling_model, X.drop(columns=leak), y, scoring="average_precision", cv=folds)
)

# %% pipeline | right | columns by name, memory
from imblearn.pipeline import Pipeline

import tempfile

leak = "duration"
numbers = ["age", "balance", "day", "campaign", "pdays", "previous"]
coded = make_column_transformer(
    (OneHotEncoder(handle_unknown="ignore"), list(real_data.BANK_CALLS_CATEGORIES)), (StandardScaler(), numbers)
)
resampling_model = Pipeline(
    [
        ("prepare", coded),
        ("sample", RandomUnderSampler(sampling_strategy=0.5, random_state=1)),
        ("model", LogisticRegression(max_iter=1000)),
    ],
    memory=tempfile.mkdtemp(),
)
mean_average_precision = cross_val_score(
    resampling_model, X.drop(columns=leak), y, cv=folds, scoring="average_precision"
).mean()

# %% pipeline | wrong | two columns in place of prepare | 1 | doesn't use every column
leak = "duration"
two_columns = make_column_transformer((StandardScaler(), ["age", "balance"]))
thinning = RandomUnderSampler(sampling_strategy=0.5, random_state=1)
resampling_model = make_pipeline(two_columns, thinning, LogisticRegression(max_iter=1000))
mean_average_precision = cross_val_score(
    resampling_model, X.drop(columns=leak), y, cv=folds, scoring="average_precision"
).mean()

# %% pipeline | wrong | another C | 1 | with its default `C`
leak = "duration"
thinning = RandomUnderSampler(sampling_strategy=0.5, random_state=1)
resampling_model = make_pipeline(prepare, thinning, LogisticRegression(C=0.0001, max_iter=1000))
mean_average_precision = cross_val_score(
    resampling_model, X.drop(columns=leak), y, cv=folds, scoring="average_precision"
).mean()

# %% pipeline | wrong | the leak kept | 3 | that's with the leak
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = cross_val_score(resampling_model, X, y, cv=folds, scoring="average_precision").mean()

# %% pipeline | wrong | another column as the leak | 2 | says how an earlier campaign ended
leak = "poutcome"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = 0.5

# %% pipeline | wrong | the date as the leak | 0 | the bank knows when it decides
leak = "month"
resampling_model = ...
mean_average_precision = ...

# %% pipeline | wrong | folds that weren't shuffled | 3 | weren't shuffled
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = cross_val_score(
    resampling_model, X.drop(columns=leak), y, cv=3, scoring="average_precision"
).mean()

# %% pipeline | wrong | the best fold | 3 | the value of one fold
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = cross_val_score(
    resampling_model, X.drop(columns=leak), y, cv=folds, scoring="average_precision"
).max()

# %% pipeline | wrong | the first fold, rounded | 3 | the value of one fold
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = 0.403

# %% pipeline | wrong | mean precision | 3 | the mean precision at 0.5
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = cross_val_score(
    resampling_model, X.drop(columns=leak), y, cv=folds, scoring="precision"
).mean()

# %% pipeline | wrong | mean recall | 3 | the mean recall at 0.5
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = cross_val_score(resampling_model, X.drop(columns=leak), y, cv=folds, scoring="recall").mean()

# %% pipeline | wrong | mean balanced accuracy | 3 | the mean balanced accuracy
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = cross_val_score(
    resampling_model, X.drop(columns=leak), y, cv=folds, scoring="balanced_accuracy"
).mean()

# %% pipeline | wrong | scored without the sampler | 3 | that's without the sampler
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = cross_val_score(
    make_pipeline(prepare, resampling_model[-1]), X.drop(columns=leak), y, cv=folds, scoring="average_precision"
).mean()

# %% pipeline | wrong | another column dropped, and scored with the leak | 2 | another column was dropped
leak = "campaign"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = cross_val_score(
    resampling_model, X.drop(columns=leak), y, cv=folds, scoring="average_precision"
).mean()

# %% pipeline | right | without another column, too, which is the same to three decimals
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = cross_val_score(
    resampling_model, X.drop(columns=[leak, "pdays"]), y, cv=folds, scoring="average_precision"
).mean()

# %% pipeline | right | sampler first, which changes next to nothing with random rows
leak = "duration"
resampling_model = make_pipeline(
    RandomUnderSampler(sampling_strategy=0.5, random_state=1), prepare, LogisticRegression(max_iter=1000)
)
mean_average_precision = cross_val_score(
    resampling_model, X.drop(columns=leak), y, cv=folds, scoring="average_precision"
).mean()

# %% pipeline | wrong | resampled before splitting, so scored at the new prevalence | 1 | before the folds were made
leak = "duration"
X_half, y_half = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(X.drop(columns=leak), y)
resampling_model = make_pipeline(prepare, LogisticRegression(max_iter=1000))
mean_average_precision = cross_val_score(resampling_model, X_half, y_half, cv=folds, scoring="average_precision").mean()

# %% pipeline | wrong | resampled the test set of each fold | 3 | the test folds were undersampled, too
leak = "duration"
known = X.drop(columns=leak)
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
by_fold = []
for train, test in folds.split(known, y):
    resampling_model.fit(known.iloc[train], y.iloc[train])
    some = RandomUnderSampler(sampling_strategy=0.5, random_state=1).fit_resample(known.iloc[test], y.iloc[test])
    by_fold.append(average_precision_score(some[1], resampling_model.predict_proba(some[0])[:, 1]))
mean_average_precision = np.mean(by_fold)

# %% pipeline | wrong | scikit-learn's Pipeline | 1 | which refuses a sampler
import sklearn.pipeline

leak = "duration"
resampling_model = sklearn.pipeline.make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = ...

# %% pipeline | wrong | no sampler in the pipeline | 1 | no step resamples
leak = "duration"
resampling_model = make_pipeline(prepare, LogisticRegression(max_iter=1000))
mean_average_precision = ...

# %% pipeline | wrong | ratio as majority over minority | 1 | that's majority over minority
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=2.0, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = ...

# %% pipeline | wrong | the default ratio | 1 | fix the pipeline first
leak = "duration"
resampling_model = make_pipeline(prepare, RandomUnderSampler(random_state=1), LogisticRegression(max_iter=1000))
mean_average_precision = "0.4"

# %% pipeline | wrong | accuracy for average precision | 3 | that's the mean accuracy
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = cross_val_score(resampling_model, X.drop(columns=leak), y, cv=folds).mean()

# %% pipeline | wrong | three numbers | 3 | give their mean
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = cross_val_score(
    resampling_model, X.drop(columns=leak), y, cv=folds, scoring="average_precision"
)

# %% pipeline | wrong | not prepared | 1 | the step `prepare` is missing
leak = "duration"
resampling_model = make_pipeline(
    OneHotEncoder(), RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=1000)
)
mean_average_precision = ...

# %% pipeline | wrong | no seed | 1 | the sampler has no seed
leak = "duration"
resampling_model = make_pipeline(prepare, RandomUnderSampler(sampling_strategy=0.5), LogisticRegression(max_iter=1000))
mean_average_precision = ...

# %% pipeline | wrong | another seed | 1 | asks for random_state=1
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=42), LogisticRegression(max_iter=1000)
)
mean_average_precision = ...

# %% pipeline | wrong | callable strategy | 1 | a number
leak = "duration"
resampling_model = make_pipeline(
    prepare,
    RandomUnderSampler(sampling_strategy=lambda y: {0: 2 * int(sum(y))}, random_state=1),
    LogisticRegression(max_iter=1000),
)
mean_average_precision = ...

# %% pipeline | wrong | weights on top | 1 | count the imbalance twice
leak = "duration"
resampling_model = make_pipeline(
    prepare,
    RandomUnderSampler(sampling_strategy=0.5, random_state=1),
    LogisticRegression(max_iter=1000, class_weight="balanced"),
)
mean_average_precision = ...

# %% pipeline | wrong | few steps of the fit | 1 | so that the fit isn't cut off
leak = "duration"
resampling_model = make_pipeline(
    prepare, RandomUnderSampler(sampling_strategy=0.5, random_state=1), LogisticRegression(max_iter=20)
)
mean_average_precision = ...

# %% pipeline | wrong | the model by itself | 1 | make a pipeline of the three steps
leak = "duration"
resampling_model = LogisticRegression(class_weight="balanced")
mean_average_precision = ...

# %% pipeline | wrong | a class for a model | 1 | should be a pipeline
from imblearn.pipeline import Pipeline

leak = "duration"
resampling_model = Pipeline
mean_average_precision = ...


# %% prior-correction | right | one fraction
def repaired(p_s, trained_on, natural):
    factor = (natural / (1 - natural)) / (trained_on / (1 - trained_on))
    return factor * p_s / (factor * p_s + 1 - p_s)


same_threshold = 0.02


# %% prior-correction | right | loops and plain numbers
def repaired(p_s, trained_on, natural):
    up, down = natural / trained_on, (1 - natural) / (1 - trained_on)
    return [float(p * up / (p * up + (1 - p) * down)) for p in p_s]


same_threshold = repaired([0.5], 0.5, 0.02)[0]


# %% prior-correction | right | by the odds, in a Series
def repaired(p_s, trained_on, natural):
    with np.errstate(divide="ignore"):
        odds = p_s / (1 - p_s) * natural / (1 - natural) * (1 - trained_on) / trained_on
        return pd.Series(1 / (1 + 1 / odds))


same_threshold = 1 / 50


# %% prior-correction | right | by logits, rounded to three decimals
def repaired(p_s, trained_on, natural):
    from scipy.special import expit, logit

    return expit(logit(p_s) + logit(natural) - logit(trained_on)).round(3)


same_threshold = round(0.5 * 0.02 / (0.5 * 0.02 + 0.5 * 0.98), 3)


# %% prior-correction | wrong | multiplies the probability | 1 | it multiplies the probability by the factor
def repaired(p_s, trained_on, natural):
    return (natural / (1 - natural)) / (trained_on / (1 - trained_on)) * p_s


same_threshold = 0.02


# %% prior-correction | wrong | the wrong way | 0 | which goes the wrong way
def repaired(p_s, trained_on, natural):
    factor = (natural / (1 - natural)) / (trained_on / (1 - trained_on))
    return p_s / (p_s + factor * (1 - p_s))


same_threshold = repaired(0.5, 0.5, 0.02)


# %% prior-correction | wrong | odds | 1 | these are the repaired odds
def repaired(p_s, trained_on, natural):
    factor = (natural / (1 - natural)) / (trained_on / (1 - trained_on))
    return factor * p_s / (1 - p_s)


same_threshold = 0.02


# %% prior-correction | wrong | odds divided by the factor | 1 | and these are odds
def repaired(p_s, trained_on, natural):
    factor = (natural / (1 - natural)) / (trained_on / (1 - trained_on))
    return p_s / (1 - p_s) / factor


same_threshold = 0.02


# %% prior-correction | wrong | ratio of the prevalences | 1 | ratio of the odds of the prevalences
def repaired(p_s, trained_on, natural):
    odds = natural / trained_on
    return odds * p_s / (odds * p_s + 1 - p_s)


same_threshold = 0.02


# %% prior-correction | wrong | probability times the ratio of the prevalences | 1 | it multiplies the probability by the ratio
def repaired(p_s, trained_on, natural):
    return p_s * natural / trained_on


same_threshold = repaired(0.5, 0.5, 0.02)


# %% prior-correction | wrong | nan for a probability of 1 | 1 | a probability of 1 has infinite odds
def repaired(p_s, trained_on, natural):
    factor = (natural / (1 - natural)) / (trained_on / (1 - trained_on))
    odds = factor * p_s / (1 - p_s)
    return odds / (1 + odds)


same_threshold = 0.02


# %% prior-correction | right | section 5's formula in its own letters
def repaired(p_s, trained_on, natural):
    f = natural / (1 - natural) * (1 - trained_on) / trained_on
    return f * p_s / (f * p_s + 1 - p_s)


same_threshold = repaired(np.array([0.5]), 0.5, 0.02)[0]


# %% prior-correction | wrong | brackets missing | 1 | brackets are missing
def repaired(p_s, trained_on, natural):
    factor = (natural / (1 - natural)) / (trained_on / (1 - trained_on))
    return factor * p_s / factor * p_s + 1 - p_s


same_threshold = 0.02


# %% prior-correction | wrong | threshold unchanged | 3 | so 0.5 on the repaired ones flags fewer payments
def repaired(p_s, trained_on, natural):
    factor = (natural / (1 - natural)) / (trained_on / (1 - trained_on))
    return factor * p_s / (factor * p_s + 1 - p_s)


same_threshold = 0.5


# %% prior-correction | wrong | does not use its arguments | 1 | does it use its arguments?
def repaired(p_s, trained_on, natural):
    return np.zeros(7)


same_threshold = 0.02


# %% prior-correction | right | the threshold just near enough
from scipy.special import expit, logit


def repaired(p_s, trained_on, natural):
    return expit(logit(p_s) + logit(natural) - logit(trained_on))


same_threshold = 0.02009


# %% prior-correction | wrong | the threshold just too far off | 3 | a little too large
def repaired(p_s, trained_on, natural):
    factor = natural * (1 - trained_on) / (trained_on * (1 - natural))
    return [factor * p / (factor * p + 1 - p) for p in p_s]


same_threshold = 0.02011


# %% prior-correction | wrong | the threshold as odds | 3 | These are the odds
def repaired(p_s, trained_on, natural):
    factor = natural * (1 - trained_on) / (trained_on * (1 - natural))
    return factor * p_s / (factor * p_s + 1 - p_s)


same_threshold = 0.02 / 0.98


# %% quick-check-1 | right | letter
answer_1 = "b"

# %% quick-check-1 | right | capital
answer_1 = "B"

# %% quick-check-1 | right | with a bracket
answer_1 = " b) "

# %% quick-check-1 | right | with a full stop
answer_1 = "b."

# %% quick-check-1 | wrong | rows removed | 0 | weights remove no row
answer_1 = "a"

# %% quick-check-1 | wrong | threshold | 0 | a moved threshold can't lower it
answer_1 = "c"

# %% quick-check-1 | wrong | the same factor | 0 | would keep the order
answer_1 = "d"

# %% quick-check-1 | wrong | a number | 0 | it should be one letter
answer_1 = 2

# %% quick-check-2 | right | letter
answer_2 = "a"

# %% quick-check-2 | right | capital
answer_2 = "A"

# %% quick-check-2 | right | with a full stop
answer_2 = "a."

# %% quick-check-2 | right | in parentheses
answer_2 = "(a)"

# %% quick-check-2 | wrong | the first two swapped | 0 | a threshold doesn't make a table smaller
answer_2 = "c"

# %% quick-check-2 | wrong | undersampled for expensive misses | 0 | needs only a lower threshold
answer_2 = "b"

# %% quick-check-2 | wrong | undersampled for premiums | 0 | would raise team 3's premiums
answer_2 = "d"

# %% quick-check-2 | wrong | a sentence | 0 | it should be one letter
answer_2 = "Only team 1 undersamples."
