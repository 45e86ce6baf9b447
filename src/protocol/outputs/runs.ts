import * as z from 'zod';
import { exactly, scores, whole } from './parts';

const state = z.enum(['running', 'done', 'stopped', 'diverged', 'failed', 'interrupted']);
const measured = z.number().nullable();
const interval = z.tuple([z.number(), z.number()]).nullable().describe('Ends of the 95 % t-interval');
const label = z.string().describe('What tells it from the others');
const setting = z.union([z.string(), z.number(), z.boolean()]);

const notes = z
  .looseObject({
    title: z.string().optional(),
    pinned: z.boolean().optional(),
    note: z.string().optional(),
    tags: z.array(z.string()).optional(),
  })
  .describe('What a person said of it');

const damage = { problem: z.string().describe('What is damaged'), canMend: z.boolean() };

const facts = { id: z.string(), name: z.string(), label, model: z.string(), state, seed: z.int(), step: whole, steps: whole, seconds: z.number(), score: measured.describe('The score on test rows'), scores: exactly(scores) }; // prettier-ignore

const listed = exactly({
  ...facts,
  started: z.string(),
  updated: z.string(),
  settings: z.record(z.string(), setting).describe('Settings that differ from their defaults, by path'),
  notes: notes.optional(),
  problem: damage.problem.optional(),
  canMend: damage.canMend.optional(),
});

/** A run whose record cannot be read. */
const damaged = exactly({ id: z.string(), name: z.string(), ...damage });

const shown = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    model: z.string(),
    state,
    seed: z.int(),
    step: whole,
    steps: whole,
    started: z.string(),
    notes: notes.optional(),
    problem: damage.problem.optional(),
    canMend: damage.canMend.optional(),
    settings: z.array(exactly({ path: z.string(), title: z.string(), value: z.string() })),
    files: z.array(exactly({ name: z.string(), bytes: whole })),
  })
  .describe('The record of a run');

const differing = z.record(z.string(), setting.nullable()).describe('The settings in which runs differ, by path');

const compared = exactly({
  settings: z.array(exactly({ path: z.string(), title: z.string() })),
  runs: z.array(exactly({ ...facts, run: z.string().describe('The folder of the run'), settings: differing })),
  groups: z
    .array(
      exactly({
        settings: differing,
        members: z.array(whole).describe('Places of its runs, from 0'),
        seeds: z.array(z.int()),
        score: z.string().nullable().describe('Test accuracy, or test R²'),
        n: whole.describe('Seeds that are done'),
        mean: measured,
        interval,
        difference: exactly({ n: whole, mean: z.number(), interval })
          .optional()
          .describe('Its scores less those of the best, paired by seed'),
      }),
    )
    .describe('Runs that differ in the seed alone'),
  best: whole.nullable().describe('The place of the best group, from 0'),
});

const pruned = exactly({
  removed: z.boolean().describe('Whether they were moved to the trash'),
  of: whole.describe('Runs that were there'),
  runs: z.array(exactly({ id: z.string(), name: z.string(), label, state, seed: z.int(), started: z.string(), updated: z.string() })), // prettier-ignore
  kept: z.array(exactly({ id: z.string(), problem: z.string() })).describe('Runs that could not be moved'),
});

/** Of `noprop runs`: list, show, compare, remove, remove --restore and prune. */
export const runs = z.union([
  exactly({ runs: z.array(z.union([listed, damaged])) }),
  shown,
  compared,
  exactly({ removed: z.array(z.string()) }),
  exactly({ restored: z.array(z.string()) }),
  pruned,
]);
