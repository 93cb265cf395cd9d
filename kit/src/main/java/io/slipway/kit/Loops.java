package io.slipway.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All control loops of a server. A loop is made before the rooms that wake it and gets its reconciler after them, which breaks the
 * circle between the two; {@link #start} then looks at everything that is unfinished, and again every half minute.
 */
public final class Loops implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Loops.class);
    private static final Duration RESYNC = Duration.ofSeconds(30);

    private final Clock clock;
    private final Timer timer;
    private final Ids ids;
    private final Executor workers;
    private final Witness witness;
    private final List<Loop<?>> loops = new ArrayList<>();

    /** @param workers run the passes */
    public Loops(Clock clock, Timer timer, Ids ids, Executor workers) {
        this(clock, timer, ids, workers, Witness.NONE);
    }

    public Loops(Clock clock, Timer timer, Ids ids, Executor workers, Witness witness) {
        this.witness = witness;
        this.clock = clock;
        this.timer = timer;
        this.ids = ids;
        this.workers = workers;
    }

    /** A loop that does nothing before {@link #run}. */
    public synchronized <K> Loop<K> loop(String name) {
        Loop<K> loop = new Loop<>(name, clock, timer, ids, witness);
        loops.add(loop);
        return loop;
    }

    public <K> void run(Loop<K> loop, Reconciler<K> reconciler) {
        run(loop, reconciler, workers);
    }

    /** For passes that wait so long that they must not hold up others: on workers of their own. */
    public <K> void run(Loop<K> loop, Reconciler<K> reconciler, Executor itsWorkers) {
        loop.run(reconciler, itsWorkers);
    }

    /** Begins to look at what is unfinished. Losing a wake delays a thing until the next look. */
    public synchronized void start() {
        loops.forEach(this::resync);
    }

    /** However a look ends, the next one comes. */
    private void resync(Loop<?> loop) {
        try {
            loop.resync(RESYNC);
        } catch (Throwable e) {
            log.warn("{}: cannot list what is unfinished, trying again later", loop, e);
        } finally {
            timer.after(RESYNC, () -> workers.execute(() -> resync(loop)));
        }
    }

    @Override
    public synchronized void close() {
        loops.forEach(Loop::close);
    }
}
