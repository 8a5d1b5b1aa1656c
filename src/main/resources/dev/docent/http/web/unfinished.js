/**
 * What can be shown of Markdown that is still being written: marks whose other end has not come yet are
 * taken off its end or closed, so that no reader sees them raw.
 *
 * @param {string} markdown an answer so far
 * @returns {string} Markdown
 */
export function finished(markdown) {
  const { text, fence } = cutLine(markdown);
  if (fence) return text;
  const start = lastInline(text);
  return text.slice(0, start) + closed(text.slice(start));
}

/** Without a last line that may become something else, and whether it stands in a block of code. */
function cutLine(markdown) {
  const lines = markdown.split('\n');
  let fence;
  for (const [i, line] of lines.entries()) {
    const last = i === lines.length - 1;
    const [, mark, rest] = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (!fence && mark && !(mark[0] === '`' && rest.includes('`'))) {
      if (last) return { text: before(lines), fence: false };
      fence = mark;
    } else if (fence && last && /^[ \t>]*(`+|~+)[ \t]*$/.test(line)) {
      return { text: before(lines), fence: true };
    } else if (fence && mark?.startsWith(fence) && rest.trim() === '') {
      fence = undefined;
    }
  }
  if (fence) return { text: markdown, fence: true };
  const quoted = lines.at(-1).replace(/^[ \t]*(>[ \t]?)*/, '');
  // The beginning of a heading, a list item, a rule, an underline or a fence.
  const cut = /^(#{1,6}|[-*+]([ \t]+\[[ xX]?\]?)?|\d{1,9}[.)]?|[-=*_][-=*_ \t]*|`{1,3}|~{1,3}|)[ \t]*$/.test(quoted);
  return { text: withoutTableHead(cut ? lines.slice(0, -1) : lines), fence: false };
}

/** A table is none before the row of dashes below its head is whole. */
function withoutTableHead(lines) {
  const blank = lines.findLastIndex((line, i) => line.trim() === '' && i < lines.length - 1);
  const first = lines.findIndex((line, i) => i > blank && /^[ \t>]*\|/.test(line));
  if (first < 0) return lines.join('\n');
  const rows = lines.slice(first);
  if (rows.length < 3) return lines.slice(0, first).join('\n');
  // The row that is being written is shown once it is whole; a cell may end within a mark.
  return /\|[ \t]*$/.test(rows.at(-1)) ? lines.join('\n') : before(lines);
}

function before(lines) {
  return lines.slice(0, -1).join('\n');
}

/** Where the last piece of running text begins: marks do not reach over a paragraph, an item or a cell. */
function lastInline(text) {
  let start = 0;
  for (const { index, 0: found } of text.matchAll(/\n[ \t>]*\n|(?:^|\n)[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|#{1,6}[ \t]+|\|)/g)) {
    start = index + found.length;
  }
  return start;
}

/** The text with its open marks closed, or cut where nothing to be shown has followed them. */
function closed(text) {
  const open = [];
  for (let i = 0; i < text.length; ) {
    const rest = text.slice(i, i + LOOK);
    const end = unit(text, i, rest, open);
    if (end === undefined) return close(text.slice(0, i), open);
    i = end;
  }
  return close(text, open);
}

/** Where the unit that begins here ends, undefined where that has not come yet. */
function unit(text, i, rest, open) {
  if (text[i] === '\\') return rest.length > 1 ? i + 2 : undefined;
  const [run] = /^(`+|\*+|_+|~+)/.exec(rest) ?? [];
  if (run?.startsWith('`')) {
    // Code is shown once it is whole.
    const after = text.slice(i + run.length).search(new RegExp(`(?<!\`)${run}(?!\`)`));
    return after < 0 ? undefined : i + 2 * run.length + after;
  }
  if (run) return mark(text, i, run, open);
  if (text[i] === '[' || /^!(\[|$)/.test(rest)) return link(i, rest);
  return text[i] === '&' && i + LOOK > text.length && /^&#?\w{0,10}$/.test(rest) ? undefined : i + 1;
}

/** What is longer than this is no link that anybody wants to see, and is shown as it is. */
const LOOK = 2000;

function link(i, rest) {
  const [label] = /^!?\[(?:[^[\]\\]|\\.|\[[^[\]]*\])*\]/.exec(rest) ?? [];
  if (/^\[Source \d{1,3}\]/.test(label) || (label && label !== rest && rest[label.length] !== '(')) return i + label.length;
  const [target] = /^\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"]*")?\)/.exec(rest.slice(label?.length)) ?? [];
  if (label && target) return i + label.length + target.length;
  return rest.length < LOOK ? undefined : i + 1;
}

/** Emphasis opens before a word and closes behind one; at the very end of the text nobody knows which. */
function mark(text, i, run, open) {
  const end = i + run.length;
  const [left, right] = [text[i - 1] ?? ' ', text[end]];
  const top = open.at(-1)?.run;
  if (right === undefined) {
    if (top !== run || /\s/.test(left)) return undefined;
    open.pop();
  } else if (run[0] === '_' && /[\p{L}\p{N}]{2}/u.test(left + right)) {
    return end;
  } else if (top?.[0] === run[0] && !/\s/.test(left)) {
    for (let length = run.length; length > 0 && open.at(-1)?.run[0] === run[0]; ) length -= open.pop().run.length;
  } else if (!/\s/.test(right)) {
    open.push({ run, at: i });
  }
  return end;
}

function close(text, open) {
  let shown = text.trimEnd();
  while (open.length > 0 && shown.length <= open.at(-1).at + open.at(-1).run.length) {
    shown = shown.slice(0, open.pop().at).trimEnd();
  }
  return open.length > 0 ? shown + open.reverse().map(({ run }) => run).join('') : shown;
}
