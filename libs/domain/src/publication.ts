import type { IssueKind, IssueState, LedgerView, Progress, TargetState } from '@fairlead/contracts';
import type { Ledger } from './ledger.ts';

/** Systems that are given the target's state, whole, whenever it changed. */
export interface Publication {
  /** As the last deployment that told of itself had them. */
  readonly systems: readonly string[];
  /** Those that have not the present state yet; carried over continue-as-new. */
  readonly owed: readonly string[];
  /** Those of which an attempt failed: what it sent may come late, so they are given the state once more. */
  readonly late?: readonly string[];
}

/** What the running deployment tells of itself; of any other, nothing changes. */
export function withProgress(ledger: Ledger, { deploymentId, systems, canary }: Progress): Ledger {
  const { running, publication } = ledger;
  if (running?.deploymentId !== deploymentId) return ledger;
  const { canary: _before, ...rest } = running;
  return {
    ...ledger,
    running: { ...rest, ...(canary === undefined ? {} : { canary }) },
    publication: toSystems(publication, systems),
  };
}

/** What is owed to systems that are no longer there is owed to nobody. */
function toSystems(before: Publication | undefined, systems: readonly string[]): Publication {
  const { owed = [], late = [] } = before ?? {};
  const known = (system: string) => systems.includes(system);
  return { systems, owed: owed.filter(known), late: late.filter(known) };
}

/** Those that are to be given the state, as somebody knows them now; of none nothing changes. */
export function withSystems(ledger: Ledger, systems: readonly string[] = []): Ledger {
  if (systems.length === 0) return ledger;
  return { ...ledger, publication: toSystems(ledger.publication, systems) };
}

/** Every system is owed the present state. */
export function owingAll(ledger: Ledger): Ledger {
  const { publication } = ledger;
  if (publication === undefined) return ledger;
  return { ...ledger, publication: { ...publication, owed: publication.systems } };
}

/** A system has the state that was the present one; what changed meanwhile is owed anew by then. */
export function withPublished(ledger: Ledger, system: string): Ledger {
  return withPublication(ledger, (before) => ({ ...before, owed: without(before.owed, system) }));
}

export function withOwed(ledger: Ledger, system: string): Ledger {
  return withPublication(ledger, (before) => ({
    ...before,
    owed: [...without(before.owed, system), system],
  }));
}

/** Whether what an earlier attempt sent may still come. */
export function isLate({ publication }: Ledger, system: string): boolean {
  return publication?.late?.includes(system) === true;
}

export function withLate(ledger: Ledger, system: string, late: boolean): Ledger {
  return withPublication(ledger, (before) => ({
    ...before,
    late: [...without(before.late, system), ...(late ? [system] : [])],
  }));
}

/** No worker knows this system any more. */
export function withoutSystem(ledger: Ledger, system: string): Ledger {
  return withPublication(ledger, ({ systems, owed, late }) => ({
    systems: without(systems, system),
    owed: without(owed, system),
    late: without(late, system),
  }));
}

function without(systems: readonly string[] = [], system: string): readonly string[] {
  return systems.filter((one) => one !== system);
}

function withPublication(ledger: Ledger, change: (before: Publication) => Publication): Ledger {
  const { publication } = ledger;
  return publication === undefined ? ledger : { ...ledger, publication: change(publication) };
}

const OVER: readonly IssueState[] = ['healed', 'left-to-deployment'];

function issuesOf({
  issues,
  issueTotals,
}: Pick<LedgerView, 'issues' | 'issueTotals'>): Pick<TargetState, 'issues'> {
  if (issues === undefined) return {};
  const open: Partial<Record<IssueKind, number>> = {};
  for (const { kind, state } of issues) {
    open[kind] = (open[kind] ?? 0) + (OVER.includes(state) ? 0 : 1);
  }
  return { issues: { open, ...(issueTotals === undefined ? {} : { totals: issueTotals }) } };
}

/** What monitoring systems are given: the same whether it comes from the ledger or from the target's memo. */
export function targetStateOf(
  ledger: Pick<LedgerView, keyof TargetState | 'issueTotals'>,
): TargetState {
  const { environment, application, totals, running } = ledger;
  const state = { environment, application, totals, ...issuesOf(ledger) };
  if (running === undefined) return state;
  const { type, startedAt, expectedDurationMs, canary } = running;
  return {
    ...state,
    running: {
      type,
      startedAt,
      expectedSeconds: expectedDurationMs / 1_000,
      ...(canary === undefined ? {} : { canary }),
    },
  };
}
