import type { Experiment } from '../../experiment/experiment';
import { numpy } from '../numpy';

/** A cell of a notebook: words, or code of Python. */
export interface Cell {
  readonly kind: 'markdown' | 'code';
  readonly text: string;
}

const words = (...lines: readonly string[]): Cell => ({ kind: 'markdown', text: lines.join('\n\n') });

const code = (text: string): Cell => ({ kind: 'code', text: text.trim() });

/** Text on a line of Markdown as it is written. */
const plain = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/[\\`*_{}[\]<>#|$!]/g, '\\$&');

const TOOLS = String.raw`
import csv
import json
import pathlib
import shutil
import subprocess

try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None  # numbers are printed in the place of pictures


def draw(title, across, up, lines, scale="linear", marker=None):
    """Draws lines, name: (numbers across, numbers up); where there is no matplotlib, prints them."""
    if plt is None:
        print(title)
        for name, (xs, ys) in lines.items():
            some = range(0, len(xs), max(1, len(xs) // 10))
            print(f"  {name}:", ", ".join(f"({xs[k]:.4g}, {ys[k]:.4g})" for k in some))
        return
    _, axes = plt.subplots(figsize=(6, 4))
    for name, (xs, ys) in lines.items():
        axes.plot(xs, ys, label=name, marker=marker)
    axes.set(title=title, xlabel=across, ylabel=up, xscale=scale, yscale=scale)
    axes.legend()
    plt.show()


def noprop(*args):
    """What the command noprop prints."""
    program = shutil.which("noprop")
    if program is None:
        raise FileNotFoundError("the command noprop is not on the PATH: start Jupyter in a terminal of VS Code, once NoProp Lab is open there")
    done = subprocess.run([program, *map(str, args)], capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return done.stdout
`;

const CURVES = String.raw`
times = np.linspace(0, 1, 201)
curves = [(label, schedule.quantities(times)) for label, schedule in SCHEDULES]
draw("Signal share", "t, from noise to data", "alphaBar", {label: (times, row["alphaBar"]) for label, row in curves})
`;

const OVERSHOOT = String.raw`
draw("Overshoot term", "t, from noise to data", "(1 + alphaBar)/2", {label: (times, (1 + row["alphaBar"]) / 2) for label, row in curves})
`;

const TRAINING = String.raw`
RUN = None  # the folder of a run, to read that in place of training

if RUN is None:
    RUN = json.loads(noprop("train", FILE, "--json"))["run"]
RUN = pathlib.Path(RUN)
record = json.loads((RUN / "run.json").read_text(encoding="utf-8"))
for key in ("state", "step", "trainAccuracy", "testAccuracy", "trainRmse", "testRmse"):
    if key in record:
        print(key, record[key])

with open(RUN / "metrics.csv", encoding="utf-8", newline="") as file:
    metrics = list(csv.DictReader(file))
name = next(name for name in metrics[0] if name.startswith("loss"))
rows = [(int(row["step"]), float(row[name])) for row in metrics if row[name]]
draw("Training", "step", name, {"loss": tuple(zip(*rows))})
`;

const COMPARISON = String.raw`
found = json.loads(noprop("compare", FILE, ARGUMENTS"--json"))
print(found["problem"])
lines = {}
for row in found["rows"]:
    if row["status"] != "refused" and row["error"]:
        lines.setdefault((row["integrator"], row["gridTitle"]), []).append((row["evaluations"], row["error"]))
lines = {", ".join(key): tuple(zip(*sorted(points))) for key, points in lines.items()}
draw("Integrators", "evaluations of u", "error", lines, scale="log", marker="o")
`;

/** JSON between Python's quotes of a raw text: an apostrophe, which stands in strings alone, is escaped. */
const rawJson = (experiment: Experiment): string =>
  JSON.stringify(experiment, null, 1).replaceAll("'", String.raw`\u0027`);

/** The cells of an experiment: the code of its schedule, pictures, training and a comparison. `stem` names its file. */
export function cellsOf(experiment: Experiment, stem: string): readonly Cell[] {
  const onRun = experiment.model.id === 'ct' || experiment.model.id === 'fm';
  const file = `${stem}.notebook.noprop.json`;
  return [
    words(
      `# ${plain(experiment.name)}`,
      'An experiment of NoProp Lab. It needs NumPy; with matplotlib it draws, without it prints. Training and comparing need the command `noprop`.',
      'Time t runs from 0 (noise) to 1 (data).',
    ),
    words(
      '## Schedules, dynamics and steps',
      'The lab’s formulas in NumPy: `SCHEDULES`, `rates(t)`, `TIMES` and `sample(u, z)`.',
    ),
    code(String(numpy.write({ experiment }, `${stem}.py`))),
    code(TOOLS),
    words('## The schedule', 'How much of z is signal at each time.'),
    code(CURVES),
    words('The overshoot term (1 + ᾱ)/2 of the note: how far the state runs ahead of √ᾱ.'),
    code(OVERSHOOT),
    words(
      '## Training',
      `The whole experiment, written to \`${plain(file)}\` beside this notebook. Paths of data in it are relative to that file.`,
    ),
    code(
      `EXPERIMENT = json.loads(r'''${rawJson(experiment)}''')\nFILE = pathlib.Path(${JSON.stringify(file)})\nFILE.write_text(json.dumps(EXPERIMENT, indent=2), encoding="utf-8")`,
    ),
    code(TRAINING),
    words(
      '## Integrators',
      onRun
        ? 'The error of each on the trained network, against how often it asks the network.'
        : 'The error of each on the u in closed form of the experiment, against how often it asks for u.',
    ),
    code(COMPARISON.replace('ARGUMENTS', onRun ? '"--run", RUN, ' : '')),
  ];
}
