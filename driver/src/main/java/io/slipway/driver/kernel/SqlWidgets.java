package io.slipway.driver.kernel;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the values of widgets and parameters into the text of a statement: for {@code ${name}} and {@code $name} as they are, also within
 * quotes, and for {@code getArgument("name")} as a text of SQL. Spark itself would take {@code ${name}} for one of its settings and
 * put nothing where there is none, so a name that nobody knows is refused here.
 */
final class SqlWidgets {
    private static final String QUOTED =
            "'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|`[^`]*+`";
    private static final String REFERENCE = "\\$\\{\\s*(?<braced>[^}]*?)\\s*\\}|\\$(?<plain>[A-Za-z_]\\w*)";
    private static final String CALL = "\\bgetArgument\\s*\\(\\s*(?:'(?<single>[^']*)'|\"(?<double>[^\"]*)\")"
            + "\\s*(?:,\\s*(?:'(?<other>[^']*)'|\"(?<other2>[^\"]*)\")\\s*)?\\)";
    private static final Pattern TOKEN = Pattern.compile(
            "(?<comment>--[^\\n]*+|/\\*.*?\\*/)|(?<quoted>" + QUOTED + ")|(?<call>" + CALL + ")|" + REFERENCE,
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern WITHIN = Pattern.compile(REFERENCE);

    private final Map<String, String> values;
    private final Predicate<String> setting;

    /** @param setting whether Spark knows a setting of that name, whose value it puts in itself */
    SqlWidgets(Map<String, String> values, Predicate<String> setting) {
        this.values = values;
        this.setting = setting;
    }

    /** @param line of the statement in its cell, from 0, to be told in errors */
    String into(String statement, int line) {
        Matcher token = TOKEN.matcher(statement);
        var out = new StringBuilder();
        int from = 0;
        while (token.find()) {
            out.append(statement, from, token.start());
            from = token.end();
            int at = line
                    + 1
                    + (int) statement
                            .substring(0, token.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            if (token.group("comment") != null) {
                out.append(token.group());
            } else if (token.group("quoted") != null) {
                out.append(WITHIN.matcher(token.group())
                        .replaceAll(found -> Matcher.quoteReplacement(reference((Matcher) found, at))));
            } else if (token.group("call") != null) {
                out.append(call(token, at));
            } else {
                out.append(reference(token, at));
            }
        }
        return out.append(statement, from, statement.length()).toString();
    }

    private String reference(Matcher found, int line) {
        String plain = found.group("plain");
        if (plain != null) {
            // Dollar signs have other uses: in patterns, in paths of JSON.
            return values.getOrDefault(plain, found.group());
        }
        String name = found.group("braced");
        String value = values.get(name);
        if (value != null) {
            return value;
        }
        if (setting.test(name)) {
            return found.group();
        }
        throw unknown("${" + name + "}", name, line);
    }

    private String call(Matcher found, int line) {
        String name = first(found, "single", "double");
        String value = values.getOrDefault(name, first(found, "other", "other2"));
        if (value.isEmpty()
                && !values.containsKey(name)
                && found.group("other") == null
                && found.group("other2") == null) {
            throw unknown("getArgument(\"" + name + "\")", name, line);
        }
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String first(Matcher found, String one, String other) {
        String value = found.group(one) == null ? found.group(other) : found.group(one);
        return value == null ? "" : value;
    }

    private static InputWidgetNotDefined unknown(String written, String name, int line) {
        return new InputWidgetNotDefined(written + " in line " + line
                + " stands for no widget, parameter or setting. Define the widget first: CREATE WIDGET TEXT " + name
                + " DEFAULT '...', or dbutils.widgets.text(\"" + name + "\", \"...\") in Python.");
    }

    /** The statement asks for a widget that is not there. */
    static final class InputWidgetNotDefined extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InputWidgetNotDefined(String message) {
            super(message);
        }
    }
}
