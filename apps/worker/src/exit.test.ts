import { describe, expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import { farewell } from './exit.ts';
import { UsageError } from './options/usage-error.ts';

describe('farewell', () => {
  it.each([
    [new UsageError('--role "x"'), 2, /^--role "x"; see fairlead-worker --help$/],
    [new AdapterError('temporal-unreachable', 'host:7233 away'), 6, /^temporal-unreachable: host/],
    [new AdapterError('config-invalid', 'no such namespace'), 2, /^config-invalid: no such/],
    [new TypeError('x is undefined'), 1, /please report it: TypeError: x is undefined$/],
  ])('tells %s with exit code %d', (error, exitCode, message) => {
    expect(farewell(error)).toEqual({ exitCode, message: expect.stringMatching(message) });
  });
});
