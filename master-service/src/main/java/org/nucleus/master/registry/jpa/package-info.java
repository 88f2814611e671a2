/** The registry in PostgreSQL: rows that nobody else sees. */
@NullMarked
package org.nucleus.master.registry.jpa;

import org.jspecify.annotations.NullMarked;
