import { expect, it } from '@jest/globals';
import type { Check } from '@fairlead/contracts';
import { exitOfChecks } from './exit-of-checks.ts';

type Some = Pick<Check, 'state' | 'fault'>;
const WELL: Some = { state: 'ok' };
const WRONG: Some = { state: 'fail', fault: 'configuration' };
const AWAY: Some = { state: 'fail' };

it.each([
  ['nothing failed', [WELL, { state: 'warn' }, { state: 'skipped' }], 0],
  ['only configuration is wrong', [WELL, WRONG], 2],
  ['something is away', [AWAY, WELL], 6],
  ['something is away and configuration is wrong', [WRONG, AWAY], 6],
] as const)('where %s', (_when, checks, exitCode) => {
  expect(exitOfChecks(checks)).toBe(exitCode);
});
