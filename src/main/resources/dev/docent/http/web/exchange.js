import { copyText, h, icon, ICONS } from './dom.js';
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
  #answer = h('div', { class: 'answer' });
  #note = h('p', { class: 'note', hidden: true });
  #foot = h('div', { class: 'foot' });
  #row;

  /**
   * @param {object} exchange see Conversation
   * @param {import('./sources.js').Place} place
   * @param {Function} t the texts
   * @param {{again: () => void, grown: () => void, rate?: (opinion: object) => Promise<boolean>}} tools `again`
   *     asks the question once more, `grown` is told each time that more of a running answer is shown, `rate`
   *     sends what the reader thinks of an answer
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
    this.#renderer = await import('./render.js').catch(() => undefined);
    this.#settled = true;
    if (this.#exchange.state === 'open') this.grow();
    else this.finish();
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
      if (this.#settled) this.#show({ growing: true });
      this.#took = Date.now() - this.#shownAt;
      // What was shown keeps its room, so that nothing that the reader looks at jumps.
      this.element.style.minHeight = `${this.element.offsetHeight}px`;
      this.#tools.grown();
    }, Math.max(0, pause));
  }

  /** Shows the whole answer with its citations, copy buttons and sources. */
  finish() {
    clearTimeout(this.#beat);
    this.#beat = undefined;
    const { answer, sources, notice, cut, state } = this.#exchange;
    const back = this.#readerLeft();
    if (this.#settled) {
      this.#show();
      this.#cite(sources);
      for (const block of this.#answer.querySelectorAll('pre')) this.#makeCopyable(block);
    }
    this.#foot.replaceChildren();
    // What is said of an answer waits until that is shown.
    if (answer && !this.#settled) return;
    if (cut) this.#foot.append(h('p', { class: 'note' }, this.#t('truncated')));
    if (notice) this.#foot.append(h('p', { class: 'note' }, notice));
    if (sources.length > 0) {
      this.#foot.append(h('h3', {}, this.#t('sources')), sourceList(sources, this.#place));
    }
    if (state === 'open') {
      this.#row = undefined;
      return;
    }
    const failed = state === 'stopped' || state === 'failed';
    if (failed && this.reason) this.#foot.append(h('p', { class: 'note' }, this.reason));
    // It stays, with whatever the reader has begun to write in it.
    if (answer) this.#foot.append((this.#row ??= this.#actions()));
    if (failed) this.#offerAgain();
    back();
    this.#keepRoom();
  }

  /** Notes which quote is open and what has the focus; what is returned brings both back once all is shown anew. */
  #readerLeft() {
    const citations = () => [...this.#answer.querySelectorAll('.cite')];
    const open = citations().indexOf(this.#openCitation());
    const focused = this.element.getRootNode().activeElement;
    const cited = citations().indexOf(focused);
    return () => {
      citations()[open]?.click();
      const target = citations()[cited] ?? focused;
      if (this.element.contains(target)) target.focus({ preventScroll: true });
    };
  }

  #openCitation() {
    return this.#answer.querySelector('[aria-expanded=true]');
  }

  /** The whole answer needs no room but its own, unless it came out lower than it was. */
  #keepRoom() {
    const before = this.element.offsetHeight;
    this.element.style.minHeight = '';
    if (this.element.offsetHeight < before) this.element.style.minHeight = `${before}px`;
  }

  /** Folds an open quote away; false if none was open. */
  closeQuote() {
    const button = this.#openCitation();
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
    const said = h('span', { class: 'note', role: 'status' });
    const words = h('textarea', { rows: '2', maxlength: '1000', dir: 'auto', 'aria-label': this.#t('missing'), placeholder: this.#t('missing') });
    const room = h('div', { class: 'words', hidden: true }, words, h('button', { type: 'button', click: () => rate(this.#exchange.helpful, true) }, this.#t('send')));
    const rate = async (helpful, last) => {
      const taken = await this.#tools.rate({ helpful, comment: words.value });
      if (taken) this.#exchange.helpful = helpful;
      for (const [value, button] of thumbs) button.setAttribute('aria-pressed', this.#exchange.helpful === value);
      said.textContent = this.#t(taken ? 'thanks' : 'notTaken');
      room.hidden = last || !taken;
      if (!room.hidden) words.focus();
    };
    const thumb = (value, name, drawing) => [
      value,
      h('button', { type: 'button', class: 'icon', 'aria-label': this.#t(name), title: this.#t(name), 'aria-pressed': `${this.#exchange.helpful === value}`, click: () => rate(value, value) }, icon(drawing)),
    ];
    const thumbs = [thumb(true, 'helpful', ICONS.up), thumb(false, 'unhelpful', ICONS.down)];
    return [...thumbs.map(([, button]) => button), said, room];
  }

  /** A button to ask again, which waits for as long as the service asked for. */
  #offerAgain() {
    const { readyAt = 0, code } = this.#exchange.failure ?? {};
    // The model would decline once more.
    if (code === 'blocked') return;
    const button = h('button', { type: 'button', click: () => this.#tools.again() });
    const count = () => {
      const left = Math.ceil((readyAt - Date.now()) / 1000);
      button.disabled = left > 0;
      if (left <= 0) button.textContent = this.#t('again');
      else if (left < LONG_PAUSE) button.textContent = this.#t('againIn', { n: left });
      else button.textContent = this.#t('againAt', { at: clock(readyAt, this.#t.locale) });
      if (left > 0) setTimeout(() => button.isConnected && count(), 1000);
    };
    this.#foot.append(button);
    count();
  }

  #show({ growing = false } = {}) {
    const { answer, failure } = this.#exchange;
    const fragment = document.createDocumentFragment();
    if (failure?.position === undefined) {
      fragment.append(...this.#render(answer, growing));
    } else {
      const told = h('p', { class: 'failed', dir: 'auto' }, this.#words(failure));
      const { position } = failure;
      fragment.append(...this.#render(answer.slice(0, position)), told, ...this.#render(answer.slice(position), growing));
    }
    for (const cite of fragment.querySelectorAll('cite')) cite.textContent = `[${cite.textContent}]`;
    // Blocks that did not change stay, with whatever the reader has selected in them.
    const old = [...this.#answer.childNodes];
    const blocks = [...fragment.childNodes];
    let same = 0;
    while (same < blocks.length && old[same]?.isEqualNode(blocks[same])) same++;
    old.slice(same).forEach((node) => node.remove());
    this.#answer.append(...blocks.slice(same));
    if (!this.#settled) return;
    this.seen = blocks.map(({ textContent }) => textContent.trim()).join('\n').replace(/\s*\[\d+\]/g, '');
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

  #cite(sources) {
    for (const cite of this.#answer.querySelectorAll('cite')) {
      const source = sources[cite.textContent.slice(1, -1) - 1];
      if (source) cite.replaceWith(this.#citation(source, sources.indexOf(source) + 1));
    }
  }

  #citation(source, number) {
    const label = this.#t('source', { n: number });
    const card = quoteCard(source, label, this.#place);
    const button = h('button', { type: 'button', class: 'cite', 'aria-label': label, 'aria-expanded': 'false' });
    button.textContent = `[${number}]`;
    button.addEventListener('click', () => {
      const opens = button.getAttribute('aria-expanded') === 'false';
      const open = this.#openCitation();
      if (opens && open !== button) open?.click();
      button.setAttribute('aria-expanded', opens);
      // Below the block that cites, and so next in reading order.
      if (opens) [...this.#answer.children].find((block) => block.contains(button)).after(card);
      else card.remove();
    });
    return button;
  }

  #makeCopyable(block) {
    const code = block.textContent;
    const [, language] = /language-(\S+)/.exec(block.firstChild.className ?? '') ?? [];
    const bar = h('div', { class: 'bar' }, h('span', {}, language ?? ''), copyButton(this.#t, 'copy', () => code));
    const frame = h('div', { class: 'code', dir: 'ltr' });
    block.replaceWith(frame);
    block.tabIndex = 0;
    frame.append(bar, block);
    if (language) {
      import('./highlight.js').then(
        ({ highlight }) => highlight(block.firstChild, language),
        () => {
          // It stays in one colour.
        },
      );
    }
  }
}

/** A button that copies a text, and says for a moment that it has. */
function copyButton(t, name, text) {
  const button = h('button', { type: 'button', class: 'copy' }, t(name));
  button.addEventListener('click', async () => {
    await copyText(text(), button);
    button.textContent = t('copied');
    setTimeout(() => (button.textContent = t(name)), 2000);
  });
  return button;
}

/** The time of day, with the day where that is not today. */
function clock(time, locale) {
  const today = new Date(time).toDateString() === new Date().toDateString();
  const day = today ? {} : { weekday: 'short', day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(locale, { ...day, hour: '2-digit', minute: '2-digit' }).format(time);
}
