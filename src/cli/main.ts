import { runCommandLine } from './commandLine';
import { processTerminal } from './terminal';

// A reader that stops early (head, say) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
// A terminal that is gone takes no more words; what is under way goes on to where it can be kept.
process.stderr.on('error', () => undefined);

// VS Code's runtime is node by this variable; a program that is started from here is not to read it.
delete process.env.ELECTRON_RUN_AS_NODE;

void runCommandLine(process.argv.slice(2), processTerminal()).then((code) => {
  process.exitCode = code;
});
