package dev.docent.http.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A small site in the manner of Docusaurus: Infima's variables, a theme switch, pages that change
 * without loading, and a policy that lets in nothing without its nonce but the service.
 */
final class DocumentationSite implements AutoCloseable {
    private final ScriptedService pages = new ScriptedService();
    private String service;
    private final String template;
    private String language = "en";
    private String attributes = "";
    private String style = "";
    private String policy =
            "default-src 'none'; script-src 'nonce-n'; style-src 'nonce-n'; base-uri 'none'; connect-src SERVICE";

    DocumentationSite(String service) throws IOException {
        this.service = service;
        try (InputStream file = DocumentationSite.class.getResourceAsStream("site.html")) {
            template = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        publish();
    }

    String origin() {
        return pages.address("localhost");
    }

    /** The address of the service whose widget it carries. */
    void service(String address) {
        service = address;
        publish();
    }

    void language(String tag) {
        language = tag;
        publish();
    }

    /** Further attributes of the widget's script. */
    void script(String text) {
        attributes = text;
        publish();
    }

    /** Rules of the site's own for its elements, or for all. */
    void style(String css) {
        style = css;
        publish();
    }

    /** Its Content-Security-Policy, in which SERVICE stands for the service's address. */
    void policy(String text) {
        policy = text;
        publish();
    }

    @Override
    public void close() {
        pages.close();
    }

    private void publish() {
        String html =
                template.replace("LANGUAGE", language)
                        .replace("SERVICE", service)
                        .replace("</style>", style + "</style>")
                        .replace("ATTRIBUTES", attributes);
        String header = policy.replace("SERVICE", service);
        var page = ScriptedService.with(200, "text/html", html, "Content-Security-Policy", header);
        pages.on("/docs/intro", page).on("/docs/next", page).on("/docs/setup", page);
        pages.on("/favicon.ico", ScriptedService.with(204, "image/png", ""));
    }
}
