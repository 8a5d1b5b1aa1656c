/** Exchanges kept in the browser at most; older ones are dropped first. */
const KEPT = 50;

/**
 * What was asked and answered with one service, kept in the browser's storage as far as that is allowed
 * and has room. Storage belongs to an origin, so each site has its own conversation.
 *
 * An exchange is `{question, passage?, answer, sources, state, failure?, notice?}`: its state is `open`
 * until the answer ended, then `done`, `stopped` or `failed`; `failure` is `{kind, detail?, readyAt?}`,
 * where `kind` is an AskError's, or `answered` if the answer itself tells, and `readyAt` is the time in
 * milliseconds before which the service does not want to be asked again.
 */
export class Conversation {
  /** Id given by the service, or undefined. */
  id;
  exchanges = [];
  /** What is typed and not sent. */
  draft = '';
  /** False once the browser refused to keep the conversation. */
  kept = true;
  #key;
  #storage;

  /**
   * @param {string} api root of the service
   * @param {() => Storage} [storage] reading `localStorage` throws where a site's data is blocked
   */
  constructor(api, storage = () => window.localStorage) {
    this.#key = `docent:${api}`;
    this.#storage = storage;
    try {
      const saved = JSON.parse(storage().getItem(this.#key)) ?? {};
      this.id = saved.id;
      this.exchanges = Array.isArray(saved.exchanges) ? saved.exchanges : [];
      this.draft = saved.draft ?? '';
    } catch {
      // Blocked or not ours: the conversation begins empty, and saving tells whether it can be kept.
    }
    for (const exchange of this.exchanges) if (exchange.state === 'open') exchange.state = 'stopped';
  }

  save() {
    let exchanges = this.exchanges.slice(-KEPT);
    for (;;) {
      try {
        const { id, draft } = this;
        this.#storage().setItem(this.#key, JSON.stringify({ id, draft, exchanges }));
        this.kept = true;
        return;
      } catch {
        if (exchanges.length === 0) {
          this.kept = false;
          return;
        }
        exchanges = exchanges.slice(Math.ceil(exchanges.length / 2));
      }
    }
  }

  /** Forgets everything here and in the browser's storage. */
  clear() {
    this.id = undefined;
    this.exchanges = [];
    this.draft = '';
    try {
      this.#storage().removeItem(this.#key);
    } catch {
      // Nothing could be kept there either.
    }
  }
}
