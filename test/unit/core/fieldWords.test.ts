import assert from 'node:assert/strict';
import { parseExperiment } from '../../../src/core/experiment/document';
import { newExperiment } from '../../../src/core/experiment/experiment';
import { fieldAt } from '../../../src/core/experiment/fieldAt';
import { hintOf, isChanged, isFound, spokenMessage, valueText } from '../../../src/core/experiment/fieldWords';
import { jsonSchema } from '../../../src/core/experiment/jsonSchema';

interface Node {
  readonly title?: string;
  readonly properties?: Readonly<Record<string, Node>>;
}

describe('words of settings', () => {
  const base = parseExperiment(JSON.stringify(newExperiment())).experiment!;
  const field = (...path: (string | number)[]) => fieldAt(path, base)!;

  it('the JSON schema and the page call every setting the same, by words', () => {
    const schema = jsonSchema() as Node;
    for (const section of ['model', 'training', 'integrator', 'comparison', 'window'])
      for (const [key, { title }] of Object.entries(schema.properties![section]!.properties!)) {
        assert.match(title ?? '', /^[A-Z][^_]+$/, `${section}.${key}`);
        assert.equal(title, field(section, key).title, `${section}.${key}`);
      }
    assert.equal(schema.properties!.training!.properties!.warmup!.title, 'Warm-up steps');
  });

  it('tells what differs from its default: a choice by its id, a list by its items, what must be given never', () => {
    assert.equal(isChanged(field('training', 'steps'), 3000), false);
    assert.equal(isChanged(field('training', 'steps'), 3001), true);
    assert.equal(isChanged(field('model', 'hidden'), [128, 128]), false);
    assert.equal(isChanged(field('model', 'hidden'), [128]), true);
    assert.equal(isChanged(field('model', 'embedding'), { id: 'one-hot' }), false);
    assert.equal(isChanged(field('model', 'embedding'), { id: 'learned', dimension: 10 }), true);
    assert.equal(isChanged(field('integrator', 'tolerance'), undefined), false);
    assert.equal(isChanged(field('integrator', 'tolerance'), 0.01), true);
    const csv = parseExperiment(JSON.stringify({ ...newExperiment(), data: { id: 'csv', path: 'a.csv', label: 'y' } }));
    assert.equal(isChanged(fieldAt(['data', 'path'], csv.experiment)!, 'a.csv'), false);
  });

  it('says values as a person reads them', () => {
    assert.equal(valueText(field('model', 'activation'), 'relu'), 'ReLU');
    assert.equal(valueText(field('model', 'embedding'), { id: 'one-hot' }), 'One-hot');
    assert.equal(valueText(field('model', 'residual'), false), 'off');
    assert.equal(valueText(field('comparison', 'integrators'), ['euler', 'rk4']), 'Euler, Runge-Kutta 4');
    assert.equal(valueText(field('comparison', 'tolerances'), []), 'none');
  });

  it('a hint has symbol, meaning, formula, range and default', () => {
    assert.equal(
      hintOf(field('training', 'weightCap')),
      'c: the largest weight SNR′(t) that the loss gives to any time\nweight = min(SNR′(t), c)\n' +
        'A number greater than 0 and at most 1e+300, per unit time; default 5',
    );
    assert.equal(hintOf(field('model', 'activation')), 'Activation of the hidden layers');
  });

  it('a search needs all its words, anywhere in what a setting is called', () => {
    const decay = field('training', 'weightDecay');
    for (const text of ['Weight decay', 'decay weight', 'weightDecay', 'λ', 'AdamW', ''])
      assert.ok(isFound(decay, text), text);
    for (const text of ['weight rate', 'patience']) assert.ok(!isFound(decay, text), text);
  });

  it('a message names the setting in place of its key, and nothing else', () => {
    const rate = field('training', 'learningRate');
    assert.equal(
      spokenMessage(rate, rate.refusal(0)!),
      'Learning rate must be a number greater than 0 and at most 1: got 0',
    );
    assert.equal(spokenMessage(rate, 'learningRates must be 3'), 'learningRates must be 3');
  });
});
