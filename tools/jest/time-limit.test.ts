import { describe, expect, it } from '@jest/globals';
import { limited, limitedHook, limitedTest } from './time-limit.ts';

const NEVER = new Promise(() => undefined);
const SOON_MS = 5;
const LONG_MS = 60_000;

/** In place of Jest's `it`: keeps what it is given, and gives a table's rows. */
function recorder() {
  const steps: (() => unknown)[] = [];
  const define = (_name: string, step: () => unknown) => void steps.push(step);
  const each =
    (...table: unknown[]) =>
    (_name: string, step: (...row: unknown[]) => unknown) =>
      void steps.push(...table.map((row) => () => step(row)));
  return { steps, define: Object.assign(define, { each, only: define }) };
}

describe('time limit', () => {
  it('ends what waits in vain, with an error that says so', async () => {
    await expect(limited(() => NEVER, SOON_MS)()).rejects.toThrow('not done after 0.005 s');
  });

  it('gives what a step gives, and the error that it throws', async () => {
    const broken = limited(() => {
      throw new Error('broken');
    }, LONG_MS);

    await expect(limited((one, two) => [one, two], LONG_MS)(1, 2)).resolves.toEqual([1, 2]);
    await expect(broken()).rejects.toThrow('broken');
  });

  it('asks for no callback', () => {
    expect(limited(() => NEVER, LONG_MS)).toHaveLength(0);
  });

  it('holds for a test, for each row of a table, and for a hook', async () => {
    const { steps, define } = recorder();
    const test = limitedTest(define, SOON_MS);

    test('one', () => NEVER);
    test.each('a', 'b')('row', () => NEVER);
    limitedHook((step) => steps.push(step), SOON_MS)(() => NEVER);

    expect(steps).toHaveLength(4);
    const ends = await Promise.allSettled(steps.map((step) => step()));
    expect(ends.map(({ status }) => status)).toEqual(steps.map(() => 'rejected'));
  });

  it('leaves the other words of a test as they are', () => {
    const { define } = recorder();

    expect(limitedTest(define, SOON_MS).only).toBe(define.only);
  });
});
