/**
 * The one file that a site loads before anybody asks: <script src="https://…/widget.js" defer></script>,
 * classic or type="module", from the service or from the site itself. It adds a <docent-chat> to the page
 * unless the site wrote one: a button, and all else is loaded when that is pressed. Each data-… attribute
 * of the script becomes an attribute of the element; quickstart.md lists them.
 *
 * It stands alone, is small, and speaks as an old browser does, if only to say that it is too old. It is
 * served without its comments.
 */
(() => {
  // `docent widget` writes the service's address here; without it, this file comes from the service.
  const SERVICE = '';

  const NAMES = ['open', 'askSelection', 'question', 'close', 'waking', 'unreachable'];
  const WORDS = {
    en: ['Ask', 'Ask about this', 'Your question', 'Close', 'The service is waking up…', 'The service cannot be reached.'],
    de: ['Fragen', 'Dazu fragen', 'Deine Frage', 'Schließen', 'Der Dienst wacht auf …', 'Der Dienst ist nicht erreichbar.'],
    es: ['Preguntar', 'Preguntar sobre esto', 'Tu pregunta', 'Cerrar', 'El servicio se está despertando…', 'No se puede contactar con el servicio.'],
    fr: ['Demander', 'Poser une question', 'Votre question', 'Fermer', 'Le service se réveille…', 'Le service est injoignable.'],
    ur: ['پوچھیں', 'اس کے بارے میں پوچھیں', 'آپ کا سوال', 'بند کریں', 'سروس جاگ رہی ہے…', 'سروس سے رابطہ نہیں ہو سکا۔'],
  };

  // What this tab remembers: that the panel is open, and what a followed source leads to.
  const OPEN = 'docent:open';
  const AIM = 'docent:aim';

  // What the site says of all elements reaches the host, and what is inherited from it.
  const CSS = `:host { position: absolute; color-scheme: var(--ifm-color-scheme, light dark);
--text: var(--docent-text, var(--ifm-font-color-base, light-dark(#1d2125, #e4e6e9)));
--accent: var(--docent-accent, var(--ifm-color-primary, light-dark(#1f5f8b, #8cc4ea))) }
:host([theme=light]) { color-scheme: light } :host([theme=dark]) { color-scheme: dark }
:host > div { all: initial; font: medium/1.5 var(--docent-font, var(--ifm-font-family-base, system-ui, sans-serif)); color-scheme: inherit }
[hidden] { display: none !important }
button, textarea { font: inherit; color: inherit; border: 1px solid; border-radius: 1em; padding: .375em .75em; background: none }
.launcher, .selection, .wait { position: fixed; z-index: 2147483000; box-shadow: 0 2px 12px #0003 }
.launcher, .selection { border-color: transparent; background: var(--accent); color: oklch(from var(--accent) clamp(0, (.6 - l) * 1000, 1) 0 0); cursor: pointer }
.launcher, .wait { inset-block-end: var(--docent-bottom, 1.25em); inset-inline-end: var(--docent-side, 1.25em) }
.raised { inset-block-end: var(--docent-bottom, calc(4.3rem + 1em)) }
:host([position=left]) :is(.launcher, .wait) { inset-inline: var(--docent-side, 1.25em) auto }
.launcher { display: flex; align-items: center; gap: .5em; padding: .5em 1em }
.launcher::before { content: ''; width: .9em; height: .7em; border: 2px solid; border-radius: .35em .35em .35em 0 }
kbd { font: .75em ui-monospace, monospace }
@media (max-width: 48em), (hover: none) { kbd { display: none } }
.wait { display: grid; gap: .75em; padding: 1em; border-radius: 1em; color: var(--text); background: var(--docent-surface, var(--ifm-background-surface-color, light-dark(#fff, #1b1d21))) }
@media print { :host { display: none } }`;

  // A module has no currentScript, and a classic script may not say import.meta.
  const at = (/https?:\/\/[^\s()]+?(?=:\d+:\d+)/.exec(new Error().stack) || [])[0];
  const script = document.currentScript || Array.from(document.scripts).find(({ src }) => src === at) || { src: at, dataset: {} };

  const tell = (text) => console.error(`docent: ${text}`);
  const store = (name, value) => {
    try {
      if (value) sessionStorage.setItem(name, value);
      else if (value === '') sessionStorage.removeItem(name);
      else return sessionStorage.getItem(name);
    } catch {
      // Without storage the panel is closed on the next page.
    }
  };
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const key in attributes) {
      if (attributes[key].call) element.addEventListener(key, attributes[key]);
      else element.setAttribute(key, attributes[key]);
    }
    element.append(...children);
    return element;
  };

  class DocentChat extends HTMLElement {
    connectedCallback() {
      if (!this.launcher) this.build();
      this.left = new AbortController();
      const { signal } = this.left;
      const on = (target, name, act) => target.addEventListener(name, act, { signal, capture: true });
      on(document, 'keydown', (event) => {
        if (event.key !== this.key || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        if (!this.selection() && this.launcher.hidden && (this.box || this.panel)) this.close();
        else this.open();
      });
      // Buttons of the site's own.
      on(document, 'click', (event) => {
        const { target } = event;
        const { dataset } = (target.closest && target.closest('[data-docent-open], [data-docent-ask]')) || {};
        if (!dataset) return;
        event.preventDefault();
        if (event.detail > 1) return;
        if (dataset.docentAsk) this.ask(dataset.docentAsk);
        else this.open();
      });
      const offer = () => this.offerSelection();
      on(document, 'selectionchange', offer);
      on(window, 'scroll', offer);
      const aim = (this.aim = store(AIM));
      store(AIM, '');
      if (store(OPEN)) this.show({});
      if (aim) this.load(0).then((panel) => panel.arrive(JSON.parse(aim)), () => {});
    }

    disconnectedCallback() {
      this.left.abort();
      if (this.panel) this.panel.leave();
    }

    build() {
      const { src } = script;
      this.api = new URL(this.getAttribute('api') || SERVICE || (src ? new URL('.', src) : '/'), location.href).href.replace(/\/$/, '');
      const languages = [this.lang, document.documentElement.lang, ...navigator.languages].map((tag) => tag.slice(0, 2));
      const language = languages.find((tag) => WORDS[tag]) || 'en';
      this.texts = {};
      try {
        this.texts = JSON.parse(this.getAttribute('texts') || '{}');
      } catch (wrong) {
        tell(`the attribute "texts" is no JSON: ${wrong.message}`);
      }
      this.say = (name) => this.texts[name] || WORDS[language][NAMES.indexOf(name)];
      this.key = this.getAttribute('shortcut') || '.';
      const style = new CSSStyleSheet();
      style.replaceSync(CSS);
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [style];
      const mac = /Mac|iP/.test(navigator.platform);
      const open = () => this.open();
      this.launcher = make(
        'button',
        { class: 'launcher', 'aria-haspopup': 'dialog', 'aria-keyshortcuts': `${mac ? 'Meta' : 'Control'}+${this.key}`, click: open },
        this.say('open'),
        make('kbd', { 'aria-hidden': 'true' }, (mac ? '⌘' : 'Ctrl ') + this.key),
      );
      // Docusaurus has a button of its own in that corner.
      if (document.querySelector('[name=generator][content^=Docusaurus]')) this.launcher.classList.add('raised');
      this.button = make('button', { class: 'selection', hidden: '', click: open, pointerdown: (event) => event.preventDefault() }, this.say('askSelection'));
      this.frame = make('div', { lang: language, dir: language === 'ur' ? 'rtl' : 'ltr' }, this.launcher, this.button);
      root.append(this.frame);
      this.launcher.hidden = this.getAttribute('launcher') === 'none';
    }

    /** Opens the panel, on the selected passage if there is one. */
    open() {
      this.show({ focus: document.activeElement, passage: this.selection() });
    }

    /** Opens the panel and asks. */
    ask(question) {
      this.show({ focus: document.activeElement, question: `${question}` });
    }

    close() {
      this.wish = undefined;
      if (this.box) this.box.remove();
      this.box = undefined;
      store(OPEN, '');
      this.launcher.hidden = this.getAttribute('launcher') === 'none';
      if (this.panel) this.panel.close();
    }

    show(wish) {
      this.button.hidden = this.launcher.hidden = true;
      store(OPEN, 'yes');
      this.wish = { ...this.wish, ...wish };
      // Whom the panel keeps waiting can type.
      setTimeout(() => this.wait(''), 400);
      const show = () => {
        const { box } = this;
        if (!this.wish) return;
        const given = { text: box && box.firstChild.value, ...this.wish };
        if (box) this.close();
        store(OPEN, 'yes');
        this.launcher.hidden = true;
        this.wish = undefined;
        this.panel.show(given);
      };
      if (this.panel) show();
      else this.load(0).then(show, () => this.wait('unreachable'));
    }

    /** Loads the panel; a service that sleeps is waited for. */
    load(n) {
      if (n || !this.loading) {
        // What could not be loaded is not tried again under the same name; any version is served.
        const loading = import(this.api + (n ? `/web/${Date.now()}/docent-chat.js` : '/panel.js')).then((module) => module.attach(this)).then(
          (panel) => (this.panel = panel),
          (failure) => {
            if (!n) tell(`${this.api} gives no widget (${failure.message}). Is it awake, is ${location.origin} one of its ALLOWED_ORIGINS, is it in script-src and connect-src of this page's CSP?`);
            if (n > 9) throw failure;
            this.wait('waking');
            return new Promise((resolve) => setTimeout(resolve, Math.min(15, 2 ** n) * 1000)).then(() => this.load(n + 1));
          },
        );
        if (n) return loading;
        this.loading = loading;
        loading.catch(() => (this.loading = 0));
      }
      return this.loading;
    }

    /** A box for the question while the panel is not there, with a sentence on why. */
    wait(name) {
      if (!this.wish || this.panel) return;
      if (!this.box) {
        const keydown = (event) => {
          if (event.key === 'Escape') this.close();
          if (event.target !== field || event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
          event.preventDefault();
          this.show({ question: field.value.trim() });
        };
        const field = make('textarea', { maxlength: '2000', 'aria-label': this.say('question'), placeholder: this.say('question') });
        this.box = make('div', { class: 'wait', role: 'dialog', 'aria-label': this.say('open'), keydown }, field, make('span', { role: 'status' }), make('button', { click: () => this.close() }, this.say('close')));
        this.frame.append(this.box);
        field.value = this.wish.question || '';
        const { focus } = this.wish;
        // Unless the reader has gone elsewhere since.
        if (focus && [focus, document.body].includes(document.activeElement)) field.focus();
      }
      const status = this.box.children[1];
      // A region speaks what comes after itself.
      if (name) setTimeout(() => (status.textContent = this.say(name)), 99);
    }

    /** Shows the button beside a selection on the page, or hides it. */
    offerSelection() {
      const { button } = this;
      button.hidden = !this.selection();
      if (button.hidden) return;
      const { left, bottom } = getSelection().getRangeAt(0).getBoundingClientRect();
      button.style.left = `${Math.max(8, Math.min(left, innerWidth - button.offsetWidth - 8))}px`;
      button.style.top = `${Math.min(bottom, innerHeight - button.offsetHeight - 16) + 8}px`;
    }

    /** What is selected on the page outside of this element, or undefined. */
    selection() {
      const selection = getSelection();
      const text = `${selection}`.trim();
      return selection.isCollapsed || text.length < 3 || selection.containsNode(this, true) ? undefined : text;
    }
  }

  const add = () => {
    if (document.querySelector('docent-chat')) return;
    const chat = document.createElement('docent-chat');
    for (const name in script.dataset) chat.setAttribute(name, script.dataset[name]);
    // Outside of what a site's own framework renders, so that it survives a navigation.
    document.body.append(chat);
  };
  if (![].findLast || !('adoptedStyleSheets' in Document.prototype)) {
    tell('this browser is too old for the widget.');
  } else if (customElements.get('docent-chat')) {
    tell('there is a <docent-chat> on this page already.');
  } else {
    customElements.define('docent-chat', DocentChat);
    if (document.body) add();
    else addEventListener('DOMContentLoaded', add);
  }
})();
