package io.slipway.driver;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server's test of the architecture ends at its class path, on which a driver never is. */
class PackagesTest {
    /** Of Spark's classes only their names matter; to read them all takes long. */
    @BeforeAll
    static void readOurOwnOnly() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    }

    @Test
    void packages_know_each_other_in_one_direction_only() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass each) {
                        String name = each.getPackageName();
                        return name.startsWith("io.slipway.driver") || name.startsWith("io.unitycatalog.slipway")
                                ? SliceIdentifier.of(name)
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(new ClassFileImporter()
                        .importUrl(DriverMain.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()));
    }
}
