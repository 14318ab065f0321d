// What stands before and between: HAProxy before the web processes and before the database, PgBouncer in transaction mode between them.
import path from 'node:path';
import { DATABASE, type Passwords } from './database.ts';
import { fileFor, folderFor, PROGRAMS, type Running, start } from './programs.ts';

/**
 * PgBouncer, in transaction mode: a server connection is lent for one transaction, so nothing of a session may be counted on. So many of them
 * that whoever only reads finds one while all who write wait for a copy that is cut off.
 */
export function startPool(at: string, port: number, server: number, passwords: Passwords): Running {
  folderFor(at);
  const users = fileFor(
    path.join(at, 'users.txt'),
    `"itsso_app" "${passwords.itsso_app}"\n"itsso_worker" "${passwords.itsso_worker}"\n`,
  );
  const file = fileFor(
    path.join(at, 'pgbouncer.ini'),
    `[databases]
${DATABASE} = host=127.0.0.1 port=${server} dbname=${DATABASE}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
default_pool_size = 30
max_client_conn = 400
ignore_startup_parameters = extra_float_digits,options
server_login_retry = 0.3
server_check_delay = 5
query_wait_timeout = 20
tcp_keepalive = 1
log_connections = 0
log_disconnections = 0
`,
  );
  return start('pgbouncer', PROGRAMS.pgbouncer, [file], { own: true });
}

export type Web = { name: string; port: number };
/** The database's nodes as Patroni tells of them: `api` is the port on which it says who leads. */
export type Node = { name: string; port: number; api: number };

const webPart = (port: number, web: readonly Web[]): string => `
frontend street
  bind 127.0.0.1:${port}
  option forwardfor
  use_backend uploads if { path_beg /api/v1/uploads }
  default_backend web
backend web
  balance leastconn
  timeout check 3s
  option httpchk GET /health/ready
  http-check expect status 200
  # what never reached a server may be asked of another; what did is the sender's to repeat, under the same key
  retries 3
  retry-on conn-failure
  option redispatch
${web.map(({ name, port: at }) => `  server ${name} 127.0.0.1:${at} check inter 500 fall 2 rise 1`).join('\n')}
# the parts of one file come to the same process
backend uploads
  balance uri whole
  hash-type consistent
  timeout server 130s
  timeout check 3s
  option httpchk GET /health/ready
  http-check expect status 200
${web.map(({ name, port: at }) => `  server ${name} 127.0.0.1:${at} check inter 500 fall 2 rise 1`).join('\n')}
`;

const databasePart = (port: number, nodes: readonly Node[]): string => `
listen leader
  mode tcp
  bind 127.0.0.1:${port}
  timeout client 1h
  timeout server 1h
  timeout check 1s
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 300 fall 2 rise 1 on-marked-down shutdown-sessions
${nodes.map(({ name, port: at, api }) => `  server ${name} 127.0.0.1:${at} check port ${api}`).join('\n')}
`;

// Where no copy streams Patroni 3 lets whoever reads the log confirm a write, the relay too: it is cut off before it can.
const relayPart = (port: number, nodes: readonly Node[]): string => `
listen relay
  mode tcp
  bind 127.0.0.1:${port}
  timeout client 1h
  timeout server 1h
  timeout check 1s
  option httpchk
  http-check send meth GET uri /primary
  http-check expect status 200
  http-check expect rstring \\"usename\\":.?\\"replicator\\"
  default-server inter 300 fall 1 rise 3 on-marked-down shutdown-sessions
${nodes.map(({ name, port: at, api }) => `  server ${name} 127.0.0.1:${at} check port ${api}`).join('\n')}
`;

/** HAProxy before the web processes and, where there are several nodes, before whichever of them leads: for the house, and for the relay. */
export function startProxy(
  at: string,
  before: {
    web?: { port: number; web: readonly Web[] };
    database?: { port: number; nodes: readonly Node[] };
    relay?: { port: number; nodes: readonly Node[] };
  },
): Running {
  folderFor(at);
  const file = fileFor(
    path.join(at, 'haproxy.cfg'),
    `global
  maxconn 2000
defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout queue 10s
${before.web ? webPart(before.web.port, before.web.web) : ''}${before.database ? databasePart(before.database.port, before.database.nodes) : ''}${before.relay ? relayPart(before.relay.port, before.relay.nodes) : ''}`,
  );
  return start('haproxy', PROGRAMS.haproxy, ['-db', '-f', file], { own: true });
}
