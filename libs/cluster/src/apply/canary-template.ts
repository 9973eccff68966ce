import type { ComponentSnapshot } from '@fairlead/contracts';
import { withImages } from '../images.ts';
import { canaryLabels, labelValue, matchesSelector, ownLabels, selectsPods } from '../labels.ts';
import type { Labels, PodTemplate, Service, Workload } from '../objects.ts';

/** The stable's template with the new images, labelled so that the right Services find its pods. */
export function canaryTemplate({
  stable,
  component,
  services,
  deploymentId,
}: {
  readonly stable: Workload;
  readonly component: ComponentSnapshot;
  readonly services: readonly Service[];
  readonly deploymentId: string;
}): PodTemplate {
  const template = withImages(stable.template, component.images, 'to');
  const labels = template.metadata?.labels ?? {};
  const mine = services.filter((service) => selectsPods(service.selector, labels));
  return {
    ...template,
    metadata: {
      ...template.metadata,
      labels: {
        ...(component.traffic.router === 'replicas'
          ? besideStable(labels, stable, mine)
          : apartFromStable(labels, stable, mine)),
        ...ownLabels(deploymentId, component.name),
        ...canaryLabels(component.workload),
      },
    },
  };
}

/** Pods that every Service of the stable selects; out of the stable's own selector where the Services leave a label. */
function besideStable(labels: Labels, stable: Workload, services: readonly Service[]): Labels {
  const kept = new Set(services.flatMap(({ selector = {} }) => Object.keys(selector)));
  const free = Object.keys(stable.selector.matchLabels ?? {}).find((key) => !kept.has(key));
  return free === undefined ? labels : distinct(labels, free);
}

/** Pods that no Service of the stable selects, nor the stable itself; no more labels differ than must. */
function apartFromStable(labels: Labels, stable: Workload, services: readonly Service[]): Labels {
  const own = Object.keys(stable.selector.matchLabels ?? {});
  let apart = labels;
  for (const { selector = {} } of services) {
    if (!selectsPods(selector, apart)) continue;
    const keys = Object.keys(selector);
    const key = keys.find((one) => own.includes(one)) ?? keys[0];
    if (key !== undefined) apart = distinct(apart, key);
  }
  const [first] = own;
  return first !== undefined && matchesSelector(stable.selector, apart)
    ? distinct(apart, first)
    : apart;
}

function distinct(labels: Labels, key: string): Labels {
  return { ...labels, [key]: labelValue(`${labels[key] ?? ''}-canary`) };
}
