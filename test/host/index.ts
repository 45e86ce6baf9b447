import fs from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';

/** What VS Code calls as `extensionTestsPath`: resolves for exit code 0, rejects for 1. Writes NOPROP_TEST_REPORT. */
export async function run(): Promise<void> {
  console.log(`inside ${vscode.env.appName} ${vscode.version}, node ${process.versions.node}`);
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    timeout: 30_000,
    reporter: path.join(process.env.NOPROP_ROOT ?? process.cwd(), 'test/harness/reporter.cjs'),
    ...(process.env.NOPROP_GREP && { grep: process.env.NOPROP_GREP }),
  });
  for (const name of fs.readdirSync(__dirname).sort())
    if (name.endsWith('.test.js')) mocha.addFile(path.join(__dirname, name));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures) throw new Error(`${failures} test(s) failed`);
}
