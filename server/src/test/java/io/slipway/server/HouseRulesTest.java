package io.slipway.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The habits of CONTRIBUTING that can be told from the text of the sources. */
class HouseRulesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", "dist", ".git", "test-results");
    private static final Set<String> TEXTS =
            Set.of("java", "ts", "tsx", "mjs", "py", "md", "sql", "xml", "json", "html", "css", "properties", "");
    private static final int LONGEST = 600;

    private static final Pattern TEST = Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b"
            + "(?:[^;{}]|\\{[^{}]*\\})*?\\b(?:void|Stream<[^>]*>|[A-Z][\\w<>]*) (\\w+)\\(");
    private static final Pattern SENTENCE = Pattern.compile("[a-z0-9]+(_[a-zA-Z0-9]+)+");

    private static List<Path> files(Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        walk(ROOT, wanted, found);
        return found;
    }

    private static void walk(Path folder, Predicate<Path> wanted, List<Path> found) {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.sorted().toList()) {
                String name = child.getFileName().toString();
                if (Files.isDirectory(child)) {
                    if (!NOT_OURS.contains(name)) {
                        walk(child, wanted, found);
                    }
                } else if (wanted.test(child)) {
                    found.add(child);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isJava(Path file) {
        return file.toString().endsWith(".java");
    }

    private static boolean isTest(Path file) {
        return isJava(file) && file.toString().contains("/src/test/");
    }

    /** Each place as file and line. */
    private static List<String> places(List<Path> files, Pattern pattern) {
        List<String> places = new ArrayList<>();
        for (Path file : files) {
            String text = text(file);
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                long line = text.substring(0, matcher.start()).lines().count();
                places.add(ROOT.relativize(file) + ":" + line + " " + matcher.group());
            }
        }
        return places;
    }

    @Test
    void no_source_is_longer_than_a_reader_bears() {
        assertThat(files(HouseRulesTest::isJava).stream()
                        .filter(file -> text(file).lines().count() > LONGEST)
                        .map(ROOT::relativize))
                .as("split them by noun")
                .isEmpty();
    }

    @Test
    void the_name_of_a_test_is_a_sentence() {
        List<String> others = new ArrayList<>();
        int tests = 0;
        for (Path file : files(HouseRulesTest::isTest)) {
            Matcher test = TEST.matcher(text(file));
            while (test.find()) {
                tests++;
                if (!SENTENCE.matcher(test.group(1)).matches()) {
                    others.add(ROOT.relativize(file) + " " + test.group(1));
                }
            }
        }
        assertThat(tests).as("tests found").isGreaterThan(700);
        assertThat(others).isEmpty();
    }

    @Test
    void tests_do_not_sleep_and_mock_nothing() {
        assertThat(places(
                        files(HouseRulesTest::isTest),
                        Pattern.compile("(Thread|TimeUnit\\.[A-Z]+)\\." + "sleep\\(|import org\\.mockito")))
                .isEmpty();
    }

    @Test
    void what_is_to_be_done_stands_in_an_issue_and_not_in_the_code() {
        assertThat(places(files(HouseRulesTest::isSource), Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b")))
                .isEmpty();
    }

    private static boolean isSource(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return TEXTS.contains(dot < 0 ? "" : name.substring(dot + 1)) && !name.equals("package-lock.json");
    }

    @Test
    void no_folder_of_somebodys_machine_is_named() {
        assertThat(places(
                        files(HouseRulesTest::isSource),
                        Pattern.compile("(?<![<\\w.$}-])/" + "((root|work)\\b|home/(?!you/)[a-z]+/)")))
                .isEmpty();
    }

    @Test
    void versions_of_libraries_stand_in_the_parent_only() {
        Pattern version = Pattern.compile(
                "<dependency>(?:(?!</dependency>).)*<version>(?!\\$\\{project\\.version})", Pattern.DOTALL);
        List<Path> children = files(file -> file.endsWith("pom.xml") && !file.equals(ROOT.resolve("pom.xml")));
        assertThat(children).hasSizeGreaterThan(15);
        assertThat(places(children, version)).isEmpty();
    }

    @Test
    void packages_of_the_web_application_have_exact_versions() {
        assertThat(places(
                        List.of(ROOT.resolve("webapp").resolve("package.json")),
                        Pattern.compile("\"[~^][^\"]*\"|\"(latest|\\*)\"")))
                .isEmpty();
    }

    @Test
    void no_static_field_has_state() {
        fields().that()
                .areStatic()
                .should()
                .beFinal()
                .because("a platform is put together by hand, and a process may hold several")
                .check(new ClassFileImporter()
                        .withImportOption(place -> !place.contains("/test-classes/") && !place.contains("-tests.jar"))
                        .importPackages("io.slipway"));
    }
}
