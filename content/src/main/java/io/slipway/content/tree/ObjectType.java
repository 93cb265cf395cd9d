package io.slipway.content.tree;

/** What lives at a path of the workspace (workspace API 2.0, {@code object_type}). */
public enum ObjectType {
    /** Cells in one default language; its name has no extension. */
    NOTEBOOK,
    /** Holds other objects. */
    DIRECTORY,
    /** Bytes with a name: modules, data, configuration. */
    FILE
}
