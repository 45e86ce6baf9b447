import type { Field } from '../experiment/fieldAt';

/** The most choices that are proposed at once. */
const MOST = 6;

/** Values to begin with for a setting that is varied: around the one that it has, or what may be chosen. */
export function suggestedValues(field: Field, now: unknown): readonly unknown[] {
  const { kind, choices = [], range } = field;
  const allowed = (values: readonly unknown[]) =>
    [...new Set(values)].filter((value) => field.refusal(value) === undefined);
  if (kind === 'flag') return [false, true];
  if (kind === 'number' && typeof now === 'number') {
    const around = now === 0 ? [0, range?.integer ? 1 : 0.1] : [now / 2, now, now * 2];
    const values = allowed(range?.integer ? around.map(Math.round) : around.map((one) => Number(one.toPrecision(4))));
    return values.length ? values : [now];
  }
  if (kind === 'choice') {
    const ids = choices.map(({ id }) => id);
    const own = typeof now === 'object' && now !== null ? (now as { id: string }).id : now;
    return [own, ...ids.filter((id) => id !== own)].slice(0, MOST);
  }
  if (Array.isArray(now)) return allowed([now, now.map((one) => 2 * Number(one))]);
  return [now];
}
