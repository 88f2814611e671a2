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

/** An agent that was admitted and not removed. */
@Entity
@Table(name = "agent")
@NullUnmarked
class AgentRow implements Persistable<String> {
    @Id
    String id;

    String info;
    String version;
    String capabilities;

    @Column(name = "registered_at")
    Instant registeredAt;

    String standing;

    @Column(name = "standing_since")
    Instant standingSince;

    @Transient
    private boolean stored;

    AgentRow() {}

    AgentRow(String id) {
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
