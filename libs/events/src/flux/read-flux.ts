import type { PlainEvent } from '@fairlead/contracts';
import { idOf, isFields, textAt, timeOf, wordsOf } from '../reading.ts';
import type { Reading } from '../reading.ts';

type Meaning = Pick<PlainEvent, 'type' | 'outcome'> & { readonly isRollback?: true };

const BEGUN: Meaning = { type: 'begin' };
const DONE: Meaning = { type: 'finish', outcome: 'succeeded' };
const FAILED: Meaning = { type: 'finish', outcome: 'failed' };

/** Reasons of the kustomize and the helm controller; whatever else they say is no deployment's end. */
const MEANING: Readonly<Record<string, Meaning>> = {
  ...{ Progressing: BEGUN, ReconciliationSucceeded: DONE },
  ...{ ReconciliationFailed: FAILED, HealthCheckFailed: FAILED, BuildFailed: FAILED },
  ...{ InstallSucceeded: DONE, UpgradeSucceeded: DONE },
  ...{ InstallFailed: FAILED, UpgradeFailed: FAILED },
  RollbackSucceeded: { ...DONE, isRollback: true },
  RollbackFailed: { ...FAILED, isRollback: true },
};

/** The body of Flux's generic webhook: https://fluxcd.io/flux/components/notification/providers/#generic-webhook */
export function readFlux(body: unknown): Reading {
  const [kind, name] = [
    textAt(body, 'involvedObject', 'kind'),
    textAt(body, 'involvedObject', 'name'),
  ];
  const reason = textAt(body, 'reason');
  if (kind === undefined || name === undefined || reason === undefined) {
    return {
      wrong: 'the body is not Flux’s: it needs involvedObject with kind and name, and reason',
    };
  }
  const meaning = Object.hasOwn(MEANING, reason) ? MEANING[reason] : undefined;
  if (meaning === undefined || !isStep(kind, meaning)) {
    return { passed: `${reason} of a ${kind} is no step of a deployment` };
  }
  const metadata = isFields(body) && isFields(body.metadata) ? body.metadata : {};
  const revision = revisionIn(metadata);
  if (revision === undefined) {
    return { wrong: 'metadata.revision is missing: of what it tells is not known' };
  }
  const environment =
    textAt(metadata, 'environment') ?? textAt(body, 'involvedObject', 'namespace');
  if (environment === undefined) {
    return { wrong: 'neither metadata.environment nor a namespace says where' };
  }
  const { isRollback, ...told } = meaning;
  const at = timeOf(textAt(body, 'timestamp'));
  const facts = [
    textAt(body, 'involvedObject', 'uid') ?? `${kind}/${environment}/${name}`,
    revision,
    ...(kind === 'HelmRelease' ? [reason, at ?? ''] : []),
  ];
  return {
    ...(isRollback === true ? { isRollback } : {}),
    event: {
      ...told,
      deployment: idOf('flux', ...facts),
      eventId: reason,
      ...{ environment, application: textAt(metadata, 'application') ?? name, tool: 'Flux' },
      ...(at === undefined ? {} : { at }),
      components: [{ name, image: revision }],
      ...wordsOf(textAt(body, 'message')),
    },
  };
}

/**
 * A kustomization tells of one revision that it begins and how it ends, again and again while it fails. A release tells
 * of each attempt once, when it is over: one chart version has many, with other values or once more.
 */
function isStep(kind: string, { type }: Meaning): boolean {
  return kind === 'Kustomization' || (kind === 'HelmRelease' && type === 'finish');
}

/** `revision`, or with the controller's own prefix. */
function revisionIn(metadata: Readonly<Record<string, unknown>>): string | undefined {
  const key = Object.keys(metadata).find((one) => one === 'revision' || one.endsWith('/revision'));
  return key === undefined ? undefined : textAt(metadata, key);
}
