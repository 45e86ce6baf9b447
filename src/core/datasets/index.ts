import { fillValues, rowOf, type Values } from '../registry/parameters';
import { Random } from '../math/random';
import { blobs } from './blobs';
import { checkerboard } from './checkerboard';
import { circles } from './circles';
import type { Dataset, DatasetGenerator } from './dataset';
import { glyphs } from './glyphs';
import { regression } from './regression';
import { spirals } from './spirals';
import { swissRoll } from './swissRoll';
import { twoMoons } from './twoMoons';
import { xor } from './xor';

/** Every generator of data, in the order the pickers show. A new one is a file beside this and a row here. */
export const generators: readonly DatasetGenerator[] = [
  twoMoons,
  circles,
  spirals,
  blobs,
  xor,
  checkerboard,
  swissRoll,
  glyphs,
  regression,
];

export const generatorIds = generators.map((row) => row.id);

/** The generator of this id; an InputError that lists the known ids where there is none. */
export const generatorOf = (id: string): DatasetGenerator => rowOf('data set', generators, id);

/** The data set of a seed with defaults filled in; an InputError names the parameter and what is allowed. */
export function generateDataset(id: string, params: Partial<Values> = {}, seed = 0): Dataset {
  const row = generatorOf(id);
  return row.generate(fillValues(row, params), Random.stream(seed, 'data'));
}

export { constantFeatures, scaleFeatures, scaleTargets } from './scaling';
export { splitDataset } from './split';
export type { Dataset, DatasetGenerator, Targets } from './dataset';
export type { FeatureScaling, Scaling } from './scaling';
export type { Split } from './split';
