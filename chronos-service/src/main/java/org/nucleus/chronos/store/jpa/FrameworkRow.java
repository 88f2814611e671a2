package org.nucleus.chronos.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.nucleus.wire.FrameworkId;

/** The id under which the master knows us; the only row of its table. */
@Entity
@Table(name = "framework")
class FrameworkRow {
    @Id
    @Column(name = "only_row")
    private boolean onlyRow = true;

    @Column(name = "id")
    private String id;

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init")
    protected FrameworkRow() {}

    FrameworkRow(FrameworkId framework) {
        id = framework.value();
    }

    FrameworkId framework() {
        return new FrameworkId(id);
    }
}
