package dev.docent.http.web;

import static dev.docent.http.web.InstalledBrowser.CHROMIUM;
import static dev.docent.http.web.InstalledBrowser.FIREFOX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the tests look for a browser. */
class InstalledBrowserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    CHROMIUM | Linux      | /usr/bin/chromium
                    CHROMIUM | Linux      | /snap/bin/chromium
                    CHROMIUM | Linux      | /opt/google/chrome/chrome
                    CHROMIUM | Linux      | /home/me/bin/google-chrome-stable
                    CHROMIUM | Linux      | /home/me/bin/msedge
                    CHROMIUM | Mac OS X   | /Applications/Google Chrome.app/Contents/MacOS/Google Chrome
                    CHROMIUM | Mac OS X   | /Users/me/Applications/Chromium.app/Contents/MacOS/Chromium
                    CHROMIUM | Mac OS X   | /home/me/bin/chromium
                    CHROMIUM | Windows 11 | C:/Program Files/Google/Chrome/Application/chrome.exe
                    CHROMIUM | Windows 11 | C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe
                    CHROMIUM | Windows 11 | C:/Users/me/AppData/Local/Google/Chrome/Application/chrome.exe
                    CHROMIUM | Windows 11 | /home/me/bin/chrome.exe
                    FIREFOX  | Linux      | /usr/bin/firefox
                    FIREFOX  | Linux      | /usr/lib/firefox-esr/firefox-esr
                    FIREFOX  | Linux      | /home/me/bin/firefox-esr
                    FIREFOX  | Mac OS X   | /Applications/Firefox.app/Contents/MacOS/firefox
                    FIREFOX  | Mac OS X   | /Users/me/Applications/Firefox.app/Contents/MacOS/firefox
                    FIREFOX  | Windows 11 | C:/Program Files/Mozilla Firefox/firefox.exe
                    FIREFOX  | Windows 11 | /home/me/bin/firefox.exe
                    """)
    void findsABrowserWhereItIsUsuallyInstalled(
            InstalledBrowser wanted, String system, Path browser) {
        Map<String, String> variables =
                Map.of(
                        "PATH", "/bin" + File.pathSeparator + "/home/me/bin",
                        "HOME", "/Users/me",
                        "ProgramFiles", "C:/Program Files",
                        "ProgramFiles(x86)", "C:/Program Files (x86)",
                        "LOCALAPPDATA", "C:/Users/me/AppData/Local");

        assertThat(wanted.find(variables, system, browser::equals)).contains(browser);
        InstalledBrowser other = wanted == CHROMIUM ? FIREFOX : CHROMIUM;
        assertThat(other.find(variables, system, browser::equals)).isEmpty();
    }

    @Test
    void passesOverOneThatDoesNotRun() {
        List<Path> tried = new ArrayList<>();

        assertThat(
                        CHROMIUM.find(
                                Map.of("PATH", "/one" + File.pathSeparator + "/two"),
                                "Linux",
                                browser -> {
                                    tried.add(browser);
                                    return browser.startsWith("/two");
                                }))
                .contains(Path.of("/two/chromium"));
        assertThat(tried).contains(Path.of("/one/chromium"), Path.of("/one/msedge"));
    }

    @Test
    void looksForNoOtherThanTheOneThatIsNamed() {
        Map<String, String> variables = Map.of("CHROME_BIN", "/my/browser", "PATH", "/bin");

        assertThat(CHROMIUM.find(variables, "Linux", browser -> true))
                .contains(Path.of("/my/browser"));
        assertThatThrownBy(() ->
                        CHROMIUM.find(variables, "Linux", browser -> browser.startsWith("/bin")))
                .hasMessage("CHROME_BIN names /my/browser, which does not run.");
    }

    @Test
    void findsNoneWhereThereIsNone() {
        assertThat(CHROMIUM.find(Map.of(), "Linux", browser -> false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "echo Mozilla Firefox 153.8.0esr, true",
        "echo Mozilla Firefox 140.12.0esr, false",
        "echo Mozilla Firefox 153.8.0esr; exit 1, false",
        "echo Mozilla Firefox 153.8 # exec /snap/bin/firefox, false",
        "echo Command not found, false"
    })
    void takesAFirefoxThatCanBeDriven(String script, boolean taken, @TempDir Path folder)
            throws IOException {
        Path program = Files.writeString(folder.resolve("firefox"), "#!/bin/sh\n" + script + "\n");
        assertThat(FIREFOX.runs(program)).isFalse();
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(FIREFOX.runs(program)).isEqualTo(taken);
    }
}
