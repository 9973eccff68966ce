import { describe, expect, it } from '@jest/globals';
import { canaryName, labelValue, matchesSelector } from './labels.ts';

const LONG = 'a'.repeat(60);

describe('canaryName', () => {
  it('appends', () => {
    expect(canaryName('api')).toBe('api-canary');
  });

  it('stays within a name of 63, and tells long names apart', () => {
    const names = [`${LONG}b`, `${LONG}c`].map(canaryName);

    expect(names.map(({ length }) => length)).toEqual([63, 63]);
    expect(new Set(names).size).toBe(2);
    expect(names[0]).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
  });
});

describe('labelValue', () => {
  it.each(['dep-1', '20260101.1_a', ''])('keeps %j', (text) => {
    expect(labelValue(text)).toBe(text);
  });

  it.each(['prod/shop/7', '-x-', 'ü', LONG.repeat(2)])(
    'makes %j one that Kubernetes takes',
    (text) => {
      expect(labelValue(text)).toMatch(/^[A-Za-z0-9-][A-Za-z0-9._-]{0,61}[A-Za-z0-9]$/);
      expect(labelValue(text)).not.toBe(labelValue(`${text}2`));
    },
  );
});

describe('matchesSelector', () => {
  const labels = { app: 'api', track: 'stable' };

  it.each([
    [{ matchLabels: { app: 'api' } }, true],
    [{ matchLabels: { app: 'web' } }, false],
    [{ matchExpressions: [{ key: 'track', operator: 'In', values: ['stable'] }] }, true],
    [{ matchExpressions: [{ key: 'track', operator: 'NotIn', values: ['stable'] }] }, false],
    [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, false],
  ])('%j: %s', (selector, expected) => {
    expect(matchesSelector(selector, labels)).toBe(expected);
  });
});
