// The stages of a test run, and which of them run side by side. Each counts what it ran in a tally of its own.
import fs from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { ensureBuilt, root } from './install.mjs';
import { runMocha } from './mocha.mjs';
import { Outputs } from './outputs.mjs';
import { packageVsix } from './package.mjs';
import { runProgram } from './process.mjs';
import { isSupported } from './server.mjs';
import { Tally } from './tally.mjs';
import { shareSession } from './vscodeSession.mjs';

/**
 * @typedef {object} Run
 * @property {Tally} tally
 * @property {(text: string) => void} write what the stage prints
 * @property {string | undefined} grep
 * @property {string | undefined} vsix the packaged extension to test
 * @property {Record<string, string>} env
 */
/** @typedef {(run: Run) => unknown} Stage a promise is awaited */

const inRoot = (/** @type {string} */ file) => path.join(root, file);
const isWindows = process.platform === 'win32';
const reportOf = (/** @type {string} */ room) => inRoot(`out/test/${room}-report.json`);

/** A check that is a program of npm's. @param {string} what @param {string} program @param {string[]} args @returns {Stage} */
const check =
  (what, program, args) =>
  async ({ tally, write }) => {
    const command = isWindows ? `${program}.cmd` : program;
    tally.check(what, (await runProgram(command, args, { cwd: root, shell: isWindows, write })) === 0);
  };

/** Runs all bundles of a room with mocha. @param {import('./mocha.mjs').MochaRoom} room @returns {Stage} */
const mocha = (room) => async (run) => {
  const report = reportOf(room);
  fs.rmSync(report, { force: true });
  const dir = inRoot(`out/test/${room}`);
  const files = fs.existsSync(dir)
    ? fs.readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.js'))
    : [];
  if (!files.length) return run.tally.check(`${room}: there are no tests`, false);
  const bundles = files.sort().map((name) => path.join(dir, name));
  const env = { NOPROP_TEST_REPORT: report, ...run.env };
  const code = await runMocha(room, bundles, { grep: run.grep, write: run.write, env });
  run.tally.report(room, code, report, run.grep !== undefined);
};

/** @param {Run} run */
async function host({ tally, write, grep, vsix, env }) {
  const report = reportOf('host');
  fs.rmSync(report, { force: true });
  const args = ['--report', report, ...(vsix ? ['--vsix', vsix] : []), ...(grep ? ['--grep', grep] : [])];
  const program = inRoot('test/harness/hostSuite.mjs');
  const options = { cwd: root, write, env: { ...process.env, ...env } };
  tally.report('host', await runProgram(process.execPath, [program, ...args], options), report, grep !== undefined);
}

/** @param {Run} run */
async function workbench(run) {
  if (!isSupported) return run.write(`not run: it needs Linux x64, this is ${process.platform} ${process.arch}\n`);
  const under = run.vsix ? { NOPROP_WORKBENCH_VSIX: run.vsix } : { NOPROP_WORKBENCH_DEV_PATH: root };
  await mocha('workbench')({ ...run, env: { ...run.env, ...under } });
}

/** The short form of the bad things that are done on purpose: each that does not hold is a failure. @param {Run} run */
async function torture({ tally, write }) {
  const program = inRoot('out/test/torture/torture.js');
  const code = await runProgram(process.execPath, [program, 'short'], { cwd: root, write });
  tally.check('torture: all held (npm run torture -- short)', code === 0);
}

/** @type {Record<string, Stage>} */
const stages = {
  types: check('types: tsc -b', 'npx', ['tsc', '-b']),
  lint: check('lint: npm run lint', 'npm', ['run', '--silent', 'lint']),
  unit: mocha('unit'),
  torture,
  pages: mocha('pages'),
  host,
  workbench,
};

/** The names of all stages, in order. */
export const stageNames = Object.keys(stages);

/** Stages that need what is built, and of them those that need a VS Code. */
const [built, inVsCode] = [new Set(['unit', 'torture', 'pages', 'host', 'workbench']), new Set(['host', 'workbench'])];

/** The stages on the sources, as they are begun: two of these rows run at a time, the stages of a row in turn. */
const rows = [['unit'], ['types', 'lint', 'torture'], ['pages'], ['host', 'workbench']];
const atATime = Math.min(2, availableParallelism());

/** A run of stages: what they count, and what they print. */
class Runner {
  #outputs = new Outputs();

  /** @param {Tally} tally @param {string | undefined} grep */
  constructor(tally, grep) {
    this.tally = tally;
    this.grep = grep;
  }

  /**
   * Runs one part under a headline, and counts what it throws as a failure.
   * @param {string} title @param {Stage} part @param {{ vsix?: string | undefined, env?: Record<string, string> }} [options]
   * @returns {Promise<boolean>} whether all went well
   */
  async run(title, part, { vsix, env = {} } = {}) {
    const { write, end } = this.#outputs.begin();
    const tally = new Tally(write);
    const since = Date.now();
    write(`\n=== ${title}\n`);
    try {
      await part({ tally, write, grep: this.grep, vsix, env });
    } catch (error) {
      tally.check(`${title}: ${error instanceof Error ? error.stack : error}`, false);
    }
    const counts = `${tally.passed} ok${tally.failed ? `, ${tally.failed} NOT OK` : ''}`;
    write(`--- ${title}: ${counts}, ${((Date.now() - since) / 1000).toFixed(1)} s\n`);
    end();
    this.tally.add(tally);
    return tally.failed === 0;
  }

  /** Runs stages one after the other; those that need a VS Code share one. @param {string[]} names @param {string} [vsix] */
  async runRow(names, vsix) {
    const sharing = isSupported && !process.env.VSCODE_VERSION && names.filter((name) => inVsCode.has(name)).length > 1;
    /** @type {Awaited<ReturnType<typeof shareSession>> | undefined} */
    let session;
    for (const name of names) {
      const stage = async (/** @type {Run} */ run) => {
        if (sharing && inVsCode.has(name))
          session ??= await shareSession({ report: reportOf('host'), vsix, grep: this.grep });
        await stages[name]?.({ ...run, env: session?.env ?? {} });
      };
      await this.run(vsix ? `${name}, installed` : name, stage, { vsix });
    }
    await session?.stop();
  }
}

/**
 * Runs the stages on the sources, and on the packaged and installed extension, as asked. Where both are, the workbench
 * is tested once, with the package: it is what users have.
 * @param {Tally} tally
 * @param {{ only: string[], grep?: string | undefined, source: boolean, vsix: boolean }} options
 */
export async function runStages(tally, { only, grep, source, vsix }) {
  const runner = new Runner(tally, grep);
  const wanted = (/** @type {string[]} */ names) => names.filter((name) => only.includes(name));
  const isBuilt =
    !only.some((name) => built.has(name)) ||
    (await runner.run('build', ({ write }) => ensureBuilt({ tests: true, write })));
  const queue = rows.map((names) =>
    wanted(names).filter((name) => (isBuilt || !built.has(name)) && !(vsix && name === 'workbench')),
  );
  const work = async () => {
    for (let row = queue.shift(); row; row = queue.shift()) await runner.runRow(row);
  };
  if (source) await Promise.all(Array.from({ length: atATime }, work));
  if (!vsix || !isBuilt) return;
  let file = '';
  const isPackaged = await runner.run('package', ({ write }) => void (file = packageVsix(write)));
  if (isPackaged) await runner.runRow(wanted(['host', 'workbench']), file);
}
