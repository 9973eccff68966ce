import * as contract from '@fairlead/contracts/messages';
import { expect, it } from '@jest/globals';
import { MESSAGES } from './messages.ts';

it('names every message as the contract does', () => {
  for (const [key, message] of Object.entries(MESSAGES)) {
    const exported = `${key}${message.type === 'query' ? 'Query' : 'Update'}`;
    expect(contract).toHaveProperty([exported, 'name'], message.name);
    expect(contract).toHaveProperty([exported, 'type'], message.type);
  }
});
