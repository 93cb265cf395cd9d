package io.slipway.driver.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The body of {@code PUT /contexts/{id}}: whose context it is, where it stands, and what it starts with. {@code job}: it belongs to a job run. */
public record ContextSpec(
        String language,
        String user,
        String token,
        String catalog,
        String schema,
        List<String> catalogs,
        Map<String, String> arguments,
        Map<String, Map<String, JsonNode>> taskValues,
        List<Library> libraries,
        String workingDirectory,
        String notebookPath,
        boolean job) {

    /** One library: {@code kind} is {@code whl}, {@code jar} or {@code pypi}. */
    public record Library(String kind, String value) {}

    public static ContextSpec of(JsonNode body) {
        var catalogs = new ArrayList<String>();
        body.path("catalogs").forEach(name -> catalogs.add(name.asText()));
        String catalog = body.path("catalog").asText("");
        if (!catalog.isEmpty() && !catalog.equals("spark_catalog") && !catalogs.contains(catalog)) {
            catalogs.add(catalog);
        }
        var arguments = new LinkedHashMap<String, String>();
        body.path("arguments")
                .properties()
                .forEach(e -> arguments.put(e.getKey(), e.getValue().asText()));
        var taskValues = new LinkedHashMap<String, Map<String, JsonNode>>();
        body.path("taskValues").properties().forEach(task -> {
            var values = new LinkedHashMap<String, JsonNode>();
            task.getValue().properties().forEach(e -> values.put(e.getKey(), e.getValue()));
            taskValues.put(task.getKey(), values);
        });
        var libraries = new ArrayList<Library>();
        body.path("libraries")
                .forEach(library -> library.properties()
                        .forEach(e -> libraries.add(new Library(e.getKey(), packageOf(e.getValue())))));
        return new ContextSpec(
                body.path("language").asText("python"),
                body.path("user").asText(""),
                body.path("token").asText(""),
                catalog,
                body.path("schema").asText("default"),
                List.copyOf(catalogs),
                arguments,
                taskValues,
                List.copyOf(libraries),
                body.path("workingDirectory").asText(""),
                body.path("notebookPath").asText(""),
                body.path("run").hasNonNull("runId"));
    }

    /** PyPI libraries come as a string or, as in the Libraries API, as an object with {@code package}. */
    private static String packageOf(JsonNode value) {
        return value.isObject() ? value.path("package").asText() : value.asText();
    }

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "ContextSpec[" + language + ", " + user + "]";
    }
}
