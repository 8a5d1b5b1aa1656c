package dev.docent.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Finds the files of a browser's library on the class path, in a WebJar or a jar of mvnpm; its
 * Maven properties name the version.
 */
final class WebJars {
    private WebJars() {}

    /**
     * The folder of a jar's files, ending with a slash.
     *
     * @throws IllegalStateException when the jar is not on the class path
     */
    static String folder(String group, String name) {
        String about = "/META-INF/maven/" + group + "/" + name + "/pom.properties";
        try (InputStream in = WebJars.class.getResourceAsStream(about)) {
            if (in == null) {
                throw new IllegalStateException("no library on the class path: " + name);
            }
            Properties properties = new Properties();
            properties.load(in);
            String root = group.equals("org.mvnpm") ? "_static" : "webjars";
            return "/META-INF/resources/%s/%s/%s/"
                    .formatted(root, name, properties.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
