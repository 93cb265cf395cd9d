package io.slipway.identity.audit;

import io.slipway.identity.audit.AuditEntry.Outcome;
import java.util.Optional;
import java.util.Set;

/**
 * Which calls are wanted. Texts are whole, but for {@code text}.
 *
 * @param from not before this time, in milliseconds of the epoch
 * @param to before this time
 * @param outcomes none = all
 * @param text stands in the name or id of what was asked for, or is the id of the request
 */
public record AuditFilter(
        Optional<Long> from,
        Optional<Long> to,
        Optional<String> actor,
        Optional<String> service,
        Optional<String> action,
        Set<Outcome> outcomes,
        Optional<String> address,
        Optional<String> text) {
    public static final AuditFilter ALL = new AuditFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty());

    public AuditFilter {
        outcomes = Set.copyOf(outcomes);
    }

    public AuditFilter between(long begin, long end) {
        return new AuditFilter(Optional.of(begin), Optional.of(end), actor, service, action, outcomes, address, text);
    }

    public AuditFilter of(Outcome... wanted) {
        return new AuditFilter(from, to, actor, service, action, Set.of(wanted), address, text);
    }
}
