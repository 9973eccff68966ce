import { createHash } from 'node:crypto';
import { FIELD_MANAGER } from '@fairlead/contracts';
import type { Labels, LabelSelector } from './objects.ts';

const MANAGED_BY = 'app.kubernetes.io/managed-by';
const DEPLOYMENT_ID = 'fairlead.dev/deployment-id';
const COMPONENT = 'fairlead.dev/component';
/** On every pod of a canary, and its selector: the name of the stable Kubernetes Deployment. */
const CANARY_OF = 'fairlead.dev/canary-of';

/** Limit of label values, and of the names of Services (RFC 1123 label). */
const MAX_LENGTH = 63;
const HASH_LENGTH = 8;

/** On everything that a run makes. */
export function runLabels(deploymentId: string): Labels {
  return { [MANAGED_BY]: FIELD_MANAGER, [DEPLOYMENT_ID]: labelValue(deploymentId) };
}

export function ownLabels(deploymentId: string, component: string): Labels {
  return { ...runLabels(deploymentId), [COMPONENT]: labelValue(component) };
}

export function isOurs(labels: Labels): boolean {
  return labels[MANAGED_BY] === FIELD_MANAGER;
}

export function canaryLabels(workload: string): Labels {
  return { [CANARY_OF]: labelValue(workload) };
}

/** `<name>-canary`; a name that would be too long is cut and made unique by a hash of the whole. */
export function canaryName(name: string): string {
  return fit(name, '-canary');
}

/** Any text as a label value: kept where Kubernetes takes it, else cleaned and made unique by a hash. */
export function labelValue(text: string): string {
  const clean = text.replaceAll(/[^A-Za-z0-9._-]/g, '-').replaceAll(/^[._-]+|[._-]+$/g, '');
  return clean === text && text.length <= MAX_LENGTH ? text : fit(clean, `-${hash(text)}`);
}

function fit(name: string, suffix: string): string {
  if (name.length + suffix.length <= MAX_LENGTH) return name + suffix;
  const tail = `-${hash(name)}${suffix}`;
  return name.slice(0, MAX_LENGTH - tail.length).replace(/[._-]+$/, '') + tail;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
}

export function includesLabels(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** Whether a Service's selector takes pods with these labels; an empty one takes none. */
export function selectsPods(selector: Labels | undefined, labels: Labels): boolean {
  return (
    selector !== undefined && Object.keys(selector).length > 0 && includesLabels(labels, selector)
  );
}

export function matchesSelector(selector: LabelSelector, labels: Labels): boolean {
  return (
    includesLabels(labels, selector.matchLabels ?? {}) &&
    (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        default:
          return value === undefined;
      }
    })
  );
}
