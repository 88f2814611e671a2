package org.nucleus.chronos.store.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface RunRows extends JpaRepository<RunRow, String> {
    /** How many runs of a job its statistics look at. */
    int STATISTICS_MOST = 1_000;

    /** The duration of one run. */
    interface Taken {
        String getJob();

        long getMillis();
    }

    List<RunRow> findByStateNotOrderByEnqueuedAscIdAsc(RunRow.State state);

    List<RunRow> findByJobOrderByEnqueuedDescIdDesc(String job, Limit limit);

    Optional<RunRow> findFirstByTask(String task);

    /** Runs that go on have no end. */
    @Modifying(flushAutomatically = true, clearAutomatically = true)
    @Query("delete from RunRow r where r.endedAt < :before")
    void deleteEndedBefore(Instant before);

    /** Of the ended runs of each job, forgets all but the latest {@code most}. */
    @Modifying(flushAutomatically = true, clearAutomatically = true)
    @Query(
            nativeQuery = true,
            value = "delete from run where id in (select id from (select id,"
                    + " row_number() over (partition by job order by ended_at desc) as place"
                    + " from run where state = 'ENDED') ranked where place > :most)")
    void deleteAllBut(int most);

    /** The latest successful runs of {@code job}, or of every job if none is named. */
    @Query(
            nativeQuery = true,
            value = "select job, millis from (select job,"
                    + " cast(extract(epoch from ended_at - started_at) * 1000 as bigint) as millis,"
                    + " row_number() over (partition by job order by ended_at desc) as place"
                    + " from run where outcome = 'SUCCEEDED' and started_at is not null"
                    + " and (cast(:job as text) is null or job = :job)) taken"
                    + " where place <= " + STATISTICS_MOST + " order by job")
    List<Taken> taken(@Nullable String job);
}
