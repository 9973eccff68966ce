import { AdapterError } from '@fairlead/contracts';
import type { Check } from '@fairlead/contracts';

/** Longest that one vendor may take to answer. */
const LOOK_MS = 10_000;

/** One vendor, within 10 s. `block`: where the configuration has it. */
export async function lookAt(
  name: string,
  block: string,
  look: (signal: AbortSignal) => Promise<Omit<Check, 'name'>>,
): Promise<Check> {
  try {
    return { name, ...(await look(AbortSignal.timeout(LOOK_MS))) };
  } catch (error) {
    return { name, state: 'fail', ...faultOf(error, block) };
  }
}

/** The text of a defect may hold anything, so only its name is told. */
function faultOf(error: unknown, block: string): Pick<Check, 'detail' | 'mend' | 'fault'> {
  if (!(error instanceof AdapterError)) {
    const name = error instanceof Error ? error.name : typeof error;
    return { detail: `unexpected ${name}`, mend: 'report it: this is a defect of Fairlead’s own' };
  }
  const { message: detail } = error;
  return error.retryable
    ? { detail, mend: `see whether the worker’s machine reaches it, and the addresses in ${block}` }
    : { detail, mend: `mend ${block} in the worker’s configuration`, fault: 'configuration' };
}
