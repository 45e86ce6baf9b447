#!/usr/bin/env node
// Stands in for the VS Code executable: @vscode/test-electron's runTests({ vscodeExecutablePath: <this> }) works unchanged.
import path from 'node:path';
import { openProfile, temporaryProfile } from './profile.mjs';
import { followParent, installVsix, provision } from './server.mjs';
import { openSession } from './vscodeSession.mjs';
import { runInHost } from './workbench.mjs';

const args = process.argv.slice(2);
const option = (/** @type {string} */ name) => {
  const prefix = `--${name}=`;
  const value = args.find((arg) => arg.startsWith(prefix))?.slice(prefix.length);
  return value === undefined ? undefined : path.resolve(value);
};
const folder = args.find((arg) => !arg.startsWith('-'));
const userData = option('user-data-dir');
const places = { userData, extensions: option('extensions-dir') };
const profile = userData ? openProfile(path.dirname(userData), places) : temporaryProfile(places);

/** The workbench logs how it starts, which matters only when the suite never does. @type {string[] | undefined} */
let early = [];

/** @param {string} type @param {string} line */
function print(type, line) {
  if (line.startsWith('inside ')) early = undefined; // the suite's first line
  if (early) early.push(line);
  else if (!/^\[[A-Z]\w+\]/.test(line))
    process[type === 'error' || type === 'warn' ? 'stderr' : 'stdout'].write(line + '\n');
}

/** @returns {Promise<number>} */
async function runSuite() {
  const testsPath = option('extensionTestsPath');
  if (!testsPath) throw new Error('the stand-in for VS Code runs suites only: --extensionTestsPath is missing');
  const { browser, server, close } = await openSession(profile);
  try {
    return await runInHost(browser, server, {
      workspace: folder ? path.resolve(folder) : profile.workspace,
      devPath: option('extensionDevelopmentPath'),
      testsPath,
      onLog: print,
    });
  } finally {
    await close();
  }
}

followParent();
process.once('SIGINT', () => process.exit(130));
try {
  const vsix = option('install-extension');
  if (vsix) installVsix(provision(), profile, vsix);
  process.exitCode = vsix ? 0 : await runSuite();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  if (process.exitCode && early?.length) console.error(early.join('\n'));
  if (!userData) profile.remove();
}
process.exit();
