#!/bin/sh
# A state's backup, on the machine that keeps them: all of it on Sundays, on other days what has changed since. Writes down how it went, so that
# one that fails is raised to the post that answers for it. ops/systemd/itsso-state-backup.timer runs it every night.
# With the house's settings and PGBACKREST_REPO1_CIPHER_PASS. BACKUP_CONF: the configuration of pgBackRest; ITSSO: the command line.
set -eu
house=$(cd "$(dirname "$0")/.." && pwd)
: "${ITSSO:=$house/node_modules/.bin/node $house/cli/itsso.ts}"
keep() { pgbackrest --config="${BACKUP_CONF:-/etc/pgbackrest.conf}" --stanza=itsso "$@"; }
# the command keeps nothing where a process of the house works
ITSSO_DATA=$(mktemp -d)
export ITSSO_DATA
how=failed
cleanup() {
  code=$?
  trap '' TERM INT HUP
  $ITSSO operations note backup "$how" || code=1
  rm -rf "$ITSSO_DATA"
  exit $code
}
trap cleanup EXIT
trap 'exit 143' TERM INT HUP
kind=diff
[ "$(TZ=Asia/Kolkata date +%u)" -ne 7 ] || kind=full
keep --type=$kind backup
# the log that is written from now on must arrive too, or the backup is worth less with every hour
keep check
how=ok
