package org.nucleus.chronos.core.state;

/** What the master believes about our wish for offers. */
public enum Demand {
    /** It does not hear us. */
    UNHEARD,
    /** It was asked to make no offers. */
    SUPPRESSED,
    /** It was asked for offers and has not made any since. */
    REVIVED,
    /** It has made offers that did not suffice; filters may hold some back. */
    OFFERED
}
