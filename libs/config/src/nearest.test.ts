import { describe, expect, it } from '@jest/globals';
import { nearest } from './nearest.ts';

describe('nearest', () => {
  it.each([
    ['wehbook_url', 'webhook_url'],
    ['webhookurl', 'webhook_url'],
    ['Webhook_Url', 'webhook_url'],
    ['chanel', 'channel'],
  ])('finds %s → %s', (word, expected) => {
    expect(nearest(word, ['channel', 'webhook_url', 'username'])).toBe(expected);
  });

  it.each(['x', 'hunter2hunter2', 'a'.repeat(100_000)])('finds nothing near %.20s', (word) => {
    expect(nearest(word, ['channel', 'webhook_url', 'username'])).toBeUndefined();
  });
});
