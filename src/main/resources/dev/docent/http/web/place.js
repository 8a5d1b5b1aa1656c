/**
 * Where the widget is: below which address the site's pages lie, and in which language it is read.
 *
 * @param {string} [given] address of the site, where its owner says it
 * @returns {import('./sources.js').Place}
 */
export function place(given) {
  const home = docusaurusBase();
  const site = new URL(given ?? home ?? '/', location.href).href;
  return { site, newTab: false, here: home && here(home) };
}

/** A site made by Docusaurus has its files below its base, which has the language's own part in it. */
function docusaurusBase() {
  const file = document.querySelector('script[src*="/assets/js/runtime~main."], script[src*="/assets/js/main."]');
  return file && new URL('../../', file.src).href;
}

/** Turns addresses of the site's first language into those of the one that is read. */
function here(home) {
  const { origin, pathname } = new URL(home);
  const locale = `${document.documentElement.lang}/`;
  if (!pathname.endsWith(`/${locale}`)) return undefined;
  const first = pathname.slice(0, -locale.length);
  return (address) => {
    const foreign = address.origin !== origin || !address.pathname.startsWith(first) || address.pathname.startsWith(pathname);
    if (!foreign) address.pathname = pathname + address.pathname.slice(first.length);
  };
}
