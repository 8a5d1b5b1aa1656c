/**
 * Colours for code, by what most languages have in common: comments, strings, numbers, words of the
 * language, and names that are called. It knows no grammar, so it errs now and then, and only in colour.
 */

const WORDS = new Set(
  `abstract and as assert async await boolean break case catch char class const continue def default del do done
  double echo elif else enum esac except export extends extern false fi final finally float fn for from func function
  global go if impl implements import in instanceof int interface is lambda let local long match mod module mut new
  nil None not null or override package pass private protected pub public raise record ref return self short
  sizeof static struct sudo super switch then this throw throws trait true True False try type typeof undefined union
  unsafe unset use using val var virtual void volatile where while with yield select insert update delete create table
  SELECT FROM WHERE INSERT INTO UPDATE DELETE CREATE TABLE JOIN ON AND OR NOT NULL VALUES SET ORDER BY GROUP FROM RUN
  COPY ENV WORKDIR ENTRYPOINT CMD EXPOSE ARG USER`.split(/\s+/),
);

/** Languages whose comments begin with a number sign, and those where two dashes begin one. */
const HASH = /^(sh|bash|zsh|shell|console|py|python|ya?ml|toml|ini|conf|rb|ruby|perl|r|make|makefile|docker|dockerfile|properties|env)$/;
const DASHES = /^(sql|lua|haskell|hs|ada)$/;
const MARKUP = /^(html|xml|svg|vue|jsx|tsx|mdx?)$/;

/** Longest code that is coloured, in characters. */
const LONGEST = 20000;

/** Colours the text of an element; what it says stays the same. */
export function highlight(element, language) {
  const name = language.toLowerCase();
  const code = element.textContent;
  if (code.length > LONGEST || /^(text|txt|plain|plaintext|log)$/.test(name)) return;
  const parts = [];
  let last = 0;
  for (const match of code.matchAll(grammar(name))) {
    const kind = Object.keys(match.groups).find((group) => match.groups[group] !== undefined);
    const shown = kind === 'word' ? WORDS.has(match[0]) && 'word' : kind;
    if (!shown) continue;
    const span = document.createElement('span');
    span.className = `code-${shown}`;
    span.textContent = match[0];
    parts.push(code.slice(last, match.index), span);
    last = match.index + match[0].length;
  }
  element.replaceChildren(...parts, code.slice(last));
}

function grammar(name) {
  const comments = ['/\\*[\\s\\S]*?\\*/', '<!--[\\s\\S]*?-->'];
  if (HASH.test(name)) comments.push('(?<![^\\s])#.*');
  else comments.push('(?<![:\\w])//.*');
  if (DASHES.test(name)) comments.push('--.*');
  const tags = MARKUP.test(name) ? '</?[A-Za-z][\\w.-]*|/?>' : '(?!)';
  const quoted = (sign) => `${sign}(?:[^${sign}\\\\\\n]|\\\\.)*${sign}`;
  return new RegExp(
    [
      `(?<comment>${comments.join('|')})`,
      `(?<string>"""[\\s\\S]*?"""|${quoted('"')}|${quoted("'")}|${quoted('`')})`,
      `(?<tag>${tags})`,
      '(?<name>(?<=^[ \\t]*(?:- )?)[\\w.-]+(?=\\s*[:=](?!=))|--?[A-Za-z][\\w-]*(?<=(?:^|\\s)--?[\\w-]+)|[$@][\\w{][\\w}]*)',
      '(?<number>\\b(?:0x[\\da-fA-F]+|\\d[\\d_]*(?:\\.\\d+)?(?:e[+-]?\\d+)?)\\b)',
      '(?<word>\\b[A-Za-z_]\\w*\\b)',
    ].join('|'),
    'gm',
  );
}
