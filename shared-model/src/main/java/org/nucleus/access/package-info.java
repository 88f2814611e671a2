/**
 * Who calls and what they may do: credentials, the CRAM-MD5 exchange, ACLs in the originals' form, and grants as
 * values.
 */
@NullMarked
package org.nucleus.access;

import org.jspecify.annotations.NullMarked;
