package io.slipway.agent;

/**
 * A text file to be written before a process starts.
 *
 * @param path relative to the process's directory
 * @param mode permissions as three octal digits, for instance {@code 600}
 */
record WantedFile(String path, String content, String mode) {
    int permissions() throws Refused {
        if (!mode.matches("[0-7]{3}")) {
            throw new Refused("INVALID_ARGUMENT", "The mode " + mode + " is not three octal digits.");
        }
        return Integer.parseInt(mode, 8);
    }
}
