package org.nucleus.master.registry.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface AgentRows extends JpaRepository<AgentRow, String> {
    List<AgentRow> findAllByOrderByRegisteredAtAscIdAsc();
}
