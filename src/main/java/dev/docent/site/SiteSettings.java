package dev.docent.site;

import org.jspecify.annotations.Nullable;

/**
 * How a site is laid out, as far as the owner says so. What is null is looked for in a {@code
 * docusaurus.config.*} beside the folder, and is Docusaurus' own default where that says nothing.
 *
 * @param siteUrl scheme and host, for example {@code https://docs.example.com}; with none, passages
 *     have the path alone
 * @param baseUrl path of the whole site, default {@code /}
 * @param routeBasePath path of the docs below it, default {@code docs}; {@code /} for a site of
 *     docs alone
 * @param trailingSlash whether addresses end with a slash; default no
 */
public record SiteSettings(
        @Nullable String siteUrl,
        @Nullable String baseUrl,
        @Nullable String routeBasePath,
        @Nullable Boolean trailingSlash) {

    /** Nothing said: all is looked for or default. */
    public static SiteSettings unknown() {
        return new SiteSettings(null, null, null, null);
    }
}
