import { Client } from '@temporalio/client';
import type { ConnectionLike, WorkflowExecutionInfo } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { SEARCH_ATTRIBUTES, targetWorkflowId, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { LedgerView } from '@fairlead/contracts';

const ENVIRONMENT = keyword(SEARCH_ATTRIBUTES.environment);
const APPLICATION = keyword(SEARCH_ATTRIBUTES.application);
const TARGETS = `WorkflowType = '${WORKFLOW_TYPES.target}' AND ExecutionStatus = 'Running'`;
const RUNS = `WorkflowType = '${WORKFLOW_TYPES.deployment}' AND ExecutionStatus = 'Running'`;
/** Workflow IDs in one query: its text stays far below every store's limit. */
const IDS_AT_ONCE = 50;

/** The targets of a namespace as their memos show them. */
export interface TargetList {
  all(): Promise<readonly LedgerView[]>;
  /** Those that have ended a deployment since: each continues as new then. */
  changedSince(time: Date): Promise<readonly LedgerView[]>;
  /** Those in which a deployment runs. */
  running(): Promise<readonly LedgerView[]>;
}

export function createTargetList({
  connection,
  namespace,
}: {
  readonly connection: ConnectionLike;
  readonly namespace: string;
}): TargetList {
  const client = new Client({ connection, namespace });

  async function list(query: string): Promise<readonly LedgerView[]> {
    const found: LedgerView[] = [];
    for await (const { memo } of client.workflow.list({ query })) {
      // A target that was only just asked for the first time has none yet.
      const view = memo?.['ledger'] as LedgerView | undefined;
      if (view !== undefined) found.push(view);
    }
    return found;
  }

  return {
    all: () => list(TARGETS),
    changedSince: (time) => list(`${TARGETS} AND StartTime >= '${time.toISOString()}'`),
    async running() {
      const ids = new Set<string>();
      for await (const run of client.workflow.list({ query: RUNS })) {
        const id = targetOf(run);
        if (id !== undefined) ids.add(id);
      }
      const found: LedgerView[] = [];
      for (const some of chunks([...ids], IDS_AT_ONCE)) {
        const names = some.map((id) => `'${id}'`).join(', ');
        found.push(...(await list(`${TARGETS} AND WorkflowId IN (${names})`)));
      }
      return found;
    },
  };
}

function keyword(name: string) {
  return defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);
}

function targetOf({ typedSearchAttributes }: WorkflowExecutionInfo): string | undefined {
  const environment = typedSearchAttributes.get(ENVIRONMENT);
  const application = typedSearchAttributes.get(APPLICATION);
  if (environment === undefined || application === undefined) return undefined;
  return targetWorkflowId(environment, application);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
