import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FAMILY = `import { logExpm1 } from '../stable';
import { defineSchedule } from './schedule';

export const constantBeta = defineSchedule({
  id: 'constant-beta',
  title: 'Constant beta',
  summary: 'Noise at a constant rate.',
  equation: '\\\\Delta = \\\\beta s',
  source: 'a test',
  parameters: {
    beta: { symbol: 'β', summary: 'noise rate', default: 12, min: 0, max: 100, open: 'min', slider: [1, 30], unit: 'per unit time' },
  },
  create: ({ beta }) => ({
    logSnr: (t) => -logExpm1(beta * (1 - t)),
    logSnrRate: (t) => (t === 1 ? Infinity : beta / -Math.expm1(-beta * (1 - t))),
    endRates: [beta * Math.exp(-beta), beta],
  }),
});
`;

/** Adds a schedule the way the README says, to a copy of the project: one file and one row. */
export function addSchedule(copy: string): void {
  const room = path.join(copy, 'src/core/schedules');
  writeFileSync(path.join(room, 'constantBeta.ts'), FAMILY);
  const index = readFileSync(path.join(room, 'index.ts'), 'utf8');
  const withRow = index
    .replace("import { cosine } from './cosine';", "import { constantBeta } from './constantBeta';\n$&")
    .replace('[linearGamma, ', '[constantBeta, linearGamma, ');
  assert.notEqual(withRow, index);
  writeFileSync(path.join(room, 'index.ts'), withRow);
}
