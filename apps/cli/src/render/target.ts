import type { DeploymentRecord, GoodRun, LedgerView } from '@fairlead/contracts';
import { leftWords } from '@fairlead/client/internal/words/left';
import { nextStep } from '@fairlead/client/internal/words/next-step';
import { plain } from '@fairlead/client/internal/words/plain';
import type { Style } from './style.ts';
import { summary } from './summary.ts';
import type { SummaryOptions } from './summary.ts';
import { targetWords } from '@fairlead/client/internal/words/target-words';

/** A target: what runs, what waits, what is halted, and the way back. */
export function targetText(
  ledger: LedgerView,
  options: SummaryOptions & { readonly record?: DeploymentRecord | undefined },
): string {
  const { style, record } = options;
  return [
    style.bold(targetWords(ledger)),
    ...haltLines(ledger, style),
    ...runningLines(ledger, options),
    ...(record === undefined || ledger.running === undefined
      ? []
      : [indent(summary(record, options))]),
    ...ledger.queue.map(
      (queued, index) => `  queued ${index + 1}: ${queued.deploymentId} by ${plain(queued.actor)}`,
    ),
    ...goodLines('runs', ledger.present),
    ...goodLines('before', ledger.previous),
  ].join('\n');
}

function haltLines(ledger: LedgerView, style: Style): string[] {
  if (ledger.halt === undefined) return [];
  const { deploymentId, at, message, left, failure } = ledger.halt;
  return [
    `  ${style.red('halted')} by ${deploymentId} at ${at}: ${plain(message)}`,
    ...leftWords(left).map((line) => `    left in the cluster: ${line}`),
    `    next: ${nextStep({ ...ledger, failure })}`,
  ];
}

function runningLines(
  ledger: LedgerView,
  options: { readonly record?: DeploymentRecord | undefined },
): string[] {
  if (ledger.running === undefined) return ledger.halt === undefined ? ['  idle'] : [];
  if (options.record !== undefined) return [];
  const { deploymentId, actor, startedAt, type } = ledger.running;
  return [`  running ${deploymentId} (${type}) by ${plain(actor)} since ${startedAt}`];
}

function goodLines(label: string, run: GoodRun | undefined): string[] {
  if (run === undefined) return [];
  const images = run.components.map(({ name, image }) => `${plain(name)} ${plain(image)}`);
  return [`  ${label}: ${images.join(', ')} (${run.deploymentId}, ${run.finishedAt})`];
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
