package dev.docent;

import dev.docent.config.DatabaseUrl;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the owner's words about a failure may name, and strangers need not know. */
final class Whereabouts {
    /** A shorter name is a part of many words. */
    private static final int SHORTEST = 4;

    private Whereabouts() {}

    /** Hosts, users, databases and folders of the settings, the longest first. */
    static List<String> of(Settings settings) {
        Set<String> names = new LinkedHashSet<>();
        if (settings.qdrant().url() != null) {
            names.add(settings.qdrant().url().host());
        }
        DatabaseUrl database = settings.database().url();
        if (database != null) {
            database.hosts().forEach(host -> names.add(host.name()));
            names.add(database.user());
            names.add(database.database());
        }
        URI gemini = settings.gemini().baseUrl();
        if (!String.valueOf(gemini.getHost()).endsWith(".googleapis.com")) {
            names.add(String.valueOf(gemini.getHost()));
        }
        addFolder(names, settings.data());
        addFolder(names, settings.docs().dir());
        addFolder(names, settings.docs().prepared());
        return names.stream()
                .filter(name -> name.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static void addFolder(Set<String> names, @Nullable Path folder) {
        if (folder != null) {
            names.add(folder.toString());
            names.add(folder.toAbsolutePath().toString());
        }
    }
}
