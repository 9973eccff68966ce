import { cleanText } from '@fairlead/domain/text';
import type { Delivery } from '@fairlead/contracts';

/** What a person is to do about another tool's deployment: nothing in the cluster is ours to put back. */
export function foreignAction({
  event,
  facts,
}: Pick<Delivery, 'event' | 'facts'>): string | undefined {
  const tool = cleanText(facts.tool ?? 'another tool');
  const explain = `fairlead explain ${cleanText(facts.deploymentId)}`;
  switch (event.kind) {
    case 'deployment-failed':
      return event.mark === 'rollback-failed'
        ? `It could not be taken back. See what ${tool} has left, someone must act: ${explain}`
        : `Fairlead itself changed nothing. See what ${tool} has left: ${explain}`;
    case 'rollback-initiated':
      return `${tool} takes it back.`;
    case 'rollback-completed':
      return `It was taken back, says ${tool}.`;
    default:
      return undefined;
  }
}
