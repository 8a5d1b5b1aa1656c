package dev.docent.cli;

import dev.docent.Adapters;
import dev.docent.Settings;
import dev.docent.eval.EvalException;
import dev.docent.eval.EvalReport;
import dev.docent.eval.Evaluation;
import dev.docent.ingest.Ingestion;
import dev.docent.ingest.Progress;
import dev.docent.json.Json;
import dev.docent.rag.Embedder;
import dev.docent.rag.PassageIndex;
import dev.docent.retrieval.Calibrations;
import dev.docent.retrieval.Calibrator;
import dev.docent.retrieval.Retriever;
import dev.docent.site.SiteException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code docent eval}: measures retrieval with questions whose right places are known. */
@Command(
        name = "eval",
        description = {
            "Asks every question of the files and counts how often the right place is found.",
            "In demo mode the documentation of DOCENT_DOCS is opened first."
        },
        mixinStandardHelpOptions = true)
final class EvalCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE.jsonl",
            arity = "1..*",
            description = "One question a line, as JSON; of several files each has a row.")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Writes JSON for machines.")
    private boolean json;

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        return Commands.with(this::evaluate);
    }

    private int evaluate(Settings settings) {
        try (Embedder embedder = Adapters.embedder(settings);
                PassageIndex index = Adapters.index(settings)) {
            Path docs = Adapters.docs(settings);
            if (docs != null) {
                new Ingestion(
                                index,
                                embedder,
                                Adapters.ingestion(settings, Adapters.site(settings)),
                                Progress.SILENT,
                                Adapters.surveys(settings, settings.docs().dir()))
                        .run(docs);
                new Calibrator(index, embedder).refresh();
            }
            EvalReport report = Evaluation.run(files, new Retriever(index, embedder));
            out.println(json ? Json.text(report.json()) : report.table());
            if (!json) {
                out.println("Refusals: " + Calibrations.words(index, embedder.space()) + ".");
            }
            return ExitCode.OK;
        } catch (EvalException | SiteException e) {
            System.err.println("docent: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }
}
