package dev.docent.http.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the tests look for a browser. */
class InstalledBrowserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Linux      | /usr/bin/chromium
                    Linux      | /snap/bin/chromium
                    Linux      | /opt/google/chrome/chrome
                    Linux      | /home/me/bin/google-chrome-stable
                    Linux      | /home/me/bin/msedge
                    Mac OS X   | /Applications/Google Chrome.app/Contents/MacOS/Google Chrome
                    Mac OS X   | /Users/me/Applications/Chromium.app/Contents/MacOS/Chromium
                    Mac OS X   | /home/me/bin/chromium
                    Windows 11 | C:/Program Files/Google/Chrome/Application/chrome.exe
                    Windows 11 | C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe
                    Windows 11 | C:/Users/me/AppData/Local/Google/Chrome/Application/chrome.exe
                    Windows 11 | /home/me/bin/chrome.exe
                    """)
    void findsABrowserWhereItIsUsuallyInstalled(String system, Path browser) {
        Map<String, String> variables =
                Map.of(
                        "PATH", "/bin" + File.pathSeparator + "/home/me/bin",
                        "HOME", "/Users/me",
                        "ProgramFiles", "C:/Program Files",
                        "ProgramFiles(x86)", "C:/Program Files (x86)",
                        "LOCALAPPDATA", "C:/Users/me/AppData/Local");

        assertThat(InstalledBrowser.find(variables, system, browser::equals)).contains(browser);
    }

    @Test
    void passesOverOneThatDoesNotRun() {
        List<Path> tried = new ArrayList<>();

        assertThat(
                        InstalledBrowser.find(
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

        assertThat(InstalledBrowser.find(variables, "Linux", browser -> true))
                .contains(Path.of("/my/browser"));
        assertThatThrownBy(() ->
                        InstalledBrowser.find(
                                variables, "Linux", browser -> browser.startsWith("/bin")))
                .hasMessage("CHROME_BIN names /my/browser, which does not run.");
    }

    @Test
    void findsNoneWhereThereIsNone() {
        assertThat(InstalledBrowser.find(Map.of(), "Linux", browser -> false)).isEmpty();
    }
}
