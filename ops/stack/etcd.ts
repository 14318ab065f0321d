// Three nodes of etcd, in which the databases agree who leads: any two of them go on when the third is gone.
import path from 'node:path';
import { fileFor, folderFor, freePorts, PROGRAMS, type Running, start, until } from './programs.ts';

const NAMES = ['etcd1', 'etcd2', 'etcd3'] as const;

export type EtcdNode = {
  name: string;
  /** where the databases ask it */
  client: number;
  running: Running;
  /** starts it again, with what it wrote down */
  start: () => void;
};
export type Etcd = { nodes: EtcdNode[]; close: () => Promise<void> };

const here = (port: number): string => `http://127.0.0.1:${port}`;

/** Brings three nodes up and waits until they have agreed. */
export async function startEtcd(folder: string): Promise<Etcd> {
  const ports = await freePorts(2 * NAMES.length);
  const [clients, peers] = [ports.slice(0, NAMES.length), ports.slice(NAMES.length)];
  const cluster = NAMES.map((name, n) => `${name}=${here(peers[n] ?? 0)}`).join(',');
  folderFor(path.join(folder, 'etcd'));
  const nodes = NAMES.map((name, n): EtcdNode => {
    const [client = 0, peer = 0] = [clients[n], peers[n]];
    const settings = fileFor(
      path.join(folder, 'etcd', `${name}.json`),
      JSON.stringify({
        name,
        'data-dir': path.join(folder, 'etcd', name),
        'listen-client-urls': here(client),
        'advertise-client-urls': here(client),
        'listen-peer-urls': here(peer),
        'initial-advertise-peer-urls': here(peer),
        'initial-cluster': cluster,
        'initial-cluster-state': 'new',
        logger: 'zap',
        // a file of settings switches off what the command line has on, and Patroni asks by it
        'enable-grpc-gateway': true,
      }),
    );
    const begin = () => start(name, PROGRAMS.etcd, ['--config-file', settings], { own: true });
    const node: EtcdNode = {
      name,
      client,
      running: begin(),
      start: () => {
        node.running = begin();
      },
    };
    return node;
  });
  await until('etcd has agreed who leads', async () => (await leading(nodes)) !== undefined).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${nodes.map(({ running }) => running.said().slice(-1000)).join('\n')}`);
  });
  return {
    nodes,
    close: async () => {
      for (const { running } of nodes) await running.stop();
    },
  };
}

/** Which of them leads; undefined while none does. */
export async function leading(nodes: readonly EtcdNode[]): Promise<EtcdNode | undefined> {
  for (const node of nodes) {
    const said = await statusOf(node);
    if (said !== undefined && said.leader !== '0' && said.leader === said.me) return node;
  }
  return undefined;
}

/** What a node says of itself; undefined where it does not answer. Without a leader it knows none. */
export async function statusOf(node: EtcdNode): Promise<{ me: string; leader: string } | undefined> {
  try {
    const asked = await fetch(`${here(node.client)}/v3/maintenance/status`, {
      method: 'POST',
      body: '{}',
      signal: AbortSignal.timeout(2000),
    });
    const { header, leader } = (await asked.json()) as { header: { member_id: string }; leader?: string };
    return { me: header.member_id, leader: leader ?? '0' };
  } catch {
    return undefined;
  }
}
