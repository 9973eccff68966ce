import { nearest } from '../nearest.ts';
import { isName } from '../schema/names.ts';
import type { RuleInput } from '../schema/field-meta.ts';

interface GivenConfig {
  readonly environments?: Readonly<Record<string, unknown>>;
  readonly remediation?: {
    readonly receiver?: {
      readonly rules?: readonly ({ readonly environment?: string } | undefined)[];
      readonly events?: { readonly environments?: Readonly<Record<string, unknown>> };
    };
  };
}

/** What names an environment which is not there would have all its alerts or events refused. */
export function receiverEnvironmentRule({ value, has, report }: RuleInput): void {
  const { environments = {}, remediation } = value as GivenConfig;
  const known = Object.keys(environments).filter(isName);
  const check = (name: unknown, path: readonly (string | number)[]) => {
    if (typeof name !== 'string' || has(['environments', name])) return;
    const near = nearest(name, known);
    const all = known.length === 0 ? 'there is none' : `known: ${known.join(', ')}`;
    report(
      ['remediation', 'receiver', ...path],
      `environments has none of this name; ${near === undefined ? all : `did you mean ${near}?`}`,
    );
  };
  for (const [index, rule] of (remediation?.receiver?.rules ?? []).entries()) {
    check(rule?.environment, ['rules', index, 'environment']);
  }
  for (const [sent, name] of Object.entries(remediation?.receiver?.events?.environments ?? {})) {
    check(name, ['events', 'environments', sent]);
  }
}
