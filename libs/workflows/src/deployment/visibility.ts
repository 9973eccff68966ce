import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { SEARCH_ATTRIBUTES } from '@fairlead/contracts';
import type { DeploymentRecord } from '@fairlead/contracts';
import type { Run } from './run.ts';

const PHASE = defineSearchAttributeKey(SEARCH_ATTRIBUTES.phase, SearchAttributeType.KEYWORD);
const OUTCOME = defineSearchAttributeKey(SEARCH_ATTRIBUTES.outcome, SearchAttributeType.KEYWORD);

/** Shows a new phase or outcome in the Web UI: one upsert for lists, current details for people. */
export function showPhase(run: Run): void {
  const { phase, outcome } = run.state;
  upsertSearchAttributes([
    { key: PHASE, value: phase },
    ...(outcome === undefined ? [] : [{ key: OUTCOME, value: outcome }]),
  ]);
  showDetails(run);
}

/** Refreshes what a person reads on the workflow's page. */
export function showDetails(run: Run): void {
  setCurrentDetails(detailsOf(run.record()));
}

function detailsOf(record: DeploymentRecord): string {
  const lines = [
    `**${record.outcome ?? record.phase}**${record.type === 'canary' ? `, step ${record.step} of ${record.steps.length}, weight ${record.weight} %` : ''}`,
    '',
    ...record.components.map(
      ({ name, image, phase, realWeight }) =>
        `- \`${name}\` ${phase}: \`${image}\`${realWeight === undefined ? '' : `, really ${realWeight} %`}`,
    ),
  ];
  if (record.error !== undefined) {
    lines.push('', `**${record.error.type}**: ${escapeMarkdown(record.error.message)}`);
  }
  const question = openQuestion(record);
  if (question !== undefined) lines.push('', question);
  return lines.join('\n');
}

function openQuestion({ phase, outcome, waitingUntil }: DeploymentRecord): string | undefined {
  if (outcome !== undefined) return undefined;
  if (phase === 'awaiting-approval') {
    return 'Waits for `promote` or `abort`: send the signal from here, or use the command line.';
  }
  if (phase === 'paused') return 'Paused: waits for `resume`, `promote` or `abort`.';
  return waitingUntil === undefined ? undefined : `Waits until ${waitingUntil}.`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>-]/g, '\\$&');
}
