import { InputError, codeOf, messageOf } from '../core/registry/problem';
import { commands, usage } from './commands';

/** Runs one command line. Answers the exit code: 0, 1 for a failure, 2 for bad input. */
async function run([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(usage());
    return name === undefined ? 2 : 0;
  }
  try {
    const command = commands.find((row) => row.name === name);
    if (!command)
      throw new InputError(`unknown command "${name}": choose one of ${commands.map((row) => row.name).join(', ')}`);
    if (args.includes('--help')) process.stdout.write(`noprop ${command.usage}\n\n${command.summary}\n`);
    else await command.run(args);
    return 0;
  } catch (error) {
    process.stderr.write(`noprop: ${messageOf(error)}\n`);
    const code = codeOf(error);
    return code === 'input' || code === 'cancelled' ? 2 : 1;
  }
}

// A reader that stops early (head, say) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

void run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
