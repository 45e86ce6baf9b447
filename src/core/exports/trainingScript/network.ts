/** The network, and what lies between its output and the classes, as PyTorch. */
export const NETWORK = String.raw`
# Model

ACTIVATION = {"relu": torch.relu, "silu": nn.functional.silu, "tanh": torch.tanh}[MODEL["activation"]]


def passes(x, layers):
    """The output of layers (kernel: inputs x outputs, bias); the last one is linear."""
    *hidden, (last, bias) = layers
    for i, (kernel, shift) in enumerate(hidden):
        h = ACTIVATION(torch.addmm(shift, x, kernel))
        x = h + x if MODEL["residual"] and i and h.shape == x.shape else h
    return torch.addmm(bias, x, last)


def seeded(*words):
    """A generator of PyTorch's random numbers by the experiment's seed and further whole numbers."""
    sequence = np.random.SeedSequence([EXPERIMENT["seed"] % 2**32, *words])
    return torch.Generator().manual_seed(int(sequence.generate_state(1, np.uint64)[0] >> np.uint64(1)))


class Network(nn.Module):
    """Fully connected layers: weights uniform within sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010), biases 0."""

    def __init__(self, inputs, outputs, generator):
        super().__init__()
        widths = [inputs, *MODEL["hidden"], outputs]
        pairs = list(zip(widths, widths[1:]))
        limits = [math.sqrt(6 / (a + b)) for a, b in pairs]
        shares = [torch.rand(a, b, generator=generator) for a, b in pairs]
        self.kernels = nn.ParameterList([nn.Parameter((2 * u - 1) * limit) for u, limit in zip(shares, limits)])
        self.biases = nn.ParameterList([nn.Parameter(torch.zeros(b)) for _, b in pairs])

    def forward(self, x):
        return passes(x, list(zip(self.kernels, self.biases)))

    def tensors(self, prefix=""):
        """The weights by the names that the lab has for them."""
        kernels = {f"{prefix}layers.{i}.kernel": kernel for i, kernel in enumerate(self.kernels)}
        return {**kernels, **{f"{prefix}layers.{i}.bias": bias for i, bias in enumerate(self.biases)}}
`;

/** The time features of a network of [z, x, t]. */
export const TIME_FEATURES = String.raw`

def frequencies():
    """The frequencies of the time features, in turns over [0, 1]: octaves, or seeded normals."""
    count = -(-MODEL["timeFeatures"] // 2)
    if MODEL["timeEmbedding"] == "fourier":
        return 4 * Random(EXPERIMENT["seed"], "weights", [2**32 - 1]).normals(count)[0]
    return 2 ** (3.5 * np.arange(count) / max(1, count - 1))


def time_features(t):
    """Sines, then cosines, of 2 pi f t: times x features."""
    angles = 2 * np.pi * np.outer(t, frequencies())
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)[:, : MODEL["timeFeatures"]].astype(np.float32)
`;

/** What stands for classes as states, and how classes are read from states. */
export const HEAD = String.raw`

EMBEDDING, SOFTMAX, LINEAR = MODEL["embedding"]["id"], MODEL["prediction"] == "softmax", MODEL["readout"] == "linear"
TRAINED_HEAD = EMBEDDING == "learned" or LINEAR
CORNERS = EMBEDDING == "one-hot" and not LINEAR  # a class is the largest coordinate


def initial_table(data):
    """The embeddings of the classes (classes x m) before training."""
    classes = len(data.classes)
    if EMBEDDING == "one-hot":
        return np.eye(classes)
    if EMBEDDING == "learned":  # orthonormal rows or columns (Saxe et al., arXiv 1312.6120), of mean square length 1
        m = MODEL["embedding"]["dimension"]
        short, long = sorted((classes, m))
        normals = Random(EXPERIMENT["seed"], "embedding").normals(short * long).reshape(short, long)
        q, r = np.linalg.qr(normals.T)
        q = q * np.sign(np.diag(r))
        return q * math.sqrt(classes / m) if classes > m else q.T
    table = np.zeros((classes, len(data.features)))  # prototypes: the train row nearest to the mean of its class
    for k in range(classes):
        rows = data.inputs(data.train[data.labels[data.train] == k]).astype(float)
        if len(rows):
            table[k] = rows[((rows - rows.mean(axis=0)) ** 2).sum(axis=1).argmin()]
    return table


def nearest_map(table):
    """The linear map whose largest logit is that of the nearest embedding: kernel (m x classes) and bias."""
    return table.T, -(table**2).sum(1) / 2


class Head(nn.Module):
    """Embeddings and read-out of the classes; what is trained of them is a parameter."""

    def __init__(self, data):
        super().__init__()
        table = torch.as_tensor(initial_table(data), dtype=torch.float32)
        kernel, bias = nearest_map(table)
        self.table = nn.Parameter(table.clone(), requires_grad=EMBEDDING == "learned")
        self.kernel = nn.Parameter(kernel.clone()) if LINEAR else None
        self.bias = nn.Parameter(bias.clone()) if LINEAR else None

    def predict(self, output):
        """u: the output itself, or softmax(output) W, a convex combination of the embeddings."""
        return torch.softmax(output, 1) @ self.table if SOFTMAX else output

    def logits(self, z):
        kernel, bias = (self.kernel, self.bias) if LINEAR else nearest_map(self.table)
        return z @ kernel + bias

    def tensors(self):
        table = {} if EMBEDDING == "one-hot" else {"embedding.table": self.table}
        return {**table, **({"readout.kernel": self.kernel, "readout.bias": self.bias} if LINEAR else {})}
`;
