package io.slipway.store;

import io.slipway.kit.Clock;
import io.slipway.kit.Ids;
import io.slipway.kit.Loops;

/** What every area is built on. A test hands in a clock, ids and loops of its own and gets the same platform. */
public record Base(Database database, Facts facts, Clock clock, Ids ids, Loops loops) {}
