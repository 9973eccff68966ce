import type { Style } from './style.ts';

/** Where Temporal's tools look by themselves. */
const DEFAULT_PORT = 7233;

/** What is up, and what to type next in another shell. */
export function upText(
  up: {
    readonly address: string;
    readonly uiUrl: string | undefined;
    readonly port: number;
    readonly sandbox: boolean;
    readonly state: string;
  },
  style: Style,
): string {
  const environment = up.port === DEFAULT_PORT ? [] : [`  export TEMPORAL_ADDRESS=${up.address}`];
  return [
    `${style.green('Fairlead is up.')} Ctrl-C ends it.`,
    `  Temporal   ${up.address}`,
    ...(up.uiUrl === undefined ? [] : [`  Web UI     ${up.uiUrl}`]),
    ...(up.sandbox ? [`  sandbox    ${up.state} (simulated cluster; messages appear below)`] : []),
    '',
    'In another shell:',
    ...environment,
    ...(up.sandbox ? SANDBOX_COMMANDS : CLUSTER_COMMANDS),
  ].join('\n');
}

const CLUSTER_COMMANDS = ['  fairlead deploy --environment staging', '  fairlead status'];

/** The sandbox's cluster has the application `shop`; an image whose tag says so does not come up. */
const SANDBOX_DEPLOY =
  '  fairlead deploy -e staging --namespace staging -a shop --type canary --component api=registry.example.com/shop/api';

const SANDBOX_COMMANDS = [
  `${SANDBOX_DEPLOY}:2.4.1`,
  `${SANDBOX_DEPLOY}:crashloop-2    (goes back)`,
  '  fairlead status',
];
