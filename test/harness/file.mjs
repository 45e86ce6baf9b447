// npm run test:file <test files> [-- --grep text]: builds and runs these files alone.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, root } from './install.mjs';
import { measurePace } from './pace.mjs';
import { endOnSignals, runProgram } from './process.mjs';

const help = `npm run test:file test/unit/core/sde.test.ts [more files] [-- --grep text]
  Builds and runs these test files alone; files of one folder of test/ (unit, pages, host, workbench) at a time.`;

ensureInstalled();
const { buildSome } = createRequire(import.meta.url)('../../esbuild.js');
const { runMocha } = await import('./mocha.mjs');

/** The files' paths in the project, and the folder of test/ that they are in. @param {string[]} named */
function readFiles(named) {
  const files = named.map((file) => path.relative(root, path.resolve(process.env.INIT_CWD ?? '.', file)));
  const missing = files.filter(
    (file) => !/^test[\\/].*\.test\.ts$/.test(file) || !fs.existsSync(path.join(root, file)),
  );
  if (!files.length || missing.length)
    throw new Error(`${missing.map((file) => `not a test file: ${file}`).join('\n')}\n${help}`);
  const rooms = new Set(files.map((file) => file.split(path.sep)[1]));
  if (rooms.size > 1) throw new Error(help);
  return { files, room: [...rooms][0] };
}

const bundleOf = (/** @type {string} */ file) => path.join(root, 'out', file.replace(/\.ts$/, '.js'));

/** What of dist a unit test uses: its text says so. @param {string[]} files */
function distOf(files) {
  const text = files.map((file) => fs.readFileSync(file, 'utf8')).join('\n');
  if (!/['"/]dist\b/.test(text)) return [];
  const more = [/dist\/cli/.test(text) && 'cli', /'report'/.test(text) && 'report'].filter((one) => one !== false);
  return ['trainer', ...more];
}

async function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: 'string' } } });
  const { files, room } = readFiles(positionals);
  process.chdir(root);
  const grep = values.grep;
  const bundles = files.map(bundleOf);
  if (room === 'unit') {
    await buildSome({ dist: distOf(files), tests: files });
    return runMocha(room, bundles, { grep });
  }
  const dist = ['host', 'trainer', 'cli', 'webview', 'report'];
  if (room === 'pages') {
    await buildSome({ dist: ['host', 'trainer', 'webview', 'report'], tests: files });
    return runMocha(room, bundles, { grep });
  }
  if (room === 'workbench') {
    await buildSome({ dist, tests: files });
    return runMocha(room, bundles, { grep, env: { NOPROP_WORKBENCH_DEV_PATH: root } });
  }
  if (room !== 'host') throw new Error(help);
  await buildSome({ dist, tests: [...files, 'test/host/index.ts'] });
  const args = [path.join(root, 'test/harness/hostSuite.mjs'), ...(grep ? ['--grep', grep] : []), ...bundles];
  return runProgram(process.execPath, args, { cwd: root });
}

endOnSignals();
process.env.NOPROP_PACE ??= measurePace().toFixed(1);
main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
