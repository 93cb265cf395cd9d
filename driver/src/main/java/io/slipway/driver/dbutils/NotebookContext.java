package io.slipway.driver.dbutils;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import io.slipway.protocol.driver.ContextSpec;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Where code runs, as notebooks ask it of {@code dbutils.notebook.getContext} in Scala and, through the entry point, in Python: who,
 * on which cluster, in which notebook and run, and how to call the platform. What is not known is absent, never made up.
 */
public final class NotebookContext {
    private final ContextSpec spec;
    private final String serverUrl;
    private final Supplier<String> token;
    private final Map<String, String> tags = new LinkedHashMap<>();

    /**
     * @param cluster tags of the cluster: clusterId, orgId and such; where people find the server, if that is not where we do
     * @param token of the user, as fresh as there is one
     */
    public NotebookContext(ContextSpec spec, String serverUrl, Map<String, String> cluster, Supplier<String> token) {
        this.spec = spec;
        this.serverUrl = serverUrl;
        this.token = token;
        tags.putAll(cluster);
        tag("user", spec.user());
        if (!tags.containsKey("browserHostName")) {
            tag(
                    "browserHostName",
                    serverUrl.isEmpty() ? "" : URI.create(serverUrl).getAuthority());
        }
        if (spec.run().runId() > 0) {
            tag("jobId", spec.run().jobId() > 0 ? String.valueOf(spec.run().jobId()) : "");
            tag("multitaskParentRunId", String.valueOf(spec.run().runId()));
            tag("runId", String.valueOf(spec.run().taskRunId()));
            tag("taskKey", spec.run().taskKey());
        }
    }

    private void tag(String name, String value) {
        if (!value.isEmpty()) {
            tags.put(name, value);
        }
    }

    /** A run of a task, as {@code currentRunId} has it. */
    public record RunId(long id) {}

    public Option<String> notebookPath() {
        return option(spec.notebookPath());
    }

    public Option<String> apiUrl() {
        return option(serverUrl);
    }

    public Option<String> apiToken() {
        return option(token.get());
    }

    public Option<String> browserHostName() {
        return tagged("browserHostName");
    }

    public Option<String> userName() {
        return tagged("user");
    }

    public Option<String> clusterId() {
        return tagged("clusterId");
    }

    public Option<String> workspaceId() {
        return tagged("orgId");
    }

    public Option<String> jobId() {
        return tagged("jobId");
    }

    public Option<String> taskKey() {
        return tagged("taskKey");
    }

    /** Of the task; empty outside of jobs. */
    public Option<RunId> currentRunId() {
        return spec.run().runId() > 0 ? Option.apply(new RunId(spec.run().taskRunId())) : Option.empty();
    }

    /** Of the job run that the task belongs to. */
    public Option<RunId> rootRunId() {
        return spec.run().runId() > 0 ? Option.apply(new RunId(spec.run().runId())) : Option.empty();
    }

    public scala.collection.immutable.Map<String, String> tags() {
        return map(tags);
    }

    /** Scala writes {@code getContext.tags("user")}. */
    public String tags(String name) {
        return tags().apply(name);
    }

    public scala.collection.immutable.Map<String, String> extraContext() {
        return map(extra(true));
    }

    public String extraContext(String name) {
        return extraContext().apply(name);
    }

    private Map<String, String> extra(boolean secrets) {
        Map<String, String> extra = new LinkedHashMap<>();
        notebookPath().foreach(path -> extra.put("notebook_path", path));
        apiUrl().foreach(url -> extra.put("api_url", url));
        if (secrets) {
            apiToken().foreach(value -> extra.put("api_token", value));
        }
        return extra;
    }

    public String toJson() {
        return json(true);
    }

    /** Without the token, for logs. */
    public String safeToJson() {
        return json(false);
    }

    private String json(boolean secrets) {
        ObjectNode json = Json.object();
        run(json, "rootRunId", rootRunId());
        run(json, "currentRunId", currentRunId());
        json.putNull("jobGroup");
        ObjectNode tagged = json.putObject("tags");
        tags.forEach(tagged::put);
        ObjectNode more = json.putObject("extraContext");
        extra(secrets).forEach(more::put);
        return json.toString();
    }

    private static void run(ObjectNode json, String name, Option<RunId> run) {
        if (run.isDefined()) {
            json.putObject(name).put("id", run.get().id());
        } else {
            json.putNull(name);
        }
    }

    private Option<String> tagged(String name) {
        return Option.apply(tags.get(name));
    }

    private static Option<String> option(String value) {
        return value.isEmpty() ? Option.empty() : Option.apply(value);
    }

    private static scala.collection.immutable.Map<String, String> map(Map<String, String> from) {
        return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(from));
    }

    @Override
    public String toString() {
        return safeToJson();
    }
}
