/**
 * Makes an element: functions become listeners, everything else attributes (`true` is an empty one,
 * `false` and `undefined` are none), strings among the children are text and never markup.
 */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/**
 * Gives an element other children, and leaves alone what stays the same: the reader may have the focus, a
 * selection, a place scrolled to or a pressed button in it. Nodes are the same by name, class and `data-key`; one
 * that has such a key is not looked into.
 */
export function become(parent, children) {
  const old = new Map();
  for (const node of parent.childNodes) old.set(nameOf(node), [...(old.get(nameOf(node)) ?? []), node]);
  const kept = children.map((node) => old.get(nameOf(node))?.shift());
  for (const node of [...old.values()].flat()) node.remove();
  let at = parent.firstChild;
  children.forEach((node, i) => {
    const stays = kept[i] ?? node;
    if (stays === at) at = at.nextSibling;
    else parent.insertBefore(stays, at);
    if (stays !== node && stays.dataset?.key === undefined && !stays.isEqualNode(node)) fit(stays, node);
  });
}

function nameOf({ nodeName, className, dataset }) {
  return [nodeName, className, dataset?.key].join();
}

function fit(node, wanted) {
  if (node.nodeType === Node.TEXT_NODE) {
    let same = 0;
    while (same < node.length && node.data[same] === wanted.data[same]) same++;
    node.replaceData(same, node.length, wanted.data.slice(same));
    return;
  }
  for (const name of node.getAttributeNames()) if (!wanted.hasAttribute(name)) node.removeAttribute(name);
  for (const name of wanted.getAttributeNames()) node.setAttribute(name, wanted.getAttribute(name));
  become(node, [...wanted.childNodes]);
}

/**
 * Loads a file beside this one when it is needed. Firefox does not ask again for a file that it could not have, nor
 * for one that needs it; so they get other names then.
 */
export async function later(name) {
  try {
    return await import(`./${name}`);
  } catch {
    return import(new URL(`../${Date.now()}/${name}`, import.meta.url));
  }
}

/** A drawing of 24 by 24 units in the colour of the text around it; a label has to stand beside it. */
export function icon(path) {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(namespace, 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

export const ICONS = {
  anew: 'M12 5v14M5 12h14',
  ask: 'M4 5h16v11H11l-5 4v-4H4z',
  bin: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  close: 'M6 6l12 12M18 6L6 18',
  up: 'M7 10v10H4V10zM7 10l4-7c2 0 3 1 2 3l-1 3h7l-1.500 9c-.2 1-1 2-2 2H7',
  down: 'M7 14V4H4v10zM7 14l4 7c2 0 3-1 2-3l-1-3h7l-1.500-9c-.2-1-1-2-2-2H7',
  send: 'M12 19V5M5 12l7-7 7 7',
  // Lines close enough to fill the square.
  stop: 'M8 8h8v8H8zM8 10h8M8 12h8M8 14h8',
};

/**
 * Puts a text on the clipboard, also where the page may not, or is not served over TLS: there a field with
 * the text is selected for a moment. False where that is not allowed either.
 */
export async function copyText(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = h('textarea', { class: 'unseen', tabindex: '-1', 'aria-hidden': 'true' });
    field.value = text;
    beside.after(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    beside.focus();
    if (!copied) console.error('docent: this browser lets no page copy.');
    return copied;
  }
}
