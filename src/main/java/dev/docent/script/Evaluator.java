package dev.docent.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions and statements without effects on anything but the program's own objects.
 * The number of its steps and their nesting are bounded. Not thread-safe.
 */
final class Evaluator {
    private static final int MAX_STEPS = 400_000;
    private static final int MAX_DEPTH = 150;

    private final Builtins builtins;
    private int steps;
    private int depth;

    /** What a statement did: null to go on, a value if it returned. */
    private record Returned(Value value) {}

    Evaluator(Builtins builtins) {
        this.builtins = builtins;
    }

    // ---- expressions

    Value value(Syntax code, Scope scope) {
        if (++steps > MAX_STEPS) {
            return code.unknown("takes too many steps");
        }
        if (depth >= MAX_DEPTH) {
            return code.unknown("is nested too deeply");
        }
        depth++;
        try {
            return expression(code, scope);
        } finally {
            depth--;
        }
    }

    private Value.Lazy later(Syntax code, Scope scope) {
        return Value.Lazy.of(() -> value(code, scope));
    }

    private Value expression(Syntax code, Scope scope) {
        return switch (code.type()) {
            case "string" -> new Value.Text(Literals.text(code));
            case "template_string" -> template(code, scope);
            case "number" -> Literals.number(code);
            case "true" -> new Value.Flag(true);
            case "false" -> new Value.Flag(false);
            case "null", "undefined" -> new Value.Absent();
            case "identifier", "shorthand_property_identifier" -> variable(code, scope);
            case "array" -> new Value.Items(elements(code, scope));
            case "object" -> object(code, scope);
            case "parenthesized_expression",
                    "as_expression",
                    "satisfies_expression",
                    "non_null_expression",
                    "await_expression" ->
                    first(code, scope);
            case "type_assertion", "sequence_expression" -> last(code, scope);
            case "arrow_function",
                    "function_expression",
                    "function_declaration",
                    "generator_function",
                    "method_definition" ->
                    function(code, scope);
            case "member_expression" ->
                    builtins.member(code, part(code, "object", scope), name(code, "property"));
            case "subscript_expression" -> subscript(code, scope);
            case "meta_property" -> new Value.Foreign("", code.text());
            case "ternary_expression" -> ternary(code, scope);
            case "binary_expression" -> binary(code, scope);
            case "unary_expression" -> unary(code, scope);
            case "assignment_expression" -> assignment(code, scope, false);
            case "call_expression" -> call(code, scope);
            case "new_expression" -> construct(code, scope);
            default -> code.unknown("is computed");
        };
    }

    private Value first(Syntax code, Scope scope) {
        List<Syntax> parts = code.children();
        return parts.isEmpty() ? code.unknown("is empty") : value(parts.getFirst(), scope);
    }

    private Value last(Syntax code, Scope scope) {
        List<Syntax> parts = code.children();
        return parts.isEmpty() ? code.unknown("is empty") : value(parts.getLast(), scope);
    }

    private Value part(Syntax code, String field, Scope scope) {
        Syntax part = code.field(field);
        return part == null ? code.unknown("is incomplete") : value(part, scope);
    }

    private static String name(Syntax code, String field) {
        Syntax part = code.field(field);
        return part == null ? "" : part.text();
    }

    private Value variable(Syntax code, Scope scope) {
        String name = code.text();
        Value.Lazy found = scope.find(name);
        if (found != null) {
            Value value = found.get();
            return value.equals(Value.Lazy.ITSELF) ? code.unknown("refers to itself") : value;
        }
        return builtins.global(name, scope).orElseGet(() -> code.unknown("needs " + name));
    }

    private Value template(Syntax code, Scope scope) {
        StringBuilder text = new StringBuilder();
        for (Syntax part : code.children()) {
            if (!part.type().equals("template_substitution")) {
                text.append(Literals.fragment(part));
                continue;
            }
            Value inner = first(part, scope);
            Optional<String> words = inner.inTemplate();
            if (words.isEmpty()) {
                return inner instanceof Value.Unknown ? inner : part.unknown("is computed");
            }
            text.append(words.get());
        }
        return new Value.Text(text.toString());
    }

    private List<Value.Lazy> elements(Syntax code, Scope scope) {
        List<Value.Lazy> elements = new ArrayList<>();
        for (Syntax part : code.children()) {
            if (!part.type().equals("spread_element")) {
                elements.add(later(part, scope));
                continue;
            }
            switch (first(part, scope)) {
                case Value.Items(List<Value.Lazy> more) -> elements.addAll(more);
                case Value.Unknown unknown -> elements.add(Value.Lazy.of(unknown));
                default -> elements.add(Value.Lazy.of(part.unknown("is computed")));
            }
        }
        return elements;
    }

    private Value object(Syntax code, Scope scope) {
        Value.Fields object = Value.Fields.empty();
        for (Syntax part : code.children()) {
            switch (part.type()) {
                case "pair" -> {
                    Syntax key = part.field("key");
                    Syntax value = part.field("value");
                    if (key != null && value != null) {
                        put(object, key, scope, later(value, scope));
                    }
                }
                case "shorthand_property_identifier" ->
                        object.fields().put(part.text(), later(part, scope));
                case "method_definition" -> {
                    Syntax key = part.field("name");
                    boolean getter = part.text().startsWith("get ");
                    if (key != null) {
                        put(
                                object,
                                key,
                                scope,
                                Value.Lazy.of(
                                        getter
                                                ? part.unknown("is computed")
                                                : function(part, scope)));
                    }
                }
                case "spread_element" ->
                        // What comes later in an object wins, and this may hold any field.
                        object.spread(first(part, scope), part.unknown("is not of this site"));
                default -> {}
            }
        }
        return object;
    }

    private void put(Value.Fields object, Syntax key, Scope scope, Value.Lazy value) {
        Value name =
                switch (key.type()) {
                    case "computed_property_name" -> first(key, scope);
                    case "string" -> new Value.Text(Literals.text(key));
                    default -> new Value.Text(key.text());
                };
        name.asText()
                .ifPresentOrElse(
                        text -> object.fields().put(text, value),
                        () -> object.others().add(key.unknown("has a computed name")));
    }

    private Value subscript(Syntax code, Scope scope) {
        Value object = part(code, "object", scope);
        Value index = part(code, "index", scope);
        if (index instanceof Value.Unknown) {
            return index;
        }
        return builtins.member(code, object, index.asText().orElse(""));
    }

    private Value ternary(Syntax code, Scope scope) {
        Value condition = part(code, "condition", scope);
        Optional<Boolean> truth = condition.truth();
        if (truth.isPresent()) {
            return part(code, truth.get() ? "consequence" : "alternative", scope);
        }
        Value one = part(code, "consequence", scope);
        boolean same = one.asText().isPresent() && one.equals(part(code, "alternative", scope));
        return same ? one : code.unknown("depends on a condition");
    }

    private Value binary(Syntax code, Scope scope) {
        Value left = part(code, "left", scope);
        String operator = name(code, "operator");
        return switch (operator) {
            case "??" -> left instanceof Value.Absent ? part(code, "right", scope) : left;
            case "||", "&&" -> {
                Optional<Boolean> truth = left.truth();
                if (truth.isEmpty()) {
                    yield code.unknown("depends on a condition");
                }
                yield truth.get() == operator.equals("&&") ? part(code, "right", scope) : left;
            }
            default -> Literals.operation(code, operator, left, part(code, "right", scope));
        };
    }

    private Value unary(Syntax code, Scope scope) {
        Value inner = part(code, "argument", scope);
        return switch (name(code, "operator")) {
            case "!" ->
                    inner.truth()
                            .<Value>map(truth -> new Value.Flag(!truth))
                            .orElseGet(() -> code.unknown("depends on a condition"));
            case "-" ->
                    inner instanceof Value.Num(double number)
                            ? new Value.Num(-number)
                            : code.unknown("is computed");
            case "void" -> new Value.Absent();
            case "typeof" -> Builtins.typeOf(code, inner);
            default -> code.unknown("is computed");
        };
    }

    // ---- calls

    private Value call(Syntax code, Scope scope) {
        Syntax function = code.field("function");
        Syntax list = code.field("arguments");
        if (function == null || list == null || list.type().equals("template_string")) {
            return code.unknown("is computed");
        }
        List<Value.Lazy> arguments = elements(list, scope);
        if (function.type().equals("import")) {
            return builtins.load(code, arguments, scope);
        }
        if (function.type().equals("member_expression")) {
            Value object = part(function, "object", scope);
            return builtins.method(code, object, name(function, "property"), arguments, scope);
        }
        return builtins.apply(code, value(function, scope), arguments, scope);
    }

    private Value construct(Syntax code, Scope scope) {
        Syntax list = code.field("arguments");
        List<Value.Lazy> arguments = list == null ? List.of() : elements(list, scope);
        return builtins.construct(code, name(code, "constructor"), arguments, scope);
    }

    private Value function(Syntax code, Scope scope) {
        return new Value.Function(scope.file(), arguments -> run(code, scope, arguments));
    }

    private Value run(Syntax code, Scope around, List<Value.Lazy> arguments) {
        if (depth >= MAX_DEPTH) {
            return code.unknown("is nested too deeply");
        }
        Scope scope = new Scope(around);
        Syntax single = code.field("parameter");
        Syntax parameters = code.field("parameters");
        if (single != null) {
            scope.put(single.text(), argument(arguments, 0));
        } else if (parameters != null) {
            int at = 0;
            for (Syntax parameter : parameters.children()) {
                parameter(parameter, arguments, at++, scope);
            }
        }
        Syntax body = code.field("body");
        if (body == null) {
            return code.unknown("is computed");
        }
        if (!body.type().equals("statement_block")) {
            return value(body, scope);
        }
        depth++;
        try {
            Returned returned = block(body.children(), scope, false);
            return returned == null ? new Value.Absent() : returned.value;
        } finally {
            depth--;
        }
    }

    private void parameter(Syntax parameter, List<Value.Lazy> arguments, int at, Scope scope) {
        Syntax pattern = parameter.field("pattern");
        if (pattern == null) {
            return;
        }
        if (pattern.type().equals("rest_pattern")) {
            List<Value.Lazy> rest =
                    arguments.subList(Math.min(at, arguments.size()), arguments.size());
            bind(pattern.children().getFirst(), Value.Lazy.of(new Value.Items(rest)), scope);
        } else {
            Syntax otherwise = parameter.field("value");
            Value.Lazy given = argument(arguments, at);
            bind(pattern, otherwise == null ? given : or(given, otherwise, scope), scope);
        }
    }

    private static Value.Lazy argument(List<Value.Lazy> arguments, int at) {
        return at < arguments.size() ? arguments.get(at) : Value.Lazy.of(new Value.Absent());
    }

    private Value.Lazy or(Value.Lazy given, Syntax otherwise, Scope scope) {
        return Value.Lazy.of(
                () -> given.get() instanceof Value.Absent ? value(otherwise, scope) : given.get());
    }

    // ---- patterns

    /** Binds the names in a pattern such as {@code {a, b: [c], ...rest}}. */
    void bind(Syntax pattern, Value.Lazy value, Scope scope) {
        switch (pattern.type()) {
            case "identifier" -> scope.put(pattern.text(), value);
            case "assignment_pattern", "object_assignment_pattern" -> {
                Syntax left = pattern.field("left");
                Syntax right = pattern.field("right");
                if (left != null && right != null) {
                    bind(left, or(value, right, scope), scope);
                }
            }
            case "shorthand_property_identifier_pattern" -> scope.put(pattern.text(), value);
            case "array_pattern" -> {
                int index = 0;
                for (Syntax part : pattern.children()) {
                    String at = String.valueOf(index++);
                    bind(part, Value.Lazy.of(() -> builtins.member(part, value.get(), at)), scope);
                }
            }
            case "object_pattern" -> fields(pattern, value, scope);
            default -> {}
        }
    }

    private void fields(Syntax pattern, Value.Lazy value, Scope scope) {
        Set<String> taken = new LinkedHashSet<>();
        for (Syntax part : pattern.children()) {
            switch (part.type()) {
                case "pair_pattern" -> {
                    Syntax target = part.field("value");
                    String key = name(part, "key").replaceAll("^['\"]|['\"]$", "");
                    if (target != null) {
                        taken.add(key);
                        bind(target, field(part, value, key), scope);
                    }
                }
                case "object_assignment_pattern" -> {
                    String key = name(part, "left");
                    taken.add(key);
                    bind(part, field(part, value, key), scope);
                }
                case "rest_pattern" ->
                        bind(
                                part.children().getFirst(),
                                Value.Lazy.of(() -> without(value.get(), taken)),
                                scope);
                default -> {
                    taken.add(part.text());
                    bind(part, field(part, value, part.text()), scope);
                }
            }
        }
    }

    private Value.Lazy field(Syntax part, Value.Lazy value, String key) {
        return Value.Lazy.of(() -> builtins.member(part, value.get(), key));
    }

    private static Value without(Value value, Set<String> taken) {
        if (value
                instanceof
                Value.Fields(Map<String, Value.Lazy> fields, List<Value.Unknown> others)) {
            Map<String, Value.Lazy> rest = new LinkedHashMap<>(fields);
            rest.keySet().removeAll(taken);
            return new Value.Fields(rest, others);
        }
        return value;
    }

    // ---- statements

    /**
     * Runs statements.
     *
     * @param maybe whether it is not known that they run, so that what they change is not known
     *     afterwards
     * @return null if none of them returns
     */
    private @Nullable Returned block(List<Syntax> statements, Scope scope, boolean maybe) {
        statements.stream()
                .map(Evaluator::declared)
                .filter(s -> s.type().endsWith("function_declaration"))
                .forEach(s -> scope.put(name(s, "name"), Value.Lazy.of(function(s, scope))));
        for (Syntax statement : statements) {
            Returned returned = statement(statement, scope, maybe);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    private static Syntax declared(Syntax statement) {
        Syntax declaration =
                statement.type().equals("export_statement") ? statement.field("declaration") : null;
        return declaration == null ? statement : declaration;
    }

    /** Runs the statements of a file. */
    void run(Syntax program, Scope scope) {
        depth++;
        try {
            block(program.children(), scope, false);
        } finally {
            depth--;
        }
    }

    private @Nullable Returned statement(Syntax code, Scope scope, boolean maybe) {
        if (++steps > MAX_STEPS) {
            return new Returned(code.unknown("takes too many steps"));
        }
        return switch (code.type()) {
            case "export_statement" -> part(code.field("declaration"), scope, maybe);
            case "lexical_declaration", "variable_declaration" -> {
                code.children().forEach(variable -> declare(variable, scope));
                yield null;
            }
            case "expression_statement" -> {
                effect(code.children(), scope, maybe);
                yield null;
            }
            case "return_statement" -> {
                List<Syntax> parts = code.children();
                Value result =
                        parts.isEmpty() ? new Value.Absent() : value(parts.getFirst(), scope);
                yield new Returned(maybe ? code.unknown("depends on a condition") : result);
            }
            case "if_statement" -> branch(code, scope, maybe);
            case "statement_block" -> block(code.children(), new Scope(scope), maybe);
            case "else_clause" -> block(code.children(), scope, maybe);
            case "try_statement" -> part(code.field("body"), scope, maybe);
            case "for_in_statement" -> loop(code, scope, maybe);
            case "for_statement", "while_statement", "do_statement", "switch_statement" -> {
                Syntax body = code.field("body");
                yield body == null ? null : block(body.children(), new Scope(scope), true);
            }
            default -> null;
        };
    }

    private @Nullable Returned part(@Nullable Syntax code, Scope scope, boolean maybe) {
        return code == null ? null : statement(code, scope, maybe);
    }

    private void declare(Syntax variable, Scope scope) {
        Syntax target = variable.field("name");
        Syntax value = variable.field("value");
        if (target != null) {
            Value.Lazy given =
                    value == null ? Value.Lazy.of(new Value.Absent()) : later(value, scope);
            bind(target, given, scope);
        }
    }

    private @Nullable Returned branch(Syntax code, Scope scope, boolean maybe) {
        Optional<Boolean> truth = part(code, "condition", scope).truth();
        Syntax then = code.field("consequence");
        Syntax otherwise = code.field("alternative");
        if (truth.isPresent()) {
            Syntax taken = truth.get() ? then : otherwise;
            return taken == null ? null : statement(taken, scope, maybe);
        }
        Returned one = then == null ? null : statement(then, scope, true);
        Returned other = otherwise == null ? null : statement(otherwise, scope, true);
        return one != null ? one : other;
    }

    private @Nullable Returned loop(Syntax code, Scope scope, boolean maybe) {
        Syntax target = code.field("left");
        Syntax body = code.field("body");
        boolean of = name(code, "operator").equals("of");
        if (target == null || body == null) {
            return null;
        }
        if (!of
                || !(part(code, "right", scope)
                        instanceof Value.Items(List<Value.Lazy> elements))) {
            return statement(body, new Scope(scope), true);
        }
        for (Value.Lazy element : List.copyOf(elements)) {
            Scope inner = new Scope(scope);
            bind(target, element, inner);
            Returned returned = statement(body, inner, maybe);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    private void effect(List<Syntax> parts, Scope scope, boolean maybe) {
        for (Syntax part : parts) {
            switch (part.type()) {
                case "assignment_expression" -> assignment(part, scope, maybe);
                case "augmented_assignment_expression" -> {
                    Syntax left = part.field("left");
                    if (left != null) {
                        set(left, Value.Lazy.of(part.unknown("is computed")), scope);
                    }
                }
                case "call_expression", "await_expression", "parenthesized_expression" -> {
                    Value changed = maybe ? changedBy(part, scope) : value(part, scope);
                    if (maybe && changed instanceof Value.Items(List<Value.Lazy> elements)) {
                        elements.add(Value.Lazy.of(part.unknown("depends on a condition")));
                    }
                }
                default -> {}
            }
        }
    }

    /** The list that a call such as {@code list.push(x)} changes. */
    private Value changedBy(Syntax call, Scope scope) {
        Syntax function = call.field("function");
        boolean change =
                function != null
                        && function.type().equals("member_expression")
                        && Set.of("push", "unshift").contains(name(function, "property"));
        return change && function != null ? part(function, "object", scope) : new Value.Absent();
    }

    private Value assignment(Syntax code, Scope scope, boolean maybe) {
        Syntax left = code.field("left");
        Syntax right = code.field("right");
        if (left == null || right == null) {
            return code.unknown("is incomplete");
        }
        Value.Lazy value =
                maybe ? Value.Lazy.of(code.unknown("depends on a condition")) : later(right, scope);
        set(left, value, scope);
        return value.get();
    }

    private void set(Syntax target, Value.Lazy value, Scope scope) {
        switch (target.type()) {
            case "identifier" -> scope.assign(target.text(), value);
            case "member_expression" -> {
                if (part(target, "object", scope) instanceof Value.Fields object) {
                    object.fields().put(name(target, "property"), value);
                }
            }
            case "subscript_expression" -> {
                Optional<String> key = part(target, "index", scope).asText();
                if (key.isPresent()
                        && part(target, "object", scope) instanceof Value.Fields object) {
                    object.fields().put(key.get(), value);
                }
            }
            default -> {}
        }
    }
}
