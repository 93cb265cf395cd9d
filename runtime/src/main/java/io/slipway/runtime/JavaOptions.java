package io.slipway.runtime;

import io.slipway.kit.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What users want the JVM of their driver to be started with: {@code spark.driver.extraJavaOptions} (Spark, configuration). */
public record JavaOptions(List<String> words) {
    public static final JavaOptions NONE = new JavaOptions(List.of());

    private static final List<String> KEYS =
            List.of("spark.driver.defaultJavaOptions", "spark.driver.extraJavaOptions");
    /** Their value is a word of its own. */
    private static final Set<String> WITH_VALUE =
            Set.of("--add-opens", "--add-exports", "--add-modules", "--add-reads", "--limit-modules", "--patch-module");
    /** What would make the process another one. */
    private static final Set<String> PLATFORMS = Set.of("-cp", "-classpath", "--class-path", "-jar", "-m", "--module");

    public JavaOptions {
        words = List.copyOf(words);
    }

    /** Of a cluster's {@code spark_conf}. Throws INVALID_PARAMETER_VALUE for what the driver cannot be started with. */
    public static JavaOptions of(Map<String, String> sparkConf) {
        return new JavaOptions(KEYS.stream()
                .flatMap(key -> Optional.ofNullable(sparkConf.get(key)).stream().flatMap(text -> of(key, text)))
                .toList());
    }

    private static Stream<String> of(String key, String text) {
        List<String> words = words(key, text);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean value = i > 0 && WITH_VALUE.contains(words.get(i - 1));
            if (word.startsWith("-Xmx") || word.startsWith("-XX:MaxHeapSize")) {
                throw PlatformException.invalid("spark_conf." + key + " cannot set the heap (" + word
                        + "): it follows the memory of the driver's node type.");
            }
            if (!value && (!word.startsWith("-") || PLATFORMS.contains(word.split("=", 2)[0]))) {
                throw PlatformException.invalid("spark_conf." + key + ": " + word + " is no option of the JVM.");
            }
        }
        return words.stream();
    }

    /** Whether they choose a garbage collector: the JVM takes one only. */
    boolean chooseCollector() {
        return words.stream().anyMatch(word -> word.matches("-XX:\\+Use\\w+GC"));
    }

    /** Split as a shell does: by spaces, but for those in quotes or behind a backslash. */
    private static List<String> words(String key, String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (quote == '\'' ? next == '\'' : quote == '"' && next == '"') {
                quote = 0;
            } else if (next == '\\' && quote != '\'' && i + 1 < text.length()) {
                i++;
                word.append(text.charAt(i));
                inWord = true;
            } else if (quote != 0) {
                word.append(next);
            } else if (next == '"' || next == '\'') {
                quote = next;
                inWord = true;
            } else if (!Character.isWhitespace(next)) {
                word.append(next);
                inWord = true;
            } else if (inWord) {
                words.add(word.toString());
                word.setLength(0);
                inWord = false;
            }
        }
        if (quote != 0 || text.indexOf('\0') >= 0) {
            throw PlatformException.invalid("spark_conf." + key + " has a quote without its end, or a NUL character.");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
