import { parseDuration } from '@fairlead/config';
import { ISSUE_KINDS } from '@fairlead/contracts';
import type { ActionName, IssueKind, RemediationPolicy } from '@fairlead/contracts';
import type { ConfigValues } from '../config-values.ts';

/** What is tried for an issue where no ladder says otherwise. */
const LADDERS: Readonly<Record<IssueKind, readonly ActionName[]>> = {
  pod_crash: ['restart_pod', 'restart_deployment', 'scale_deployment'],
  pod_pending: ['restart_pod', 'restart_deployment', 'scale_deployment'],
  deployment_stuck: ['restart_deployment', 'scale_deployment'],
  deployment_unavailable: ['restart_deployment', 'scale_deployment'],
  resource_constraint: ['scale_deployment'],
};
const SCALE = { step: 1, maxReplicas: 10 };
const LIMITS = { targetsAtOnce: 5, actionsPerHour: 20 };
const MS_PER_SECOND = 1_000;

/** What may be mended in an environment; undefined where the configuration has no block `remediation`. */
export function remediationPolicy({
  remediation,
  environments,
}: Pick<ConfigValues, 'remediation' | 'environments'>): (
  environment: string,
) => RemediationPolicy | undefined {
  return (environment) => {
    const settings = environments?.[environment];
    if (remediation === undefined || settings === undefined) return undefined;
    const { actions = {}, ladders, limits } = remediation;
    const { scale_deployment: scale } = actions;
    return {
      enabled: remediation.enabled,
      autoRemediate: remediation.auto_remediate,
      maxAttempts: remediation.max_attempts,
      cooldownMs: remediation.cooldown_period * MS_PER_SECOND,
      verifyForMs: toMs(remediation.verify_for),
      resetAfterMs: toMs(remediation.reset_after),
      approvalTimeoutMs: toMs(remediation.approval_timeout),
      ladders: laddersOf(actions, ladders),
      scale: scale === undefined ? SCALE : { step: scale.step, maxReplicas: scale.max_replicas },
      namespaces: [settings.namespace ?? environment],
      limits:
        limits === undefined
          ? LIMITS
          : { targetsAtOnce: limits.targets_at_once, actionsPerHour: limits.actions_per_hour },
    };
  };
}

type Actions = Partial<Record<ActionName, { readonly enabled: boolean } | undefined>>;

/** Only what is listed and on. */
function laddersOf(
  actions: Actions,
  own: Partial<Record<IssueKind, readonly ActionName[] | undefined>> = {},
): RemediationPolicy['ladders'] {
  const ladders: Partial<Record<IssueKind, readonly ActionName[]>> = {};
  for (const kind of ISSUE_KINDS) {
    ladders[kind] = (own[kind] ?? LADDERS[kind]).filter((name) => actions[name]?.enabled === true);
  }
  return ladders as RemediationPolicy['ladders'];
}

/** The schema has checked the duration already. */
function toMs(text: string): number {
  return parseDuration(text) ?? 0;
}
