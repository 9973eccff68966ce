import type { Controller } from '../objects.ts';
import type { RawMeta } from './raw.ts';

/** Who makes an object what it is, and would put it back. */
export function controllerOf({ ownerReferences = [] }: RawMeta): Controller | undefined {
  const found = ownerReferences.find(({ controller }) => controller === true);
  return found && { kind: found.kind, name: found.name, uid: found.uid };
}
