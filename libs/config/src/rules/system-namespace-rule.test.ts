import { expect, it } from '@jest/globals';
import { loadText } from '../in-memory-files.ts';

function warningsOf(environments: string, remediation = 'remediation: { actions: {} }'): string[] {
  const { warnings } = loadText(`environments: ${environments}\n${remediation}\n`);
  return warnings.map(({ path, message }) => `${path}: ${message}`);
}

it.each([
  ['{ production: { namespace: booking-system } }', 'environments.production', 'booking-system'],
  ['{ kube-edge: {} }', 'environments.kube-edge', 'kube-edge'],
])('warns of %s, where nothing would be mended', (environments, path, namespace) => {
  expect(warningsOf(environments)).toEqual([
    `${path}: remediation touches nothing in ${namespace}: by its name it serves the cluster itself`,
  ]);
});

it.each([
  ['{ production: { namespace: booking } }', undefined],
  ['{ production: { namespace: booking-system } }', 'remediation: { enabled: false }'],
  ['{ production: { namespace: booking-system } }', ''],
])('has nothing to say of %s with %j', (environments, remediation) => {
  expect(warningsOf(environments, remediation)).toEqual([]);
});
