import { expect, it } from '@jest/globals';
import { createRequestId } from './request-id.ts';

const NOW = new Date('2026-11-25T04:33:12.345Z');

it('is a name that starts with the time', () => {
  expect(createRequestId(NOW)).toMatch(/^20261125-043312-[a-z0-9]{6}$/);
});

it('sorts by time and differs within a second', () => {
  const later = createRequestId(new Date(NOW.getTime() + 1000));

  expect(createRequestId(NOW) < later).toBe(true);
  expect(createRequestId(NOW)).not.toBe(createRequestId(NOW));
});
