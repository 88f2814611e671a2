/** The rules of operations on resources: reservations and volumes, by frameworks and by operators. */
@NullMarked
package org.nucleus.master.core.operation;

import org.jspecify.annotations.NullMarked;
