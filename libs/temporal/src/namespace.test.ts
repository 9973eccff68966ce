import { describe, expect, it } from '@jest/globals';
import { assertNamespace } from './namespace.ts';

type Connection = Parameters<typeof assertNamespace>[0];

function serverThatFailsWith(code?: number): Connection {
  const describeNamespace = () =>
    code === undefined
      ? Promise.resolve({})
      : Promise.reject(Object.assign(new Error('refused'), { code }));
  return { workflowService: { describeNamespace } } as unknown as Connection;
}

describe('assertNamespace', () => {
  it('names the namespace and the command when there is none of that name', async () => {
    await expect(assertNamespace(serverThatFailsWith(5), 'nope')).rejects.toMatchObject({
      type: 'config-invalid',
      message: expect.stringMatching(/no namespace nope;.*namespace create --namespace nope/),
    });
  });

  it.each([[undefined], [7]])('lets it pass when the answer is code %s', async (code) => {
    await expect(assertNamespace(serverThatFailsWith(code), 'default')).resolves.toBeUndefined();
  });
});
