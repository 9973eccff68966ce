import type { AlertSettings, EventSettings, WatchedPlace } from '@fairlead/settings';
import type { RemediationPolicy } from '@fairlead/contracts';
import type { SystemSettings } from '@fairlead/monitoring';
import type { ChannelSettings, DashboardLink, RoleRule } from '@fairlead/notifications';

/** What the configuration says to this process. Read at start, and again on SIGHUP or when a file changes. */
export interface WorkerSettings {
  readonly channels: readonly ChannelSettings[];
  readonly systems: readonly SystemSettings[];
  /** Whether any system shows how a run fares. */
  readonly showsProgress: boolean;
  /** Systems whose dashboards and alerts are brought to their present form at the start. */
  readonly provision: readonly string[];
  readonly roles: readonly RoleRule[];
  /** Channel that is told in place of a dead one. */
  readonly fallback?: string | undefined;
  /** A link in each message. */
  readonly dashboard?: DashboardLink | undefined;
  /** What this process watches for issues, where it has the cluster. */
  readonly watched: readonly WatchedPlace[];
  /** What may be mended in an environment. */
  readonly remediation?: (environment: string) => RemediationPolicy | undefined;
  /** Absent: no alerts are taken. */
  readonly alerts?: AlertSettings | undefined;
  /** Absent: no events of other tools are taken. */
  readonly events?: EventSettings | undefined;
  readonly severityIn?: (environment: string) => 'critical' | 'warning';
  /** The files it was read from. */
  readonly files: readonly string[];
  /** The secret and key files that those name: followed too, never shown. */
  readonly secretFiles: readonly string[];
  readonly warnings: readonly string[];
}
