// node test/harness/hostSuite.mjs --report FILE [--vsix FILE] [--grep TEXT] [bundles]
// Runs the host suite inside a VS Code, on the sources or on the packaged extension.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { findHost } from './hosts.mjs';
import { root } from './install.mjs';
import { profileSettings, writeSettings } from './profile.mjs';
import { hostEnvironment, keepLog, sessionProfile } from './vscodeSession.mjs';

const inRoot = (/** @type {string} */ file) => path.join(root, file);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { report: { type: 'string' }, vsix: { type: 'string' }, grep: { type: 'string' } },
});
const { report = inRoot('out/test/host-report.json'), vsix, grep } = values;

/** @returns {Promise<number>} the exit code */
async function runSuite() {
  const profile = sessionProfile();
  const isShared = Boolean(process.env.NOPROP_SESSION);
  const places = [`--user-data-dir=${profile.userData}`, `--extensions-dir=${profile.extensions}`];
  try {
    const { executable, name, install } = await findHost(places);
    writeSettings(profile, profileSettings({ trust: true })); // its experiments read data files of the workspace
    console.log(`in ${name}${vsix ? `, with ${path.basename(vsix)} installed` : ''}`);
    if (vsix && !isShared) install(vsix, places);
    return await runTests({
      vscodeExecutablePath: executable,
      // VS Code runs a suite only beside an extension under development; for an installed one that is an empty one.
      extensionDevelopmentPath: vsix ? inRoot('test/harness/driver') : root,
      extensionTestsPath: inRoot('out/test/host/index.js'),
      launchArgs: [profile.workspace, ...places],
      extensionTestsEnv: hostEnvironment(profile, { report, vsix, grep, files: positionals }),
    });
  } catch (error) {
    const { code } = /** @type {{ code?: unknown }} */ (error);
    if (typeof code === 'number') return code;
    console.error(error);
    return 1;
  } finally {
    if (!isShared) {
      keepLog(profile, 'host');
      profile.remove();
    }
  }
}

process.exit(await runSuite());
