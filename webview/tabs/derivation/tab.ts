import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { csvText } from '../../../src/core/text/csv';
import {
  checkDerivation,
  derivation,
  flatten,
  LIMIT,
  plainLatex,
  derivationSummary,
  VERDICTS,
  type DerivationRow,
  type Verdict,
} from '../../../src/core/derivation';
import { type Experiment } from '../../../src/core/experiment/experiment';
import { entryLabel, entrySchedule } from '../../../src/core/schedules/entry';
import { experimentWindow } from '../../../src/core/experiment/experimentFlow';
import { formatNumber } from '../../../src/core/text/format';
import { InputError } from '../../../src/core/registry/problem';
import { legendSymbol } from '../../plot/legend';
import { menu } from '../../elements/menu';
import { firstSchedule } from '../../controls/schedule/scheduleRail';
import { unreadableText } from '../../controls/unreadableText';
import { verdictMark } from './verdictMark';
import { equationRow } from './equationRow';
import type { Store } from '../../state/store';
import { strokeOf } from '../../plot/strokes';
import type { Tab } from '../tab';

/** The rows on an experiment's first schedule, or why there are none. */
type Checked = { readonly rows: readonly DerivationRow[] } | { readonly refusal: string };

function check(experiment: Experiment): Checked {
  try {
    return { rows: checkDerivation(entrySchedule(experiment.schedules[0]!), experimentWindow(experiment)) };
  } catch (error) {
    if (error instanceof InputError) return { refusal: error.message };
    throw error;
  }
}

/** Which of the note's equations hold. */
export function derivationTab(store: Store): Tab {
  let kept: { key: string; checked: Checked } | undefined;
  /** The verdicts that are shown; all where none is chosen. */
  const chosen = new Set<Verdict>();
  /** Equations that were opened or closed by hand; of the rest the misprints are open. */
  const turned = new Map<string, boolean>();

  const current = (experiment: Experiment): Checked => {
    const { schedules, window } = experiment;
    const key = JSON.stringify([schedules[0], window]);
    if (kept?.key !== key) kept = { key, checked: check(experiment) };
    return kept.checked;
  };

  const chips = (rows: readonly DerivationRow[]) =>
    VERDICTS.map((verdict) => {
      const count = rows.filter((row) => row.verdict === verdict).length;
      const toggle = () => {
        if (!chosen.delete(verdict)) chosen.add(verdict);
        store.changed();
      };
      if (!count && !chosen.has(verdict)) return nothing;
      return html`<button
        type="button"
        class="filter"
        aria-pressed=${chosen.has(verdict) ? 'true' : 'false'}
        @click=${toggle}
      >
        ${verdictMark(verdict, count)}
      </button>`;
    });

  const copy = (text: string) => store.plots.copy(text);

  const actions = (rows: readonly DerivationRow[]) => {
    const flat = rows.map(flatten);
    const keys = Object.keys(flat[0]!) as (keyof (typeof flat)[number])[];
    const csv = () => csvText([keys, ...flat.map((row) => keys.map((key) => row[key] ?? ''))]);
    const json = () => JSON.stringify(flat, null, 2) + '\n';
    const latex = () =>
      rows
        .filter(({ equation }) => equation.printed)
        .map(({ equation: { eq, printed, corrected = printed } }) => `${plainLatex(corrected)} \\tag{${eq}}\n`)
        .join('');
    const save = (extension: string, content: string) =>
      store.plots.saveFile(`${store.plots.fileName()}-derivation.${extension}`, content, 'utf8');
    return menu('menu-derivation', 'Actions for the derivation', [
      { label: 'Copy rows as CSV', act: () => copy(csv()) },
      { label: 'Copy rows as JSON', act: () => copy(json()) },
      { label: 'Copy corrected LaTeX', act: () => copy(latex()) },
      { label: 'Save as CSV', act: () => save('csv', csv()), apart: true },
      { label: 'Save as JSON', act: () => save('json', json()) },
    ]);
  };

  const column = (rows: readonly DerivationRow[]): TemplateResult => {
    const shown = rows.filter(({ verdict }) => !chosen.size || chosen.has(verdict));
    const row = (one: DerivationRow) => {
      const { eq } = one.equation;
      const open = turned.get(eq) ?? one.verdict === 'misprint';
      return equationRow(one, copy, open, (now) => {
        if (now === open) return;
        turned.set(eq, now);
        store.changed();
      });
    };
    return html`<div class="paper ${store.blocked ? 'stale' : ''}" tabindex="0" role="region" aria-label="Equations">
      <div class="line heads" aria-hidden="true">
        <span></span><span class="eq">eq.</span><span></span><span>verdict</span
        ><span class="number">relative error</span><span class="number">order</span>
      </div>
      ${derivation.map(({ title, equations }) => {
        const mine = shown.filter(({ equation }) => equations.includes(equation));
        return mine.length
          ? html`<section>
              <h2>${title}</h2>
              <ul>
                ${repeat(mine, ({ equation }) => equation.eq, row)}
              </ul>
            </section>`
          : nothing;
      })}
    </div>`;
  };

  const subject = ({ schedules, window }: Experiment) => {
    const entry = schedules[0]!;
    const limit = formatNumber(Math.min(window.logSnr, LIMIT));
    return html`<p class="subject">
      Checked on ${legendSymbol(strokeOf(store.theme, 0))} <b>${entryLabel(entry)}</b>, where |γ| ≤ ${limit}. Errors are
      the largest on this window, relative to an independent computation; orders are those of the local error in dt.
    </p>`;
  };

  return {
    id: 'derivation',
    title: 'Derivation',
    skip: { words: 'equations', place: '.paper summary' },
    render() {
      const { experiment } = store;
      if (!experiment) return unreadableText('The equations appear here', store.ask);
      const checked = current(experiment);
      return html`<div class="columns" data-tab="derivation">
        ${firstSchedule(store)}
        <div class="main">
          ${
            'refusal' in checked
              ? html`<p class="error-text" role="alert">The equations cannot be checked: ${checked.refusal}.</p>`
              : html`<div class="overview">
                    <p class="verdict" data-testid="summary">${derivationSummary(checked.rows)}</p>
                    ${actions(checked.rows)}
                  </div>
                  ${subject(experiment)}
                  <div class="filters" role="group" aria-label="Show only">${chips(checked.rows)}</div>
                  ${column(checked.rows)}`
          }
        </div>
      </div>`;
    },
    draw: () => undefined,
  };
}
