import type { DeploymentEvent } from '@fairlead/contracts';
import { plain } from '@fairlead/client/internal/words/plain';
import type { Style } from './style.ts';

/** `04:33:12 canary-started  10% of api`: a line each, for logs. Times are UTC, as in the record. */
export function eventLine(event: DeploymentEvent, style: Style): string {
  const time = event.at.slice(11, 19);
  return `${style.dim(time)} ${kindWord(event, style)}  ${plain(event.message)}`;
}

function kindWord({ type, kind }: DeploymentEvent, style: Style): string {
  switch (type) {
    case 'failure':
      return style.red(kind);
    case 'rollback':
      return style.yellow(kind);
    case 'promotion':
      return style.green(kind);
    case 'canary':
    case 'status':
      return style.cyan(kind);
    default:
      return style.dim(kind);
  }
}
