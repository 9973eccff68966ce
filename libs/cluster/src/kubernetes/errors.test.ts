import { describe, expect, it } from '@jest/globals';
import { toAdapterError } from './errors.ts';

const call = { verb: 'patch', resource: 'deployments', namespace: 'shop', name: 'api' };

function answer(status: number, message = 'no', headers: Record<string, string> = {}) {
  return { status, headers, text: JSON.stringify({ kind: 'Status', message }) };
}

const RBAC =
  'deployments.apps "api" is forbidden: User "fairlead" cannot patch resource "deployments" in API group "apps" in the namespace "shop"';
const WEBHOOK = 'admission webhook "policy.test" denied the request: image is not signed';
const QUOTA = 'deployments.apps "api" is forbidden: exceeded quota: small';
const FAILED_TEST = 'testing value /metadata/generation failed: test failed';

describe('F6: what the API server answers', () => {
  it.each([
    [409, 'the object has been modified', 'cluster-conflict', true],
    [410, 'too old resource version', 'cluster-conflict', true],
    [422, FAILED_TEST, 'cluster-conflict', true],
    [429, 'too many requests', 'cluster-throttled', true],
    [500, 'etcdserver: request timed out', 'cluster-unreachable', true],
    [503, 'apiserver is shutting down', 'cluster-unreachable', true],
    [403, RBAC, 'cluster-forbidden', false],
    [401, 'Unauthorized', 'cluster-forbidden', false],
    [403, WEBHOOK, 'cluster-rejected', false],
    [403, QUOTA, 'cluster-rejected', false],
    [400, WEBHOOK, 'cluster-rejected', false],
    [422, 'spec.replicas: Invalid value: -1', 'cluster-rejected', false],
    [404, 'deployments.apps "api" not found', 'cluster-not-found', false],
  ] as const)('%i "%s" is %s', (status, message, type, retryable) => {
    expect(toAdapterError(call, answer(status, message))).toMatchObject({ type, retryable });
  });

  it.each([
    ['the server rejected our request due to an error in our request', {}, 'cluster-conflict'],
    [
      'Deployment.apps "api" is invalid: spec.replicas: Invalid value: -4',
      { kind: 'Deployment', causes: [{ message: 'Invalid value: -4' }] },
      'cluster-rejected',
    ],
  ])(
    'tells a patch that does not fit any more from an invalid one: "%s"',
    (message, details, type) => {
      const text = JSON.stringify({ kind: 'Status', reason: 'Invalid', message, details });

      expect(toAdapterError(call, { status: 422, headers: {}, text }).type).toBe(type);
    },
  );

  it('quotes an admission denial', () => {
    expect(toAdapterError(call, answer(403, WEBHOOK)).message).toContain('image is not signed');
  });

  it('names verb, resource, namespace and mend of a missing permission', () => {
    expect(toAdapterError(call, answer(403, RBAC)).message).toBe(
      'may not patch deployments in shop (role fairlead-cluster lacks the verb); apply deploy/kubernetes/base/cluster-role.yaml',
    );
  });

  it('names the role of the worker’s own namespace where it is about a Lease', () => {
    const about = { ...call, resource: 'leases', namespace: 'fairlead' };

    expect(toAdapterError(about, answer(403, RBAC)).message).toContain(
      '(role fairlead-lease lacks the verb); apply deploy/kubernetes/base/lease-role.yaml',
    );
  });

  it.each([429, 503])('keeps the wait that a %i asks for', (status) => {
    const error = toAdapterError(call, answer(status, 'later', { 'retry-after': '2' }));

    expect(error.retryAfterMs).toBe(2000);
  });

  it('takes an answer that is no Status as it is, cut short', () => {
    const error = toAdapterError(call, { status: 502, headers: {}, text: 'x'.repeat(10_000) });

    expect(error.type).toBe('cluster-unreachable');
    expect(error.message.length).toBeLessThan(700);
  });
});
