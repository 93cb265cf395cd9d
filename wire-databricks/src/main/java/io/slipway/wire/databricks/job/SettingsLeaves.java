package io.slipway.wire.databricks.job;

import io.slipway.identity.Grant;
import io.slipway.identity.PrincipalKind;
import io.slipway.kit.PlatformException;
import io.slipway.wire.databricks.permission.AccessControl;
import io.slipway.work.job.RunAs;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fields of a job that do not change what runs (Jobs API 2.1, JobSettings): as whom it runs, who else may do what with it, and what is
 * only kept and shown. That is checked all the same: one value of a wrong kind would break the lists of everybody's clients.
 */
record SettingsLeaves(
        Map<String, String> tags,
        Optional<Queue> queue,
        Optional<String> description,
        Optional<EditMode> editMode,
        Optional<Format> format,
        Optional<Deployment> deployment,
        Optional<Health> health,
        List<AccessControl> accessControlList,
        Optional<Actor> runAs,
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

    /** Exactly one of the names. */
    record Actor(Optional<String> userName, Optional<String> servicePrincipalName, Optional<String> groupName) {
        RunAs runAs() {
            if (groupName.isPresent() || userName.isPresent() == servicePrincipalName.isPresent()) {
                throw PlatformException.invalid("run_as names exactly one of user_name and service_principal_name.");
            }
            return userName.map(name -> new RunAs(PrincipalKind.USER, name))
                    .orElseGet(() -> new RunAs(PrincipalKind.SERVICE_PRINCIPAL, servicePrincipalName.orElseThrow()));
        }
    }

    enum PerformanceTarget {
        PERFORMANCE_OPTIMIZED,
        STANDARD
    }

    void check() {
        if (tags.size() > MOST_TAGS) {
            throw PlatformException.invalid("A job has at most " + MOST_TAGS + " tags.");
        }
    }

    List<Grant> grants() {
        return accessControlList.stream().map(AccessControl::grant).toList();
    }
}
