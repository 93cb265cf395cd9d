package io.slipway.server.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.runtime.RuntimeLine;
import io.slipway.runtime.RuntimeLines;
import io.slipway.server.ServerConfig;
import io.slipway.server.ServerState;
import io.slipway.server.command.ApiClient;
import io.slipway.server.command.Install;
import io.slipway.server.command.Listening;
import io.slipway.server.command.Up;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Runs the example job on real data: installs the runtime, starts the platform, and from there on does what any client can do, through
 * the REST API. Every step finds what an earlier run has left, so that it may be interrupted and repeated.
 */
@Command(name = "quickstart")
public final class Quickstart implements Callable<Integer> {
    private final Screen screen = new Screen(System.out, Boolean.getBoolean("slipway.terminal"));

    @Mixin
    private Listening listening = new Listening();

    @Override
    public Integer call() {
        Stopwatch whole = new Stopwatch();
        ServerConfig config = listening.config();
        Example example = new Example(Path.of(System.getProperty("slipway.root", ".")));
        Up.refuseTakenPort(config);
        installRuntime(config, example);
        ServerState server = startServer(config);
        ApiClient api = ApiClient.asAdmin(config.home(), server);
        upload(api, example);
        String cluster = new ExampleCluster(api, screen).running(example.cluster());
        Report report = runJob(api, example, cluster);
        screen.say("  all" + " ".repeat(9) + String.format("%7s", Screen.seconds(whole.time())));
        report.lines().forEach(screen::say);
        tables(api, report);
        screen.say(next(api.url(), cluster, Up.signInLink(api, server.publicUrl())));
        return 0;
    }

    private void installRuntime(ServerConfig config, Example example) {
        Stopwatch watch = new Stopwatch();
        String version = example.cluster().path("spark_version").asText();
        RuntimeLine line = RuntimeLines.bundled().resolve(version).line();
        Install.install(config, line, System.err);
        screen.done(
                "runtime",
                "Spark " + line.sparkVersion() + ", Delta " + line.deltaVersion() + ", Java " + line.javaVersion(),
                watch.time());
    }

    private ServerState startServer(ServerConfig config) {
        Stopwatch watch = new Stopwatch();
        ServerState server = Up.start(config, System.out);
        screen.done("server", server.url(), watch.time());
        return server;
    }

    private void upload(ApiClient api, Example example) {
        Stopwatch watch = new Stopwatch();
        new Uploads(api).bring(example);
        int notebooks = example.notebooks().size();
        int files = example.files().size();
        screen.done("upload", notebooks + " notebooks, " + files + " files", watch.time());
    }

    private Report runJob(ApiClient api, Example example, String cluster) {
        ExampleJob job = new ExampleJob(api, screen);
        JsonNode run = job.run(example.job(cluster));
        JsonNode last = StreamSupport.stream(run.path("tasks").spliterator(), false)
                .filter(task -> task.path("task_key").asText().equals("report"))
                .findFirst()
                .orElseThrow(() -> new PlatformException(ErrorCode.INTERNAL, "The job has no task 'report'."));
        return Report.of(job.output(last).path("logs").asText());
    }

    /** The catalog says which tables there are; the report counted their rows. */
    private void tables(ApiClient api, Report report) {
        Map<String, Long> rows = report.tables();
        JsonNode listed = api.get(
                        "/api/2.1/unity-catalog/tables", Map.of("catalog_name", "main", "schema_name", "flights"))
                .path("tables");
        List<List<String>> lines = StreamSupport.stream(listed.spliterator(), false)
                .map(table -> List.of(
                        table.path("full_name").asText(),
                        table.path("data_source_format").asText(),
                        table.path("owner").asText(),
                        String.valueOf(rows.getOrDefault(table.path("name").asText(), 0L))))
                .toList();
        screen.say("");
        Aligned.table(List.of("table", "format", "owner", "rows"), lines).forEach(screen::say);
    }

    private static String next(String url, String cluster, String link) {
        return """

                The platform runs at %1$s. What to try next:

                  ./slipway status                     what runs where
                  ./slipway quickstart                 again: seconds, now that everything is there
                  ./slipway down                       stop everything

                  In a browser, once and within ten minutes (./slipway up prints another link):
                    %3$s
                  Any Databricks client finds it as profile [slipway] of ~/.databrickscfg:
                    databricks --profile slipway clusters list
                    python3 -c 'from databricks.sdk import WorkspaceClient as W; print(*W(profile="slipway").clusters.list())'
                  and curl with the token from there:
                    curl -s -H "Authorization: Bearer $(sed -n '/^\\[slipway\\]/,/^$/s/token = //p' ~/.databrickscfg)" \\
                      "%1$s/api/2.1/unity-catalog/tables?catalog_name=main&schema_name=flights"

                  The example is examples/flights: change a notebook and run quickstart again. Its cluster is %2$s.
                """.formatted(url, cluster, link).stripTrailing();
    }
}
