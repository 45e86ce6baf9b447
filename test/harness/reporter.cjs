// Mocha's spec output, and a report in NOPROP_TEST_REPORT: the run's totals are added up from the reports.
const fs = require('node:fs');
const process = require('node:process');
const Mocha = require('mocha');

module.exports = class Reporter extends Mocha.reporters.Spec {
  /** @param {import('mocha').Runner} runner @param {import('mocha').MochaOptions} options */
  constructor(runner, options) {
    super(runner, options);
    /** @type {{ title: string, state: string, ms?: number | undefined }[]} */
    const tests = [];
    const note = (/** @type {string} */ state) => (/** @type {import('mocha').Test} */ test) =>
      tests.push({ title: test.fullTitle(), state, ms: test.duration });
    runner.on('pass', note('passed'));
    runner.on('fail', note('failed')); // a hook that fails counts too
    runner.on('pending', note('skipped'));
    runner.once('end', () => {
      const file = process.env.NOPROP_TEST_REPORT;
      if (file) fs.writeFileSync(file, JSON.stringify({ tests }, null, 1));
    });
  }
};
