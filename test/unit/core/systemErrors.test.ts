import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InputError, messageOf } from '../../../src/core/registry/problem';

describe('what a system says, in words', () => {
  const caught = (act: () => void): unknown => {
    try {
      act();
    } catch (error) {
      return error;
    }
    return assert.fail('nothing was thrown');
  };

  it('a file that is not there is named, without a code', () => {
    const file = path.join(os.tmpdir(), 'none', 'such.csv');
    assert.equal(messageOf(caught(() => fs.readFileSync(file))), `there is no file ${file}`);
  });

  it('a folder in place of a file is named, with why', () => {
    const error = Object.assign(new Error("EISDIR: illegal operation, read '/a'"), { code: 'EISDIR' });
    assert.equal(messageOf(error), '/a: it is a folder');
  });

  it("errors of VS Code's file systems are read by their message, or else by their name", () => {
    const named = Object.assign(
      new Error("EntryNotFound (FileSystemError): Error: ENOENT: no such file or directory, open '/w/a.json'"),
      { code: 'FileNotFound' },
    );
    assert.equal(messageOf(named), 'there is no file /w/a.json');
    const bare = Object.assign(new Error('NoPermissions'), { code: 'NoPermissions' });
    assert.equal(messageOf(bare), 'the system does not permit it');
  });

  it('what is no error of a system stays as it is', () => {
    for (const text of ['steps must be 1', 'ENOWHERE: nothing', 'none.csv cannot be read: there is no such file'])
      assert.equal(messageOf(new Error(text)), text);
    assert.equal(
      messageOf(new InputError('a column named ENOENT: is not there')),
      'a column named ENOENT: is not there',
    );
    assert.equal(messageOf('plain'), 'plain');
  });
});
