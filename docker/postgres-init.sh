#!/bin/bash
# Run by the postgres image at its first start, as the superuser: makes the roles and the two databases.
set -euo pipefail
{
  printf "\\\\set owner_password '%s'\n" "$PORTAL_OWNER_PASSWORD"
  printf "\\\\set app_password '%s'\n" "$PORTAL_APP_PASSWORD"
  printf "\\\\set support_password '%s'\n" "$SUPPORT_APP_PASSWORD"
  printf '\\set for_tests false\n'
  cat /roles.sql
} | psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres
