package org.nucleus.marathon.core.state;

/** What one instance takes: thousandths of a core, and of a MiB of memory and disk; whole GPUs. */
public record Footprint(long cpus, long mem, long disk, int gpus) {}
