import * as vscode from 'vscode';

/**
 * A text for a person, in the language of VS Code where there is a bundle of it: say`Wrote ${count} rows to ${file}.` Its
 * key in the bundle is the text with {0}, {1} … for the values.
 */
export const say = (parts: TemplateStringsArray, ...values: (string | number)[]): string =>
  vscode.l10n.t(
    parts.reduce((text, part, i) => `${text}{${i - 1}}${part}`),
    ...values,
  );
