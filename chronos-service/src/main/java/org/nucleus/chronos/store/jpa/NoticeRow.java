package org.nucleus.chronos.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.nucleus.chronos.core.state.Notice;

/** A notice that has not been delivered yet. */
@Entity
@Table(name = "notice")
class NoticeRow {
    @Id
    @Column(name = "id")
    private String id;

    @Column(name = "at")
    private Instant at;

    @Enumerated(EnumType.STRING)
    @Column(name = "kind")
    private Notice.Kind kind;

    @Column(name = "job")
    private String job;

    @Column(name = "owner")
    private String owner;

    @Column(name = "subject")
    private String subject;

    @Column(name = "message")
    private String message;

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init")
    protected NoticeRow() {}

    NoticeRow(Notice notice) {
        id = notice.id();
        at = notice.at();
        kind = notice.kind();
        job = notice.job();
        owner = notice.owner();
        subject = notice.subject();
        message = notice.message();
    }

    Notice notice() {
        return new Notice(id, at, kind, job, owner, subject, message);
    }
}
