import * as vscode from 'vscode';
import { parseExperiment } from '../core/experiment/document';
import { isExperiment } from './experimentSource';

const SEVERITY = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
};

/** Squiggles for what the JSON schema cannot say: how parameters relate, misspelt parameters, newer versions. */
export function watchProblems(): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('noprop');
  const check = (document: vscode.TextDocument) => {
    if (!isExperiment(document.uri)) return;
    const found = parseExperiment(document.getText()).problems.filter((problem) => !problem.inSchema);
    collection.set(
      document.uri,
      found.map(({ offset, length, message, severity }) => {
        const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
        const diagnostic = new vscode.Diagnostic(range, message, SEVERITY[severity]);
        diagnostic.source = 'NoProp';
        return diagnostic;
      }),
    );
  };
  vscode.workspace.textDocuments.forEach(check);
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
  );
}
