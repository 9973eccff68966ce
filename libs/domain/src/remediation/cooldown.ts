import type { Attempt, Issue } from '@fairlead/contracts';
import { ISSUES_KEPT, timeOf } from './issue-ledger.ts';
import type { IssueLedger } from './issue-ledger.ts';

/** The workload was acted upon: what else is wrong with it waits until that can have helped. */
export function withAct(
  ledger: IssueLedger,
  { key, namespace, workload }: Issue,
  attempt: Attempt,
) {
  const { result, at } = attempt;
  if (result !== 'helped' && result !== 'not-helped' && result !== 'overtaken') return ledger;
  const name = `${namespace}/${workload}`;
  const others = (ledger.acted ?? []).filter((one) => one.workload !== name);
  const acted = [...others, { workload: name, at }].slice(-ISSUES_KEPT);
  const issues = ledger.issues.map((one): Issue => {
    const waits = one.state === 'waiting' && one.key !== key && one.dueAt !== undefined;
    if (!waits || one.workload !== workload || one.namespace !== namespace) return one;
    return { ...one, dueAt: timeOf(Math.max(Date.parse(one.dueAt), cooledAtMs(one, { acted }))) };
  });
  return { ...ledger, acted, issues };
}

/** After the last attempt at the issue, and after the last act upon its workload for any other. */
export function cooledAtMs(
  { attempts, namespace, workload, policy }: Issue,
  { acted = [] }: Pick<IssueLedger, 'acted'>,
): number {
  const name = `${namespace}/${workload}`;
  const acts = [...attempts.slice(-1), ...acted.filter((one) => one.workload === name)];
  return Math.max(0, ...acts.map(({ at }) => Date.parse(at) + policy.cooldownMs));
}
