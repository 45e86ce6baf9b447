import { html, type TemplateResult } from 'lit';
import { icon } from './icons';

/** One entry of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly act: () => void;
  /** Whether a line sets it apart from those above. */
  readonly apart?: boolean;
}

/** A button that opens a menu; the browser closes it on Escape or a click elsewhere and gives the focus back. */
export function menu(id: string, label: string, items: readonly MenuItem[]): TemplateResult {
  const list = () => document.getElementById(id);
  const open = (event: Event) => {
    const menu = list();
    if (!menu) return;
    const button = (event.currentTarget as Element).getBoundingClientRect();
    menu.togglePopover();
    if (!menu.matches(':popover-open')) return;
    const { width, height } = menu.getBoundingClientRect();
    const below = button.bottom + 2 + height <= innerHeight;
    menu.style.left = `${Math.max(4, button.right - width)}px`;
    menu.style.top = `${Math.max(4, below ? button.bottom + 2 : button.top - height - 2)}px`;
    menu.querySelector('button')?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    const buttons = [...(list()?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Tab') list()?.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    buttons.at(next % buttons.length)?.focus();
  };
  return html`<button
      type="button"
      class="icon-button"
      title=${label}
      aria-label=${label}
      aria-haspopup="menu"
      @click=${open}
    >
      ${icon('ellipsis')}
    </button>
    <div id=${id} class="menu" popover role="menu" aria-label=${label} @keydown=${keys}>
      ${items.map(
        (item) =>
          html`<button
            type="button"
            role="menuitem"
            class=${item.apart ? 'apart' : ''}
            tabindex="-1"
            @click=${() => {
              list()?.hidePopover();
              item.act();
            }}
          >
            ${item.label}
          </button>`,
      )}
    </div>`;
}
