// npm run bench [name ...] [-- key=value ...]: runs the benches named, or the quick ones, and prints what they measured.
import os from 'node:os';

/** A bench; it prints its own table. */
export interface Bench {
  readonly name: string;
  readonly summary: string;
  /** Whether it runs where none is named. */
  readonly quick: boolean;
  /** `words` are those of the command line that are no name of a bench. */
  readonly load: () => Promise<{ run(words: readonly string[]): Promise<void> }>;
}

/** Every bench: a new one is a file beside this and a row here. */
const benches: readonly Bench[] = [
  {
    name: 'redraw',
    summary: 'milliseconds a redraw of the lab while a slider is dragged, in the test browser',
    quick: true,
    load: () => import('./redraw'),
  },
  {
    name: 'frames',
    summary:
      'milliseconds a frame of the lab: at rest, under the cursor, in a drag, as t is played, and as a model trains',
    quick: true,
    load: () => import('./frames'),
  },
  {
    name: 'points',
    summary: 'points of time a second at which each family of schedules is evaluated',
    quick: true,
    load: () => import('./points'),
  },
  {
    name: 'ideal',
    summary: 'milliseconds that the ideal denoiser of a data set takes',
    quick: true,
    load: () => import('./ideal'),
  },
  {
    name: 'integrators',
    summary: 'milliseconds of 1000 paths of RK4 beside NumPy, microseconds and bytes a step of every method',
    quick: true,
    load: () => import('./integrators'),
  },
  {
    name: 'ownModel',
    summary: 'microseconds a call of u in Python, by the number of states, beside the same u here',
    quick: true,
    load: () => import('./ownModel'),
  },
  {
    name: 'methods',
    summary:
      "milliseconds and accuracy of every integrator at N = 4 to 128 on the digits, beside PyTorch's milliseconds an evaluation",
    quick: false,
    load: () => import('./methods'),
  },
  {
    name: 'trainer',
    summary: "steps of training a second, and milliseconds of sampling, beside PyTorch's where there is one (minutes)",
    quick: false,
    load: () => import('./trainer'),
  },
  {
    name: 'images',
    summary: "seconds of noprop train on 10,000 images, from start to end, beside PyTorch's (minutes)",
    quick: false,
    load: () => import('./images'),
  },
  {
    name: 'live',
    summary:
      'steps a second of a training that is watched over one that is not, and how soon it is seen to learn (minutes)',
    quick: false,
    load: () => import('./live'),
  },
  {
    name: 'blocks',
    summary: 'steps a second of the blocks of NoProp-DT over two threads and over one (minutes)',
    quick: false,
    load: () => import('./blocks'),
  },
  {
    name: 'memory',
    summary: 'the most memory a process has that trains on 60,000 images of 28 x 28 (a minute)',
    quick: false,
    load: () => import('./memory'),
  },
  {
    name: 'accuracy',
    summary: 'accuracy of every model on the samples over seeds 0 to 9, beside backpropagation (minutes)',
    quick: false,
    load: () => import('./accuracy'),
  },
  {
    name: 'torchScript',
    summary: 'accuracy on digits over 10 seeds, ours beside that of the exported PyTorch script (minutes)',
    quick: false,
    load: () => import('./torchScript'),
  },
  {
    name: 'schedules',
    summary: "the loss and the spread of a row's, under fixed and learned schedules with the same ends (minutes)",
    quick: false,
    load: () => import('./schedules'),
  },
];

async function main(words: readonly string[]): Promise<void> {
  if (words.includes('--help') || words.includes('--list')) {
    for (const { name, summary, quick } of benches) console.log(`${name}${quick ? '' : ' *'}: ${summary}`);
    return console.log('* runs only where it is named');
  }
  const named = benches.filter(({ name }) => words.includes(name));
  const cpu = os.cpus();
  console.log(`${new Date().toISOString()}, node ${process.version}, ${cpu.length} x ${cpu[0]?.model ?? 'unknown'}`);
  for (const { name, summary, load } of named.length ? named : benches.filter(({ quick }) => quick)) {
    const load1 = os.loadavg()[0]!.toFixed(2);
    console.log(`\n${name}: ${summary}; load average ${load1} before it began`);
    await (await load()).run(words.filter((word) => word !== name));
  }
}

void main(process.argv.slice(2));
