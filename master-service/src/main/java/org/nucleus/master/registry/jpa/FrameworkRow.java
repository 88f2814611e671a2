package org.nucleus.master.registry.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.data.domain.Persistable;

/** A framework that subscribed at least once. */
@Entity
@Table(name = "framework")
@NullUnmarked
class FrameworkRow implements Persistable<String> {
    @Id
    String id;

    String info;

    @Column(name = "suppressed_roles")
    String suppressedRoles;

    @Column(name = "registered_at")
    Instant registeredAt;

    @Column(name = "reregistered_at")
    Instant reregisteredAt;

    @Column(name = "failover_deadline")
    Instant failoverDeadline;

    @Column(name = "completed_at")
    Instant completedAt;

    @Transient
    private boolean stored;

    FrameworkRow() {}

    FrameworkRow(String id) {
        this.id = id;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return !stored;
    }

    @PostLoad
    @PostPersist
    void markStored() {
        stored = true;
    }
}
