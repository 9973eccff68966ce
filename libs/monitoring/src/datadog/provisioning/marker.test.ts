import { describe, expect, it } from '@jest/globals';
import { differences, fingerprintOf } from './fingerprint.ts';
import { findMarker, markerText, withoutMarker } from './marker.ts';

describe('a marker', () => {
  const marker = { id: 'deployment-failure', form: '0123456789abcdef' };

  it.each([marker, { ...marker, seal: 'fedcba9876543210' }])(
    'is read as it was written: %j',
    (one) => {
      expect(findMarker(`text\n${markerText(one)}`)).toEqual(one);
      expect(withoutMarker(`text\n\n${markerText(one)}`)).toBe('text');
      expect(withoutMarker(`text\n{{!-- ${markerText(one)} --}}`)).toBe('text');
    },
  );

  it('is not seen in what people write', () => {
    expect(findMarker('managed_by:fairlead, said Kim')).toBeUndefined();
  });
});

describe('fingerprintOf', () => {
  it('is the same in any order, and without what is null', () => {
    const one = fingerprintOf({ a: 1, b: [{ c: 2, d: null }] });

    expect(fingerprintOf({ b: [{ c: 2 }], a: 1, e: undefined })).toBe(one);
    expect(fingerprintOf({ a: 1, b: [{ c: 3 }] })).not.toBe(one);
    expect(fingerprintOf({ a: [1, 2] })).not.toBe(fingerprintOf({ a: [2, 1] }));
  });
});

describe('differences', () => {
  it('names fields that are otherwise, and none that Datadog added to', () => {
    const wanted = { query: 'a', options: { thresholds: { critical: 0 } }, tags: ['x'] };

    expect(differences(wanted, { ...wanted, options: { ...wanted.options, more: 1 } })).toEqual([]);
    expect(
      differences(wanted, { query: 'b', options: { thresholds: {} }, tags: ['x', 'y'] }),
    ).toEqual(['query', 'options', 'tags']);
  });
});
