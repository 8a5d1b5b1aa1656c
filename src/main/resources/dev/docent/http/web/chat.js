import { Announcer } from './announcer.js';
import { Composer, LONGEST_PASSAGE } from './composer.js';
import { h } from './dom.js';
import { ExchangeView } from './exchange.js';
import { watchHealth } from './health.js';
import { ask, AskError } from './stream.js';

/** Longest path of a page that the service takes as a hint. */
const LONGEST_PAGE = 512;

/** Pixels from the end within which a reader still counts as reading at the end. */
const NEAR_END = 80;

/**
 * A conversation on the page: what was said, and the box to type in. The chat page and the widget are
 * two frames around this.
 */
export class Chat {
  /** The whole of it but the status. */
  element;
  /** The state of the service in words, for the frame to place. */
  status = h('p', { class: 'status', role: 'status' });
  #api;
  #t;
  #place;
  #conversation;
  #page;
  #announcer;
  #composer;
  /** Ends the running answer, if one runs. */
  #running;
  #views = [];
  #following = true;
  #log;
  #welcome;
  #examples = h('div', { class: 'examples' });

  /**
   * @param {string} api root of the service
   * @param {Function} t the texts
   * @param {import('./conversation.js').Conversation} conversation
   * @param {import('./sources.js').Place} place its `site`, if unknown, is asked for
   * @param {() => string | undefined} page path of the page that the reader is on
   */
  constructor({ api, t, conversation, place, page = () => undefined }) {
    this.#api = api;
    this.#t = t;
    this.#conversation = conversation;
    this.#place = place;
    this.#page = page;
    this.#announcer = new Announcer(t.language);
    this.#composer = new Composer(t, {
      ask: (question, passage) => this.#begin(question, passage),
      stop: () => this.stop(),
      say: (text) => this.#announcer.say(text),
    });
    this.#composer.text = conversation.draft;
    this.#welcome = h('div', { class: 'welcome' }, h('h2', {}, t('welcome')), this.#examples);
    this.#log = h('section', { class: 'log', 'aria-label': t('conversation'), tabindex: '0' }, this.#welcome);
    this.#log.addEventListener('scroll', () => this.#scrolled());
    this.element = h('div', { class: 'chat' }, this.#log, this.#composer.element, this.#announcer.element);
    addEventListener('pagehide', () => this.#save());
    document.addEventListener('visibilitychange', () => document.hidden && this.#save());
  }

  /** Shows the last conversation, and watches the service until the signal. */
  open(signal) {
    if (this.#views.length === 0) {
      const views = this.#conversation.exchanges.map((exchange) => this.#add(exchange));
      Promise.all(views.map((view) => view.load())).then(() => views.at(-1)?.element.scrollIntoView());
    }
    watchHealth(this.#api, (state) => this.#showState(state), signal);
    this.#loadExamples(signal);
  }

  focus() {
    this.#composer.focus();
  }

  /** From now on questions are about this passage alone. */
  askAbout(passage) {
    this.#composer.askAbout(passage);
  }

  /** Ends the running answer; what has come of it stays. */
  stop() {
    this.#running?.abort();
  }

  /** Closes what Escape closes first: a quote, then the passage. False if there was neither. */
  escape() {
    return this.#views.some((view) => view.closeQuote()) || this.#composer.leavePassage();
  }

  /** Forgets the conversation, here and in the browser's storage. */
  forget() {
    this.stop();
    this.#conversation.clear();
    this.#views.splice(0).forEach(({ element }) => element.remove());
    this.#welcome.hidden = false;
    this.#composer.text = '';
    this.#composer.leavePassage();
    this.#announcer.say(this.#t('forgotten'));
    this.focus();
  }

  #begin(question, passage) {
    const exchange = { question, passage };
    this.#conversation.exchanges.push(exchange);
    const view = this.#add(exchange);
    this.#run(exchange, view);
    view.element.scrollIntoView({ block: 'nearest' });
    this.#following = true;
  }

  #add(exchange) {
    const again = () => {
      if (this.#running) return;
      this.#run(exchange, view);
      this.focus();
    };
    const grown = () => {
      this.#announcer.grow(view.seen);
      this.#follow(view);
    };
    const view = new ExchangeView(exchange, this.#place, this.#t, { again, grown });
    this.#views.push(view);
    this.#welcome.hidden = true;
    this.#log.append(view.element);
    return view;
  }

  /** Asks, and shows the answer as it comes. */
  async #run(exchange, view) {
    const running = new AbortController();
    this.#running = running;
    this.#composer.running = true;
    Object.assign(exchange, { answer: '', sources: [], state: 'open', failure: undefined, notice: undefined });
    view.finish();
    const loaded = view.load();
    this.#announcer.begin();
    this.#tell(view, this.#t('searching'));
    this.#save();
    try {
      await this.#receive(exchange, view, running.signal);
      exchange.state = exchange.failure ? 'failed' : 'done';
    } catch (failure) {
      exchange.state = running.signal.aborted ? 'stopped' : 'failed';
      const { kind = 'cut', detail, retryAfter = 0 } = failure;
      exchange.failure = { kind, detail, readyAt: Date.now() + retryAfter * 1000 };
    }
    this.#running = undefined;
    this.#composer.running = false;
    if (!this.#views.includes(view)) return;
    view.note();
    view.finish();
    this.#follow(view);
    this.#save();
    await loaded;
    this.#announcer.end(view.seen);
    const end = exchange.state === 'done' ? this.#t('answered', { n: exchange.sources.length }) : view.reason;
    this.#announcer.say(end ?? '');
  }

  async #receive(exchange, view, signal) {
    const { question: message, passage } = exchange;
    const about = passage ? { mode: 'selection', context: passage } : { mode: 'general' };
    const onWait = ({ retryAfter }) =>
      this.#tell(view, this.#t(retryAfter ? 'waiting' : 'waking', { n: retryAfter }));
    const send = (id) => {
      const body = { message, ...about, conversation_id: id, page: this.#page()?.slice(0, LONGEST_PAGE) };
      return this.#read(ask(this.#api, body, { signal, onWait }), exchange, view);
    };
    const { id } = this.#conversation;
    try {
      await send(id);
    } catch (failure) {
      if (!(id && failure instanceof AskError && failure.status === 404)) throw failure;
      // The service no longer has this conversation, and begins another one.
      await send();
    }
  }

  async #read(events, exchange, view) {
    for await (const event of events) {
      if (event.stored === false) exchange.notice = this.#t('notStored');
      if (event.context_truncated) exchange.notice = this.#t('selectionCut', { max: LONGEST_PASSAGE });
      if (event.type === 'metadata') {
        this.#conversation.id = event.conversation_id;
      } else if (event.type === 'token') {
        view.note();
        exchange.answer += event.content;
        view.grow();
      } else if (event.type === 'error') {
        // Its sentence follows as a token, for clients that know only those.
        exchange.failure = { kind: 'answered', readyAt: Date.now() + (event.retry_after ?? 0) * 1000 };
      } else if (event.type === 'done') {
        exchange.sources = event.sources ?? [];
      }
    }
  }

  #tell(view, text) {
    view.note(text);
    this.#announcer.say(text);
  }

  #showState({ tone, name, detail }) {
    this.status.dataset.tone = tone;
    this.status.textContent = [this.#t(name), detail].filter(Boolean).join(' ');
  }

  /** Example questions, and the site's address, where the service offers them. */
  async #loadExamples(signal) {
    const response = await fetch(`${this.#api}/api/examples`, { signal }).catch(() => undefined);
    const { questions = [], site } = (response?.ok && (await response.json().catch(() => undefined))) || {};
    if (site && !this.#place.site) {
      this.#place.site = site;
      this.#views.forEach((view) => view.finish());
    }
    const choose = (question) => () => {
      if (this.#running) return;
      this.#begin(question);
      this.focus();
    };
    const buttons = questions.map((question) => h('button', { type: 'button', click: choose(question) }, question));
    this.#examples.replaceChildren(...(buttons.length ? [h('p', {}, this.#t('examples')), ...buttons] : []));
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    this.#following = scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  /**
   * Follows a growing answer until its question has reached the top, for it is read from there, and not
   * when the reader has gone back to read something else.
   */
  #follow({ element }) {
    if (this.#following) this.#log.scrollTop = element.offsetTop;
  }

  #save() {
    this.#conversation.draft = this.#composer.text;
    this.#conversation.save();
    this.#composer.notice = this.#conversation.kept ? '' : this.#t('notKept');
  }
}
