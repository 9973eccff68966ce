import type { IssueView } from '@fairlead/contracts';
import { cleanText } from '@fairlead/domain/text';
import type { Told } from '../templates/told.ts';
import { toFact } from './fact.ts';
import type { MessageFact } from './fact.ts';

/** What every channel shows of an issue. */
export function issueFacts(
  { facts, dashboard }: Pick<Told, 'facts' | 'dashboard'>,
  { key, namespace, workload, pod, attempts, actor, reason }: IssueView,
): readonly MessageFact[] {
  const last = attempts.at(-1);
  const list: [string, string | undefined][] = [
    ['Issue', key],
    ['Environment', facts.environment],
    ['Application', facts.application],
    ['Kubernetes Deployment', `${workload} in ${namespace}`],
    ['Pod', pod],
    ['Attempts', attempts.map(({ action, result }) => `${action}: ${result}`).join(', ')],
    ['Seen then', last?.after?.words],
    ['Seen by', actor],
    ['Reason', reason],
    ['Dashboard', dashboard],
  ];
  return list.flatMap(toFact);
}

/** What a person may do now, as it is typed. */
export function issueAction(
  { event, facts }: Pick<Told, 'event' | 'facts'>,
  { key }: IssueView,
): string | undefined {
  const place = `${cleanText(key)} -e ${cleanText(facts.environment)} -a ${cleanText(facts.application)}`;
  switch (event.kind) {
    case 'remediation-proposed':
      return `Say yes: fairlead approve ${place}`;
    case 'remediation-given-up':
      return `Nothing more is tried, someone must act: fairlead explain ${place}`;
    default:
      return undefined;
  }
}
