package dev.docent.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration exports, without running it. */
class ScriptsTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export default {v: 'x/y'};",
                "module.exports = {v: \"x/y\"}",
                "exports.v = 'x/y';",
                "const a = 'x'; export default {v: `${a}/y`} satisfies Config;",
                "const v = 'x/y'; const c: Config = {v}; export default c;",
                "const c = {}; c.v = 'x/y'; module.exports = c;",
                "const c = {v: 1}; c['v'] = 'x/y'; export { c as default };",
                "module.exports = async function create() { const v = 'x/y'; return {v}; };",
                "export default () => ({...{a: 1}, ...{v: 'x/y'}});",
                "const {a: {b = 'x/y', ...r} = {}} = {}; export default {v: b};",
                "const f = ({p = 'x', ...o}) => ({v: p + '/' + o.q}); export default f({q: 'y'});",
                "function f(a, ...b) { if (a) { return {v: b[0]}; } } module.exports = f(true,"
                        + " 'x/y')",
                "const m = ['x', 'y'].map((s) => s.trim()); export default {v: m.join('/')};",
                "export default {v: process.env.X ?? 'x/y'};",
                "export default {v: process.env.X || 'x/y'};",
                "const p = process.env.NODE_ENV === 'production'; export default {v: p ? 'x/y' :"
                        + " 1};",
                "const l = []; for (const s of ['x', 'y']) l.push(s); export default {v:"
                        + " l.join('/')};",
                "export default {v: Object.entries({x: 'y'}).map(([k, w]) => `${k}/${w}`)[0]};",
                "import path from 'path'; export default {v: path.join('x', 'z', '..', 'y')};",
                "const re = /[\"'{`]/g; // it's {\n/* ' */ export default {re, v: 'x/y'};",
                "enum E {A} type T = {v: string}; export default <T>{v: 'x/y' as const};",
                "export default {v: 'x\\u002fy'}",
                "const l = ['y'].reduce((a, b) => a + b, 'x/'); export default {v: l};",
                "export default {v: [...new Set(['x/y', 'x/y'])].concat().flat()[0]};",
                "export default {v: JSON.parse('{\"a\": [\"x/y\"]}').a[0]};"
            })
    void evaluatesWhatLiteralsSay(String source) throws IOException {
        assertThat(exported(source).get("v")).isEqualTo(new Value.Text("x/y"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "export default {v: fetch('x')}                | needs fetch",
                "const c = Date.now() > 5;export default {v: c ? 'a' : 'b'} | depends on a"
                        + " condition",
                "import {x} from 'yaml';export default {v: x(1)}   | is computed by yaml.x",
                "import x from './no';export default {v: x}        | imports ./no, which is not"
                        + " there",
                "const v = {get v() { return 1 }};export default v | is computed",
                "const a = b, b = a;export default {v: a}          | refers to itself",
                "const f = () => f();export default {v: f()}       | is nested too deeply",
                "export default {...globalThis.x}                 | needs globalThis",
            })
    void saysWhyAndWhereAValueIsNotKnown(String source, String why) throws IOException {
        Value value = exported("// first line\n" + source).get("v");

        assertThat(value).isInstanceOf(Value.Unknown.class);
        Value.Unknown unknown = (Value.Unknown) value;
        assertThat(unknown.why()).isEqualTo(why);
        assertThat(unknown.place()).isEqualTo("docusaurus.config.ts line 2");
    }

    @Test
    void anUnknownPartLeavesTheRestKnown() throws IOException {
        Value value =
                exported(
                        "import x from 'y'; export default {a: x(), list: [x(), 'b'], ...x(), c:"
                                + " 'd'};");

        assertThat(value.get("c")).isEqualTo(new Value.Text("d"));
        assertThat(value.get("list"))
                .isInstanceOfSatisfying(
                        Value.Items.class,
                        list ->
                                assertThat(list.values())
                                        .hasSize(2)
                                        .element(1)
                                        .isEqualTo(new Value.Text("b")));
        assertThat(value.get("other")).isInstanceOf(Value.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import v from './lib'                    | lib.ts    | export default 'found'",
                "import {v} from './lib.js'               | lib.ts    | export const v = 'found'",
                "import {w as v} from './lib'             | lib/index.mjs | const w = 'found';"
                        + " export {w}",
                "import {v} from './lib.cjs'              | lib.cjs   | module.exports = {v:"
                        + " 'found'}",
                "const v = require('./lib')               | lib.js    | module.exports = 'found'",
                "const {v} = require('./lib')             | lib.json  | {\"v\": \"found\"}",
                "import o from './o.json';const v = o.v   | o.json    | {\"v\": \"found\"}",
                "import * as o from './o';const v = o.v   | o.mts     | export let v = 'found'",
                "import {v} from './a'                    | a.ts      | export * from './a2';export"
                        + " const v = 'found'",
                "const fs = require('fs');const v ="
                        + " JSON.parse(fs.readFileSync('./p.json','utf8')).v | p.json |"
                        + " {\"v\":\"found\"}",
                "const v = (await import('./lib.mjs')).default | lib.mjs | export default 'found'",
            })
    void readsOtherFilesOfTheTree(String start, String name, String content) throws IOException {
        write(name, content);

        assertThat(exported(start + "\nexport default {v};").get("v"))
                .isEqualTo(new Value.Text("found"));
    }

    @Test
    void modulesMayNeedEachOther() throws IOException {
        write(
                "a.ts",
                "import {b} from './b'; export const a = 'A'; export const both = () => a + b;");
        write(
                "b.ts",
                "import {a} from './a'; export const b = 'B' + a; export const c = d; import {d}"
                        + " from './a'");

        Value value = exported("import {both} from './a'; export default {v: both()}");

        assertThat(value.get("v")).isEqualTo(new Value.Text("ABA"));
    }

    @Test
    void readsNothingOutsideOfTheTree() throws IOException {
        write("outside.json", "{\"v\": \"secret\"}");
        Path site = Files.createDirectories(folder.resolve("site"));
        Path config = site.resolve("docusaurus.config.js");
        Files.writeString(
                config,
                "const fs = require('fs'); module.exports = {a: require('../outside.json').v,"
                        + " b: fs.readFileSync('../outside.json')};");

        Value value = new Scripts(site, site).exported(config);

        assertThat(value.get("a")).isInstanceOf(Value.Unknown.class);
        assertThat(value.get("b")).isInstanceOf(Value.Unknown.class);
    }

    @Test
    void aSyntaxErrorIsToldWithItsLineAndTheRestIsRead() throws IOException {
        write(
                "docusaurus.config.js",
                "const a = 1;\nconst b = {c: 1 d: 2};\nmodule.exports = {v: 'x'};\n");
        Scripts scripts = new Scripts(folder, folder);

        Value value = scripts.exported(folder.resolve("docusaurus.config.js"));

        assertThat(value.get("v")).isEqualTo(new Value.Text("x"));
        assertThat(scripts.problems())
                .containsExactly(
                        "docusaurus.config.js has a syntax error in line 2; the rest of it is"
                                + " read.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module.exports = {v: 'x',\nw: {a: [1, 2],\nb: `(${1}`\n",
                "module.exports = {v: 'x',\nw: f({a: [1,\n",
                "const y = {v: 'x'};\nmodule.exports = {...y, /* { */ w: '{[(', r: /[{]/\n",
                "module.exports = {v: 'x'}}\n",
            })
    void aBracketThatIsNeverClosedLosesNothingBeforeIt(String source) throws IOException {
        write("docusaurus.config.js", source);
        Scripts scripts = new Scripts(folder, folder);

        Value value = scripts.exported(folder.resolve("docusaurus.config.js"));

        assertThat(value.get("v")).isEqualTo(new Value.Text("x"));
        assertThat(scripts.problems()).hasSize(1);
    }

    @Test
    void namesTheEnvironmentVariablesThatItTakesAsNotSet() throws IOException {
        write(
                "c.js",
                "const {A} = process.env; module.exports = {v: A || process.env.B || 'x', w:"
                        + " process.env.C}");
        Scripts scripts = new Scripts(folder, folder);

        assertThat(scripts.exported(folder.resolve("c.js")).get("v"))
                .isEqualTo(new Value.Text("x"));
        assertThat(scripts.environment()).containsExactlyInAnyOrder("A", "B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[", "{a:", "(", "f(", "`${", "!", "a ? ", "() => ", "a.b", "new X(", "\"", "/*"
            })
    void hostileNestingEndsWithAnUnknownValue(String piece) throws IOException {
        Value value = exported("export default {v: 'x', w: " + piece.repeat(5_000) + "};");

        assertThat(value).isNotNull();
        assertThat(value.get("w")).isNotNull();
    }

    @Test
    void aFileThatTakesTooLongIsGivenUp() {
        assertThatExceptionOfType(Syntax.TooLongException.class)
                .isThrownBy(() -> Syntax.parse("'\n".repeat(20_000), "a.js", Duration.ZERO));
    }

    @Test
    void aLoopOfCallsEndsAtTheBoundOfSteps() throws IOException {
        Value value =
                exported(
                        "const f = (n) => n > 100 ? 1 : f(n + 1) + f(n + 1); export default {v:"
                                + " f(0)}");

        assertThat(value.get("v")).isInstanceOf(Value.Unknown.class);
    }

    private Value exported(String source) throws IOException {
        write("docusaurus.config.ts", source);
        return new Scripts(folder, folder).exported(folder.resolve("docusaurus.config.ts"));
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
