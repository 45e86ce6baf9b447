// Adds up what the stages report. A stage is believed only when its exit code and its report say the same.
import fs from 'node:fs';

/** @typedef {{ title: string, state: 'passed' | 'failed' | 'skipped', ms?: number }} Test */

export class Tally {
  passed = 0;
  failed = 0;

  /** @param {(text: string) => void} [write] where failures are told */
  constructor(write = (text) => void process.stderr.write(text)) {
    this.write = write;
  }

  /** Counts one check. @param {string} name @param {boolean} isPassed */
  check(name, isPassed) {
    if (isPassed) this.passed++;
    else {
      this.failed++;
      this.write(`FAILED: ${name}\n`);
    }
  }

  /**
   * Counts a mocha run.
   * @param {string} stage
   * @param {number} code the exit code
   * @param {string} file the report
   * @param {boolean} isSelection whether --grep may have left nothing to run
   */
  report(stage, code, file, isSelection) {
    /** @type {Test[]} */
    const tests = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).tests : [];
    const count = (/** @type {Test['state']} */ state) => tests.filter((test) => test.state === state).length;
    const failed = count('failed');
    this.passed += count('passed');
    this.failed += failed;
    if (count('skipped')) this.write(`${stage}: ${count('skipped')} skipped\n`);
    if (!fs.existsSync(file)) this.check(`${stage}: ended with code ${code} and left no report`, false);
    else if (!count('passed') && !failed && !isSelection) this.check(`${stage}: ran no tests`, false);
    else if ((code === 0) !== (failed === 0))
      this.check(`${stage}: exit code ${code}, but the report has ${failed} failures`, false);
  }

  /** Counts what another tally has. @param {Tally} other */
  add(other) {
    this.passed += other.passed;
    this.failed += other.failed;
  }

  get isGood() {
    return this.failed === 0 && this.passed > 0;
  }

  /** The closing line of a run. */
  toString() {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}
