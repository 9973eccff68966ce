import type { RuleInput } from '../schema/field-meta.ts';

const KEY_OF_ROUTER = { 'gateway-api': 'route', nginx: 'ingress' } as const;

/** A router's object must be named, and no other router's, lest a reader think it were in use. */
export function trafficRule({ value, has, report }: RuleInput): void {
  const { router } = value as { router?: string };
  if (router === undefined) return;
  for (const [owner, key] of Object.entries(KEY_OF_ROUTER)) {
    if (owner === router && !has([key])) report([], `router ${router} needs ${key}: its name`);
    if (owner !== router && has([key])) {
      report([key], `${key} belongs to router ${owner}, not to ${router}`);
    }
  }
}
