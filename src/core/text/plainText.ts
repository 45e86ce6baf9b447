import { DEVICE_NAME } from './deviceName';

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

/** Text for a label of VS Code that has icons, $(name): it shows the characters, with nothing seen between them. */
export const labelText = (text: string): string => lineText(text).replaceAll('$(', '$\u200b(');

/** Text for a notification of VS Code, which makes links of [text](address): it shows the characters. */
export const notificationText = (text: string): string => terminalText(text).replaceAll('](', '] (');

/** The most UTF-16 units of a suggested file name: no system takes names of more than 255 bytes. */
const LONGEST_NAME = 100;

/** A text as the name of a file on any system, such as a dialog suggests: no path, no device, nothing hidden. */
export function fileNameText(text: string): string {
  const name = lineText(text)
    .replace(/[\\/:*?"<>|]+/g, '-')
    .replace(/^[.\s-]+|[.\s]+$/g, '');
  const ending = /\.[a-z0-9.]{1,20}$/i.exec(name)?.[0] ?? '';
  const short = name.slice(0, -ending.length || undefined).slice(0, LONGEST_NAME) + ending;
  return (short || 'untitled').replace(DEVICE_NAME, '$1-file');
}
