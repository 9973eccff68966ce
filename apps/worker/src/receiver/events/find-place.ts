import { nearest } from '@fairlead/config';
import { REQUEST_ID } from '@fairlead/contracts';
import type { PlainEvent } from '@fairlead/contracts';
import type { EventSettings } from '@fairlead/settings';

export interface Place {
  readonly environment: string;
  readonly application: string;
}

/** Longest name that an answer repeats. */
const SHOWN = 80;

/** Where an event's deployment is; what is not configured never begins a target's record. Undefined: it says nothing. */
export function findPlace(
  { environment: sent, application: sentApplication }: PlainEvent,
  settings: EventSettings,
): Place | { readonly refused: string } | undefined {
  if (sent === undefined) return undefined;
  const { environments, environmentsAs, applicationsAs, anyApplication } = settings;
  const environment = environmentsAs.get(sent) ?? sent;
  if (!environments.includes(environment)) {
    return {
      refused: `environment ${said(environment)} is not configured${hint(environment, environments)}`,
    };
  }
  const application =
    sentApplication === undefined
      ? settings.application
      : (applicationsAs.get(sentApplication) ?? sentApplication);
  if (application === undefined) {
    return { refused: 'it names no application, and the configuration has none' };
  }
  const known = [...new Set([settings.application ?? [], ...applicationsAs.values()].flat())];
  if (known.includes(application)) return { environment, application };
  if (!anyApplication) {
    return {
      refused: `application ${said(application)} is not configured${hint(application, known)}; remediation.receiver.events has applications and any_application`,
    };
  }
  if (!REQUEST_ID.test(application)) {
    return {
      refused: `application ${said(application)} is no name of one: a-z, 0-9 and -, at most 63`,
    };
  }
  return { environment, application };
}

function said(name: string): string {
  return JSON.stringify(name.slice(0, SHOWN));
}

function hint(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? '' : `; did you mean ${near}?`;
}
