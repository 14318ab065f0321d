#!/bin/sh
# A state's drill of restoring: the newest backup of pgBackRest and its log are brought back into an empty place, `itsso drill --of` holds them
# against the running server, recomputes their signed log and writes down how it went, and the place is deleted. ops/systemd/itsso-restore-drill.timer runs it every week.
# As a user who may run PostgreSQL and read the repository, with the house's settings, DATABASE_OWNER_URL and PGBACKREST_REPO1_CIPHER_PASS.
#   DRILL_PLACE  a disk with room for the whole database (default /var/tmp)
#   DRILL_CONF   the configuration of pgBackRest (default /etc/pgbackrest.conf); DRILL_DATABASE (default itsso); ITSSO the command line
set -eu
house=$(cd "$(dirname "$0")/.." && pwd)
: "${ITSSO:=$house/node_modules/.bin/node $house/cli/itsso.ts}"
at=$(mktemp -d "${DRILL_PLACE:-/var/tmp}/itsso-drill.XXXXXX")
# the house that compares keeps nothing where another of its processes works
export ITSSO_DATA="$at/data"
step=restore
cleanup() {
  code=$?
  trap '' TERM INT HUP
  pg_ctl -D "$at/main" -m immediate stop >/dev/null 2>&1 || true
  # what broke before it could be compared is a drill that failed; the comparison writes down how it went itself, unless it was ended
  [ "$step" = compare ] && [ "$code" -le 1 ] ||
    env -u DATABASE_OWNER_URL $ITSSO operations note drill failed "$step" || true
  rm -rf "$at"
  exit $code
}
trap cleanup EXIT
# a shell that is ended goes without its EXIT: neither would anybody be told, nor the disk be free again
trap 'step=stopped; exit 143' TERM INT HUP
cd "$at"
mkdir -m 700 data log lock sock
# the same repository, without the machines of the running database: nothing is asked of them
sed '/^pg[0-9]*-/d; /^backup-standby/d' "${DRILL_CONF:-/etc/pgbackrest.conf}" >conf
printf 'pg1-path=%s/main\n[global:restore]\nlog-path=%s/log\nlock-path=%s/lock\n' "$at" "$at" "$at" >>conf
printf '[global:archive-get]\nlog-path=%s/log\nlock-path=%s/lock\n' "$at" "$at" >>conf
pgbackrest --config="$at/conf" --stanza=itsso --archive-mode=off --no-delta restore
# Debian keeps these beside the database, not in it; ours listens to nobody and asks nobody on the way
echo 'local all all trust' >main/pg_hba.conf
: >main/pg_ident.conf
cat >main/postgresql.conf <<C
listen_addresses=''
unix_socket_directories='$at/sock'
port=5432
hot_standby=off
archive_mode=off
C
step=start
pg_ctl -D main -w -t "${DRILL_SECONDS:-21600}" -l pg.log start >/dev/null || { tail -5 pg.log >&2; exit 1; }
step=compare
$ITSSO drill --of "postgresql:///${DRILL_DATABASE:-itsso}?host=$at/sock&port=5432&user=postgres"
