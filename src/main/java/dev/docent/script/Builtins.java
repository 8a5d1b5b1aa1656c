package dev.docent.script;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the language and Node.js bring along, as far as configurations use it. */
final class Builtins {
    private static final Set<String> GLOBALS =
            Set.of(
                    "process",
                    "require",
                    "Object",
                    "Array",
                    "JSON",
                    "String",
                    "Number",
                    "Boolean",
                    "parseInt",
                    "Promise",
                    "console",
                    "structuredClone",
                    "URL",
                    "Set");

    private final Host host;

    Builtins(Host host) {
        this.host = host;
    }

    /** A name that no module declares. */
    Optional<Value> global(String name, Scope scope) {
        Path folder = scope.file().getParent();
        return switch (name) {
            case "__filename" -> Optional.of(new Value.Text(scope.file().toString()));
            case "__dirname" -> Optional.of(new Value.Text(String.valueOf(folder)));
            case "NaN" -> Optional.of(new Value.Num(Double.NaN));
            default ->
                    GLOBALS.contains(name)
                            ? Optional.of(new Value.Foreign("", name))
                            : Optional.empty();
        };
    }

    static Value typeOf(Syntax code, Value value) {
        return switch (value) {
            case Value.Text _ -> new Value.Text("string");
            case Value.Num _ -> new Value.Text("number");
            case Value.Flag _ -> new Value.Text("boolean");
            case Value.Absent() -> new Value.Text("undefined");
            case Value.Function _ -> new Value.Text("function");
            case Value.Items _, Value.Fields _ -> new Value.Text("object");
            default -> code.unknown("is computed");
        };
    }

    /** What stands behind a dot, or in brackets. */
    Value member(Syntax at, Value object, String name) {
        return switch (object) {
            case Value.Fields _, Value.Unknown _ -> object.get(name);
            case Value.Items(List<Value.Lazy> elements) -> {
                if (name.equals("length")) {
                    yield new Value.Num(elements.size());
                }
                int index = name.matches("\\d{1,7}") ? Integer.parseInt(name) : -1;
                yield index >= 0 && index < elements.size()
                        ? elements.get(index).get()
                        : new Value.Absent();
            }
            case Value.Text(String text) -> {
                if (name.equals("length")) {
                    yield new Value.Num(text.length());
                }
                int index = name.matches("\\d{1,7}") ? Integer.parseInt(name) : -1;
                yield index >= 0 && index < text.length()
                        ? new Value.Text(text.substring(index, index + 1))
                        : new Value.Absent();
            }
            case Value.Foreign foreign -> member(foreign, name);
            case Value.Absent() ->
                    at.text().contains("?.")
                            ? object
                            : at.unknown("needs a field of something that is not there");
            default -> at.unknown("is computed");
        };
    }

    private Value member(Value.Foreign foreign, String name) {
        String member = foreign.member().isEmpty() ? name : foreign.member() + "." + name;
        if (foreign.module().isEmpty()) {
            if (foreign.member().equals("process.env")) {
                // A site is published with a build for production.
                if (name.equals("NODE_ENV")) {
                    return new Value.Text("production");
                }
                host.asked(name);
                return new Value.Absent();
            }
            if (foreign.member().equals("import.meta")) {
                return new Value.Foreign("", member);
            }
        }
        // The parts of a package whose files lie in the tree are not looked for.
        return name.equals("default") ? foreign : new Value.Foreign(foreign.module(), member);
    }

    // ---- calls of functions

    /** Calls a function of any kind. */
    Value apply(Syntax at, Value function, List<Value.Lazy> arguments, Scope scope) {
        return switch (function) {
            case Value.Function(Path _, Value.Body body) -> body.call(arguments);
            case Value.Foreign foreign -> call(at, foreign, arguments, scope);
            case Value.Unknown unknown -> unknown;
            default -> at.unknown("is computed");
        };
    }

    /** Calls something that is not of the program. */
    private Value call(Syntax at, Value.Foreign function, List<Value.Lazy> arguments, Scope scope) {
        String name =
                function.module().replaceFirst("^node:", "")
                        + (function.module().isEmpty() || function.member().isEmpty() ? "" : ".")
                        + function.member();
        Value first = arguments.isEmpty() ? new Value.Absent() : arguments.getFirst().get();
        return switch (name) {
            case "require" -> load(at, arguments, scope);
            case "require.resolve" -> located(at, first, scope);
            case "module.createRequire", "createRequire" -> new Value.Foreign("", "require");
            case "String" -> orUnknown(at, first, first.inTemplate());
            case "Boolean" ->
                    first.truth().<Value>map(Value.Flag::new).orElse(at.unknown("is computed"));
            case "Number", "parseInt" -> number(at, first);
            case "structuredClone",
                    "Object.freeze",
                    "Promise.resolve",
                    "Promise.all",
                    "Array.from" ->
                    first;
            case "Array.isArray" -> new Value.Flag(first instanceof Value.Items);
            case "JSON.parse" ->
                    first instanceof Value.Text(String json)
                            ? host.json(json, at.file(), scope)
                            : first;
            case "Object.keys" -> entries(at, first, (key, _) -> new Value.Text(key));
            case "Object.values" -> entries(at, first, (_, value) -> value.get());
            case "Object.entries" ->
                    entries(
                            at,
                            first,
                            (key, value) ->
                                    new Value.Items(
                                            List.of(Value.Lazy.of(new Value.Text(key)), value)));
            case "Object.fromEntries" -> object(at, first);
            case "Object.assign" -> merged(at, arguments);
            case "path.join", "path.posix.join" -> path(at, arguments, Path.of(""), false);
            case "path.resolve", "path.posix.resolve" -> path(at, arguments, host.home(), true);
            case "path.dirname" -> parent(at, first);
            case "path.basename" -> base(at, first);
            case "path.normalize", "url.fileURLToPath", "url.pathToFileURL" -> first;
            case "fs.readFileSync",
                    "fs-extra.readFileSync",
                    "fs.promises.readFile",
                    "fs/promises.readFile" ->
                    file(at, first);
            case "fs.existsSync", "fs-extra.existsSync" ->
                    first instanceof Value.Text(String text)
                            ? new Value.Flag(Files.exists(resolved(text)))
                            : at.unknown("is computed");
            case "process.cwd" -> new Value.Text(host.home().toString());
            default ->
                    name.startsWith("console.")
                            ? new Value.Absent()
                            : at.unknown(
                                    "is computed by " + (name.isEmpty() ? "a function" : name));
        };
    }

    /** Loads a module as {@code require} does; {@code import()} gives the same. */
    Value load(Syntax at, List<Value.Lazy> arguments, Scope scope) {
        Value module = arguments.isEmpty() ? new Value.Absent() : arguments.getFirst().get();
        if (!(module instanceof Value.Text(String name))) {
            return at.unknown("imports a module whose name is computed");
        }
        return at.text().startsWith("import")
                ? host.imported(at, name, "*", scope)
                : host.required(at, name, scope);
    }

    Value construct(Syntax at, String type, List<Value.Lazy> arguments, Scope scope) {
        Value first = arguments.isEmpty() ? new Value.Absent() : arguments.getFirst().get();
        if (type.equals("URL") && first instanceof Value.Text(String relative)) {
            return relative.contains("://") || arguments.size() < 2
                    ? first
                    : new Value.Text(scope.file().resolveSibling(relative).normalize().toString());
        }
        if (type.equals("Set") && first instanceof Value.Items items) {
            Set<Value> distinct = new LinkedHashSet<>(items.values());
            return list(distinct.stream().toList());
        }
        return at.unknown("is computed by " + type);
    }

    private Value located(Syntax at, Value module, Scope scope) {
        if (!(module instanceof Value.Text(String name))) {
            return at.unknown("imports a module whose name is computed");
        }
        return name.startsWith(".")
                ? host.resolved(name, scope.file())
                        .<Value>map(path -> new Value.Text(path.toString()))
                        .orElse(at.unknown("imports " + name + ", which is not there"))
                : module;
    }

    private static Value orUnknown(Syntax at, Value value, Optional<String> text) {
        return text.<Value>map(Value.Text::new)
                .orElse(value instanceof Value.Unknown ? value : at.unknown("is computed"));
    }

    private static Value number(Syntax at, Value value) {
        try {
            return new Value.Num(Double.parseDouble(value.asText().orElse("NaN").strip()));
        } catch (NumberFormatException e) {
            return value instanceof Value.Text
                    ? new Value.Num(Double.NaN)
                    : at.unknown("is computed");
        }
    }

    // ---- objects

    @FunctionalInterface
    private interface Entry {
        Value of(String key, Value.Lazy value);
    }

    private static Value entries(Syntax at, Value object, Entry entry) {
        if (!(object
                instanceof
                Value.Fields(Map<String, Value.Lazy> fields, List<Value.Unknown> others))) {
            return object instanceof Value.Unknown ? object : at.unknown("is computed");
        }
        List<Value.Lazy> all = new ArrayList<>();
        fields.forEach((key, value) -> all.add(Value.Lazy.of(() -> entry.of(key, value))));
        others.forEach(unknown -> all.add(Value.Lazy.of(unknown)));
        return new Value.Items(all);
    }

    private Value object(Syntax at, Value entries) {
        if (!(entries instanceof Value.Items items)) {
            return entries instanceof Value.Unknown ? entries : at.unknown("is computed");
        }
        Value.Fields object = Value.Fields.empty();
        for (Value entry : items.values()) {
            member(at, entry, "0")
                    .asText()
                    .ifPresentOrElse(
                            key ->
                                    object.fields()
                                            .put(key, Value.Lazy.of(() -> member(at, entry, "1"))),
                            () -> object.others().add(at.unknown("has a computed name")));
        }
        return object;
    }

    private static Value merged(Syntax at, List<Value.Lazy> arguments) {
        if (arguments.isEmpty() || !(arguments.getFirst().get() instanceof Value.Fields target)) {
            return at.unknown("is computed");
        }
        arguments.stream()
                .skip(1)
                .forEach(more -> target.spread(more.get(), at.unknown("is not of this site")));
        return target;
    }

    // ---- files

    private Path resolved(String text) {
        return host.home().resolve(text).normalize();
    }

    private static Value path(Syntax at, List<Value.Lazy> arguments, Path start, boolean absolute) {
        Path path = start;
        for (Value.Lazy argument : arguments) {
            Value value = argument.get();
            if (!(value instanceof Value.Text(String text))) {
                return value instanceof Value.Unknown ? value : at.unknown("is computed");
            }
            try {
                // join takes a later absolute path for a relative one.
                boolean first = path.toString().isEmpty();
                path = path.resolve(absolute || first ? text : text.replaceFirst("^/+", ""));
            } catch (InvalidPathException e) {
                return at.unknown("is no path");
            }
        }
        return new Value.Text(path.normalize().toString().replace('\\', '/'));
    }

    private static Value parent(Syntax at, Value path) {
        return path instanceof Value.Text(String text)
                ? new Value.Text(text.contains("/") ? text.replaceFirst("/[^/]*/?$", "") : ".")
                : path instanceof Value.Foreign ? path : at.unknown("is computed");
    }

    private static Value base(Syntax at, Value path) {
        return path instanceof Value.Text(String text)
                ? new Value.Text(text.replaceFirst("(?<!/)/++$", "").replaceFirst("^.*/", ""))
                : at.unknown("is computed");
    }

    private Value file(Syntax at, Value path) {
        if (!(path instanceof Value.Text(String name))) {
            return path instanceof Value.Unknown ? path : at.unknown("is computed");
        }
        String text = host.text(resolved(name));
        return text == null
                ? at.unknown("reads " + name + ", which is not in the site's tree")
                : new Value.Text(text);
    }

    // ---- methods

    /** Calls a method of a value. */
    Value method(Syntax at, Value object, String name, List<Value.Lazy> arguments, Scope scope) {
        Value own =
                switch (object) {
                    case Value.Items list -> list(at, list, name, arguments, scope);
                    case Value.Text(String text) -> string(at, text, name, arguments);
                    case Value.Num _ ->
                            name.equals("toString")
                                    ? orUnknown(at, object, object.inTemplate())
                                    : null;
                    default -> null;
                };
        return own != null ? own : apply(at, member(at, object, name), arguments, scope);
    }

    private @Nullable Value list(
            Syntax at, Value.Items list, String name, List<Value.Lazy> arguments, Scope scope) {
        List<Value.Lazy> elements = list.elements();
        Value first = arguments.isEmpty() ? new Value.Absent() : arguments.getFirst().get();
        return switch (name) {
            case "map" -> new Value.Items(mapped(at, elements, first, scope));
            case "flatMap" -> flat(new Value.Items(mapped(at, elements, first, scope)));
            case "forEach" -> {
                mapped(at, elements, first, scope).forEach(Value.Lazy::get);
                yield new Value.Absent();
            }
            case "filter" -> filtered(at, elements, first, scope);
            case "find" ->
                    filtered(at, elements, first, scope).values().stream()
                            .findFirst()
                            .orElse(new Value.Absent());
            case "some" ->
                    new Value.Flag(!filtered(at, elements, first, scope).elements().isEmpty());
            case "every" ->
                    new Value.Flag(
                            filtered(at, elements, first, scope).elements().size()
                                    == elements.size());
            case "reduce" -> reduced(at, elements, arguments, scope);
            case "concat" -> {
                List<Value.Lazy> all = new ArrayList<>(elements);
                arguments.forEach(more -> {
                    if (more.get() instanceof Value.Items(List<Value.Lazy> others)) {
                        all.addAll(others);
                    } else {
                        all.add(more);
                    }
                });
                yield new Value.Items(all);
            }
            case "push" -> {
                elements.addAll(arguments);
                yield new Value.Num(elements.size());
            }
            case "unshift" -> {
                elements.addAll(0, arguments);
                yield new Value.Num(elements.size());
            }
            case "flat" -> flat(list);
            case "slice" -> {
                int from = index(first, 0, elements.size());
                int to =
                        index(
                                arguments.size() > 1 ? arguments.get(1).get() : new Value.Absent(),
                                elements.size(),
                                elements.size());
                yield new Value.Items(new ArrayList<>(elements.subList(Math.min(from, to), to)));
            }
            case "includes" -> new Value.Flag(list.values().contains(first));
            case "indexOf" -> new Value.Num(list.values().indexOf(first));
            case "reverse", "toReversed" -> {
                List<Value.Lazy> reversed = new ArrayList<>(elements);
                Collections.reverse(reversed);
                yield new Value.Items(reversed);
            }
            case "join" -> {
                List<Optional<String>> texts =
                        list.values().stream().map(Value::inTemplate).toList();
                String joint = arguments.isEmpty() ? "," : first.asText().orElse("");
                yield texts.stream().allMatch(Optional::isPresent)
                        ? new Value.Text(
                                texts.stream()
                                        .map(Optional::get)
                                        .collect(Collectors.joining(joint)))
                        : at.unknown("is computed");
            }
            case "at" -> {
                int index = index(first, 0, elements.size());
                yield index < elements.size() ? elements.get(index).get() : new Value.Absent();
            }
            case "values", "toSorted", "sort" ->
                    arguments.isEmpty() ? sorted(list) : at.unknown("is computed");
            default -> null;
        };
    }

    private static Value sorted(Value.Items list) {
        return list(
                list.values().stream()
                        .sorted((a, b) -> a.asText().orElse("").compareTo(b.asText().orElse("")))
                        .toList());
    }

    private static Value.Items list(List<Value> values) {
        return new Value.Items(
                values.stream()
                        .map(Value.Lazy::of)
                        .collect(Collectors.toCollection(ArrayList::new)));
    }

    private static int index(Value value, int otherwise, int size) {
        if (!(value instanceof Value.Num(double number))) {
            return otherwise;
        }
        int index = (int) number;
        return Math.clamp(index < 0 ? size + index : index, 0, size);
    }

    private List<Value.Lazy> mapped(
            Syntax at, List<Value.Lazy> elements, Value function, Scope scope) {
        List<Value.Lazy> mapped = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            List<Value.Lazy> arguments = List.of(elements.get(i), Value.Lazy.of(new Value.Num(i)));
            mapped.add(Value.Lazy.of(() -> apply(at, function, arguments, scope)));
        }
        return mapped;
    }

    /** What may or may not belong to the result stays in it as a value that is not known. */
    private Value.Items filtered(
            Syntax at, List<Value.Lazy> elements, Value function, Scope scope) {
        List<Value.Lazy> kept = new ArrayList<>();
        List<Value.Lazy> verdicts = mapped(at, elements, function, scope);
        for (int i = 0; i < elements.size(); i++) {
            Optional<Boolean> verdict = verdicts.get(i).get().truth();
            if (verdict.isEmpty()) {
                kept.add(Value.Lazy.of(at.unknown("depends on a condition")));
            } else if (verdict.get()) {
                kept.add(elements.get(i));
            }
        }
        return new Value.Items(kept);
    }

    private Value reduced(
            Syntax at, List<Value.Lazy> elements, List<Value.Lazy> arguments, Scope scope) {
        if (arguments.size() < 2) {
            return at.unknown("is computed");
        }
        Value.Lazy sum = arguments.get(1);
        for (Value.Lazy element : elements) {
            Value next = apply(at, arguments.getFirst().get(), List.of(sum, element), scope);
            sum = Value.Lazy.of(next);
        }
        return sum.get();
    }

    private static Value.Items flat(Value.Items list) {
        List<Value.Lazy> flat = new ArrayList<>();
        for (Value.Lazy element : list.elements()) {
            if (element.get() instanceof Value.Items(List<Value.Lazy> inner)) {
                flat.addAll(inner);
            } else {
                flat.add(element);
            }
        }
        return new Value.Items(flat);
    }

    private static @Nullable Value string(
            Syntax at, String text, String name, List<Value.Lazy> arguments) {
        List<Value> values = arguments.stream().map(Value.Lazy::get).toList();
        Optional<Value> unknown =
                values.stream().filter(value -> value instanceof Value.Unknown).findFirst();
        if (unknown.isPresent()) {
            return unknown.get();
        }
        String first = values.isEmpty() ? "" : values.getFirst().asText().orElse("");
        String second = values.size() < 2 ? "" : values.get(1).asText().orElse("");
        return switch (name) {
            case "toString", "valueOf", "normalize" -> new Value.Text(text);
            case "trim" -> new Value.Text(text.strip());
            case "toLowerCase" -> new Value.Text(text.toLowerCase(Locale.ROOT));
            case "toUpperCase" -> new Value.Text(text.toUpperCase(Locale.ROOT));
            case "startsWith" -> new Value.Flag(text.startsWith(first));
            case "endsWith" -> new Value.Flag(text.endsWith(first));
            case "includes" -> new Value.Flag(text.contains(first));
            case "concat" -> new Value.Text(text + first + second);
            case "replaceAll" -> new Value.Text(text.replace(first, second));
            case "replace" -> {
                int found = text.indexOf(first);
                yield new Value.Text(
                        found < 0
                                ? text
                                : text.substring(0, found)
                                        + second
                                        + text.substring(found + first.length()));
            }
            case "split" ->
                    list(
                            Arrays.stream(text.split(Pattern.quote(first), -1))
                                    .<Value>map(Value.Text::new)
                                    .toList());
            case "slice", "substring" -> {
                int from =
                        index(
                                values.isEmpty() ? new Value.Num(0) : values.getFirst(),
                                0,
                                text.length());
                int to =
                        index(
                                values.size() < 2 ? new Value.Absent() : values.get(1),
                                text.length(),
                                text.length());
                yield new Value.Text(text.substring(Math.min(from, to), to));
            }
            default -> at.unknown("is computed");
        };
    }
}
