/** The widget's panel: what widget.js loads when its button is pressed, and where a followed source leads. */
import { Chat } from './chat.js';
import { Conversation } from './conversation.js';
import { h, icon, ICONS, later } from './dom.js';
import { place } from './place.js';
import { textsFor } from './texts.js';

/** Below this width the panel covers the page, which then must not be reached behind it. */
const NARROW = matchMedia('(max-width: 30rem)');

/** Below this width a followed source would lie behind the panel, wherever it stands. */
const SMALL = matchMedia('(max-width: 48rem)');

/** Where a followed source leads, for widget.js on the page that is loaded then. */
const AIM = 'docent:aim';

const base = new URL('.', import.meta.url);
const styles = await Promise.all(['chat.css', 'widget.css'].map(loadStyle));

/**
 * Builds the panel into an element of widget.js.
 *
 * @param {HTMLElement} host a <docent-chat>, with `api`, `texts` and `aim`
 * @returns {Promise<Panel>}
 */
export async function attach(host) {
  // It is needed next, if a followed source has led here.
  if (host.aim) later('arrival.js').catch(() => {});
  const languages = [host.lang, document.documentElement.lang, ...navigator.languages];
  return new Panel(host, await textsFor(languages, host.texts));
}

class Panel {
  #host;
  #chat;
  #dialog;
  #watching;
  /** Where the focus was before the panel took it. */
  #before;
  /** The page's own room for the panel, while it has moved aside. */
  #aside = new CSSStyleSheet();

  constructor(host, t) {
    this.#host = host;
    const { api } = host;
    const tell = (name, detail) => this.#tell(name, detail);
    this.#chat = new Chat({
      api,
      t,
      tell,
      place: place(host.getAttribute('site')),
      conversation: new Conversation(api),
      page: () => location.pathname,
      examples: () => examples(host.getAttribute('examples')),
      privacy: host.getAttribute('privacy') ?? undefined,
    });
    this.#dialog = h(
      'dialog',
      { 'aria-label': t('title'), close: () => this.#closed(), keydown: (event) => this.#escape(event), click: (event) => this.#followed(event) },
      h(
        'header',
        {},
        h('h1', {}, t('title')),
        iconButton(t('anew'), ICONS.anew, () => this.#chat.anew()),
        iconButton(t('close'), ICONS.close, () => this.close()),
        iconButton(t('forget'), ICONS.bin, () => this.#chat.forget()),
      ),
      this.#chat.element,
    );
    const root = host.shadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...styles];
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#aside];
    root.append(h('div', { lang: t.language, dir: t.direction }, this.#dialog));
    NARROW.addEventListener('change', () => this.#dialog.open && this.#placeAnew());
  }

  /**
   * Opens the panel: about a passage, with a question to be asked or words to begin with, and with the focus in it,
   * if that is still where it was when this was wished for.
   *
   * @param {{focus?: Element, passage?: string, question?: string, text?: string}} wish
   */
  show({ focus, passage, question, text }) {
    if (passage) this.#chat.askAbout(passage);
    if (!this.#dialog.open) this.#open();
    if (text && text.trim() !== question) this.#chat.add(text);
    if (question) this.#chat.ask(question);
    if (!focus) return;
    if (focus !== this.#host) this.#before = focus;
    if ([focus, this.#host, document.body].includes(document.activeElement)) this.#chat.focus();
  }

  #open() {
    this.#place();
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    this.#chat.open(signal);
    // A site's own framework changes the page without loading it.
    const head = new MutationObserver(() => this.#chat.showExamples());
    head.observe(document.head, { childList: true });
    signal.addEventListener('abort', () => head.disconnect());
    this.#tell('open');
  }

  #place() {
    if (NARROW.matches) {
      this.#dialog.showModal();
      // The focus is on its first button, which the next blank would press.
      this.#dialog.querySelector('.log').focus();
    } else {
      // show() would take the focus from the page.
      this.#dialog.setAttribute('open', '');
    }
    if (this.#host.getAttribute('panel') === 'side') this.#moveAside();
  }

  /** The window has become so narrow that the panel covers the page, or wide enough for both. */
  #placeAnew() {
    const { activeElement } = this.#host.shadowRoot;
    this.#dialog.close();
    this.#place();
    activeElement?.focus({ preventScroll: true });
  }

  close() {
    this.#dialog.close();
  }

  /** The element is taken out of the page, perhaps to be put elsewhere. */
  leave() {
    this.#dialog.removeAttribute('open');
    this.#watching?.abort();
    this.#chat.stop();
    this.#aside.replaceSync('');
  }

  /** Shows what a followed source leads to, beside the panel; `asked` just now, or on the page before. */
  async arrive(target, asked = false) {
    const { aim, inView, show } = await later('arrival.js');
    const range = await aim(target, asked);
    const covered = range?.getBoundingClientRect().right > this.#dialog.getBoundingClientRect().left;
    if (!covered || !this.#dialog.open || SMALL.matches || !inView(range)) return;
    this.#moveAside();
    show(range);
  }

  #closed() {
    // It was only placed anew.
    if (this.#dialog.open) return;
    this.leave();
    this.#host.close();
    const active = document.activeElement;
    if (active !== document.body && active !== this.#host) {
      this.#tell('close');
      return;
    }
    const page = this.#before?.isConnected && this.#before !== document.body;
    (page ? this.#before : this.#host.launcher).focus();
    this.#before = undefined;
    this.#tell('close');
  }

  #escape(event) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.#chat.escape()) this.close();
  }

  /** A link to a page of the site was pressed: on a small screen it leads out of the panel. */
  #followed(event) {
    const link = event.target.closest('a[href]:not([target])');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (SMALL.matches) this.close();
    // The mark of the source before.
    globalThis.CSS?.highlights?.delete('docent-source');
    const target = link.dataset.aim;
    if (!target) return;
    if (samePage(link)) {
      setTimeout(() => this.arrive(JSON.parse(target), true));
      return;
    }
    try {
      sessionStorage.setItem(AIM, target);
    } catch {
      // The address alone leads there then.
    }
  }

  /** Makes room for the panel beside the page, where there is room for both. */
  #moveAside() {
    const { width, right } = this.#dialog.getBoundingClientRect();
    const side = right < innerWidth / 2 ? 'left' : 'right';
    this.#aside.replaceSync(`@media screen and (min-width: 48rem) { html { padding-${side}: ${width + 24}px !important } }`);
  }

  #tell(name, detail) {
    this.#host.dispatchEvent(new CustomEvent(`docent-${name}`, { bubbles: true, composed: true, detail }));
  }
}

/** Questions of the page's own: a JSON list or lines, of the element or of <meta name="docent-examples">. */
function examples(attribute) {
  const text = document.querySelector('meta[name="docent-examples"]')?.content ?? attribute ?? '';
  try {
    return JSON.parse(text).map(String);
  } catch {
    return text.split(/[\n|]/).map((line) => line.trim()).filter(Boolean);
  }
}

function samePage({ href }) {
  return href.split('#')[0] === location.href.split('#')[0];
}

function iconButton(label, drawing, click) {
  return h('button', { type: 'button', class: 'icon', 'aria-label': label, title: label, click }, icon(drawing));
}

async function loadStyle(name) {
  const response = await fetch(new URL(name, base));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(inPixels(await response.text()));
  return sheet;
}

/** A site may set its root's font size to anything, and that of all elements; lengths in rem are of the reader's own instead. */
function inPixels(css) {
  const probe = h('div', { hidden: true });
  const inner = h('div');
  probe.attachShadow({ mode: 'open' }).append(inner);
  document.body.append(probe);
  inner.style.font = 'medium serif';
  const size = parseFloat(getComputedStyle(inner).fontSize);
  probe.remove();
  // Media queries know the reader's own already.
  return css.replace(/^@media.*|([\d.]+)rem/gm, (whole, n) => (n === undefined ? whole : `${n * size}px`));
}
