package org.nucleus.marathon.store.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** A single value with a name. */
@Entity
@Table(name = "setting")
@NullUnmarked
class SettingRow implements Row<SettingRow> {
    @Id
    private String name;

    private String value;

    protected SettingRow() {}

    SettingRow(String name, String value) {
        this.name = name;
        this.value = value;
    }

    @Override
    public String key() {
        return name;
    }

    @Override
    public String body() {
        return value;
    }

    @Override
    public void become(SettingRow other) {
        value = other.value;
    }
}
