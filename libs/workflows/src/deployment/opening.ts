import type { DeploymentInput } from '@fairlead/contracts';

/** The first word of a run: what is wanted, by whom and why. */
export function opening({ plan, actor, reason }: DeploymentInput): string {
  const images = plan.components.map(({ name, image }) => `${name} → ${image}`).join(', ');
  const by = `by ${actor}${reason === undefined ? '' : `: ${reason}`}`;
  if (plan.foreign !== undefined) {
    return `${plan.foreign.tool}${images === '' ? '' : `, ${images},`} ${by}`;
  }
  const what = images === '' ? 'putting back what was left' : `${plan.type} of ${images}`;
  return `${what} ${by}`;
}
