export const USAGE = `Usage: fairlead-worker [--role control|cluster|both] [--cluster NAME] [options]

The process that does the work: runs workflows, delivers messages (role control), changes clusters (role cluster).
Every option can be given by the variable in brackets instead; the option wins.

  --role ROLE                control, cluster or both; default both                        [FAIRLEAD_ROLE]
  --cluster NAME             the cluster it serves; default "default"                      [FAIRLEAD_CLUSTER]
  --config FILE              configuration, repeatable                                     [FAIRLEAD_CONFIG]
  --kubeconfig FILE          default: as kubectl finds it, else the pod's service account  [FAIRLEAD_KUBECONFIG]
  --context NAME             context of the kubeconfig                                     [FAIRLEAD_KUBE_CONTEXT]
  --sandbox DIR              a simulated cluster and an inbox, kept in DIR                 [FAIRLEAD_SANDBOX]
  --connect-timeout TIME     wait for Temporal at start; default 60s                       [FAIRLEAD_CONNECT_TIMEOUT]
  --health-port N            /livez and /readyz; default none, 0 takes a free port         [FAIRLEAD_HEALTH_PORT]
  --health-host HOST         default 127.0.0.1; in a container 0.0.0.0                     [FAIRLEAD_HEALTH_HOST]
  --metrics-address ADDRESS  /metrics of the Temporal SDK on HOST:PORT; default none       [FAIRLEAD_METRICS_ADDRESS]
  --delivery-rate NAME=N     deliveries a second of a paced destination, repeatable; 0 lifts the limit
                                                                                           [FAIRLEAD_DELIVERY_RATE]
  --ui-url URL               Temporal's Web UI, for the link in messages                   [FAIRLEAD_UI_URL]
  --workflow-bundle FILE     a prebuilt workflow bundle                                    [FAIRLEAD_WORKFLOW_BUNDLE]
  --log-level LEVEL          trace, debug, info, warn, error; default info                 [FAIRLEAD_LOG_LEVEL]
  --help, --version

Temporal is found as its other tools find it: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_...,
TEMPORAL_PROFILE, TEMPORAL_CONFIG_FILE. TEMPORAL_DEPLOYMENT_NAME and TEMPORAL_WORKER_BUILD_ID together switch worker
versioning on. Logs are JSON lines on standard error.
Signals: SIGTERM and SIGINT end it in good order within 50 s, SIGHUP reads the configuration again,
as does a change of its files.
Exit codes: 0 ended as asked, 1 a defect, 2 bad usage or configuration, 6 Temporal is out of reach.
`;
