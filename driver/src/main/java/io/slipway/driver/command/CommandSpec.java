package io.slipway.driver.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a command is asked to do. */
public sealed interface CommandSpec {
    /** One line that stands for the command in the Spark UI. */
    String title();

    /** A notebook cell. */
    record Code(String language, String text) implements CommandSpec {
        @Override
        public String title() {
            String line = text.strip().lines().findFirst().orElse("");
            return line.length() > 80 ? line.substring(0, 80) + "…" : line;
        }
    }

    /** A Python program, run as {@code python name arguments…}. */
    record PythonFile(String name, String code, List<String> arguments) implements CommandSpec {
        @Override
        public String title() {
            return name;
        }
    }

    /** The main class of a library jar. */
    record Jar(String mainClass, List<String> arguments) implements CommandSpec {
        @Override
        public String title() {
            return mainClass;
        }
    }

    /** An entry point of an installed Python wheel. */
    record Wheel(String name, String entryPoint, List<String> arguments, Map<String, String> namedArguments)
            implements CommandSpec {
        @Override
        public String title() {
            return name + ":" + entryPoint;
        }
    }

    /** Reads the body of {@code PUT …/commands/{id}}. */
    static CommandSpec of(JsonNode body) {
        String kind = body.path("kind").asText("code");
        return switch (kind) {
            case "code" -> new Code(text(body, "language"), body.path("code").asText(""));
            case "python_file" ->
                new PythonFile(
                        body.path("name").asText("main.py"), text(body, "code"), strings(body.path("arguments")));
            case "jar" -> new Jar(text(body, "mainClass"), strings(body.path("arguments")));
            case "wheel" -> {
                var named = new LinkedHashMap<String, String>();
                body.path("namedArguments")
                        .properties()
                        .forEach(e -> named.put(e.getKey(), e.getValue().asText()));
                yield new Wheel(
                        text(body, "package"), text(body, "entryPoint"), strings(body.path("arguments")), named);
            }
            default -> throw new IllegalArgumentException("unknown command kind: " + kind);
        };
    }

    private static String text(JsonNode body, String field) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value.asText();
    }

    private static List<String> strings(JsonNode array) {
        var list = new ArrayList<String>();
        array.forEach(item -> list.add(item.asText()));
        return List.copyOf(list);
    }
}
