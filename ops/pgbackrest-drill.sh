#!/bin/sh
# Runs ops/pgbackrest.conf and ops/pgbackrest-database.conf once from end to end, as the two machines would: each is a server of pgBackRest with
# a certificate of its own, and the database's knows no passphrase. Stanza, log, full and differential backup by ops/state-backup.sh, back to one
# instant, verification, the newest into another place. As a user who may run PostgreSQL:
#   PATH=/usr/lib/postgresql/15/bin:$PATH sh ops/pgbackrest-drill.sh
set -eu
ops=$(cd "$(dirname "$0")" && pwd)
at=$(mktemp -d)
servers=
cleanup() {
  pg_ctl -D "$at/main" -m immediate stop >/dev/null 2>&1 || true
  for one in $servers; do kill "$one" 2>/dev/null || true; done
  rm -rf "$at"
}
trap cleanup EXIT
cd "$at"
mkdir repo log lock sock
port=$((20000 + $$ % 5000 * 2))
sign() {
  openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1.internal" 2>/dev/null
  printf 'subjectAltName=DNS:%s.internal,DNS:localhost\n' "$1" >names
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 1 -extfile names -out "$1.pem" 2>/dev/null
  chmod 600 "$1.key"
}
openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 1 -subj /CN=authority 2>/dev/null
sign backup
sign db1
# what stands in the files, but for places and ports: one database on this machine instead of three on others
here() {
  sed -e '/^pg[23]-/d; /^backup-standby/d; /db[23].internal/d' -e "s#^repo1-path=.*#repo1-path=$at/repo#" \
    -e "s#/etc/pgbackrest/ca.pem#$at/ca.pem#; s#/etc/pgbackrest/own#$at/$2#; s#^tls-server-address=.*#tls-server-address=127.0.0.1#" \
    -e "s#^\(pg1-host\|repo1-host\)=.*#\1=localhost#" -e "s#^pg1-path=.*#pg1-path=$at/main#" "$ops/$1" >"$2.conf"
  printf '%s=%s\n' pg1-socket-path "$at/sock" pg1-port 55432 >>"$2.conf"
  printf '[global]\nlog-path=%s/log\nlock-path=%s/lock/%s\nspool-path=%s/lock/%s\ntls-server-port=%s\n' \
    "$at" "$at" "$2" "$at" "$2" "$3" >>"$2.conf"
}
here pgbackrest.conf backup "$port"
here pgbackrest-database.conf db1 $((port + 1))
printf 'pg1-host-port=%s\npg1-host-config=%s/db1.conf\n' $((port + 1)) "$at" | sed -i '/^\[itsso\]/r /dev/stdin' backup.conf
printf 'repo1-host-port=%s\nrepo1-host-config=%s/backup.conf\n' "$port" "$at" >>db1.conf
pgbackrest --config="$at/db1.conf" server >db1.log 2>&1 &
servers="$!"
PGBACKREST_REPO1_CIPHER_PASS=$(head -c 32 /dev/urandom | base64)
export PGBACKREST_REPO1_CIPHER_PASS
pgbackrest --config="$at/backup.conf" server >backup.log 2>&1 &
servers="$servers $!"
initdb -D main -k -A trust >/dev/null
cat >>main/postgresql.conf <<C
listen_addresses=''
unix_socket_directories='$at/sock'
port=55432
archive_mode=on
archive_command='pgbackrest --config=$at/db1.conf --stanza=itsso archive-push %p'
archive_timeout=60
C
env -u PGBACKREST_REPO1_CIPHER_PASS pg_ctl -D main -w -l pg.log start >/dev/null
ask() { psql -h "$at/sock" -p 55432 -d postgres -qAt -c "$1"; }
keep() { pgbackrest --config="$at/backup.conf" --stanza=itsso "$@"; }
# the backup of every night, which takes a full one where there is none; what it would write down is looked at
night() { BACKUP_CONF="$at/backup.conf" ITSSO="sh $at/said" sh "$ops/state-backup.sh"; }
echo 'echo "$*" >>'"$at/noted" >said

ask 'create table told (n int)'
keep stanza-create
keep check
env -u PGBACKREST_REPO1_CIPHER_PASS pgbackrest --config="$at/db1.conf" --stanza=itsso check
night
ask 'insert into told values (1)'
sleep 1
instant=$(ask 'select clock_timestamp()')
sleep 1
ask 'insert into told values (2)'
ask 'select pg_switch_wal()' >/dev/null
night
[ "$(sort noted | uniq -c | tr -s ' ')" = ' 2 operations note backup ok' ] || { cat noted >&2; exit 1; }
# a night on which the database is away is written down as well
pg_ctl -D main -m immediate stop >/dev/null
! night >/dev/null 2>&1
[ "$(tail -1 noted)" = 'operations note backup failed' ] || { echo 'a backup that failed was not written down' >&2; exit 1; }
mv main lost
# on the machine of the backups, beside the database's: no other machine is asked
sed '/^pg1-host/d' backup.conf >alone.conf
back() { pgbackrest --config="$at/alone.conf" --stanza=itsso --log-level-console=error "$@" restore; }
back --type=time --target="$instant" --target-action=promote --archive-mode=off
pg_ctl -D main -w -l pg.log start >/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do
  [ "$(ask 'select pg_is_in_recovery()')" = f ] && break
  sleep 1
done
found=$(ask "select string_agg(n::text, ',') from told")
[ "$found" = 1 ] || { echo "back at $instant stands $found, not 1" >&2; exit 1; }
pgbackrest --config="$at/alone.conf" --stanza=itsso verify
back --pg1-path="$at/elsewhere" --archive-mode=off
[ -f "$at/elsewhere/PG_VERSION" ]
if grep -rqa 'insert into told' repo; then
  echo 'the repository can be read without its key' >&2
  exit 1
fi
if grep -q "$PGBACKREST_REPO1_CIPHER_PASS" db1.conf backup.conf main/* 2>/dev/null; then
  echo 'the passphrase stands in a file' >&2
  exit 1
fi
echo "back at $instant with what was there then, verified, and once more elsewhere"
