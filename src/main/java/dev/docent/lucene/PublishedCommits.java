package dev.docent.lucene;

import dev.docent.rag.EmbeddingSpace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexDeletionPolicy;
import org.apache.lucene.store.Directory;

/**
 * Keeps two of an index's commits: the newest one, and the newest published one. Generations are
 * commits of one Lucene index, distinguished by their commit data: commits are durable and atomic,
 * and so is the switch between two generations.
 */
final class PublishedCommits extends IndexDeletionPolicy {
    private static final String PUBLISHED = "published";
    private static final String MODEL = "model";
    private static final String DIMENSION = "dimension";

    @Override
    public void onInit(List<? extends IndexCommit> commits) throws IOException {
        onCommit(commits);
    }

    @Override
    public void onCommit(List<? extends IndexCommit> commits) throws IOException {
        Optional<? extends IndexCommit> published = newestPublished(commits);
        for (IndexCommit commit : commits.subList(0, Math.max(0, commits.size() - 1))) {
            if (!published.filter(commit::equals).isPresent()) {
                commit.delete();
            }
        }
    }

    static Map<String, String> data(EmbeddingSpace space, boolean published) {
        return Map.of(
                PUBLISHED, Boolean.toString(published),
                MODEL, space.model(),
                DIMENSION, Integer.toString(space.dimension()));
    }

    static Optional<IndexCommit> newest(Directory directory) throws IOException {
        List<IndexCommit> commits = all(directory);
        return commits.isEmpty() ? Optional.empty() : Optional.of(commits.getLast());
    }

    static Optional<IndexCommit> newestPublished(Directory directory) throws IOException {
        return newestPublished(all(directory));
    }

    /** Whether an unpublished run has stored something since the last publication. */
    static boolean unfinished(Directory directory) throws IOException {
        return !newest(directory).equals(newestPublished(directory));
    }

    static EmbeddingSpace space(IndexCommit commit) throws IOException {
        Map<String, String> data = commit.getUserData();
        return new EmbeddingSpace(
                data.getOrDefault(MODEL, ""), Integer.parseInt(data.getOrDefault(DIMENSION, "0")));
    }

    /** Oldest first. */
    private static List<IndexCommit> all(Directory directory) throws IOException {
        return DirectoryReader.indexExists(directory)
                ? DirectoryReader.listCommits(directory)
                : List.of();
    }

    private static <C extends IndexCommit> Optional<C> newestPublished(List<C> commits)
            throws IOException {
        for (C commit : commits.reversed()) {
            if (Boolean.parseBoolean(commit.getUserData().get(PUBLISHED))) {
                return Optional.of(commit);
            }
        }
        return Optional.empty();
    }
}
