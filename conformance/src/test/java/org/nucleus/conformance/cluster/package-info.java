/** What is tested: processes that the suite starts, or a master that runs already. The only place that knows services. */
@NullMarked
package org.nucleus.conformance.cluster;

import org.jspecify.annotations.NullMarked;
