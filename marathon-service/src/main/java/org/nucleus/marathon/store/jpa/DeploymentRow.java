package org.nucleus.marathon.store.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A deployment under way. */
@Entity
@Table(name = "deployment")
@NullUnmarked
class DeploymentRow implements Row<DeploymentRow> {
    @Id
    private String id;

    private Instant started;
    private String body;

    protected DeploymentRow() {}

    DeploymentRow(String id, Instant started, String body) {
        this.id = id;
        this.started = started;
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
    public void become(DeploymentRow other) {
        body = other.body;
    }
}
