package org.nucleus.driver;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.OfferConstraints;

/**
 * What a framework subscribes with: its description, its id once it has one, the roles it wants no offers for. Changes
 * made while disconnected are due to be told at the next connection. For one thread at a time. Source:
 * sched/sched.cpp.
 */
final class Registration {
    private FrameworkInfo framework;
    private Set<String> suppressedRoles;
    private @Nullable OfferConstraints offerConstraints;
    private boolean registeredByThisDriver;
    private boolean updateDue;

    /** @param framework completed as by {@link FrameworkDescription} */
    Registration(FrameworkInfo framework, Collection<String> suppressedRoles) {
        this.framework = framework;
        this.suppressedRoles = new LinkedHashSet<>(suppressedRoles);
    }

    Optional<FrameworkId> id() {
        return Optional.ofNullable(framework.id());
    }

    boolean isPartitionAware() {
        return framework.capabilities().stream()
                .anyMatch(capability -> capability.type() == FrameworkInfo.Capability.Type.PARTITION_AWARE);
    }

    Call.Subscribe subscribe() {
        return new Call.Subscribe(framework, List.copyOf(suppressedRoles), offerConstraints);
    }

    /** The master knows the framework by {@code id} now; true if this driver had registered it before. */
    boolean subscribed(FrameworkId id) {
        boolean again = registeredByThisDriver;
        framework = framework.toBuilder().id(id).build();
        registeredByThisDriver = true;
        return again;
    }

    /** @param roles empty for all */
    void revive(Collection<String> roles) {
        if (roles.isEmpty()) {
            suppressedRoles.clear();
        } else {
            suppressedRoles.removeAll(roles);
        }
    }

    /** @param roles empty for all */
    void suppress(Collection<String> roles) {
        if (roles.isEmpty()) {
            suppressedRoles = new LinkedHashSet<>(framework.roles());
        } else {
            suppressedRoles.addAll(roles);
        }
    }

    /**
     * Replaces everything, if that is for the same framework; returns what is wrong with that, or empty if it was
     * done.
     */
    Optional<String> update(Call.UpdateFramework update) {
        FrameworkInfo replacement = update.frameworkInfo();
        if (framework.id() == null) {
            return Optional.of("MesosSchedulerDriver::updateFramework() must not be called prior to registration"
                    + " with the master");
        }
        if (!framework.id().equals(replacement.id())) {
            String given = replacement.id() == null ? "" : replacement.id().value();
            return Optional.of("The 'FrameworkInfo.id' provided to MesosSchedulerDriver::updateFramework() (" + given
                    + ") must be equal to the value known to the MesosSchedulerDriver (" + framework.id() + ")");
        }
        framework = replacement;
        suppressedRoles = new LinkedHashSet<>(update.suppressedRoles());
        offerConstraints = update.offerConstraints();
        return Optional.empty();
    }

    Call updateCall() {
        return Call.builder()
                .type(Call.Type.UPDATE_FRAMEWORK)
                .updateFramework(new Call.UpdateFramework(framework, List.copyOf(suppressedRoles), offerConstraints))
                .build();
    }

    /** What changed could not be told: {@link #takeUpdateDue} is true once. */
    void updateLater() {
        updateDue = true;
    }

    boolean takeUpdateDue() {
        boolean due = updateDue;
        updateDue = false;
        return due;
    }
}
