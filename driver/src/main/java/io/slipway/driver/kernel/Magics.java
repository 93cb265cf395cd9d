package io.slipway.driver.kernel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines that begin with {@code %}: what is none of the platform's magics belongs to Python, and other languages have none. */
final class Magics {
    private static final Pattern MAGIC = Pattern.compile("\\A\\s*(%%?[A-Za-z]\\w*)");

    private Magics() {}

    /** Why a cell of {@code language} cannot be run: it begins with a magic. */
    static Optional<String> refusal(String code, String language) {
        Matcher found = MAGIC.matcher(code);
        if (!found.find()) {
            return Optional.empty();
        }
        return Optional.of(
                found.group(1) + " is not a magic of " + language
                        + " cells. Cells may begin with %python, %sql, %scala,"
                        + " %sh, %fs, %run, %pip, %restart_python, %skip, %md or %md-sandbox; magics of IPython belong into Python cells.");
    }
}
