package dev.docent.site;

import dev.docent.config.SettingsReader;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How a site is laid out, as far as the owner says. What is null is taken from a {@code
 * docusaurus.config.*} in or above the folder, and otherwise is Docusaurus' default.
 *
 * @param siteUrl scheme and host, for example {@code https://docs.example.com}; without it,
 *     passages have only the path
 * @param baseUrl path of the whole site, default {@code /}
 * @param routeBasePath path of the docs below it, default {@code docs}; {@code /} for a site that
 *     is all docs
 * @param trailingSlash whether addresses end with a slash; default no
 */
public record SiteSettings(
        @Nullable String siteUrl,
        @Nullable String baseUrl,
        @Nullable String routeBasePath,
        @Nullable Boolean trailingSlash) {

    /** Reads what {@code docs.*} says about the site. */
    public static SiteSettings read(SettingsReader in) {
        return new SiteSettings(
                in.uri("docs.site-url").map(URI::toString).orElse(null),
                in.optionalText("docs.base-url").orElse(null),
                in.optionalText("docs.route-base-path").orElse(null),
                in.optionalFlag("docs.trailing-slash").orElse(null));
    }

    /** Nothing is said, so everything is taken from the site or is the default. */
    public static SiteSettings unknown() {
        return new SiteSettings(null, null, null, null);
    }
}
