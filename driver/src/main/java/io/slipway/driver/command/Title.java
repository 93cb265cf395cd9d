package io.slipway.driver.command;

import io.slipway.protocol.driver.CommandSpec;

/** One line that stands for a command in the Spark UI. */
final class Title {
    private static final int LONGEST = 80;

    private Title() {}

    static String of(CommandSpec spec) {
        if (spec instanceof CommandSpec.Code code) {
            String line = code.code().strip().lines().findFirst().orElse("");
            return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
        }
        if (spec instanceof CommandSpec.PythonFile file) {
            return file.name();
        }
        if (spec instanceof CommandSpec.Wheel wheel) {
            return wheel.packageName() + ":" + wheel.entryPoint();
        }
        return spec instanceof CommandSpec.Jar jar ? jar.mainClass() : "";
    }
}
