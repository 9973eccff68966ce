import { describe, expect, it } from '@jest/globals';
import { createMask } from './masking.ts';

describe('what nobody may read', () => {
  const mask = createMask({
    API_TOKEN: 'tok-123456',
    DB_PASSWORD: 'tok-123456-and-more',
    SSH_PRIVATE_KEY: '-----BEGIN KEY-----\nMIIabcdef\n-----END KEY-----',
    PIN_SECRET: '1234',
    HOME: '/home/kim',
  });

  it.each([
    ['a variable’s secret', 'using tok-123456 now', 'using *** now'],
    ['the longer of two', 'tok-123456-and-more', '***'],
    ['a line of a key', 'read MIIabcdef', 'read ***'],
    ['a password in a URL', 'https://kim:hunter2@example.com/x', 'https://***@example.com/x'],
    ['what is too short to be told apart', 'port 1234', 'port 1234'],
    ['an ordinary variable', 'in /home/kim', 'in /home/kim'],
  ])('%s', (_name, text, masked) => {
    expect(mask(text)).toBe(masked);
  });
});
