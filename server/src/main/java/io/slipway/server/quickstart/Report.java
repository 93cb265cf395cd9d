package io.slipway.server.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.store.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the last task printed: the last line of its output is the report as JSON. */
final class Report {
    private final JsonNode document;

    private Report(JsonNode document) {
        this.document = document;
    }

    static Report of(String output) {
        List<String> lines = Arrays.stream(output.split("\n"))
                .filter(line -> line.startsWith("{"))
                .toList();
        if (lines.isEmpty()) {
            throw new PlatformException(ErrorCode.INTERNAL, "The report task printed no report:\n" + output);
        }
        return new Report(Json.read(lines.get(lines.size() - 1), JsonNode.class));
    }

    /** One aligned table per section. */
    List<String> lines() {
        Map<String, List<List<String>>> sections = new LinkedHashMap<>();
        for (JsonNode row : document.path("rows")) {
            sections.computeIfAbsent(row.path("section").asText(), section -> new ArrayList<>())
                    .add(List.of(
                            row.path("label").asText(),
                            row.path("flights").asText(),
                            decimal(row.path("mean_delay")),
                            decimal(row.path("late_percent")) + " %"));
        }
        List<String> lines = new ArrayList<>();
        sections.forEach((section, rows) -> {
            lines.add("");
            lines.addAll(Aligned.table(List.of(section, "flights", "mean delay, min", "late"), rows));
        });
        return lines;
    }

    /** Rows of each table, by the table's name. */
    Map<String, Long> tables() {
        Map<String, Long> tables = new LinkedHashMap<>();
        document.path("tables")
                .properties()
                .forEach(table -> tables.put(table.getKey(), table.getValue().asLong()));
        return tables;
    }

    private static String decimal(JsonNode number) {
        return String.format(Locale.ROOT, "%.1f", number.asDouble());
    }
}
