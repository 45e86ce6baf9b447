import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FAMILY = `import { defineSchedule } from './schedule';

export const quadraticGamma = defineSchedule({
  id: 'quadratic-gamma',
  title: 'Quadratic log-SNR',
  summary: 'A log-SNR that rises faster and faster.',
  equation: '\\\\gamma = r (t^2 + t - 1/4)',
  source: 'a test',
  parameters: {
    rise: { symbol: 'r', summary: 'half the rise', default: 12, min: 0, max: 100, open: 'min', slider: [1, 30], unit: 'nat' },
  },
  create: ({ rise }) => ({
    logSnr: (t) => rise * (t * t + t - 0.25),
    logSnrRate: (t) => rise * (2 * t + 1),
  }),
});
`;

/** Adds a schedule the way CONTRIBUTING.md says, to a copy of the project: one file and one row. */
export function addSchedule(copy: string): void {
  const room = path.join(copy, 'src/core/schedules');
  writeFileSync(path.join(room, 'quadraticGamma.ts'), FAMILY);
  const index = readFileSync(path.join(room, 'index.ts'), 'utf8');
  const withRow = index
    .replace('import { rectifiedFlow }', "import { quadraticGamma } from './quadraticGamma';\n$&")
    .replace('readonly ScheduleFamily[] = [', '$&quadraticGamma, ');
  assert.notEqual(withRow, index);
  writeFileSync(path.join(room, 'index.ts'), withRow);
}
