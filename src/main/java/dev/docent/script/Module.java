package dev.docent.script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file of the program, with what it exports in either of JavaScript's two ways. */
final class Module {
    private final Scope scope;
    private final Host host;
    private final Value.Fields named = Value.Fields.empty();
    private final Value.Fields own = Value.Fields.empty();
    private boolean modern;

    Module(Path file, Host host) {
        this.host = host;
        scope = new Scope(file);
        Value.Lazy exports = Value.Lazy.of(Value.Fields.empty());
        own.fields().put("exports", exports);
        scope.put("module", Value.Lazy.of(own));
        scope.put("exports", exports);
    }

    /** A module that holds one value, as a file of JSON does. */
    static Module of(Path file, Host host, Value.Lazy value) {
        Module module = new Module(file, host);
        module.own.fields().put("exports", value);
        return module;
    }

    Scope scope() {
        return scope;
    }

    /** What {@code require} gives. */
    Value whole() {
        return modern ? named : own.get("exports");
    }

    /** What {@code import name} gives. */
    Value standard() {
        Value whole = whole();
        return whole instanceof Value.Fields object
                        && (modern || object.fields().containsKey("default"))
                ? object.get("default")
                : whole;
    }

    /** What {@code import * as name} gives. */
    Value namespace() {
        Value whole = whole();
        if (modern) {
            return whole;
        }
        Value.Fields all = Value.Fields.empty();
        all.spread(whole, new Value.Unknown("is not of this site", "", 0));
        all.fields().putIfAbsent("default", Value.Lazy.of(whole));
        return all;
    }

    /** Runs the file. */
    void run(Syntax program, Evaluator evaluator) {
        imports(program);
        exports(program, evaluator);
        evaluator.run(program, scope);
    }

    /** Binds the names that the file imports. */
    private void imports(Syntax program) {
        for (Syntax statement : program.children()) {
            Syntax source = statement.field("source");
            if (statement.type().equals("import_statement")
                    && source != null
                    && !statement.text().startsWith("import type")) {
                String from = Literals.text(source);
                statement.children().stream()
                        .filter(part -> part.type().equals("import_clause"))
                        .flatMap(clause -> clause.children().stream())
                        .forEach(part -> bind(part, from));
            }
        }
    }

    private void bind(Syntax part, String from) {
        switch (part.type()) {
            case "identifier" ->
                    scope.put(
                            part.text(),
                            Value.Lazy.of(() -> host.imported(part, from, "default", scope)));
            case "namespace_import" ->
                    scope.put(
                            part.children().getFirst().text(),
                            Value.Lazy.of(() -> host.imported(part, from, "*", scope)));
            default ->
                    part.children()
                            .forEach(specifier -> {
                                String name = specifier.children().getFirst().text();
                                String alias = specifier.children().getLast().text();
                                scope.put(
                                        alias,
                                        Value.Lazy.of(
                                                () -> host.imported(specifier, from, name, scope)));
                            });
        }
    }

    /**
     * Notes what the file exports; evaluated when it is asked for, so modules may need each other.
     */
    private void exports(Syntax program, Evaluator evaluator) {
        for (Syntax statement : program.children()) {
            if (statement.type().equals("export_statement")) {
                modern = true;
                export(statement, evaluator);
            }
        }
    }

    private void export(Syntax statement, Evaluator evaluator) {
        Map<String, Value.Lazy> fields = named.fields();
        Syntax value = statement.field("value");
        Syntax declaration = statement.field("declaration");
        Syntax source = statement.field("source");
        if (value != null) {
            fields.put("default", Value.Lazy.of(() -> evaluator.value(value, scope)));
        } else if (declaration != null && statement.text().startsWith("export default")) {
            fields.put("default", Value.Lazy.of(() -> evaluator.value(declaration, scope)));
        } else if (declaration != null) {
            names(declaration)
                    .forEach(name ->
                            fields.put(name, Value.Lazy.of(() -> variable(name, statement))));
        } else if (source != null && statement.children().size() == 1) {
            named.spread(
                    host.imported(statement, Literals.text(source), "*", scope),
                    statement.unknown("is not of this site"));
        } else {
            for (Syntax clause : statement.children()) {
                if (clause.type().equals("export_clause")) {
                    clause.children()
                            .forEach(specifier -> {
                                String name = specifier.children().getFirst().text();
                                String alias = specifier.children().getLast().text();
                                fields.put(
                                        alias,
                                        Value.Lazy.of(() ->
                                                source == null
                                                        ? variable(name, specifier)
                                                        : host.imported(
                                                                specifier,
                                                                Literals.text(source),
                                                                name,
                                                                scope)));
                            });
                }
            }
        }
    }

    private Value variable(String name, Syntax at) {
        Value.Lazy found = scope.find(name);
        return found == null ? at.unknown("needs " + name) : found.get();
    }

    private static List<String> names(Syntax declaration) {
        Syntax name = declaration.field("name");
        if (name != null) {
            return List.of(name.text());
        }
        List<String> names = new ArrayList<>();
        for (Syntax part : declaration.children()) {
            Syntax target = part.field("name");
            if (target != null && target.type().equals("identifier")) {
                names.add(target.text());
            } else if (target != null) {
                target.children().forEach(inner -> names.add(inner.text()));
            }
        }
        return names;
    }
}
