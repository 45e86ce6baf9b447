/** Functions of NumPy that are written as bare names: the module has them for numbers and tensors. */
const OWN = 'abs|cos|cosh|exp|expm1|log|log1p|maximum|minimum|sin|sinh|sqrt|tan|tanh|where';

/** Functions that PyTorch has under a name, for what are always tensors. */
const SAME = 'arccos|arcsin|arctan|clip|diff|floor|full_like|isfinite|isnan|ones_like|searchsorted|sign';

/** What stands between the brackets of a call, with brackets up to two deep. */
const INSIDE = String.raw`((?:[^()]|\((?:[^()]|\([^()]*\))*\))*?)`;

const WORDS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(String.raw`np\.(?:as)?array\(${INSIDE}, dtype=float\)`, 'g'), 'double($1)'],
  [/np\.(pi|inf|nan)\b/g, 'math.$1'],
  [new RegExp(String.raw`np\.(${OWN})\b`, 'g'), '$1'],
  [new RegExp(String.raw`np\.(${SAME})\b`, 'g'), 'torch.$1'],
  [/np\.power\b/g, 'raised'],
  [/np\.concatenate\b/g, 'torch.cat'],
  [/\.astype\(int\)/g, '.long()'],
];

/** Where results leave: they go back to the precision and the device of t. States keep theirs. */
const RESULTS: readonly (readonly [from: string, to: string])[] = [
  ['return double(self._log_snr(double(t)))', 'return like(t, double(self._log_snr(double(t))))'],
  ['return double(self._log_snr_rate(double(t)))', 'return like(t, double(self._log_snr_rate(double(t))))'],
  ['return values\n', 'return {name: like(t, value) for name, value in values.items()}\n'],
  ['values = [double(z)]', 'values = [z if torch.is_tensor(z) else double(z)]'],
  ['return pull, decay', 'return like(t, pull), like(t, decay)'],
];

const indentOf = (line: string) => line.length - line.trimStart().length;

/** Without the blocks that keep NumPy from warning: PyTorch does not warn. */
function withoutQuiet(code: string): string {
  let block: number | undefined;
  const lines = code.split('\n').flatMap((line) => {
    if (line.trim() === 'with np.errstate(all="ignore"):') {
      block = indentOf(line);
      return [];
    }
    if (block !== undefined && line.trim() !== '' && indentOf(line) <= block) block = undefined;
    return [block === undefined ? line : line.replace(/^ {4}/, '')];
  });
  return lines.join('\n');
}

/**
 * The same Python in PyTorch's words, of code that was written for NumPy. What is translated is what the modules' own code
 * uses: so that each schedule, modifier and dynamics is written once. An Error names a word that has no translation.
 */
export function inTorch(code: string): string {
  // inner calls first: the array of an array
  const words = [...WORDS, ...WORDS.slice(0, 1)];
  const worded = words.reduce((text, [from, to]) => text.replace(from, to), withoutQuiet(code));
  const translated = RESULTS.reduce((text, [from, to]) => text.replace(from, to), worded);
  const left = /np\.\w+/.exec(translated);
  if (left) throw new Error(`${left[0]} has no translation to PyTorch`);
  return translated;
}

/** What translated code needs defined: functions of numbers as well as of tensors. */
export const WORDS_OF_TORCH = String.raw`
def double(x):
    """x, a number, a list or a tensor, as a tensor in double precision on the CPU: there all schedules are computed."""
    return torch.as_tensor(x, dtype=torch.float64, device="cpu")


def like(t, value):
    """The value in the precision and on the device of t, where t is a tensor of real numbers; else in double precision."""
    return value.to(t) if torch.is_tensor(t) and t.is_floating_point() else value


def of_numbers_too(f):
    """The function, of numbers as well as of tensors."""
    return lambda *args: f(*(x if torch.is_tensor(x) else double(x) for x in args))


exp, expm1, log, log1p, sqrt, raised = map(of_numbers_too, (torch.exp, torch.expm1, torch.log, torch.log1p, torch.sqrt, torch.pow))
sin, cos, tan, sinh, cosh, tanh = map(of_numbers_too, (torch.sin, torch.cos, torch.tan, torch.sinh, torch.cosh, torch.tanh))
minimum, maximum = of_numbers_too(torch.minimum), of_numbers_too(torch.maximum)


def where(condition, here, there):
    """here where the condition holds, else there; each may be a number."""
    here, there = (x if torch.is_tensor(x) else double(x) for x in (here, there))
    return torch.where(torch.as_tensor(condition), here, there)
`;
