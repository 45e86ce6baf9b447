import * as z from 'zod';
import { dataField } from '../datasets/entry';
import { denoiserField } from '../denoisers/entry';
import { dynamicsField, overlaysField } from '../dynamics/entry';
import { gridField } from '../grids/entry';
import { fieldNotes, mustBe, type Known } from '../registry/field';
import { quoted } from '../registry/quoted';
import { newEntry } from '../schedules/entry';
import { schedulesField } from '../schedules/entrySchema';
import { comparisonField } from './fields/comparison';
import { importedField } from './fields/imported';
import { integratorField, seedField, startField, windowField } from './fields/integration';
import { modelField } from './fields/model';
import { sweepField } from './fields/sweep';
import { trainingField } from './fields/training';

/** The newest version of *.noprop.json that this code reads and writes. */
export const VERSION = 1;

/** The schema of an experiment: types, defaults, messages, titles and the JSON schema all come from here. */
export const experimentSchema = z
  .looseObject({
    $schema: z.string().optional().describe('Address of a JSON schema, for other editors'),
    version: z
      .literal(VERSION, { error: ({ input }) => `version must be ${VERSION}: got ${quoted(input)}` })
      .describe('Version of this format'),
    name: z
      .string(mustBe('name', 'text'))
      .register(fieldNotes, { title: 'Name' })
      .default('Untitled experiment')
      .describe('What the experiment is called'),
    schedules: schedulesField,
    window: windowField,
    data: dataField,
    model: modelField,
    training: trainingField,
    dynamics: dynamicsField,
    overlays: overlaysField,
    integrator: integratorField,
    grid: gridField,
    start: startField,
    seed: seedField,
    denoiser: denoiserField,
    comparison: comparisonField,
    sweep: sweepField,
    imported: importedField,
  })
  .meta({ title: 'NoProp experiment', description: 'What NoProp Lab shows, trains and exports' });

/** An experiment with every default spelled out; keys the schema does not know are kept, but have no type. */
export type Experiment = Known<z.output<typeof experimentSchema>>;

/** A new experiment: the linear log-SNR schedule beside the cosine one, and the data; the rest has its defaults. */
export const newExperiment = (name = 'Untitled experiment') => ({
  version: VERSION,
  name,
  schedules: ['linear-gamma', 'cosine'].map(newEntry),
  window: { logSnr: 15 },
  data: { id: 'two-moons', params: { n: 1000, noise: 0.1 } },
});
