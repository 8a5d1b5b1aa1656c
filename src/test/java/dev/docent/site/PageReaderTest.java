package dev.docent.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.markdown.Piece;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page shows of other files, and what it hides. */
class PageReaderTest {
    private static final String OUTSIDE =
            "module.exports = {presets: [['classic', {docs: {path: '../docs'}}]]}";

    @TempDir private Path folder;
    private final List<String> problems = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "./_note.mdx,          docs/_note.mdx",
        "'./\\_note.mdx',      docs/_note.mdx",
        "../shared/note.md,    shared/note.md",
        "@site/parts/note.mdx, website/parts/note.mdx",
        "/parts/note.mdx,      website/parts/note.mdx",
        "/parts/note.mdx,      website/static/parts/note.mdx"
    })
    void aPartialIsFoundWhereDocusaurusFindsIt(String module, String file) {
        Tree tree =
                site().with(file, "Partial text.")
                        .with(
                                "docs/a.mdx",
                                "import Note from '"
                                        + module
                                        + "';\n\n# A\n\nBefore.\n\n<Note/>\n");

        assertThat(text(tree, "docs/a.mdx")).isEqualTo("Before.|Partial text.");
        assertThat(problems).isEmpty();
    }

    @Test
    void aPartialMayHavePartialsOfItsOwn() {
        Tree tree =
                site().with(
                                "shared/outer.mdx",
                                "import Inner from './inner.mdx';\n\nOuter.\n\n<Inner/>\n")
                        .with("shared/inner.mdx", "Inner.")
                        .with("docs/a.mdx", "import O from '../shared/outer.mdx';\n\n<O/>\n");

        assertThat(text(tree, "docs/a.mdx")).isEqualTo("Outer.|Inner.");
    }

    @Test
    void whatIsShownAndNotFoundIsToldWithItsLine() {
        Tree tree =
                site().with(
                                "docs/a.mdx",
                                """
                                ---
                                title: A
                                ---
                                import Gone from './_gone.mdx';
                                import Unused from './_unused.mdx';
                                import Alias from '@global/note.mdx';
                                import code from '!!raw-loader!./gone.py';

                                Text.

                                <Gone/>

                                <Alias/>

                                <CodeBlock>{code}</CodeBlock>
                                """);

        assertThat(text(tree, "docs/a.mdx")).isEqualTo("Text.");
        assertThat(problems)
                .containsExactly(
                        "docs/a.mdx line 4: it shows ./_gone.mdx, which was not found, so that part"
                                + " is missing.",
                        "docs/a.mdx line 6: it shows @global/note.mdx, which was not found, so that"
                                + " part is missing.",
                        "docs/a.mdx line 7: it shows ./gone.py, which was not found, so that part"
                                + " is missing.");
    }

    @Test
    void nothingOutsideOfTheCheckoutIsShown() {
        Tree tree =
                new Tree(folder)
                        .with("secret.md", "Secret.")
                        .with("repo/.git/HEAD", "x")
                        .with("repo/docusaurus.config.js", "module.exports = {}")
                        .with(
                                "repo/docs/a.mdx",
                                "import S from '../../secret.md';\n\nText.\n\n<S/>\n");

        assertThat(text(tree, "repo", "docs/a.mdx")).isEqualTo("Text.");
        assertThat(problems).hasSize(1);
    }

    @Test
    void codeOfALocalFileIsShown() {
        Tree tree =
                site().with("docs/f.py", "print('x')\n")
                        .with(
                                "docs/a.mdx",
                                """
                                import c from '!!raw-loader!./f.py';

                                Text.

                                <CodeBlock language="python">{c}</CodeBlock>
                                """);

        assertThat(text(tree, "docs/a.mdx")).isEqualTo("Text.|```python\nprint('x')\n```");
    }

    @Test
    void aPageOfWhichNothingCouldBeReadIsTold() {
        Tree tree = site().with("docs/a.mdx", "<Component/>\n");

        assertThat(text(tree, "docs/a.mdx")).isEmpty();
        assertThat(problems)
                .containsExactly(
                        "docs/a.mdx has no text that could be read, so it cannot be found.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"true\"", "'TRUE'", "True", "yes", "on", "1", "[x]", "'tru'"})
    void whatMayBeADraftIsNotShown(String value) {
        for (String key : List.of("draft", "unlisted")) {
            problems.clear();
            Tree tree =
                    site().with(
                                    "docs/a.md",
                                    "---\n" + key + ": " + value + "\n---\n\nUnpublished.");

            assertThat(pages(tree, "website", "docs/a.md")).isEmpty();
            assertThat(problems).hasSize(value.toLowerCase(Locale.ROOT).contains("true") ? 0 : 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "\"false\"", "False", ""})
    void whatIsNoDraftIsShown(String value) {
        Tree tree = site().with("docs/a.md", "---\ndraft: " + value + "\n---\n\nPublished.");

        assertThat(text(tree, "docs/a.md")).isEqualTo("Published.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"title: a: b\ndraft: true", "a: [", "\"x", "a: 1\na: 2"})
    void frontMatterThatCannotBeReadLeavesThePageOut(String matter) {
        Tree tree = site().with("docs/a.md", "---\n" + matter + "\n---\n\nUnpublished.");

        assertThat(pages(tree, "website", "docs/a.md")).isEmpty();
        assertThat(problems).singleElement().asString().startsWith("its front matter is not YAML");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-02, 2024-01-02",
        "1.10, 1.1",
        "0x1F, 31",
        "yes, yes",
        "12:30, 12:30",
        "~, a"
    })
    void plainWordsInFrontMatterAreReadAsDocusaurusReadsThem(String written, String title) {
        Tree tree = site().with("docs/a.md", "---\ntitle: " + written + "\n---\n\nText.");

        assertThat(pages(tree, "website", "docs/a.md"))
                .extracting(Page::title)
                .containsExactly(title);
    }

    private Tree site() {
        return new Tree(folder).with("website/docusaurus.config.js", OUTSIDE);
    }

    private String text(Tree tree, String file) {
        return text(tree, "website", file);
    }

    private String text(Tree tree, String dir, String file) {
        return pages(tree, dir, file).stream()
                .flatMap(page -> page.sections().stream())
                .flatMap(section -> section.pieces().stream())
                .map(Piece::text)
                .collect(Collectors.joining("|"));
    }

    private List<Page> pages(Tree tree, String dir, String file) {
        Site site = SiteScan.of(tree.folder.resolve(dir), SiteSettings.unknown());
        PageReader reader = new PageReader(site, 1 << 20);
        List<Page> pages = new ArrayList<>();
        for (ContentRoot root : site.roots()) {
            for (PageFile page : PageFinder.find(root, new ArrayList<>())) {
                if (page.file().equals(file)) {
                    try {
                        pages.addAll(reader.read(page, problems));
                    } catch (SourceText.UnreadableException e) {
                        problems.add(e.reason());
                    }
                }
            }
        }
        return pages;
    }
}
