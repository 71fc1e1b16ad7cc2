# Known answers of lesson 2. One cell each, in place of the task's answer cell:
#     task | right | name
#     task | wrong | name | points it earns | part of the message it gets


# %% build-and-count | right | the call of the worked example
def make_set(n_rows, minority_share, seed):
    return make_classification(
        n_samples=n_rows,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[1 - minority_share, minority_share],
        flip_y=0,
        random_state=seed,
    )


y = make_set(5_000, 0.04, 3)[1]
positives = int(y.sum())
imbalance_ratio = (5_000 - positives) / positives


# %% build-and-count | right | the course's data sets, as DataFrame and Series
def make_set(n_rows, minority_share, seed):
    return datasets.make_two_features(n_rows, minority_share=minority_share, seed=seed)


counts = make_set(5_000, 0.04, 3)[1].value_counts()
positives = counts[1]
imbalance_ratio = counts[0] / counts[1]


# %% build-and-count | right | two clouds of one's own, one weight
def make_set(n_rows, minority_share, seed):
    rng = np.random.default_rng(seed)
    y = (rng.permutation(n_rows) < round(n_rows * minority_share)).astype(float)
    X = rng.normal(size=(n_rows, 2)) + 2 * y[:, None]
    return X, list(y)


counter = Counter(make_set(5_000, 0.04, 3)[1])
positives = counter[1]
imbalance_ratio = max(counter.values()) / min(counter.values())


# %% build-and-count | right | weight of class 0 only, a list of both
def make_set(n_rows, minority_share, seed):
    X, y = make_classification(
        n_rows, 2, n_redundant=0, n_clusters_per_class=1, weights=[1 - minority_share], flip_y=0, random_state=seed
    )
    return [X, y]


positives = 200
imbalance_ratio = 24


# %% build-and-count | wrong | weights swapped | 0 | the weights are swapped: class 1 shall be the minority
def make_set(n_rows, minority_share, seed):
    return make_classification(
        n_samples=n_rows,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[minority_share, 1 - minority_share],
        flip_y=0,
        random_state=seed,
    )


y = make_set(5_000, 0.04, 3)[1]
positives = int(y.sum())
imbalance_ratio = positives / (5_000 - positives) / 576


# %% build-and-count | wrong | flip_y forgotten | 2 | `flip_y` is forgotten: by default it draws the labels
def make_set(n_rows, minority_share, seed):
    return make_classification(
        n_samples=n_rows,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[1 - minority_share, minority_share],
        random_state=seed,
    )


positives = 200
imbalance_ratio = 24


# %% build-and-count | wrong | flip_y forgotten, and counted | 0 | some labels of that set were drawn afresh
def make_set(n_rows, minority_share, seed):
    return make_classification(
        n_samples=n_rows,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[1 - minority_share, minority_share],
        random_state=seed,
    )


y = make_set(5_000, 0.04, 3)[1]
positives = int(y.sum())
imbalance_ratio = (5_000 - positives) / positives


# %% build-and-count | wrong | n_redundant forgotten | 2 | set `n_redundant=0`
def make_set(n_rows, minority_share, seed):
    return make_classification(n_rows, 2, weights=[1 - minority_share], flip_y=0, random_state=seed)


positives, imbalance_ratio = 200, 24.0


# %% build-and-count | wrong | ratio for share, one row for each 1/share | 2 | takes the ratio for the share
def make_set(n_rows, minority_share, seed):
    weight = minority_share / (1 + minority_share)
    return make_classification(
        n_samples=n_rows,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[1 - weight, weight],
        flip_y=0,
        random_state=seed,
    )


positives = 200
imbalance_ratio = 4800 / 200


# %% build-and-count | wrong | ratio for share, 1 divided by the share | 3 | 1 divided by the share: the ratio is majority
def make_set(n_rows, minority_share, seed):
    return datasets.make_two_features(n_rows, minority_share=minority_share, seed=seed)


positives = 200
imbalance_ratio = 1 / 0.04


# %% build-and-count | wrong | no weights | 2 | both classes have the same number of rows
def make_set(n_rows, minority_share, seed):
    return make_classification(n_rows, 2, n_redundant=0, n_clusters_per_class=1, flip_y=0, random_state=seed)


positives, imbalance_ratio = 200, 24.0


# %% build-and-count | wrong | no seed | 2 | the same seed twice gives different rows
def make_set(n_rows, minority_share, seed):
    return make_classification(
        n_rows,
        2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[1 - minority_share, minority_share],
        flip_y=0,
    )


positives, imbalance_ratio = 200, 24.0


# %% build-and-count | wrong | labels by the toss of a coin | 2 | class 0 has
def make_set(n_rows, minority_share, seed):
    rng = np.random.default_rng(seed)
    y = (rng.random(n_rows) < minority_share).astype(int)
    return rng.normal(size=(n_rows, 2)) + y[:, None], y


positives, imbalance_ratio = 200, 24.0


# %% build-and-count | wrong | seed of the worked example | 2 | two different seeds give the same rows
def make_set(n_rows, minority_share, seed):
    return datasets.make_two_features(n_rows, minority_share=minority_share, seed=1)


positives, imbalance_ratio = 200, 24.0


# %% build-and-count | wrong | numbers of the worked example typed in | 1 | 5,000 rows and y
def make_set(n_rows, minority_share, seed):
    return datasets.make_two_features(5_000, minority_share=0.04, seed=seed)


positives = 4_800
imbalance_ratio = 24


# %% build-and-count | wrong | twenty features | 2 | X has 20 columns; two features are asked for
def make_set(n_rows, minority_share, seed):
    return make_classification(n_rows, weights=[1 - minority_share], flip_y=0, random_state=seed)


positives, imbalance_ratio = 200, 24.0


# %% build-and-count | wrong | labels only | 2 | return the pair
def make_set(n_rows, minority_share, seed):
    return datasets.make_two_features(n_rows, minority_share=minority_share, seed=seed)[1]


positives, imbalance_ratio = 200, 24.0


# %% build-and-count | wrong | ratio upside down and a share for a count | 2 | that is upside down
def make_set(n_rows, minority_share, seed):
    return datasets.make_two_features(n_rows, minority_share=minority_share, seed=seed)


positives, imbalance_ratio = 0.04, 200 / 4_800


# %% share-to-counts | right | round
def class_counts(n_rows, minority_share):
    minority = round(n_rows * minority_share)
    return {"majority": n_rows - minority, "minority": minority, "imbalance_ratio": (n_rows - minority) / minority}


def share_of_ratio(ratio):
    return 1 / (ratio + 1)


# %% share-to-counts | right | NumPy and a Series
def class_counts(n_rows, minority_share):
    minority = int(np.rint(n_rows * minority_share))
    found = {"minority": minority, "majority": n_rows - minority}
    return pd.Series({**found, "imbalance_ratio": found["majority"] / found["minority"]})


def share_of_ratio(ratio):
    return np.float64(1 / ratio / (1 / ratio + 1))


# %% share-to-counts | right | exact fractions and a half added
from fractions import Fraction


def class_counts(n_rows, minority_share):
    minority = int(n_rows * minority_share + 0.5)
    majority = n_rows - minority
    return {"majority": majority, "minority": minority, "imbalance_ratio": Fraction(majority, minority)}


def share_of_ratio(ratio):
    return Fraction(1) / (1 + Fraction(ratio))


# %% share-to-counts | right | counted in a set
def class_counts(n_rows, minority_share):
    counts = datasets.make_two_features(n_rows, minority_share=minority_share)[1].value_counts()
    return {"majority": counts[0], "minority": counts[1], "imbalance_ratio": counts[0] / counts[1]}


def share_of_ratio(ratio):
    return 1 - ratio / (1 + ratio)


# %% share-to-counts | right | three decimals
def class_counts(n_rows: int, minority_share: float) -> dict:
    minority = int(round(n_rows * minority_share))
    return dict(majority=n_rows - minority, minority=minority, imbalance_ratio=round((n_rows - minority) / minority, 3))


share_of_ratio = lambda ratio: round(1 / (1 + ratio), 3)


# %% share-to-counts | wrong | two decimals | 2 | keep at least three decimals
def class_counts(n_rows, minority_share):
    minority = round(n_rows * minority_share)
    ratio = round((n_rows - minority) / minority, 2)
    return {"majority": n_rows - minority, "minority": minority, "imbalance_ratio": ratio}


def share_of_ratio(ratio):
    return round(1 / (1 + ratio), 2)


# %% share-to-counts | wrong | ratio for share | 0 | that takes the ratio for the share: the share is a share of all rows
def class_counts(n_rows, minority_share):
    minority = round(n_rows * minority_share / (1 + minority_share))
    return {"majority": n_rows - minority, "minority": minority, "imbalance_ratio": 1 / minority_share}


def share_of_ratio(ratio):
    return 1 / ratio


# %% share-to-counts | wrong | ratio for share in the ratio | 3 | that is 1 divided by the share
def class_counts(n_rows, minority_share):
    minority = round(n_rows * minority_share)
    return {"majority": n_rows - minority, "minority": minority, "imbalance_ratio": n_rows / minority}


def share_of_ratio(ratio):
    return 1 / (1 + ratio)


# %% share-to-counts | wrong | ratio for share, going back | 3 | 1 row against `ratio` rows is 1 of all of them
def class_counts(n_rows, minority_share):
    minority = round(n_rows * minority_share)
    return {"majority": n_rows - minority, "minority": minority, "imbalance_ratio": (n_rows - minority) / minority}


def share_of_ratio(ratio):
    return 1 / ratio


# %% share-to-counts | wrong | cut down | 1 | 0.29 × 100 is a hair below 29
def class_counts(n_rows, minority_share):
    minority = int(n_rows * minority_share)
    return {"majority": n_rows - minority, "minority": minority, "imbalance_ratio": (n_rows - minority) / minority}


def share_of_ratio(ratio):
    return 1 / (1 + ratio)


# %% share-to-counts | wrong | rounded down, with care | 1 | That rounds the minority down
def class_counts(n_rows, minority_share):
    minority = int(np.floor(round(n_rows * minority_share, 9)))
    return {"majority": n_rows - minority, "minority": minority, "imbalance_ratio": (n_rows - minority) / minority}


def share_of_ratio(ratio):
    return 1 / (1 + ratio)


# %% share-to-counts | wrong | rounded up | 1 | that rounds the minority up
def class_counts(n_rows, minority_share):
    minority = int(np.ceil(round(n_rows * minority_share, 9)))
    return {"majority": n_rows - minority, "minority": minority, "imbalance_ratio": (n_rows - minority) / minority}


def share_of_ratio(ratio):
    return 1 / (1 + ratio)


# %% share-to-counts | wrong | ratio of the shares | 3 | that is the ratio of the shares asked for
def class_counts(n_rows, minority_share):
    minority = round(n_rows * minority_share)
    ratio = (1 - minority_share) / minority_share
    return {"majority": n_rows - minority, "minority": minority, "imbalance_ratio": ratio}


def share_of_ratio(ratio):
    return 1 / (1 + ratio)


# %% share-to-counts | wrong | majority for minority | 2 | majority and minority are swapped
def class_counts(n_rows, minority_share):
    minority = round(n_rows * minority_share)
    return {"majority": minority, "minority": n_rows - minority, "imbalance_ratio": (n_rows - minority) / minority}


def share_of_ratio(ratio):
    return 1 / (1 + ratio)


# %% share-to-counts | wrong | ratio upside down, share of the majority | 2 | that is the share of the majority
def class_counts(n_rows, minority_share):
    minority = round(n_rows * minority_share)
    return {"majority": n_rows - minority, "minority": minority, "imbalance_ratio": minority / (n_rows - minority)}


def share_of_ratio(ratio):
    return ratio / (1 + ratio)


# %% share-to-counts | wrong | shares for counts | 1 | that is a share: give a number of rows
def class_counts(n_rows, minority_share):
    return {"majority": 1 - minority_share, "minority": minority_share, "imbalance_ratio": 0.5}


def share_of_ratio(ratio):
    return 1 / (1 + ratio)


# %% share-to-counts | wrong | a key is missing | 3 | the dict has no key 'imbalance_ratio'
def class_counts(n_rows, minority_share):
    minority = round(n_rows * minority_share)
    return {"majority": n_rows - minority, "minority": minority, "ratio": (n_rows - minority) / minority}


def share_of_ratio(ratio):
    return 1 / (1 + ratio)


# %% four-ratios | right | scatter in a loop
figure, axes = plt.subplots(1, 4, figsize=(13, 3), sharex=True, sharey=True)
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker in ((0, "."), (1, "x")):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker=marker, label=value)
    ax.set_title(f"{share:.1%}")
    ax.set_xlabel("x")
axes[0].set_ylabel("y")
axes[0].legend()
plt.close(figure)

# %% four-ratios | right | plt.subplot and plt.scatter, gcf
plt.figure(figsize=(12, 3))
for place, share in enumerate(four_sets, start=1):
    X, y = four_sets[share]
    plt.subplot(1, 4, place)
    plt.scatter(X["feature_1"][y == 0], X["feature_2"][y == 0], c="grey", s=3, label="majority")
    plt.scatter(X["feature_1"][y == 1], X["feature_2"][y == 1], c="black", marker="^", s=9, label="minority")
    plt.title(f"1:{round((1 - share) / share)}")
    plt.xlabel("feature_1")
    plt.ylabel("feature_2")
    plt.legend()
figure = plt.gcf()
plt.close()

# %% four-ratios | right | class_scatter in two rows
figure, axes = plt.subplots(2, 2, figsize=(8, 7))
for ax, (share, (X, y)) in zip(axes.ravel(), four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"share {share}")
plt.close(figure)

# %% four-ratios | right | class_scatter, the axes given
_, figure = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(figure, four_sets.items()):
    plots.class_scatter(X, y, ax=ax)
    ax.set_title(f"share {share}", loc="left")
plt.close(figure[0].figure)

# %% four-ratios | right | DataFrame.plot.scatter
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    X[y == 0].plot.scatter(x="feature_1", y="feature_2", ax=ax, color="C0", s=4, label="class 0")
    X[y == 1].plot.scatter(x="feature_1", y="feature_2", ax=ax, color="C1", s=9, marker="^", label="class 1")
    ax.set_title(f"ratio {1 / share - 1:.0f}:1")
plt.close(figure)

# %% four-ratios | right | DataFrame.plot with markers instead of lines
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker in enumerate("o^"):
        X[y == value].plot(
            x="feature_1", y="feature_2", ax=ax, linestyle="", marker=marker, ylabel="feature_2", label=f"class {value}"
        )
    ax.set_title(f"{share:.1%}")
plt.close(figure)

# %% four-ratios | right | plot with a format, features turned round, rarest first
figure, axes = plt.subplots(1, 4)
for ax, share in zip(axes, reversed(list(four_sets))):
    X, y = (part.to_numpy() for part in four_sets[share])
    ax.plot(X[y == 0, 1], X[y == 0, 0], "k.", label="0")
    ax.plot(X[y == 1, 1], X[y == 1, 0], "r^", label="1")
    ax.set(title=f"{share}", xlabel="feature 2", ylabel="feature 1")
figure.legend(["0", "1"])
plt.close(figure)

# %% four-ratios | right | minority first but lifted, labels of the whole figure, a colour scale's panel, an empty panel
figure, axes = plt.subplots(2, 3, figsize=(13, 6))
for ax, (share, (X, y)) in zip(axes.flat, four_sets.items()):
    ax.scatter(*X[y == 1].to_numpy().T, marker="s", zorder=3, label="rare")
    dots = ax.scatter(*X[y == 0].to_numpy().T, c=X.loc[y == 0, "feature_1"], cmap="Greys", label="common")
    ax.set_title(share)
figure.colorbar(dots, ax=axes[1, 2])
axes.flat[-1].axis("off")
figure.supxlabel("feature 1")
figure.supylabel("feature 2")
axes[0, 0].legend()
plt.close(figure)

# %% four-ratios | wrong | a figure made inside of the loop | 2 | 1 of 4 sets is drawn
for share, (X, y) in four_sets.items():
    figure, ax = plt.subplots()
    plots.class_scatter(X, y, ax=ax)
    ax.set_title(f"share {share:.1%}")
    plt.close(figure)

# %% four-ratios | wrong | same marker | 3 | both classes have the same marker
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value in (0, 1):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], label=value)
    ax.set(title=f"{share:.1%}", xlabel="x", ylabel="y")
    ax.legend()
plt.close(figure)

# %% four-ratios | wrong | majority last | 3 | the majority is drawn over the minority
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker in ((1, "^"), (0, "o")):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker=marker, label=value)
    ax.set(title=f"{share:.1%}", xlabel="x", ylabel="y")
    ax.legend()
plt.close(figure)

# %% four-ratios | wrong | coloured by class in one call | 3 | one call draws both classes
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    dots = ax.scatter(X["feature_1"], X["feature_2"], c=y)
    ax.legend(*dots.legend_elements())
    ax.set(title=f"{share:.1%}", xlabel="x", ylabel="y")
plt.close(figure)

# %% four-ratios | wrong | all rows alike | 1 | all rows are drawn alike
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    ax.scatter(X["feature_1"], X["feature_2"])
    ax.set(title=f"{share:.1%}", xlabel="x", ylabel="y")
plt.close(figure)

# %% four-ratios | wrong | only the minority | 1 | only the minority is drawn: draw the majority as well
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    ax.scatter(*X[y == 1].to_numpy().T, label="minority")
    ax.set(title=f"{share:.1%}", xlabel="x", ylabel="y")
    ax.legend()
plt.close(figure)

# %% four-ratios | wrong | only the majority | 1 | only the majority is drawn: draw the minority as well
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    ax.scatter(*X[y == 0].to_numpy().T, label="majority")
    ax.set(title=f"{share:.1%}", xlabel="x", ylabel="y")
    ax.legend()
plt.close(figure)

# %% four-ratios | wrong | no words at all | 3 | missing: a label on the x axis of every panel
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (X, y) in zip(axes, four_sets.values()):
    for value, marker in ((0, "o"), (1, "^")):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker=marker)
plt.close(figure)

# %% four-ratios | wrong | the same title on all | 3 | titles that tell the panels apart
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (X, y) in zip(axes, four_sets.values()):
    plots.class_scatter(X, y, ax=ax).set_title("two classes")
plt.close(figure)

# %% four-ratios | wrong | one panel labelled, no legend | 3 | a legend that names both classes
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker in ((0, "o"), (1, "^")):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker=marker)
    ax.set_title(share)
axes[0].set(xlabel="feature 1", ylabel="feature 2")
plt.close(figure)

# %% four-ratios | wrong | the same set four times | 2 | every panel shows the same set
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
X, y = four_sets[0.01]
for ax, share in zip(axes, four_sets):
    plots.class_scatter(X, y, ax=ax).set_title(share)
plt.close(figure)

# %% four-ratios | wrong | a figure for each set | 2 | A figure made inside of the loop holds only the last set
for share, (X, y) in four_sets.items():
    figure, ax = plt.subplots()
    plots.class_scatter(X, y, ax=ax).set_title(share)
    plt.close(figure)

# %% four-ratios | wrong | an empty figure | 0 | no panel has points drawn in it
figure, axes = plt.subplots(1, 4)
plt.close(figure)

# %% four-ratios | wrong | titles in the wrong order | 3 | shows another set than its title
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (X, y), share in zip(axes, four_sets.values(), sorted(four_sets)):
    plots.class_scatter(X, y, ax=ax).set_title(f"share {share:.1%}, ratio {(1 - share) / share:,.0f}:1")
plt.close(figure)

# %% four-ratios | wrong | Panel 1 to 4 for titles | 3 | does not say the share or the ratio
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for number, (ax, (X, y)) in enumerate(zip(axes, four_sets.values()), start=1):
    plots.class_scatter(X, y, ax=ax).set_title(f"Panel {number}")
plt.close(figure)

# %% four-ratios | wrong | legend swapped | 3 | the legend is swapped
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker, name in ((0, "o", "minority"), (1, "^", "majority")):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker=marker, label=name)
    ax.set(title=f"{share:.1%}", xlabel="feature 1", ylabel="feature 2")
axes[3].legend()
plt.close(figure)

# %% four-ratios | wrong | features in the legend | 3 | the legend names a feature
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker in ((0, "o"), (1, "^")):
        rows = X[y == value]
        ax.scatter(rows["feature_1"], rows["feature_2"], marker=marker, label=f"feature {value + 1}")
    ax.set(title=f"{share:.1%}", xlabel="feature 1", ylabel="feature 2")
    ax.legend()
plt.close(figure)

# %% four-ratios | wrong | axis labels swapped | 3 | the labels of the axes are swapped
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X, y, ax=ax)
    ax.set(title=f"{share:.1%}", xlabel="feature 2", ylabel="feature 1")
plt.close(figure)

# %% four-ratios | wrong | points moved a little | 2 | they lie elsewhere
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X + 0.01, y, ax=ax).set_title(f"{share:.1%}")
plt.close(figure)

# %% four-ratios | right | loose ratios in words, German legend
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker, name in ((0, ".", "Mehrheit"), (1, "*", "Minderheit")):
        ax.plot(
            X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker, label=f"{name} ({sum(y == value)})"
        )
    ax.set(title=f"Panel {axes.tolist().index(ax) + 1}: 1 in {1 / share:,.0f}", xlabel="$x_1$", ylabel="$x_2$")
axes[2].legend()
plt.close(figure)

# %% four-ratios | wrong | made-up points | 2 | they lie elsewhere
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    ax.scatter(np.arange(sum(y == 0)), np.zeros(sum(y == 0)), label="class 0")
    ax.scatter(np.arange(sum(y == 1)), np.ones(sum(y == 1)), marker="^", label="class 1")
    ax.set(title=f"{share:.1%}", xlabel="x", ylabel="y")
    ax.legend()
plt.close(figure)

# %% four-ratios | wrong | pyplot for the figure | 0 | should be the figure that `plt.subplots` returns first
figure = plt

# %% four-ratios | wrong | a number | 0 | you have 4
figure = 4


# %% flip-effect | right | three parts
_, y = make_classification(10_000, 2, n_redundant=0, n_clusters_per_class=1, weights=[0.99, 0.01], random_state=1)
minority_rows = Counter(y)[1]


def after_flips(minority_share, flip_y):
    over = flip_y / 2 * (1 - minority_share)
    share = over + minority_share * (1 - flip_y / 2)
    return {"share": share, "from_majority": over / share}


# %% flip-effect | right | short formula, a Series
minority_rows = 147.0


def after_flips(minority_share, flip_y):
    share = (1 - flip_y) * minority_share + flip_y / 2
    return pd.Series({"share": share, "from_majority": 1 - minority_share * (1 - flip_y / 2) / share})


# %% flip-effect | right | counted in ten million rows
_, y = make_classification(
    10_000, 2, n_redundant=0, n_clusters_per_class=1, weights=[0.99, 0.01], flip_y=0.01, random_state=1
)
minority_rows = np.sum(y == 1)


def after_flips(minority_share, flip_y):
    n = 10_000_000
    ones = n * minority_share
    stay, come = ones - ones * flip_y / 2, (n - ones) * flip_y / 2
    return {"from_majority": np.array([come / (stay + come)]), "share": (stay + come) / n}


# %% flip-effect | wrong | flip_y forgotten | 1.5 | that is the set without flips
minority_rows = 100


def after_flips(minority_share, flip_y):
    share = (1 - flip_y) * minority_share + flip_y / 2
    return {"share": minority_share, "from_majority": flip_y * (1 - minority_share) / 2 / share}


# %% flip-effect | wrong | flip_y forgotten in the share | 2.5 | that is the share before the flips
minority_rows = 147


def after_flips(minority_share, flip_y):
    share = (1 - flip_y) * minority_share + flip_y / 2
    return {"share": minority_share, "from_majority": flip_y * (1 - minority_share) / 2 / share}


# %% flip-effect | wrong | turned round instead of redrawn | 1 | redrawn is not turned round
minority_rows = 147


def after_flips(minority_share, flip_y):
    share = minority_share * (1 - flip_y) + (1 - minority_share) * flip_y
    return {"share": share, "from_majority": (1 - minority_share) * flip_y / share}


# %% flip-effect | wrong | the expected number for the counted one | 3 | that is what to expect on average
minority_rows = 149


def after_flips(minority_share, flip_y):
    share = (1 - flip_y) * minority_share + flip_y / 2
    return {"share": share, "from_majority": flip_y * (1 - minority_share) / 2 / share}


# %% flip-effect | wrong | rows of class 1 are not redrawn | 1 | forgets that rows of class 1 are redrawn, too
minority_rows = 147


def after_flips(minority_share, flip_y):
    share = minority_share + flip_y / 2
    return {"share": share, "from_majority": flip_y / 2 / share}


# %% flip-effect | wrong | all redrawn rows become class 1 | 1 | that gives class 1 to every redrawn row
minority_rows = 147


def after_flips(minority_share, flip_y):
    share = (1 - flip_y) * minority_share + flip_y
    return {"share": share, "from_majority": flip_y / share}


# %% flip-effect | wrong | all redrawn ones counted | 2.5 | some of them were of class 1 before
minority_rows = 147


def after_flips(minority_share, flip_y):
    share = (1 - flip_y) * minority_share + flip_y / 2
    return {"share": share, "from_majority": flip_y / 2 / share}


# %% flip-effect | wrong | a share of all rows, class 0 counted | 1.5 | divide by the share of class 1 after the flips
minority_rows = 9_853


def after_flips(minority_share, flip_y):
    share = (1 - flip_y) * minority_share + flip_y / 2
    return {"share": share, "from_majority": flip_y * (1 - minority_share) / 2}


# %% flip-effect | wrong | share for the count | 3 | that is the share: give the number of rows
minority_rows = 0.0147


def after_flips(minority_share, flip_y):
    share = (1 - flip_y) * minority_share + flip_y / 2
    return {"share": share, "from_majority": flip_y * (1 - minority_share) / 2 / share}


# %% stratified-split | right | train_test_split
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


def chance_of_none(n_rows, n_positives, test_rows):
    return stats.hypergeom.pmf(0, n_rows, n_positives, test_rows)


# %% stratified-split | right | StratifiedShuffleSplit, and one positive after the other
from sklearn.model_selection import StratifiedShuffleSplit


def split(X, y, test_rows, seed):
    train, test = next(StratifiedShuffleSplit(1, test_size=test_rows, random_state=seed).split(X, y))
    return X.iloc[train], X.iloc[test], y.iloc[train], y.iloc[test]


def chance_of_none(n_rows, n_positives, test_rows):
    chance = 1.0
    for i in range(n_positives):
        chance *= (n_rows - test_rows - i) / (n_rows - i)
    return chance


# %% stratified-split | right | by hand with pandas, simulated
def split(X, y, test_rows, seed):
    test = y.groupby(y).sample(frac=test_rows / len(y), random_state=seed).index
    return X.drop(test), X.loc[test], y.drop(test), y.loc[test]


def chance_of_none(n_rows, n_positives, test_rows):
    rng = np.random.default_rng(1)
    return np.mean([np.all(rng.choice(n_rows, test_rows, replace=False) >= n_positives) for _ in range(3_000)])


# %% stratified-split | right | arrays by hand, simulated with the library
def split(X, y, test_rows, seed):
    rng = np.random.default_rng(seed)
    parts = [rng.permutation(np.flatnonzero(y == value)) for value in (0, 1)]
    test = np.concatenate([part[: round(len(part) * test_rows / len(y))] for part in parts])
    train = np.setdiff1d(np.arange(len(y)), test)
    X, y = X.to_numpy(), y.to_numpy()
    return [X[train], X[test], y[train], y[test]]


def chance_of_none(n_rows, n_positives, test_rows):
    y = np.arange(n_rows) < n_positives
    splits = ShuffleSplit(n_splits=2_000, test_size=test_rows, random_state=0).split(y)
    return sum(not y[test].any() for _, test in splits) / 2_000


# %% stratified-split | wrong | no stratify | 2 | the test set does not have its share of the positives
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, random_state=seed)


def chance_of_none(n_rows, n_positives, test_rows):
    return comb(n_rows - n_positives, test_rows) / comb(n_rows, test_rows)


# %% stratified-split | wrong | the last rows | 2 | that takes the last rows as they come
def split(X, y, test_rows, seed):
    return X[:-test_rows], X[-test_rows:], y[:-test_rows], y[-test_rows:]


def chance_of_none(n_rows, n_positives, test_rows):
    return comb(n_rows - n_positives, test_rows) / comb(n_rows, test_rows)


# %% stratified-split | wrong | one seed for all | 2 | two different seeds give the same split
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=1)


def chance_of_none(n_rows, n_positives, test_rows):
    return comb(n_rows - n_positives, test_rows) / comb(n_rows, test_rows)


# %% stratified-split | wrong | no seed | 2 | the same seed twice gives two different splits
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y)


def chance_of_none(n_rows, n_positives, test_rows):
    return comb(n_rows - n_positives, test_rows) / comb(n_rows, test_rows)


# %% stratified-split | wrong | rows for the training part | 2 | the training and the test part are swapped
def split(X, y, test_rows, seed):
    return train_test_split(X, y, train_size=test_rows, stratify=y, random_state=seed)


def chance_of_none(n_rows, n_positives, test_rows):
    return comb(n_rows - n_positives, test_rows) / comb(n_rows, test_rows)


# %% stratified-split | wrong | another order of the parts | 2 | the order of the four parts is
def split(X, y, test_rows, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)
    return X_train, y_train, X_test, y_test


def chance_of_none(n_rows, n_positives, test_rows):
    return comb(n_rows - n_positives, test_rows) / comb(n_rows, test_rows)


# %% stratified-split | wrong | test rows left in the training part | 2 | some rows are on both sides
def split(X, y, test_rows, seed):
    parts = train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)
    return X, parts[1], y, parts[3]


def chance_of_none(n_rows, n_positives, test_rows):
    return comb(n_rows - n_positives, test_rows) / comb(n_rows, test_rows)


# %% stratified-split | wrong | labels split apart from their rows | 2 | the labels do not belong to their rows
def split(X, y, test_rows, seed):
    y_train, y_test = train_test_split(y, test_size=test_rows, stratify=y, random_state=seed)
    X_train, X_test = train_test_split(X, test_size=test_rows, random_state=seed)
    return X_train, X_test, y_train, y_test


def chance_of_none(n_rows, n_positives, test_rows):
    return comb(n_rows - n_positives, test_rows) / comb(n_rows, test_rows)


# %% stratified-split | wrong | drawn with putting back | 2 | a split draws without putting back
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


def chance_of_none(n_rows, n_positives, test_rows):
    return (1 - n_positives / n_rows) ** test_rows


# %% stratified-split | wrong | chance of at least one | 2 | asked is the chance of none
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


def chance_of_none(n_rows, n_positives, test_rows):
    return 1 - comb(n_rows - n_positives, test_rows) / comb(n_rows, test_rows)


# %% stratified-split | wrong | one positive only | 2 | that one given positive is not in the test set
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


def chance_of_none(n_rows, n_positives, test_rows):
    return (n_rows - test_rows) / n_rows


# %% stratified-split | wrong | the same chance for each positive | 2 | takes the same chance for each positive
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


def chance_of_none(n_rows, n_positives, test_rows):
    return (1 - test_rows / n_rows) ** n_positives


# %% stratified-split | wrong | the number of the text | 2 | is wrong on 3 of 4 inputs
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


def chance_of_none(n_rows, n_positives, test_rows):
    return 0.326


# %% bonus-overlap-grid | right | three loops
def recall_grid(separations, shares, seeds):
    grid = pd.DataFrame(index=separations, columns=shares, dtype=float)
    for gap in separations:
        for share in shares:
            found = []
            for seed in seeds:
                X, y = datasets.make_two_features(2_000, minority_share=share, class_sep=gap, seed=seed)
                a, b, c, d = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
                found.append(recall_score(d, LogisticRegression().fit(a, c).predict(b)))
            grid.loc[gap, share] = sum(found) / len(found)
    return grid


# %% bonus-overlap-grid | right | rows and a pivot
def recall_grid(separations, shares, seeds):
    rows = []
    for gap in separations:
        for share in shares:
            for seed in seeds:
                X, y = datasets.make_two_features(2_000, minority_share=share, class_sep=gap, seed=seed)
                a, b, c, d = train_test_split(X, y, test_size=1_000, stratify=y, random_state=seed)
                flagged = LogisticRegression().fit(a, c).predict_proba(b)[:, 1] > 0.5
                rows.append((gap, share, flagged[d == 1].mean()))
    table = pd.DataFrame(rows, columns=["gap", "share", "recall"])
    return table.groupby(["gap", "share"])["recall"].mean().unstack().loc[separations, shares]


# %% bonus-overlap-grid | right | a dict of columns, arrays
def recall_of(gap, share, seed):
    X, y = (
        part.to_numpy() for part in datasets.make_two_features(2_000, minority_share=share, class_sep=gap, seed=seed)
    )
    a, b, c, d = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
    return recall_score(d, LogisticRegression().fit(a, c).predict(b))


def recall_grid(separations, shares, seeds):
    columns = {s: [np.mean([recall_of(gap, s, seed) for seed in seeds]) for gap in separations] for s in shares}
    return pd.DataFrame(columns, index=separations)


# %% bonus-overlap-grid | wrong | transposed | 0 | rows and columns are swapped
def recall_of(gap, share, seed):
    X, y = datasets.make_two_features(2_000, minority_share=share, class_sep=gap, seed=seed)
    a, b, c, d = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
    return recall_score(d, LogisticRegression().fit(a, c).predict(b))


def recall_grid(separations, shares, seeds):
    columns = {gap: [np.mean([recall_of(gap, s, seed) for seed in seeds]) for s in shares] for gap in separations}
    return pd.DataFrame(columns, index=shares)


# %% bonus-overlap-grid | wrong | the ROC AUC of section 3 | 0 | that is the ROC AUC of section 3
def auc_at(gap, share, seed):
    X, y = datasets.make_two_features(2_000, minority_share=share, class_sep=gap, seed=seed)
    a, b, c, d = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
    return roc_auc_score(d, LogisticRegression().fit(a, c).predict_proba(b)[:, 1])


def recall_grid(separations, shares, seeds):
    columns = {s: [np.mean([auc_at(gap, s, seed) for seed in seeds]) for gap in separations] for s in shares}
    return pd.DataFrame(columns, index=separations)


# %% bonus-overlap-grid | wrong | a number for all | 0 | is wrong on 2 of 2 inputs
def recall_grid(separations, shares, seeds):
    return pd.DataFrame(0.123, index=separations, columns=shares)


# %% bonus-overlap-grid | wrong | accuracy | 0 | that is the accuracy
def score_of(gap, share, seed):
    X, y = datasets.make_two_features(2_000, minority_share=share, class_sep=gap, seed=seed)
    a, b, c, d = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
    return LogisticRegression().fit(a, c).score(b, d)


def recall_grid(separations, shares, seeds):
    columns = {s: [np.mean([score_of(gap, s, seed) for seed in seeds]) for gap in separations] for s in shares}
    return pd.DataFrame(columns, index=separations)


# %% bonus-overlap-grid | wrong | no stratify | 0 | that splits without `stratify=y`
def recall_of(gap, share, seed):
    X, y = datasets.make_two_features(2_000, minority_share=share, class_sep=gap, seed=seed)
    a, b, c, d = train_test_split(X, y, test_size=0.5, random_state=seed)
    return recall_score(d, LogisticRegression().fit(a, c).predict(b))


def recall_grid(separations, shares, seeds):
    columns = {s: [np.mean([recall_of(gap, s, seed) for seed in seeds]) for gap in separations] for s in shares}
    return pd.DataFrame(columns, index=separations)


# %% bonus-overlap-grid | wrong | on the training half | 0 | that is the recall on the training half
def recall_of(gap, share, seed):
    X, y = datasets.make_two_features(2_000, minority_share=share, class_sep=gap, seed=seed)
    a, b, c, d = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
    return recall_score(c, LogisticRegression().fit(a, c).predict(a))


def recall_grid(separations, shares, seeds):
    columns = {s: [np.mean([recall_of(gap, s, seed) for seed in seeds]) for gap in separations] for s in shares}
    return pd.DataFrame(columns, index=separations)


# %% bonus-overlap-grid | wrong | a nested list | 0 | expected is a dict with the keys index, columns, values
def recall_grid(separations, shares, seeds):
    return [[0.5 for share in shares] for gap in separations]


# %% bonus-other-ratios | right | half a row more
def ratio_set(n_minority, ratio, seed):
    n = n_minority * (ratio + 1)
    share = (n_minority + 0.5) / n
    return make_classification(
        n,
        2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[1 - share, share],
        flip_y=0,
        random_state=seed,
    )


# %% bonus-other-ratios | right | the course's function
def ratio_set(n_minority, ratio, seed):
    return datasets.make_two_features(n_minority * (ratio + 1), minority_share=1 / (ratio + 1), seed=seed)


# %% bonus-other-ratios | right | rows taken out of an even set
def ratio_set(n_minority, ratio, seed):
    X, y = datasets.make_two_features(2 * n_minority * ratio, minority_share=0.5, seed=seed)
    X, y = X.to_numpy(), y.to_numpy()
    rows = np.concatenate([np.flatnonzero(y == 0), np.flatnonzero(y == 1)[:n_minority]])
    return X[rows], y[rows]


# %% bonus-other-ratios | wrong | one row lost | 0 | cuts rows × weight down
def ratio_set(n_minority, ratio, seed):
    share = 1 / (ratio + 1)
    return make_classification(
        n_minority * (ratio + 1),
        2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[1 - share, share],
        flip_y=0,
        random_state=seed,
    )


# %% bonus-other-ratios | wrong | ratio for share | 0 | takes the ratio for the share
def ratio_set(n_minority, ratio, seed):
    rows = n_minority * (ratio + 1)
    return datasets.make_two_features(rows, minority_share=int(rows / ratio) / rows, seed=seed)


# %% bonus-other-ratios | wrong | weights swapped | 0 | the weights are swapped
def ratio_set(n_minority, ratio, seed):
    n = n_minority * (ratio + 1)
    share = (n_minority + 0.5) / n
    return make_classification(
        n,
        2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[share, 1 - share],
        flip_y=0,
        random_state=seed,
    )


# %% bonus-other-ratios | wrong | ratio times as many rows in all | 0 | rows and y
def ratio_set(n_minority, ratio, seed):
    return datasets.make_two_features(n_minority * ratio, minority_share=1 / ratio, seed=seed)


# %% find-the-bug | right | stratify
def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)
    judged = LogisticRegression().fit(X_learn, y_learn)
    return recall_score(y_judge, judged.predict(X_judge)), int(y_judge.sum())


# %% find-the-bug | right | StratifiedShuffleSplit
from sklearn.model_selection import StratifiedShuffleSplit


def judge_once(X, y, seed):
    learn, judge = next(StratifiedShuffleSplit(1, test_size=0.2, random_state=seed).split(X, y))
    labels = LogisticRegression().fit(X.iloc[learn], y.iloc[learn]).predict(X.iloc[judge])
    return np.mean(labels[y.iloc[judge] == 1]), np.sum(y.iloc[judge])


# %% find-the-bug | right | a fifth of each class by hand, as a list
def judge_once(X, y, seed):
    judge = y.groupby(y).sample(frac=0.2, random_state=seed).index
    labels = LogisticRegression().fit(X.drop(judge), y.drop(judge)).predict(X.loc[judge])
    return [recall_score(y.loc[judge], labels), y.loc[judge].sum()]


# %% find-the-bug | wrong | another model on the same split | 0 | not mended yet
def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.2, random_state=seed)
    judged = LogisticRegression(class_weight="balanced").fit(X_learn, y_learn)
    return recall_score(y_judge, judged.predict(X_judge)), int(y_judge.sum())


# %% find-the-bug | wrong | a larger test set instead | 0 | positives stand behind the recall
def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.4, stratify=y, random_state=seed)
    judged = LogisticRegression().fit(X_learn, y_learn)
    return recall_score(y_judge, judged.predict(X_judge)), int(y_judge.sum())


# %% find-the-bug | wrong | the positives of the training part | 0 | that counts the positives of the training part
def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)
    judged = LogisticRegression().fit(X_learn, y_learn)
    return recall_score(y_judge, judged.predict(X_judge)), int(y_learn.sum())


# %% find-the-bug | wrong | accuracy instead of recall | 0 | that is no recall
def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)
    return LogisticRegression().fit(X_learn, y_learn).score(X_judge, y_judge), int(y_judge.sum())


# %% find-the-bug | wrong | precision instead of recall | 0 | that is no recall
from sklearn.metrics import precision_score


def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)
    judged = LogisticRegression().fit(X_learn, y_learn)
    return precision_score(y_judge, judged.predict(X_judge)), int(y_judge.sum())


# %% find-the-bug | wrong | the recall alone | 0 | return the recall and the number of positives behind it
def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)
    judged = LogisticRegression().fit(X_learn, y_learn)
    return recall_score(y_judge, judged.predict(X_judge))


# %% quick-check-1 | right | letter
answer_1 = "c"

# %% quick-check-1 | right | capital
answer_1 = "C"

# %% quick-check-1 | right | bracket
answer_1 = "c)"

# %% quick-check-1 | wrong | chance | 0 | Chance is not at work in them
answer_1 = "a"

# %% quick-check-1 | wrong | weights | 0 | Swapped weights would make nearly all rows positive
answer_1 = "b"

# %% quick-check-1 | wrong | overlap | 0 | not which class they have
answer_1 = "d"

# %% quick-check-1 | wrong | a number | 0 | expected is one letter
answer_1 = 3

# %% quick-check-2 | right | letter
answer_2 = "d"

# %% quick-check-2 | right | capital with a full stop
answer_2 = "D."

# %% quick-check-2 | right | blanks
answer_2 = " d "

# %% quick-check-2 | wrong | higher recall | 0 | would be luck with six positives
answer_2 = "a"

# %% quick-check-2 | wrong | large test set | 0 | it counts positives only
answer_2 = "b"

# %% quick-check-2 | wrong | stratified | 0 | It does not make them more
answer_2 = "c"
