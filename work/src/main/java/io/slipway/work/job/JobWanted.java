package io.slipway.work.job;

import io.slipway.identity.Grant;
import io.slipway.store.Described;
import java.util.List;
import java.util.Optional;

/**
 * What somebody asks of a job, or of a run that belongs to none.
 *
 * @param runAs empty: as its owner
 * @param grants who else is given what on it from the beginning
 */
public record JobWanted(Described<JobSettings> settings, Optional<RunAs> runAs, List<Grant> grants) {
    public JobWanted {
        grants = List.copyOf(grants);
    }

    public static JobWanted of(Described<JobSettings> settings) {
        return new JobWanted(settings, Optional.empty(), List.of());
    }
}
