// node test/harness/pages/takeThemes.mjs: takes what VS Code gives a webview in each theme into themes.json, for the pages'
// tests: its CSS variables, its body's marks, its default styles. A test of the workbench compares the two.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, root } from '../install.mjs';
import { provision } from '../server.mjs';
import { closeAll, open } from '../session.mjs';

/** @typedef {import('../profile.mjs').Theme} Theme */

/** Each theme, and what pictures of it are called. @type {Record<string, Theme>} */
export const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

/** What a webview's document has of its theme. Runs in the page. */
export const readTheme = () => {
  const { style } = document.documentElement;
  const variables = Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]));
  const { vscodeThemeKind: kind = '', vscodeThemeName: name = '', vscodeThemeId: id = '' } = document.body.dataset;
  return {
    variables,
    body: { class: document.body.className, kind, name, id },
    defaults: document.getElementById('_defaultStyles')?.textContent ?? '',
  };
};

async function main() {
  process.env.NOPROP_WORKBENCH_DEV_PATH = root;
  ensureBuilt();
  const text = '{"version":1,"schedules":[{"id":"cosine"}]}';
  const workbench = await open(
    { 'a.noprop.json': text },
    { devPath: root, ready: '.activitybar [aria-label="NoProp Lab"]' },
  );
  await workbench.runCommand('NoProp: Open Lab');
  await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'a.noprop.json' }).click();
  const frame = await workbench.frame('body[data-page=lab] [role=tab]');
  /** @type {Record<string, Record<string, string>>} */
  const variables = {};
  /** @type {Record<string, object>} */
  const bodies = {};
  let defaults = '';
  for (const [name, theme] of Object.entries(themes)) {
    await workbench.setTheme(theme);
    await workbench.page.waitForTimeout(1000);
    const taken = await frame.evaluate(readTheme);
    bodies[name] = taken.body;
    defaults = taken.defaults.replace(/\n\t*/g, '\n').trim();
    for (const [key, value] of Object.entries(taken.variables)) (variables[key] ??= {})[name] = value;
  }
  await closeAll();
  const source = `VS Code ${provision().version}, as code-server from npm serves it; taken by takeThemes.mjs`;
  const sorted = Object.fromEntries(Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1)));
  const file = path.join(root, 'test/harness/pages/themes.json');
  fs.writeFileSync(file, JSON.stringify({ source, bodies, defaults, variables: sorted }, null, 1) + '\n');
  console.log(`${Object.keys(sorted).length} variables in ${path.relative(root, file)}`);
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main();
  process.exit(0);
}
