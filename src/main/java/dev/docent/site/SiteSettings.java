package dev.docent.site;

import dev.docent.config.SettingsReader;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
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
 * @param versions names of the versions of the docs that are read, where there are several; {@code
 *     last} is the one that addresses without a version lead to; none for all
 * @param locales names of the languages that are read; none for all
 */
public record SiteSettings(
        @Nullable String siteUrl,
        @Nullable String baseUrl,
        @Nullable String routeBasePath,
        @Nullable Boolean trailingSlash,
        List<String> versions,
        List<String> locales) {

    public SiteSettings {
        versions = List.copyOf(versions);
        locales = List.copyOf(locales);
    }

    /** All versions and languages. */
    public SiteSettings(
            @Nullable String siteUrl,
            @Nullable String baseUrl,
            @Nullable String routeBasePath,
            @Nullable Boolean trailingSlash) {
        this(siteUrl, baseUrl, routeBasePath, trailingSlash, List.of(), List.of());
    }

    /** Reads what {@code docs.*} says about the site. */
    public static SiteSettings read(SettingsReader in) {
        return new SiteSettings(
                in.uri("docs.site-url").map(URI::toString).orElse(null),
                in.optionalText("docs.base-url").orElse(null),
                in.optionalText("docs.route-base-path").orElse(null),
                in.optionalFlag("docs.trailing-slash").orElse(null),
                names(in.optionalText("docs.versions").orElse("")),
                names(in.optionalText("docs.locales").orElse("")));
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Nothing is said, so everything is taken from the site or is the default. */
    public static SiteSettings unknown() {
        return new SiteSettings(null, null, null, null);
    }
}
