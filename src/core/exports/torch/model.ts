import { models } from '../../models';
import type { TrainedModel } from '../export';
import { recipeOf, type Recipe } from '../modelGraph/recipe';
import { besideName } from '../export';
import { pythonComment, pythonList, pythonString } from '../numpy/pythonText';
import { networkCode, type NetworkParts } from './network';
import { inTorch } from './translate';
import { READ_WEIGHTS } from './weights';

/** A model and what its metadata say. */
interface Facts extends Pick<TrainedModel, 'record' | 'tensors'> {
  readonly recipe: Recipe;
  /** Length of a state. */
  readonly m: number;
}

/** The prefix of the names of a network's tensors; each block of NoProp-DT has such a network. */
const prefixOf = ({ model }: Recipe) => (model === 'dt' ? 'blocks.0.' : '');

/** The size of the network, from the shapes of its tensors. */
function networkParts({ recipe, tensors }: Facts): NetworkParts {
  const { inputs, layers, timeFeatures } = recipe;
  const widths = Array.from(
    { length: layers.count },
    (_, k) => tensors[`${prefixOf(recipe)}layers.${k}.bias`]!.shape[0]!,
  );
  return {
    states: inputs.z,
    features: inputs.x,
    timeFeatures: inputs.timeFeatures,
    frequencies: timeFeatures.frequencies,
    hidden: widths.slice(0, -1),
    outputs: widths.at(-1)!,
    activation: layers.activation,
    residual: layers.residual,
  };
}

const numbers = (values: readonly number[]) => inTorch(pythonList(values));
const texts = (values: readonly string[]) => `[${values.map(pythonString).join(', ')}]`;

/** The names and the scaling of what goes in and comes out. */
function constants({ recipe, record }: Facts, weights: string): string {
  const { scaling, targets, classes, starts } = recipe;
  return [
    `WEIGHTS = ${pythonString(weights)}  # beside this file`,
    `FEATURES = ${texts(record.data.features)}`,
    `MEAN = ${numbers(scaling.mean)}  # x = (value - mean) / scale`,
    `SCALE = ${numbers(scaling.scale)}`,
    ...(targets
      ? [
          `TARGETS = ${texts(targets.names)}`,
          `TARGET_MEAN = ${numbers(targets.mean)}  # value = z_1 scale + mean`,
          `TARGET_SCALE = ${numbers(targets.scale)}`,
        ]
      : [`CLASSES = ${texts(classes)}`, `STARTS = ${starts.count}  # of which a prediction is the mean`]),
  ].join('\n');
}

const TABLE = `
class Table(torch.nn.Module):
    """W: for each class its clean state, a row."""

    def __init__(self, classes, length):
        super().__init__()
        self.table = torch.nn.Parameter(torch.zeros(classes, length))


`;

/** What the model is made of, beside its network. */
function partsCode({ recipe, record, tensors, m }: Facts): string {
  const blocks = recipe.model === 'dt' && new Set(Object.keys(tensors).map((name) => /^blocks\.(\d+)\./.exec(name)?.[1])); // prettier-ignore
  const count = blocks ? [...blocks].filter(Boolean).length : 0;
  return [
    ...(blocks ? [`self.blocks = torch.nn.ModuleList([Network() for _ in range(${count})])`] : []),
    ...('embedding.table' in tensors ? [`self.embedding = Table(${record.data.classes.length}, ${m})`] : []),
    ...('readout.kernel' in tensors ? [`self.readout = Layer(${m}, ${record.data.classes.length})`] : []),
  ]
    .map((line) => `        ${line}\n`)
    .join('');
}

/** u(z, x, t), in words and as Python. */
function answer({ recipe, tensors }: Facts): { words: string; code: string } {
  const output = recipe.model === 'dt' ? 'self.blocks[min(max(block, 0), len(self.blocks) - 1)](z, x, t)' : 'self(z, x, t)'; // prettier-ignore
  if (recipe.output.rule === 'velocity') return { words: 'The velocity dz/dt', code: output };
  if (recipe.model === 'backprop')
    return recipe.output.rule === 'softmax'
      ? { words: 'The probabilities softmax(output), whatever z and t are', code: `torch.softmax(${output}, dim=1)` }
      : { words: 'The output, whatever z and t are', code: output };
  if (recipe.output.rule === 'u') return { words: 'The clean state', code: output };
  const soft = `torch.softmax(${output}, dim=1)`;
  return 'embedding.table' in tensors
    ? { words: 'The clean state softmax(output) W', code: `${soft} @ self.embedding.table` }
    : { words: 'The clean state softmax(output)', code: soft };
}

/** The function u of the class. */
function uCode(facts: Facts): string {
  const { recipe, m } = facts;
  const { words, code } = answer(facts);
  const blocks = recipe.model === 'dt';
  const states = m ? `states z (n x ${m}) and ` : '';
  const block = blocks
    ? '        block = int(torch.searchsorted(TIMES, double(t), right=True)) - 1  # block k leads from TIMES[k] to TIMES[k + 1]\n'
    : '';
  const times = m ? ` at t${blocks ? ', a number' : ', a number or n of them'}` : '';
  return `    def u(self, z, x, t):
        """${words}, of ${states}scaled features x (n x ${recipe.inputs.x})${times}."""
${block}        return ${code}
`;
}

/** How states are carried to z_1. */
function sampleCode({ recipe, m }: Facts): string {
  if (recipe.model === 'backprop')
    return `
    def sample(self, x, z=None, normals=None):
        """What the network answers for scaled features x (n x d), in one pass: there are no states to carry."""
        return self.u(None, x, 1.0)
`;
  const start = recipe.starts.law === 'zero' ? `torch.zeros(len(x), ${m}).to(x)` : 'normals(len(x))';
  return `
    def normals(self, n):
        """n x ${m} draws of N(0, 1), seeded by torch.manual_seed."""
        return torch.randn(n, ${m}, dtype=torch.float64).to(next(self.parameters()))

    def sample(self, x, z=None, normals=None):
        """Carries states z (n x ${m}) from TIMES[0] to z_1 by STEPS, for scaled features x (n x d).

        Where z is left out it is ${recipe.starts.law === 'zero' ? '0' : 'N(0, 1)'}. normals(n) gives n x ${m} draws of N(0, 1).
        """
        normals = normals or self.normals
        z = ${start} if z is None else z
        return sample(lambda state, t: self.u(state, x, t), z, lambda: normals(len(x)))
`;
}

/** The read-out of z_1, in words and as Python. */
function readCode({ recipe }: Facts): { words: string; code: string } {
  const one = (place: string) => `torch.nn.functional.one_hot(${place}, len(CLASSES)).to(z)`;
  const { rule, probabilities } = recipe.readout;
  if (rule === 'numbers') return { words: 'z_1 scale + mean', code: 'z * double(TARGET_SCALE).to(z) + double(TARGET_MEAN).to(z)' }; // prettier-ignore
  if (rule === 'linear') return { words: 'softmax(z_1 kernel + bias)', code: 'torch.softmax(self.readout(z), dim=1)' };
  if (rule === 'nearest')
    return {
      words: '1 for the class c of the least |z_1 - W_c|, else 0',
      code: one('((z[:, None] - self.embedding.table) ** 2).sum(dim=2).argmin(dim=1)'),
    };
  return probabilities?.includes('mean')
    ? { words: 'z_1 itself', code: 'z' }
    : { words: '1 for the class of the largest coordinate of z_1, else 0', code: one('z.argmax(dim=1)') };
}

function predictCode({ recipe }: Facts): string {
  if (recipe.targets)
    return `
    @torch.no_grad()
    def predict(self, rows, normals=None):
        """TARGETS (n x ${recipe.targets.names.length}), in their own units, of rows (n x d) with FEATURES in theirs."""
        return self.read(self.sample(self.scaled(rows), normals=normals))
`;
  return `
    @torch.no_grad()
    def rated(self, rows, normals=None):
        """What read gives for rows (n x d) with FEATURES in their own units, from each start: STARTS x n x ${recipe.classes.length}."""
        x = self.scaled(rows)
        return torch.stack([self.read(self.sample(x, normals=normals)) for _ in range(STARTS)])

    def predict(self, rows, normals=None):
        """The probability of each of CLASSES (n x ${recipe.classes.length}) of rows (n x d): the mean over the starts."""
        return self.rated(rows, normals).mean(dim=0)

    def labels(self, rows, normals=None):
        """The most probable of CLASSES of each row; of several, that to which the first start leads."""
        rated = self.rated(rows, normals)
        return [CLASSES[k] for k in (rated.mean(dim=0) + 1e-4 * rated[0]).argmax(dim=1).tolist()]
`;
}

/** The trained model as Python: its network, the class \`Model\` and \`load\`. The module is written to a file of this name. */
export function modelCode(trained: TrainedModel, name: string): string {
  const { record, tensors } = trained;
  const recipe = recipeOf(trained);
  const facts: Facts = { record, tensors, recipe, m: recipe.inputs.z };
  const parts = partsCode(facts);
  const read = readCode(facts);
  const { title } = models.find(({ id }) => id === recipe.model)!;
  return `

${pythonComment(`The trained model: ${title}, of the run ${record.id}`)}${constants(facts, besideName(name, '.safetensors'))}

${networkCode(networkParts(facts))}

${'embedding.table' in tensors ? TABLE.trimStart() : ''}class Model(${recipe.model === 'dt' ? 'torch.nn.Module' : 'Network'}):
    """${title}. load() gives it with its weights; the parameters have the names of the file."""

${parts && `    def __init__(self):\n        super().__init__()\n${parts}\n`}${uCode(facts)}
    def scaled(self, rows):
        """x = (value - mean) / scale of rows (n x d); a missing value (NaN) is 0."""
        x = (double(rows) - double(MEAN)) / double(SCALE)
        return torch.where(torch.isnan(x), torch.zeros_like(x), x).to(next(self.parameters()))
${sampleCode(facts)}
    def read(self, z):
        """The read-out: ${read.words}."""
        return ${read.code}
${predictCode(facts)}
${READ_WEIGHTS}`;
}
