package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Jobs API, update: changes to settings. */
final class SettingsMerge {
    /** Arrays whose elements have keys: an element with a key that is there replaces it, another is added. */
    private static final Map<String, String> KEYED =
            Map.of("tasks", "task_key", "job_clusters", "job_cluster_key", "parameters", "name");

    private SettingsMerge() {}

    static void merge(ObjectNode document, ObjectNode changes) {
        changes.properties().forEach(change -> {
            String key = KEYED.get(change.getKey());
            if (key != null
                    && document.get(change.getKey()) instanceof ArrayNode there
                    && change.getValue() instanceof ArrayNode fresh) {
                fresh.forEach(element -> replaceOrAdd(there, element, key));
            } else {
                document.set(change.getKey(), change.getValue());
            }
        });
    }

    private static void replaceOrAdd(ArrayNode there, JsonNode element, String key) {
        for (int i = 0; i < there.size(); i++) {
            if (there.get(i).path(key).equals(element.path(key))) {
                there.set(i, element);
                return;
            }
        }
        there.add(element);
    }

    /** {@code name}, or {@code tasks/key} for one element. */
    static void remove(ObjectNode document, String field) {
        int slash = field.indexOf('/');
        if (slash < 0) {
            document.remove(field);
            return;
        }
        String array = field.substring(0, slash);
        String wanted = field.substring(slash + 1);
        String key = KEYED.getOrDefault(array, "");
        if (document.get(array) instanceof ArrayNode there) {
            for (int i = there.size() - 1; i >= 0; i--) {
                if (there.get(i).path(key).asText().equals(wanted)) {
                    there.remove(i);
                }
            }
        }
    }
}
