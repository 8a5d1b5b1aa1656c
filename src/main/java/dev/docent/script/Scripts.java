package dev.docent.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of a program in JavaScript or TypeScript. They are never run: their syntax trees are
 * evaluated, with no effect on anything outside and in a bounded number of steps. Files outside of
 * the program's folder are not read. Not thread-safe.
 */
public final class Scripts implements Host {
    private static final long MAX_BYTES = 8L << 20;
    private static final List<String> ENDINGS =
            List.of("", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json");

    private final Path folder;
    private final Path home;
    private final Builtins builtins = new Builtins(this);
    private final Evaluator evaluator = new Evaluator(builtins);
    private final Map<Path, Module> modules = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> environment = new LinkedHashSet<>();

    /**
     * A program of which nothing is read yet.
     *
     * @param folder no file outside of it is read
     * @param home what the program takes for its working directory
     */
    public Scripts(Path folder, Path home) {
        this.folder = folder.toAbsolutePath().normalize();
        this.home = home.toAbsolutePath().normalize();
    }

    /**
     * What a file exports by default, in either of JavaScript's ways; a function is called without
     * arguments, as Docusaurus does with a configuration.
     */
    public Value exported(Path file) {
        Path path = file.toAbsolutePath().normalize();
        Value value = module(path).standard();
        Value.Unknown none = new Value.Unknown("is computed", name(path), 1);
        for (int i = 0; i < 2 && value instanceof Value.Function function; i++) {
            value = function.body().call(List.of());
        }
        return value instanceof Value.Absent ? none : value;
    }

    /** The source of a module of the tree that is named by its path, or by a function in it. */
    public Optional<String> source(Value value) {
        Optional<Path> file =
                switch (value) {
                    case Value.Function(Path own, Value.Body _) -> Optional.of(own);
                    case Value.Text(String name) when local(name) ->
                            resolved(name, home.resolve("any"));
                    default -> Optional.empty();
                };
        return file.map(this::text);
    }

    /** What could not be read, a sentence each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The environment variables that the evaluated part asks for; they are taken as not set. */
    public Set<String> environment() {
        return Set.copyOf(environment);
    }

    @Override
    public void asked(String variable) {
        environment.add(variable);
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public Value imported(Syntax at, String module, String name, Scope scope) {
        if (!local(module)) {
            return new Value.Foreign(
                    module, name.equals("default") || name.equals("*") ? "" : name);
        }
        Optional<Path> path = resolved(module, scope.file());
        if (path.isEmpty()) {
            return at.unknown("imports " + module + ", which is not there");
        }
        Module file = module(path.get());
        return switch (name) {
            case "default" -> file.standard();
            case "*" -> file.namespace();
            default -> file.whole().get(name);
        };
    }

    @Override
    public Value required(Syntax at, String module, Scope scope) {
        if (!local(module)) {
            return new Value.Foreign(module, "");
        }
        return resolved(module, scope.file())
                .map(path -> module(path).whole())
                .orElseGet(() -> at.unknown("imports " + module + ", which is not there"));
    }

    private static boolean local(String module) {
        return module.startsWith(".") || module.startsWith("/") || module.startsWith("@site/");
    }

    @Override
    public Optional<Path> resolved(String module, Path importer) {
        Path start =
                module.startsWith("@site/")
                        ? home.resolve(module.substring("@site/".length()))
                        : importer.resolveSibling(module);
        Path path = start.normalize();
        List<Path> candidates = new ArrayList<>();
        ENDINGS.forEach(end -> candidates.add(path.resolveSibling(path.getFileName() + end)));
        // TypeScript names the file that a compiler would write.
        String bare = String.valueOf(path.getFileName()).replaceFirst("\\.([cm]?)js$", ".$1ts");
        candidates.add(path.resolveSibling(bare));
        ENDINGS.forEach(end -> candidates.add(path.resolve("index" + end)));
        return candidates.stream().filter(this::readable).findFirst();
    }

    private boolean readable(Path path) {
        return path.startsWith(folder) && Files.isRegularFile(path);
    }

    @Override
    public @Nullable String text(Path path) {
        if (!readable(path)) {
            return null;
        }
        try {
            if (Files.size(path) > MAX_BYTES) {
                problems.add(
                        name(path)
                                + " has more than %d MiB and is not read."
                                        .formatted(MAX_BYTES >> 20));
                return null;
            }
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            problems.add(name(path) + " cannot be read; look at its permissions.");
            return null;
        }
    }

    private Module module(Path path) {
        Module known = modules.get(path);
        if (known != null) {
            return known;
        }
        Module module = new Module(path, this);
        modules.put(path, module);
        String text = text(path);
        if (text == null) {
            return failed(path, "cannot be read");
        }
        if (path.toString().endsWith(".json")) {
            Module data =
                    Module.of(
                            path,
                            this,
                            Value.Lazy.of(() -> json(text, name(path), module.scope())));
            modules.put(path, data);
            return data;
        }
        try {
            Syntax program = Syntax.parse(text, name(path));
            Syntax error = program.error();
            if (error != null) {
                problems.add(
                        "%s has a syntax error in line %d; the rest of it is read."
                                .formatted(name(path), error.line()));
            }
            module.run(error == null ? program : closed(text, program), evaluator);
            return module;
        } catch (Syntax.TooLongException e) {
            problems.add(
                    "%s cannot be read, because its syntax is too entangled."
                            .formatted(name(path)));
            return failed(path, "cannot be read");
        } catch (LinkageError | RuntimeException e) {
            problems.add(
                    "%s cannot be read, because the parser of TypeScript does not work here (%s)."
                            .formatted(name(path), e.getMessage()));
            return failed(path, "cannot be read here");
        }
    }

    /** A bracket that is never closed makes the whole file one error, unless it ends with it. */
    private static Syntax closed(String text, Syntax program) {
        Syntax whole = Syntax.parse(text + "\n" + program.closing(), program.file());
        return whole.error() == null ? whole : program;
    }

    private Module failed(Path path, String why) {
        Module failed = Module.of(path, this, Value.Lazy.of(new Value.Unknown(why, name(path), 1)));
        modules.put(path, failed);
        return failed;
    }

    @Override
    public Value json(String text, String name, Scope scope) {
        Syntax program;
        try {
            program = Syntax.parse("(" + text + "\n)", name);
        } catch (Syntax.TooLongException e) {
            return new Value.Unknown("is too entangled", name, 1);
        }
        for (Syntax statement : program.children()) {
            List<Syntax> parts = statement.children();
            if (statement.type().equals("expression_statement") && !parts.isEmpty()) {
                return evaluator.value(parts.getFirst(), scope);
            }
        }
        return program.unknown("is not JSON");
    }

    private String name(Path path) {
        return path.startsWith(home)
                ? home.relativize(path).toString().replace('\\', '/')
                : String.valueOf(path.getFileName());
    }
}
