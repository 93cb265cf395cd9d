package io.slipway.content.tree;

import io.slipway.kit.PlatformException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One cell of a notebook.
 *
 * @param text what the author sees, the magic included: {@code %sql\nselect 1}
 * @param title empty = none
 * @param titleShown whether the title is drawn above the cell
 * @param bare a magic that source files write as it is, not behind {@code MAGIC} comments (hand-written files do that)
 * @param extra the Jupyter cell this was read from, without its source, as JSON text; empty = never was one
 */
public record Cell(String text, String title, boolean titleShown, boolean bare, String extra) {
    private static final Pattern MAGIC = Pattern.compile("\\A\\s*%([a-z][a-z_-]*)(?=\\s|\\z)");
    private static final Pattern ARGUMENT =
            Pattern.compile("\\$(\\w+)\\s*=\\s*(\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|\\S+)");

    private static final Pattern END_OF_PATH = Pattern.compile("\\s+\\$|\\n");
    private static final Pattern COMMENT = Pattern.compile("\\A\\s*(#|--|//)");

    public Cell(String text) {
        this(text, "", false, false, "");
    }

    /** The notebook that a {@code %run} cell includes and the widget values it sets. */
    public record Include(String path, Map<String, String> arguments) {
        public Include {
            arguments = Map.copyOf(arguments);
        }
    }

    /** What this cell is written in, in a notebook of language {@code notebook}. */
    public CellLanguage language(Language notebook) {
        return magic().orElse(CellLanguage.of(notebook));
    }

    /** This cell's text in another language: the magic is exchanged, the code stays. */
    public String textIn(CellLanguage to, Language notebook) {
        return to == CellLanguage.of(notebook) ? code() : "%" + to.word() + "\n" + code();
    }

    /** The cell says itself what it is written in. */
    public boolean hasMagic() {
        return magic().isPresent();
    }

    /** Empty: the cell has no magic that we know; {@code %timeit} and its kind belong to the kernel. */
    Optional<CellLanguage> magic() {
        Matcher matcher = MAGIC.matcher(text);
        return matcher.find() ? CellLanguage.ofMagic(matcher.group(1)) : Optional.empty();
    }

    /** What runs: the text without its magic. */
    public String code() {
        if (magic().isEmpty()) {
            return text;
        }
        Matcher matcher = MAGIC.matcher(text);
        String rest = matcher.find() ? text.substring(matcher.end()) : text;
        int lineEnd = rest.indexOf('\n');
        String first = (lineEnd < 0 ? rest : rest.substring(0, lineEnd)).strip();
        String others = lineEnd < 0 ? "" : rest.substring(lineEnd + 1);
        if (first.isEmpty()) {
            return others;
        }
        return lineEnd < 0 ? first : first + "\n" + others;
    }

    /**
     * What is sent to be run. Python knows the magics of its packages itself: they are lines of Python, and other lines may follow
     * them.
     */
    public String sent() {
        return magic().filter(CellLanguage.PIP::equals).isPresent() ? text.stripLeading() : code();
    }

    /** Nothing to run: only blanks, text for the reader, or what its author wants left out. */
    public boolean silent(Language notebook) {
        return switch (language(notebook)) {
            case MARKDOWN, SKIP -> true;
            case PIP -> text.strip().equals("%pip");
            default -> code().isBlank();
        };
    }

    /**
     * For a {@code %run} cell: {@code %run ./setup $env="dev" $day="1"}. The path may stand in quotes and is as written, relative
     * ones too. What is neither path nor parameter is refused: it would not be run.
     */
    public Optional<Include> include() {
        if (magic().filter(CellLanguage.RUN::equals).isEmpty()) {
            return Optional.empty();
        }
        String call = code().strip();
        if (call.isEmpty()) {
            return Optional.empty();
        }
        char quote = call.charAt(0);
        int closing = quote == '"' || quote == '\'' ? call.indexOf(quote, 1) : -1;
        String path;
        String rest;
        if (closing > 0) {
            path = call.substring(1, closing);
            rest = call.substring(closing + 1);
        } else {
            Matcher firstArgument = END_OF_PATH.matcher(call);
            int end = firstArgument.find() ? firstArgument.start() : call.length();
            path = call.substring(0, end).strip();
            rest = call.substring(end);
        }
        return Optional.of(new Include(path, arguments(rest)));
    }

    private static Map<String, String> arguments(String rest) {
        Map<String, String> arguments = new LinkedHashMap<>();
        Matcher argument = ARGUMENT.matcher(rest);
        int at = 0;
        while (argument.find()) {
            requireNothing(rest.substring(at, argument.start()));
            arguments.put(argument.group(1), value(argument));
            at = argument.end();
        }
        requireNothing(rest.substring(at));
        return arguments;
    }

    private static void requireNothing(String words) {
        for (String line : words.strip().split("\n")) {
            if (line.strip().startsWith("$")) {
                throw PlatformException.invalid("%run cannot read " + line.strip()
                        + ". A parameter is written $name=\"value\", with nothing between parameters but blanks.");
            }
            if (!line.isBlank() && !COMMENT.matcher(line).find()) {
                throw PlatformException.invalid("%run has to be alone in its cell, and nothing would run "
                        + line.strip() + ". Put it into a cell of its own.");
            }
        }
    }

    private static String value(Matcher argument) {
        String doubleQuoted = argument.group(3);
        if (doubleQuoted != null) {
            return doubleQuoted.replace("\\\"", "\"").replace("\\\\", "\\");
        }
        String singleQuoted = argument.group(4);
        return singleQuoted != null ? singleQuoted : argument.group(2);
    }
}
