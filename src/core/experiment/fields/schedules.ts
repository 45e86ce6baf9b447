import * as z from 'zod';
import { allowedText, inRange, type Values } from '../../registry/parameters';
import { scheduleIds, schedules, type Input, type InputValues, type ScheduleFamily } from '../../schedules';
import { entryProblems, parametersOf } from '../../schedules/entry';
import { listText, type NumbersInput } from '../../schedules/inputs';
import { modifierIds, modifiers, type Modifier } from '../../schedules/modifiers';
import { bounded, idError, idOf, parameter, params, section, shown } from './field';

const numbers = (key: string, input: NumbersInput) => {
  const error = ({ input: given }: { input?: unknown }) =>
    `${key} must be ${listText(input)}: got ${Array.isArray(given) ? `${given.length} numbers` : shown(given)}`;
  return z
    .array(bounded(`each number of ${key}`, input), { error })
    .min(input.minLength, { error })
    .max(input.maxLength, { error })
    .default([...input.default])
    .describe(`${input.title}: ${input.summary}`);
};

function inputField(key: string, input: Input) {
  if (input.kind === 'numbers') return numbers(key, input);
  const { title, summary, default: value } = input;
  if (input.kind === 'choice')
    return idOf(key, input.options)
      .default(value)
      .describe(`${title}: ${input.options.map((row) => `${row.id} (${row.summary})`).join(', ')}; default ${value}`);
  return z
    .string({ error: ({ input: given }) => `${key} must be a formula as text: got ${shown(given)}` })
    .default(value)
    .describe(`${title}: ${summary}; default ${value}`);
}

const inputsField = ({ id, inputs = {} }: ScheduleFamily) =>
  z
    .looseObject(Object.fromEntries(Object.entries(inputs).map(([key, one]) => [key, inputField(key, one)])), {
      error: ({ input }) => `inputs must be an object of ${id}'s inputs: got ${shown(input)}`,
    })
    .prefault({})
    .describe(`What ${id} takes beside its parameters; what is left out has its default`);

const modifier = (row: Modifier) =>
  z
    .looseObject({ id: z.literal(row.id).describe(`${row.title}: ${row.summary}`), params: params(row) })
    .meta({ title: row.title, description: `${row.summary} Source: ${row.source}` });

type Modifiers = [ReturnType<typeof modifier>, ...ReturnType<typeof modifier>[]];

const modifiersField = z
  .array(
    z.discriminatedUnion('id', modifiers.map(modifier) as Modifiers, { error: idError('modifier', modifierIds) }),
    {
      error: ({ input }) => `modifiers must be a list: got ${shown(input)}`,
    },
  )
  .default([])
  .describe('Changes made to the schedule, in order; default none')
  .meta({ id: 'modifiers' });

const entry = (family: ScheduleFamily) =>
  z
    .looseObject({
      id: z.literal(family.id).describe(`${family.title}: ${family.summary}`),
      label: z.string().min(1, 'label must not be empty').optional().describe('How charts name this schedule'),
      params: params(family),
      inputs: inputsField(family),
      modifiers: modifiersField,
    })
    .check((payload) => {
      const given = {
        id: family.id,
        inputs: payload.value.inputs as InputValues,
        params: payload.value.params as Values,
      };
      const rows = Object.entries(parametersOf(given)).filter(([name]) => !(name in family.parameters));
      const filled = Object.fromEntries(rows.map(([name, row]) => [name, given.params[name] ?? row.default]));
      const values = { ...given.params, ...filled };
      payload.value = { ...payload.value, params: values };
      const wrong = rows
        .filter(([name, row]) => typeof values[name] !== 'number' || !inRange(row, values[name]))
        .map(([name, row]) => ({
          path: ['params', name],
          message: `${name} must be ${allowedText(row)}: got ${shown(values[name])}`,
        }));
      const together = wrong.length ? [] : entryProblems({ ...given, params: values });
      for (const { path, message } of [...wrong, ...together.filter(({ severity }) => severity === 'error')])
        payload.issues.push({ code: 'custom', path: [...path], message, input: payload.value });
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
