export type { PrometheusAlert, PrometheusLine, PrometheusSample } from './prometheus-api.ts';
export type { ScrapeJob } from './prometheus-config.ts';
export { faultOfRules } from './prometheus-contract.ts';
export type { Exposition, PastScrape } from './prometheus-exposition.ts';
export { startExposition, toHistory, withLabels } from './prometheus-exposition.ts';
export type { PrometheusOptions, PrometheusServer } from './prometheus-server.ts';
export { startPrometheus } from './prometheus-server.ts';
export { promtool } from './prometheus-tools.ts';
