package org.nucleus.master.registry.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

interface TaskRows extends JpaRepository<TaskRow, String> {
    List<TaskRow> findAllByCompletedAtIsNullOrderById();

    List<TaskRow> findAllByCompletedAtIsNotNullOrderByCompletedAtAscIdAsc();

    @Modifying(flushAutomatically = true, clearAutomatically = true)
    @Query("delete from TaskRow t where t.frameworkId = :framework")
    void deleteOf(@Param("framework") String framework);
}
