// The stages of a test run. Each counts what it ran in the tally.
import fs from 'node:fs';
import path from 'node:path';
import { runHostSuite } from './hostSuite.mjs';
import { ensureBuilt, root } from './install.mjs';
import { runMocha } from './mocha.mjs';
import { packageVsix } from './package.mjs';
import { runProgram } from './process.mjs';
import { isSupported } from './server.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */
/** @typedef {{ tally: Tally, grep?: string | undefined, vsix?: string | undefined }} Run vsix: the packaged extension to install and test */
/** @typedef {(run: Run) => Promise<void>} Stage */

const inRoot = (/** @type {string} */ file) => path.join(root, file);
const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const inShell = { cwd: root, shell: process.platform === 'win32' };

/** @type {Stage} */
const types = async ({ tally }) => tally.check('types: tsc -b', (await runProgram(npx, ['tsc', '-b'], inShell)) === 0);

/** @type {Stage} */
const lint = async ({ tally }) =>
  tally.check('lint: npm run lint', (await runProgram(npm, ['run', '--silent', 'lint'], inShell)) === 0);

/**
 * Runs all bundles of a room with mocha.
 * @param {import('./mocha.mjs').MochaRoom} room
 * @param {Run} run
 * @param {Record<string, string>} [env]
 */
async function mocha(room, { tally, grep }, env = {}) {
  const report = inRoot(`out/test/${room}-report.json`);
  fs.rmSync(report, { force: true });
  const dir = inRoot(`out/test/${room}`);
  const files = fs.existsSync(dir)
    ? fs.readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.js'))
    : [];
  if (!files.length) return tally.check(`${room}: there are no tests`, false);
  const bundles = files.sort().map((name) => path.join(dir, name));
  const code = await runMocha(room, bundles, { grep, env: { NOPROP_TEST_REPORT: report, ...env } });
  tally.report(room, code, report, grep !== undefined);
}

/** @type {Stage} */
const unit = (run) => mocha('unit', run);

/** @type {Stage} */
const pages = (run) => mocha('pages', run);

/** @type {Stage} */
async function host({ tally, grep, vsix }) {
  const report = inRoot('out/test/host-report.json');
  fs.rmSync(report, { force: true });
  const code = await runHostSuite({ report, grep, vsix });
  tally.report('host', code, report, grep !== undefined);
}

/** @type {Stage} */
async function workbench(run) {
  if (!isSupported) return console.log(`not run: it needs Linux x64, this is ${process.platform} ${process.arch}`);
  const under = run.vsix
    ? { NOPROP_WORKBENCH_VSIX: run.vsix, NOPROP_WORKBENCH_DEV_PATH: '' }
    : { NOPROP_WORKBENCH_DEV_PATH: root };
  await mocha('workbench', run, under);
}

const needsBuild = new Set(['unit', 'pages', 'host', 'workbench']);
const stages = { types, lint, unit, pages, host, workbench };

/** The names of all stages, in order. */
export const stageNames = Object.keys(stages);

/**
 * Runs one part under a headline, and counts what it throws as a failure.
 * @param {Tally} tally @param {string} title @param {() => Promise<unknown> | void} part
 */
async function headed(tally, title, part) {
  console.log(`\n=== ${title}`);
  const since = Date.now();
  const before = { passed: tally.passed, failed: tally.failed };
  try {
    await part();
  } catch (error) {
    tally.check(`${title}: ${error instanceof Error ? error.stack : error}`, false);
  }
  const failed = tally.failed - before.failed;
  const counts = `${tally.passed - before.passed} ok${failed ? `, ${failed} NOT OK` : ''}`;
  console.log(`--- ${title}: ${counts}, ${((Date.now() - since) / 1000).toFixed(1)} s`);
  return failed === 0;
}

/**
 * Runs the stages on the sources, and on the packaged and installed extension, as asked. Where both are, the pages are
 * tested once, in the package: it is what users have, and its pages are the same files.
 * @param {Tally} tally
 * @param {{ only: string[], grep?: string | undefined, source: boolean, vsix: boolean }} options
 */
export async function runStages(tally, { only, grep, source, vsix }) {
  const wanted = Object.entries(stages).filter(([name]) => only.includes(name));
  const bundled = wanted.filter(([name]) => needsBuild.has(name));
  const isBuilt = !bundled.length || (await headed(tally, 'build', () => ensureBuilt({ tests: true })));
  for (const [name, stage] of source ? wanted : [])
    if ((isBuilt || !needsBuild.has(name)) && !(vsix && name === 'workbench'))
      await headed(tally, name, () => stage({ tally, grep }));
  if (!vsix || !isBuilt) return;
  let file = '';
  const isPackaged = await headed(tally, 'package', async () => void (file = await packageVsix()));
  for (const [name, stage] of isPackaged ? bundled : [])
    if (name !== 'unit' && name !== 'pages')
      await headed(tally, `${name}, installed`, () => stage({ tally, grep, vsix: file }));
}
