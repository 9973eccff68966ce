import { expect, it } from '@jest/globals';
import type { DeploymentRecord } from '@fairlead/contracts';
import { unreachableError } from '../errors/fairlead-error.ts';
import { aRecord } from '../testing/fixtures.ts';
import { changesOf } from './watch.ts';

const steps = [aRecord({ weight: 10 }), aRecord({ weight: 50 }), aRecord({ outcome: 'succeeded' })];

function changes(answers: (DeploymentRecord | Error)[], patienceMs = 10_000) {
  let reads = 0;
  const read = () => {
    reads += 1;
    const answer = answers.shift();
    if (answer === undefined) return Promise.reject(new Error('read after the end'));
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ record: answer });
  };
  const { signal } = new AbortController();
  const { deploymentId } = aRecord();
  const told = changesOf({ deploymentId, read, pollMs: 0, patienceMs }, signal);
  return { told, reads: () => reads };
}

it('tells each change once, and the outcome last', async () => {
  const [ten, fifty, end] = steps as [DeploymentRecord, DeploymentRecord, DeploymentRecord];
  const seen: DeploymentRecord[] = [];

  for await (const record of changes([ten, ten, fifty, fifty, end]).told) seen.push(record);

  expect(seen).toEqual(steps);
});

it('sits out an outage, and throws one that does not end', async () => {
  const [ten] = steps as [DeploymentRecord];
  const away = unreachableError('away');
  const { told } = changes([ten, away], -1);

  expect(await told.next()).toEqual({ done: false, value: ten });
  await expect(told.next()).rejects.toMatchObject({ type: 'unreachable' });
  const seen: DeploymentRecord[] = [];
  for await (const record of changes([away, ...steps]).told) seen.push(record);
  expect(seen).toEqual(steps);
});

it('has stopped reading when its reader has left', async () => {
  const endless = { shift: () => aRecord() } as unknown as DeploymentRecord[];
  const { told, reads } = changes(endless);
  await told.next();

  await told.return();

  const after = reads();
  await new Promise(setImmediate);
  expect(reads()).toBe(after);
});
