import { expect, it } from '@jest/globals';
import { AdapterError } from '@fairlead/contracts';
import { checkCluster } from './check-cluster.ts';
import type { Access } from './port.ts';

const PLACE = { cluster: 'eu', namespaces: ['shop'] };

function asked(mayI: (access: Access) => boolean, version?: string) {
  return {
    mayI: (_namespace: string, access: Access) => Promise.resolve(mayI(access)),
    version: () => Promise.resolve(version),
  };
}

function check(mayI: (access: Access) => boolean, version?: string) {
  return checkCluster(PLACE, asked(mayI, version));
}

it('is content where all is allowed that a deployment does', async () => {
  expect(await check(() => true, 'v1.36.0')).toEqual([
    {
      name: 'cluster eu, shop',
      state: 'ok',
      detail: 'v1.36.0 answers, and allows what a deployment does',
    },
  ]);
});

it('fails where a verb of every deployment is denied, and names it', async () => {
  const checks = await check(({ resource, verb }) => `${verb} ${resource}` !== 'patch deployments');

  expect(checks).toMatchObject([
    { state: 'fail', detail: expect.stringMatching(/^may not patch deployments\.apps in shop/) },
  ]);
});

it('fails where nothing is allowed, and says what is not bound', async () => {
  const checks = await check(() => false);

  expect(checks).toMatchObject([
    { state: 'fail', detail: expect.stringMatching(/^may do nothing in shop \(.* is not bound/) },
  ]);
});

it.each([
  ['httproutes', /get httproutes.*only router gateway-api needs it$/],
  ['secrets', /get secrets.*only templates that name one need it$/],
  ['pods/eviction', /create pods\/eviction.*only remediation needs it$/],
  ['pods/log', /get pods\/log.*lack the last words of what crashed$/],
])('warns of what only some deployments need: %s', async (denied, detail) => {
  const checks = await check(({ resource }) => resource !== denied);

  expect(checks).toMatchObject([{ state: 'warn', detail: expect.stringMatching(detail) }]);
});

it('looks at the Lease where one worker of several is to watch', async () => {
  const checks = await checkCluster(
    PLACE,
    asked(() => true),
    'fairlead',
  );

  expect(checks.slice(1)).toEqual([
    {
      name: 'cluster eu, Lease in fairlead',
      state: 'ok',
      detail: 'may be held: of several workers one watches for issues',
    },
  ]);
});

it('warns where the Lease may not be held, and names the mend', async () => {
  const mayI = ({ resource }: Access) => resource !== 'leases';

  const checks = await checkCluster(PLACE, asked(mayI), 'fairlead');

  expect(checks).toMatchObject([
    { state: 'ok' },
    {
      state: 'warn',
      detail: expect.stringMatching(
        /^may not get leases\.coordination\.k8s\.io, create .* in fairlead; each worker watches/,
      ),
      mend: expect.stringContaining('lease-role.yaml'),
    },
  ]);
});

it('says why a cluster cannot be looked at', async () => {
  const checks = await checkCluster(PLACE, {
    mayI: () => Promise.resolve(true),
    version: () => Promise.reject(new AdapterError('cluster-unreachable', 'no answer')),
  });

  expect(checks).toMatchObject([{ state: 'fail', detail: 'no answer', mend: expect.any(String) }]);
});
