import type { Style } from './style.ts';

/** Where Temporal's tools look by themselves. */
const DEFAULT_PORT = 7233;

interface UpFacts {
  readonly address: string;
  readonly uiUrl: string | undefined;
  readonly port: number;
  /** Only of a sandbox. */
  readonly sample: string | undefined;
}

/** What is up, and what to type next in another shell. */
export function upText(up: UpFacts, style: Style): string {
  return [
    `${style.green('Fairlead is up.')} Ctrl-C ends it.`,
    `  Temporal   ${up.address}`,
    ...(up.uiUrl === undefined ? [] : [`  Web UI     ${up.uiUrl}`]),
    ...(up.sample === undefined
      ? []
      : ['  sandbox    a simulated cluster; every message appears below']),
    '',
    'In another shell:',
    ...(up.port === DEFAULT_PORT ? [] : [`  export TEMPORAL_ADDRESS=${up.address}`]),
    ...(up.sample === undefined ? CLUSTER_COMMANDS : sandboxCommands(up.sample)),
  ].join('\n');
}

const CLUSTER_COMMANDS = ['  fairlead deploy --environment staging', '  fairlead status'];

/** An image whose tag says so does not come up. */
function sandboxCommands(sample: string): string[] {
  return [
    `  export FAIRLEAD_CONFIG=${sample}`,
    '  fairlead deploy -e staging         a canary; at 50 % it asks',
    '  fairlead promote -e staging        the answer, from a third shell',
    '  fairlead deploy -e staging --component api=registry.example.com/shop/api:crashloop-2',
    '                                     a bad version; it goes back by itself',
    '  fairlead status',
  ];
}
