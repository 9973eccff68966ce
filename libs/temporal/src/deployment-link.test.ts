import { expect, it } from '@jest/globals';
import { deploymentLink } from './deployment-link.ts';

it('leads to the deployment’s workflow when the UI is known', () => {
  expect(deploymentLink('http://127.0.0.1:8233', 'default')?.('d-1')).toBe(
    'http://127.0.0.1:8233/namespaces/default/workflows/deployment%2Fd-1',
  );
});

it('leads nowhere when it is not', () => {
  expect(deploymentLink(undefined, 'default')).toBeUndefined();
});
