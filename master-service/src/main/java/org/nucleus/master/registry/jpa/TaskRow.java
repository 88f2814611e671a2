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

/** A task, running or ended, as it was last written. */
@Entity
@Table(name = "task")
@NullUnmarked
class TaskRow implements Persistable<String> {
    @Id
    String id;

    @Column(name = "framework_id")
    String frameworkId;

    String info;

    @Column(name = "completed_at")
    Instant completedAt;

    @Transient
    private boolean stored;

    TaskRow() {}

    TaskRow(String id) {
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
