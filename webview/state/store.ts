import type { Experiment } from '../../src/core/experiment/experiment';
import type { ShownImport } from '../../src/core/imports';
import { messageOf } from '../../src/core/registry/problem';
import type { HostCalls, Snapshot } from '../../src/protocol/hostCalls';
import type { PaperChart } from '../plot/paper/paperLayout';
import type { PlotHost } from '../plot/plotGrid';
import type { Pictures } from '../plot/plotMenu';
import { observeTheme, readTheme, type Theme } from '../plot/theme';
import { PageDocument } from './document';
import { connect, type Host, type Request } from './host';
import { LearnedView } from './learnedView';
import { MethodChoice } from './methodChoice';
import { RunsState } from './runs';
import { ScheduleList } from './scheduleList';
import { ViewState, type ViewPart } from './view';

/** The page: what its parts are made of, and when it is drawn. Parts name what they use of it in interfaces of their own. */
export class Store {
  readonly document: PageDocument;
  /** The list of schedules. */
  readonly schedules: ScheduleList;
  /** The choice of the integrator. */
  readonly methods: MethodChoice;
  /** The runs of the experiment. */
  readonly runs: RunsState;
  /** What the run in view has learned, while it trains and after. */
  readonly learned: LearnedView;
  /** What is kept while the page is hidden. */
  readonly view: ViewState;
  /** What plots and tables use. */
  readonly plots: PlotHost;
  /** Calls the host; rejects with its refusal. */
  readonly request: Request;
  /** The tab in view. */
  readonly tab: ViewPart<{ tab: string; scroll: number }>;
  /** What an import made of a file, until it is closed. */
  report: ShownImport | undefined;
  /** Why the file of the report could not be imported as the kind that was chosen last. */
  reportProblem = '';
  /** Why the last edit or export did not happen. */
  failure = '';
  theme: Theme = readTheme();
  /** Makes pictures of charts. */
  pictures: Pictures | undefined;
  /** The section of the tab that a command asked to see. */
  section: string | undefined;
  /** The tab whose action a command asked for. */
  private starting: string | undefined;
  private frame = 0;
  /** The charts that are asked for while a figure is made of them. */
  private gathered: PaperChart[] | undefined;

  /** `render` draws the page; `content` makes what it shows, and draws nothing. */
  constructor(
    private readonly render: () => void,
    private readonly content: () => unknown,
  ) {
    const store = () => this;
    const host: Host = connect({
      show: ([snapshot]) => this.document.show(snapshot),
      commit: () => this.document.commit(),
      runs: ([runs]) => this.runs.show(runs),
      trained: ([progress]) => this.runs.addProgress(progress),
      report: ([report]) => {
        this.report = report;
        this.changed();
      },
      open: ([tab, start, section]) => {
        this.starting = start ? tab : undefined;
        this.section = section;
        this.tab.set({ tab });
      },
      look: ([run]) => {
        this.runs.choose(run);
        this.tab.set({ tab: 'training' });
      },
      overlay: ([runs]) => this.runs.overlaid.show(runs),
      figure: () => this.pictures?.openSoon?.(),
    });
    const { changed, ask, fail } = this;
    this.request = host.request;
    this.document = new PageDocument({ edit: (changes) => this.edit(changes), changed });
    this.view = new ViewState(host, changed);
    this.schedules = new ScheduleList(this.editing, changed, this.view);
    this.methods = new MethodChoice(this.editing);
    this.runs = new RunsState({ request: host.request, fail, changed });
    this.tab = this.view.part({ tab: 'schedules', scroll: 0 });
    this.learned = new LearnedView(
      { request: host.request, changed, isShown: () => this.tab.value.tab === 'training', rest },
      this.runs,
    );
    this.plots = {
      theme: () => this.theme,
      changed,
      drawNow: () => this.drawNow(),
      fileName: () => this.document.stem,
      saveFile: (name, content, encoding) => void ask('saveFile', [{ name, content, encoding }]),
      copy: (text) => void ask('copy', [text]),
      get gathered() {
        return store().gathered;
      },
      get pictures() {
        return store().pictures;
      },
    };
    observeTheme(() => {
      this.theme = readTheme();
      changed();
    });
    // The rail folds by the width of the page.
    addEventListener('resize', changed);
    void ask('ready', []).then((snapshot) => snapshot && this.document.show(snapshot));
  }

  /** What is edited over the document. */
  get editing() {
    return this.document.editing;
  }

  get snapshot(): Snapshot | undefined {
    return this.document.snapshot;
  }

  /** The experiment as the page draws it: the last valid one, with what is being edited where that is allowed. */
  get experiment(): Experiment | undefined {
    return this.editing.experiment;
  }

  /** Whether the text cannot be read at present, so nothing can be edited. */
  get blocked(): boolean {
    return this.document.blocked;
  }

  /** Whether the experiment is that of a run, which stays as it was trained. */
  get readOnly(): boolean {
    return this.document.readOnly;
  }

  /** Draws the page in the next frame, however often it is called before that. */
  readonly changed = (): void => {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.render();
    });
  };

  /** Draws the page at once, for what follows to find it as it is now. */
  drawNow(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.render();
  }

  /** Calls the host; a refusal is shown on the page and answers undefined. */
  readonly ask = async <K extends keyof HostCalls>(
    name: K,
    args: HostCalls[K]['args'],
  ): Promise<HostCalls[K]['value'] | undefined> => {
    try {
      return await this.request(name, args);
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  };

  /** Shows on the page why something did not happen. */
  readonly fail = (error: unknown): void => {
    this.failure = messageOf(error);
    this.changed();
  };

  /** Imports the file of the report again, with its numbers taken for another kind; says at the report where it cannot. */
  async importAs(kind: string): Promise<void> {
    this.reportProblem = '';
    try {
      await this.request('importAs', [kind]);
    } catch (error) {
      this.reportProblem = messageOf(error);
    }
    this.changed();
  }

  /** Takes away the report of an import. */
  closeReport(): void {
    this.report = undefined;
    this.reportProblem = '';
    void this.ask('closeReport', []);
    this.changed();
  }

  /** Takes away why something did not happen. */
  dismiss(): void {
    this.failure = '';
    this.changed();
  }

  /** The charts that the page shows now, in the colours of a theme. */
  charts(theme: Theme): readonly PaperChart[] {
    const own = this.theme;
    const gathered: PaperChart[] = [];
    this.theme = theme;
    this.gathered = gathered;
    try {
      this.content();
    } finally {
      this.theme = own;
      this.gathered = undefined;
    }
    return gathered;
  }

  /** Whether a command asked to start what a tab is for. The answer is true once. */
  takeStart(tab: string): boolean {
    const asked = this.starting === tab;
    if (asked) this.starting = undefined;
    return asked;
  }

  private edit(changes: HostCalls['edit']['args'][0]): Promise<unknown> {
    this.failure = '';
    return this.ask('edit', [changes]);
  }
}

/** Waits so many milliseconds at least, and then for a frame: there is none while the page is hidden. */
const rest = async (milliseconds: number): Promise<void> => {
  if (milliseconds) await new Promise((resolve) => setTimeout(resolve, milliseconds));
  await new Promise((resolve) => requestAnimationFrame(resolve));
};
