import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTcpProxy } from '@fairlead/testing/cluster';
import type { TcpProxy } from '@fairlead/testing/cluster';
import type { Stage } from '@fairlead/testing/e2e';
import { startPushgateway } from '@fairlead/testing/servers/pushgateway';
import type { PushgatewayServer } from '@fairlead/testing/servers/pushgateway';
import { startMockDatadog } from '@fairlead/testing/vendors';
import type { MockDatadog } from '@fairlead/testing/vendors';
import { startSimulatedStage } from './simulated-stage.ts';

/** Workers as they are shipped that tell a mock Datadog and a real Pushgateway, each over a network that can fail. */
export interface MonitoredStack {
  readonly stage: Stage;
  readonly datadog: MockDatadog;
  readonly pushgateway: PushgatewayServer;
  /** Between the worker and each of them. */
  readonly networks: readonly TcpProxy[];
  stop(): Promise<void>;
}

export async function startMonitoredStack(targets: readonly string[]): Promise<MonitoredStack> {
  const [datadog, pushgateway] = await Promise.all([startMockDatadog(), startPushgateway()]);
  const toDatadog = await startTcpProxy(portOf(datadog.url));
  const toPushgateway = await startTcpProxy(portOf(pushgateway.url));
  const stage = await startSimulatedStage(targets);
  const config = join(stage.directory, 'bench.json');
  const { apiKey, appKey } = datadog;
  const monitoring_systems = {
    datadog: { api_key: apiKey, app_key: appKey, api_url: urlOf(toDatadog) },
    prometheus: { pushgateway_url: urlOf(toPushgateway) },
  };
  await writeFile(config, JSON.stringify({ monitoring_systems }));
  await stage.startWorker(['--role', 'control', '--config', config]);
  const networks = [toDatadog, toPushgateway];
  return {
    ...{ stage, datadog, pushgateway, networks },
    async stop() {
      await stage.stop();
      await Promise.all([...networks.map((one) => one.close()), datadog.stop()]);
      await pushgateway.stop();
    },
  };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

function urlOf({ port }: TcpProxy): string {
  return `http://127.0.0.1:${port}`;
}
