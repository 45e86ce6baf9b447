import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readExperiment } from '../../../src/core/experiment/document';
import { newExperiment, type Experiment } from '../../../src/core/experiment/experiment';
import type { CodedError } from '../../../src/core/registry/problem';
import { TrainerService } from '../../../src/trainer/service/trainerService';
import type { TrainerOptions } from '../../../src/trainer/service/trainerOptions';

const dist = path.resolve('dist');

/** An experiment with gamma = -6 + 12 t. */
export const experimentOf = (rest: object): Experiment =>
  readExperiment(
    JSON.stringify({
      ...newExperiment('Own model'),
      schedules: [{ id: 'linear-gamma', params: { gammaMin: -6, gammaMax: 6 } }],
      ...rest,
    }),
    'test.noprop.json',
  );

/** The part of an experiment that names a model in Python. */
export const own = (file: string, rest: object = {}) => ({ denoiser: { id: 'python', file, ...rest } });

/** The error of a call that must fail. */
export const failure = async (work: Promise<unknown>): Promise<CodedError> =>
  work.then(
    () => assert.fail('it did not fail'),
    (error: unknown) => error as CodedError,
  );

/** Writes models in Python, and has a trainer compute with them. */
export class ModelFolder {
  /** What the models printed. */
  readonly printed: string[] = [];
  path = '';
  readonly trainer: TrainerService;

  constructor(private readonly python: string) {
    this.trainer = this.serviceOf();
    before(async () => (this.path = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-own-'))));
    after(() => fs.rm(this.path, { recursive: true, force: true }));
    beforeEach(() => void this.printed.splice(0));
  }

  serviceOf(options: TrainerOptions = {}): TrainerService {
    return new TrainerService(dist, {
      python: this.python,
      onPrint: (line) => void this.printed.push(line),
      ...options,
    });
  }

  /** Writes a file of Python, and gives an experiment with it. */
  async written(
    name: string,
    lines: readonly string[],
    rest: object = {},
    experiment: object = {},
  ): Promise<Experiment> {
    await fs.writeFile(path.join(this.path, name), `${lines.join('\n')}\n`);
    const few = { comparison: { integrators: ['euler'], steps: [4], paths: 5 } };
    return experimentOf({ ...few, ...experiment, ...own(name, rest) });
  }

  compare(experiment: Experiment, folder = this.path, service = this.trainer) {
    return service.call('compare', [{ experiment, folder }]);
  }
}
