import { html, nothing, type TemplateResult } from 'lit';
import type { Snapshot, UnreadFile } from '../../src/protocol/hostCalls';
import { icon } from '../elements/icons';
import type { AskHost } from '../state/host';

/** What the notice of unread files uses of its page. */
export interface UnreadPage {
  readonly snapshot: Snapshot | undefined;
  readonly ask: AskHost;
}

/** Which data files of the experiment are not read, why, and what the person can do; nothing where all may be read. */
export function unreadFiles({ snapshot, ask }: UnreadPage): TemplateResult | typeof nothing {
  const unread = snapshot?.files.unread ?? [];
  if (!unread.length) return nothing;
  const untrusted = unread.some(({ why }) => why === 'untrusted');
  return html`<div class="unread" role="status" data-testid="unread">
    ${icon(untrusted ? 'shield' : 'lock')}
    <div>${untrusted ? notTrusted(unread, ask) : unread.map((one) => outside(one, ask))}</div>
  </div>`;
}

const notTrusted = (unread: readonly UnreadFile[], ask: AskHost): TemplateResult =>
  html`<p>
      This workspace is not trusted, so no
      ${unread.some(({ file }) => file.endsWith('.py')) ? 'file that it names is read or run' : 'data file is read'}:
      ${unread.map(({ file }) => baseName(file)).join(', ')}. All that needs no file works.
    </p>
    <button type="button" class="link" @click=${() => void ask('manageTrust', [])}>Manage workspace trust</button>`;

const outside = ({ file }: UnreadFile, ask: AskHost): TemplateResult =>
  html`<p><span class="path">${file}</span> is not read: it lies outside the workspace, and you have not allowed it.</p>
    <button type="button" class="link" @click=${() => void ask('allowFile', [file])}>Allow…</button>`;

const baseName = (file: string): string => file.split(/[\\/]/).at(-1)!;
