/** How rows are split and scaled, as Python; the rows themselves are read by the code of their kind of file. */
export const ROWS = String.raw`
# Data


class Refused(Exception):
    """What keeps the script from training, in words for who started it."""


def draw(groups, share, random):
    """A share of each group of rows, rounded, but of two rows or more at least one in it and one left; ascending."""
    drawn = []
    for rows in groups:
        wanted = max(int(np.floor(share * len(rows) + 0.5)), 1)
        taken = max(0, min(wanted, len(rows) - 1))
        drawn += [rows[i] for i in random.permutation(len(rows))[:taken]]
    return np.array(sorted(drawn), dtype=np.int64)


def split(data):
    """The train, test and validation rows, by class or by tenths of the numbers to predict."""
    n = len(data.labels)
    if data.targets is None:
        groups = [np.flatnonzero(data.labels == k).tolist() for k in range(len(data.classes))]
    else:
        ranked = np.argsort(data.targets[:, 0], kind="stable").tolist()
        parts = min(10, max(1, n // 2))
        groups = [ranked[p * n // parts : (p + 1) * n // parts] for p in range(parts)]
    share = EXPERIMENT["data"]["testShare"]
    test = draw(groups, share, Random(EXPERIMENT["seed"], "split"))
    taken = set(test.tolist())
    validation = np.array([], dtype=np.int64)
    if TRAINING["patience"]:
        rest = [[i for i in rows if i not in taken] for rows in groups]
        validation = draw(rest, TRAINING["validationShare"], Random(EXPERIMENT["seed"], "split", [1]))
        taken |= set(validation.tolist())
        if not len(validation):
            raise Refused("there are too few train rows to set some aside for early stopping: set training.patience to 0")
    train = np.array([i for i in range(n) if i not in taken], dtype=np.int64)
    if not len(train) or not len(test):
        raise Refused(f"{n} rows are too few to keep a share of {share} for testing")
    return train, test, validation


def scale_features(data, train):
    """Mean and scale of each feature over the train rows that have a value, and its range; sums go row by row."""
    d = data.x.shape[1]
    count, total, squares = np.zeros(d), np.zeros(d), np.zeros(d)
    low, high = np.full(d, np.inf), np.full(d, -np.inf)
    for row in data.x[train].astype(float):
        known = ~np.isnan(row)
        count += known
        total += np.where(known, row, 0)
        low, high = np.fmin(low, row), np.fmax(high, row)
    if not count.all():
        empty = data.features[int(np.argmin(count))]
        raise Refused(f'the feature "{empty}" has no value in any train row: leave it out')
    mean = np.where(low == high, low, total / count)
    for row in data.x[train].astype(float):
        squares += np.where(np.isnan(row), 0, (row - mean) ** 2)
    scale = np.maximum(np.sqrt(squares / count), (high - low) / 4)
    if not (low < high).any():
        raise Refused("every feature is the same in all train rows: there is nothing to learn from")
    return mean, np.where(scale == 0, 1, scale), low, high


class Data:
    """Rows of features x (n x d), each with a class or with numbers to predict (n x k), split and scaled."""

    def __init__(self, x, features, labels, classes=(), targets=None, target_names=(), columns=None):
        self.x, self.features, self.columns = x, features, columns
        self.labels, self.classes = labels, list(classes)
        self.targets, self.target_names = targets, list(target_names)
        if targets is None and len(self.classes) < 2:
            raise Refused("the data have one class: there is nothing to learn")
        self.train, self.test, self.validation = split(self)
        self.mean, self.scale, self.low, self.high = scale_features(self, self.train)
        if targets is None:
            return
        rows = targets[self.train]
        total = np.zeros(rows.shape[1])
        for row in rows:
            total += row
        self.target_mean = total / len(rows)
        squares = np.zeros(rows.shape[1])
        for row in rows:
            squares += (row - self.target_mean) ** 2
        self.target_scale = np.sqrt(squares / len(rows))
        if not self.target_scale.all():
            raise Refused("a number to predict is the same in every train row: there is nothing to predict")

    def inputs(self, ids):
        """Scaled features of rows, float32; a missing value is the mean."""
        return np.nan_to_num((self.x[ids] - self.mean) / self.scale).astype(np.float32)

    def scaled_targets(self, ids):
        return ((self.targets[ids] - self.target_mean) / self.target_scale).astype(np.float32)

    def record(self):
        """How the data were read, for run.json."""
        record = {
            "trainRows": len(self.train),
            "testRows": len(self.test),
            **({"validationRows": len(self.validation)} if TRAINING["patience"] else {}),
            "classes": self.classes,
            "features": self.features,
        }
        if self.targets is not None:
            scaling = {"mean": self.target_mean.tolist(), "scale": self.target_scale.tolist()}
            record["targets"] = {"names": self.target_names, **scaling}
        if self.columns is not None:
            record["columns"] = self.columns
        for key, values in (("mean", self.mean), ("scale", self.scale), ("min", self.low), ("max", self.high)):
            record[key] = values.tolist()
        return record
`;
