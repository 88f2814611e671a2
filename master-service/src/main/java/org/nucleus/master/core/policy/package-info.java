/** The rules of what operators set for all: quotas and weights of roles. */
@NullMarked
package org.nucleus.master.core.policy;

import org.jspecify.annotations.NullMarked;
