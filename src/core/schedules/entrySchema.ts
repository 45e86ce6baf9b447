import * as z from 'zod';
import { atMost, about, bounded, fieldNotes, idIs, idOf, mustBe, params, union, type Known } from '../registry/field';
import { quoted } from '../registry/quoted';
import { allowedText, inRange, type Values } from '../registry/parameters';
import { schedules } from '.';
import { entryProblems, parametersOf, type ScheduleDefinition } from './definition';
import { listText, type ChoiceInput, type FormulaInput, type Input, type NumbersInput } from './inputs';
import { modifiers, type Modifier } from './modifiers';
import type { ScheduleFamily } from './schedule';

/** The most schedules of an experiment, of which each is drawn, and the most modifiers of a schedule. */
const MOST = 100;

const numbers = (key: string, input: NumbersInput) => {
  const error = ({ input: given }: { input?: unknown }) =>
    `${key} must be ${listText(input)}: got ${Array.isArray(given) ? `${given.length} numbers` : quoted(given)}`;
  return z
    .array(bounded(`each number of ${key}`, input), { error })
    .min(input.minLength, { error })
    .max(input.maxLength, { error })
    .register(fieldNotes, { title: input.title, summary: input.summary })
    .default([...input.default])
    .describe(`${input.title}: ${input.summary}`);
};

const option = (key: string, { title, summary, options, default: value }: ChoiceInput) =>
  idOf(key, options)
    .register(fieldNotes, { title, summary, choices: options })
    .default(value)
    .describe(`${title}: ${options.map((row) => `${row.id} (${row.summary})`).join(', ')}; default ${value}`);

const formula = (key: string, { title, summary, default: value }: FormulaInput) =>
  z
    .string(mustBe(key, 'a formula as text'))
    .register(fieldNotes, { title, summary })
    .default(value)
    .describe(`${title}: ${summary}; default ${value}`);

function inputField(key: string, input: Input) {
  if (input.kind === 'numbers') return numbers(key, input);
  return input.kind === 'choice' ? option(key, input) : formula(key, input);
}

const inputsField = ({ id, inputs = {} }: ScheduleFamily) =>
  z
    .looseObject(
      Object.fromEntries(Object.entries(inputs).map(([key, one]) => [key, inputField(key, one)])),
      mustBe('inputs', `an object of ${id}'s inputs`),
    )
    .prefault({})
    .describe(`What ${id} takes beside its parameters; what is left out has its default`);

const modifierObject = (row: Modifier) => z.looseObject({ id: idIs(row), params: params(row) }).meta(about(row));

const modifierField = union('modifier', modifiers, modifierObject);

/** A modifier of an entry, every parameter spelled out. */
export type ModifierEntry = Known<z.output<typeof modifierField>>;

const modifiersField = z
  .array(modifierField, mustBe('modifiers', 'a list'))
  .max(...atMost('modifiers', MOST))
  .default([])
  .describe('Changes made to the schedule, in order; default none')
  .meta({ id: 'modifiers' });

/** The values with the defaults of the parameters that the inputs add, and what is wrong with the whole. */
function filledIn(given: ScheduleDefinition) {
  const rows = Object.entries(parametersOf(given)).filter(
    ([name]) => !Object.hasOwn(schedules.find(({ id }) => id === given.id)!.parameters, name),
  );
  const filled = Object.fromEntries(
    rows.map(([name, row]) => [name, Object.hasOwn(given.params, name) ? given.params[name]! : row.default]),
  );
  const values: Values = { ...given.params, ...filled };
  const wrong = rows
    .filter(([name, row]) => typeof values[name] !== 'number' || !inRange(row, values[name]))
    .map(([name, row]) => ({
      path: ['params', name],
      message: `${name} must be ${allowedText(row)}: got ${quoted(values[name])}`,
    }));
  const together = wrong.length ? [] : entryProblems({ ...given, params: values });
  return { values, problems: [...wrong, ...together.filter(({ severity }) => severity === 'error')] };
}

const scheduleObject = (family: ScheduleFamily) =>
  z
    .looseObject({
      id: idIs(family),
      label: z
        .string()
        .min(1, 'label must not be empty')
        .register(fieldNotes, { title: 'Label' })
        .optional()
        .describe('How charts name this schedule'),
      params: params(family),
      inputs: inputsField(family),
      modifiers: modifiersField,
    })
    .check((payload) => {
      const { inputs, params: values } = payload.value;
      const { values: filled, problems } = filledIn({
        id: family.id,
        inputs: inputs,
        params: values,
      });
      payload.value = { ...payload.value, params: filled };
      for (const { path, message } of problems)
        payload.issues.push({ code: 'custom', path: [...path], message, input: payload.value });
    })
    .register(fieldNotes, { parametersOf })
    .meta(about(family));

const scheduleField = union('schedule', schedules, scheduleObject);

/** One schedule of an experiment, everything spelled out. */
export type ScheduleEntry = Known<z.output<typeof scheduleField>>;

/** The list of schedules. */
export const schedulesField = z
  .array(scheduleField, mustBe('schedules', 'a list of at least one schedule'))
  .min(1, 'schedules must hold at least one schedule')
  .max(...atMost('schedules', MOST))
  .describe('The first is the one that is trained and integrated; the rest are overlaid for comparison');
