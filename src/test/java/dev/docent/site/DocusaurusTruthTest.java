package dev.docent.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real sites do, read by Docusaurus' own code and by ours. */
class DocusaurusTruthTest {
    @TempDir Path folder;

    @Test
    void readsASiteAsDocusaurusDoes() throws IOException {
        Tree tree = new Tree(folder.resolve("site"));
        tree.with(
                        "docusaurus.config.ts",
                        """
                        import type {Config} from '@docusaurus/types';
                        const BASE = '/base';
                        const more = (id: string) => ['@docusaurus/plugin-content-docs',
                            {id, path: `../${id}`, routeBasePath: id, numberPrefixParser: false}];
                        export default {
                          title: 'T', url: 'https://e.example', baseUrl: `${BASE}/`,
                          trailingSlash: undefined,
                          i18n: {defaultLocale: 'en', locales: ['en', 'fr'],
                            localeConfigs: {fr: {path: 'fr-FR'}}},
                          markdown: {anchors: {maintainCase: true}, format: 'detect'},
                          presets: [['classic', {
                            docs: {exclude: ['**/secret/**'], lastVersion: '1.0'},
                            blog: {routeBasePath: '/news'},
                          }]],
                          plugins: ['sharp', '1', '2'].slice(1).map((n) => more('docs' + n)),
                        } satisfies Config;
                        """)
                .with("package.json", "{\"type\": \"module\"}")
                .with("versions.json", "[\"1.0\", \"0.9\"]")
                .with("versioned_docs/version-1.0/01-guide/02-first.md", "# First\n\nOne.\n")
                .with("versioned_docs/version-0.9/guide/index.md", "# Guide\n\nOld.\n")
                .with("docs/secret/a.md", "# Secret\n")
                .with("docs/draft.md", "---\ndraft: \"true\"\n---\n\n# Draft\n")
                .with("docs/02-part/README.md", "Install it\n----------\n\nRun it.\n")
                .with("docs/02-part/part.md", "---\nslug: ../up/./there\n---\n\n# Up\n\nUp.\n")
                .with("docs/_note.mdx", "## A Note\n\nPartial text {props.name}.\n")
                .with(
                        "docs/page.mdx",
                        """
                        import Note from './_note.mdx';
                        import Again from '@site/docs/_note.mdx';

                        # Page

                        <Figure
                          text={<>It's here</>}
                        />

                        ## Title with badge <Badge text="new" />

                        ## <Badge /> Leading badge

                        ## Options {/* omit in toc */}

                        ## Same `CODE` & _more_

                        ## Same `CODE` & _more_

                        ### Explicit \\{#A.call}

                        ### Comment {/* #by-comment */}

                        ### [A link](./page.mdx) and ![an image](https://e.example/i.png) :rocket:

                        {show && <p>Don't worry</p>}

                        <Tabs values={[{label: 'For npm', value: 'npm'}]}>
                        <TabItem value="npm">Run `npm`.</TabItem>
                        </Tabs>

                        | a | b |
                        | - | - |
                        | 1 | `x | y` |

                        :::tip[A **title**]

                        Careful.

                        :::

                        <Note name="one" />
                        <Again/>

                        ```js title="src/a.js"
                        // highlight-next-line
                        const a = {b: `c`};
                        ```
                        """)
                .with("docs/html.md", "# HTML\n\n## A <kbd>Key</kbd> <!-- #key -->\n\n<b>x</b>\n")
                .with(
                        "i18n/fr-FR/docusaurus-plugin-content-docs/current/html.md",
                        "# Page en français\n\n## Étape 1 : l’été\n\nTexte.\n")
                .with("i18n/fr-FR/docusaurus-plugin-content-docs/current/orphan.md", "# O\n")
                .with("blog/2026-01-02-a-post.md", "---\nauthors: []\n---\n\n# Post\n\nText.\n")
                .with(
                        "blog/2026/02/03/other/index.mdx",
                        "---\nslug: own\n---\n\n# Other\n\nMore.\n")
                .with("src/pages/legal/terms.mdx", "# Terms\n\nAll of them.\n");
        new Tree(folder)
                .with("docs1/01-guide/02-first.md", "# First\n\n## Über uns\n\nA.\n")
                .with("docs2/a b.md", "# Blank\n\nB.\n");

        DocusaurusTruth found = compare();

        assertThat(found.pages()).isEqualTo(13);
        assertThat(found.headings()).isEqualTo(26);
    }

    @Test
    void readsItWithoutWhatIsOnlyThereForOldSites() throws IOException {
        new Tree(folder.resolve("site"))
                .with(
                        "docusaurus.config.js",
                        """
                        module.exports = {title: 'T', url: 'https://e.example', baseUrl: '/',
                          future: {v4: {mdx1CompatDisabledByDefault: true}}, markdown: {format: 'detect'}, trailingSlash: true,
                          plugins: [['@docusaurus/plugin-content-docs', {routeBasePath: '/'}]]};
                        """)
                .with("docs/a.md", "# A\n\n## Of HTML <!-- #html -->\n\nText.\n")
                .with("docs/b.mdx", "# B\n\n## Of MDX {/* #mdx */}\n\nText.\n");

        assertThat(compare().headings()).isEqualTo(4);
    }

    private DocusaurusTruth compare() throws IOException {
        List<String> differences = new ArrayList<>();
        Path work = Files.createDirectory(folder.resolve("work"));
        DocusaurusTruth found =
                DocusaurusTruth.compare(folder.resolve("site"), work, differences::add);
        assertThat(differences).isEmpty();
        assertThat(found.good()).isTrue();
        return found;
    }
}
