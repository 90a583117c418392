#!/bin/sh
# Write the secrets of a new installation into .env. Refuses to replace any that are there.
set -eu
cd "$(dirname "$0")/.."
if [ -e .env ] && grep -q '^SECRET_KEY=' .env; then
  echo 'The file .env holds secrets already; it was left alone.' >&2
  exit 1
fi
random() { LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c "$1"; }
umask 077
{
  echo "SECRET_KEY=$(random 60)"
  for name in POSTGRES PORTAL_OWNER PORTAL_APP SUPPORT_APP; do
    echo "${name}_PASSWORD=$(random 40)"
  done
} >>.env
echo 'Wrote the secrets into .env. Next: docker compose up --build'
