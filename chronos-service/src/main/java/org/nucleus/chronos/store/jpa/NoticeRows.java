package org.nucleus.chronos.store.jpa;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

interface NoticeRows extends JpaRepository<NoticeRow, String> {
    List<NoticeRow> findByOrderByAtAscIdAsc(Limit limit);
}
