/** The theme's colours as canvas and SVG take them, and its font. */
export interface Theme {
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly grid: string;
  readonly border: string;
  readonly shade: string;
  readonly accent: string;
  readonly series: readonly string[];
  /** Colours for more lines than schedules have, which are dashed before these are needed. */
  readonly more: readonly string[];
  readonly font: string;
  readonly contrast: boolean;
}

/** How a schedule is drawn, everywhere. */
export interface Stroke {
  readonly color: string;
  readonly dash: readonly number[];
}

/** Chart colours in the order that schedules take them; yellow before orange, as the two are close. */
const SERIES = ['blue', 'red', 'green', 'yellow', 'purple', 'foreground'];

const MORE = ['terminal-ansiCyan', 'terminal-ansiMagenta'];

/** After one pass through the colours lines are dashed, so that two never look the same. */
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 2, 2, 2]];

const parser = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;

/** Red, green, blue (0 to 255) and alpha (0 to 1) of any colour that CSS can write. */
function channels(color: string): [number, number, number, number] {
  parser.clearRect(0, 0, 1, 1);
  parser.fillStyle = color;
  parser.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = parser.getImageData(0, 0, 1, 1).data;
  return [r!, g!, b!, a! / 255];
}

/** Faded colours met so far: reading a pixel back costs more than drawing a curve. */
const faded = new Map<string, string>();

/** The colour with its opacity scaled, in a form that SVG readers know too. */
export function fade(color: string, opacity: number): string {
  const key = `${color} ${opacity}`;
  let value = faded.get(key);
  if (value === undefined) {
    const [r, g, b, a] = channels(color);
    value = `rgba(${r}, ${g}, ${b}, ${Number((a * opacity).toFixed(3))})`;
    faded.set(key, value);
  }
  return value;
}

/** The theme as it is now. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const read = (names: string, fallback: string) => {
    const found = names.split(' ').find((name) => style.getPropertyValue(`--vscode-${name}`).trim());
    return found ? style.getPropertyValue(`--vscode-${found}`).trim() : fallback;
  };
  const contrast = document.body.className.includes('high-contrast');
  const foreground = read('editor-foreground foreground', '#888');
  return {
    foreground,
    contrast,
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

/** How the schedule at an index of the list is drawn. */
export function strokeOf({ series }: Theme, index: number): Stroke {
  const pass = Math.floor(index / series.length);
  return { color: series[index % series.length]!, dash: DASHES[pass % DASHES.length]! };
}

/** Calls back when VS Code changes the theme; answers how to stop. */
export function observeTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return () => observer.disconnect();
}
