import type { EventKind } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';

const TITLES: Partial<Record<EventKind, string>> = {
  'deployment-started': 'Deployment Started',
  'deployment-completed': 'Deployment Completed',
  'deployment-failed': 'Deployment Failed',
  'rollback-initiated': 'Rollback Initiated',
  'rollback-completed': 'Rollback Completed',
  'canary-started': 'Canary Started',
  'canary-completed': 'Canary Completed',
  'canary-promoted': 'Canary Promoted',
  'remediation-proposed': 'Remediation Proposed',
  'remediation-attempted': 'Remediation Attempted',
  'remediation-given-up': 'Remediation Given Up',
};

/** What a kind is called in messages. */
export function titleOfKind(kind: EventKind): string {
  return TITLES[kind] ?? cleanText(kind);
}
