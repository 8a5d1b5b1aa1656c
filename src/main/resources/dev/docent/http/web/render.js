/**
 * Turns an answer's Markdown into a document fragment that can do no harm. It is loaded with the first
 * answer, because the parser and the sanitiser are larger than everything else together.
 *
 * Three walls, each enough by itself: raw HTML is shown as text and images as their description, the
 * sanitiser lets only listed elements through, and links lead to the web or nowhere.
 */
import { Marked } from './vendor/marked.js';
import DOMPurify from './vendor/purify.js';
import { h } from './dom.js';
import { linkAttributes, webAddress } from './sources.js';

const TAGS = ['p', 'br', 'em', 'strong', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'hr', 'a', 'cite']
  .concat(['h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td']);

/** Characters that turn the direction of text around them, and so can disguise what it says. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => text.replace(/[&<>"']/g, (character) => escapes[character]);

const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => escape(text),
    image: ({ text }) => escape(text),
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    // Below the question, which is a heading of level 2.
    heading({ tokens, depth }) {
      const level = Math.min(depth + 2, 6);
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
    },
  },
  extensions: [
    {
      name: 'citation',
      level: 'inline',
      start: (text) => text.match(/\[Source \d/)?.index,
      tokenizer(text) {
        const found = /^\[Source (\d{1,3})\]/.exec(text);
        return found ? { type: 'citation', raw: found[0], number: found[1] } : undefined;
      },
      renderer: ({ number }) => `<cite>${number}</cite>`,
    },
  ],
});

/**
 * @param {string} markdown
 * @param {import('./sources.js').Place} place
 * @returns {DocumentFragment} in which each `cite` holds the number of a source
 */
export function render(markdown, place) {
  const fragment = DOMPurify.sanitize(marked.parse(markdown.replace(DIRECTION, '')), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ['href', 'start', 'align'],
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of fragment.querySelectorAll('a')) link.replaceWith(safeLink(link, place));
  for (const table of fragment.querySelectorAll('table')) {
    const frame = h('div', { class: 'wide', tabindex: '0' });
    table.replaceWith(frame);
    frame.append(table);
  }
  for (const block of fragment.children) block.setAttribute('dir', block.matches('pre') ? 'ltr' : 'auto');
  return fragment;
}

/** The link, followed by the name of a foreign site that its words conceal; its words alone if it leads nowhere. */
function safeLink(link, place) {
  const address = webAddress(link.getAttribute('href') ?? '', place.site);
  const words = [...link.childNodes];
  const result = document.createDocumentFragment();
  if (!address) {
    result.append(...words);
    return result;
  }
  const home = [place.site, location.href].some((site) => site && new URL(site).origin === address.origin);
  const named = link.textContent.includes(address.host);
  result.append(h('a', linkAttributes(address.href, place), ...words));
  if (!home && !named) result.append(h('small', {}, ` (${address.host})`));
  return result;
}
