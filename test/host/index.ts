import fs from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import '../harness/patientMocha.mjs';

/** What VS Code calls as `extensionTestsPath`: resolves for exit code 0, rejects for 1. Writes NOPROP_TEST_REPORT. */
export async function run(): Promise<void> {
  console.log(`inside ${vscode.env.appName} ${vscode.version}, node ${process.versions.node}`);
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    timeout: process.env.NOPROP_NO_TIMEOUT ? 0 : 30_000,
    reporter: path.join(process.env.NOPROP_ROOT ?? process.cwd(), 'test/harness/reporter.cjs'),
    ...(process.env.NOPROP_GREP && { grep: process.env.NOPROP_GREP }),
  });
  const named = process.env.NOPROP_TEST_FILES?.split(path.delimiter);
  const all = fs.readdirSync(__dirname).filter((name) => name.endsWith('.test.js'));
  for (const file of named ?? all.sort().map((name) => path.join(__dirname, name))) mocha.addFile(file);
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures) throw new Error(`${failures} test(s) failed`);
}
