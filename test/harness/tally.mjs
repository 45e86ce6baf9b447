// Adds up what the stages report. A stage is believed only when its exit code and its report say the same.
import fs from 'node:fs';

/** @typedef {{ title: string, state: 'passed' | 'failed' | 'skipped', ms?: number }} Test */

export class Tally {
  passed = 0;
  failed = 0;

  /** Counts one check. @param {string} name @param {boolean} isPassed */
  check(name, isPassed) {
    if (isPassed) this.passed++;
    else {
      this.failed++;
      console.error(`FAILED: ${name}`);
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
    if (count('skipped')) console.log(`${stage}: ${count('skipped')} skipped`);
    if (!fs.existsSync(file)) this.check(`${stage}: ended with code ${code} and left no report`, false);
    else if (!count('passed') && !failed && !isSelection) this.check(`${stage}: ran no tests`, false);
    else if ((code === 0) !== (failed === 0))
      this.check(`${stage}: exit code ${code}, but the report has ${failed} failures`, false);
  }

  get isGood() {
    return this.failed === 0 && this.passed > 0;
  }

  /** The closing line of a run. */
  toString() {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}
