package io.slipway.protocol.driver;

/**
 * Asks what could stand where the cursor is, or what the name there means.
 *
 * @param cursor in UTF-16 units
 */
public record Question(String language, String code, int cursor) {}
