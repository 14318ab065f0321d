// A stream of what changed: topic and id, never data. Whether the listener may still know is asked again for every word; whoever may not is
// let go. A listener who does not read is dropped: the pages look again by themselves.
import { type Actor, hear, read } from '#foundation';
import { seesBoard, seesAlert, sitsThere } from '#sos';
import { GONE, mySession } from '#posts';
import { actorOf } from '#signin';

const BEAT_MS = 15_000;
const MOST_WAITING = 64 * 1024;
type Officer = Extract<Actor, { kind: 'officer' }>;

/** The topics an officer may listen to, and what each is called inside. */
function innerTopic(actor: Officer, topic: string): string | undefined {
  if (topic === 'sos' && seesBoard(actor.post_kind)) return 'sos';
  if (topic === 'orders' && actor.post_kind === 'vehicle') return `orders:${actor.post}`;
  // the queue looks again by itself: the stream only says that somebody is there
  if (topic === 'calls' && actor.post_kind === 'callback') return `calls:${actor.post}`;
  if (topic === 'desk') return `desk:${actor.post}`;
  return undefined;
}

/**
 * Opens the stream.
 * @returns undefined where the topic is none of this post's
 */
export function liveStream(actor: Officer, topic: string, closed: AbortSignal): Response | undefined {
  const inner = innerTopic(actor, topic);
  if (!inner) return undefined;
  const text = new TextEncoder();
  // a stream that is open is nobody's work: it keeps no shift awake
  const stillOpen = () => actorOf(actor.secret, { looks: false }).catch(() => undefined);
  let end = () => {};
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let open = true;
        const write = (line: string) => {
          // whoever has gone while it was asked whether he may still know is told nothing
          if (!open) return;
          if ((controller.desiredSize ?? 0) < 0) return end();
          controller.enqueue(text.encode(line));
        };
        const closing = () => end();
        const deaf = hear((told, id) => {
          // a shift of this officer has ended somewhere: perhaps this one
          if (told === GONE && id === actor.officer) void stillOpen().then((yes) => (yes ? undefined : end()));
          // what of the service is missing has changed: whoever sees the board asks again what of it is his
          if (told === 'parts' && topic === 'sos') {
            void stillOpen().then((yes) => (yes ? write(`event: parts\ndata: ${id}\n\n`) : end()));
            return;
          }
          if (told !== inner) return;
          void mayKnow(actor, topic, id).then((may) => {
            if (may === 'gone') end();
            else if (may) write(`event: ${topic}\ndata: ${id}\n\n`);
          });
        }, closing);
        let session: Promise<string | undefined> | undefined;
        const sits = () => {
          if (topic !== 'sos' && topic !== 'calls') return;
          session ??= read(actor, 'posts.read-me', mySession);
          void session.then((id) => sitsThere(actor, id)).catch(() => undefined);
        };
        sits();
        const beat = setInterval(async () => {
          if (!(await stillOpen())) return end();
          write(': \n\n');
          sits();
        }, BEAT_MS);
        end = () => {
          open = false;
          deaf();
          clearInterval(beat);
          try {
            controller.close();
          } catch {
            // closed already
          }
          end = () => {};
        };
        closed.addEventListener('abort', () => end());
        write('retry: 2000\n\n');
      },
      cancel: () => end(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MOST_WAITING }),
  );
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}

async function mayKnow(actor: Officer, topic: string, id: string): Promise<boolean | 'gone'> {
  try {
    if (!(await actorOf(actor.secret, { looks: false }))) return 'gone';
    return topic === 'sos' ? await read(actor, 'sos.look', (r) => seesAlert(r, id)) : true;
  } catch {
    return false;
  }
}
