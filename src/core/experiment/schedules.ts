import { z } from 'zod';
import { scheduleIds, schedules, type ScheduleFamily } from '../schedules';
import { idError, parameter, params, section, shown } from './fields';

const entry = (family: ScheduleFamily) =>
  z
    .looseObject({
      id: z.literal(family.id).describe(`${family.title}: ${family.summary}`),
      label: z.string().min(1, 'label must not be empty').optional().describe('How charts name this schedule'),
      params: params(family),
    })
    .meta({ title: family.title, description: `${family.summary} Source: ${family.source}` });

type Entries = [ReturnType<typeof entry>, ...ReturnType<typeof entry>[]];

/** The list of schedules. */
export const schedulesField = z
  .array(z.discriminatedUnion('id', schedules.map(entry) as Entries, { error: idError('schedule', scheduleIds) }), {
    error: ({ input }) => `schedules must be a list of at least one schedule: got ${shown(input)}`,
  })
  .min(1, 'schedules must hold at least one schedule')
  .describe('The first is the one that is trained and integrated; the rest are overlaid for comparison');

/** The window of log-SNR. */
export const windowField = section('window', {
  logSnr: parameter('logSnr', {
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
