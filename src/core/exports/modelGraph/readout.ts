import type { GraphBuilder, Value } from './graph';
import type { NetworkGraph } from './network';
import { tensorOf } from './recipe';

/** What outvotes nothing but a tie, of up to 5000 starts. */
const TIE = 1e-4;

/**
 * Gives out what the states at the end stand for: `prediction` in the targets' units, or `label` (a number of a class)
 * with `probabilities`; and the states themselves, `state`. `many` says that the states have a first axis of starts.
 */
export function readOut(builder: GraphBuilder, network: NetworkGraph, state: Value, many: boolean): void {
  const { recipe } = network;
  const { z } = recipe.inputs;
  const starts = many ? ['starts'] : [];
  const mean = (value: Value) => (many ? builder.add('ReduceMean', [value], { axis: 0 }) : value);
  if (recipe.targets) {
    const { names, mean: centre, scale } = recipe.targets;
    const row = (name: string, values: readonly number[]) =>
      builder.constant(name, [values.length], Float32Array.from(values));
    const scaled = builder.add('Mul', [mean(state), row('targets.scale', scale)]);
    builder.output(builder.add('Add', [scaled, row('targets.mean', centre)]), {
      name: 'prediction',
      type: 'float',
      shape: ['rows', names.length],
      about: names.join(', '),
    });
  } else {
    const classes = recipe.classes.length;
    const scores = scoresOf(builder, network, state);
    const soft = recipe.readout.probabilities === 'the mean over the starts';
    const rated = soft ? scores : votesFor(builder, scores, classes);
    const probabilities = mean(rated);
    // Of classes with as many votes, the one from start 0.
    const judged =
      many && !soft
        ? builder.add('Add', [probabilities, builder.add('Mul', [builder.add('Gather', [rated, builder.whole(0)], { axis: 0 }), builder.scalar(TIE)])]) // prettier-ignore
        : probabilities;
    const label = builder.add('ArgMax', [judged], { axis: -1 });
    builder.output(label, { name: 'label', type: 'whole', shape: ['rows'], about: 'the place of the likeliest class' });
    const about = soft ? 'of each class' : 'the share of starts that lead to each class';
    builder.output(probabilities, { name: 'probabilities', type: 'float', shape: ['rows', classes], about });
  }
  builder.output(state, {
    name: 'state',
    type: 'float',
    shape: [...starts, 'rows', z || recipe.classes.length || recipe.targets!.names.length],
    about: 'the states at the end',
  });
}

/** Scores of the classes: the greatest is that of the class that is read. */
function scoresOf(builder: GraphBuilder, network: NetworkGraph, state: Value): Value {
  const { rule } = network.recipe.readout;
  if (rule === 'coordinates') return state;
  const { model } = network;
  if (rule === 'linear') {
    const part = (name: string) => {
      const { shape, data } = tensorOf(model, name);
      return builder.constant(name, shape, data);
    };
    const logits = builder.add('Add', [builder.add('MatMul', [state, part('readout.kernel')]), part('readout.bias')]);
    return builder.add('Softmax', [logits], { axis: -1 });
  }
  // |z - W_c|^2 is least where z . W_c - |W_c|^2 / 2 is greatest.
  const { shape, data } = tensorOf(model, 'embedding.table');
  const [classes, m] = shape as [number, number];
  const transposed = Float32Array.from(data, (_, k) => data[(k % classes) * m + Math.floor(k / classes)]!);
  const half = Float32Array.from({ length: classes }, (_, c) => data.subarray(c * m, (c + 1) * m).reduce((sum, w) => sum + w * w, 0) / 2); // prettier-ignore
  const along = builder.add('MatMul', [state, builder.constant('embedding.table.transposed', [m, classes], transposed)]); // prettier-ignore
  return builder.add('Sub', [along, builder.constant('embedding.table.halfSquares', [classes], half)]);
}

/** 1 for the class of the greatest score, 0 for the others. */
function votesFor(builder: GraphBuilder, scores: Value, classes: number): Value {
  const best = builder.add('ArgMax', [scores], { axis: -1, keep: true });
  const places = builder.constant('classes.places', [classes], Int32Array.from({ length: classes }, (_, k) => k)); // prettier-ignore
  return builder.add('Cast', [builder.add('Equal', [best, places])]);
}
