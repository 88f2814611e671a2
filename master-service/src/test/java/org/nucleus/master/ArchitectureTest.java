package org.nucleus.master;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows of the house: what the core may know, and who may touch its state. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.nucleus.master");

    @Test
    void coreIsPure() {
        classes()
                .that()
                .resideInAPackage("..master.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.nucleus.master.core..",
                        "org.nucleus.wire..",
                        "org.nucleus.resources..",
                        "org.nucleus.machine..",
                        "org.nucleus.access..",
                        "org.jspecify..",
                        "java.lang..",
                        "java.util",
                        "java.util.function",
                        "java.util.regex",
                        "java.util.stream",
                        "java.time..",
                        "java.math..")
                .because("the core is run by the simulator and by benchmarks without anything else on the class path")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..master.core..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ThreadLocal.class)
                .because("one writer thread runs the core, and nobody else")
                .check(CLASSES);
    }

    @Test
    void coreHasNoHiddenInputs() {
        noClasses()
                .that()
                .resideInAPackage("..master.core..")
                .should()
                .accessTargetWhere(isHiddenInputOrUnordered())
                .because("time, ids and randomness arrive as inputs, and the simulator must replay a seed exactly")
                .check(CLASSES);
    }

    @Test
    void onlyFramesChangeTheState() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.nucleus.master.core.state.Frame")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "changes the state",
                        call -> call.getTargetOwner().getSimpleName().equals("MasterState")
                                && Set.of("apply", "begin").contains(call.getName())
                                && !call.getOriginOwner().getSimpleName().equals("MasterState")))
                .because("a change that is not recorded is lost at the next failover")
                .check(CLASSES);
    }

    @Test
    void rulesDoNotKnowTheMachine() {
        noClasses()
                .that()
                .resideInAPackage("..master.core.state..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..core.agent..",
                        "..core.allocation..",
                        "..core.framework..",
                        "..core.offer..",
                        "..core.task..")
                .because("rules read the state; the state knows no rule")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaAccess<?>> isHiddenInputOrUnordered() {
        return DescribedPredicate.describe("reads the clock, rolls dice or has no order", access -> {
            AccessTarget target = access.getTarget();
            String owner = target.getOwner().getName();
            String name = target.getName();
            return owner.equals("java.util.HashMap")
                    || owner.equals("java.util.HashSet")
                    || owner.equals("java.util.Random")
                    || owner.equals("java.util.UUID") && name.equals("randomUUID")
                    || owner.equals("java.time.Instant") && name.equals("now")
                    || owner.equals("java.lang.System") && name.contains("Time")
                    || Set.of("java.util.Set", "java.util.Map").contains(owner)
                            && Set.of("of", "copyOf", "ofEntries").contains(name)
                    || owner.equals("java.util.stream.Collectors")
                            && Set.of("toSet", "toMap", "groupingBy").contains(name)
                    || owner.equals("java.lang.Math") && name.equals("random");
        });
    }
}
