#!/bin/sh
# Runs ops/pgbackrest.conf once from end to end against a small PostgreSQL of its own: stanza, full and differential backup with the log,
# back to one instant, verification, and the newest into another place. As a user who may run PostgreSQL:
#   PATH=/usr/lib/postgresql/15/bin:$PATH sh ops/pgbackrest-drill.sh
set -eu
conf_file=$(cd "$(dirname "$0")" && pwd)/pgbackrest.conf
at=$(mktemp -d)
cleanup() { pg_ctl -D "$at/main" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$at"; }
trap cleanup EXIT
cd "$at"
PGBACKREST_REPO1_CIPHER_PASS=$(head -c 32 /dev/urandom | base64)
export PGBACKREST_REPO1_CIPHER_PASS
mkdir repo log lock sock
# what stands under [global] as it is, but for the place of the repository; one database on this machine instead of three on others
sed -n '/^\[global\]/,/^\[itsso\]/p' "$conf_file" | grep -v '^\[itsso\]' | sed "s#^repo1-path=.*#repo1-path=$at/repo#" >conf
printf 'log-path=%s/log\nlock-path=%s/lock\n[itsso]\npg1-path=%s/main\npg1-socket-path=%s/sock\npg1-port=55432\n' "$at" "$at" "$at" "$at" >>conf
initdb -D main -k -A trust >/dev/null
cat >>main/postgresql.conf <<C
listen_addresses=''
unix_socket_directories='$at/sock'
port=55432
archive_mode=on
archive_command='pgbackrest --config=$at/conf --stanza=itsso archive-push %p'
archive_timeout=60
C
pg_ctl -D main -w -l pg.log start >/dev/null
ask() { psql -h "$at/sock" -p 55432 -d postgres -qAt -c "$1"; }
keep() { pgbackrest --config="$at/conf" --stanza=itsso "$@"; }

ask 'create table told (n int)'
keep stanza-create
keep check
keep --type=full backup
ask 'insert into told values (1)'
sleep 1
instant=$(ask 'select clock_timestamp()')
sleep 1
ask 'insert into told values (2)'
ask 'select pg_switch_wal()' >/dev/null
keep --type=diff backup
pg_ctl -D main -m immediate stop >/dev/null
mv main lost
keep --log-level-console=error --type=time --target="$instant" --target-action=promote restore
pg_ctl -D main -w -l pg.log start >/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do
  [ "$(ask 'select pg_is_in_recovery()')" = f ] && break
  sleep 1
done
found=$(ask "select string_agg(n::text, ',') from told")
[ "$found" = 1 ] || { echo "back at $instant stands $found, not 1" >&2; exit 1; }
keep verify
keep --log-level-console=error --pg1-path="$at/elsewhere" --archive-mode=off restore
[ -f "$at/elsewhere/PG_VERSION" ]
if grep -rqa 'insert into told' repo; then
  echo 'the repository can be read without its key' >&2
  exit 1
fi
echo "back at $instant with what was there then, verified, and once more elsewhere"
