import { presets, type PaperPreset } from '../../plot/paper/sizes';
import type { PaperChoice } from '../../plot/paper/paperLayout';

const [first] = presets;

/** What a figure is asked to be before a person says anything: one column of a journal. */
export const FIRST_CHOICE: PaperChoice = {
  width: first!.width,
  height: undefined,
  letters: first!.letters,
  columns: undefined,
  titles: true,
};

/** The preset that a choice has the size of; undefined where it has one of its own. */
export const presetOf = ({ width, height, letters }: PaperChoice): PaperPreset | undefined =>
  presets.find((one) => one.width === width && one.height === height && one.letters === letters);

/** A choice with the size of a preset. */
export const withPreset = (choice: PaperChoice, { width, height, letters }: PaperPreset): PaperChoice => ({
  ...choice,
  width,
  height,
  letters,
});
