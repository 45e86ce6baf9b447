import type { MenuItem } from '../elements/menu';
import { canvasMeasure, pngOf, svgOf, type Figure } from './figure';
import { numbersText } from './numbers';
import type { DialogKind } from './plotDialog';
import type { PlotSlot } from './plotSlot';
import { numbersOf } from './spec';
import type { Theme } from './theme';

/** Makes pictures of charts, which are named by their ids. */
export interface Pictures {
  /** Copies a picture of one chart. */
  copy(id: string): void;
  /** Opens the dialog that makes a figure for a paper, with a chart chosen or the first; a page without room has none. */
  open?(id?: string): void;
  /** Opens the same dialog for the first chart, once there is one. */
  openSoon?(): void;
}

/** What the menu of a plot uses of the page. */
export interface MenuHost {
  theme(): Theme;
  /** What saved files are called, before the plot's name. */
  fileName(): string;
  saveFile(name: string, content: string, encoding: 'utf8' | 'base64'): void;
  copy(text: string): void;
  /** Makes pictures of the page's charts. */
  readonly pictures: Pictures | undefined;
}

/** The entries of a plot's menu; `open` opens a dialog about it. */
export function plotItems(slot: PlotSlot, host: MenuHost, open: (kind: DialogKind) => void): MenuItem[] {
  const { id, explanations } = slot.spec;
  const { pictures } = host;
  const data = (separator: ',' | '\t') => numbersText(numbersOf(slot.spec, slot.hidden), separator);
  const save = (extension: string, content: string, encoding: 'utf8' | 'base64') =>
    host.saveFile(`${host.fileName()}-${id}.${extension}`, content, encoding);
  const figure = (): Figure => {
    slot.draw();
    return { plot: slot.plot!, spec: slot.spec, theme: host.theme(), hidden: slot.hidden };
  };
  return [
    ...(pictures?.open ? [{ label: 'Figure for paper…', act: () => pictures.open!(id) }] : []),
    ...(pictures ? [{ label: 'Copy picture', act: () => pictures.copy(id) }] : []),
    { label: 'Copy data', act: () => host.copy(data('\t')), apart: pictures !== undefined },
    { label: 'Show table', act: () => open('table') },
    { label: 'Save as SVG', act: () => save('svg', svgOf(figure(), canvasMeasure()), 'utf8'), apart: true },
    { label: 'Save as PNG', act: () => save('png', pngOf(figure()), 'base64') },
    { label: 'Save as CSV', act: () => save('csv', data(','), 'utf8') },
    ...(explanations?.length ? [{ label: 'What is this', act: () => open('about'), apart: true }] : []),
  ];
}
