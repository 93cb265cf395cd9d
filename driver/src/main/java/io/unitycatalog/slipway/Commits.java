package io.unitycatalog.slipway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** What commits of Delta say of themselves: who made them is written into them, and who waits for their counts hears them. */
public final class Commits {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ThreadLocal<List<JsonNode>> HEARD = new ThreadLocal<>();

    private Commits() {}

    /** The commits that this thread makes meanwhile, as their {@code commitInfo}. */
    public static List<JsonNode> during(Runnable work) {
        List<JsonNode> outer = HEARD.get();
        List<JsonNode> heard = new ArrayList<>();
        HEARD.set(heard);
        try {
            work.run();
            return heard;
        } finally {
            if (outer == null) {
                HEARD.remove();
            } else {
                outer.addAll(heard);
                HEARD.set(outer);
            }
        }
    }

    /**
     * The action {@code commitInfo} with the user of the session, as Databricks writes it.
     *
     * @param action as it is to stand in the log; returned as it is if it cannot be read
     */
    public static String signed(String action) {
        try {
            JsonNode root = JSON.readTree(action);
            if (!(root.path("commitInfo") instanceof ObjectNode info)) {
                return action;
            }
            SparkSession.getActiveSession().foreach(session -> {
                CatalogSessions.author(session).ifPresent(author -> author.sign(info));
                return null;
            });
            List<JsonNode> heard = HEARD.get();
            if (heard != null) {
                heard.add(info);
            }
            return root.toString();
        } catch (JsonProcessingException e) {
            return action;
        }
    }
}
