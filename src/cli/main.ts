import { runCommandLine } from './commandLine';
import { processTerminal } from './terminal';

// A reader that stops early (head, say) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
// A terminal that is gone takes no more words; what is under way goes on to where it can be kept.
process.stderr.on('error', () => undefined);

void runCommandLine(process.argv.slice(2), processTerminal()).then((code) => {
  process.exitCode = code;
});
