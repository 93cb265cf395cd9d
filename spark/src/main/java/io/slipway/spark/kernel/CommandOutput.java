package io.slipway.spark.kernel;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** What commands have put out, for rooms that show it as a part of something of theirs and have asked who may see that. */
public final class CommandOutput {
    private final KernelStore store = new KernelStore();

    /** Frames after number {@code after} up to {@code last}; nothing if the command is forgotten. */
    public List<OutputFrame> frames(Handle handle, String commandId, long after, long last) {
        return store.frames(handle, commandId, after, last);
    }
}
