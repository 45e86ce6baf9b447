import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const cli = path.resolve('dist/cli.js');
const iris = path.resolve('media/samples/iris.noprop.json');

describe('command line: --set', function () {
  this.timeout(30_000);

  const refused = (message: RegExp, ...settings: string[]) => {
    const args = settings.flatMap((setting) => ['--set', setting]);
    const { status, stderr } = spawnSync(process.execPath, [cli, 'train', iris, ...args], { encoding: 'utf8' });
    assert.equal(status, 2, stderr);
    assert.match(stderr, message);
  };

  it('a setting that nothing takes is refused by its name, with those that there are', () => {
    refused(
      /^noprop: --set: model has no setting "hiden", so .*\n--set: training has no setting "stepz", so it has no effect: it takes steps, .*\n--set: an experiment has no setting "step", so .*\n$/,
      ...['training.stepz=5', 'model={"hiden":[3]}', 'step=1'],
    );
    refused(
      /^noprop: --set: [a-z-]+ has no parameter "slope", so it has no effect: it takes /,
      'schedules.0.params.slope=5',
    );
    refused(
      /^noprop: --set: model\.embedding has no setting "dimension", .* it takes id\n$/,
      'model.embedding={"id":"one-hot","dimension":5}',
    );
  });

  it('a place past the end of a list is refused', () =>
    refused(/^noprop: --set schedules\.7\.id: schedules has \d, counted from 0\n$/, 'schedules.7.id=cosine'));
});
