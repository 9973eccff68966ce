import type { DeploymentRecord, Outcome } from '@fairlead/contracts';
import { duration } from '@fairlead/client/internal/words/duration';
import { targetWords } from '@fairlead/client/internal/words/target-words';
import { escaped, fenced, markdownTable } from './markdown.ts';
import { stepVerdicts } from './step-verdicts.ts';
import { createStyle } from './style.ts';
import { outcomeWord, stepWords } from './words.ts';

/** What a pipeline's page can show of a wrapped command without burying what else is there. */
const MAX_OUTPUT_LINES = 20;

/** A deployment on a pipeline's page, in Markdown: how it ended, its components, its steps and their verdicts. */
export function recordSummary(record: DeploymentRecord): string {
  const { deploymentId, outcome, components, step, output = [], left } = record;
  const state = outcome === undefined ? 'goes on' : wordOf(outcome);
  const look = outcome === undefined ? 'status' : 'explain';
  return blocks([
    `### ${state}: ${escaped(targetWords(record))}`,
    factsOf(record),
    whyOf(record),
    outcome === 'failed' &&
      left.length > 0 &&
      'Something was left in the cluster: someone must act.',
    components.length > 0 && componentTable(record),
    // Before the first, nothing was judged; a rolling one has none.
    step > 0 && stepTable(record),
    output.length > 0 && fenced(output.slice(-MAX_OUTPUT_LINES).join('\n')),
    `\`fairlead ${look} ${deploymentId}\` tells more.`,
  ]);
}

/** Of a deployment that was asked for; it stands where the job that asked was killed. */
export function begunSummary(deploymentId: string): string {
  return blocks([
    `### asked for: deployment ${deploymentId}`,
    `This job did not see its end: it goes on without it. \`fairlead status ${deploymentId} --watch\` follows it.`,
  ]);
}

/** Of an answer that has no record, or a refusal: what was said in the terminal. */
export function textSummary(heading: string, text: string): string {
  return blocks([`### ${heading}`, text !== '' && fenced(text)]);
}

export function wordOf(outcome: Outcome): string {
  return outcomeWord(outcome, createStyle(false));
}

function factsOf(record: DeploymentRecord): string {
  const { deploymentId, type, kind, tool, actor, reason, durationSeconds } = record;
  return [
    tool === undefined ? (kind === 'rollback' ? kind : type) : escaped(tool),
    `deployment ${deploymentId}`,
    ...(durationSeconds === undefined ? [] : [`took ${duration(durationSeconds)}`]),
    `by ${escaped(actor)}${reason === undefined ? '' : `: ${escaped(reason)}`}`,
  ].join(', ');
}

/** The error; or who stopped it, where nothing had failed. */
function whyOf({ outcome, error, events }: DeploymentRecord): string | undefined {
  if (error !== undefined) return `**${escaped(error.type)}**: ${escaped(error.message)}`;
  if (outcome !== 'rolled-back') return undefined;
  const command = events.findLast(({ kind }) => kind === 'command-accepted');
  return command && escaped(command.message);
}

function componentTable({ components }: DeploymentRecord): string {
  return markdownTable(
    ['component', 'wanted', 'before', 'state'],
    components.map(({ name, image, previousImage = image, phase }) => [
      ...[escaped(name), escaped(image), escaped(previousImage), phase],
    ]),
  );
}

function stepTable(record: DeploymentRecord): string {
  const verdicts = stepVerdicts(record);
  return markdownTable(
    ['step', 'what', 'verdict'],
    record.steps.map((step, index) => [
      ...[String(index + 1), stepWords(step), verdicts[index] ?? 'not reached'],
    ]),
  );
}

function blocks(parts: readonly (string | false | undefined)[]): string {
  return `${parts.filter((part) => typeof part === 'string').join('\n\n')}\n`;
}
