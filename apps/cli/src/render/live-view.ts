import type { DeploymentRecord } from '@fairlead/contracts';
import { weightBar } from './bar.ts';
import { duration, secondsBetween } from '@fairlead/client/internal/words/duration';
import { openQuestion } from './open-question.ts';
import { plain } from '@fairlead/client/internal/words/plain';
import type { Style } from './style.ts';
import { troubleWords } from './trouble.ts';
import type { Trouble } from '@fairlead/client/internal/connection/trouble';
import { componentWords, deliveryWords, realWeight, stepWords } from './words.ts';
import { targetWords } from '@fairlead/client/internal/words/target-words';

/** Components that fit on a small screen beside the rest. */
const MAX_COMPONENTS = 8;

/** The lines of the live view. The drawer cuts them to the terminal's width. */
export function liveLines(
  record: DeploymentRecord,
  options: {
    readonly nowMs: number;
    readonly style: Style;
    readonly troubles?: readonly Trouble[];
  },
): string[] {
  const { nowMs, style, troubles = [] } = options;
  const question = openQuestion(record, nowMs);
  const deliveries = deliveryWords(record);
  const shown = record.components.slice(0, MAX_COMPONENTS);
  const more = record.components.length - shown.length;
  return [
    `${style.bold(targetWords(record))}  ${record.deploymentId}  ${style.cyan(record.phase)}  ${style.dim(duration(secondsBetween(record.startedAt, nowMs)))}`,
    ...canaryLines(record, style),
    ...shown.map((component) => `  ${componentWords(component)}`),
    ...(more > 0 ? [style.dim(`  and ${more} more`)] : []),
    ...lastWords(record, style),
    ...troubles.map((trouble) => `  ${style.red(`! ${troubleWords(trouble)}`)}`),
    ...(deliveries === undefined ? [] : [`  ${style.dim('deliveries')} ${deliveries}`]),
    ...(question === undefined ? [] : [`  ${style.yellow(`? ${question}`)}`]),
  ];
}

function canaryLines(record: DeploymentRecord, style: Style): string[] {
  if (record.type === 'rolling') return [];
  const real = realWeight(record);
  const weight = { wanted: record.weight, ...(real === undefined ? {} : { real }) };
  const current = record.steps[record.step - 1];
  const step =
    record.steps.length === 0
      ? ''
      : `  step ${record.step}/${record.steps.length}${current === undefined ? '' : ` ${stepWords(current)}`}`;
  return [`  ${weightBar(weight, style)}${step}`];
}

/** The error, or else the last that happened. */
function lastWords(record: DeploymentRecord, style: Style): string[] {
  if (record.error !== undefined) return [`  ${style.red(plain(record.error.message))}`];
  const last = record.events.at(-1);
  return last === undefined ? [] : [`  ${style.dim(plain(last.message))}`];
}
