package io.slipway.kit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads settings from several places by one table of keys. Later places win: the standard value, the file, the environment, flags. A
 * name that the table lacks is refused with the nearest one, so that a slip of the pen is not a setting that silently does nothing.
 */
public final class ConfigReader {
    private static final String PREFIX = "SLIPWAY_";
    private static final int NEAR = 4;

    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Map<String, Key> byVariable = new LinkedHashMap<>();
    private final Set<String> otherVariables;

    /**
     * @param keys the table
     * @param otherVariables names beginning with {@code SLIPWAY_} that are no settings
     */
    public ConfigReader(List<Key> keys, Set<String> otherVariables) {
        keys.forEach(key -> {
            this.keys.put(key.name(), key);
            byVariable.put(key.variable(), key);
        });
        this.otherVariables = Set.copyOf(otherVariables);
    }

    /**
     * One setting.
     *
     * @param name in the file, for instance {@code database.url}
     * @param standard its value if nobody sets it
     * @param meaning one sentence for people
     * @param secret never shown
     */
    public record Key(String name, String standard, String meaning, boolean secret) {
        /** {@code database.url} is {@code SLIPWAY_DATABASE_URL}, {@code plainPort} is {@code SLIPWAY_PLAIN_PORT}. */
        public String variable() {
            return PREFIX
                    + name.replaceAll("([a-z])([A-Z])", "$1_$2")
                            .replace('.', '_')
                            .toUpperCase(Locale.ROOT);
        }

        /** {@code plainPort} is {@code --plain-port}. */
        public String flag() {
            return "--"
                    + name.replaceAll("([a-z])([A-Z])", "$1-$2")
                            .replace('.', '-')
                            .toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Puts the places together.
     *
     * @param file name to value
     * @param environment of the process; only variables that begin with {@code SLIPWAY_} are looked at
     * @param flags name to value
     * @throws PlatformException INVALID_PARAMETER_VALUE for a name that is not in the table
     */
    public Values read(Map<String, String> file, Map<String, String> environment, Map<String, String> flags) {
        Map<Key, Setting> settings = new LinkedHashMap<>();
        keys.values().forEach(key -> settings.put(key, new Setting(key.standard(), "standard")));
        file.forEach((name, value) -> settings.put(known(name), new Setting(value.strip(), "file")));
        environment.forEach((variable, value) -> {
            if (variable.startsWith(PREFIX) && !otherVariables.contains(variable)) {
                settings.put(knownVariable(variable), new Setting(value.strip(), "environment"));
            }
        });
        flags.forEach((name, value) -> settings.put(known(name), new Setting(value.strip(), "flag")));
        return new Values(settings);
    }

    private Key known(String name) {
        return Optional.ofNullable(keys.get(name)).orElseThrow(() -> unknown("setting", name, keys.keySet()));
    }

    private Key knownVariable(String variable) {
        return Optional.ofNullable(byVariable.get(variable))
                .orElseThrow(() -> unknown("environment variable", variable, byVariable.keySet()));
    }

    private static PlatformException unknown(String kind, String name, Set<String> known) {
        String nearest = "";
        int least = NEAR;
        for (String candidate : known) {
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        String hint =
                nearest.isEmpty() ? "There is " + String.join(", ", known) + "." : "Did you mean " + nearest + "?";
        return PlatformException.invalid("There is no " + kind + " " + name + ". " + hint);
    }

    /** Levenshtein's: letters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private record Setting(String value, String from) {}

    /** What was read. Its text shows no secret. */
    public static final class Values {
        private final Map<Key, Setting> settings;

        private Values(Map<Key, Setting> settings) {
            this.settings = settings;
        }

        /** The value; empty if the standard is and nobody set it. */
        public String text(String name) {
            return settings.entrySet().stream()
                    .filter(entry -> entry.getKey().name().equals(name))
                    .map(entry -> entry.getValue().value())
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("the table has no key " + name));
        }

        /**
         * A number within limits, both included.
         *
         * @throws PlatformException INVALID_PARAMETER_VALUE
         */
        public int integer(String name, int least, int most) {
            String value = text(name);
            try {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new PlatformException(
                        ErrorCode.INVALID_PARAMETER_VALUE, name + " must be a number, not '" + value + "'.", e);
            }
            throw PlatformException.invalid(name + " must be from " + least + " to " + most + ", not " + value + ".");
        }

        /**
         * Yes or no.
         *
         * @throws PlatformException INVALID_PARAMETER_VALUE
         */
        public boolean truth(String name) {
            String value = text(name);
            return switch (value) {
                case "true" -> true;
                case "false" -> false;
                default -> throw PlatformException.invalid(name + " must be true or false, not '" + value + "'.");
            };
        }

        @Override
        public String toString() {
            StringBuilder out = new StringBuilder();
            settings.forEach((key, setting) -> out.append(key.name())
                    .append(" = ")
                    .append(key.secret() && !setting.value().isEmpty() ? "***" : setting.value())
                    .append(" (")
                    .append(setting.from())
                    .append(")\n"));
            return out.toString();
        }
    }
}
