import { html, nothing, type TemplateResult } from 'lit';
import { Player, playButton } from '../../controls/player';
import type { LearnedView } from '../../state/learnedView';

/** Milliseconds that the time t plays, and each picture of a training; and the most and the least of all pictures. */
const [TIME, PICTURE] = [4000, 250];
const [SHORTEST, LONGEST] = [1500, 8000];

/** What playing uses of the page. */
export interface PlaybackPage {
  readonly learned: LearnedView;
  changed(): void;
}

/** Plays what was learned: along the time t from noise to data, and along the steps of the training. */
export class Playback {
  /** The share of the times that is shown, 0 to 1. */
  share = 1;
  private readonly time: Player;
  private readonly training: Player;

  constructor(private readonly page: PlaybackPage) {
    const changed = () => page.changed();
    this.time = new Player({
      milliseconds: () => TIME,
      pieces: 8,
      show: (share) => {
        this.share = share;
        changed();
      },
      changed,
    });
    this.training = new Player({
      milliseconds: () => Math.min(LONGEST, Math.max(SHORTEST, PICTURE * page.learned.pictures.length)),
      pieces: 8,
      show: (share) => page.learned.choose(Math.round(share * (page.learned.pictures.length - 1))),
      changed,
    });
  }

  /** The two players with their sliders; `times` are those of what is shown. */
  content(times: ArrayLike<number> | undefined): TemplateResult {
    return html`${times && times.length > 1 ? this.timeSlider(times) : nothing} ${this.trainingSlider()}`;
  }

  private timeSlider(times: ArrayLike<number>): TemplateResult {
    const last = times.length - 1;
    const moment = Math.round(this.share * last);
    const move = ({ target }: Event) => {
      this.time.stop();
      this.share = Number((target as HTMLInputElement).value) / last;
      this.page.changed();
    };
    return html`<span class="playback" data-testid="play-time"
      >${playButton(this.time, 'along t', () => this.time.toggle())}
      <label
        >t
        <input
          type="range"
          aria-label="Time t of the pictures"
          min="0"
          max=${last}
          .value=${String(moment)}
          @input=${move}
      /></label>
      <output>${times[moment]!.toFixed(2)}</output></span
    >`;
  }

  private trainingSlider(): TemplateResult | typeof nothing {
    const { learned } = this.page;
    const { pictures, index, readable } = learned;
    const last = pictures.length - 1;
    if (last < 1)
      return readable.length
        ? html`<span class="playback" data-testid="play-training"
            >${playButton(this.training, 'the training', () => void this.playCheckpoints())} ${readable.length}
            checkpoints</span
          >`
        : nothing;
    const at = index ?? last;
    const step = `step ${learned.shown?.step ?? pictures[last]!.step}`;
    const move = ({ target }: Event) => {
      this.training.stop();
      learned.choose(Number((target as HTMLInputElement).value));
    };
    const kept = `${pictures.length} pictures`;
    return html`<span class="playback" data-testid="play-training"
      >${playButton(this.training, 'the training', () => this.training.toggle())}
      <label
        >training
        <input
          type="range"
          aria-label="Step of the pictures"
          aria-valuetext=${step}
          min="0"
          max=${last}
          .value=${String(at)}
          @input=${move}
      /></label>
      <output data-testid="shown-step">${step}</output>
      <span title="Kept as long as this page is open, and of the last two trainings">${kept}</span></span
    >`;
  }

  private async playCheckpoints(): Promise<void> {
    if (await this.page.learned.readCheckpoints()) this.training.toggle();
  }
}
