// A site as people have it: below a path, in two languages, with versions. The tests serve
// the file that `docent widget` writes as docent.js.
export default {
  title: 'Tidewatch',
  url: 'http://localhost',
  baseUrl: '/foo/',
  trailingSlash: true,
  onBrokenLinks: 'warn',
  onBrokenAnchors: 'ignore',
  i18n: { defaultLocale: 'en', locales: ['en', 'de'] },
  presets: [
    [
      'classic',
      {
        docs: { lastVersion: 'current', versions: { current: { label: '2.0' } } },
        blog: false,
        theme: {},
      },
    ],
  ],
  headTags: [{ tagName: 'script', attributes: { src: '/foo/docent.js', defer: 'defer' } }],
  themeConfig: {
    navbar: {
      title: 'Tidewatch',
      items: [
        { type: 'docsVersionDropdown', position: 'right' },
        { type: 'localeDropdown', position: 'right' },
        { type: 'html', position: 'right', value: '<button data-docent-open>Ask Tidewatch</button>' },
      ],
    },
  },
};
