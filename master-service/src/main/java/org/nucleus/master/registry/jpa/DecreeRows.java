package org.nucleus.master.registry.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

interface DecreeRows extends JpaRepository<DecreeRow, String> {
    List<DecreeRow> findAllByOrderById();
}
