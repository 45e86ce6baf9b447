import type { Page } from 'playwright-core';
import taken from './themes.json';

/** The themes that pages are tested in; the light one last, so that what follows is pictured in it. */
export const themes = ['high-contrast', 'high-contrast-light', 'dark', 'light'] as const;
export type Theme = (typeof themes)[number];

const variables: Record<string, Partial<Record<Theme, string>>> = taken.variables;

/** A theme's variables, by name. */
const variablesOf = (theme: Theme): [name: string, value: string][] =>
  Object.entries(variables).flatMap(([name, values]) => (values[theme] === undefined ? [] : [[name, values[theme]]]));

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** A webview's document as VS Code shows it: in a theme, with VS Code's own styles before its own, and its kept state. */
export function dressed(html: string, theme: Theme, state: unknown): string {
  const style = variablesOf(theme).map(([name, value]) => `${name}: ${value};`).join(' '); // prettier-ignore
  const { class: className, kind, name, id } = taken.bodies[theme];
  const marks = `class="${className}" data-vscode-theme-kind="${kind}" data-vscode-theme-name="${name}" data-vscode-theme-id="${id}"`;
  return html
    .replace('<html', `<html style="${escaped(style)}" data-state="${escaped(JSON.stringify(state ?? null))}"`)
    .replace('<head>', `<head><style id="_defaultStyles">${taken.defaults}</style>`)
    .replace('<body', `<body ${marks}`);
}

/** Changes the theme of a document that is shown, as VS Code does: its root's variables, and its body's marks. */
export async function dress(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(
    ({ values, body }) => {
      const { style } = document.documentElement;
      for (const name of [...style]) if (name.startsWith('--vscode-')) style.removeProperty(name);
      for (const [name, value] of values) style.setProperty(name, value);
      document.body.classList.remove(
        'vscode-light',
        'vscode-dark',
        'vscode-high-contrast',
        'vscode-high-contrast-light',
      );
      document.body.classList.add(...body.class.split(' '));
      document.body.dataset.vscodeThemeKind = body.kind;
      document.body.dataset.vscodeThemeName = body.name;
      document.body.dataset.vscodeThemeId = body.id;
    },
    { values: variablesOf(theme), body: taken.bodies[theme] },
  );
}
