package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.protocol.driver.Mime;
import io.slipway.spark.kernel.OutputFrame;
import io.slipway.wire.WireJson;
import io.slipway.work.job.Runs;
import java.util.List;

/** Jobs API, runs/get-output. */
final class RunOutput {
    /** First 5 MB, as the real service. */
    private static final int MOST_CHARACTERS = 5 << 20;

    private RunOutput() {}

    static ObjectNode of(Runs.Output output, ObjectNode metadata) {
        ObjectNode out = WireJson.mapper().createObjectNode();
        out.set("metadata", metadata);
        ObjectNode notebook = WireJson.mapper().createObjectNode();
        output.task().output().ifPresent(value -> {
            notebook.put("result", value.substring(0, Math.min(MOST_CHARACTERS, value.length())));
            notebook.put("truncated", value.length() > MOST_CHARACTERS);
        });
        out.set("notebook_output", notebook);
        String logs = logs(output.frames());
        out.put("logs", logs.substring(0, Math.min(MOST_CHARACTERS, logs.length())));
        out.put("logs_truncated", logs.length() > MOST_CHARACTERS);
        output.task().error().ifPresent(error -> out.put("error", error));
        output.task().trace().ifPresent(trace -> out.put("error_trace", trace));
        return out;
    }

    private static String logs(List<OutputFrame> frames) {
        StringBuilder logs = new StringBuilder();
        for (OutputFrame frame : frames) {
            frame.stream().ifPresent(printed -> logs.append(printed.text()));
            // Pictures and tables are part of the exported notebook.
            String text = frame.shown().path(Mime.TEXT).asText("");
            if (frame.result() && !text.isEmpty()) {
                logs.append(text).append('\n');
            }
        }
        return logs.toString();
    }
}
