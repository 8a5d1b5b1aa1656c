package dev.docent.cli;

import dev.docent.http.WidgetFile;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code docent widget}: writes the one file that a site hosts itself to have the widget. */
@Command(
        name = "widget",
        description =
                "Writes docent.js, the widget's button, into a folder of static files of a site.",
        mixinStandardHelpOptions = true)
final class WidgetCommand implements Callable<Integer> {
    private static final String NAME = "docent.js";

    @Parameters(
            paramLabel = "DIR",
            description = "The site's folder of static files, with Docusaurus: static.")
    private Path folder = Path.of("static");

    @Option(
            names = "--api",
            required = true,
            paramLabel = "URL",
            description = "Address of the service, such as https://USERNAME-rag-chatbot.hf.space.")
    private URI api = URI.create("");

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @Override
    public Integer call() {
        String scheme = api.getScheme();
        if (api.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
            err.println("docent: --api has to be an address that begins with https:// or http://.");
            return ExitCode.USAGE;
        }
        if (!Files.isDirectory(folder)) {
            err.println("docent: " + folder + " is no folder.");
            return ExitCode.FAILED;
        }
        try {
            Files.writeString(folder.resolve(NAME), WidgetFile.text(api));
        } catch (IOException e) {
            err.println(
                    "docent: " + folder.resolve(NAME) + " cannot be written: " + e.getMessage());
            return ExitCode.FAILED;
        }
        out.println("Wrote " + folder.resolve(NAME) + ". With Docusaurus, load it by");
        out.println("scripts: [{ src: '/" + NAME + "', defer: true }]");
        out.println("with the site's baseUrl before it, where that is not \"/\".");
        return ExitCode.OK;
    }
}
