package org.nucleus.marathon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nucleus.machine.Writer;
import org.nucleus.marathon.core.Marathon;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.MarathonState;

/** Which room may know which. */
class ArchitectureTest {
    private static final Set<String> HIDDEN = Set.of(
            "java.time.Instant.now",
            "java.time.Clock.systemUTC",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.util.UUID.randomUUID",
            "java.util.Set.of",
            "java.util.Map.of",
            "java.util.Map.ofEntries",
            "java.util.Set.copyOf",
            "java.util.Map.copyOf",
            "java.util.stream.Collectors.toSet",
            "java.lang.Math.random");
    private static final Set<String> BANNED_TYPES =
            Set.of("java.util.HashMap", "java.util.HashSet", "java.util.Random", "java.util.SplittableRandom");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.nucleus.marathon");

    @Test
    void theCoreKnowsOnlyItselfAndTheSharedModel() {
        classes()
                .that()
                .resideInAPackage("..marathon.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.nucleus.marathon.core..",
                        "org.nucleus.wire..",
                        "org.nucleus.resources..",
                        "org.nucleus.machine..",
                        "java.lang..",
                        "java.util",
                        "java.util.function..",
                        "java.util.stream..",
                        "java.util.regex..",
                        "java.time..",
                        "java.math..",
                        "org.jspecify..")
                .because("the same core runs in production, in the simulator and in benchmarks")
                .check(classes);
    }

    @Test
    void theCoreHasNoHiddenInputs() {
        noClasses()
                .that()
                .resideInAPackage("..marathon.core..")
                .should()
                .accessTargetWhere(new DescribedPredicate<JavaAccess<?>>("is hidden input or unordered") {
                    @Override
                    public boolean test(JavaAccess<?> access) {
                        AccessTarget target = access.getTarget();
                        String owner = target.getOwner().getName();
                        return HIDDEN.contains(owner + "." + target.getName()) || BANNED_TYPES.contains(owner);
                    }
                })
                .because("time, ids and randomness arrive as inputs, and the simulator must replay a seed exactly")
                .check(classes);
    }

    @Test
    void onlyAFrameChangesTheState() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Frame.class, MarathonState.class)
                .should()
                .callMethodWhere(new DescribedPredicate<>("MarathonState.apply") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return call.getTargetOwner().isEquivalentTo(MarathonState.class)
                                && call.getName().equals("apply");
                    }
                })
                .because("what is decided is recorded, and nothing else happens")
                .check(classes);
    }

    @Test
    void onlyTheConfigurationMakesMachinesAndWriters() {
        noClasses()
                .that()
                .doNotHaveSimpleName("MarathonConfiguration")
                .should()
                .callConstructorWhere(new DescribedPredicate<>("a machine's or a writer's") {
                    @Override
                    public boolean test(JavaConstructorCall call) {
                        return call.getTargetOwner().isEquivalentTo(Marathon.class)
                                || call.getTargetOwner().isEquivalentTo(Writer.class);
                    }
                })
                .because("one place knows every room")
                .check(classes);
    }

    @Test
    void theInterfaceKnowsNoRules() {
        noClasses()
                .that()
                .resideInAPackage("..marathon.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..core.group..",
                        "..core.deployment..",
                        "..core.instance..",
                        "..core.launch..",
                        "..core.health..",
                        "..store.jpa..")
                .because("controllers decode, hand over and encode")
                .check(classes);
    }

    @Test
    void rowsStayInTheirRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..store.jpa..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "org.springframework.data..")
                .because("how facts are stored is one room's business")
                .check(classes);
    }

    @Test
    void controllersArePackagePrivate() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Controller")
                .should()
                .bePackagePrivate()
                .because("nobody calls a controller but the web server")
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.nucleus.marathon.(**)").should().beFreeOfCycles().check(classes);
    }
}
