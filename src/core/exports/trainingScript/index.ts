import { isIdx, isNumeric } from '../../datasets/entry';
import type { Experiment } from '../../experiment/experiment';
import { checkHead } from '../../experiment/headSettings';
import { learnsSchedule } from '../../experiment/learnedSchedule';
import { experimentWindow } from '../../experiment/experimentFlow';
import { models } from '../../models';
import { InputError } from '../../registry/problem';
import { binRange } from '../../runs/binRange';
import { slugOf } from '../../runs/ids';
import { BINS, binColumns, rowColumns, scoreColumns } from '../../runs/metricsColumns';
import { sampledSteps, samplers, type SampledLine, type Sampler } from '../../sampling';
import { blocksOf } from '../../sampling/blocks';
import type { ExportFormat } from '../export';
import { KERNEL } from '../numpy/kernel';
import { pythonComment, pythonList, pythonNumber, pythonString } from '../numpy/pythonText';
import { scheduleCode } from '../numpy/schedules';
import { headerCode } from './header';
import { IMAGES } from './images';
import { LOOP } from './loop';
import { BATCHES, LEVELS, OBJECTIVES, STATE_BATCHES, TIME_LAWS } from './losses';
import { HEAD, NETWORK, TIME_FEATURES } from './network';
import { OPTIMISING } from './optimising';
import { predictors } from './predicting';
import { PROCESSES } from './processes';
import { RANDOM } from './random';
import { RECORDING } from './recording';
import { ROWS } from './rows';
import { madeRows, settingsCode } from './settings';
import { TABLE } from './table';
import { TRAININGS } from './trainings';

/** The most lines of steps of a script: beyond them nobody would read it. */
const MOST_LINES = 2000;

/** A dictionary of Python, one entry a line. */
const dictionary = (entries: Readonly<Record<string, string>>): string =>
  `{\n${Object.entries(entries).map(([key, value]) => `    ${pythonString(key)}: ${value},\n`).join('')}}`; // prettier-ignore

/** What is measured: the columns of metrics.csv. */
function metricsCode(experiment: Experiment): string {
  const texts = (columns: object) =>
    Object.fromEntries(Object.entries(columns).map(([key, name]) => [key, JSON.stringify(name)]));
  const bins = Object.entries(binColumns).map(([key, [first]]) => {
    const [before, after] = first!.split('bin 1');
    return [key, `[f${pythonString(`${before!}bin {k}${after!}`)} for k in range(1, BINS + 1)]`];
  });
  const range = binRange(experiment);
  return [
    '\n# The columns of metrics.csv\n',
    `TERMS = ("denoising", "crossEntropy", "kl")\nCOLUMNS = ${dictionary(texts({ ...rowColumns, ...scoreColumns }))}\n`,
    `BINS = ${BINS}  # of log-SNR, in which errors are measured, and the ends of the whole\n`,
    `BIN_COLUMNS = ${dictionary(Object.fromEntries(bins) as Record<string, string>)}\n`,
    `LOG_SNR_RANGE = ${range ? pythonList(range) : 'None'}\n`,
  ].join('');
}

const lineText = ({ sum = [], t, noise, block }: SampledLine): string => {
  const terms = sum.map(([place, factor]) => `(${place}, ${pythonNumber(factor)})`).join(', ');
  const kind = noise ? 'noise' : t === undefined ? 'state' : 'u';
  return `    ("${kind}", ${t === undefined ? 'None' : pythonNumber(t)}, [${terms}], ${block ?? 'None'}),\n`;
};

/** The steps by which a prediction is made, and what its start needs. */
function stepsCode(sampler: Sampler, blocks: boolean): string {
  if (sampler.direct) return '';
  const steps = sampledSteps(sampler, blocks, MOST_LINES);
  if ('why' in steps)
    throw new InputError(
      `the steps by which the model answers cannot be written out: ${steps.why}; choose another integrator or fewer steps`,
      ['integrator'],
    );
  const { id, place } = { id: sampler.start.id, place: sampler.place };
  return [
    `\n${pythonComment(`Steps of a prediction, by ${sampler.integrator.id}: each line makes one value. "u": the network's answer at a state, which is a sum of factors times earlier values, at time t${blocks ? ', by a block' : ''}. "state": the state itself, after a step. "noise": normals. Value 0 is the start; the last value is the end.`)}`,
    `STEPS = [\n${steps.lines.map(lineText).join('')}]\n`,
    id === 'exact'
      ? `START_LOG_SNR, START_SCALE = ${pythonNumber(place.logSnr)}, ${pythonNumber(place.scale ?? 1)}\n`
      : '',
  ].join('');
}

/** What the loss needs of the schedule: itself, or its values at the times of the blocks. */
function scheduleText(experiment: Experiment): string {
  const { id } = experiment.model;
  if (id === 'ct') {
    const { code, expression } = scheduleCode(experiment.schedules[0]!);
    const { start, end } = experimentWindow(experiment);
    const definitions = Array.from(new Set(code), (text) => `\n\n${text.trim()}\n`).join('');
    return `\n\n# Schedule\n\n\n${KERNEL}${definitions}\n\nSCHEDULE = ${expression}\nWINDOW = (${pythonNumber(start)}, ${pythonNumber(end)})  # the times that are trained\n`;
  }
  if (id !== 'dt') return '';
  const { schedule, times, weights } = blocksOf(experiment);
  const logSnrs = Array.from(times.subarray(0, -1), schedule.logSnr);
  return `\n# Blocks: the log-SNR at the start of each, and the weight of its loss\nBLOCK_LOG_SNR = ${pythonList(logSnrs)}\nBLOCK_WEIGHTS = ${pythonList(weights)}\n`;
}

/** The script of an experiment. An InputError names what it cannot train. */
function scriptText(experiment: Experiment, name: string): string {
  const { model, data, training } = experiment;
  const { id } = model;
  checkHead(model, isNumeric(data));
  if (learnsSchedule(experiment))
    throw new InputError(
      'the script does not train a schedule with the model: set training.scheduleLoss to fixed, or choose another schedule',
      ['training', 'scheduleLoss'],
    );
  const sampler = samplers[id](experiment);
  const [states, timed] = [id !== 'backprop', id === 'ct' || id === 'fm'];
  const start = sampler.direct ? 'zero' : sampler.start.id;
  const law = TIME_LAWS[training.times];
  if (timed && law === undefined)
    throw new InputError(`the time sampling ${training.times} cannot be written in PyTorch`);
  return [
    headerCode(experiment.name, models.find((row) => row.id === id)!.title, name),
    settingsCode(experiment, name),
    `NAME = ${pythonString(slugOf(experiment.name))}\n`,
    metricsCode(experiment),
    stepsCode(sampler, id === 'dt'),
    RANDOM,
    ROWS,
    isIdx(data) ? IMAGES : TABLE,
    scheduleText(experiment),
    NETWORK,
    timed ? TIME_FEATURES : '',
    states ? HEAD : '',
    BATCHES,
    timed ? law! : '',
    id === 'backprop' ? '' : LEVELS[id] + STATE_BATCHES,
    OBJECTIVES[id],
    OPTIMISING,
    TRAININGS[id],
    predictors(start)[id],
    RECORDING,
    PROCESSES,
    LOOP,
  ].join('').replace(/\n{4,}/g, '\n\n\n'); // prettier-ignore
}

export const torchTraining: ExportFormat = {
  id: 'torch-training',
  title: 'PyTorch training script',
  summary: 'A Python file that trains the model in PyTorch, on one machine or many, into a run that the lab opens',
  extension: 'py',
  needs: 'experiment',
  write: ({ experiment }, name) => scriptText(experiment, name),
  beside: ({ experiment }, name) => madeRows(experiment, name),
};
