import { describe, expect, it } from '@jest/globals';
import { parseImageReference, unpinnedReason } from './image-reference.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('parseImageReference', () => {
  it.each([
    ['nginx', { repository: 'nginx' }],
    ['nginx:1.27', { repository: 'nginx', tag: '1.27' }],
    ['localhost:5000/shop/api', { repository: 'localhost:5000/shop/api' }],
    [
      'registry.example.com/shop/api:2.4.1',
      { repository: 'registry.example.com/shop/api', tag: '2.4.1' },
    ],
    [`shop/api:2@${DIGEST}`, { repository: 'shop/api', tag: '2', digest: DIGEST }],
    ['[::1]:5000/a__b', { repository: '[::1]:5000/a__b' }],
  ])('splits %s', (text, expected) => {
    expect(parseImageReference(text)).toEqual(expected);
  });

  it.each([
    ['https://registry.example.com/api:1', 'scheme'],
    ['shop/api: 1', 'white space'],
    ['Shop/api:1', 'lower case'],
    ['shop/api:', 'after : comes a tag'],
    ['shop/api@sha256:abc', 'digest'],
    [`a@${DIGEST}@${DIGEST}`, 'at most one @'],
    [':1', 'repository before tag and digest is missing'],
    ['shop//api:1', 'parted by'],
    [`${'a'.repeat(256)}:1`, 'at most 255'],
    ['bad_host.example.com/api:1', 'host name'],
  ])('says what is wrong with %s', (text, expected) => {
    expect(parseImageReference(text)).toEqual({ invalid: expect.stringContaining(expected) });
  });
});

describe('unpinnedReason', () => {
  it.each([
    ['shop/api', 'no tag and no digest'],
    ['shop/api:latest', '"latest"'],
  ])('doubts %s', (text, expected) => {
    expect(unpinnedReason(text)).toContain(expected);
  });

  it.each(['shop/api:1', `shop/api@${DIGEST}`, `shop/api:latest@${DIGEST}`])(
    'trusts %s',
    (text) => {
      expect(unpinnedReason(text)).toBeUndefined();
    },
  );
});
