// A site as people have it: below a path, in three languages, with versions. The tests put the address of
// the service in place of the script's.
export default {
  title: 'Tidewatch',
  url: 'http://localhost',
  baseUrl: '/foo/',
  trailingSlash: true,
  onBrokenLinks: 'warn',
  onBrokenAnchors: 'ignore',
  i18n: { defaultLocale: 'en', locales: ['en', 'de', 'ur'], localeConfigs: { ur: { direction: 'rtl' } } },
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
