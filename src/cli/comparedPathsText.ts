import { formatNumber } from '../core/text/format';
import { integratorOf, pairOf } from '../core/integrators';
import { InputError } from '../core/registry/problem';
import type { Table } from '../core/text/tables';
import type { ComparedPaths, PathChoice, PathLine } from '../core/compare/comparedPaths';
import { toNumber } from './arguments';
import { toTable } from './textTable';

/** The most steps of a path: all its states are kept. */
const MOST = 100_000;

/**
 * A method and its steps, or the tolerance by which it chooses them, from METHOD:N; an InputError names what is wrong and
 * what is allowed.
 */
export function readPathChoice(text: string, grid: string): PathChoice {
  const [id, rest = ''] = text.split(/:(.*)/s) as [string, string?];
  const integrator = integratorOf(id);
  const value = toNumber(`--follow ${id}`, rest);
  if (Number.isInteger(value) && value >= 1 && value <= MOST) return { integrator: id, grid, steps: value };
  if (!(value >= 1e-13 && value <= 0.1))
    throw new InputError(`--follow takes METHOD:N, steps from 1 to ${MOST} or a tolerance from 1e-13 to 0.1: got "${text}"`); // prettier-ignore
  if (!pairOf(integrator))
    throw new InputError(`--follow: ${id} has no estimate of its own error, so it takes steps: got "${text}"`);
  return { integrator: id, grid, steps: 0, tolerance: value };
}

/** How many numbers of a state are shown: one, or two along its axes. */
const widthOf = ({ axes }: ComparedPaths): number => (axes ? 2 : 1);

/** Every state of every path: line, time, path, and the state or its two axes. */
export function pathTable(paths: ComparedPaths): Table {
  const { lines, n, axes } = paths;
  const width = widthOf(paths);
  const rows = lines.flatMap(({ label, times, states }) =>
    Array.from({ length: times.length * n }, (_, i) => [
      label,
      times[Math.floor(i / n)]!,
      (i % n) + 1,
      ...states.subarray(i * width, (i + 1) * width),
    ]),
  );
  return { names: ['line', 't', 'path', ...(axes ?? ['z'])], rows };
}

/** Where the paths end, and how far from the reference, for reading. */
export function pathText(paths: ComparedPaths): string {
  const { problem, notes, lines, n } = paths;
  const size = n * widthOf(paths);
  const ends = ({ states }: PathLine) => states.subarray(-size);
  const reference = lines.find(({ row }) => row === undefined);
  const away = (line: PathLine) => {
    if (!reference || line === reference) return '–';
    const [z, exact] = [ends(line), ends(reference)];
    return formatNumber(Math.sqrt(z.reduce((sum, value, i) => sum + (value - exact[i]!) ** 2, 0) / size));
  };
  const cells = lines.map((line) => [
    line.label,
    String(line.times.length),
    away(line),
    ...Array.from(ends(line).subarray(0, 6), (value) => formatNumber(value)),
  ]);
  const endNames = Array.from({ length: Math.min(6, size) }, (_, i) => `end ${i + 1}`);
  const head = ['line', 'times', 'RMS from the reference', ...endNames];
  return [problem, ...notes, '', toTable([head, ...cells], 1)].join('\n');
}
