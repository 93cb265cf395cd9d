package io.slipway.content.notebook;

import io.slipway.content.tree.Environment;
import io.slipway.content.tree.Language;
import io.slipway.content.tree.Notebook;
import io.slipway.content.tree.TreeObject;
import io.slipway.identity.Owned;
import io.slipway.identity.Principal;
import io.slipway.kit.Kind;
import io.slipway.kit.Ref;
import io.slipway.kit.WorkspaceId;
import java.util.List;
import java.util.Optional;

/**
 * A notebook that has been opened; its cells stand in rows of their own.
 *
 * @param objectId of its object in the tree
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
public record Document(
        long objectId,
        WorkspaceId workspace,
        Language language,
        String extra,
        Optional<Environment> environment,
        long number,
        long runs,
        long contexts,
        String clusterId,
        String contextId,
        String lost,
        Principal runner,
        List<Widget> widgets,
        OnWidgetChange onWidgetChange,
        long openedAt,
        long unsavedSince,
        Principal editedBy) {
    public Document {
        widgets = List.copyOf(widgets);
    }

    /** One that nobody has attached yet, with the text of the stored notebook. */
    static Document opened(TreeObject object, Notebook stored, long now) {
        return new Document(
                object.id(),
                object.workspace(),
                stored.language(),
                stored.extra(),
                stored.environment(),
                0,
                0,
                0,
                "",
                "",
                "",
                Principal.SYSTEM,
                List.of(),
                OnWidgetChange.CELLS,
                now,
                0,
                Principal.SYSTEM);
    }

    Ref ref() {
        return Ref.of(Kind.NOTEBOOK, workspace, objectId);
    }

    /** Its cells are the runner's: what they may do, the cells may do. */
    Owned owned() {
        return new Owned(ref(), runner.id(), "Notebook " + objectId);
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
