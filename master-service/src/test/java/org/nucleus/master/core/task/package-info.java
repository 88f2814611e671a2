/** Tests of the rules in {@code core.task}. */
@NullMarked
package org.nucleus.master.core.task;

import org.jspecify.annotations.NullMarked;
