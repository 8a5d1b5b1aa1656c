package dev.docent.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Finds the files of a WebJar on the class path; its Maven properties name the version. */
final class WebJars {
    private WebJars() {}

    /**
     * The folder of a WebJar's files, ending with a slash.
     *
     * @throws IllegalStateException when the WebJar is not on the class path
     */
    static String folder(String group, String name) {
        String about = "/META-INF/maven/" + group + "/" + name + "/pom.properties";
        try (InputStream in = WebJars.class.getResourceAsStream(about)) {
            if (in == null) {
                throw new IllegalStateException("no WebJar on the class path: " + name);
            }
            Properties properties = new Properties();
            properties.load(in);
            return "/META-INF/resources/webjars/"
                    + name
                    + "/"
                    + properties.getProperty("version")
                    + "/";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
