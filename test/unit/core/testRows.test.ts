import assert from 'node:assert/strict';
import { testRowsText } from '../../../src/core/runs/testRows';

describe('the test rows that something was measured on', () => {
  it('say of how many they are, where they are not all', () => {
    assert.equal(testRowsText(200, 359), '200 of 359 test rows');
    assert.equal(testRowsText(30, 30), '30 test rows');
  });
});
