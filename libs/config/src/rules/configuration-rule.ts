import type { RuleInput } from '../schema/field-meta.ts';
import { channelReferenceRule } from './channel-reference-rule.ts';
import { fallbackRule } from './fallback-rule.ts';
import { pageOwnerRule } from './page-owner-rule.ts';
import { receiverEnvironmentRule } from './receiver-environment-rule.ts';
import { roleEnvironmentRule } from './role-environment-rule.ts';
import { roleReachRule } from './role-reach-rule.ts';
import { systemNamespaceRule } from './system-namespace-rule.ts';
import { templateKindRule } from './template-kind-rule.ts';
import { unusedChannelRule } from './unused-channel-rule.ts';

/** What one block says of another. */
export function configurationRule(input: RuleInput): void {
  channelReferenceRule(input);
  unusedChannelRule(input);
  roleEnvironmentRule(input);
  roleReachRule(input);
  pageOwnerRule(input);
  fallbackRule(input);
  templateKindRule(input);
  receiverEnvironmentRule(input);
  systemNamespaceRule(input);
}
