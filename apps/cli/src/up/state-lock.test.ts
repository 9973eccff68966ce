import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockState } from './state-lock.ts';

let state: string;
let file: string;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'fairlead-lock-'));
  file = join(state, 'up.pid');
});

afterEach(() => {
  rmSync(state, { recursive: true, force: true });
});

/** No system gives it: Linux and macOS count to four million at most. */
const DEAD_PID = 999_999_999;

describe('lockState', () => {
  it('names its process in a folder that it makes, and leaves nothing behind', () => {
    const inner = join(state, 'a', 'b');

    const release = lockState(inner);
    const held = readFileSync(join(inner, 'up.pid'), 'utf8');
    release();

    expect(held).toBe(`${process.pid}\n`);
    expect(existsSync(join(inner, 'up.pid'))).toBe(false);
  });

  it('refuses a folder where another process is alive', () => {
    writeFileSync(file, `${process.ppid}\n`);

    expect(() => lockState(state)).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: expect.stringMatching(new RegExp(`process ${process.ppid}\\).*--state.*up\\.pid`)),
      }),
    );
    expect(readFileSync(file, 'utf8')).toBe(`${process.ppid}\n`);
  });

  it.each([`${DEAD_PID}\n`, '', 'no number', `${process.pid}\n`])(
    'takes over from a process that is gone (%j)',
    (content) => {
      writeFileSync(file, content);

      lockState(state)();

      expect(existsSync(file)).toBe(false);
    },
  );
});
