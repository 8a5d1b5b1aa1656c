package dev.docent.script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an expression evaluates to. What cannot be known without running a program is Unknown. */
public sealed interface Value
        permits Value.Text,
                Value.Num,
                Value.Flag,
                Value.Absent,
                Value.Items,
                Value.Fields,
                Value.Foreign,
                Value.Unknown,
                Value.Function {

    /** A string. */
    record Text(String text) implements Value {}

    /** A number. */
    record Num(double number) implements Value {}

    /** A boolean. */
    record Flag(boolean on) implements Value {}

    /** {@code undefined} or {@code null}. */
    record Absent() implements Value {}

    /**
     * A list, whose elements are evaluated when they are asked for.
     *
     * @param elements may change while the program that is read changes the list
     */
    record Items(List<Lazy> elements) implements Value {
        /** The elements, evaluated. */
        public List<Value> values() {
            return elements.stream().map(Lazy::get).toList();
        }
    }

    /**
     * An object, whose fields are evaluated when they are asked for.
     *
     * @param fields in order; may change while the program that is read changes the object
     * @param others holds at most one value: what fields evaluate to that are not named, where a
     *     part of the object could not be evaluated
     */
    record Fields(Map<String, Lazy> fields, List<Unknown> others) implements Value {
        static Fields empty() {
            return new Fields(new LinkedHashMap<>(), new ArrayList<>(1));
        }

        /**
         * Takes over the fields of another object.
         *
         * @param unknown noted if the other may have any field
         */
        void spread(Value more, Unknown unknown) {
            switch (more) {
                case Fields(Map<String, Lazy> theirs, List<Unknown> their) -> {
                    fields.putAll(theirs);
                    others.addAll(their);
                }
                case Unknown other -> others.add(other);
                case Foreign _ -> others.add(unknown);
                default -> {}
            }
        }
    }

    /**
     * A function of the program that is read.
     *
     * @param file the file that it is in
     */
    record Function(Path file, Body body) implements Value {}

    /** What a function does. */
    @FunctionalInterface
    interface Body {
        Value call(List<Lazy> arguments);
    }

    /**
     * Something of a module that is not a part of the site, or of the language itself.
     *
     * @param module its name as it is imported, empty for the language itself
     * @param member what is meant in it, with dots; empty for the module
     */
    record Foreign(String module, String member) implements Value {}

    /**
     * A value that is not known.
     *
     * @param why the end of a sentence that begins with "it"
     * @param file name of the file that holds the expression
     * @param line the expression's line, from 1
     */
    record Unknown(String why, String file, int line) implements Value {
        /** Where the expression is, for people. */
        public String place() {
            return file + " line " + line;
        }
    }

    /** The value of a field; absent if this is no object or has no such field. */
    default Value get(String key) {
        return switch (this) {
            case Fields object -> {
                Lazy field = object.fields.get(key);
                yield field != null
                        ? field.get()
                        : object.others.isEmpty() ? new Absent() : object.others.getFirst();
            }
            case Unknown unknown -> unknown;
            default -> new Absent();
        };
    }

    /** A string or a number as text; empty for all else. */
    default Optional<String> asText() {
        return switch (this) {
            case Text text -> Optional.of(text.text);
            case Num(double number) -> Optional.of(number(number));
            default -> Optional.empty();
        };
    }

    private static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }

    /** The text that the value has within a template; empty where that is not known. */
    default Optional<String> inTemplate() {
        return switch (this) {
            case Flag(boolean on) -> Optional.of(String.valueOf(on));
            case Absent() -> Optional.of("undefined");
            default -> asText();
        };
    }

    /** Whether a condition takes this for true; empty where that is not known. */
    default Optional<Boolean> truth() {
        return switch (this) {
            case Text(String text) -> Optional.of(!text.isEmpty());
            case Num(double number) -> Optional.of(number != 0 && !Double.isNaN(number));
            case Flag(boolean on) -> Optional.of(on);
            case Absent() -> Optional.of(false);
            case Items _, Fields _, Function _ -> Optional.of(true);
            // A module is there, but what it exports may be anything.
            case Foreign(String _, String member) ->
                    member.isEmpty() ? Optional.of(true) : Optional.empty();
            case Unknown _ -> Optional.empty();
        };
    }

    /** A value that is evaluated when it is first asked for. Not thread-safe. */
    final class Lazy {
        /** Where the circle was noticed; whoever asked says where that is. */
        static final Unknown ITSELF = new Unknown("refers to itself", "", 0);

        private @Nullable Supplier<Value> how;
        private @Nullable Value value;
        private boolean running;

        private Lazy(@Nullable Supplier<Value> how, @Nullable Value value) {
            this.how = how;
            this.value = value;
        }

        static Lazy of(Supplier<Value> how) {
            return new Lazy(how, null);
        }

        static Lazy of(Value value) {
            return new Lazy(null, value);
        }

        /** The value; unknown if it is needed for its own evaluation. */
        public Value get() {
            if (value != null) {
                return value;
            }
            if (running || how == null) {
                return ITSELF;
            }
            running = true;
            try {
                value = how.get();
                how = null;
                return value;
            } finally {
                running = false;
            }
        }
    }
}
