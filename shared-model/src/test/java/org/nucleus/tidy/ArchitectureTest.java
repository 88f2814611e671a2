package org.nucleus.tidy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.nucleus");

    @Test
    void knowsNoSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "jakarta..")
                .because("the simulator, the drivers and the benchmarks use this module without Spring")
                .check(classes);
    }

    @Test
    void recordsOfTheWireKnowNoEncoding() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.nucleus.wire",
                        "org.nucleus.wire.scheduler",
                        "org.nucleus.wire.executor",
                        "org.nucleus.wire.agentlink")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml..", "org.nucleus.wire.codec")
                .because("one shape serves two codecs, which know it and not the other way round")
                .check(classes);
    }

    @Test
    void whatCoresUseDoesNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAPackage("org.nucleus.resources")
                .and()
                .doNotHaveSimpleName("ResourceParser")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "org.slf4j..", "org.apache..", "java.util.concurrent..")
                .because("cores compute with resources, and cores are deterministic")
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.nucleus.(*)..").should().beFreeOfCycles().check(classes);
    }
}
