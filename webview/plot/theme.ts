import { fade } from './colors';

/** The theme's colours as canvas and SVG take them, and its font. */
export interface Theme {
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly grid: string;
  readonly border: string;
  readonly shade: string;
  readonly accent: string;
  /** The theme's chart colours, in the order in which schedules take them. */
  readonly series: readonly string[];
  /** Two more hues, for dynamics. */
  readonly more: readonly string[];
  readonly font: string;
  readonly contrast: boolean;
  readonly dark: boolean;
  /** Whether it is printed: lines then differ by their dashes from the first on. */
  readonly print?: boolean | undefined;
}

/** Chart colours in the order that schedules take them; yellow before orange, as the two are close. */
const SERIES = ['blue', 'red', 'green', 'yellow', 'purple', 'foreground'];

const MORE = ['terminal-ansiCyan', 'terminal-ansiMagenta'];

/** The theme as it is now. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const read = (names: string, fallback: string) => {
    const found = names.split(' ').find((name) => style.getPropertyValue(`--vscode-${name}`).trim());
    return found ? style.getPropertyValue(`--vscode-${found}`).trim() : fallback;
  };
  const kind = document.body.className;
  const contrast = kind.includes('high-contrast');
  const foreground = read('editor-foreground foreground', '#888');
  return {
    foreground,
    contrast,
    dark: !kind.includes('light'),
    muted: contrast ? foreground : read('descriptionForeground', foreground),
    background: read('editor-background', 'transparent'),
    grid: fade(foreground, contrast ? 0.25 : 0.09),
    border: read('contrastBorder', fade(foreground, 0.25)),
    shade: fade(foreground, contrast ? 0.2 : 0.07),
    accent: read('focusBorder', foreground),
    series: SERIES.map((name) => read(`charts-${name}`, foreground)),
    more: MORE.map((name) => read(name, foreground)),
    font: style.fontFamily,
  };
}

/** Calls back when VS Code changes the theme; answers how to stop. */
export function observeTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return () => observer.disconnect();
}
