/** The rules for jobs: create, replace, delete, mark as successful. */
@NullMarked
package org.nucleus.chronos.core.job;

import org.jspecify.annotations.NullMarked;
