package io.slipway.driver.kernel;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE WIDGET TEXT name DEFAULT 'x'}, {@code CREATE WIDGET DROPDOWN name DEFAULT 'a' CHOICES SELECT …}, {@code REMOVE WIDGET name}:
 * statements of notebooks that Spark does not know.
 *
 * @param type text, dropdown, combobox or multiselect; empty = the widget is removed
 * @param choices the query that gives the choices; empty = none is written
 */
record WidgetStatement(String type, String name, String defaultValue, String choices) {
    private static final Pattern BEGINNING =
            Pattern.compile("\\A(CREATE|REMOVE)\\s+WIDGET\\b", Pattern.CASE_INSENSITIVE);
    private static final String WORD = "(`[^`]+`|\"[^\"]*\"|'[^']*'|[^\\s;]+)";
    private static final Pattern CREATE = Pattern.compile(
            "\\ACREATE\\s+WIDGET\\s+(TEXT|DROPDOWN|COMBOBOX|MULTISELECT)\\s+" + WORD + "\\s+DEFAULT\\s+" + WORD
                    + "(?:\\s+CHOICES\\s+(.+))?\\z",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern REMOVE =
            Pattern.compile("\\AREMOVE\\s+WIDGET\\s+" + WORD + "\\z", Pattern.CASE_INSENSITIVE);

    /** Empty if the statement is none of these. */
    static Optional<WidgetStatement> of(String statement) {
        if (!BEGINNING.matcher(statement).find()) {
            return Optional.empty();
        }
        Matcher remove = REMOVE.matcher(statement);
        if (remove.find()) {
            return Optional.of(new WidgetStatement("", bare(remove.group(1)), "", ""));
        }
        Matcher create = CREATE.matcher(statement);
        if (!create.find()) {
            throw new IllegalArgumentException("""
                    The statement about a widget is not complete. It is one of:
                    CREATE WIDGET TEXT name DEFAULT 'value'
                    CREATE WIDGET {DROPDOWN|COMBOBOX|MULTISELECT} name DEFAULT 'value' CHOICES SELECT ...
                    REMOVE WIDGET name""");
        }
        String type = create.group(1).toLowerCase(Locale.ROOT);
        @Nullable String choices = create.group(4);
        if (type.equals("text") == (choices != null)) {
            throw new IllegalArgumentException(
                    type.equals("text")
                            ? "A widget of type TEXT has no CHOICES."
                            : "A widget of type " + type.toUpperCase(Locale.ROOT) + " needs CHOICES SELECT ...");
        }
        return Optional.of(new WidgetStatement(
                type, bare(create.group(2)), bare(create.group(3)), choices == null ? "" : choices));
    }

    private static String bare(String word) {
        return "'\"`".indexOf(word.charAt(0)) >= 0 ? word.substring(1, word.length() - 1) : word;
    }
}
