package dev.docent.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressesTest {
    private static final SiteSettings DEFAULT = SiteSettings.unknown();

    @TempDir Path folder;

    private Tree tree() {
        return new Tree(folder);
    }

    @Test
    void anIndexAReadmeAndAFileNamedAsItsFolderStandForTheFolder() {
        assertThat(
                        tree().with("docs/index.md", "x")
                                .with("docs/a/README.md", "x")
                                .with("docs/b/b.mdx", "x")
                                .with("docs/c/other.md", "x")
                                .addresses("docs", DEFAULT))
                .containsExactly(
                        "docs/a/README.md /docs/a",
                        "docs/b/b.mdx /docs/b",
                        "docs/c/other.md /docs/c/other",
                        "docs/index.md /docs");
    }

    @Test
    void numbersThatOrderAreNoPartOfAnAddressButDatesAndVersionsAre() {
        assertThat(
                        tree().with("docs/01-guides/02. first.md", "x")
                                .with("docs/01-guides/2021-11-05-news.md", "x")
                                .with("docs/01-guides/8.0-release.md", "x")
                                .with(
                                        "docs/01-guides/03-kept.md",
                                        "---\nparse_number_prefixes: false\n---\nx")
                                .with("docs/01-guides/100 - many.md", "x")
                                .addresses("docs", DEFAULT))
                .containsExactlyInAnyOrder(
                        "docs/01-guides/02. first.md /docs/guides/first",
                        "docs/01-guides/03-kept.md /docs/01-guides/03-kept",
                        "docs/01-guides/100 - many.md /docs/guides/many",
                        "docs/01-guides/2021-11-05-news.md /docs/guides/2021-11-05-news",
                        "docs/01-guides/8.0-release.md /docs/guides/8.0-release");
    }

    @Test
    void frontMatterDecidesWithSlugThenId() {
        assertThat(
                        tree().with("docs/a/1.md", "---\nslug: /top\n---\nx")
                                .with("docs/a/2.md", "---\nslug: near\n---\nx")
                                .with("docs/a/3.md", "---\nslug: ../up\n---\nx")
                                .with("docs/a/4.md", "---\nid: CamelCase\n---\nx")
                                .with("docs/a/index.md", "---\nslug: /\n---\nx")
                                .with("docs/a/readme.md", "---\nid: named\n---\nx")
                                .addresses("docs", DEFAULT))
                .containsExactly(
                        "docs/a/1.md /docs/top",
                        "docs/a/2.md /docs/a/near",
                        "docs/a/3.md /docs/up",
                        "docs/a/4.md /docs/a/CamelCase",
                        "docs/a/index.md /docs",
                        "docs/a/readme.md /docs/a");
    }

    @Test
    void settingsGiveHostBaseRouteAndSlash() {
        Tree tree = tree().with("docs/index.md", "x").with("docs/a.md", "x");
        assertThat(tree.addresses("docs", new SiteSettings("https://x.org/", "/base/", "/", true)))
                .containsExactly(
                        "docs/a.md https://x.org/base/a/", "docs/index.md https://x.org/base/");
        assertThat(tree.addresses("docs", new SiteSettings("", "/", "/", false)))
                .containsExactly("docs/a.md /a", "docs/index.md /");
    }

    @Test
    void encodesOnlyWhatWouldEndAnAddress() {
        assertThat(tree().with("docs/Über uns.md", "x").addresses("docs", DEFAULT))
                .containsExactly("docs/Über uns.md /docs/Über%20uns");
    }

    @Test
    void leavesOutDraftsUnlistedPagesPartialsAndWhatIsHidden() {
        assertThat(
                        tree().with("docs/draft.md", "---\ndraft: true\n---\nx")
                                .with("docs/text.md", "---\ndraft: \"true\"\n---\nx")
                                .with("docs/capitals.md", "---\ndraft: 'True'\n---\nx")
                                .with("docs/unlisted.md", "---\nunlisted: true\n---\nx")
                                .with("docs/unlisted2.md", "---\nunlisted: \"true\"\n---\nx")
                                .with("docs/_partial.md", "x")
                                .with("docs/_folder/a.md", "x")
                                .with("docs/.git/a.md", "x")
                                .with("docs/node_modules/a.md", "x")
                                .with("docs/image.png", "x")
                                .with("docs/page.md", "x")
                                .addresses("docs", DEFAULT))
                .containsExactly("docs/page.md /docs/page");
    }
}
