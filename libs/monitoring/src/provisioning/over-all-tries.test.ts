import { expect, it } from '@jest/globals';
import type { ChangeAction, ProvisionChange } from '@fairlead/contracts';
import { overAllTries } from './over-all-tries.ts';

function board(name: string, action: ChangeAction): ProvisionChange {
  return { thing: 'dashboard', name, action };
}

it('tells what the last try found unchanged as what an earlier one made of it', () => {
  const earlier = [board('a', 'create'), board('b', 'unchanged')];
  const last = [board('a', 'unchanged'), board('b', 'unchanged'), board('c', 'create')];

  expect(overAllTries(earlier, last)).toEqual([
    board('a', 'create'),
    board('b', 'unchanged'),
    board('c', 'create'),
  ]);
});

it('tells what was made first, where the last try brought it to its end', () => {
  const changes = overAllTries([board('a', 'create')], [board('a', 'update')]);

  expect(changes).toEqual([board('a', 'create')]);
});

it('tells what an earlier try removed, which the last one does not find', () => {
  const changes = overAllTries([board('a', 'remove')], [board('b', 'remove')]);

  expect(changes).toEqual([board('a', 'remove'), board('b', 'remove')]);
});

it('tells of a folder and a dashboard of one name apart', () => {
  const folder = { thing: 'folder', name: 'a', action: 'create' } as const;

  expect(overAllTries([folder], [board('a', 'unchanged')])).toEqual([
    folder,
    board('a', 'unchanged'),
  ]);
});

it('is the one try where there was no other', () => {
  const last = [board('a', 'edited')];

  expect(overAllTries([], last)).toEqual(last);
});
