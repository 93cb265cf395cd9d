package io.slipway.work.job;

import io.slipway.kit.Ref;
import io.slipway.store.Fact;

/** What happens to a job. */
public sealed interface JobFact extends Fact {
    record Created(Ref subject, String name) implements JobFact {}

    record Changed(Ref subject, String name) implements JobFact {}

    record Deleted(Ref subject) implements JobFact {}

    /** A time of its schedule has passed without a run. */
    record Missed(Ref subject, long at, String why) implements JobFact {}
}
