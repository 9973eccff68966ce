import type { z } from 'zod';
import { text } from './fields.ts';

/** RFC 1123 label: what Kubernetes takes for namespaces and containers, and labels for values. */
const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
/** RFC 1123 subdomain: names of Kubernetes Deployments, routes and ingresses. */
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const MAX_SUBDOMAIN = 253;

export const LABEL_EXPECTED =
  'a name: lower-case letters, digits and "-", a letter or digit first and last, at most 63 characters';

/** Name of an application, environment, component or cluster, a namespace or a container. */
export function name(description: string): z.ZodString {
  return text({ description, expected: LABEL_EXPECTED, pattern: LABEL, max: 63 });
}

export function isName(value: string): boolean {
  return LABEL.test(value);
}

/** Name of a Kubernetes object that may hold dots. */
export function objectName(description: string): z.ZodString {
  return text({
    description,
    expected: 'a Kubernetes name: lower-case letters, digits, "-" and ".", at most 253 characters',
    pattern: SUBDOMAIN,
    max: MAX_SUBDOMAIN,
  });
}
