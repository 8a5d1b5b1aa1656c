package dev.docent.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations as sites really write them, each with the pages that Docusaurus publishes. */
class SiteConfigTest {
    private static final String PLUGIN = "'@docusaurus/plugin-content-docs'";

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ts", "mts", "cts", "js", "mjs", "cjs"})
    void everyNameThatDocusaurusLooksForIsFound(String ending) {
        Tree tree =
                new Tree(folder)
                        .with("docusaurus.config." + ending, "export default {baseUrl: '/x/'}")
                        .with("docs/a.md", "x");

        assertThat(tree.addresses("", SiteSettings.unknown()))
                .containsExactly("docs/a.md /x/docs/a");
    }

    @Test
    void headingsKeepTheirCapitalsWhereTheSiteSaysSo() {
        new Tree(folder)
                .with(
                        "docusaurus.config.js",
                        "export default {presets: ['classic'], markdown: {anchors: {maintainCase: true}}}")
                .with("docs/_p.mdx", "## In A Partial\n\nx")
                .with(
                        "docs/a.mdx",
                        "import P from './_p.mdx'\n\n# A\n\n## Set `PORT` Ö\n\n## Set PORT Ö\n\n<P/>\n");
        Site site = SiteScan.of(folder, SiteSettings.unknown());
        PageFile file = PageFinder.find(site.roots().getFirst(), new ArrayList<>()).getFirst();
        assertThat(
                        new PageReader(site, 1 << 20)
                                .read(file, new ArrayList<>())
                                .getFirst()
                                .headings())
                .extracting(Page.Heading::anchor)
                .containsExactly("A", "Set-PORT-Ö", "Set-PORT-Ö-1", "In-A-Partial");
        assertThat(site.warnings()).isEmpty();
    }

    record Case(String name, String config, List<String> pages) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> layouts() {
        return Stream.of(
                new Case(
                        "a template with a constant",
                        "const BASE = '/docs'; module.exports = {baseUrl: `${BASE}/`}",
                        List.of("docs/a.md /docs/docs/a", "blog/p.md /docs/blog/p")),
                new Case(
                        "a constant",
                        "const BASE='/product/'; module.exports = {baseUrl: BASE}",
                        List.of("docs/a.md /product/docs/a", "blog/p.md /product/blog/p")),
                new Case(
                        "options in a constant",
                        "const docs={path:'content',routeBasePath:'manual'}; export default"
                                + " {presets:[['classic',{docs, blog: false}]]}",
                        List.of("content/c.md /manual/c")),
                new Case(
                        "a function that makes plug-ins",
                        "const p=id=>["
                                + PLUGIN
                                + ",{id,path:id,routeBasePath:id}]; export default"
                                + " {plugins:[p('alpha'), p('res')]}",
                        List.of("alpha/al.md /alpha/al", "res/r.md /res/r")),
                new Case(
                        "a list that is mapped",
                        "const ids=[{id:'alpha'},{id:'res'}]; function create({id, ...more}) {"
                                + " return ["
                                + PLUGIN
                                + ", {...more, id, path: id, routeBasePath: '/' + id}]; } const"
                                + " made = ids.map((x) => create(x)); export default {plugins:"
                                + " [null, ...made]}",
                        List.of("alpha/al.md /alpha/al", "res/r.md /res/r")),
                new Case(
                        "a plug-in by require.resolve",
                        "module.exports={plugins:[[require.resolve("
                                + PLUGIN
                                + "),{id:'res',path:'res'}]]}",
                        List.of("res/r.md /docs/r")),
                new Case(
                        "a plug-in whose options are not known beside a preset that is",
                        "import {o} from 'elsewhere'; export default"
                                + " {presets:[['classic',{docs:{id:'rules',path:'content',routeBasePath:'rules'},"
                                + " blog: false}]], plugins:[["
                                + PLUGIN
                                + ", o]]}",
                        List.of("content/c.md /rules/c", "docs/a.md /docs/a")),
                new Case(
                        "options named docs that belong to something else",
                        "module.exports={customFields:{docs:{path:'res',routeBasePath:'decoy'}},presets:[['classic',{docs:{},blog:false}]],themeConfig:{docs:{path:'alpha'}}}",
                        List.of("docs/a.md /docs/a")),
                new Case(
                        "a plug-in of the site's own that extends the blog",
                        "import own from './own'; export default"
                                + " {presets:[['classic',{docs:false,blog:false}]],plugins:[[own,{id:'n',path:'news',routeBasePath:'news'}]]}",
                        List.of("news/n.md /news/n")),
                new Case(
                        "a configuration in parts",
                        "const c = {title: 'x'}; c.plugins = []; c.plugins.push(["
                                + PLUGIN
                                + ", {path: 'content'}]); export default async function create() {"
                                + " return c; }",
                        List.of("content/c.md /docs/c")),
                new Case(
                        "what it does for the published site",
                        "const dev = process.env.NODE_ENV !== 'production'; export default"
                                + " {baseUrl: dev ? '/' : '/p/', presets:[['classic',{blog:false}]]}",
                        List.of("docs/a.md /p/docs/a")),
                new Case(
                        "quotes in a regular expression",
                        "module.exports={x: /[\"'{]/, baseUrl: '/r/',"
                                + " presets:[['classic',{blog:false}]]}",
                        List.of("docs/a.md /r/docs/a")));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void readsTheLayoutFrom(Case layout) {
        assertThat(tree(layout.config).addresses("", SiteSettings.unknown()))
                .containsExactlyElementsOf(layout.pages);
    }

    private Tree tree(String config) {
        return new Tree(folder)
                .with("docusaurus.config.ts", config)
                .with(
                        "own.ts",
                        "import blog from '@docusaurus/plugin-content-blog'; export default"
                                + " function own() {}")
                .with("docs/a.md", "x")
                .with("content/c.md", "x")
                .with("alpha/al.md", "x")
                .with("res/r.md", "x")
                .with("blog/p.md", "x")
                .with("news/n.md", "x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{url: f()}                                | url in the configuration cannot be"
                        + " evaluated (docusaurus.config.ts line 2: it needs f), so its default is"
                        + " assumed; say --site-url.",
                "{baseUrl: Math.random() ? '/a/' : '/b/'}  | baseUrl in the configuration cannot be"
                        + " evaluated (docusaurus.config.ts line 2: it depends on a condition), so its"
                        + " default is assumed; say --base-url.",
                "{trailingSlash: yaml.slash}               | trailingSlash in the configuration"
                        + " comes from the package yaml, so its default is assumed; set"
                        + " DOCENT_TRAILING_SLASH.",
                "{presets: [['classic', {docs: {routeBasePath: f()}}]]} | routeBasePath",
                "{presets: [['classic', {docs: f()}]]}     | The options of a docs plug-in in the"
                        + " configuration cannot be evaluated (docusaurus.config.ts line 2: it needs"
                        + " f), so its default is assumed; say --route-base-path.",
                "{presets: f()}                            | presets in the configuration cannot be"
                        + " evaluated (docusaurus.config.ts line 2: it needs f); pages that it would"
                        + " publish are missing. Write it there as a literal, or ingest its folder by"
                        + " itself with --route-base-path.",
                "{plugins: [f()]}                          | An element of plugins in the"
                        + " configuration cannot be evaluated (docusaurus.config.ts line 2: it needs"
                        + " f); pages that it would publish are missing. Write it there as a literal,"
                        + " or ingest its folder by itself with --route-base-path.",
                "f()                                       | What docusaurus.config.ts exports"
                        + " cannot be evaluated (docusaurus.config.ts line 2: it needs f), so nothing"
                        + " is known of the site's layout; say --site-url, --base-url and"
                        + " --route-base-path.",
                "{presets: [['classic', {docs: {path: 'gone'}}]]} | which is not there",
                "{presets: [['classic', {docs: {include: f()}}]]} | docs.include in the"
                        + " configuration cannot be evaluated (docusaurus.config.ts line 2: it needs"
                        + " f), so its default is assumed; write it there as a literal.",
                "{markdown: {parseFrontMatter: async (p) => p}}   | markdown.parseFrontMatter in"
                        + " the configuration is a function, which Docent does not run; pages are read"
                        + " without it.",
            })
    void whatCannotBeEvaluatedIsAWarningThatSaysWhatToDo(String config, String warning) {
        tree("import yaml from 'yaml';\nexport default " + config);

        assertThat(SiteScan.of(folder, SiteSettings.unknown()).warnings())
                .anySatisfy(said -> assertThat(said).contains(warning));
    }

    @Test
    void whatTheOwnerSaysNeedsNoWarning() {
        tree(
                "export default {url: f(), baseUrl: f(), trailingSlash: f(), presets: [['classic',"
                        + " {docs: {routeBasePath: f()}}]]}");

        assertThat(
                        SiteScan.of(folder, new SiteSettings("https://e.example", "/", "/", true))
                                .warnings())
                .isEmpty();
    }

    @Test
    void saysWhichVariablesItTakesAsNotSet() {
        tree(
                "export default {baseUrl: process.env.PREVIEW ? '/' : '/x/', url: process.env.URL"
                        + " ?? 'https://e.example'}");

        Site site = SiteScan.of(folder, SiteSettings.unknown());

        assertThat(site.roots()).first().extracting(ContentRoot::base).isEqualTo("/x/docs/");
        assertThat(site.notes())
                .contains(
                        "The configuration is read as if these variables were not set: PREVIEW,"
                                + " URL.");
    }

    @Test
    void aSyntaxErrorIsToldAndTheRestIsRead() {
        tree("const x = {a: 1 b: 2};\nexport default {baseUrl: '/x/'}");

        Site site = SiteScan.of(folder, SiteSettings.unknown());

        assertThat(site.roots()).first().extracting(ContentRoot::base).isEqualTo("/x/docs/");
        assertThat(site.warnings())
                .containsExactly(
                        "docusaurus.config.ts has a syntax error in line 1; the rest of it is"
                                + " read.",
                        "The configuration names no docs, blog or pages plug-in that could be read,"
                                + " so those of Docusaurus' classic preset are assumed.");
    }

    @Test
    void aLongConfigurationIsReadWhole() {
        tree(
                "export default {themeConfig: {list: ["
                        + "{label: 'entry', to: '/somewhere'},\n".repeat(20_000)
                        + "]}, baseUrl: '/x/'}");

        assertThat(SiteScan.of(folder, SiteSettings.unknown()).roots())
                .first()
                .extracting(ContentRoot::base)
                .isEqualTo("/x/docs/");
    }

    // ---- options of the plug-ins

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "docs: {exclude: ['**/secret/**']}                  | /docs/01-x/y /docs/a /docs/b",
                "docs: {exclude: ['secret/*.md', '01-*/**']}        | /docs/_p /docs/a /docs/b",
                "docs: {exclude: []}                                | /docs/_p /docs/a /docs/b"
                        + " /docs/secret/s /docs/x/y",
                "docs: {include: ['secret/**/*.md', 'a.{md,mdx}']}  | /docs/a /docs/secret/s",
                "docs: {include: ['**/*.md', '!b.md']}              | /docs/a /docs/secret/s"
                        + " /docs/x/y",
                "docs: {numberPrefixParser: false}                  | /docs/01-x/02-y /docs/a"
                        + " /docs/b /docs/secret/s",
                "docs: {disableVersioning: true}                    | /docs/a /docs/b"
                        + " /docs/secret/s /docs/x/y",
            })
    void honoursTheOptionsOfThePlugins(String options, String expected) {
        Tree tree =
                new Tree(folder)
                        .with(
                                "docusaurus.config.js",
                                "module.exports = {presets: [['classic', {" + options + "}]]}")
                        .with("docs/a.md", "x")
                        .with("docs/b.md", "x")
                        .with("docs/_p.md", "x")
                        .with("docs/secret/s.md", "x")
                        .with("docs/01-x/02-y.md", "x");
        List<String> wanted = List.of(expected.split(" "));
        if (options.contains("**/secret/**")) {
            wanted = List.of("/docs/_p", "/docs/a", "/docs/b", "/docs/x/y");
        }

        assertThat(tree.addresses("", SiteSettings.unknown()))
                .extracting(line -> line.substring(line.indexOf(' ') + 1))
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void versionsMayBeDisabled() {
        Tree tree =
                new Tree(folder)
                        .with(
                                "docusaurus.config.js",
                                "module.exports = {presets: [['classic', {docs: {disableVersioning:"
                                        + " true}}]]}")
                        .with("versions.json", "[\"1.0\"]")
                        .with("docs/a.md", "x")
                        .with("versioned_docs/version-1.0/a.md", "x");

        assertThat(tree.addresses("", SiteSettings.unknown())).containsExactly("docs/a.md /docs/a");
    }

    @Test
    void pagesOfMarkdownHaveAddressesAtTheTop() {
        Tree tree =
                new Tree(folder)
                        .with("docusaurus.config.js", "module.exports = {baseUrl: '/b/'}")
                        .with("src/pages/help.md", "x")
                        .with("src/pages/legal/terms.mdx", "x")
                        .with("src/pages/about/index.md", "x")
                        .with("src/pages/own.md", "---\nslug: /mine\n---\nx")
                        .with("src/pages/index.js", "x")
                        .with("src/pages/_part.md", "x");

        assertThat(tree.addresses("", SiteSettings.unknown()))
                .containsExactly(
                        "src/pages/about/index.md /b/about",
                        "src/pages/help.md /b/help",
                        "src/pages/legal/terms.mdx /b/legal/terms",
                        "src/pages/own.md /b/mine");
    }

    @Test
    void aTranslationTakesThePlaceOfItsOriginal() {
        new Tree(folder)
                .with(
                        "docusaurus.config.js",
                        "module.exports = {i18n: {defaultLocale: 'de', locales: ['de', 'en', 'fr'],"
                                + " localeConfigs: {en: {path: 'english', baseUrl: '/e/', url:"
                                + " 'https://en.example'}, fr: {translate: false}}}}")
                .with("docs/a.md", "# original")
                .with("docs/b.md", "# original")
                .with("i18n/de/docusaurus-plugin-content-docs/current/a.md", "# deutsch")
                .with("i18n/english/docusaurus-plugin-content-docs/current/b.md", "# english")
                .with("i18n/fr/docusaurus-plugin-content-docs/current/b.md", "# français");
        Site site = SiteScan.of(folder, SiteSettings.unknown());
        PageReader reader = new PageReader(site, 1 << 20);
        List<String> pages = new ArrayList<>();
        for (ContentRoot root : site.roots()) {
            PageFinder.find(root, new ArrayList<>())
                    .forEach(file ->
                            reader.read(file, new ArrayList<>())
                                    .forEach(p ->
                                            pages.add(p.file() + " " + p.url() + " " + p.title())));
        }

        assertThat(pages)
                .containsExactly(
                        "docs/a.md /docs/a deutsch",
                        "docs/b.md /docs/b original",
                        "i18n/english/docusaurus-plugin-content-docs/current/b.md"
                                + " https://en.example/e/docs/b english");
    }

    // ---- which site, and how much of it

    @Test
    void versionsAndLanguagesCanBeChosen() {
        Tree tree =
                new Tree(folder)
                        .with(
                                "docusaurus.config.js",
                                "module.exports = {i18n: {defaultLocale: 'en', locales: ['en',"
                                        + " 'fr']}}")
                        .with("versions.json", "[\"2\", \"1\"]")
                        .with("docs/a.md", "x")
                        .with("versioned_docs/version-2/a.md", "x")
                        .with("versioned_docs/version-1/a.md", "x")
                        .with("blog/p.md", "x")
                        .with("i18n/fr/docusaurus-plugin-content-docs/version-2/a.md", "x");

        assertThat(tree.addresses("", chosen(List.of("last"), List.of())))
                .containsExactly(
                        "versioned_docs/version-2/a.md /docs/a",
                        "blog/p.md /blog/p",
                        "i18n/fr/docusaurus-plugin-content-docs/version-2/a.md /fr/docs/a");
        assertThat(tree.addresses("", chosen(List.of("1", "current"), List.of("en"))))
                .containsExactly(
                        "docs/a.md /docs/next/a",
                        "versioned_docs/version-1/a.md /docs/1/a",
                        "blog/p.md /blog/p");
        assertThat(tree.addresses("", chosen(List.of("9"), List.of("fr"))))
                .containsExactly(
                        "i18n/fr/docusaurus-plugin-content-docs/version-2/a.md /fr/docs/a");
        assertThat(SiteScan.of(folder, chosen(List.of("9"), List.of())).warnings())
                .contains(
                        "There is no version 9 of docs; its last version, 2, is read. It has"
                                + " current, 2, 1.");
    }

    private static SiteSettings chosen(List<String> versions, List<String> locales) {
        return new SiteSettings(null, null, null, null, versions, locales);
    }

    @Test
    void findsTheSiteBelowARepositorysRoot() {
        Tree tree =
                new Tree(folder)
                        .with(
                                "website/docusaurus.config.js",
                                "module.exports = {presets: [['classic', {docs: {path:"
                                        + " '../docs'}}]]}")
                        .with("examples/docusaurus.config.js", "module.exports = {}")
                        .with("packages/demo/docusaurus.config.js", "module.exports = {}")
                        .with("README.md", "x")
                        .with("docs/a.md", "x")
                        .with("website/blog/p.md", "x");

        assertThat(tree.addresses("", SiteSettings.unknown()))
                .containsExactly("docs/a.md /docs/a", "blog/p.md /blog/p");
        assertThat(SiteScan.of(folder, SiteSettings.unknown()).notes())
                .startsWith(
                        folder + " is no site, but website in it is, so that is read.",
                        "There is another site in packages/demo; name that folder to read it.");
    }

    @Test
    void findsTheSiteBesideItsDocs() {
        Tree tree =
                new Tree(folder)
                        .with("package.json", "{}")
                        .with(
                                "website/docusaurus.config.js",
                                "module.exports = {baseUrl: '/b/', presets: [['classic', {docs:"
                                        + " {path: '../docs', routeBasePath: '/'}}]]}")
                        .with("docs/a.md", "x");

        assertThat(tree.addresses("docs", SiteSettings.unknown()))
                .containsExactly("docs/a.md /b/a");
    }

    @Test
    void rootsWithTheSameLastFolderAreToldApart() {
        Tree tree =
                new Tree(folder)
                        .with(
                                "website/docusaurus.config.js",
                                "module.exports = {presets: [['classic', {docs: {path:"
                                        + " '../docs'}}]], plugins: [["
                                        + PLUGIN
                                        + ", {id: 'two', path: 'docs', routeBasePath: 'two'}]]}")
                        .with("docs/intro.md", "x")
                        .with("website/docs/intro.md", "x");

        assertThat(tree.addresses("website", SiteSettings.unknown()))
                .containsExactly("docs/intro.md /docs/intro", "website/docs/intro.md /two/intro");
    }

    @Test
    void countsTheMarkdownThatNoPluginWasFoundFor() {
        Tree tree =
                new Tree(folder)
                        .with("docusaurus.config.js", "module.exports = {plugins: [f()]}")
                        .with("docs/a.md", "x")
                        .with("src/components/README.md", "x")
                        .with("node_modules/x/b.md", "x")
                        .with("other/README.md", "x")
                        .with("other/a.md", "x")
                        .with("other/deep/b.mdx", "x")
                        .with("more/c.md", "x");

        assertThat(coverage().warnings())
                .containsExactly(
                        "3 Markdown files belong to no plug-in that was found, in other/ (2), more/"
                                + " (1).");
        assertThat(coverage().underHalf())
                .contains(
                        "ONLY 1 OF 4 MARKDOWN FILES WERE FOUND TO BE PAGES. The warnings above say"
                                + " what could not be read; most readers' questions would find"
                                + " nothing.");

        tree.with("docs/b.md", "x").with("docs/c.md", "x");
        assertThat(coverage().underHalf()).isEmpty();
        assertThat(coverage().warnings()).hasSize(1);
    }

    private Coverage coverage() {
        Site site = SiteScan.of(folder, SiteSettings.unknown());
        List<PageFile> files =
                site.roots().stream()
                        .flatMap(root -> PageFinder.find(root, new ArrayList<>()).stream())
                        .toList();
        return Coverage.of(site, files);
    }
}
