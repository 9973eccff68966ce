import type { ClusterChange } from '@fairlead/contracts';
import { plain } from './plain.ts';

/** What was not put back, newest first: the order in which it would be undone. */
export function leftWords(left: readonly ClusterChange[]): string[] {
  return left.toReversed().map(changeWords);
}

function changeWords(change: ClusterChange): string {
  const workload = plain(change.component.workload);
  switch (change.kind) {
    case 'canary':
      return `${workload}-canary, to be scaled to ${change.replicas}`;
    case 'scale':
      return `${workload}, to be scaled to ${change.replicas}`;
    case 'images':
      return `${workload}, to get its ${change.to} images`;
    case 'route':
      return `the route of ${workload}, to be set to ${change.weight}%`;
    case 'await':
      return `${workload}, to have ${change.replicas} pods available`;
    case 'remove-canary':
      return `${workload}-canary, to be removed`;
  }
}
