// npm run pictures: builds, and takes pictures of the pages; see help=yes.
import { createRequire } from 'node:module';
import path from 'node:path';
import { ensureInstalled, root } from './install.mjs';
import { endOnSignals, runProgram } from './process.mjs';

ensureInstalled();
process.chdir(root);
const { buildSome } = createRequire(import.meta.url)('../../esbuild.js');
await buildSome({ dist: ['host', 'trainer', 'webview'], tests: ['test/harness/pages/pictures.ts'] });
endOnSignals();
const script = path.join(root, 'out/test/harness/pages/pictures.js');
process.exitCode = await runProgram(process.execPath, [script, ...process.argv.slice(2)], { cwd: root });
