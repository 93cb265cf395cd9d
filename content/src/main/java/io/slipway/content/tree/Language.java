package io.slipway.content.tree;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The default language of a notebook: decides its comment marker, its file extension and how cells without a magic run. */
public enum Language {
    PYTHON("#", "py"),
    SQL("--", "sql"),
    SCALA("//", "scala"),
    R("#", "r");

    private final String comment;
    private final String extension;

    Language(String comment, String extension) {
        this.comment = comment;
        this.extension = extension;
    }

    /** What begins a comment line in a source file. */
    public String comment() {
        return comment;
    }

    /** Of source files, without the dot. */
    public String extension() {
        return extension;
    }

    /** Lower-case name, as Jupyter documents and the driver spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The language whose source files end like {@code fileName}; {@code .R} counts too. */
    public static Optional<Language> ofFileName(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(language -> lower.endsWith("." + language.extension))
                .findFirst();
    }

    public static Optional<Language> ofWord(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(language -> language.word().equals(lower) || (lower.equals("ir") && language == R))
                .findFirst();
    }
}
