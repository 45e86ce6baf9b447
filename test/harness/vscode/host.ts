import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import type { ExtensionContext } from 'vscode';
import type { activate, deactivate } from '../../../src/host/extension';
import * as vscode from '.';
import { Memento } from './memento';
import { Uri } from './uri';

/** What VS Code calls of an extension. */
export interface Host {
  readonly activate: typeof activate;
  readonly deactivate: typeof deactivate;
}

/** The host of the extension in a folder, as it was built, on the stand-in for VS Code. */
export function loadHost(extension: string): Host {
  const file = path.join(extension, 'dist/extension.js');
  if (!existsSync(file)) throw new Error(`${extension} is not built: npm run build`);
  const module = { exports: {} };
  const real = createRequire(file);
  const require = (id: string): unknown => (id === 'vscode' ? vscode : real(id));
  const code = readFileSync(file, 'utf8');
  const run = compileFunction(code, ['module', 'exports', 'require'], { filename: file }) as (
    ...args: unknown[]
  ) => void;
  run(module, module.exports, require);
  return module.exports as Host;
}

/** What VS Code gives an extension when it activates it: its folder, a folder to keep things in, and what it kept. */
export function extensionContext(extension: string, storage: string, memory = new Memento()): ExtensionContext {
  const storageUri = Uri.file(storage);
  const manifest = readFileSync(path.join(extension, 'package.json'), 'utf8');
  return {
    extensionUri: Uri.file(extension),
    subscriptions: [],
    workspaceState: memory,
    storageUri,
    globalStorageUri: storageUri,
    environmentVariableCollection: { prepend: () => undefined, replace: () => undefined }, // there are no terminals
    extension: { packageJSON: JSON.parse(manifest) as unknown },
  } as unknown as ExtensionContext;
}
