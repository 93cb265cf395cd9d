package io.slipway.driver.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThreadOutputTest {
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void install() {
        ThreadOutput.install();
    }

    @AfterEach
    void takeBack() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void what_code_prints_goes_to_its_command_until_it_ends() {
        try (var redirect = ThreadOutput.redirect(out, err)) {
            System.out.print("grüße ☃");
            System.err.print("oh");
        }
        System.out.print(" ");
        ThreadOutput.redirect(new ByteArrayOutputStream(), err).close();
        System.err.print(" ");
        assertThat(text(out)).isEqualTo("grüße ☃");
        assertThat(text(err)).isEqualTo("oh");
    }

    @Test
    void threads_made_by_the_code_print_to_its_command_too() throws InterruptedException {
        Thread child;
        try (var redirect = ThreadOutput.redirect(out, err)) {
            child = new Thread(() -> System.out.print("child"));
            child.start();
            child.join();
        }
        assertThat(text(out)).isEqualTo("child");
    }

    @Test
    void a_thread_that_outlives_its_command_goes_on_to_print_there() throws InterruptedException {
        var ended = new CountDownLatch(1);
        Thread child;
        try (var redirect = ThreadOutput.redirect(out, err)) {
            child = new Thread(() -> {
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    return;
                }
                System.out.print("late");
            });
            child.start();
        }
        var next = new ByteArrayOutputStream();
        try (var redirect = ThreadOutput.redirect(next, err)) {
            ended.countDown();
            child.join();
        }
        assertThat(text(out)).isEqualTo("late");
        assertThat(text(next)).as("never to the command that runs now").isEmpty();
    }

    @Test
    void commands_of_two_threads_do_not_mix() throws InterruptedException {
        var other = new ByteArrayOutputStream();
        var second = new Thread(() -> {
            try (var redirect = ThreadOutput.redirect(other, err)) {
                for (int i = 0; i < 1_000; i++) {
                    System.out.print("b");
                }
            }
        });
        try (var redirect = ThreadOutput.redirect(out, err)) {
            second.start();
            for (int i = 0; i < 1_000; i++) {
                System.out.print("a");
            }
        }
        second.join();
        assertThat(text(out)).isEqualTo("a".repeat(1_000));
        assertThat(text(other)).isEqualTo("b".repeat(1_000));
    }
}
