# One image for the worker and the command line: `fairlead-worker` and `fairlead`. docs/docker-compose.md
# The version is that of the npm package `node` in package.json, which development and tests run on.
ARG NODE=24.21.0-bookworm-slim

# The programs and the workflows, each in few files: a thousand modules would be most of a worker's start.
FROM node:${NODE} AS built
WORKDIR /opt/fairlead
COPY . .
RUN --mount=type=cache,target=/npm-cache \
    npm ci --cache /npm-cache --ignore-scripts --no-audit --no-fund
RUN node tools/bundle/bundle-apps.ts && node tools/bundle/bundle-workflows.ts

# What they have beside them.
FROM node:${NODE} AS installed
WORKDIR /opt/fairlead
COPY . .
# No script of a dependency is needed: Temporal's native part comes ready-made.
RUN --mount=type=cache,target=/npm-cache \
    npm ci --cache /npm-cache --omit=dev --ignore-scripts --no-audit --no-fund --include-workspace-root \
      --workspace=@fairlead/worker --workspace=@fairlead/cli --workspace=@fairlead/workflows
# What Temporal's native part brings for other systems is a fifth of it all.
RUN rm -rf node_modules/@temporalio/core-bridge/releases/*-apple-* \
           node_modules/@temporalio/core-bridge/releases/*-windows-*
COPY --from=built /opt/fairlead/apps/cli/dist apps/cli/dist
COPY --from=built /opt/fairlead/apps/worker/dist apps/worker/dist

FROM node:${NODE}
# Temporal's native part trusts the system's authorities, of which the slim image has none.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/*
COPY --from=installed /opt/fairlead /opt/fairlead
# Of the simulated cluster (--sandbox).
RUN install --directory --owner=node --group=node /var/lib/fairlead
ENV NODE_ENV=production \
    PATH=/opt/fairlead/node_modules/.bin:$PATH \
    FAIRLEAD_BUILT=1 \
    FAIRLEAD_WORKFLOW_BUNDLE=/opt/fairlead/apps/worker/dist/workflow-bundle.js
USER node
WORKDIR /var/lib/fairlead
CMD ["fairlead-worker"]
