package dev.docent.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.lucene.LuceneIndex;
import dev.docent.rag.Embedder;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex;
import dev.docent.text.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibratorTest {
    private static final List<String> THINGS =
            List.of(
                    "malt", "hops", "yeast", "kettle", "barrel", "bottle", "cellar", "mash",
                    "wort");
    private static final List<String> DOINGS =
            List.of(
                    "heat", "cool", "clean", "fill", "weigh", "label", "stir", "drain", "taste",
                    "age");
    private static final List<String> PLACES = List.of("Linux", "Windows", "the cloud");

    @TempDir private Path folder;
    private final WordVectors embedder = new WordVectors("words");
    private LuceneIndex index;

    @BeforeEach
    void open() {
        index = LuceneIndex.open(folder);
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void tellsTheSitesQuestionsFromThoseOfOthers() {
        publish(270);
        Optional<Calibration> fitted = new Calibrator(index, embedder).refresh();

        assertThat(fitted).isPresent();
        Calibration calibration = fitted.get();
        assertThat(calibration.best().own()).isGreaterThan(calibration.best().others());
        assertThat(calibration.topic().own()).isGreaterThan(calibration.topic().others());
        assertThat(calibration.made()).isEqualTo(40);
        assertThat(calibration.refused()).isLessThanOrEqualTo(calibration.made() / 10);
        assertThat(calibration.passed()).isLessThanOrEqualTo(calibration.others() / 10);
        assertThat(embedder.texts).isLessThanOrEqualTo(Calibrator.TEXTS);
        assertThat(calibration.stretch()).isBetween(1.0, 6.0);

        Retriever retriever = new Retriever(index, embedder);
        assertThat(retriever.search("how do I weigh the hops on Windows", null, 3).evidence())
                .isTrue();
        assertThat(retriever.search("who won the election in Kenya", null, 3).evidence()).isFalse();
        assertThat(Calibrations.words(index, embedder.space()))
                .startsWith("fitted on 40 questions");
    }

    @Test
    void answersInTheReadersLanguageWhatTheVectorsFind() {
        publish(270);
        Calibration calibration = new Calibrator(index, embedder).refresh().orElseThrow();
        assertThat(calibration.siteLanguage()).isEqualTo("en");
        Retriever retriever = new Retriever(index, embedder);
        for (String there :
                List.of("wie kann ich den Hopfen unter Windows wiegen", "如何在 Windows 上称重啤酒花")) {
            Retrieval found = retriever.search(there, null, 3);
            assertThat(found.evidence()).as(there).isTrue();
            assertThat(found.passages().getFirst().heading())
                    .as(there)
                    .isEqualTo("How to weigh the hops on Windows");
        }
        for (String elsewhere :
                List.of(
                        "wie wird das Wetter morgen in Hamburg",
                        "comment faire une tarte aux pommes",
                        "红烧肉怎么做")) {
            assertThat(retriever.search(elsewhere, null, 3).evidence()).as(elsewhere).isFalse();
        }
    }

    @Test
    void takesAnEarlierVersionsForASiteInEnglishUntilItIsFittedAnew() {
        publish(270);
        Calibration fitted = new Calibrator(index, embedder).refresh().orElseThrow();
        String earlier =
                fitted.json()
                        .replaceFirst("\"language\":\"en\",", "")
                        .replaceFirst("\"abroad\":\\{[^}]*},", "");
        assertThat(Calibration.parse(fitted.json().replaceFirst("\\{", "{\"later\":1,")))
                .isPresent();
        index.keep(PassageIndex.Note.CALIBRATION, earlier);
        assertThat(earlier).hasSizeLessThan(fitted.json().length() - 50);
        assertThat(
                        new Retriever(index, embedder)
                                .search("how do I weigh the hops on Windows", null, 3)
                                .evidence())
                .isTrue();
        new Calibrator(index, embedder).refresh();
        assertThat(index.note(PassageIndex.Note.CALIBRATION)).contains(fitted.json());
    }

    @Test
    void isKeptUntilTheSiteHasChangedEnough() {
        publish(230);
        Calibrator calibrator = new Calibrator(index, embedder);
        calibrator.refresh();
        Optional<String> former = index.note(PassageIndex.Note.CALIBRATION);
        int spent = embedder.texts;

        publish(240);
        calibrator.refresh();
        assertThat(index.note(PassageIndex.Note.CALIBRATION)).isEqualTo(former);
        assertThat(embedder.texts).isEqualTo(spent);

        publish(200);
        index.keep(
                PassageIndex.Note.CALIBRATION,
                former.orElseThrow().replace("\"passages\":230", "\"passages\":900"));
        calibrator.refresh();
        assertThat(embedder.texts).isGreaterThan(spent);
        assertThat(index.note(PassageIndex.Note.CALIBRATION)).isNotEqualTo(former);
    }

    @Test
    void isNotMadeForAFewPassages() {
        publish(15);
        assertThat(new Calibrator(index, embedder).refresh()).isEmpty();
        assertThat(index.note(PassageIndex.Note.CALIBRATION)).isEmpty();
        assertThat(embedder.texts).isZero();

        publish(16);
        assertThat(new Calibrator(index, embedder).refresh().orElseThrow().made()).isEqualTo(16);
    }

    @Test
    void isLeftAsideWhereItIsDamagedOrOfAnotherModel() {
        publish(270);
        new Calibrator(index, embedder).refresh();
        Retriever other = new Retriever(index, new WordVectors("another"));
        assertThat(other.search("how do I weigh the hops on Windows", null, 3).evidence()).isTrue();
        assertThat(Calibrations.words(index, new EmbeddingSpace("another", WordVectors.DIMENSION)))
                .isEqualTo("of another model, or damaged, so words alone decide what is refused");

        for (String damaged : List.of("", "{", "null", "[]", "{\"model\":\"words\"}", "\"x\"")) {
            index.keep(PassageIndex.Note.CALIBRATION, damaged);
            assertThat(Calibration.parse(damaged).filter(one -> one.isOf(embedder.space())))
                    .as(damaged)
                    .isEmpty();
            assertThat(
                            new Retriever(index, embedder)
                                    .search("how do I weigh the hops on Windows", null, 3)
                                    .evidence())
                    .as(damaged)
                    .isTrue();
        }
    }

    @Test
    void comesBackFromItsText() {
        publish(270);
        Calibration fitted = new Calibrator(index, embedder).refresh().orElseThrow();
        Calibration read = Calibration.parse(fitted.json()).orElseThrow();
        assertThat(read.json()).isEqualTo(fitted.json());
        float[] question = embedder.embedQuery("weigh the hops");
        assertThat(read.topic(question)).isEqualTo(fitted.topic(question));
    }

    @Test
    void asksWordsOfTheTextWhereThereAreNoHeadings() {
        publish(
                passages(270).stream()
                        .map(passage -> without(passage, List.of(), passage.text()))
                        .toList());
        Calibration calibration = new Calibrator(index, embedder).refresh().orElseThrow();
        assertThat(calibration.made()).isEqualTo(40);
        assertThat(calibration.best().own()).isGreaterThan(calibration.best().others());
        assertThat(embedder.texts).isLessThanOrEqualTo(Calibrator.TEXTS);
        Retriever retriever = new Retriever(index, embedder);
        assertThat(retriever.search("how do I weigh the hops on Windows", null, 3).evidence())
                .isTrue();
        assertThat(retriever.search("who won the election in Kenya", null, 3).evidence()).isFalse();
    }

    @Test
    void spendsOneTextAtMostWhereThereIsNothingToAskFor() {
        publish(
                passages(270).stream()
                        .map(passage -> without(passage, List.of(), "| --- |"))
                        .toList());
        assertThat(new Calibrator(index, embedder).refresh()).isEmpty();
        assertThat(embedder.texts).isLessThanOrEqualTo(1);

        publish(
                passages(270).stream()
                        .map(passage -> without(passage, List.of("One page"), passage.text()))
                        .toList());
        assertThat(new Calibrator(index, embedder).refresh()).isEmpty();
        assertThat(embedder.texts).isLessThanOrEqualTo(2);
    }

    /** The passage as a program splits it that knows nothing of sections. */
    private static Passage without(Passage passage, List<String> headings, String text) {
        return new Passage(
                passage.id(), "brewery.md", "", headings, "", null, 0, text, passage.tokens());
    }

    private void publish(int passages) {
        publish(passages(passages));
    }

    private static List<Passage> passages(int passages) {
        List<Passage> all = new ArrayList<>();
        for (String thing : THINGS) {
            for (String doing : DOINGS) {
                for (String place : PLACES) {
                    String heading = "How to %s the %s on %s".formatted(doing, thing, place);
                    String anchor = heading.toLowerCase(Locale.ROOT).replace(' ', '-');
                    String file = "docs/" + thing + ".md";
                    all.add(
                            new Passage(
                                    Passage.idOf(file, anchor, 0),
                                    file,
                                    thing,
                                    List.of(heading),
                                    anchor,
                                    "/" + thing + "#" + anchor,
                                    0,
                                    "To %s the %s on %s, open the brewery's panel."
                                            .formatted(doing, thing, place),
                                    20));
                }
            }
        }
        return all.subList(0, passages);
    }

    private void publish(List<Passage> some) {
        List<float[]> vectors = embedder.embedPassages(some);
        try (IndexUpdate update = index.update(embedder.space())) {
            update.remove(update.present().keySet());
            List<IndexUpdate.Entry> entries = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                entries.add(new IndexUpdate.Entry(some.get(i), "h", vectors.get(i)));
            }
            update.put(entries);
            update.publish();
        }
    }

    /**
     * A space in which texts with the same words are near: each word has a direction of its own,
     * and some words of other languages have that of an English one.
     */
    private static final class WordVectors implements Embedder {
        private static final Map<String, String> ENGLISH =
                Map.of(
                        "wie kann ich den", "how do I the",
                        "Hopfen", "hops",
                        "unter", "on",
                        "wiegen", "weigh",
                        "如何在", "how do I on",
                        "上称重", " weigh the ",
                        "啤酒花", "hops");

        static final int DIMENSION = 256;
        private final String model;
        int texts;

        WordVectors(String model) {
            this.model = model;
        }

        @Override
        public EmbeddingSpace space() {
            return new EmbeddingSpace(model, DIMENSION);
        }

        @Override
        public float[] embedQuery(String text) {
            texts++;
            return vector(text);
        }

        @Override
        public List<float[]> embedPassages(List<Passage> passages) {
            return passages.stream()
                    .map(passage -> vector(passage.place() + "\n" + passage.text()))
                    .toList();
        }

        private static float[] vector(String text) {
            float[] sum = new float[DIMENSION];
            sum[0] = 1;
            String english = text;
            for (Map.Entry<String, String> word : ENGLISH.entrySet()) {
                english = english.replace(word.getKey(), word.getValue());
            }
            for (String term : Words.topics(english)) {
                Random random = new Random(term.hashCode());
                for (int i = 0; i < DIMENSION; i++) {
                    sum[i] += (float) random.nextGaussian() / 4;
                }
            }
            double square = 0;
            for (float value : sum) {
                square += value * value;
            }
            for (int i = 0; i < DIMENSION; i++) {
                sum[i] /= (float) Math.sqrt(square);
            }
            return sum;
        }

        @Override
        public int tokens(String text) {
            return text.length() / 4;
        }

        @Override
        public void close() {}
    }
}
