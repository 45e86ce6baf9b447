/** The laws of t in a batch, by the id of the time sampling. */
export const TIME_LAWS: Readonly<Record<string, string>> = {
  uniform: String.raw`
def draw_times(start, end, count, generator, weight):
    """Uniform and independent times, and their density over the uniform one."""
    shares = torch.rand(count, generator=generator, dtype=torch.float64).numpy()
    return start + shares * (end - start), 1.0
`,
  stratified: String.raw`
def draw_times(start, end, count, generator, weight):
    """Uniform times, one in each equal part of the window (Kingma et al., VDM, 2021), and their density."""
    shares = torch.rand(count, generator=generator, dtype=torch.float64).numpy()
    return start + (np.arange(count) + shares) / count * (end - start), 1.0
`,
  importance: String.raw`
def draw_times(start, end, count, generator, weight, cells=1024):
    """Stratified times whose density is in proportion to the loss's weight, and that density over the uniform one."""
    cell = (end - start) / cells
    below = np.concatenate([[0.0], np.cumsum(weight(start + (np.arange(cells) + 0.5) * cell))])
    shares = torch.rand(count, generator=generator, dtype=torch.float64).numpy()
    mass = (np.arange(count) + shares) / count * below[-1]
    k = np.clip(np.searchsorted(below, mass, side="right") - 1, 0, cells - 1)
    t = start + (k + (mass - below[k]) / (below[k + 1] - below[k])) * cell
    return t, (below[k + 1] - below[k]) * cells / below[-1]
`,
};

/** How much signal and noise the states of a batch have, and how much its rows weigh, by the kind of model. */
export const LEVELS = {
  ct: String.raw`

def capped_weight(t):
    """min(SNR'(t), cap)."""
    with np.errstate(over="ignore"):
        return np.minimum(SCHEDULE.log_snr_rate(t) * np.exp(SCHEDULE.log_snr(t)), TRAINING["weightCap"])


def levels(count, generator, block):
    """Times drawn at random, and what they say of the rows: signal and noise of z_t, weight of the error, log-SNR."""
    t, density = draw_times(*WINDOW, count, generator, capped_weight)
    gamma = SCHEDULE.log_snr(t)
    return {
        "signal": np.sqrt(sigmoid(gamma)),
        "noise": np.sqrt(sigmoid(-gamma)),
        "weight": capped_weight(t) / 2 / density,
        "time": time_features(t),
        "logSnr": gamma,
    }
`,
  dt: String.raw`

def sigmoid(x):
    return math.exp(-math.log1p(math.exp(-x))) if x > 0 else math.exp(x - math.log1p(math.exp(x)))


def levels(count, generator, block):
    """What the block's first time says of the rows: signal and noise of z, weight of the error, log-SNR."""
    gamma = BLOCK_LOG_SNR[block]
    return {
        "signal": np.full(count, math.sqrt(sigmoid(gamma))),
        "noise": np.full(count, math.sqrt(sigmoid(-gamma))),
        "weight": np.full(count, BLOCK_WEIGHTS[block]),
        "logSnr": np.full(count, gamma),
    }
`,
  fm: String.raw`

def levels(count, generator, block):
    """Times drawn at random, and what they say of the rows: signal and noise of z_t = t z_1 + (1 - t) z_0."""
    t, _ = draw_times(0, 1, count, generator, np.ones_like)
    with np.errstate(divide="ignore"):
        gamma = 2 * (np.log(t) - np.log1p(-t))
    return {"signal": t, "noise": 1 - t, "weight": (1 - t) ** -2.0, "time": time_features(t), "logSnr": gamma}
`,
} as const;

/** How rows are drawn, which all kinds of models share. */
export const BATCHES = String.raw`

# Batches and loss


def train_rows(data, device):
    """The inputs x of the train rows, and what they aim at: classes or scaled numbers."""
    aims = data.labels[data.train] if data.targets is None else data.scaled_targets(data.train)
    return {"x": torch.as_tensor(data.inputs(data.train), device=device), "aims": torch.as_tensor(aims, device=device)}


class Batches:
    """Batches of rows in random order without replacement, epoch after epoch.

    Each process draws for all rows and keeps those of mine, so that the number of processes changes nothing but
    rounding. stream tells the random numbers of one block from those of another.
    """

    def __init__(self, rows, mine=slice(None), stream=0):
        self.rows, self.mine, self.stream = rows, mine, stream
        self.generator = seeded(2, stream)
        self.left = torch.empty(0, dtype=torch.int64)

    def next(self):
        """The inputs x of the next rows, and their classes or numbers."""
        while len(self.left) < TRAINING["batch"]:
            self.left = torch.cat([self.left, torch.randperm(len(self.rows["x"]), generator=self.generator)])
        ids, self.left = self.left.split([TRAINING["batch"], len(self.left) - TRAINING["batch"]])
        return {key: values[ids[self.mine].to(values.device)] for key, values in self.rows.items()}

    def state(self):
        return {"generator": self.generator.get_state(), "left": self.left.clone()}

    def restore(self, state):
        self.generator.set_state(state["generator"])
        self.left = state["left"]
`;

/** How states and their weights join the rows of a batch. */
export const STATE_BATCHES = String.raw`

def bins_of(gamma):
    """The bin of log-SNR that each row counts to."""
    low, high = LOG_SNR_RANGE
    return np.clip(np.floor((gamma - low) * (BINS / (high - low))), 0, BINS - 1).astype(np.int64)


class StateBatches(Batches):
    """Batches with all that states are made of; spare is how many normals a row has beyond those of its state."""

    def __init__(self, rows, states, spare=0, **options):
        super().__init__(rows, **options)
        self.normals = states + spare

    def next(self):
        count = TRAINING["batch"]
        batch = super().next()
        at = levels(count, self.generator, self.stream)
        at["normals"] = torch.randn(count, self.normals, generator=self.generator)
        batch["bins"] = bins_of(at.pop("logSnr"))[self.mine]
        for key, values in at.items():
            rows = torch.as_tensor(values, dtype=torch.float32)[self.mine].to(batch["x"].device)
            batch[key] = rows[:, None] if rows.ndim == 1 else rows
        return batch
`;

/** The loss of a model that answers with u, the clean state. */
const DENOISING = String.raw`

class Objective(nn.Module):
    """The terms of the loss of a batch, divided by the rows of all processes, and |u - z_T|^2 of each row.

    The loss is eta / 2 SNR' |u - z_T|^2, its weight capped (Beck 2025, eqs. 20 and 21). Where embeddings or
    read-out are trained (ends), -log p(y | z_1) and KL(q(z_0 | y) || N(0, I)) join it (Li et al., arXiv 2503.24322).
    """

    def __init__(self, network, head, ends):
        super().__init__()
        self.network, self.head, self.ends = network, head, ends

    def forward(self, batch):
        size, head = TRAINING["batch"], self.head
        clean = head.table[batch["aims"]] if head else batch["aims"]
        normals = batch["normals"].split(clean.shape[1], 1)
        z = batch["signal"] * clean + batch["noise"] * normals[0]
        output = self.network(torch.cat([z, batch["x"], *([batch["time"]] if "time" in batch else [])], 1))
        u = head.predict(output) if head else output
        errors = ((u - clean) ** 2).sum(1)
        terms = {"denoising": (batch["weight"][:, 0] * errors).sum() / size}
        if self.ends:
            first, last = (torch.tensor(gamma, dtype=torch.float64) for gamma in LOG_SNR_RANGE)
            signal, noise = torch.sigmoid(last).sqrt().item(), torch.sigmoid(-last).sqrt().item()
            logits = head.logits(signal * clean + noise * normals[1])
            terms["crossEntropy"] = nn.functional.cross_entropy(logits, batch["aims"], reduction="sum") / size
            if EMBEDDING == "learned":
                kept, rest = torch.sigmoid(first).item(), nn.functional.softplus(first).item()
                square = (clean**2).sum(1)
                terms["kl"] = (kept * square + clean.shape[1] * (rest - kept)).sum() / 2 / size
        return terms, errors.detach()
`;

/** The loss of each kind of model. */
export const OBJECTIVES = {
  ct: DENOISING,
  dt: DENOISING,
  fm: String.raw`

class Objective(nn.Module):
    """The terms of the loss of a batch, divided by the rows of all processes, and |u - z_T|^2 of each row.

    The loss is eta |v - (z_1 - z_0)|^2 (Lipman et al., arXiv 2210.02747). Where embeddings or read-out are trained
    (ends), -log p(y | z_t + (1 - t) v) joins it (Li et al., arXiv 2503.24322). u is z_t + (1 - t) v.
    """

    def __init__(self, network, head, ends):
        super().__init__()
        self.network, self.head, self.ends = network, head, ends

    def forward(self, batch):
        size = TRAINING["batch"]
        clean = self.head.table[batch["aims"]] if self.head else batch["aims"]
        z = batch["signal"] * clean + batch["noise"] * batch["normals"]
        v = self.network(torch.cat([z, batch["x"], batch["time"]], 1))
        errors = ((v - (clean - batch["normals"])) ** 2).sum(1)
        terms = {"denoising": errors.sum() / size}
        if self.ends:
            logits = self.head.logits(z + batch["noise"] * v)
            terms["crossEntropy"] = nn.functional.cross_entropy(logits, batch["aims"], reduction="sum") / size
        return terms, errors.detach() * batch["noise"][:, 0] ** 2
`,
  backprop: String.raw`

class Objective(nn.Module):
    """The loss of a batch, divided by the rows of all processes: cross-entropy, or the squared error of numbers."""

    def __init__(self, network, head, ends):
        super().__init__()
        self.network = network

    def forward(self, batch):
        output, aims = self.network(batch["x"]), batch["aims"]
        if aims.ndim == 1:
            loss = nn.functional.cross_entropy(output, aims, reduction="sum")
        else:
            loss = ((output - aims) ** 2).sum()
        return {"loss": loss / TRAINING["batch"]}, None
`,
} as const;
