package org.nucleus.marathon.store.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** One instance. */
@Entity
@Table(name = "instance")
@NullUnmarked
class InstanceRow implements Row<InstanceRow> {
    @Id
    private String id;

    private String app;
    private String goal;
    private String condition;
    private String body;

    protected InstanceRow() {}

    InstanceRow(String id, String app, String goal, String condition, String body) {
        this.id = id;
        this.app = app;
        this.goal = goal;
        this.condition = condition;
        this.body = body;
    }

    @Override
    public String key() {
        return id;
    }

    @Override
    public String body() {
        return body;
    }

    @Override
    public void become(InstanceRow other) {
        goal = other.goal;
        condition = other.condition;
        body = other.body;
    }
}
