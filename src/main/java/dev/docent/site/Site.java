package dev.docent.site;

import dev.docent.markdown.Dialect;
import java.nio.file.Path;
import java.util.List;

/**
 * A site as its folder shows it.
 *
 * @param folder the site's root
 * @param tree the checkout that it is a part of, which no partial may lie outside of
 * @param siteUrl scheme and host without a slash at the end, empty if unknown
 * @param trailingSlash whether addresses end with one
 * @param dialect what {@code .md} files are written in
 * @param maintainCase whether ids of headings keep capital letters
 * @param htmlComments whether comments of HTML may hold ids of headings
 * @param roots the folders that hold pages
 * @param fixed the folders of static files
 * @param whole whether the whole site is meant rather than one folder
 * @param notes what was found or assumed, a sentence each
 * @param warnings what could not be read of the configuration, a sentence each
 */
public record Site(
        Path folder,
        Path tree,
        String siteUrl,
        boolean trailingSlash,
        Dialect dialect,
        boolean maintainCase,
        boolean htmlComments,
        List<ContentRoot> roots,
        List<Path> fixed,
        boolean whole,
        List<String> notes,
        List<String> warnings) {}
