package io.slipway.identity.audit;

/**
 * An entry as it is found.
 *
 * @param seq grows with each entry
 * @param line the whole entry as JSON
 */
public record AuditRow(long seq, AuditEntry entry, String line) {}
