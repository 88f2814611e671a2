package org.nucleus.marathon.store.jpa;

import java.time.Instant;
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
        List<AppRevisionRow> findByPathAndBodyNotNullOrderByVersionDesc(String path, Limit limit);

        /** When anything at or below a path that begins with {@code below} was changed. */
        @Query(
                nativeQuery = true,
                value = "select distinct version from app_revision where starts_with(path, :below)"
                        + " union select distinct version from group_revision"
                        + " where starts_with(path, :below) or path = :group order by 1 desc")
        List<Instant> treeVersions(String below, String group);

        /** What each app below was at that time; those that weren't there have no body. */
        @Query(
                nativeQuery = true,
                value = "select distinct on (path) * from app_revision"
                        + " where starts_with(path, :below) and version <= :at order by path, version desc")
        List<AppRevisionRow> treeAt(String below, Instant at);

        /** Keeps the latest {@code kept} revisions of {@code path}. */
        @Modifying
        @Query(
                nativeQuery = true,
                value = "delete from app_revision where path = :path and id not in"
                        + " (select id from app_revision where path = :path order by version desc limit :kept)")
        void prune(String path, int kept);
    }

    interface GroupRevisions extends JpaRepository<GroupRevisionRow, String> {
        @Query(
                nativeQuery = true,
                value = "select distinct on (path) * from group_revision"
                        + " where (starts_with(path, :below) or path = :group) and version <= :at"
                        + " order by path, version desc")
        List<GroupRevisionRow> treeAt(String below, String group, Instant at);
    }

    interface Delays extends JpaRepository<DelayRow, String> {}

    interface GroupRows extends JpaRepository<GroupRow, String> {}

    interface Instances extends JpaRepository<InstanceRow, String> {}

    interface Deployments extends JpaRepository<DeploymentRow, String> {
        List<DeploymentRow> findAllByOrderByStarted();
    }

    interface Failures extends JpaRepository<FailureRow, String> {}

    interface Settings extends JpaRepository<SettingRow, String> {}
}
