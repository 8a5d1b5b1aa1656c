package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the jar says of its own licence and of those of the libraries that go with it. */
class LicensesTest {

    @Test
    void theJarHoldsItsOwnLicence() throws IOException {
        assertThat(text("/META-INF/LICENSE").strip())
                .startsWith("Apache License\n                           Version 2.0, January 2004")
                .contains("END OF TERMS AND CONDITIONS");
    }

    @Test
    void everyLibraryIsNamedWithItsVersionAndLicence() throws IOException {
        // A repository keeps a jar under artifact/version.
        List<String> libraries =
                Pattern.compile(File.pathSeparator)
                        .splitAsStream(Files.readString(Path.of("target/runtime-class-path")))
                        .map(jar -> jar.strip().split("[/\\\\]"))
                        .map(path -> path[path.length - 3] + ":" + path[path.length - 2])
                        .toList();
        List<String> named =
                text("/META-INF/THIRD-PARTY")
                        .lines()
                        .filter(line -> line.matches("[\\w.-]+:[\\w.-]+:[\\w.-]+: \\S.*"))
                        .map(line -> line.replaceFirst("[^:]+:", "").replaceFirst(": .*", ""))
                        .toList();

        assertThat(libraries).hasSizeGreaterThan(80).isSubsetOf(named);
    }

    @Test
    void theTextsThatALibraryLacksAreThere() throws IOException {
        assertThat(text("/META-INF/THIRD-PARTY"))
                .contains("all-MiniLM-L6-v2 by sentence-transformers,\nApache-2.0")
                .contains("Copyright (c) Microsoft Corporation")
                .contains("Copyright (c) 2018+, MarkedJS")
                .contains("Copyright 2008 Google Inc.")
                .contains("Permission is hereby granted, free of charge");
    }

    private static String text(String resource) throws IOException {
        try (var in = LicensesTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
