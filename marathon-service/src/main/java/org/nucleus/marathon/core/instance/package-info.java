/** The life of instances: scheduled, launched, lost sight of, killed, forgotten. */
@NullMarked
package org.nucleus.marathon.core.instance;

import org.jspecify.annotations.NullMarked;
