/**
 * The HTTP interface: routes, the event stream, problems, origins and static files.
 *
 * <p>{@code StaticFiles} is our own, because Helidon's static content leaves compression to an
 * encoding of all answers, and the event stream must have none.
 *
 * <p>Tested by: WireTest, WebPagesTest, HelidonTest, ChatWireTest, HttpProblemTest, RawRequestTest,
 * ServiceDownTest, LiveServiceTest, LifecycleTest; the pages by ChatPageTest, WidgetTest,
 * WidgetAttributesTest, ReaderHabitsTest, InTheMiddleTest, ReadingOnTest, StreamingClientTest,
 * HostileAnswersTest, AccessibilityTest, RealServiceTest, ManualPageTest, DocusaurusTest, and how
 * these get a browser by BrowserSetupTest and InstalledBrowserTest.
 */
@NullMarked
package dev.docent.http;

import org.jspecify.annotations.NullMarked;
