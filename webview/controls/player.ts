import { html, type TemplateResult } from 'lit';
import { icon } from '../elements/icons';

/** What a player plays. */
export interface Played {
  /** Milliseconds from its beginning to its end. */
  readonly milliseconds: () => number;
  /** In how many steps it plays with reduced motion, in place of gliding. */
  readonly pieces: number;
  /** Shows it at a share of its length, 0 to 1. */
  readonly show: (share: number) => void;
  /** To be called when it began or ended. */
  readonly changed: () => void;
}

/** Plays something once, frame by frame; with reduced motion in a few steps. */
export class Player {
  playing = false;

  constructor(private readonly played: Played) {}

  /** Begins, or stops where it plays. */
  toggle(): void {
    const { milliseconds, pieces, show, changed } = this.played;
    this.playing = !this.playing;
    const begun = performance.now();
    const length = milliseconds();
    const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const frame = (now: number) => {
      if (!this.playing) return;
      const share = Math.min(Math.max(now - begun, 0) / length, 1);
      show(reduced ? Math.floor(share * pieces) / pieces : share);
      if (share < 1) return void requestAnimationFrame(frame);
      this.stop();
    };
    if (this.playing) requestAnimationFrame(frame);
    changed();
  }

  stop(): void {
    if (!this.playing) return;
    this.playing = false;
    this.played.changed();
  }
}

/** A small button that plays and stops. */
export const playButton = (player: Player, what: string, begin: () => void): TemplateResult =>
  html`<button
    type="button"
    class="link play"
    title=${player.playing ? `Stop ${what}` : `Play ${what}`}
    aria-label=${player.playing ? `Stop ${what}` : `Play ${what}`}
    @click=${begin}
  >
    ${icon(player.playing ? 'debug-stop' : 'play')}
  </button>`;
