import fs from 'node:fs';
import path from 'node:path';
import { CodedError } from '../../../src/core/registry/problem';
import type { Fault, FaultRun, Outcome } from '../fault';
import { Mutation } from './mutation';

/** A part of the lab that reads what somebody else wrote. */
export interface Reader<Input> {
  /** Without "fuzz-". */
  readonly name: string;
  readonly what: string;
  /** About the seconds that 10^5 cases take. */
  readonly seconds: number;
  /** How many cases the short form has. */
  readonly short: number;
  /** Inputs that are read well; changes are made to them. */
  readonly inputs: (run: FaultRun) => readonly Input[] | Promise<readonly Input[]>;
  readonly mutate: (mutation: Mutation, input: Input) => Input;
  /** Reads it, as the lab does. May throw: a CodedError is an answer, anything else is uncaught. */
  readonly read: (input: Input) => unknown;
  /** Whether a refused input got past the reader's first check: it is of the right syntax, and was refused for what it says. */
  readonly isPast: (input: Input, error: Error | undefined) => boolean;
  /** An input as the bytes of a file of the corpus, and back. */
  readonly encode: (input: Input) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => Input;
}

const CORPUS = path.resolve('test/torture/corpus');

const ARTIFACTS = path.resolve('test/artifacts/torture');

/** The inputs that once were not read as they should: each run reads them first. */
const corpusOf = (name: string): readonly Uint8Array[] => {
  const folder = path.join(CORPUS, name);
  const files = fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
  return files.map((file) => fs.readFileSync(path.join(folder, file)));
};

interface Counts {
  past: number;
  read: number;
  slowest: number;
  slowestCase: string;
}

/** The fault of a reader: mutations of inputs that are read well. */
export function fuzzFault<Input>(reader: Reader<Input>): Fault {
  return {
    name: `fuzz-${reader.name}`,
    what: reader.what,
    times: { full: 100_000, short: reader.short },
    seconds: reader.seconds,
    run: (run) => fuzz(reader, run),
  };
}

async function fuzz<Input>(reader: Reader<Input>, run: FaultRun): Promise<Outcome> {
  const counts: Counts = { past: 0, read: 0, slowest: 0, slowestCase: '' };
  const uncaught = new Map<string, { count: number; first: string }>();
  const one = async (input: Input, label: string) => {
    const begun = performance.now();
    let error: unknown;
    try {
      await reader.read(input);
      counts.read++;
      counts.past++;
    } catch (thrown) {
      error = thrown;
    }
    const took = performance.now() - begun;
    if (took > counts.slowest) Object.assign(counts, { slowest: took, slowestCase: label });
    if (error === undefined) return;
    if (error instanceof Refused || error instanceof CodedError) {
      if (reader.isPast(input, error)) counts.past++;
      return;
    }
    const place = placeOf(error);
    const before = uncaught.get(place);
    if (!before) keep(reader, input, label);
    const first =
      before?.first ?? `${label}, ${error instanceof Error ? error.message.trim().slice(0, 200) : typeof error}`;
    uncaught.set(place, { count: (before?.count ?? 0) + 1, first });
  };
  const inputs = await reader.inputs(run);
  const kept = corpusOf(`fuzz-${reader.name}`).map(reader.decode);
  for (const [k, input] of kept.entries()) await one(input, `corpus ${k}`);
  const all = [...inputs, ...kept];
  let done = 0;
  for (; done < run.times && !run.isOver(done); done++) {
    const mutation = new Mutation(run.random(done));
    await one(reader.mutate(mutation, mutation.pick(all)), `case ${done}`);
    if (done % 500 === 499) await new Promise(setImmediate);
  }
  const cases = done + kept.length;
  const wrong = [...uncaught.values()].reduce((sum, { count }) => sum + count, 0);
  return {
    times: done,
    lost: `${wrong} uncaught`,
    recovered: `${(cases - counts.read - wrong).toLocaleString('en')} refused in words, ${counts.read.toLocaleString('en')} read`,
    longest: counts.slowest,
    note: `${((100 * counts.past) / cases).toFixed(0)} % past the first check`,
    failures: [
      ...[...uncaught].map(([place, { count, first }]) => `${count} times uncaught, ${place}; first in ${first}`),
      ...(counts.past ? [] : ['no case got past the first check']),
    ],
  };
}

/** What a reader that answers with problems, in place of an error, throws here. */
export class Refused extends Error {}

/** Where in our code an error came from, and its kind. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'a value that is no Error';
  const calls = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return `${error.name} ${calls
    .slice(0, 2)
    .map((line) => line.trim().replace(/\(.*[\\/]/, '('))
    .join(' ')}`;
}

/** Keeps an input that broke its reader, to be looked at and, made small, put into the corpus. */
function keep<Input>({ name, encode }: Reader<Input>, input: Input, label: string): void {
  const folder = path.join(ARTIFACTS, `fuzz-${name}`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, label.replace(' ', '-')), encode(input));
}

const [encoder, decoder] = [new TextEncoder(), new TextDecoder('utf-8', { ignoreBOM: true })];

/** Texts as files. */
export const asText = {
  encode: (text: string) => encoder.encode(text),
  decode: (bytes: Uint8Array) => decoder.decode(bytes),
};

/** Values as files of JSON. */
export const asJson = <T>() => ({
  encode: (value: T) => encoder.encode(JSON.stringify(value)),
  decode: (bytes: Uint8Array) => JSON.parse(decoder.decode(bytes)) as T,
});

/** Bytes as files. */
export const asBytes = {
  encode: (bytes: Uint8Array) => bytes,
  decode: (bytes: Uint8Array) => Uint8Array.from(bytes),
};
