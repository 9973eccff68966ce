import { AdapterError } from '@fairlead/contracts';
import type { GrafanaAnswer } from '../client.ts';
import type { ProvisionChange } from '@fairlead/contracts';
import type { ProvisionOptions } from '../../provisioning/provisioner.ts';

/** One thing of ours at Grafana: it can say what is to be done with it. */
export interface Thing {
  /** Reads only. Undefined where nothing is to be there, and nothing is. */
  judge(options: ProvisionOptions, signal: AbortSignal): Promise<Judgement | undefined>;
  /** Reads only. Undefined where nothing is there. */
  judgeRemoval(signal: AbortSignal): Promise<Judgement | undefined>;
}

interface Judgement {
  readonly change: ProvisionChange;
  /** Absent where nothing is to be done. */
  readonly write?: Write;
}

/**
 * `raced`: somebody else was faster, so look again. A change: Grafana would not do it, and that is what there is to
 * say.
 */
export type Write = (signal: AbortSignal) => Promise<'done' | 'raced' | ProvisionChange>;

/** Looks and writes; a second look finds what the other one of two at once has done. */
const LOOKS = 3;

export async function settle(
  judge: () => Promise<Judgement | undefined>,
  signal: AbortSignal,
): Promise<ProvisionChange | undefined> {
  let name = '';
  for (let look = 0; look < LOOKS; look += 1) {
    const judgement = await judge();
    if (judgement?.write === undefined) return judgement?.change;
    const outcome = await judgement.write(signal);
    if (outcome === 'done') return judgement.change;
    if (outcome !== 'raced') return outcome;
    ({ name } = judgement.change);
  }
  throw new AdapterError(
    'vendor-unreachable',
    `grafana: somebody else keeps changing "${name}"; try again`,
  );
}

/** Of a write whose refusals all mean that what was seen is not there any more. */
export function doneOrRaced({ status }: GrafanaAnswer): 'done' | 'raced' {
  return status < 300 ? 'done' : 'raced';
}
