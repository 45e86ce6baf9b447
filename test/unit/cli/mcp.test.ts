import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult, Progress } from '@modelcontextprotocol/sdk/types.js';
import manifest from '../../../package.json';
import { commands } from '../../../src/cli/commands';
import { tools } from '../../../src/protocol/tools';
import { eventually } from '../../harness/wait';
import { schemaProblem } from '../support/jsonSchema';
import { script } from './noprop';

type Result = Record<string, unknown>;

describe('noprop mcp, with dist/cli', function () {
  this.timeout(120_000);
  let folder: string;
  let client: Client;
  let transport: StdioClientTransport;
  const at = (...names: string[]) => path.join(folder, ...names);

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop mcp '));
    for (const name of ['iris.csv', 'iris.noprop.json', 'moons.noprop.json'])
      await fs.copyFile(path.join('media/samples', name), at(name));
    transport = new StdioClientTransport({ command: process.execPath, args: [script, 'mcp'], cwd: folder });
    client = new Client({ name: 'test', version: '1' });
    await client.connect(transport);
  });
  after(async () => {
    await client.close();
    await fs.rm(folder, { recursive: true, force: true });
  });

  const call = (name: string, input: Result, options = {}) =>
    client.callTool({ name, arguments: input }, undefined, options) as Promise<CallToolResult>;

  /** What a tool answers, by its output schema: the client refuses what is not. */
  const result = async (name: string, input: Result, options = {}): Promise<Result> => {
    const { structuredContent, content, isError } = await call(name, input, options);
    assert.ok(!isError, JSON.stringify(content));
    assert.ok(structuredContent);
    assert.deepEqual(JSON.parse((content[0] as { text: string }).text), structuredContent);
    return structuredContent;
  };

  const refused = async (name: string, input: Result): Promise<string> => {
    const { isError, content } = await call(name, input);
    assert.equal(isError, true);
    return (content[0] as { text: string }).text;
  };

  it('says who it is, and lists every tool with title, schemas and hints; each is a command of the terminal', async () => {
    assert.deepEqual(
      [client.getServerVersion()?.name, client.getServerVersion()?.version],
      ['noprop-lab', manifest.version],
    );
    const listed = (await client.listTools()).tools;
    assert.deepEqual(
      listed.map(({ name }) => name),
      tools.map(({ name }) => name),
    );
    const names = commands.map(({ name }) => name);
    for (const { name, title, description, inputSchema, outputSchema, annotations } of listed) {
      assert.ok(names.includes(name), name);
      assert.ok(title && description && inputSchema.type === 'object' && annotations, name);
      assert.equal(inputSchema.additionalProperties, false, name);
      assert.equal(outputSchema !== undefined, name !== 'export', name);
      const reads = ['list', 'schedule', 'check'].includes(name);
      assert.equal(annotations.readOnlyHint, reads, name);
      assert.equal(annotations.destructiveHint, !reads && name !== 'train', name);
    }
  });

  it('list and schedule answer as the terminal does', async () => {
    const { schedules } = (await result('list', { kind: 'schedules' })) as { schedules: { id: string }[] };
    assert.ok(schedules.some(({ id }) => id === 'cosine'));
    const { rows } = (await result('schedule', {
      id: 'linear-gamma',
      at: [0.5],
      params: { gammaMin: -4, gammaMax: 4 },
    })) as {
      rows: { logSnr: number }[];
    };
    assert.deepEqual(
      rows.map(({ logSnr }) => logSnr),
      [0],
    );
    assert.equal(((await result('check', {})) as { checks: unknown[] }).checks.length, 1);
  });

  it('refuses what its schema does not allow, and names it', async () => {
    assert.match(await refused('list', { kind: 'nothing' }), /^list: kind/);
    assert.match(await refused('list', { kind: 'schedules', more: 1 }), /more/);
    assert.match(await refused('schedule', {}), /give either id or file/);
    assert.match(await refused('schedule', { id: '--help' }), /unknown schedule "--help"/);
    assert.match(await refused('schedule', { id: 'betas', inputs: { table: '@iris.csv' } }), /not as a file/);
    assert.match(await refused('train', { file: 'none.noprop.json' }), /none\.noprop\.json/);
    assert.match(await refused('nothing', {}), /there is no tool "nothing": choose one of list, schedule/);
  });

  it('trains with progress that grows, into noprop-runs or the folder that is named', async () => {
    const seen: Progress[] = [];
    const input = { file: 'iris.noprop.json', set: { 'training.steps': 400 }, seeds: 2, out: 'kept' };
    const made = (await result('train', input, { onprogress: (one: Progress) => seen.push(one) })) as {
      runs: { steps: number; run: string }[];
    };
    assert.deepEqual(
      made.runs.map(({ steps }) => steps),
      [400, 400],
    );
    for (const { run } of made.runs) assert.equal(path.dirname(run), await fs.realpath(at('kept')));
    assert.ok(seen.length > 1);
    assert.ok(seen.every(({ progress }, i) => i === 0 || progress > seen[i - 1]!.progress));
    const one = await result('train', { file: 'moons.noprop.json', set: { 'training.steps': 20 } });
    assert.equal(path.dirname(one.run as string), await fs.realpath(at('noprop-runs')));
  });

  it('compares on runs, with progress', async () => {
    const runs = readdirSync(at('kept')).filter((id) => existsSync(at('kept', id, 'run.json')));
    const seen: Progress[] = [];
    const input = { file: 'iris.noprop.json', runs: runs.map((id) => `kept/${id}`), methods: ['euler'], steps: [2, 4] };
    const { rows } = (await result('compare', input, { onprogress: (one: Progress) => seen.push(one) })) as {
      rows: unknown[];
    };
    assert.equal(rows.length, 2);
    assert.ok(seen.length > 0);
  });

  it('a training that is cancelled stops, and its run stays', async () => {
    const stopping = new AbortController();
    const input = { file: 'moons.noprop.json', set: { 'training.steps': 1_000_000 }, out: 'stopped' };
    const training = call('train', input, { signal: stopping.signal, onprogress: () => stopping.abort('enough') });
    await assert.rejects(training, /enough/);
    const state = async () => {
      const [id] = readdirSync(at('stopped')).filter((name) => existsSync(at('stopped', name, 'run.json')));
      return (JSON.parse(await fs.readFile(at('stopped', id!, 'run.json'), 'utf8')) as { state: string }).state;
    };
    await eventually('it has stopped', async () => (await state()) === 'stopped');
  });

  it('exports and imports, and replaces no file without force', async () => {
    const exported = { file: 'moons.noprop.json', format: 'sigmas', out: 'sigmas.txt' };
    await call('export', exported);
    const text = await fs.readFile(at('sigmas.txt'), 'utf8');
    const imported = await result('import', { file: 'sigmas.txt', as: 'sigmas', out: 'again.noprop.json' });
    assert.equal(imported.format, 'sigmas');
    assert.match(
      await refused('import', { file: 'sigmas.txt', out: 'again.noprop.json' }),
      /again\.noprop\.json exists/,
    );
    await fs.writeFile(at('sigmas.txt'), 'mine');
    assert.match(await refused('export', exported), /sigmas\.txt exists/);
    assert.equal(await fs.readFile(at('sigmas.txt'), 'utf8'), 'mine');
    assert.ok(!(await call('export', { ...exported, force: true })).isError);
    assert.equal(await fs.readFile(at('sigmas.txt'), 'utf8'), text);
  });

  it('every input is described, and an example of each is valid by its schema', async () => {
    const examples: Record<string, Result> = {
      list: { kind: 'data' },
      schedule: { id: 'cosine' },
      check: { schedules: ['cosine'] },
      train: { file: 'a' },
      compare: { file: 'a', methods: ['all'] },
      import: { file: 'a' },
      export: { file: 'a', format: 'json', out: 'b' },
    };
    for (const { name, inputSchema } of (await client.listTools()).tools) {
      assert.equal(schemaProblem(inputSchema, examples[name]), undefined, name);
      for (const [key, field] of Object.entries(inputSchema.properties!))
        assert.ok((field as { description?: string }).description, `${name}.${key}`);
    }
  });

  it('ends by itself when its caller has gone', async () => {
    const { pid } = transport;
    await client.close();
    const lives = () => {
      try {
        return process.kill(pid!, 0);
      } catch {
        return false;
      }
    };
    await eventually('the server has ended', () => !lives());
  });
});
