/**
 * The one script that a site includes: <script src="https://…/widget.js" defer></script>, classic or
 * type="module". It adds a <docent-chat> to the page unless the site wrote one itself; each data-…
 * attribute of the script becomes an attribute of the element.
 */
(() => {
  // A module has no currentScript, and a classic script cannot contain import.meta.
  const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
  const element = new URL('docent-chat.js', script.src).href;
  const add = () => {
    if (document.querySelector('docent-chat')) return;
    const chat = document.createElement('docent-chat');
    for (const [name, value] of Object.entries(script.dataset)) chat.setAttribute(name, value);
    // Outside of what a site's own framework renders, so that it survives a navigation.
    document.body.append(chat);
  };
  import(element).then(
    () => (document.body ? add() : addEventListener('DOMContentLoaded', add)),
    () =>
      console.error(
        `docent: ${element} cannot be loaded. Is ${location.origin} one of the service's ALLOWED_ORIGINS, and is the service running?`,
      ),
  );
})();
