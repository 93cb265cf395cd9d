package io.slipway.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What several commands ask of the Clusters API 2.1. */
public final class Clusters {
    private Clusters() {}

    /** All pages of the list. */
    public static List<JsonNode> all(ApiClient api) {
        return pages(api, "/api/2.1/clusters/list", "clusters", Map.of("page_size", "100"));
    }

    /** Those that are not at rest. */
    static List<JsonNode> active(ApiClient api) {
        return all(api).stream()
                .filter(cluster -> !cluster.path("state").asText().equals("TERMINATED"))
                .toList();
    }

    static List<JsonNode> pages(ApiClient api, String path, String field, Map<String, String> query) {
        List<JsonNode> all = new ArrayList<>();
        Map<String, String> asked = new LinkedHashMap<>(query);
        while (true) {
            JsonNode page = api.get(path, asked);
            page.path(field).forEach(all::add);
            String next = page.path("next_page_token").asText("");
            if (next.isEmpty()) {
                return all;
            }
            asked.put("page_token", next);
        }
    }
}
