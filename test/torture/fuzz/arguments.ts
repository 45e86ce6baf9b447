import fs from 'node:fs';
import path from 'node:path';
import { runCommandLine } from '../../../src/cli/commandLine';
import type { FaultRun } from '../fault';
import { asJson, fuzzFault, Refused } from './reader';
import type { Mutation } from './mutation';

type Words = readonly string[];

/** Command lines that work, but for those that would train: their file is missing, and all else is read before it. */
const LINES: readonly Words[] = [
  ...[['list'], ['list', 'schedules', '--json'], ['list', 'presets'], ['--help'], ['train', '--help']],
  ['schedule', 'linear-gamma', '--param', 'gammaMin=-5', '--at', '0,0.5,1', '--json'],
  ['schedule', 'betas', '--input', 'table=0.01,0.02,0.03', '--modifier', 'shift:shift=2', '--at', '0.5'],
  ['schedule', 'expression', '--input', 'formula=t^2', '--at', '0.25'],
  ['schedule', 'preset:edm', '--diagnose', '--steps', '8'],
  ['export', 'a.noprop.json', '--format', 'json', '--out', 'out.json', '--force'],
  ['export', 'a.noprop.json', '--format', 'csv', '--out', 'out.csv', '--force'],
  [
    'train',
    'none.noprop.json',
    '--seed',
    '3',
    '--seeds',
    '2',
    '--workers',
    '1',
    '--out',
    'runs',
    '--set',
    'training.steps=5',
  ],
  ['resume', 'none', '--workers', '1', '--json'],
  ['evaluate', 'none', '--checkpoint', '20', '--part', 'test', '--steps', '1,2,4', '--json'],
  [
    'compare',
    'none.noprop.json',
    '--methods',
    'euler,heun',
    '--steps',
    '4,8',
    '--grids',
    'karras',
    '--norm',
    'rms',
    '--aim',
    '0.01',
  ],
  ['compare', '--open', 'none.json', '--table', 'latex'],
  ['compare-models', 'none.noprop.json', '--seeds', '2', '--out', 'runs'],
  ['sweep', 'none.noprop.json', '--over', 'training.batch=8,16', '--method', 'random', '--cells', '3', '--factor', '2'],
  ['runs', 'compare', 'none', '--runs', 'a,b', '--table', 'csv', '--over-seeds'],
  ['runs', 'remove', 'none', 'a', '--restore', '--json'],
  ['runs', 'prune', 'none', '--older-than', '30d', '--keep', '3', '--state', 'failed'],
  ['conclude', 'none', '--schedule', 'cosine', '--steps', '4,8'],
  ['predict', 'none', '--data', 'a.csv', '--out', 'b.csv', '--force'],
  ['weights', 'export', 'none', '--out', 'w.safetensors'],
  ['weights', 'import', 'w.safetensors', '--experiment', 'none.noprop.json'],
];

const WORDS = [
  '--',
  '-',
  '=',
  ',',
  ':',
  '.',
  '0',
  '1e9',
  '-1',
  'NaN',
  'constructor',
  '--json',
  '--out',
  '--set',
  '--force',
  'x',
  '""',
  '@x',
  '[',
  '\u0000',
  '٣',
];

const isFlag = (word: string) => word.startsWith('--');

/** A line with words changed, doubled, moved, joined or left out; it names no place outside its folder. */
function mutate(mutation: Mutation, line: Words): Words {
  const out = [...line];
  for (let n = mutation.times(); n > 0; n--) {
    const at = mutation.random.integer(out.length + 1);
    const change = mutation.random.integer(7);
    if (change === 0) out.splice(at, 1);
    else if (change === 1) out.splice(at, 0, mutation.pick(WORDS));
    else if (change === 2) out.splice(at, 0, mutation.pick(mutation.pick(LINES)));
    else if (change === 3) out.push(...out.splice(at, 1));
    else if (change === 4 && isFlag(out[at] ?? '')) out.splice(at, 2, `${out[at]}=${out[at + 1] ?? ''}`);
    else if (at < out.length) out[at] = mutation.text(out[at]!, WORDS);
  }
  return out.map((word) =>
    word
      .replace(/[\\/]+/g, '.')
      .replace(/a\.noprop\.json$/, line[0] === 'export' ? 'a.noprop.json' : 'none.noprop.json'),
  );
}

let folder = '';

async function read(line: Words): Promise<void> {
  const warned: string[] = [];
  const terminal = {
    print: () => undefined,
    warn: (text: string) => void warned.push(text),
    showsProgress: false,
    kernels: path.join(ROOT, 'dist'),
  };
  process.chdir(folder);
  const status = await runCommandLine(line, terminal).finally(() => process.chdir(ROOT));
  if (status === 1) throw new Error(warned.join('').slice(0, 200));
  if (status !== 0) throw new Refused(warned.join(''));
}

const ROOT = process.cwd();

function inputs(run: FaultRun): readonly Words[] {
  folder = run.folder();
  for (const name of ['iris.csv', 'iris.noprop.json'])
    fs.copyFileSync(path.join('media/samples', name), path.join(folder, name.replace('iris.noprop', 'a.noprop')));
  return LINES;
}

export const argumentsFault = fuzzFault<Words>({
  name: 'arguments',
  what: 'command lines with words changed are run; those that would train name a file that is missing',
  seconds: 200,
  short: 300,
  inputs,
  mutate,
  read,
  isPast: (_, error) =>
    !/unknown command|Unknown option|unexpected "|an argument is missing|ambiguous/.test(error?.message ?? ''),
  ...asJson<Words>(),
});
