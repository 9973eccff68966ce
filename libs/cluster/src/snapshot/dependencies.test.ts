import { expect, it } from '@jest/globals';
import type { PodTemplate } from '../objects.ts';
import { templateDependencies } from './dependencies.ts';

it('finds ConfigMaps and Secrets in env, envFrom and volumes, projected ones too, each once', () => {
  const template: PodTemplate = {
    spec: {
      initContainers: [
        { name: 'init', image: 'x', envFrom: [{ secretRef: { name: 'a', optional: true } }] },
      ],
      containers: [
        {
          name: 'app',
          image: 'x',
          env: [
            { name: 'ONE', value: '1' },
            { name: 'TWO', valueFrom: { configMapKeyRef: { name: 'b', key: 'k' } } },
            { name: 'THREE', valueFrom: { secretKeyRef: { name: 'a', key: 'k' } } },
            { name: 'FOUR', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          ],
          envFrom: [{ configMapRef: { name: 'c', optional: true } }],
        },
      ],
      volumes: [
        { name: 'v1', emptyDir: {} },
        { name: 'v2', secret: { secretName: 'd' } },
        {
          name: 'v3',
          projected: { sources: [{ configMap: { name: 'e' } }, { secret: { name: 'f' } }] },
        },
      ],
    },
  };

  expect(templateDependencies(template)).toEqual([
    // Needed in one place, optional in another: needed.
    { kind: 'Secret', name: 'a', optional: false },
    { kind: 'ConfigMap', name: 'b', optional: false },
    { kind: 'ConfigMap', name: 'c', optional: true },
    { kind: 'Secret', name: 'd', optional: false },
    { kind: 'ConfigMap', name: 'e', optional: false },
    { kind: 'Secret', name: 'f', optional: false },
  ]);
});
