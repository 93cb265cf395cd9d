package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunningThreadTest {
    private final RunningThread running = new RunningThread();

    @Test
    void an_interrupt_strikes_the_thread_that_runs_the_command() throws InterruptedException {
        var struck = new Thread(() -> {
            running.begin();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                running.end();
                return;
            }
            throw new AssertionError();
        });
        struck.start();
        while (struck.isAlive()) {
            running.interrupt();
            struck.join(5);
        }
    }

    @Test
    void an_interrupt_that_comes_before_or_after_the_command_strikes_nobody() {
        running.interrupt();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        running.begin();
        running.end();
        running.interrupt();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void an_interrupt_that_the_command_has_not_noticed_does_not_reach_the_next() {
        running.begin();
        running.interrupt();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        running.end();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
