/** Who is calling: HTTP Basic and tokens earned by CRAM-MD5, in one Spring Security chain. */
@NullMarked
package org.nucleus.service.access;

import org.jspecify.annotations.NullMarked;
