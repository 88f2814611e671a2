@NullMarked
package org.nucleus.agent.containerizer.docker;

import org.jspecify.annotations.NullMarked;
