package org.nucleus.marathon.store.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** A group that was asked for by name. */
@Entity
@Table(name = "app_group")
@NullUnmarked
class GroupRow implements Row<GroupRow> {
    @Id
    private String path;

    private String body;

    protected GroupRow() {}

    GroupRow(String path, String body) {
        this.path = path;
        this.body = body;
    }

    @Override
    public String key() {
        return path;
    }

    @Override
    public String body() {
        return body;
    }

    @Override
    public void become(GroupRow other) {
        body = other.body;
    }
}
