package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The diagram of the house as data: which package may use which, and which library stays where. */
class HouseTest {
    private static final String ROOT = "dev.docent";

    /**
     * A package, and the packages of ours that it may use. The root package may use all but {@code
     * cli}, and {@code cli} may use all.
     */
    private static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    Map.entry(
                            "http",
                            Set.of(
                                    "budget",
                                    "chat",
                                    "connection",
                                    "health",
                                    "resume",
                                    "failure",
                                    "logging",
                                    "json",
                                    "config",
                                    "markdown")),
                    Map.entry(
                            "chat",
                            Set.of(
                                    "retrieval",
                                    "quoting",
                                    "rag",
                                    "text",
                                    "failure",
                                    "waiting",
                                    "config")),
                    Map.entry("retrieval", Set.of("rag", "text", "failure", "waiting", "json")),
                    Map.entry("quoting", Set.of("rag", "text")),
                    Map.entry("rag", Set.of("text", "failure")),
                    Map.entry("text", Set.of("markdown")),
                    Map.entry(
                            "ingest",
                            Set.of(
                                    "site",
                                    "markdown",
                                    "rag",
                                    "text",
                                    "failure",
                                    "waiting",
                                    "json")),
                    Map.entry("site", Set.of("markdown", "config", "script")),
                    Map.entry("script", Set.of()),
                    Map.entry("markdown", Set.of()),
                    Map.entry("demo", Set.of("ingest", "site", "failure", "waiting")),
                    Map.entry("eval", Set.of("retrieval", "rag", "json")),
                    Map.entry(
                            "gemini",
                            Set.of("rag", "text", "failure", "config", "waiting", "json")),
                    Map.entry(
                            "qdrant",
                            Set.of("rag", "lucene", "failure", "config", "waiting", "json")),
                    Map.entry("lucene", Set.of("rag", "text", "failure")),
                    Map.entry("onnx", Set.of("rag", "failure", "waiting")),
                    Map.entry(
                            "database",
                            Set.of("chat", "rag", "failure", "config", "waiting", "json")),
                    Map.entry("health", Set.of("failure", "waiting", "config")),
                    Map.entry("resilience", Set.of("rag", "failure", "chat", "waiting")),
                    Map.entry("validation", Set.of("config", "failure", "logging")),
                    Map.entry("failure", Set.of()),
                    Map.entry("connection", Set.of()),
                    Map.entry("resume", Set.of("chat")),
                    Map.entry("budget", Set.of("rag", "failure", "config")),
                    Map.entry("json", Set.of()),
                    Map.entry("waiting", Set.of()),
                    Map.entry("config", Set.of("failure", "json")),
                    Map.entry("logging", Set.of("config", "json")));

    /** A library's package prefix, and the packages of ours that use it; no other may. */
    private static final Map<String, Set<String>> FENCES =
            Map.ofEntries(
                    Map.entry("io.helidon.webserver", Set.of("http", "connection")),
                    Map.entry("io.helidon.http", Set.of("http", "connection")),
                    Map.entry("io.helidon.dbclient", Set.of("database")),
                    Map.entry("java.sql", Set.of("database")),
                    Map.entry("org.postgresql", Set.of()),
                    Map.entry("org.apache.lucene", Set.of("lucene", "text")),
                    Map.entry("ai.onnxruntime", Set.of("onnx")),
                    Map.entry("ai.djl", Set.of("onnx")),
                    Map.entry("dev.langchain4j", Set.of("gemini")),
                    Map.entry("io.grpc", Set.of("qdrant")),
                    Map.entry("io.qdrant", Set.of("qdrant")),
                    Map.entry("org.commonmark", Set.of("markdown")),
                    Map.entry("com.zaxxer.hikari", Set.of("database")),
                    Map.entry("io.github.resilience4j", Set.of("resilience")),
                    Map.entry("org.yaml", Set.of("markdown")),
                    Map.entry("org.treesitter", Set.of("script")),
                    Map.entry("com.github.benmanes.caffeine", Set.of("retrieval")),
                    Map.entry("picocli", Set.of("cli")),
                    Map.entry("io.helidon.health", Set.of("http")),
                    Map.entry("io.helidon.config", Set.of("config", "validation")),
                    Map.entry(
                            "com.fasterxml.jackson.annotation",
                            Set.of("http", "chat", "cli", "logging")),
                    Map.entry(
                            "com.fasterxml.jackson.core",
                            Set.of("json", "http", "gemini", "database", "eval", "retrieval")),
                    Map.entry(
                            "com.fasterxml.jackson.databind",
                            Set.of(
                                    "json",
                                    "http",
                                    "gemini",
                                    "qdrant",
                                    "database",
                                    "eval",
                                    "retrieval",
                                    "ingest",
                                    "config")));

    /** The rooms above all others: the program's command line, and the assembled service. */
    private static final Set<String> OVER_ALL = Set.of("", "cli");

    private static final Pattern TESTED_BY = Pattern.compile("Tested by: ([^.]*)\\.");
    private static final Pattern TEST_CLASS = Pattern.compile("\\w+(Test|Contract)\\b");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(ROOT);

    @Test
    void everyPackageStandsInTheDiagram() {
        Set<String> packages = rooms();
        packages.removeAll(OVER_ALL);
        assertThat(packages).isEqualTo(new TreeSet<>(MAY_USE.keySet()));
    }

    @Test
    void packagesUseOnlyWhatTheDiagramAllows() {
        Set<String> broken = new TreeSet<>();
        for (Dependency dependency : dependencies()) {
            String from = room(dependency.getOriginClass());
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (!target.getPackageName().startsWith(ROOT) || from.equals("cli")) {
                continue;
            }
            String to = room(target);
            Set<String> allowed =
                    from.isEmpty() ? MAY_USE.keySet() : MAY_USE.getOrDefault(from, Set.of());
            if (!to.equals(from) && !allowed.contains(to)) {
                broken.add(dependency.getDescription());
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theDiagramHasNoCycle() {
        for (String room : MAY_USE.keySet()) {
            assertThat(reachable(MAY_USE, room, new TreeSet<>())).doesNotContain(room);
        }
    }

    /** Exactly: who needs a library no more is taken off its list, too. */
    @Test
    void librariesStayBehindTheirFences() {
        Map<String, Set<String>> users = new TreeMap<>();
        Set<Dependency> dependencies = dependencies();
        for (String prefix : FENCES.keySet()) {
            users.put(
                    prefix,
                    dependencies.stream()
                            .filter(dependency -> isOf(prefix, dependency.getTargetClass()))
                            .map(dependency -> room(dependency.getOriginClass()))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        assertThat(users).containsExactlyInAnyOrderEntriesOf(FENCES);
    }

    @Test
    void noNameStandsForTwoTypes() {
        Map<String, Set<String>> names = new TreeMap<>();
        topLevel()
                .forEach(type ->
                        names.computeIfAbsent(type.getSimpleName(), _ -> new TreeSet<>())
                                .add(type.getName()));
        names.values().removeIf(types -> types.size() == 1);
        assertThat(names).isEmpty();
    }

    @Test
    void aPackageHasAtMost22Types() {
        Map<String, Long> sizes =
                topLevel().collect(Collectors.groupingBy(HouseTest::room, Collectors.counting()));
        sizes.values().removeIf(size -> size <= 22);
        assertThat(sizes).isEmpty();
    }

    /** Nested types count as part of the file that they stand in. */
    @Test
    void noFilesOfAPackageUseEachOtherInACircle() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (Dependency dependency : dependencies()) {
            JavaClass from = file(dependency.getOriginClass());
            JavaClass to = file(dependency.getTargetClass().getBaseComponentType());
            if (from.getPackageName().equals(to.getPackageName()) && !from.equals(to)) {
                uses.computeIfAbsent(from.getName(), _ -> new TreeSet<>()).add(to.getName());
            }
        }
        assertThat(uses.keySet())
                .filteredOn(file -> reachable(uses, file, new TreeSet<>()).contains(file))
                .isEmpty();
    }

    /** The line "Tested by:" of each package's description, down to its full stop. */
    @Test
    void everyPackageNamesItsTestsAndEveryTestIsNamed() throws IOException {
        Set<String> tests = files("src/test/java");
        Set<String> named = new TreeSet<>();
        for (String room : rooms()) {
            Path info = Path.of("src/main/java/dev/docent", room, "package-info.java");
            Matcher line = TESTED_BY.matcher(Files.readString(info));
            assertThat(line.find()).as(room).isTrue();
            List<String> names =
                    TEST_CLASS.matcher(line.group(1)).results().map(MatchResult::group).toList();
            assertThat(names).as(room).isNotEmpty().isSubsetOf(tests);
            named.addAll(names);
        }
        assertThat(tests)
                .filteredOn(test -> test.endsWith("Test") && !test.equals("BrowserTest"))
                .isSubsetOf(named);
    }

    private static Set<String> rooms() {
        return CLASSES.stream().map(HouseTest::room).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> files(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.map(file -> file.toFile().getName())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<JavaClass> topLevel() {
        return CLASSES.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"));
    }

    private static JavaClass file(JavaClass type) {
        JavaClass file = type;
        while (file.getEnclosingClass().isPresent()) {
            file = file.getEnclosingClass().get();
        }
        return file;
    }

    private static boolean isOf(String prefix, JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.equals(prefix) || name.startsWith(prefix + ".");
    }

    private static Set<Dependency> dependencies() {
        return CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> reachable(
            Map<String, Set<String>> uses, String from, Set<String> seen) {
        for (String next : uses.getOrDefault(from, Set.of())) {
            if (seen.add(next)) {
                reachable(uses, next, seen);
            }
        }
        return seen;
    }

    /** The part of the package name below the root, empty for the root itself. */
    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }
}
