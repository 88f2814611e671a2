/** Who may do and see what, where credentials and ACLs are set. */
@NullMarked
package org.nucleus.conformance.security;

import org.jspecify.annotations.NullMarked;
