import { AdapterError } from '@fairlead/contracts';
import { describe, expect, it } from '@jest/globals';
import {
  FairleadError,
  errorDocument,
  toFairleadError,
  unreachableError,
  usageError,
  refusedError,
} from './fairlead-error.ts';

describe('toFairleadError', () => {
  it('calls what nobody foresaw a defect, and says where to report it', () => {
    const error = toFairleadError(new TypeError('x is undefined'));

    expect(error).toMatchObject({ type: 'defect', exitCode: 1 });
    expect(error.message).toMatch(/^x is undefined\n[^]*repository's issues/);
  });

  it.each([
    [new AdapterError('temporal-unreachable', 'temporal is away'), 'unreachable', 6],
    [new AdapterError('config-invalid', 'bad profile'), 'usage', 2],
    [new AdapterError('defect', 'oh'), 'defect', 1],
  ] as const)('knows %s', (error, type, exitCode) => {
    expect(toFairleadError(error)).toMatchObject({ type, exitCode });
  });

  it('keeps the problems of a configuration', () => {
    const problems = [{ code: 'missing', path: 'a', message: 'missing' }];
    const error = Object.assign(new Error('a: missing'), {
      name: 'ConfigError',
      problems,
      more: 0,
    });

    expect(toFairleadError(error)).toMatchObject({ exitCode: 2, details: { problems, more: 0 } });
  });

  it.each([
    ['request', [{ path: '--environment' }, { path: '--component' }]],
    ['configuration', [{ path: '--environment' }, { path: 'canary.bake', file: 'a.yaml' }]],
    ['configuration', [{ path: '--component', file: 'a.yaml', line: 3 }]],
    ['configuration', [{ path: '', file: 'a.yaml' }]],
  ])('says that the %s is wrong for %j', (what, problems) => {
    const error = Object.assign(new Error('m'), { name: 'ConfigError', problems, more: 0 });

    expect(toFairleadError(error).message).toBe(`The ${what} is wrong:\nm`);
  });

  it('leaves one of ours as it is', () => {
    const error = usageError('no');

    expect(toFairleadError(error)).toBe(error);
  });
});

it('puts the details beside type, message and exit code', () => {
  const error = unreachableError('away', { details: { address: 'a:1' } });

  expect(error).toBeInstanceOf(FairleadError);
  expect(errorDocument(error)).toEqual({
    error: { type: 'unreachable', message: 'away', exitCode: 6, address: 'a:1' },
  });
});

it('keeps a word that only a newer worker knows beside the closed set', () => {
  const error = refusedError('moonphase', 'not today');

  expect(error).toMatchObject({ type: 'refused', details: { word: 'moonphase' }, exitCode: 5 });
  expect(refusedError('busy', 'b').mend).toContain('onBusy');
});
