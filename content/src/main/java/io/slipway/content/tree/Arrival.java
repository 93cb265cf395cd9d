package io.slipway.content.tree;

import io.slipway.content.tree.Content.StoredAs;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an import will make: decided from the format, the name and the first line before anything is written. */
record Arrival(TreePath path, ObjectType type, Optional<Language> language, Content content) {
    /** Workspace API 2.0: 10 MB an object. */
    static final int LARGEST = 10 << 20;

    static Arrival of(TreePath path, Format format, Optional<Language> language, byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw tooLarge(bytes.length);
        }
        return switch (format) {
            case SOURCE -> source(path, language.or(() -> guess(path, bytes)), bytes);
            case JUPYTER -> jupyter(path, bytes);
            case AUTO -> auto(path, bytes);
            case RAW -> file(path, bytes);
            case HTML, DBC, R_MARKDOWN ->
                throw new PlatformException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "Import of format " + format + " is not supported. Use SOURCE, JUPYTER, AUTO or RAW.");
        };
    }

    static PlatformException tooLarge(long bytes) {
        return new PlatformException(
                ErrorCode.TOO_LARGE,
                "The content is " + bytes + " bytes, which exceeds the maximum of " + LARGEST + " bytes.",
                Map.of("reason", "MAX_NOTEBOOK_SIZE_EXCEEDED"));
    }

    private static Optional<Language> guess(TreePath path, byte[] bytes) {
        for (Language language : Language.values()) {
            // Python and R share their header: the name decides between them.
            if (language != Language.R && NotebookSource.hasHeader(bytes, language)) {
                Optional<Language> named = Language.ofFileName(path.name());
                return named.filter(Language.R::equals).or(() -> Optional.of(language));
            }
        }
        return Language.ofFileName(path.name());
    }

    private static Arrival source(TreePath path, Optional<Language> language, byte[] bytes) {
        Language known = language.orElseThrow(() -> PlatformException.invalid(
                "Missing required field 'language': format SOURCE needs it for " + path + "."));
        // Stored as we write it, so that an export is a plain copy and every later import of it is the same.
        byte[] canonical = NotebookSource.write(NotebookSource.read(bytes, known));
        return new Arrival(path, ObjectType.NOTEBOOK, Optional.of(known), new Content(StoredAs.SOURCE, canonical));
    }

    private static Arrival jupyter(TreePath path, byte[] bytes) {
        Notebook notebook = NotebookJupyter.read(bytes);
        return new Arrival(
                path, ObjectType.NOTEBOOK, Optional.of(notebook.language()), new Content(StoredAs.JUPYTER, bytes));
    }

    private static Arrival auto(TreePath path, byte[] bytes) {
        if (path.name().toLowerCase(Locale.ROOT).endsWith(".ipynb")) {
            return jupyter(withoutExtension(path), bytes);
        }
        Optional<Language> language = Language.ofFileName(path.name());
        if (language.isPresent() && NotebookSource.hasHeader(bytes, language.get())) {
            return source(withoutExtension(path), language, bytes);
        }
        return file(path, bytes);
    }

    private static Arrival file(TreePath path, byte[] bytes) {
        return new Arrival(path, ObjectType.FILE, Optional.empty(), new Content(StoredAs.RAW, bytes));
    }

    private static TreePath withoutExtension(TreePath path) {
        String name = path.name();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? path : path.parent().child(name.substring(0, dot));
    }
}
