import { h } from './dom.js';

/** Words at each end of a quote that find it in its page; a whole long quote makes an endless address. */
const WORDS = 6;

/**
 * Where things are: `site` is the documentation's address with its base path (undefined where it is not
 * known), `newTab` says whether its pages open in a tab of their own, and `here`, if given, turns an
 * address of the site into that of the same page in the language and version that is being read.
 *
 * @typedef {{site?: string, newTab: boolean, here?: (address: URL) => void}} Place
 */

/** A source's page at its heading, its quote highlighted; undefined where no address is known. */
export function address(source, place) {
  const target = page(source, place);
  if (target && source.quote) target.hash += `${target.hash ? '' : '#'}:~:text=${fragment(source.quote)}`;
  return target?.href;
}

function page({ url, file, heading, title }, { site, here }) {
  const target = url ? webAddress(url, site) : site && file && webAddress(guessed(file), site);
  if (!target) return undefined;
  if (!url) target.hash = anchor(heading, title);
  here?.(target);
  return target;
}

/**
 * The path of a page below the site's base, where the collection knows no address: by the rules that
 * Docusaurus has where a page says nothing else.
 */
function guessed(file) {
  const parts = file.replace(/^\/+/, '').replace(/\.mdx?$/, '').split('/');
  const path = parts.map((part) => part.replace(/^(?!\d+[-_.]\d)\d+\s*[-_.]+\s*(?=[^-_.\s])/, ''));
  if (/^(index|readme)$/i.test(path.at(-1)) || (path.length > 1 && path.at(-1) === path.at(-2))) path[path.length - 1] = '';
  return path.map(encodeURIComponent).join('/') || './';
}

/** The anchor of the last of some headings, made like GitHub's; none for the title of the page. */
function anchor(headings, title) {
  const path = (headings ?? '').split(' > ').filter(Boolean);
  if (path.length === 0 || (path.length === 1 && (!title || path[0] === title))) return '';
  return path.at(-1).toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-');
}

/** The address if it leads to the web, as a link in an answer may; else undefined. */
export function webAddress(href, site) {
  const address = URL.parse?.(href, site) ?? tryParse(href, site);
  return address && /^https?:$/.test(address.protocol) ? address : undefined;
}

/** Attributes of a link out of an answer: pages of the site stay in this tab, if the place allows. */
export function linkAttributes(href, { newTab }) {
  const stays = !newTab && new URL(href).origin === location.origin;
  return {
    href,
    rel: 'noopener noreferrer nofollow',
    target: stays ? undefined : '_blank',
  };
}

/** The numbered list below an answer. */
export function sourceList(sources, place) {
  return h('ol', {}, ...sources.map((source) => h('li', {}, sourceLink(source, place))));
}

/** The card that a citation unfolds: the sentence, where it stands, and the way there. */
export function quoteCard(source, label, place) {
  return h(
    'div',
    { class: 'quote', role: 'group', 'aria-label': label },
    source.quote ? h('blockquote', { dir: 'auto' }, source.quote) : undefined,
    sourceLink(source, place),
  );
}

/** The answer as Markdown, its citations as numbers of the sources that are listed below it. */
export function asMarkdown({ answer, sources }, words, place) {
  const text = answer.trim().replace(/\[Source (\d{1,3})\]/g, '[$1]');
  if (sources.length === 0) return `${text}\n`;
  const lines = sources.map((source, i) => {
    const name = nameOf(source).join(' › ').replace(/[[\]\\]/g, '\\$&');
    const href = page(source, place)?.href;
    return `${i + 1}. ${href ? `[${name}](${href.replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))})` : name}`;
  });
  return `${text}\n\n${words}:\n\n${lines.join('\n')}\n`;
}

/** Its title, and the headings below that. */
function nameOf({ title, heading, file }) {
  const path = heading?.split(' > ').filter((part, i) => i > 0 || part !== title).join(' › ');
  return [title || path || file, title && path].filter(Boolean);
}

function sourceLink(source, place) {
  const [name, path] = nameOf(source);
  const words = [h('span', {}, name), path ? h('small', {}, path) : undefined];
  const href = address(source, place);
  const { quote, heading } = source;
  const aim = JSON.stringify({ quote, heading: heading?.split(' > ').at(-1) });
  return h(
    href ? 'a' : 'span',
    { class: 'source', dir: 'auto', ...(href && { ...linkAttributes(href, place), 'data-aim': aim }) },
    ...words,
  );
}

function fragment(quote) {
  const words = quote.replaceAll(/`|\*\*/g, '').trim().split(/\s+/);
  const ends = words.length > 2 * WORDS ? [words.slice(0, WORDS), words.slice(-WORDS)] : [words];
  // A hyphen has a meaning of its own in a text directive.
  return ends.map((end) => encodeURIComponent(end.join(' ')).replaceAll('-', '%2D')).join(',');
}

/** URL.parse is missing from browsers before 2025. */
function tryParse(href, site) {
  try {
    return new URL(href, site);
  } catch {
    return undefined;
  }
}
