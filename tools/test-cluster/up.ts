/** A test cluster to try things by hand: `node tools/test-cluster/up.ts [--scheduler] [--gateway-api]`, ended by Ctrl-C. */
import { once } from 'node:events';
import { parseArgs } from 'node:util';

import { startTestCluster } from '../../libs/testing/src/servers/index.ts';
import { testClusterPath } from '../setup/index.ts';

const { values } = parseArgs({
  options: { scheduler: { type: 'boolean' }, 'gateway-api': { type: 'boolean' } },
});
const cluster = await startTestCluster({
  scheduler: values.scheduler ?? false,
  gatewayApi: values['gateway-api'] ?? false,
});
process.stdout.write(
  `export KUBECONFIG=${cluster.kubeconfigs.admin}\nalias kubectl='${await testClusterPath()} kubectl'\n# audit log: ${cluster.auditLog}\n`,
);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await cluster.stop();
