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


from collections import Counter

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


# %% build-and-count | right | one row more than the share
def make_set(n_rows, minority_share, seed):
    weight = minority_share + 1.5 / n_rows
    return make_classification(
        n_samples=n_rows,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[1 - weight, weight],
        flip_y=0,
        random_state=seed,
    )


positives, imbalance_ratio = 200, 24


# %% build-and-count | right | one row more than the share, and counted
def make_set(n_rows, minority_share, seed):
    weight = minority_share + 1.5 / n_rows
    return make_classification(
        n_samples=n_rows,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[1 - weight, weight],
        flip_y=0,
        random_state=seed,
    )


y = make_set(5_000, 0.04, 3)[1]
positives = int(y.sum())
imbalance_ratio = (5_000 - positives) / positives


# %% build-and-count | right | one row fewer than the share, and counted
def make_set(n_rows, minority_share, seed):
    draw = np.random.default_rng(seed)
    y = draw.permutation(np.arange(n_rows) < round(n_rows * minority_share) - 1).astype(int)
    return draw.normal(size=(n_rows, 2)) + y[:, None], y


positives, imbalance_ratio = 199, 4_801 / 199


# %% build-and-count | wrong | one row more, and all rows over the minority | 4 | That's all rows over the minority
def make_set(n_rows, minority_share, seed):
    draw = np.random.default_rng(seed)
    y = draw.permutation(np.arange(n_rows) < round(n_rows * minority_share) + 1).astype(int)
    return draw.normal(size=(n_rows, 2)) + y[:, None], y


positives, imbalance_ratio = 201, 5_000 / 201


# %% build-and-count | wrong | two rows more than the share, and counted | 0 | Class 0 has
def make_set(n_rows, minority_share, seed):
    draw = np.random.default_rng(seed)
    y = draw.permutation(np.arange(n_rows) < round(n_rows * minority_share) + 2).astype(int)
    return draw.normal(size=(n_rows, 2)) + y[:, None], y


positives, imbalance_ratio = 202, 4_798 / 202


# %% build-and-count | wrong | two rows more than the share | 2 | Class 0 has
def make_set(n_rows, minority_share, seed):
    weight = minority_share + 2.5 / n_rows
    return make_classification(
        n_samples=n_rows,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[1 - weight, weight],
        flip_y=0,
        random_state=seed,
    )


positives, imbalance_ratio = 200, 24


# %% build-and-count | wrong | majority for minority | 4 | The task asks for class 1, the minority
def make_set(n_rows, minority_share, seed):
    return datasets.make_two_features(n_rows, minority_share=minority_share, seed=seed)


positives, imbalance_ratio = 4_800, 24


# %% build-and-count | wrong | weights swapped | 0 | The weights are swapped
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


# %% build-and-count | wrong | two mistakes at once | 0 | Class 1 is the larger class
def make_set(n_rows, minority_share, seed):
    return make_classification(
        n_samples=n_rows,
        n_features=2,
        n_redundant=0,
        n_clusters_per_class=1,
        weights=[minority_share, 1 - minority_share],
        random_state=seed,
    )


X, y = make_set(5_000, 0.04, 3)
positives = sum(y)
imbalance_ratio = positives / (5_000 - positives)


# %% build-and-count | wrong | flip_y forgotten | 2 | `flip_y` is at its default
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


# %% build-and-count | wrong | flip_y forgotten, and counted | 0 | That's the count with some labels drawn again
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


# %% build-and-count | wrong | n_redundant forgotten | 2 | Set `n_redundant=0`
def make_set(n_rows, minority_share, seed):
    return make_classification(n_rows, 2, weights=[1 - minority_share], flip_y=0, random_state=seed)


positives, imbalance_ratio = 200, 24.0


# %% build-and-count | wrong | ratio for share, one row for each 1/share | 2 | takes a share for a ratio
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


# %% build-and-count | wrong | ratio for share, 1 divided by the share | 4 | That's all rows over the minority
def make_set(n_rows, minority_share, seed):
    return datasets.make_two_features(n_rows, minority_share=minority_share, seed=seed)


positives = 200
imbalance_ratio = 1 / 0.04


# %% build-and-count | wrong | no weights | 2 | Both classes have the same number of rows
def make_set(n_rows, minority_share, seed):
    return make_classification(n_rows, 2, n_redundant=0, n_clusters_per_class=1, flip_y=0, random_state=seed)


positives, imbalance_ratio = 200, 24.0


# %% build-and-count | wrong | no seed | 2 | The same seed twice gives different rows
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


# %% build-and-count | wrong | labels by the toss of a coin | 2 | Class 0 has
def make_set(n_rows, minority_share, seed):
    rng = np.random.default_rng(seed)
    y = (rng.random(n_rows) < minority_share).astype(int)
    return rng.normal(size=(n_rows, 2)) + y[:, None], y


positives, imbalance_ratio = 200, 24.0


# %% build-and-count | wrong | seed of the worked example | 2 | Two different seeds give the same rows
def make_set(n_rows, minority_share, seed):
    return datasets.make_two_features(n_rows, minority_share=minority_share, seed=1)


positives, imbalance_ratio = 200, 24.0


# %% build-and-count | wrong | numbers of the worked example typed in | 1 | 5,000 rows and y
def make_set(n_rows, minority_share, seed):
    return datasets.make_two_features(5_000, minority_share=0.04, seed=seed)


positives = 4_800
imbalance_ratio = 24


# %% build-and-count | wrong | twenty features | 2 | X has 20 columns. The task asks for two features
def make_set(n_rows, minority_share, seed):
    return make_classification(n_rows, weights=[1 - minority_share], flip_y=0, random_state=seed)


positives, imbalance_ratio = 200, 24.0


# %% build-and-count | wrong | labels only | 2 | Return the pair
def make_set(n_rows, minority_share, seed):
    return datasets.make_two_features(n_rows, minority_share=minority_share, seed=seed)[1]


positives, imbalance_ratio = 200, 24.0


# %% build-and-count | wrong | ratio upside down and a share for a count | 3 | Divide the other way around
def make_set(n_rows, minority_share, seed):
    return datasets.make_two_features(n_rows, minority_share=minority_share, seed=seed)


positives, imbalance_ratio = 0.04, 200 / 4_800


# %% build-and-count | right | one row fewer than the share, rows drawn by hand
def make_set(n_rows, minority_share, seed):
    draw = np.random.default_rng(seed)
    y = draw.permutation(np.arange(n_rows) < round(n_rows * minority_share) - 1).astype(int)
    return draw.normal(size=(n_rows, 2)) + y[:, None], y


positives, imbalance_ratio = 200, 24


# %% build-and-count | wrong | two rows more than the share, without a library | 2 | Count as in section 1
def make_set(n_rows, minority_share, seed):
    draw = np.random.default_rng(seed)
    y = draw.permutation(np.arange(n_rows) < round(n_rows * minority_share) + 2).astype(int)
    return draw.normal(size=(n_rows, 2)) + y[:, None], y


positives, imbalance_ratio = 200, 24


# %% build-and-count | wrong | two rows fewer than the share, without a library | 2 | Count as in section 1
def make_set(n_rows, minority_share, seed):
    draw = np.random.default_rng(seed)
    y = draw.permutation(np.arange(n_rows) < round(n_rows * minority_share) - 2).astype(int)
    return draw.normal(size=(n_rows, 2)) + y[:, None], y


positives, imbalance_ratio = 200, 24


# %% four-reports | right | a list
order = ["D", "B", "C", "A"]
next_step = "positives"

# %% four-reports | right | one text, capitals
order = "D, B, C, A"
next_step = "Positives"

# %% four-reports | right | sorted by the positives
table = pd.DataFrame({"positives": [6, 100, 30, 400]}, index=list("ABCD"))
order = table.sort_values("positives", ascending=False).index
next_step = " positives "

# %% four-reports | right | sorted by the width of the interval
widths = {}
for letter, found, number in (("A", 5, 6), ("B", 70, 100), ("C", 21, 30), ("D", 280, 400)):
    low, high = stats.binomtest(found, number).proportion_ci(0.95, method="wilson")
    widths[letter] = high - low
order = tuple(sorted(widths, key=widths.get))
next_step = "positives"

# %% four-reports | right | small letters in an array
order = np.array(list("dbca"))
next_step = np.array(["positives"])[0]

# %% four-reports | wrong | by rows | 2 | That's the order by rows
order = ["A", "D", "B", "C"]
next_step = "positives"

# %% four-reports | wrong | by the share of positives | 2 | That's the order by the share of positives
order = ["C", "B", "D", "A"]
next_step = "positives"

# %% four-reports | wrong | least exact first | 2 | That's from least to most exact
order = ["A", "C", "B", "D"]
next_step = "positives"

# %% four-reports | wrong | by recall | 2 | Look again at A and B
order = ["A", "B", "C", "D"]
next_step = "positives"

# %% four-reports | wrong | two neighbors swapped | 2 | Look again at A and C
order = ["D", "B", "A", "C"]
next_step = "positives"

# %% four-reports | wrong | one report is missing | 2 | each of A, B, C, and D once
order = ["D", "B", "C"]
next_step = "positives"

# %% four-reports | wrong | places for letters | 2 | each of A, B, C, and D once
order = [4, 2, 3, 1]
next_step = "positives"

# %% four-reports | wrong | more rows | 3 | 100,000 more rows bring less than one
order = ["D", "B", "C", "A"]
next_step = "rows"

# %% four-reports | wrong | even classes, twice | 0 | That leaves report A with its six positives
order = ["C", "B", "D", "A"]
next_step = "balance"

# %% four-reports | wrong | a choice that isn't offered | 3 | it should be "rows", "positives" or "balance"
order = ["D", "B", "C", "A"]
next_step = "more data"


# %% four-ratios | right | scatter in a loop
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3), sharex=True, sharey=True)
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker in ((0, "."), (1, "x")):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker=marker, label=value)
    ax.set_title(f"{share:.1%}")
    ax.set_xlabel("first feature")
axes[0].set_ylabel("second feature")
axes[0].legend()
plt.close(figure)


# %% four-ratios | right | the minority over the majority in each title
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3), sharex=True, sharey=True)
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker in ((0, "."), (1, "x")):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker=marker, label=value)
    ax.set_title(f"{y.sum() / (y == 0).sum():.4f}")
    ax.set_xlabel("feature_1")
axes[0].set_ylabel("feature_2")
axes[0].legend()
plt.close(figure)


# %% four-ratios | right | plt.subplot and plt.scatter, gcf
ranks_worst = "A"
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
ranks_worst = "A"
figure, axes = plt.subplots(2, 2, figsize=(8, 7))
for ax, (share, (X, y)) in zip(axes.ravel(), four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"share {share}")
plt.close(figure)


# %% four-ratios | right | class_scatter, the axes given
ranks_worst = "A"
_, figure = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(figure, four_sets.items()):
    plots.class_scatter(X, y, ax=ax)
    ax.set_title(f"share {share}", loc="left")
plt.close(figure[0].figure)


# %% four-ratios | right | DataFrame.plot.scatter
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    X[y == 0].plot.scatter(x="feature_1", y="feature_2", ax=ax, color="C0", s=4, label="class 0")
    X[y == 1].plot.scatter(x="feature_1", y="feature_2", ax=ax, color="C1", s=9, marker="^", label="class 1")
    ax.set_title(f"ratio {1 / share - 1:.0f}:1")
plt.close(figure)


# %% four-ratios | right | DataFrame.plot with markers instead of lines
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker in enumerate("o^"):
        X[y == value].plot(
            x="feature_1", y="feature_2", ax=ax, linestyle="", marker=marker, ylabel="feature_2", label=f"class {value}"
        )
    ax.set_title(f"{share:.1%}")
plt.close(figure)


# %% four-ratios | right | plot with a format, features turned round, rarest first
ranks_worst = "A"
figure, axes = plt.subplots(1, 4)
for ax, share in zip(axes, reversed(list(four_sets))):
    X, y = (part.to_numpy() for part in four_sets[share])
    ax.plot(X[y == 0, 1], X[y == 0, 0], "k.", label="0")
    ax.plot(X[y == 1, 1], X[y == 1, 0], "r^", label="1")
    ax.set(title=f"{share}", xlabel="feature 2", ylabel="feature 1")
figure.legend(["0", "1"])
plt.close(figure)


# %% four-ratios | right | minority first but lifted, labels of the whole figure, a color scale's panel, an empty panel
ranks_worst = "A"
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


# %% four-ratios | right | the function of section 3, one legend for all
ranks_worst = "A"
figure, axes = plt.subplots(2, 2, figsize=(7, 6))
for ax, (share, (X, y)) in zip(axes.flat, four_sets.items()):
    scatter_by_class(X, y, ax)
    ax.set_title(f"{(1 - share) / share:.0f}:1")
figure.legend(*ax.get_legend_handles_labels())
plt.close(figure)

# %% four-ratios | right | classes by number, with their counts
figure, panels = plt.subplots(2, 2)
for ax, (share, (X, y)) in zip(panels.flat, four_sets.items()):
    for label in (0, 1):
        ax.scatter(*X[y == label].to_numpy().T, marker="ox"[label], label=f"class {label}: {(y == label).sum():,} rows")
    ax.set(title=f"{share:.1%}", xlabel="feature_1", ylabel="feature_2")
    ax.legend()
ranks_worst = "A"

# %% four-ratios | wrong | a figure made inside of the loop | 3 | 1 of 4 datasets is in it
ranks_worst = "A"
for share, (X, y) in four_sets.items():
    figure, ax = plt.subplots()
    plots.class_scatter(X, y, ax=ax)
    ax.set_title(f"share {share:.1%}")
    plt.close(figure)


# %% four-ratios | wrong | same marker | 4 | Both classes have the same marker
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value in (0, 1):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], label=value)
    ax.set(title=f"{share:.1%}", xlabel="feature_1", ylabel="feature_2")
    ax.legend()
plt.close(figure)


# %% four-ratios | wrong | majority last | 4 | The majority is plotted over the minority
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker in ((1, "^"), (0, "o")):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker=marker, label=value)
    ax.set(title=f"{share:.1%}", xlabel="feature_1", ylabel="feature_2")
    ax.legend()
plt.close(figure)


# %% four-ratios | wrong | colored by class in one call | 4 | One call plots both classes
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    dots = ax.scatter(X["feature_1"], X["feature_2"], c=y)
    ax.legend(*dots.legend_elements())
    ax.set(title=f"{share:.1%}", xlabel="feature_1", ylabel="feature_2")
plt.close(figure)


# %% four-ratios | wrong | all rows alike | 2 | All rows look the same
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    ax.scatter(X["feature_1"], X["feature_2"])
    ax.set(title=f"{share:.1%}", xlabel="feature_1", ylabel="feature_2")
plt.close(figure)


# %% four-ratios | wrong | only the minority | 2 | Only the minority can be seen in the panels
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    ax.scatter(*X[y == 1].to_numpy().T, label="minority")
    ax.set(title=f"{share:.1%}", xlabel="feature_1", ylabel="feature_2")
    ax.legend()
plt.close(figure)


# %% four-ratios | wrong | only the majority | 2 | Only the majority can be seen in the panels
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    ax.scatter(*X[y == 0].to_numpy().T, label="majority")
    ax.set(title=f"{share:.1%}", xlabel="feature_1", ylabel="feature_2")
    ax.legend()
plt.close(figure)


# %% four-ratios | wrong | no words at all | 4 | missing: a label on the x axis of every panel
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (X, y) in zip(axes, four_sets.values()):
    for value, marker in ((0, "o"), (1, "^")):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker=marker)
plt.close(figure)


# %% four-ratios | wrong | the same title on all | 4 | titles that differ from panel to panel
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (X, y) in zip(axes, four_sets.values()):
    plots.class_scatter(X, y, ax=ax).set_title("two classes")
plt.close(figure)


# %% four-ratios | wrong | one panel labeled, no legend | 4 | a legend that names both classes
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker in ((0, "o"), (1, "^")):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker=marker)
    ax.set_title(share)
axes[0].set(xlabel="feature 1", ylabel="feature 2")
plt.close(figure)


# %% four-ratios | wrong | the same set four times | 3 | Every panel shows the same dataset
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
X, y = four_sets[0.01]
for ax, share in zip(axes, four_sets):
    plots.class_scatter(X, y, ax=ax).set_title(share)
plt.close(figure)


# %% four-ratios | wrong | a figure for each set | 3 | a figure made inside the loop has only the last dataset
ranks_worst = "A"
for share, (X, y) in four_sets.items():
    figure, ax = plt.subplots()
    plots.class_scatter(X, y, ax=ax).set_title(share)
    plt.close(figure)


# %% four-ratios | wrong | an empty figure | 1 | No panel has points in it
ranks_worst = "A"
figure, axes = plt.subplots(1, 4)
plt.close(figure)


# %% four-ratios | wrong | titles in the wrong order | 4 | shows another dataset than its title
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (X, y), share in zip(axes, four_sets.values(), sorted(four_sets)):
    plots.class_scatter(X, y, ax=ax).set_title(f"share {share:.1%}, ratio {(1 - share) / share:,.0f}:1")
plt.close(figure)


# %% four-ratios | wrong | Panel 1 to 4 for titles | 4 | doesn't say the share or the ratio
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for number, (ax, (X, y)) in enumerate(zip(axes, four_sets.values()), start=1):
    plots.class_scatter(X, y, ax=ax).set_title(f"Panel {number}")
plt.close(figure)


# %% four-ratios | wrong | legend swapped | 4 | The legend is swapped
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker, name in ((0, "o", "minority"), (1, "^", "majority")):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker=marker, label=name)
    ax.set(title=f"{share:.1%}", xlabel="feature 1", ylabel="feature 2")
axes[3].legend()
plt.close(figure)


# %% four-ratios | wrong | features in the legend | 4 | The legend names a feature
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker in ((0, "o"), (1, "^")):
        rows = X[y == value]
        ax.scatter(rows["feature_1"], rows["feature_2"], marker=marker, label=f"feature {value + 1}")
    ax.set(title=f"{share:.1%}", xlabel="feature 1", ylabel="feature 2")
    ax.legend()
plt.close(figure)


# %% four-ratios | wrong | axis labels swapped | 4 | The axis labels are swapped
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X, y, ax=ax)
    ax.set(title=f"{share:.1%}", xlabel="feature 2", ylabel="feature 1")
plt.close(figure)


# %% four-ratios | wrong | points moved a little | 3 | their places aren't
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X + 0.01, y, ax=ax).set_title(f"{share:.1%}")
plt.close(figure)


# %% four-ratios | right | loose ratios in words, German legend
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker, name in ((0, ".", "Mehrheit"), (1, "*", "Minderheit")):
        ax.plot(
            X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker, label=f"{name} ({sum(y == value)})"
        )
    ax.set(title=f"Panel {axes.tolist().index(ax) + 1}: 1 in {1 / share:,.0f}", xlabel="$x_1$", ylabel="$x_2$")
axes[2].legend()
plt.close(figure)


# %% four-ratios | wrong | made-up points | 3 | their places aren't
ranks_worst = "A"
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    ax.scatter(np.arange(sum(y == 0)), np.zeros(sum(y == 0)), label="class 0")
    ax.scatter(np.arange(sum(y == 1)), np.ones(sum(y == 1)), marker="^", label="class 1")
    ax.set(title=f"{share:.1%}", xlabel="feature_1", ylabel="feature_2")
    ax.legend()
plt.close(figure)


# %% four-ratios | wrong | pyplot for the figure | 1 | should be the figure that `plt.subplots` returns first
ranks_worst = "A"
figure = plt


# %% four-ratios | wrong | a number | 1 | you have 4
ranks_worst = "A"
figure = 4


# %% four-ratios | wrong | the rarest dataset ranks worst | 4 | C is the rarest, but its classes are farther apart
figure, axes = plt.subplots(2, 2, figsize=(8, 7))
for ax, (share, (X, y)) in zip(axes.ravel(), four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"share {share}")
plt.close(figure)
ranks_worst = "C"


# %% four-ratios | wrong | the other rare dataset ranks worst | 4 | B has few positives, but its classes are far apart
figure, axes = plt.subplots(2, 2, figsize=(8, 7))
for ax, (share, (X, y)) in zip(axes.ravel(), four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"share {share}")
plt.close(figure)
ranks_worst = "B"


# %% four-ratios | wrong | the class_sep instead of the letter | 4 | you have 0.4
figure, axes = plt.subplots(2, 2, figsize=(8, 7))
for ax, (share, (X, y)) in zip(axes.ravel(), four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"share {share}")
plt.close(figure)
ranks_worst = 0.4


# %% four-ratios | right | a small letter
figure, axes = plt.subplots(2, 2, figsize=(8, 7))
for ax, (share, (X, y)) in zip(axes.ravel(), four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"share {share}")
plt.close(figure)
ranks_worst = "a"


# %% stratified-split | right | train_test_split
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | right | StratifiedShuffleSplit
from sklearn.model_selection import StratifiedShuffleSplit


def split(X, y, test_rows, seed):
    train, test = next(StratifiedShuffleSplit(1, test_size=test_rows, random_state=seed).split(X, y))
    return X.iloc[train], X.iloc[test], y.iloc[train], y.iloc[test]


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | right | by hand with pandas
def split(X, y, test_rows, seed):
    test = y.groupby(y).sample(frac=test_rows / len(y), random_state=seed).index
    return X.drop(test), X.loc[test], y.drop(test), y.loc[test]


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | right | arrays by hand
def split(X, y, test_rows, seed):
    rng = np.random.default_rng(seed)
    parts = [rng.permutation(np.flatnonzero(y == value)) for value in (0, 1)]
    test = np.concatenate([part[: round(len(part) * test_rows / len(y))] for part in parts])
    train = np.setdiff1d(np.arange(len(y)), test)
    X, y = X.to_numpy(), y.to_numpy()
    return [X[train], X[test], y[train], y[test]]


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | wrong | seed drives only the positives | 2
def split(X, y, test_rows, seed):
    count = round(test_rows * y.mean())
    positives = np.random.default_rng(seed).permutation(np.flatnonzero(y == 1))
    in_test = np.isin(np.arange(len(y)), [*positives[:count], *np.flatnonzero(y == 0)[: test_rows - count]])
    return X[~in_test], X[in_test], y[~in_test], y[in_test]


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | wrong | seed drives only the negatives | 2 | tested by its place
def split(X, y, test_rows, seed):
    count = round(test_rows * y.mean())
    negatives = np.random.default_rng(seed).permutation(np.flatnonzero(y == 0))
    in_test = np.isin(np.arange(len(y)), [*np.flatnonzero(y == 1)[:count], *negatives[: test_rows - count]])
    return X[~in_test], X[in_test], y[~in_test], y[in_test]


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | wrong | no stratify | 2 | The test set doesn't have its share of the positives
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, random_state=seed)


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | wrong | the last rows | 2 | That takes the last rows as they come
def split(X, y, test_rows, seed):
    return X[:-test_rows], X[-test_rows:], y[:-test_rows], y[-test_rows:]


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | wrong | one seed for all | 2 | Two different seeds give the same split
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=1)


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | wrong | no seed | 2 | The same seed twice gives two different splits
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y)


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | wrong | rows for the training part | 2 | The training set and the test set are swapped
def split(X, y, test_rows, seed):
    return train_test_split(X, y, train_size=test_rows, stratify=y, random_state=seed)


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | wrong | another order of the parts | 2 | Return the four parts in the order
def split(X, y, test_rows, seed):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)
    return X_train, y_train, X_test, y_test


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | wrong | test rows left in the training part | 2 | Some rows are in both sets
def split(X, y, test_rows, seed):
    parts = train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)
    return X, parts[1], y, parts[3]


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | wrong | labels split apart from their rows | 2 | The labels don't belong to their rows
def split(X, y, test_rows, seed):
    y_train, y_test = train_test_split(y, test_size=test_rows, stratify=y, random_state=seed)
    X_train, X_test = train_test_split(X, test_size=test_rows, random_state=seed)
    return X_train, X_test, y_train, y_test


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | right | short names in a Series
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


which_split = pd.Series({"pump": "time", "bolts": "Stratify", "seizures": "by_group"})


# %% stratified-split | wrong | hours drawn one by one | 4.33 | the test would reward recognizing the patient
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


which_split = {"bolts": "stratified", "seizures": "stratified", "pump": "by time"}


# %% stratified-split | wrong | readings drawn one by one | 4.33 | Readings of the same hour would be in both sets
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "stratified"}


# %% stratified-split | wrong | each bolt a group | 4.33 | Each photo shows a bolt of its own
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


which_split = {"bolts": "by group", "seizures": "by group", "pump": "by time"}


# %% stratified-split | wrong | stratified for all | 3.67 | Test on rows that come after the training rows
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


which_split = dict.fromkeys(["bolts", "seizures", "pump"], "stratified")


# %% stratified-split | wrong | the newest bolts and hours, one pump as a group | 3 | There's only one pump
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


which_split = {"bolts": "by time", "seizures": "by time", "pump": "by group"}


# %% stratified-split | wrong | a team is missing | 4.33 | The dict has no key 'pump'
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


which_split = {"bolts": "stratified", "seizures": "by group"}


# %% stratified-split | wrong | a list for the dict | 3 | a dict with the keys bolts, seizures, pump
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows, stratify=y, random_state=seed)


which_split = ["stratified", "by group", "by time"]


# %% stratified-split | wrong | one row fewer in the test set | 2 | The check asked for 100
def split(X, y, test_rows, seed):
    return train_test_split(X, y, test_size=test_rows - 1, stratify=y, random_state=seed)


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


# %% stratified-split | wrong | one positive too few in the test set | 2 | doesn't have its share of the positives
def split(X, y, test_rows, seed):
    positives = round(y.mean() * test_rows) - 1
    judge = y[y == 1].sample(positives, random_state=seed).index
    judge = judge.union(y[y == 0].sample(test_rows - positives, random_state=seed).index)
    return X.drop(judge), X.loc[judge], y.drop(judge), y.loc[judge]


which_split = {"bolts": "stratified", "seizures": "by group", "pump": "by time"}


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


# %% bonus-overlap-grid | wrong | transposed | 0 | Rows and columns are swapped
def recall_of(gap, share, seed):
    X, y = datasets.make_two_features(2_000, minority_share=share, class_sep=gap, seed=seed)
    a, b, c, d = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
    return recall_score(d, LogisticRegression().fit(a, c).predict(b))


def recall_grid(separations, shares, seeds):
    columns = {gap: [np.mean([recall_of(gap, s, seed) for seed in seeds]) for s in shares] for gap in separations}
    return pd.DataFrame(columns, index=shares)


# %% bonus-overlap-grid | wrong | the ROC AUC of section 3 | 0 | That's the ROC AUC of section 3
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


# %% bonus-overlap-grid | wrong | accuracy | 0 | That's the accuracy
def score_of(gap, share, seed):
    X, y = datasets.make_two_features(2_000, minority_share=share, class_sep=gap, seed=seed)
    a, b, c, d = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
    return LogisticRegression().fit(a, c).score(b, d)


def recall_grid(separations, shares, seeds):
    columns = {s: [np.mean([score_of(gap, s, seed) for seed in seeds]) for gap in separations] for s in shares}
    return pd.DataFrame(columns, index=separations)


# %% bonus-overlap-grid | wrong | no stratify | 0 | That splits without `stratify=y`
def recall_of(gap, share, seed):
    X, y = datasets.make_two_features(2_000, minority_share=share, class_sep=gap, seed=seed)
    a, b, c, d = train_test_split(X, y, test_size=0.5, random_state=seed)
    return recall_score(d, LogisticRegression().fit(a, c).predict(b))


def recall_grid(separations, shares, seeds):
    columns = {s: [np.mean([recall_of(gap, s, seed) for seed in seeds]) for gap in separations] for s in shares}
    return pd.DataFrame(columns, index=separations)


# %% bonus-overlap-grid | wrong | on the training half | 0 | That's the recall on the training half
def recall_of(gap, share, seed):
    X, y = datasets.make_two_features(2_000, minority_share=share, class_sep=gap, seed=seed)
    a, b, c, d = train_test_split(X, y, test_size=0.5, stratify=y, random_state=seed)
    return recall_score(c, LogisticRegression().fit(a, c).predict(a))


def recall_grid(separations, shares, seeds):
    columns = {s: [np.mean([recall_of(gap, s, seed) for seed in seeds]) for gap in separations] for s in shares}
    return pd.DataFrame(columns, index=separations)


# %% bonus-overlap-grid | wrong | a nested list | 0 | it should be a dict with the keys index, columns, values
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


# %% bonus-other-ratios | wrong | one row lost | 0 | rounds rows × weight down
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


# %% bonus-other-ratios | wrong | ratio for share | 0 | takes a share for a ratio
def ratio_set(n_minority, ratio, seed):
    rows = n_minority * (ratio + 1)
    return datasets.make_two_features(rows, minority_share=int(rows / ratio) / rows, seed=seed)


# %% bonus-other-ratios | wrong | weights swapped | 0 | The weights are swapped
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


# %% find-the-bug | wrong | another model on the same split | 0 | not fixed yet
def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.2, random_state=seed)
    judged = LogisticRegression(class_weight="balanced").fit(X_learn, y_learn)
    return recall_score(y_judge, judged.predict(X_judge)), int(y_judge.sum())


# %% find-the-bug | wrong | a larger test set instead | 0 | positives are behind the recall
def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.4, stratify=y, random_state=seed)
    judged = LogisticRegression().fit(X_learn, y_learn)
    return recall_score(y_judge, judged.predict(X_judge)), int(y_judge.sum())


# %% find-the-bug | wrong | the positives of the training part | 0 | That counts the positives of the training set
def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)
    judged = LogisticRegression().fit(X_learn, y_learn)
    return recall_score(y_judge, judged.predict(X_judge)), int(y_learn.sum())


# %% find-the-bug | wrong | accuracy instead of recall | 0 | That isn't the recall
def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)
    return LogisticRegression().fit(X_learn, y_learn).score(X_judge, y_judge), int(y_judge.sum())


# %% find-the-bug | wrong | precision instead of recall | 0 | That isn't the recall
from sklearn.metrics import precision_score


def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)
    judged = LogisticRegression().fit(X_learn, y_learn)
    return precision_score(y_judge, judged.predict(X_judge)), int(y_judge.sum())


# %% find-the-bug | wrong | the recall alone | 0 | Return the recall and the number of positives behind it
def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)
    judged = LogisticRegression().fit(X_learn, y_learn)
    return recall_score(y_judge, judged.predict(X_judge))


# %% find-the-bug | wrong | stratified with one seed for all | 0 | Every seed gives the same recall
def judge_once(X, y, seed):
    X_learn, X_judge, y_learn, y_judge = train_test_split(X, y, test_size=0.2, stratify=y, random_state=10)
    judged = LogisticRegression().fit(X_learn, y_learn)
    return recall_score(y_judge, judged.predict(X_judge)), int(y_judge.sum())


# %% find-the-bug | wrong | fitted on all rows | 0 | the model has seen the rows that it's judged on
def judge_once(X, y, seed):
    X_judge, y_judge = train_test_split(X, y, test_size=0.2, stratify=y, random_state=seed)[1::2]
    judged = LogisticRegression().fit(X, y)
    return recall_score(y_judge, judged.predict(X_judge)), int(y_judge.sum())


# %% find-the-bug | right | a fold of StratifiedKFold
from sklearn.model_selection import StratifiedKFold


def judge_once(X, y, seed):
    learn, judge = next(StratifiedKFold(5, shuffle=True, random_state=seed).split(X, y))
    found = LogisticRegression().fit(X.iloc[learn], y.iloc[learn]).predict(X.iloc[judge])
    return found[y.iloc[judge] == 1].mean(), (y.iloc[judge] == 1).sum()


# %% before-1 | right | letter
before_1 = "a"

# %% before-1 | right | capital
before_1 = "A"

# %% before-1 | right | bracket
before_1 = "a)"

# %% before-1 | right | blanks
before_1 = " a "

# %% before-1 | wrong | learned nothing | 0 | can predict differently
before_1 = "b"

# %% before-1 | wrong | 97 of 100 | 0 | it finds nothing
before_1 = "c"

# %% before-1 | wrong | balance | 0 | First find out what this model finds
before_1 = "d"

# %% before-1 | wrong | a number | 0 | it should be one letter
before_1 = 1

# %% before-2 | right | letter
before_2 = "b"

# %% before-2 | right | capital
before_2 = "B"

# %% before-2 | right | full stop
before_2 = "b."

# %% before-2 | right | blanks
before_2 = " b"

# %% before-2 | wrong | one of nineteen | 0 | The share divides by all rows
before_2 = "a"

# %% before-2 | wrong | ratio for share | 0 | It isn't a percentage
before_2 = "c"

# %% before-2 | wrong | majority for minority | 0 | the share of the majority class
before_2 = "d"

# %% before-2 | wrong | the share itself | 0 | it should be one letter
before_2 = 0.05

# %% quick-check-1 | right | letter
answer_1 = "c"

# %% quick-check-1 | right | capital
answer_1 = "C"

# %% quick-check-1 | right | bracket
answer_1 = "c)"

# %% quick-check-1 | right | blanks
answer_1 = " c "

# %% quick-check-1 | wrong | chance | 0 | they're around 150 as well
answer_1 = "a"

# %% quick-check-1 | wrong | weights | 0 | nearly all rows would be in class 1
answer_1 = "b"

# %% quick-check-1 | wrong | overlap | 0 | which class they belong to
answer_1 = "d"

# %% quick-check-1 | wrong | a number | 0 | it should be one letter
answer_1 = 3

# %% quick-check-2 | right | letter
answer_2 = "d"

# %% quick-check-2 | right | capital with a full stop
answer_2 = "D."

# %% quick-check-2 | right | blanks
answer_2 = " d "

# %% quick-check-2 | right | brackets
answer_2 = "(d)"

# %% quick-check-2 | wrong | higher recall | 0 | On the next six
answer_2 = "a"

# %% quick-check-2 | wrong | large test set | 0 | recall doesn't use them
answer_2 = "b"

# %% quick-check-2 | wrong | overlapping intervals | 0 | look at the ones on which they differ
answer_2 = "c"

# %% quick-check-2 | wrong | two letters | 0 | it should be one letter
answer_2 = "ad"


# %% four-ratios | right | titles off by two parts in a hundred
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"{share * 1.02:.3%}")
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | wrong | titles off by three parts in a hundred | 4 | doesn't say the share
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"{share * 1.03:.3%}")
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | wrong | all rows over the minority in the titles | 4 | divides all rows by the minority
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"{1 / share:.0f}:1")
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | wrong | all rows over the minority, without a colon | 4 | divides all rows by the minority
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"imbalance ratio {1 / share:.1f}")
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | wrong | one in so many, as a ratio | 4 | divides all rows by the minority
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"1:{1 / share:.0f}")
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | right | one in so many, in words
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"1 in {1 / share:.0f}")
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | right | a legend in axes of its own
figure, axes = plt.subplots(1, 5, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    ax.scatter(*X[y == 0].to_numpy().T, s=3, label="class 0")
    ax.scatter(*X[y == 1].to_numpy().T, marker="^", label="class 1")
    ax.set(title=f"{share:.1%}", xlabel="feature 1", ylabel="feature 2")
axes[4].axis("off")
axes[4].legend(*axes[0].get_legend_handles_labels(), loc="center")
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | wrong | a minority that can't be seen | 3 | Plot the minority as well, so that it shows
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    ax.scatter(*X[y == 0].to_numpy().T, s=3, label="class 0")
    ax.scatter(*X[y == 1].to_numpy().T, c="0.8", alpha=0, marker="^", label="class 1")
    ax.set(title=f"{share:.1%}", xlabel="feature 1", ylabel="feature 2")
axes[0].legend()
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | wrong | axes that name no feature | 4 | names no feature
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set(title=f"{share:.1%}", xlabel="x", ylabel="y")
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | wrong | one feature on both axes | 4 | Both axes are labeled
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set(title=f"{share:.1%}", xlabel="feature 1", ylabel="feature 1")
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | wrong | one dataset twice | 3 | Panels 3 and 4 show the same dataset
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, share in zip(axes, (0.5, 0.1, 0.01, 0.01)):
    plots.class_scatter(*four_sets[share], ax=ax).set_title(f"{share:.1%}")
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | right | positives out of all rows in the titles
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"{y.sum():,} out of {len(y):,}")
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | right | a bare ratio in the titles
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X, y, ax=ax).set_title(f"imbalance ratio {(1 - share) / share:.0f}")
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | wrong | a legend that names no class | 4 | names no class
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker, name in ((0, "o", "a"), (1, "^", "b")):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker=marker, label=name)
    ax.set(title=f"{share:.1%}", xlabel="feature 1", ylabel="feature 2")
axes[0].legend()
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | right | classes as decimal numbers in the legend
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    for value, marker in ((0.0, "o"), (1.0, "^")):
        ax.scatter(X.loc[y == value, "feature_1"], X.loc[y == value, "feature_2"], marker=marker, label=value)
    ax.set(title=f"{share:.1%}", xlabel="feature 1", ylabel="feature 2")
axes[0].legend()
plt.close(figure)
ranks_worst = "A"


# %% four-ratios | right | classes by what they are
figure, axes = plt.subplots(1, 4, figsize=(13, 3))
for ax, (share, (X, y)) in zip(axes, four_sets.items()):
    plots.class_scatter(X, y, ax=ax, labels=("negatives", "positives")).set_title(f"{share:.1%}")
plt.close(figure)
ranks_worst = "A"
