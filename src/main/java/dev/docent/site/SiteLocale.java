package dev.docent.site;

import dev.docent.script.Value;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A language that a site is published in. Source: Docusaurus' {@code i18n.ts}.
 *
 * @param name such as {@code fr}
 * @param folder where its translations are, from the site's root
 * @param translated whether translations are looked for
 * @param host scheme and host of its own; null if it has the site's
 * @param baseUrl how the paths of its addresses begin
 */
record SiteLocale(
        String name, String folder, boolean translated, @Nullable String host, String baseUrl) {

    /** The language that is published without a part of its own in addresses. */
    static SiteLocale standard(SiteConfig config, Path site, String baseUrl) {
        String name = config.text("i18n.defaultLocale", "").orElse("en");
        return of(config, site, name, baseUrl);
    }

    /** The other languages in their order. */
    static List<SiteLocale> others(SiteConfig config, Path site, String baseUrl, String standard) {
        Value named = config.get("i18n.locales");
        Optional<List<String>> listed = config.texts(named, "i18n.locales");
        // Where the list cannot be evaluated, what is translated is the best guess.
        List<String> names =
                named instanceof Value.Absent
                        ? List.of()
                        : listed.orElseGet(() -> folders(site.resolve(path(config))));
        return names.stream()
                .filter(name -> !name.equals(standard))
                .map(name -> of(config, site, name, baseUrl + "/" + name + "/"))
                .toList();
    }

    private static SiteLocale of(SiteConfig config, Path site, String name, String inferred) {
        Value own = config.get("i18n.localeConfigs").get(name);
        String label = "i18n.localeConfigs." + name;
        String folder =
                path(config) + "/" + config.text(own.get("path"), label + ".path", "").orElse(name);
        Optional<String> translate = config.text(own.get("translate"), label + ".translate", "");
        return new SiteLocale(
                name,
                folder,
                translate
                        .map("true"::equals)
                        .orElseGet(() -> Files.isDirectory(site.resolve(folder))),
                config.text(own.get("url"), label + ".url", "")
                        .map(url -> url.replaceAll("(?<!/)/++$", ""))
                        .orElse(null),
                config.text(own.get("baseUrl"), label + ".baseUrl", "").orElse(inferred));
    }

    private static String path(SiteConfig config) {
        return config.text("i18n.path", "").orElse("i18n");
    }

    private static List<String> folders(Path folder) {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> children =
                    Files.newDirectoryStream(folder, Files::isDirectory)) {
                children.forEach(child -> names.add(child.getFileName() + ""));
            } catch (IOException e) {
                return List.of();
            }
        }
        names.sort(null);
        return names;
    }
}
