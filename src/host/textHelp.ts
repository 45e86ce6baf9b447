import * as vscode from 'vscode';
import { repairsIn } from '../core/experiment/repairs';
import { noteAt } from '../core/experiment/settingNotes';
import { editTo } from './documentEdits';
import { SUFFIX } from './experimentSource';

const EXPERIMENTS: vscode.DocumentSelector = { pattern: `**/*${SUFFIX}` };

/** The most characters of a text that is read anew for each question: a longer one would hold up the editor. */
const LONGEST = 1e6;

/** Quick fixes for the problems of an experiment's text, and notes of its settings under the pointer. */
export const helpWithText = (): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider(
      EXPERIMENTS,
      { provideCodeActions },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    vscode.languages.registerHoverProvider(EXPERIMENTS, { provideHover }),
  );

function provideCodeActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  const text = document.getText();
  if (text.length > LONGEST) return [];
  const mendable = repairsIn(text, document.offsetAt(range.start), document.offsetAt(range.end));
  return mendable.flatMap(({ problem, repairs }) => {
    const { offset, length } = problem;
    const marked = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
    return repairs.map((repair, i) => {
      const action = new vscode.CodeAction(repair.title, vscode.CodeActionKind.QuickFix);
      action.edit = editTo(document, repair.text);
      action.diagnostics = diagnostics.filter((one) => one.range.intersection(marked) !== undefined);
      action.isPreferred = i === 0;
      return action;
    });
  });
}

function provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
  const text = document.getText();
  if (text.length > LONGEST) return undefined;
  const note = noteAt(text, document.offsetAt(position));
  if (!note) return undefined;
  const range = new vscode.Range(document.positionAt(note.offset), document.positionAt(note.offset + note.length));
  return new vscode.Hover(new vscode.MarkdownString(note.markdown), range);
}
