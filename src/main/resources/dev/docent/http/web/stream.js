/**
 * The streaming client: one question in, the events of its answer out. It knows the wire and nothing
 * of what is shown.
 *
 * A question is sent at most twice. The second time is for a service that was asleep (an HTML page, 502,
 * 503, 504 or no answer at all) or that asked for a pause (Retry-After), and comes once the service
 * answers again or the pause is over. Nothing is sent again once an answer has begun.
 *
 * Where the connection breaks, an answer whose events have numbers is read on after the last of them.
 */

/** Longest pause, in seconds, that is waited for without asking the reader. */
const PATIENCE = 30;

/** Pauses, in milliseconds, between the looks at a service that is waking up: 46 s in all. */
const WAKING = [1000, 2000, 3000, 5000, 5000, 10000, 10000, 10000];

/** Pauses, in milliseconds, before an answer is read on; the service goes on with it for 30 s. */
const READING_ON = [200, 1000, 2000, 4000, 8000];

/** Milliseconds without a byte after which a stream is dead; the service sends a comment every 15 s. */
const SILENCE = 90000;

/**
 * Why a question has no (whole) answer. `kind` is one of
 * - `offline`: the browser has no network
 * - `unreachable`: no answer, or none that this page may read
 * - `waking`: the service did not wake up in time, or something before it answered with a page
 * - `busy`: the service asks for a pause; `retryAfter` is in seconds where it is known
 * - `refused`: the service does not take the question; `detail` says why, `status` is the HTTP status
 * - `cut`: the answer ended before its last event
 */
export class AskError extends Error {
  constructor(kind, { status, detail, retryAfter } = {}) {
    super(detail ?? kind);
    Object.assign(this, { name: 'AskError', kind, status, detail, retryAfter });
  }
}

/**
 * Asks, and yields the events of the answer as they come; the last one is `done`. Events of unknown
 * types are passed on for the caller to ignore.
 *
 * @param {string} api root of the service, without a slash at its end
 * @param {object} question the body of POST /api/chat
 * @param {{signal?: AbortSignal, language?: string, onWait?: (reason: AskError) => void,
 *          sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>}} [options]
 * @throws {AskError} and, after an abort, the signal's reason
 */
export async function* ask(api, question, { signal, language, onWait = () => {}, sleep = pause } = {}) {
  const body = { ...question, resume: true };
  const first = (either) => open(api, body, { signal: either, language, onWait, sleep });
  yield* receive(api, first, { after: 0 }, { signal, sleep });
}

/**
 * Reads an answer on that was begun before, perhaps on a page that is gone: yields its events after one.
 *
 * @param {string} api root of the service
 * @param {string} conversation its id
 * @param {number} after number of the last event that is known
 * @param {{signal?: AbortSignal, sleep?: Function}} [options]
 * @throws {AskError} of kind `cut` where the service does not know the answer
 */
export async function* readOn(api, conversation, after, { signal, sleep = pause } = {}) {
  const place = { conversation, after };
  yield* receive(api, (either) => again(api, place, either), place, { signal, sleep });
}

/** Ends an answer that goes on without its reader. */
export function stop(api, conversation) {
  fetch(`${api}/api/chat/${conversation}/stop`, { method: 'POST', keepalive: true }).catch(() => {});
}

/** Yields the events of an answer over as many connections as it takes; `place` is how far it is known. */
async function* receive(api, first, place, { signal, sleep }) {
  let pauses = READING_ON;
  for (let connect = first; ; connect = (either) => again(api, place, either)) {
    // AbortSignal.any is missing from browsers before 2024.
    const watchdog = new AbortController();
    const abort = () => watchdog.abort(signal.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    const either = watchdog.signal;
    let reader;
    try {
      const response = await connect(either);
      reader = response.body.getReader();
      for await (const { data, id } of messages(chunks(reader, watchdog))) {
        const event = parse(data);
        if (event.type === 'metadata') place.conversation = event.conversation_id;
        if (id) {
          place.after = id;
          pauses = READING_ON;
        }
        yield id ? { ...event, id } : event;
        if (event.type === 'done') return;
      }
    } catch (failure) {
      signal?.throwIfAborted();
      if (failure instanceof AskError) throw failure;
    } finally {
      signal?.removeEventListener('abort', abort);
      // Also when the caller stops iterating: the service then cancels its work.
      reader?.cancel().catch(() => {});
    }
    if (!place.after || pauses.length === 0) throw new AskError('cut');
    await sleep(pauses[0], signal);
    pauses = pauses.slice(1);
  }
}

/** What follows the last event that is known. Throws what fetch does, so that it is tried once more. */
async function again(api, { conversation, after }, signal) {
  const response = await fetch(`${api}/api/chat/${conversation}/stream?after=${after}`, { signal });
  if (response.ok && isType(response, 'text/event-stream')) return response;
  throw response.status >= 500 ? new TypeError('not now') : new AskError('cut');
}

/** Resolves after a time, or rejects when the signal is aborted. */
export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}

async function open(api, question, { signal, language, onWait, sleep }) {
  for (let again = false; ; again = true) {
    const outcome = await post(api, question, signal, language);
    if (outcome instanceof Response) return outcome;
    const temporary = ['waking', 'unreachable', 'busy'].includes(outcome.kind);
    if (again || !temporary || outcome.retryAfter > PATIENCE) throw outcome;
    onWait(outcome);
    if (outcome.retryAfter !== undefined) await sleep(outcome.retryAfter * 1000, signal);
    else await awake(api, signal, sleep, outcome);
  }
}

/** The response when it streams, else the reason why not. */
async function post(api, question, signal, language) {
  let response;
  try {
    response = await fetch(`${api}/api/chat`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'text/event-stream',
        ...(language && { 'Accept-Language': language }),
      },
      body: JSON.stringify(question),
      signal,
    });
  } catch {
    signal.throwIfAborted();
    return new AskError(navigator.onLine === false ? 'offline' : 'unreachable');
  }
  if (response.ok && isType(response, 'text/event-stream')) return response;
  const { status } = response;
  const json = isType(response, 'json');
  const problem = json ? await response.json().catch(() => ({})) : {};
  const detail = typeof problem.detail === 'string' ? problem.detail : undefined;
  const retryAfter = seconds(response.headers.get('Retry-After'));
  if (status === 429 || (status === 503 && json)) return new AskError('busy', { status, detail, retryAfter });
  if ([502, 503, 504].includes(status) || isType(response, 'text/html')) {
    return new AskError('waking', { status, retryAfter });
  }
  return new AskError('refused', { status, detail });
}

/** Waits until the service itself answers, whatever it says. */
async function awake(api, signal, sleep, reason) {
  for (const milliseconds of WAKING) {
    await sleep(milliseconds, signal);
    const health = await fetch(`${api}/api/health`, { signal }).catch(() => undefined);
    signal.throwIfAborted();
    if (health && isType(health, 'json')) return;
  }
  throw reason;
}

function isType(response, type) {
  return (response.headers.get('Content-Type') ?? '').includes(type);
}

/** The seconds of a Retry-After header, which is a number or an HTTP date. */
function seconds(value) {
  if (!value) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return Number.isNaN(number) ? undefined : Math.max(0, number);
}

async function* chunks(reader, watchdog) {
  const decoder = new TextDecoder();
  for (;;) {
    const timer = setTimeout(() => watchdog.abort(), SILENCE);
    const { done, value } = await reader.read().finally(() => clearTimeout(timer));
    if (done) return;
    yield decoder.decode(value, { stream: true });
  }
}

/** The data and number of each unnamed event, read as the HTML standard says, however the text was cut. */
async function* messages(pieces) {
  let data = [];
  let name = '';
  let id = 0;
  for await (const line of lines(pieces)) {
    if (line === '') {
      if (data.length > 0 && (name === '' || name === 'message')) yield { data: data.join('\n'), id };
      data = [];
      name = '';
      id = 0;
      continue;
    }
    const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line);
    if (field === 'data') data.push(value);
    else if (field === 'event') name = value;
    else if (field === 'id') id = Number(value) || 0;
  }
}

/** Lines ended by LF, CRLF or CR. What follows the last end of line was cut off, and is dropped. */
async function* lines(pieces) {
  let rest = '';
  for await (const piece of pieces) {
    // A CR at the very end may be half of a CRLF: it waits for the next piece.
    const complete = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = complete.pop();
    yield* complete;
  }
  if (rest.endsWith('\r')) yield rest.slice(0, -1);
}

function parse(data) {
  try {
    return JSON.parse(data);
  } catch {
    throw new AskError('cut');
  }
}
