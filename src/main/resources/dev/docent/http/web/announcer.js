import { h } from './dom.js';

/** Milliseconds that a spoken sentence stays, so that nobody meets the answer twice when reading on. */
const STAY = 5000;

/** Speaks a growing text through a polite live region, in whole sentences instead of tokens. */
export class Announcer {
  #region = h('div', { class: 'unseen', 'aria-live': 'polite' });
  #segmenter;
  #spoken = 0;

  constructor(language) {
    // Browsers before 2024 may lack it: they speak the whole text at its end.
    if (Intl.Segmenter) this.#segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  }

  /** The live region; it has to be in the document before anything is said. */
  get element() {
    return this.#region;
  }

  say(text) {
    if (text.trim() === '') return;
    const sentence = h('p', {}, text.trim());
    this.#region.append(sentence);
    setTimeout(() => sentence.remove(), STAY);
  }

  /** A new text begins. */
  begin() {
    this.#spoken = 0;
  }

  /** The text so far; its last sentence may still grow and is kept back. */
  grow(text) {
    if (!this.#segmenter) return;
    const sentences = [...this.#segmenter.segment(text.slice(this.#spoken))];
    const last = sentences.at(-1);
    if (last?.index > 0) this.#speak(text, this.#spoken + last.index);
  }

  /** The whole text. */
  end(text) {
    this.#speak(text, text.length);
  }

  #speak(text, end) {
    this.say(text.slice(this.#spoken, end));
    this.#spoken = end;
  }
}
