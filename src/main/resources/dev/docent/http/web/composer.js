import { h, icon, ICONS } from './dom.js';

/** The service's limits, in code points. */
const LONGEST_QUESTION = 2000;
export const LONGEST_PASSAGE = 8000;

/** The box to type a question in, and the passage that it is about. */
export class Composer {
  #t;
  #ask;
  #stop;
  #say;
  #running = false;
  #passage;
  #passageBox = h('div', { class: 'about', hidden: true });
  #input;
  #count = h('p', { class: 'count', id: 'docent-count', hidden: true });
  #send = h('button', { class: 'icon send', click: (event) => this.#pressed(event) });
  #notice = h('p', { class: 'note', role: 'status' });
  /** Whether the notice says that an answer has to end first. */
  #waits = false;

  /**
   * @param {Function} t the texts
   * @param {(question: string, passage?: string) => void} ask
   * @param {() => void} stop ends the running answer
   * @param {string} [privacy] address of a page on what becomes of questions
   * @param {(text: string) => void} say speaks to those who do not see
   */
  constructor(t, { ask, stop, say, privacy }) {
    this.#t = t;
    this.#ask = ask;
    this.#stop = stop;
    this.#say = say;
    this.#input = h('textarea', {
      id: 'docent-question',
      rows: '1',
      dir: 'auto',
      placeholder: t('question'),
      'aria-describedby': 'docent-count',
      enterkeyhint: 'send',
      input: () => this.#measure(),
      keydown: (event) => this.#key(event),
    });
    const submit = (event) => {
      event.preventDefault();
      if (this.#running) this.#stop();
      else this.#submit();
    };
    const label = h('label', { class: 'unseen', for: 'docent-question' }, t('question'));
    const box = h('div', { class: 'box' }, label, this.#input, this.#send);
    const hint = h('p', { class: 'hint' }, t('hint'));
    if (privacy) {
      const link = h('a', { href: privacy, target: '_blank', rel: 'noopener' }, t('privacyLink'));
      hint.append(' ', t('privacy'), ' ', link);
    }
    this.element = h('form', { submit }, this.#notice, this.#passageBox, box, this.#count, hint);
    this.running = false;
  }

  /** What is typed and not sent. */
  get text() {
    return this.#input.value;
  }

  set text(text) {
    this.#input.value = text;
    this.#measure();
  }

  /** While an answer runs, the button stops it. */
  set running(running) {
    this.#running = running;
    if (!running && this.#waits) this.notice = '';
    this.#waits = false;
    this.#send.setAttribute('aria-label', this.#t(running ? 'stop' : 'send'));
    this.#send.replaceChildren(icon(running ? ICONS.stop : ICONS.send));
  }

  /** A sentence above the box, or none. */
  set notice(text) {
    this.#notice.textContent = text;
  }

  /** The passage that the questions are about, or undefined. */
  get passage() {
    return this.#passage;
  }

  focus() {
    this.#input.focus();
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

  /** The second half of a double click is meant neither to stop nor to send. */
  #pressed(event) {
    if (event.detail > 1) event.preventDefault();
  }

  #key(event) {
    // WebKit tells of the Enter that ends a conversion only once that is over, with this code.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    if (event.repeat) return;
    if (!this.#running) {
      this.#submit();
    } else if (this.text.trim()) {
      this.notice = this.#t('running');
      this.#waits = true;
    }
  }

  #submit() {
    if (this.#measure()) {
      const question = this.text.trim();
      this.text = '';
      this.#ask(question, this.#passage);
    } else {
      if (!this.#count.hidden) this.#say(this.#count.textContent);
      this.focus();
    }
  }

  /** Shows the count near the limit, and tells whether the question may be sent. */
  #measure() {
    const n = [...this.text.trim()].length;
    const max = LONGEST_QUESTION;
    // For browsers that do not know field-sizing.
    this.#input.rows = Math.min(6, this.text.split('\n').length);
    this.#input.setAttribute('aria-invalid', n > max);
    this.#count.hidden = n <= 0.9 * max;
    this.#count.textContent = this.#t(n > max ? 'tooLong' : 'count', { n, max });
    return n > 0 && n <= max;
  }
}

/** The text up to the end of its last whole word. */
function cutAtWord(text) {
  return text.replace(/\s\S*$/, '');
}
