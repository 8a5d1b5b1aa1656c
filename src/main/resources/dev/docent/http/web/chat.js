import { Announcer } from './announcer.js';
import { h, icon, ICONS } from './dom.js';
import { ExchangeView } from './exchange.js';
import { watchHealth } from './health.js';
import { ask, AskError } from './stream.js';

/** The service's limits, in code points. */
const LONGEST_QUESTION = 2000;
const LONGEST_PASSAGE = 8000;

/** Pixels from the end within which a reader still counts as reading at the end. */
const NEAR_END = 80;

/**
 * A conversation on the page: what was said, the state of the service, and the box to type in. The chat
 * page and the widget are two frames around this.
 */
export class Chat {
  #api;
  #t;
  #place;
  #conversation;
  #page;
  #announcer;
  #running;
  #passage;
  #views = [];
  #log;
  #welcome;
  #examples = h('div', { class: 'examples' });
  #status = h('p', { class: 'status', role: 'status' });
  #notKept = h('p', { class: 'note', role: 'status' });
  #passageBox = h('div', { class: 'about', hidden: true });
  #input;
  #count;
  #send;

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
    this.#welcome = h('div', { class: 'welcome' }, h('h2', {}, t('welcome')), this.#examples);
    this.#log = h('section', { class: 'log', 'aria-label': t('conversation'), tabindex: '0' }, this.#welcome);
    this.element = h('div', { class: 'chat' }, this.#log, this.#composer(), this.#announcer.element);
    addEventListener('pagehide', () => this.#save());
    document.addEventListener('visibilitychange', () => document.hidden && this.#save());
  }

  /** The state of the service in words, for the frame to place. */
  get status() {
    return this.#status;
  }

  /** Shows the last conversation, and watches the service until the signal. */
  open(signal) {
    if (this.#views.length === 0) {
      for (const exchange of this.#conversation.exchanges) this.#add(exchange).load().then(() => this.#follow(true));
    }
    watchHealth(this.#api, (state) => this.#showState(state), signal);
    this.#loadExamples(signal);
  }

  focus() {
    this.#input.focus();
  }

  /** Ends the running answer; what has come of it stays. */
  stop() {
    this.#running?.abort();
  }

  /** Forgets the conversation, here and in the browser's storage. */
  forget() {
    this.stop();
    this.#conversation.clear();
    this.#views.splice(0).forEach(({ element }) => element.remove());
    this.#welcome.hidden = false;
    this.#input.value = '';
    this.leavePassage();
    this.#measure();
    this.#announcer.say(this.#t('forgotten'));
  }

  /** From now on questions are about this passage alone. */
  askAbout(text) {
    const points = [...text.trim()];
    const long = points.length > LONGEST_PASSAGE;
    this.#passage = long ? cutAtWord(points.slice(0, LONGEST_PASSAGE).join('')) : points.join('');
    const leave = () => {
      this.leavePassage();
      this.focus();
    };
    this.#passageBox.replaceChildren(
      h('p', {}, this.#t('aboutSelection')),
      h('button', { type: 'button', class: 'icon', 'aria-label': this.#t('leaveSelection'), click: leave }, icon(ICONS.close)),
      h('blockquote', { dir: 'auto' }, this.#passage),
      long ? h('p', { class: 'note' }, this.#t('selectionCut', { max: LONGEST_PASSAGE })) : '',
    );
    this.#passageBox.hidden = false;
  }

  /** Questions are about the documentation again; false if they were. */
  leavePassage() {
    const left = this.#passage !== undefined;
    this.#passage = undefined;
    this.#passageBox.hidden = true;
    return left;
  }

  /** Closes what Escape closes first: a quote, then the passage. False if there was neither. */
  escape() {
    return this.#views.some((view) => view.closeQuote()) || this.leavePassage();
  }

  #composer() {
    this.#count = h('p', { class: 'count', id: 'docent-count', hidden: true });
    this.#input = h('textarea', {
      id: 'docent-question',
      rows: '1',
      dir: 'auto',
      placeholder: this.#t('question'),
      'aria-describedby': 'docent-count',
      enterkeyhint: 'send',
      input: () => this.#measure(),
      keydown: (event) => this.#key(event),
    });
    this.#input.value = this.#conversation.draft;
    this.#send = h('button', { class: 'icon send' });
    this.#showRunning(false);
    const submit = (event) => {
      event.preventDefault();
      if (this.#running) this.stop();
      else this.#submit();
    };
    const label = h('label', { class: 'unseen', for: 'docent-question' }, this.#t('question'));
    const box = h('div', { class: 'box' }, label, this.#input, this.#send);
    const hint = h('p', { class: 'hint' }, this.#t('hint'));
    return h('form', { submit }, this.#notKept, this.#passageBox, box, this.#count, hint);
  }

  #key(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!this.#running) this.#submit();
  }

  /** Shows the count near the limit, and says whether the question may be sent. */
  #measure() {
    const n = [...this.#input.value.trim()].length;
    const max = LONGEST_QUESTION;
    this.#input.rows = Math.min(6, this.#input.value.split('\n').length);
    this.#input.setAttribute('aria-invalid', n > max);
    this.#count.hidden = n <= 0.9 * max;
    this.#count.textContent = this.#t(n > max ? 'tooLong' : 'count', { n, max });
    return n > 0 && n <= max;
  }

  #submit() {
    if (!this.#measure()) {
      if (!this.#count.hidden) this.#announcer.say(this.#count.textContent);
      this.focus();
      return;
    }
    this.#begin(this.#input.value.trim());
    this.#input.value = '';
    this.#measure();
  }

  #begin(question) {
    const exchange = { question, passage: this.#passage };
    this.#conversation.exchanges.push(exchange);
    this.#run(exchange, this.#add(exchange));
    this.#follow(true);
  }

  #add(exchange) {
    const again = () => {
      if (this.#running) return;
      this.#run(exchange, view);
      this.focus();
    };
    const view = new ExchangeView(exchange, this.#place, this.#t, again);
    this.#views.push(view);
    this.#welcome.hidden = true;
    this.#log.append(view.element);
    return view;
  }

  async #run(exchange, view) {
    const running = new AbortController();
    this.#running = running;
    Object.assign(exchange, { answer: '', sources: [], state: 'open', failure: undefined, notice: undefined });
    view.finish();
    view.load();
    this.#tell(view, this.#t('searching'));
    this.#announcer.begin();
    this.#showRunning(true);
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
    this.#showRunning(false);
    if (!this.#views.includes(view)) return;
    view.note();
    view.finish();
    this.#announcer.end(view.seen);
    this.#announcer.say(
      exchange.state === 'done' ? this.#t('answered', { n: exchange.sources.length }) : (view.reason ?? ''),
    );
    this.#follow();
    this.#save();
  }

  async #receive(exchange, view, signal) {
    const { question: message, passage } = exchange;
    const about = passage ? { mode: 'selection', context: passage } : { mode: 'general' };
    const onWait = ({ retryAfter }) =>
      this.#tell(view, this.#t(retryAfter ? 'waiting' : 'waking', { n: retryAfter }));
    const send = (id) => {
      const body = { message, ...about, conversation_id: id, page: this.#page()?.slice(0, 512) };
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
        const atEnd = this.#atEnd();
        view.grow(() => {
          this.#announcer.grow(view.seen);
          this.#follow(atEnd);
        });
      } else if (event.type === 'error') {
        // The same sentence follows as a token, for clients that know only those.
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

  #showRunning(running) {
    this.#send.setAttribute('aria-label', this.#t(running ? 'stop' : 'send'));
    this.#send.replaceChildren(icon(running ? ICONS.stop : ICONS.send));
  }

  #showState({ tone, name, detail }) {
    this.#status.dataset.tone = tone;
    this.#status.textContent = [this.#t(name), detail].filter(Boolean).join(' ');
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

  #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  #follow(atEnd = this.#atEnd()) {
    if (atEnd) this.#log.scrollTop = this.#log.scrollHeight;
  }

  #save() {
    this.#conversation.draft = this.#input.value;
    this.#conversation.save();
    this.#notKept.textContent = this.#conversation.kept ? '' : this.#t('notKept');
  }
}

/** The text up to the end of its last whole word. */
function cutAtWord(text) {
  return text.replace(/\s\S*$/, '');
}
