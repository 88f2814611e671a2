package org.nucleus.chronos.store.jpa;

import org.springframework.data.jpa.repository.JpaRepository;

interface JobRows extends JpaRepository<JobRow, String> {}
