import type { Theme } from '../theme';

/**
 * The colours of a figure on paper, whatever the theme of the window: those of VS Code's light theme on white. Lines differ
 * by their dashes too, for print in grey. The fonts are ones that a reader of the file has, of the same widths.
 */
export const PAPER: Theme = {
  foreground: '#1a1a1a',
  muted: '#333333',
  background: '#ffffff',
  grid: 'rgba(26, 26, 26, 0.12)',
  border: 'rgba(26, 26, 26, 0.55)',
  shade: 'rgba(26, 26, 26, 0.07)',
  accent: '#005fb8',
  series: ['#1a85ff', '#e51400', '#388a34', '#bf8803', '#652d90', '#3b3b3b'],
  more: ['#0598bc', '#bc05bc'],
  font: 'Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif',
  contrast: false,
  dark: false,
  print: true,
};
