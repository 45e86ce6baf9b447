import path from 'node:path';
import type { TrainerService } from '../../trainer/service/trainerService';
import { parseSeveral } from '../arguments';
import { openTrainer } from '../openTrainer';
import { readVersion } from '../version';
import type { CliCommand } from './command';

const USAGE = 'mcp [--out DIR]';

/** `noprop mcp`: the tools of agents over standard input and output. */
export const mcp: CliCommand = {
  name: 'mcp',
  usage: USAGE,
  summary:
    'Serves list, schedule, check, train, compare, import and export as tools over the Model Context Protocol, on standard input ' +
    'and output, until the input ends. Runs are kept in DIR (noprop-runs) unless a call names another folder.',
  async run(args, terminal) {
    const { values } = parseSeveral(args, { out: { type: 'string' } }, USAGE, 0);
    const [{ createServer }, { StdioServerTransport }] = await Promise.all([
      import('../mcp/server'),
      import('@modelcontextprotocol/sdk/server/stdio.js'),
    ]);
    let opened: Promise<TrainerService> | undefined;
    const trainer = () => (opened ??= openTrainer(terminal));
    const place = { folder: process.cwd(), runs: path.resolve(values.out ?? 'noprop-runs') };
    const server = createServer(await readVersion(terminal), place, { kernels: terminal.kernels, trainer });
    const closed = new Promise<void>((resolve) => (server.onclose = resolve));
    process.stdin.once('end', () => void server.close());
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void server.close());
    await server.connect(new StdioServerTransport());
    await closed;
    // a training that nobody waits for any more keeps what it has
    if (opened) await (await opened).call('close', ['the caller of the tool has gone']);
  },
};
