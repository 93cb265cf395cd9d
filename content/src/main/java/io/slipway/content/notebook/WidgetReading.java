package io.slipway.content.notebook;

import io.slipway.content.tree.Cell;
import io.slipway.content.tree.CellLanguage;
import io.slipway.content.tree.Language;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the cells that read a widget, by their text: what code does is known only when it runs. A cell that declares a widget does not
 * read it by that.
 */
final class WidgetReading {
    private static final Pattern ALL = Pattern.compile("\\bwidgets\\s*\\.\\s*getAll\\b");

    private final Pattern call;
    private final Pattern marker;
    private final Pattern reference;

    WidgetReading(String widget) {
        String name = Pattern.quote(widget);
        call = Pattern.compile(
                "\\b(?:widgets\\s*\\.\\s*get|getArgument)\\s*\\(\\s*(?:\\w+\\s*=\\s*)?([\"'])" + name + "\\1");
        // Strings and comments are stepped over. After a word or a colon it is a path or a cast.
        marker = Pattern.compile(
                "'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|`[^`]*+`|--[^\\n]*+|/\\*.*?\\*/|(?<![\\w:])(:"
                        + name + ")(?!\\w)",
                Pattern.DOTALL);
        reference = Pattern.compile("\\$\\{\\s*" + name + "\\s*\\}|\\$" + name + "(?!\\w)");
    }

    boolean in(Cell cell, Language notebook) {
        CellLanguage language = cell.language(notebook);
        return switch (language) {
            case PYTHON, SCALA, R, PIP -> calls(cell.code());
            case SQL -> calls(cell.code()) || reference.matcher(cell.code()).find() || marked(cell.code());
            case MARKDOWN, SHELL, FILES, RUN, SKIP -> false;
        };
    }

    private boolean calls(String code) {
        return call.matcher(code).find() || ALL.matcher(code).find();
    }

    private boolean marked(String code) {
        Matcher found = marker.matcher(code);
        while (found.find()) {
            if (found.start(1) >= 0) {
                return true;
            }
        }
        return false;
    }
}
