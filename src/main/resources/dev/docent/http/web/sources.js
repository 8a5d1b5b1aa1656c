import { h } from './dom.js';

/** Words at each end of a quote that find it in its page; a whole long quote makes an endless address. */
const WORDS = 6;

/**
 * Where things are: `site` is the documentation's address (undefined where it is not known), and
 * `newTab` says whether its pages open in a tab of their own.
 *
 * @typedef {{site?: string, newTab: boolean}} Place
 */

/** A source's page at its heading, its quote highlighted; undefined where no address is known. */
export function address({ url, file, quote }, { site }) {
  // Deployed widgets link like this where the service knows no address.
  const path = url ?? (site && file ? `/${file.replace(/\.mdx?$/, '')}` : undefined);
  const target = path && webAddress(path, site);
  if (!target) return undefined;
  if (quote) target.hash += `${target.hash ? '' : '#'}:~:text=${fragment(quote)}`;
  return target.href;
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

function sourceLink(source, place) {
  const { title, heading, file } = source;
  const path = heading?.split(' > ').filter((part, i) => i > 0 || part !== title).join(' › ');
  const words = [
    h('span', { dir: 'auto' }, title || path || file),
    path && title ? h('small', { dir: 'auto' }, path) : undefined,
  ];
  const href = address(source, place);
  return h(href ? 'a' : 'span', { class: 'source', ...(href && linkAttributes(href, place)) }, ...words);
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
