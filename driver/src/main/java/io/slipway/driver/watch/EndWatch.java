package io.slipway.driver.watch;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;

/** Notices that Spark was stopped, by whatever code. */
public final class EndWatch extends SparkListener {
    private final Runnable ended;

    public EndWatch(Runnable ended) {
        this.ended = ended;
    }

    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd event) {
        ended.run();
    }
}
