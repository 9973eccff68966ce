import { isSystemNamespace } from '@fairlead/domain';
import type { RuleInput } from '../schema/field-meta.ts';

interface GivenConfig {
  readonly environments?: Readonly<Record<string, { readonly namespace?: string } | undefined>>;
  readonly remediation?: { readonly enabled?: boolean };
}

/** Remediation leaves alone what serves the cluster, and knows it by its name: else every issue there would be refused, unseen. */
export function systemNamespaceRule({ value, warn }: RuleInput): void {
  const { environments = {}, remediation } = value as GivenConfig;
  if (remediation === undefined || remediation.enabled === false) return;
  for (const [name, environment] of Object.entries(environments)) {
    const namespace = environment?.namespace ?? name;
    if (!isSystemNamespace(namespace)) continue;
    warn(
      ['environments', name],
      `remediation touches nothing in ${namespace}: by its name it serves the cluster itself`,
    );
  }
}
