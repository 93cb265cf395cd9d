package io.slipway.protocol.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Both sides of the protocol read and write every document of it byte for byte as it stands in the examples. */
public abstract class DocumentsContract {
    private static final CommandStatus ENDED = new CommandStatus(
            "context-1", "command-1", CommandStatus.State.FINISHED, CommandStatus.Outcome.ERROR, 1_700_000_000_000L, 5);

    protected abstract String write(Object document);

    protected abstract Object read(String text, Class<?> type);

    /** One document of each type and of each kind, by the names of their files. */
    private static Map<String, Object> documents() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("context", context());
        all.put("context-status", new ContextStatus("context-1", ContextStatus.State.ERROR, "no such library"));
        all.put("command-code", request(new CommandSpec.Code("python", "print('\u00fc')")));
        all.put("command-python-file", request(new CommandSpec.PythonFile("main.py", "1\n", List.of("a b"))));
        all.put("command-jar", request(new CommandSpec.Jar("org.example.Main", List.of())));
        all.put(
                "command-wheel",
                request(new CommandSpec.Wheel("flights", "main", List.of(), Map.of("day", "2020-02-29"))));
        all.put("command-status", ENDED);
        all.put(
                "command-cancelled",
                new CommandStatus("context-1", "command-2", CommandStatus.State.CANCELLED, null, 0, 5));
        all.put("news", news());
        all.put("news-none", new News("boot-7", List.of(), List.of(), List.of(), List.of(), null));
        all.put("status", status());
        all.put("ready", new DriverReady(2, 40123, "", 40124, "4.2.1", "local-1", 1_700_000_000_000L));
        all.put("question", new Question("python", "spa", 3));
        all.put("answer", new Answer("42"));
        all.put("completion", new Completion(List.of("spark"), 0, 3));
        all.put("inspection", new Inspection(true, Map.of(Mime.TEXT, "a name")));
        all.put("result", new ResultRequest("csv", "token"));
        all.put(
                "result-arranged",
                new ResultRequest(
                        "table",
                        "token",
                        List.of(new ResultRequest.Filter(1, "contains", "a")),
                        List.of(new ResultRequest.Order(0, true))));
        return all;
    }

    private static ContextSpec context() {
        return new ContextSpec(
                "python",
                "ann@example.com",
                "token",
                "main",
                "default",
                List.of("main", "dev"),
                Map.of("day", "2020-02-29"),
                Map.of("ingest", Map.of("rows", "17")),
                List.of(new ContextSpec.Library("whl", "dbfs:/flights.whl")),
                "/",
                "/Users/ann@example.com/report",
                new ContextSpec.RunInfo(1, 2, 3, "report"));
    }

    private static CommandRequest request(CommandSpec spec) {
        return new CommandRequest(spec, Map.of("w", ""), List.of("main"), "token");
    }

    private static News news() {
        return new News(
                "boot-42",
                List.of(
                        output(1, new Frame.Stream("stdout", "line\n")),
                        output(2, new Frame.DisplayData(Map.of(Mime.TEXT, "x"), Map.of("width", 640), "plot")),
                        output(3, new Frame.DisplayData(Map.of(Mime.EXIT, Map.of("value", "")), Map.of(), null)),
                        output(4, new Frame.ExecuteResult(Map.of(Mime.TABLE, Map.of("data", List.of(7))), Map.of())),
                        output(5, new Frame.UpdateDisplayData(Map.of(Mime.TEXT, "y"), Map.of(), "plot")),
                        output(6, new Frame.Problem("ValueError", "no", List.of("line 1", "line 2")))),
                List.of(ENDED),
                List.of(new News.Progress(
                        "context-1", "command-1", List.of(new SparkJob(3, SparkJob.State.RUNNING, 8, 4, 2, 1)))),
                List.of(new ContextStatus("context-1", ContextStatus.State.RUNNING, "")),
                status());
    }

    private static News.Output output(long seq, Frame frame) {
        return new News.Output("context-1", "command-1", seq, 1_700_000_000_000L, frame);
    }

    private static DriverStatus status() {
        return new DriverStatus(
                DriverStatus.State.RUNNING,
                1_700_000_000_000L,
                1_600_000_000_000L,
                1,
                2,
                List.of(new DriverStatus.Executor("0", "10.0.0.1", 4, 3, 1, 0)),
                5,
                6,
                4,
                List.of(
                        new DriverStatus.ExecutorFailure(9, "10.0.0.2", 137, "killed"),
                        new DriverStatus.ExecutorFailure(10, "10.0.0.2", null, "")));
    }

    @Test
    void documents_are_written_as_in_the_examples() throws IOException {
        for (Map.Entry<String, Object> each : documents().entrySet()) {
            assertThat(write(each.getValue())).as(each.getKey()).isEqualTo(example(each.getKey()));
        }
    }

    @Test
    void documents_are_read_as_they_were_written() throws IOException {
        for (Map.Entry<String, Object> each : documents().entrySet()) {
            Object read = read(example(each.getKey()), each.getValue().getClass());
            assertThat(write(read)).as(each.getKey()).isEqualTo(example(each.getKey()));
            assertThat(read.toString())
                    .as(each.getKey())
                    .isEqualTo(each.getValue().toString());
        }
    }

    @Test
    void fields_that_a_newer_side_adds_are_ignored() throws IOException {
        for (Map.Entry<String, Object> each : documents().entrySet()) {
            String example = example(each.getKey());
            Object read = read(
                    "{\"more\":[1]," + example.substring(1), each.getValue().getClass());
            assertThat(write(read)).as(each.getKey()).isEqualTo(example);
        }
    }

    private static String example(String name) throws IOException {
        try (InputStream in = DocumentsContract.class.getResourceAsStream(name + ".json")) {
            assertThat(in).as(name + ".json").isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
