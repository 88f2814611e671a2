/**
 * The driver classes of the original's Java API, without a native library. They stand before the original jar on the
 * class path, which brings the interfaces and messages. No rules live here: see {@code org.nucleus.driver}.
 */
@NullMarked
package org.apache.mesos;

import org.jspecify.annotations.NullMarked;
