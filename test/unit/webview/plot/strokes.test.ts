import assert from 'node:assert/strict';
import { dynamicsStrokeAt } from '../../../../webview/plot/dynamicsStroke';
import { channelsOf, fade } from '../../../../webview/plot/colors';
import { classColor, classColors, classMarker } from '../../../../webview/plot/palette';
import { strokeOf } from '../../../../webview/plot/strokes';
import { theme } from './drawing';

/** The backgrounds of editors in VS Code's own themes. */
const BACKGROUNDS = { dark: ['#1f1f1f', '#000000'], light: ['#ffffff'] };

const linear = (color: string) =>
  channelsOf(color)
    .slice(0, 3)
    .map((value) => (value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number]; // prettier-ignore

/** Relative luminance and contrast, WCAG 2.1. */
function contrast(a: string, b: string): number {
  const of = (color: string) => {
    const [red, green, blue] = linear(color);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [of(a), of(b)].sort((one, other) => one - other) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Björn Ottosson's Oklab: distances are about as they are seen. */
function oklab([red, green, blue]: readonly number[]): readonly number[] {
  const l = Math.cbrt(0.4122214708 * red! + 0.5363325363 * green! + 0.0514459929 * blue!);
  const m = Math.cbrt(0.2119034982 * red! + 0.6806995451 * green! + 0.1073969566 * blue!);
  const s = Math.cbrt(0.0883024619 * red! + 0.2817188376 * green! + 0.6299787005 * blue!);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** What a colour looks like without the cones for green (Machado et al., 2009). */
const deuteranopia = ([red, green, blue]: readonly number[]) =>
  [
    0.367322 * red! + 0.860646 * green! - 0.227968 * blue!,
    0.280085 * red! + 0.672501 * green! + 0.047413 * blue!,
    -0.01182 * red! + 0.04294 * green! + 0.968881 * blue!,
  ].map((value) => Math.max(value, 0));

function distance(a: string, b: string, seen: (color: readonly number[]) => readonly number[]): number {
  const [one, other] = [oklab(seen(linear(a))), oklab(seen(linear(b)))];
  return Math.hypot(...one.map((value, i) => value - other[i]!));
}

const pairs = <T>(all: readonly T[]) => all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b] as const));

describe('how lines are told apart', () => {
  const looks = (strokes: readonly object[]) => new Set(strokes.map((stroke) => JSON.stringify(stroke))).size;
  const forty = Array.from({ length: 40 }, (_, k) => k);

  it('forty schedules, or lines of methods, have forty looks', () => {
    assert.equal(looks(forty.map((k) => strokeOf(theme, k))), 40);
  });

  it('forty dynamics have forty looks, with their noise and without', () => {
    assert.equal(looks(forty.flatMap((k) => [false, true].map((noise) => dynamicsStrokeAt(theme, k, noise)))), 80);
    const dashes = forty.slice(0, 8).map((k) => dynamicsStrokeAt(theme, k, false).dash);
    assert.equal(looks(dashes), 8, 'the first eight are told apart without colour');
  });

  it('a hundred classes have a hundred looks, the first ten without colour too', () => {
    const hundred = Array.from({ length: 100 }, (_, k) => k);
    assert.equal(looks(hundred.map((k) => [classColor({ dark: true }, k), classMarker(k)])), 100);
    assert.equal(new Set(hundred.slice(0, 10).map(classMarker)).size, 10);
  });

  for (const kind of ['dark', 'light'] as const) {
    const colors = classColors({ dark: kind === 'dark' });

    it(`ten classes on a ${kind} background have ten colours that stand out from it`, () => {
      assert.equal(new Set(colors).size, 10);
      for (const color of colors)
        for (const background of BACKGROUNDS[kind])
          assert.ok(contrast(color, background) >= 3, `${color} on ${background}: ${contrast(color, background)}`);
    });

    it(`and are told apart on a ${kind} background, without the cones for green too`, () => {
      for (const [a, b] of pairs(colors)) {
        assert.ok(distance(a, b, (color) => color) > 0.08, `${a} ${b}`);
        assert.ok(distance(a, b, deuteranopia) > 0.04, `${a} ${b}`);
      }
    });
  }
});

describe('colours', () => {
  it('are read as themes write them, and faded', () => {
    assert.deepEqual(channelsOf('#abc'), [170, 187, 204, 1]);
    assert.deepEqual(channelsOf('#01020380').slice(0, 3), [1, 2, 3]);
    assert.deepEqual(channelsOf('rgba(1, 2, 3, 0.5)'), [1, 2, 3, 0.5]);
    assert.deepEqual(channelsOf('rgb(1 2 3 / 0.5)'), [1, 2, 3, 0.5]);
    assert.equal(fade('rgba(1, 2, 3, 0.5)', 0.5), 'rgba(1, 2, 3, 0.25)');
  });
});
