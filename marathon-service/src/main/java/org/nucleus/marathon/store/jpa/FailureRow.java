package org.nucleus.marathon.store.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** The last failure of an app. */
@Entity
@Table(name = "app_failure")
@NullUnmarked
class FailureRow implements Row<FailureRow> {
    @Id
    private String app;

    private String body;

    protected FailureRow() {}

    FailureRow(String app, String body) {
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
    public void become(FailureRow other) {
        body = other.body;
    }
}
