import type { Delivery, MessageFacts } from '@fairlead/contracts';

/** Of CDEvents 0.5.1. */
const SPEC = '0.5.1';
const TYPES = {
  deployed: 'dev.cdevents.service.deployed.0.3.0',
  upgraded: 'dev.cdevents.service.upgraded.0.3.0',
  rolledback: 'dev.cdevents.service.rolledback.0.3.0',
} as const;

/** What is posted: a CDEvent in a CloudEvent, in structured mode. The delivery's key is the ID of both. */
export function cloudEventOf({ key, event, facts }: Delivery): object {
  const { environment, application } = facts;
  const source = `/fairlead/${environment}/${application}`;
  const type = TYPES[predicateOf(event.kind, facts)];
  return {
    ...{ specversion: '1.0', id: key, source, type, subject: application, time: event.at },
    datacontenttype: 'application/json',
    data: {
      context: { specversion: SPEC, id: key, source, type, timestamp: event.at },
      subject: {
        ...{ id: application, source },
        content: { environment: { id: environment }, artifactId: artifactOf(facts) },
      },
      customData: { ...facts, message: event.message },
      customDataContentType: 'application/json',
    },
  };
}

/** Fairlead puts new images into what runs already; what another tool did is known only where it says so. */
function predicateOf(kind: Delivery['event']['kind'], facts: MessageFacts): keyof typeof TYPES {
  if (kind === 'rollback-completed') return 'rolledback';
  return facts.source === undefined ? 'upgraded' : 'deployed';
}

/** The first component's image as a package URL; all of them are in the event's own data. */
function artifactOf({ components, application, deploymentId }: MessageFacts): string {
  const [first] = components;
  if (first === undefined) return `pkg:generic/${application}@${deploymentId}`;
  return purlOf(first.image);
}

/** https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md */
function purlOf(image: string): string {
  if (image.startsWith('pkg:')) return image;
  const [named = '', digest] = image.split('@');
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  const repository = colon === -1 ? named : named.slice(0, colon);
  const name = encodeURIComponent(repository.slice(slash + 1).toLowerCase());
  const query = new URLSearchParams({ repository_url: repository });
  if (colon !== -1) query.set('tag', named.slice(colon + 1));
  const version = digest === undefined ? '' : `@${encodeURIComponent(digest)}`;
  return `pkg:oci/${name}${version}?${query.toString()}`;
}
