import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Frame, Page } from 'playwright-core';

/** The themes that looks are tested in; the light one last, so that what follows is pictured in it. */
export const themes = [
  'Default High Contrast',
  'Default High Contrast Light',
  'Default Dark Modern',
  'Default Light Modern',
] as const;

export type Theme = (typeof themes)[number];

export interface Options {
  readonly theme?: Theme;
  /** Take the folder as trusted; by default it is not, and VS Code is in restricted mode. */
  readonly trust?: boolean;
  /** More user settings. */
  readonly settings?: Record<string, unknown>;
  /** A file of the workspace to open at once. */
  readonly openFile?: string;
  /** A selector in the workbench to wait for; by default the status bar. */
  readonly ready?: string;
  /** Another extension to develop than the one under test. */
  readonly devPath?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface Workbench {
  readonly page: Page;
  /** The folder that is open, an absolute path. */
  readonly dir: string;
  /** Errors logged so far by the page and its webviews. */
  readonly errors: readonly string[];
  /** Runs a command by its title in the palette. */
  runCommand(title: string): Promise<void>;
  /** The webview whose document holds the selector; throws after the timeout (20 s). */
  frame(selector: string, timeout?: number): Promise<Frame>;
  /** Writes test/artifacts/<name>.png and returns its path. */
  screenshot(name: string): Promise<string>;
  /** Changes the theme of the open workbench and waits until it shows. */
  setTheme(theme: Theme): Promise<void>;
  close(): Promise<void>;
}

interface Session {
  open(files: Record<string, string>, options?: Options): Promise<Workbench>;
  capture(title: string): Promise<void>;
  closeAll(): Promise<void>;
}

/** The harness, by its address: every test bundle of the process then gets the same instance, so the same server. */
const session = async (): Promise<Session> => {
  const file = path.join(process.env.NOPROP_ROOT ?? process.cwd(), 'test/harness/session.mjs');
  return (await import(pathToFileURL(file).href)) as Session;
};

/** Opens a real VS Code in a browser, on a new folder with these files (path -> text). Close it when done. */
export const open = async (files: Record<string, string>, options?: Options): Promise<Workbench> =>
  (await session()).open(files, options);

afterEach('keep a picture of a failure', async function () {
  if (this.currentTest?.state === 'failed') await (await session()).capture(this.currentTest.fullTitle());
});

after('stop the server and the browser', async () => (await session()).closeAll());
