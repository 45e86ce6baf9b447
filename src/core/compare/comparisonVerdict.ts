import { formatNumber } from '../text/format';
import { integrators, type FinalId } from '../integrators';
import { normOf, type NormId } from './norms';
import type { Reference } from './reference';
import { aimReached, judgeOf, undecided } from './aimReached';
import { isMeasured, OWN_STEPS, type ComparisonRow } from './comparisonRow';

const titleOf = (id: string) => integrators.find((row) => row.id === id)?.title ?? id;

/** What is said of a last step that is not the method's own. */
const finalText = (final: FinalId): string =>
  final === 'to-end' ? ', its last step as the others,' : ' with a first-order last step';

/** An error with its standard error by the choice of paths. */
const chanceText = ({ error, sampling = 0 }: ComparisonRow) =>
  `${formatNumber(error, 2)} ± ${formatNumber(sampling, 2)}`;

/** A number of paths, rounded up to two digits. */
function pathsText(count: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return `${Math.ceil(count / unit) * unit} paths`;
}

const calls = (n: number) => (n === 1 ? '1 evaluation' : `${n} evaluations`);

/** How errors were measured. */
export interface Measure {
  /** The norm (rms). */
  readonly norm?: NormId;
  /** The reference's own error (0). */
  readonly floor?: number;
  /** How many paths were drawn, where they were drawn by chance. */
  readonly paths?: number | undefined;
}

/** The cheapest way to an error of `aim`, in one sentence, from the rows and the reference's own error. */
export function comparisonVerdict(
  rows: readonly ComparisonRow[],
  aim: number,
  { norm = 'rms', floor = 0, paths }: Measure = {},
): string {
  if (floor === Infinity)
    return 'No error can be measured: the reference does not end in finite states. Narrow the window or choose another dynamics.';
  const known = rows.filter(isMeasured);
  const target = `${normOf(norm).phrase} of ${formatNumber(aim)}`;
  if (!rows.length) return 'There is nothing to compare.';
  if (rows.every(({ status }) => status === 'refused')) return `No method can run here: ${rows[0]!.reason}.`;
  if (!known.length) return 'No method finished with finite states.';
  const { doubt, worse } = judgeOf(floor);
  const grids = new Set(known.filter(({ grid }) => grid !== OWN_STEPS.label).map(({ grid }) => grid));
  const finals = new Set(known.flatMap(({ final }) => final ?? []));
  const name = ({ integrator, grid, gridTitle, final }: ComparisonRow) => {
    if (grid === OWN_STEPS.label) return `${titleOf(integrator)} with its own steps`;
    const last = final === undefined || (final === 'to-end' && finals.size === 1) ? '' : finalText(final);
    return `${grids.size > 1 ? `${titleOf(integrator)} (${gridTitle})` : titleOf(integrator)}${last}`;
  };
  const [best, next] = aimReached(known, aim, floor);
  const open = undecided(known, aim, floor, best);
  const telling = open && paths !== undefined ? `: about ${pathsText(paths * open.factor)} would tell` : '';
  if (open && !best)
    return `These paths cannot tell whether a method reaches ${target}: ${name(open.row)} comes to ${chanceText(open.row)} with ${calls(open.row.evaluations)} a path${telling}.`;
  if (!best) {
    const closest = known.reduce((a, b) => (b.error + doubt(b) < a.error + doubt(a) ? b : a));
    if (closest.error <= aim || closest.error < doubt(closest))
      return `Whether a method reaches ${target} cannot be told here: the reference is itself known to ${formatNumber(doubt(closest), 2)} only.`;
    return (
      `No method reaches ${target} here: ${name(closest)} comes closest, ` +
      `${formatNumber(closest.error)} with ${calls(closest.evaluations)} a path.`
    );
  }
  const unsure = open
    ? ` Whether ${name(open.row)} does so with ${calls(open.row.evaluations)} (${chanceText(open.row)}) cannot be told by these paths${telling}.`
    : '';
  const start = `${name(best)} is the cheapest to ${target}: ${calls(best.evaluations)} a path`;
  if (!next) return `${start}; no other method reaches it here.${unsure}`;
  const same = `as many${worse(next, best) ? ', with a larger error' : ''}`;
  return `${start}, where ${name(next)} needs ${next.evaluations === best.evaluations ? same : `${next.evaluations}, of the counts tried`}.${unsure}`;
}

/** What errors are measured against and how good that is, in sentences. */
export function referenceText({ reference, norm, rows }: ReferenceTextInput): string {
  const { source, errors } = reference;
  const known = rows.filter(isMeasured);
  const near = known.filter(({ nearFloor }) => nearFloor).length;
  const own = known.some((row) => row.floor !== undefined) ? ' of its own' : '';
  const found = `Reference: ${source}, its own error ${own ? 'at most' : 'about'} ${formatNumber(errors[norm], 2)}.`;
  if (!known.length) return `Reference: ${source}.`;
  return near
    ? `${found} Of the errors ${near} ${near === 1 ? 'is' : 'are'} less than 100 times that${own}, and marked ≈.`
    : `${found} Every error is at least 100 times that${own}.`;
}

/** The parts of a comparison that describe its reference. */
interface ReferenceTextInput {
  readonly reference: Pick<Reference, 'source' | 'errors'>;
  readonly norm: NormId;
  readonly rows: readonly ComparisonRow[];
}
