package io.slipway.object.blob;

/**
 * A part of an upload, or of one.
 *
 * @param leaf where its bytes are, a row or a file
 * @param skip bytes of the leaf before it
 * @param part its number in the upload
 * @param checksum of the whole part, at the part's first piece; empty: none is known
 */
public record Piece(Content leaf, long skip, long size, int part, String checksum) {}
