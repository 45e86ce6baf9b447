import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { listKind, listKinds, shownImport, type ImportChoice, type Imported } from '../../core/imports';
import { InputError } from '../../core/registry/problem';
import { entryLabel } from '../../core/schedules/entry';
import type { ScheduleEntry } from '../../core/schedules/entrySchema';
import { labelText } from '../../core/text/plainText';
import { askText, choose } from '../ask';
import type { ExperimentSource } from '../experimentSource';
import { openUntitled } from '../untitled';
import type { CommandContext } from './commandContext';
import { say } from '../say';

/** What a caller by id may settle in advance. */
interface ImportRequest extends ImportChoice {
  readonly file?: vscode.Uri;
  /** Where the schedule goes: into a new experiment, or beside those of the open lab. Where it is given, nothing is asked. */
  readonly into?: 'new' | 'lab';
}

const EXTENSIONS = ['json', 'npy', 'npz', 'csv', 'tsv', 'txt', 'safetensors'];

/**
 * NoProp: Import Scheduler File. Makes an experiment of a file of another program, or adds its schedule to the open lab,
 * and shows there what of the file was used. Answers what was imported; undefined where the user gave up.
 */
export async function importScheduler(
  context: CommandContext,
  given: vscode.Uri | ImportRequest = {},
): Promise<Imported | undefined> {
  const request: ImportRequest = given instanceof vscode.Uri ? { file: given } : given;
  const file = request.file ?? (await askFile());
  if (!file) return undefined;
  const imported = await read(context, file.fsPath, request);
  if (!imported) return undefined;
  const into = request.into ?? (await askWhere(context, imported));
  if (!into) return undefined;
  const replace = into === 'lab' ? await addToLab(context.current(), imported) : await openNew(context, imported);
  context.labs.show('schedules', false);
  report(context, file.fsPath, imported, replace);
  return imported;
}

/** Puts what another import made in place of what an import made. */
type Replace = (imported: Imported) => Promise<void>;

/** Shows what an import made, with the way to take its numbers for something else. */
function report(context: CommandContext, file: string, imported: Imported, replace: Replace): void {
  context.labs.showReport(shownImport(imported, path.basename(file)), async (as) => {
    const again = await context.runStore.computations.importFile(file, { as });
    await replace(again);
    report(context, file, again, replace);
  });
}

/** Opens an unsaved experiment of its own. */
async function openNew({ labs, current }: CommandContext, { experiment }: Imported): Promise<Replace> {
  await openUntitled(JSON.stringify(experiment, null, 2) + '\n');
  const source = labs.last ?? current();
  return async ({ experiment: other }) => {
    const { schedules, dynamics, integrator, grid } = other;
    const parts = Object.entries({ schedules, dynamics, integrator, grid });
    await source.edit(parts.map(([key, value]) => ({ path: [key], value })));
  };
}

/** Adds the first schedule to those of a lab, under the name of the class, in one undoable edit. */
async function addToLab(source: ExperimentSource, imported: Imported): Promise<Replace> {
  const entryOf = ({ experiment }: Imported): ScheduleEntry => {
    const entry = experiment.schedules[0]!;
    return { ...entry, label: `${experiment.name}: ${entryLabel(entry)}` };
  };
  let place = source.experiment().schedules.length;
  let added = entryOf(imported);
  await source.edit([{ path: ['schedules', place], value: added, insert: true }]);
  return async (again) => {
    if (!again.hasSchedule)
      throw new InputError(say`These numbers say nothing of the noise: import the file as a new experiment`);
    const { schedules } = source.experiment();
    const value = entryOf(again);
    // where the schedule was changed or moved meanwhile, the other one is added
    const stands = isDeepStrictEqual(schedules[place]?.inputs, added.inputs) && schedules[place]?.label === added.label;
    if (!stands) place = schedules.length;
    added = value;
    await source.edit([{ path: ['schedules', place], value, ...(!stands && { insert: true }) }]);
  };
}

async function askFile(): Promise<vscode.Uri | undefined> {
  const filters = { [say`Schedulers and lists of numbers`]: EXTENSIONS, [say`All files`]: ['*'] };
  return (
    await vscode.window.showOpenDialog({ title: say`Scheduler to import`, openLabel: say`Import`, filters })
  )?.[0];
}

/** Reads a file; asks for what it leaves open: the length of a sequence, or what its numbers are. */
async function read(context: CommandContext, file: string, choice: ImportRequest): Promise<Imported | undefined> {
  const { as, sequenceLength } = choice;
  const asks = choice.into === undefined;
  const first = await context.runStore.computations.importFile(file, { as, sequenceLength });
  const length = first.assumed.find(({ key }) => key === 'sequence length');
  if (length && asks) return askLength(context, file, as, length.value);
  if (first.format === 'list' && asks) return askKind(context, file, first);
  return first;
}

/** The import at a length of the sequence that the person gives. */
async function askLength(context: CommandContext, file: string, as: string | undefined, largest: string) {
  const text = await askText({
    title: say`Length of the sequence`,
    prompt: say`The shift depends on the number of tokens of a picture. ${largest} is the largest of this model.`,
    value: largest,
    validateInput: (value) =>
      /^[1-9]\d{0,8}$/.test(value.trim()) ? undefined : say`A whole number from 1 to 999999999`,
  });
  if (text === undefined) return undefined;
  return context.runStore.computations.importFile(file, { as, sequenceLength: Number(text) });
}

/** The import with its numbers taken for what the person says: what was recognised comes first. */
async function askKind(context: CommandContext, file: string, first: Imported): Promise<Imported | undefined> {
  const kind = listKind(first);
  const rows = listKinds.map(({ id, title, summary }) => ({
    label: title,
    description: id === kind ? 'recognised' : '',
    detail: summary,
    id,
  }));
  rows.sort((a, b) => Number(b.id === kind) - Number(a.id === kind));
  const chosen = await choose(rows, { title: say`What are these numbers?`, placeHolder: say`Choose what the file holds` }); // prettier-ignore
  if (!chosen || chosen.id === kind) return chosen && first;
  return context.runStore.computations.importFile(file, { as: chosen.id });
}

/** Asks whether the schedule joins the open lab; not where none is open, or the file has no schedule of its own. */
async function askWhere(
  { labs }: CommandContext,
  { hasSchedule, format }: Imported,
): Promise<'new' | 'lab' | undefined> {
  const open = labs.last;
  if (!open || !hasSchedule || format === 'weights') return 'new';
  const rows = [
    { label: say`Open as a new experiment`, detail: say`With its step grid and integrator`, into: 'new' as const },
    {
      label: say`Add to ${labelText(open.file)}`,
      detail: say`One more schedule beside those it has`,
      into: 'lab' as const,
    },
  ];
  return (await choose(rows, { title: say`Import Scheduler File` }))?.into;
}
