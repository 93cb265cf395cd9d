package io.slipway.content.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Python notebook asks of the machine it runs on.
 *
 * @param version of the base environment; empty = not named
 * @param dependencies pip requirements
 * @param block the comment lines of the source file that say so, as they stood
 */
public record Environment(String version, List<String> dependencies, List<String> block) {
    static final String OPENING = "# /// script";
    static final String CLOSING = "# ///";

    private static final Pattern VERSION = Pattern.compile("#\\s*environment_version\\s*=\\s*\"([^\"]*)\"\\s*");
    private static final Pattern DEPENDENCY = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    public Environment {
        dependencies = List.copyOf(dependencies);
        block = List.copyOf(block);
    }

    /** As the workspace itself writes the block. */
    public static Environment of(String version, List<String> dependencies) {
        List<String> block = new ArrayList<>(List.of(OPENING, "# [tool.databricks.environment]"));
        if (!version.isEmpty()) {
            block.add("# environment_version = \"" + version + "\"");
        }
        if (!dependencies.isEmpty()) {
            block.add("# dependencies = [");
            dependencies.forEach(dependency -> block.add("#   \"" + dependency.replace("\"", "\\\"") + "\","));
            block.add("# ]");
        }
        block.add(CLOSING);
        return new Environment(version, dependencies, block);
    }

    /** Reads the block from its opening to its closing line. */
    static Environment read(List<String> block) {
        String version = "";
        List<String> dependencies = new ArrayList<>();
        boolean listing = false;
        for (String line : block) {
            Matcher matcher = VERSION.matcher(line);
            if (matcher.matches()) {
                version = matcher.group(1);
            }
            boolean opens = line.matches("#\\s*dependencies\\s*=\\s*\\[.*");
            listing |= opens;
            if (listing) {
                Matcher dependency = DEPENDENCY.matcher(line);
                while (dependency.find()) {
                    dependencies.add(dependency.group(1).replace("\\\"", "\""));
                }
                listing = !line.stripTrailing().endsWith("]");
            }
        }
        return new Environment(version, dependencies, block);
    }
}
