// Runs the host suite inside a VS Code, on the sources or on the packaged extension.
import fs from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { findHost } from './hosts.mjs';
import { root } from './install.mjs';
import { temporaryProfile } from './profile.mjs';

const inRoot = (/** @type {string} */ file) => path.join(root, file);

/**
 * Runs the suite; resolves with the exit code.
 * @param {{ report: string, vsix?: string | undefined, grep?: string | undefined, files?: string[] }} options report: the
 *   file for what was run; files: bundles to run in place of all
 * @returns {Promise<number>}
 */
export async function runHostSuite({ report, vsix, grep, files }) {
  const profile = temporaryProfile();
  const places = [`--user-data-dir=${profile.userData}`, `--extensions-dir=${profile.extensions}`];
  try {
    const { executable, name, install } = await findHost(places);
    console.log(`in ${name}${vsix ? `, with ${path.basename(vsix)} installed` : ''}`);
    if (vsix) install(vsix, places);
    return await runTests({
      vscodeExecutablePath: executable,
      // VS Code runs a suite only beside an extension under development; for an installed one that is an empty one.
      extensionDevelopmentPath: vsix ? inRoot('test/harness/driver') : root,
      extensionTestsPath: inRoot('out/test/host/index.js'),
      launchArgs: [profile.workspace, ...places],
      extensionTestsEnv: {
        NOPROP_ROOT: root,
        NOPROP_TEST_REPORT: report,
        NOPROP_EXPECT_UNDER: vsix ? profile.extensions : root,
        ...(grep !== undefined && { NOPROP_GREP: grep }),
        ...(files && { NOPROP_TEST_FILES: files.join(path.delimiter) }),
      },
    });
  } catch (error) {
    const { code } = /** @type {{ code?: unknown }} */ (error);
    if (typeof code === 'number') return code;
    console.error(error);
    return 1;
  } finally {
    const log = path.join(profile.root, 'server.log');
    fs.mkdirSync(inRoot('test/artifacts'), { recursive: true });
    if (fs.existsSync(log)) fs.copyFileSync(log, inRoot(`test/artifacts/server-${vsix ? 'vsix-' : ''}host.log`));
    profile.remove();
  }
}
