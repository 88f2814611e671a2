package org.nucleus.chronos;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosState;
import org.springframework.web.bind.annotation.RestController;

/** Who may know whom. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.nucleus.chronos");
    private static final Set<String> CLOCKS = Set.of("now", "currentTimeMillis", "nanoTime", "randomUUID");
    private static final Set<String> UNORDERED = Set.of("java.util.HashMap", "java.util.HashSet", "java.util.Random");

    @Test
    void theCoreKnowsNothingButItselfAndTheSharedModel() {
        classes()
                .that()
                .resideInAPackage("..chronos.core..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "org.nucleus.chronos.core..",
                        "org.nucleus.wire..",
                        "org.nucleus.resources..",
                        "org.nucleus.machine..",
                        "org.jspecify.annotations..",
                        "java.lang..",
                        "java.util",
                        "java.util.function..",
                        "java.util.regex..",
                        "java.util.stream..",
                        "java.time..",
                        "java.math..",
                        "java.nio.charset.."))
                .because("the same core runs in production, in the simulation and in benchmarks")
                .check(CLASSES);
    }

    @Test
    void theCoreHasNoHiddenInputs() {
        noClasses()
                .that()
                .resideInAPackage("..chronos.core..")
                .should()
                .accessTargetWhere(new HiddenInput())
                .because("time, ids and randomness arrive as inputs, and the simulator must replay a seed exactly")
                .check(CLASSES);
    }

    @Test
    void onlyFramesChangeTheState() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Frame")
                .and()
                .doNotHaveSimpleName("ChronosState")
                .should()
                .callMethod(ChronosState.class, "apply", Change.class)
                .because("what is applied must be recorded too")
                .check(CLASSES);
    }

    @Test
    void theApiKnowsNoRules() {
        noClasses()
                .that()
                .resideInAPackage("..chronos.api..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "..chronos.core.job..",
                        "..chronos.core.run..",
                        "..chronos.core.launch..",
                        "..chronos.core.graph..",
                        "..chronos.store.jpa.."))
                .because("a controller decodes, hands over and encodes")
                .check(CLASSES);
    }

    @Test
    void persistenceStaysInItsRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..chronos.store.jpa..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "org.springframework.data.."))
                .because("rows are not the domain")
                .check(CLASSES);
    }

    @Test
    void roomsDoNotGoRoundInCircles() {
        slices().matching("org.nucleus.chronos.core.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        slices().matching("org.nucleus.chronos.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void controllersAreNobodyElses() {
        classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .bePackagePrivate()
                .check(CLASSES);
    }

    @Test
    void namesSayWhatThingsAre() {
        for (String ending : List.of("Impl", "Manager", "Util", "Utils", "Helper")) {
            noClasses().should().haveSimpleNameEndingWith(ending).check(CLASSES);
        }
    }

    private static final class HiddenInput extends DescribedPredicate<JavaAccess<?>> {
        HiddenInput() {
            super("a clock, randomness or an unordered collection");
        }

        @Override
        public boolean test(JavaAccess<?> access) {
            String owner = access.getTargetOwner().getName();
            String name = access.getName();
            boolean clock = CLOCKS.contains(name)
                    && (owner.startsWith("java.time.")
                            || owner.equals("java.lang.System")
                            || owner.equals("java.util.UUID"));
            boolean copies = (name.equals("of") || name.equals("copyOf") || name.equals("toSet"))
                    && (owner.equals("java.util.Set")
                            || owner.equals("java.util.Map")
                            || owner.endsWith(".Collectors"));
            return clock || copies || UNORDERED.contains(owner);
        }
    }
}
