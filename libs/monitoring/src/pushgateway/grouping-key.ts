import type { TargetState } from '@fairlead/contracts';

/** The job of every group of ours: what is pushed under another one is not ours. */
const JOB = 'fairlead';

/** What a path carries as it is. Any other text is base64: a "/" splits it even when encoded, and dots are climbed. */
const PLAIN = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;

/** Path of a target's group: `/metrics/job/fairlead/environment/staging/application/shop`. */
export function groupPath({
  environment,
  application,
}: Pick<TargetState, 'environment' | 'application'>): string {
  return `/metrics/job/${JOB}${part('environment', environment)}${part('application', application)}`;
}

function part(label: string, value: string): string {
  if (PLAIN.test(value)) return `/${label}/${value}`;
  // https://github.com/prometheus/pushgateway#url: an empty value is a single "=".
  const encoded = value === '' ? '=' : Buffer.from(value, 'utf8').toString('base64url');
  return `/${label}@base64/${encoded}`;
}
