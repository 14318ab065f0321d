#!/bin/sh
# Beside each Patroni: a leader whose disk is nearly full hands over to its synchronous copy while it still can. PostgreSQL on a full disk
# refuses every write and goes on leading, and Patroni takes it for well.
#   disk-guard.sh DATA PATRONI NAME [PERCENT]      disk-guard.sh /var/lib/postgresql http://127.0.0.1:8008 db1 95
data=$1 patroni=$2 name=$3 most=${4:-95}
while sleep 1; do
  used=$(df --output=pcent "$data" | tr -dc 0-9)
  [ "${used:-0}" -ge "$most" ] || continue
  curl -fsS -m 3 -o /dev/null "$patroni/primary" 2>/dev/null || continue
  echo "disk at $used %: handing over"
  curl -sS -m 20 -X POST -d "{\"leader\":\"$name\"}" "$patroni/switchover" || true
  sleep 8
done
