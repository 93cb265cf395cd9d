package io.slipway.work.job;

import io.slipway.kit.Ref;
import io.slipway.store.Fact;
import java.util.Optional;

/** What happens to a run. */
public sealed interface RunFact extends Fact {
    record Created(Ref subject, Optional<Long> jobId) implements RunFact {}

    record Ended(Ref subject, RunResult result) implements RunFact {}
}
