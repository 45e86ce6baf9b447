import type { ModelId } from '../../models';
import { InputError } from '../../registry/problem';

/** Where the states of predictions begin, by the id of the start, as Python. */
const STARTS: Readonly<Record<string, string>> = {
  zero: String.raw`
    def starts(self, ids):
        """z_0 of rows: the origin."""
        return np.zeros((len(ids), self.states))
`,
  normal: String.raw`
    def starts(self, ids):
        """z_0 of rows: N(0, I), each by its row's own number."""
        return Random(EXPERIMENT["seed"], "start", ids).normals(self.states)
`,
  exact: String.raw`
    def starts(self, ids):
        """z_0 of rows by the exact law given the target, each by its row's own number."""
        data = self.data
        clean = self.table.cpu().numpy()[data.labels[ids]] if data.targets is None else data.scaled_targets(ids)
        normals = Random(EXPERIMENT["seed"], "start", ids).normals(self.states)
        signal, noise = (math.sqrt(1 / (1 + math.exp(gamma))) for gamma in (-START_LOG_SNR, START_LOG_SNR))
        return START_SCALE * (signal * clean + noise * normals)
`,
};

/** What every kind of prediction has: scores of rows, and the error that early stopping goes by. */
const SCORES = String.raw`
    def scores(self, part, ids, limit=None):
        """Accuracy, or RMSE and R2 of numbers, over rows; of more than limit some that are spread evenly."""
        if limit and len(ids) > limit:
            ids = ids[np.arange(limit) * len(ids) // limit]
        states, data = self.carry(ids), self.data
        if data.targets is None:
            return {f"{part}Accuracy": float((self.labels(states) == data.labels[ids]).mean())}
        # as the lab has them: from scaled numbers in single precision
        truth = data.scaled_targets(ids).astype(float) * data.target_scale + data.target_mean
        squares = ((states * data.target_scale + data.target_mean - truth) ** 2).sum(0)
        spread = ((truth - truth.mean(0)) ** 2).sum(0)
        with np.errstate(all="ignore"):
            rmse, r2 = math.sqrt((squares / len(ids)).mean()), float((1 - squares / spread).mean())
        return {f"{part}Rmse": rmse, f"{part}R2": r2}

    def error(self, ids):
        """The mean squared distance between probabilities of classes, or scaled numbers, and the truth (Brier 1950)."""
        states, data = self.carry(ids), self.data
        if data.targets is not None:
            return float(((states - data.scaled_targets(ids)) ** 2).sum(1).mean())
        truth = np.eye(len(data.classes))[data.labels[ids]]
        return float(((self.read(states) - truth) ** 2).sum(1).mean())
`;

const CARRY = String.raw`
    @torch.no_grad()
    def carry(self, ids):
        """The ends of rows, n x m in double precision, in lots of so many rows."""
        return np.concatenate([self.ends(ids[first : first + 4096]) for first in range(0, len(ids), 4096)])
`;

/** Predictions by named weights of a model that carries states: `timed` says whether u is given t. */
const states = (start: string, timed: boolean): string => String.raw`

class Predictor:
    """Predicts by named weights as the lab does: carries starts to the end by STEPS, and reads classes there."""

    def __init__(self, weights, data, device):
        self.data, self.device = data, device
        self.weights = {name: tensor.to(device) for name, tensor in weights.items()}
        if data.targets is None:
            fixed = torch.eye(len(data.classes), device=device)
            self.table = self.weights.get("embedding.table", fixed)
        self.states = self.table.shape[1] if data.targets is None else len(data.target_names)
${start}
    def u(self, z, x, t, block):
        """The network's answer at states z and time t."""
        prefix = "" if block is None else f"blocks.{block}."
        names = [f"{prefix}layers.{i}" for i in range(len(MODEL["hidden"]) + 1)]
        layers = [(self.weights[f"{name}.kernel"], self.weights[f"{name}.bias"]) for name in names]
        inputs = [z.float(), x]
${timed ? '        inputs.append(torch.as_tensor(time_features([t]), device=self.device).expand(len(x), -1))\n' : ''}        output = passes(torch.cat(inputs, 1), layers)
        mixed = self.data.targets is None and SOFTMAX
        return (torch.softmax(output, 1) @ self.table if mixed else output).double()

    def ends(self, ids):
        """The states z_1 of rows."""
        x = torch.as_tensor(self.data.inputs(ids), device=self.device)
        normals = Random(EXPERIMENT["seed"], "noise", ids)
        values = [torch.as_tensor(self.starts(ids), device=self.device)]
        for kind, t, terms, block in STEPS:
            if kind == "noise":
                values.append(torch.as_tensor(normals.normals(self.states), device=self.device))
                continue
            state = sum((factor * values[place] for place, factor in terms), torch.zeros_like(values[0]))
            values.append(self.u(state, x, t, block) if kind == "u" else state)
        return values[-1].cpu().numpy()
${CARRY}
    def labels(self, states):
        """The classes of states at the end."""
        return (states if CORNERS else self.read(states)).argmax(1)

    def read(self, states):
        """Probabilities of the classes."""
        if CORNERS:
            share = np.maximum(states, 0)
            total = share.sum(1, keepdims=True)
            return np.divide(share, total, out=np.full_like(share, 1 / share.shape[1]), where=total > 0)
        if LINEAR:
            kernel, bias = self.weights["readout.kernel"], self.weights["readout.bias"]
        else:
            kernel, bias = nearest_map(self.table)
        logits = states @ kernel.double().cpu().numpy() + bias.double().cpu().numpy()
        # the variance about a fixed embedding, where no read-out was trained, is taken as 0.1
        logits = logits if TRAINED_HEAD else logits / 0.1
        share = np.exp(logits - logits.max(1, keepdims=True))
        return share / share.sum(1, keepdims=True)
${SCORES}`;

const direct = String.raw`

class Predictor:
    """Predicts by named weights as the lab does, in one pass."""

    def __init__(self, weights, data, device):
        self.data, self.device = data, device
        self.weights = {name: tensor.to(device) for name, tensor in weights.items()}

    def ends(self, ids):
        """Probabilities of classes, or scaled numbers."""
        x = torch.as_tensor(self.data.inputs(ids), device=self.device)
        names = [f"layers.{i}" for i in range(len(MODEL["hidden"]) + 1)]
        output = passes(x, [(self.weights[f"{name}.kernel"], self.weights[f"{name}.bias"]) for name in names])
        return (torch.softmax(output, 1) if self.data.targets is None else output).double().cpu().numpy()
${CARRY}
    def labels(self, states):
        return states.argmax(1)

    def read(self, states):
        return states
${SCORES}`;

/** What predicts with the weights of each kind of model, from starts of an id; an InputError where it has no Python. */
export function predictors(start: string): Readonly<Record<ModelId, string>> {
  const code = STARTS[start];
  if (code === undefined) throw new InputError(`the start ${start} cannot be written in PyTorch`);
  return { ct: states(code, true), dt: states(code, false), fm: states(code, true), backprop: direct };
}
