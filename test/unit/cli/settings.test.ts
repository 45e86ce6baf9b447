import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inFolder, noprop } from './noprop';

/** An experiment that leaves out nearly all. */
const SHORT = { version: 1, name: 'Short', schedules: [{ id: 'linear-gamma' }] };

describe('command line: --set', function () {
  this.timeout(30_000);

  let dir: string;
  before(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'noprop-'));
    writeFileSync(path.join(dir, 'short.noprop.json'), JSON.stringify(SHORT));
  });
  after(() => rmSync(dir, { recursive: true }));

  inFolder(() => dir);

  const refused = async (message: RegExp, ...settings: string[]) => {
    const args = settings.flatMap((setting) => ['--set', setting]);
    const { status, stderr } = await noprop('train', 'short.noprop.json', ...args);
    assert.equal(status, 2, stderr);
    assert.match(stderr, message);
  };

  it('a setting that nothing takes is refused by its name, with those that there are', async () => {
    await refused(
      /^noprop: --set: model has no setting "hiden", so .*\n--set: training has no setting "stepz", so it has no effect: did you mean "steps"\?\n--set: an experiment has no setting "step", so .*\n$/,
      ...['training.stepz=5', 'model={"hiden":[3]}', 'step=1'],
    );
    await refused(
      /^noprop: --set: [a-z-]+ has no parameter "slope", so it has no effect: it takes /,
      'schedules.0.params.slope=5',
    );
    await refused(
      /^noprop: --set: model\.embedding has no setting "dimension", .* it takes id\n$/,
      'model.embedding={"id":"one-hot","dimension":5}',
    );
  });

  it('a part of what the file leaves out is set in its default', () =>
    // refused for what that default does with it, not for want of an id
    refused(/^noprop: heun follows an ODE, and dynamics\.noise is on: /, 'dynamics.noise=true', 'integrator.id=heun'));

  it('a place past the end of a list is refused', () =>
    refused(/^noprop: --set schedules\.7\.id: schedules has \d, counted from 0\n$/, 'schedules.7.id=cosine'));
});
