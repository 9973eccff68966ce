import type { DeploymentRecord, Outcome } from '@fairlead/contracts';
import { EXIT } from '@fairlead/client/internal/errors/exit';
import { errorDocument } from '@fairlead/client/internal/errors/fairlead-error';
import type { FairleadError } from '@fairlead/client/internal/errors/fairlead-error';
import { begunSummary, recordSummary, textSummary, wordOf } from '../render/pipeline-summary.ts';
import type { Result } from '../result.ts';

/** What a pipeline reads of a deployment. */
export interface Report {
  /** Absent: nothing was begun. */
  readonly deploymentId?: string;
  /** Absent: it goes on, or nobody knows. */
  readonly outcome?: Outcome;
  /** As `--json` prints it. */
  readonly document: unknown;
  /** Markdown. */
  readonly summary: string;
}

export function begunReport(deploymentId: string): Report {
  return { deploymentId, document: { deploymentId }, summary: begunSummary(deploymentId) };
}

export function resultReport(asked: string, { json, text }: Result): Report {
  const { deploymentId = asked, outcome, exitCode } = (json ?? {}) as Partial<Answer>;
  const ended = exitCode === undefined ? 'goes on' : `the command ended with exit code ${exitCode}`;
  const heading = outcome === undefined ? ended : wordOf(outcome);
  return {
    deploymentId,
    ...(outcome === undefined ? {} : { outcome }),
    document: json ?? { deploymentId },
    summary: summaryOf(json, { heading: `${heading}: deployment ${deploymentId}`, text }),
  };
}

interface Answer extends Pick<DeploymentRecord, 'deploymentId' | 'outcome'> {
  /** Of a wrapped command whose record nobody could give. */
  readonly exitCode: number;
}

/** A refusal has begun nothing. Of all else, a deployment may be on that was asked for. */
export function errorReport(asked: string, error: FairleadError): Report {
  const { exitCode, message } = error;
  const document = errorDocument(error);
  if (exitCode === EXIT.refused) {
    return { outcome: 'refused', document, summary: textSummary(wordOf('refused'), message) };
  }
  return {
    ...(exitCode === EXIT.usage ? {} : { deploymentId: asked }),
    document,
    summary: textSummary(`ended by an error: ${error.type}`, message),
  };
}

function summaryOf(
  json: unknown,
  { heading, text }: { readonly heading: string; readonly text: string },
): string {
  if (!isRecord(json)) return textSummary(heading, text);
  const summary = recordSummary(json);
  // What was said of a run that goes on is how it is followed and stopped.
  return json.outcome === undefined && text !== ''
    ? `${summary}\n${textSummary(heading, text)}`
    : summary;
}

function isRecord(json: unknown): json is DeploymentRecord {
  return typeof json === 'object' && json !== null && 'components' in json && 'events' in json;
}
