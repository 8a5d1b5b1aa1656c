/** The chat page: the service's own front door. */
import { Chat } from './chat.js';
import { Conversation } from './conversation.js';
import { h, icon, ICONS } from './dom.js';
import { textsFor } from './texts.js';

const asked = new URLSearchParams(location.search).get('lang');
const t = await textsFor(asked ? [asked] : navigator.languages);
Object.assign(document.documentElement, { lang: t.language, dir: t.direction });
document.title = t('title');

const api = new URL('.', location.href).href.replace(/\/$/, '');
// The page may stand in a frame, where the documentation's pages may not be shown.
const place = { site: undefined, newTab: true };
const chat = new Chat({ api, t, place, conversation: new Conversation(api) });

document.body.replaceChildren(
  h(
    'header',
    {},
    h('h1', {}, t('title')),
    h('button', { type: 'button', click: () => chat.anew() }, t('anew')),
    h('button', { type: 'button', class: 'icon', 'aria-label': t('forget'), title: t('forget'), click: () => chat.forget() }, icon(ICONS.bin)),
  ),
  h('main', { keydown: (event) => event.key === 'Escape' && chat.escape() }, chat.element),
);
chat.open(new AbortController().signal);
chat.focus();
