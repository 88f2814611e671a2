package org.nucleus.marathon.core.state;

/**
 * Who asked, as far as it is known.
 *
 * @param principal empty: nobody in particular
 * @param client the address it came from
 */
public record Origin(String principal, String client, String uri) {
    /** Marathon itself. */
    public static final Origin MARATHON = new Origin("marathon", "", "");
}
