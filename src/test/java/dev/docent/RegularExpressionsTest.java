package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No text makes a regular expression of the program slow, or overflow the stack. All that the
 * program's class files compile are found, and each is tried with repeats of what stands in it, of
 * one length, a half and a quarter of it. What is counted are the characters that the matcher looks
 * at, so that a busy machine changes nothing.
 */
class RegularExpressionsTest {
    /** Characters of the longest text whose steps are counted. */
    private static final int LONG = 320;

    /** Steps for each character that are taken for linear without a look at shorter texts. */
    private static final int FEW = 16;

    /** Characters that a matcher which calls itself for each one has no stack for. */
    private static final int DEEP = 5000;

    private static final int STACK = 180 * 1024;

    /** Those that are put together when the program runs, by the method that does it. */
    private static final Map<String, List<String>> BUILT =
            Map.of(
                    "markdown.JsxTag.attribute",
                    List.of("[\\s\"'}]label\\s*=\\s*\\{?\\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`)"),
                    "config.Origins.of",
                    List.of("\\Qhttps://a-\\E[a-z0-9-]+\\Q-b.example\\E"),
                    "failure.OwnWords.whole",
                    List.of("(?<![\\p{L}\\p{N}])\\Qsecret\\E(?![\\p{L}\\p{N}])"),
                    "qdrant.QdrantUpdate.generations",
                    List.of("\\Qdocs\\E-v\\d{1,9}"),
                    "script.Builtins.string",
                    List.of("\\Q-\\E"));

    /** The lists of them that are read from a resource, by the method that does it. */
    private static final Map<String, String> LISTS =
            Map.of(
                    "retrieval.QuestionForm.lambda$static$0", "retrieval.QuestionForm.ORDERS",
                    "chat.Declined.lambda$wordings$1", "chat.Declined.WORDINGS");

    /** Those that never see a text of others, or only a short one, with the reason. */
    private static final Map<String, String> OWN =
            Map.of(
                    "config.Cleaned.of", "the owner's settings, up to a length",
                    "config.DatabaseUrl.WRAPPING", "the owner's setting",
                    "validation.Rules.pattern", "the owner's settings, by rules of this project",
                    "site.PageRules.any", "globs of the owner");

    /** A group that is repeated without a bound, and not possessively. */
    private static final Pattern RECURSIVE = Pattern.compile("\\)(?:[*+](?!\\+)|\\{\\d+,})");

    private static final Pattern LITERAL =
            Pattern.compile(
                    "\\\\[pPQE]\\{\\w+}|\\\\[a-zA-Z]|(?<word>[A-Za-z]{2,}|[<>!/\"'`=:;#@~%&-]{2,})|\\\\?(?<sign>[^a-zA-Z0-9\\s])");

    private enum Use {
        WHOLE,
        PART
    }

    /**
     * A regular expression.
     *
     * @param place class, and field where it has one
     * @param uses whether it is held against whole texts, or looked for in them
     * @param even whether its texts have no two blanks side by side
     */
    private record Found(String place, Pattern pattern, Set<Use> uses, boolean even) {}

    @Test
    void eachTakesTimeThatGrowsWithTheTextAndNoFaster() throws Exception {
        Map<String, Set<Use>> uses = new HashMap<>();
        List<Found> all = new ArrayList<>();
        Set<String> built = new TreeSet<>();
        List<ClassModel> classes = classes();
        classes.forEach(of -> note(of, uses));
        for (ClassModel of : classes) {
            find(of, uses, all, built);
        }
        assertThat(built)
                .as("put together at run time, and not named in this test")
                .containsExactlyInAnyOrderElementsOf(named());
        for (Map.Entry<String, List<String>> one : BUILT.entrySet()) {
            for (String regex : one.getValue()) {
                all.add(new Found(one.getKey(), Pattern.compile(regex), Set.of(Use.PART), false));
            }
        }
        for (String field : LISTS.values()) {
            for (Pattern pattern : list(field)) {
                all.add(new Found(field, pattern, Set.of(Use.PART), true));
            }
        }
        Map<String, String> slow =
                slow(all.stream().filter(one -> !OWN.containsKey(one.place())).toList());
        assertThat(all).hasSizeGreaterThan(250);
        assertThat(slow).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+b",
                "\\s+$",
                "(a|1)*z",
                "^a+b?a+$",
                "\\.+$",
                "<!--(.*?)-->",
                "(?:a1?)*!"
            })
    void aSlowOneIsFound(String regex) throws InterruptedException {
        assertThat(slow(List.of(new Found("", Pattern.compile(regex), Set.of(Use.PART), false))))
                .hasSize(1);
    }

    /** The slow ones with the texts that they are slow with. */
    private static Map<String, String> slow(List<Found> all) throws InterruptedException {
        Map<String, String> slow = new ConcurrentSkipListMap<>();
        Runnable attack =
                () -> {
                    for (Found one : all) {
                        attack(one)
                                .ifPresent(
                                        why -> slow.put(one.place() + ": " + one.pattern(), why));
                    }
                };
        Thread thread = new Thread(null, attack, "regular expressions", STACK);
        thread.start();
        thread.join();
        return slow;
    }

    private static Set<String> named() {
        Set<String> named = new TreeSet<>(BUILT.keySet());
        named.addAll(LISTS.keySet());
        OWN.keySet().stream().filter(place -> !place.matches(".*[A-Z]{3}")).forEach(named::add);
        return named;
    }

    /** The text that it is slow with; empty if none was found. */
    private static Optional<String> attack(Found one) {
        boolean recursive = RECURSIVE.matcher(one.pattern().pattern()).find();
        for (Shape shape : shapes(one.pattern().pattern())) {
            if (one.even() && shape.of(99).matches("(?s).*\\s\\s.*")) {
                continue;
            }
            for (Use use : one.uses()) {
                try {
                    long whole = steps(one.pattern(), use, shape.of(LONG));
                    if (whole > (long) FEW * LONG) {
                        long half = steps(one.pattern(), use, shape.of(LONG / 2));
                        long quarter = steps(one.pattern(), use, shape.of(LONG / 4));
                        if (whole > 3 * half && half > 3 * quarter) {
                            return Optional.of(
                                    "%s %d, %d, %d steps".formatted(shape, quarter, half, whole));
                        }
                    }
                    if (recursive && shape.beginning().isEmpty()) {
                        steps(one.pattern(), use, shape.of(DEEP));
                    }
                } catch (StackOverflowError e) {
                    return Optional.of(shape + " overflows the stack");
                }
            }
        }
        return Optional.empty();
    }

    private static long steps(Pattern pattern, Use use, String text) {
        Counted counted = new Counted(text);
        Matcher matcher = pattern.matcher(counted);
        switch (use) {
            case WHOLE -> matcher.matches();
            case PART -> {
                boolean more = matcher.find();
                while (more) {
                    more = matcher.find();
                }
            }
        }
        return counted.steps;
    }

    /** A text that counts how often one of its characters is looked at. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long steps;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            steps++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A beginning, what is repeated after it, and an end that hardly any expression takes. */
    private record Shape(String beginning, String repeated) {
        String of(int length) {
            return beginning + repeated.repeat(length / repeated.length()) + "\u0001";
        }
    }

    /** Made of the signs and words that stand in a regular expression. */
    private static Set<Shape> shapes(String regex) {
        Set<String> signs = new LinkedHashSet<>(List.of("a", "1", " ", "\n"));
        Set<String> words = new LinkedHashSet<>();
        Matcher literal = LITERAL.matcher(regex);
        while (literal.find()) {
            if (literal.group("sign") != null) {
                signs.add(literal.group("sign"));
            } else if (literal.group("word") != null) {
                words.add(literal.group("word"));
            }
        }
        List<String> fewSigns = signs.stream().limit(14).toList();
        List<String> fewWords = words.stream().limit(3).toList();
        List<String> atoms = Stream.concat(fewSigns.stream(), fewWords.stream()).toList();
        Set<Shape> shapes = new LinkedHashSet<>();
        for (String atom : atoms) {
            shapes.add(new Shape("", atom));
            shapes.add(new Shape("", "aa" + atom));
            for (String other : atoms) {
                shapes.add(new Shape(other, atom));
                shapes.add(new Shape("", other + atom));
            }
            for (String word : fewWords) {
                fewSigns.stream()
                        .limit(8)
                        .forEach(sign -> shapes.add(new Shape(word + sign, atom)));
            }
        }
        return shapes;
    }

    private static List<ClassModel> classes() throws Exception {
        Path root =
                Path.of(Docent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<ClassModel> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                classes.add(ClassFile.of().parse(file));
            }
        }
        return classes;
    }

    /** Notes how the patterns are used that stand in fields. */
    private static void note(ClassModel of, Map<String, Set<Use>> uses) {
        code(
                of,
                (method, steps) -> {
                    String field = "";
                    for (Instruction step : steps) {
                        if (step instanceof FieldInstruction read
                                && read.opcode() == Opcode.GETSTATIC
                                && read.type().equalsString("Ljava/util/regex/Pattern;")) {
                            field = place(read.owner()) + "." + read.name().stringValue();
                        } else if (step instanceof InvokeInstruction call && !field.isEmpty()) {
                            String what = call.name().stringValue();
                            if (isOf(call, Matcher.class) || isOf(call, Pattern.class)) {
                                boolean whole =
                                        Set.of("matches", "lookingAt", "asMatchPredicate")
                                                .contains(what);
                                if (!what.equals("matcher")) {
                                    uses.computeIfAbsent(field, _ -> EnumSet.noneOf(Use.class))
                                            .add(whole ? Use.WHOLE : Use.PART);
                                    field = "";
                                }
                            }
                        }
                    }
                });
    }

    /** Finds what a class compiles; {@code built} gets the methods whose text is no constant. */
    private static void find(
            ClassModel of, Map<String, Set<Use>> uses, List<Found> all, Set<String> built) {
        code(
                of,
                (method, steps) -> {
                    for (int i = 0; i < steps.size(); i++) {
                        if (steps.get(i) instanceof InvokeInstruction call && compiles(call)) {
                            List<Found> here =
                                    compiled(place(of.thisClass()), steps, i, call, uses);
                            if (here.isEmpty()) {
                                built.add(place(of.thisClass()) + "." + method);
                            }
                            all.addAll(here);
                        }
                    }
                });
    }

    private static void code(ClassModel of, BiConsumer<String, List<Instruction>> reader) {
        for (MethodModel method : of.methods()) {
            method.code()
                    .ifPresent(code ->
                            reader.accept(
                                    method.methodName().stringValue(),
                                    code.elementStream()
                                            .filter(Instruction.class::isInstance)
                                            .map(Instruction.class::cast)
                                            .toList()));
        }
    }

    private static String place(ClassEntry of) {
        return of.asInternalName().replace("dev/docent/", "").replace('/', '.');
    }

    private static boolean isOf(InvokeInstruction call, Class<?> type) {
        return call.owner().asInternalName().equals(type.getName().replace('.', '/'));
    }

    private static boolean compiles(InvokeInstruction call) {
        String method = call.name().stringValue();
        return isOf(call, Pattern.class)
                ? Set.of("compile", "matches").contains(method)
                : isOf(call, String.class)
                        && Set.of("matches", "replaceAll", "replaceFirst", "split")
                                .contains(method);
    }

    private static List<Found> compiled(
            String of,
            List<Instruction> steps,
            int i,
            InvokeInstruction call,
            Map<String, Set<Use>> uses) {
        String method = call.name().stringValue();
        if (method.startsWith("replace")) {
            // What replaces may be put together after the expression was loaded.
            return IntStream.range(Math.max(0, i - 8), i)
                    .mapToObj(j -> constant(steps, j))
                    .filter(text -> text instanceof String regex && valid(regex))
                    .map(regex -> Pattern.compile((String) regex))
                    .map(pattern -> new Found(of, pattern, Set.of(Use.PART), false))
                    .toList();
        }
        boolean two = call.typeSymbol().parameterCount() == 2;
        if (!(constant(steps, two ? i - 2 : i - 1) instanceof String regex)) {
            return List.of();
        }
        if (!method.equals("compile")) {
            Set<Use> use = Set.of(method.equals("matches") ? Use.WHOLE : Use.PART);
            return List.of(new Found(of, Pattern.compile(regex), use, false));
        }
        String place =
                steps.get(i + 1) instanceof FieldInstruction put
                        ? of + "." + put.name().stringValue()
                        : of;
        int flags = two && constant(steps, i - 1) instanceof Integer given ? given : 0;
        return List.of(
                new Found(
                        place,
                        Pattern.compile(regex, flags),
                        uses.getOrDefault(place, EnumSet.allOf(Use.class)),
                        false));
    }

    private static @Nullable Object constant(List<Instruction> steps, int i) {
        return i >= 0 && steps.get(i) instanceof ConstantInstruction loaded
                ? loaded.constantValue()
                : null;
    }

    private static boolean valid(String regex) {
        try {
            Pattern.compile(regex);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** What a resource was read into. */
    private static List<Pattern> list(String field) throws ReflectiveOperationException {
        int dot = field.lastIndexOf('.');
        Field list =
                Class.forName("dev.docent." + field.substring(0, dot))
                        .getDeclaredField(field.substring(dot + 1));
        list.setAccessible(true);
        return ((List<?>) list.get(null)).stream().map(Pattern.class::cast).toList();
    }
}
