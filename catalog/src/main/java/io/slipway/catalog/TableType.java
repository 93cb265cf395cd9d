package io.slipway.catalog;

/** Who looks after a table's files (Unity Catalog 2.1, {@code table_type}). */
public enum TableType {
    /** The platform: files live below the managed root and go with the table. */
    MANAGED,
    /** Somebody else: dropping the table leaves the files. */
    EXTERNAL,
    /** There are none: a stored query. */
    VIEW
}
