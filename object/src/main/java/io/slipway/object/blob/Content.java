package io.slipway.object.blob;

/**
 * Where the bytes of something are.
 *
 * @param id of the blob; 0 if there is no byte
 */
public record Content(Layout layout, long id, long size) {
    public static final Content EMPTY = new Content(Layout.EMPTY, 0, 0);

    /** How bytes are kept. */
    public enum Layout {
        /** No byte at all. */
        EMPTY,
        /** In a row of the database. */
        INLINE,
        /** In a file. */
        FILE,
        /** A list of pieces of others. */
        PIECES
    }
}
