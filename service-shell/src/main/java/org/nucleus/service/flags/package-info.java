/** The originals' flags, environment variables and flags files, turned into typed settings; starting and stopping a service. */
@NullMarked
package org.nucleus.service.flags;

import org.jspecify.annotations.NullMarked;
