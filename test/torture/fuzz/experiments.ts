import fs from 'node:fs';
import { generators } from '../../../src/core/datasets';
import { denoiserIds } from '../../../src/core/denoisers';
import { dynamicsIds } from '../../../src/core/dynamics';
import { newExperiment } from '../../../src/core/experiment/experiment';
import { gridFamily, gridIds } from '../../../src/core/grids';
import { models } from '../../../src/core/models';
import { scheduleIds } from '../../../src/core/schedules';
import { newEntry, newModifier } from '../../../src/core/schedules/entry';
import { modifierIds } from '../../../src/core/schedules/modifiers';
import { presets } from '../../../src/core/schedules/presets';

const SAMPLES = 'media/samples';

/** Long tables are cut: a reader of 1,000 numbers is no other than one of ten, and slower. */
const shortTables = (entry: ReturnType<typeof newEntry>) => ({
  ...entry,
  params: 'steps' in entry.params ? { ...entry.params, steps: 10 } : entry.params,
  inputs: Object.fromEntries(
    Object.entries(entry.inputs).map(([key, value]) => [
      key,
      entry.id === 'betas' && Array.isArray(value) ? value.slice(0, 9) : value,
    ]),
  ),
});

const gridOf = (id: string) => (gridFamily(id).takes === 'times' ? { id, times: [0.2, 0.5] } : { id });

const rest = {
  training: { steps: 50, batch: 16, learningRate: 0.01, averaging: 0.9, patience: 3 },
  comparison: { integrators: ['euler', 'heun'], steps: [4, 8], grids: ['uniform-t', { id: 'karras' }], paths: 10 },
  start: 'normal',
  seed: 3,
  window: { logSnr: 12 },
};

/** An experiment with every row of every registry in one of them, and the samples. */
export function validExperiments(): readonly unknown[] {
  const families = scheduleIds.map((id, k) => ({
    ...newExperiment(`Experiment ${k}`),
    ...rest,
    schedules: [shortTables(newEntry(id))],
    dynamics: k % 3 ? { id: dynamicsIds[k % dynamicsIds.length] } : dynamicsIds[k % dynamicsIds.length],
    grid: gridOf(gridIds[k % gridIds.length]!),
    denoiser: { id: denoiserIds[k % denoiserIds.length] },
    model: { id: models[k % models.length]!.id, hidden: [8, 8] },
    data: { id: generators[k % generators.length]!.id },
  }));
  const changed = modifierIds.map((id) => ({
    ...newExperiment(),
    schedules: [{ ...newEntry('cosine'), modifiers: [newModifier(id)] }],
    data: { id: 'csv', path: 'iris.csv', label: 'species' },
    integrator: { id: 'dormand-prince', tolerance: 1e-4, steps: 5 },
  }));
  const named = presets.map(({ entry }) => ({ ...newExperiment(), schedules: [shortTables(entry)] }));
  const samples = fs
    .readdirSync(SAMPLES)
    .filter((name) => name.endsWith('.noprop.json'))
    .map((name) => JSON.parse(fs.readFileSync(`${SAMPLES}/${name}`, 'utf8')) as unknown);
  return [...families, ...changed, ...named, ...samples];
}
