import * as vscode from 'vscode';
import type { ShownImport } from '../core/imports';
import type { Change } from '../core/experiment/changes';
import type { HostCalls, Snapshot } from '../protocol/hostCalls';
import type { OverlaidRun, PageCalls } from '../protocol/pageCalls';
import { hostSchemas } from '../protocol/hostSchemas';
import { pageSchemas } from '../protocol/pageSchemas';
import { mergeProgress, type TrainingProgress } from '../protocol/progress';
import { Relay } from '../protocol/relay';
import { Link, type Handlers } from '../protocol/rpc';
import { computationHandlers } from './computationHandlers';
import { openText } from './fileDialogs';
import { savePageFile } from './pageFiles';
import { pageHtml, roots, type PageName } from './pageHtml';
import type { RunStore } from './runStore';
import { deleteRuns, openRunFiles } from './runFiles';
import { sweepHandlers } from './sweepTraining';
import { ShownRuns } from './shownRuns';
import type { ExperimentSource } from './experimentSource';
import { reached } from './walkthrough';
import { predictRows } from './predictions';
import { takeDropped } from './takeDropped';
import { openCopy } from './untitled';
import { exportWeights, importWeights } from './weightFiles';

/** What an import made of a file, and the way to import it with its numbers taken for another kind. */
interface OpenReport {
  readonly report: ShownImport;
  readonly again: (as: string) => Promise<void>;
}

/** How a page shows its experiment, kept for when it is made anew. */
export interface KeptView {
  readonly kept: unknown;
  keep(state: unknown): void;
}

/**
 * A webview as a cache of a source: it says that it is ready and gets the snapshot, then one after every change. A page
 * that is hidden loses its messages. When it is shown again it is loaded again, and asks again.
 */
export class WebviewPage implements vscode.Disposable {
  private readonly link: Link<HostCalls, PageCalls>;
  private readonly listeners: vscode.Disposable;
  /** What is to be shown once the page listens. */
  private waiting: (() => void) | undefined;
  /** The report of an import that is not closed yet. */
  private report: OpenReport | undefined;
  private overlaid: readonly OverlaidRun[] = [];
  private watched: vscode.Disposable | undefined;
  private listening = false;
  /** The runs and the trainings that the page shows: one message of each is on its way to it, at most. */
  private readonly runChanges: Relay<undefined>;
  private readonly trained: Relay<TrainingProgress>;
  private readonly shownRuns: ShownRuns;
  /** Done when every edit so far is. */
  private edits: Promise<unknown> = Promise.resolve();
  /** Aborted when the page that listens is loaded again or closed. */
  private gone = new AbortController();

  constructor(
    private readonly webview: vscode.Webview,
    private source: ExperimentSource,
    private readonly runStore: RunStore,
    extension: vscode.Uri,
    private readonly name: PageName,
    private readonly log: vscode.LogOutputChannel,
    private readonly view?: KeptView,
  ) {
    this.shownRuns = new ShownRuns(runStore);
    this.link = new Link<HostCalls, PageCalls>((message) => webview.postMessage(message), this.handlers(), {
      local: hostSchemas,
      remote: pageSchemas,
      onRefused: (why) => log.warn(`${name} page: ${why}`),
    });
    this.runChanges = new Relay(() => this.sendRuns());
    this.trained = new Relay((progress) => this.link.call('trained', [progress]), mergeProgress);
    this.listeners = vscode.Disposable.from(
      webview.onDidReceiveMessage((message: unknown) => this.link.receive(message)),
      runStore.onDidChange(() => this.showRuns()),
      runStore.files.onDidChange(() => this.show()),
      runStore.onProgress((progress) => this.listening && this.trained.push(progress.id, progress)),
    );
    webview.options = { enableScripts: true, localResourceRoots: roots(extension) };
    webview.html = pageHtml(webview, extension, name, view?.kept);
    this.watch(source);
  }

  /** Shows another source from now on. */
  watch(source: ExperimentSource): void {
    this.watched?.dispose();
    this.source = source;
    this.watched = vscode.Disposable.from(
      source.onDidChange(() => this.show()),
      source.addPage(() => this.commit()),
    );
    this.show();
  }

  /** Shows what an import made of a file, until the person closes it; also when the page is made anew. */
  showReport(open: OpenReport): void {
    this.report = open;
    if (this.listening) this.link.tell('report', [open.report]);
  }

  /** Shows a tab, and starts what it is for; once the page listens. */
  open(...request: PageCalls['open']['args']): void {
    this.whenListening(() => this.link.tell('open', request));
  }

  /** Looks at a run of the experiment; once the page listens. */
  showRun(run: string): void {
    this.whenListening(() => this.link.tell('look', [run]));
  }

  /** Lays runs over the one in view; also when the page is made anew. */
  overlay(runs: readonly OverlaidRun[]): void {
    this.overlaid = runs;
    if (this.listening) this.link.tell('overlay', [runs]);
  }

  /** Opens the dialog that makes a figure of the tab's charts; once the page listens. */
  figure(): void {
    this.whenListening(() => this.link.tell('figure', []));
  }

  private whenListening(tell: () => void): void {
    this.waiting = this.listening ? undefined : tell;
    if (this.listening) tell();
  }

  /** VS Code has thrown the page away, since nobody sees it: what is for it waits until it is made anew and listens. */
  hide(): void {
    this.listening = false;
    this.gone.abort();
  }

  private handlers(): Handlers<HostCalls> {
    const { runStore } = this;
    const shown = {
      folder: () => this.source.folder,
      name: () => this.experimentName(),
      settled: async () => {
        const source = await this.settled();
        return { experiment: source.experiment(), folder: source.folder };
      },
      gone: () => this.gone.signal,
    };
    const computed = computationHandlers(runStore.computations, shown);
    return {
      ...computed,
      ...sweepHandlers(runStore, () => this.settled()),
      compare: async (...asked) => {
        const comparison = await computed.compare(...asked);
        reached('comparison');
        return comparison;
      },
      metrics: ([run]) => runStore.metrics(run),
      ready: () => this.ready(),
      edit: ([changes]) => this.edit(changes),
      keepView: ([state]) => this.view?.keep(state),
      showText: ([offset]) => this.source.showText(offset),
      openLab: () => this.source.openLab(),
      copyExperiment: async () => void (await openCopy(this.source)),
      save: () => this.source.save(),
      saveFile: ([file]) => savePageFile(file),
      openText: ([title, extensions]) => openText(title, extensions),
      manageTrust: async () => void (await vscode.commands.executeCommand('workbench.trust.manage')),
      allowFile: async ([file]) => {
        const { unread } = this.snapshot().files;
        if (unread.some((one) => one.file === file && one.why === 'outside')) await runStore.files.ask(file);
      },
      chooseFile: ([title, extensions]) => runStore.files.choose(title, extensions, this.source.folder),
      takeFile: ([file]) => takeDropped(runStore, file, this.source.folder),
      closeReport: () => void (this.report = undefined),
      importAs: async ([kind]) => this.report?.again(kind),
      importScheduler: async () => void (await vscode.commands.executeCommand('noprop.importScheduler')),
      copy: async ([text]) => vscode.env.clipboard.writeText(text),
      runs: () => this.shownRuns.all(this.experimentName()),
      mend: ([run]) => runStore.edits.mend(run),
      removeRun: ([run]) => deleteRuns(runStore, [run]),
      showRun: ([run]) => openRunFiles(runStore, run),
      train: async ([resume]) =>
        (resume === undefined ? runStore.train(await this.settled()) : runStore.resume(resume)).ended,
      trainModels: async () => runStore.trainModels(await this.settled()).ended,
      stop: ([id]) => runStore.stop(id),
      exportWeights: async ([run]) => (await exportWeights(runStore, run)) !== undefined,
      exportRun: async ([run]) => (await vscode.commands.executeCommand('noprop.exportConfig', { run })) !== undefined,
      predictFile: async ([run]) => (await predictRows(runStore, run, {}, this.log)) !== undefined,
      importWeights: async () => importWeights(runStore, await this.settled()),
    };
  }

  private ready() {
    this.listening = true;
    this.gone.abort();
    this.trained.clear();
    this.runChanges.clear();
    this.link.reset('the page was loaded again');
    this.gone = new AbortController();
    this.log.debug(`${this.name} page is ready: ${this.source.file}`);
    // After the answer: a tab can be shown once there is something to show.
    setTimeout(() => {
      if (this.waiting) this.whenListening(this.waiting);
      if (this.report) this.showReport(this.report);
      if (this.overlaid.length) this.overlay(this.overlaid);
    }, 0);
    return this.snapshot();
  }

  private edit(changes: readonly Change[]): Promise<void> {
    const made = this.source.edit(changes);
    if (changes.some(({ path }) => path[0] === 'schedules'))
      made.then(
        () => reached('curve'),
        () => undefined,
      );
    this.edits = Promise.allSettled([this.edits, made]);
    return made;
  }

  /** Has the page put into the document what is typed there. */
  private async commit(): Promise<void> {
    if (this.listening) await this.link.call('commit', []);
  }

  /** The source once it holds what the page shows: the page does not wait for its edit before it asks for more. */
  private async settled(): Promise<ExperimentSource> {
    await this.edits;
    return this.source;
  }

  private show(): void {
    if (this.listening) this.link.tell('show', [this.snapshot()]);
  }

  private snapshot(): Snapshot {
    const snapshot = this.source.snapshot();
    return { ...snapshot, files: this.runStore.files.stateOf(snapshot.experiment, this.source.folder) };
  }

  private showRuns(): void {
    // Where the trainer cannot read them, the store logs it, and the page asks again.
    if (this.listening) this.runChanges.push('runs', undefined);
  }

  private async sendRuns(): Promise<void> {
    await this.runStore.runs();
    const change = this.shownRuns.change(this.experimentName());
    await this.link.call('runs', [change]).catch((error: unknown) => {
      this.shownRuns.forget();
      throw error;
    });
  }

  private experimentName(): string | undefined {
    return this.source.snapshot().experiment?.name;
  }

  dispose(): void {
    this.gone.abort();
    this.watched?.dispose();
    this.listeners.dispose();
    this.listening = false;
    this.trained.clear();
    this.runChanges.clear();
    this.link.close('the page was closed');
  }
}
