import type { DeploymentRecord } from '@fairlead/contracts';
import { duration } from '@fairlead/client/internal/words/duration';
import { leftWords } from '@fairlead/client/internal/words/left';
import { openQuestion } from './open-question.ts';
import { nextStep } from '@fairlead/client/internal/words/next-step';
import { plain } from '@fairlead/client/internal/words/plain';
import type { Style } from './style.ts';
import { troubleWords } from './trouble.ts';
import type { Trouble } from '@fairlead/client/internal/connection/trouble';
import { componentWords, deliveryWords, outcomeWord, realWeight } from './words.ts';
import { targetWords } from '@fairlead/client/internal/words/target-words';

export interface SummaryOptions {
  readonly nowMs: number;
  readonly style: Style;
  readonly troubles?: readonly Trouble[] | undefined;
}

/** A deployment on one screen: the result of `deploy`, and what `status` shows. */
export function summary(record: DeploymentRecord, options: SummaryOptions): string {
  const { nowMs, style, troubles = [] } = options;
  const question = openQuestion(record, nowMs);
  const deliveries = deliveryWords(record);
  return [
    headline(record, style),
    ...record.components.map((component) => `  ${componentWords(component)}`),
    ...progress(record),
    `  by ${plain(record.actor)}, started ${record.startedAt}${record.reason === undefined ? '' : `: ${plain(record.reason)}`}`,
    ...sourceLines(record),
    ...(record.ci?.url === undefined ? [] : [`  from ${plain(record.ci.url)}`]),
    ...record.warnings.map((warning) => `  ${style.yellow('warning')} ${plain(warning)}`),
    ...errorLines(record, style),
    ...troubles.map((trouble) => `  ${style.red(troubleWords(trouble))}`),
    ...leftLines(record, style),
    ...record.drift.map(
      (drift) =>
        `  ${style.yellow('changed meanwhile')} ${drift.kind} ${plain(drift.name)} of ${plain(drift.component)}: ${drift.drift}`,
    ),
    ...(deliveries === undefined ? [] : [`  deliveries: ${deliveries}${whereToLook(record)}`]),
    ...(question === undefined ? [] : [`  ${style.yellow(question)}`]),
    ...nextLines(record),
  ].join('\n');
}

function headline(record: DeploymentRecord, style: Style): string {
  const what = record.kind === 'rollback' ? 'rollback' : record.type;
  const state =
    record.outcome === undefined ? style.cyan(record.phase) : outcomeWord(record.outcome, style);
  const took =
    record.durationSeconds === undefined ? '' : ` after ${duration(record.durationSeconds)}`;
  return `${state}${took}  ${style.bold(targetWords(record))}  ${what}  ${record.deploymentId}`;
}

/** Of another tool's deployment, who makes it and how that is known here. */
function sourceLines({ source, tool }: DeploymentRecord): string[] {
  if (source === undefined) return [];
  const how = source === 'command' ? 'wrapped by `fairlead run`' : 'told by events';
  return [`  made by ${plain(tool ?? 'another tool')}, ${how}`];
}

function progress(record: DeploymentRecord): string[] {
  if (record.outcome !== undefined || record.type === 'rolling') return [];
  const real = realWeight(record);
  const reality = real === undefined || real === record.weight ? '' : `, really ${real}%`;
  return [`  step ${record.step} of ${record.steps.length}, weight ${record.weight}%${reality}`];
}

function errorLines(record: DeploymentRecord, style: Style): string[] {
  if (record.error === undefined) return [];
  const { type, message, doom } = record.error;
  const log =
    doom?.lastLogLine === undefined ? [] : [`  last log line: ${plain(doom.lastLogLine)}`];
  const told = message.includes(type) ? message : `${type}: ${message}`;
  return [`  ${style.red(plain(told))}`, ...log];
}

/** While a run is on, the same list is its way back and nothing that anyone must mend. */
function leftLines(record: DeploymentRecord, style: Style): string[] {
  if (record.outcome !== 'failed') return [];
  return leftWords(record.left).map((line) => `  ${style.red('left in the cluster')} ${line}`);
}

/** Receipts of a run that is on are still to come; after its end somebody may not have been told. */
function whereToLook({ deploymentId, outcome, deliveries }: DeploymentRecord): string {
  const doubtful = deliveries.some(({ state }) => ['pending', 'unknown', 'dead'].includes(state));
  return outcome !== undefined && doubtful ? `; see \`fairlead deliveries ${deploymentId}\`` : '';
}

function nextLines(record: DeploymentRecord): string[] {
  if (record.outcome !== 'failed') return [];
  if (record.source !== undefined) {
    return [
      '  next: Fairlead itself changed nothing; see what the tool has left, mend it, run it again',
    ];
  }
  if (record.left.length === 0) {
    return ['  next: nothing was left behind; mend the cause, then deploy again'];
  }
  return [`  next: ${nextStep({ ...record, failure: record.error?.type })}`];
}
