/** The store in PostgreSQL: rows of jobs and runs, one fenced transaction per batch. */
@NullMarked
package org.nucleus.chronos.store.jpa;

import org.jspecify.annotations.NullMarked;
