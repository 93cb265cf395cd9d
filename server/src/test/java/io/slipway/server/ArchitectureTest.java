package io.slipway.server;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.slipway.identity.Permissions;
import io.slipway.store.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The laws of the architecture, for everything that runs in the server. The compiler and the modules hold some of them already. */
class ArchitectureTest {
    static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(place -> !place.contains("/test-classes/") && !place.contains("-tests.jar"))
            .importPackages("io.slipway");

    /** A module and the modules that it may know. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            entry("kit", List.of()),
            entry("store", List.of("kit")),
            entry("protocol", List.of()),
            entry("runtime", List.of("kit")),
            entry("agent", List.of("kit")),
            entry("identity", List.of("kit", "store")),
            entry("iam", List.of("kit", "store")),
            entry("object", List.of("kit", "store", "iam")),
            entry("wire", List.of("kit", "store", "identity")),
            entry("wire.audit", List.of("kit", "store", "identity", "wire")),
            entry("spark", List.of("kit", "store", "protocol", "runtime", "identity")),
            entry("catalog", List.of("kit", "store", "identity", "object")),
            entry("content", List.of("kit", "store", "protocol", "identity", "object", "spark", "catalog")),
            entry("work", List.of("kit", "store", "protocol", "identity", "spark", "content")),
            entry("nodes", List.of("kit", "store", "protocol", "runtime", "agent", "identity", "wire", "spark")),
            entry(
                    "wire.databricks",
                    List.of(
                            "kit",
                            "store",
                            "protocol",
                            "runtime",
                            "identity",
                            "spark",
                            "catalog",
                            "content",
                            "work",
                            "wire")),
            entry("wire.aws", List.of("kit", "store", "identity", "iam", "wire")),
            entry(
                    "wire.ui",
                    List.of(
                            "kit",
                            "store",
                            "protocol",
                            "runtime",
                            "identity",
                            "spark",
                            "catalog",
                            "content",
                            "work",
                            "wire")),
            entry(
                    "server",
                    List.of(
                            "kit",
                            "store",
                            "protocol",
                            "runtime",
                            "agent",
                            "identity",
                            "iam",
                            "object",
                            "spark",
                            "catalog",
                            "content",
                            "work",
                            "nodes",
                            "wire",
                            "wire.audit",
                            "wire.databricks",
                            "wire.aws",
                            "wire.ui")));

    private static final Set<String> AREAS = Set.of("identity", "iam", "object", "spark", "catalog", "content", "work");

    private static final Set<String> DOORS = Set.of(
            "Identities",
            "Directory",
            "Passwords",
            "FederationPolicies",
            "Grants",
            "RuleSets",
            "WorkspaceTokens",
            "Workspaces",
            "AccountParts",
            "Assignments",
            "WorkspaceConf",
            "AccessLists",
            "TypedSettings",
            "Audits",
            "Clusters",
            "InstanceProfiles",
            "Contexts",
            "NotebookRuns",
            "Jobs",
            "Runs",
            "Tree",
            "Dbfs",
            "Catalogs",
            "Schemas",
            "Tables",
            "Permissions",
            // The rules that the three doors of the catalog share.
            "Rights",
            // The rule that the two doors to secrets share.
            "ScopeRights",
            // The rules of the tree, which two doors share.
            "TreeRights");

    /** Who may ask the JDK for time or chance although it is not kit, and why. */
    private static final Map<String, String> OWN_TIME = Map.ofEntries(
            Map.entry("agent.AgentLog", "the agent is a process of its own; nothing in it is replayed"),
            Map.entry("agent.AgentMain", "as above: draws the id of its start"),
            Map.entry("agent.Backoff", "as above: waits before it calls again"),
            Map.entry("agent.Reporter", "as above: gathers news for a moment"),
            Map.entry("agent.Sweep", "waits for processes of the operating system to end"),
            Map.entry("agent.SyncLoop", "waits as long as the server says"),
            Map.entry("nodes.agent.AgentHub", "measures how long a poll was held; its end comes from kit's timer"),
            Map.entry("runtime.Backoff", "waits before it downloads again; tests give another"),
            Map.entry("runtime.ConsoleProgress", "draws a line for people at most so often; tests give another"),
            Map.entry("runtime.TrainingProcess", "waits for a process of the operating system to end"),
            Map.entry("server.command.Patience", "an operator's command waits for another process"),
            Map.entry("server.command.Up", "an operator's command tells how long it took"),
            Map.entry("server.quickstart.ExampleJob", "an operator's command tells how long an example runs"),
            Map.entry("server.quickstart.Stopwatch", "as above"));

    /** The module of a class. Front doors are beside each other, below the package of their engine. */
    private static String module(JavaClass each) {
        String[] steps = each.getPackageName().split("\\.", -1);
        return steps[2].equals("wire") && steps.length > 3 ? "wire." + steps[3] : steps[2];
    }

    private static DescribedPredicate<JavaClass> in(String what, Predicate<String> modules) {
        return DescribedPredicate.describe(
                "in " + what, each -> each.getPackageName().startsWith("io.slipway.") && modules.test(module(each)));
    }

    @Test
    void arrows_point_down() {
        ARROWS.forEach((module, known) -> noClasses()
                .that(are(in(module, module::equals)))
                .should()
                .dependOnClassesThat(
                        are(in("what it does not know", other -> !other.equals(module) && !known.contains(other))))
                .check(CODE));
    }

    @Test
    void every_class_is_in_a_module_that_has_arrows() {
        for (JavaClass each : CODE) {
            assertThat(ARROWS).as(each.getName()).containsKey(module(each));
        }
    }

    @Test
    void the_engine_of_the_front_doors_takes_json_from_the_store_and_nothing_else() {
        noClasses()
                .that(are(in("wire", "wire"::equals)))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "the database",
                        (JavaClass each) -> each.getPackageName().startsWith("io.slipway.store")
                                && !outermost(each).getSimpleName().equals("Json")))
                .check(CODE);
    }

    @Test
    void packages_know_each_other_in_one_direction_only() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass each) {
                        String name = each.getPackageName();
                        // The program's entry names its commands, which start the server: one slice.
                        return SliceIdentifier.of(name.startsWith("io.slipway.server") ? "io.slipway.server" : name);
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CODE);
    }

    @Test
    void the_kit_needs_only_the_jdk_and_slf4j() {
        classes()
                .that()
                .resideInAPackage("io.slipway.kit..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.slipway.kit..", "java..", "org.slf4j..", "org.jspecify..")
                .check(CODE);
    }

    @Test
    void the_driver_protocol_needs_only_the_jdk() {
        classes()
                .that()
                .resideInAPackage("io.slipway.protocol..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.slipway.protocol..", "java..", "org.jspecify..")
                .check(CODE);
    }

    @Test
    void only_stores_speak_sql() {
        ArchRule rule = noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Store")
                .and()
                .resideOutsideOfPackage("io.slipway.store..")
                .should()
                .callMethodWhere(target(owner(resideInAPackage("org.jdbi.."))));
        rule.check(CODE);
    }

    @Test
    void stores_are_seen_by_their_own_room_only() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Store")
                .should()
                .bePackagePrivate()
                .check(CODE);
    }

    @Test
    void only_wires_look_into_manifests() {
        noClasses()
                .that(are(in("no wire and no store", module -> !module.startsWith("wire") && !module.equals("store"))))
                .should()
                .callMethodWhere(target(owner(DescribedPredicate.describe(
                                "Manifest", (JavaClass type) -> type.isEquivalentTo(Manifest.class))))
                        .and(target(DescribedPredicate.describe(
                                "text or parts",
                                (AccessTarget target) -> Set.of("text", "parts").contains(target.getName())))))
                .check(CODE);
    }

    @Test
    void only_doors_authorize() {
        noClasses()
                .that(are(new DescribedPredicate<JavaClass>("not doors") {
                    @Override
                    public boolean test(JavaClass each) {
                        return !DOORS.contains(outermost(each).getSimpleName());
                    }
                }))
                .should()
                .callMethodWhere(target(owner(DescribedPredicate.describe(
                        "Permissions", (JavaClass type) -> type.isEquivalentTo(Permissions.class)))))
                .check(CODE);
    }

    @Test
    void only_the_kit_reads_the_clock_sleeps_or_draws_random_numbers() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.slipway.kit..")
                .and(are(new DescribedPredicate<JavaClass>("without a reason of their own") {
                    @Override
                    public boolean test(JavaClass each) {
                        return !OWN_TIME.containsKey(outermost(each).getName().substring("io.slipway.".length()));
                    }
                }))
                .should()
                .accessTargetWhere(DescribedPredicate.describe("time or chance", ArchitectureTest::timeOrChance))
                .check(CODE);
    }

    @Test
    void every_reason_for_own_time_is_still_needed() {
        for (String name : OWN_TIME.keySet()) {
            boolean needed = CODE.stream()
                    .filter(each -> outermost(each).getName().equals("io.slipway." + name))
                    .flatMap(each -> each.getAccessesFromSelf().stream())
                    .anyMatch(ArchitectureTest::timeOrChance);
            assertThat(needed).as(name).isTrue();
        }
    }

    private static boolean timeOrChance(JavaAccess<?> access) {
        String type = access.getTargetOwner().getName();
        String member = access.getTarget().getName();
        return switch (type) {
            case "java.lang.System" -> member.equals("currentTimeMillis") || member.equals("nanoTime");
            case "java.lang.Thread" -> member.equals("sleep");
            case "java.util.concurrent.TimeUnit" -> member.equals("sleep");
            case "java.lang.Math" -> member.equals("random");
            case "java.util.UUID" -> member.equals("randomUUID");
            case "java.util.Random", "java.security.SecureRandom" -> member.equals("<init>");
            case "java.util.concurrent.ThreadLocalRandom" -> member.equals("current");
            case "java.time.Clock" -> member.startsWith("system");
            default ->
                type.startsWith("java.time.")
                        && member.equals("now")
                        && access.getTargetOwner().getPackageName().equals("java.time");
        };
    }

    @Test
    void names_say_what_a_thing_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Common|Dto|ServiceImpl)(\\$.*)?")
                .check(CODE);
    }

    @Test
    void no_package_is_a_drawer() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..impl..", "..common..", "..dto..")
                .check(CODE);
    }

    @Test
    void areas_do_not_know_how_they_are_asked() {
        noClasses()
                .that(are(in("an area", AREAS::contains)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.linecorp.armeria..", "com.databricks..", "io.slipway.wire..", "picocli..")
                .check(CODE);
    }

    @Test
    void the_official_sdk_is_a_judge_and_never_a_part() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.databricks..")
                .check(CODE);
    }

    @Test
    void spark_is_not_on_the_class_path() {
        assertThat(getClass().getClassLoader().getResource("org/apache/spark/SparkContext.class"))
                .isNull();
        assertThat(getClass().getClassLoader().getResource("scala/Option.class"))
                .isNull();
    }

    private static JavaClass outermost(JavaClass each) {
        JavaClass outer = each;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
