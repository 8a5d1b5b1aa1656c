package dev.docent.site;

import dev.docent.markdown.FrontMatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the address of a page from its path and front matter. Sources: Docusaurus' {@code slug.ts},
 * {@code docs.ts}, {@code blogUtils.ts} and {@code fileToPath}.
 */
final class Addresses {
    private static final Pattern DATED =
            Pattern.compile(
                    "^(?<folder>.*)(?<date>\\d{4}[-/]\\d{1,2}[-/]\\d{1,2})[-/]?(?<text>.*?)(?:/index)?\\.mdx?$");
    private static final Pattern UNDATED = Pattern.compile("(?:/index)?\\.mdx?$");

    private static final Pattern INDEX = Pattern.compile("(?i)(^|/)index$");

    private final Site site;

    Addresses(Site site) {
        this.site = site;
    }

    /** What Docusaurus calls a page: its front matter's id, or the file's name. */
    static String id(PageFile file, FrontMatter matter) {
        String name = stem(file.relative());
        return matter.text("id")
                .orElseGet(() -> prefixes(file, matter) ? NumberPrefix.strip(name) : name);
    }

    /** The address of the page, only its path where the host is not known. */
    String url(PageFile file, FrontMatter matter) {
        String host = file.root().host();
        return (host == null ? site.siteUrl() : host) + path(file, matter);
    }

    private String path(PageFile file, FrontMatter matter) {
        String slug =
                switch (file.root().kind()) {
                    case BLOG -> matter.text("slug").orElseGet(() -> blogSlug(file.relative()));
                    case PAGES -> matter.text("slug").orElseGet(() -> pageSlug(file.relative()));
                    case DOCS -> docSlug(file, matter);
                };
        String path = ("/" + file.root().base() + "/" + slug).replaceAll("/{2,}", "/");
        String bare =
                path.length() > 1 && path.endsWith("/")
                        ? path.substring(0, path.length() - 1)
                        : path;
        return encoded(site.trailingSlash() && bare.length() > 1 ? bare + "/" : bare);
    }

    private static String docSlug(PageFile file, FrontMatter matter) {
        Optional<String> slug = matter.text("slug").filter(s -> !s.isEmpty());
        int slash = file.relative().lastIndexOf('/');
        String folder = slash < 0 ? "" : file.relative().substring(0, slash);
        String stripped = prefixes(file, matter) ? NumberPrefix.stripPath(folder) : folder;
        if (slug.isEmpty() && isIndex(stem(file.relative()), folder)) {
            return stripped;
        }
        return resolve(stripped, slug.orElseGet(() -> id(file, matter)));
    }

    private static boolean isIndex(String name, String folder) {
        String last = folder.substring(folder.lastIndexOf('/') + 1);
        return List.of("index", "readme", last.toLowerCase(Locale.ROOT))
                .contains(name.toLowerCase(Locale.ROOT));
    }

    private static String resolve(String folder, String slug) {
        Deque<String> segments = new ArrayDeque<>();
        String whole = slug.startsWith("/") ? slug : folder + "/" + slug;
        for (String segment : whole.split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return String.join("/", segments);
    }

    private static String blogSlug(String relative) {
        Matcher dated = DATED.matcher(relative);
        return dated.matches()
                ? dated.group("date").replace('-', '/')
                        + "/"
                        + dated.group("folder")
                        + dated.group("text")
                : UNDATED.matcher(relative).replaceFirst("");
    }

    /** Source: Docusaurus' {@code fileToPath}. */
    private static String pageSlug(String relative) {
        String bare = relative.replaceFirst("\\.[^./]*$", "");
        return INDEX.matcher(bare).replaceFirst("$1");
    }

    private static boolean prefixes(PageFile file, FrontMatter matter) {
        return file.root().rules().numberPrefixes()
                && !Boolean.FALSE.equals(matter.values().get("parse_number_prefixes"));
    }

    private static String stem(String relative) {
        String name = relative.substring(relative.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /**
     * Percent-encodes only characters that would end an address in running text; letters of all
     * scripts stay readable.
     */
    private static String encoded(String path) {
        StringBuilder out = new StringBuilder();
        path.chars()
                .forEach(c -> {
                    if (c <= ' ' || "\"<>\\^`{|}?#".indexOf(c) >= 0) {
                        out.append(String.format(Locale.ROOT, "%%%02X", c));
                    } else {
                        out.append((char) c);
                    }
                });
        return out.toString();
    }
}
