// Names, labels, headers and messages come from files: each place that shows them takes them as text. One function for
// each place that would else take some of it for its own language.

// eslint-disable-next-line no-control-regex -- these are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Escape sequences of terminals: colours, moves of the cursor, titles, links. */
// eslint-disable-next-line no-control-regex -- these are what is taken out
const SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;

/**
 * Text without what acts on a terminal or turns the direction of writing: escape sequences and control characters are
 * left out, but for tabs and ends of lines.
 */
export const terminalText = (text: string): string => text.replace(SEQUENCES, '').replace(CONTROLS, '');

/** The same in one line, for the name of something: each run of blanks is one space. */
export const lineText = (text: string): string => terminalText(text).replace(/\s+/g, ' ').trim();

/** Text as Markdown that shows just that text, in one line: no link, picture, tag, table cell or icon. */
export const markdownText = (text: string): string =>
  lineText(text)
    .replace(/[\\`*_{}[\]()<>#+\-.!|~$:@]/g, '\\$&')
    .replaceAll('&', '&amp;');

/** Text for a label of VS Code that has icons, $(name): it shows the characters. */
export const labelText = (text: string): string => lineText(text).replaceAll('$(', '\\$(');

/** Text for a notification of VS Code, which makes links of [text](address): it shows the characters. */
export const notificationText = (text: string): string => terminalText(text).replaceAll('](', '] (');
