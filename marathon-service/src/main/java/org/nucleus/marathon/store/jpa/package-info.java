/** The store in PostgreSQL: rows, and which change becomes which row. Nobody else sees a row. */
@NullMarked
package org.nucleus.marathon.store.jpa;

import org.jspecify.annotations.NullMarked;
