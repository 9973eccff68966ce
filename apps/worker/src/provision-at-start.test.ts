import { expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import type { ProvisionChange } from '@fairlead/contracts';
import { createLog } from '@fairlead/temporal/logging';
import { provisionAtStart } from './provision-at-start.ts';

const CHANGES: readonly ProvisionChange[] = [
  { thing: 'dashboard', name: 'One', action: 'create' },
  { thing: 'dashboard', name: 'Two', action: 'unchanged' },
];

type Answer = readonly ProvisionChange[] | Error;

/** Answers one after the other, and what was logged. */
async function provisioned(answers: readonly Answer[]) {
  const lines: Record<string, unknown>[] = [];
  const stream = {
    write: (line: string) => {
      lines.push(JSON.parse(line) as Record<string, unknown>);
    },
  };
  const left = [...answers];
  await provisionAtStart({
    systems: ['grafana'],
    apply: () => {
      const next = left.shift() ?? new Error('asked too often');
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
    log: createLog({ service: 'test', level: 'info', stream }),
    signal: new AbortController().signal,
    againMs: 1,
  });
  return { lines, left };
}

it('tries a system that is away until it is there, and says so once', async () => {
  const away = new AdapterError('vendor-unreachable', 'no answer');

  const { lines } = await provisioned([away, away, CHANGES]);

  expect(lines).toMatchObject([
    {
      level: 'error',
      message: expect.stringMatching(/not provisioned; tried again/),
      reason: expect.stringMatching(/no answer/),
    },
    { level: 'info', system: 'grafana', changes: 1 },
  ]);
});

it('asks a system that refuses no second time', async () => {
  const { lines, left } = await provisioned([
    new AdapterError('vendor-rejected', 'answered 403'),
    CHANGES,
  ]);

  expect(lines).toMatchObject([{ message: expect.stringMatching(/not provisioned$/) }]);
  expect(left).toHaveLength(1);
});
