package org.nucleus.marathon.store.jpa;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** The tables. */
final class Rows {
    private Rows() {}

    interface Apps extends JpaRepository<AppRow, String> {}

    interface Revisions extends JpaRepository<AppRevisionRow, String> {
        List<AppRevisionRow> findByPathOrderByVersionDesc(String path, Limit limit);

        /** Keeps the latest {@code kept} revisions of {@code path}. */
        @Modifying
        @Query(
                nativeQuery = true,
                value = "delete from app_revision where path = :path and id not in"
                        + " (select id from app_revision where path = :path order by version desc limit :kept)")
        void prune(String path, int kept);
    }

    interface GroupRows extends JpaRepository<GroupRow, String> {}

    interface Instances extends JpaRepository<InstanceRow, String> {}

    interface Deployments extends JpaRepository<DeploymentRow, String> {
        List<DeploymentRow> findAllByOrderByStarted();
    }

    interface Failures extends JpaRepository<FailureRow, String> {}

    interface Settings extends JpaRepository<SettingRow, String> {}
}
