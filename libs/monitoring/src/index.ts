export { createMonitoringActivities } from './activities.ts';
export type {
  EventAnswer,
  EventSink,
  GaugeSink,
  MetricRequest,
  MetricSource,
  MonitoringSystem,
  Sample,
  StateSink,
} from './monitoring-system.ts';
export type { ProvisionOptions, Provisioner } from './provisioning/provisioner.ts';
export { createSystem } from './registry.ts';
export type { SystemContext, SystemName, SystemSettings } from './registry.ts';
export { EXPORTED_SYSTEMS, exportFiles } from './export.ts';
export type { ExportedSystem, ExportOptions } from './export.ts';
