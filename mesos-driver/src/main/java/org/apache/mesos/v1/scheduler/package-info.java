/** The original's v1 scheduler library, without a native library: {@code V0Mesos} and {@code V1Mesos}. */
@NullMarked
package org.apache.mesos.v1.scheduler;

import org.jspecify.annotations.NullMarked;
