import assert from 'node:assert/strict';
import { parseExperiment } from '../../../src/core/experiment/document';
import { changeExperiment } from '../../../src/core/experiment/changes';
import { newExperiment, type Experiment } from '../../../src/core/experiment/experiment';
import { fieldAt } from '../../../src/core/experiment/fieldAt';
import { norms } from '../../../src/core/compare';
import { grids } from '../../../src/core/grids';
import { dataSources } from '../../../src/core/datasets/entry';

describe('fields of the document', () => {
  const base = parseExperiment(JSON.stringify(newExperiment())).experiment!;
  const changed = (path: (string | number)[], value: unknown): Experiment => changeExperiment(base, [{ path, value }]);

  it('a number has a title, a range, a default, a symbol and a unit, and says what it does not take', () => {
    const field = fieldAt(['training', 'learningRate'])!;
    assert.equal(field.kind, 'number');
    assert.equal(field.title, 'Learning rate');
    assert.equal(field.default, 0.002);
    const { min, max, open, symbol, unit, integer } = field.parameter!;
    assert.deepEqual({ min, max, open, symbol, unit }, { min: 0, max: 1, open: 'min', symbol: 'η', unit: '1' });
    assert.equal(integer, undefined);
    assert.equal(field.section, undefined);
    assert.equal(field.refusal(0.1), undefined);
    assert.equal(field.refusal(0), 'learningRate must be a number greater than 0 and at most 1: got 0');
    assert.equal(fieldAt(['training', 'batch'])!.parameter!.integer, true);
  });

  it('a choice has the rows of its registry', () => {
    const norm = fieldAt(['comparison', 'norm'])!;
    assert.deepEqual([norm.kind, norm.title, norm.default], ['choice', 'Error', 'rms']);
    assert.equal(norm.choices, norms);
    const grid = fieldAt(['grid'])!;
    assert.deepEqual([grid.kind, grid.title, grid.choices], ['choice', 'Grid', grids]);
    assert.equal(fieldAt(['data'])!.choices, dataSources);
    assert.deepEqual(fieldAt(['comparison', 'integrators'])!.kind, 'list');
  });

  it('the object that an id has chosen decides which fields there are, and is their section', () => {
    assert.equal(fieldAt(['data', 'label'], base), undefined);
    const csv = changed(['data'], { id: 'csv', path: 'a.csv', label: 'y' });
    const label = fieldAt(['data', 'label'], csv)!;
    assert.deepEqual([label.kind, label.title, label.section], ['text', 'Label column', ['data']]);
    assert.match(label.refusal('')!, /^label must be the name of the column/);
    const dimension = ['model', 'embedding', 'dimension'];
    assert.equal(fieldAt(dimension, base), undefined);
    const learned = fieldAt(dimension, changed(['model', 'embedding'], 'learned'))!;
    assert.deepEqual([learned.default, learned.section], [10, ['model', 'embedding']]);
    const rho = changed(['comparison', 'grids'], ['uniform-t', 'karras']);
    const path = ['comparison', 'grids', 1, 'params', 'rho'];
    assert.deepEqual(fieldAt(path, rho)!.section, ['comparison', 'grids', 1]);
    assert.equal(fieldAt(['comparison', 'grids', 0, 'params', 'rho'], rho), undefined);
  });

  it('without an experiment a choice has come to its default', () => {
    assert.equal(fieldAt(['data', 'params', 'noise'])!.default, 0.1);
    assert.equal(fieldAt(['dynamics', 'noise'])!.kind, 'flag');
  });

  it('the names in a formula are fields too, and so are inputs', () => {
    const formula = { id: 'expression', inputs: { formula: '9 * (2 * t - 1) + drift * t^2' } };
    const experiment = changed(['schedules', 0], formula);
    const drift = fieldAt(['schedules', 0, 'params', 'drift'], experiment)!;
    assert.equal(drift.parameter!.symbol, 'drift');
    assert.match(drift.refusal('x')!, /^drift must be a number/);
    assert.equal(fieldAt(['schedules', 0, 'params', 'other'], experiment), undefined);
    assert.equal(fieldAt(['schedules', 0, 'inputs', 'formula'], experiment)!.kind, 'text');
    assert.ok(fieldAt(['schedules', 0, 'inputs', 'quantity'], experiment)?.choices?.length);
    assert.equal(fieldAt(['schedules', 1, 'label'], experiment)!.title, 'Label');
  });

  it('every value of an experiment is at a field with a title', () => {
    const walk = (value: unknown, path: (string | number)[]): void => {
      if (path.length) {
        const field = fieldAt(path, base);
        assert.ok(field, path.join('.'));
        if (field.kind === 'number') assert.ok(field.parameter !== undefined || path.includes('steps'), path.join('.'));
      }
      if (typeof value === 'object' && value !== null && !path.includes('hidden'))
        for (const [key, one] of Object.entries(value)) walk(one, [...path, Array.isArray(value) ? Number(key) : key]);
    };
    walk(base, []);
  });

  it('a thousand answers are quick enough for every frame of a page', () => {
    const rounds = Array.from({ length: 5 }, () => {
      const start = performance.now();
      for (let i = 0; i < 1000; i++) fieldAt(['schedules', 0, 'params', 'gammaMin'], base);
      return performance.now() - start;
    });
    assert.ok(Math.min(...rounds) < 100, `${Math.min(...rounds)} ms`);
  });
});
