package io.slipway.content.notebook;

import io.slipway.content.tree.Environment;
import io.slipway.content.tree.Language;
import io.slipway.identity.Caller;
import java.util.List;
import java.util.Optional;

/**
 * A notebook that has been opened; its cells stand in rows of their own.
 *
 * @param objectId of the workspace object
 * @param extra what a Jupyter document carries beside cells, as JSON text
 * @param number of the last frame of its log
 * @param runs how many runs of cells there have been
 * @param contexts how many contexts there have been
 * @param clusterId empty = not attached
 * @param contextId empty = none yet
 * @param lost why the last context went; empty if none was lost since
 * @param runner who attached it: its code runs as this user
 * @param onWidgetChange what runs when a widget gets another value
 * @param unsavedSince the first edit that is in no revision, epoch milliseconds; 0 = none
 */
public record NotebookSession(
        long objectId,
        Language language,
        String extra,
        Optional<Environment> environment,
        long number,
        long runs,
        long contexts,
        String clusterId,
        String contextId,
        String lost,
        Caller runner,
        List<Widget> widgets,
        OnWidgetChange onWidgetChange,
        long openedAt,
        long unsavedSince,
        String editedBy) {
    public NotebookSession {
        widgets = List.copyOf(widgets);
    }

    boolean attached() {
        return !clusterId.isEmpty();
    }

    String nextContextId() {
        return contextPrefix(objectId) + (contexts + 1);
    }

    static String contextPrefix(long objectId) {
        return CellRun.PREFIX + objectId + "-context-";
    }
}
