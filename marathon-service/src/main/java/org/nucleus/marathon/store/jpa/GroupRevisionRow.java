package org.nucleus.marathon.store.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** One revision of a group; without a body: it was removed then. */
@Entity
@Table(name = "group_revision")
@NullUnmarked
class GroupRevisionRow implements Row<GroupRevisionRow> {
    @Id
    private String id;

    private String path;
    private Instant version;
    private String body;

    protected GroupRevisionRow() {}

    GroupRevisionRow(String path, Instant version, String body) {
        this.id = path + "@" + version;
        this.path = path;
        this.version = version;
        this.body = body;
    }

    @Override
    public String key() {
        return id;
    }

    Instant version() {
        return version;
    }

    @Override
    public String body() {
        return body;
    }

    @Override
    public void become(GroupRevisionRow other) {
        body = other.body;
    }
}
