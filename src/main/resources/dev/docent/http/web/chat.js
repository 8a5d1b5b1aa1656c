import { Announcer } from './announcer.js';
import { Composer, LONGEST_PASSAGE } from './composer.js';
import { STALE } from './conversation.js';
import { become, h } from './dom.js';
import { ExchangeView } from './exchange.js';
import { look, watchHealth } from './health.js';
import { ask, AskError, readOn, stop } from './stream.js';

/** Longest path of a page that the service takes as a hint. */
const LONGEST_PAGE = 512;

/** Pixels from the end within which a reader still counts as reading at the end. */
const NEAR_END = 80;

/** Milliseconds between two saves of a running answer. */
const SAVE = 3000;

/**
 * A conversation on the page: what was said, and the box to type in. The chat page and the widget are
 * two frames around this.
 */
export class Chat {
  element;
  /** The state of the service in words. It comes late and changes, and moves nothing where it stands. */
  #status = h('p', { class: 'status', role: 'status' });
  #api;
  #t;
  #place;
  #conversation;
  #page;
  #tell;
  #own;
  #announcer;
  #composer;
  /** The running answer, if one runs: `{exchange, abort}`. */
  #running;
  #views = [];
  /** What a growing answer is followed to: `question`, `end`, or nothing where the reader reads something else. */
  #following = 'question';
  /** Where the log was scrolled to last by us. */
  #scrolledTo = 0;
  /** The height of what the reader has seen of the log, which may have grown since. */
  #height = Infinity;
  #log;
  #welcome;
  #undone = h('p', { class: 'note undone', role: 'status' });
  #examples = h('div', { class: 'examples' });
  #recent = h('div', { class: 'examples' });
  #opened = false;
  /** Questions that the service offers. */
  #offered = [];
  /** What is kept of the box, as far as this page knows. */
  #draft;
  /** When the state that is shown was asked for. */
  #lookedAt = 0;
  #stale;

  /**
   * @param {string} api root of the service
   * @param {Function} t the texts
   * @param {import('./conversation.js').Conversation} conversation
   * @param {import('./sources.js').Place} place its `site`, if unknown, is asked for
   * @param {() => string | undefined} page path of the page that the reader is on
   * @param {() => string[]} examples questions of the page's own to try, instead of the service's
   * @param {string} privacy address of a page on what becomes of questions
   * @param {(event: string, detail: object) => void} tell is told what happens: `ask` and `answer`
   */
  constructor({ api, t, conversation, place, page = () => undefined, examples = () => [], privacy, tell = () => {} }) {
    this.#api = api;
    this.#t = t;
    this.#conversation = conversation;
    this.#place = place;
    this.#page = page;
    this.#own = examples;
    this.#tell = tell;
    this.#announcer = new Announcer(t.language);
    this.#composer = new Composer(t, {
      ask: (question, passage) => this.#begin(question, passage),
      stop: () => this.stop(),
      say: (text) => this.#announcer.say(text),
      privacy,
    });
    this.#composer.text = this.#draft = conversation.draft;
    // What comes late comes last, so that nothing moves under a finger.
    this.#welcome = h('div', { class: 'welcome' }, h('h2', {}, t('welcome')), this.#recent, this.#examples);
    this.#log = h('section', { class: 'log', 'aria-label': t('conversation'), tabindex: '0' }, this.#undone, this.#welcome);
    this.#log.addEventListener('scroll', () => this.#scrolled());
    this.element = h('div', { class: 'chat' }, this.#log, this.#status, this.#composer.element, this.#announcer.element);
    addEventListener('pagehide', () => this.#leave());
    document.addEventListener('visibilitychange', () => document.hidden && this.#keepDraft());
  }

  /** Shows the last conversation, and watches the service and the other tabs until the signal. */
  open(signal) {
    // A browser may forget it while the panel is closed.
    if (this.#opened) this.#scroll(this.#scrolledTo);
    else this.#showAll();
    this.#opened = true;
    this.#refresh();
    this.#readOn();
    this.#conversation.watch(() => this.#refresh(), signal);
    watchHealth(this.#api, (state) => this.#showState(state), signal);
    this.#loadExamples(signal);
  }

  focus() {
    this.#composer.focus();
  }

  /** Asks a question as if it had been typed; while an answer runs it is put into the box. */
  ask(question) {
    if (this.#running) this.add(question);
    else this.#begin(question);
  }

  /** Puts words into the box, below what stands there, for the reader to go on with. */
  add(text) {
    const { text: before } = this.#composer;
    if (before.trim() !== text.trim()) this.#composer.text = [before, text].filter(Boolean).join('\n');
  }

  /** From now on questions are about this passage alone. */
  askAbout(passage) {
    this.#composer.askAbout(passage);
  }

  /** Ends the running answer; what has come of it stays. */
  stop() {
    if (!this.#running) return;
    // Where the answer survives its connection, breaking that is not enough.
    if (this.#running.exchange.known) stop(this.#api, this.#conversation.id);
    this.#running.abort.abort();
  }

  /** Closes what Escape closes first: a quote, then the passage. False if there was neither. */
  escape() {
    return this.#views.some((view) => view.closeQuote()) || this.#composer.leavePassage();
  }

  /** Begins a new conversation; this one is found among the recent ones. */
  anew() {
    if (this.#views.length > 0) {
      const { key } = this.#conversation;
      this.#leaveConversation(() => this.#conversation.open());
      this.#offerUndo('begun', () => this.#conversation.open(key));
    }
    this.focus();
  }

  /** Deletes the conversation, here and in the browser's storage. */
  forget() {
    if (this.#views.length > 0) {
      let undo;
      this.#leaveConversation(() => (undo = this.#conversation.delete()));
      this.#offerUndo('forgotten', undo);
    }
    this.focus();
  }

  #leaveConversation(leave) {
    const { exchange } = this.#running ?? {};
    this.stop();
    // It ends later, when the conversation is another one already.
    if (exchange) this.#conversation.save(Object.assign(exchange, { state: 'stopped' }));
    this.#running = undefined;
    this.#composer.running = false;
    leave();
    this.#showAll();
  }

  #offerUndo(text, undo) {
    const back = () => {
      undo();
      this.#showAll();
      this.focus();
    };
    this.#undone.replaceChildren(this.#t(text), ' ', h('button', { type: 'button', click: back }, this.#t('undo')));
  }

  /** Shows the conversation as it is now, from its last question on. */
  #showAll() {
    this.#views.splice(0).forEach(({ element }) => element.remove());
    this.#undone.replaceChildren();
    const views = this.#conversation.exchanges.map((exchange) => this.#add(exchange));
    this.#welcome.hidden = views.length > 0;
    this.#showRecent();
    this.#following = 'question';
    this.#scroll(this.#log.scrollTop);
    // Unless the reader has gone elsewhere by then.
    const show = () => this.#following === 'question' && this.#scroll(this.#views.at(-1)?.element.offsetTop ?? 0);
    Promise.all(views.map((view) => view.load())).then(show);
  }

  #showRecent() {
    const day = new Intl.DateTimeFormat(this.#t.locale, { dateStyle: 'medium' });
    const buttons = this.#conversation.recent.map(({ key, title, at }) => {
      const open = () => {
        this.#leaveConversation(() => this.#conversation.open(key));
        this.focus();
      };
      const when = at > 1e9 ? day.format(at) : '';
      return h('button', { type: 'button', dir: 'auto', click: open, 'data-key': `${key} ${when}` }, title, when ? h('small', {}, when) : undefined);
    });
    become(this.#recent, buttons.length ? [h('p', {}, this.#t('recent')), ...buttons] : []);
  }

  /** Takes over what other tabs have done. */
  #refresh() {
    const changed = this.#conversation.refresh();
    const { exchanges } = this.#conversation;
    if (this.#running && !exchanges.includes(this.#running.exchange)) {
      // Deleted elsewhere, and so its answer is not wanted any more.
      this.stop();
      this.#running = undefined;
      this.#composer.running = false;
    }
    if (changed || this.#views.length !== exchanges.length) {
      const gone = this.#views.filter(({ exchange }) => !exchanges.includes(exchange));
      const focused = gone.some(({ element }) => element.contains(element.getRootNode().activeElement));
      gone.forEach(({ element }) => element.remove());
      this.#views = this.#views.filter((view) => !gone.includes(view));
      if (focused) this.#log.focus();
      for (const exchange of exchanges) {
        const view = this.#views.find((one) => one.exchange === exchange) ?? this.#add(exchange);
        if (exchange !== this.#running?.exchange) this.#showOther(view);
      }
      this.#welcome.hidden = exchanges.length > 0;
    }
    this.#showRecent();
    this.#readOn();
    const waits = exchanges.some((exchange) => this.#conversation.isElsewhere(exchange));
    clearTimeout(this.#stale);
    if (waits) this.#stale = setTimeout(() => this.#refresh(), STALE);
  }

  /** Goes on with an answer whose page was left while it ran. */
  #readOn() {
    const view = this.#running ? undefined : this.#views.find(({ exchange }) => this.#conversation.isLeft(exchange));
    if (view) this.#run(view.exchange, view, true);
  }

  #showOther(view) {
    view.note(this.#conversation.isElsewhere(view.exchange) ? this.#t('elsewhere') : undefined);
    view.load();
  }

  #begin(question, passage) {
    const exchange = this.#conversation.add(question, passage);
    this.#undone.replaceChildren();
    const view = this.#add(exchange);
    this.#following = 'question';
    this.#run(exchange, view);
    this.#scroll(Math.max(this.#log.scrollTop, view.element.offsetTop + view.element.offsetHeight - this.#log.clientHeight));
    this.#tell('ask', { question });
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
    const rate = (opinion) => this.#rate(exchange, opinion);
    const keep = (words) => this.#save(Object.assign(exchange, { words }));
    const view = new ExchangeView(exchange, this.#place, this.#t, { again, grown, rate, keep });
    this.#views.push(view);
    this.#welcome.hidden = true;
    this.#log.append(view.element);
    return view;
  }

  /** Asks, or reads an answer on, and shows it as it comes. */
  async #run(exchange, view, begun = false) {
    const running = { exchange, abort: new AbortController() };
    this.#running = running;
    this.#composer.running = true;
    const anew = { answer: '', sources: [], state: 'open', failure: undefined, notice: undefined, cut: undefined, known: 0 };
    Object.assign(exchange, begun ? { left: undefined } : anew);
    view.finish();
    const loaded = view.load();
    this.#announcer.begin();
    this.#say(view, this.#t('searching'));
    this.#save(exchange);
    const saving = setInterval(() => this.#save(exchange), SAVE);
    try {
      const { signal } = running.abort;
      if (begun) await this.#read(readOn(this.#api, this.#conversation.id, exchange.known, { signal }), exchange, view);
      else await this.#receive(exchange, view, signal);
      exchange.state = exchange.failure ? 'failed' : 'done';
    } catch (failure) {
      exchange.state = begun || running.abort.signal.aborted ? 'stopped' : 'failed';
      const { kind = 'cut', detail, retryAfter = 0 } = failure;
      exchange.failure = { kind, detail, readyAt: Date.now() + retryAfter * 1000 };
    }
    clearInterval(saving);
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#composer.running = false;
    view.note();
    view.finish();
    this.#follow(view);
    this.#save(exchange);
    await loaded;
    this.#announcer.end(view.seen);
    const end = exchange.state === 'done' ? this.#t('answered', { n: exchange.sources.length }) : view.reason;
    this.#announcer.say([exchange.cut && this.#t('truncated'), end].filter(Boolean).join(' '));
    this.#tell('answer', { question: exchange.question, state: exchange.state, sources: exchange.sources.length });
    if (exchange.state === 'failed') this.#showState(await look(this.#api));
  }

  async #receive(exchange, view, signal) {
    const { question: message, passage } = exchange;
    const about = passage ? { mode: 'selection', context: passage } : { mode: 'general' };
    const onWait = ({ retryAfter }) =>
      this.#say(view, this.#t(retryAfter ? 'waiting' : 'waking', { n: retryAfter }));
    const send = (id) => {
      const body = { message, ...about, conversation_id: id, page: this.#page()?.slice(0, LONGEST_PAGE) };
      return this.#read(ask(this.#api, body, { signal, onWait, language: this.#t.language }), exchange, view);
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
      if (event.id) exchange.known = event.id;
      if (event.stored === false) exchange.notice = this.#t('notStored');
      if (event.context_truncated) exchange.notice = this.#t('selectionCut', { max: LONGEST_PASSAGE });
      if (event.type === 'metadata') {
        this.#conversation.id = event.conversation_id;
      } else if (event.type === 'token') {
        view.note();
        exchange.answer += this.#withoutSentence(event.content, exchange);
        view.grow();
      } else if (event.type === 'error') {
        const { code, message: detail, retry_after: seconds = 0 } = event;
        const readyAt = Date.now() + seconds * 1000;
        exchange.failure = { kind: 'answered', code, detail, position: exchange.answer.length, readyAt };
      } else if (event.type === 'done') {
        exchange.sources = event.sources ?? [];
        exchange.cut = event.truncated;
      }
    }
  }

  /** The sentence of an error follows it as a token, for clients that know only those; it is shown apart. */
  #withoutSentence(token, { answer, failure }) {
    if (!failure?.detail || failure.position !== answer.length) return token;
    const text = token.trimStart();
    return text.startsWith(failure.detail) ? text.slice(failure.detail.length) : token;
  }

  /** Sends what the reader thinks of an answer; false where it was not taken. */
  async #rate(exchange, opinion) {
    try {
      const stored = await fetch(`${this.#api}/api/conversation/${this.#conversation.id}`);
      const { messages } = await stored.json();
      const answers = messages.filter(({ role }, i) => role === 'assistant' && messages[i - 1]?.content === exchange.question);
      const response = await fetch(`${this.#api}/api/feedback`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ message_id: answers.at(-1).id, ...opinion }),
      });
      if (response.ok) this.#save(Object.assign(exchange, { helpful: opinion.helpful }));
      return response.ok;
    } catch {
      return false;
    }
  }

  #say(view, text) {
    view.note(text);
    this.#announcer.say(text);
  }

  #showState({ tone, name, detail, askedAt }) {
    // What was asked for earlier may come later.
    if (askedAt < this.#lookedAt) return;
    this.#lookedAt = askedAt;
    this.#status.dataset.tone = tone;
    // The service's own sentences are English.
    const more = this.#t.language === 'en' ? detail : undefined;
    const text = [this.#t(name), more].filter(Boolean).join(' ');
    // It is spoken each time that it is set.
    if (text !== this.#status.textContent) this.#status.textContent = text;
  }

  /** The page may have other examples by now. */
  showExamples() {
    const own = this.#own();
    this.#showExamples(own.length ? own : this.#offered);
  }

  /** Example questions, and the site's address, where the service offers them. */
  async #loadExamples(signal) {
    this.showExamples();
    const response = await fetch(`${this.#api}/api/examples`, { signal }).catch(() => undefined);
    const { questions = [], site } = (response?.ok && (await response.json().catch(() => undefined))) || {};
    if (site && !this.#place.site) {
      this.#place.site = new URL(site, `${this.#api}/`).href;
      this.#views.filter(({ exchange }) => exchange !== this.#running?.exchange).forEach((view) => view.finish());
    }
    if (response?.ok) this.#offered = questions;
    this.showExamples();
  }

  #showExamples(questions) {
    const choose = (question) => () => {
      if (this.#running) return;
      this.#begin(question);
      this.focus();
    };
    const button = (question) => h('button', { type: 'button', dir: 'auto', click: choose(question), 'data-key': question }, question);
    const buttons = questions.map(button);
    become(this.#examples, buttons.length ? [h('p', {}, this.#t('examples')), ...buttons] : []);
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    // A closed panel has no height, and is scrolled nowhere.
    if (clientHeight === 0 || Math.abs(scrollTop - this.#scrolledTo) < 2) return;
    // Who goes down aims at the end that he saw; who goes back is far from the one that there is.
    const end = scrollTop > this.#scrolledTo ? Math.min(scrollHeight, this.#height) : scrollHeight;
    this.#scrolledTo = scrollTop;
    this.#following = end - scrollTop - clientHeight < NEAR_END ? 'end' : undefined;
  }

  /**
   * Follows a growing answer until its question has reached the top, for it is read from there; to its end
   * once the reader has gone there; and not when the reader has gone back to read something else. Only ever
   * downwards.
   */
  #follow({ element }) {
    // The browser tells a moment later where the reader has gone.
    this.#scrolled();
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    const top = { question: element.offsetTop, end: scrollHeight - clientHeight }[this.#following];
    // To be scrolled nowhere would also end a scrolling of the reader's own.
    if (top > scrollTop + 1) this.#scroll(top);
    requestAnimationFrame(() => (this.#height = this.#log.scrollHeight));
  }

  #scroll(top) {
    if (this.#log.clientHeight === 0) return;
    this.#log.scrollTop = top;
    this.#scrolledTo = this.#log.scrollTop;
  }

  #save(exchange) {
    if (!this.#conversation.exchanges.includes(exchange)) return;
    this.#conversation.save(exchange);
    if (!this.#conversation.kept) this.#composer.notice = this.#t('notKept');
  }

  #leave() {
    this.#keepDraft();
    this.#conversation.leave();
  }

  #keepDraft() {
    const { text } = this.#composer;
    // What another tab has written is not written over by a box that nobody touched.
    if (text !== this.#draft) this.#conversation.draft = this.#draft = text;
  }
}
