/** Shows on a page of the site what a followed source leads to: its quote, or else its heading. */

const NAME = 'docent-source';

/** Pixels at the top of the window that a site's bar may cover. */
const NAVBAR = 80;

const style = new CSSStyleSheet();
style.replaceSync(`::highlight(${NAME}) { background-color: #ffe58a; color: #1c1e21 }`);

/**
 * Marks and shows it, once the page is there.
 *
 * @param {{quote?: string, heading?: string}} target
 * @param {boolean} asked whether the reader asked for it just now; else the page may have been scrolled since, and
 *     is then left where it is
 * @returns {Promise<Range | undefined>} what was marked
 */
export async function aim({ quote, heading }, asked) {
  if (document.readyState === 'loading') await new Promise((resolve) => addEventListener('DOMContentLoaded', resolve));
  const range = (quote && find(quote)) ?? headingRange(heading);
  if (!range) return undefined;
  if (globalThis.Highlight) {
    if (!document.adoptedStyleSheets.includes(style)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
    CSS.highlights.set(NAME, new Highlight(range));
  }
  const anchor = named();
  if (asked || scrollY === 0 || (anchor && inView(anchor))) show(range);
  return range;
}

/** Whether a range or an element is in the window, at least in part. */
export function inView(what) {
  const { top, bottom } = what.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** Scrolls to it, where it is not in view. */
export function show(range) {
  const { top, bottom } = range.getBoundingClientRect();
  const element = range.startContainer.parentElement ?? range.startContainer;
  if (top < NAVBAR || bottom > innerHeight) element.scrollIntoView({ block: 'center', behavior: 'instant' });
}

/** Where words stand on the page, whatever marks and line ends are between them. */
function find(quote) {
  const wanted = letters(quote.replaceAll(/`|\*\*/g, ''));
  const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.closest('script, style, nav')) {
      nodes.push({ node, at: text.length });
      text += letters(node.data);
    }
  }
  const at = wanted ? text.indexOf(wanted) : -1;
  if (at < 0) return undefined;
  const range = document.createRange();
  range.setStart(...position(nodes, at));
  const [last, offset] = position(nodes, at + wanted.length - 1);
  range.setEnd(last, offset + 1);
  return range;
}

/** The node and the place in it of a letter of the whole text. */
function position(nodes, at) {
  const { node, at: start } = nodes.findLast((one) => one.at <= at);
  let left = at - start;
  for (let i = 0; i < node.data.length; i++) if (letters(node.data[i]) && left-- === 0) return [node, i];
  return [node, node.data.length - 1];
}

/** A text without its blanks, as the eye compares; signs of zero width are none. */
function letters(text) {
  return text.replace(/[\s\u200b\u200c\u200d\ufeff]/g, '');
}

function headingRange(words) {
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')];
  const found = named() ?? headings.find((one) => words && letters(one.textContent).startsWith(letters(words)));
  const shown = found ?? document.querySelector('main h1');
  if (!shown) return undefined;
  const range = document.createRange();
  range.selectNodeContents(shown);
  return range;
}

/** What the address leads to, if anything. */
function named() {
  const id = location.hash.slice(1).replace(/:~:.*/, '');
  try {
    return document.getElementById(decodeURIComponent(id)) ?? undefined;
  } catch {
    return document.getElementById(id) ?? undefined;
  }
}
