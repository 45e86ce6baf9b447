/** What is measured on the way, and the files of the run, as Python. */
export const RECORDING = String.raw`

# What is measured


class Measured:
    """What one step measured: this process's share of the loss, of the squared norm of the gradient, and of the errors."""

    def __init__(self, loss, square):
        self.loss, self.square = loss, square
        self.terms = dict.fromkeys(TERMS, 0.0)
        self.total, self.squares = 0.0, 0.0
        self.bins = np.zeros((3, BINS))

    def add_terms(self, terms):
        for key in TERMS:
            self.terms[key] += terms[key].item() if key in terms else 0

    def add_errors(self, errors, weights, bins):
        """Adds |u - z_T|^2 of rows, with their weights in the loss and their bins of log-SNR."""
        losses = (errors * weights).double().cpu().numpy()
        self.total += losses.sum()
        self.squares += (losses**2).sum()
        for row, values in enumerate((errors.double().cpu().numpy(), losses, np.ones(len(bins)))):
            self.bins[row] += np.bincount(bins, weights=values, minlength=BINS)


class Recorder:
    """Averages what steps measured over rows of metrics, in all processes together; the first one keeps them."""

    def __init__(self, interval, rows, processes):
        self.interval, self.rows_of_step, self.processes = interval, rows, processes
        self.steps, self.bins = [], np.zeros((3, BINS))
        self.open = {"steps": 0, "sums": [0.0] * (3 + len(TERMS)), "bins": [[0.0] * BINS] * 3}
        self.rows = {}  # what was measured at each step, by key

    def add(self, measured):
        self.steps.append([measured.loss, measured.square, measured.total, measured.squares, *measured.terms.values()])
        self.bins += measured.bins

    def meet(self, count, step):
        """Sums over the processes what count steps up to this one measured, and ends a row where one is due."""
        table = np.zeros((count, 4 + len(TERMS)))
        table[: len(self.steps)] = np.array(self.steps[:count]).reshape(-1, table.shape[1])
        table, bins = self.processes.sum(table), self.processes.sum(self.bins)
        self.steps, self.bins = [], np.zeros((3, BINS))
        loss, square, total, squares = table[:, :4].T
        n = self.rows_of_step
        with np.errstate(all="ignore"):
            variance = (squares - total * total / np.float64(n)) / np.float64(n - 1)
        sums = [loss.sum(), np.sqrt(square).sum(), variance.sum(), *table[:, 4:].sum(0)]
        self.open["steps"] += count
        self.open["sums"] = [float(a + b) for a, b in zip(self.open["sums"], sums)]
        self.open["bins"] = (np.array(self.open["bins"]) + bins).tolist()
        if step % self.interval == 0:
            self.end_row(step)

    def end_row(self, step):
        steps, bins = self.open["steps"], np.array(self.open["bins"])
        if not steps:
            return
        means = [value / steps for value in self.open["sums"]]
        row = dict(zip(["loss", "gradientNorm", "variance"], means))
        if means[4] or means[5]:  # there are terms beside the denoising one
            row.update({key: mean for key, mean in zip(TERMS, means[3:]) if mean or key != "kl"})
        if self.rows_of_step:
            with np.errstate(all="ignore"):
                row["bins"] = (bins[0] / bins[2]).tolist()
                row["contributions"] = np.where(bins[2] > 0, bins[1] / bins[2].sum(), np.nan).tolist()
            row["shares"] = (bins[2] / bins[2].sum()).tolist()
        self.rows.setdefault(step, {}).update(row)
        self.open = {"steps": 0, "sums": [0.0] * len(means), "bins": [[0.0] * BINS] * 3}

    def evaluate(self, step, scores):
        self.rows.setdefault(step, {}).update(scores)

    def last_loss(self):
        losses = [row["loss"] for _, row in sorted(self.rows.items()) if "loss" in row]
        return losses[-1] if losses else None

    def csv(self):
        """All rows as the lab's metrics.csv has them: cells are empty where nothing was measured."""
        cell = lambda value: repr(float(value)) if value is not None and math.isfinite(value) else ""
        names = ["step", *COLUMNS.values(), *(name for names in BIN_COLUMNS.values() for name in names)]
        lines = [",".join(names)]
        for step, row in sorted(self.rows.items()):
            cells = [cell(row.get(key)) for key in COLUMNS]
            cells += [cell(value) for key in BIN_COLUMNS for value in row.get(key, [None] * BINS)]
            lines.append(",".join([str(step), *cells]))
        return "\n".join(lines) + "\n"

    def state(self):
        return {"open": self.open, "rows": self.rows}

    def restore(self, state):
        self.open, self.rows = state["open"], {int(step): row for step, row in state["rows"].items()}


# Files of the run


def write(path, content):
    """Writes a file whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    os.replace(part, path)


def as_json(value):
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def safetensors(tensors, metadata):
    """The bytes of a safetensors file: the header's length, the header, and the numbers."""
    header, pieces, end = {"__metadata__": metadata}, [], 0
    for name, tensor in tensors.items():
        values = tensor.cpu().numpy().astype("<f4")
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [end, end + values.nbytes]}
        pieces.append(values.tobytes())
        end += values.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([len(text).to_bytes(8, "little"), text, *pieces])


class RunFolder:
    """The folder of the run, as the lab and noprop read it, and the state to go on from."""

    def __init__(self, path):
        self.path = path

    def open(self):
        """The state to go on from; nothing where the run is new."""
        state = self.path / "training.pt"
        if not self.path.exists() or not any(self.path.iterdir()):
            return None
        if not state.is_file():
            raise Refused(f"{self.path} has files of something else: choose another folder by --out")
        kept = torch.load(state, map_location="cpu", weights_only=True)
        kept["facts"] = json.loads(kept["facts"])
        for key in ("seed", "data", "schedules", "window", "model", "training"):
            if kept["facts"]["experiment"][key] != EXPERIMENT[key]:
                raise Refused(f"{self.path} holds a run of another {key}: choose another folder by --out")
        return kept

    def begin(self):
        self.path.mkdir(parents=True, exist_ok=True)
        write(self.path / "experiment.json", as_json(EXPERIMENT))

    def checkpoint(self, step, weights):
        (self.path / "checkpoints").mkdir(exist_ok=True)
        file = self.path / "checkpoints" / f"step-{step}.safetensors"
        write(file, safetensors(weights, {"step": str(step), "format": "pt"}))

    def save(self, state, weights, table, record):
        """Writes what was trained, the record last: it says that the others are of its step."""
        content = io.BytesIO()
        torch.save(state, content)
        write(self.path / "training.pt", content.getvalue())
        write(self.path / "weights.safetensors", safetensors(weights, {"step": str(record["step"]), "format": "pt"}))
        write(self.path / "metrics.csv", table.encode())
        write(self.path / "run.json", as_json(record))
`;
