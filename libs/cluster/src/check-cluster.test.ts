import { expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import { checkCluster } from './check-cluster.ts';
import type { Access } from './port.ts';

const PLACE = { cluster: 'eu', namespaces: ['shop'] };

function check(mayI: (access: Access) => boolean) {
  return checkCluster(PLACE, { mayI: (_namespace, access) => Promise.resolve(mayI(access)) });
}

it('is content where all is allowed that a deployment does', async () => {
  expect(await check(() => true)).toMatchObject([{ name: 'cluster eu, shop', state: 'ok' }]);
});

it('fails where a verb of every deployment is denied, and names it', async () => {
  const checks = await check(({ resource, verb }) => `${verb} ${resource}` !== 'patch deployments');

  expect(checks).toMatchObject([
    { state: 'fail', detail: expect.stringMatching(/^may not patch deployments\.apps in shop/) },
  ]);
});

it('warns where only routes are out of bounds', async () => {
  const checks = await check(({ resource }) => resource !== 'httproutes');

  expect(checks).toMatchObject([
    { state: 'warn', detail: expect.stringMatching(/httproutes.*only router gateway-api/) },
  ]);
});

it('says why a cluster cannot be looked at', async () => {
  const checks = await checkCluster(PLACE, {
    mayI: () => Promise.reject(new AdapterError('cluster-unreachable', 'no answer')),
  });

  expect(checks).toMatchObject([{ state: 'fail', detail: 'no answer', mend: expect.any(String) }]);
});
