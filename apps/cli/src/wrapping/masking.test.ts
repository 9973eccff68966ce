import { describe, expect, it } from '@jest/globals';
import { createMask } from './masking.ts';

describe('what nobody may read', () => {
  const mask = createMask({
    API_TOKEN: 'tok-123456',
    DB_PASSWORD: 'tok-123456-and-more',
    SSH_PRIVATE_KEY: '-----BEGIN KEY-----\nMIIabcdef\n-----END KEY-----',
    PIN_SECRET: '1234',
    HOME: '/home/kim',
    RAILS_MASTER_KEY: 'master-99',
    ENCRYPTION_KEY_OLD: 'older-77',
    GIT_AUTHOR_NAME: 'Kim Lee',
    KEYBOARD: 'qwerty-de',
  });

  it.each([
    ['a variable’s secret', 'using tok-123456 now', 'using *** now'],
    ['the longer of two', 'tok-123456-and-more', '***'],
    ['a line of a key', 'read MIIabcdef', 'read ***'],
    ['a password in a URL', 'https://kim:hunter2@example.com/x', 'https://***@example.com/x'],
    ['a variable that ends with key', 'by master-99', 'by ***'],
    ['a key of many', 'by older-77', 'by ***'],
    ['a password with an @', 'postgres://u:p@ss@host/db', 'postgres://***@host/db'],
    ['an author, who is no secret', 'Kim Lee on qwerty-de', 'Kim Lee on qwerty-de'],
    ['what is too short to be told apart', 'port 1234', 'port 1234'],
    ['an ordinary variable', 'in /home/kim', 'in /home/kim'],
  ])('%s', (_name, text, masked) => {
    expect(mask(text)).toBe(masked);
  });
});
