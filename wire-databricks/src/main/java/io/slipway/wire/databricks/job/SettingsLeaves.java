package io.slipway.wire.databricks.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.kit.PlatformException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fields of a job that are kept and shown, and do not change what runs (Jobs API 2.1, JobSettings). They are checked all the same: one
 * value of a wrong kind would break the lists of everybody's clients. What would change whose rights count is refused.
 */
record SettingsLeaves(
        Map<String, String> tags,
        Optional<Queue> queue,
        Optional<String> description,
        Optional<EditMode> editMode,
        Optional<Format> format,
        Optional<Deployment> deployment,
        Optional<Health> health,
        List<JsonNode> accessControlList,
        Optional<RunAs> runAs,
        Optional<PerformanceTarget> performanceTarget) {
    private static final int MOST_TAGS = 25;

    record Queue(Optional<Boolean> enabled) {}

    enum EditMode {
        UI_LOCKED,
        EDITABLE
    }

    enum Format {
        SINGLE_TASK,
        MULTI_TASK
    }

    enum DeploymentKind {
        BUNDLE
    }

    record Deployment(Optional<DeploymentKind> kind, Optional<String> metadataFilePath) {}

    enum Metric {
        RUN_DURATION_SECONDS,
        STREAMING_BACKLOG_BYTES,
        STREAMING_BACKLOG_FILES,
        STREAMING_BACKLOG_RECORDS,
        STREAMING_BACKLOG_SECONDS
    }

    enum Operator {
        GREATER_THAN
    }

    record Rule(Optional<Metric> metric, Optional<Operator> op, Optional<Long> value) {}

    record Health(List<Rule> rules) {}

    record RunAs(Optional<String> userName, Optional<String> servicePrincipalName, Optional<String> groupName) {}

    enum PerformanceTarget {
        PERFORMANCE_OPTIMIZED,
        STANDARD
    }

    void check(String owner) {
        if (tags.size() > MOST_TAGS) {
            throw PlatformException.invalid("A job has at most " + MOST_TAGS + " tags.");
        }
        if (!accessControlList.isEmpty()) {
            throw PlatformException.invalid("Jobs with access_control_list are not supported by this workspace yet.");
        }
        runAs.ifPresent(as -> {
            boolean another = as.servicePrincipalName().isPresent()
                    || as.groupName().isPresent()
                    || as.userName()
                            .filter(name -> !name.equalsIgnoreCase(owner))
                            .isPresent();
            if (another) {
                throw PlatformException.invalid("A job runs as its owner, " + owner
                        + "; run_as of another is not supported by this workspace yet.");
            }
        });
    }
}
