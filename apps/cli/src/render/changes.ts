import type { ChangeAction, ProvisionChange, ProvisionVerb } from '@fairlead/contracts';
import { table } from './table.ts';

/** What each action is called before it is done, and after. */
const WORDS: Readonly<Record<ChangeAction, readonly [before: string, after: string]>> = {
  create: ['would be created', 'created'],
  update: ['would be updated', 'updated'],
  remove: ['would be removed', 'removed'],
  unchanged: ['is as it should be', 'is as it should be'],
  edited: ['was edited by a person; stays without --force', 'was edited by a person; left alone'],
  duplicate: ['is a second one; stays without --remove-duplicates', 'is a second one; left alone'],
};

/** One line for each thing, and the sum. */
export function changesText(
  system: string,
  verb: ProvisionVerb,
  changes: readonly ProvisionChange[],
): string {
  if (changes.length === 0) return `${system}: nothing of ours is there.`;
  const rows = changes.map(({ thing, name, action, detail }) => [
    thing,
    name,
    WORDS[action][verb === 'plan' ? 0 : 1],
    detail ?? '',
  ]);
  const [, ...lines] = table(['', '', '', ''], rows);
  return [`${system}: ${sumOf(changes, verb)}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

export function changeCounts(changes: readonly ProvisionChange[]): Record<string, number> {
  const groups = Object.groupBy(changes, ({ action }) => action);
  return Object.fromEntries(Object.entries(groups).map(([action, some]) => [action, some.length]));
}

function sumOf(changes: readonly ProvisionChange[], verb: ProvisionVerb): string {
  const changing = changes.filter(({ action }) => ['create', 'update', 'remove'].includes(action));
  if (changing.length === 0) return verb === 'plan' ? 'nothing to do' : 'nothing was changed';
  const count = `${changing.length} of ${changes.length}`;
  return verb === 'plan' ? `${count} would change` : `${count} changed`;
}
