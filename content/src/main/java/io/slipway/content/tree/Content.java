package io.slipway.content.tree;

import io.slipway.kit.PlatformException;
import java.util.Optional;

/** The stored bytes of a notebook or file, and how to read them. Nobody changes the array. */
final class Content {
    /** How the bytes of an object are written. */
    enum StoredAs {
        /** A notebook in its language's source format. */
        SOURCE,
        /** A notebook as a Jupyter document: keeps outputs. */
        JUPYTER,
        /** A file; no bytes for a directory. */
        RAW,
        /** An open notebook: never a row's value, there are no bytes. */
        OPEN
    }

    private final StoredAs storedAs;
    private final byte[] bytes;
    private final Optional<Notebook> open;

    Content(StoredAs storedAs, byte[] bytes) {
        this(storedAs, bytes, Optional.empty());
    }

    private Content(StoredAs storedAs, byte[] bytes, Optional<Notebook> open) {
        this.storedAs = storedAs;
        this.bytes = bytes;
        this.open = open;
    }

    static Content open(Notebook notebook) {
        return new Content(StoredAs.OPEN, new byte[0], Optional.of(notebook));
    }

    static Content none() {
        return new Content(StoredAs.RAW, new byte[0]);
    }

    StoredAs storedAs() {
        return storedAs;
    }

    byte[] bytes() {
        return bytes;
    }

    Notebook notebook(Language language) {
        return switch (storedAs) {
            case SOURCE -> NotebookSource.read(bytes, language);
            case JUPYTER -> NotebookJupyter.read(bytes);
            case OPEN -> open.orElseThrow();
            // Replaced by a file since its row was read.
            case RAW -> throw PlatformException.invalid("The object is not a notebook.");
        };
    }

    @Override
    public String toString() {
        return storedAs + ", " + bytes.length + " bytes";
    }
}
