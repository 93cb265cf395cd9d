package io.slipway.content.tree;

/** How contents travel in and out (workspace API 2.0, {@code format}). */
public enum Format {
    /** Source text of one language; a directory as a zip of such files. */
    SOURCE,
    /** A page to look at; export only. */
    HTML,
    /** An nbformat 4 document. */
    JUPYTER,
    /** Databricks' own archive; not offered. */
    DBC,
    /** R Markdown; not offered. */
    R_MARKDOWN,
    /** By the file's name and first line. */
    AUTO,
    /** The bytes, always as a FILE. */
    RAW
}
