import { describe, expect, it } from '@jest/globals';
import { formatDuration, MAX_DURATION_MS, parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['500ms', 500],
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['30d', MAX_DURATION_MS],
  ])('reads %s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each([
    '',
    '5',
    'm',
    '5 m',
    '-5m',
    '+5m',
    '05m',
    '1.5h',
    '1h30m',
    '5M',
    '31d',
    '9999999999d',
    '5m\n',
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [1, '1ms'],
    [1500, '1500ms'],
    [90_000, '90s'],
    [600_000, '10m'],
    [7_200_000, '2h'],
    [MAX_DURATION_MS, '30d'],
  ])('shows %d ms in the largest unit that fits', (durationMs, expected) => {
    expect(formatDuration(durationMs)).toBe(expected);
    expect(parseDuration(expected)).toBe(durationMs);
  });
});
