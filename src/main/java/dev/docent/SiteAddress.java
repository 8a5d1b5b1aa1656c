package dev.docent;

import dev.docent.failure.DependencyException;
import dev.docent.rag.PassageIndex;
import dev.docent.site.SiteSettings;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** The address of the documentation's site, for sources whose URL is only a path. */
final class SiteAddress {
    private SiteAddress() {}

    /**
     * The address below which the site's pages are: the configured one, otherwise that of indexed
     * passages, otherwise the first site that may use the service; for the project's own manual,
     * the service itself.
     *
     * @return an address that ends with a slash, relative to the service for the manual
     */
    static Optional<String> of(Settings settings, PassageIndex index) {
        SiteSettings site = settings.docs().site();
        if (site.siteUrl() != null) {
            String base = Objects.requireNonNullElse(site.baseUrl(), "/");
            URI url = URI.create(site.siteUrl());
            return Optional.of(url.resolve(base.endsWith("/") ? base : base + "/").toString());
        }
        if (settings.mode() == Settings.Mode.DEMO && settings.docs().dir() == null) {
            return Optional.of("/");
        }
        return indexed(index).or(() -> allowed(settings));
    }

    private static Optional<String> indexed(PassageIndex index) {
        try {
            return index.search("how to start set up configure what why", null, 1).hits().stream()
                    .map(hit -> hit.passage().url())
                    .filter(Objects::nonNull)
                    .filter(url -> url.matches("https?://[^/]+/.*"))
                    .map(url -> URI.create(url).resolve("/").toString())
                    .findFirst();
        } catch (DependencyException e) {
            return Optional.empty();
        }
    }

    /** The first allowed site, preferably one that is not on the owner's machine. */
    private static Optional<String> allowed(Settings settings) {
        Predicate<String> own =
                origin -> origin.matches("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
        return settings.origins().entries().stream()
                .filter(origin -> !origin.contains("*") && !origin.endsWith(".hf.space"))
                .sorted((a, b) -> Boolean.compare(own.test(a), own.test(b)))
                .map(origin -> origin + "/")
                .findFirst();
    }
}
