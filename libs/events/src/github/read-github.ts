import type { PlainEvent } from '@fairlead/contracts';
import { isFields, textAt, timeOf, wordsOf } from '../reading.ts';
import type { Headers, Reading } from '../reading.ts';

type Meaning = Pick<PlainEvent, 'type' | 'outcome'>;

const MEANING: Readonly<Record<string, Meaning>> = {
  in_progress: { type: 'begin' },
  success: { type: 'finish', outcome: 'succeeded' },
  failure: { type: 'finish', outcome: 'failed' },
  error: { type: 'finish', outcome: 'failed' },
};
/** They say nothing of how a deployment goes: it waits, or a newer one took its place. */
const PASSED: readonly string[] = ['queued', 'pending', 'waiting', 'inactive'];

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#deployment_status */
export function readGitHub(headers: Headers, body: unknown): Reading {
  const name = headers['x-github-event'];
  if (name === 'ping') return { passed: 'pong' };
  if (name !== 'deployment_status') return { wrong: 'X-GitHub-Event is not deployment_status' };
  const status = isFields(body) ? body.deployment_status : undefined;
  const deployment = isFields(body) ? body.deployment : undefined;
  const state = textAt(status, 'state') ?? '';
  if (PASSED.includes(state)) return { passed: `${state} is no step of a deployment` };
  const meaning = Object.hasOwn(MEANING, state) ? MEANING[state] : undefined;
  if (meaning === undefined) return { wrong: 'deployment_status.state is none of GitHub’s' };
  const [id, statusId] = [numberIn(deployment), numberIn(status)];
  if (id === undefined || statusId === undefined) return { wrong: 'deployment.id is no number' };
  const environment = textAt(deployment, 'environment');
  const application = textAt(body, 'repository', 'name');
  if (environment === undefined || application === undefined) {
    return { wrong: 'deployment.environment or repository.name is missing' };
  }
  const [sha, creator] = [textAt(deployment, 'sha'), textAt(deployment, 'creator', 'login')];
  const at = timeOf(textAt(status, 'created_at'));
  return {
    event: {
      ...meaning,
      ...{ deployment: `github-${id}`, eventId: `github-${statusId}` },
      ...{ environment, application, tool: 'GitHub' },
      ...(at === undefined ? {} : { at }),
      ...(sha === undefined ? {} : { components: [{ name: application, image: sha }] }),
      ...(creator === undefined ? {} : { actor: creator }),
      ...wordsOf(textAt(status, 'description')),
    },
  };
}

function numberIn(value: unknown): number | undefined {
  const id = isFields(value) ? value.id : undefined;
  return Number.isSafeInteger(id) ? (id as number) : undefined;
}
