package dev.docent.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which runs of the tests need a browser. */
class BrowserSetupTest {
    private static final List<String> TESTS = List.of("ChatPageTest", "WidgetTest");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "${test}",
                "ChatPageTest",
                "HouseTest,WidgetTest#opens*",
                "Chat*",
                "dev.docent.http.web.ChatPageTest",
                "**/web/*Test",
                "W?dgetTest.java",
                "!HouseTest",
                "%regex[.*Page.*]"
            })
    void needsOneForAllTestsAndForThoseOfPages(String asked) {
        assertThat(BrowserSetup.needed(asked, TESTS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HouseTest",
                "HouseTest,Postgres*Test",
                "ChatWireTest",
                "House*,!WidgetTest"
            })
    void needsNoneForOthers(String asked) {
        assertThat(BrowserSetup.needed(asked, TESTS)).isFalse();
    }

    @Test
    void knowsTheTestsOfPages() {
        assertThat(BrowserSetup.tests(InstalledBrowser.CHROMIUM))
                .contains("ChatPageTest", "RealServiceTest")
                .doesNotContain("InstalledBrowserTest", "BrowserSetupTest");
        assertThat(BrowserSetup.tests(InstalledBrowser.FIREFOX))
                .contains("DocusaurusTest")
                .doesNotContain("ChatPageTest", "InstalledBrowserTest");
    }
}
