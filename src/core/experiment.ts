import { z } from 'zod';
import { formatNumber } from './format';
import { checkValues, defaults, inRange, rangeText, scheduleFamily, schedules } from './schedules';
import type { Parameter, Schedule, ScheduleFamily } from './schedules';

/** The newest version of *.noprop.json that this code reads and writes. */
export const VERSION = 1;

const shown = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));

const parameter = (key: string, row: Parameter) => {
  const { default: value, min, max, open, symbol, summary, unit } = row;
  const error = ({ input }: { input?: unknown }) => `${key} must be a number ${rangeText(row)}: got ${shown(input)}`;
  const low = (schema: z.ZodNumber) =>
    open === 'min' || open === 'both' ? schema.gt(min, { error }) : schema.gte(min, { error });
  const high = (schema: z.ZodNumber) =>
    open === 'max' || open === 'both' ? schema.lt(max, { error }) : schema.lte(max, { error });
  return high(low(z.number({ error })))
    .default(value)
    .describe(`${symbol}: ${summary} (${unit}), ${rangeText(row)}; default ${value}`);
};

const params = (family: ScheduleFamily) =>
  z
    .looseObject(
      Object.fromEntries(Object.entries(family.parameters).map(([key, row]) => [key, parameter(key, row)])),
      { error: ({ input }) => `params must be an object of ${family.id}'s parameters: got ${shown(input)}` },
    )
    .prefault({})
    .superRefine((values, context) => {
      if (Object.entries(family.parameters).some(([key, row]) => !inRange(row, values[key]!))) return;
      for (const { path, message } of checkValues(family, values))
        context.addIssue({ code: 'custom', path: [...path], message });
    })
    .describe(`Parameters of ${family.id}; those left out have their defaults`);

const scheduleEntry = (family: ScheduleFamily) =>
  z
    .looseObject({
      id: z.literal(family.id).describe(`${family.title}: ${family.summary}`),
      label: z.string().min(1, 'label must not be empty').optional().describe('How charts name this schedule'),
      params: params(family),
    })
    .meta({ title: family.title, description: `${family.summary} Source: ${family.source}` });

type Entries = [ReturnType<typeof scheduleEntry>, ...ReturnType<typeof scheduleEntry>[]];

const ids = schedules.map((family) => family.id);

/** The schema of an experiment: types, defaults, messages and the JSON schema all come from here. */
export const experimentSchema = z
  .looseObject({
    $schema: z.string().optional().describe('Address of a JSON schema, for other editors'),
    version: z
      .literal(VERSION, { error: ({ input }) => `version must be ${VERSION}: got ${shown(input)}` })
      .describe('Version of this format'),
    name: z
      .string({ error: ({ input }) => `name must be text: got ${shown(input)}` })
      .default('Untitled experiment')
      .describe('What the experiment is called'),
    schedules: z
      .array(
        z.discriminatedUnion('id', schedules.map(scheduleEntry) as Entries, {
          error: ({ input }) => {
            const id = (input as { id?: unknown } | null)?.id;
            return id === undefined
              ? `a schedule must be an object with an id, one of ${ids.join(', ')}: got ${shown(input)}`
              : `unknown schedule ${shown(id)}: choose one of ${ids.join(', ')}`;
          },
        }),
        { error: ({ input }) => `schedules must be a list of at least one schedule: got ${shown(input)}` },
      )
      .min(1, 'schedules must hold at least one schedule')
      .describe('The first is the one that is trained and integrated; the rest are overlaid for comparison'),
    window: z
      .looseObject(
        {
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
        },
        { error: ({ input }) => `window must be an object with logSnr: got ${shown(input)}` },
      )
      .prefault({})
      .describe('The window of time on which everything is computed: where |log-SNR| is within a limit'),
  })
  .meta({ title: 'NoProp experiment', description: 'What NoProp Lab shows, trains and exports' });

/** One schedule of an experiment, every parameter spelled out. */
export interface ScheduleEntry {
  readonly id: string;
  readonly label?: string | undefined;
  readonly params: Readonly<Record<string, number>>;
}

/** An experiment with every default spelled out; keys the schema does not know are kept. */
export interface Experiment {
  readonly version: typeof VERSION;
  readonly name: string;
  readonly schedules: readonly ScheduleEntry[];
  readonly window: { readonly logSnr: number };
}

/** A new experiment: the linear log-SNR schedule beside the cosine one. */
export const newExperiment = (name = 'Untitled experiment') => ({
  version: VERSION,
  name,
  schedules: ['linear-gamma', 'cosine'].map((id) => ({ id, params: defaults(scheduleFamily(id)) })),
  window: { logSnr: 15 },
});

/** How charts and tables name an entry: its label, else the family's title with what differs from the defaults. */
export function entryLabel({ id, label, params: values }: ScheduleEntry): string {
  if (label) return label;
  const { title, parameters } = scheduleFamily(id);
  const changed = Object.entries(parameters).filter(([key, row]) => values[key] !== row.default);
  const list = changed.map(([key, row]) => `${row.symbol} ${formatNumber(values[key]!)}`).join(', ');
  return list ? `${title}, ${list}` : title;
}

/** The schedule of a valid entry; parameters its family does not have are left aside. */
export const entrySchedule = ({ id, params: values }: ScheduleEntry): Schedule => scheduleFamily(id).create(values);
