package org.nucleus.master.registry.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface FrameworkRows extends JpaRepository<FrameworkRow, String> {
    List<FrameworkRow> findAllByOrderByRegisteredAtAscIdAsc();
}
