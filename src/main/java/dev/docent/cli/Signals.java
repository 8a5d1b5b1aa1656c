package dev.docent.cli;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The signals that ask this process to end. Handled here instead of by a shutdown hook, since ONNX
 * Runtime has one of its own ({@code ai.onnxruntime.OrtEnvironment}): it runs beside ours and takes
 * the environment away from under whatever is being embedded or loaded, which ends in SIGSEGV.
 *
 * <p>By reflection, as javac warns of {@code sun.misc.Signal} in a way that cannot be suppressed,
 * although it is exported by {@code jdk.unsupported} and the JDK has no other way (JEP 260).
 */
final class Signals {
    private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15);

    private Signals() {}

    /**
     * Sets what SIGINT and SIGTERM do from now on, on a thread of its own.
     *
     * @param end is given the exit code that a shell expects, 128 and the signal's number
     */
    static void handle(IntConsumer end) {
        NUMBERS.forEach((name, number) -> handle(name, () -> end.accept(128 + number)));
    }

    private static void handle(String name, Runnable end) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, arguments) -> {
                                end.run();
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM lets nobody handle signals", e);
        }
    }
}
