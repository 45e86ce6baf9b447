import { html, type TemplateResult } from 'lit';
import { finalSteps, type FinalId } from '../../../src/core/integrators';
import { settingOf } from '../../controls/setting';
import type { Editing } from '../../state/editing';

const PATH = ['comparison', 'finals'];

/** How the last step may be taken: methods are compared with each that is checked. The last one stays checked. */
export function finalChecks(editing: Editing) {
  const { finals } = editing.experiment!.comparison;
  const toggle = (id: FinalId, on: boolean) => {
    const next = finalSteps.map((row) => row.id).filter((one) => (one === id ? on : finals.includes(one)));
    if (next.length) editing.set(PATH, next);
    else editing.restore(PATH);
  };
  const boxes: TemplateResult = html`<fieldset class="checks" data-field="comparison.finals">
    <legend>Last step</legend>
    ${finalSteps.map(
      ({ id, title, summary }) =>
        html`<label title=${summary}
          ><input
            type="checkbox"
            value=${id}
            .checked=${finals.includes(id)}
            ?disabled=${finals.length === 1 && finals[0] === id}
            @change=${({ target }: Event) => toggle(id, (target as HTMLInputElement).checked)}
          />${title}</label
        >`,
    )}
  </fieldset>`;
  return settingOf(boxes, PATH);
}
