import { SEARCH_ATTRIBUTES, WORKFLOW_TYPES } from '@fairlead/contracts';
import type { Source } from '@fairlead/contracts';
import { QUERY_TIMEOUT_MS, bounded } from '../connection/bounded.ts';
import { attributeReader } from '../connection/attributes.ts';
import type { Session } from '../connection/session.ts';

/** A deployment as Temporal's visibility shows it: no worker is asked. */
export interface ListedDeployment {
  readonly deploymentId: string;
  readonly environment?: string;
  readonly application?: string;
  readonly type?: string;
  /** Who makes it: `fairlead`, or `command` or `events` of another tool. */
  readonly source?: string;
  readonly phase?: string;
  readonly outcome?: string;
  readonly actor?: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly durationSeconds?: number;
}

export interface ListFilter {
  readonly environment?: string | undefined;
  readonly application?: string | undefined;
  readonly outcome?: string | undefined;
  readonly source?: Source | undefined;
  readonly limit: number;
}

export function listDeployments(
  session: Session,
  filter: ListFilter,
): Promise<readonly ListedDeployment[]> {
  return bounded(
    session,
    { what: 'the list of deployments', timeoutMs: QUERY_TIMEOUT_MS },
    async () => {
      const found: ListedDeployment[] = [];
      const pages = session.client.workflow.list({
        query: listQuery(filter),
        pageSize: filter.limit,
      });
      for await (const info of pages) {
        found.push(listed(info));
        if (found.length >= filter.limit) break;
      }
      return found;
    },
  );
}

/** Values are names that the command line has checked, so none can hold a quote; doubled all the same. */
export function listQuery(filter: Omit<ListFilter, 'limit'>): string {
  const wanted = {
    WorkflowType: WORKFLOW_TYPES.deployment,
    [SEARCH_ATTRIBUTES.environment]: filter.environment,
    [SEARCH_ATTRIBUTES.application]: filter.application,
    [SEARCH_ATTRIBUTES.outcome]: filter.outcome,
    [SEARCH_ATTRIBUTES.source]: filter.source,
  };
  return Object.entries(wanted)
    .flatMap(([name, value]) =>
      value === undefined ? [] : `${name} = '${value.replaceAll("'", "''")}'`,
    )
    .join(' AND ');
}

interface ExecutionInfo {
  readonly workflowId: string;
  readonly startTime: Date;
  readonly closeTime?: Date;
  readonly status: { readonly name: string };
  readonly typedSearchAttributes: Parameters<typeof attributeReader>[0];
}

/** A run that Temporal ended could not write its outcome. */
const ENDED_FROM_OUTSIDE: readonly string[] = ['TERMINATED', 'FAILED', 'TIMED_OUT', 'CANCELLED'];

function listed(info: ExecutionInfo): ListedDeployment {
  const read = attributeReader(info.typedSearchAttributes);
  const outcome =
    read(SEARCH_ATTRIBUTES.outcome) ??
    (ENDED_FROM_OUTSIDE.includes(info.status.name) ? 'failed' : undefined);
  const { startTime, closeTime } = info;
  return {
    deploymentId: info.workflowId.replace(/^deployment\//, ''),
    ...optional('environment', read(SEARCH_ATTRIBUTES.environment)),
    ...optional('application', read(SEARCH_ATTRIBUTES.application)),
    ...optional('type', read(SEARCH_ATTRIBUTES.type)),
    ...optional('source', read(SEARCH_ATTRIBUTES.source)),
    ...optional('phase', read(SEARCH_ATTRIBUTES.phase)),
    ...optional('outcome', outcome),
    ...optional('actor', read(SEARCH_ATTRIBUTES.actor)),
    startedAt: startTime.toISOString(),
    ...(closeTime === undefined
      ? {}
      : {
          finishedAt: closeTime.toISOString(),
          durationSeconds: (closeTime.getTime() - startTime.getTime()) / 1000,
        }),
  };
}

function optional<Key extends string>(
  key: Key,
  value: string | undefined,
): Partial<Record<Key, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, string>);
}
