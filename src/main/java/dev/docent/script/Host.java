package dev.docent.script;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a program that is read can ask of what is around it. */
interface Host {
    /** What the program takes for its working directory. */
    Path home();

    /** A name that a file imports from a module: {@code default}, {@code *} for all, or another. */
    Value imported(Syntax at, String module, String name, Scope scope);

    /** What {@code require} of a module gives. */
    Value required(Syntax at, String module, Scope scope);

    /** The file that a module name stands for. */
    Optional<Path> resolved(String module, Path importer);

    /** The text of a file of the program; null if it cannot be read. */
    @Nullable String text(Path path);

    /** What a text in JSON says. */
    Value json(String text, String name, Scope scope);

    /** Notes that the program asks for an environment variable. */
    void asked(String variable);
}
