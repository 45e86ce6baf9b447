import assert from 'node:assert/strict';
import type { Change } from '../../../src/core/experiment/changes';
import { readExperiment } from '../../../src/core/experiment/document';
import { newExperiment } from '../../../src/core/experiment/experiment';
import type { Snapshot } from '../../../src/protocol/hostCalls';
import { PageDocument } from '../../../webview/state/document';
import { MethodChoice } from '../../../webview/state/methodChoice';
import { ScheduleList } from '../../../webview/state/scheduleList';
import { ViewState } from '../../../webview/state/view';

const snapshotOf = (rest: object = {}): Snapshot => ({
  file: 'moons.noprop.json',
  status: 'saved',
  experiment: readExperiment(JSON.stringify({ ...newExperiment(), ...rest }), 'moons.noprop.json'),
  problems: [],
  files: { unread: [], readable: 0 },
});

const ignore = () => undefined;
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A document whose edits the test answers. */
function documentOf(rest: object = {}) {
  const waiting: (() => void)[] = [];
  const sent: (readonly Change[])[] = [];
  const document = new PageDocument({
    edit: (changes) => {
      sent.push(changes);
      return new Promise<void>((resolve) => waiting.push(resolve));
    },
    changed: ignore,
  });
  document.show(snapshotOf(rest));
  const answer = async () => {
    waiting.shift()!();
    await settled();
  };
  return { document, editing: document.editing, sent, answer };
}

describe('the document in a page', () => {
  const at = (name: string) => ['schedules', 0, 'params', name];
  const gammaMax = (document: PageDocument) => document.snapshot!.experiment!.schedules[0]!.params.gammaMax;

  it('shows an edit at once, and goes back where the host refuses it', async () => {
    const { document, editing, answer } = documentOf();
    editing.commit(at('gammaMax'), '8');
    assert.equal(gammaMax(document), 8);
    await answer();
    assert.equal(gammaMax(document), 5, 'the host has shown no other');
    assert.equal(editing.at(at('gammaMax')), undefined);
  });

  it('what the host shows while edits are on their way waits for them', async () => {
    const { document, editing, answer } = documentOf();
    editing.commit(at('gammaMax'), '8');
    editing.commit(at('gammaMax'), '9');
    const shown = snapshotOf({ schedules: [{ id: 'linear-gamma', params: { gammaMax: 8 } }] });
    document.show(shown);
    await answer();
    assert.equal(gammaMax(document), 9);
    await answer();
    assert.equal(document.snapshot, shown);
  });

  it('what is edited outlives a change elsewhere, and not a change of what the schedule is', () => {
    const { document, editing } = documentOf();
    editing.preview(at('gammaMax'), '7');
    document.show(snapshotOf({ window: { logSnr: 10 } }));
    assert.equal(editing.experiment!.schedules[0]!.params.gammaMax, 7);
    document.show(snapshotOf({ schedules: [{ id: 'cosine' }] }));
    assert.equal(editing.at(at('gammaMax')), undefined);
  });

  it('is blocked while its text has an error, and names its files after its own', () => {
    const { document } = documentOf();
    assert.deepEqual([document.blocked, document.stem], [false, 'moons']);
    const problem = { severity: 'error', path: [], message: 'no', inSchema: true, offset: 0, length: 1, line: 1, column: 1 } as const; // prettier-ignore
    document.show({ ...snapshotOf(), problems: [problem] });
    assert.equal(document.blocked, true);
  });
});

describe('the list of schedules of a page', () => {
  const of = () => {
    const { document, editing, sent } = documentOf({
      schedules: ['linear-gamma', 'cosine', 'sigmoid'].map((id) => ({ id })),
    });
    const ids = () => document.snapshot!.experiment!.schedules.map(({ id }) => id);
    const view = new ViewState({ getState: ignore, setState: ignore }, ignore);
    return { list: new ScheduleList(editing, ignore, view), ids, sent };
  };

  it('adds the first family that is not there, with its card open', () => {
    const { list, ids } = of();
    list.add();
    assert.equal(ids()[3], 'linear-beta');
    assert.deepEqual([...list.open], [3]);
  });

  it('what is hidden and open goes along when one is moved or removed', () => {
    const { list, ids, sent } = of();
    list.toggle(1, false);
    list.move(1, 0);
    assert.deepEqual([ids(), [...list.hidden], [...list.open]], [['cosine', 'linear-gamma', 'sigmoid'], [0], [1]]);
    list.remove(0);
    assert.deepEqual([ids(), [...list.hidden], [...list.open]], [['linear-gamma', 'sigmoid'], [], [0]]);
    list.move(0, 2);
    assert.equal(sent.length, 2, 'there is no such place');
  });

  it('one is shown alone, and then all again', () => {
    const { list } = of();
    list.toggle(1, true);
    assert.deepEqual([...list.hidden], [0, 2]);
    list.toggle(1, true);
    assert.deepEqual([...list.hidden], []);
    list.showOnly(2);
    assert.deepEqual([...list.hidden], [0, 1]);
  });
});

describe('the view of a page', () => {
  it('keeps values of several parts, with defaults for the rest', () => {
    let kept: unknown = { axis: 'snr', tab: 'training' };
    let drawn = 0;
    const view = new ViewState({ getState: () => kept, setState: (state) => (kept = state) }, () => void drawn++);
    const tab = view.part({ tab: 'schedules', scroll: 0 });
    const axis = view.part<{ axis: string; zoom: readonly number[] | undefined }>({ axis: 't', zoom: undefined });
    assert.deepEqual(
      [tab.value, axis.value],
      [
        { tab: 'training', scroll: 0 },
        { axis: 'snr', zoom: undefined },
      ],
    );
    axis.set({ zoom: [0, 1] });
    assert.deepEqual([kept, drawn], [{ axis: 'snr', tab: 'training', zoom: [0, 1] }, 1]);
    assert.deepEqual([tab.value.tab, axis.value.zoom], ['training', [0, 1]]);
  });
});

describe('the choice of a method', () => {
  it('comes back to the method that was left for a stochastic one', () => {
    const { editing } = documentOf({ integrator: { id: 'dopri5', tolerance: 0.01 } });
    const methods = new MethodChoice(editing);
    const away = { path: ['integrator', 'tolerance'], value: undefined };
    assert.deepEqual(methods.withNoise(), [{ path: ['integrator', 'id'], value: 'posterior-step' }, away]);
    methods.choose('posterior-step');
    assert.equal(editing.document!.integrator.tolerance, undefined);
    assert.deepEqual(methods.withoutNoise(), [{ path: ['integrator', 'id'], value: 'dopri5' }]);
  });
});
