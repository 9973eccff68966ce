import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { fakeSession } from '../testing/fake-session.ts';
import { pickTarget } from './pick-target.ts';

/** Its application is `shop`. */
const NAMED = fileURLToPath(new URL('../../../../examples/minimal.yaml', import.meta.url));

function pick(options: Parameters<typeof pickTarget>[1], targets: readonly string[] = []) {
  const session = fakeSession(Object.fromEntries(targets.map((id) => [`target/${id}`, {}])));
  return pickTarget(session, options, { env: {} });
}

describe('pickTarget', () => {
  it('takes the application of the file that is named', async () => {
    expect(await pick({ environment: 'staging', config: [NAMED] })).toEqual({
      environment: 'staging',
      application: 'shop',
    });
  });

  it('does not go on without a file that was named', async () => {
    const picked = pick({ environment: 'staging', config: ['nope.yaml'] }, ['staging/shop']);

    await expect(picked).rejects.toThrow('nope.yaml');
  });

  it('takes the only one, where no file is', async () => {
    expect(await pick({ environment: 'staging' }, ['staging/web'])).toMatchObject({
      application: 'web',
    });
  });

  it('refuses an environment that Temporal does not know', async () => {
    await expect(pick({ environment: 'staging' })).rejects.toMatchObject({
      type: 'unknown-target',
      exitCode: 5,
    });
  });
});
