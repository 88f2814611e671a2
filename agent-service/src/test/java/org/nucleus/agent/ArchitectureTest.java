package org.nucleus.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nucleus.agent.core.Agent;
import org.nucleus.machine.Writer;
import org.springframework.web.bind.annotation.RestController;

/** The arrows of the house: what the core may know, who may touch its state, and which rooms see which. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.nucleus.agent");

    @Test
    void coreIsPure() {
        classes()
                .that()
                .resideInAPackage("..agent.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.nucleus.agent.core..",
                        "org.nucleus.wire",
                        "org.nucleus.wire.agentlink",
                        "org.nucleus.wire.executor",
                        "org.nucleus.resources..",
                        "org.nucleus.machine..",
                        "org.jspecify..",
                        "java.lang..",
                        "java.util",
                        "java.util.function",
                        "java.util.stream",
                        "java.time..",
                        "java.math..")
                .because("the simulator and the benchmarks run the core without anything else on the class path")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..agent.core..")
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
                .resideInAPackage("..agent.core..")
                .should()
                .accessTargetWhere(isHiddenInputOrUnordered())
                .because("time, ids and randomness arrive as inputs, and the simulator must replay a seed exactly")
                .check(CLASSES);
    }

    @Test
    void onlyFramesChangeTheState() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.nucleus.agent.core.state.Frame")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "changes the state",
                        call -> call.getTargetOwner().getSimpleName().equals("AgentState")
                                && call.getName().equals("apply")))
                .because("a change that is not recorded is lost at the next start")
                .check(CLASSES);
    }

    @Test
    void onlyTheConfigurationMakesAMachineOrAWriter() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Configuration")
                .should()
                .callConstructorWhere(DescribedPredicate.describe(
                        "makes a machine or a writer",
                        call -> call.getTargetOwner().isEquivalentTo(Agent.class)
                                || call.getTargetOwner().isEquivalentTo(Writer.class)))
                .because("there is one machine and one writer to a process")
                .check(CLASSES);
    }

    @Test
    void theApiSeesPicturesNotTheState() {
        noClasses()
                .that()
                .resideInAPackage("..agent.api..")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("AgentState")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("..core.task..", "..core.update..", "..core.registration..", "..core.recovery..")
                .because("readers never touch the machine")
                .check(CLASSES);
        classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .notBePublic()
                .because("nobody calls a controller but the server")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.nucleus.agent.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .because("such a name has not been found yet")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaAccess<?>> isHiddenInputOrUnordered() {
        return DescribedPredicate.describe("reads the clock, rolls dice or has no order", access -> {
            AccessTarget target = access.getTarget();
            String owner = target.getOwner().getName();
            String name = target.getName();
            return Set.of("java.util.HashMap", "java.util.HashSet", "java.util.Random")
                            .contains(owner)
                    || owner.equals("java.util.UUID") && name.equals("randomUUID")
                    || owner.equals("java.time.Instant") && name.equals("now")
                    || owner.equals("java.lang.System") && name.contains("Time")
                    || owner.equals("java.lang.Math") && name.equals("random")
                    || Set.of("java.util.Set", "java.util.Map").contains(owner)
                            && Set.of("of", "copyOf", "ofEntries").contains(name)
                    || owner.equals("java.util.stream.Collectors")
                            && Set.of("toSet", "toMap", "groupingBy").contains(name);
        });
    }
}
