import assert from 'node:assert/strict';
import { schedulerClasses } from '../../../../src/core/imports/diffusers/classes';
import golden from '../../golden/schedulers.json';
import { alphaBarAt, close, logSnrAt, ofConfig, stepTimes } from './support';

/** What test/unit/golden/schedulers.py says of a class; one of rows, sigmas, shares, least and at says what. */
interface Case {
  readonly class: string;
  readonly keys: Readonly<Record<string, unknown>>;
  readonly steps: number;
  /** Rows of the table at which steps begin. */
  readonly rows?: readonly number[];
  /** Noise over signal where steps begin. */
  readonly sigmas?: readonly number[];
  /** The share of noise of a flow where steps begin. */
  readonly shares?: readonly number[];
  /** Noise over signal where the last step begins. */
  readonly least?: readonly [number];
  /** Times of alphaBar; that of a table is at its first, middle and last row. */
  readonly at?: readonly number[];
  readonly alphaBar?: readonly number[];
}

const cases = golden as readonly unknown[] as readonly Case[];

/** Where the first step begins is the start of the window, whatever the class says. */
function assertSteps(
  found: readonly number[],
  expected: readonly number[],
  tolerance: number,
  level: (t: number) => number,
) {
  assert.equal(found.length, expected.length);
  for (let k = 1; k < found.length; k++) {
    const scale = Math.max(Math.abs(expected[k]!), 1e-3);
    close(level(found[k]!), expected[k]!, tolerance * scale, `step ${k + 1}`);
  }
}

describe("steps and schedules of diffusers' classes against NumPy", () => {
  for (const { class: name, keys, steps, rows, sigmas, shares, least, at, alphaBar } of cases)
    it(`${name} ${JSON.stringify(keys)}, ${steps} steps`, () => {
      const { sequence_length: sequenceLength, ...own } = keys;
      const imported = ofConfig(
        { _class_name: name, ...own },
        sequenceLength === undefined ? {} : { sequenceLength: sequenceLength as number },
      );
      const times = stepTimes(imported, steps);
      const sigma = (t: number) => Math.exp(-logSnrAt(imported, t) / 2);
      const table = imported.experiment.schedules[0]!.params.steps!;
      if (rows) assertSteps(times, rows, 1e-9, (t) => (1 - t) * table - 1);
      if (sigmas) assertSteps(times, sigmas, 1e-9, sigma);
      if (shares) assertSteps(times, shares, 1e-9, (t) => sigma(t) / (1 + sigma(t)));
      if (least) close(sigma(times.at(-1)!), least[0], 1e-9 * least[0], 'the last step');
      const places =
        at ?? [0, Math.floor(table / 2), table - 1].map((row) => (row === table - 1 ? 0 : 1 - (row + 1) / table));
      alphaBar?.forEach((value, i) =>
        close(alphaBarAt(imported, places[i]!), value, 1e-11 * Math.max(value, 1e-3), `alphaBar ${i}`),
      );
    });

  it('every class has a case', () => {
    const named = new Set(cases.map((one) => one.class));
    assert.deepEqual(
      schedulerClasses.map(({ name }) => name).filter((name) => !named.has(name)),
      [],
    );
  });
});
