import { hasResidual, type Activation } from '../../models';
import { pythonList } from '../numpy/pythonText';

/** The size of a network of [z, x, time features]: all that its Python needs. */
export interface NetworkParts {
  /** Length of z, of x, and of the time features; 0 where the network does not get them. */
  readonly states: number;
  readonly features: number;
  readonly timeFeatures: number;
  /** In turns per unit of time: half as many as time features, rounded up. */
  readonly frequencies: readonly number[];
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly activation: Activation;
  readonly residual: boolean;
}

const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  relu: 'torch.relu',
  silu: 'torch.nn.functional.silu',
  tanh: 'torch.tanh',
};

const LAYER = String.raw`
class Layer(torch.nn.Module):
    """activation(h kernel + bias), plus h where it is residual. The kernel is inputs x outputs, as in the file of weights."""

    def __init__(self, inputs, outputs, activation=None, residual=False):
        super().__init__()
        limit = math.sqrt(6 / (inputs + outputs))  # the initial weights of Glorot and Bengio (2010)
        self.kernel = torch.nn.Parameter(torch.empty(inputs, outputs).uniform_(-limit, limit))
        self.bias = torch.nn.Parameter(torch.zeros(outputs))
        self.activation, self.residual = activation, residual

    def forward(self, h):
        out = h @ self.kernel + self.bias
        if self.activation is not None:
            out = self.activation(out)
        return out + h if self.residual else out
`;

const timeCode = ({ timeFeatures, frequencies }: NetworkParts) => `
# frequencies of the time features, in turns per unit of time
FREQUENCIES = ${pythonList(frequencies)}


def time_features(t):
    """sin(2 pi f t) of all frequencies f, then cos(2 pi f t) of all: n x ${timeFeatures} numbers of n times (or one), in double precision."""
    angles = 2 * math.pi * double(t).reshape(-1, 1) * double(FREQUENCIES)
    return torch.cat([torch.sin(angles), torch.cos(angles)], dim=1)[:, :${timeFeatures}]
`;

/** The layers as Python: the first reads all inputs, the last has no activation. */
function layerRows({ states, features, timeFeatures, hidden, outputs, activation, residual }: NetworkParts): string {
  const sizes = [states + features + timeFeatures, ...hidden, outputs];
  return hidden
    .map((size, i) => {
      const more = residual && i > 0 && size === sizes[i] ? ', residual=True' : '';
      return `            Layer(${sizes[i]}, ${size}, ${ACTIVATIONS[activation]}${more}),\n`;
    })
    .concat(`            Layer(${sizes.at(-2)}, ${outputs}),\n`)
    .join('');
}

/** What the network reads, in words and as Python. */
function inputsOf({ states, features, timeFeatures }: NetworkParts): { words: string; code: string } {
  const parts = [
    ...(states ? [['z', 'z']] : []),
    ...(features ? [['x', 'x']] : []),
    ...(timeFeatures ? [['time features of t', 'times.expand(len(x), -1)']] : []),
  ];
  return { words: parts.map(([word]) => word).join(', '), code: parts.map(([, code]) => code).join(', ') };
}

/**
 * The class \`Network\` of PyTorch, with what it needs: forward(z, x, t) gives n x outputs of states z (n x m), features x
 * (n x d) and times t (one or n). Parameters have the names of a run's file: layers.N.kernel and layers.N.bias.
 * The module that holds it imports math and torch, and has `double` (WORDS_OF_TORCH).
 */
export function networkCode(parts: NetworkParts): string {
  const { timeFeatures, outputs, hidden, residual } = parts;
  const { words, code } = inputsOf(parts);
  const times = timeFeatures ? '        times = time_features(t).to(x)\n' : '';
  const added = residual && hasResidual(hidden) ? ', residual where they keep their width' : '';
  return `${LAYER}
${timeFeatures ? timeCode(parts) : ''}

class Network(torch.nn.Module):
    """${outputs} numbers of [${words}]: layers${added}, the last without activation."""

    def __init__(self):
        super().__init__()
        self.layers = torch.nn.ModuleList([
${layerRows(parts)}        ])

    def forward(self, z, x, t):
${times}        h = torch.cat([${code}], dim=1)
        for layer in self.layers:
            h = layer(h)
        return h
`;
}
