import { h } from './dom.js';
import { quoteCard, sourceList } from './sources.js';

/** Milliseconds between two looks of a growing answer, so that a fast model does not keep the page busy. */
const BEAT = 50;

/**
 * One question with its answer on the page. The answer is plain text until the renderer is loaded, and
 * stays so where it cannot be loaded.
 */
export class ExchangeView {
  /** The text so far, to be spoken: without markup and citations, and empty until it can be so. */
  seen = '';
  #exchange;
  #place;
  #t;
  #again;
  #grown;
  #renderer;
  /** Whether the renderer is loaded or never will be. */
  #settled = false;
  #beat;
  #answer = h('div', { class: 'answer' });
  #note = h('p', { class: 'note', hidden: true });
  #foot = h('div', { class: 'foot' });

  /**
   * @param {object} exchange see Conversation
   * @param {import('./sources.js').Place} place
   * @param {Function} t the texts
   * @param {() => void} again asks the question once more
   * @param {() => void} grown is told each time that more of a running answer is shown
   */
  constructor(exchange, place, t, { again, grown }) {
    this.#exchange = exchange;
    this.#place = place;
    this.#t = t;
    this.#again = again;
    this.#grown = grown;
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

  /** Shows the answer so far, soon. */
  grow() {
    this.#beat ??= setTimeout(() => {
      this.#beat = undefined;
      // Half a citation at the end would flicker.
      this.#show(this.#exchange.answer.replace(/\[[^\]\n]{0,12}$/, ''));
      this.#grown();
    }, BEAT);
  }

  /** Shows the whole answer with its citations, copy buttons and sources. */
  finish() {
    clearTimeout(this.#beat);
    this.#beat = undefined;
    const { answer, sources, notice, state } = this.#exchange;
    this.#show(answer);
    this.#cite(sources);
    for (const block of this.#answer.querySelectorAll('pre')) this.#makeCopyable(block);
    this.#foot.replaceChildren();
    if (notice) this.#foot.append(h('p', { class: 'note' }, notice));
    if (sources.length > 0) {
      this.#foot.append(h('h3', {}, this.#t('sources')), sourceList(sources, this.#place));
    }
    if (state === 'stopped' || state === 'failed') this.#offerAgain();
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
    if (failure.kind === 'answered') return undefined;
    return failure.detail ?? this.#t(failure.kind === 'waking' ? 'asleep' : failure.kind);
  }

  /** A button to ask again, which waits for as long as the service asked for. */
  #offerAgain() {
    if (this.reason) this.#foot.append(h('p', { class: 'note' }, this.reason));
    const ready = this.#exchange.failure?.readyAt ?? 0;
    const button = h('button', { type: 'button', click: () => this.#again() });
    const count = () => {
      const left = Math.ceil((ready - Date.now()) / 1000);
      button.disabled = left > 0;
      button.textContent = left > 0 ? this.#t('againIn', { n: left }) : this.#t('again');
      if (left > 0) setTimeout(() => button.isConnected && count(), 1000);
    };
    this.#foot.append(button);
    count();
  }

  #show(markdown) {
    const fragment = document.createDocumentFragment();
    fragment.append(this.#renderer?.render(markdown, this.#place) ?? h('p', { class: 'plain', dir: 'auto' }, markdown));
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
      const open = this.#answer.querySelector('[aria-expanded=true]');
      if (opens && open !== button) open?.click();
      button.setAttribute('aria-expanded', opens);
      // Below the block that cites, and so next in reading order.
      if (opens) [...this.#answer.children].find((block) => block.contains(button)).after(card);
      else card.remove();
    });
    return button;
  }

  #makeCopyable(block) {
    const button = h('button', { type: 'button', class: 'copy' }, this.#t('copy'));
    const code = block.textContent;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(code).catch(() => copySelected(block));
      button.textContent = this.#t('copied');
      setTimeout(() => (button.textContent = this.#t('copy')), 2000);
    });
    const frame = h('div', { class: 'code' });
    block.replaceWith(frame);
    block.tabIndex = 0;
    frame.append(block, button);
  }
}

/** For a frame without the permission to write to the clipboard. */
function copySelected(block) {
  getSelection().selectAllChildren(block);
  document.execCommand('copy');
}
