import { nearest } from '../nearest.ts';
import { isName } from '../schema/names.ts';
import type { RuleInput } from '../schema/field-meta.ts';

interface GivenConfig {
  readonly environments?: Readonly<Record<string, unknown>>;
  readonly roles?: Readonly<
    Record<string, { readonly environments?: readonly (string | undefined)[] } | undefined>
  >;
}

/**
 * A role that is told of an environment which is not there is mostly a typing error. A warning: the worker's file may
 * serve callers whose files have more environments, and one without the block knows of none.
 */
export function roleEnvironmentRule({ value, has, warn }: RuleInput): void {
  const { environments, roles = {} } = value as GivenConfig;
  if (environments === undefined) return;
  const known = Object.keys(environments).filter(isName);
  for (const [role, settings] of Object.entries(roles)) {
    for (const [index, name] of (settings?.environments ?? []).entries()) {
      if (name === undefined || has(['environments', name])) continue;
      const near = nearest(name, known);
      const hint = near === undefined ? `known: ${known.join(', ')}` : `did you mean ${near}?`;
      warn(
        ['roles', role, 'environments', index],
        `environments has none of this name, so the role hears of nothing there; ${hint}`,
      );
    }
  }
}
