import { become, copyText, h, icon, ICONS, later } from './dom.js';
import { asMarkdown, quoteCard, sourceList } from './sources.js';

/** Milliseconds between two looks of a growing answer, so that a fast model does not keep the page busy. */
const BEAT = 50;

/** What the service says of its own accord, by the texts that say the same. */
const SENTENCES = {
  nothing: 'I found nothing about this in the documentation.',
  nearest: 'I found nothing in the documentation that answers this; what comes nearest is ',
  quotes: 'No language model is attached, so this answer is made of quotes.',
};

/** Seconds from which on a pause is told by the clock. */
const LONG_PAUSE = 120;

/**
 * One question with its answer on the page. While the renderer is not loaded nothing of an answer is
 * shown; where it cannot be loaded, the answer is plain text.
 */
export class ExchangeView {
  /** The text so far, to be spoken: without markup and citations, and empty until it can be so. */
  seen = '';
  #exchange;
  #place;
  #t;
  #tools;
  #renderer;
  /** Whether the renderer is loaded or never will be. */
  #settled = false;
  #beat;
  #shownAt = 0;
  #took = 0;
  #answer = h('div', { class: 'answer', click: ({ target }) => this.#pressed(target.closest('.cite')) });
  #note = h('p', { class: 'note', hidden: true });
  #foot = h('div', { class: 'foot' });
  #row;
  /** Shows in the row what the reader thinks. */
  #press;
  /** The place of the citation whose quote is open. */
  #open;

  /**
   * @param {object} exchange see Conversation
   * @param {import('./sources.js').Place} place
   * @param {Function} t the texts
   * @param {{again: () => void, grown: () => void, rate?: (opinion: object) => Promise<boolean>,
   *     keep?: (words: string) => void}} tools `again` asks the question once more, `grown` is told each time that
   *     more of a running answer is shown, `rate` sends what the reader thinks of an answer, `keep` keeps words on it
   *     that are not sent
   */
  constructor(exchange, place, t, tools) {
    this.#exchange = exchange;
    this.#place = place;
    this.#t = t;
    this.#tools = tools;
    const { passage } = exchange;
    this.element = h(
      'article',
      {},
      h('h2', { dir: 'auto' }, exchange.question),
      passage && h('blockquote', { class: 'passage', dir: 'auto' }, passage),
      this.#note,
      this.#answer,
      this.#foot,
    );
  }

  /** Which exchange it shows. */
  get exchange() {
    return this.#exchange;
  }

  /** Loads the renderer and shows what there is with it. */
  async load() {
    this.#renderer ??= await later('render.js').catch(() => undefined);
    this.#settled = true;
    this.finish();
    if (this.#exchange.state === 'open') this.grow();
  }

  /** A sentence on what the answer waits for, or none. */
  note(text) {
    this.#note.hidden = !text;
    this.#note.textContent = text ?? '';
  }

  /** Shows the answer so far: at once, or soon where that was done just now. */
  grow() {
    const pause = Math.max(BEAT, 5 * this.#took) - (Date.now() - this.#shownAt);
    this.#beat ??= setTimeout(() => {
      this.#beat = undefined;
      this.#shownAt = Date.now();
      if (this.#settled) this.#show();
      this.#took = Date.now() - this.#shownAt;
      // What was shown keeps its room, so that nothing that the reader looks at jumps.
      this.element.style.minHeight = `${this.element.offsetHeight}px`;
      this.#tools.grown();
    }, Math.max(0, pause));
  }

  /** Shows the whole answer with its citations and sources. */
  finish() {
    clearTimeout(this.#beat);
    this.#beat = undefined;
    const { answer, state } = this.#exchange;
    if (this.#settled) this.#show();
    // What is said of an answer waits until that is shown.
    const waits = answer && !this.#settled;
    become(this.#foot, waits ? [] : this.#below());
    if (!waits && state !== 'open') this.#keepRoom();
  }

  #below() {
    const { answer, sources, notice, cut, state } = this.#exchange;
    const below = [];
    if (cut) below.push(h('p', { class: 'note' }, this.#t('truncated')));
    if (notice) below.push(h('p', { class: 'note' }, notice));
    if (sources.length > 0) below.push(h('h3', {}, this.#t('sources')), sourceList(sources, this.#place));
    if (state === 'open') {
      this.#row = this.#press = this.#open = undefined;
      return below;
    }
    const failed = state === 'stopped' || state === 'failed';
    if (failed && this.reason) below.push(h('p', { class: 'note' }, this.reason));
    // It stays, with whatever the reader has begun to write in it.
    if (answer) below.push((this.#row ??= this.#actions()));
    this.#press?.();
    if (failed) below.push(...this.#offerAgain());
    return below;
  }

  /** The whole answer needs no room but its own, unless it came out lower than it was. */
  #keepRoom() {
    const before = this.element.offsetHeight;
    this.element.style.minHeight = '';
    if (this.element.offsetHeight < before) this.element.style.minHeight = `${before}px`;
  }

  /** Folds an open quote away; false if none was open. */
  closeQuote() {
    const button = this.#answer.querySelector('[aria-expanded=true]');
    button?.click();
    button?.focus();
    return Boolean(button);
  }

  /** Why there is no whole answer, if the answer does not say it itself. */
  get reason() {
    const { state, failure = {} } = this.#exchange;
    if (state === 'stopped') return this.#t('stopped');
    return failure.kind === 'answered' ? undefined : this.#words(failure);
  }

  /** What went wrong, in the reader's language: the service itself knows but English. */
  #words({ kind, code, detail }) {
    if (detail && this.#t.language === 'en') return detail;
    return this.#t(code ?? (kind === 'waking' ? 'asleep' : kind));
  }

  /** Buttons for what is done with an answer. */
  #actions() {
    const copy = copyButton(this.#t, 'copyAnswer', () => asMarkdown(this.#exchange, this.#t('sources'), this.#place));
    const row = h('div', { class: 'actions' }, copy);
    if (this.#exchange.state === 'done' && !this.#exchange.notice && this.#tools.rate) row.append(...this.#opinion());
    return row;
  }

  /** Thumbs up and down, and after that room for a word. */
  #opinion() {
    const exchange = this.#exchange;
    const said = h('span', { class: 'note', role: 'status' });
    const keep = () => this.#tools.keep?.(words.value);
    const words = h('textarea', { rows: '2', maxlength: '1000', dir: 'auto', change: keep });
    words.value = exchange.words ?? '';
    const send = ({ target }) => rate(exchange.helpful, target);
    const room = h('div', { class: 'words', hidden: !words.value }, words, h('button', { type: 'button', click: send }, this.#t('send')));
    let sent = Promise.resolve();
    // One after the other, so that the last one counts; by then the reader may be elsewhere.
    const rate = (helpful, pressed) => (sent = sent.then(async () => {
      const taken = await this.#tools.rate({ helpful, comment: words.value });
      const focused = pressed.getRootNode().activeElement === pressed;
      const last = room.contains(pressed);
      if (taken) exchange.helpful = helpful;
      this.#press();
      said.textContent = this.#t(taken ? 'thanks' : 'notTaken');
      if (taken && last) this.#tools.keep?.('');
      if (taken) room.hidden = last;
      if (focused && taken) (last ? thumbs.get(helpful) : words).focus();
    }));
    const thumb = (name, drawing, value) => h('button', { type: 'button', class: 'icon', 'aria-label': this.#t(name), title: this.#t(name), click: (event) => rate(value, event.currentTarget) }, icon(drawing));
    const thumbs = new Map([[true, thumb('helpful', ICONS.up, true)], [false, thumb('unhelpful', ICONS.down, false)]]);
    this.#press = () => {
      for (const [value, button] of thumbs) button.setAttribute('aria-pressed', exchange.helpful === value);
      const asked = this.#t(exchange.helpful ? 'more' : 'missing');
      for (const name of ['aria-label', 'placeholder']) words.setAttribute(name, asked);
    };
    return [...thumbs.values(), said, room];
  }

  /** A button to ask again, which waits for as long as the service asked for. */
  #offerAgain() {
    const { readyAt = 0, code } = this.#exchange.failure ?? {};
    // The model would decline once more.
    if (code === 'blocked') return [];
    const button = h('button', { type: 'button', 'data-key': readyAt, click: () => this.#tools.again() });
    const count = () => {
      const left = Math.ceil((readyAt - Date.now()) / 1000);
      button.disabled = left > 0;
      if (left <= 0) button.textContent = this.#t('again');
      else if (left < LONG_PAUSE) button.textContent = this.#t('againIn', { n: left });
      else button.textContent = this.#t('againAt', { at: clock(readyAt, this.#t.locale) });
      if (left > 0) setTimeout(() => button.isConnected && count(), 1000);
    };
    count();
    return [button];
  }

  #show() {
    const { answer, sources, failure, state } = this.#exchange;
    const growing = state === 'open';
    const shown = document.createDocumentFragment();
    if (failure?.position === undefined) {
      shown.append(...this.#render(answer, growing));
    } else {
      const told = h('p', { class: 'failed', dir: 'auto' }, this.#words(failure));
      const { position } = failure;
      shown.append(...this.#render(answer.slice(0, position)), told, ...this.#render(answer.slice(position), growing));
    }
    const cites = [...shown.querySelectorAll('cite')];
    for (const cite of cites) cite.textContent = `[${cite.textContent}]`;
    this.seen = [...shown.childNodes].map(({ textContent }) => textContent.trim()).join('\n').replace(/\s*\[\d+\]/g, '');
    cites.forEach((cite, i) => this.#cite(cite, i, sources));
    for (const block of shown.querySelectorAll('pre')) this.#frame(block);
    become(this.#answer, [...shown.childNodes]);
  }

  #render(markdown, growing = false) {
    if (markdown.trim() === '') return [];
    const fragment = this.#renderer?.render(this.#translated(markdown), this.#place, { growing });
    return fragment ? fragment.childNodes : [h('p', { class: 'plain', dir: 'auto' }, markdown)];
  }

  /** The sentences that the service itself begins an answer with are English; the reader's need not be. */
  #translated(markdown) {
    if (this.#t.language === 'en') return markdown;
    for (const [name, sentence] of Object.entries(SENTENCES)) {
      if (markdown.startsWith(sentence)) return this.#t(name) + markdown.slice(sentence.length);
    }
    return markdown;
  }

  /** A button in place of a citation, and below the block that cites, next in reading order, its quote. */
  #cite(cite, i, sources) {
    const number = Number(cite.textContent.slice(1, -1));
    const source = sources[number - 1];
    if (!source) return;
    const label = this.#t('source', { n: number });
    const open = i === this.#open;
    let block = cite;
    while (block.parentElement) block = block.parentElement;
    if (open) block.after(quoteCard(source, label, this.#place));
    cite.replaceWith(h('button', { type: 'button', class: 'cite', 'aria-label': label, 'aria-expanded': `${open}`, 'data-cite': i }, `[${number}]`));
  }

  #pressed(button) {
    if (!button) return;
    const i = Number(button.dataset.cite);
    this.#open = this.#open === i ? undefined : i;
    this.#show();
  }

  #frame(block) {
    const [code] = block.children;
    const [, language = ''] = /language-(\S+)/.exec(code.className) ?? [];
    const copy = copyButton(this.#t, 'copy', (button) => button.closest('.code').querySelector('pre').textContent);
    const frame = h('div', { class: 'code', dir: 'ltr' }, h('div', { class: 'bar', 'data-key': language }, h('span', {}, language), copy));
    block.replaceWith(frame);
    block.tabIndex = 0;
    frame.append(block);
    if (language) this.#renderer.highlight(code, language);
  }
}

/** A button that copies a text, and says for a moment that it has. */
function copyButton(t, name, text) {
  const button = h('button', { type: 'button', class: 'copy' }, t(name));
  let timer;
  button.addEventListener('click', async () => {
    if (!(await copyText(text(button), button))) return;
    clearTimeout(timer);
    button.textContent = t('copied');
    timer = setTimeout(() => (button.textContent = t(name)), 2000);
  });
  return button;
}

/** The time of day, with the day where that is not today. */
function clock(time, locale) {
  const today = new Date(time).toDateString() === new Date().toDateString();
  const day = today ? {} : { weekday: 'short', day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(locale, { ...day, hour: '2-digit', minute: '2-digit' }).format(time);
}
