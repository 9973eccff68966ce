import { createHash } from 'node:crypto';
import type { Delivery } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import type { DoraDeployment, DoraFailure } from '../client.ts';
import { MANAGED_BY, toTags } from '../tags.ts';
import type { Ending } from './ending.ts';

/** https://docs.datadoghq.com/api/latest/dora-metrics/: what an ID may be. */
const DORA_ID = /^[A-Za-z0-9_.:-]{16,128}$/;

type Told = Pick<Delivery, 'event' | 'facts'>;

/**
 * What ran, whatever became of it. Of Git a repository's address is needed as well and is not known, so that the
 * commit is a tag only; who owns the service Datadog takes from its catalogue.
 */
export function toDoraDeployment(told: Told): DoraDeployment {
  const { event, facts } = told;
  return {
    ...commonOf(told, 'deployment'),
    service: cleanText(facts.application),
    startedAt: Date.parse(facts.startedAt),
    finishedAt: Date.parse(event.at),
  };
}

/**
 * A change that failed: open from the failure on, and finished by the end of the rollback, under one ID. It began
 * when the change did: the event that ends it knows no other time that both would tell.
 */
export function toDoraFailure(told: Told, ending: Ending | undefined): DoraFailure | undefined {
  const { event, facts } = told;
  if (event.mark === 'test') return undefined;
  const isBack = ending?.outcome === 'rolled-back';
  if (!isBack && event.kind !== 'deployment-failed') return undefined;
  return {
    ...commonOf(told, 'failure'),
    name: `Deployment of ${cleanText(facts.application)} to ${cleanText(facts.environment)} failed`,
    services: [cleanText(facts.application)],
    severity: ending?.rollback === 'failed' ? 'High' : 'Medium',
    startedAt: Date.parse(facts.startedAt),
    ...(isBack ? { finishedAt: Date.parse(event.at) } : {}),
  };
}

function commonOf({ facts }: Told, what: 'deployment' | 'failure') {
  const { deploymentId, environment, type, kind, ci } = facts;
  const version = versionOf(facts);
  return {
    id: doraId(`${deploymentId}:${what}`),
    env: cleanText(environment),
    ...(version === undefined ? {} : { version }),
    customTags: [
      MANAGED_BY,
      ...toTags({ deployment: deploymentId, type, kind, commit: ci?.commit }),
    ],
  };
}

/** The same for the same, so that a repeat is recognised. */
function doraId(name: string): string {
  if (DORA_ID.test(name)) return name;
  return `fairlead:${createHash('sha256').update(name).digest('hex')}`;
}

/** The tag that all images have; without one for all there is no one version. */
function versionOf({ components }: Told['facts']): string | undefined {
  const tags = new Set(components.map(({ image }) => /:([\w.-]+)(?:@|$)/.exec(image)?.[1]));
  const [version] = tags;
  return tags.size === 1 ? version : undefined;
}
