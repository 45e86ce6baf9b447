import assert from 'node:assert/strict';
import { formatNumber } from '../../../src/core/text/format';

describe('numbers on the screen', () => {
  const cases: [number, string][] = [
    [0.30314159, '0.3031'],
    [-3.7024, '−3.702'],
    [12345.6, '12350'],
    [18009, '18,009'],
    [1409, '1409'],
    [-60000000, '−60,000,000'],
    [1e9, '1·10⁹'],
    [1e100, '1·10¹⁰⁰'],
    [1e-5, '1·10⁻⁵'],
    [-2.34567e12, '−2.346·10¹²'],
    [0, '0'],
    [-0, '0'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
    [NaN, 'undefined'],
  ];
  for (const [value, shown] of cases) it(`${value} reads ${shown}`, () => assert.equal(formatNumber(value), shown));
});
