import type { RemediationPolicy, SettingsSnapshot } from '@fairlead/contracts';
import type { Destination } from '../destination.ts';
import type { RoleRule } from './role-rule.ts';
import type { SeverityIn } from './severity.ts';

/** What decides who is told, and how: as it is in force. */
export interface RoutingSettings {
  readonly destinations: readonly Destination[];
  readonly roles: readonly RoleRule[];
  /** Channel, or named destination, that is told in place of a dead one. */
  readonly fallback?: string | undefined;
  /** Monitoring systems that take the targets' states; absent: none shows how a run fares. */
  readonly progress?: SettingsSnapshot['progress'];
  /** What may be mended in an environment. Absent: nothing. */
  readonly remediation?: ((environment: string) => RemediationPolicy | undefined) | undefined;
  /** Severity of a failure by environment; `critical` everywhere when absent. */
  readonly severityIn?: SeverityIn | undefined;
}
