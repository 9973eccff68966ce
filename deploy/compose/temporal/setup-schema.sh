#!/bin/sh
# Makes Temporal's two databases, or brings them to the schema of this image's version. Harmless when there is nothing to
# do. temporal-sql-tool takes its connection from SQL_HOST, SQL_PORT, SQL_USER, SQL_PASSWORD and SQL_PLUGIN.
set -eu

SCHEMAS=${SCHEMAS:-/etc/temporal/schema/postgresql/v12}

setup() {
  temporal-sql-tool --database "$1" create-database
  temporal-sql-tool --database "$1" setup-schema --version 0.0
  temporal-sql-tool --database "$1" update-schema --schema-dir "$SCHEMAS/$2/versioned"
}

setup temporal temporal
setup temporal_visibility visibility
