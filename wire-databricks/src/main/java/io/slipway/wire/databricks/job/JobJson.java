package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.store.Described;
import io.slipway.store.Manifest;
import io.slipway.wire.WireJson;
import io.slipway.wire.databricks.ManifestJson;
import io.slipway.work.job.Job;
import io.slipway.work.job.JobSettings;

/** Shows jobs in the words of each version of the API. */
final class JobJson {
    private JobJson() {}

    static ObjectNode job(Described<Job> found, ApiVersion version, boolean withTasks) {
        Job job = found.thing();
        ObjectNode out = WireJson.mapper().createObjectNode();
        out.put("job_id", job.id());
        out.put("creator_user_name", job.creator().name());
        out.put("run_as_user_name", job.actor().name());
        out.put("created_time", job.createdAt());
        out.set("settings", settings(job.settings(), found.manifest(), version, withTasks));
        return out;
    }

    private static ObjectNode settings(JobSettings settings, Manifest manifest, ApiVersion version, boolean withTasks) {
        ObjectNode document = ManifestJson.read(manifest);
        document.put("max_concurrent_runs", settings.maxConcurrentRuns());
        document.put("timeout_seconds", settings.timeoutSeconds());
        if (!document.has("email_notifications")) {
            document.putObject("email_notifications");
        }
        if (version == ApiVersion.V2_0) {
            return flatten(document);
        }
        if (!withTasks) {
            document.remove("tasks");
            document.remove("job_clusters");
        }
        return document;
    }

    /** 2.0 has the only task of a job at the top level; a job with several keeps them in an array. */
    private static ObjectNode flatten(ObjectNode document) {
        if (!SettingsRequest.SINGLE.equals(document.path("format").asText())) {
            return document;
        }
        JsonNode task = document.remove("tasks").get(0);
        task.properties().forEach(field -> {
            if (!field.getKey().equals("task_key")) {
                document.set(field.getKey(), field.getValue());
            }
        });
        return document;
    }
}
