package org.nucleus.marathon.store.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** How long the launches of an app are put off. */
@Entity
@Table(name = "launch_delay")
@NullUnmarked
class DelayRow implements Row<DelayRow> {
    @Id
    private String app;

    private String body;

    protected DelayRow() {}

    DelayRow(String app, String body) {
        this.app = app;
        this.body = body;
    }

    @Override
    public String key() {
        return app;
    }

    @Override
    public String body() {
        return body;
    }

    @Override
    public void become(DelayRow other) {
        body = other.body;
    }
}
