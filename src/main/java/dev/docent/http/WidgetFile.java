package dev.docent.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The widget's first file as a site may host it itself: a button that is there although the service
 * sleeps, and loads all else from the service when it is pressed.
 */
public final class WidgetFile {
    private static final String UNSET = "const SERVICE = '';";

    private WidgetFile() {}

    /**
     * The file's text.
     *
     * @param service root of the service, as browsers reach it
     */
    public static String text(URI service) {
        String name = WebPages.FOLDER + "widget.js";
        try (InputStream in = WidgetFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no such page: " + name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String address = service.toASCIIString().replace("'", "%27");
            return WebPages.compact(text).replace(UNSET, "const SERVICE = '" + address + "';");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
