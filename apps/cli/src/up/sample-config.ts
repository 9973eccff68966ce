import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Short enough to be watched, and it stops once to ask. */
const SAMPLE = `# Made by \`fairlead up --sandbox\`; change it as you like.
application: shop
components:
  - name: api
    image: registry.example.com/shop/api:2.4.1
environments:
  staging: { namespace: staging, type: canary }
canary:
  steps:
    - weight: 10
    - pause: 5s
    - weight: 50
    - approval: {}
  bake: 5s
`;

/** A configuration for the sandbox's cluster; one that is there already stays as it is. */
export function ensureSampleConfig(state: string): string {
  const file = join(state, 'fairlead.yaml');
  mkdirSync(state, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, SAMPLE);
  return file;
}
