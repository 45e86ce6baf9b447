// node test/run.mjs [--vsix | --all] [--only unit,host] [--grep text]
// Tests the sources, the packaged and installed extension (--vsix), or both (--all). Works from a bare clone.
import { parseArgs } from 'node:util';
import { ensureInstalled } from './harness/install.mjs';
import { measurePace } from './harness/pace.mjs';
import { endOnSignals } from './harness/process.mjs';
import { Tally } from './harness/tally.mjs';

ensureInstalled();
const { runStages, stageNames } = await import('./harness/stages.mjs'); // needs the packages

function readFlags() {
  const { values } = parseArgs({
    options: {
      vsix: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      only: { type: 'string' },
      grep: { type: 'string' },
    },
  });
  const only = values.only?.split(',') ?? stageNames;
  const unknown = only.filter((name) => !stageNames.includes(name));
  if (unknown.length) throw new Error(`no such stage: ${unknown.join(', ')}; there are ${stageNames.join(', ')}`);
  return { only, grep: values.grep, source: values.all || !values.vsix, vsix: values.all || values.vsix };
}

let flags;
try {
  flags = readFlags();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
endOnSignals();
process.env.NOPROP_PACE ??= measurePace().toFixed(1);
const tally = new Tally();
const since = Date.now();
await runStages(tally, flags);
console.log(`\nwhole run: ${((Date.now() - since) / 1000).toFixed(1)} s`);
console.log(String(tally));
process.exit(tally.isGood ? 0 : 1);
