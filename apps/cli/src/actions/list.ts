import type { ListOptions } from '../commands/list.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { duration } from '../render/duration.ts';
import { issuesTable } from '../render/issue.ts';
import { plain } from '../render/plain.ts';
import { cell, table } from '../render/table.ts';
import type { Result } from '../result.ts';
import { listDeployments } from '../temporal/deployments.ts';
import { listTargets, readLedger } from '../temporal/targets.ts';
import type { Session } from '../temporal/session.ts';
import type { ListedDeployment } from '../temporal/deployments.ts';
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

const HEADER = ['DEPLOYMENT', 'TARGET', 'TYPE', 'STATE', 'STARTED', 'TOOK', 'BY'];

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
    cell(deployment.outcome ?? deployment.phase),
    `${deployment.startedAt.slice(0, 19)}Z`,
    durationSeconds === undefined ? '-' : duration(durationSeconds),
    cell(plain(deployment.actor ?? '')),
  ];
}
