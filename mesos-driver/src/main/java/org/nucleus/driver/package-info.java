/**
 * What stands behind the driver classes of {@code org.apache.mesos}: sessions of a scheduler and of an executor over
 * the v1 HTTP APIs. Of the original's messages only their bytes are touched, and nothing here names {@code
 * com.google.protobuf}: so one jar serves originals with protobuf under its own name and those with a relocated copy.
 */
@NullMarked
package org.nucleus.driver;

import org.jspecify.annotations.NullMarked;
