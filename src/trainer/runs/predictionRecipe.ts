import type { Experiment } from '../../core/experiment/experiment';
import type { PredictionRecipe } from '../../core/runs/recipe';
import type { DataRecord } from '../../core/runs/record';
import { timeFrequencies } from '../network/timeFeatures';
import { sampledSteps } from '../../core/sampling';
import { givesProbabilities, startsOfPrediction, START_STRIDE } from '../sampling/startVotes';
import { kindOf } from '../training/models';
import { specOf } from './openRun';

/** How the numbers of an exported file are put together, in words and formulas; the guide has the same as a program. */
const FORMULAS = {
  x: 'x = (value - scaling.mean) / scaling.scale; a missing value is 0',
  timeFeatures: 'sin(2 pi f t) of all frequencies f, then cos(2 pi f t) of all, cut to inputs.timeFeatures numbers',
  layers:
    'h = [z, x, time features]; h = activation(h kernel + bias) for each layer, plus the h before it where residual, ' +
    'from the second layer on, where both are equally wide; the last layer has no activation and is not residual',
  steps:
    'value 0 is the start; each line adds a value: {noise} normals, {sum} the sum of factor times value of its [place, ' +
    'factor], {sum, t} u of that sum at t, by the network blocks.{block} where there is one; the last value is z_1',
};

const OUTPUTS = {
  u: 'u is the output',
  velocity: 'the output is the velocity, which the steps use as u',
  softmax: 'u = softmax(output) W, where W is embedding.table, or the identity where there is no such tensor',
};

const READOUTS = {
  numbers: 'prediction = z_1 targets.scale + targets.mean',
  coordinates: 'the class of the largest coordinate of z_1',
  nearest: 'the class c of the least |z_1 - W_c|, where W is embedding.table',
  linear: 'P(class) = softmax(z_1 readout.kernel + readout.bias)',
};

/**
 * All that is needed, beside the weights and the scaling, to predict as the lab does: sizes, time features, layers, steps
 * and read-out. The experiment's schedule must be the learned one, where that was trained too.
 */
export function predictionRecipe(experiment: Experiment, data: DataRecord): PredictionRecipe {
  const kind = kindOf(experiment);
  const spec = specOf(experiment, data);
  const { states, features, timeFeatures, frequencies, hidden, residual } = kind.networkShape(spec);
  const { id, prediction, embedding, readout, activation } = experiment.model;
  const sampler = kind.sampler(experiment);
  const classes = !data.targets;
  const direct = id === 'backprop';
  const output = id === 'fm' ? 'velocity' : classes && (direct || prediction === 'softmax') ? 'softmax' : 'u';
  const named = embedding.id === 'one-hot' || direct ? 'coordinates' : 'nearest';
  const rule = data.targets ? 'numbers' : !direct && readout === 'linear' ? 'linear' : named;
  return {
    version: 1,
    model: id,
    inputs: { z: states, x: features, timeFeatures },
    scaling: FORMULAS.x,
    timeFeatures: { formula: FORMULAS.timeFeatures, frequencies: [...timeFrequencies(timeFeatures, frequencies)] },
    layers: { formula: FORMULAS.layers, count: hidden.length + 1, activation, residual: residual ?? false },
    output: { rule: output, formula: OUTPUTS[output] },
    readout: {
      rule,
      formula: READOUTS[rule],
      ...(classes && {
        probabilities: givesProbabilities(experiment) ? 'the mean over the starts' : 'the share of the starts',
      }),
    },
    starts: sampler.direct
      ? { law: 'zero', count: 1 }
      : {
          law: sampler.start.id === 'zero' ? 'zero' : 'normal',
          count: classes ? startsOfPrediction(sampler) : 1,
          seed: sampler.seed,
          stride: START_STRIDE,
        },
    steps: {
      formula: FORMULAS.steps,
      ...(!sampler.direct && {
        integrator: sampler.integrator.id,
        dynamics: sampler.dynamics.id,
        noise: sampler.noise,
        times: [...sampler.times],
        logSnr: Array.from(sampler.times, sampler.schedule.logSnr),
      }),
      ...sampledSteps(sampler, id === 'dt'),
    },
  };
}
