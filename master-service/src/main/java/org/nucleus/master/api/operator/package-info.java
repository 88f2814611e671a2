/** The operator API: questions about the cluster, the few things an operator can do, and the stream of what happens. */
@NullMarked
package org.nucleus.master.api.operator;

import org.jspecify.annotations.NullMarked;
