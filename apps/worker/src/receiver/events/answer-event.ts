import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Rejection } from '@fairlead/client/internal/connection/failures';
import type { DeploymentInput, Told, ToldAnswer } from '@fairlead/contracts';
import { planProblem, toldOf, toldProblem } from '@fairlead/domain';
import { cleanText } from '@fairlead/domain/text';
import { isCloudEvent, readCloudEvent, readFlux, readGitHub, readPlain } from '@fairlead/events';
import type { Reading } from '@fairlead/events';
import type { EventSettings } from '@fairlead/settings';
import type { Log } from '@fairlead/temporal/logging';
import { parseJson } from '../answer.ts';
import type { Answer } from '../answer.ts';
import { findPlace } from './find-place.ts';
import { inputOf } from './input-of.ts';
import type { EventPath } from './paths.ts';

interface Telling {
  readonly deploymentId: string;
  readonly told: Told;
  /** Absent: the event does not say where it is; only a deployment that is known is told. */
  readonly input?: DeploymentInput;
}

export interface EventTaking {
  readonly settings: () => EventSettings | undefined;
  /** Throws where Temporal does not answer, and `Rejection` where the deployment refuses it. */
  readonly tell: (telling: Telling) => Promise<ToldAnswer['taken'] | 'unknown'>;
  readonly log: Log;
}

interface EventRequest {
  readonly path: EventPath;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const RETRY_AFTER_SECONDS = '5';

/** Takes one event of a deployment that another tool makes. Never throws. */
export async function answerEvent(request: EventRequest, taking: EventTaking): Promise<Answer> {
  const reading = read(request);
  if ('wrong' in reading) return { status: 400, body: reading.wrong };
  if ('passed' in reading) {
    return { status: 202, body: { recorded: false, reason: reading.passed } };
  }
  const settings = taking.settings();
  if (settings === undefined) return AWAY;
  const telling = tellingOf(reading, settings);
  return 'status' in telling ? telling : tell(telling, taking);
}

function read({ path, headers, text }: EventRequest): Reading {
  if (path === '/events' && isCloudEvent(headers)) return readCloudEvent(headers, text);
  const body = parseJson(text);
  if (body === undefined) return { wrong: 'the body is not JSON' };
  if (path === '/events/github') return readGitHub(headers, body);
  return path === '/events/flux' ? readFlux(body) : readPlain(body);
}

/** All that is wrong is found before: what is told to begin a record begins it, even if it is refused then. */
function tellingOf(
  reading: Extract<Reading, { event: unknown }>,
  settings: EventSettings,
): Telling | Answer {
  const { event } = reading;
  const told = toldOf(event, randomUUID);
  const problem = toldProblem(told, Date.now());
  if (problem !== undefined) return { status: 400, body: problem };
  const place = findPlace(event, settings);
  if (place === undefined) return { deploymentId: event.deployment, told };
  if ('refused' in place) return { status: 422, body: place.refused };
  const input = inputOf(reading, place, settings);
  const inPlan = planProblem(input.plan, place);
  if (inPlan !== undefined) return { status: 400, body: inPlan };
  return { deploymentId: event.deployment, told, input };
}

async function tell(telling: Telling, taking: EventTaking): Promise<Answer> {
  const { deploymentId } = telling;
  try {
    const taken = await taking.tell(telling);
    if (taken === 'unknown') {
      return {
        status: 404,
        body: `nothing was begun under ${deploymentId}; say its environment too`,
      };
    }
    if (taken === 'late') return { status: 409, body: `${deploymentId} had ended already` };
    return { status: 200, body: { deployment: deploymentId, recorded: true } };
  } catch (error) {
    const reason = cleanText(error instanceof Error ? error.message : String(error));
    if (error instanceof Rejection) {
      return { status: error.facts.type === 'unfit-phase' ? 409 : 400, body: reason };
    }
    taking.log.warn('event could not be told', { deploymentId, error: reason });
    return AWAY;
  }
}

const AWAY: Answer = {
  status: 503,
  body: 'Temporal did not take the event; send it again',
  headers: { 'retry-after': RETRY_AFTER_SECONDS },
};
