#!/bin/sh
# Build the image, start every service, and check that each becomes healthy, the pages answer, the database keeps
# the air gap, and a scheduled task reached the worker. COMPOSE names another `docker compose`, CURL another `curl`.
set -eu
cd "$(dirname "$0")/.."
COMPOSE=${COMPOSE:-docker compose}
CURL=${CURL:-curl}
[ -e .env ] || docker/make-env.sh
trap '$COMPOSE down --volumes --timeout 20 >/dev/null 2>&1' EXIT INT TERM

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; $COMPOSE ps --all; $COMPOSE logs --tail 30; exit 1; }

$COMPOSE build
$COMPOSE up --detach
for service in postgres redis web support worker beat; do
  tries=0
  until $COMPOSE ps --format '{{.Health}}' "$service" | grep -qx healthy; do
    tries=$((tries + 1))
    [ $tries -lt 90 ] || fail "$service is not healthy after three minutes"
    sleep 2
  done
  say "healthy: $service"
done
for address in "localhost:${PORT:-8000}/" "localhost:${SUPPORT_PORT:-8001}/health/ready/"; do
  $CURL --silent --fail --location --output /dev/null "http://$address" || fail "$address does not answer"
  say "answers: $address"
done
$COMPOSE exec -T web sh -c 'test -z "${SUPPORT_DATABASE_URL:-}"' || fail 'web holds the address of the support database'
$COMPOSE exec -T web python - <<'PY' || fail 'the main role is not refused by the support database'
import os
import psycopg2

try:
    psycopg2.connect(os.environ["DATABASE_URL"].removesuffix("/portal") + "/support")
except psycopg2.OperationalError as refusal:
    assert "CONNECT" in str(refusal), refusal
    print("refused: the main role, by the support database")
else:
    raise SystemExit(1)
PY
$COMPOSE logs worker | grep 'mats_portal.jobs.tasks.beat.* succeeded' | head -1 || fail 'no scheduled task reached the worker'
say 'Every service is healthy.'
