import { nearest } from '../nearest.ts';
import { isName } from '../schema/names.ts';
import type { RuleInput } from '../schema/field-meta.ts';

interface GivenConfig {
  readonly environments?: Readonly<Record<string, unknown>>;
  readonly remediation?: {
    readonly receiver?: {
      readonly rules?: readonly ({ readonly environment?: string } | undefined)[];
    };
  };
}

/** A rule for alerts of an environment which is not there would have all of them refused. */
export function receiverEnvironmentRule({ value, has, report }: RuleInput): void {
  const { environments = {}, remediation } = value as GivenConfig;
  const known = Object.keys(environments).filter(isName);
  for (const [index, rule] of (remediation?.receiver?.rules ?? []).entries()) {
    const name = rule?.environment;
    if (name === undefined || has(['environments', name])) continue;
    const near = nearest(name, known);
    const all = known.length === 0 ? 'there is none' : `known: ${known.join(', ')}`;
    report(
      ['remediation', 'receiver', 'rules', index, 'environment'],
      `environments has none of this name; ${near === undefined ? all : `did you mean ${near}?`}`,
    );
  }
}
