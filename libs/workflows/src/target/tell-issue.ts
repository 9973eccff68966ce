import { proxyActivities } from '@temporalio/workflow';
import { CONTROL_QUEUE, redeliveryWorkflowId } from '@fairlead/contracts';
import type {
  DeploymentEvent,
  Issue,
  MessageFacts,
  NotifiedKind,
  SettingsActivities,
} from '@fairlead/contracts';
import { eventTypeOf, nextAction, viewOfIssue } from '@fairlead/domain';
import { SETTINGS } from '../activity-options.ts';
import { isToldBy, openDelivery } from '../outbox/open-delivery.ts';
import { handOver } from '../outbox/outbox.ts';
import type { Target } from './target-state.ts';

type IssueKindOfEvent = Extract<NotifiedKind, `remediation-${string}`>;

/** Tells the route of what has become of an issue. Nobody waits until it is there. */
export async function tellOfIssue(target: Target, issue: Issue): Promise<void> {
  const told = wordsOf(issue);
  if (told === undefined) return;
  const { environment, application } = target.ledger;
  const { settingsSnapshot } = proxyActivities<SettingsActivities>({
    ...SETTINGS,
    taskQueue: CONTROL_QUEUE,
  });
  const settings = await settingsSnapshot({ environment });
  const at = new Date().toISOString();
  const event: DeploymentEvent = {
    id: `issue/${environment}/${application}/${issue.key}/${told.kind}/${at}`,
    type: eventTypeOf(told.kind),
    kind: told.kind,
    at,
    message: told.message,
  };
  const facts = factsOf(issue, { environment, application });
  const open = settings.routes
    .filter((route) => isToldBy(route, event))
    .map((route) => {
      const { destination } = route;
      const key = `${event.id}/${destination}`;
      return openDelivery(route, { key, destination, event, facts }, settings);
    });
  if (open.length === 0) return;
  await handOver(redeliveryWorkflowId(event.id), { deploymentId: issue.key, open });
}

/** What there is to say of the state that an issue is in now; undefined of one that goes its way. */
function wordsOf(
  issue: Issue,
): { readonly kind: IssueKindOfEvent; readonly message: string } | undefined {
  const last = issue.attempts.at(-1);
  switch (issue.state) {
    case 'proposed':
      return {
        kind: 'remediation-proposed',
        message: `${nextAction(issue) ?? 'nothing'} is proposed for ${issue.key}`,
      };
    case 'given-up':
      return { kind: 'remediation-given-up', message: issue.gaveUp ?? 'it is not mended' };
    case 'waiting':
    case 'healed':
      if (last === undefined) return undefined;
      return {
        kind: 'remediation-attempted',
        message: `${last.action}: ${last.result}: ${last.detail}`,
      };
    default:
      return undefined;
  }
}

/** As far as an issue has what a deployment has. */
function factsOf(
  issue: Issue,
  target: { readonly environment: string; readonly application: string },
): MessageFacts {
  return {
    ...target,
    deploymentId: issue.key,
    namespace: issue.namespace,
    cluster: issue.cluster,
    ...{ type: 'rolling', kind: 'deploy', phase: 'planned', step: 0, weight: 0 },
    components: [],
    actor: issue.actor,
    startedAt: issue.openedAt,
    warnings: [],
    drift: [],
    issue: viewOfIssue(issue),
  };
}
