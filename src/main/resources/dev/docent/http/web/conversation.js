/** Exchanges kept of a conversation, and conversations kept beside the running one; older ones are dropped first. */
const KEPT = 50;
const LISTED = 10;

/** Names of deleted conversations kept, so that no other tab brings them back. */
const DELETED = 100;

/** Milliseconds without a save after which an answer that runs in another tab has died with it. */
export const STALE = 15000;

/** Milliseconds for which an answer can be read on whose page was left; the service gives it up after 30 s. */
const LEFT = 120000;

/**
 * What was asked and answered with one service: the running conversation, and the recent ones. They are
 * kept in the browser's storage as far as that is allowed and has room, and else as long as the page
 * lives. Storage belongs to an origin, so each site has its own.
 *
 * All tabs of a site share the storage. Nothing is written but what changed here, onto what stands there
 * by then, exchange by exchange; what was deleted in one tab is deleted in all.
 *
 * An exchange is `{key, asked, at, question, passage?, answer, sources, state, failure?, notice?, cut?}`: `asked`
 * and `at`, of its last save, are times in milliseconds; its state is `open` until the answer ended, then
 * `done`, `stopped` or `failed`; `failure` is `{kind, code?, detail?, position?, readyAt?}`, where `kind` is
 * an AskError's, or `answered` if the service told within the answer, at a `position` in it, and `readyAt`
 * is the time before which the service does not want to be asked again. `words` on the answer are written and
 * not sent. `known` is the number of the last
 * event that came, where the service numbers them, and `left` tells that the page was left since.
 */
export class Conversation {
  /** Id given by the service, or undefined. */
  id;
  exchanges = [];
  /** False once the browser refused to keep the conversation. */
  kept = true;
  #key = unique();
  #place;
  #storage;
  /** What would stand in the storage, where that is not allowed. */
  #memory = '{}';
  /** The exchanges whose answers run in this tab. */
  #running = new Set();

  /**
   * @param {string} api root of the service
   * @param {() => Storage} [storage] reading `localStorage` throws where a site's data is blocked
   */
  constructor(api, storage = () => window.localStorage) {
    this.#place = `docent:${api}`;
    this.#storage = storage;
    const { current, conversations } = this.#read();
    if (current in conversations) this.#key = current;
    this.refresh();
  }

  /** What was typed and not sent, in the tab that wrote it last. */
  get draft() {
    return this.#read().draft;
  }

  set draft(text) {
    if (text !== this.draft) this.#change((state) => (state.draft = text));
  }

  /** The conversations but this one, the newest first: `{key, title, at}`. */
  get recent() {
    return Object.entries(this.#read().conversations)
      .filter(([key, { exchanges }]) => key !== this.#key && exchanges.length > 0)
      .map(([key, { exchanges }]) => ({ key, title: exchanges[0].question, at: exchanges.at(-1).asked }))
      .sort((one, other) => other.at - one.at);
  }

  /** A new exchange, at the end of the conversation. */
  add(question, passage) {
    const exchange = { key: unique(), asked: Date.now(), question, passage, answer: '', sources: [], state: 'open' };
    this.exchanges.push(exchange);
    return exchange;
  }

  /** Keeps an exchange as it is now; while its answer runs here, nobody else changes it. */
  save(exchange) {
    if (exchange.state === 'open') this.#running.add(exchange.key);
    else this.#running.delete(exchange.key);
    exchange.at = Date.now();
    delete exchange.left;
    this.#write([exchange]);
  }

  /** Before the page goes: answers that run end with it, unless it comes back or they can be read on. */
  leave() {
    const ended = (exchange) => (exchange.known && this.id ? { left: true, at: Date.now() } : { state: 'stopped' });
    const running = this.exchanges.filter(({ key }) => this.#running.has(key));
    if (running.length > 0) this.#write(running.map((exchange) => ({ ...exchange, ...ended(exchange) })));
  }

  /** Whether its page was left while the answer ran, so that it can be read on. */
  isLeft({ key, state, left, at = 0 }) {
    return state === 'open' && left === true && !this.#running.has(key) && Boolean(this.id) && Date.now() - at <= LEFT;
  }

  /** Takes over what other tabs have changed; true if that is something. */
  refresh() {
    const { conversations, deleted } = this.#read();
    if (deleted.includes(this.#key)) {
      this.#become(unique());
      return true;
    }
    const { id, exchanges = [] } = conversations[this.#key] ?? {};
    this.id = id ?? this.id;
    const before = JSON.stringify(this.exchanges);
    for (const theirs of exchanges) {
      const ours = this.exchanges.find(({ key }) => key === theirs.key);
      if (!ours) this.exchanges.push(theirs);
      else if (theirs.at > ours.at && !this.#running.has(theirs.key)) replace(ours, theirs);
    }
    this.exchanges.sort((one, other) => one.asked - other.asked);
    for (const exchange of this.exchanges) {
      const elsewhere = exchange.state === 'open' && !this.#running.has(exchange.key);
      const stale = exchange.left ? LEFT : STALE;
      if (elsewhere && Date.now() - (exchange.at ?? 0) > stale) exchange.state = 'stopped';
    }
    return JSON.stringify(this.exchanges) !== before;
  }

  /** Whether an answer runs in another tab. */
  isElsewhere({ state, key }) {
    return state === 'open' && !this.#running.has(key);
  }

  /** Goes on with another conversation, or begins one. */
  open(key = unique()) {
    this.#become(key);
    this.#change((state) => (state.current = key));
    this.refresh();
  }

  /** The key by which this conversation is opened again. */
  get key() {
    return this.#key;
  }

  /** Deletes this conversation, in every tab and in storage, and begins a new one; what is returned undoes that. */
  delete() {
    const key = this.#key;
    const { id, exchanges } = this;
    this.#change((state) => {
      delete state.conversations[key];
      delete state.current;
      state.deleted = [...state.deleted, key].slice(-DELETED);
    });
    this.#become(unique());
    return () => {
      this.#become(key);
      Object.assign(this, { id, exchanges });
      this.#change((state) => (state.deleted = state.deleted.filter((name) => name !== key)));
      this.#write(exchanges);
    };
  }

  /** Calls back when another tab has changed something, or when the browser shows this page again. */
  watch(changed, signal) {
    addEventListener('storage', ({ key }) => (key === null || key === this.#place) && changed(), { signal });
    addEventListener('pageshow', ({ persisted }) => persisted && changed(), { signal });
  }

  #become(key) {
    this.#key = key;
    this.id = undefined;
    this.exchanges = [];
    this.#running.clear();
  }

  #write(changed) {
    const { id } = this;
    this.#change((state) => {
      if (state.deleted.includes(this.#key)) return;
      const stored = (state.conversations[this.#key] ??= { exchanges: [] });
      if (id) stored.id = id;
      for (const exchange of changed) {
        const i = stored.exchanges.findIndex(({ key }) => key === exchange.key);
        if (i < 0) stored.exchanges.push(exchange);
        else stored.exchanges[i] = exchange;
      }
      stored.exchanges = stored.exchanges.sort((one, other) => one.asked - other.asked).slice(-KEPT);
      state.current = this.#key;
    });
  }

  #read() {
    let text;
    try {
      text = this.#storage().getItem(this.#place);
    } catch {
      // Blocked: what this page remembers has to do.
    }
    const memory = shaped(this.#memory);
    if (!text) return memory;
    const state = shaped(text);
    // What found no room there, but nothing that another tab has deleted.
    for (const key of state.deleted) delete memory.conversations[key];
    return { ...state, ...(this.kept ? {} : { draft: memory.draft }), conversations: { ...state.conversations, ...memory.conversations } };
  }

  #change(change) {
    const state = this.#read();
    change(state);
    drop(state, (names) => names.slice(0, -LISTED), this.#key);
    const whole = JSON.stringify(state);
    for (;;) {
      const text = JSON.stringify(state);
      try {
        this.#storage().setItem(this.#place, text);
        this.#memory = '{}';
        this.kept = true;
        return;
      } catch {
        if (!smaller(state, this.#key)) {
          this.#memory = whole;
          this.kept = false;
          return;
        }
      }
    }
  }
}

/** Drops some of the conversations beside one, which are handed over from the oldest to the newest. */
function drop(state, choose, current) {
  const age = (key) => state.conversations[key].exchanges.at(-1)?.asked ?? 0;
  const others = Object.keys(state.conversations).filter((key) => key !== current);
  const dropped = choose(others.sort((one, other) => age(one) - age(other)));
  for (const key of dropped) delete state.conversations[key];
  return dropped.length > 0;
}

/** Makes room where the storage is full: the oldest conversation goes, then half of this one; false if there is none. */
function smaller(state, current) {
  if (drop(state, (names) => names.slice(0, 1), current)) return true;
  const stored = state.conversations[current];
  if (!stored?.exchanges.length) return false;
  stored.exchanges = stored.exchanges.slice(Math.ceil(stored.exchanges.length / 2));
  return true;
}

/** What the storage holds, in the shape that is expected, whatever stands there. */
function shaped(text) {
  let saved;
  try {
    saved = JSON.parse(text);
  } catch {
    // Not ours: it begins empty.
  }
  const { current, draft, deleted, conversations, id, exchanges } = Object(saved);
  const state = { current, draft: typeof draft === 'string' ? draft : '', deleted: [], conversations: {} };
  if (Array.isArray(deleted)) state.deleted = deleted;
  // Before there were several, the conversation lay there by itself.
  const all = Array.isArray(exchanges) ? { first: { id, exchanges } } : Object(conversations);
  for (const [key, value] of Object.entries(all)) {
    if (!Array.isArray(value?.exchanges)) continue;
    const good = value.exchanges.filter((exchange) => typeof exchange?.question === 'string');
    const whole = (exchange, i) => ({ key: `${key}-${i}`, asked: i, at: 0, answer: '', sources: [], ...exchange });
    state.conversations[key] = { id: value.id, exchanges: good.map(whole) };
  }
  if (Array.isArray(exchanges)) state.current = 'first';
  return state;
}

function replace(exchange, other) {
  for (const name of Object.keys(exchange)) delete exchange[name];
  Object.assign(exchange, other);
}

/** Pages without TLS have no crypto.randomUUID. */
function unique() {
  return Date.now().toString(36) + Math.random().toString(36).slice(2, 10);
}
