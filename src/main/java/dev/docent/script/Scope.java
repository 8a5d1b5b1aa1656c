package dev.docent.script;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of a module or of a call, and those around it. Not thread-safe. */
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, Value.Lazy> names = new HashMap<>();
    private final Path file;

    /** The scope of a module. */
    Scope(Path file) {
        this.outer = null;
        this.file = file;
    }

    /** A scope within another. */
    Scope(Scope outer) {
        this.outer = outer;
        this.file = outer.file;
    }

    /** The file that the code is in. */
    Path file() {
        return file;
    }

    void put(String name, Value.Lazy value) {
        names.put(name, value);
    }

    Value.@Nullable Lazy find(String name) {
        Value.Lazy here = names.get(name);
        return here != null || outer == null ? here : outer.find(name);
    }

    /** Gives a variable another value, where it was declared. */
    void assign(String name, Value.Lazy value) {
        if (names.containsKey(name) || outer == null) {
            names.put(name, value);
        } else {
            outer.assign(name, value);
        }
    }
}
