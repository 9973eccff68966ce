#!/bin/sh
# Makes the namespace TEMPORAL_NAMESPACE, whose closed workflows are kept for RETENTION. Harmless when it is there.
# The CLI takes TEMPORAL_ADDRESS from the environment.
set -eu

# The port is open some seconds before the server works.
attempt=1
until temporal operator cluster health; do
  if [ "$attempt" -ge 30 ]; then exit 1; fi
  attempt=$((attempt + 1))
  sleep 2
done

temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"

# A server takes a new namespace up some seconds later.
until temporal workflow count --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; do
  if [ "$attempt" -ge 30 ]; then exit 1; fi
  attempt=$((attempt + 1))
  sleep 2
done
