// How fast this machine is now: time-outs are multiplied by it, so that a busy machine gives no failures.

/** What the sum below takes on an idle core of a server of 2024, in milliseconds. */
const REFERENCE = 75;

/** Never less, and never more: what hangs must end. */
const [LEAST, MOST] = [1, 8];

/** Milliseconds that a fixed sum takes. */
function sum() {
  const since = performance.now();
  let total = 0;
  for (let i = 1; i < 12_000_000; i++) total += Math.sqrt(i) / (i + total * 1e-9);
  return total > 0 ? performance.now() - since : 0;
}

/** How many times slower than idle this machine is; at least 1. Measured over several tries, since load comes and goes. */
export function measurePace() {
  sum(); // compiled by then
  const tries = Array.from({ length: 5 }, sum);
  const mean = tries.reduce((all, one) => all + one, 0) / tries.length;
  return Math.min(MOST, Math.max(LEAST, mean / REFERENCE));
}

/** The pace of this run, which its start has measured for all its processes. */
export const pace = Number(process.env.NOPROP_PACE) || 1;

/** A time-out on this machine. @param {number} milliseconds what it is on an idle one */
export const patient = (milliseconds) => milliseconds * pace;
