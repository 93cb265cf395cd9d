package io.slipway.wire.databricks.job;

import io.slipway.kit.PlatformException;
import java.util.List;
import java.util.Optional;

/** Jobs API 2.1, who is told of runs, of jobs and of tasks alike. Nobody is told anything yet, so only what tells nobody is taken. */
record Notifications(
        Optional<Emails> emailNotifications,
        Optional<Webhooks> webhookNotifications,
        Optional<Settings> notificationSettings) {

    record Emails(
            List<String> onStart,
            List<String> onSuccess,
            List<String> onFailure,
            List<String> onDurationWarningThresholdExceeded,
            List<String> onStreamingBacklogExceeded,
            Optional<Boolean> noAlertForSkippedRuns) {
        boolean some() {
            return !(onStart.isEmpty()
                    && onSuccess.isEmpty()
                    && onFailure.isEmpty()
                    && onDurationWarningThresholdExceeded.isEmpty()
                    && onStreamingBacklogExceeded.isEmpty());
        }
    }

    record Webhook(Optional<String> id) {}

    record Webhooks(
            List<Webhook> onStart,
            List<Webhook> onSuccess,
            List<Webhook> onFailure,
            List<Webhook> onDurationWarningThresholdExceeded,
            List<Webhook> onStreamingBacklogExceeded) {
        boolean some() {
            return !(onStart.isEmpty()
                    && onSuccess.isEmpty()
                    && onFailure.isEmpty()
                    && onDurationWarningThresholdExceeded.isEmpty()
                    && onStreamingBacklogExceeded.isEmpty());
        }
    }

    record Settings(
            Optional<Boolean> noAlertForSkippedRuns,
            Optional<Boolean> noAlertForCanceledRuns,
            Optional<Boolean> alertOnLastAttempt) {}

    /** @param whose "Jobs" or "Tasks" */
    void check(String whose) {
        if (emailNotifications.filter(Emails::some).isPresent()) {
            throw refused(whose, "email_notifications");
        }
        if (webhookNotifications.filter(Webhooks::some).isPresent()) {
            throw refused(whose, "webhook_notifications");
        }
    }

    private static PlatformException refused(String whose, String field) {
        return PlatformException.invalid(whose + " with " + field + " are not supported by this workspace yet.");
    }
}
