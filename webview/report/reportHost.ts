import { changeExperiment } from '../../src/core/experiment/changes';
import { denoiserFamily } from '../../src/core/denoisers';
import type { DynamicsPaths } from '../../src/core/dynamics/paths';
import { dynamicsPaths } from '../../src/core/dynamicsPaths/dynamicsPaths';
import { PERIOD, type Turns } from '../../src/core/dynamicsPaths/turns';
import { parseExperiment } from '../../src/core/experiment/document';
import type { Experiment } from '../../src/core/experiment/experiment';
import { CodedError, InputError } from '../../src/core/registry/problem';
import type { ReportContent, ReportedRun } from '../../src/core/report/reportContent';
import { chosenRun, type RunChoice } from '../../src/core/runs/record';
import type { HostCalls, Snapshot } from '../../src/protocol/hostCalls';
import { hostSchemas } from '../../src/protocol/hostSchemas';
import type { PageCalls } from '../../src/protocol/pageCalls';
import { pageSchemas } from '../../src/protocol/pageSchemas';
import type { TaskProgress } from '../../src/protocol/progress';
import { Link, type CallContext, type Handlers } from '../../src/protocol/rpc';
import { dynamicsKey } from '../state/queryKeys';
import { saveDownload } from './saveDownload';

/** What a report answers where it would need the lab. */
const refuse = (): never => {
  throw new InputError('A report computes nothing anew here: save its experiment, and open that in NoProp Lab');
};

/**
 * Answers what the lab's page asks, from the content of a report, as the extension does in VS Code. What is edited stays
 * in the page, and is gone when it is closed.
 */
export function installHost(content: ReportContent): void {
  let shown: Snapshot = {
    file: content.experiment.name,
    status: 'saved',
    experiment: content.experiment,
    problems: [],
    files: { unread: [], readable: 0 },
  };
  const link: Link<HostCalls, PageCalls> = new Link<HostCalls, PageCalls>(
    (message) => void dispatchEvent(new MessageEvent('message', { data: message })),
    handlers(content, {
      get: () => shown,
      set: (experiment) => {
        shown = { ...shown, experiment };
        link.tell('show', [shown]);
      },
    }),
    { local: hostSchemas, remote: pageSchemas, onRefused: (why) => console.warn(why) },
  );
  let view: unknown = { tab: 'report' };
  const api = {
    // as from another program: the page is never answered before it goes on
    postMessage: (message: unknown) => void setTimeout(() => void link.receive(structuredClone(message))),
    getState: () => view,
    setState: (state: unknown) => {
      view = state;
    },
  };
  Object.assign(globalThis, { acquireVsCodeApi: () => api });
}

/** The experiment as the page has it. */
interface ShownDocument {
  readonly get: () => Snapshot;
  readonly set: (experiment: Experiment) => void;
}

function handlers(content: ReportContent, shown: ShownDocument): Handlers<HostCalls> {
  const { runs, comparisons, preview } = content;
  const runOf = (choice: RunChoice): ReportedRun => {
    const { run } = chosenRun(choice);
    return runs.find(({ summary }) => summary.id === run) ?? refuse();
  };
  /** A part of a run that was computed when the report was made. */
  const part = <K extends keyof ReportedRun>(choice: RunChoice, key: K): NonNullable<ReportedRun[K]> =>
    runOf(choice)[key] ?? refuse();
  return {
    ready: () => shown.get(),
    edit: ([changes]) => {
      const next = changeExperiment(shown.get().experiment!, changes);
      const { experiment, problems } = parseExperiment(JSON.stringify(next));
      if (!experiment) throw new InputError(problems[0]!.message);
      shown.set(experiment);
    },
    runs: () => ({
      whole: true,
      rows: runs.map(({ summary }) => ({ ...summary, name: shown.get().experiment!.name })),
      gone: [],
      damaged: [],
      queue: [],
    }),
    metrics: ([run]) => runOf(run).metrics,
    evaluation: ([run]) => part(run, 'evaluation'),
    trajectories: ([run]) => part(run, 'trajectories'),
    boundary: ([run]) => part(run, 'boundary'),
    assessment: ([run]) => part(run, 'assessment'),
    stepCurve: ([run]) => part(run, 'stepCurve'),
    conclusion: ([run]) => runOf(run).conclusion,
    learned: () => undefined,
    previewData: ([{ data }]) =>
      preview && JSON.stringify(data) === JSON.stringify(content.experiment.data) ? preview : refuse(),
    dynamics: ([experiment], context) => dynamicsOf(content, experiment, context),
    comparisons: () =>
      comparisons.map(({ id, made, run, picture }) => ({ id, made, run, problem: picture.problem, verdict: picture.verdict })), // prettier-ignore
    comparison: ([id]) => comparisons.find((one) => one.id === id) ?? refuse(),
    saveFile: ([file]) => saveDownload(file),
    copy: ([text]) => navigator.clipboard.writeText(text),
    keepView: () => undefined,
    closeReport: () => undefined,
    stop: () => undefined,
    showText: refuse,
    openLab: refuse,
    save: refuse,
    openText: refuse,
    manageTrust: refuse,
    allowFile: refuse,
    chooseFile: refuse,
    takeFile: refuse,
    train: refuse,
    trainModels: refuse,
    sweep: refuse,
    stopSweep: refuse,
    duplicate: refuse,
    exportWeights: refuse,
    exportRun: refuse,
    predictFile: refuse,
    importWeights: refuse,
    mend: refuse,
    removeRun: refuse,
    showRun: refuse,
    copyExperiment: refuse,
    compare: refuse,
    importAs: refuse,
    importScheduler: refuse,
    comparedPaths: refuse,
    removeComparison: refuse,
    conclude: refuse,
  };
}

/** The dynamics as they were when the report was made or, where they were changed and u is in closed form, as they are. */
async function dynamicsOf(
  { dynamics, experiment: made }: ReportContent,
  experiment: Experiment,
  context: CallContext<TaskProgress>,
): Promise<DynamicsPaths> {
  if (dynamics && dynamicsKey(experiment, 0) === dynamicsKey(made, 0)) return dynamics;
  const { denoiser } = experiment;
  if (denoiserFamily(denoiser.id).needs) refuse();
  return dynamicsPaths(experiment, {}, new PageTurns(context));
}

/** Gives the page its turns while it computes, and stops at a cancel. */
class PageTurns implements Turns {
  private last = performance.now();

  constructor(private readonly context: CallContext<TaskProgress>) {}

  readonly now = (): number => performance.now();

  async yieldIfDue(what: string, done: number): Promise<void> {
    if (this.now() - this.last < PERIOD) return;
    this.context.progress({ what, done, total: 1 });
    await new Promise((resolve) => setTimeout(resolve));
    if (this.context.signal.aborted) throw new CodedError('cancelled', 'the computation was cancelled');
    this.last = this.now();
  }
}
