package io.slipway.server;

import io.slipway.kit.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what is older than the platform keeps it: at the start and once an hour, in small pieces, so that nobody waits for it. A rule
 * that fails is tried again an hour later, and keeps no other from its work.
 */
final class Housekeeping {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PAUSE = Duration.ofHours(1);

    /** @param piece forgets a piece; true if there may be more */
    record Rule(String name, BooleanSupplier piece) {}

    private final Timer timer;
    private final Executor background;
    private final List<Rule> rules;

    Housekeeping(Timer timer, Executor background, List<Rule> rules) {
        this.timer = timer;
        this.background = background;
        this.rules = rules;
    }

    void start() {
        background.execute(this::round);
    }

    private void round() {
        rules.forEach(Housekeeping::apply);
        timer.after(PAUSE, this::start);
    }

    private static void apply(Rule rule) {
        try {
            boolean more = true;
            while (more) {
                more = rule.piece().getAsBoolean();
            }
        } catch (RuntimeException e) {
            log.warn("{} could not be forgotten; tried again later", rule.name(), e);
        }
    }
}
