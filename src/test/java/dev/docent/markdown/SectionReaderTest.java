package dev.docent.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionReaderTest {

    @Test
    void givesHeadingsTheIdsThatDocusaurusGivesThem() {
        assertThat(
                        Outline.of(
                                """
                                # 📦 plug-in
                                ## What's *new* in `v2.0`?
                                ## Again
                                ## Again
                                ## Again 1
                                ## Fast Track ⏱️ {#fast}
                                ## Commented {/* #own-id */}
                                ## Überblick über die straße
                                ## `addRoute(config: RouteConfig): void` {#addRoute}
                                ## [Linked](https://x.org) heading[\u200b](#x "Direct link")
                                ## <a name="old"></a>`setting`
                                ### a:b and 10:30
                                """
                                        .replace("\u200b", "")))
                .containsExactly(
                        "1 -plug-in 📦 plug-in",
                        "2 whats-new-in-v20 What's new in v2.0?",
                        "2 again Again",
                        "2 again-1 Again",
                        "2 again-1-1 Again 1",
                        "2 fast Fast Track ⏱️",
                        "2 own-id Commented",
                        "2 überblick-über-die-straße Überblick über die straße",
                        "2 addRoute addRoute(config: RouteConfig): void",
                        "2 linked-heading Linked heading",
                        "2 setting setting",
                        "3 a-and-1030 a:b and 10:30");
    }

    @Test
    void tagsDoNotSwallowTheMarkdownBetweenThem() {
        assertThat(
                        Outline.of(
                                """
                                import Tabs from '@theme/Tabs';

                                <Tabs groupId="os" values={[
                                  {label: 'x', value: 'y'},

                                ]}>
                                  <TabItem value="mac" label="macOS">
                                    ## Heading within

                                    Some `code` and **bold** [link](x.md).

                                    ```bash title="shell" {1}
                                    # highlight-next-line
                                    brew install it
                                      indented
                                    ```

                                  </TabItem>
                                </Tabs>
                                After it.
                                """))
                .containsExactly(
                        "macOS",
                        "2 heading-within Heading within",
                        "Some `code` and bold link.",
                        "shell\n\n```bash\nbrew install it\n  indented\n```",
                        "After it.");
    }

    @Test
    void keepsAdmonitionsWithTitleAndTextHoweverNested() {
        assertThat(
                        Outline.of(
                                """
                                :::::info Parent
                                Outer.
                                ::::danger[The *child*]{.css #id}
                                Inner.
                                :::tip
                                ```md
                                :::
                                ```
                                :::
                                ::::
                                Outer again.
                                :::::
                                Outside.
                                """))
                .containsExactly(
                        "Parent",
                        "Outer.",
                        "The child",
                        "Inner.",
                        "```md\n:::\n```",
                        "Outer again.",
                        "Outside.");
    }

    @Test
    void fencesHideWhatLooksLikeMarkdown() {
        assertThat(
                        Outline.of(
                                """
                                ````md
                                ```js
                                import x from 'y'
                                # no heading
                                ```
                                ````

                                - item

                                  ```js
                                  // no heading
                                  ```

                                > ~~~
                                > # nor this
                                > ~~~

                                import y from 'z'
                                """))
                .containsExactly(
                        "````md\n```js\nimport x from 'y'\n# no heading\n```\n````",
                        "- item",
                        "  ```js\n  // no heading\n  ```",
                        "```\n# nor this\n```");
    }

    @Test
    void readsAnMdxCodeBlockAsThePageItIs() {
        assertThat(
                        Outline.of(
                                """
                                ## One
                                ```mdx-code-block
                                import X from './x';

                                <Tabs>
                                <TabItem value="npm">

                                ## One

                                Text.

                                </TabItem>
                                </Tabs>
                                ```
                                """))
                .containsExactly("2 one One", "npm", "2 one-1 One", "Text.");
    }

    @Test
    void dropsCommentsScriptsAndExpressionsButKeepsStrings() {
        assertThat(
                        Outline.of(
                                """
                                {/* a comment

                                over lines */}
                                <!-- another

                                one -->
                                export const data = {
                                  a: 1,

                                  b: 2,
                                };

                                <Head>
                                  <title>Not seen</title>
                                </Head>
                                {items.map((x) => <li>{x}</li>)}

                                Version{' '}
                                {'2'} of {name} {/* gone */}here.<br/>Next line.
                                """))
                .containsExactly("Version 2 of {name} here.\nNext line.");
    }

    @Test
    void fencesInListsAndQuotesStayWhole() {
        assertThat(
                        Outline.of(
                                """
                                1. Run:

                                   ```sh title="run.sh"
                                   docent serve

                                   # not a heading
                                   ```

                                > Quoted:
                                >
                                > ~~~~js {1}
                                > import x from 'y';
                                > ~~~
                                > ~~~~
                                """))
                .containsExactly(
                        "1. Run:",
                        "   run.sh\n\n   ```sh\n   docent serve\n\n   # not a heading\n   ```",
                        "Quoted:",
                        "```js\nimport x from 'y';\n~~~\n```");
    }

    @Test
    void entitiesAndEscapesInHeadingsAreReadAsTheyAreShown() {
        assertThat(Outline.of("### `roots` \\[array&lt;string&gt;]\n\n### a \\_b\\_ &amp; c\n"))
                .containsExactly(
                        "3 roots-arraystring roots [array<string>]", "3 a-_b_--c a _b_ & c");
    }

    @Test
    void importsMayShareALineAndGoOnOnTheNext() {
        assertThat(
                        Outline.of(
                                """
                                import Tabs from '@theme/Tabs'; import TabItem from '@theme/TabItem'; import * as all from './all.js';

                                import One from './\\_one.md'; import
                                Two from './\\_two.md';

                                <Two />

                                import is a word here; import Tabs from '@theme/Tabs';
                                """,
                                Dialect.MDX,
                                module ->
                                        Optional.of(
                                                new Partials.Partial(
                                                        "Here is " + module + ".",
                                                        Dialect.MDX,
                                                        Partials.NONE))))
                .containsExactly(
                        "Here is ./_two.md.",
                        "import is a word here; import Tabs from '@theme/Tabs';");
    }

    @Test
    void readsTablesInPipesAndInTags() {
        assertThat(
                        Outline.of(
                                """
                                Name | Use
                                --- | ---
                                `a\\|b` | **one** [two](x)

                                <table>
                                  <tr><th>Plugin</th><th>Key</th></tr>
                                  <tr>
                                    <td rowspan="2">meltano</td>
                                    <td><code>A</code></td>
                                  </tr>
                                  <tr>
                                    <td>B</td>
                                  </tr>
                                </table>
                                """))
                .containsExactly(
                        "| Name | Use |\n| --- | --- |\n| `a\\|b` | one two |",
                        "| Plugin | Key |\n| --- | --- |\n| meltano | `A` |\n| meltano | B |");
    }

    @Test
    void takesNoTableWhoseHeadIsShorterThanItsRowOfDashes() {
        assertThat(Outline.of("| A |\n| --- | --- |\n| one | two |\n"))
                .containsExactly("| A | | --- | --- | | one | two |");
        assertThat(Outline.of("A \\| B | C |\n--- | ---\none | two\n"))
                .containsExactly("| A \\| B | C |\n| --- | --- |\n| one | two |");
    }

    @Test
    void keepsListsWithTheirNestingAndImagesByTheirText() {
        assertThat(
                        Outline.of(
                                """
                                3. three
                                   - nested ![a picture](x.png)

                                     more
                                4. four <https://x.org/y>

                                <details>
                                <summary>Open **me**</summary>

                                Hidden text.
                                </details>
                                """))
                .containsExactly(
                        "3. three",
                        "   - nested a picture",
                        "     more",
                        "4. four https://x.org/y",
                        "Open me",
                        "Hidden text.");
    }

    @Test
    void showsAPartialWhereItIsIncludedWithItsOwnIds() {
        Partials partials =
                module ->
                        Optional.ofNullable(
                                        Map.of("./_note.mdx", "## Usage\n\nShared text.")
                                                .get(module))
                                .map(text ->
                                        new Partials.Partial(text, Dialect.MDX, Partials.NONE));
        assertThat(
                        Outline.of(
                                """
                                import Note from './_note.mdx';

                                ## Usage

                                Own.

                                <Note name="x" />

                                After.
                                """,
                                Dialect.MDX,
                                partials))
                .containsExactly(
                        "2 usage Usage", "Own.", "2 usage Usage", "Shared text.", "After.");
    }

    @Test
    void aPartialThatIncludesItselfEnds() {
        Partials[] partials = new Partials[1];
        String source = "import A from './a.md'\n\nText\n\n<A/>\n\n<A/>\n";
        partials[0] = module -> Optional.of(new Partials.Partial(source, Dialect.MDX, partials[0]));
        assertThat(Outline.of(source, Dialect.MDX, partials[0])).hasSizeBetween(8, 201);
    }

    @Test
    void plainMarkdownHasIndentedCodeAndBraces() {
        assertThat(
                        Outline.of(
                                """
                                Use {name}.

                                    # code

                                <p align="center">
                                  Centered
                                </p>

                                ## Next
                                """,
                                Dialect.MARKDOWN,
                                Partials.NONE))
                .containsExactly("Use {name}.", "```\n# code\n```", "Centered", "2 next Next");
    }

    @Test
    void textThatOnlyLooksLikeATagStays() {
        assertThat(Outline.of("Keep 1 < 2 and a<b, a <- b, List<String, Integer> too."))
                .containsExactly("Keep 1 < 2 and a<b, a <- b, List<String, Integer> too.");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void readsAHeadingThatIsUnderlined(Dialect dialect) {
        assertThat(
                        Outline.of(
                                """
                                # Page

                                Intro.

                                Install it
                                ----------

                                Run it.

                                Use it
                                ======

                                Run more.
                                """,
                                dialect,
                                Partials.NONE))
                .containsSubsequence(
                        "2 install-it Install it", "Run it.", "1 use-it Use it", "Run more.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Figure\n  text={<>It's here</>}\n/>",
                "{show && <p>Don't worry</p>}",
                "<Note icon={<b>It's</b>}>Body</Note>",
                "<A b={<C d={<e>it's</e>}>isn't {`}`}</C>} />",
                "{/* it's } a comment */}",
                "<A b={/[/'}]/.test(c)} />",
                "<A b={a / c / d} e={'}'} />",
                "<A b={`x ${c ? `it's ${d}` : '}'} y`} />",
                "<A b={() => { // it's {\n  return 1;\n}} />",
                """
                <A code={`
                import x from 'y';

                export default function a() {
                  return 1;
                }
                `} />\
                """,
                "export const a = <p>It's {b}</p>;",
                "export const data = {\n\n  a: 'b }',\n\n  c: /[}]/,\n};",
                "export const f = () => (\n  <p>\n\n    Isn't it\n\n  </p>\n);",
                """
                export default function Own({children}) {

                  // it's {
                  return <>{children} don't</>;
                }\
                """,
                "<Tab label=\"a > b\" attr='{' />",
                "<Outer a={1 < 2} b={x<y} c={<T,>(z) => z} />",
                "<!-- it's { -->",
                "<A b={{c: [{d: 'e'}], 'f': <g>h</g>}} />"
            })
    void quotesAndBracesCountByWhatTheyAre(String construct) {
        assertThat(Outline.of("# Page\n\n" + construct + "\n\n## Next\n\nText after.\n"))
                .contains("2 next Next")
                .last()
                .isEqualTo("Text after.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a", "<A b={c", "{`a", "<A b={'", "export const a = {", "{/* a"})
    void whatNeverEndsIsTextAndIsTold(String construct) {
        List<Integer> lines = new ArrayList<>();
        Partials partials =
                new Partials() {
                    @Override
                    public Optional<Partial> find(String module) {
                        return Optional.empty();
                    }

                    @Override
                    public void unclosed(int line) {
                        lines.add(line);
                    }
                };

        assertThat(
                        Outline.of(
                                "# Page\n\n" + construct + "\n\n## Next\n\nText after.\n",
                                Dialect.MDX,
                                partials))
                .contains("2 next Next")
                .last()
                .isEqualTo("Text after.");
        assertThat(lines).containsExactly(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Title with badge <Badge text=\"new\" />  | title-with-badge-  | Title with badge",
                "<Badge /> Leading badge                  | -leading-badge     | Leading badge",
                "Options <!-- omit in toc -->             | options-           | Options",
                "title two {#A.__call__}                  | A.call             | title two",
                "title `code` {#own id}                   | own id             | title `code`",
                "title {#a}{#b}                           | b                  | title {#a}",
                "Commented {/* #mine more */}             | mine               | Commented",
                "![Picture](x.png) of it                  | picture-of-it      | Picture of it",
                "Both <A/> and <B/>                       | both--and-         | Both and",
            })
    void anchorsAreThoseOfDocusaurus(String heading, String anchor, String shown) {
        assertThat(Outline.of("## " + heading + "\n"))
                .containsExactly("2 " + anchor + " " + shown.replace("`", ""));
    }

    @Test
    void aLongHeadingHasItsExplicitIdAtTheEnd() {
        String start = "{#" + "a".repeat(200_000);
        assertThat(Outline.of("## " + start + " {#b}\n")).containsExactly("2 b " + start);
    }

    @Test
    void anImportInOneBlockOfCodeServesATagInAnother() {
        Partials partials =
                module ->
                        Optional.of(
                                new Partials.Partial("Partial text.", Dialect.MDX, Partials.NONE));

        assertThat(
                        Outline.of(
                                """
                                ```mdx-code-block
                                import P from "./_p.mdx";
                                ```

                                Before.

                                ```mdx-code-block
                                <P />
                                ```
                                """,
                                Dialect.MDX,
                                partials))
                .containsExactly("Before.", "Partial text.");
    }

    @Test
    void codeThatIsImportedIsShownWhereItStands() {
        Partials partials =
                new Partials() {
                    @Override
                    public Optional<Partial> find(String module) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<String> code(String module) {
                        return Optional.of("print('" + module + "')\n");
                    }
                };

        assertThat(
                        Outline.of(
                                """
                                import c from '!!raw-loader!./f.py'

                                <CodeBlock language="python">{c}</CodeBlock>
                                """,
                                Dialect.MDX,
                                partials))
                .containsExactly("```python\nprint('!!raw-loader!./f.py')\n```");
    }

    @Test
    void aFootnoteThatIsAnAddressIsText() {
        assertThat(Outline.of("Text[^1].\n\n[^1]: https://e.example/x\n"))
                .containsExactly("Text^1.", "https://e.example/x");
    }

    @Test
    void tabsAreCalledByTheirLabels() {
        assertThat(
                        Outline.of(
                                """
                                <Tabs values={[{label: "For npm", value: "npm"}, {value: 'yarn', label: `For Yarn`}]}>
                                <TabItem value="npm">

                                One.

                                </TabItem>
                                <TabItem value="yarn">

                                Two.

                                </TabItem>
                                <TabItem value="other" label="Else">

                                Three.

                                </TabItem>
                                </Tabs>
                                """))
                .containsExactly("For npm", "One.", "For Yarn", "Two.", "Else", "Three.");
    }

    @Test
    void wordsOfNeighboursDoNotRunTogether() {
        assertThat(
                        Outline.of(
                                """
                                ### <div>Required</div>**`onPress`**

                                <A>one</A><B>two</B>, <b>th</b>ree
                                """))
                .containsExactly("3 requiredonpress Required onPress", "one two, three");
    }

    @Test
    void aTitleBelongsToItsCode() {
        assertThat(
                        Outline.of(
                                """
                                Text.

                                ```yaml title="a.yaml"
                                k: v
                                ```

                                1. ```js title="b.js"
                                   x
                                   ```
                                """))
                .containsExactly(
                        "Text.",
                        "a.yaml\n\n```yaml\nk: v\n```",
                        "1. b.js\n\n   ```js\n   x\n   ```");
    }
}
