import assert from 'node:assert/strict';
import { zipSync } from 'fflate';
import { rolesOf } from '../../../../src/core/imports/roles';
import { doubles, npyFile } from '../../support/npyFile';

describe('what a dropped file can be', () => {
  const falling = doubles([3, 2, 1, 0.5]);
  const list = npyFile('<f8', '4,', falling);
  const rows = npyFile('<f8', '2, 2', falling);
  const cases: readonly (readonly [name: string, content: string | Uint8Array, roles: string])[] = [
    ['scheduler_config.json', '{"_class_name": "DDIMScheduler"}', 'schedule'],
    ['broken.json', '{"beta_', 'schedule'],
    ['sigmas.txt', '14.6, 6.5, 0.03, 0', 'schedule'],
    ['iris.csv', 'a,b,species\n1,2,x\n3,4,y\n', 'data'],
    ['table.csv', 'step,sigma\n0,14.6\n1,6.5\n2,0.03\n', 'data schedule'],
    ['one.csv', 'sigma\n14.6\n6.5\n0.03\n', 'schedule'],
    ['gamma.csv', 'gamma,class\n3,a\n1,b\n2,a\n', 'data'],
    ['labelled.csv', 'a,y\n1,p\n2,q\n3,p\n4,q\n', 'data'],
    ['words.txt', 'no table at all', 'data'],
    ['sigmas.npy', list, 'schedule'],
    ['y_train.npy', list, 'data schedule'],
    ['X.npy', rows, 'data'],
    ['column.npy', npyFile('<f8', '4, 1', falling), 'data schedule'],
    ['digits.npz', zipSync({ 'x.npy': rows, 'y.npy': list }), 'data'],
    ['betas.npz', zipSync({ 'betas.npy': npyFile('<f8', '2,', doubles([0.1, 0.2])) }), 'schedule'],
    ['images.gz', Uint8Array.of(0x1f, 0x8b, 8, 0), 'data'],
  ];
  for (const [name, content, expected] of cases)
    it(`${name}: ${expected.replace(' ', ' or ')}`, () => {
      const file = typeof content === 'string' ? { bytes: Buffer.from(content), text: content } : { bytes: content };
      const { data, schedule } = rolesOf({ name, ...file });
      assert.equal([...(data ? ['data'] : []), ...(schedule ? ['schedule'] : [])].join(' '), expected);
    });
});
