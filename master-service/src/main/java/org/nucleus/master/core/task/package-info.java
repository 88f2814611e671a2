/** The rules of tasks: what may be launched, what becomes of a task, and what its framework is told of it. */
@NullMarked
package org.nucleus.master.core.task;

import org.jspecify.annotations.NullMarked;
