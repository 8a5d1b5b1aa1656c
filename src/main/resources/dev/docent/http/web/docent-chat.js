/** The widget: <docent-chat>, a button on a documentation page that opens a conversation about it. */
import { Chat } from './chat.js';
import { Conversation } from './conversation.js';
import { h, icon, ICONS } from './dom.js';
import { textsFor } from './texts.js';

/** Shortest selection, in characters, that somebody may want to ask about. */
const SHORTEST_SELECTION = 3;

/** Remembers in this tab that the panel is open, so that a link in an answer does not close it. */
const OPEN = 'docent:open';

const base = new URL('.', import.meta.url);
const styles = await Promise.all(['chat.css', 'widget.css'].map(loadStyle));

/**
 * Attributes, all optional: `api` (root of the service, default: where this script came from), `site`
 * (the documentation's address, default: this origin), `lang` (default: the page's), `theme` (`light` or
 * `dark`, default: the site's), `shortcut` (the key that opens it with Ctrl or ⌘, default: `.`), and
 * `texts` (JSON with texts that replace ours, by their names in texts.js). Colours are custom properties,
 * see chat.css.
 */
class DocentChat extends HTMLElement {
  #chat;
  #panel;
  #launcher;
  #selectionButton;
  #connected;
  #watching;

  connectedCallback() {
    this.#connected = new AbortController();
    if (!this.#chat) this.#build();
    const { signal } = this.#connected;
    document.addEventListener('keydown', (event) => this.#shortcut(event), { signal });
    document.addEventListener('selectionchange', () => this.#offerSelection(), { signal });
    if (remembered()) this.#open({ focus: false });
  }

  disconnectedCallback() {
    this.#connected.abort();
    this.#watching?.abort();
    this.#chat.stop();
  }

  #build() {
    const languages = [this.lang, document.documentElement.lang, ...navigator.languages];
    const t = textsFor(languages, JSON.parse(this.getAttribute('texts') ?? '{}'));
    const api = (this.getAttribute('api') ?? base.href).replace(/\/$/, '');
    const place = { site: new URL(this.getAttribute('site') ?? '/', location.href).href, newTab: false };
    const conversation = new Conversation(api);
    this.#chat = new Chat({ api, t, place, conversation, page: () => location.pathname });
    this.#launcher = h(
      'button',
      { class: 'launcher', 'aria-haspopup': 'dialog', 'aria-keyshortcuts': `Control+${this.#key}`, click: () => this.#open() },
      icon(ICONS.ask),
      t('open'),
    );
    this.#selectionButton = h('button', { class: 'selection', hidden: true }, t('askSelection'));
    this.#selectionButton.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#selectionButton.addEventListener('click', () => this.#open());
    this.#panel = h(
      'dialog',
      { 'aria-label': t('title'), close: () => this.#closed(), keydown: (event) => this.#escape(event) },
      h(
        'header',
        {},
        h('h1', {}, t('title')),
        iconButton(t('forget'), ICONS.bin, () => this.#chat.forget()),
        iconButton(t('close'), ICONS.close, () => this.#panel.close()),
      ),
      this.#chat.status,
      this.#chat.element,
    );
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = styles;
    root.append(h('div', { lang: t.language, dir: t.direction }, this.#launcher, this.#selectionButton, this.#panel));
  }

  get #key() {
    return this.getAttribute('shortcut') ?? '.';
  }

  /** Opens the panel, on the selected passage if there is one. */
  #open({ focus = true } = {}) {
    const selection = this.#selection();
    if (selection) this.#chat.askAbout(selection);
    this.#selectionButton.hidden = true;
    if (!this.#panel.open) {
      // On a phone the panel covers the page, which then must not be reached behind it.
      if (matchMedia('(max-width: 30rem)').matches) this.#panel.showModal();
      else this.#panel.show();
      this.#launcher.hidden = true;
      this.#watching = new AbortController();
      this.#chat.open(this.#watching.signal);
      remember(true);
    }
    if (focus) this.#chat.focus();
  }

  #closed() {
    this.#watching.abort();
    this.#chat.stop();
    this.#launcher.hidden = false;
    remember(false);
    if (document.activeElement === document.body || document.activeElement === this) this.#launcher.focus();
  }

  #escape(event) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.#chat.escape()) this.#panel.close();
  }

  #shortcut(event) {
    if (event.key !== this.#key || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (this.#panel.open && !this.#selection()) this.#panel.close();
    else this.#open();
  }

  /** Shows the button beside a selection on the page, or hides it. */
  #offerSelection() {
    const button = this.#selectionButton;
    button.hidden = !this.#selection();
    if (button.hidden) return;
    const { left, bottom } = getSelection().getRangeAt(0).getBoundingClientRect();
    button.style.left = `${Math.max(8, Math.min(left, innerWidth - button.offsetWidth - 8))}px`;
    button.style.top = `${Math.max(8, Math.min(bottom + 8, innerHeight - button.offsetHeight - 8))}px`;
  }

  /** What is selected on the page outside of this element, or undefined. */
  #selection() {
    const selection = getSelection();
    const text = selection.toString().trim();
    if (selection.isCollapsed || text.length < SHORTEST_SELECTION || selection.containsNode(this, true)) return undefined;
    return text;
  }
}

function iconButton(label, drawing, click) {
  return h('button', { class: 'icon', 'aria-label': label, title: label, click }, icon(drawing));
}

async function loadStyle(name) {
  const response = await fetch(new URL(name, base));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(await response.text());
  return sheet;
}

function remember(open) {
  try {
    if (open) sessionStorage.setItem(OPEN, 'yes');
    else sessionStorage.removeItem(OPEN);
  } catch {
    // Without storage the panel is closed on the next page.
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(OPEN) !== null;
  } catch {
    return false;
  }
}

customElements.define('docent-chat', DocentChat);
