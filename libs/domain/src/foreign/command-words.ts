import type { CommandEnd } from '@fairlead/contracts';

/** How a wrapped command ended, in a sentence with the last that it said. */
export function commandWords(tool: string, { exitCode, signal, output }: CommandEnd): string {
  const last = output.at(-1);
  const how = signal === undefined ? `with exit code ${exitCode}` : `by ${signal}`;
  return `${tool} ended ${how}${last === undefined ? '' : `: ${last}`}`;
}
