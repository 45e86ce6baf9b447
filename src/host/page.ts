import * as vscode from 'vscode';
import type { Change } from '../core/experiment/document';
import type { HostCalls, PageCalls } from '../protocol/lab';
import { Link, type Message } from '../protocol/rpc';
import { askWhere, openText } from './files';
import { pageHtml, roots, type PageName } from './pageHtml';
import type { Source } from './source';
import type { Training } from './training';
import { exportWeights, importWeights } from './weights';

/**
 * A webview as a cache of a source: it says ready and is given the snapshot, then one after every change.
 * A hidden page loses its messages, so a re-shown one (which reloads) asks again.
 */
export class Page implements vscode.Disposable {
  private readonly link: Link<HostCalls, PageCalls>;
  private readonly listeners: vscode.Disposable;
  private wanted: [tab: string, start: boolean, part: string | undefined] | undefined;
  private watched: vscode.Disposable | undefined;
  private listening = false;
  /** Done when every edit so far is. */
  private edits: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly webview: vscode.Webview,
    private source: Source,
    private readonly training: Training,
    extension: vscode.Uri,
    name: PageName,
    log: vscode.LogOutputChannel,
  ) {
    this.link = new Link<HostCalls, PageCalls>((message) => void webview.postMessage(message), {
      ready: () => {
        this.listening = true;
        log.debug(`${name} page is ready: ${this.source.file}`);
        // after the answer: a tab can be shown once there is something to show
        setTimeout(() => this.wanted && this.open(...this.wanted), 0);
        return this.source.snapshot();
      },
      edit: (changes) => this.edit(changes),
      showText: (offset) => this.source.showText(offset),
      openLab: () => this.source.openLab(),
      save: () => this.source.save(),
      saveFile: async ({ name: file, content, encoding }) => {
        const extensionName = file.split('.').pop()!;
        const uri = await askWhere(file, { [extensionName.toUpperCase()]: [extensionName] });
        if (uri) await vscode.workspace.fs.writeFile(uri, Buffer.from(content, encoding));
        return uri !== undefined;
      },
      openText: (title, extensions) => openText(title, extensions),
      copy: async (text) => vscode.env.clipboard.writeText(text),
      runs: () => this.runs(),
      train: async (resume) => training.train(await this.settled(), resume).ended,
      trainModels: async () => training.trainModels(await this.settled()).ended,
      stop: (id) => training.stop(id),
      exportWeights: async (run) => (await exportWeights(training, run)) !== undefined,
      importWeights: async () => importWeights(training, await this.settled()),
      metrics: (run) => training.metrics(run),
      evaluation: (run) => training.evaluation(run),
      trajectories: (run) => training.trajectories(run),
      boundary: (run) => training.boundary(run),
      assessment: (run) => training.assessment(run),
      stepCurve: (run) => training.stepCurve(run),
      cancelEvaluation: () => training.cancelEvaluation(),
      dynamics: (experiment) => training.dynamics(experiment, this.source.folder),
      cancelDynamics: () => training.cancelDynamics(),
      compare: async (run, also) => training.compare(await this.settled(), run, also),
      cancelCompare: () => training.cancelCompare(),
      conclude: async (run) => training.conclude(await this.settled(), run),
      conclusion: (run) => training.conclusion(run),
      cancelConclude: () => training.cancelConclude(),
      comparedPaths: (of, choices) => training.comparedPaths(this.source.folder, of, choices),
      comparisons: () => this.comparisons(),
      comparison: (id) => training.comparison(id),
      removeComparison: async (id) => {
        await training.removeComparison(id);
        return this.comparisons();
      },
    });
    this.listeners = vscode.Disposable.from(
      webview.onDidReceiveMessage((message: Message) => this.link.receive(message)),
      training.onDidChange(async () => this.send('runs', await this.runs())),
      training.onProgress((progress) => this.send('progress', progress)),
      training.onComparing((share) => this.send('comparing', share)),
      training.onConcluding((share) => this.send('concluding', share)),
      training.onPicturing((share) => this.send('picturing', share)),
      training.onEvaluating((share) => this.send('evaluating', share)),
    );
    webview.options = { enableScripts: true, localResourceRoots: roots(extension) };
    webview.html = pageHtml(webview, extension, name);
    this.watch(source);
  }

  /** Shows another source from now on. */
  watch(source: Source): void {
    this.watched?.dispose();
    this.source = source;
    this.watched = source.onDidChange(() => this.show());
    this.show();
  }

  /** Shows a tab, and starts what it is for; once the page listens. */
  open(tab: string, start: boolean, part?: string): void {
    this.wanted = this.listening ? undefined : [tab, start, part];
    this.send('open', tab, start, part);
  }

  private edit(changes: readonly Change[]): Promise<void> {
    const made = this.source.edit(changes);
    this.edits = Promise.allSettled([this.edits, made]);
    return made;
  }

  /** The source once it holds what the page shows: the page asks for pictures of an edit without awaiting it. */
  private async settled(): Promise<Source> {
    await this.edits;
    return this.source;
  }

  private show(): void {
    this.send('show', this.source.snapshot());
  }

  private runs() {
    return this.training.runsOf(this.source.snapshot().experiment?.name);
  }

  private comparisons() {
    const { experiment } = this.source.snapshot();
    return experiment ? this.training.comparisons(experiment.name) : [];
  }

  private send<K extends keyof PageCalls>(name: K, ...args: Parameters<PageCalls[K]>): void {
    // a page that is gone takes no message, and asks again when it is back
    if (this.listening) void this.link.call(name, ...args).catch(() => undefined);
  }

  dispose(): void {
    this.watched?.dispose();
    this.listeners.dispose();
    this.link.close('the page was closed');
  }
}
