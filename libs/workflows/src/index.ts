export { confirmation } from './confirmation.ts';
export { deployment } from './deployment/deployment.ts';
export { doctor } from './doctor.ts';
export { digest } from './digest/digest.ts';
export { provisioning } from './provisioning.ts';
export { redelivery } from './redelivery.ts';
export { remediation } from './remediation/remediation.ts';
export { target } from './target/target.ts';
