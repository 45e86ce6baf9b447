import { FEW_STEPS, finalSteps, integrators, pairOf } from '../../integrators';
import { starts } from '../../process/starts';
import { bounded, choice, fieldNotes, parameter, section } from '../../registry/field';

/** The window of log-SNR. */
export const windowField = section('window', {
  logSnr: parameter('logSnr', {
    title: 'Window',
    symbol: '|γ|',
    summary: 'the largest log-SNR, of either sign, at which anything is integrated, summed or checked',
    default: 15,
    min: 0,
    max: 700,
    open: 'min',
    slider: [1, 40],
    unit: 'nat',
  }),
})
  .prefault({})
  .describe('The window of time on which everything is computed: where |log-SNR| is within a limit');

export const startField = choice('start', starts, 'The states at t = 0', 'normal');

export const seedField = parameter('seed', {
  title: 'Seed',
  symbol: 'seed',
  summary: 'seed of everything random: data, split, batches, noise, start',
  default: 0,
  min: 0,
  max: 4294967295,
  integer: true,
  slider: [0, 100],
  unit: 'integer',
});

/** What a count of steps may be. */
export const stepCount = { min: 1, max: 100_000, integer: true };

/** What a tolerance may be. */
export const toleranceRange = { min: 1e-13, max: 0.1 };

/** The methods that can choose their own steps. */
const adaptiveIds: readonly string[] = integrators.filter(pairOf).map(({ id }) => id);

/** The integrator and its steps, or its tolerance. */
export const integratorField = section('integrator', {
  id: choice('integrator', integrators, 'The method', 'euler'),
  steps: parameter('steps', {
    ...stepCount,
    title: 'Steps',
    symbol: 'N',
    summary: 'steps over the window',
    default: 20,
    slider: [1, 200],
    unit: 'steps',
  }),
  final: choice('final', finalSteps, 'How the last step is taken', 'auto', 'Last step'),
  finalUnder: parameter('finalUnder', {
    ...stepCount,
    title: 'Few steps',
    symbol: 'N₀',
    summary: 'with fewer steps than this the last one is first-order, where that is so for few',
    default: FEW_STEPS,
    slider: [1, 50],
    unit: 'steps',
  }),
  tolerance: bounded('tolerance', toleranceRange)
    .register(fieldNotes, {
      range: toleranceRange,
      title: 'Tolerance',
      summary:
        'The method chooses its own steps by this error, and the steps below are then the times that are shown; empty for the steps below',
    })
    .optional()
    .describe(
      `Relative and absolute error a step may make, for a method that is to choose its own steps (${adaptiveIds.join(', ')}); the steps of the grid are then the times that are shown`,
    ),
})
  .superRefine(({ id, tolerance }, context) => {
    if (tolerance === undefined || adaptiveIds.includes(id)) return;
    const message = `tolerance is for methods with an estimate of their own error (${adaptiveIds.join(', ')}): ${id} has none`;
    context.addIssue({ code: 'custom', path: ['tolerance'], message });
  })
  .prefault({})
  .describe('How the dynamics are integrated');
