import type { ListOptions } from '../commands/list.ts';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import type { Io } from '../io.ts';
import { duration } from '@fairlead/client/internal/words/duration';
import { issuesTable } from '../render/issue.ts';
import { plain } from '@fairlead/client/internal/words/plain';
import { cell, table } from '../render/table.ts';
import type { Result } from '../result.ts';
import { listDeployments } from '@fairlead/client/internal/deployments/list-deployments';
import { listTargets, readLedger } from '@fairlead/client/internal/targets/targets';
import type { Session } from '@fairlead/client/internal/connection/session';
import type { ListedDeployment } from '@fairlead/client/internal/deployments/list-deployments';
import { withSession } from '../temporal/with-session.ts';

export function list(options: ListOptions, io: Io): Promise<Result> {
  return withSession(io, async (session) => {
    if (options.remediations === true) return listIssues(session, options);
    const deployments = await listDeployments(session, options);
    return { exitCode: EXIT.done, text: listText(deployments), json: { deployments } };
  });
}

async function listIssues(session: Session, options: ListOptions): Promise<Result> {
  const targets = await listTargets(session, options.environment);
  const wanted = targets.filter(
    ({ application }) => application === (options.application ?? application),
  );
  const found = await Promise.all(
    wanted.map(async (target) => {
      const ledger = await readLedger(session, target);
      return (ledger?.issues ?? []).map((issue) => ({ target, issue }));
    }),
  );
  const issues = found
    .flat()
    .toSorted((one, other) => other.issue.openedAt.localeCompare(one.issue.openedAt))
    .slice(0, options.limit);
  const json = { issues: issues.map(({ target, issue }) => ({ ...target, ...issue })) };
  return { exitCode: EXIT.done, text: issuesTable(issues), json };
}

const HEADER = ['DEPLOYMENT', 'TARGET', 'TYPE', 'SOURCE', 'STATE', 'STARTED', 'TOOK', 'BY'];

function listText(deployments: readonly ListedDeployment[]): string {
  if (deployments.length === 0) return 'No deployments.';
  return table(HEADER, deployments.map(row)).join('\n');
}

function row(deployment: ListedDeployment): string[] {
  const { deploymentId, environment, application, durationSeconds } = deployment;
  return [
    deploymentId,
    cell(`${environment ?? '?'}/${application ?? '?'}`),
    cell(deployment.type),
    cell(deployment.source ?? 'fairlead'),
    cell(deployment.outcome ?? deployment.phase),
    `${deployment.startedAt.slice(0, 19)}Z`,
    durationSeconds === undefined ? '-' : duration(durationSeconds),
    cell(plain(deployment.actor ?? '')),
  ];
}
