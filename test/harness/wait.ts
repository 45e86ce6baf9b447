import { patient } from './pace.mjs';

/** Waits until something is so; what throws meanwhile counts as not yet. The time is that of an idle machine. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  milliseconds = 15000,
): Promise<void> {
  let last: unknown = 'it was false';
  for (
    const end = Date.now() + patient(milliseconds);
    Date.now() < end;
    await new Promise((resolve) => setTimeout(resolve, 20))
  )
    try {
      if (await holds()) return;
      last = 'it was false';
    } catch (error) {
      last = error;
    }
  throw new Error(`timed out: ${what}: ${String(last)}`);
}
