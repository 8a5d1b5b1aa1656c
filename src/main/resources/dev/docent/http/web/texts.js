import { later } from './dom.js';

/** Languages that are spoken here, each in a file of its own; the second list is written from right to left. */
const LANGUAGES = ['en', 'de', 'es', 'fr', 'ur'];
const RIGHT_TO_LEFT = ['ur'];

/**
 * The words in the first of the languages that is spoken here, else in English. In a text, `{n}` and
 * `{max}` stand for numbers, and `{at}` for a time.
 *
 * @param {readonly string[]} languages BCP 47 tags, the preferred one first
 * @param {Record<string, string>} [own] texts that replace these
 * @returns {Promise<{(name: string, values?: object): string, language: string, direction: string, locale: string}>} `locale` is
 *     for dates: the reader's own way of writing them, where the language is the same
 */
export async function textsFor(languages, own = {}) {
  const spoken = languages.map((tag) => tag.split('-')[0].toLowerCase()).find((name) => LANGUAGES.includes(name));
  const language = spoken ?? 'en';
  const { default: texts } = await later(`texts-${language}.js`);
  const numbers = new Intl.NumberFormat(language);
  const value = (given) => (typeof given === 'number' ? numbers.format(given) : given);
  const t = (name, values = {}) => (own[name] ?? texts[name]).replace(/\{(\w+)\}/g, (_, key) => value(values[key]));
  const locale = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
  return Object.assign(t, { language, locale, direction: RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr' });
}
