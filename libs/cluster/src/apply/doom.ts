import type { ComponentSnapshot, Doom, Side } from '@fairlead/contracts';
import type { Doomed } from '../health/judge.ts';
import type { Cluster } from '../port.ts';
import { workloadName } from './find.ts';

export interface PodDoom extends Doom {
  /** Whose last words to ask for; not part of the result. */
  readonly container?: string;
}

export function doomFrom(doomed: Doomed, component: ComponentSnapshot, side: Side): PodDoom {
  const { reason, message, since, pod, container } = doomed;
  return {
    component: component.name,
    workload: workloadName(component, side),
    side,
    reason,
    message,
    since,
    ...(pod === undefined ? {} : { pod }),
    ...(container === undefined ? {} : { container }),
  };
}

/** The way back must not wait long for words that may not exist. */
const LOG_TIMEOUT_MS = 1000;
/** A message shows one line, and history stays small. */
const MAX_LINE_LENGTH = 500;

export async function withLastLogLine(
  { cluster, namespace }: { readonly cluster: Cluster; readonly namespace: string },
  { container, ...doom }: PodDoom,
): Promise<Doom> {
  if (doom.pod === undefined || container === undefined) return doom;
  const line = await bounded(cluster.lastLogLine({ namespace, name: doom.pod }, container));
  return line === undefined || line === ''
    ? doom
    : { ...doom, lastLogLine: line.slice(0, MAX_LINE_LENGTH) };
}

/** Best effort: a log that cannot be read is no reason to fail. */
async function bounded(answer: Promise<string | undefined>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, LOG_TIMEOUT_MS, undefined);
  });
  try {
    return await Promise.race([answer.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
