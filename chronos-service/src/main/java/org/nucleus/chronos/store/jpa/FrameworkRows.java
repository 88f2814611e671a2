package org.nucleus.chronos.store.jpa;

import org.springframework.data.jpa.repository.JpaRepository;

interface FrameworkRows extends JpaRepository<FrameworkRow, Boolean> {}
