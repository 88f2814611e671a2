package org.nucleus.master.registry.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.data.domain.Persistable;

/** Something that an operator set: of which kind, for whom, and what. */
@Entity
@Table(name = "decree")
@NullUnmarked
class DecreeRow implements Persistable<String> {
    @Id
    String id;

    String info;
    Instant since;

    @Transient
    private boolean stored;

    DecreeRow() {}

    DecreeRow(String id) {
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
