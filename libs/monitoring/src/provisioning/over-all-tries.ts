import type { ProvisionChange } from '@fairlead/contracts';

/** What was done in all: a last try finds unchanged what an earlier one made, and not at all what that removed. */
export function overAllTries(
  earlier: readonly ProvisionChange[],
  last: readonly ProvisionChange[],
): readonly ProvisionChange[] {
  const made = earlier.filter(({ action }) => ['create', 'update', 'remove'].includes(action));
  const isLast = (one: ProvisionChange) => last.some((change) => isSame(one, change));
  return [
    ...made.filter((one) => !isLast(one)),
    ...last.map((change) =>
      ['unchanged', 'update'].includes(change.action)
        ? (made.find((one) => isSame(one, change)) ?? change)
        : change,
    ),
  ];
}

function isSame(one: ProvisionChange, other: ProvisionChange): boolean {
  return one.thing === other.thing && one.name === other.name;
}
