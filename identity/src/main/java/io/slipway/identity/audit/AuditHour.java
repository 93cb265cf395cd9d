package io.slipway.identity.audit;

import io.slipway.identity.audit.AuditEntry.Outcome;
import java.util.Map;

/**
 * How many calls there were in an hour.
 *
 * @param at its beginning, in epoch milliseconds
 */
public record AuditHour(long at, Map<Outcome, Long> calls) {
    public AuditHour {
        calls = Map.copyOf(calls);
    }
}
