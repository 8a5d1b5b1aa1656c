import { pause } from './stream.js';

/** Services as GET /api/health names them, by what they do for the reader; the gravest first. */
const ROLES = [
  ['Index', ['qdrant', 'lucene', 'embeddings']],
  ['Model', ['gemini', 'quoting']],
  ['History', ['postgres', 'h2']],
];

/** Milliseconds between two looks while all is well. */
const WELL = 60000;

/**
 * Shows the state of the service now and again.
 *
 * @param {string} api root of the service
 * @param {(state: {tone: string, name: string, detail?: string}) => void} show `name` is a text, `detail`
 *     a sentence of the service itself
 * @param {AbortSignal} signal ends it
 */
export async function watchHealth(api, show, signal) {
  for (let wait = 4000; !signal.aborted; wait = Math.min(wait * 1.5, WELL)) {
    const state = document.hidden ? undefined : await look(api, signal);
    if (signal.aborted) return;
    if (state) show(state);
    await pause(state?.tone === 'good' ? WELL : wait, signal).catch(() => {});
  }
}

/** The state now, with the time in milliseconds at which it was asked for. */
export async function look(api, signal) {
  const askedAt = performance.now();
  return { askedAt, ...(await state(api, signal)) };
}

async function state(api, signal) {
  const response = await fetch(`${api}/api/health`, { signal }).catch(() => undefined);
  const health = await response?.json().catch(() => undefined);
  if (!health) return { tone: 'bad', name: response ? 'waking' : 'unreachable' };
  return describe(health);
}

/** The state in words, from the body of GET /api/health. */
export function describe({ status, services = {} }) {
  if (status === 'starting') return { tone: 'bad', name: 'statusStarting' };
  for (const [role, names] of ROLES) {
    const failed = names.map((name) => services[name]).find((service) => service?.status === 'disconnected');
    if (failed) return { tone: 'bad', name: `status${role}`, detail: failed.error };
  }
  return { tone: 'good', name: services.quoting ? 'statusDemo' : 'statusReady' };
}
