/** The arithmetic of deployments. */
@NullMarked
package org.nucleus.marathon.core.deployment;

import org.jspecify.annotations.NullMarked;
