export { deployment } from './deployment/deployment.ts';
export { redelivery } from './redelivery.ts';
export { target } from './target/target.ts';
