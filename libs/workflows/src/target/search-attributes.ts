import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { SearchAttributePair } from '@temporalio/common';
import { SEARCH_ATTRIBUTES } from '@fairlead/contracts';
import type { DeploymentInput } from '@fairlead/contracts';

/** What lists filter by. Those set at the start cost nothing; the deployment changes only phase and outcome. */
export function deploymentSearchAttributes({
  plan,
  actor,
}: DeploymentInput): SearchAttributePair[] {
  const values = {
    environment: plan.environment,
    application: plan.application,
    phase: 'planned',
    type: plan.type,
    source: plan.foreign?.source ?? 'fairlead',
    actor,
  } as const;
  return (Object.keys(values) as (keyof typeof values)[]).map((name) => ({
    key: defineSearchAttributeKey(SEARCH_ATTRIBUTES[name], SearchAttributeType.KEYWORD),
    value: values[name],
  }));
}
