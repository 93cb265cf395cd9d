package io.slipway.driver.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FrameStreamTest {
    private final HeardFrames heard = new HeardFrames();

    @Test
    void characters_survive_being_written_byte_by_byte() {
        String text = "grüße 🚀 ".repeat(5_000);
        try (var stream = new FrameStream(heard.frames(), "stdout")) {
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                stream.write(b);
            }
        }
        assertThat(heard.text("stdout")).isEqualTo(text);
    }

    @Test
    void a_loop_of_prints_is_far_fewer_frames_than_lines() {
        try (var stream = new FrameStream(heard.frames(), "stdout");
                var out = new PrintStream(stream, true, StandardCharsets.UTF_8)) {
            for (int i = 0; i < 10_000; i++) {
                out.println(i);
            }
        }
        assertThat(heard.text("stdout")).startsWith("0\n1\n").endsWith("9999\n");
        assertThat(heard.all()).hasSizeLessThan(1_000);
    }

    @Test
    void what_is_printed_is_seen_while_the_code_goes_on() {
        var stream = new FrameStream(heard.frames(), "stderr");
        stream.write('x');
        await().atMost(Duration.ofSeconds(30)).until(() -> heard.text("stderr").equals("x"));
        stream.write('y');
        await().atMost(Duration.ofSeconds(30)).until(() -> heard.text("stderr").equals("xy"));
    }

    @Test
    void bytes_that_are_no_text_become_signs_and_lose_nothing_else() {
        try (var stream = new FrameStream(heard.frames(), "stdout")) {
            stream.write(new byte[] {'a', (byte) 0xFF, 'b', (byte) 0xC3, 'c'}, 0, 5);
        }
        assertThat(heard.text("stdout")).isEqualTo("a\uFFFDb\uFFFDc");
    }

    @Test
    void the_beginning_of_a_character_at_the_end_of_all_is_not_lost_in_silence() {
        try (var stream = new FrameStream(heard.frames(), "stdout")) {
            stream.write(new byte[] {'a', (byte) 0xE2, (byte) 0x82}, 0, 3);
        }
        assertThat(heard.text("stdout")).isEqualTo("a\uFFFD");
    }

    @Test
    void lines_of_threads_that_print_at_the_same_time_stay_whole() throws InterruptedException {
        var begin = new CountDownLatch(1);
        var threads = new Thread[4];
        try (var stream = new FrameStream(heard.frames(), "stdout")) {
            for (int t = 0; t < threads.length; t++) {
                byte[] line = (String.valueOf(t).repeat(100) + "\n").getBytes(StandardCharsets.UTF_8);
                threads[t] = new Thread(() -> {
                    try {
                        begin.await();
                    } catch (InterruptedException e) {
                        return;
                    }
                    for (int i = 0; i < 1_000; i++) {
                        stream.write(line, 0, line.length);
                    }
                });
                threads[t].start();
            }
            begin.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(heard.text("stdout").lines())
                .hasSize(4_000)
                .allMatch(
                        line -> line.length() == 100 && line.chars().distinct().count() == 1);
    }

    @Test
    void nothing_printed_is_no_frame() {
        new FrameStream(heard.frames(), "stdout").close();
        assertThat(heard.all()).isEmpty();
    }
}
