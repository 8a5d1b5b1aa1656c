package dev.docent.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.markdown.Dialect;
import dev.docent.markdown.Piece;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteScanTest {
    private static final String CONFIG =
            """
            import {themes} from 'prism-react-renderer';
            // url: 'https://wrong.example',
            const config: Config = {
              title: 'It\\'s ours',
              url: 'https://docs.example.com', /* baseUrl: '/no/' */
              baseUrl: '/project/',
              trailingSlash: true,
              i18n: {defaultLocale: 'en', locales: ['en', 'fr']},
              presets: [
                ['classic', {
                  docs: {routeBasePath: 'manual', sidebarPath: './sidebars.js'},
                  blog: {routeBasePath: 'news'},
                }],
              ],
              themeConfig: {navbar: {items: [{url: 'https://elsewhere.example', label: 'x'}]}},
            };
            export default config;
            """;

    @TempDir Path folder;

    @Test
    void readsTheLayoutFromTheConfigurationBesideTheDocsAndSaysSo() {
        Tree tree = new Tree(folder).with("docusaurus.config.ts", CONFIG).with("docs/a/b.md", "x");
        assertThat(tree.addresses("docs", SiteSettings.unknown()))
                .containsExactly("docs/a/b.md https://docs.example.com/project/manual/a/b/");
        assertThat(SiteScan.of(folder.resolve("docs"), SiteSettings.unknown()).notes())
                .containsExactly(
                        "The site's layout is read from "
                                + folder.resolve("docusaurus.config.ts")
                                + ".",
                        "url is \"https://docs.example.com\" there.",
                        "baseUrl is \"/project/\" there.",
                        "routeBasePath is \"manual\" there.",
                        "trailingSlash is \"true\" there.");
    }

    @Test
    void whatTheOwnerSaysWins() {
        Tree tree = new Tree(folder).with("docusaurus.config.js", CONFIG).with("docs/b.md", "x");
        assertThat(tree.addresses("docs", new SiteSettings("", "/", "docs", false)))
                .containsExactly("docs/b.md /docs/b");
    }

    @Test
    void aSitesRootHasVersionsLanguagesAndABlog() {
        Tree tree =
                new Tree(folder)
                        .with(
                                "docusaurus.config.js",
                                "module.exports = {i18n: {defaultLocale: 'en', locales: ['en',"
                                        + " 'fr']}};")
                        .with("versions.json", "[\n  \"2.0\",\n  \"1.0\"\n]\n")
                        .with("docs/a.md", "x")
                        .with("versioned_docs/version-2.0/a.md", "x")
                        .with("versioned_docs/version-1.0/a.md", "x")
                        .with("i18n/en/docusaurus-plugin-content-docs/current/a.md", "x")
                        .with("i18n/fr/docusaurus-plugin-content-docs/current/a.md", "x")
                        .with("i18n/fr/docusaurus-plugin-content-docs/current/alone.md", "x")
                        .with("i18n/ja/docusaurus-plugin-content-docs/current/a.md", "x")
                        .with("i18n/fr/docusaurus-plugin-content-docs/version-2.0/a.md", "x")
                        .with("i18n/fr/docusaurus-plugin-content-blog/plain.md", "x")
                        .with("blog/2024-01-02-hello.md", "x")
                        .with("blog/2024/03/04/there/index.md", "x")
                        .with("blog/plain.md", "---\nslug: own\n---\nx");
        assertThat(tree.addresses("", SiteSettings.unknown()))
                .containsExactly(
                        "docs/a.md /docs/next/a",
                        "versioned_docs/version-2.0/a.md /docs/a",
                        "versioned_docs/version-1.0/a.md /docs/1.0/a",
                        "blog/2024-01-02-hello.md /blog/2024/01/02/hello",
                        "blog/2024/03/04/there/index.md /blog/2024/03/04/there",
                        "blog/plain.md /blog/own",
                        "i18n/fr/docusaurus-plugin-content-docs/current/a.md /fr/docs/next/a",
                        "i18n/fr/docusaurus-plugin-content-docs/version-2.0/a.md /fr/docs/a",
                        "i18n/fr/docusaurus-plugin-content-blog/plain.md /fr/blog/plain");
    }

    @Test
    void theConfigurationMayNameAnotherLastVersionAndPath() {
        Tree tree =
                new Tree(folder)
                        .with(
                                "docusaurus.config.js",
                                "export default {presets: [['classic', {docs: {lastVersion:"
                                        + " 'current', path: 'manual', versions: {'1.0': {path:"
                                        + " 'old'}}}}]]}")
                        .with("versions.json", "[\"1.0\"]")
                        .with("manual/a.md", "x")
                        .with("versioned_docs/version-1.0/a.md", "x");
        assertThat(tree.addresses("", SiteSettings.unknown()))
                .containsExactly(
                        "manual/a.md /docs/a", "versioned_docs/version-1.0/a.md /docs/old/a");
    }

    @Test
    void eachDocsPluginHasAFolderVersionsAndTranslationsOfItsOwn() {
        Tree tree =
                new Tree(folder)
                        .with(
                                "docusaurus.config.ts",
                                """
                                export default {
                                  i18n: {defaultLocale: 'en', locales: ['en', 'fr']},
                                  presets: [['classic', {docs: {routeBasePath: '/'}, blog: false}]],
                                  plugins: [
                                    function own() { return {name: 'own', hot: isProd ? !a : false}; },
                                    ['content-docs', {id: 'api', path: 'reference', routeBasePath: '/api'} satisfies Options],
                                    ['@docusaurus/plugin-content-docs', ({id: 'team', path: './team', routeBasePath: 'team'})],
                                    ['@docusaurus/plugin-content-blog', {id: 'news', path: 'news', routeBasePath: 'news'}],
                                  ],
                                };
                                """)
                        .with("api_versions.json", "[\"1.0\"]")
                        .with("docs/a.md", "x")
                        .with("reference/a.md", "x")
                        .with("api_versioned_docs/version-1.0/a.md", "x")
                        .with("i18n/fr/docusaurus-plugin-content-docs-api/version-1.0/a.md", "x")
                        .with("team/a.md", "x")
                        .with("blog/left-out.md", "x")
                        .with("news/2026-01-02-b.md", "x");
        assertThat(tree.addresses("", SiteSettings.unknown()))
                .containsExactly(
                        "docs/a.md /a",
                        "reference/a.md /api/next/a",
                        "api_versioned_docs/version-1.0/a.md /api/a",
                        "team/a.md /team/a",
                        "news/2026-01-02-b.md /news/2026/01/02/b",
                        "i18n/fr/docusaurus-plugin-content-docs-api/version-1.0/a.md /fr/api/a");
        assertThat(tree.addresses("reference", SiteSettings.unknown()))
                .containsExactly("reference/a.md /api/next/a");
        assertThat(tree.addresses("news", SiteSettings.unknown()))
                .containsExactly("news/2026-01-02-b.md /news/2026/01/02/b");
    }

    @Test
    void aDocsPluginWithoutAnIdStandsForThePresets() {
        Tree tree =
                new Tree(folder)
                        .with(
                                "docusaurus.config.js",
                                "module.exports = {presets: [['classic', {docs: false}]], plugins:"
                                        + " [['@docusaurus/plugin-content-docs', {path: 'guide',"
                                        + " routeBasePath: 'learn'}]]}")
                        .with("docs/left-out.md", "x")
                        .with("guide/a.md", "x");
        assertThat(tree.addresses("", SiteSettings.unknown()))
                .containsExactly("guide/a.md /learn/a");
    }

    @Test
    void leavesOutTheVersionsThatAreNotPublished() {
        String config = "module.exports = {presets: [['classic', {docs: {%s}}]]}";
        Tree tree =
                new Tree(folder)
                        .with("versions.json", "[\"3\", \"2\", \"1\"]")
                        .with("docs/a.md", "x")
                        .with("versioned_docs/version-3/a.md", "x")
                        .with("versioned_docs/version-2/a.md", "x")
                        .with("versioned_docs/version-1/a.md", "x");
        tree.with("docusaurus.config.js", config.formatted("includeCurrentVersion: false"));
        assertThat(tree.addresses("", SiteSettings.unknown()))
                .containsExactly(
                        "versioned_docs/version-3/a.md /docs/a",
                        "versioned_docs/version-2/a.md /docs/2/a",
                        "versioned_docs/version-1/a.md /docs/1/a");
        tree.with(
                "docusaurus.config.js", config.formatted("onlyIncludeVersions: ['current', '3']"));
        assertThat(tree.addresses("", SiteSettings.unknown()))
                .containsExactly("docs/a.md /docs/next/a", "versioned_docs/version-3/a.md /docs/a");
        for (String computed :
                new String[] {
                    "onlyIncludeVersions: preview ? ['current', ...all.slice(0, 2)] : undefined",
                    "onlyIncludeVersions: ['current', ...all.slice(0, 2)]"
                }) {
            tree.with("docusaurus.config.js", config.formatted(computed));
            assertThat(tree.addresses("", SiteSettings.unknown())).hasSize(4);
        }
    }

    @Test
    void aPageThatShowsComponentsIsMdxWhereverItLies() {
        new Tree(folder)
                .with("docs/a.md", "import Note from './_note.md';\n\n<Note />\n\nText.\n")
                .with("docs/_note.md", "Note.\n")
                .with("docs/b.md", "import Note from this place.\n");
        Site site = SiteScan.of(folder.resolve("docs"), SiteSettings.unknown());
        PageReader reader = new PageReader(site, 1 << 20);
        assertThat(PageFinder.find(site.roots().getFirst(), new ArrayList<>()))
                .extracting(file ->
                        reader
                                .read(file, new ArrayList<>())
                                .getFirst()
                                .sections()
                                .getFirst()
                                .pieces()
                                .stream()
                                .map(Piece::text)
                                .toList()
                                .toString())
                .containsExactly("[Note., Text.]", "[import Note from this place.]");
    }

    @Test
    void tellsPlainMarkdownFromMdx() {
        assertThat(dialect(new Tree(folder.resolve("1")).with("docs/a.md", "x")))
                .isEqualTo(Dialect.MARKDOWN);
        assertThat(dialect(new Tree(folder.resolve("2")).with("docs/a.mdx", "x")))
                .isEqualTo(Dialect.MDX);
        assertThat(dialect(new Tree(folder.resolve("3")).with("docs/x/_category_.json", "{}")))
                .isEqualTo(Dialect.MDX);
    }

    private static Dialect dialect(Tree tree) {
        return SiteScan.of(tree.folder.resolve("docs"), SiteSettings.unknown()).dialect();
    }
}
