import { SEARCH_ATTRIBUTES } from './names.ts';
import type { DeploymentInput } from './target.ts';

/** What lists filter by, by the attribute's name. Those set at the start cost nothing; a run changes only phase and outcome. */
export function searchAttributesOf({
  plan,
  actor,
}: DeploymentInput): readonly (readonly [string, string])[] {
  return [
    [SEARCH_ATTRIBUTES.environment, plan.environment],
    [SEARCH_ATTRIBUTES.application, plan.application],
    [SEARCH_ATTRIBUTES.phase, 'planned'],
    [SEARCH_ATTRIBUTES.type, plan.type],
    [SEARCH_ATTRIBUTES.source, plan.foreign?.source ?? 'fairlead'],
    [SEARCH_ATTRIBUTES.actor, actor],
  ];
}
