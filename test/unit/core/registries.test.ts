import assert from 'node:assert/strict';
import { norms, type NormId } from '../../../src/core/compare';
import { diagnose, diagnostics } from '../../../src/core/diagnostics';
import { parseExperiment } from '../../../src/core/experiment/document';
import { newExperiment } from '../../../src/core/experiment/experiment';
import { fieldAt } from '../../../src/core/experiment/fieldAt';
import { exportFormat, exportFormats, offeredName } from '../../../src/core/exports';
import { uniform } from '../../../src/core/math/spacing';
import { Random } from '../../../src/core/math/random';
import { timeSamplings } from '../../../src/core/models/timeSamplings';
import { starts } from '../../../src/core/process/starts';
import { startStates } from '../../../src/core/process/starts/states';
import { catalogue } from '../../../src/core/reference/catalogue';
import { createSchedule } from '../../../src/core/schedules';
import { tableFormats } from '../../../src/core/text/tables';
import { exportedText } from '../support/exported';

const close = (actual: number, expected: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

describe('registries', () => {
  const { experiment } = parseExperiment(JSON.stringify(newExperiment()));

  for (const [kind, rows] of Object.entries(catalogue))
    it(`${kind}: every row has an id of its own, a title and a summary`, () => {
      assert.ok(rows.length > 1);
      assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
      for (const { id, title, summary } of rows) {
        assert.match(id, /^[a-z0-9]+([-+.][a-z0-9]+)*$/);
        assert.ok(title && summary, id);
      }
    });

  for (const { id, ...start } of starts)
    it(`start ${id}: the document takes it, and its states have the mean and variance that it tells`, () => {
      assert.equal(fieldAt(['start'])?.refusal(id), undefined);
      const [logSnr, n] = [0.4, 20_000];
      const law = { weights: [0.3, 0.7], means: [-1, 2], sds: [0.5, 0.5] };
      const clean = { mean: 1.1, variance: 0.25 + 0.21 * 9 };
      const { mean, variance } = start.moments({ logSnr, scale: 1 }, clean);
      const states = startStates(id, { n, d: 1, logSnr, seed: 3, law });
      const found = states.reduce((sum, z) => sum + z / n, 0);
      // five standard errors; that of a variance is at most that of a normal law here
      close(found, mean, 5 * Math.sqrt(variance / n), 'mean');
      const spread = states.reduce((sum, z) => sum + (z - found) ** 2 / n, 0);
      close(spread, variance, 5 * variance * Math.sqrt(2 / n), 'variance');
    });

  for (const norm of norms)
    it(`norm ${norm.id}: 0 for states that are right, in proportion to how far they are off, and a law's where it is weak`, () => {
      assert.equal(fieldAt(['comparison', 'norm'])?.refusal(norm.id satisfies NormId), undefined);
      const exact = Random.stream(1, 'data').normals(new Float64Array(60));
      const off = (by: number) => exact.map((z, i) => z + by * (1 + (i % 3) * exact[i]!));
      assert.equal(norm.distance(exact, exact, 2), 0);
      const [small, large] = [norm.distance(off(1e-6), exact, 2), norm.distance(off(2e-6), exact, 2)];
      assert.ok(small > 0);
      close(large / small, 2, 1e-4, 'twice as far');
      const error = norm.standardError(off(0.1), exact, 2);
      assert.ok(Number.isNaN(error) || (error > 0 && error < 1), String(error));
      if ('lawDistance' in norm) {
        const [law, other] = [{ mean: 1, variance: 2 }, { mean: 1.25, variance: 1.5 }]; // prettier-ignore
        assert.equal(norm.lawDistance(law, law), 0);
        assert.ok(norm.lawDistance(law, other) > 0);
      }
    });

  for (const { id, ...row } of timeSamplings)
    it(`time sampling ${id}: its times rise over the window, and its density is that of its times`, () => {
      assert.equal(fieldAt(['training', 'times'])?.refusal(id), undefined);
      const window = { start: 0.2, end: 0.9 };
      const law = row.law(window, (t) => 1 + t);
      const time = (share: number) => law.time(share);
      close(time(0), window.start, 1e-12, 'start');
      close(time(1), window.end, 1e-12, 'end');
      for (const share of uniform(0.05, 0.95, 19)) {
        const [before, after] = [time(share - 0.005), time(share + 0.005)];
        assert.ok(before < after);
        // the share of the law between two times, over that of the uniform law
        const found = (0.01 * (window.end - window.start)) / (after - before);
        close(found / (law.density?.(time(share)) ?? 1), 1, 5e-3, `density at share ${share}`);
      }
    });

  for (const { id, write } of tableFormats)
    it(`table format ${id}: writes every name and every cell`, () => {
      const text = write({ names: ['method', 'error'], rows: [['Heun', 1.5], ['Euler', NaN], ['rk4', Infinity]] }); // prettier-ignore
      for (const part of ['method', 'error', 'Heun', '1.5', 'Euler', 'rk4']) assert.ok(text.includes(part), part);
      assert.ok(text.endsWith('\n'));
      assert.ok(!text.includes('undefined'));
    });

  for (const { id, extension } of exportFormats.filter(({ needs }) => needs === 'experiment'))
    it(`export format ${id}: writes an experiment as text, for a file with an extension`, () => {
      assert.match(extension, /^[a-z0-9]+$/);
      const text = exportedText(id, experiment!);
      assert.ok(text.endsWith('\n') && text.length > 1);
      assert.equal(exportedText(id, experiment!), text);
    });

  it('an export in Python is offered a name that Python can import', () => {
    const offered = (id: string) => ['moons.export', '2026-11-28T17-01-07-iris', 'Zwei Monde!'].map((name) => offeredName(exportFormat(id), name)); // prettier-ignore
    assert.deepEqual(offered('torch'), ['moons_export.py', 'noprop_2026_11_28T17_01_07_iris.py', 'Zwei_Monde.py']);
    assert.deepEqual(offered('json').slice(0, 1), ['moons.export.json']);
  });

  /** Without signal until a time of its own. */
  const early = createSchedule('sqrt', { offset: 0.05 });

  for (const { id, summary } of diagnostics)
    it(`diagnostic ${id}: says in a sentence what it finds, with numbers`, () => {
      assert.match(summary, /\.$/);
      const found = [...['linear-gamma', 'cosine', 'rectified-flow'].map((family) => createSchedule(family)), early]
        .flatMap((schedule) => diagnose(schedule, { limit: 15, prediction: 'epsilon', weightCap: 5 }))
        .filter((result) => result.id === id);
      assert.ok(found.length > 0);
      for (const { sentence, figures } of found) {
        assert.match(sentence, /^[^a-z].*\.$/);
        for (const { name, value, unit } of figures) assert.ok(name && unit && !Number.isNaN(value), name);
      }
    });
});
