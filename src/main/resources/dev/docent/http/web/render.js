/**
 * Turns an answer's Markdown into a document fragment that can do no harm. It is loaded with the first
 * answer, because the parser and the sanitiser are larger than everything else together.
 *
 * Three walls, each enough by itself: raw HTML is shown as text and images as their description, the
 * sanitiser lets only listed elements through, and links lead to the web or nowhere.
 *
 * A fourth one keeps the time: the parser's is the square and worse of how many marks stand in one piece
 * of running text, so that a piece with too many is shown as it is, and what was parsed once is kept.
 */
import { Lexer, Marked, Parser } from './vendor/marked.js';
import DOMPurify from './vendor/purify.js';
import { h } from './dom.js';
import { linkAttributes, webAddress } from './sources.js';
import { finished } from './unfinished.js';

export { highlight } from './highlight.js';

const TAGS = ['p', 'br', 'em', 'strong', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'hr', 'a', 'cite']
  .concat(['h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td']);

/** Characters that turn the direction of text around them, and so can disguise what it says. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;

/** Brackets and marks of emphasis in one piece of running text at most: some milliseconds. */
const MOST_BRACKETS = 60;
const MOST_MARKS = 200;

/** Depth of blocks within blocks, in marks at the start of a line: a parser that calls itself ends there. */
const DEEP = /^([ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){12,}/gm;

/** Pieces of running text that are kept as they were read. */
const KEPT_PIECES = 500;

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => text.replace(/[&<>"']/g, (character) => escapes[character]);

const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => escape(text),
    image: ({ text }) => escape(text),
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    code({ text, lang }) {
      const [language = ''] = /^[\w+#-]{1,20}/.exec(lang ?? '') ?? [];
      return `<pre><code data-language="${language}">${escape(text)}\n</code></pre>`;
    },
    // Below the question, which is a heading of level 2; the document's own levels come later.
    heading({ tokens, depth }) {
      return `<h6 data-depth="${depth}">${this.parser.parseInline(tokens)}</h6>`;
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

/** Pieces of running text with the tokens that they were read as. */
const pieces = new Map();

/**
 * @param {string} markdown
 * @param {import('./sources.js').Place} place
 * @param {{growing?: boolean}} [options] whether more of it comes: marks that wait for their other end are
 *     not shown then
 * @returns {DocumentFragment} in which each `cite` holds the number of a source
 */
export function render(markdown, place, { growing = false } = {}) {
  const safe = markdown.replace(DIRECTION, '');
  try {
    return rendered(growing ? finished(safe) : safe, place);
  } catch {
    // Whatever the parser stumbles over, what was written can be read.
    const fragment = document.createDocumentFragment();
    fragment.append(h('p', { class: 'plain', dir: 'auto' }, safe));
    return fragment;
  }
}

function rendered(markdown, place) {
  const fragment = DOMPurify.sanitize(html(markdown), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ['href', 'start', 'align', 'data-language', 'data-depth'],
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
  for (const code of fragment.querySelectorAll('[data-language]')) {
    if (code.dataset.language) code.className = `language-${code.dataset.language}`;
    delete code.dataset.language;
  }
  level(fragment);
  // What has a direction of its own does not decide that of the text around it.
  for (const code of fragment.querySelectorAll('code')) code.setAttribute('dir', 'ltr');
  for (const block of fragment.children) block.setAttribute('dir', block.matches('pre') ? 'ltr' : 'auto');
  return fragment;
}

function html(markdown) {
  const lexer = new Lexer(marked.defaults);
  const source = markdown.replace(/\r\n|\r/g, '\n').replace(DEEP, (marks) => `\\${marks.trimStart()}`);
  lexer.blockTokens(source, lexer.tokens);
  const linked = Object.keys(lexer.tokens.links).length > 0;
  for (const { src, tokens } of lexer.inlineQueue) {
    const known = linked ? undefined : pieces.get(src);
    if (known) {
      tokens.push(...known);
    } else {
      if (tooMany(src)) tokens.push({ type: 'text', raw: src, text: src });
      else lexer.inlineTokens(src, tokens);
      if (!linked) pieces.set(src, [...tokens]);
      if (pieces.size > KEPT_PIECES) pieces.delete(pieces.keys().next().value);
    }
  }
  return Parser.parse(lexer.tokens, marked.defaults);
}

function tooMany(text) {
  const count = (signs) => text.match(signs)?.length ?? 0;
  return count(/[[<]/g) > MOST_BRACKETS || count(/[*_~`]+/g) > MOST_MARKS;
}

/** Levels of headings that begin below the question and leave none out. */
function level(fragment) {
  let depths = [];
  for (const heading of fragment.querySelectorAll('[data-depth]')) {
    const depth = Number(heading.dataset.depth);
    depths = [...depths.filter((outer) => outer < depth), depth];
    const levelled = h(`h${Math.min(2 + depths.length, 6)}`);
    levelled.append(...heading.childNodes);
    heading.replaceWith(levelled);
  }
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
  if (home) place.here?.(address);
  result.append(h('a', linkAttributes(address.href, place), ...words));
  if (!home && !named) result.append(h('small', {}, ` (${address.host})`));
  return result;
}
