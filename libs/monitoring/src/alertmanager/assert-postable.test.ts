import { expect, it } from '@jest/globals';
import { assertPostable } from './assert-postable.ts';
import type { PostableAlert } from './wire.ts';

const GOOD: PostableAlert = {
  labels: { alertname: 'Deployment Failure', environment: 'staging' },
  annotations: { summary: '' },
  startsAt: '2026-01-02T03:04:05Z',
  endsAt: '2026-01-02T03:09:05Z',
  generatorURL: 'https://example.com',
};

it('takes a good one', () => {
  expect(() => {
    assertPostable(GOOD);
  }).not.toThrow();
});

it.each<[string, Partial<PostableAlert>, RegExp]>([
  ['no name', { labels: { environment: 'x' } }, /has no name/],
  ['a bad label', { labels: { ...GOOD.labels, 'run-id': 'x' } }, /run-id is no name of a label/],
  ['a bad annotation', { annotations: { 'a b': 'x' } }, /a b is no name/],
  ['an empty label', { labels: { ...GOOD.labels, environment: '' } }, /environment is empty/],
  ['its end first', { endsAt: '2026-01-02T03:04:04Z' }, /would end/],
  ['no time', { startsAt: 'yesterday' }, /would end/],
  ['a bad link', { generatorURL: 'example' }, /generatorURL is no URL/],
])('refuses one with %s before anything is sent', (_name, over, message) => {
  const check = () => {
    assertPostable({ ...GOOD, ...over });
  };

  expect(check).toThrow(message);
  expect(check).toThrow(/^alertmanager: .*; nothing was sent$/);
});
