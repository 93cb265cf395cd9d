package io.slipway.content.tree;

import io.slipway.identity.Caller;
import io.slipway.store.Tx;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Notebooks that people have open. Their text lives with those who type it; whoever reads a notebook of the workspace reads what has
 * been typed, and whoever replaces one changes it under the hands of those who have it open.
 */
public interface OpenNotebooks {
    OpenNotebooks NONE = new OpenNotebooks() {
        @Override
        public Optional<Notebook> find(Handle handle, long objectId) {
            return Optional.empty();
        }

        @Override
        public Optional<Notebook> withOutputs(Handle handle, long objectId) {
            return Optional.empty();
        }

        @Override
        public void replaced(Tx tx, Caller by, long objectId, Notebook notebook) {
            // Nothing is open.
        }

        @Override
        public void gone(Tx tx, TreeObject object) {
            // Nothing is open.
        }
    };

    /** The present text; empty if the object was never opened: then its stored content is what there is. */
    Optional<Notebook> find(Handle handle, long objectId);

    /** As {@link #find}; cells carry what they have put out since, as Jupyter documents have it. */
    Optional<Notebook> withOutputs(Handle handle, long objectId);

    /** Somebody has written another notebook over this one. */
    void replaced(Tx tx, Caller by, long objectId, Notebook notebook);

    /** The object is not a notebook any more. */
    void gone(Tx tx, TreeObject object);
}
