package org.nucleus.marathon.store.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** An app as it is now. */
@Entity
@Table(name = "app")
@NullUnmarked
class AppRow implements Row<AppRow> {
    @Id
    private String path;

    private Instant version;
    private String body;

    protected AppRow() {}

    AppRow(String path, Instant version, String body) {
        this.path = path;
        this.version = version;
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
    public void become(AppRow other) {
        version = other.version;
        body = other.body;
    }
}
