package dev.docent.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * The signals that ask this process to end. Handled here instead of by a shutdown hook, because
 * ONNX Runtime has one of its own ({@code ai.onnxruntime.OrtEnvironment}). It would run in parallel
 * and close the environment while texts are embedded or the model is loaded, which ends in SIGSEGV.
 *
 * <p>Uses reflection, because javac warns about {@code sun.misc.Signal} in a way that cannot be
 * suppressed, although {@code jdk.unsupported} exports it and the JDK has no replacement (JEP 260).
 */
final class Signals {
    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private Signals() {}

    /**
     * Sets what SIGHUP, SIGINT and SIGTERM do from now on; one that is ignored, as by {@code
     * nohup}, stays so. Handlers run on a thread of their own.
     *
     * @param end receives the exit code that a shell expects: 128 plus the signal's number
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
            Method set = signal.getMethod("handle", signal, handler);
            Object number = signal.getConstructor(String.class).newInstance(name);
            Object before = set.invoke(null, number, ours);
            Object ignored = handler.getField("SIG_IGN").get(null);
            // In this order, because to a handler of ours a call of any method is the signal.
            if (Objects.equals(ignored, before)) {
                set.invoke(null, number, ignored);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM lets nobody handle signals", e);
        }
    }
}
