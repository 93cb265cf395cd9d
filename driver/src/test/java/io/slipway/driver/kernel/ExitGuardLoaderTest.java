package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.driver.standin.Programs;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitGuardLoaderTest {
    @TempDir
    Path folder;

    private ExitGuardLoader loader(String body) throws IOException {
        return new ExitGuardLoader(
                new URL[] {Programs.compiled(folder, body).toUri().toURL()},
                getClass().getClassLoader());
    }

    private static Object call(ClassLoader loader, String method) throws Throwable {
        try {
            return Class.forName("org.example.Program", true, loader)
                    .getMethod(method)
                    .invoke(null);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void exit_ends_the_program_and_not_the_driver() throws IOException {
        try (var loader = loader("""
                public static void direct() { System.exit(3); }
                public static void inLambda() { Runnable r = () -> System.exit(4); r.run(); }
                static class Nested { void go() { try { System.exit(5); } catch (Exception never) { } } }
                public static void inNested() { new Nested().go(); }
                public static int afterFinally() { try { System.exit(6); } finally { System.out.print(""); } return 1; }
                """)) {
            String[] methods = {"direct", "inLambda", "inNested", "afterFinally"};
            for (int i = 0; i < methods.length; i++) {
                String method = methods[i];
                int status = i + 3;
                assertThatThrownBy(() -> call(loader, method))
                        .isInstanceOfSatisfying(
                                ExitGuardLoader.Exit.class,
                                exit -> assertThat(exit.status()).isEqualTo(status));
            }
        }
    }

    @Test
    void exits_of_other_things_are_what_they_were() throws Throwable {
        try (var loader = loader("""
                static class System2 { static int exit(int status) { return status + 1; } }
                int exit(int status) { return status + 2; }
                public static int own() { return System2.exit(1) + new Program().exit(1); }
                """)) {
            assertThat(call(loader, "own")).isEqualTo(5);
        }
    }

    @Test
    void nobody_stops_the_session_of_all() throws Throwable {
        var before = System.err;
        var printed = new java.io.ByteArrayOutputStream();
        System.setErr(new java.io.PrintStream(printed, true, StandardCharsets.UTF_8));
        try (var loader = loader("""
                public static void stops() throws Exception {
                    org.apache.spark.sql.SparkSession spark = null;
                    org.apache.spark.sql.classic.SparkSession classic = null;
                    org.apache.spark.SparkContext context = null;
                    org.apache.spark.api.java.JavaSparkContext java = null;
                    spark.stop(); spark.close(); classic.stop(); context.stop(); context.stop(1); java.stop(); java.close();
                }
                """)) {
            call(loader, "stops");
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .hasSize(7)
                .allMatch(line -> line.startsWith("stop() is ignored"));
    }

    @Test
    void programs_see_their_own_files_and_the_drivers_classes_as_they_are() throws Throwable {
        try (var loader = loader("""
                public static Object spark() { return org.apache.spark.sql.SparkSession.class; }
                public static Object pack() { return Program.class.getPackage().getName(); }
                public static Object file() throws Exception {
                    try (var in = Program.class.getResourceAsStream("/note.txt")) { return new String(in.readAllBytes()); }
                }
                """)) {
            Files.writeString(folder.resolve("classes/note.txt"), "mine");
            assertThat(call(loader, "spark")).isEqualTo(org.apache.spark.sql.SparkSession.class);
            assertThat(call(loader, "pack")).isEqualTo("org.example");
            assertThat(call(loader, "file")).isEqualTo("mine");
        }
    }

    @Test
    void a_class_that_is_in_no_jar_is_not_found() throws IOException {
        try (var loader = loader("")) {
            assertThatThrownBy(() -> Class.forName("org.example.Missing", true, loader))
                    .isInstanceOf(ClassNotFoundException.class)
                    .hasMessageContaining("org.example.Missing");
        }
    }

    @Test
    void two_programs_have_their_own_classes() throws Throwable {
        String body = "static int n; public static int next() { return ++n; }";
        try (var first = loader(body);
                var second = loader(body)) {
            assertThat(call(first, "next")).isEqualTo(1);
            assertThat(call(first, "next")).isEqualTo(2);
            assertThat(call(second, "next")).isEqualTo(1);
        }
    }
}
