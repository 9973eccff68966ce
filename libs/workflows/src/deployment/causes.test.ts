import { expect, it } from '@jest/globals';
import type { Doom } from '@fairlead/contracts';
import { Causes } from './causes.ts';

const AT = '2026-01-02T03:04:05Z';
const DOOM: Doom = {
  component: 'api',
  workload: 'api',
  side: 'stable',
  reason: 'ImagePull',
  message: 'no such image',
  since: AT,
};

it('is the first error that decides, with the time when it was known', () => {
  const causes = new Causes();

  causes.add({ message: 'abort by kim' }, AT);
  causes.add({ message: 'gone', error: { type: 'cluster-not-found', message: 'gone' } }, AT);
  causes.add({ message: 'edited', error: { type: 'target-edited', message: 'edited' } }, AT);

  expect(causes.error).toEqual({ type: 'cluster-not-found', message: 'gone', at: AT });
  expect(causes.message).toBe('abort by kim; and gone; and edited');
});

it('knows of doomed pods whatever came before them', () => {
  const causes = new Causes();

  causes.add({ message: 'gone', error: { type: 'cluster-not-found', message: 'gone' } }, AT);
  causes.add({ message: 'x', error: { type: DOOM.reason, message: 'x', doom: DOOM } }, AT);

  expect(causes.doom).toBe(DOOM);
});

it('has none before the first', () => {
  const causes = new Causes();

  expect(causes.any).toBe(false);
  expect(causes.error).toBeUndefined();
});
