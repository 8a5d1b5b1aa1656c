package dev.docent.ingest;

import dev.docent.json.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which state of a site an index holds; an ingestion stores it beside the passages.
 *
 * @param commit what was checked out; null if the folder is in no checkout, or git could not tell
 * @param ingestedAt when the index was last brought up to date
 */
public record Provenance(Checkout.@Nullable Commit commit, Instant ingestedAt) {
    private static final String COMMIT = "commit";
    private static final String COMMITTED = "committed_at";
    private static final String INGESTED = "ingested_at";

    /** The names of its {@link #facts}. */
    public static final Set<String> NAMES = Set.of(COMMIT, COMMITTED, INGESTED);

    /** Its members by their names, for reports and for {@link #of}. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        if (commit != null) {
            facts.put(COMMIT, commit.id());
            facts.put(COMMITTED, commit.at().toString());
        }
        facts.put(INGESTED, ingestedAt.toString());
        return facts;
    }

    /** Empty where the map does not hold what {@link #facts} gave. */
    public static Optional<Provenance> of(Map<?, ?> facts) {
        try {
            Object id = facts.get(COMMIT);
            // Whoever may write to the collection may have written it, and git takes it for an
            // option.
            if (id != null && !id.toString().matches("[0-9a-f]{40,64}")) {
                return Optional.empty();
            }
            Checkout.Commit commit =
                    id == null
                            ? null
                            : new Checkout.Commit(id.toString(), instant(facts.get(COMMITTED)));
            return Optional.of(new Provenance(commit, instant(facts.get(INGESTED))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(@Nullable Object text) {
        return Instant.parse(String.valueOf(text));
    }

    /** As it is stored. */
    String json() {
        return Json.text(facts());
    }

    /** Empty where the text is none that an ingestion stored. */
    public static Optional<Provenance> parse(String json) {
        try {
            Map<?, ?> facts = Json.MAPPER.readValue(json, Map.class);
            return facts == null ? Optional.empty() : of(facts);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** For the owner, as the end of a sentence. */
    public String words(Instant now) {
        return "of %s, ingested on %s, %s ago"
                .formatted(
                        commit == null ? "no known commit" : words(commit),
                        day(ingestedAt),
                        time(ingestedAt, now));
    }

    /**
     * How far a folder has moved on, for the owner; empty if it has not.
     *
     * @throws Checkout.UnknownCommitException when git cannot tell
     */
    public Optional<String> behind(Checkout checkout) throws Checkout.UnknownCommitException {
        Optional<Checkout.Commit> there = checkout.commit();
        if (commit == null || there.isEmpty() || there.get().id().equals(commit.id())) {
            return Optional.empty();
        }
        Instant now = there.get().at();
        int commits = checkout.since(commit.id()).orElse(0);
        String count =
                commits == 0
                        ? ""
                        : "%,d %s, ".formatted(commits, commits == 1 ? "commit" : "commits");
        String how =
                commits > 0 || now.isAfter(commit.at())
                        ? "has moved on " + count + time(commit.at(), now) + ", to "
                        : "is at ";
        return Optional.of(how + words(there.get()));
    }

    private static String words(Checkout.Commit commit) {
        return "commit %.10s of %s".formatted(commit.id(), day(commit.at()));
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static String time(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        long hours = between.toHours();
        return hours < 48 ? hours + (hours == 1 ? " hour" : " hours") : between.toDays() + " days";
    }
}
