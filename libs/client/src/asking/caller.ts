import { userInfo } from 'node:os';
import type { CiRun } from '@fairlead/contracts';
import { id, isCI, name } from 'ci-info';
import { CI_PROVIDERS } from './ci-providers.ts';
import { plain } from '../words/plain.ts';

/** Who asks, from where: recorded with the deployment. */
export interface Caller {
  readonly actor: string;
  readonly ci?: CiRun;
}

export interface Detected {
  readonly isCi: boolean;
  /** The provider's constant in ci-info, such as `GITHUB_ACTIONS`. */
  readonly id: string | null;
  readonly name: string | null;
}

/** Longest actor, URL or commit that is recorded: longer ones are someone's mistake. */
const MAX_LENGTH = 512;

export function detectCaller(
  env: NodeJS.ProcessEnv,
  detected: Detected = { isCi: isCI, id, name },
): Caller {
  const facts = detected.id === null ? undefined : CI_PROVIDERS[detected.id]?.(env);
  const actor = firstOf(env.FAIRLEAD_ACTOR, facts?.actor, systemUser(env)) ?? 'unknown';
  if (!detected.isCi) return { actor };
  const url = withoutCredentials(firstOf(facts?.url));
  const commit = firstOf(facts?.commit);
  return {
    actor,
    ci: {
      provider: detected.name ?? 'CI',
      ...(url === undefined ? {} : { url }),
      ...(commit === undefined ? {} : { commit }),
    },
  };
}

function firstOf(...candidates: readonly (string | undefined)[]): string | undefined {
  return candidates
    .map((candidate) => plain(candidate ?? '').slice(0, MAX_LENGTH))
    .find((candidate) => candidate !== '');
}

/** A run URL is shown to everyone; some systems put a token into it. */
function withoutCredentials(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}

function systemUser(env: NodeJS.ProcessEnv): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // A container's user ID may have no entry in the user database.
    return env.USER ?? env.LOGNAME;
  }
}
