package io.unitycatalog.slipway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who commits to tables in a session, and from where. */
final class Author {
    private static final Logger log = LoggerFactory.getLogger(Author.class);

    private final CatalogSessions.Entry entry;
    private final CatalogSessions.Origin origin;
    private String userId = "";
    private String notebookId = "";
    private boolean asked;

    Author(CatalogSessions.Entry entry, CatalogSessions.Origin origin) {
        this.entry = entry;
        this.origin = origin;
    }

    String user() {
        return origin.user();
    }

    void sign(ObjectNode info) {
        ask();
        put(info, "userId", userId);
        put(info, "userName", origin.user());
        put(info, "clusterId", origin.clusterId());
        if (!notebookId.isEmpty()) {
            info.putObject("notebook").put("notebookId", notebookId);
        }
        if (origin.jobId() > 0) {
            info.putObject("job")
                    .put("jobId", String.valueOf(origin.jobId()))
                    .put("runId", String.valueOf(origin.runId()));
        }
    }

    private static void put(ObjectNode info, String field, String value) {
        if (!value.isEmpty()) {
            info.put(field, value);
        }
    }

    /** Numbers that the platform knows and the session does not. A commit does not fail for want of them. */
    private synchronized void ask() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            JsonNode me = entry.me();
            userId = me.path("id").asText("");
            if (!origin.notebookPath().isEmpty()) {
                notebookId = entry.rest()
                        .workspaceObject(origin.notebookPath())
                        .path("object_id")
                        .asText("");
            }
        } catch (CatalogFailure e) {
            log.info("commits are signed without the number of the user or notebook: {}", e.getMessage());
        }
    }
}
