package io.slipway.content.tree;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a cell is written in: the notebook's language, or what its magic names. */
public enum CellLanguage {
    PYTHON,
    SQL,
    SCALA,
    R,
    /** Text for the reader; not run. */
    MARKDOWN,
    /** A shell script on the driver's machine. */
    SHELL,
    /** One {@code dbutils.fs} command. */
    FILES,
    /** Includes another notebook, see {@link Cell#include}. */
    RUN,
    /** Begins with a line about the packages of this notebook's Python, or its process; more Python may follow. */
    PIP,
    /** Is not run, by its author's wish. */
    SKIP;

    private static final Map<String, CellLanguage> MAGICS = Map.ofEntries(
            Map.entry("python", PYTHON),
            Map.entry("py", PYTHON),
            Map.entry("sql", SQL),
            Map.entry("scala", SCALA),
            Map.entry("r", R),
            Map.entry("md", MARKDOWN),
            Map.entry("md-sandbox", MARKDOWN),
            Map.entry("sh", SHELL),
            Map.entry("fs", FILES),
            Map.entry("run", RUN),
            Map.entry("pip", PIP),
            Map.entry("conda", PIP),
            Map.entry("restart_python", PIP),
            Map.entry("skip", SKIP));

    /** By the word that stands behind the {@code %}. */
    public static Optional<CellLanguage> ofMagic(String magic) {
        return Optional.ofNullable(MAGICS.get(magic));
    }

    public static CellLanguage of(Language language) {
        return switch (language) {
            case PYTHON -> PYTHON;
            case SQL -> SQL;
            case SCALA -> SCALA;
            case R -> R;
        };
    }

    /** What runs it: the word of the driver protocol. Texts, includes and what is skipped are not sent there. */
    public String kernel() {
        return this == PIP ? PYTHON.word() : word();
    }

    /** The word of its magic. */
    public String word() {
        return switch (this) {
            case MARKDOWN -> "md";
            case SHELL -> "sh";
            case FILES -> "fs";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }
}
